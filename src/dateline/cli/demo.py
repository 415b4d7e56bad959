"""`dateline demo`: code the packaged exercise reports and say where to look next."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import settings_of
from dateline.cli.terminal import console, fault_line, say
from dateline.errors import SettingsError
from dateline.export.safe import one_line
from dateline.export.words import amount_words, place_words, stance_lines, title_words, voice_words, when_words
from dateline.types import Coding, Event, Fault

EXAMPLES = Path(__file__).parent.parent / "examples"


def run(
    context: typer.Context,
    folder: Annotated[str, typer.Option("--to", metavar="FOLDER", help="Where the results go.")] = "dateline-demo",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Only write the results.")] = False,
    open_it: Annotated[bool, typer.Option("--open", help="Then open the review page with them in the browser.")] = False,
) -> None:
    """Code the packaged exercise reports (fictional) and say where to look next.

    \b
    Examples:
      dateline demo
      dateline demo --open
      dateline demo --to /tmp/first-look
    """
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SettingsError(error.strerror or str(error), where=folder, remedy="give another folder after --to") from error
    start = time.perf_counter()
    codings, faults = write_results(target, settings_of(context).max_characters)
    seconds = time.perf_counter() - start
    if not quiet:
        print_results(codings, target, seconds)
    if open_it:
        from dateline.cli.serve import serve

        serve(target / "project.db", open_it=True)
    raise typer.Exit(1 if faults or not any(coding.events for coding in codings) else 0)


def write_results(target: Path, max_characters: int) -> tuple[list[Coding], int]:
    """Code the examples into events.jsonl, page.html and project.db; gives the codings and the number of faults."""
    from dateline.batch import Limits, code_stream
    from dateline.cli.keep import Keeper
    from dateline.config import Settings
    from dateline.export.codebook import codebook_line
    from dateline.export.html import Page
    from dateline.ingest import read_paths

    codings, faults = [], 0
    with (
        (target / "events.jsonl").open("wb") as lines,
        (target / "page.html").open("wb") as page_file,
        Keeper(str(target / "project.db"), Settings()) as keeper,
    ):
        page = Page(page_file.write, title="dateline demo: fictional exercises")
        for done in code_stream(read_paths([EXAMPLES]), render=codebook_line, limits=Limits(max_characters)):
            if isinstance(done.result, Fault):
                say(fault_line(done.result))
                faults += done.result.level == "error"
                continue
            if done.result and done.line:
                lines.write(done.line + b"\n")
                page.add(done.result)
                keeper.keep(done.result)
                codings.append(done.result)
        page.finish()
    return codings, faults


def print_results(codings: list[Coding], target: Path, seconds: float) -> None:
    from rich.text import Text

    screen = console()
    for coding in codings:
        outlet = f" · {one_line(coding.report.outlet)}" if coding.report.outlet else ""
        screen.print(Text(f"{one_line(coding.report.doc_id)}{outlet}", style="bold"))
        for event in coding.events:
            screen.print(Text("  " + event_line(event), style="" if event.foreground else "dim"), soft_wrap=True)
    events = sum(len(coding.events) for coding in codings)
    screen.print(f"\n{len(codings)} fictional reports, {events} events, {seconds:.1f} s. Look next:")
    for line in next_steps(codings, target):
        screen.print(f"  {line}", soft_wrap=True)


def event_line(event: Event) -> str:
    """An event on one line."""
    parts = [title_words(event)]
    parts += [when_words(event.when)] if event.when else []
    parts += [one_line(place_words(event.where.place))] if event.where else []
    for measure in ("killed", "injured", "displaced", "participants"):
        told = dict.fromkeys(amount_words(c.low, c.high) for c in event.figures if c.measure == measure and c.about is None)
        parts += [f"{' / '.join(told)} {measure}"] if told else []
    for stance, voices in stance_lines(event):
        if stance != "affirms":
            parts.append(f"{stance}: {one_line('; '.join(map(voice_words, voices)))}")
    return f"{event.id:<4} " + " · ".join(parts)


def disputed(event: Event) -> tuple[bool, int, int, int]:
    """How much there is to see in who says what: a denial first, then stances, sources and figures."""
    stances = {voice.stance for voice in event.sources}
    return "denies" in stances, len(stances), len(event.sources), len(event.figures)


def next_steps(codings: list[Coding], target: Path) -> list[str]:
    """Commands to try, with the event on which most sources take different stances."""
    pairs = [(coding, event) for coding in codings for event in coding.events]
    if not pairs:
        return ["dateline doctor"]
    coding, event = max(pairs, key=lambda pair: disputed(pair[1]))
    name, project = f"{one_line(coding.report.doc_id)}.{event.id}", target / "project.db"
    field, program = "where" if event.where else "trigger", program_name()
    return [
        f"{program} serve {target / 'project.db'} --open  (read, compare, correct: in the browser, offline)",
        f"{target / 'page.html'}  (open in a browser: click a value to see its words)",
        f"{program} show {name} --according-to --project {project}",
        f"{program} explain {name}.{field} --project {project}",
        f"{program} code YOUR-REPORT.txt",
    ]


def program_name() -> str:
    """How this program is called from here: by its name where the shell finds it, else by its path."""
    called = Path(sys.argv[0])
    found = shutil.which("dateline")
    if called.name != "dateline" or (found and Path(found).resolve() == called.resolve()):
        return "dateline"
    return min(os.path.relpath(called), str(called), key=len)
