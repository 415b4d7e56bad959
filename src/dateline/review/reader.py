"""A report for reading: its blocks cut into runs at the edges of highlights, and the values each run speaks for.

Offsets are code points here and UTF-16 units in a browser, so a browser gets segments, never offsets to count with; each run
tells the code point at which it begins, so that words a person drags over can be given back as evidence.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from dateline.export.html import paragraphs, segments_of
from dateline.export.safe import UNSAFE
from dateline.export.values import Value, values_of
from dateline.export.words import count_words, day_words, nearness, place_words
from dateline.merge.judgements import to_json
from dateline.store.rows import event_ids
from dateline.types import Coding, Event, Evidence, Place, Record, Report, Segment, Where

Json = dict[str, Any]
Mark = tuple[int, int, str]  # start, end (code points), what
DENYING = frozenset({"denies", "doubts", "silent"})


def report_json(coding: Coding) -> Json:
    """The report, its text as blocks of runs, its events with their values, and remarks on the whole report."""
    report = coding.report
    ids = event_ids(report.id, coding.events)
    events = [event_json(event, ids[event.id], coding) for event in coding.events]
    return {
        "report": meta_json(report),
        "blocks": blocks_json(report, value_marks(events), found_marks(coding)),
        "events": events,
        "remarks": remarks_json(coding),
    }


def clean(words: str) -> str:
    """Without controls and characters that reorder a line; one for one, so that offsets stay right."""
    return UNSAFE.sub("\ufffd", words)


def meta_json(report: Report) -> Json:
    published = report.published
    told = {name: getattr(report, name) for name in ("doc_id", "title", "outlet", "url", "wire", "path", "extractor", "language")}
    return {
        "id": report.id,
        **{name: clean(value) if value else None for name, value in told.items()},
        "sha256": report.sha256,
        "published": published.day,
        "published_words": day_words(published.day) if published.day else None,
        "basis": published.basis,
        "why": clean(published.why),
        "characters": len(report.text),
        "repairs": [{"before": clean(r.before), "after": clean(r.after), "why": r.why} for r in report.repairs[:50]],
        "headline": clean(headline_of(report)),
    }


def headline_of(report: Report) -> str:
    for segment in report.segments:
        if segment.kind == "headline":
            return report.text[segment.start : segment.end]
    return report.title or report.doc_id


# ---- text -----------------------------------------------------------------------------------------------------------


def blocks_json(report: Report, values: Sequence[Mark], found: Sequence[Mark]) -> list[Json]:
    """Paragraphs, each of the kind of its first segment, as runs within which no highlight begins or ends."""
    segments = segments_of(report)
    sweep = Sweep(report.text, values, found, [(s.start, s.end, s.kind) for s in segments])
    out = []
    for start, end in paragraphs(report.text):
        inside = [s for s in segments if s.start < end and s.end > start] or [Segment("body", start, end)]
        kind = inside[-1].kind if inside[0].kind == "dateline" else inside[0].kind
        out.append({"kind": kind, "runs": list(sweep.runs(start, end, kind))})
    return out


class Sweep:
    """Walks a text once, from left to right, knowing which marks lie over each stretch."""

    def __init__(self, words: str, values: Sequence[Mark], found: Sequence[Mark], kinds: Sequence[Mark]) -> None:
        self._words = words
        layers = ((0, values), (1, found), (2, kinds))
        self._marks = sorted((start, end, layer, what) for layer, marks in layers for start, end, what in marks)
        self._edges = sorted({edge for start, end, _, _ in self._marks for edge in (start, end)})
        self._next = 0
        self._active: list[tuple[int, int, int, str]] = []

    def runs(self, start: int, end: int, kind: str) -> Iterable[Json]:
        """Runs of [start, end): s: first code point, t: words, v: ids of values, f: layers found, k: kind if another."""
        at = start
        edge = bisect_left(self._edges, start + 1)
        while at < end:
            stop = min(end, self._edges[edge]) if edge < len(self._edges) else end
            yield self._run(at, stop, kind)
            at, edge = stop, edge + 1

    def _run(self, start: int, end: int, kind: str) -> Json:
        while self._next < len(self._marks) and self._marks[self._next][0] <= start:
            self._active.append(self._marks[self._next])
            self._next += 1
        self._active = [mark for mark in self._active if mark[1] > start]
        out: Json = {"s": start, "t": clean(self._words[start:end])}
        for layer, name in ((0, "v"), (1, "f")):
            whats = list(dict.fromkeys(mark[3] for mark in self._active if mark[2] == layer))
            if whats:
                out[name] = whats
        kinds = [mark[3] for mark in self._active if mark[2] == 2 and mark[3] != kind]
        if kinds:
            out["k"] = kinds[0]
        return out


def value_marks(events: Sequence[Json]) -> list[Mark]:
    return [(e["start"], e["end"], value["id"]) for event in events for value in event["values"] for e in value["evidence"]]


def found_marks(coding: Coding) -> list[Mark]:
    """What the finders saw, coded or not: shown when a person asks for it."""
    out: list[Mark] = [(link.start, link.end, "place") for link in coding.places]
    out += [(link.start, link.end, "who") for link in coding.parties]
    out += [(time.start, time.end, "time") for time in coding.times]
    out += [(figure.start, figure.end, "number") for figure in coding.figures]
    out += [(span.start, span.end, "source") for said in coding.attributions for span in (*said.source, *said.cue)]
    return out


# ---- events ---------------------------------------------------------------------------------------------------------


def event_json(event: Event, event_id: str, coding: Coding) -> Json:
    """An event: its heading and its values in the order of the codebook."""
    values = list(values_of(event))
    shown = [
        value_json(value, field, item, record, f"{event_id}.{at}", coding)
        for at, (value, (field, item, record)) in enumerate(zip(values, items_of(event), strict=True))
    ]
    return {
        "id": event_id,
        "name": event.id,
        "type": event.type,
        "sub_type": event.sub_type,
        "status": event.status,
        "foreground": event.foreground,
        "score": event.score,
        "values": shown,
        "rejected": [{"field": r.field, "words": clean(r.words), "why": clean(r.why)} for r in event.rejected],
    }


def items_of(event: Event) -> list[tuple[str, Json | None, Record | None]]:
    """For each value of `values_of`, in its order: field, the coded value that is meant where a field has several, record."""
    out: list[tuple[str, Json | None, Record | None]] = [("type", None, None)]
    out += [("when", None, event.when)] if event.when else []
    out += [("where", None, event.where)] if event.where else []
    out += [("actors", party_item(item), item) for item in event.actors]
    out += [("targets", party_item(item), item) for item in event.targets]
    out += [("weapons", parts(item, "kind", "delivery", "devices"), item) for item in event.weapons]
    out += [("figures", parts(item, "measure", "group", "low", "high", "unit"), item) for item in event.figures]
    out += [("sources", parts(item, "name", "stance", "about"), item) for item in event.sources]
    return out


def party_item(party: Record) -> Json:
    return parts(party, "name", "kind", "country")


def parts(record: Record, *names: str) -> Json:
    return {name: getattr(record, name) for name in names}


def key_of(field: str, item: Json | None) -> str:
    """The key under which the log keeps decisions about a value (`merge.judgements.decision_key`)."""
    return field if item is None else f"{field}={to_json(item)}"


def value_json(value: Value, field: str, item: Json | None, record: Record | None, value_id: str, coding: Coding) -> Json:
    out: Json = {
        "id": value_id,
        "key": key_of(field, item),
        "field": field,
        "item": item,
        "label": value.label,
        "words": clean(value.words),
        "note": clean(value.note),
        "layer": "denied" if value.stance in DENYING else value.layer,
        "by": value.by,
        "score": value.score,
        "stance": value.stance,
        "evidence": [evidence_json(piece) for piece in value.evidence],
    }
    if record is not None:
        out["record"] = without_evidence(record)
    if value.field == "where":
        out["candidates"] = candidates_of(value.evidence, coding)
    return out


def evidence_json(piece: Evidence) -> Json:
    return {"start": piece.start, "end": piece.end, "quote": clean(piece.quote)}


def without_evidence(record: Record) -> Json:
    plain: Json = msgspec.to_builtins(record)
    if isinstance(record, Where):
        plain["place"] = {"precision": record.place.precision, "radius_km": record.place.radius_km, **plain["place"]}
    return {name: item for name, item in plain.items() if name not in {"evidence", "by", "score"}}


def candidates_of(evidence: Sequence[Evidence], coding: Coding, limit: int = 8) -> list[Json]:
    """Places that the words of the evidence may mean, as the resolver weighed them."""
    links = [link for link in coding.places if any(link.start < e.end and link.end > e.start for e in evidence)]
    places = [place for link in links for place in ((link.place,) if link.place else ()) + link.candidates]
    unique = {(place.lat, place.lon, place.precision): place for place in reversed(places) if place.lat is not None}
    return [place_json(place) for place in list(reversed(unique.values()))[:limit]]


def place_json(place: Place) -> Json:
    plain: Json = {"precision": place.precision, "radius_km": place.radius_km, **msgspec.to_builtins(place)}
    return {**plain, "words": clean(place_words(place)), "near": nearness(place)}


def remarks_json(coding: Coding) -> list[Json]:
    """What belongs to the report and to no event: aliases, contradictions in the text, background figures, faults."""

    def remark(kind: str, words: str, evidence: Sequence[Evidence] = ()) -> Json:
        return {"kind": clean(kind), "words": clean(words), "evidence": [evidence_json(piece) for piece in evidence]}

    return [
        *(remark("also known as", f"{alias.alias} = {alias.name}", alias.evidence) for alias in coding.aliases),
        *(remark(flag.kind, quotes(flag.evidence + flag.against), flag.evidence) for flag in coding.flags),
        *(remark("background figure", count_words(count), count.evidence) for count in coding.background_figures),
        *(remark(fault.level, fault.what) for fault in coding.faults),
    ]


def quotes(evidence: Sequence[Evidence]) -> str:
    return " / ".join(f"“{clean(piece.quote)}”" for piece in evidence[:3])
