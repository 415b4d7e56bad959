"""Adding places of one's own: GeoNames country dumps, OCHA P-code tables, and CSV with name, lat, lon, country.

`read_places` reads any of the three and says which rows it could not use and why. `lookup_lines` is the answer of
`dateline gazetteer lookup`.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.errors import InputError
from dateline.resolve.countries import iso3_of
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind, area_name, with_areas
from dateline.types import Fault

GEONAMES_COLUMNS = 19
MOST_BYTES = 2_000_000_000
FEATURE_KINDS = {"PCLI": Kind.COUNTRY, "ADM1": Kind.ADM1, "ADM2": Kind.ADM2, "PPLX": Kind.QUARTER}
CLASS_KINDS = {
    "P": Kind.TOWN,
    "S": Kind.SITE,
    "A": Kind.ADM2,
    "H": Kind.WATER,
    "T": Kind.REGION,
    "L": Kind.REGION,
    "R": Kind.SITE,
    "V": Kind.REGION,
}
KIND_NAMES = {kind.name.lower(): kind for kind in Kind} | {
    "city": Kind.TOWN,
    "village": Kind.TOWN,
    "neighbourhood": Kind.QUARTER,
    "neighborhood": Kind.QUARTER,
    "province": Kind.ADM1,
    "district": Kind.ADM2,
    "camp": Kind.SITE,
}
RADII = {
    Kind.SITE: 2.0,
    Kind.QUARTER: 2.0,
    Kind.TOWN: 4.0,
    Kind.ADM2: 25.0,
    Kind.ADM1: 80.0,
    Kind.REGION: 50.0,
    Kind.WATER: 30.0,
    Kind.COUNTRY: 400.0,
}


@dataclass(slots=True)
class Added:
    """Places read from a file, each with its names (the first is the main one), and the rows that were skipped."""

    form: str = ""  # geonames, pcodes or csv
    places: list[tuple[tuple[str, ...], Candidate]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_places(path: Path) -> Added:
    """Places of a file. The form is told from its first lines.

    Raises InputError when the file cannot be read or is of no known form. Bad rows are skipped and named in `faults`.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputError("larger than 2 GB", where=str(path), remedy="split the file by country")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = getattr(error, "strerror", None) or "not UTF-8"
        raise InputError(f"cannot be read: {what}", where=str(path), remedy="give a UTF-8 text file") from error
    first = next((line for line in text.split("\n") if line.strip()), "")
    if first.count("\t") >= GEONAMES_COLUMNS - 1:
        return read_geonames(text, path.name)
    delimiter = "\t" if first.count("\t") > first.count(",") else ";" if first.count(";") > first.count(",") else ","
    header = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter), [])]
    if any(name.endswith("pcode") for name in header):
        return read_table(text, path.name, delimiter, "pcodes")
    if "name" in header and {"lat", "latitude", "y"} & set(header):
        return read_table(text, path.name, delimiter, "csv")
    raise InputError(
        f"no known form: columns {', '.join(header[:8])}",
        where=str(path),
        remedy="give a GeoNames dump (19 columns), an OCHA P-code table, or CSV with name, lat, lon, country",
    )


def read_geonames(text: str, file: str) -> Added:
    added = Added("geonames")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        cells = line.rstrip("\r").split("\t")
        if len(cells) < GEONAMES_COLUMNS:
            skip(added, file, number, f"{len(cells)} columns, a GeoNames dump has {GEONAMES_COLUMNS}")
            continue
        kind = FEATURE_KINDS.get(cells[7]) or CLASS_KINDS.get(cells[6])
        if kind is None:
            skip(added, file, number, f"feature class {cells[6]!r} is unknown")
            continue
        names = (cells[1], cells[2], *cells[3].split(","))
        row = {"lat": cells[4], "lon": cells[5], "country": cells[8], "population": cells[14], "geonameid": cells[0]}
        add_row(added, file, number, names, row, kind)
    return added


def read_table(text: str, file: str, delimiter: str, form: str) -> Added:
    """P-code tables (admNName_en, admNPcode, lat, lon) and plain CSV."""
    added = Added(form)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    header: list[str] = []
    for cells in rows_of(reader, added, file):
        if not header:
            header = [cell.strip().lower() for cell in cells]
            continue
        if not any(cell.strip() for cell in cells):
            continue
        number = reader.line_num
        if len(cells) > len(header):
            skip(added, file, number, f"{len(cells)} cells, the header names {len(header)}")
            continue
        row = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if form == "pcodes":
            names, kind, shared = pcode_row(row)
        else:
            names = (row.get("name", ""), *split_names(row.get("names") or row.get("alternatenames") or row.get("aliases") or ""))
            kind = KIND_NAMES.get((row.get("kind") or row.get("type") or "town").lower(), Kind.TOWN)
            shared = row
        add_row(added, file, number, names, shared, kind)
    return added


def rows_of(reader: Iterator[list[str]], added: Added, file: str) -> Iterator[list[str]]:
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            skip(added, file, getattr(reader, "line_num", 0), f"no CSV row: {error}")


