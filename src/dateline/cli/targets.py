"""Which event is meant: by its id in a project file, or by a report's file that is coded on the fly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dateline.cli.terminal import Progress
from dateline.config import Settings
from dateline.errors import DatelineError, InputError, SettingsError
from dateline.types import Coding, Event, Fault

FIELDS = ("trigger", "type", "status", "foreground", "when", "where", "actors", "targets", "weapons", "figures", "sources")
EVENT_NAME = re.compile(r"e\d+")


@dataclass(frozen=True, slots=True)
class Target:
    """A coding, the events of it that are meant, and one field of them (None: all)."""

    coding: Coding
    events: tuple[Event, ...]
    field: str | None = None


def find_targets(
    name: str, report: str | None, project: str | None, settings: Settings, *, published: str | None = None
) -> list[Target]:
    """The events that `name` means, from `report` (a file) or the project, or from `name` when that is a file.

    `name`: FILE, FILE.e3, FILE.e3.where, DOC_ID, DOC_ID.e3, DOC_ID.e3.where, e3, e3.where, or an event's id in the project.
    """
    if report is not None:
        return of_codings(code_file(report, settings, published), name, report)
    if Path(name).is_file():
        return [Target(coding, coding.events) for coding in code_file(name, settings, published)]
    file, event, field = split(name)
    if event and file and Path(file).is_file():
        return of_codings(code_file(file, settings, published), ".".join(part for part in (event, field) if part), file)
    return of_project(name, project or settings.project)


def split(name: str) -> tuple[str, str, str]:
    """Report, event and field of a dotted name.

    >>> split("report.txt.e3.where"), split("e3"), split("wire-17")
    (('report.txt', 'e3', 'where'), ('', 'e3', ''), ('wire-17', '', ''))
    """
    parts = name.split(".")
    for at in range(len(parts) - 1, max(-1, len(parts) - 3), -1):
        if EVENT_NAME.fullmatch(parts[at]):
            return ".".join(parts[:at]), parts[at], ".".join(parts[at + 1 :])
    return name, "", ""


def known_field(field: str) -> str | None:
    """A field's full name. Raises SettingsError for an unknown one.

    >>> known_field("actor"), known_field("")
    ('actors', None)
    """
    if not field:
        return None
    for known in FIELDS:
        if field in {known, known.removesuffix("s"), {"type": "sub_type"}.get(known)}:
            return known
    raise SettingsError(f"unknown field {field!r}", remedy=f"one of {', '.join(FIELDS)}")


def code_file(path: str, settings: Settings, published: str | None) -> list[Coding]:
    """The codings of one file. Warnings and faults are told; raises InputError when nothing could be read."""
    from dateline.api import shared_tools
    from dateline.batch import Limits, code_stream
    from dateline.cli.options import reading_options
    from dateline.ingest import read_paths

    progress, codings, last = Progress(quiet=settings.quiet), [], None
    items = read_paths([path], options=reading_options(settings, published=published))
    tools = shared_tools(settings.own, model=settings.model)
    for done in code_stream(items, limits=Limits(settings.max_characters), tools=tools):
        if isinstance(done.result, Coding):
            codings.append(done.result)
        elif isinstance(done.result, Fault):
            last = done.result
            if last.level == "warning":
                progress.fault(last)
    if not codings:
        raise InputError(
            last.what if last else "holds no report", where=last.where if last else path, remedy=last.remedy if last else ""
        )
    return codings


def of_codings(codings: list[Coding], name: str, file: str) -> list[Target]:
    doc_id, event, field = split(name)
    fitting = [coding for coding in codings if doc_id in {"", coding.report.doc_id}]
    if not fitting:
        raise SettingsError(f"no report {doc_id!r}", where=file, remedy=f"it holds {some(codings)}")
    if not event:
        return [Target(coding, coding.events) for coding in fitting]
    if len(fitting) > 1:
        raise SettingsError(
            f"several reports have an event {event}", where=file, remedy=f"write DOC_ID.{event}; it holds {some(codings)}"
        )
    return [chosen(fitting[0], event, field, file)]


def some(codings: list[Coding]) -> str:
    names = [coding.report.doc_id for coding in codings]
    return ", ".join(names[:5]) + (" …" if len(names) > 5 else "")


def chosen(coding: Coding, name: str, field: str, where: str) -> Target:
    for event in coding.events:
        if event.id == name:
            return Target(coding, (event,), known_field(field))
    have = f"it has {coding.events[0].id} to {coding.events[-1].id}" if coding.events else "it has no events"
    raise SettingsError(f"no event {name}", where=where, remedy=have)


def of_project(name: str, project: str | None) -> list[Target]:
    from dateline.store import open_project

    if project is None:
        raise SettingsError(
            "no such file, and no project to look in", where=name, remedy="give a report's file, or --project FILE.db"
        )
    report, event, field = split(name)
    base, _, last = name.rpartition(".")
    with open_project(project, create=False) as store:
        whole = f"{report}.{event}" if report and event else event
        for wanted, told in ((whole, field), (name, ""), (base, last)):
            found = store.find_event(wanted) if wanted else None
            if found:
                return [Target(found[0], (found[1],), known_field(told))]
        targets = [Target(coding, coding.events) for coding in store.load_codings(doc_id=name)]
    if not targets:
        raise DatelineError(f"no report or event {name!r}", where=project, remedy="`dateline show` takes DOC_ID or DOC_ID.e3")
    return targets
