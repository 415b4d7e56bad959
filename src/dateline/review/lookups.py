"""Look-ups while a person corrects a value: places of the gazetteer, actors of the registry. And the log."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.requests import Request

from dateline.resolve.actors import list_actors, shipped
from dateline.resolve.gazetteer import load_gazetteer, place_of
from dateline.review.decisions import judgement_json
from dateline.review.filters import number_of
from dateline.review.reader import place_json
from dateline.review.rows import csv_bytes
from dateline.review.session import Session

Json = dict[str, Any]
OFFERED = 10
LONGEST = 80  # characters of a name that are looked up
LOG_COLUMNS = ("number", "made", "user", "verdict", "field", "item", "value", "reason", "subject", "events", "doc_ids")
LOG_PAGE = 500


@cache
def gazetteer() -> Any:
    return load_gazetteer()


def places(session: Session, request: Request) -> Json:
    """Places of this name, likeliest first; `country` (ISO alpha-3) narrows them."""
    words = request.query_params.get("q", "").strip()[:LONGEST]
    country = request.query_params.get("country", "").strip().upper()[:3] or None
    found = gazetteer().lookup(words, country) if words else []
    return {"rows": [place_json(place_of(one, gazetteer())) for one in found[:OFFERED]]}


def actors(session: Session, request: Request) -> Json:
    """Actors of the registry whose name or alias holds these words."""
    words = request.query_params.get("q", "").strip()[:LONGEST]
    found = list_actors(text=words, registry=shipped()) if words else []
    return {"rows": [{"name": one.name, "kind": one.kind, "country": one.country, "id": one.id} for one in found[:OFFERED]]}


def log(session: Session, request: Request) -> Json:
    """All decisions, newest first; nothing is ever deleted."""
    params = {name: [value] for name, value in request.query_params.items() if value}
    offset = number_of(params, "offset")
    newest = session.reviewed.log[::-1]
    return {"total": len(newest), "rows": [judgement_json(one) for one in newest[offset : offset + LOG_PAGE]]}


def log_csv(session: Session, request: Request) -> bytes:
    """All decisions as a table, oldest first."""
    rows = (judgement_json(one) for one in session.reviewed.log)
    return csv_bytes(LOG_COLUMNS, ([plain(row[name]) for name in LOG_COLUMNS] for row in rows))


def plain(cell: Any) -> Any:
    """A cell of a table: lists and records as JSON."""
    from dateline.merge.judgements import to_json

    return to_json(cell) if isinstance(cell, (list, dict)) else cell
