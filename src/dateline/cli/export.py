"""`dateline export`: a project's events in the forms that others use."""

from __future__ import annotations

from typing import Annotated

import typer

from dateline.cli.options import Quiet, settings_of
from dateline.errors import SettingsError

PROFILE_HELP = "public (default): private persons are roles, sensitive places are coarsened; internal: everything as it is."


def run(
    context: typer.Context,
    project: Annotated[str, typer.Argument(metavar="PROJECT.db", help="Project file, made by `dateline code --into`.")],
    format: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="FORMAT",
            help="acled, ucdp, plover, idmc, geojson, csv, claims, statements, xlsx, parquet, ftm, html; incidents or brief.",
            show_default=False,
        ),
    ],
    output_file: Annotated[
        str | None,
        typer.Option(
            "-o",
            "--output",
            metavar="FILE|FOLDER/",
            help="File, or folder for the whole package; not standard output.",
            show_default=False,
        ),
    ] = None,
    profile: Annotated[str, typer.Option("--profile", metavar="public|internal", help=PROFILE_HELP)] = "public",
    since: Annotated[str | None, typer.Option("--since", metavar="DAY", help="Only events on or after this day.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DAY", help="Only events on or before this day.")] = None,
    country: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="ISO3", help="Only events in this country, such as SYR; may be repeated."),
    ] = None,
    type: Annotated[
        list[str] | None, typer.Option("--type", metavar="TYPE", help="Only this type or sub-type; may be repeated.")
    ] = None,
    reviewed_only: Annotated[
        bool, typer.Option("--reviewed-only", help="Only events that a person accepted or corrected.")
    ] = False,
    embargo: Annotated[
        str | None,
        typer.Option(
            "--embargo",
            metavar="DAY",
            help="Hold back events from this day on (14d: the last 14 days), or of no day.",
        ),
    ] = None,
    coarsen: Annotated[
        str | None,
        typer.Option("--coarsen", metavar="district|province", help="Tell every event at this level (public profile)."),
    ] = None,
    background: Annotated[
        bool | None,
        typer.Option(
            "--background/--no-background", help="With events that reports only recall (default: not in acled and ucdp)."
        ),
    ] = None,
    incident: Annotated[
        list[str] | None,
        typer.Option("--incident", metavar="ID", help="Only this incident (incidents, brief); may be repeated."),
    ] = None,
    per: Annotated[
        str,
        typer.Option("--per", metavar="event|incident", help="A row for each event of a report, or each merged incident."),
    ] = "event",
    hxl: Annotated[bool, typer.Option("--hxl", help="A row of HXL hashtags below the header (csv, acled, ucdp, idmc).")] = False,
    quiet: Quiet = False,
) -> None:
    """Write the events of a project in another form, with a manifest and what was left out.

    \b
    Examples:
      dateline export project.db --as acled -o acled.csv
      dateline export project.db --as ucdp -o release/
      dateline export project.db --as geojson --country SDN --since 2023-06-01 > events.geojson
      dateline export project.db --as acled --per incident -o incidents.csv
      dateline export project.db --as claims --profile internal -o claims.csv
      dateline export project.db --as incidents -o incidents.jsonl
      dateline export project.db --as brief --incident i0123456789abcdef -o brief.html

    FILE gets FILE.excluded.csv and FILE.manifest.json beside it; FOLDER/ gets data, excluded.csv, claims.csv, manifest.json and
    a README.md. acled and ucdp have the shape of those data sets and are neither; the rules of their codebooks are in
    docs/exports.md.

    Responsible use: for documentation, research, journalism and humanitarian analysis of past events; not for targeting or
    tracking, not for findings about the guilt of persons, not for alerts. Rows are coded by a machine and say whether anybody
    reviewed them; absence of records is not absence of violence. See docs/responsible-use.md.
    """
    from dateline.cli.exporting import export_project, options_of

    settings = settings_of(context)
    if format in ("incidents", "brief"):
        if embargo or coarsen:
            raise SettingsError(
                f"{format} tells whole incidents", where="--embargo, --coarsen", remedy="use --as csv --per incident"
            )
        from dateline.cli.brief import export_incidents

        export_incidents(project, format, output_file, profile=profile, ids=incident, quiet=quiet or settings.quiet)
        return
    options = options_of(
        format,
        profile,
        where="--as",
        since=since,
        until=until,
        countries=country,
        types=type,
        reviewed=reviewed_only,
        background=background,
        hxl=hxl,
        per=per,
        project=project,
        embargo=embargo,
        coarsen=coarsen,
    )
    if options.format.name == "xlsx" and output_file in (None, "-"):
        raise SettingsError("a workbook is no text", where="--as xlsx", remedy="give a file: -o events.xlsx")
    export_project(project, options, output_file, quiet=quiet or settings.quiet)
