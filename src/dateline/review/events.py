"""The views of events and reports, and the data behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request

from dateline.knowledge import rules
from dateline.review import exports, incidents, names, snapshots
from dateline.review.filters import SORTS, STATES, apply, facet_counts, number_of, read_filter, sentence
from dateline.review.index import EventRow, ReportRow, reason_words
from dateline.review.lookups import actors, log, log_csv, places
from dateline.review.reader import report_json
from dateline.review.rows import COLUMNS, csv_bytes, event_json, point_columns, table_row
from dateline.review.session import Session, found
from dateline.review.verbs import changes_view, progress, standing_json
from dateline.versions import versions

Json = dict[str, Any]
PAGE = 200  # rows of a list sent at once, at most
REPORT_COLUMNS = ("id", "doc_id", "headline", "outlet", "wire", "published", "basis", "characters", "events")


def chosen(session: Session, request: Request) -> tuple[list[EventRow], str]:
    """The events that the address asks for, and the sentence that says so."""
    wanted = read_filter(request.query_params.multi_items())
    rows = apply(wanted, session.index.queue, session.reviewed.states)
    return rows, sentence(wanted, len(rows))


def queue(session: Session, request: Request) -> Json:
    """One stretch of the queue: `offset` and `limit`, or the stretch around the event `at`."""
    rows, told = chosen(session, request)
    params: dict[str, Sequence[str]] = {name: [value] for name, value in request.query_params.items() if value}
    limit = min(number_of(params, "limit") or PAGE, PAGE)
    offset = number_of(params, "offset")
    at = request.query_params.get("at")
    if at:
        place = next((number for number, row in enumerate(rows) if row.id == at), 0)
        offset = max(0, place - limit // 2)
    out: Json = {
        "sentence": told,
        "total": len(rows),
        "offset": offset,
        "rows": [event_json(row, session.reviewed.of_event(row.id)) for row in rows[offset : offset + limit]],
        "number": session.reviewed.number,
        "progress": progress(session),
    }
    if request.query_params.get("facets"):
        out["facets"] = facets(session, rows)
    return out


def facets(session: Session, rows: list[EventRow]) -> dict[str, list[tuple[str, int]]]:
    """Counts by facet; those of all events are kept, for they are asked for first and most."""
    if len(rows) == len(session.index.queue):
        return session.all_facets()
    return facet_counts(rows)


def queue_csv(session: Session, request: Request) -> bytes:
    """The queue as a table, all of it."""
    rows, _ = chosen(session, request)
    return csv_bytes(COLUMNS, (table_row(row, session.reviewed.states(row.id)) for row in rows))


def explore(session: Session, request: Request) -> Json:
    """All chosen events as columns, for map, timeline and table together."""
    rows, told = chosen(session, request)
    return {"sentence": told, "total": len(rows), "columns": point_columns(rows, [first_state(session, row.id) for row in rows])}


def project(session: Session, request: Request) -> Json:
    """What the page needs once: names, counts, the types of the codebook, the words for states and reasons."""
    counts = session.project.counts()
    return {
        "name": session.name,
        "user": session.user,
        "counts": {"reports": counts.reports, "events": counts.events, "faults": counts.faults},
        "types": codebook_types(),
        "states": STATES,
        "sorts": SORTS,
        "progress": progress(session),
        "reasons": reason_words(),
        "versions": versions(),
    }


def codebook_types() -> dict[str, list[str]]:
    """Types and sub-types of the codebook that the knowledge has classes for."""
    out: dict[str, dict[str, None]] = {}
    for rule in rules("event_classes").values():
        if isinstance(rule, dict) and "type" in rule:
            out.setdefault(rule["type"], {})[rule["sub_type"]] = None
    return {name: list(subs) for name, subs in out.items()}


def first_state(session: Session, event_id: str) -> str:
    """The one state of an event that a map or table shows."""
    states = session.reviewed.states(event_id)
    return next(state for state in ("reject", "correct", "accept", "unsure", "open") if state in states)


def report(session: Session, request: Request) -> Json:
    """A report as runs of text, its events with their values, and what was decided about them."""
    return with_reviews(session, report_json(session.coding(str(request.path_params["id"]))))


def with_reviews(session: Session, made: Json) -> Json:
    """A report with what people decided about its events, and the events that they added."""
    reviews = {event["id"]: session.reviewed.of_event(event["id"]) for event in made["events"]}
    added = [standing_json(one) for one in session.reviewed.added.get(made["report"]["id"], ())]
    return {**made, "reviews": reviews, "added": added, "number": session.reviewed.number}


def event(session: Session, request: Request) -> Json:
    """The report that tells of this event, with the event's id."""
    row = session.event(str(request.path_params["id"]))
    return {"event": row.id, **with_reviews(session, report_json(session.coding(row.report.id)))}


def report_csv(session: Session, request: Request) -> bytes:
    """The events of a report as a table."""
    report = found(session.index.reports.get(str(request.path_params["id"])), "no such report in this project")
    return csv_bytes(COLUMNS, (table_row(row, session.reviewed.states(row.id)) for row in map(session.event, report.events)))


def event_csv(session: Session, request: Request) -> bytes:
    """The event as a table of one row."""
    row = session.event(str(request.path_params["id"]))
    return csv_bytes(COLUMNS, [table_row(row, session.reviewed.states(row.id))])


def reports(session: Session, request: Request) -> Json:
    """All reports."""
    return {"rows": [dict(zip(REPORT_COLUMNS, report_row(row), strict=True)) for row in session.index.reports.values()]}


def reports_csv(session: Session, request: Request) -> bytes:
    """All reports as a table."""
    return csv_bytes(REPORT_COLUMNS, (report_row(row) for row in session.index.reports.values()))


def report_row(row: ReportRow) -> list[Any]:
    return [row.id, row.doc_id, row.headline, row.outlet, row.wire, row.published, row.basis, row.characters, len(row.events)]


View = Callable[[Session, Request], Any]
VIEWS: dict[str, View] = {
    "/project.json": project,
    "/api/changes": changes_view,
    "/api/places": places,
    "/api/actors": actors,
    "/log.json": log,
    "/log.csv": log_csv,
    "/queue.json": queue,
    "/queue.csv": queue_csv,
    "/explore.json": explore,
    "/explore.csv": queue_csv,
    "/events/{id}.json": event,
    "/events/{id}.csv": event_csv,
    "/incidents.json": incidents.incidents,
    "/incidents.csv": incidents.incidents_csv,
    "/incidents/{id}.json": incidents.one,
    "/incidents/{id}.csv": incidents.incident_csv,
    "/merge.json": incidents.merge_desk,
    "/merge.csv": incidents.merge_csv,
    **{f"/{kind}.json": names.listed(kind) for kind in names.KINDS},
    **{f"/{kind}.csv": names.table(kind) for kind in names.KINDS},
    "/actors/same.json": names.same_actor,
    "/places/same.json": names.same_place,
    **{f"/{kind}/own.tsv": names.own(kind) for kind in ("actors", "sources")},
    "/export.json": exports.preview,
    "/export/file": exports.download,
    "/snapshots.json": snapshots.snapshots,
    "/reports.json": reports,
    "/reports.csv": reports_csv,
    "/reports/{id}.json": report,
    "/reports/{id}.csv": report_csv,
}
