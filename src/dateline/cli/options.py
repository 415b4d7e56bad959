"""Options that several verbs share, and the settings behind them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import msgspec
import typer

from dateline.cli.terminal import Progress
from dateline.config import Own, Settings
from dateline.errors import SettingsError
from dateline.ingest import ReadOptions
from dateline.ingest.columns import read_map
from dateline.ingest.dates import read_day
from dateline.types import Fault, Report

Paths = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="PATH",
        help="Files (text, PDF, DOCX, HTML, tables, feeds, mails, archives: docs/inputs.md), folders, or - for standard input.",
        show_default=False,
    ),
]
Output = Annotated[
    str | None, typer.Option("-o", "--output", metavar="FILE", help="Write to FILE, not to standard output.", show_default=False)
]
Quiet = Annotated[
    bool, typer.Option("--quiet", "-q", envvar="DATELINE_QUIET", help="No progress and no warnings; errors are still told.")
]
PublishedOption = Annotated[
    str | None,
    typer.Option(metavar="DAY", help="Day of publication, such as 2020-02-01, for every report read.", show_default=False),
]
OutletOption = Annotated[str | None, typer.Option(metavar="NAME", help="Outlet of every report read.", show_default=False)]
MapOption = Annotated[
    str | None,
    typer.Option(
        "--map",
        metavar="FIELD=COLUMN,…",
        help="Columns of a table, or keys of JSON: text, title, published, outlet, url, doc_id.",
        show_default=False,
    ),
]
NoModel = Annotated[
    bool, typer.Option("--no-model", envvar="DATELINE_NO_MODEL", help="Code by knowledge alone, without the tagger.")
]
DocId = Annotated[
    str | None, typer.Option("--doc-id", metavar="ID", help="Id of the report (default: its own, else the file's name).")
]
ProjectOption = Annotated[
    str | None,
    typer.Option(
        "--project", metavar="PROJECT.db", envvar="DATELINE_PROJECT", help="Project file to look in.", show_default=False
    ),
]


def settings_of(context: typer.Context) -> Settings:
    found = context.find_object(Settings)
    return found if found is not None else Settings()


def reading_options(
    settings: Settings,
    *,
    published: str | None = None,
    outlet: str | None = None,
    doc_id: str | None = None,
    columns: str | None = None,
) -> ReadOptions:
    """What the user says about the reports. Raises SettingsError for a day that is none, and for an unclear `--map`."""
    if published is not None and read_day(published)[0] is None:
        raise SettingsError(f"{published!r} is not a day", where="--published", remedy="write it as 2020-02-01")
    return ReadOptions(
        published=published,
        outlet=outlet or settings.outlet,
        doc_id=doc_id,
        max_bytes=settings.max_megabytes * 1_000_000,
        max_chars=settings.max_characters,
        columns=read_map(columns) if columns else (),
    )


ActorsOption = Annotated[
    list[str] | None,
    typer.Option("--actors", metavar="FILE", help="Your table of actors, over the shipped one.", show_default=False),
]
SourcesOption = Annotated[
    list[str] | None,
    typer.Option("--sources", metavar="FILE", help="Your table of sources, over the shipped one.", show_default=False),
]
PlacesOption = Annotated[
    list[str] | None,
    typer.Option("--places", metavar="FILE", help="Your table of places, over the gazetteer.", show_default=False),
]


def with_tables(settings: Settings, *, actors: list[str] | None, sources: list[str] | None, places: list[str] | None) -> Settings:
    """The settings with the tables of the command line after those of dateline.toml. Rows of places that cannot be used are told.

    Raises InputError or KnowledgeError when a table cannot be read: before any report is.
    """
    settings = msgspec.structs.replace(
        settings,
        actors=(*settings.actors, *(actors or ())),
        sources=(*settings.sources, *(sources or ())),
        places=(*settings.places, *(places or ())),
    )
    if settings.own.files:
        check_tables(settings.own)
    return settings


def check_tables(own: Own) -> None:
    from dateline.resolve.actors import load_registry
    from dateline.resolve.gazetteer_add import read_places
    from dateline.resolve.sources_registry import load_sources

    load_registry(*map(Path, own.actors))
    load_sources(*map(Path, own.sources))
    progress = Progress()
    for path in own.places:
        for fault in read_places(Path(path)).faults:
            progress.fault(fault)
    progress.finish()


def paths_or_stdin(paths: list[str] | None) -> list[str]:
    """The paths, or standard input when something is piped in."""
    if paths:
        return paths
    if sys.stdin is None or sys.stdin.isatty():
        raise SettingsError("no report given", remedy="name files or folders, or pipe a report in: dateline code - < report.txt")
    return ["-"]


def refuse_inside(paths: list[str], output: str | None, option: str, *, folders: bool = True) -> None:
    """What is written must not be read: neither a file that is given nor, with `folders`, anything in a folder that is given."""
    if output is None or output == "-":
        return
    target = Path(output).resolve()
    for given in paths:
        path = Path(given).resolve()
        if given != "-" and (path == target or (folders and path.is_dir() and path in target.parents)):
            remedy = "choose a file outside the folder that is read" if path.is_dir() else "choose another file"
            raise SettingsError(f"{output} is among the reports that are read", where=option, remedy=remedy)


def started(items: Iterator[Report | Fault]) -> Iterator[Report | Fault]:
    """The stream with its first item already read: folders are listed before any output file is made."""
    first = next(items, None)
    return items if first is None else chain([first], items)
