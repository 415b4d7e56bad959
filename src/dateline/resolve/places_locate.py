"""One phrase to one place, without a report: "near Sloviansk town" (Ukraine), "Mbo village, 25 km from Alindao".

The names in the phrase are read part by part; the part that names the event's place comes first, and what it is told to lie in,
near or on the way to says where it is when the gazetteer lacks it. Precision and radius say how far that goes.
"""

from __future__ import annotations

import re
from typing import Literal

from dateline.annotate.places_phrases import KM_PER_MILE
from dateline.annotate.places_words import place_words
from dateline.annotate.reading import tokenize
from dateline.resolve.countries import iso3_of
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind, place_of, plain_score
from dateline.resolve.gazetteer_names import fold
from dateline.resolve.places_choose import holds
from dateline.resolve.places_frame import changed
from dateline.resolve.places_geometry import middle, moved, rough_km
from dateline.resolve.places_relations import precision_of
from dateline.types import Place, Relation

PARTS = re.compile(
    r"[,;:()/\[\]\n]|\s[-–—]\s"
    r"|\b(?:and|or|in|near|of|from|between|around|outside|on the road to|at|on|along|toward|towards|to|by|y|et|en|dans)\b"
)
DISTANCE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s?-?(km|kms|kilometers?|kilometres?|miles?|mi)\b")
DIRECTION = re.compile(
    r"\b(north|south|east|west|northern|southern|eastern|western|north-?east|north-?west|south-?east|south-?west)(?:ern)?\b"
)
ROADS = re.compile(r"\b(road|axis|axe|highway|route)\b")
BETWEEN = re.compile(r"\bbetween\b")
AREA_OF = re.compile(r"^\s*(?:the )?area of |\b(?:regions?|sub-?prefectures?|sector|territory)\b")
NEARNESS = re.compile(r"\b(near|around|outside|close to|vicinity|outskirts|area of|edge of|surroundings)\b|\(near\)")

Resolved = list[tuple[str, frozenset[Kind], Candidate | None]]


def locate(phrase: str, country: str | None, gazetteer: Gazetteer) -> Place | None:
    """The place a phrase tells of, with honest precision and radius; None when neither phrase nor country can be placed.

    `country`: name, alpha-2 or alpha-3 code. A name that the gazetteer lacks is placed by the other names of the phrase, else by
    the country, and marked `unlisted`.
    """
    iso3 = country_code(country)
    parts = names_of(phrase) or [(phrase.strip().title(), frozenset())]
    resolved = [(text, kinds, pick(text, kinds, iso3, gazetteer)) for text, kinds in parts]
    known = [(n, c) for n, (_, _, c) in enumerate(resolved) if c is not None]
    if not known:
        return country_only(phrase, iso3, gazetteer)
    known = agreeing(known, resolved, iso3, gazetteer)
    if not known:
        return country_only(phrase, iso3, gazetteer)
    first_n, first = known[0]
    finer = [(n, c) for n, c in known if c.kind not in (Kind.COUNTRY, Kind.ADM1, Kind.REGION)]
    head_unknown = first_n > 0 or (first.kind in (Kind.ADM1, Kind.COUNTRY) and len(known) > 1 and not finer)
    if finer:
        first_n, first = finer[0]
    lead_missing = any(c is None for _, _, c in resolved[:first_n])
    place = changed(place_of(first, gazetteer, plain_score(first)), name=resolved[first_n][0])
    between = between_towns(phrase, [c for _, c in known if c.kind is Kind.TOWN], resolved, gazetteer)
    if between is not None:
        return between
    if first.kind is Kind.TOWN:
        place = changed(place, radius_km=max(6.0, place.radius_km * 1.3))
    if first.kind is Kind.TOWN and AREA_OF.search(phrase):
        place = changed(place, radius_km=max(40.0, place.radius_km), precision="district")
    place = told_distance(phrase, place, lead_missing)
    inside = any(holds(c, first) for n, c in known if n != first_n and c.kind is not Kind.COUNTRY)
    doubt = 0.0 if inside else doubtful(first, resolved[first_n][1], iso3, resolved[first_n][0], gazetteer)
    if doubt > place.radius_km:
        place = changed(place, radius_km=round(doubt, 1), precision=precision_of(doubt))
    if lead_missing or (head_unknown and not finer):
        place = beside(place, resolved[0][0], first)
    elif NEARNESS.search(phrase.lower()) and not place.relations and place.precision in ("town", "site", "neighbourhood"):
        place = changed(place, radius_km=max(8.0, place.radius_km * 1.6), relations=(Relation("near", place.name),))
    return place


