"""`dateline show`: an event with its values, their words, and who says so."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from dateline.cli.options import ProjectOption, PublishedOption, settings_of
from dateline.export.safe import one_line
from dateline.export.values import Value, values_of
from dateline.export.words import STANCES, title_words, voice_words
from dateline.types import Coding, Event, Voice

QUOTE = 70
INCIDENT = re.compile(r"i[0-9a-f]{4,16}")


def run(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(metavar="ID|REPORT", help="DOC_ID, DOC_ID.e3, an event's or incident's id, or a report's file.")
    ],
    report: Annotated[
        str | None, typer.Argument(metavar="[FILE]", help="The report's file, when ID is e3 or DOC_ID.e3.", show_default=False)
    ] = None,
    according_to: Annotated[
        bool, typer.Option("--according-to", help="Who reports, claims, denies, doubts or does not mention it, with the words.")
    ] = False,
    project: ProjectOption = None,
    published: PublishedOption = None,
) -> None:
    """Show events with the words behind every value.

    \b
    Examples:
      dateline show report.txt --according-to
      dateline show e3 report.txt --according-to
      dateline show wire-17.e3 --project project.db --according-to
      dateline show i0123456789abcdef --project project.db --according-to

    Of an incident, --according-to shows a matrix: fields down, sources across, and the words of what they differ about.
    """
    from dateline.cli.targets import find_targets

    if show_kept_incident(target, report, project or settings_of(context).project, according_to=according_to):
        return
    for number, found in enumerate(find_targets(target, report, project, settings_of(context), published=published)):
        if number:
            typer.echo()
        lines = show_coding(found.coding, found.events, according_to=according_to)
        for line in lines:
            typer.echo(line)


def show_kept_incident(target: str, report: str | None, project: str | None, *, according_to: bool) -> bool:
    """Show the incident of this id, if the project has one; False when something else is meant."""
    if report is not None or project is None or INCIDENT.fullmatch(target) is None:
        return False
    from dateline.cli.incidents import show_incident
    from dateline.merge.kept import find_incident
    from dateline.store import open_project

    with open_project(project, create=False) as store:
        incident = find_incident(store, target)
    if incident is not None:
        show_incident(incident, according_to=according_to)
    return incident is not None


def show_coding(coding: Coding, events: tuple[Event, ...], *, according_to: bool) -> list[str]:
    lines = [] if events else [f"{one_line(coding.report.doc_id)}: no event found"]
    for event in events:
        if lines:
            lines.append("")
        lines += show_event(coding, event, according_to=according_to)
    return lines


def show_event(coding: Coding, event: Event, *, according_to: bool) -> list[str]:
    """An event: its heading, its values, and with `according_to` its sources by stance."""
    background = "" if event.foreground else " · background"
    lines = [f"{one_line(coding.report.doc_id)}.{event.id}  {title_words(event)}  [{event.type}{background}]"]
    values = [value for value in values_of(event) if value.field != "sources"]
    width = min(40, max((len(one_line(value.words)) for value in values), default=0))
    lines += [value_line(value, width) for value in values]
    if according_to:
        lines += ["  according to", *according_lines(event)]
    return lines


def value_line(value: Value, width: int) -> str:
    note = f" ({one_line(value.note)})" if value.note else ""
    return f"  {value.label:<9} {one_line(value.words):<{width}}  {words_of(value)}{note}"


def words_of(value: Value) -> str:
    return " … ".join(f"“{one_line(piece.quote, QUOTE)}”" for piece in value.evidence[:3])


def according_lines(event: Event) -> list[str]:
    """Every source on a line: stance in fixed words, name and side, what the stance is about, and the words."""
    ordered = [(said, voice) for stance, said in STANCES.items() for voice in event.sources if voice.stance == stance]
    out = [f"    {said:<16} {voice_line(voice)}" for said, voice in ordered]
    return out or ["    nobody named: no source was coded"]


def voice_line(voice: Voice) -> str:
    side = f" ({voice.side})" if voice.side and voice.side != "unknown" else ""
    about = f", about {one_line(voice.about)}" if voice.about else ""
    words = f"  “{one_line(voice.evidence[0].quote, QUOTE * 2)}”" if voice.evidence else ""
    return f"{one_line(voice_words(voice))}{side}{about}{words}"
