"""`dateline code`: reports in, events out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import Annotated, BinaryIO, get_args

import typer

from dateline.cli.options import (
    ActorsOption,
    DocId,
    MapOption,
    NoModel,
    OutletOption,
    Output,
    Paths,
    PlacesOption,
    PublishedOption,
    Quiet,
    SourcesOption,
    paths_or_stdin,
    reading_options,
    refuse_inside,
    settings_of,
    started,
    with_tables,
)
from dateline.cli.terminal import Progress, console, output, say
from dateline.config import Format, Settings
from dateline.errors import SettingsError
from dateline.types import Coding, Fault, Report

Write = Callable[[Coding, bytes | None], None]
SUFFIXES: dict[str, Format] = {
    **{".html": "html", ".htm": "html", ".jsonl": "codebook", ".json": "codebook", ".txt": "table"},
    **{".csv": "csv", ".geojson": "geojson", ".xlsx": "xlsx", ".parquet": "parquet"},
}
WORKING: tuple[Format, ...] = (
    "table",
    "codebook",
    "jsonl",
    "html",
    "muc4",
)  # with the words of the reports; the others are exports


def run(
    context: typer.Context,
    paths: Paths = None,
    output_file: Output = None,
    format: Annotated[
        str | None,
        typer.Option(
            "--format",
            metavar="FORMAT",
            help="table, codebook, jsonl, html or muc4 (with the words of the reports), or a format of `dateline export` "
            "(default: table on a terminal, codebook in a pipe, by the ending of -o FILE).",
            show_default=False,
        ),
    ] = None,
    profile: Annotated[
        str, typer.Option("--profile", metavar="public|internal", help="Profile of a format of `dateline export`.")
    ] = "public",
    published: PublishedOption = None,
    outlet: OutletOption = None,
    doc_id: DocId = None,
    columns: MapOption = None,
    actors: ActorsOption = None,
    sources: SourcesOption = None,
    places: PlacesOption = None,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="PROJECT.db", help="Also keep reports, events and faults in this project file."),
    ] = None,
    gate: Annotated[
        bool,
        typer.Option(
            "--gate", help="Pass over reports that hardly tell an event (for archives; they stay in the output, without events)."
        ),
    ] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", "-j", metavar="N", min=1, envvar="DATELINE_JOBS", help="Processes (default: 1).")
    ] = None,
    no_model: NoModel = False,
    quiet: Quiet = False,
) -> None:
    """Code the events of reports.

    \b
    Examples:
      dateline code report.txt
      dateline code report.txt --published 2020-02-01 -o page.html
      dateline code reports/ more.jsonl --jobs 4 --into project.db > events.jsonl
      dateline code articles.xlsx --map text=Body,published=Date --into project.db
      dateline code reports/ --actors my-actors.tsv --places my-places.csv
      dateline code reports/ --format acled -o acled.csv
      cat report.txt | dateline code - --doc-id wire-17 --format codebook
    """
    settings = with_tables(settings_of(context), actors=actors, sources=sources, places=places)
    given = paths_or_stdin(paths)
    chosen = choose_format(format or settings.format, output_file)
    refuse_inside(given, output_file, "-o")
    refuse_inside(given, into, "--into", folders=False)  # a project among the reports is known as such and not read
    options = reading_options(settings, published=published, outlet=outlet, doc_id=doc_id, columns=columns)
    from dateline.ingest import read_paths

    faults = code_items(
        started(read_paths(given, options=options)),
        settings=settings,
        format=chosen,
        profile=profile,
        output_file=output_file,
        into=into,
        gate=gate,
        jobs=jobs or settings.jobs,
        quiet=quiet or settings.quiet,
        model=settings.model and not no_model,
    )
    raise typer.Exit(1 if faults else 0)


def choose_format(told: str | None, output_file: str | None) -> Format:
    """The form of the output: as told, by the ending of the output file, else by whether a person or a program reads."""
    if told is not None:
        known: dict[str, Format] = {name: name for name in get_args(Format)}
        if told not in known:
            raise SettingsError(f"unknown format {told!r}", where="--format", remedy=f"one of {', '.join(known)}")
        if told == "xlsx" and output_file in (None, "-"):
            raise SettingsError("a workbook is no text", where="--format xlsx", remedy="give a file: -o events.xlsx")
        return known[told]
    if output_file is not None and output_file != "-":
        ending = output_file[output_file.rfind(".") :].lower() if "." in output_file else ""
        return SUFFIXES.get(ending, "codebook")
    return "table" if sys.stdout.isatty() else "codebook"


def code_items(
    items: Iterator[Report | Fault],
    *,
    settings: Settings,
    format: Format,
    profile: str = "public",
    output_file: str | None = None,
    into: str | None = None,
    gate: bool = False,
    jobs: int = 1,
    quiet: bool = False,
    model: bool = True,
) -> int:
    """Code a stream, write it, keep it in a project file where one is given. Gives the number of faults."""
    from dateline.batch import Limits, code_stream
    from dateline.cli.exporting import open_export, options_of, summary
    from dateline.cli.keep import Keeper
    from dateline.export.codebook import codebook_line
    from dateline.export.jsonl import record_line
    from dateline.export.muc4 import muc4_line

    render = {"codebook": codebook_line, "jsonl": record_line, "muc4": muc4_line}.get(format)
    own = replace(settings.own, gate=gate)
    progress, passed_over = Progress(quiet=quiet), 0
    with ExitStack() as stack:
        keeper = stack.enter_context(Keeper(into, settings)) if into else None
        write = stack.enter_context(writer(format, stack.enter_context(output(output_file)))) if format in WORKING else None
        export = None if write else stack.enter_context(open_export(options_of(format, profile, where="--format"), output_file))
        stack.callback(progress.clear)
        whole = keeper is not None or render is None
        limits = Limits(settings.max_characters)
        for done in code_stream(items, jobs=jobs, render=render, keep=whole, limits=limits, own=own, model=model):
            if isinstance(done.result, Fault):
                progress.fault(done.result)
                if keeper:
                    keeper.keep_fault(done.result)
                continue
            if keeper and done.result:
                keeper.keep(done.result)  # before it is told: what was told is never lost
            if write:
                write(done.result, done.line)
            elif export and done.result:
                export.add(done.result)
            progress.done(done.events)
            passed_over += done.passed_over
    progress.finish()
    if gate and not quiet:
        say(f"the gate passed over {passed_over:,} of {progress.reports:,} reports: they tell no event, as far as their words go")
    if export and not quiet:
        say(summary(export, output_file))
    if keeper and not quiet:
        say(keeper.summary())
    return progress.faults


class writer:
    """Writes codings in one format; a context manager, since a page has an end."""

    def __init__(self, format: Format, stream: BinaryIO) -> None:
        self.format, self.stream = format, stream
        self._page: Iterator[None] | None = None

    def __enter__(self) -> Callable[[Coding | None, bytes | None], None]:
        if self.format == "table":
            from dateline.export.table import print_coding

            screen = console(self.stream)
            return lambda coding, line: print_coding(coding, screen) if coding else None
        if self.format == "html":
            from dateline.export.html import Page

            self.page = Page(partial(self.stream.write))
            return lambda coding, line: self.page.add(coding) if coding else None
        return self._line

    def _line(self, coding: Coding | None, line: bytes | None) -> None:
        if line is not None:
            self.stream.write(line + b"\n")
            self.stream.flush()

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if self.format == "html" and error is None:
            self.page.finish()
