"""Counties of the United States: outlines from the Census Bureau (npm us-atlas), and which county each town lies in.

GeoNames' admin areas as packaged have no coordinates, and no package tells the county of an American town; without outlines all
counties of a state would lie at the state's centre.
"""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

Point = tuple[float, float]  # lat, lon
Shape = list[list[Point]]


def read_counties(package: Path) -> dict[str, Shape]:
    """Outer rings by GeoNames code: "US.AL.113" (state letters, last three digits of the FIPS code)."""
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/counties-10m.json")
        assert member is not None
        topology = json.load(member)
    arcs = unpacked(topology)
    found = {}
    for county in topology["objects"]["counties"]["geometries"]:
        state = STATES.get(county["id"][:2])
        if state and county["type"] in ("Polygon", "MultiPolygon"):
            polygons = county["arcs"] if county["type"] == "MultiPolygon" else [county["arcs"]]
            found[f"US.{state}.{county['id'][2:]}"] = [ring(polygon[0], arcs) for polygon in polygons]
    return found


def unpacked(topology: dict[str, Any]) -> Shape:
    """Arcs of a quantized TopoJSON file as points."""
    (scale_x, scale_y), (left, bottom) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((y * scale_y + bottom, x * scale_x + left))
        arcs.append(points)
    return arcs


def ring(numbers: list[int], arcs: Shape) -> list[Point]:
    """One closed ring; a negative number is an arc told backwards (~n)."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points


def inside(shape: Shape, point: Point) -> bool:
    """True when the point lies in one of the rings (even-odd rule)."""
    lat, lon = point
    within = False
    for points in shape:
        for (y0, x0), (y1, x1) in zip(points, points[1:] + points[:1], strict=True):
            if (y0 > lat) != (y1 > lat) and lon < (x1 - x0) * (lat - y0) / (y1 - y0) + x0:
                within = not within
    return within


# FIPS numbers of the states, the district and Puerto Rico, as the Census Bureau assigns them.
STATES = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC", "12": "FL",
    "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME",
    "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH",
    "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH", "40": "OK", "41": "OR", "42": "PA", "44": "RI",
    "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI",
    "56": "WY",
}  # fmt: skip
