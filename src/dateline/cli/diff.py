"""`dateline diff`: incidents of two snapshots: added, changed, gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer

from dateline.cli.merge import is_project
from dateline.errors import InputError
from dateline.export.safe import one_line

Form = dict[str, Any]


def run(
    old: Annotated[str, typer.Argument(metavar="OLD", help="Project file, or lines of `dateline merge`.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The later one.")],
    as_json: Annotated[bool, typer.Option("--json", help="Lines of JSON: change, incident_id, title, fields.")] = False,
) -> None:
    """Tell which incidents were added, changed or gone between two snapshots. Incidents are matched by the events they share.

    \b
    Examples:
      dateline diff last-week.db project.db
      dateline diff incidents-1.jsonl incidents-2.jsonl --json
    """
    for change in changes(load(old), load(new)):
        typer.echo(msgspec.json.encode(change).decode() if as_json else change_line(change))


def load(path: str) -> dict[str, Form]:
    """Incident id → incident as `dateline merge` writes it."""
    from dateline.export.incidents import incident_form
    from dateline.merge.kept import load_incidents
    from dateline.store import open_project

    if is_project(path):
        with open_project(path, create=False) as project:
            return {one.id: msgspec.to_builtins(incident_form(one)) for one in load_incidents(project)}
    found = {}
    with Path(path).open("rb") as stream:
        for number, line in enumerate(stream, 1):
            try:
                told = msgspec.json.decode(line)
                found[told["incident_id"]] = told
            except (msgspec.DecodeError, KeyError, TypeError) as error:
                remedy = "give lines of `dateline merge -o FILE.jsonl`"
                raise InputError(f"no incident ({error})", where=f"{path}:{number}", remedy=remedy) from error
    return found


def changes(old: dict[str, Form], new: dict[str, Form]) -> Iterator[Form]:
    """Each change with the fields that differ. An incident is the same one when it has the same id or shares an event."""
    home = {event_key(one): name for name, incident in old.items() for one in incident["events"]}
    met: set[str] = set()
    for name, incident in new.items():
        known = name if name in old else next((home[key] for key in map(event_key, incident["events"]) if key in home), None)
        if known is None:
            yield {"change": "added", "incident_id": name, "title": incident["title"]}
            continue
        met.add(known)
        fields = list(field_changes(old[known], incident))
        if fields or known != name:
            was = {"was": known} if known != name else {}
            yield {"change": "changed", "incident_id": name, **was, "title": incident["title"], "fields": fields}
    for name, incident in old.items():
        if name not in met:
            yield {"change": "gone", "incident_id": name, "title": incident["title"]}


def event_key(told: Form) -> tuple[str, str]:
    return told["doc_id"], told["id"]


def field_changes(old: Form, new: Form) -> Iterator[Form]:
    """Events that came or went, and recommended readings that changed."""
    before, after = ({event_key(one) for one in told["events"]} for told in (old, new))
    if before != after:
        yield {
            "field": "events",
            "added": sorted(".".join(one) for one in after - before),
            "gone": sorted(".".join(one) for one in before - after),
        }
    for field in sorted({*old["recommended"], *new["recommended"]}):
        was, now = (told["recommended"].get(field, {}).get("words") for told in (old, new))
        if was != now:
            yield {"field": field, "old": was, "new": now}
    for field in sorted({*old["states"], *new["states"]}):
        was, now = (told["states"].get(field, {}).get("state") for told in (old, new))
        if was and now and was != now:
            yield {"field": f"{field} (state)", "old": was, "new": now}


def change_line(change: Form) -> str:
    """A change on a line, its fields below.

    >>> change_line({"change": "gone", "incident_id": "i1", "title": "Attack, Karim"})
    '- i1  Attack, Karim'
    """
    sign = {"added": "+", "gone": "-", "changed": "~"}[change["change"]]
    lines = [f"{sign} {change['incident_id']}  {one_line(change['title'])}"]
    for one in change.get("fields", ()):
        if one["field"] == "events":
            told = [f"+{name}" for name in one["added"]] + [f"-{name}" for name in one["gone"]]
            lines.append(f"    events: {one_line(' '.join(told))}")
        else:
            lines.append(f"    {one['field']}: {one_line(str(one['old'] or '–'))} → {one_line(str(one['new'] or '–'))}")
    return "\n".join(lines)
