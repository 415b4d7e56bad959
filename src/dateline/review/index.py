"""All events of a project in memory, each with the reasons why a person should look at it: what lists and filters walk over.

50,000 events take about a second to read and 60 MB; the index is read anew only when a run has changed the events.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

import msgspec

from dateline.export.safe import one_line
from dateline.knowledge import rules
from dateline.store import Project
from dateline.types import Segment

HIGH_TOLL = 10  # deaths
LOW_SCORE = 0.5
HEAD = 400  # characters of a report within which its headline is looked for
EVENTS = """SELECT e.id, e.name, e.report_id, e.type, e.sub_type, e.status, e.foreground, e.earliest, e.latest, e.date_precision,
    e.date_inferred, e.place, e.country, e.latitude, e.longitude, e.place_precision, e.radius_km, e.actors, e.targets, e.weapons,
    e.killed_low, e.killed_high, e.injured_low, e.injured_high, e.figures, e.sources, e.trigger_words, e.record
    FROM events e ORDER BY e.rowid"""
REPORTS = f"""SELECT id, doc_id, title, outlet, wire, published, published_basis, segments, length(text) AS characters,
    substr(text, 1, {HEAD}) AS head FROM reports ORDER BY rowid"""


class Voice(msgspec.Struct):
    stance: str
    name: str = ""


class Count(msgspec.Struct):
    measure: str
    low: int | None
    high: int | None
    group: str = ""
    about: str | None = None
    source: str | None = None


class PlaceRead(msgspec.Struct):
    score: float | None = None
    unlisted: bool = False


class WhereRead(msgspec.Struct):
    place: PlaceRead
    score: float | None = None
    inferred: bool = False


class EventRead(msgspec.Struct):
    """The parts of an event's record that tell how doubtful it is."""

    figures: tuple[Count, ...] = ()
    sources: tuple[Voice, ...] = ()
    where: WhereRead | None = None
    score: float | None = None


@dataclass(slots=True)
class ReportRow:
    """A report as lists show it."""

    id: str
    doc_id: str
    headline: str
    outlet: str | None
    wire: str | None
    published: str | None
    basis: str
    characters: int
    events: list[str] = field(default_factory=list)


@dataclass(slots=True)
class EventRow:
    """An event as lists show it. `reasons` are keys of knowledge/review_queue.toml, `weight` their sum."""

    id: str
    name: str
    report: ReportRow
    type: str
    sub_type: str
    status: str
    foreground: bool
    earliest: str | None
    latest: str | None
    date_precision: str | None
    date_inferred: bool
    place: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: str | None
    radius_km: float | None
    actors: str
    targets: str
    weapons: str
    killed: tuple[int | None, int | None]
    injured: tuple[int | None, int | None]
    figures: str
    sources: str
    words: str
    reasons: tuple[str, ...]
    weight: float
    haystack: str = ""


@dataclass(slots=True)
class Index:
    """Events and reports by id, and the events in the order of the queue: heaviest first, then as they were saved."""

    events: dict[str, EventRow]
    reports: dict[str, ReportRow]
    queue: list[EventRow]


def read_index(project: Project) -> Index:
    reports = {row["id"]: report_row(row) for row in project.connection.execute(REPORTS)}
    decoder = msgspec.json.Decoder(EventRead)
    events: dict[str, EventRow] = {}
    for row in project.connection.execute(EVENTS):
        event = event_row(row, reports[row["report_id"]], decoder.decode(row["record"]))
        events[event.id] = event
        event.report.events.append(event.id)
    queue = sorted(events.values(), key=lambda event: -event.weight)
    return Index(events, reports, queue)


def report_row(row: sqlite3.Row) -> ReportRow:
    headline = row["title"] or headline_in(row["head"], row["segments"]) or row["doc_id"]
    return ReportRow(
        row["id"],
        one_line(row["doc_id"]),
        one_line(headline, 200),
        one_line(row["outlet"]) if row["outlet"] else None,
        one_line(row["wire"]) if row["wire"] else None,
        row["published"],
        row["published_basis"],
        row["characters"],
    )


