"""From relations as told to points: "50 km northeast of Aleppo", "between A and B", "southern Idlib", "the A-B border".

Radii follow one rule: the event lies within them about nine times in ten. Every relation stays on the place as data.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.places_phrases import Told
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind, place_of
from dateline.resolve.places_geometry import distance_km, line_centre, middle, moved, nearest, part_of_area
from dateline.types import Place, Precision, Relation

NAMES = {
    "N": "northern",
    "S": "southern",
    "E": "eastern",
    "W": "western",
    "NE": "northeast",
    "NW": "northwest",
    "SE": "southeast",
    "SW": "southwest",
}
AREAS = frozenset({Kind.COUNTRY, Kind.ADM1, Kind.REGION, Kind.WATER})


@dataclass(frozen=True, slots=True)
class Base:
    """A resolved place that relations start from: the candidate and its name as told."""

    candidate: Candidate
    name: str


def precision_of(radius: float, least: Precision = "town") -> Precision:
    """Precision of a computed point by its radius: 12 km is a town's surroundings, 45 km a district, 120 km a province."""
    if radius <= 12:
        return least
    return "district" if radius <= 45 else "province" if radius <= 120 else "region"


def related_place(told: Told, base: Base, other: Base | None, frame: str | None, gazetteer: Gazetteer) -> Place | None:
    """The place that a relation tells of; None when it cannot be computed (a border with a country that has none here)."""
    if told.kind == "border":
        return border_place(base, other, frame, gazetteer)
    if told.kind in ("between", "road"):
        return between_place(told, base, other, gazetteer) if other else None
    candidate, direction = base.candidate, told.direction
    if told.kind == "offset":
        return offset_place(told, base, gazetteer)
    if told.kind == "near":
        radius = max(10.0, 2 * candidate.radius) if candidate.kind not in AREAS else candidate.radius * 1.15
        least = "town" if candidate.kind in (Kind.QUARTER, Kind.SITE, Kind.TOWN) else candidate.precision
        return rebuilt(base, gazetteer, radius=radius, precision=least, relations=(Relation("near", base.name),))
    if told.kind == "side" and candidate.kind not in AREAS and direction:
        lat, lon = moved(candidate.lat, candidate.lon, candidate.radius + 8, direction)
        radius = candidate.radius + 14
        return rebuilt(base, gazetteer, (lat, lon), radius, precision_of(radius), (Relation("side", base.name, None, direction),))
    if candidate.kind in AREAS or candidate.kind is Kind.ADM2:
        return part_place(told, base, gazetteer)
    return town_part(told, base, gazetteer)


def rebuilt(
    base: Base,
    gazetteer: Gazetteer,
    point: tuple[float, float] | None = None,
    radius: float | None = None,
    precision: Precision | None = None,
    relations: tuple[Relation, ...] = (),
    name: str | None = None,
) -> Place:
    """The base's record with changes."""
    place = place_of(base.candidate, gazetteer)
    lat, lon = point or (place.lat, place.lon)
    return Place(
        name or base.name,
        place.country,
        lat,
        lon,
        precision or place.precision,
        round(radius or place.radius_km, 1),
        place.geonameid,
        place.admin1,
        place.admin2,
        relations,
        score=place.score,
    )


def offset_place(told: Told, base: Base, gazetteer: Gazetteer) -> Place:
    """A distance, with or without direction. Without one the place lies somewhere on the ring: the radius holds the ring."""
    candidate, km = base.candidate, told.distance_km or 0.0
    relation = Relation("offset", base.name, round(km, 1), told.direction)
    if told.direction is None:
        radius = km + candidate.radius * 0.5 + 1
        return rebuilt(base, gazetteer, radius=radius, precision=precision_of(radius), relations=(relation,))
    point = moved(candidate.lat, candidate.lon, km, told.direction)
    radius = max(3.0, 0.3 * km + 0.3 * candidate.radius)
    return rebuilt(base, gazetteer, point, radius, precision_of(radius), (relation,))


