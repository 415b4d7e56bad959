"""Formulas, scripts, terminal escapes and paths in every text field: nothing runs in a spreadsheet, browser or terminal."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

import factories
from dateline.export.bundle import Export, Options
from dateline.export.cells import FORMULA, cell
from dateline.export.formats import FORMATS
from dateline.types import (
    Coding,
    Count,
    Evidence,
    Participant,
    Place,
    Published,
    Relation,
    Report,
    Statement,
    Voice,
    Weapon,
    When,
    Where,
)

ATTACKS = {
    "formula": '=HYPERLINK("http://evil.example","x")',
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-2+3",
    "at": "@SUM(1+1)",
    "tab": "\t=1+1",
    "wide": "＝1+1",
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "escape": "red \x1b[31m\x1b]0;owned\x07 bell \x9b2J",
    "path": "../../../../etc/passwd",
    "bidi": "safe \u202e txt.exe",
    "lines": 'one"\r\ntwo,three\u2028four',
    "surrogate": "half \udc80 a letter",
    "nul": "zero\x00byte",
}
TEXT_FORMATS = [name for name, format in FORMATS.items() if format.ending not in ("xlsx", "parquet")]


def hostile(words: str) -> Coding:
    """A coding with the words in every text field there is."""
    text = f"{words} bombed {words}"
    report = Report(
        words,
        text,
        "0" * 64,
        Published("2020-02-01", "option", words),
        title=words,
        outlet=words,
        url=words,
        wire=words,
        path=words,
    )
    said = (Evidence(0, len(text), text),)
    place = Place(words, "SYR", 35.0, 36.0, admin1=words, admin2=words, relations=(Relation("near", words),))
    event = factories.make_event(
        factories.make_report(),
        trigger=said,
        when=When("2020-01-31", "2020-01-31", "day", said),
        where=Where(place, said),
        actors=(Participant(words, "rebel group", said, "SYR", actor_id=words, backed_by=words),),
        targets=(Participant(words, "civilians", said, "SYR"),),
        weapons=(Weapon(words, said, words, 2),),
        figures=(
            Count("killed", words, 3, 3, "person", said, about=None, source=words),
            Count("displaced", words, 9, 9, "person", said),
        ),
        sources=(Voice(words, "affirms", said, via=words, about=None), Voice(words, "denies", said, about=words)),
        rejected=(),
        by=words,
    )
    statement = Statement("s1", report.id, "e1", "actor", {"name": words}, text, said, words, "affirms", words, words)
    return Coding(report, (event,), (statement,))


def export(coding: Coding, format: str, profile: Any = "internal") -> bytes:
    stream = io.BytesIO()
    made = Export(Options(FORMATS[format], profile), stream)
    made.add(coding)
    made.close()
    return stream.getvalue()


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("format", TEXT_FORMATS)
def test_no_terminal_escape_and_no_broken_encoding(format: str, attack: str) -> None:
    for profile in ("internal", "public"):
        told = export(hostile(ATTACKS[attack]), format, profile).decode("utf-8")
        if format != "statements":  # records that must come back without loss: JSON escapes controls itself
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", told)
        else:
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", told)


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("format", [name for name in TEXT_FORMATS if FORMATS[name].ending == "csv"])
def test_no_cell_of_a_table_starts_a_formula_or_breaks_out(format: str, attack: str) -> None:
    rows = list(csv.reader(io.StringIO(export(hostile(ATTACKS[attack]), format).decode("utf-8"), newline="")))
    assert len({len(row) for row in rows}) == 1 and (len(rows) > 1 or format == "ucdp")
    for value in (value for row in rows[1:] for value in row):
        if not re.fullmatch(r"-?\d+(\.\d+)?", value):
            assert not value.startswith((*FORMULA, "\t", "\r", "\n")), value
        assert "\n" not in value and "\r" not in value


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_cell_of_a_workbook_is_a_formula(attack: str) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(export(hostile(ATTACKS[attack]), "xlsx")))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert not [one.value for one in cells if one.data_type == "f"]
    assert not [one.value for one in cells if isinstance(one.value, str) and one.value[:1] in "=+-@"]


class Tags(HTMLParser):
    """The tags and event attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_runs_in_a_browser(attack: str) -> None:
    page = Tags()
    page.feed(export(hostile(ATTACKS[attack]), "html").decode("utf-8"))
    assert page.seen.count("script") == 1 and "img" not in page.seen and page.handlers == []


@pytest.mark.parametrize("format", ["plover", "geojson", "statements"])
def test_json_stays_json(format: str) -> None:
    for words in ATTACKS.values():
        told = export(hostile(words), format).decode()
        for line in [told] if format == "geojson" else told.rstrip("\n").split("\n"):
            assert json.loads(line)


def test_a_cell_keeps_numbers_and_marks_text() -> None:
    assert [cell(value) for value in (-5, 1.5, True, "x", "=x", "-x", "")] == [-5, 1.5, True, "x", "'=x", "'-x", ""]
    assert len(str(cell("a" * 100_000))) < 32_768
