"""The gazetteer: names to places of the world, offline.

`load_gazetteer()` maps a file of 294,000 places (towns of 500 people and more, admin areas, countries, airports) and adds two
small tables written by hand (regions, seas and sites) and whatever the user added. `Gazetteer.lookup` is the one question asked.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from dateline.errors import ModelError
from dateline.knowledge import table
from dateline.resolve.countries import countries, iso3_of
from dateline.resolve.gazetteer_file import Table, unpacked_path
from dateline.resolve.gazetteer_names import VERSION, fold, key_of, skeleton
from dateline.resolve.gazetteer_records import Candidate, Kind, name_match, plain_score, replaced, town_radius
from dateline.types import Place

__all__ = ["ATTRIBUTION", "Candidate", "Gazetteer", "Kind", "load_gazetteer", "place_of", "plain_score", "replaced"]

NONE = 0xFFFFFFFF
ATTRIBUTION = "Place data: GeoNames (geonames.org, CC BY 4.0); Natural Earth (public domain)."


class Gazetteer:
    """Names and places. Immutable but for its caches; safe to share between threads."""

    def __init__(self, path: Path, extra: Iterable[Candidate] = ()) -> None:
        table_ = Table(path)
        if table_.meta.get("names") != VERSION:
            raise ModelError(
                "the gazetteer was built by other name rules", where=str(path), remedy="run train/gazetteer/build.py"
            )
        self.meta = table_.meta
        self.table = table_
        self.codes = bytes(table_.text("country_codes")).decode().split()
        self.country_starts = table_.numbers("country_starts")
        self.lat, self.lon = table_.numbers("lat"), table_.numbers("lon")
        self.population, self.geonameids = table_.numbers("population"), table_.numbers("geonameid")
        self.kind, self.country = table_.text("kind"), table_.text("country")
        self.adm1, self.adm2 = table_.numbers("adm1"), table_.numbers("adm2")
        self.radius, self.north, self.east = table_.numbers("radius"), table_.numbers("north"), table_.numbers("east")
        self.display, self.display_at = table_.text("display"), table_.numbers("display_at")
        self.names, self.names_at = table_.text("names"), table_.numbers("names_at")
        self.owner, self.primary = table_.numbers("owner"), table_.text("primary")
        self.keys, self.posting_at, self.postings = (
            table_.numbers("keys"),
            table_.numbers("posting_at"),
            table_.numbers("postings"),
        )
        self.added: dict[str, list[tuple[str, Candidate]]] = {}
        self.n_added = 0
        self._found: dict[str, tuple[Candidate, ...]] = {}
        self._country_names: dict[str, tuple[list[str], list[int]]] = {}
        for names, candidate in shipped_extra():
            self._add(names, candidate)
        for candidate in extra:
            self._add((candidate.name,), candidate)

    # ---- adding ----

    def add(self, candidate: Candidate, names: Iterable[str]) -> None:
        """Add a place under its names; it wins over shipped places where it fits as well as they do."""
        self._add(tuple(names) or (candidate.name,), replaced(candidate, index=-1_000_000 - self.n_added, added=True))
        self._found.clear()

    def _add(self, names: Iterable[str], candidate: Candidate) -> None:
        self.n_added += 1
        for n, name in enumerate(names):
            folded = fold(name)
            if folded:
                entry = candidate if n == 0 else replaced(candidate, primary=False)
                self.added.setdefault(skeleton(folded), []).append((folded, entry))

    # ---- asking ----

    def find(self, name: str) -> tuple[Candidate, ...]:
        """Places that bear this name or a spelling variant of it, best first; at most 60."""
        folded = fold(name)
        found = self._found.get(folded)
        if found is None:
            if len(self._found) > 20000:
                self._found.clear()
            found = self._found[folded] = tuple(self._bucket(folded))
        return found

    def knows(self, name: str) -> bool:
        """True when `find` has an answer."""
        return bool(self.find(name))

    def lookup(self, name: str, country: str | None = None) -> list[Candidate]:
        """Candidates for a name, best first, with `score` (0..1). Falls back to near spellings within `country`.

        `country` is a name, alpha-2 or alpha-3 code. Without it no near spellings are sought: a typo would match the world.
        """
        iso3 = iso3_of(country) if country else None
        found = [c for c in self.find(name) if iso3 is None or c.country == iso3 or iso3 in c.countries]
        if not found and iso3:
            found = self.near_spellings(name, iso3)
        return sorted((replaced(c, score=round(plain_score(c), 3)) for c in found), key=lambda c: -c.score)

    def near_spellings(self, name: str, iso3: str, limit: int = 5, cutoff: float = 82.0) -> list[Candidate]:
        """Places of a country whose names are spelled nearly like `name`. `match` is at most .85."""
        folded = fold(name)
        if len(folded) < 4 or iso3 not in self.codes:
            return []
        forms, owners = self._forms_of(iso3)
        wanted_form = skeleton(folded)
        hits = process.extract(wanted_form, forms, scorer=fuzz.ratio, limit=limit * 3, score_cutoff=cutoff)
        best: dict[int, float] = {}
        for form, ratio, n in hits:
            if form[:1] == wanted_form[:1] or ratio > 90:
                best[owners[n]] = max(best.get(owners[n], 0.0), ratio)
        ranked = sorted(best, key=lambda i: (-best[i], -self.population[i]))[:limit]
        return [self.place(i, match=round(0.85 * best[i] / 100, 3), primary=False) for i in ranked]

    def place(self, index: int, *, match: float = 1.0, primary: bool = True) -> Candidate:
        """The place of row `index`."""
        adm1, adm2 = self.adm1[index], self.adm2[index]
        kind = Kind(self.kind[index])
        population = self.population[index]
        radius = town_radius(population) if kind is Kind.TOWN else self.radius[index] / 10
        return Candidate(
            index,
            self.name_of(index),
            kind,
            self.codes[self.country[index]],
            round(self.lat[index], 5),
            round(self.lon[index], 5),
            population,
            self.geonameids[index] or None,
            None if adm1 == NONE else adm1,
            None if adm2 == NONE else adm2,
            radius,
            self.north[index],
            self.east[index],
            primary,
            match,
        )

    def name_of(self, index: int) -> str:
        return bytes(self.display[self.display_at[index] : self.display_at[index + 1]]).decode()

    def count_of(self, iso3: str) -> int:
        """Number of places of a country."""
        number = self.codes.index(iso3) if iso3 in self.codes else -1
        return int(self.country_starts[number + 1] - self.country_starts[number]) if number >= 0 else 0

    def country_place(self, iso3: str) -> Candidate | None:
        """The country itself; None for codes without a shape."""
        if iso3 not in self.codes:
            return None
        index = self.country_starts[self.codes.index(iso3)]
        return self.place(index) if self.kind[index] == Kind.COUNTRY else None

    def capital(self, iso3: str) -> Candidate | None:
        """The capital's town."""
        name = countries()[iso3].capital if iso3 in countries() else ""
        return next((c for c in self.find(name) if c.country == iso3 and c.kind is Kind.TOWN), None) if name else None

    def nearest_town(self, lat: float, lon: float, iso3: str) -> Candidate | None:
        """The town of a country nearest to a point: for the admin areas of places that come without them."""
        if iso3 not in self.codes:
            return None
        number = self.codes.index(iso3)
        first, last = self.country_starts[number], self.country_starts[number + 1]
        scale = math.cos(math.radians(lat)) ** 2
        best, at = 1e9, -1
        for index in range(first, last):
            dy = self.lat[index] - lat
            if -0.6 < dy < 0.6 and self.kind[index] == Kind.TOWN:
                dx = self.lon[index] - lon
                away = dy * dy + dx * dx * scale
                if away < best:
                    best, at = away, index
        return self.place(at) if at >= 0 else None

    def conflict_prior(self, candidate: Candidate) -> float:
        """0..1: how much armed conflict the candidate's province has seen (`knowledge/places_conflict.tsv`)."""
        index = candidate.index if candidate.kind is Kind.ADM1 else candidate.adm1
        return conflict_areas(self).get(index, 0.0) if index is not None else 0.0

    def border(self, a: str, b: str) -> list[tuple[float, float]]:
        """Points (lat, lon) about 20 km apart along the land border of two countries; empty when they share none."""
        return borders_of(self).get("-".join(sorted((a, b))), [])

    def __len__(self) -> int:
        return int(self.meta["places"]) + self.n_added

    def _bucket(self, folded: str) -> Iterator[Candidate]:
        if not folded:
            return
        form = skeleton(folded)
        extras = [
            replaced(candidate, match=name_match(folded, known, form), score=float(-n))
            for n, (known, candidate) in enumerate(self.added.get(form, ()))
        ]
        key = key_of(form)
        at = bisect_left(self.keys, key)
        met: dict[int, tuple[float, int]] = {}
        if at < len(self.keys) and self.keys[at] == key:
            for posting in self.postings[self.posting_at[at] : min(self.posting_at[at + 1], self.posting_at[at] + 160)]:
                known = bytes(self.names[self.names_at[posting] : self.names_at[posting + 1]]).decode()
                match = name_match(folded, known, form)
                index = self.owner[posting]
                if match and (index not in met or match > met[index][0]):
                    met[index] = (match, posting)
        yield from sorted((c for c in extras if c.match), key=lambda c: -c.match)
        best = max((match for match, _ in met.values()), default=0.0)
        fit = [(index, match, posting) for index, (match, posting) in met.items() if match >= best - 0.2][:60]
        found = [self.place(index, match=match, primary=bool(self.primary[posting])) for index, match, posting in fit]
        yield from sorted(found, key=lambda c: -plain_score(c))

    def _forms_of(self, iso3: str) -> tuple[list[str], list[int]]:
        held = self._country_names.get(iso3)
        if held is None:
            number = self.codes.index(iso3)
            first = bisect_left(self.owner, self.country_starts[number])
            last = bisect_right(self.owner, self.country_starts[number + 1] - 1)
            forms, owners = [], []
            for n in range(first, last):
                known = bytes(self.names[self.names_at[n] : self.names_at[n + 1]]).decode()
                if known.isascii():
                    forms.append(skeleton.__wrapped__(known))
                    owners.append(self.owner[n])
            held = self._country_names[iso3] = (forms, owners)
        return held


