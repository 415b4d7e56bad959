"""How two readings of one field stand to each other: same, compatible (one refines the other) or conflict."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, Literal

from dateline.merge.features import families_of, ordinal, plain_words, split_type, words_of
from dateline.merge.records import Reading
from dateline.resolve.places_geometry import rough_km

Relation = Literal["same", "compatible", "conflict"]
SIDES = {"state force": "state", "government": "state", "external force": "state"}
ONGOING = frozenset({"occurred", "ongoing"})
NOT_YET = frozenset({"threatened", "planned", "hypothetical"})


def relation(field: str, a: Reading, b: Reading) -> Relation:
    """The relation of two values of one field; `figures:…` are compared as bounds."""
    if a.value == b.value:
        return "same"
    if a.value is None or b.value is None:
        return "compatible"
    if field.startswith("figures:"):
        return figures(a.value, b.value)
    if type(a.value) is not type(b.value):  # a person may have written a value in another form
        return "compatible"
    compare = COMPARE.get(field)
    return compare(a.value, b.value) if compare else "conflict"


def days(a: dict[str, Any], b: dict[str, Any]) -> Relation:
    first_a, last_a = (ordinal(a[end] or a[other]) for end, other in (("earliest", "latest"), ("latest", "earliest")))
    first_b, last_b = (ordinal(b[end] or b[other]) for end, other in (("earliest", "latest"), ("latest", "earliest")))
    if (first_a, last_a) == (first_b, last_b):
        return "same"
    return "compatible" if first_a <= last_b and first_b <= last_a else "conflict"


def places(a: dict[str, Any], b: dict[str, Any]) -> Relation:
    """The same place; or circles that meet: a city and its western edge, a province and a town in it."""
    if a.get("geonameid") and a.get("geonameid") == b.get("geonameid") and a.get("relations") == b.get("relations"):
        return "same"
    if None in (a.get("lat"), a.get("lon"), b.get("lat"), b.get("lon")):
        return "compatible" if a.get("country") == b.get("country") else "conflict"
    km = rough_km(a["lat"], a["lon"], b["lat"], b["lon"])
    if km <= 1 and a.get("precision") == b.get("precision"):
        return "same"
    return "compatible" if km <= a.get("radius_km", 5.0) + b.get("radius_km", 5.0) else "conflict"


def types(a: str, b: str) -> Relation:
    families = [families_of(*split_type(value)) for value in (a, b)]
    return "compatible" if set(families[0]) & set(families[1]) else "conflict"


def statuses(a: str, b: str) -> Relation:
    if {a, b} <= ONGOING or {a, b} <= NOT_YET:
        return "compatible"
    return "conflict"


def weapons(a: dict[str, Any], b: dict[str, Any]) -> Relation:
    if a.get("kind") == b.get("kind"):
        return "compatible"
    bombs = {"vehicle bomb", "suicide vest", "roadside bomb", "bomb"}
    aerial = {"airstrike", "drone", "bomb", "missile", "rocket"}
    indirect = {"rocket", "missile", "artillery", "mortar"}
    told = {a.get("kind"), b.get("kind")}
    return "compatible" if any(told <= group for group in (bombs, aerial, indirect)) else "conflict"


def parties(a: dict[str, Any], b: dict[str, Any]) -> Relation:
    """The same name; or one a description that fits the other ("rebels", a named rebel group); a state and its army."""
    names = [set(words_of(value.get("name") or "")) for value in (a, b)]
    own = [name - plain_words() for name in names]
    sides = [SIDES.get(value.get("kind", ""), value.get("kind")) for value in (a, b)]
    if names[0] == names[1] and sides[0] == sides[1]:
        return "same"
    countries = {value.get("country") for value in (a, b)} - {None}
    if own[0] & own[1] and len(countries) < 2:
        return "compatible"
    if sides[0] != sides[1] and "unknown" not in sides:
        return "conflict"
    if sides[0] == sides[1] == "state":
        return "compatible" if len(countries) < 2 else "conflict"
    return "conflict" if own[0] and own[1] else "compatible"


def figures(a: dict[str, Any], b: dict[str, Any]) -> Relation:
    """Bounds that meet are compatible: 12 and at least 10."""
    low_a, high_a = interval(a)
    low_b, high_b = interval(b)
    if (low_a, high_a) == (low_b, high_b):
        return "same"
    return "compatible" if low_a <= high_b and low_b <= high_a else "conflict"


def interval(value: dict[str, Any]) -> tuple[float, float]:
    """Bounds with open ends closed: 0 and infinity."""
    low, high = value.get("low"), value.get("high")
    return (0.0 if low is None else low, math.inf if high is None else high)


COMPARE: dict[str, Callable[[Any, Any], Relation]] = {
    "when": days,
    "where": places,
    "type": types,
    "status": statuses,
    "weapons": weapons,
    "actors": parties,
    "targets": parties,
}