def pcode_row(row: dict[str, str]) -> tuple[tuple[str, ...], Kind, dict[str, str]]:
    """The finest level of a P-code row: its names in all languages, its kind, and coordinates under usual column names."""
    levels = [n for n in range(5) if any(k.startswith(f"adm{n}") or k.startswith(f"admin{n}") for k in row)]
    level = max(
        (n for n in levels if any(row[k] for k in row if k.startswith((f"adm{n}_pcode", f"adm{n}pcode", f"admin{n}pcode")))),
        default=0,
    )
    prefix = (f"adm{level}", f"admin{level}")
    names = tuple(
        v for k, v in row.items() if k.startswith(prefix) and "pcode" not in k and "code" not in k and v and not number_of(v)
    )
    lat = first_of(row, "lat", "latitude", "center_lat", "centroid_lat", "y", "point_y")
    lon = first_of(row, "lon", "long", "longitude", "center_lon", "centroid_lon", "x", "point_x")
    country = first_of(row, "adm0_pcode", "adm0pcode", "admin0pcode", "country") or first_of(row, "adm0_en", "admin0name_en")
    kind = {0: Kind.COUNTRY, 1: Kind.ADM1, 2: Kind.ADM2, 3: Kind.ADM2, 4: Kind.TOWN}[level]
    shared = {"lat": lat, "lon": lon, "country": country, "admin1": first_of(row, "adm1_en", "admin1name_en", "adm1name_en")}
    return names, kind, shared


def first_of(row: dict[str, str], *columns: str) -> str:
    return next((row[c] for c in columns if row.get(c)), "")


def number_of(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def split_names(cell: str) -> list[str]:
    return [part.strip() for part in cell.replace("|", ";").split(";") if part.strip()]


def add_row(added: Added, file: str, number: int, names: tuple[str, ...], row: dict[str, str], kind: Kind) -> None:
    """Check one row and add it, or say why not."""
    lat = number_of(row.get("lat") or row.get("latitude") or row.get("y") or "")
    lon = number_of(row.get("lon") or row.get("lng") or row.get("long") or row.get("longitude") or row.get("x") or "")
    told = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    if not told:
        return skip(added, file, number, "no name")
    if told[0][0] in "=+-@":
        return skip(added, file, number, f"{told[0][:40]!r} begins like a formula of a spreadsheet")
    if lat is None or lon is None:
        return skip(added, file, number, f"{told[0]}: latitude or longitude is no number")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return skip(added, file, number, f"{told[0]}: {lat}, {lon} is not on the earth (columns exchanged?)")
    country = row.get("country") or row.get("iso3") or row.get("iso2") or ""
    iso3 = iso3_of(country) if country else None
    if country and iso3 is None:
        return skip(added, file, number, f"{told[0]}: country {country!r} is unknown")
    population = number_of(row.get("population") or "") or 0
    radius = number_of(row.get("radius_km") or "") or RADII[kind]
    geonameid = number_of(row.get("geonameid") or "")
    candidate = Candidate(
        -1_000_000 - len(added.places),
        told[0],
        kind,
        iso3,
        round(lat, 5),
        round(lon, 5),
        max(0, int(population)),
        int(geonameid) if geonameid else None,
        radius=min(max(radius, 0.1), 5000.0),
        added=True,
        adm1_name=row.get("admin1") or None,
    )
    added.places.append((told, candidate))
    return None


OWN_COLUMNS = ("name", "names", "lat", "lon", "country", "kind", "population", "admin1", "radius_km", "geonameid")


def add_places(file: Path, *, into: Path) -> tuple[int, list[Fault]]:
    """Write the places of `file` into the user's own table `into` (CSV; made if absent; same name and coordinates: replaced).

    Gives the number of places written and the faults: rows that cannot be used are skipped. Raises InputError as `read_places`.
    """
    added = read_places(file)
    kept = {key_of(candidate): row for row, candidate in own_rows(into)} if into.exists() else {}
    kept.update({key_of(candidate): own_row(names, candidate) for names, candidate in added.places})
    if added.places:
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(OWN_COLUMNS)
        writer.writerows(kept.values())
        into.write_text(out.getvalue(), encoding="utf-8")
    return len(added.places), added.faults


def own_rows(into: Path) -> list[tuple[tuple[str, ...], Candidate]]:
    return [(own_row(names, candidate), candidate) for names, candidate in read_places(into).places]


def key_of(candidate: Candidate) -> tuple[str, float, float]:
    return candidate.name, candidate.lat, candidate.lon


def own_row(names: tuple[str, ...], candidate: Candidate) -> tuple[str, ...]:
    cells = (candidate.name, ";".join(names[1:]), candidate.lat, candidate.lon, candidate.country, candidate.kind.name.lower(),
             candidate.population or "", candidate.adm1_name, candidate.radius, candidate.geonameid)  # fmt: skip
    return tuple("" if cell is None else str(cell) for cell in cells)


def skip(added: Added, file: str, number: int, why: str) -> None:
    added.faults.append(Fault(f"{file}:{number}", why, "correct the row or leave it out", level="warning"))


def lookup_lines(name: str, country: str | None, gazetteer: Gazetteer, limit: int = 12) -> list[dict[str, object]]:
    """Candidates of a name for `dateline gazetteer lookup`: one dict a line, best first. Empty when nothing bears the name."""
    return [
        {
            "name": c.name,
            "kind": c.kind.name.lower(),
            "country": c.country,
            "admin1": c.adm1_name or area_name(with_areas(c, gazetteer), gazetteer, 1),
            "lat": c.lat,
            "lon": c.lon,
            "population": c.population,
            "geonameid": c.geonameid,
            "match": c.match,
            "score": c.score,
            "added": c.added,
        }
        for c in gazetteer.lookup(name, country)[:limit]
    ]
