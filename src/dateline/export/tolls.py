"""Deaths of an event in one number, by the rule of a codebook; every reading stays in `claims`.

A source's toll is its figure for people in general; where it gives only groups ("seven soldiers and two civilians"), their sum.
ACLED takes the lowest toll that any source reports, and fixed numbers for vague words. UCDP keeps low, best and high: best is the
report's own toll, else the one most sources give, else the lowest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from dateline.export.cases import Case, Recommended
from dateline.export.tables import vague_table
from dateline.types import Count, Event

GENERAL = frozenset(("people", "person", "persons", "dead", "", "others", "bodies", "individuals", "victims", "death", "deaths"))


@dataclass(frozen=True, slots=True)
class Toll:
    """What one source says: bounds (None: open), and the figures that make it."""

    source: str
    low: int | None
    high: int | None
    counts: tuple[Count, ...]


def tolls_of(event: Event, measure: str = "killed") -> list[Toll]:
    """A toll for each source of a measure. Figures that cover more than the event count only where there are no others."""
    counts = [count for count in event.figures if count.measure == measure]
    counts = [count for count in counts if count.about is None] or counts
    by_source: dict[str, list[Count]] = {}
    for count in counts:
        by_source.setdefault(count.source or "report", []).append(count)
    return [toll_of(source, told) for source, told in by_source.items()]


def toll_of(source: str, told: list[Count]) -> Toll:
    general = [count for count in told if count.group.lower() in GENERAL]
    if general:
        first = general[0]  # the first telling; later ones by the same source are of parts or later days
        return Toll(source, first.low, first.high, (first, *(count for count in told if count not in general)))
    parts = list({(count.group.lower(), count.low, count.high): count for count in told}.values())
    lows = [count.low for count in parts if count.low is not None]
    highs = [count.high for count in parts]
    high = sum(h for h in highs if h is not None) if all(h is not None for h in highs) else None
    return Toll(source, sum(lows) if lows else None, high, tuple(parts))


# ---- ACLED ----------------------------------------------------------------------------------------------------------


def acled_number(toll: Toll) -> int:
    """A toll as ACLED counts it: fixed numbers for vague words, 0 for "up to N" alone.

    >>> [acled_number(Toll("report", low, high, ())) for low, high in ((24, 99), (9, None), (None, 40))]
    [12, 9, 0]
    """
    vague = vague_table().get((toll.low, toll.high)) if toll.low is not None and toll.high is not None else None
    return vague if vague is not None else toll.low or 0


def acled_fatalities(case: Case) -> tuple[int, list[Toll]]:
    """The lowest reported toll (of an incident: the recommended one), and all of them. None reported is 0."""
    tolls, told = tolls_of(case.event), case.figure("killed")
    if told and told.best is not None:
        return acled_number(Toll("recommended", told.best, vague_high(tolls, told.best), ())), tolls
    return min(map(acled_number, tolls), default=0), tolls


def vague_high(tolls: list[Toll], low: int) -> int | None:
    """The upper bound that stands with a lower one: tells whether the number was a vague word."""
    return next((toll.high for toll in tolls if toll.low == low), None)


# ---- UCDP -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Estimate:
    """low <= best <= high, and the parts of best by group class: state, group, civilians, unknown."""

    low: int = 0
    best: int = 0
    high: int = 0
    parts: dict[str, int] = field(default_factory=dict)


def ucdp_estimate(case: Case) -> Estimate:
    """Deaths by UCDP's columns. Open bounds are closed by the other side ("at least 9" is 9 to 9 or more)."""
    tolls = [toll for toll in tolls_of(case.event) if toll.low is not None or toll.high is not None]
    if not tolls:
        return Estimate()
    told = case.figure("killed")
    if told and told.best is not None:
        return recommended_estimate(told, tolls)
    lows = [toll.low if toll.low is not None else 0 for toll in tolls]
    highs = [toll.high if toll.high is not None else toll.low or 0 for toll in tolls]
    chosen = best_toll(tolls)
    best = chosen.low if chosen.low is not None else chosen.high or 0
    parts = parts_of(chosen.counts, best)
    return Estimate(min(*lows, best), best, max(*highs, best), parts)


def recommended_estimate(told: Recommended, tolls: list[Toll]) -> Estimate:
    """The figures that the merge recommends; the parts are those of the toll nearest to the best."""
    best = told.best or 0
    nearest = min(tolls, key=lambda toll: abs((toll.low or toll.high or 0) - best))
    low = best if told.low is None else min(told.low, best)
    return Estimate(low, best, max(best, told.high or best), parts_of(nearest.counts, best))


def best_toll(tolls: list[Toll]) -> Toll:
    """The report's own toll, else the one most sources give, else the lowest."""
    own = [toll for toll in tolls if toll.source == "report"]
    if own:
        return own[0]
    often = Counter((toll.low, toll.high) for toll in tolls)
    return min(tolls, key=lambda toll: (-often[toll.low, toll.high], toll.low or 0))


def parts_of(counts: Iterable[Count], best: int) -> dict[str, int]:
    """Deaths by class of the dead, never more than `best` together; what is left is unknown."""
    parts: dict[str, int] = {}
    left = best
    for count in counts:
        kind = group_class(count.group)
        number = min(left, count.low or 0)
        if kind != "unknown" and number:
            parts[kind] = parts.get(kind, 0) + number
            left -= number
    return parts | ({"unknown": left} if left else {})


def group_class(group: str) -> str:
    """Who the counted are: state, group, civilians or unknown, by the noun's kind.

    >>> group_class("soldiers"), group_class("gunmen"), group_class("villagers"), group_class("people")
    ('state', 'group', 'civilians', 'unknown')
    """
    from dateline.annotate.parties_words import nouns

    low = group.lower()
    if low in GENERAL:
        return "unknown"
    for word in reversed(low.split()):
        for rest, noun in nouns().get(word, ()):
            if not rest:
                return noun_class(noun.sort, noun.kind)
    return "unknown"


def noun_class(sort: str, kind: str) -> str:
    if sort == "force" or kind == "state force":
        return "state"
    if sort == "armed" or kind in ("rebel group", "political militia", "communal militia"):
        return "group"
    return "civilians" if sort in ("people", "person", "crowd", "official") else "unknown"
