"""The program `dateline`: its options and its verbs."""

from __future__ import annotations

import platform
from typing import Annotated

import typer

from dateline.cli import (
    annotate,
    code,
    compare,
    demo,
    diff,
    doctor,
    evaluate,
    explain,
    export,
    gazetteer,
    judge,
    lexicon,
    merge,
    own,
    registry,
    serve,
    show,
)
from dateline.config import load_settings

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
app = typer.Typer(
    name="dateline",
    rich_markup_mode=None,  # plain help and one-line errors, the same in a terminal, a pipe and the documentation
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings=HELP,
)
for verb in (code, annotate, show, explain, merge, judge, compare, diff, export, serve, evaluate, doctor, demo):
    app.command(name=verb.__name__.rpartition(".")[2], context_settings=HELP)(verb.run)
app.add_typer(lexicon.app, name="lexicon")
app.add_typer(gazetteer.app, name="gazetteer")
own.add_to(registry.actors, registry.sources)
app.add_typer(registry.actors, name="actors")
app.add_typer(registry.sources, name="sources")


def print_versions(wanted: bool) -> None:
    if wanted:
        from dateline.versions import versions

        known = versions()
        typer.echo(f"dateline {known['code']}")
        typer.echo(f"knowledge {known['knowledge']}")
        typer.echo(f"models {known['models']}")
        typer.echo(f"python {platform.python_version()}")
        raise typer.Exit


@app.callback()
def dateline(
    context: typer.Context,
    config: Annotated[
        str | None,
        typer.Option(
            "--config", metavar="FILE", envvar="DATELINE_CONFIG", help="Settings file (default: the nearest dateline.toml)."
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version", is_eager=True, callback=print_versions, help="Versions of code, knowledge and models; then leave."
        ),
    ] = False,
) -> None:
    """Read news reports of political violence and turn them into event data that a person can audit.

    \b
    Examples:
      dateline demo                          code the packaged exercise reports
      dateline code report.txt               events of one report, as a table
      dateline code reports/ > events.jsonl  one report a line, with evidence
      dateline explain report.txt.e1.where   the words and the rule behind a value

    Data goes to standard output, everything else to standard error.
    Exit codes: 0 done, 1 some faults, 2 usage, 130 interrupted.
    """
    context.obj = load_settings(config)
