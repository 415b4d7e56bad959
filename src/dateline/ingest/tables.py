"""Tables of articles: CSV, TSV and XLSX, one article a row, the columns found by their names or told with `--map`.

A row is a record like a line of JSONL: its hash is that of its text. Cells with HTML give their words.
"""

from __future__ import annotations

import csv
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, TextIOWrapper
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.ingest.columns import find_columns, picked
from dateline.ingest.decode import FOREIGN, decode, one_byte
from dateline.ingest.draft import Draft, ReadOptions, text_hash
from dateline.ingest.flat import flat_html
from dateline.ingest.guard import read_member
from dateline.ingest.safe_xml import refuse_entities
from dateline.ingest.text import whole
from dateline.types import Fault

EXTRACTOR = "table@1"
FORM = "name the column with the text of the articles: --map text=COLUMN (also published, title, outlet, url, doc_id)"
DELIMITERS = ",\t;|"
ONE_COLUMN = "\x1f"  # stands in no text: commas in a table of one column are words
SAMPLE = 65536
HEADER_ROWS = 10  # a title or a note may stand above the header of a sheet
MAX_COLUMNS = 300
EXCEL_CELL = 32_767  # characters: Excel cuts what is longer
TAGS = re.compile(r"</?(?:p|br|div|span|h\d|li|ul|a|b|i|strong|em|table|blockquote)\b[^<>]{0,300}>", re.IGNORECASE)
EXCEL_SIGN = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of one row and where it stands, such as news.csv:12."""

    where: str
    number: int
    cells: Sequence[object]


# ---- CSV and TSV ----------------------------------------------------------------------------------------------------------


def read_table(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The articles of a CSV or TSV file, row by row, so that files of any length stream. A bad row is a fault."""
    if not stream.seekable():
        stream = BytesIO(whole(stream, options))
    sample = stream.read(SAMPLE)
    if not sample:
        raise InputError("the file is empty", remedy="give a table with a header row")
    decoded = decode(sample[: sample.rfind(b"\n") + 1] or sample)
    stream.seek(0)
    encoding = decoded.encoding.partition("+")[0]
    marked = "utf-8-sig" if encoding == "utf-8" else encoding
    text = TextIOWrapper(stream, encoding=marked, errors="surrogateescape" if encoding == "utf-8" else "replace", newline="")
    try:
        rows = csv_rows(text, delimiter_of(decoded.text, options), draft, options)
        yield from articles(rows, draft, options)
    finally:
        text.detach()


def delimiter_of(sample: str, options: ReadOptions) -> str:
    """The sign between cells: the one by which the header names most of what is looked for, else the most frequent."""
    header = next((line for line in re.split(r"[\r\n]+", sample.lstrip("\ufeff")) if line.strip()), "")
    wanted = {column for _, column in options.columns}

    def worth(sign: str) -> tuple[int, int]:
        names = next(csv.reader([header], delimiter=sign), [])
        return len(find_columns(names)) + len(wanted & set(names)), len(names)

    best = max(DELIMITERS, key=worth)
    return best if worth(best)[1] > 1 else ONE_COLUMN


def csv_rows(text: TextIOWrapper, delimiter: str, draft: Draft, options: ReadOptions) -> Iterator[Row | Fault]:
    csv.field_size_limit(options.max_bytes)
    reader = csv.reader(lines_of(text, options.max_bytes), delimiter=delimiter)
    number = 0
    while True:
        where = f"{draft.where}:{reader.line_num + 1}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Fault(where, f"no row of a table ({error})", "check the quotation marks of this row", "table")
            continue
        if any(cell.strip() for cell in cells):
            number += 1
            yield Row(where, number, [mended(cell) for cell in cells])


def lines_of(text: TextIOWrapper, longest: int) -> Iterator[str]:
    while line := text.readline(longest):
        yield line


def mended(cell: str) -> str:
    """A cell with bytes that are not UTF-8 read as Windows-1252."""
    return FOREIGN.sub(lambda match: one_byte(ord(match.group()) - 0xDC00), cell)


# ---- XLSX -----------------------------------------------------------------------------------------------------------------


