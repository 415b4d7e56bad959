"""`dateline export --as incidents|brief`: the incidents of a project as lines of JSON, or as briefs for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import msgspec

from dateline.cli.terminal import output, say
from dateline.errors import SettingsError, StoreError
from dateline.export.incident_manifest import SHOWS, Covered
from dateline.merge.judgements import Decisions, load_decisions
from dateline.merge.kept import find_incident
from dateline.merge.project import state
from dateline.merge.records import Incident, Standing
from dateline.merge.shown import member_ids, shown_incidents
from dateline.store import Project, open_project


def export_incidents(
    path: str, format: str, output_file: str | None, *, profile: str, ids: Sequence[str] | None = None, quiet: bool = False
) -> None:
    """Write the incidents that the last merge kept; briefs of those told by two reports or more where none is named.

    `FILE.jsonl` gets `FILE.manifest.json` beside it; standard output gets the incidents alone.
    """
    if profile not in SHOWS:
        raise SettingsError(f"unknown profile {profile!r}", where="--profile", remedy=f"one of {', '.join(SHOWS)}")
    with open_project(path, create=False) as project:
        decisions, covered = load_decisions(project), Covered(profile)
        wanted, shared = named(project, ids), format == "brief" and not ids
        found = shown_incidents(
            project,
            covered.show,
            policy=state(project.connection).get("policy", "most origins"),
            decisions=decisions if profile == "internal" else anonymous(decisions),
            ids=wanted,
            shared=shared,
        )
        counted = covered.count(found)
        with output(output_file) as stream:
            written = write_lines(counted, stream) if format == "incidents" else write_briefs(counted, stream, output_file)
        if output_file and output_file != "-":
            held, file = len(member_ids(project, wanted, shared=shared)), Path(output_file)
            told = covered.manifest(format, files=[file.name], held=held, shared=shared, project=path)
            with output(str(file.with_name(f"{file.name.removesuffix(file.suffix)}.manifest.json"))) as stream:
                stream.write(msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")
    if not quiet:
        say(f"{output_file or format} ({profile}): {written:,} incidents")


def named(project: Project, ids: Sequence[str] | None) -> list[str] | None:
    """Full ids of the incidents that are meant."""
    if not ids:
        return None
    found = []
    for name in ids:
        incident = find_incident(project, name)
        if incident is None:
            raise StoreError(
                f"no incident {name!r}", where=str(project.path), remedy="`dateline merge` lists incidents with their ids"
            )
        found.append(incident.id)
    return found


def anonymous(decisions: Decisions) -> Decisions:
    """Judgements without the names of those who made them."""

    def hidden(one: Standing) -> Standing:
        return msgspec.structs.replace(one, judgement=msgspec.structs.replace(one.judgement, user="reviewer", reason=""))

    events = {key: hidden(one) for key, one in decisions.events.items()}
    by_event = {event: {name: hidden(one) for name, one in told.items()} for event, told in decisions.by_event.items()}
    return Decisions(events, by_event, tuple(map(hidden, decisions.pairs)), ())


def write_lines(incidents: Iterable[Incident], stream: BinaryIO) -> int:
    from dateline.export.incidents import incident_line

    written = 0
    for incident in incidents:
        stream.write(incident_line(incident) + b"\n")
        written += 1
    return written


def write_briefs(incidents: Iterable[Incident], stream: BinaryIO, output_file: str | None) -> int:
    """HTML for a file that ends so, else Markdown; one brief after the other."""
    from dateline.export.brief import brief_html, brief_markdown

    found = list(incidents)
    if output_file and output_file.lower().endswith((".html", ".htm")):
        for piece in brief_html(found):
            stream.write(piece.encode("utf-8"))
    else:
        stream.write("\n---\n\n".join(map(brief_markdown, found)).encode("utf-8"))
    return len(found)
