"""Readings: every value of every event of an incident, according to each of its sources, with its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from dateline.coder.statements import borne_on, plain
from dateline.export.words import amount_words, count_words, party_words, place_words, weapon_words, when_words
from dateline.merge.records import Reading
from dateline.types import Attribution, Event, Evidence, Place, Report, Voice

FIELD_OF = {"actor": "actors", "target": "targets", "weapon": "weapons"}  # property of a statement → field
AFFIRMING = ("affirms", "claims")
REPORT = Voice("report", "affirms")


@dataclass(frozen=True, slots=True)
class Told:
    """An event in its report, with its project-wide id. `attributions` of the report tell who says which value."""

    event_id: str
    report: Report
    report_id: str
    event: Event
    attributions: tuple[Attribution, ...] = ()
    saying: tuple[tuple[int, ...], ...] | None = None  # voices of each value by index, where they are known already


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an event: `source` is the one voice that says so, None for all that affirm the event."""

    field: str
    value: Any
    words: str
    evidence: tuple[Evidence, ...]
    source: str | None = None
    inferred: bool = False
    private: bool = False


def values_of(event: Event) -> Iterator[Value]:
    """Every value of an event, in the order of the codebook's fields."""
    kind = event.sub_type if event.sub_type != "Other" else f"{event.type}: other"
    yield Value("type", f"{event.type}/{event.sub_type}", kind, event.trigger)
    yield Value("status", event.status, event.status, event.trigger[:1])
    if event.when is not None and (event.when.earliest or event.when.latest):
        when = {"earliest": event.when.earliest, "latest": event.when.latest, "precision": event.when.precision}
        yield Value("when", when, when_words(event.when), event.when.evidence, inferred=event.when.inferred)
    if event.where is not None:
        place = event.where.place
        yield Value("where", place_value(place), place_words(place), event.where.evidence, inferred=event.where.inferred)
    for field, people in (("actors", event.actors), ("targets", event.targets)):
        for one in people:
            yield Value(field, plain(one), party_words(one), one.evidence, one.source, private=one.private)
    for weapon in event.weapons:
        told = {"kind": weapon.kind, "delivery": weapon.delivery, "devices": weapon.devices}
        yield Value("weapons", told, weapon_words(weapon), weapon.evidence)
    for count in event.figures:
        amount = {"measure": count.measure, "group": count.group, "low": count.low, "high": count.high, "unit": count.unit}
        amount |= {"approximate": True} if count.approximate else {}
        amount |= {"about": count.about} if count.about else {}
        about = f", {count.about}" if count.about else ""
        yield Value(f"figures:{count.measure}", amount, count_words(count) + about, count.evidence, count.source)


def place_value(place: Place) -> dict[str, Any]:
    """A place as plain JSON, without our own score."""
    value = {key: item for key, item in place.to_dict().items() if key != "score"}
    return value | {"relations": list(value["relations"])} if "relations" in value else value


OriginOf = Callable[[Told, Voice], str]


def readings_of(told: Told, origin_of: OriginOf) -> Iterator[Reading]:
    """Every reading of one event: whether it happened by each voice, then every value by each voice that says it."""
    event = told.event
    for voice in event.sources or (REPORT,):
        for prop, value in borne_on(event, voice):
            if prop == "occurrence" or voice.stance not in AFFIRMING:
                field, plain_value = field_and_value(prop, value)
                words = voice.about.partition(": ")[2] or "it" if voice.about else event.sub_type
                yield reading(told, origin_of, voice, Value(field, plain_value, words, voice.evidence or event.trigger[:1]))
    for value, voices in spoken_values(told):
        for voice in voices:
            yield reading(told, origin_of, voice, value)


def spoken_values(told: Told) -> Iterator[tuple[Value, list[Voice]]]:
    """Every value of an event with the voices that say it."""
    values, sources = list(values_of(told.event)), told.event.sources
    if told.saying is not None and len(told.saying) == len(values):
        for value, indexes in zip(values, told.saying, strict=True):
            yield value, [sources[i] for i in indexes] or [REPORT]
        return
    affirming = [voice for voice in sources if voice.about is None and voice.stance in AFFIRMING]
    for value in values:
        yield value, voices_of(value, told, affirming) or [REPORT]


def saying_of(told: Told) -> tuple[tuple[int, ...], ...]:
    """Indexes of the voices of each value: they stay true when names and words of the event are rewritten."""
    sources = told.event.sources
    return tuple(tuple(i for i, one in enumerate(sources) if one in voices) for _, voices in spoken_values(told))


def voices_of(value: Value, told: Told, affirming: list[Voice]) -> list[Voice]:
    """Who says a value: the source it names; else those whose words it stands in; else the report, if it speaks for itself, else
    all that affirm the event. (A minister who speaks of an attack does not tell its toll.)"""
    if value.source is not None:
        return [voice for voice in affirming if voice.name == value.source][:1] or [Voice(value.source, "affirms")]
    inside = [one for one in told.attributions if any(covers(one, words) for words in value.evidence)]
    names = {one.name for one in inside if one.stance in AFFIRMING}
    saying = [voice for voice in affirming if voice.name in names]
    if saying or not told.attributions:
        return saying or affirming
    return [voice for voice in affirming if voice.name == "report"] or affirming


def covers(one: Attribution, words: Evidence) -> bool:
    return any(span.start <= words.start and words.end <= span.end for span in one.content)


def field_and_value(prop: str, value: Any) -> tuple[str, Any]:
    """Field and plain value of what a stance is about: "actor: the army", "weapon: chemical", "figures: killed"."""
    if prop == "figures":
        return f"figures:{value or 'killed'}", None
    if isinstance(value, str) and prop in ("actor", "target"):
        value = {"name": value, "kind": "unknown", "country": None}
    elif isinstance(value, str) and prop == "weapon":
        value = {"kind": value, "delivery": None, "devices": None}
    return FIELD_OF.get(prop, prop), value


def reading(told: Told, origin_of: OriginOf, voice: Voice, value: Value) -> Reading:
    report = told.report
    return Reading(
        value.field,
        value.value,
        value.words,
        value.evidence[0].quote if value.evidence else "",
        told.event_id,
        report.doc_id,
        voice.name,
        voice.stance,
        origin_of(told, voice),
        value.evidence,
        report.outlet,
        report.published.day,
        voice.side,
        voice.via,
        value.inferred,
        value.private,
    )


def figure_words(value: dict[str, Any]) -> str:
    """The amount of a figure in words.

    >>> figure_words({"low": 12, "high": None})
    'at least 12'
    """
    return amount_words(value.get("low"), value.get("high"), approximate=bool(value.get("approximate")))