def headline_in(head: str, segments: str) -> str:
    """The words of the headline segment, as far as they stand in the first characters; else the first line."""
    for segment in msgspec.json.decode(segments, type=tuple[Segment, ...]):
        if segment.kind == "headline" and segment.start < len(head):
            return head[segment.start : segment.end]
    return head.strip().split("\n", 1)[0]


def event_row(row: sqlite3.Row, report: ReportRow, read: EventRead) -> EventRow:
    reasons = tuple(reasons_for(row, read))
    killed = toll_of(read)
    weights = reason_weights()
    weight = sum(weights[reason] for reason in reasons) + (2 * math.log2(killed / HIGH_TOLL) if killed > HIGH_TOLL else 0)
    words = one_line(row["trigger_words"], 160)
    place, actors, targets = (tidy(row[name] or "") for name in ("place", "actors", "targets"))
    return EventRow(
        row["id"],
        row["name"],
        report,
        row["type"],
        row["sub_type"],
        row["status"],
        bool(row["foreground"]),
        row["earliest"],
        row["latest"],
        row["date_precision"],
        bool(row["date_inferred"]),
        place or None,
        row["country"],
        row["latitude"],
        row["longitude"],
        row["place_precision"],
        row["radius_km"],
        actors,
        targets,
        row["weapons"],
        (row["killed_low"], row["killed_high"]),
        (row["injured_low"], row["injured_high"]),
        tidy(row["figures"]),
        tidy(row["sources"]),
        words,
        reasons,
        weight,
        " ".join((words, place, actors, targets, report.headline, report.doc_id)).casefold(),
    )


@lru_cache(maxsize=100_000)
def tidy(words: str) -> str:
    """The words on one line: names and figures come again and again."""
    return one_line(words)


def reasons_for(row: sqlite3.Row, read: EventRead) -> Iterator[str]:
    """Why a person should look at this event, heaviest kinds first."""
    stances = {voice.stance for voice in read.sources}
    if tolls_differ(read.figures):
        yield "conflict"
    if "denies" in stances:
        yield "denied"
    if stances & {"doubts", "silent"}:
        yield "doubted"
    if not row["earliest"] and not row["latest"]:
        yield "no_day"
    elif row["date_inferred"]:
        yield "inferred_day"
    if read.where is None:
        yield "no_place"
    elif read.where.place.unlisted:
        yield "unlisted_place"
    elif row["latitude"] is None or any(s is not None and s < LOW_SCORE for s in (read.where.score, read.where.place.score)):
        yield "ambiguous_place"
    if not row["actors"] and row["type"] != "Displacement":
        yield "no_actor"
    if toll_of(read) >= HIGH_TOLL:
        yield "high_toll"
    if read.score is not None and read.score < LOW_SCORE:
        yield "low_score"
    if not row["foreground"]:
        yield "background"


def tolls_differ(counts: tuple[Count, ...]) -> bool:
    """Whether two figures of one measure and group for the event alone leave no number in common."""
    groups: dict[tuple[str, str], list[Count]] = {}
    for count in counts:
        if count.about is None and count.measure in {"killed", "injured", "abducted", "detained", "missing", "displaced"}:
            groups.setdefault((count.measure, ""), []).append(count)
    return any(apart(one, other) for told in groups.values() for at, one in enumerate(told) for other in told[at + 1 :])


def apart(one: Count, other: Count) -> bool:
    """Two ranges without a common number, said by different sources or about the same people."""
    if one.source == other.source and one.group != other.group:
        return False  # "seven soldiers and two civilians": parts, not readings that differ
    first, last = max(one.low or 0, other.low or 0), min(one.high or 10**9, other.high or 10**9)
    return first > last


def toll_of(read: EventRead) -> int:
    """The highest number of dead that is told for the event alone."""
    told = [count.high or count.low or 0 for count in read.figures if count.measure == "killed" and count.about is None]
    return max(told, default=0)


@cache
def reason_weights() -> dict[str, float]:
    return {name: float(rule["weight"]) for name, rule in rules("review_queue").items()}


@cache
def reason_words() -> dict[str, str]:
    return {name: str(rule["words"]) for name, rule in rules("review_queue").items()}
