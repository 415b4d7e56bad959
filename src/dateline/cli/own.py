"""`dateline actors own`, `call` and `sources own`, `call`, `rate`: what people of a project say of names, and the table of it."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.terminal import say
from dateline.export.safe import one_line

ProjectFile = Annotated[str, typer.Argument(metavar="PROJECT.db", help="Project file.", show_default=False)]
Name = Annotated[str, typer.Argument(metavar="NAME", help="The name as it is coded.", show_default=False)]
Aliases = Annotated[list[str], typer.Argument(metavar="ALIAS...", help="Your own names for it.", show_default=False)]
Letter = Annotated[str, typer.Argument(metavar="LETTER", help="A to F; - takes it back.", show_default=False)]
User = Annotated[
    str | None, typer.Option("--user", metavar="NAME", envvar="DATELINE_USER", help="Who says so (default: your login name).")
]
To = Annotated[Path | None, typer.Option("--into", metavar="OWN.tsv", help="Where to (default: standard output).")]


def add_to(actors: typer.Typer, sources: typer.Typer) -> None:
    """Put these verbs beside those of the registries."""
    for app, name, verb in (
        (actors, "call", call_actor), (actors, "own", own_actors),
        (sources, "call", call_source), (sources, "rate", rate), (sources, "own", own_sources),
    ):  # fmt: skip
        app.command(name)(verb)


def own_actors(project: ProjectFile, into: To = None) -> None:
    """Write your own names of actors as a table: dateline code --actors FILE.

    \b
    Example:
      dateline actors own project.db --into my-actors.tsv
    """
    write("actors", project, into)


def own_sources(project: ProjectFile, into: To = None) -> None:
    """Write your own names and reliability letters of sources as a table: dateline code --sources FILE.

    \b
    Example:
      dateline sources own project.db --into my-sources.tsv
    """
    write("sources", project, into)


def call_actor(project: ProjectFile, name: Name, aliases: Aliases, user: User = None) -> None:
    """Say what else an actor is called. Kept in the project's log, undone by: dateline judge undo.

    \b
    Example:
      dateline actors call project.db "Free Syrian Army" "the brigades" "Al-Jaish al-Hurr"
    """
    call("actors", project, name, aliases, user)


def call_source(project: ProjectFile, name: Name, aliases: Aliases, user: User = None) -> None:
    """Say what else a source is called. Kept in the project's log, undone by: dateline judge undo.

    \b
    Example:
      dateline sources call project.db "Radio Wadi" "Wadi FM"
    """
    call("sources", project, name, aliases, user)


def rate(project: ProjectFile, name: Name, letter: Letter, user: User = None) -> None:
    """Say how reliable a source is, by a letter of the Admiralty code. It is yours to give: dateline never guesses it.

    \b
    Example:
      dateline sources rate project.db "Radio Wadi" B
    """
    from dateline.merge.names import judge_name
    from dateline.store import open_project

    with open_project(project, create=False) as store:
        value = None if letter == "-" else letter.upper()
        judge_name(store, "sources", name, "reliability", value, user=user or getpass.getuser())
    say(f"kept: {one_line(name)}: {value or 'no letter'}")


def call(kind: str, project: str, name: str, aliases: list[str], user: str | None) -> None:
    from dateline.merge.judgements import load_judgements
    from dateline.merge.names import judge_name, names_said
    from dateline.store import open_project

    with open_project(project, create=False) as store:
        said = names_said(load_judgements(store)).get((kind, name), {})
        known = said["aliases"].value if "aliases" in said else []
        made = judge_name(store, kind, name, "aliases", [*known, *aliases], user=user or getpass.getuser())
    say(f"kept: {one_line(name)} = {one_line('; '.join(made.value))}")


def write(kind: str, project: str, into: Path | None) -> None:
    from dateline.merge.names import own_table
    from dateline.store import open_project

    with open_project(project, create=False) as store:
        table = own_table(store, kind)
    if into is None:
        typer.echo(table, nl=False)
    else:
        into.write_text(table, encoding="utf-8")
        say(f"{one_line(str(into))}: for every run, {kind} = [{str(into)!r}] in dateline.toml")
