"""The codebook format: its keys, and that every quote is found where it says in the text as the user gave it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.export.codebook import codebook_line, to_codebook
from dateline.export.codebook_form import ReportForm
from dateline.export.jsonl import record_line
from dateline.export.original import OriginalText
from dateline.types import Coding, Repair, Report
from factories import bare_event, make_coding, make_event, make_report, words

REPORT_KEYS = ["doc_id", "published", "published_basis", "events", "aliases", "flags", "background_figures"]
EVENT_KEYS = (
    "id type sub_type status foreground trigger trigger_spans when where actors targets weapons figures sources".split()  # noqa: SIM905
)


def quotes(node: Any) -> Iterator[tuple[str, int, int]]:
    """Every (quote, start, end) below a node."""
    if isinstance(node, list):
        for item in node:
            yield from quotes(item)
    if isinstance(node, dict):
        if "quote" in node:
            yield node["quote"], node["start"], node["end"]
        for quote, (start, end) in zip(node.get("trigger", []), node.get("trigger_spans", []), strict=True):
            yield quote, start, end
        for item in node.values():
            yield from quotes(item)


def test_keys_are_those_of_the_codebook() -> None:
    line = json.loads(codebook_line(make_coding()))
    assert list(line) == REPORT_KEYS
    assert list(line["events"][0]) == EVENT_KEYS


def test_a_line_has_the_form_that_the_schema_tells() -> None:
    assert msgspec.json.decode(codebook_line(make_coding()), type=ReportForm)


def test_every_value_has_the_first_of_its_evidence_with_offsets() -> None:
    coding = make_coding()
    found = list(quotes(to_codebook(coding)))
    assert len(found) == 15
    assert all(coding.report.text[start:end] == quote for quote, start, end in found)


def test_what_is_not_told_is_absent_and_open_bounds_are_null() -> None:
    report = make_report()
    event = to_codebook(make_coding(report, events=(make_event(report, when=None, where=None, sources=()),)))["events"][0]
    assert "when" not in event
    assert "where" not in event
    assert event["figures"][0]["high"] is None
    assert event["weapons"][0]["delivery"] is None
    assert "backed_by" not in event["actors"][0]


def test_places_are_never_finer_than_four_decimals() -> None:
    where = to_codebook(make_coding())["events"][0]["where"]
    assert where["lat"] == 35.1235
    assert where["relation"] == [{"kind": "offset", "of": "Karim", "distance_km": 50.0, "direction": "NE"}]


def test_quotes_are_words_of_the_text_before_repairs() -> None:
    damaged = "The armyâ€™s troops shelled Marwa â€“ again."
    repaired = "The army’s troops shelled Marwa – again."
    repairs = (Repair(8, 9, "â€™", "’"), Repair(32, 33, "â€“", "–"))
    report = Report("d", repaired, repairs=repairs)
    assert report.original_text() == damaged
    event = bare_event(words(report, "army’s troops shelled"))
    told = to_codebook(Coding(report, (event,)))["events"][0]
    assert told["trigger"] == ["armyâ€™s troops shelled"]
    assert [damaged[start:end] for start, end in told["trigger_spans"]] == told["trigger"]


@st.composite
def repaired_reports(draw: st.DrawFn) -> Report:
    """A report of kept and repaired pieces."""
    piece = st.text("ab é’", max_size=4)
    text, repairs = draw(piece), []
    for before, after, kept in draw(st.lists(st.tuples(piece, piece, piece), max_size=6)):
        if before != after:
            repairs.append(Repair(len(text), len(text) + len(after), before, after))
            text += after
        text += kept + "x"
    return Report("d", text, repairs=tuple(repairs))


@given(repaired_reports(), st.data())
def test_the_fast_map_to_the_original_is_that_of_the_report(report: Report, data: st.DataObject) -> None:
    original = OriginalText(report)
    assert original.text == report.original_text()
    if report.text:
        start = data.draw(st.integers(0, len(report.text) - 1))
        end = data.draw(st.integers(start + 1, len(report.text)))
        expected = report.original(start, end)
        assert original.span(start, end) == expected or expected[0] >= expected[1]
        assert original.quote(start, end)


def test_lone_surrogates_are_written_as_replacement_characters() -> None:
    report = Report("d", "six \ud83d dead")
    event = bare_event(report.evidence(0, 10))
    for line in (codebook_line(Coding(report, (event,))), record_line(Coding(report, (event,)))):
        assert "six \ufffd dead" in line.decode("utf-8")


def test_the_full_records_are_read_back_as_they_were() -> None:
    coding = make_coding()
    assert msgspec.json.decode(record_line(coding), type=Coding) == coding


@pytest.mark.parametrize("basis", ["metadata", "unknown"])
def test_the_basis_of_the_day_stands_alone_when_nothing_was_inferred(basis: str) -> None:
    report = make_report(published=msgspec.convert({"day": None, "basis": basis}, type=type(make_report().published)))
    assert to_codebook(Coding(report))["published_basis"] == basis