def between_towns(phrase: str, towns: list[Candidate], resolved: Resolved, gazetteer: Gazetteer) -> Place | None:
    """ "between A and B", "the A-B axis": the middle of the two, within a circle that holds both."""
    if len(towns) < 2 or not (BETWEEN.search(phrase.lower()) or ROADS.search(phrase.lower())):
        return None
    a, b = towns[-2:]
    point, half = middle((a.lat, a.lon), (b.lat, b.lon))
    if half > 200 or (resolved[0][2] is a and len(towns) > 2):
        return None
    radius = round(half + 10, 1)
    kind: Literal["between", "road"] = "between" if BETWEEN.search(phrase.lower()) else "road"
    place = place_of(a, gazetteer, 0.4)
    name = resolved[0][0] if resolved[0][2] is None else f"between {a.name} and {b.name}"
    return changed(
        place, name=name, lat=point[0], lon=point[1], radius_km=radius, precision=precision_of(radius), geonameid=None,
        relations=(Relation(kind, f"{a.name}|{b.name}"),), unlisted=resolved[0][2] is None,
    )  # fmt: skip


def country_code(country: str | None) -> str | None:
    """Alpha-3 of a country as data sets write it: "DR Congo (Zaire)", "Yemen (North Yemen)"."""
    if not country:
        return None
    return iso3_of(country) or iso3_of(country.split("(")[0].strip())


def names_of(phrase: str) -> list[tuple[str, frozenset[Kind]]]:
    """Capitalised names of the phrase in their order, with the kinds told beside them."""
    words = place_words()
    found: list[tuple[str, frozenset[Kind]]] = []
    for piece in PARTS.split(phrase):
        tokens = tokenize(piece).words
        kinds: frozenset[Kind] = frozenset()
        name: list[str] = []
        for token in tokens:
            low = token.lower().strip(".")
            if low in words.kinds or low in {"obl", "oblt", "prov", "gov", "dist", "axis", "axe", "road", "airport"}:
                kinds |= words.kinds.get(low, frozenset({Kind.ADM1}) if low in {"obl", "oblt", "prov", "gov"} else frozenset())
                if low in {"airport", "airbase", "camp", "port", "mount", "island"} and name:
                    name.append(token)
            elif (
                token.count("-") == 1
                and all(p[:1].isupper() and len(p) > 3 for p in token.split("-"))
                and ROADS.search(piece.lower())
            ):
                found.extend((part, frozenset[Kind]()) for part in token.split("-"))
            elif (
                token[0].isupper()
                or (token[:3].lower() in {"al-", "el-", "an-", "as-", "ad-", "ar-"})
                or (name and low in {"al", "el", "de", "du", "e", "i"})
            ):
                if low not in words.ordinary and low not in words.directions and low not in {"mr", "gen", "pk"}:
                    name.append(token)
            elif name and not token[0].isalnum():
                name.append(token) if token in {"'", "’", "-"} else None
            elif name:
                break
        while name and name[-1].lower() in {"al", "el", "de", "du", "-", "'", "’"}:
            name.pop()
        text = " ".join(name).replace("- ", "-").replace("al- ", "al-")
        if text and not text.isdigit():
            found.append((text, kinds))
    return found


def pick(text: str, kinds: frozenset[Kind], iso3: str | None, gazetteer: Gazetteer) -> Candidate | None:
    """The best candidate of one name: in the country, of the told kind; near spellings where the country has few of them."""
    found = [c for c in gazetteer.find(text) if iso3 is None or c.country == iso3 or iso3 in c.countries]
    if not found and " " in text and iso3:
        words = text.split()
        for cut in (words[:-1], words[1:]):
            found = [c for c in gazetteer.find(" ".join(cut)) if c.country == iso3 and c.match >= 0.9]
            if found:
                break
    if not found and iso3:
        found = (
            gazetteer.near_spellings(text, iso3, limit=4, cutoff=86.0 if gazetteer.count_of(iso3) < 3000 else 88.0)
            if len(fold(text)) >= 6
            else []
        )
    return max(found, key=lambda c: fit(c, kinds, gazetteer)) if found else None


