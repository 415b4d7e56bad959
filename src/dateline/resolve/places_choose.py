"""Toponym resolution: which of the places that bear a name is meant.

Every candidate gets a score from what the gazetteer says (fit of the name, kind, people) and from the report: the countries and
provinces told of, areas named beside it ("Long Beach, California"), words for its kind, places told of nearby, the outlet's
country. One name has one sense in a report, unless words for its kind say otherwise. The weights are in `Weights`.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

from dateline.annotate.places import Toponym
from dateline.annotate.places_words import place_words
from dateline.annotate.reading import Reading
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind, plain_score
from dateline.resolve.gazetteer_names import fold
from dateline.resolve.places_geometry import rough_km

KEPT = 24  # candidates weighed per name
EXACT = 0.96  # fit from which a name is the very name


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each sign counts. Set by hand, then fitted on MUC keys and UCDP headlines by `train/places/weights.py`."""

    plain: float = 0.7
    country: float = 0.875
    adm1: float = 0.2
    parent: float = 2.45
    kind: float = 0.3
    wrong_kind: float = -0.25
    near: float = 0.6
    outlet: float = 0.25
    capital: float = 0.08
    sharp: float = 9.0  # how sharply scores turn into shares
    town_first: float = 0.15  # a town before the area named after it
    people: float = 0.2  # per unit of log10(people) / 7.5, beyond the plain score
    conflict: float = 0.12  # the conflict prior of the candidate's province
    great: float = 0.175  # per power of ten of people beyond 300,000
    world: float = 0.5  # a city known everywhere before the towns named after it
    whole: float = 1.5  # a country or continent before everything else of its name
    added: float = 0.3  # a place the user added, before shipped places of its name that fit as well
    level_untold: float = -0.18  # a second-level area whose name has a word for its level that the text lacks (Indiana County)


