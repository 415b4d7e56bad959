"""The files of an export: data, what was left out, claims, manifest.

`FILE.csv` gets `FILE.excluded.csv` and `FILE.manifest.json` beside it; a folder gets `acled.csv`, `excluded.csv`, `claims.csv`,
`manifest.json` and a `README.md`; standard output gets the rows alone.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import TracebackType

import msgspec

from dateline.cli.terminal import output as stream_to
from dateline.cli.terminal import say
from dateline.errors import SettingsError
from dateline.export.bundle import PROFILES, Export, Filters, Options, Profile, Unit, readme
from dateline.export.cells import CsvSink
from dateline.export.formats import Format, format_named
from dateline.export.manifest import EXCLUDED
from dateline.export.public import Level
from dateline.export.reviews import reviewed
from dateline.export.safe import one_line
from dateline.export.tables import type_table
from dateline.ingest.dates import read_day
from dateline.resolve.countries import iso3_of
from dateline.store import open_project


@dataclass(frozen=True, slots=True)
class Target:
    """The files of an export: data, and what stands beside it. All None: standard output."""

    data: Path | None = None
    excluded: Path | None = None
    manifest: Path | None = None
    claims: Path | None = None
    readme: Path | None = None


def target_of(output: str | None, format: Format) -> Target:
    """Where an export goes: a folder (one that is there, or a name that ends in a slash), a file, or standard output."""
    if output is None or output == "-":
        return Target()
    path = Path(output)
    if output.endswith(("/", "\\")) or path.is_dir():
        claims = path / "claims.csv" if format.name not in ("claims", "xlsx", "html") else None
        data = path / f"{format.stem}.{format.ending}"
        return Target(data, path / "excluded.csv", path / "manifest.json", claims, path / "README.md")
    stem = path.name.removesuffix(path.suffix)
    return Target(path, path.with_name(f"{stem}.excluded.csv"), path.with_name(f"{stem}.manifest.json"))


class open_export:
    """An export into its files: a context manager that gives an `Export`. A file takes its name only when it is whole."""

    def __init__(self, options: Options, output: str | None = None) -> None:
        self.options, self._output = options, output
        self.target = target_of(output, options.format)
        self._stack = ExitStack()

    def __enter__(self) -> Export:
        if self.target.readme:
            self.target.readme.parent.mkdir(parents=True, exist_ok=True)
        try:
            stream = self._stack.enter_context(stream_to(str(self.target.data) if self.target.data else None))
            claims = self._stack.enter_context(stream_to(str(self.target.claims))) if self.target.claims else None
            self.export = Export(self.options, stream, claims=claims)
        except BaseException as error:
            self._stack.__exit__(type(error), error, error.__traceback__)
            raise
        return self.export

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is not None:
            self._stack.__exit__(kind, error, trace)
            return
        files = [path.name for path in (self.target.data, self.target.excluded, self.target.claims) if path]
        self.export.close(files)
        self._stack.close()
        self._beside(files)

    def _beside(self, files: list[str]) -> None:
        told = self.export.manifest(files)
        if self.target.excluded:
            with stream_to(str(self.target.excluded)) as stream:
                sink = CsvSink(stream, EXCLUDED)
                for row in self.export.excluded:
                    sink.add(row)
                sink.close()
        if self.target.manifest:
            with stream_to(str(self.target.manifest)) as stream:
                stream.write(msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")
        if self.target.readme:
            with stream_to(str(self.target.readme)) as stream:
                stream.write(readme(told).encode("utf-8"))


def options_of(
    format: str,
    profile: str,
    *,
    where: str = "--as",
    since: str | None = None,
    until: str | None = None,
    countries: Sequence[str] | None = None,
    types: Sequence[str] | None = None,
    reviewed: bool = False,
    background: bool | None = None,
    hxl: bool = False,
    per: str = "event",
    project: str | None = None,
    embargo: str | None = None,
    coarsen: str | None = None,
) -> Options:
    """What the user asks for. Raises SettingsError for what is none: a format, profile, day, country or type."""
    known: dict[str, Profile] = {name: name for name in PROFILES}
    if profile not in known:
        raise SettingsError(f"unknown profile {profile!r}", where="--profile", remedy=f"one of {', '.join(PROFILES)}")
    filters = Filters(
        day_of(since, "--since"),
        day_of(until, "--until"),
        tuple(country_of(name) for name in countries or ()),
        tuple(type_of(name) for name in types or ()),
        reviewed,
        background,
        embargo_of(embargo),
    )
    chosen = format_named(format, where)
    chosen.check(hxl=hxl)
    units: dict[str, Unit] = {"event": "event", "incident": "incident"}
    if per not in units:
        raise SettingsError(f"unknown unit {per!r}", where="--per", remedy="event or incident")
    if per == "incident" and chosen.rows is None:
        raise SettingsError(f"{chosen.name} shows reports, not incidents", where="--per", remedy="choose another format")
    level = level_of(coarsen, profile)
    if chosen.rows is None and (embargo or level):
        remedy = "choose another format, such as csv"
        raise SettingsError(f"{chosen.name} shows whole reports: nothing in them can be held back", where="--as", remedy=remedy)
    return Options(chosen, known[profile], filters, hxl, units[per], project, level)


def level_of(told: str | None, profile: str) -> Level | None:
    """The level at which all places are told; None: as the profile has it."""
    levels: dict[str, Level] = {"district": "district", "province": "province"}
    if told is None:
        return None
    if told not in levels:
        raise SettingsError(f"unknown level {told!r}", where="--coarsen", remedy="district or province")
    if profile != "public":
        raise SettingsError("the internal profile tells everything as it is", where="--coarsen", remedy="use --profile public")
    return levels[told]


def day_of(told: str | None, option: str) -> str | None:
    if told is None:
        return None
    day = read_day(told)[0]
    if day is None:
        raise SettingsError(f"{told!r} is not a day", where=option, remedy="write it as 2020-02-01")
    return day.isoformat()


def embargo_of(told: str | None) -> str | None:
    """The first day that is held back: a day, or `14d` for the last 14 days before today."""
    if told and (days := re.fullmatch(r"([0-9]{1,4})d", told.strip())):
        return (date.today() - timedelta(days=int(days[1]))).isoformat()
    return day_of(told, "--embargo")


def country_of(told: str) -> str:
    iso3 = iso3_of(told)
    if iso3 is None:
        raise SettingsError(f"unknown country {told!r}", where="--country", remedy="write its ISO code, such as SYR, or its name")
    return iso3


def type_of(told: str) -> str:
    known = {name.lower(): name for pair in type_table() for name in pair}
    if told.lower() not in known:
        near = difflib.get_close_matches(told.lower(), known, 1)
        remedy = f"did you mean {known[near[0]]!r}?" if near else "see docs/exports.md for the types"
        raise SettingsError(f"unknown type {told!r}", where="--type", remedy=remedy)
    return known[told.lower()]


def export_project(project: str, options: Options, output: str | None, *, quiet: bool = False) -> None:
    """Export every current coding of a project file."""
    with open_project(project, create=False) as store:
        decided = reviewed(store)
        with open_export(options, output) as export:
            if options.per == "incident":
                export.add_incidents(store.load_codings(), decided)
            else:
                for coding in store.load_codings():
                    export.add(coding, decided)
    if not quiet:
        say(summary(export, output))


def summary(export: Export, output: str | None) -> str:
    """One line on what was done."""
    told = [f"{export.rows:,} rows", f"{len(export.excluded):,} left out"]
    if export.options.profile == "public":
        told.append(f"{export.withheld.get('private_persons', 0):,} private persons as roles")
        level = f"by {export.options.coarsen}" if export.options.coarsen else "by district or province"
        told.append(f"{export.withheld.get('places_coarsened', 0):,} events told {level}")
    name = one_line(output) if output and output != "-" else export.options.format.name
    return f"{name} ({export.options.profile}): {', '.join(told)}"
