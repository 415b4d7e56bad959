"""Which one value a denial, doubt, silence or blame bears on: "Kenyan troops were not involved" denies an actor, not the raid.

about_of(reading, attribution, parties) -> "actor: Kenyan troops" | "figures: killed" | "weapon" | None: the event itself
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.annotate.reading import Reading
from dateline.knowledge import rules
from dateline.types import Attribution, PartyLink, Span

HEAD = 14  # words at the begin of a content that tell what is denied; the rest only says of what
Phrases = dict[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True, slots=True)
class AboutWords:
    """The lists of `[about]` in `attribution_words.toml`."""

    no_part: Phrases
    took_part: Phrases
    part: Phrases
    who: Phrases
    cause: Phrases
    killed: frozenset[str]
    injured: frozenset[str]
    other_figures: frozenset[str]
    used: frozenset[str]
    weapons: frozenset[str]
    speaker: frozenset[str]


@cache
def about_words() -> AboutWords:
    """The shipped lists. Raises KnowledgeError when the file is damaged."""
    data = rules("attribution_words")["about"]
    return AboutWords(
        no_part=by_first(data["no_part"]),
        took_part=by_first(data["took_part"]),
        part=by_first(data["part"]),
        who=by_first(data["who"]),
        cause=by_first(data["cause"]),
        killed=frozenset(data["killed"].split()),
        injured=frozenset(data["injured"].split()),
        other_figures=frozenset(data["other_figures"].split()),
        used=frozenset(data["used"].split()),
        weapons=frozenset(data["weapons"].split()),
        speaker=frozenset(data["speaker"].split()),
    )


def by_first(phrases: list[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(group) for first, group in found.items()}


def position(lows: list[str], first: int, last: int, phrases: Phrases) -> int | None:
    """First token of tokens `[first, last)` at which one of the phrases begins."""
    for at in range(first, last):
        for words in phrases.get(lows[at], ()):
            if at + len(words) <= last and tuple(lows[at : at + len(words)]) == words:
                return at
    return None


def no_part(lows: list[str], first: int, last: int) -> bool:
    """Whether the content that begins at token `first` says that somebody took no part in it."""
    return position(lows, first, min(last, first + HEAD), about_words().no_part) is not None


def about_of(reading: Reading, attribution: Attribution, parties: Sequence[PartyLink]) -> str | None:
    """The value that the attribution bears on: a codebook field, with ": " and the value where it is told; None: the event.

    Fields are `actor`, `figures` and `weapon`. `parties` are those of the report; names of actors are theirs.
    """
    spans = [reading.tokens_of(span.start, span.end) for span in (*attribution.cue, *attribution.content)]
    if attribution.act == "blame" and attribution.stance == "affirms":
        return blamed(attribution, parties)
    if attribution.stance in {"affirms", "claims"} or not spans:
        return None
    words = about_words()
    ranges = [(first, min(last, first + HEAD)) for first, last in spans]
    if any(position(reading.lows, *span, words.who) is not None or either(reading, *span) for span in ranges):
        return "actor"
    if any(position(reading.lows, *span, words.cause) is not None for span in ranges):
        return "weapon"
    if attribution.stance == "denies":
        for first, last in ranges:
            at = position(reading.lows, first, last, words.no_part)
            at = position(reading.lows, first, last, words.took_part) if at is None else at
            if at is not None:
                return actor(subject(reading, attribution, parties, first, at))
            if position(reading.lows, first, last, words.part) is not None:
                return actor(speaker(attribution, parties))
    return weapon(reading, attribution, ranges) or figures(reading, ranges) or own_deed(reading, attribution, parties)


def either(reading: Reading, first: int, last: int) -> bool:
    """ "who did it", "whether the raid was Syrian or Russian"."""
    lows = reading.lows
    if lows[first] == "who" and first + 2 < last:
        return lows[first + 1] not in {"was", "were", "is", "are"} and lows[first + 2] != "been"
    joins = [at for at in range(first + 1, last - 1) if lows[at] == "or"] if lows[first] == "whether" else []
    return any(reading.words[at - 1][0].isupper() and reading.words[at + 1][0].isupper() for at in joins)


def actor(name: str | None) -> str:
    return f"actor: {name}" if name else "actor"


def blamed(attribution: Attribution, parties: Sequence[PartyLink]) -> str | None:
    """ "Police blamed the X": who is blamed is the first party of the content."""
    for span in attribution.content:
        inside = [party for party in parties if span.start <= party.start < span.end and party.kind not in THINGS]
        if inside:
            return actor(inside[0].name)
    return None


THINGS = frozenset(("building", "infrastructure", "vehicle", "civilians"))


def subject(reading: Reading, attribution: Attribution, parties: Sequence[PartyLink], first: int, at: int) -> str | None:
    """Who took no part: the last party before the words that say so, or the speaker where a pronoun stands."""
    start, end = reading.starts[first], reading.starts[at]
    before = [party for party in parties if start <= party.start < end]
    if before:
        return before[-1].name
    if about_words().speaker.isdisjoint(reading.lows[first:at]):
        return None
    return speaker(attribution, parties)


def speaker(attribution: Attribution, parties: Sequence[PartyLink]) -> str | None:
    """Name of the party that speaks, as the parties of the report call it; else the name of the source."""
    if attribution.source:
        span: Span = attribution.source[0]
        inside = [party for party in parties if span.start <= party.start < span.end]
        named = [party for party in inside if not party.generic] or inside
        if named:
            return named[-1].name
    return attribution.name or None


def weapon(reading: Reading, attribution: Attribution, ranges: list[tuple[int, int]]) -> str | None:
    """ "denied using chlorine", "no chemical weapons were used"."""
    words = about_words()
    for first, last in ranges:
        told = [low for low in reading.lows[first:last] if low in words.weapons]
        if told and not words.used.isdisjoint(reading.lows[first:last]):
            return f"weapon: {told[0]}"
    return None


def figures(reading: Reading, ranges: list[tuple[int, int]]) -> str | None:
    """ "disputed the toll", "how many people died", "that anyone had been killed"; not "the raid that killed ten"."""
    words = about_words()
    for first, last in ranges:
        lows = reading.lows[first:last]
        opening = set(lows[:5])
        counted = "many" in opening and "how" in opening
        nobody = not opening.isdisjoint({"anyone", "anybody", "any", "many", "no", "people", "civilians"})
        noun = not opening.isdisjoint(
            (words.killed | words.injured | words.other_figures) - {"killed", "injured", "wounded", "hurt"}
        )
        if not (counted or noun or nobody):
            continue
        if not words.killed.isdisjoint(lows):
            return "figures: killed"
        if not words.injured.isdisjoint(lows):
            return "figures: injured"
        if counted or noun:
            return "figures"
    return None


def own_deed(reading: Reading, attribution: Attribution, parties: Sequence[PartyLink]) -> str | None:
    """ "denied that its planes had bombed it", "denied carrying out the strikes": the speaker denies to be the actor."""
    if attribution.stance != "denies" or attribution.act != "deny" or not attribution.content:
        return None
    first, last = reading.tokens_of(attribution.content[0].start, attribution.content[0].end)
    opening = [low for low in reading.lows[first:last] if low not in ("that", "having", "claims", "reports", "it")][:1]
    pronoun = reading.lows[first : first + 2]
    own = (bool(opening) and opening[0] in about_words().speaker) or (pronoun[:1] == ["it"] and last - first > 1)
    deed = bool(opening) and opening[0].endswith("ing") and len(opening[0]) > 4
    gone = pronoun[:2] == ["that", "it"]
    return actor(speaker(attribution, parties)) if own or deed or gone else None