@cache
def borders_of(gazetteer: Gazetteer) -> dict[str, list[tuple[float, float]]]:
    lines: dict[str, list[tuple[float, float]]] = json.loads(bytes(gazetteer.table.text("borders")))
    return lines


@cache
def conflict_areas(gazetteer: Gazetteer) -> dict[int, float]:
    """Row of a first-level area to its weight. Names that the gazetteer lacks are left out: they are checked by a test."""
    found: dict[int, float] = {}
    for row in table("places_conflict"):
        for candidate in gazetteer.find(row["admin1"]):
            if candidate.kind is Kind.ADM1 and candidate.country == row["country"] and candidate.match > 0.85:
                found[candidate.index] = float(row["weight"])
                break
    return found


# ---- hand-written tables ---------------------------------------------------------------------------------------------


@cache
def shipped_extra() -> tuple[tuple[tuple[str, ...], Candidate], ...]:
    """Regions, seas and sites of `knowledge/places_regions.tsv` and `places_sites.tsv` with their names."""
    found = []
    for number, row in enumerate((*table("places_regions"), *table("places_sites")), 1):
        lands = tuple(row.many("countries"))
        candidate = Candidate(
            -number,
            row["name"],
            Kind[row["kind"].upper()],
            lands[0] if len(lands) == 1 else None,
            float(row["lat"]),
            float(row["lon"]),
            radius=float(row["radius_km"]),
            north=float(row["radius_km"]) * 0.8,
            east=float(row["radius_km"]) * 0.8,
            countries=lands,
            population=int(row["weight"] or 0),
        )
        found.append(((row["name"], *row.many("names")), candidate))
    return tuple(found)


