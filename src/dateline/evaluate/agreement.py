"""When two values agree: names, places, days, figures, sources. The rules are those of the codebook's scorer."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from dateline.evaluate.records import CodedFigure, CodedSource, CodedWhen, CodedWhere, Value

SMALL_WORDS = frozenset({"the", "a", "an", "of", "and", "al", "el", "in", "its", "his", "their", "s"})
COMMON_NOUNS = frozenset(
    {"force", "forces", "group", "groups", "troops", "militant", "militants", "people", "source", "sources", "army", "government"}
    | {"civilians", "fighters", "police", "soldiers", "rebels", "official", "officials"}
)
AREAS = frozenset({"district", "province", "region", "country"})
NEAR_KM, FAR_KM = 25.0, 161.0  # `where` and `where~`: 161 km are the 100 miles of the toponym resolution literature
EARTH_DIAMETER_KM = 12742.0
MORE_WORDS = 4  # a name may be contained in one so many words longer
WORD = re.compile(r"[a-z0-9]+")


@lru_cache(maxsize=1 << 16)
def name_words(text: str | None) -> frozenset[str]:
    """The words that a name is compared by: lower case, without accents, punctuation and small words.

    >>> sorted(name_words("the Army of Zaïre"))
    ['army', 'zaire']
    """
    plain = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return frozenset(WORD.findall(plain)) - SMALL_WORDS


def names_agree(left: str | None, right: str | None) -> bool:
    """Equal, sharing half of their words, or the shorter (not of common nouns alone) contained in the longer.

    >>> names_agree("the Karim Brigades", "Karim Brigades of the north"), names_agree("forces", "Turkish forces in Idlib")
    (True, False)
    """
    a, b = name_words(left), name_words(right)
    if not (a and b):
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    if short <= long and len(long) <= len(short) + MORE_WORDS and short - COMMON_NOUNS:
        return True
    return len(a & b) / len(a | b) >= 0.5


def kilometres(a: CodedWhere, b: CodedWhere) -> float:
    """Great-circle distance of two places that have coordinates."""
    lat1, lon1, lat2, lon2 = (math.radians(degrees or 0.0) for degrees in (a.lat, a.lon, b.lat, b.lon))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(half)))


def has_point(place: CodedWhere) -> bool:
    return place.lat is not None and place.lon is not None


def places_agree(gold: CodedWhere | None, predicted: CodedWhere | None, limit_km: float) -> bool:
    """A point agrees within `limit_km`. An area is met by its name or by an area inside it, never by a lone point."""
    if gold is None or predicted is None:
        return False
    if gold.country and predicted.country and gold.country != predicted.country:
        return False
    if not (has_point(gold) and has_point(predicted)):
        return names_agree(gold.name, predicted.name)
    apart = kilometres(gold, predicted)
    if gold.precision not in AREAS:
        return apart <= limit_km
    inside = predicted.precision in AREAS and apart <= max(limit_km, gold.radius_km or 0.0)
    return inside or names_agree(gold.name, predicted.name)


def day_range(when: CodedWhen) -> tuple[str, str]:
    """Earliest and latest day as sortable text; open sides sort outermost."""
    return when.earliest or "0000", when.latest or "9999"


def days_meet(gold: CodedWhen | None, predicted: CodedWhen | None) -> bool:
    if gold is None or predicted is None:
        return False
    (first, last), (begin, end) = day_range(gold), day_range(predicted)
    return first <= end and begin <= last


def figures_agree(gold: CodedFigure, predicted: CodedFigure) -> bool:
    return (gold.measure, gold.low, gold.high) == (predicted.measure, predicted.low, predicted.high)


def sources_agree(gold: CodedSource, predicted: CodedSource) -> bool:
    return gold.stance == predicted.stance and names_agree(gold.name, predicted.name)


AGREE: dict[str, Callable[[Any, Any], bool]] = {
    "when": lambda gold, predicted: day_range(gold) == day_range(predicted),
    "when~": days_meet,
    "where": lambda gold, predicted: places_agree(gold, predicted, NEAR_KM),
    "where~": lambda gold, predicted: places_agree(gold, predicted, FAR_KM),
    "actors": lambda gold, predicted: names_agree(gold.name, predicted.name),
    "targets": lambda gold, predicted: names_agree(gold.name, predicted.name),
    "weapons": lambda gold, predicted: gold.kind == predicted.kind,
    "figures": figures_agree,
    "sources": sources_agree,
}


def values_agree(field: str, gold: Value, predicted: Value) -> bool:
    """Whether two values of `field` are the same: type, sub-type, status and foreground must be equal."""
    rule = AGREE.get(field)
    return rule(gold, predicted) if rule else gold == predicted
