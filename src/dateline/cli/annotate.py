"""`dateline annotate`: what the finders see, layer by layer."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.options import (
    DocId,
    MapOption,
    Output,
    Paths,
    PublishedOption,
    Quiet,
    paths_or_stdin,
    reading_options,
    refuse_inside,
    settings_of,
    started,
)
from dateline.cli.terminal import Progress, output
from dateline.config import Settings
from dateline.errors import SettingsError
from dateline.types import Fault, Report


def run(
    context: typer.Context,
    paths: Paths = None,
    layer: Annotated[
        str,
        typer.Option("--layer", metavar="places|times|figures|attribution|mentions", help="What to mark.", show_default=False),
    ] = "",
    output_file: Output = None,
    published: PublishedOption = None,
    doc_id: DocId = None,
    columns: MapOption = None,
    quiet: Quiet = False,
) -> None:
    """Mark places, times, figures, attribution or mentions, without coding events. One report a line, JSON.

    \b
    Examples:
      dateline annotate report.txt --layer places
      dateline annotate reports.jsonl --layer times -o times.jsonl
      dateline annotate reports/ --layer attribution | jq .attributions
    """
    from dateline.export.layers import LAYERS

    if layer not in LAYERS:
        found = f"unknown layer {layer!r}" if layer else "no layer given"
        raise SettingsError(found, where="--layer", remedy=f"one of {', '.join(LAYERS)}")
    settings = settings_of(context)
    given = paths_or_stdin(paths)
    refuse_inside(given, output_file, "-o")
    options = reading_options(settings, published=published, doc_id=doc_id, columns=columns)
    from dateline.ingest import read_paths

    items = started(read_paths(given, options=options))
    progress = Progress(quiet=quiet or settings.quiet)
    with output(output_file) as stream:
        for item in items:
            found_line = item if isinstance(item, Fault) else marked(item, layer, settings)
            if isinstance(found_line, Fault):
                progress.fault(found_line)
                continue
            stream.write(found_line + b"\n")
            stream.flush()
            progress.done(0)
    progress.finish()
    raise typer.Exit(1 if progress.faults else 0)


def marked(report: Report, layer: str, settings: Settings) -> bytes | Fault:
    """The line of one report; a fault of ours is recorded and the batch goes on."""
    from dateline.api import shared_tools
    from dateline.batch import Limits, within
    from dateline.export.layers import layer_line
    from dateline.pipeline import annotate

    item = within(report, Limits(settings.max_characters))
    if isinstance(item, Fault):
        return item
    try:
        return layer_line(annotate(item, shared_tools(settings.own, model=False)), layer)
    except Exception as error:
        what = f"could not be marked ({type(error).__name__}: {error})"
        return Fault(report.doc_id, what, "please report this as a bug", code="coding")
