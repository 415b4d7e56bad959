"""Incidents for the page: the list, one with its claims side by side, the merge desk, and how other data sets would show it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import msgspec
from starlette.requests import Request

from dateline.export import acled, ucdp
from dateline.export.cases import Case, LeftOut, cases_of, ids_of
from dateline.merge.kept import find_incident
from dateline.merge.policies import POLICIES
from dateline.merge.project import merge_project
from dateline.merge.records import Incident, Link, Telling
from dateline.review.decisions import judgement_json
from dateline.review.filters import FilterError, number_of
from dateline.review.reader import clean
from dateline.review.rows import csv_bytes, event_json
from dateline.review.session import Session, found

Json = dict[str, Any]
COLUMNS = tuple(
    """id title type sub_type status foreground earliest latest date_precision place country latitude longitude place_precision
    radius_km actors targets killed_low killed_best killed_high injured_low injured_best injured_high tellings reports outlets
    origins conflicts denials first_report last_report score flags""".split()  # noqa: SIM905
)
PAGE = 200
HISTORY = 100  # decisions shown with an incident
SHOWN: dict[str, tuple[str, Callable[[Json], bool]]] = {
    "all": ("", lambda row: True),
    "several": ("told by two reports or more", lambda row: row["reports"] > 1),
    "conflict": ("on which sources differ", lambda row: row["conflicts"] > 0),
    "denied": ("of which something is denied", lambda row: row["denials"] > 0),
    "doubtful": ("whose merge is doubtful", lambda row: row["score"] is not None and row["score"] < DOUBTFUL),
}
DOUBTFUL = 0.75  # probability of the weakest link below which a merge should be looked at
SORTS: dict[str, tuple[str, Callable[[Json], Any]]] = {
    "weight": ("most to decide first", lambda row: -weight(row)),
    "day": ("by day", lambda row: row["earliest"] or row["latest"] or "9999"),
    "toll": ("highest toll first", lambda row: -(row["killed_high"] or row["killed_low"] or 0)),
    "reports": ("most reports first", lambda row: -row["reports"]),
}


def weight(row: Json) -> float:
    """How much there is to decide: contradictions among many reports first."""
    told = 4 * row["conflicts"] + 5 * row["denials"] + 3 * (row["reports"] - 1)
    doubt = 4 if row["score"] is not None and row["score"] < DOUBTFUL else 0
    return float(told + doubt + min(5, (row["killed_high"] or 0) / 20) + (0 if row["foreground"] else -6))


def incident_rows(session: Session) -> list[Json]:
    """All incidents as rows, read anew when the file has changed."""
    session.merge()
    return session.kept("incidents", lambda: read_rows(session))


def read_rows(session: Session) -> list[Json]:
    rows = session.project.connection.execute(f"SELECT {', '.join(COLUMNS)} FROM incidents ORDER BY earliest, id")
    return [dict(row) for row in rows]


def chosen(session: Session, request: Request) -> tuple[list[Json], str]:
    params = request.query_params
    shown, sort = params.get("shown") or "all", params.get("sort") or "weight"
    for name, value, known in (("shown", shown, SHOWN), ("sort", sort, SORTS)):
        if value not in known:
            raise FilterError(f"{name}={value}: must be one of {', '.join(known)}")
    rows = [row for row in incident_rows(session) if SHOWN[shown][1](row)]
    words, country = params.get("q", "").casefold().split(), params.get("country")
    if words:
        rows = [
            row for row in rows if all(word in f"{row['title']} {row['actors']} {row['targets']}".casefold() for word in words)
        ]
    if country:
        rows = [row for row in rows if row["country"] == country]
    rows = sorted(rows, key=SORTS[sort][1])
    parts = [SHOWN[shown][0]] + ([f"with “{' '.join(words)}”"] if words else []) + ([f"in {country}"] if country else [])
    told = " ".join(part for part in parts if part)
    return rows, f"{len(rows):,} incident{'' if len(rows) == 1 else 's'} {told}".rstrip() + f", {SORTS[sort][0]}"


def incidents(session: Session, request: Request) -> Json:
    """One stretch of the incidents, with the sentence that says which."""
    rows, told = chosen(session, request)
    params: dict[str, Sequence[str]] = {name: [value] for name, value in request.query_params.items() if value}
    offset = number_of(params, "offset")
    several = sum(1 for row in incident_rows(session) if row["reports"] > 1)
    shown = [{**row, "title": clean(row["title"])} for row in rows[offset : offset + PAGE]]
    return {
        "sentence": told,
        "total": len(rows),
        "offset": offset,
        "several": several,
        "events": len(session.index.events),
        "rows": shown,
    }


def incidents_csv(session: Session, request: Request) -> bytes:
    """The incidents as a table."""
    rows, _ = chosen(session, request)
    return csv_bytes(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


# ---- one incident ---------------------------------------------------------------------------------------------------


def one(session: Session, request: Request) -> Json:
    """An incident with all readings, its links and likeliest others, and its rows in other data sets."""
    session.merge()
    incident = found(find_incident(session.project, str(request.path_params["id"])), "no such incident in this project")
    plain: Json = msgspec.to_builtins(incident)
    fields = [{**cleaned(field), "readings": [reading(r) for r in field["readings"]]} for field in plain["fields"]]
    return {
        **plain,
        "title": clean(incident.title),
        "fields": fields,
        "near": [near(session, link) for link in incident.near],
        "policies": POLICIES,
        "others": list(other_forms(session, incident.tellings)),
        "reliability": reliabilities(session, incident),
        "history": history(session, incident),
        "reviews": {telling.event_id: session.reviewed.of_event(telling.event_id) for telling in incident.tellings},
        "number": session.reviewed.number,
    }


def reliabilities(session: Session, incident: Incident) -> Json:
    """Letters that people gave to the sources and outlets of an incident, by name."""
    names = {name for field in incident.fields for r in field.readings for name in (r.source, r.outlet) if name}
    letters = {name: session.reviewed.of_name("sources", name)["reliability"] for name in map(clean, names)}
    return {name: letter for name, letter in letters.items() if letter}


def history(session: Session, incident: Incident) -> list[Json]:
    """What people decided on the events of an incident, pairs with others included, newest first; `back`: taken back since."""
    decided = session.reviewed.history(telling.event_id for telling in incident.tellings)
    sides = ({"left": names_of(session, one.events), "right": names_of(session, one.others)} for one, _ in decided)
    rows = zip(decided, sides, strict=True)
    return [{**judgement_json(one.judgement), **side, "flag": one.flag, "back": not alive} for (one, alive), side in rows][
        :HISTORY
    ]


def names_of(session: Session, event_ids: Sequence[str]) -> list[str]:
    """Events as DOC_ID.e3."""
    rows = [session.index.events.get(one) for one in event_ids]
    return [clean(f"{row.report.doc_id}.{row.name}") for row in rows if row]


def cleaned(plain: Json) -> Json:
    return {name: clean(value) if isinstance(value, str) else value for name, value in plain.items()}


def reading(plain: Json) -> Json:
    return {**cleaned(plain), "evidence": [cleaned(piece) for piece in plain.get("evidence", ())]}


def near(session: Session, link: Link) -> Json:
    """A candidate that was not merged, with the title of the incident it belongs to."""
    plain: Json = msgspec.to_builtins(link)
    title = session.project.connection.execute("SELECT title FROM incidents WHERE id = ?", (link.other,)).fetchone()
    return {**plain, "other_title": clean(title[0]) if title else None}


def other_forms(session: Session, tellings: Sequence[Telling]) -> Iterator[Json]:
    """For each telling: its row in the shape of ACLED and UCDP, or the rule by which there is none."""
    for telling in tellings[:12]:
        coding = session.coding(telling.report_id)
        case = next((case for case in cases_of(coding, ids_of(coding), {}) if case.id == telling.event_id), None)
        if case is not None:
            shapes = {name: shape(make, case) for name, make in (("acled", acled.rows), ("ucdp", ucdp.rows))}
            yield {"event_id": telling.event_id, "doc_id": telling.doc_id, **shapes}


def shape(make: Callable[[Sequence[Case]], Iterator[Any]], case: Case) -> Json:
    if not case.event.foreground:
        return {"left_out": "background", "reason": "recalled by the report, not its news"}
    made = next(make([case]), None)
    if made is None or isinstance(made, LeftOut):
        rule, reason = (made.rule, made.reason) if made else ("not coded", "")
        return {"left_out": rule, "reason": clean(reason)}
    return {"row": cleaned(made)}


def incident_csv(session: Session, request: Request) -> bytes:
    """The readings of an incident, one a row."""
    session.merge()
    incident = found(find_incident(session.project, str(request.path_params["id"])), "no such incident in this project")
    return csv_bytes(READING_COLUMNS, reading_rows(incident))


READING_COLUMNS = tuple("incident field state value stance source side outlet doc_id published origin words".split())  # noqa: SIM905


def reading_rows(incident: Incident) -> Iterator[list[Any]]:
    for state in incident.fields:
        for r in state.readings:
            row = [incident.id, state.field, state.state, r.words, r.stance, r.source, r.side, r.outlet, r.doc_id, r.published]
            yield [*row, r.origin, r.original]


# ---- the merge desk -------------------------------------------------------------------------------------------------


def merge_desk(session: Session, request: Request) -> Json:
    """Merges to look at: the least likely that were made, and the likeliest that were not, each with its reasons."""
    session.merge()
    return session.kept("merge desk", lambda: read_desk(session))


PAIR_COLUMNS = ("decision", "score", "incident", "event_a", "event_b", "title_a", "title_b", "for_and_against")


def merge_csv(session: Session, request: Request) -> bytes:
    """The pairs of the merge desk as a table."""
    session.merge()
    desk = session.kept("merge desk", lambda: read_desk(session))
    return csv_bytes(PAIR_COLUMNS, (pair_row(one) for one in (*desk["made"], *desk["apart"])))


def pair_row(one: Json) -> list[Any]:
    names = [f"{side['doc_id']}.{side['name']}" for side in one["sides"]]
    titles = [side["headline"] for side in one["sides"]]
    reasons = "; ".join(f"{part['weight']:+.2f} {part['words']}" for part in one["contributions"])
    return [one["decision"], round(one["score"], 4), one["incident"], *names, *titles, reasons]


def read_desk(session: Session, most: int = 60) -> Json:
    query = "SELECT id FROM incidents WHERE score IS NOT NULL ORDER BY score LIMIT ?"
    weakest = [row[0] for row in session.project.connection.execute(query, (most,))]
    made: list[Json] = []
    apart: dict[frozenset[str], Link] = {}
    for incident_id in weakest:
        incident = find_incident(session.project, incident_id)
        made += [pair(session, link, incident_id) for link in (incident.links if incident else ())]
    for row in session.project.connection.execute("SELECT record FROM incidents WHERE instr(record, '\"near\":[{') LIMIT 400"):
        for link in msgspec.json.decode(row[0], type=Incident).near:
            apart[frozenset((link.a, link.b))] = link
    likely = sorted(apart.values(), key=lambda link: -link.score)[:most]
    made = sorted((one for one in made if one), key=lambda one: float(one["score"]))[:most]
    return {"made": made, "apart": [p for p in (pair(session, link, None) for link in likely) if p]}


def pair(session: Session, link: Link, incident_id: str | None) -> Json:
    """Two events that were compared, as rows, with what spoke for and against."""
    sides = [session.index.events.get(one) for one in (link.a, link.b)]
    if None in sides:
        return {}
    plain: Json = msgspec.to_builtins(link)
    return {**plain, "incident": incident_id, "sides": [event_json(side) for side in sides if side]}


def merge(session: Session) -> Json:
    """Merge now, all of it: for a project that was never merged."""
    done = merge_project(session.project)
    session.forget()
    return {"incidents": done.incidents, "shared": done.shared, "events": done.events}
