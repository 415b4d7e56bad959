"""Directions that stand alone: "the rebel-held northwest", "the north of the country", "northeast of the city"."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.places_phrases import HELD
from dateline.annotate.places_words import PlaceWords, place_words
from dateline.annotate.reading import Reading, Sentence


@dataclass(slots=True)
class Bare:
    """A direction that stands alone: `of` is "country", "city" or "province".

    Tokens `[first, last)` hold the phrase, `word` the direction itself.
    """

    word: int
    first: int
    last: int
    direction: str
    of: str


OF_WORDS = {
    "city": "city",
    "town": "city",
    "capital": "city",
    "village": "city",
    "province": "province",
    "governorate": "province",
    "country": "country",
    "state": "province",
    "nation": "country",
    "region": "province",
}


def bare_directions(reading: Reading) -> list[Bare]:
    """Directions without a name: "the rebel-held northwest", "the north of the country", "northeast of the city"."""
    words, lows = place_words(), reading.lows
    found: list[Bare] = []
    if reading.caseless:
        return found
    for sentence in reading.coded:
        for at in range(sentence.first + 1, sentence.last):
            code = words.directions.get(lows[at])
            if code is None or code == "C" or lows[at].endswith(("ward", "wards")) or reading.words[at] != lows[at]:
                continue
            bare = bare_at(reading, words, sentence, at, code)
            if bare:
                found.append(bare)
    return found


def bare_at(reading: Reading, words: PlaceWords, sentence: Sentence, at: int, code: str) -> Bare | None:
    lows, end = reading.lows, at + 1
    start = at
    while start > sentence.first and (
        lows[start - 1].endswith(HELD) or lows[start - 1] in {"the", "country's", "far", "restive", "volatile"}
    ):
        start -= 1
    definite = "the" in lows[start:at]
    lead = lows[start - 1] if start > sentence.first else ""
    if lows[at].endswith("ern"):
        if end < sentence.last and lows[end] in words.parts | words.outskirts:
            end += 1
        else:
            return None
    if end + 2 < sentence.last and lows[end] == "of" and lows[end + 1] in {"the", "this"} and lows[end + 2] in OF_WORDS:
        return Bare(at, start, end + 3, code, OF_WORDS[lows[end + 2]])
    if end < sentence.last and lows[end] in {"of", "from"}:
        return None
    if lows[at].endswith("ern") or not definite or lead not in words.leads | {",", "and"}:
        return None
    following = lows[end] if end < sentence.last else "."
    if following.isalpha() and reading.words[end][0].isupper():
        return None
    if following.isalpha() and following not in words.followers:
        return None
    return Bare(at, start, end, code, "country")
