"""What every coding must keep: its words are in its report, its line is the same twice, its form is the codebook's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.api import code_text, read
from dateline.batch import code_stream
from dateline.export.codebook import codebook_line
from dateline.export.codebook_form import ReportForm
from dateline.pipeline import load_tools
from dateline.types import Coding, Evidence, Fault, Record, Report


def evidence_of(node: Any) -> Iterator[Evidence]:
    """Every evidence below a record."""
    if isinstance(node, Evidence):
        yield node
    elif isinstance(node, Record):
        for name in node.__struct_fields__:
            yield from evidence_of(getattr(node, name))
    elif isinstance(node, (tuple, list)):
        for item in node:
            yield from evidence_of(item)


def check(coding: Coding) -> None:
    """Spans reproduce words, in the records and in the codebook's line over the text as given."""
    text, given = coding.report.text, coding.report.original_text()
    assert all(text[piece.start : piece.end] == piece.quote for piece in evidence_of(coding))
    line = codebook_line(coding)
    assert all(given[start:end] == quote for quote, start, end in quotes(msgspec.json.decode(line)))
    told = msgspec.json.decode(line, type=ReportForm)
    for event in told["events"]:
        assert event["trigger"]
        assert event["sources"]
        assert all(figure["low"] is not None or figure["high"] is not None for figure in event["figures"])


def quotes(node: Any) -> Iterator[tuple[str, int, int]]:
    if isinstance(node, list):
        for item in node:
            yield from quotes(item)
    elif isinstance(node, dict):
        if "quote" in node:
            yield node["quote"], node["start"], node["end"]
        for item in node.values():
            yield from quotes(item)


def code_all(path: Path) -> tuple[list[Coding], list[Fault]]:
    results = [done.result for done in code_stream(read(path), tools=load_tools())]
    faults = [item for item in results if isinstance(item, Fault) and item.level == "error"]
    return [item for item in results if isinstance(item, Coding)], faults


def test_examples_keep_their_words(examples: Path) -> None:
    codings, faults = code_all(examples)
    assert faults == []
    assert len(codings) >= 12
    assert sum(len(coding.events) for coding in codings) >= 2 * len(codings)
    for coding in codings:
        check(coding)


def test_examples_are_plainly_marked_as_exercises(examples: Path) -> None:
    for path in examples.iterdir():
        for line in (
            path.read_text(encoding="utf-8").splitlines() if path.suffix == ".jsonl" else [path.read_text(encoding="utf-8")]
        ):
            assert "FICTIONAL EXERCISE" in line, path.name


@pytest.mark.parametrize("name", ["fakes_syria.jsonl", "news_clusters.jsonl"])
def test_reports_of_every_side_are_coded_without_a_fault_of_ours(shared: Path, name: str) -> None:
    codings, faults = code_all(shared / "gold" / name)
    assert [fault for fault in faults if fault.code == "coding"] == []
    for coding in codings:
        check(coding)


@pytest.mark.parametrize(
    "text",
    [
        "x",
        "\x00\x00 bomb \x00 killed six\x00",
        "💥 A bomb 💥 killed six 👩‍👩‍👧 in Kandahar.",
        "Bombs. " * 3000,
        "a" * 200_000,
        "killed " * 1000,
        "قُتل ستة أشخاص في انفجار. A bomb killed six people in Kandahar on Saturday.",
        "“" * 5000 + "said" + "”" * 5000,
        "(" * 20000,
        "six\ud83d people were killed in Kandahar on Saturday",
    ],
    ids=["letter", "nulls", "emoji", "repeats", "one-word", "killed", "right-to-left", "quotes", "brackets", "surrogate"],
)
def test_odd_texts_are_coded_or_refused_in_order(text: str) -> None:
    coding = code_text(text, published="2020-02-01")
    assert isinstance(coding.report, Report)
    check(coding)
