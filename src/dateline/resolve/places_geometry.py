"""Geometry on the sphere, in degrees and kilometres: distances, points at a bearing, parts of areas, lines between places."""

from __future__ import annotations

import math

EARTH_KM = 6371.0
BEARINGS = {"N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0}
Point = tuple[float, float]  # lat, lon


def distance_km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Great-circle distance.

    >>> round(distance_km(36.2, 37.16, 33.51, 36.29))
    309
    """
    k = math.pi / 180
    h = (
        math.sin((b_lat - a_lat) * k / 2) ** 2
        + math.cos(a_lat * k) * math.cos(b_lat * k) * math.sin((b_lon - a_lon) * k / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


def rough_km(a_lat: float, a_lon: float, b_lat: float, b_lon: float) -> float:
    """Flat-map distance: within 1 % under 500 km away from the poles, four times as fast as the sphere."""
    dx = (b_lon - a_lon) * math.cos((a_lat + b_lat) * 0.00872665)
    dy = b_lat - a_lat
    return 111.2 * math.sqrt(dx * dx + dy * dy)


def moved(lat: float, lon: float, km: float, direction: str) -> Point:
    """The point `km` away towards `direction` (N, NE, ...; C stays).

    >>> moved(36.0, 37.0, 111.2, "N")
    (37.0, 37.0)
    """
    if direction not in BEARINGS or km == 0:
        return lat, lon
    bearing = math.radians(BEARINGS[direction])
    new_lat = lat + km / 111.2 * math.cos(bearing)
    new_lon = lon + km / (111.2 * max(0.05, math.cos(math.radians(lat)))) * math.sin(bearing)
    return round(max(-90.0, min(90.0, new_lat)), 4), round((new_lon + 180) % 360 - 180, 4)


def part_of_area(
    lat: float, lon: float, radius: float, north: float, east: float, direction: str, share: float = 0.5
) -> tuple[Point, float]:
    """Centre and radius of the part of an area that lies towards `direction`. `north`/`east` are half extents in km (0: unknown).

    The centre moves by `share` of the half extent; the part's radius is about six tenths of the area's.
    """
    north, east = north or radius * 0.8, east or radius * 0.8
    bearing = math.radians(BEARINGS.get(direction, 0.0))
    if direction not in BEARINGS:
        return (lat, lon), round(radius * 0.6, 1)
    diagonal = 0.85 if len(direction) == 2 else 1.0
    dy, dx = north * share * math.cos(bearing) / diagonal**2, east * share * math.sin(bearing) / diagonal**2
    new_lat = lat + dy / 111.2
    new_lon = lon + dx / (111.2 * max(0.05, math.cos(math.radians(lat))))
    return (round(new_lat, 4), round(new_lon, 4)), round(radius * 0.62, 1)


def middle(a: Point, b: Point) -> tuple[Point, float]:
    """Middle of two points and half their distance (km)."""
    lon_b = b[1]
    if abs(a[1] - lon_b) > 180:
        lon_b += 360 if a[1] > lon_b else -360
    lat, lon = (a[0] + b[0]) / 2, (a[1] + lon_b) / 2
    return (round(lat, 4), round((lon + 180) % 360 - 180, 4)), distance_km(*a, *b) / 2


def nearest(line: list[Point], point: Point) -> Point:
    """The point of `line` (not empty) nearest to `point`."""
    return min(line, key=lambda p: rough_km(p[0], p[1], point[0], point[1]))


def line_centre(line: list[Point]) -> tuple[Point, float]:
    """The middle-most vertex of a line and the radius that holds all its vertices from there."""
    lat = sum(p[0] for p in line) / len(line)
    lon = sum(p[1] for p in line) / len(line)
    centre = nearest(line, (lat, lon))
    return (round(centre[0], 4), round(centre[1], 4)), round(max(distance_km(*centre, *p) for p in line), 1) + 5.0
