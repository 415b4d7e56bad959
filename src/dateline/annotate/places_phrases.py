"""Relations around place names: "50 km (35 miles) northeast of X", "the western edge of X", "between A and B", "the A-B highway",
"the Syrian-Turkish border", "northern X", "X's outskirts".

Everything here reads words; `resolve/places_relations` turns what was read into points.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.places import Toponym
from dateline.annotate.places_words import PlaceWords, place_words
from dateline.annotate.reading import Reading, Sentence

KM_PER_MILE = 1.609344
NUMBER_WORDS = dict(
    zip(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        map(float, range(1, 13)),
        strict=True,
    )
)
NUMBER_WORDS |= {
    "a": 1.0,
    "an": 1.0,
    "dozen": 12.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
}
NUMBER_WORDS |= {"sixty": 60.0, "hundred": 100.0, "few": 4.0, "several": 5.0, "couple": 2.0, "half": 0.5}


@dataclass(slots=True)
class Told:
    """One relation as told. `toponym` and `other` are indexes; `first`/`last` the tokens of the whole phrase.

    kind       near, offset, outskirts, between, road, part, border, side (see types.Relation)
    conflict   the words when two units disagree: "50 km (35 miles)"
    """

    kind: str
    toponym: int
    first: int
    last: int
    other: int = -1
    distance_km: float | None = None
    direction: str | None = None
    conflict: tuple[int, int] | None = None


def find_relations(reading: Reading, toponyms: list[Toponym]) -> list[Told]:
    """Relations told of the toponyms, in text order; at most one per toponym and phrase."""
    words = place_words()
    told: list[Told] = []
    for n, toponym in enumerate(toponyms):
        sentence = reading.sentences[reading.sentence_of[toponym.first]]
        following = toponyms[n + 1] if n + 1 < len(toponyms) and toponyms[n + 1].first < sentence.last else None
        owner = toponyms[n - 1] if n and owns(reading, toponyms[n - 1], toponym) else None
        found = (
            border(reading, words, toponyms, n, sentence, following)
            or pair(reading, words, toponyms, n, sentence, following)
            or (None if owns(reading, toponym, following) else before_name(reading, words, toponym, n, sentence, owner))
            or after_name(reading, words, toponym, n, sentence)
        )
        if found:
            told.append(found)
    return told


OWNS = frozenset({"'s", "’s", "'", "’"})


def owns(reading: Reading, toponym: Toponym, following: Toponym | None) -> bool:
    """True for "Syria's Idlib province": a country before the place in it."""
    if following is None or not is_country(toponym) or following.people:
        return False
    between = reading.lows[toponym.last : min(following.first, following.phrase_first)]
    return len(between) == 1 and between[0] in OWNS


# ---- distances -------------------------------------------------------------------------------------------------------


def number_at(reading: Reading, at: int) -> float | None:
    word = reading.lows[at]
    if word[0].isdigit():
        try:
            return float(word.replace(",", ""))
        except ValueError:
            return None
    return NUMBER_WORDS.get(word)


def unit_at(reading: Reading, words: PlaceWords, at: int) -> float:
    """Kilometres of the unit word at a token; 0 when it is none."""
    low = reading.lows[at]
    return 1.0 if low in words.km else KM_PER_MILE if low in words.miles else 0.001 if low in {"meters", "metres", "m"} else 0.0


def distance_before(
    reading: Reading, words: PlaceWords, end: int, first: int
) -> tuple[float, int, tuple[int, int] | None] | None:
    """A distance whose words end at token `end`: (km, first token, tokens of a conflict). "50 km (35 miles)" gives the first."""
    at = end - 1
    second: float | None = None
    while at >= first and reading.lows[at] in {"away", "further", "just", "some", "away,"}:
        at -= 1
    if at - 3 >= first and reading.words[at] == ")":
        inner = measure(reading, words, at, first)
        if inner is None or inner[1] - 1 < first or reading.words[inner[1] - 1] not in {"(", "["}:
            return None
        second, at = inner[0], inner[1] - 2
    if at - 1 >= first and reading.words[at] == ",":
        at -= 1
    outer = measure(reading, words, at + 1, first)
    if outer is None:
        return None
    km, start = outer
    conflict = None
    if second is not None and abs(km - second) > max(0.1 * km, 0.9):
        conflict = (start, end)
    return km, start, conflict


def measure(reading: Reading, words: PlaceWords, end: int, first: int) -> tuple[float, int] | None:
    """Number and unit that end at token `end`: (km, first token)."""
    at = end - 1
    if at < first + 1:
        return None
    unit = unit_at(reading, words, at)
    if not unit:
        return None
    at -= 1
    if reading.words[at] == "-" and at > first:
        at -= 1
    value = number_at(reading, at)
    if value is None and "-" in reading.lows[at]:
        return None
    if value is None:
        return None
    if reading.lows[at] in {"dozen", "hundred", "few", "couple", "half"} and at > first and reading.lows[at - 1] in {"a", "half"}:
        at -= 1
    if at - 2 >= first and reading.lows[at - 1] in {"to", "or", "-"} and number_at(reading, at - 2) is not None:  # 10 to 15 km
        value = (value + (number_at(reading, at - 2) or value)) / 2
        at -= 2
    return value * unit, at


# ---- before the name -------------------------------------------------------------------------------------------------

HELD = ("-held", "-controlled", "-besieged", "-run", "-dominated")
SMALL = frozenset(
    {
        "the",
        "a",
        "an",
        "rebel",
        "government",
        "its",
        "town's",
        "very",
        "far",
        "heavily",
        "populated",
        "mainly",
        "rural",
        "extreme",
    }
)


def before_name(
    reading: Reading, words: PlaceWords, toponym: Toponym, n: int, sentence: Sentence, owner: Toponym | None = None
) -> Told | None:
    lows, first = reading.lows, sentence.first
    at = toponym.phrase_first - 1
    last = max(toponym.last, toponym.phrase_last)
    if owner is not None and at == owner.last and lows[at] in OWNS:  # the countryside of Syria's Idlib province
        at = owner.first - 1
    while at > first and lows[at] in {"the", "its"}:
        at -= 1
    if at < first or toponym.people:
        return None
    word = lows[at]
    if word == "of" and at > first:
        return of_phrase(reading, words, n, at - 1, first, last)
    if word == "from" or (word in {"outside", "beyond"}):
        measured = distance_before(reading, words, at, first)
        if measured:
            return Told("offset", n, measured[1], last, distance_km=measured[0], conflict=measured[2])
    if word in words.near or (
        word == "to" and lows[at - 1] in {"close", "next", "adjacent", "nearer", "closer"} and at - 1 >= first
    ):
        start = at - 1 if word == "to" else at
        if word == "by" or (word in {"around"} and is_wide(toponym)):
            return None
        return Told("near", n, start, last)
    if word in words.directions and words.directions[word] != "C" and toponym.phrase_first - 1 == at:
        return Told("part", n, at, last, direction=words.directions[word])
    return None


def is_wide(toponym: Toponym) -> bool:
    return bool(toponym.candidates) and toponym.candidates[0].radius > 40


def of_phrase(reading: Reading, words: PlaceWords, n: int, at: int, first: int, last: int) -> Told | None:
    """ "... north of X", "the outskirts of X", "the eastern side of X": `at` is the token before "of"."""
    lows = reading.lows
    word = lows[at]
    code = words.directions.get(word)
    if code and code != "C":
        start = at
        definite = start > first and lows[start - 1] == "the"
        if definite:
            start -= 1
        if start > first and lows[start - 1] in {"to", "just"}:
            start -= 1
        measured = distance_before(reading, words, start, first)
        if measured:
            return Told("offset", n, measured[1], last, distance_km=measured[0], direction=code, conflict=measured[2])
        if definite and lows[start] == "the":
            return Told("part", n, start, last, direction=code)
        return Told("side", n, start, last, direction=code)
    if word in words.outskirts or word in words.parts:
        start, code = at, None
        while start > first and (
            lows[start - 1] in words.directions or lows[start - 1] in SMALL or lows[start - 1].endswith(HELD)
        ):
            start -= 1
            code = code or words.directions.get(lows[start])
        if code == "C":
            code = None
        if word in words.outskirts and word not in {"countryside", "rural-areas", "suburb"}:
            return Told("outskirts", n, start, last, direction=code)
        if code or word == "countryside":
            return Told("part", n, start, last, direction=code)
    if word == "vicinity":
        return Told("near", n, at, last)
    return None


def after_name(reading: Reading, words: PlaceWords, toponym: Toponym, n: int, sentence: Sentence) -> Told | None:
    """ "X's western outskirts", "X countryside", "X suburbs", "X's north"."""
    lows, at = reading.lows, max(toponym.last, toponym.phrase_last)
    if toponym.people:
        return None
    start = toponym.first
    owned = at < sentence.last and lows[at] in {"'s", "’s", "'", "’"}
    if owned:
        at += 1
    code = None
    while at < sentence.last and (lows[at] in words.directions or lows[at].endswith(HELD)):
        code = code or words.directions.get(lows[at])
        at += 1
    if at < sentence.last and lows[at] in {"outskirts", "suburbs", "countryside", "edges", "periphery", "hinterland", "fringes"}:
        kind = "part" if lows[at] == "countryside" else "outskirts"
        return Told(kind, n, start, at + 1, direction=code)
    if owned and code and code != "C":
        if at < sentence.last and lows[at] in words.parts:
            at += 1
        return Told("part", n, start, at, direction=code)
    return None


# ---- pairs and borders -----------------------------------------------------------------------------------------------

JOINS = frozenset({"and", "to", "with", "-", "–", "—", "/"})


def pair(
    reading: Reading, words: PlaceWords, toponyms: list[Toponym], n: int, sentence: Sentence, following: Toponym | None
) -> Told | None:
    """ "between A and B", "the road from A to B", "the A-B highway", "the highway linking A and B"."""
    this = toponyms[n]
    if following is None or following.people or this.people:
        return None
    lows = reading.lows
    last = max(following.last, following.phrase_last)
    after = lows[last] if last < sentence.last else ""
    start_of_other = min(following.first, following.phrase_first)
    between = lows[max(this.last, this.phrase_last) : start_of_other]
    joined = this.last == following.last or (len(between) == 1 and between[0] in JOINS)
    if not joined:
        return None
    further = lows[last + 1] if last + 1 < sentence.last else ""
    if after in words.roads and (between != ["and"]):
        return Told("road", n, this.first, last + 1, other=n + 1)
    if after in {"international", "main", "desert"} and further in words.roads and between != ["and"]:
        return Told("road", n, this.first, last + 2, other=n + 1)
    at = this.phrase_first - 1
    while at >= sentence.first and lows[at] in {"the", "cities", "towns", "of", "villages"}:
        at -= 1
    if at < sentence.first or this.last == following.last:
        return None
    if lows[at] in words.linking:
        back = at - 1
        while back >= sentence.first and back > at - 5:
            if lows[back] in words.roads:
                return Told("road", n, back, last, other=n + 1)
            back -= 1
    if lows[at] == "between" and between == ["and"]:
        return Told("between", n, at, last, other=n + 1)
    return None


def border(
    reading: Reading, words: PlaceWords, toponyms: list[Toponym], n: int, sentence: Sentence, following: Toponym | None
) -> Told | None:
    """ "the Syrian-Turkish border", "the border between A and B", "A's border with B", "the Turkish border"."""
    lows, this = reading.lows, toponyms[n]
    if not is_country(this):
        return None
    at = this.last
    if following is not None and is_country(following):
        if following.last == this.last and at < sentence.last and is_border(lows[at]):
            return Told("border", n, this.first, at + 1, other=n + 1)
        between = lows[this.last : following.first]
        if len(between) == 1 and between[0] in JOINS:
            end = following.last
            if end < sentence.last and is_border(lows[end]) and between[0] != "and":
                return Told("border", n, this.first, end + 1, other=n + 1)
            if this.first - 2 >= sentence.first and lows[this.first - 1] == "between" and is_border(lows[this.first - 2]):
                return Told("border", n, this.first - 2, end, other=n + 1)
        if any(is_border(low) for low in between) and between[-1:] == ["with"] and len(between) <= 5:
            return Told("border", n, this.first, following.last, other=n + 1)
    if at < sentence.last and lows[at] in {"'s", "’s"}:
        at += 1
    if at < sentence.last and lows[at] in words.directions:
        at += 1
    if at < sentence.last and is_border(lows[at]) and not (n and toponyms[n - 1].last == this.last):
        previous = toponyms[n - 1] if n else None
        if previous is not None and is_country(previous) and previous.last >= this.first - 1 and previous.first >= sentence.first:
            return None
        return Told("border", n, this.first, at + 1)
    if this.first - 2 >= sentence.first and lows[this.first - 1] == "with" and is_border(lows[this.first - 2]):
        return Told("border", n, this.first - 2, this.last)
    return None


def is_country(toponym: Toponym) -> bool:
    return bool(toponym.candidates) and toponym.candidates[0].precision == "country"


def is_border(low: str) -> bool:
    return low in {"border", "frontier", "borders", "borderlands"}
