"""Records as rows and back. The full record is kept as JSON beside the columns that people and queries read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from dateline.types import Coding, Count, Event, Evidence, Fault, Published, Repair, Report, Segment, Statement, content_id

NO_REPORT = Report("", "")


def to_json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


# ---- reports ------------------------------------------------------------------------------------------------------------


def report_row(report: Report, run_id: str) -> dict[str, Any]:
    published = report.published
    return {
        "id": report.id,
        "doc_id": report.doc_id,
        "sha256": report.sha256,
        "title": report.title,
        "outlet": report.outlet,
        "url": report.url,
        "wire": report.wire,
        "published": published.day,
        "published_basis": published.basis,
        "published_why": published.why,
        "language": report.language,
        "path": report.path,
        "extractor": report.extractor,
        "text": report.text,
        "segments": to_json(report.segments),
        "repairs": to_json(report.repairs),
        "published_evidence": to_json(published.evidence),
        "run_id": run_id,
    }


def report_of(row: Any) -> Report:
    """The report of a row of table `reports`."""
    evidence = msgspec.json.decode(row["published_evidence"], type=tuple[Evidence, ...])
    return Report(
        doc_id=row["doc_id"],
        text=row["text"],
        sha256=row["sha256"],
        published=Published(row["published"], row["published_basis"], row["published_why"], evidence),
        segments=msgspec.json.decode(row["segments"], type=tuple[Segment, ...]),
        repairs=msgspec.json.decode(row["repairs"], type=tuple[Repair, ...]),
        title=row["title"],
        outlet=row["outlet"],
        url=row["url"],
        wire=row["wire"],
        path=row["path"],
        extractor=row["extractor"],
        language=row["language"],
    )


# ---- codings ------------------------------------------------------------------------------------------------------------


def coding_json(coding: Coding) -> str:
    """JSON of a coding without its report, which has a table of its own."""
    return to_json(msgspec.structs.replace(coding, report=NO_REPORT))


def coding_of(record: str, report: Report) -> Coding:
    return msgspec.structs.replace(msgspec.json.decode(record, type=Coding), report=report)


def event_ids(report_id: str, events: Sequence[Event]) -> dict[str, str]:
    """Project-wide id of each event by its name (e1 …): report, sub-type, trigger words, and a number where these are equal."""
    ids: dict[str, str] = {}
    for event in events:
        spans = " ".join(f"{words.start}-{words.end}" for words in event.trigger)
        number, made = 1, content_id("v", report_id, event.sub_type, spans)
        while made in ids.values():
            number, made = number + 1, content_id("v", report_id, event.sub_type, spans, str(number + 1))
        ids[event.id] = made
    return ids


def event_row(event: Event, event_id: str, report_id: str, coding_id: str) -> dict[str, Any]:
    when, where = event.when, event.where
    place = where.place if where else None
    killed, injured = bounds(event.figures, "killed"), bounds(event.figures, "injured")
    return {
        "id": event_id,
        "report_id": report_id,
        "coding_id": coding_id,
        "name": event.id,
        "type": event.type,
        "sub_type": event.sub_type,
        "status": event.status,
        "foreground": int(event.foreground),
        "earliest": when.earliest if when else None,
        "latest": when.latest if when else None,
        "date_precision": when.precision if when else None,
        "date_inferred": int(when.inferred) if when else None,
        "place": place.name if place else None,
        "country": place.country if place else None,
        "latitude": place.lat if place else None,
        "longitude": place.lon if place else None,
        "place_precision": place.precision if place else None,
        "radius_km": place.radius_km if place else None,
        "geonameid": place.geonameid if place else None,
        "actors": "; ".join(party.name for party in event.actors),
        "targets": "; ".join(party.name for party in event.targets),
        "weapons": "; ".join(weapon.kind for weapon in event.weapons),
        "killed_low": killed[0],
        "killed_high": killed[1],
        "injured_low": injured[0],
        "injured_high": injured[1],
        "figures": "; ".join(map(count_words, event.figures)),
        "sources": "; ".join(f"{voice.name} {voice.stance}" for voice in event.sources),
        "trigger_words": " … ".join(words.quote for words in event.trigger),
        "record": to_json(event),
    }


def count_words(count: Count) -> str:
    """A figure in words for people.

    >>> count_words(Count("killed", "civilians", 12, None, "person", ()))
    'killed: 12 or more civilians'
    """
    low, high = count.low, count.high
    if low is None:
        amount = f"up to {high}" if high is not None else "an untold number of"
    elif high is None:
        amount = f"{low} or more"
    else:
        amount = f"{low}" if low == high else f"{low} to {high}"
    return f"{count.measure}: {amount} {count.group}".rstrip() + (f" ({count.about})" if count.about else "")


def bounds(counts: Iterable[Count], measure: str) -> tuple[int | None, int | None]:
    """Bounds of the first figure of this measure that stands for the event alone: groups within it are not added up."""
    for count in counts:
        if count.measure == measure and count.about is None:
            return count.low, count.high
    return None, None


def statement_row(statement: Statement, statement_id: str, report_id: str, event_id: str | None) -> dict[str, Any]:
    return {
        "id": statement_id,
        "report_id": report_id,
        "event_id": event_id,
        "property": statement.property,
        "value": None if statement.value is None else to_json(statement.value),
        "original": statement.original,
        "source": statement.source,
        "stance": statement.stance,
        "certainty": statement.certainty,
        "made_by": statement.by,
        "score": statement.score,
    }


def statement_id(statement: Statement, report_id: str) -> str:
    """Project-wide id: content hash, since ids within a report may repeat between reports."""
    value = to_json(statement.value)
    spans = " ".join(f"{words.start}-{words.end}" for words in statement.evidence)
    return content_id("s", report_id, statement.subject, statement.property, value, statement.source, statement.stance, spans)


def event_evidence(event: Event) -> Iterator[tuple[str, int, Evidence]]:
    """(field, item, words) for every evidence of an event."""
    fields: list[tuple[str, Sequence[Any]]] = [
        ("trigger", [event.trigger]),
        ("when", [event.when.evidence] if event.when else []),
        ("where", [event.where.evidence] if event.where else []),
        ("actor", [party.evidence for party in event.actors]),
        ("target", [party.evidence for party in event.targets]),
        ("weapon", [weapon.evidence for weapon in event.weapons]),
        ("figure", [count.evidence for count in event.figures]),
        ("source", [voice.evidence for voice in event.sources]),
    ]
    for field, items in fields:
        for item, words in enumerate(items):
            for evidence in words:
                yield field, item, evidence


def report_evidence(coding: Coding) -> Iterator[tuple[str, int, Evidence]]:
    """(field, item, words) for the evidence of a coding that belongs to no event."""
    groups: list[tuple[str, Sequence[Any]]] = [
        ("alias", [alias.evidence for alias in coding.aliases]),
        ("flag", [flag.evidence + flag.against for flag in coding.flags]),
        ("background", [count.evidence for count in coding.background_figures]),
        ("published", [coding.report.published.evidence]),
    ]
    for field, items in groups:
        for item, words in enumerate(items):
            for evidence in words:
                yield field, item, evidence


def fault_row(fault: Fault, run_id: str) -> dict[str, Any]:
    return {
        "id": content_id("f", fault.where, fault.what, fault.code, fault.level),
        "run_id": run_id,
        "location": fault.where,
        "what": fault.what,
        "remedy": fault.remedy,
        "code": fault.code,
        "level": fault.level,
    }


def fault_of(row: Any) -> Fault:
    return Fault(row["location"], row["what"], row["remedy"], row["code"], row["level"])