def place_of(candidate: Candidate, gazetteer: Gazetteer, score: float | None = None) -> Place:
    """The candidate as a record, with the names of its admin areas."""
    if candidate.adm1 is None and candidate.adm1_name is None and candidate.country and candidate.radius < 60:
        candidate = with_areas(candidate, gazetteer)
    return Place(
        candidate.name,
        candidate.country,
        candidate.lat,
        candidate.lon,
        candidate.precision,
        candidate.radius,
        candidate.geonameid,
        candidate.adm1_name or area_name(candidate, gazetteer, 1),
        area_name(candidate, gazetteer, 2),
        score=None if score is None else round(score, 3),
    )


@lru_cache(maxsize=2048)
def with_areas(candidate: Candidate, gazetteer: Gazetteer) -> Candidate:
    """A site, quarter or added place with the admin areas of the town nearest to it."""
    town = gazetteer.nearest_town(candidate.lat, candidate.lon, candidate.country or "") if candidate.kind > Kind.ADM2 else None
    return replaced(candidate, adm1=town.adm1, adm2=town.adm2 if candidate.radius < 20 else None) if town else candidate


def area_name(candidate: Candidate, gazetteer: Gazetteer, level: int) -> str | None:
    if candidate.kind == (Kind.ADM1 if level == 1 else Kind.ADM2):
        return candidate.name
    index = candidate.adm1 if level == 1 else candidate.adm2
    return gazetteer.name_of(index) if index is not None else None


_LOADED: dict[tuple[Path, ...], Gazetteer] = {}


def load_gazetteer(*extra: Path) -> Gazetteer:
    """The shipped gazetteer, and the places of the files `extra` (see `gazetteer_add`) on top; loaded once per process.

    The first use unpacks the shipped file into the user's cache folder (about a second); later loads take milliseconds.
    Raises ModelError when the shipped file is missing or damaged, InputError when one of `extra` cannot be read.
    """
    if extra not in _LOADED:
        from dateline.resolve.gazetteer_add import read_places  # only when asked for

        gazetteer = Gazetteer(unpacked_path())
        for path in extra:
            for names, candidate in read_places(path).places:
                gazetteer.add(candidate, names)
        _LOADED[extra] = gazetteer
    return _LOADED[extra]
