"""Where rows go: files of each kind, written as rows come. A sink has `add(row)` and `close()`; CSV stands in `cells`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, BinaryIO, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from dateline.export.cells import cell
from dateline.export.codebook import encode
from dateline.export.safe import safe

NO_MOMENT = datetime(1980, 1, 1)  # the first that a zip file knows
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


class Sink(Protocol):
    """Takes rows, and ends the file."""

    def add(self, row: Mapping[str, Any]) -> None: ...

    def close(self) -> None: ...


def clean(value: Any) -> Any:
    """Plain JSON types without the characters that drive a terminal."""
    if isinstance(value, str):
        return safe(value)
    if isinstance(value, Mapping):
        return {key: clean(item) for key, item in value.items()}
    return [clean(item) for item in value] if isinstance(value, (list, tuple)) else value


class JsonLinesSink:
    """One JSON object a line. `raw` leaves strings as they are, for records that must come back without loss."""

    def __init__(self, stream: BinaryIO, *, raw: bool = False) -> None:
        self._stream, self._raw = stream, raw

    def add(self, row: Mapping[str, Any]) -> None:
        self._stream.write(encode(row if self._raw else clean(row)) + b"\n")

    def close(self) -> None:
        self._stream.flush()


class GeoJsonSink:
    """A FeatureCollection; features are written as they come."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._count = stream, 0
        stream.write(b'{"type":"FeatureCollection","features":[')

    def add(self, row: Mapping[str, Any]) -> None:
        self._stream.write((b",\n" if self._count else b"\n") + encode(clean(row)))
        self._count += 1

    def close(self) -> None:
        self._stream.write(b"\n]}\n")
        self._stream.flush()


class XlsxSink:
    """A workbook: sheet `events`, and further sheets by `sheet`. Every text is a text cell, whatever it begins with."""

    def __init__(self, stream: BinaryIO, columns: Sequence[str], title: str = "events") -> None:
        from openpyxl import Workbook

        self._stream, self._columns = stream, columns
        self._book = Workbook(write_only=True)
        self._sheet = self._start(title, columns)

    def _start(self, title: str, columns: Sequence[str]) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        sheet = self._book.create_sheet(title)
        sheet.freeze_panes = "A2"
        heads = []
        for name in columns:
            head = WriteOnlyCell(sheet, value=name)
            head.font = Font(bold=True)
            heads.append(head)
        sheet.append(heads)
        return sheet

    def add(self, row: Mapping[str, Any]) -> None:
        self._append(self._sheet, self._columns, row)

    def _append(self, sheet: Any, columns: Sequence[str], row: Mapping[str, Any]) -> None:
        from openpyxl.cell import WriteOnlyCell

        cells = []
        for name in columns:
            made = WriteOnlyCell(sheet, value=cell(row.get(name)))
            if isinstance(made.value, str):
                made.data_type = "s"
            cells.append(made)
        sheet.append(cells)

    def sheet(self, title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
        sheet = self._start(title, columns)
        for row in rows:
            self._append(sheet, columns, row)

    def close(self) -> None:
        """Write the workbook with the same bytes in every run: without the moment of making as a property or of its parts."""
        made = BytesIO()
        self._book.properties.created = self._book.properties.modified = NO_MOMENT
        self._book.save(made)
        with ZipFile(made) as parts, ZipFile(self._stream, "w", ZIP_DEFLATED) as out:
            for name in parts.namelist():
                data = parts.read(name)
                if name == "docProps/core.xml":
                    data = MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
                out.writestr(ZipInfo(name, NO_MOMENT.timetuple()[:6]), data, ZIP_DEFLATED)


class ParquetSink:
    """A Parquet file: the same columns as `csv`, days as dates, numbers as numbers. Needs pyarrow (extra `parquet`)."""

    def __init__(self, stream: BinaryIO, columns: Sequence[str], types: Mapping[str, str]) -> None:
        self._stream, self._columns, self._types = stream, columns, types
        self._rows: list[Mapping[str, Any]] = []

    def add(self, row: Mapping[str, Any]) -> None:
        self._rows.append(row)

    def close(self) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        kinds = {"date": pa.date32(), "int": pa.int64(), "float": pa.float64(), "bool": pa.bool_()}
        schema = pa.schema([(name, kinds.get(self._types.get(name, ""), pa.string())) for name in self._columns])
        columns = {name: [self._value(row.get(name), name) for row in self._rows] for name in self._columns}
        table = pa.table(columns, schema=schema)
        pq.write_table(table, pa.PythonFile(self._stream, mode="w"), compression="zstd")

    def _value(self, value: Any, name: str) -> Any:
        from datetime import date

        if value is None or value == "":
            return None
        if self._types.get(name) == "date":
            return date.fromisoformat(value)
        return value if name in self._types else safe(str(value))


class PageSink:
    """The page for reading: codings come whole, not as rows."""

    def __init__(self, stream: BinaryIO, note: str) -> None:
        from dateline.export.html import Page

        self._page = Page(stream.write, note=note)

    def add(self, row: Mapping[str, Any]) -> None:
        self._page.add(row["coding"], row["reviews"])

    def close(self) -> None:
        self._page.finish()


def source_date() -> float | None:
    """SOURCE_DATE_EPOCH, for builds that must give the same bytes each time."""
    told = os.environ.get("SOURCE_DATE_EPOCH", "")
    return float(told) if told.isdigit() else None
