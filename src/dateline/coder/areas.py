"""Whether the places of two tellings may be one."""

from __future__ import annotations

from dateline.coder.mention import Mention
from dateline.types import Place, Precision

NEAR_KM = 25.0


def place_of(mention: Mention) -> Place | None:
    return mention.place.record.place if mention.place is not None else None


def grain(place: Place) -> Precision:
    """What the name stands for: one that the gazetteer lacks is a town's, however wide the area that it is known to lie in."""
    return "town" if place.unlisted and place.precision in ("district", "province", "region", "country") else place.precision


def same_area(a: Place, b: Place) -> bool | None:
    """True: one place; None: one may hold the other; False: apart."""
    if a.name == b.name:
        return True
    if a.country and b.country and a.country != b.country:
        return False
    coarse = ("province", "country", "region", "district")
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return None
    far = ((a.lat - b.lat) ** 2 + ((a.lon - b.lon) * 0.8) ** 2) ** 0.5 * 111
    if a.precision in coarse or b.precision in coarse:
        return None if far <= max(a.radius_km, b.radius_km) + 15 else False
    return far <= min(NEAR_KM, max(8.0, a.radius_km + b.radius_km)) or False
