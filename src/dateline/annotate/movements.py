"""Displacement figures with their places: who left where for where, and whether a number is a flow or a stock.

`find_movements(reading, figures, places, parties)` reads the words before each place of the figure's sentence: "fled Karim",
"from Karim" tell an origin, "to Nadira", "arrived in Nadira" a destination. "In Karim" is where the displaced of a flow lived and
where the people of a stock are. Where the sentence names no place, the nearest sentence before, else the first after it does,
and the movement is marked as inferred.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from dateline.annotate.reading import Reading, Sentence
from dateline.knowledge import rules
from dateline.types import Figure, Movement, PartyLink, PlaceLink

MEASURES = frozenset(["displaced", "evacuated", "returned", "hosted", "trapped"])
STAYS = frozenset(["hosted", "trapped"])
ARRIVES = frozenset(
    [
        "arrived",
        "arrive",
        "arriving",
        "arrivals",
        "refuge",
        "shelter",
        "settled",
        "sheltered",
        "sheltering",
        "camps",
        "camp",
        "shelters",
    ]
)
REACH = 8  # tokens that may stand between a preposition and its place
NEAR_TEXT = 200  # code points
BESIDE = 20  # sentences that a place may stand away
AROUND = 12  # tokens around a figure in which a stock is told


class Words(NamedTuple):
    """The sets of `movements.toml`."""

    origin: frozenset[str]
    verbs: frozenset[str]
    destination: frozenset[str]
    seat: frozenset[str]
    passed: frozenset[str]
    stock: frozenset[str]
    stock_phrases: tuple[tuple[str, ...], ...]
    stems: tuple[str, ...]


@cache
def movement_words() -> Words:
    data: dict[str, Any] = rules("movements")
    return Words(
        frozenset(data["origin"]["words"]),
        frozenset(data["origin"]["verbs"]),
        frozenset(data["destination"]["words"]),
        frozenset(data["seat"]["words"]),
        frozenset(data["passed"]["words"]),
        frozenset(data["stock"]["words"]),
        tuple(tuple(phrase.split()) for phrase in data["stock"]["phrases"]),
        tuple(data["stems"]["words"]),
    )


def find_movements(
    reading: Reading, figures: Sequence[Figure], places: Sequence[PlaceLink], parties: Sequence[PartyLink] = ()
) -> list[Movement]:
    """One movement for each displacement figure, in the order of the figures.

    `figure` is an index into `figures`; `origin` and `destination` are indexes into `places`, finest first.
    """
    kept, weak = placed(reading, places, parties)
    return [
        movement(reading, at, figure, places, kept, weak)
        for at, figure in enumerate(figures)
        if figure.measure in MEASURES or (figure.term and figure.measure) or displaced_around(reading, figure)
    ]


def displaced_around(reading: Reading, figure: Figure) -> bool:
    """A number of people whose fate no rule told, in a sentence of flight ("people hadevacuated", as PDFs print it)."""
    if figure.measure is not None or figure.unit == "item":
        return False
    sentence = reading.sentence_at(figure.start)
    text = reading.text[reading.starts[max(sentence.first, reading.token_at(figure.start) - 40)] : figure.end + NEAR_TEXT].lower()
    return any(stem in text for stem in movement_words().stems)


Placed = dict[int, list[int]]  # sentence index -> indexes of places


def placed(reading: Reading, places: Sequence[PlaceLink], parties: Sequence[PartyLink]) -> tuple[Placed, Placed]:
    """Places by sentence: those where something can be, and those inside the name of a group or people ("Syrian")."""
    names = [
        (one.start, one.end) for one in parties if not one.generic and one.kind not in {"infrastructure", "building", "civilians"}
    ]
    found: Placed = {}
    weak: Placed = {}
    at = 0
    for index, link in enumerate(places):
        while at < len(names) and names[at][1] <= link.start:
            at += 1
        inside = any(
            start <= link.start and link.end <= end and end - start > link.end - link.start for start, end in names[at : at + 3]
        )
        group = weak if inside or link.use in {"demonym", "source", "metonym"} else found
        group.setdefault(reading.sentence_at(link.start).index, []).append(index)
    return found, weak


def movement(reading: Reading, at: int, figure: Figure, places: Sequence[PlaceLink], kept: Placed, weak: Placed) -> Movement:
    """The movement of one figure."""
    sentence = reading.sentence_at(figure.start)
    stock = is_stock(reading, figure, sentence)
    own = kept.get(sentence.index, [])
    near = own or beside(reading, sentence, kept) or weak.get(sentence.index) or beside(reading, sentence, weak)
    origin: list[int] = []
    destination: list[int] = []
    before = ""
    for index in near:
        role = role_of(reading, places[index], sentence_of(reading, places[index])) or before or "seat"
        before = role
        if role == "destination" or (role == "seat" and stock):
            destination.append(index)
        else:
            origin.append(index)
    return Movement(
        at, "stock" if stock else "flow", finest(origin, places, figure), finest(destination, places, figure), not own
    )


def sentence_of(reading: Reading, link: PlaceLink) -> Sentence:
    return reading.sentence_at(link.start)


def beside(reading: Reading, sentence: Sentence, kept: Placed) -> list[int]:
    """Places of the nearest sentence before that has some, else of the first after it."""
    at = sentence.index
    before = next((kept[i] for i in range(at - 1, max(-1, at - BESIDE), -1) if i in kept), None)
    return before or next((kept[i] for i in range(at + 1, at + BESIDE) if i in kept), [])


def is_stock(reading: Reading, figure: Figure, sentence: Sentence) -> bool:
    """True for people who are away at a time ("as of May", "living in camps"), false for those who left."""
    if figure.measure in STAYS or figure.term in {"in relief camp", "sheltered"}:
        return True
    if figure.measure != "displaced":
        return False
    known = movement_words()
    first, last = reading.tokens_of(figure.start, figure.end)
    lows = reading.lows[max(sentence.first, first - AROUND) : min(sentence.last, last + AROUND)]
    if not known.stock.isdisjoint(lows):
        return True
    return any(tuple(lows[i : i + len(phrase)]) == phrase for phrase in known.stock_phrases for i in range(len(lows)))


def role_of(reading: Reading, link: PlaceLink, sentence: Sentence) -> str:
    """What the words before a place tell of it; '' when only other places of a list stand there."""
    known, lows = movement_words(), reading.lows
    first = reading.token_at(link.start)
    for at in range(first - 1, max(sentence.first, first - REACH) - 1, -1):
        word = lows[at]
        if word in known.origin or word in known.verbs:
            return "origin"
        if word in known.destination:
            return "destination"
        if word in known.seat and word not in known.passed:
            came = ARRIVES & set(lows[max(sentence.first, at - 3) : at])
            return "destination" if came else "seat"
        if word not in known.passed:
            return ""
    return ""


def finest(found: list[int], places: Sequence[PlaceLink], figure: Figure) -> tuple[int, ...]:
    """The places of one side, those that others stand in last, then by nearness to the figure."""
    parents = {parent for index in found for parent in places[index].parents}
    return tuple(sorted(found, key=lambda index: (index in parents, abs(places[index].start - figure.start))))
