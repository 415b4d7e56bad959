"""Actors, places and sources of a project: how often each is coded, and what the registries know of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from starlette.requests import Request

from dateline.export.words import STANCES, nearness
from dateline.merge.names import own_table
from dateline.resolve.actors import Actor, OtherName, show_actor
from dateline.resolve.sources import link_source
from dateline.review.index import EventRow
from dateline.review.reader import clean
from dateline.review.rows import csv_bytes, event_json
from dateline.review.session import Session
from dateline.review.verbs import MAX_EVENTS
from dateline.types import Place

Json = dict[str, Any]
ACTORS = """SELECT value, property, count(DISTINCT event_id) AS events, count(DISTINCT report_id) AS reports
    FROM statements WHERE property IN ('actor', 'target') AND value IS NOT NULL GROUP BY value, property"""
PLACES = """SELECT place, country, latitude, longitude, place_precision, radius_km, geonameid, count(*) AS events,
    count(DISTINCT report_id) AS reports FROM events WHERE place IS NOT NULL
    GROUP BY place, country, latitude, longitude, place_precision ORDER BY events DESC, place"""
SOURCES = """SELECT source, stance, count(DISTINCT event_id) AS events, count(DISTINCT report_id) AS reports
    FROM statements WHERE source <> 'report' AND property = 'occurrence' GROUP BY source, stance"""
OUTLETS = """SELECT r.outlet, count(DISTINCT r.id) AS reports, count(e.id) AS events,
    min(r.published) AS first, max(r.published) AS last
    FROM reports r LEFT JOIN events e ON e.report_id = r.id WHERE r.outlet IS NOT NULL GROUP BY r.outlet ORDER BY reports DESC"""
COLUMNS = {
    "actors": ("name", "kind", "country", "as_actor", "as_target", "reports", "registry", "since", "until", "own_aliases"),
    "places": ("name", "country", "precision", "latitude", "longitude", "near", "events", "reports", "geonameid"),
    "sources": (
        "name",
        "kind",
        "side",
        "affirms",
        "claims",
        "denies",
        "doubts",
        "silent",
        "reports",
        "registry",
        "reliability",
        "own_aliases",
    ),
}


def actors(session: Session) -> list[Json]:
    """Actors and targets by name, kind and country, most frequent first."""
    found: dict[tuple[str, str, str | None], Json] = {}
    for row in session.project.connection.execute(ACTORS):
        told = msgspec.json.decode(row["value"])
        if not isinstance(told, dict) or "name" not in told:
            continue
        key = (told["name"], told.get("kind", ""), told.get("country"))
        one = found.setdefault(key, {"item": told, "as_actor": 0, "as_target": 0, "reports": 0})
        one["as_actor" if row["property"] == "actor" else "as_target"] += row["events"]
        one["reports"] = max(one["reports"], row["reports"])
    rows = [{"name": clean(name), "kind": kind, "country": country, **one} for (name, kind, country), one in found.items()]
    rows.sort(key=lambda row: (-row["as_actor"] - row["as_target"], row["name"]))
    return [{**row, **registry_of(row["name"])} for row in rows]


def registry_of(name: str) -> Json:
    """What the registry knows of a name; empty when nothing."""
    entries: list[Actor] = show_actor(name)
    if not entries:
        return {"registry": None}
    one = entries[0]
    aliases = [alias_words(alias) for alias in one.aliases[:12]]
    known = {"since": one.since, "until": one.until, "aliases": aliases, "backers": one.backers, "basis": one.basis}
    return {"registry": one.id, "registry_kind": one.kind, **known, "others": len(entries) - 1}


def alias_words(alias: OtherName) -> str:
    dated = f" ({alias.since or ''}–{alias.until or ''})" if alias.since or alias.until else ""
    return alias.text + dated


def places(session: Session) -> list[Json]:
    """Places as they were resolved, most frequent first."""
    rows = []
    for row in session.project.connection.execute(PLACES):
        place = Place(
            row["place"], row["country"], row["latitude"], row["longitude"], row["place_precision"], row["radius_km"] or 0.0
        )
        told = {"latitude": row["latitude"], "longitude": row["longitude"], "geonameid": row["geonameid"]}
        counts = {"events": row["events"], "reports": row["reports"]}
        where = {"country": row["country"], "precision": row["place_precision"], "near": nearness(place)}
        rows.append({"name": clean(row["place"]), **where, **told, **counts})
    return rows


def sources(session: Session) -> list[Json]:
    """Who is quoted, with how often each stance; outlets stand apart (`outlets`)."""
    found: dict[str, Json] = {}
    for row in session.project.connection.execute(SOURCES):
        one = found.setdefault(row["source"], dict.fromkeys((*STANCES, "reports"), 0))
        one[row["stance"]] += row["events"]
        one["reports"] += row["reports"]
    rows = []
    for name, one in found.items():
        link = link_source(name)
        known = {"kind": link.kind, "side": link.side, "registry": link.entry.id if link.entry else None}
        rows.append({"name": clean(name), **known, **one, "reliability": link.entry.reliability if link.entry else None})
    return sorted(rows, key=lambda row: (-sum(row[stance] for stance in STANCES), row["name"]))


def outlets(session: Session) -> Iterator[Json]:
    for row in session.project.connection.execute(OUTLETS):
        yield {**dict(row), "outlet": clean(row["outlet"])}


# ---- all the same mentions ------------------------------------------------------------------------------------------


def same_actor(session: Session, request: Request) -> Json:
    """The events in which an actor of this name, kind and country is coded: `actors` and `targets` are their ids."""
    wanted = tuple(request.query_params.get(name, "") for name in ("name", "kind", "country"))
    values = session.kept("party values", lambda: party_values(session)).get(wanted, [])
    marks = ", ".join("?" * len(values))
    query = f"SELECT DISTINCT event_id, property FROM statements WHERE property IN ('actor', 'target') AND value IN ({marks})"
    found: dict[str, set[str]] = {"actor": set(), "target": set()}
    for row in session.project.connection.execute(query, values):
        found[row["property"]].add(row["event_id"])
    rows = [session.index.events[one] for one in found["actor"] | found["target"] if one in session.index.events]
    return same(rows, actors=found["actor"], targets=found["target"])


def party_values(session: Session) -> dict[tuple[str, ...], list[str]]:
    """(name, kind, country) as the page shows them → values as they are kept."""
    out: dict[tuple[str, ...], list[str]] = {}
    query = "SELECT DISTINCT value FROM statements WHERE property IN ('actor', 'target') AND value IS NOT NULL"
    for (value,) in session.project.connection.execute(query):
        told = msgspec.json.decode(value)
        if isinstance(told, dict) and "name" in told:
            key = (clean(told["name"]), told.get("kind") or "", told.get("country") or "")
            out.setdefault(key, []).append(value)
    return out


def same_place(session: Session, request: Request) -> Json:
    """The events that are placed at the place of this name, country, precision and coordinates."""
    params = request.query_params
    wanted = [params.get(name, "") for name in ("name", "country", "precision")]
    point = [degrees(params.get(name, "")) for name in ("latitude", "longitude")]

    def fits(row: EventRow) -> bool:
        told = [clean(cell or "") for cell in (row.place, row.country, row.precision)]
        return told == wanted and [row.lat, row.lon] == point

    return same([row for row in session.index.queue if row.place and fits(row)])


def degrees(told: str) -> float | None:
    try:
        return float(told) if told else None
    except ValueError:
        return None


def same(rows: list[EventRow], **ids: set[str]) -> Json:
    """The first that one decision may be about, by day; of them by role, for `ids` by role."""
    shown = sorted(rows, key=lambda row: (row.earliest or row.latest or "9999", row.id))[:MAX_EVENTS]
    roles = {role: [row.id for row in shown if row.id in of] for role, of in ids.items()}
    return {"total": len(rows), "rows": [event_json(row) for row in shown], **roles}


KINDS: dict[str, Callable[[Session], list[Json]]] = {"actors": actors, "places": places, "sources": sources}


def with_own(session: Session, kind: str, row: Json) -> Json:
    """A row with the names and the letter that people gave; a letter of theirs wins over that of a registry."""
    if kind == "places":
        return row
    told = session.reviewed.of_name(kind, row.get("name") or row["outlet"])
    return {**row, **told, "reliability": told["reliability"] or row.get("reliability")}


def searched(row: Json) -> str:
    return " ".join((row["name"], *row.get("own_aliases", ()))).casefold()


def cell(value: Any) -> Any:
    return "; ".join(value) if isinstance(value, list) else value


def own(kind: str) -> Callable[[Session, Request], bytes]:
    def view(session: Session, request: Request) -> bytes:
        return own_table(session.project, kind).encode()

    view.__doc__ = f"Your own names and letters as a table for `dateline code --{kind} FILE`."
    return view


def listed(kind: str) -> Callable[[Session, Request], Json]:
    def view(session: Session, request: Request) -> Json:
        rows = session.kept(kind, lambda: KINDS[kind](session))
        words = request.query_params.get("q", "").casefold().split()
        told = (with_own(session, kind, row) for row in rows)
        shown = [row for row in told if all(word in searched(row) for word in words)]
        out: Json = {"total": len(shown), "rows": shown[:5000]}
        return {**out, "outlets": [with_own(session, kind, row) for row in outlets(session)]} if kind == "sources" else out

    view.__doc__ = KINDS[kind].__doc__
    return view


def table(kind: str) -> Callable[[Session, Request], bytes]:
    def view(session: Session, request: Request) -> bytes:
        rows = [with_own(session, kind, row) for row in session.kept(kind, lambda: KINDS[kind](session))]
        return csv_bytes(COLUMNS[kind], ([cell(row.get(name)) for name in COLUMNS[kind]] for row in rows))

    view.__doc__ = KINDS[kind].__doc__
    return view
