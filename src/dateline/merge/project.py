"""Incidents of a project file: merge what is new or touched by it, and keep the incidents.

Merging a project keeps features, scores and sketches of texts, so that adding reports compares only the new events with those
near them in time, and makes anew only the incidents that they touch. All of it can be made again from the codings (`full=True`);
the result is the same as merging everything at once.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from dateline.merge.block import WORD_DAYS
from dateline.merge.copies import COPY_DAYS, copy_pairs, sketch
from dateline.merge.copies import families as join
from dateline.merge.features import LONG_DAYS, NO_DAY, Features
from dateline.merge.grouping import NEAR, Grouping, Pair, group_scores, ordered, score_pairs, sides_of
from dateline.merge.incidents import build_incidents, rejected
from dateline.merge.judgements import Decisions, load_decisions, load_judgements
from dateline.merge.kept import chunks, drop_incidents, incident_ids, marks, save_incident
from dateline.merge.policies import DEFAULT, check_policy
from dateline.merge.readings import Told
from dateline.merge.retold import report_features
from dateline.store import rows
from dateline.store.project import Project
from dateline.types import Attribution, Event, Record, Report, content_id

DAYS_AROUND = 12  # features within so many days of a new event are loaded beside it


class Merged(Record, frozen=True):
    """What a merge did: counts of the project, and what was made anew."""

    events: int
    incidents: int
    shared: int  # incidents told by two reports or more
    compared: int  # pairs that were compared now
    new_events: int
    gone_events: int
    changed: tuple[str, ...]  # ids of incidents that were made or made anew
    policy: str


def merge_project(project: Project, *, policy: str = DEFAULT, full: bool = False, since: str | None = None) -> Merged:
    """Merge the current codings of a project under the judgements in force, and keep the incidents in it.

    Only what new, changed or gone events, new judgements or another policy touch is made anew (everything with `full`).
    `since` (ISO day): leave reports published before it as they are. Raises SettingsError for an unknown policy.
    """
    check_policy(policy)
    decisions = load_decisions(project)
    with project.transaction() as database:
        if full or state(database) != fixed_state(policy):
            for table in ("incident_events", "incidents", "merge_scores", "merge_features", "report_copies"):
                database.execute(f"DELETE FROM {table}")
        new, gone = changes(database, since)
        touched = forget(database, gone)
        families(database, {one.report_id for one in new})
        compared = add(database, new)
        touched |= {one.event_id for one in new} | judged(project, decisions)
        members = closure(database, touched, decisions)
        members = closure(database, members | near_events(database, members), decisions)  # they tell these as near candidates
        made = rebuild(database, members, decisions, policy)
        write_state(database, project, policy)
        (incidents,) = database.execute("SELECT count(*) FROM incidents").fetchone()
        (shared,) = database.execute("SELECT count(*) FROM incidents WHERE reports > 1").fetchone()
        (events,) = database.execute("SELECT count(*) FROM incident_events").fetchone()
    return Merged(events, incidents, shared, compared, len(new), len(gone), tuple(sorted(made)), policy)


# ---- what changed ---------------------------------------------------------------------------------------------------


def fixed_state(policy: str) -> dict[str, str]:
    """What every kept incident was made with: another policy, other weights or features make all of them anew."""
    from dateline.merge.compare import weights

    return {"policy": policy, "weights": content_id("w", repr(sorted(weights().items())), repr(Features.__struct_fields__))}


def state(database: sqlite3.Connection) -> dict[str, str]:
    found = dict(database.execute("SELECT name, value FROM merge_state WHERE name IN ('policy', 'weights')").fetchall())
    return {str(name): str(value) for name, value in found.items()}


def write_state(database: sqlite3.Connection, project: Project, policy: str) -> None:
    (last,) = database.execute("SELECT coalesce(max(number), 0) FROM judgements").fetchone()
    for name, value in {**fixed_state(policy), "judgement": str(last)}.items():
        database.execute("INSERT OR REPLACE INTO merge_state VALUES (?, ?)", (name, value))


def changes(database: sqlite3.Connection, since: str | None) -> tuple[list[Features], list[str]]:
    """Features of the events of reports that are new or coded anew, and ids of those that they replace or that are gone.

    A coding is looked at as a whole: what its other events tell bears on the features of an event.
    """
    later, days = (" AND coalesce(r.published, '9999') >= ?", (since,)) if since else ("", ())
    query = "SELECT f.event_id FROM (SELECT DISTINCT seen FROM merge_features) s JOIN merge_features f ON f.seen = s.seen"
    query += " LEFT JOIN reports r ON r.id = f.report_id" if since else ""
    query += " WHERE NOT EXISTS (SELECT 1 FROM codings c WHERE c.id = s.seen AND c.current = 1)"
    gone = [row[0] for row in database.execute(query + later, days)]
    query = "SELECT c.report_id FROM codings c"
    query += " JOIN reports r ON r.id = c.report_id" if since else ""
    query += " WHERE c.current = 1 AND NOT EXISTS (SELECT 1 FROM merge_features f WHERE f.seen = c.id)"
    query += " AND EXISTS (SELECT 1 FROM events e WHERE e.coding_id = c.id)"
    fresh = sorted(row[0] for row in database.execute(query + later, days))
    new: list[Features] = []
    for report_id in fresh:
        row = database.execute("SELECT * FROM reports WHERE id = ?", (report_id,)).fetchone()
        events = database.execute("SELECT id, record FROM events WHERE report_id = ? ORDER BY rowid", (report_id,))
        decoded = {event[0]: msgspec.json.decode(event[1], type=Event) for event in events}
        new += report_features(rows.report_of(row), report_id, decoded)
    return new, sorted(gone)


def forget(database: sqlite3.Connection, gone: Sequence[str]) -> set[str]:
    """Take events out; gives the events that were in incidents or pairs with them."""
    touched: set[str] = set()
    for event_id in gone:
        near = database.execute(
            "SELECT a, b FROM merge_scores WHERE a = ? UNION SELECT a, b FROM merge_scores WHERE b = ?", (event_id,) * 2
        )
        touched.update(one for pair in near.fetchall() for one in pair)
        touched.update(siblings(database, event_id))
        database.execute("DELETE FROM merge_scores WHERE a = ?", (event_id,))
        database.execute("DELETE FROM merge_scores WHERE b = ?", (event_id,))
        database.execute("DELETE FROM merge_features WHERE event_id = ?", (event_id,))
        database.execute(
            "DELETE FROM incidents WHERE id = (SELECT incident_id FROM incident_events WHERE event_id = ?)", (event_id,)
        )
    return touched - set(gone)


def siblings(database: sqlite3.Connection, event_id: str) -> list[str]:
    query = (
        "SELECT event_id FROM incident_events WHERE incident_id = (SELECT incident_id FROM incident_events WHERE event_id = ?)"
    )
    return [row[0] for row in database.execute(query, (event_id,))]


def judged(project: Project, decisions: Decisions) -> set[str]:
    """Events that judgements made since the last merge are about, undone ones included."""
    row = project.connection.execute("SELECT value FROM merge_state WHERE name = 'judgement'").fetchone()
    log = load_judgements(project)
    fresh = {one.id for one in log if one.number > int(row[0] if row else 0)}
    fresh |= {one.subject for one in log if one.id in fresh and one.verdict in ("undo", "redo")}
    found = {anchor.event_id for one in log if one.id in fresh for anchor in (*one.anchors, *one.others)}
    for standing in (*decisions.events.values(), *decisions.pairs, *decisions.remarks):
        if standing.judgement.id in fresh or standing.flag:
            found.update((*standing.events, *standing.others))
    return found


# ---- comparing ------------------------------------------------------------------------------------------------------


def add(database: sqlite3.Connection, new: Sequence[Features]) -> int:
    """Compare new events with those near them in time and among themselves; gives the number of pairs compared."""
    around = features_around(database, new)
    features = [*around, *new]
    edges = score_pairs(features, new=len(new)) if new else None
    insert = "INSERT OR REPLACE INTO merge_scores VALUES (?, ?, ?)"
    if edges:
        pairs = zip(edges.a, edges.b, edges.score, strict=True)
        database.executemany(insert, ((*ordered(features[i].event_id, features[j].event_id), score) for i, j, score in pairs))
    database.executemany("INSERT OR REPLACE INTO merge_features VALUES (?, ?, ?, ?, ?, ?, ?)", feature_rows(database, new))
    return edges.compared if edges else 0


def feature_rows(database: sqlite3.Connection, new: Sequence[Features]) -> Iterator[tuple[Any, ...]]:
    for one in new:
        (coding_id,) = database.execute("SELECT coding_id FROM events WHERE id = ?", (one.event_id,)).fetchone()
        first, last = reach(one)
        blob = msgspec.msgpack.encode(one)
        yield one.event_id, one.report_id, first, last, int(last - first > LONG_DAYS), coding_id, blob


def reach(one: Features) -> tuple[int, int]:
    """First and last day around which an event is compared: its own, and the day of publication if it opens the report."""
    days = [day for day in (one.first, one.last, one.posted if one.lead else NO_DAY) if day != NO_DAY]
    return min(days, default=NO_DAY), max(days, default=NO_DAY)


def features_around(database: sqlite3.Connection, new: Sequence[Features]) -> list[Features]:
    """Kept features that can meet a new event in time."""
    spans = day_spans(new)
    if not spans:
        return []
    query = "SELECT features FROM merge_features WHERE long = 1 AND last >= ? AND first <= ?"
    found = database.execute(query, (spans[0][0], spans[-1][1])).fetchall()
    for first, last in spans:
        query = "SELECT features FROM merge_features WHERE long = 0 AND first BETWEEN ? AND ?"
        found += database.execute(query, (first, last)).fetchall()
    return [decode_features(row[0]) for row in found]


def day_spans(new: Sequence[Features]) -> list[tuple[int, int]]:
    """Ranges of first days that can meet a new event, joined where they overlap."""
    days = [(one.first, one.last) for one in new if one.first != NO_DAY]
    days += [(one.posted, one.posted) for one in new if one.lead and one.posted != NO_DAY]
    spans = sorted((first - DAYS_AROUND, last + WORD_DAYS) for first, last in days)
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def decode_features(blob: bytes) -> Features:
    return msgspec.msgpack.decode(blob, type=Features)


def families(database: sqlite3.Connection, report_ids: Iterable[str]) -> None:
    """Find the text families of reports that have none yet, among reports published around the same days."""
    known = {row[0] for row in database.execute("SELECT report_id FROM report_copies")}
    fresh = sorted(set(report_ids) - known)
    if not fresh:
        return
    sketches: dict[str, tuple[str, array[int]]] = {}
    for chunk in chunks(fresh):
        query = f"SELECT id, coalesce(published, ''), text FROM reports WHERE id IN ({marks(chunk)})"
        sketches.update({row[0]: (row[1], sketch(row[2])) for row in database.execute(query, chunk)})
    kept = kept_sketches(database, [day for day, _ in sketches.values()])
    family = {row[0]: row[2] for row in kept}
    sketches.update({row[0]: (row[1], array("L", row[3])) for row in kept})
    pairs = (pair for pair in copy_pairs(sketches) if pair.whole and not (pair.a in family and pair.b in family))
    chosen = join(sketches, [*family.items(), *((pair.a, pair.b) for pair in pairs)])
    values = [(one, sketches[one][0], chosen[one], sketches[one][1].tobytes()) for one in sketches]
    database.executemany("INSERT OR REPLACE INTO report_copies VALUES (?, ?, ?, ?)", values)


def kept_sketches(database: sqlite3.Connection, days: Sequence[str]) -> list[Any]:
    """Kept rows of reports that may be copies of reports of these days: published near them, or on an unknown day."""
    query = "SELECT report_id, published, family, sketch FROM report_copies"
    if not all(days):
        return database.execute(query).fetchall()
    window = (min(days), f"-{COPY_DAYS} days", max(days), f"+{COPY_DAYS} days")
    return database.execute(f"{query} WHERE published = '' OR published BETWEEN date(?, ?) AND date(?, ?)", window).fetchall()


# ---- clusters and incidents -----------------------------------------------------------------------------------------


def closure(database: sqlite3.Connection, touched: Iterable[str], decisions: Decisions) -> set[str]:
    """All events of the components that the touched ones fall into: by positive scores, by judgements, by former incidents."""
    same, _ = sides_of(decisions)
    of_group: dict[str, set[str]] = defaultdict(set)
    for group in same:
        for one in group:
            of_group[one].update(group)
    found: set[str] = set()
    frontier = set(touched)
    while frontier:
        found |= frontier
        linked: set[str] = set()
        for chunk in chunks(sorted(frontier)):
            for column, other in (("a", "b"), ("b", "a")):
                query = f"SELECT {other} FROM merge_scores WHERE {column} IN ({marks(chunk)}) AND score > 0"
                linked.update(row[0] for row in database.execute(query, chunk))
            query = (
                "SELECT event_id FROM incident_events WHERE incident_id IN"
                f" (SELECT incident_id FROM incident_events WHERE event_id IN ({marks(chunk)}))"
            )
            linked.update(row[0] for row in database.execute(query, chunk))
            linked.update(one for event_id in chunk for one in of_group.get(event_id, ()))
        frontier = linked - found
    return found


def near_events(database: sqlite3.Connection, members: set[str]) -> set[str]:
    """Events that were nearly merged with these."""
    pairs = (pair for pair, score in load_scores(database, members).items() if score > NEAR)
    return {one for pair in pairs for one in pair}


def rebuild(database: sqlite3.Connection, members: set[str], decisions: Decisions, policy: str) -> set[str]:
    """Make the incidents of these events anew; gives the ids of those that differ from before."""
    features = load_features(database, members)
    live = [one for one in features if not rejected(one.event_id, decisions)]
    here = {one.event_id for one in live}
    out = {event_id for event_id in decisions.by_event if rejected(event_id, decisions)}
    scores = {pair: score for pair, score in load_scores(database, here).items() if not out & set(pair)}
    inner = {pair: score for pair, score in scores.items() if here.issuperset(pair)}
    grouping = group_scores(live, inner, decisions)
    told = load_told(database, [one.event_id for one in live])
    before = drop_incidents(database, members)
    outside = {one for pair in scores for one in pair} - here
    known = incident_ids(database, outside)
    whole = Grouping(
        grouping.clusters,
        scores,
        {**grouping.features, **by_id(load_features(database, outside))},
        grouping.same,
        grouping.different,
    )
    family = load_families(database, {one.report_id for one in told.values()})
    incidents = build_incidents(whole, told, family, policy=policy, decisions=decisions, known=known)
    records = {one.id: (one, rows.to_json(one)) for one in incidents}
    for incident, record in records.values():
        save_incident(database, incident, record)
    return {name for name, (_, record) in records.items() if before.get(name) != record} | (set(before) - set(records))


def by_id(features: Iterable[Features]) -> dict[str, Features]:
    return {one.event_id: one for one in features}


def load_features(database: sqlite3.Connection, event_ids: Iterable[str]) -> list[Features]:
    found: list[Features] = []
    for chunk in chunks(sorted(event_ids)):
        query = f"SELECT features FROM merge_features WHERE event_id IN ({marks(chunk)})"
        found += [decode_features(row[0]) for row in database.execute(query, chunk)]
    return found


def load_scores(database: sqlite3.Connection, event_ids: set[str]) -> dict[Pair, float]:
    """Scores of pairs with at least one of these events."""
    found: dict[Pair, float] = {}
    for chunk in chunks(sorted(event_ids)):
        for column in ("a", "b"):
            query = f"SELECT a, b, score FROM merge_scores WHERE {column} IN ({marks(chunk)})"
            found.update({(row[0], row[1]): row[2] for row in database.execute(query, chunk)})
    return found


def load_told(database: sqlite3.Connection, event_ids: Sequence[str]) -> dict[str, Told]:
    """Events with their reports and attributions."""
    home: dict[str, tuple[str, Event]] = {}
    for chunk in chunks(event_ids):
        query = f"SELECT id, report_id, record FROM events WHERE id IN ({marks(chunk)})"
        for row in database.execute(query, chunk):
            home[row[0]] = (row[1], msgspec.json.decode(row[2], type=Event))
    reports = {
        report_id: (report, said) for report_id, report, said in load_reports(database, sorted({one for one, _ in home.values()}))
    }
    return {
        event_id: Told(event_id, reports[report_id][0], report_id, event, reports[report_id][1])
        for event_id, (report_id, event) in home.items()
    }


class Said(msgspec.Struct):
    """The part of a coding that origins need."""

    attributions: tuple[Attribution, ...] = ()


def load_reports(
    database: sqlite3.Connection, report_ids: Sequence[str]
) -> Iterator[tuple[str, Report, tuple[Attribution, ...]]]:
    for chunk in chunks(report_ids):
        query = (
            "SELECT r.*, c.record AS coding FROM reports r JOIN codings c ON c.report_id = r.id AND c.current = 1"
            f" WHERE r.id IN ({marks(chunk)})"
        )
        for row in database.execute(query, chunk):
            yield row["id"], rows.report_of(row), msgspec.json.decode(row["coding"], type=Said).attributions


def load_families(database: sqlite3.Connection, report_ids: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for chunk in chunks(sorted(report_ids)):
        query = f"SELECT report_id, family FROM report_copies WHERE report_id IN ({marks(chunk)})"
        found.update({row[0]: row[1] for row in database.execute(query, chunk)})
    return found
