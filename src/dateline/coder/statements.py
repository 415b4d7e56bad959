"""Statements: one value of one field of an event according to one source, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dateline.types import Event, Evidence, Participant, Report, Statement, Voice, content_id


def state_events(report: Report, events: tuple[Event, ...]) -> tuple[Statement, ...]:
    """All statements of a report: every value of every event, according to each of the event's voices that says it."""
    report_id = report.id  # a hash of the whole text: once
    return tuple(statement for event in events for statement in state_event(report_id, event))


def state_event(report_id: str, event: Event) -> Iterator[Statement]:
    affirming = [v for v in event.sources if v.about is None and v.stance in ("affirms", "claims")]
    for voice in event.sources:
        for prop, value in borne_on(event, voice):
            yield statement(report_id, event, prop, value, voice.evidence or event.trigger[:1], voice, event.by)
    for prop, value, evidence, source, by in values(event):
        for voice in affirming or list(event.sources[:1]):
            if source is None or source == voice.name:
                yield statement(report_id, event, prop, value, evidence, voice, by)


def borne_on(event: Event, voice: Voice) -> Iterator[tuple[str, Any]]:
    """Properties and values that a voice bears on: the event ("occurrence"), and what `Voice.about` names ("actor: X").

    Who affirms a part affirms the event; who denies a part does not deny it.
    """
    if voice.about is None or voice.stance in ("affirms", "claims"):
        yield "occurrence", None if voice.stance == "silent" else True
    if voice.about is not None:
        prop, _, told = voice.about.partition(": ")
        people = {p.name: p for p in (*event.actors, *event.targets)}
        yield prop, plain(people[told]) if told in people else told or None


def plain(person: Participant) -> dict[str, Any]:
    return {"name": person.name, "kind": person.kind, "country": person.country}


def values(event: Event) -> Iterator[tuple[str, Any, tuple[Evidence, ...], str | None, str]]:
    """(property, plain value, evidence, the one source that says so or None, rule) of every value of an event."""
    yield "type", f"{event.type}/{event.sub_type}", event.trigger, None, event.by
    yield "status", event.status, event.trigger[:1], None, event.by
    if event.when is not None:
        yield (
            "when",
            {"earliest": event.when.earliest, "latest": event.when.latest, "precision": event.when.precision},
            event.when.evidence,
            None,
            event.when.by,
        )
    if event.where is not None:
        yield "where", event.where.place.to_dict(), event.where.evidence, None, event.where.by
    for prop, people in (("actor", event.actors), ("target", event.targets)):
        for person in people:
            yield prop, plain(person), person.evidence, person.source, person.by
    for weapon in event.weapons:
        yield (
            "weapon",
            {"kind": weapon.kind, "delivery": weapon.delivery, "devices": weapon.devices},
            weapon.evidence,
            None,
            weapon.by,
        )
    for count in event.figures:
        value = {"measure": count.measure, "group": count.group, "low": count.low, "high": count.high, "unit": count.unit}
        if count.about is not None:
            value["about"] = count.about
        if count.replaces:
            value["replaces"] = count.replaces[0].quote
        yield "figure", value, count.evidence, count.source, count.by


def statement(
    report_id: str, event: Event, prop: str, value: Any, evidence: tuple[Evidence, ...], voice: Voice, by: str
) -> Statement:
    where = ",".join(f"{e.start}-{e.end}" for e in evidence)
    name = content_id("s", report_id, event.id, prop, repr(value), voice.name, voice.stance, where)
    return Statement(
        name,
        report_id,
        event.id,
        prop,
        value,
        evidence[0].quote if evidence else "",
        evidence,
        voice.name,
        voice.stance,
        None,
        by,
    )
