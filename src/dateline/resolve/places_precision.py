"""Precision in the codes of other data sets, and two tellings of one place as one record."""

from __future__ import annotations

from dateline.resolve.places_geometry import distance_km
from dateline.types import Place

INEXACT = frozenset({"near", "offset", "outskirts", "side"})
LINES = frozenset({"between", "road", "border"})


def acled_geo_precision(place: Place) -> int:
    """ACLED's geo-precision: 1 the town or finer, 2 a part of a region or the surroundings of a town, 3 a region or larger.

    >>> acled_geo_precision(Place("Homs")), acled_geo_precision(Place("Homs province", precision="province"))
    (1, 3)
    """
    kinds = {relation.kind for relation in place.relations}
    if place.precision in ("site", "neighbourhood", "town") and not place.unlisted:
        return 2 if kinds & (INEXACT - {"outskirts"}) else 1
    if place.precision == "district" or (place.precision == "region" and place.radius_km <= 60) or kinds & LINES:
        return 2
    return 3 if place.precision not in ("site", "neighbourhood", "town") else 2


def ucdp_where_prec(place: Place) -> int:
    """UCDP GED's where_prec: 1 the place itself, 2 within 25 km of it, 3 second-level area, 4 first-level area, 5 a line or a
    part of a country without an administrative name, 6 the country, 7 waters or air space outside any country.

    >>> ucdp_where_prec(Place("Homs")), ucdp_where_prec(Place("Syria", precision="country"))
    (1, 6)
    """
    kinds = {relation.kind for relation in place.relations}
    if place.precision == "country":
        return 6
    if place.precision == "region":
        return 7 if place.country is None and not kinds and place.radius_km > 40 else 5
    if kinds & LINES and place.radius_km > 25:
        return 5
    if place.precision == "province":
        return 4
    if place.precision == "district":
        return 2 if place.radius_km <= 25 and kinds & INEXACT else 3
    return 2 if kinds & INEXACT or place.unlisted else 1


def told_twice(finer: Place, other: Place) -> Place | None:
    """One place from two tellings of it ("50 km northeast of A ... near B"): the finer one with both relations.

    None when the two cannot be one place: their circles do not meet.

    >>> a = Place("B", lat=36.37, lon=37.52, radius_km=10.0)
    >>> told_twice(a, Place("A", lat=36.52, lon=37.55, radius_km=18.0)).name, told_twice(a, Place("C", lat=30.0, lon=37.0))
    ('B', None)
    """
    if finer.lat is None or finer.lon is None or other.lat is None or other.lon is None:
        return None
    if distance_km(finer.lat, finer.lon, other.lat, other.lon) > finer.radius_km + other.radius_km:
        return None
    if other.radius_km < finer.radius_km:
        finer, other = other, finer
    relations = (*finer.relations, *(r for r in other.relations if r not in finer.relations))
    values = {field: getattr(finer, field) for field in Place.__struct_fields__}
    return Place(**{**values, "relations": relations})
