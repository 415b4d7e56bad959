"""Incidents as rows of a project file and back: the whole record as JSON, and the columns that lists, maps and queries read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from dateline.errors import StoreError
from dateline.merge.build import recommended
from dateline.merge.features import split_type
from dateline.merge.incidents import day_order
from dateline.merge.records import Incident
from dateline.store.project import Project

CHUNK = 500  # ids per query


def chunks(ids: Sequence[str]) -> Iterator[list[str]]:
    for at in range(0, len(ids), CHUNK):
        yield list(ids[at : at + CHUNK])


def marks(chunk: Sequence[str]) -> str:
    return ", ".join("?" * len(chunk))


def drop_incidents(database: sqlite3.Connection, members: set[str]) -> dict[str, str]:
    """Take out the incidents of these events; gives their records by id."""
    before: dict[str, str] = {}
    for chunk in chunks(sorted(members)):
        of_events = f"SELECT incident_id FROM incident_events WHERE event_id IN ({marks(chunk)})"
        query = f"SELECT id, record FROM incidents WHERE id IN ({of_events})"
        before.update({row[0]: row[1] for row in database.execute(query, chunk)})
    for chunk in chunks(sorted(before)):
        database.execute(f"DELETE FROM incidents WHERE id IN ({marks(chunk)})", chunk)
    return before


def incident_ids(database: sqlite3.Connection, event_ids: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(sorted(event_ids)):
        query = f"SELECT event_id, incident_id FROM incident_events WHERE event_id IN ({marks(chunk)})"
        found.update({row[0]: row[1] for row in database.execute(query, chunk)})
    return found


# ---- rows -----------------------------------------------------------------------------------------------------------


def save_incident(database: sqlite3.Connection, incident: Incident, record: str) -> None:
    values = {**incident_row(incident), "record": record}
    columns = ", ".join(values)
    database.execute(f"INSERT INTO incidents ({columns}) VALUES ({marks(list(values))})", tuple(values.values()))
    members = [(one.event_id, incident.id) for one in incident.tellings]
    database.executemany("INSERT OR REPLACE INTO incident_events VALUES (?, ?)", members)


def incident_row(incident: Incident) -> dict[str, Any]:
    """The columns that lists, maps and queries read."""
    kind = recommended(incident.fields, "type") or ""
    when, where = recommended(incident.fields, "when") or {}, recommended(incident.fields, "where") or {}
    type_name, sub_type = split_type(str(kind))
    days = sorted(one.published for one in incident.tellings if one.published)
    row: dict[str, Any] = {
        "id": incident.id,
        "title": incident.title,
        "type": type_name,
        "sub_type": sub_type,
        "status": str(recommended(incident.fields, "status") or ""),
        "earliest": when.get("earliest"),
        "latest": when.get("latest"),
        "date_precision": when.get("precision"),
        "place": where.get("name"),
        "country": where.get("country"),
        "latitude": where.get("lat"),
        "longitude": where.get("lon"),
        "place_precision": where.get("precision", "town") if where else None,
        "radius_km": where.get("radius_km", 5.0) if where else None,
        "actors": names_of(incident, "actors"),
        "targets": names_of(incident, "targets"),
        "tellings": len(incident.tellings),
        "reports": len({one.report_id for one in incident.tellings}),
        "outlets": len({one.outlet or one.doc_id for one in incident.tellings}),
        "origins": len(incident.origins),
        "conflicts": sum(one.state == "conflict" for one in incident.fields),
        "denials": sum(one.state == "denied" for one in incident.fields),
        "foreground": int(any(one.foreground for one in incident.tellings)),
        "first_report": days[0] if days else None,
        "last_report": days[-1] if days else None,
        "score": incident.score,
        "flags": "; ".join(incident.flags),
    }
    for measure in ("killed", "injured"):
        found = next((one.recommended for one in incident.fields if one.field == f"figures:{measure}"), None)
        row |= {f"{measure}_{end}": getattr(found, end) if found else None for end in ("low", "best", "high")}
    return row


def names_of(incident: Incident, field: str) -> str:
    """The parties of an incident, each name once, those of most readings first."""
    found = next((one for one in incident.fields if one.field == field), None)
    groups = found.groups if found else ()
    names = [found.readings[group[0]] for group in groups] if found else []
    return "; ".join(
        dict.fromkeys(str(one.value.get("name", "")) for one in names if isinstance(one.value, dict) and not one.private)
    )


# ---- reading --------------------------------------------------------------------------------------------------------


def load_incidents(project: Project, *, ids: Iterable[str] | None = None) -> Iterator[Incident]:
    """The incidents that the last `merge_project` kept, by day; `ids`: only these."""
    with project.clear_errors():
        if ids is None:
            for row in project.connection.execute("SELECT record FROM incidents ORDER BY coalesce(earliest, latest, '9999'), id"):
                yield decode_incident(row[0])
            return
        found = []
        for chunk in chunks(sorted(set(ids))):
            query = f"SELECT record FROM incidents WHERE id IN ({marks(chunk)})"
            found += [decode_incident(row[0]) for row in project.connection.execute(query, chunk)]
        yield from sorted(found, key=day_order)


def decode_incident(record: str) -> Incident:
    return msgspec.json.decode(record, type=Incident)


def find_incident(project: Project, name: str) -> Incident | None:
    """The incident with this id (or its beginning, 5 characters or more), or the one of an event (its id, or DOC_ID.e3).

    None when there is none. Raises StoreError when several fit.
    """
    with project.clear_errors():
        database = project.connection
        query = "SELECT id, record FROM incidents WHERE id = ? OR (length(?) >= 5 AND substr(id, 1, length(?)) = ?) LIMIT 3"
        found = database.execute(query, (name,) * 4).fetchall()
        if not found:
            of_event = "SELECT incident_id FROM incident_events WHERE event_id = ?"
            found = database.execute(
                f"SELECT id, record FROM incidents WHERE id IN ({of_event})", (event_named(database, name),)
            ).fetchall()
    if len(found) > 1:
        raise StoreError(f"{name!r} fits several incidents", where=str(project.path), remedy="write more of the id")
    return decode_incident(found[0][1]) if found else None


def event_named(database: sqlite3.Connection, name: str) -> str:
    """Project-wide id of DOC_ID.e3; any other name as it is."""
    doc_id, _, event = name.rpartition(".")
    query = "SELECT e.id FROM events e JOIN reports r ON r.id = e.report_id WHERE r.doc_id = ? AND e.name = ?"
    row = database.execute(query, (doc_id, event)).fetchone()
    return row[0] if row else name
