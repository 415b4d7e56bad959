"""`dateline merge`: events of many reports into incidents."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import Output, Quiet, settings_of
from dateline.cli.terminal import output, say
from dateline.errors import SettingsError
from dateline.merge.policies import DEFAULT, POLICIES, check_policy
from dateline.merge.records import Incident


def run(
    context: typer.Context,
    source: Annotated[
        str,
        typer.Argument(
            metavar="PROJECT.db|EVENTS.jsonl", help="Project file; or lines of `dateline code`, - for standard input."
        ),
    ],
    output_file: Output = None,
    policy: Annotated[
        str, typer.Option("--policy", metavar="POLICY", help=f"Which reading to recommend: {', '.join(POLICIES)}.")
    ] = DEFAULT,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="Leave reports published before this day as they are (project).")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say for each incident why it is one, and why near candidates are not part of it.")
    ] = False,
    full: Annotated[
        bool, typer.Option("--full", help="Merge everything anew, not only what new reports touch (project).")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Merge the events of many reports into incidents, each with every reading and its source.

    \b
    Examples:
      dateline merge project.db
      dateline merge project.db --explain --policy ucdp
      dateline merge project.db -o incidents.jsonl
      dateline merge events.jsonl -o incidents.jsonl
      dateline code reports/ | dateline merge - > incidents.jsonl

    A project keeps its incidents: merging again after new reports or judgements makes only those anew that they touch, and what a
    person judged the same or different stays so. Lines may come from `dateline code` (codebook or jsonl) or from elsewhere.
    """
    check_policy(policy)
    quiet = quiet or settings_of(context).quiet
    if is_project(source):
        merge_file(source, output_file, policy, since, explain=explain, full=full, quiet=quiet)
    else:
        merge_lines(source, output_file, policy, explain=explain, quiet=quiet)


def is_project(source: str) -> bool:
    """Whether a file is a SQLite database: by its first bytes, not by its name."""
    path = Path(source)
    if source == "-" or not path.is_file():
        if source != "-" and not path.exists():
            raise SettingsError("no such file", where=source, remedy="give a project file, or lines of `dateline code`")
        return False
    with path.open("rb") as stream:
        return stream.read(16) == b"SQLite format 3\x00"


def merge_file(
    source: str, output_file: str | None, policy: str, since: str | None, *, explain: bool, full: bool, quiet: bool
) -> None:
    from dateline.cli.incidents import totals
    from dateline.merge.kept import load_incidents
    from dateline.merge.project import merge_project
    from dateline.store import open_project

    with open_project(source, create=False) as project:
        merged = merge_project(project, policy=policy, full=full, since=since)
        if not quiet:
            say(f"{totals(merged.events, merged.incidents, merged.shared)}; {len(merged.changed):,} new or changed")
        if output_file is None and not explain:
            shared = project.connection.execute("SELECT id FROM incidents WHERE reports > 1").fetchall()
            print_incidents(load_incidents(project, ids=[row[0] for row in shared]))
        else:
            write(load_incidents(project), output_file, explain=explain)


def merge_lines(source: str, output_file: str | None, policy: str, *, explain: bool, quiet: bool) -> None:
    from dateline.cli.incidents import totals
    from dateline.merge.incidents import merge_events
    from dateline.merge.lines import read_codings

    found = merge_events(read_codings(source), policy=policy)
    shared = sum(len({one.report_id for one in incident.tellings}) > 1 for incident in found.incidents)
    write(found.incidents, output_file, explain=explain)
    if not quiet:
        say(totals(found.events, len(found.incidents), shared))


def print_incidents(incidents: Iterable[Incident]) -> None:
    """Incidents told by two reports or more, for people."""
    from dateline.cli.incidents import incident_lines

    for incident in incidents:
        for line in incident_lines(incident):
            typer.echo(line)


def write(incidents: Iterable[Incident], output_file: str | None, *, explain: bool) -> None:
    """Lines of JSON; with `explain` and no file, the reasons in words."""
    from dateline.cli.incidents import explain_lines, incident_lines, names_of, telling_line
    from dateline.export.incidents import incident_line

    if explain and output_file is None:
        found = list(incidents)
        names = names_of(found)
        for incident in found:
            if len(incident.tellings) > 1 or incident.near:
                lines = [*incident_lines(incident), *map(telling_line, incident.tellings), *explain_lines(incident, names)]
                typer.echo("\n".join(lines) + "\n")
        return
    with output(output_file) as stream:
        for incident in incidents:
            stream.write(incident_line(incident) + b"\n")
