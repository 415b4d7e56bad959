"""`dateline compare`: two reports side by side: what both tell, what only one tells, and whether one copies the other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import ProjectOption, settings_of
from dateline.errors import SettingsError
from dateline.export.safe import one_line
from dateline.merge.records import FieldState, Incident
from dateline.types import Coding

MARKS = {"agreed": "=", "single origin": "=", "compatible": "~", "conflict": "≠", "denied": "✗"}


def run(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="REPORT", help="A report's file, or a DOC_ID of the project.")],
    second: Annotated[str, typer.Argument(metavar="REPORT", help="The other one.")],
    project: ProjectOption = None,
) -> None:
    """Compare two reports: events that both tell, with their fields side by side; events of one alone; common text.

    \b
    Examples:
      dateline compare wire.txt paper.html
      dateline compare wire-17 paper-4 --project project.db
    """
    settings = settings_of(context)
    codings = [coding_named(one, project or settings.project, context) for one in (first, second)]
    for line in compare_lines(*codings):
        typer.echo(line)


def coding_named(name: str, project: str | None, context: typer.Context) -> Coding:
    """The one coding of a file or of a doc_id."""
    from dateline.cli.targets import code_file
    from dateline.store import open_project

    if Path(name).is_file():
        found = code_file(name, settings_of(context), None)
    elif project is None:
        raise SettingsError("no such file, and no project to look in", where=name, remedy="give a file, or --project FILE.db")
    else:
        with open_project(project, create=False) as store:
            found = list(store.load_codings(doc_id=name))
    if not found:
        raise SettingsError(f"no report {name!r}", where=project or name, remedy="give a report's file or its DOC_ID")
    return found[0]


def compare_lines(a: Coding, b: Coding) -> Iterator[str]:
    from dateline.merge.copies import share, sketch
    from dateline.merge.incidents import merge_events

    names = [one_line(one.report.doc_id) for one in (a, b)]
    yield f"{names[0]}: {report_words(a)}"
    yield f"{names[1]}: {report_words(b)}"
    part, common = share(sketch(a.report.text), sketch(b.report.text))
    yield f"text in common: {part:.0%} of the shorter one" if common >= 3 else "text in common: none"
    found = merge_events([a, b]).incidents
    both = [one for one in found if len(one.tellings) > 1]
    yield f"told by both: {len(both)}"
    for incident in both:
        yield from shared_lines(incident, a.report.doc_id)
    for coding, name in ((a, names[0]), (b, names[1])):
        alone = [one for one in found if len(one.tellings) == 1 and one.tellings[0].report_id == coding.report.id]
        yield f"told by {name} alone: {len(alone)}"
        yield from (f"  {one.tellings[0].name}  {one_line(one.title)}" for one in alone)


def report_words(coding: Coding) -> str:
    report = coding.report
    return one_line(f"{report.outlet or 'unnamed outlet'}, {report.published.day or 'day unknown'}, {len(coding.events)} events")


def shared_lines(incident: Incident, first: str) -> Iterator[str]:
    """An incident of both: its name in each, and each field side by side."""
    tellings = sorted(incident.tellings, key=lambda one: one.doc_id != first)
    names = " = ".join(f"{one_line(one.doc_id)}.{one.name}" for one in tellings)
    yield f"  {one_line(incident.title)}  ({names}; {incident.score or 1:.0%})"
    for state in incident.fields:
        if state.field not in ("occurrence", "status"):
            told = [side_words(state, one.doc_id) for one in tellings]
            mark = MARKS[state.state] if all(told) else " "
            yield f"    {mark} {state.label:<10} {told[0] or '–':<40}  {told[1] or '–'}"


def side_words(state: FieldState, doc_id: str) -> str:
    return one_line("; ".join(dict.fromkeys(one.words for one in state.readings if one.doc_id == doc_id)), 60)
