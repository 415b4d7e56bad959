"""`dateline lexicon`: check the knowledge files, and list what was seen in texts and is not in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.options import Paths, Quiet, paths_or_stdin, reading_options, settings_of
from dateline.cli.terminal import Progress, say
from dateline.export.safe import one_line
from dateline.types import Fault, Report

if TYPE_CHECKING:
    from dateline.pipeline import Annotations

app = typer.Typer(
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=True,
    help="Check the knowledge files; list what was seen in texts and is not known.",
)


@app.command()
def check() -> None:
    """Check every knowledge file; print file:line of each fault. Exit code 1 when there is one.

    \b
    Example:
      dateline lexicon check
    """
    from dateline.knowledge import HERE
    from dateline.knowledge.check import check_knowledge

    faults = list(check_knowledge())
    for fault in faults:
        typer.echo(f"{fault.where}: {fault.what} ({fault.remedy})" if fault.remedy else f"{fault.where}: {fault.what}")
    files = sum(path.suffix in {".tsv", ".toml", ".txt"} for path in HERE.rglob("*"))
    say(f"{files} knowledge files, {len(faults)} fault{'' if len(faults) == 1 else 's'}")
    raise typer.Exit(1 if faults else 0)


@app.command()
def gaps(
    context: typer.Context,
    paths: Paths = None,
    top: Annotated[int, typer.Option("--top", metavar="N", min=1, help="How many of each kind.")] = 20,
    quiet: Quiet = False,
) -> None:
    """List names that reports hold and the knowledge does not: places without coordinates, parties and sources of no known kind.

    Tab-separated: kind, count, name, example.

    \b
    Examples:
      dateline lexicon gaps reports/
      dateline lexicon gaps reports.jsonl --top 50 > gaps.tsv
    """
    from dateline.api import shared_tools
    from dateline.ingest import read_paths
    from dateline.pipeline import annotate

    settings = settings_of(context)
    progress = Progress(quiet=quiet or settings.quiet)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    examples: dict[tuple[str, str], str] = {}
    for item in read_paths(paths_or_stdin(paths), options=reading_options(settings)):
        if isinstance(item, Fault):
            progress.fault(item)
            continue
        for kind, name, example in gaps_of(item, annotate(item, shared_tools(settings.own, model=False))):
            counts[kind][name] += 1
            examples.setdefault((kind, name), example)
        progress.done(0)
    progress.finish()
    for kind, names in sorted(counts.items()):
        for name, count in sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))[:top]:
            typer.echo(f"{kind}\t{count}\t{name}\t{examples[kind, name]}")
    raise typer.Exit(1 if progress.faults else 0)


def gaps_of(report: Report, found: Annotations) -> Iterator[tuple[str, str, str]]:
    """(kind, name, words around it) of everything named and not known."""
    for link in found.places:
        if link.place is None:
            yield "place", one_line(report.text[link.start : link.end]), around(report, link.start, link.end)
    for party in found.parties:
        if party.kind == "unknown" and not party.generic:
            yield "party", one_line(party.name), around(report, party.start, party.end)
    for item in found.attributions:
        if item.source and item.name and item.side in {None, "unknown"} and item.name[:1].isupper():
            yield "source", one_line(item.name), around(report, item.source[0].start, item.source[0].end)


def around(report: Report, start: int, end: int) -> str:
    return one_line(report.text[max(0, start - 40) : end + 40])
