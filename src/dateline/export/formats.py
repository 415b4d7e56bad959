"""The formats of `dateline export` and of `dateline code --format`: what each is, its rows and its file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from typing import Any, BinaryIO

from dateline.errors import SettingsError
from dateline.export import acled, claims, events_csv, ftm, geojson, idmc, plover, ucdp
from dateline.export.cases import Case, LeftOut
from dateline.export.cells import CsvSink
from dateline.export.sinks import GeoJsonSink, JsonLinesSink, PageSink, ParquetSink, Sink, XlsxSink
from dateline.export.tables import column_cells, columns

GROUP = "dateline.exporters"
Rows = Callable[[Sequence[Case]], Iterable[dict[str, Any] | LeftOut]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    `stem` and `ending`: the file's name in a folder. `rows`: None where it takes whole codings. `table`: whose columns it has
    ("": no table). `codebook`: whose rules it follows. `background`: shows what a report only recalls. `needs`: a package that
    dateline does not bring. `policy`: of the merge, for the values of incidents.
    """

    name: str
    stem: str
    ending: str
    summary: str
    rows: Rows | None = None
    table: str = ""
    codebook: str = "dateline"
    background: bool = True
    needs: str = ""
    policy: str = "most origins"

    def sink(self, stream: BinaryIO, *, hxl: bool = False, note: str = "") -> Sink:
        """The file of this format in a stream; a page has `note` at its foot."""
        names = columns(self.table)
        makers: dict[str, Callable[[], Sink]] = {
            "csv": lambda: CsvSink(stream, names, column_cells(self.table, "tag") if hxl else None),
            "geojson": lambda: GeoJsonSink(stream),
            "xlsx": lambda: XlsxSink(stream, names),
            "parquet": lambda: ParquetSink(stream, names, column_cells(self.table, "type")),
            "html": lambda: PageSink(stream, note),
            "jsonl": lambda: JsonLinesSink(stream, raw=self.name == "statements"),
        }
        return makers[self.ending]()

    def check(self, *, hxl: bool = False) -> None:
        """Raises SettingsError where a package is missing, or tags are wanted on a format that has none."""
        if self.needs and find_spec(self.needs) is None:
            remedy = f'pip install "dateline[{self.name}]"'
            raise SettingsError(f"{self.name} needs the package {self.needs}", where=f"--as {self.name}", remedy=remedy)
        if hxl and not (self.ending == "csv" and column_cells(self.table, "tag")):
            raise SettingsError(f"{self.name} has no HXL tags", where="--hxl", remedy="tags go with csv, acled, ucdp and idmc")


ACLED, UCDP = "ACLED codebook (public), by dateline: not ACLED data", "UCDP GED codebook (public), by dateline: not UCDP data"
PLOVER, IDMC = "PLOVER manual 2024-02, by dateline", "IDMC data model, by dateline"
FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format(
            "acled",
            "acled",
            "csv",
            "ACLED-shaped table, by its rules",
            acled.rows,
            "acled",
            ACLED,
            False,
            policy="acled",
        ),
        Format("ucdp", "ucdp", "csv", "UCDP-GED-shaped table, by its rules", ucdp.rows, "ucdp", UCDP, False, policy="ucdp"),
        Format("plover", "plover", "jsonl", "PLOVER records, one event a line", plover.records, codebook=PLOVER),
        Format("idmc", "idmc", "csv", "displacement figures in the words of IDMC", idmc.rows, "idmc", IDMC),
        Format("geojson", "events", "geojson", "points for a map", geojson.features),
        Format("csv", "events", "csv", "a row for each event", events_csv.rows, "csv"),
        Format("claims", "claims", "csv", "a row for each statement: who says what, in which words", claims.rows, "claims"),
        Format("statements", "statements", "jsonl", "statements as full records", claims.records),
        Format("xlsx", "events", "xlsx", "a workbook: events, claims, what was left out, about", events_csv.rows, "csv"),
        Format("parquet", "events", "parquet", "the table of csv with real types", events_csv.rows, "csv", needs="pyarrow"),
        Format("ftm", "ftm", "csv", "FollowTheMoney statements", ftm.rows, "ftm"),
        Format("html", "report", "html", "a page for reading: words and values side by side"),
    )
}


def format_named(name: str, where: str = "--as") -> Format:
    """The format of this name: ours, or one that an installed package offers (entry points `dateline.exporters`).

    Raises SettingsError for an unknown one.
    """
    if name in FORMATS:
        return FORMATS[name]
    for point in entry_points(group=GROUP, name=name):
        found = point.load()
        if isinstance(found, Format):
            return found
        raise SettingsError(f"{point.value} is no Format", where=where, remedy="see docs/exports.md: formats of your own")
    raise SettingsError(f"unknown format {name!r}", where=where, remedy=f"one of {', '.join(FORMATS)}")