@dataclass(slots=True)
class Sense:
    """All mentions of one name with the same words for its kind, and the candidates' scores."""

    key: tuple[str, frozenset[Kind]]
    mentions: list[int]
    candidates: list[Candidate]
    scores: list[float]
    fixed: list[float]
    chosen: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer for one toponym: ranked candidates with scores (0..1), best first, and the mentions it stands in."""

    ranked: tuple[tuple[Candidate, float], ...]
    parents: tuple[int, ...] = ()


def choose(
    reading: Reading,
    toponyms: list[Toponym],
    gazetteer: Gazetteer,
    *,
    outlet_country: str | None = None,
    weights: Weights = Weights(),
) -> list[Choice]:
    """One choice per toponym, in the same order; `ranked` is empty where the gazetteer holds no candidate."""
    parents = [parents_of(reading, toponyms, n) for n in range(len(toponyms))]
    areal = areal_names(reading, toponyms)
    senses = senses_of(toponyms, areal)
    for sense in senses:
        sense.fixed = [fixed_score(c, sense, toponyms, parents, gazetteer, weights) for c in sense.candidates]
        sense.scores = list(sense.fixed)
    for step in range(3):
        countries, provinces = context(senses, toponyms, weights, outlet_country)
        anchors = anchors_of(senses, toponyms) if step else []
        for sense in senses:
            rescore(sense, countries, provinces, anchors, toponyms, weights, outlet_country)
            favour_neighbours(sense, countries, gazetteer, weights)
    ranked: dict[int, tuple[tuple[Candidate, float], ...]] = {}
    for sense in senses:
        order = sorted(range(len(sense.candidates)), key=lambda i: (-sense.scores[i], i))
        answer = tuple((sense.candidates[i], squash(sense.scores[i])) for i in order[:8])
        for mention in sense.mentions:
            ranked[mention] = answer
    return [Choice(ranked.get(n, ()), parents[n]) for n in range(len(toponyms))]


def squash(score: float) -> float:
    return round(1 / (1 + math.exp(-3 * (score - 0.9))), 3)


def senses_of(toponyms: list[Toponym], areal: set[str]) -> list[Sense]:
    groups: dict[tuple[str, frozenset[Kind]], Sense] = {}
    for n, toponym in enumerate(toponyms):
        if not toponym.candidates:
            continue
        name = fold(toponym.name)
        kinds = toponym.kinds
        if not kinds and name in areal:
            kinds = frozenset({Kind.ADM1})
        usable = kinds & {c.kind for c in toponym.candidates}
        key = (name, usable)
        if key not in groups:
            groups[key] = Sense(key, [], list(toponym.candidates[:KEPT]), [], [])
        groups[key].mentions.append(n)
    return list(groups.values())


def areal_names(reading: Reading, toponyms: list[Toponym]) -> set[str]:
    """Names told as areas in this report ("Idlib province", "southern Idlib") and never as a town: bare, they mean the area."""
    areas: set[str] = set()
    towns: set[str] = set()
    for toponym in toponyms:
        name = fold(toponym.name)
        before = reading.lows[toponym.first - 1] if toponym.first else ""
        if Kind.ADM1 in toponym.kinds or before.endswith("ern"):
            areas.add(name)
        elif Kind.TOWN in toponym.kinds:
            towns.add(name)
    return areas - towns


def parents_of(reading: Reading, toponyms: list[Toponym], n: int) -> tuple[int, ...]:
    """Mentions that this one is told to lie in: "X, Y", "X (Y)", "X in Y", "X, a town in Y"."""
    found: list[int] = []
    this = toponyms[n]
    last = max(this.last, this.phrase_last)
    at = n + 1
    while at < len(toponyms) and len(found) < 3:
        other = toponyms[at]
        if other.people or reading.sentence_of[other.first] != reading.sentence_of[this.first]:
            break
        start = min(other.first, other.phrase_first if other.phrase_first >= 0 else other.first)
        between = reading.lows[last:start]
        if not links(between) and between not in (["'s"], ["’s"]):
            break
        if not can_hold(this, other):
            break
        found.append(at)
        last = max(other.last, other.phrase_last)
        at += 1
    return tuple(found)


STARTS = frozenset({",", "in", "(", "of", "on", "near", "at", "outside"})
PREPOSITIONS = frozenset({"in", "on", "near", "at", "outside", "of"})


def links(between: list[str]) -> bool:
    """True for the words that put a place inside the next: a comma or "in", and words for kinds and directions."""
    if not between or len(between) > 8 or between[0] not in STARTS:
        return False
    rest = [w for w in between[1:] if w != "."]
    if not all(w in place_words().links for w in rest):
        return False
    return (
        between[0] != ","
        or not rest
        or any(w in PREPOSITIONS for w in rest)
        or (len(rest) == 1 and rest[0] not in {"the", "a", "an"})
    )


def can_hold(inner: Toponym, outer: Toponym) -> bool:
    """True when some candidate of `outer` is an area, and of another name than `inner`."""
    return fold(inner.name) != fold(outer.name) and any(
        c.kind in (Kind.COUNTRY, Kind.ADM1, Kind.ADM2, Kind.REGION, Kind.TOWN) for c in outer.candidates[:6]
    )


def holds(outer: Candidate, inner: Candidate) -> bool:
    """True when `inner` lies in `outer` by the gazetteer's hierarchy, or within its radius for regions and towns."""
    if outer.index == inner.index:
        return False
    if outer.kind is Kind.COUNTRY:
        return inner.country == outer.country
    if outer.kind in (Kind.ADM1, Kind.ADM2):
        return outer.index in (inner.adm1, inner.adm2) or (
            inner.adm1 is None
            and inner.country == outer.country
            and rough_km(outer.lat, outer.lon, inner.lat, inner.lon) < outer.radius
        )
    if outer.kind is Kind.REGION or (outer.kind is Kind.TOWN and inner.kind in (Kind.TOWN, Kind.QUARTER, Kind.SITE)):
        return rough_km(outer.lat, outer.lon, inner.lat, inner.lon) < outer.radius * (1.1 if outer.kind is Kind.REGION else 2.0)
    return False