def read_xlsx(archive: zipfile.ZipFile, stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The articles of every sheet of a workbook that has a column of texts. Values are read as they were last computed."""
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            refuse_entities(read_member(archive, name, 8 * options.max_bytes)[:1_000_000])
    book = opened(stream)
    lacking: list[str] = []
    try:
        for sheet in book.worksheets:
            rows = sheet_rows(sheet, f"{draft.where}[{sheet.title}]")
            try:
                prefix = draft.doc_id if len(book.worksheets) == 1 else f"{draft.doc_id}-{sheet.title}"
                yield from articles(rows, draft, options, prefix=prefix)
            except InputError as error:
                lacking.append(f"{sheet.title}: {error.message}")
        if len(lacking) == len(book.worksheets):
            raise InputError("; ".join(lacking[:3]) or "the workbook holds no sheet", remedy=FORM)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, zipfile.BadZipFile, SyntaxError, EOFError) as error:
        raise damaged(error) from None
    finally:
        book.close()


def opened(stream: BinaryIO) -> Any:
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise InputError("openpyxl, which reads XLSX, is missing", remedy="pip install openpyxl") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and features that do not matter here
            return load_workbook(stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # the library lets errors of many kinds through for damaged files
        raise damaged(error) from None


def damaged(error: Exception) -> InputError:
    what = f"a damaged XLSX workbook ({type(error).__name__}: {str(error)[:80]})"
    return InputError(what, remedy="open it and save it again, or save the sheet as CSV")


def sheet_rows(sheet: Any, where: str) -> Iterator[Row]:
    if not hasattr(sheet, "reset_dimensions"):
        return  # a sheet of charts
    sheet.reset_dimensions()  # what the file says of its size may be anything
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, values_only=True), 1):
            if any(cell not in (None, "") for cell in cells):
                yield Row(f"{where}:{number}", number, [excel_value(cell) for cell in cells])


def excel_value(cell: object) -> object:
    if isinstance(cell, str) and "_x" in cell:
        return EXCEL_SIGN.sub(lambda match: chr(int(match[1], 16)), cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else cell


# ---- both -----------------------------------------------------------------------------------------------------------------


def articles(rows: Iterable[Row | Fault], draft: Draft, options: ReadOptions, *, prefix: str = "") -> Iterator[Draft | Fault]:
    """Rows below the header as drafts. Raises InputError when no column holds the text."""
    header: list[str] = []
    columns: dict[str, str] = {}
    first: list[str] = []
    tried = 0
    for row in rows:
        if isinstance(row, Fault):
            yield row
        elif not columns:
            header = ["" if cell is None else str(cell).strip() for cell in row.cells]
            first = first or header
            tried += 1
            columns = header_columns(header, options)
            if not columns and tried == HEADER_ROWS:
                break
        else:
            yield article(row, header, columns, draft, prefix or draft.doc_id)
    if not columns:
        find_columns(first, options.columns)  # tells a column that --map names and the header lacks
        told = ", ".join(name[:40] for name in first[:12]) or "none"
        raise InputError(f"no column with the text of articles (first row: {told})", remedy=FORM)


def header_columns(header: list[str], options: ReadOptions) -> dict[str, str]:
    """The columns when this row is the header, else {}."""
    try:
        found = find_columns([name for name in header if name], options.columns)
    except InputError:
        return {}
    return found if "text" in found else {}


def article(row: Row, header: list[str], columns: dict[str, str], draft: Draft, prefix: str) -> Draft | Fault:
    if any(cell not in (None, "") for cell in row.cells[len(header) :]):
        what = f"{len(row.cells)} cells, the header names {len(header)}"
        return Fault(row.where, what, "put cells that hold the separator in quotation marks", "table")
    told = picked(dict(zip(header, row.cells, strict=False)), columns)
    text = told.get("text")
    if not isinstance(text, str) or not text.strip():
        return Fault(row.where, f"the cell {columns['text']!r} is empty", "give the words of the report", "empty")
    remarks: tuple[str, ...] = ()
    if len(text) == EXCEL_CELL:
        remarks = (f"the text has {EXCEL_CELL:,} characters, where Excel cuts cells: its end may be missing",)
    text = flat_html(text) if TAGS.search(text) else text
    day = told.get("published")
    return Draft(
        text=text,
        doc_id=words(told.get("doc_id")) or f"{prefix}-{row.number}",
        sha256=text_hash(text),
        path=draft.path,
        where=row.where,
        extractor=EXTRACTOR,
        title=words(told.get("title")),
        published=day if isinstance(day, (str, int, float)) and day != "" else None,
        outlet=words(told.get("outlet")),
        url=words(told.get("url")),
        remarks=remarks,
    )


def words(value: object) -> str | None:
    if value is None or isinstance(value, bool):
        return None
    return " ".join(str(value).split()) or None
