"""Toponyms and the walk that finds them: the records that the finders of place names share."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dateline.annotate.places_words import PlaceWords
from dateline.annotate.reading import Reading
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind
from dateline.types import PlaceUse

LOWER_PREFIX = re.compile(r"(?:a[lnrstdz]|el|e[nsrtdz]|ash|adh|ad|ul|d|l|de|ed)[-'’‘`][A-Z]")
AREA_KINDS = frozenset({Kind.ADM1, Kind.ADM2})


@dataclass(slots=True)
class Toponym:
    """A name in the text. Tokens `[first, last)` hold it; `start`/`end` are its code points (maybe part of a hyphened token)."""

    first: int
    last: int
    start: int
    end: int
    name: str
    candidates: tuple[Candidate, ...]
    strength: float = 0.0
    use: PlaceUse = "literal"
    kinds: frozenset[Kind] = frozenset()
    phrase_first: int = -1
    phrase_last: int = -1
    people: bool = False  # an adjective or demonym: Syrian, Africans
    sure: bool = False  # the name has a sign of its own: a preposition, a kind word, a parent
    facility: bool = False  # the name of a street or building follows from it: "Windsor Hotel", "Hampton Avenue"
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Scan:
    """What the walk over one report needs and remembers."""

    reading: Reading
    gazetteer: Gazetteer
    words: PlaceWords
    capital: list[bool]
    persons: set[str] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)


def is_capital(word: str) -> bool:
    return word[0].isupper() or (word[0].islower() and LOWER_PREFIX.match(word) is not None)


def text_of(scan: Scan, first: int, last: int) -> str:
    reading = scan.reading
    return " ".join(reading.text[reading.starts[first] : reading.ends[last - 1]].split())


def look_up(scan: Scan, first: int, last: int) -> tuple[Candidate, ...]:
    return scan.gazetteer.find(text_of(scan, first, last))


def make(scan: Scan, first: int, last: int, candidates: tuple[Candidate, ...]) -> Toponym:
    reading = scan.reading
    start, end = reading.starts[first], reading.ends[last - 1]
    return Toponym(first, last, start, end, reading.text[start:end], candidates, phrase_first=first, phrase_last=last)