def fixed_score(
    candidate: Candidate,
    sense: Sense,
    toponyms: list[Toponym],
    parents: list[tuple[int, ...]],
    gazetteer: Gazetteer,
    weights: Weights,
) -> float:
    """The part of a candidate's score that does not depend on other choices."""
    score = weights.plain * plain_score(candidate) + weights.people * min(1.0, math.log10(candidate.population + 10) / 7.5)
    if candidate.kind is Kind.TOWN:
        score += weights.great * max(0.0, math.log10(candidate.population + 1) - 5.5)
        score += weights.conflict * gazetteer.conflict_prior(candidate)
    if candidate.added:
        score += weights.added
    kinds = sense.key[1]
    if kinds:
        score += weights.kind if candidate.kind in kinds else weights.wrong_kind
    elif is_whole(candidate, sense):
        score += weights.whole
    elif (
        candidate.kind is Kind.TOWN
        and any(c.kind in (Kind.ADM1, Kind.ADM2) and same_seat(c, candidate) for c in sense.candidates)
        and sense.candidates[0].kind is not Kind.COUNTRY
    ):
        score += weights.town_first
    if not kinds and candidate.kind is Kind.ADM2 and len(candidate.name.split()) > len(sense.key[0].split()):
        score += weights.level_untold
    if world_city(candidate, sense) and (not kinds or candidate.kind in kinds):
        score += weights.world
    if candidate.kind is Kind.TOWN and candidate.country:
        capital = gazetteer.capital(candidate.country)
        if capital is not None and capital.index == candidate.index:
            score += weights.capital
    held = 0.0
    for mention in sense.mentions:
        for parent in parents[mention]:
            if any(holds(outer, candidate) for outer in toponyms[parent].candidates[:6] if outer.match >= 0.9):
                held = 1.0
    return score + weights.parent * held


GREAT_AREA, AREA_OVER_TOWN = 500_000, 30  # people; an area with so many times the people of any town of its name is meant


def is_whole(candidate: Candidate, sense: Sense) -> bool:
    """Countries, continents, oceans and widely known regions; a great province that shares a country's name (Georgia),
    or has only small towns of its name beside it (Nevada)."""
    if candidate.kind is Kind.COUNTRY or (candidate.kind in (Kind.REGION, Kind.WATER) and candidate.population >= 10**6):
        return True
    if candidate.kind is not Kind.ADM1:
        return False
    if any(c.kind is Kind.COUNTRY for c in sense.candidates):
        return candidate.population > 3 * 10**6 and candidate.country == "USA"
    towns = max((c.population for c in sense.candidates if c.kind is Kind.TOWN and c.match >= EXACT), default=0)
    return candidate.primary and candidate.population > max(GREAT_AREA, AREA_OVER_TOWN * towns)


WORLD_CITY, NAMESAKES = (
    10**6,
    20,
)  # people; a city with so many times the people of any other town of its name is known everywhere


def world_city(candidate: Candidate, sense: Sense) -> bool:
    """Paris and Brussels, whatever country the report is about; not Tripoli or Birmingham, which have great namesakes."""
    if candidate.kind is not Kind.TOWN or candidate.match < EXACT or candidate.population < WORLD_CITY:
        return False
    others = (c for c in sense.candidates if c.kind is Kind.TOWN and c.match >= EXACT and c.index != candidate.index)
    return candidate.population > NAMESAKES * max((c.population for c in others), default=0)


def same_seat(area: Candidate, town: Candidate) -> bool:
    return area.index in (town.adm1, town.adm2)


def shares(sense: Sense, sharp: float) -> list[float]:
    top = max(sense.scores)
    raw = [math.exp(sharp * (score - top)) for score in sense.scores]
    total = sum(raw)
    return [value / total for value in raw]


BY_CHANCE = 0.2  # weight of the town that a neighbourhood shares its name with, in what the report is about


def is_quarter(toponym: Toponym) -> bool:
    """Told as a neighbourhood: "the Costa Rica neighborhood"."""
    return Kind.QUARTER in toponym.kinds and Kind.SITE not in toponym.kinds


