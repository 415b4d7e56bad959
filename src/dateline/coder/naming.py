"""What a participant is called: the name of its chain, and beside it the report's own words where they are another name."""

from __future__ import annotations

from dateline.coder.view import Found, View
from dateline.resolve.actors import canonical_name, fold, is_acronym
from dateline.resolve.countries import country_of
from dateline.types import Participant, PartyLink

LONGEST_NAME = 4  # words of a name; letters stand for a longer one
LONGEST_TOLD = 4  # words of the report that are a name; more are a description
BEFORE_NAME = frozenset(("DT", "CD", "PRP$", "RB", "IN", "JJS", "RBS", "PDT", "JJR"))
NOT_IN_NAME = frozenset(("PRP", "POS", "CC"))
STEM = 6  # letters in which "terrorists" and "terrorist groups" are one word
NAMELESS = frozenset(("civilians", "individual", "building", "vehicle", "infrastructure"))


def participant(view: View, party: Found[PartyLink]) -> Participant:
    record = party.record
    return Participant(
        full_name(view, party),
        record.kind,
        (view.reading.report.evidence(record.start, record.end),),
        record.country,
        record.actor_id,
        record.backed_by,
        private=record.private,
        by=record.by,
    )


def full_name(view: View, party: Found[PartyLink]) -> str:
    """The name of the chain with the report's other name behind it: "Islamic State (Daesh)", "Turkey (Turkish warplanes)".

    Letters alone stand for a name of five words and more.
    """
    record = party.record
    canonical = canonical_name(record.actor_id, record.name) if record.actor_id else None
    names = [record.name]
    if canonical is not None and not alike(canonical, record.name) and not stand_for(record.name, canonical):
        names = [canonical, record.name]
    told = told_name(view, party)
    if told is not None and not any(alike(told, name) for name in names):
        names = [told] if stand_for(told, names[0]) else [names[0], told]
    shown = f"{names[0]} ({names[1]})" if len(names) > 1 else names[0]
    return shown.replace("’", "'")  # one apostrophe for all reports: names are compared


def stand_for(letters: str, name: str) -> bool:
    return is_acronym(letters) and len(name.split()) > LONGEST_NAME


def told_name(view: View, party: Found[PartyLink]) -> str | None:
    """The mention's own words where they are a name or hold one: not "the group", "Russian", "Noor-held", "Karim's forces"."""
    record, reading, tags = party.record, view.reading, view.grammar.tags
    if record.kind in NAMELESS or (reading.upper and record.generic):
        return None
    first, last = party.first, party.last
    while first < last - 1 and tags[first] in BEFORE_NAME:
        first += 1
    words = reading.words[first:last]
    opening = first == reading.sentences[reading.sentence_of[first]].first
    capital = any(word[0].isupper() for word in words[opening and len(words) == 1 :])
    if len(words) > LONGEST_TOLD or not capital or not NOT_IN_NAME.isdisjoint(tags[first:last]):
        return None
    if words[-1].rpartition("-")[2].islower() and "-" in words[-1]:
        return None
    if len(words) == 1 and country_of(words[0]):
        return None
    return reading.text[reading.starts[first] : record.end]


def alike(one: str, other: str) -> bool:
    """Whether the names say the same: one holds all words of the other, or they share half of their words."""
    a, b = (frozenset(part[:STEM] for part in fold(name.lower())) for name in (one, other))
    return a <= b or b <= a or 2 * len(a & b) >= len(a | b)
