"""Cells that stay cells: a stranger's words never start a formula, move a cursor or break out of their column.

A spreadsheet runs what begins with = + - @ (or with a tab or line end before it); such a text gets an apostrophe in front, the
sign by which spreadsheets know text. Numbers are numbers and are left alone. Line ends become blanks, controls U+FFFD.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

from dateline.export.codebook import SURROGATE
from dateline.export.safe import one_line

FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")  # a negative number as text is no formula
LONGEST = 32_767  # characters that a spreadsheet's cell holds


def cell(value: Any) -> str | int | float | bool | None:
    """A value for a cell: text made harmless, numbers as they are.

    >>> cell("=1+1"), cell("two\\nlines"), cell(-3), cell(None)
    ("'=1+1", 'two lines', -3, None)
    """
    if value is None or isinstance(value, (int, float)):
        return value
    text = SURROGATE.sub("\ufffd", one_line(str(value), LONGEST - 1))
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def csv_cell(value: Any) -> str:
    """A cell of a CSV file: true and false in lower case, nothing for None."""
    made = cell(value)
    if made is None:
        return ""
    return str(made).lower() if isinstance(made, bool) else str(made)


def csv_line(values: Sequence[Any]) -> bytes:
    """A line of RFC 4180 CSV in UTF-8: quotes where needed, CR LF at the end."""
    line = io.StringIO()
    csv.writer(line).writerow([csv_cell(value) for value in values])
    return line.getvalue().encode("utf-8")


class CsvSink:
    """A CSV file with a header, and a row of HXL tags below it where wanted."""

    def __init__(self, stream: BinaryIO, columns: Sequence[str], tags: Mapping[str, str] | None = None) -> None:
        self._stream, self._columns = stream, columns
        stream.write(csv_line(columns))
        if tags:
            stream.write(csv_line([tags.get(name, "") for name in columns]))

    def add(self, row: Mapping[str, Any]) -> None:
        self._stream.write(csv_line([row.get(name) for name in self._columns]))

    def close(self) -> None:
        self._stream.flush()
