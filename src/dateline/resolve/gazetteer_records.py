"""Candidates: what the gazetteer answers, and how well a candidate answers a name without any context."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from rapidfuzz import fuzz

from dateline.resolve.gazetteer_names import skeleton
from dateline.types import Precision


class Kind(IntEnum):
    """What a candidate is. Numbers are those of the file."""

    COUNTRY = 1
    ADM1 = 2
    ADM2 = 3
    TOWN = 4
    SITE = 5
    REGION = 6
    WATER = 7
    QUARTER = 8


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean.

    index        row in the file; negative for hand-written and added places    match   1 exact .. 0, how the name was met
    adm1 / adm2  rows of its admin areas (None: unknown)                         radius  km about the point that hold the place
    north/east   half extents of an area, km (0: unknown)                        primary the name is its first name
    """

    index: int
    name: str
    kind: Kind
    country: str | None
    lat: float
    lon: float
    population: int = 0
    geonameid: int | None = None
    adm1: int | None = None
    adm2: int | None = None
    radius: float = 5.0
    north: float = 0.0
    east: float = 0.0
    primary: bool = True
    match: float = 1.0
    score: float = 0.0
    added: bool = False
    countries: tuple[str, ...] = ()
    adm1_name: str | None = None

    @property
    def precision(self) -> Precision:
        return PRECISION[self.kind]


PRECISION: dict[Kind, Precision] = {
    Kind.COUNTRY: "country",
    Kind.ADM1: "province",
    Kind.ADM2: "district",
    Kind.TOWN: "town",
    Kind.SITE: "site",
    Kind.REGION: "region",
    Kind.WATER: "region",
    Kind.QUARTER: "neighbourhood",
}
KIND_WEIGHT = {
    Kind.COUNTRY: 0.5,
    Kind.ADM1: 0.12,
    Kind.ADM2: -0.06,
    Kind.TOWN: 0.1,
    Kind.SITE: 0.0,
    Kind.REGION: 0.35,
    Kind.WATER: 0.2,
    Kind.QUARTER: 0.0,
}


def plain_score(candidate: Candidate) -> float:
    """Score of a candidate without any context, 0..1: how well the name fits, what it is, how many live there."""
    people = min(1.0, math.log10(candidate.population + 10) / 7.5)
    if candidate.kind is Kind.REGION and candidate.population >= 10**8:
        return min(1.0, 0.55 + 0.45 * candidate.match)  # continents and parts of the world are told of like countries
    score = 0.45 * candidate.match + 0.35 * people + KIND_WEIGHT[candidate.kind] * 0.4 + (0.06 if candidate.primary else 0.0)
    return max(0.0, min(1.0, score + (0.25 if candidate.added else 0.0)))


def town_radius(population: int) -> float:
    """Radius in km within which an event "in" a town of so many people lies: 4 km for a village, 5 for 60,000, 16 for 5 million.

    The places of reports are those of the nearest known name, so that the radius is wider than the built-up area.
    """
    if population <= 0:
        return 5.0
    return round(max(3.0, min(20.0, 0.8 * math.sqrt(population / 20000) + 3.5)), 1)


def replaced(candidate: Candidate, **changes: Any) -> Candidate:
    """A copy with other values (faster than dataclasses.replace on slots)."""
    values = {name: getattr(candidate, name) for name in Candidate.__slots__}
    values.update(changes)
    return Candidate(**values)


def name_match(asked: str, known: str, form: str) -> float:
    """How well a known name answers the asked one: 1 the same, .96 but for spaces and articles, else by likeness; 0 too far."""
    if asked == known:
        return 1.0
    bare_asked, bare_known = bare(asked), bare(known)
    if bare_asked == bare_known:
        return 0.96
    if skeleton(known) != form:
        return 0.0  # another skeleton under the same key
    likeness = fuzz.ratio(bare_asked, bare_known) / 100
    return round(0.5 + 0.42 * likeness, 3) if likeness > 0.55 else 0.0


def bare(folded: str) -> str:
    words = folded.split()
    if len(words) > 1 and words[0] in {"al", "el", "the", "ar", "as", "ash", "at", "ad", "az", "an"}:
        words = words[1:]
    return "".join(w for w in words if w not in {"al", "el"} or len(words) == 1)