def between_place(told: Told, base: Base, other: Base, gazetteer: Gazetteer) -> Place:
    a, b = base.candidate, other.candidate
    point, half = middle((a.lat, a.lon), (b.lat, b.lon))
    radius = half + 5
    name = f"{base.name}–{other.name} road" if told.kind == "road" else f"between {base.name} and {other.name}"
    kind = "road" if told.kind == "road" else "between"
    relation = Relation("road" if kind == "road" else "between", f"{base.name}|{other.name}")
    place = rebuilt(base, gazetteer, point, radius, precision_of(radius), (relation,), name)
    same = a.adm1 is not None and a.adm1 == b.adm1
    country = a.country if a.country == b.country else None
    return Place(
        place.name,
        country,
        place.lat,
        place.lon,
        place.precision,
        place.radius_km,
        None,
        place.admin1 if same else None,
        None,
        place.relations,
    )


def part_place(told: Told, base: Base, gazetteer: Gazetteer) -> Place:
    """A part of an area: "southern Idlib", "the northwestern corner of Syria", "the countryside of Hama province"."""
    candidate, direction = base.candidate, told.direction
    if direction is None:
        return rebuilt(base, gazetteer, relations=(Relation("part", base.name),))
    share = 0.42 if candidate.kind is Kind.COUNTRY and len(direction) == 2 else 0.5
    point, radius = part_of_area(
        candidate.lat, candidate.lon, candidate.radius, candidate.north, candidate.east, direction, share
    )
    if candidate.kind is Kind.COUNTRY and len(direction) == 2:
        radius *= 0.48
    name = f"{NAMES[direction]} {base.name.removesuffix(' province')}" if direction in NAMES else base.name
    precision: Precision = "district" if candidate.kind is Kind.ADM2 else "region"
    return rebuilt(base, gazetteer, point, radius, precision, (Relation("part", base.name, None, direction),), name)


def town_part(told: Told, base: Base, gazetteer: Gazetteer) -> Place:
    """A side or the edge of a town."""
    candidate, direction = base.candidate, told.direction
    kind = "outskirts" if told.kind == "outskirts" else "part"
    relation = Relation("outskirts" if kind == "outskirts" else "part", base.name, None, direction)
    if direction is None:
        radius = candidate.radius * 1.3 + 1
        return rebuilt(base, gazetteer, radius=radius, precision="town", relations=(relation,))
    share, size = (0.6, 0.35) if kind == "outskirts" else (0.4, 0.55)
    point = moved(candidate.lat, candidate.lon, candidate.radius * share, direction)
    radius = max(1.5, candidate.radius * size)
    name = base.name if kind == "outskirts" else f"{NAMES.get(direction, '')} {base.name}".strip()
    return rebuilt(base, gazetteer, point, radius, "neighbourhood", (relation,), name)


def border_place(base: Base, other: Base | None, frame: str | None, gazetteer: Gazetteer) -> Place | None:
    """The border of two countries, or of a country with the report's; a line told as its middle and a radius that holds it."""
    a = base.candidate.country
    b = other.candidate.country if other else frame
    if not a or not b or a == b:
        return None
    line = gazetteer.border(a, b)
    if not line:
        return None
    centre, radius = line_centre(line)
    partner = other.name if other else country_name(b, gazetteer)
    side = b if other is None else None  # "the Turkish border" in a report from Syria: on the Syrian side
    return Place(
        f"{base.name}–{partner} border",
        side,
        centre[0],
        centre[1],
        "region",
        radius,
        relations=(Relation("border", f"{base.name}|{partner}"),),
    )


def country_name(iso3: str, gazetteer: Gazetteer) -> str:
    place = gazetteer.country_place(iso3)
    return place.name if place else iso3


def on_border(place: Place, towards: Candidate, gazetteer: Gazetteer) -> Place:
    """A border told beside a town ("near Azaz, on the Turkish border"): the nearest stretch of the line."""
    pair = place.relations[0].of if place.relations else ""
    if "|" not in pair or towards.country is None:
        return place
    codes = [c for c in (place.country, towards.country) if c]
    lines = [gazetteer.border(codes[0], c) for c in codes[1:]]
    line = next((found for found in lines if found), None)
    if not line:
        return place
    lat, lon = nearest(line, (towards.lat, towards.lon))
    radius = max(15.0, distance_km(lat, lon, towards.lat, towards.lon))
    return Place(
        place.name,
        place.country,
        round(lat, 4),
        round(lon, 4),
        precision_of(radius),
        round(radius, 1),
        relations=place.relations,
    )