def fit(candidate: Candidate, kinds: frozenset[Kind], gazetteer: Gazetteer) -> float:
    score = plain_score(candidate) + 0.3 * gazetteer.conflict_prior(candidate)
    if Kind.ADM1 in kinds and candidate.kind is Kind.ADM2:
        score += 0.2
    return score + (0.3 if candidate.kind in kinds else 0.0) + (0.2 if candidate.kind is Kind.TOWN and not kinds else 0.0)


def doubtful(candidate: Candidate, kinds: frozenset[Kind], iso3: str | None, name: str, gazetteer: Gazetteer) -> float:
    """How far off (km) the place may be because the name is met by others as good, or only nearly: 0 when it is sure."""
    if candidate.kind not in (Kind.TOWN, Kind.ADM2, Kind.SITE, Kind.QUARTER) or candidate.added:
        return 0.0
    mine = fit(candidate, kinds, gazetteer)
    rivals = [
        c
        for c in gazetteer.find(name)
        if (iso3 is None or c.country == iso3) and c.kind is Kind.TOWN and fit(c, kinds, gazetteer) > mine - 0.12
    ]
    far = max((rough_km(candidate.lat, candidate.lon, c.lat, c.lon) for c in rivals), default=0.0)
    return max(far if far > 20 else 0.0, 30.0 if candidate.match < 0.8 else 0.0)


def agreeing(
    known: list[tuple[int, Candidate]], resolved: Resolved, iso3: str | None, gazetteer: Gazetteer
) -> list[tuple[int, Candidate]]:
    """Take for each name the candidate that lies in an area named beside it, where there is one."""
    areas = [c for _, c in known if c.kind in (Kind.ADM1, Kind.ADM2, Kind.REGION)]
    if not areas:
        return known
    settled = []
    for n, candidate in known:
        others = [c for c in gazetteer.find(resolved[n][0]) if iso3 is None or c.country == iso3]
        inside = [c for c in others if c.match >= 0.85 and any(holds(area, c) for area in areas if area.index != c.index)]
        if candidate in areas or any(holds(area, candidate) for area in areas):
            settled.append((n, candidate))
        elif inside:
            settled.append((n, max(inside, key=plain_score)))
        elif candidate.kind is Kind.COUNTRY or candidate.kind is Kind.REGION:
            settled.append((n, candidate))
        else:  # another place of that name: the one meant is not listed
            resolved[n] = (*resolved[n][:2], None)
    return settled


def told_distance(phrase: str, place: Place, lead_missing: bool) -> Place:
    """ "25 kilometers from Alindao": where the place itself is unknown, a distance from the known one bounds it."""
    match = DISTANCE.search(phrase)
    if not match or not lead_missing:
        return place
    km = float(match.group(1).replace(",", ".")) * (KM_PER_MILE if match.group(2).startswith("mi") else 1.0)
    if not 0 < km < 400:
        return place
    direction = DIRECTION.search(phrase[match.end() :].lower())
    code = place_words().directions.get(direction.group(1)) if direction else None
    relation = Relation("offset", place.name, round(km, 1), code)
    if code and place.lat is not None and place.lon is not None:
        lat, lon = moved(place.lat, place.lon, km, code)
        radius = max(5.0, 0.5 * km + 4)
        return changed(place, lat=lat, lon=lon, radius_km=round(radius, 1), precision=precision_of(radius), relations=(relation,))
    radius = 1.3 * km + 8
    return changed(place, radius_km=round(radius, 1), precision=precision_of(radius), relations=(relation,))


def beside(place: Place, name: str, anchor: Candidate) -> Place:
    """An unknown place told by a known one: the known one's point, a wider radius, no finer precision than that allows."""
    if place.relations:
        return changed(place, name=name, unlisted=True, geonameid=None)
    if anchor.kind in (Kind.TOWN, Kind.SITE, Kind.QUARTER):
        radius = max(40.0, place.radius_km * 3)
        return changed(place, name=name, radius_km=radius, precision="district", unlisted=True, geonameid=None)
    return changed(place, name=name, unlisted=True, geonameid=None)


def country_only(phrase: str, iso3: str | None, gazetteer: Gazetteer) -> Place | None:
    country = gazetteer.country_place(iso3) if iso3 else None
    if country is None:
        return None
    name = " ".join(phrase.split())[:80]
    return changed(place_of(country, gazetteer), name=name, unlisted=fold(name) != fold(country.name))
