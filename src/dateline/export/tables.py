"""The tables of `knowledge/export_*.tsv` as typed look-ups. What a crosswalk leaves empty is not coded in that data set."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.knowledge import Row, rules, table
from dateline.resolve.countries import countries
from dateline.types import Event, PartyKind, Place, Weapon, When


def word_set(name: str) -> frozenset[str]:
    """A word list of `export_words.toml`."""
    return frozenset(rules("export_words")[name].split())


@cache
def columns(format: str) -> tuple[str, ...]:
    """Columns of a format's table, in order."""
    return tuple(row["column"] for row in table("export_columns") if row["format"] == format)


@cache
def column_cells(format: str, cell: str) -> dict[str, str]:
    """A cell (`tag`, `type` or `meaning`) of each column of a format; columns without it are left out."""
    return {row["column"]: row[cell] for row in table("export_columns") if row["format"] == format and row[cell]}


@dataclass(frozen=True, slots=True)
class TypeCodes:
    """A codebook type in other data sets. `rank`: the lower of two concurrent rows stays."""

    acled: str
    acled_sub: str
    disorder: str
    rank: int
    ucdp: bool
    plover: str
    mode: str
    intensity: float | None
    cameo: str
    country_level: bool
    telling: str


@cache
def type_table() -> dict[tuple[str, str], TypeCodes]:
    return {(row["type"], row["sub_type"]): type_row(row) for row in table("export_types")}


def type_row(row: Row) -> TypeCodes:
    return TypeCodes(
        row["acled_event"],
        row["acled_sub_event"],
        row["disorder"],
        int(row["rank"]),
        row["ucdp"] == "yes",
        row["plover"],
        row["mode"],
        float(row["intensity"]) if row["intensity"] else None,
        row["cameo"],
        row["country_level"] == "yes",
        row["telling"],
    )


def type_codes(event: Event) -> TypeCodes:
    """Codes of an event's type and sub-type."""
    return type_table()[event.type, event.sub_type]


@dataclass(frozen=True, slots=True)
class KindCodes:
    """A kind of party: ACLED code at home and abroad (None: no actor there), generic name, UCDP class, PLOVER sector."""

    inter: int | None
    abroad: int | None
    generic: str
    ucdp: str
    sector: str


@cache
def kind_table() -> dict[str, KindCodes]:
    def number(cell: str) -> int | None:
        return int(cell) if cell else None

    return {
        row["kind"]: KindCodes(number(row["inter"]), number(row["abroad"]), row["generic"], row["ucdp"], row["sector"])
        for row in table("export_kinds")
    }


def kind_codes(kind: PartyKind) -> KindCodes:
    return kind_table()[kind]


@cache
def inter_words() -> dict[int, str]:
    """ACLED's words of its actor codes."""
    return {int(row["code"]): row["words"] for row in table("export_inter")}


@dataclass(frozen=True, slots=True)
class Precisions:
    """How near, in other data sets; None where one does not code it."""

    acled: int | None
    ucdp: int | None
    plover: int | None
    idmc: str


@cache
def precision_table() -> dict[tuple[str, str], Precisions]:
    def number(cell: str) -> int | None:
        return int(cell) if cell else None

    return {
        (row["what"], row["precision"]): Precisions(number(row["acled"]), number(row["ucdp"]), number(row["plover"]), row["idmc"])
        for row in table("export_precision")
    }


def place_precision(place: Place) -> Precisions:
    """Codes of a place: of its relation ("near X") where it has one and is no area, else of its precision."""
    found = precision_table()
    if place.precision in ("site", "neighbourhood", "town"):
        for relation in place.relations:
            if ("relation", relation.kind) in found:
                return found["relation", relation.kind]
    return found["place", place.precision]


def day_precision(when: When) -> Precisions:
    """Codes of a range of days: a `day` of two days is less than exact."""
    two = when.precision == "day" and when.earliest != when.latest
    return precision_table()["days", "two days" if two else when.precision]


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """A country: its name, ISO numeric, ACLED region, Gleditsch-Ward number, UCDP region; empty where there is none."""

    name: str
    iso: str = ""
    acled_region: str = ""
    gw: str = ""
    ucdp_region: str = ""


@cache
def country_table() -> dict[str, CountryCodes]:
    named = countries()
    return {
        row["iso3"]: CountryCodes(named[row["iso3"]].name, row["iso"], row["acled_region"], row["gw"], row["ucdp_region"])
        for row in table("export_countries")
    }


def country_codes(iso3: str | None) -> CountryCodes:
    """Codes of a country; empty ones for None."""
    return country_table().get(iso3 or "", CountryCodes(iso3 or ""))


@cache
def vague_table() -> dict[tuple[int, int], int]:
    """Bounds of a vague number to the figure that ACLED takes."""
    return {(int(row["low"]), int(row["high"])): int(row["acled"]) for row in table("export_vague")}


def weapon_mode(weapons: tuple[Weapon, ...]) -> str | None:
    """PLOVER's mode of an assault by its first known weapon."""
    for weapon in weapons:
        for row in table("export_weapons"):
            if row["weapon"] == weapon.kind and row["delivery"] in ("", weapon.delivery):
                return row["mode"]
    return None
