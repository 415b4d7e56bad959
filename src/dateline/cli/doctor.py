"""`dateline doctor`: is everything here that coding needs?"""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import settings_of
from dateline.config import Own, find_file
from dateline.errors import DatelineError
from dateline.export.safe import one_line

Finding = tuple[bool, str, str]  # fine?, what was found, what to do
SENTENCE = "A car bomb exploded at a police station in the city of Kandahar on Saturday, killing at least 12 civilians."


def run(
    context: typer.Context,
    project: Annotated[
        str | None, typer.Option("--project", metavar="PROJECT.db", help="Also check this project file.", show_default=False)
    ] = None,
) -> None:
    """Check the installation: versions, knowledge, gazetteer, a sentence coded, the terminal, a project file.

    \b
    Examples:
      dateline doctor
      dateline doctor --project project.db
    """
    told = settings_of(context)
    chosen = project or told.project
    checks: list[tuple[str, Callable[[], Finding]]] = [
        ("python", python),
        ("dateline", package),
        ("settings", settings),
        ("knowledge", knowledge),
        ("gazetteer", lambda: gazetteer(told.own)),
        ("coding", coding),
        ("sqlite", sqlite),
        ("terminal", terminal),
        ("network", network),
    ]
    if chosen:
        checks.append(("project", lambda: project_file(chosen)))
    failed = 0
    for name, found in outcomes(checks):
        fine, words, remedy = found
        failed += not fine
        typer.echo(f"{'ok' if fine else 'FAULT':<6} {name:<10} {one_line(words)}{f' ({remedy})' if remedy else ''}")
    raise typer.Exit(1 if failed else 0)


def outcomes(checks: list[tuple[str, Callable[[], Finding]]]) -> Iterator[tuple[str, Finding]]:
    for name, check in checks:
        try:
            yield name, check()
        except DatelineError as error:
            yield name, (False, str(error), "")
        except Exception as error:  # a broken installation may fail in any way: say so and go on
            yield name, (False, f"{type(error).__name__}: {error}", "reinstall dateline")


def python() -> Finding:
    fine = sys.version_info >= (3, 11)
    return fine, f"{platform.python_version()} on {platform.system()} {platform.machine()}", "" if fine else "needs 3.11 or newer"


def package() -> Finding:
    from dateline.versions import HERE, versions

    known = versions()
    return True, f"{known['code']}, knowledge {known['knowledge']}, models {known['models']}, in {HERE}", ""


def settings() -> Finding:
    found = find_file(Path())
    return True, str(found) if found else "no dateline.toml: defaults", ""


def knowledge() -> Finding:
    from dateline.knowledge.check import check_knowledge

    faults = list(check_knowledge())
    return not faults, f"{len(faults)} faults" if faults else "no fault", "dateline lexicon check" if faults else ""


def gazetteer(own: Own) -> Finding:
    from dateline.api import shared_tools

    start = time.perf_counter()
    shared_tools(own, model=False)
    return True, f"and lexicons loaded in {time.perf_counter() - start:.2f} s", ""


def coding() -> Finding:
    import dateline

    start = time.perf_counter()
    found = dateline.code(SENTENCE, published="2020-02-01")
    milliseconds = 1000 * (time.perf_counter() - start)
    fine = bool(found.events)
    words = f"{found.events[0].sub_type}, {milliseconds:.0f} ms" if fine else "no event in the test sentence"
    return fine, words, "" if fine else "reinstall dateline"


def sqlite() -> Finding:
    fine = sqlite3.sqlite_version_info >= (3, 35)
    return fine, sqlite3.sqlite_version, "" if fine else "needs 3.35 or newer"


def terminal() -> Finding:
    encoding = (getattr(sys.stdout, "encoding", None) or "none").lower()
    fine = "utf" in encoding
    colour = "no colour (NO_COLOR)" if os.environ.get("NO_COLOR") else "colour on terminals"
    return fine, f"{encoding}, {colour}", "" if fine else "set PYTHONUTF8=1"


def network() -> Finding:
    return True, "never used: reports and results stay on this machine", ""


def project_file(path: str) -> Finding:
    from dateline.store import open_project

    with open_project(path, create=False) as project:
        counts = project.counts()
    return (
        True,
        f"{path}: {counts.reports:,} reports, {counts.events:,} events, {counts.faults:,} faults, {counts.runs:,} runs",
        "",
    )
