"""Second names that a text itself declares: "the Nusra Front, as the group was known until 2016", "X, formerly Y", "X (ABC)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dateline.annotate.parties_words import party_words
from dateline.annotate.reading import Reading
from dateline.knowledge import rules
from dateline.types import Alias, PartyLink


@dataclass(frozen=True, slots=True)
class Declared:
    """`alias` (tokens) is a second name of the party at index `name`; `other` is its index where it is a party itself."""

    name: int
    alias: tuple[int, int]
    other: int | None
    evidence: tuple[int, int]
    since: str | None = None
    until: str | None = None


def find_aliases(reading: Reading, parties: Sequence[PartyLink]) -> list[Alias]:
    """The second names that the report declares for its parties, in text order, with years as told.

    Names that differ from the canonical one only by the registry are not aliases here: the text must say so itself.
    """
    spans = [reading.tokens_of(party.start, party.end) for party in parties]
    found: list[Alias] = []
    for one in declared(reading, spans):
        name = parties[one.name].name
        alias = " ".join(reading.text[reading.starts[one.alias[0]] : reading.ends[one.alias[1] - 1]].split())
        if alias.lower() != name.lower():
            found.append(Alias(name, alias, (reading.evidence(*one.evidence),), one.since, one.until))
    return found


def declared(reading: Reading, spans: Sequence[tuple[int, int]]) -> list[Declared]:
    """Declarations between the party spans (token ranges, in text order)."""
    begins = {first: index for index, (first, _) in enumerate(spans)}
    ends = {last: index for index, (_, last) in enumerate(spans)}
    found = []
    until = 0
    for at, low in enumerate(reading.lows):
        if at < until:
            continue
        if low == "known" and reading.lows[at - 1 : at] in (["was"], ["were"], ["is"]):
            one = as_known(reading, spans, begins, ends, at)
        elif low in cues():
            one = cue(reading, spans, begins, ends, at)
        elif low in "([" and at in ends and at + 2 < len(reading.lows) and reading.lows[at + 2] in ")]":
            one = bracket(reading, spans, ends[at], at)
        else:
            one = None
        if one:
            found.append(one)
            until = one.alias[1]
    found += [one for index, (_, last) in enumerate(spans) if (one := inner_bracket(reading, spans, index, last))]
    return sorted(found, key=lambda one: one.alias)


@cache
def cues() -> dict[str, list[list[str]]]:
    """First word of an alias cue to the cues ("formerly known as", "also called")."""
    index: dict[str, list[list[str]]] = {}
    for phrase in sorted(rules("party_words")["aliases"]["cues"], key=lambda text: -len(text)):
        index.setdefault(phrase.split()[0], []).append(phrase.split())
    return index


def cue(
    reading: Reading, spans: Sequence[tuple[int, int]], begins: dict[int, int], ends: dict[int, int], at: int
) -> Declared | None:
    """ "X, formerly known as Y": the party ends at most two tokens before the cue, the alias begins right after it."""
    words = next((words for words in cues()[reading.lows[at]] if reading.lows[at : at + len(words)] == words), None)
    if not words:
        return None
    name = next((ends[i] for i in range(at, max(0, at - 4), -1) if i in ends), None)
    alias_at = at + len(words)
    while alias_at < len(reading.lows) and (reading.lows[alias_at] in ("the", "as") or reading.lows[alias_at] in "\"“'‘"):
        alias_at += 1
    other = begins.get(alias_at)
    if name is None or alias_at >= len(reading.lows) or reading.sentence_of[alias_at] != reading.sentence_of[at]:
        return None
    last = alias_at
    while last < len(reading.lows) and reading.sentence_of[last] == reading.sentence_of[at] and name_like(reading, last):
        last += 1
    if last == alias_at:
        return None
    former = words[0] in rules("party_words")["aliases"]["former"]
    year = year_after(reading, last, "until") if former else None
    return Declared(name, (alias_at, last), other, (spans[name][0], last), None, year)


def name_like(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return (word[0].isupper() and reading.lows[at] not in party_words().not_name) or (
        reading.lows[at] in ("al", "el", "of", "for") and at + 1 < len(reading.words) and reading.words[at + 1][0].isupper()
    )


def as_known(
    reading: Reading, spans: Sequence[tuple[int, int]], begins: dict[int, int], ends: dict[int, int], at: int
) -> Declared | None:
    """ "the Hill Front, as Varga's men were called until they left the League in 2019"."""
    sentence = reading.sentences[reading.sentence_of[at]]
    start = next((i for i in range(at - 2, sentence.first, -1) if reading.lows[i] == "as"), None)
    if start is None:
        return None
    alias = ends.get(start) if start in ends else ends.get(start - 1)
    name = next((index for index, (first, last) in enumerate(spans) if start < first and last <= at - 1), None)
    if alias is None or name is None:
        return None
    first = spans[alias][0]
    if first > sentence.first and reading.lows[first - 1] == "the":
        first -= 1
    bound = at + 1 < sentence.last and reading.lows[at + 1]
    year_at = next((i for i in range(at + 1, sentence.last) if year(reading.lows[i])), None)
    until = reading.lows[year_at] if year_at is not None and bound in ("until", "till", "before") else None
    since = reading.lows[year_at] if year_at is not None and bound in ("since", "from", "after") else None
    last = year_at + 1 if year_at is not None and (until or since) else at + 1
    return Declared(name, spans[alias], alias, (first, last), since, until)


def bracket(reading: Reading, spans: Sequence[tuple[int, int]], name: int, at: int) -> Declared | None:
    """An acronym in brackets behind a party."""
    word = reading.words[at + 1]
    if not (word.isupper() and 2 <= len(word) <= 8) or (reading.upper and reading.lows[at] == "(" and len(word) > 6):
        return None
    return Declared(name, (at + 1, at + 2), None, (spans[name][0], at + 3))


def inner_bracket(reading: Reading, spans: Sequence[tuple[int, int]], name: int, last: int) -> Declared | None:
    """The same where the brackets are part of the mention."""
    if last >= 4 and reading.lows[last - 1] in ")]" and reading.lows[last - 3] in "([" and reading.words[last - 2].isupper():
        return Declared(name, (last - 2, last - 1), None, (spans[name][0], last))
    return None


def year(low: str) -> bool:
    return len(low) == 4 and low.isdigit() and low[:2] in ("19", "20")


def year_after(reading: Reading, at: int, word: str) -> str | None:
    end = min(len(reading.lows), at + 12)
    places = [i for i in range(at, end) if reading.lows[i] == word]
    return next((reading.lows[i] for i in range(places[0], end) if year(reading.lows[i])), None) if places else None
