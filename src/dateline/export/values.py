"""The values of an event in one flat list: what cards, explanations and listings walk over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.export.words import (
    STANCES,
    count_notes,
    count_words,
    nearness,
    party_words,
    place_words,
    relation_words,
    title_words,
    voice_words,
    weapon_words,
    when_words,
)
from dateline.types import Event, Evidence, Stance

Layer = Literal["event", "who", "place", "time", "number", "source"]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an event: `field` as in the codebook, a label for people, the value in words, and its evidence.

    `note` says what else a reader must know (how near, inferred, side of a source); `by` is the rule that chose it.
    """

    field: str
    label: str
    words: str
    evidence: tuple[Evidence, ...]
    layer: Layer
    by: str = ""
    note: str = ""
    source: str | None = None
    stance: Stance | None = None
    score: float | None = None


def values_of(event: Event) -> Iterator[Value]:
    """Every value of `event`, in the order of the codebook's fields."""
    yield Value("trigger", "what", title_words(event), event.trigger, "event", event.by, score=event.score)
    if event.when:
        inferred = "inferred" if event.when.inferred else ""
        yield Value(
            "when", "when", when_words(event.when), event.when.evidence, "time", event.when.by, inferred, score=event.when.score
        )
    if event.where:
        where = event.where
        notes = [nearness(where.place), *map(relation_words, where.place.relations), *(["inferred"] if where.inferred else [])]
        words = place_words(where.place)
        yield Value("where", "where", words, where.evidence, "place", where.by, "; ".join(notes), score=where.score)
    yield from party_values(event)
    for weapon in event.weapons:
        yield Value("weapons", "with", weapon_words(weapon), weapon.evidence, "event", weapon.by, score=weapon.score)
    for count in event.figures:
        yield Value(
            "figures",
            "figure",
            count_words(count),
            count.evidence,
            "number",
            count.by,
            count_notes(count),
            count.source,
            score=count.score,
        )
    for voice in event.sources:
        side = f"{voice.side}" if voice.side and voice.side != "unknown" else ""
        note = "; ".join(part for part in (side, f"about {voice.about}" if voice.about else "") if part)
        words = voice_words(voice)
        yield Value(
            "sources",
            STANCES[voice.stance],
            words,
            voice.evidence,
            "source",
            voice.by,
            note,
            stance=voice.stance,
            score=voice.score,
        )


def party_values(event: Event) -> Iterator[Value]:
    for field, label, parties in (("actors", "who", event.actors), ("targets", "to whom", event.targets)):
        for party in parties:
            told = (
                party.kind,
                party.country,
                "private person" if party.private else None,
                f"says {party.source}" if party.source else None,
            )
            note = ", ".join(part for part in told if part)
            yield Value(field, label, party_words(party), party.evidence, "who", party.by, note, party.source, score=party.score)
