"""`dateline judge`: decide, and undo it."""

from __future__ import annotations

import getpass
from typing import Annotated, Any

import msgspec
import typer

from dateline.cli.options import ProjectOption, settings_of
from dateline.cli.terminal import say
from dateline.errors import SettingsError, StoreError
from dateline.export.safe import one_line
from dateline.merge.judgements import NAME, VERDICTS, judge, load_decisions, load_judgements, redo, undo
from dateline.merge.kept import find_incident
from dateline.merge.records import Judgement
from dateline.store import Project, open_project


def run(
    context: typer.Context,
    verdict: Annotated[str, typer.Argument(metavar="VERDICT", help=f"{', '.join(VERDICTS)}; or undo, redo, log.")],
    subjects: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Events (DOC_ID.e3 or their ids) or incidents.", show_default=False),
    ] = None,
    project: ProjectOption = None,
    user: Annotated[
        str | None, typer.Option("--user", metavar="NAME", envvar="DATELINE_USER", help="Who judges (default: your login name).")
    ] = None,
    field: Annotated[
        str, typer.Option("--field", metavar="FIELD", help="One field: when, where, actors, figures:killed …", show_default=False)
    ] = "",
    value: Annotated[
        str | None, typer.Option("--value", metavar="JSON", help="The right value, for `correct`.", show_default=False)
    ] = None,
    item: Annotated[
        str | None, typer.Option("--item", metavar="JSON", help="The coded value that is meant, of several.", show_default=False)
    ] = None,
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why.", show_default=False)] = "",
) -> None:
    """Judge events and incidents of a project. Judgements are kept for good, survive new codings and merges, and can be undone.

    \b
    Examples:
      dateline judge different wire-17.e3 paper-4.e1 --project project.db --reason "two towns of that name"
      dateline judge same wire-17.e3 radio-2.e1 --project project.db
      dateline judge accept wire-17.e3 --field when --project project.db
      dateline judge correct wire-17.e3 --field figures:killed --value '{"low": 14, "high": 14}' --project project.db
      dateline judge undo --project project.db
      dateline judge log --project project.db

    `same` and `different` take two or more: the first one against the rest. An incident stands for all of its events. Merge again
    (dateline merge) to see the effect on incidents.
    """
    path = project or settings_of(context).project
    if path is None:
        raise SettingsError("no project to judge in", remedy="give --project FILE.db")
    with open_project(path, create=False) as store:
        name = user or getpass.getuser()
        if verdict == "log":
            print_log(store)
        elif verdict in ("undo", "redo"):
            one = (undo if verdict == "undo" else redo)(store, user=name)
            say(f"{verdict}: {judgement_line(one)}" if one else f"nothing to {verdict} by {one_line(name)}")
        else:
            sides = sides_of(store, verdict, subjects or [])
            told: dict[str, Any] = {"value": json_of(value, "--value"), "item": json_of(item, "--item"), "reason": reason}
            if verdict not in VERDICTS:
                raise SettingsError(f"unknown verdict {verdict!r}", remedy=f"one of {', '.join(VERDICTS)}, undo, redo, log")
            made = judge(store, verdict, *sides, user=name, field=field, **told)
            say(f"kept: {judgement_line(made)}")


def sides_of(store: Project, verdict: str, subjects: list[str]) -> tuple[list[str], list[str]]:
    """Event ids of the first subject and of the rest (`same`, `different`); else all on one side."""
    events = [events_of(store, one) for one in subjects]
    if verdict in ("same", "different") and events:
        return events[0], [one for group in events[1:] for one in group]
    return [one for group in events for one in group], []


def events_of(store: Project, name: str) -> list[str]:
    """Event ids of an event's name or id, or of an incident's id."""
    from dateline.store.rows import event_ids

    if name.startswith("i"):
        incident = find_incident(store, name)
        if incident is not None and incident.id.startswith(name):
            return [one.event_id for one in incident.tellings]
    found = store.find_event(name)
    if found is None:
        raise StoreError(f"no event or incident {name!r}", where=str(store.path), remedy="write DOC_ID.e3, or an incident's id")
    coding, event = found
    return [event_ids(coding.report.id, coding.events)[event.id]]


def json_of(told: str | None, option: str) -> Any:
    if told is None:
        return None
    try:
        return msgspec.json.decode(told)
    except msgspec.DecodeError as error:
        raise SettingsError(
            f"no JSON ({error})", where=option, remedy="""write it as '{"low": 14, "high": 14}' or '"text"'"""
        ) from error


def judgement_line(one: Judgement) -> str:
    """A judgement on one line."""
    names = [f"{anchor.doc_id}:{anchor.event_id[:8]}" for anchor in (*one.anchors, *one.others)]
    names += [one.subject] if one.subject.startswith(NAME) else []
    parts = [one.verdict, *([one.field] if one.field else []), " ".join(names)]
    parts += [f"= {msgspec.json.encode(one.value).decode()}"] if one.value is not None else []
    parts += [f"“{one.reason}”"] if one.reason else []
    return one_line(f"{one.number}  {one.made[:16]}  {one.user}  " + " ".join(parts))


def print_log(store: Project) -> None:
    """Every judgement, oldest first, with what became of it."""
    decisions = load_decisions(store)
    flags = {one.judgement.id: one.flag for one in decisions.flagged}
    log = load_judgements(store)
    from dateline.merge.judgements import in_force

    alive = {one.id for one in in_force(log)}
    for one in log:
        note = "" if one.id in alive or one.verdict in ("undo", "redo") else "  (taken back)"
        note += f"  ({flags[one.id]})" if flags.get(one.id) else ""
        typer.echo(judgement_line(one) + note)
