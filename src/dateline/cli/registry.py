"""`dateline actors` and `dateline sources`: look into the registries, and keep a table of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dateline.cli.terminal import fault_line, say
from dateline.errors import InputError
from dateline.export.safe import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dateline.resolve.actors import Actor, OtherName, Registry
    from dateline.resolve.sources import SourceEntry
    from dateline.types import Fault

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
actors = typer.Typer(
    rich_markup_mode=None, context_settings=HELP, no_args_is_help=True,
    help="Look into the registry of actors: groups, forces, coalitions, holders of public office; add your own.\n\n"
    "\b\nExample:\n  dateline actors show HTS\n",
)  # fmt: skip
sources = typer.Typer(
    rich_markup_mode=None, context_settings=HELP, no_args_is_help=True,
    help="Look into the registry of sources: agencies, outlets, monitors, ministries, media arms; add and check your own.\n\n"
    "\b\nExample:\n  dateline sources show sana\n",
)  # fmt: skip

Words = Annotated[str | None, typer.Argument(metavar="WORDS", help="Words of a name or alias.", show_default=False)]
Key = Annotated[str, typer.Argument(metavar="ID|NAME", help="Id of an entry, or a name or alias it bears.", show_default=False)]
Country = Annotated[str | None, typer.Option("--country", metavar="ISO3", help="Only of this country, such as SYR.")]
Kind = Annotated[str | None, typer.Option("--kind", metavar="KIND", help='Only of this kind, such as "rebel group" or agency.')]
Side = Annotated[str | None, typer.Option("--side", metavar="SIDE", help="Only of this side, such as government or media.")]
Own = Annotated[list[Path] | None, typer.Option("--with", metavar="FILE", help="Your own table, put over the shipped one.")]
New = Annotated[Path, typer.Argument(metavar="FILE", help="TSV with the columns of the registry.", show_default=False)]
Into = Annotated[Path, typer.Option("--into", metavar="OWN.tsv", help="Your own table; made if absent, same id replaced.")]
Files = Annotated[list[Path] | None, typer.Argument(metavar="FILE", help="Tables to check (default: the shipped one).")]


@actors.command("list")
def list_all(words: Words = None, country: Country = None, kind: Kind = None, own: Own = None) -> None:
    """List actors, one a line, tab-separated: id, name, kind, country, since, until.

    \b
    Examples:
      dateline actors list --country SOM
      dateline actors list "national liberation" --kind "rebel group"
    """
    from dateline.resolve.actors import list_actors

    for actor in list_actors(country=upper(country), kind=kind, text=words or "", registry=registry_of(own)):
        line((actor.id, actor.name, actor.kind, ",".join(actor.countries), actor.since, actor.until))


@actors.command("show")
def show_one(key: Key, own: Own = None) -> None:
    """Show an actor by id, name or alias: everything the registry holds of it, and what that rests on.

    \b
    Examples:
      dateline actors show HTS
      dateline actors show "Nusra Front"
    """
    from dateline.resolve.actors import show_actor

    found = show_actor(key, registry=registry_of(own))
    told([lines_of_actor(actor) for actor in found], key, "actors")


@actors.command("add")
def add_own(file: New, into: Into) -> None:
    """Check the rows of FILE and write them into your own table. Faults are told by line; with an error nothing is written.

    \b
    Example:
      dateline actors add new-groups.tsv --into my-actors.tsv
      dateline code reports/ --actors my-actors.tsv

    For every run: actors = ["my-actors.tsv"] in dateline.toml.
    """
    from dateline.resolve.actors import add_actors

    added(*add_actors(file, into=into), into)


@actors.command("check")
def check_actors_(files: Files = None) -> None:
    """Check the registry, or your own tables with it: ids, kinds, dates, orphans, names that two actors bear.

    \b
    Example:
      dateline actors check my-actors.tsv
    """
    from dateline.resolve.actors import check_actors

    checked(check_actors(*(files or ())))


@sources.command("list")
def list_sources_(words: Words = None, country: Country = None, kind: Kind = None, side: Side = None, own: Own = None) -> None:
    """List sources, one a line, tab-separated: id, name, kind, country, side, since, until, reliability (yours, if set).

    \b
    Examples:
      dateline sources list --country SYR
      dateline sources list observatory --side "civil monitor"
    """
    from dateline.resolve.sources_registry import list_sources, load_sources

    entries = load_sources(*(own or ()))
    for entry in list_sources(country=upper(country), kind=kind, side=side, text=words or "", entries=entries):
        line((entry.id, entry.name, entry.kind, entry.country, entry.side, entry.since, entry.until, entry.reliability))


@sources.command("show")
def show_source_(key: Key, own: Own = None) -> None:
    """Show a source by id, name or alias: kind, country, side with its days, whom it speaks for, and what that rests on.

    \b
    Examples:
      dateline sources show sana
      dateline sources show "Agence France Presse"
    """
    from dateline.resolve.sources_registry import load_sources, show_source

    told([lines_of_source(entry) for entry in show_source(key, entries=load_sources(*(own or ())))], key, "sources")


@sources.command("add")
def add_sources_(file: New, into: Into) -> None:
    """Check the rows of FILE and write them into your own table. Faults are told by line; with an error nothing is written.

    \b
    Example:
      dateline sources add local-radio.tsv --into my-sources.tsv
      dateline code reports/ --sources my-sources.tsv

    For every run: sources = ["my-sources.tsv"] in dateline.toml.

    The column `reliability` (A to F) is yours to fill: dateline stores it and never guesses it.
    """
    from dateline.resolve.sources_registry import add_sources

    added(*add_sources(file, into=into), into)


@sources.command("check")
def check_sources_(files: Files = None) -> None:
    """Check the registry, or your own tables: kinds, sides, countries, dates, ids and names that clash.

    \b
    Example:
      dateline sources check my-sources.tsv
    """
    from dateline.resolve.sources_registry import check_files

    checked(check_files(files or ()))


def registry_of(own: list[Path] | None) -> Registry:
    from dateline.resolve.actors import load_registry

    return load_registry(*(own or ()))


def upper(country: str | None) -> str | None:
    return country.upper() if country else None


def line(cells: Iterable[str | None]) -> None:
    typer.echo("\t".join(one_line(cell or "") for cell in cells))


def lines_of_actor(actor: Actor) -> list[tuple[str, str]]:
    """An actor as (label, value); what is not known is left out."""
    return [
        ("id", actor.id), ("name", actor.name), ("kind", actor.kind), ("office", actor.office or ""),
        ("country", ", ".join(actor.countries)), ("since", actor.since or ""), ("until", actor.until or ""),
        *(("also called", alias_words(alias)) for alias in actor.aliases),
        ("part of", actor.parent or ""), ("backed by", ", ".join(actor.backers)), ("led by", ", ".join(actor.leaders)),
        ("said by", actor.said_by), ("rests on", actor.basis), ("stands at", actor.where),
    ]  # fmt: skip


def alias_words(alias: OtherName) -> str:
    days = f" ({alias.since or '…'} to {alias.until or '…'})" if alias.since or alias.until else ""
    return alias.text + days + (f" (the word of {alias.word_of})" if alias.word_of else "")


def lines_of_source(entry: SourceEntry) -> list[tuple[str, str]]:
    return [
        ("id", entry.id), ("name", entry.name), ("kind", entry.kind), ("country", entry.country or ""),
        ("side", entry.side or ""), ("speaks for", entry.party or ""), ("since", entry.since or ""), ("until", entry.until or ""),
        *(("also called", alias) for alias in entry.aliases),
        ("reliability", entry.reliability or "not set (yours to give)"), ("rests on", entry.basis),
    ]  # fmt: skip


def told(found: list[list[tuple[str, str]]], key: str, verb: str) -> None:
    """Entries, an empty line between two. Raises InputError when there is none."""
    if not found:
        raise InputError(
            f"no entry {key!r}", remedy=f"look for a part of the name: dateline {verb} list {(key.split() or [key])[0]!r}"
        )
    for number, rows in enumerate(found):
        if number:
            typer.echo()
        for label, value in rows:
            if value:
                typer.echo(f"{label + ':':13}{one_line(value, 400)}")


def added(count: int, faults: list[Fault], into: Path) -> None:
    for fault in faults:
        say(fault_line(fault))
    if not count:
        say("dateline: nothing was written")
        raise typer.Exit(1)
    say(f"{count} row{'' if count == 1 else 's'} written to {one_line(str(into))}")


def checked(faults: list[Fault]) -> None:
    for fault in faults:
        typer.echo(f"{fault.where}: {fault.what} ({fault.remedy})" if fault.remedy else f"{fault.where}: {fault.what}")
    errors = sum(fault.level == "error" for fault in faults)
    say(f"{errors} fault{'' if errors == 1 else 's'}, {len(faults) - errors} warnings")
    raise typer.Exit(1 if errors else 0)
