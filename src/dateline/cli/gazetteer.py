"""`dateline gazetteer`: look a name up, and keep a table of places of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dateline.cli.options import settings_of
from dateline.cli.registry import HELP, line
from dateline.cli.terminal import Progress, say
from dateline.errors import InputError
from dateline.export.safe import one_line

app = typer.Typer(
    rich_markup_mode=None, context_settings=HELP, no_args_is_help=True,
    help="Look up names of places; add places of your own.\n\n\b\nExample:\n  dateline gazetteer lookup Marea --country Syria\n",
)  # fmt: skip

File = Annotated[
    Path,
    typer.Argument(metavar="FILE", help="GeoNames dump (19 columns), OCHA P-code table, or CSV with name, lat, lon, country."),
]
Into = Annotated[Path, typer.Option("--into", metavar="OWN.csv", help="Your own table; made if absent, same place replaced.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="A name, in any spelling or script.", show_default=False)]
Country = Annotated[
    str | None, typer.Option("--country", metavar="COUNTRY", help="Name or ISO code; near spellings are looked for, too.")
]
With = Annotated[list[Path] | None, typer.Option("--with", metavar="OWN.csv", help="Your own table, put over the gazetteer.")]


@app.command("lookup")
def look_up(context: typer.Context, name: Name, country: Country = None, own: With = None) -> None:
    """List the places that bear a name, best first, tab-separated: score, name, kind, country, province, latitude, longitude,
    people, GeoNames id, "added" when it is yours.

    \b
    Examples:
      dateline gazetteer lookup "Deir ez-Zor"
      dateline gazetteer lookup Marea --country SYR --with my-places.csv
    """
    from dateline.resolve.countries import iso3_of
    from dateline.resolve.gazetteer import load_gazetteer
    from dateline.resolve.gazetteer_add import lookup_lines

    if country is not None and iso3_of(country) is None:
        raise InputError(f"no country {country!r}", where="--country", remedy="give its name or ISO code, such as SYR")
    files = (*map(Path, settings_of(context).places), *(own or ()))
    found = lookup_lines(name, country, load_gazetteer(*files))
    if not found:
        remedy = "try another spelling, or --country for near ones" if country is None else "add it: dateline gazetteer add"
        raise InputError(f"no place bears the name {name!r}", remedy=remedy)
    for place in found:
        cells = [place[key] for key in ("score", "name", "kind", "country", "admin1", "lat", "lon", "population", "geonameid")]
        line((*("" if cell is None else str(cell) for cell in cells), "added" if place["added"] else ""))


@app.command("add")
def add_own(file: File, into: Into) -> None:
    """Check the rows of FILE and write them into your own table. Rows that cannot be used are named and skipped.

    \b
    Examples:
      dateline gazetteer add SY.txt --into my-places.csv
      dateline gazetteer add villages.csv --into my-places.csv
      dateline code reports/ --places my-places.csv

    For every run: places = ["my-places.csv"] in dateline.toml. A place of yours wins over one of the gazetteer that bears
    the same name and fits the report as well.
    """
    from dateline.resolve.gazetteer_add import add_places

    count, faults = add_places(file, into=into)
    progress = Progress()
    for fault in faults:
        progress.fault(fault)
    progress.finish()
    if not count:
        say("dateline: nothing was written")
        raise typer.Exit(1)
    skipped = f", {len(faults):,} row{'' if len(faults) == 1 else 's'} skipped" if faults else ""
    say(f"{count:,} place{'' if count == 1 else 's'} written to {one_line(str(into))}{skipped}")