def context(
    senses: list[Sense], toponyms: list[Toponym], weights: Weights, outlet_country: str | None
) -> tuple[dict[str, float], dict[int, float]]:
    """Shares of countries (by alpha-3) and provinces (by row) among all the report tells of; each adds up to one at most."""
    countries: dict[str, float] = defaultdict(float)
    provinces: dict[int, float] = defaultdict(float)
    if outlet_country:
        countries[outlet_country] += 0.5
    for sense in senses:
        mass = 1 + math.log(len(sense.mentions))
        if all(toponyms[m].people for m in sense.mentions):
            mass *= 0.6
        quarter = all(is_quarter(toponyms[m]) for m in sense.mentions)
        for candidate, share in zip(sense.candidates, shares(sense, weights.sharp), strict=True):
            if quarter and candidate.kind is Kind.TOWN:
                share *= BY_CHANCE
            if share < 0.05:
                continue
            if candidate.country:
                countries[candidate.country] += share * mass
            province = candidate.index if candidate.kind is Kind.ADM1 else candidate.adm1
            if province is not None:
                provinces[province] += share * mass
    total_c, total_p = sum(countries.values()) or 1.0, sum(provinces.values()) or 1.0
    return {k: v / total_c for k, v in countries.items()}, {k: v / total_p for k, v in provinces.items()}


def anchors_of(senses: list[Sense], toponyms: list[Toponym]) -> list[tuple[int, float, float]]:
    """Points that other names may lie near: (first mention, lat, lon) of the clear towns and areas."""
    found = []
    for sense in senses:
        best = max(range(len(sense.scores)), key=sense.scores.__getitem__)
        candidate = sense.candidates[best]
        if candidate.kind in (Kind.COUNTRY, Kind.WATER) or candidate.radius > 150:
            continue
        if shares(sense, 9.0)[best] > 0.6:
            found.append((sense.mentions[0], candidate.lat, candidate.lon))
    return found[:40]


def rescore(
    sense: Sense,
    countries: dict[str, float],
    provinces: dict[int, float],
    anchors: list[tuple[int, float, float]],
    toponyms: list[Toponym],
    weights: Weights,
    outlet_country: str | None,
) -> None:
    if len(sense.candidates) == 1:
        sense.scores = [sense.fixed[0] + weights.country * countries.get(sense.candidates[0].country or "", 0.0)]
        return
    here = sense.mentions[0]
    near = sorted((a for a in anchors if a[0] != here), key=lambda a: abs(a[0] - here))[:6]
    for n, candidate in enumerate(sense.candidates):
        score = sense.fixed[n]
        if candidate.country:
            score += weights.country * math.sqrt(countries.get(candidate.country, 0.0))
            if candidate.country == outlet_country:
                score += weights.outlet
        province = candidate.index if candidate.kind is Kind.ADM1 else candidate.adm1
        if province is not None:
            score += weights.adm1 * math.sqrt(provinces.get(province, 0.0))
        if near and candidate.kind is not Kind.COUNTRY:
            close = sum(math.exp(-rough_km(candidate.lat, candidate.lon, lat, lon) / 120) for _, lat, lon in near)
            score += weights.near * close / len(near)
        sense.scores[n] = score


def favour_neighbours(sense: Sense, countries: dict[str, float], gazetteer: Gazetteer, weights: Weights) -> None:
    """A country that shares its name with a province (Georgia) gains by the countries it borders on being told of."""
    if len(sense.candidates) < 2 or sense.candidates[0].kind is not Kind.COUNTRY:
        return
    if not any(c.kind is Kind.ADM1 and c.population > 3 * 10**6 for c in sense.candidates):
        return
    here = sense.candidates[0].country or ""
    beside = sum(share for code, share in countries.items() if code != here and gazetteer.border(here, code))
    sense.scores[0] += weights.country * math.sqrt(beside)


def with_weights(**changes: float) -> Weights:
    """The shipped weights with changes (for tuning)."""
    return replace(Weights(), **changes)
