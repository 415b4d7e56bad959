"""Figures: phrases with their bounds and measures, and what must hold for any text."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.figures import count_of, find_conflicts, find_figures
from dateline.annotate.reading import Reading
from dateline.types import Figure, Report

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "figures.toml").read_text(encoding="utf-8"))
PHRASES = [row for name, rows in CASES.items() if name != "none" for row in rows]


def figures_of(text: str) -> list[Figure]:
    return find_figures(Reading(Report("d", text)))


def told(text: str, figure: Figure, keys: list[str]) -> str:
    """A figure in the words of the case table."""
    parts = [text[figure.start : figure.end], figure.low, figure.high, figure.measure]
    plain = ["-" if part is None else str(part) for part in parts]
    return "|".join([*plain, *(f"{key}={getattr(figure, key)}" for key in keys)])


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: row[0][:60])
def test_phrase(row: list[str]) -> None:
    text, *expected = row
    found = figures_of(text)
    keys = [[part.split("=")[0] for part in one.split("|")[4:]] for one in expected] + [[]] * len(found)
    assert expected == [told(text, figure, keys[at]) for at, figure in enumerate(found)]


@pytest.mark.parametrize("row", CASES["none"], ids=lambda row: row[0][:60])
def test_no_figure(row: list[str]) -> None:
    assert [row[0][figure.start : figure.end] for figure in figures_of(row[0])] == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("two car bombs", (2, 2, False)),
        ("A third car bomb", (1, 1, False)),
        ("four more", (4, 4, False)),
        ("at least four more", (4, None, False)),
        ("several of them", (3, 9, False)),
        ("about 20 fighters", (20, 20, True)),
        ("a soldier", (1, 1, False)),
        ("the bomb", None),
        ("", None),
        ("-", None),
    ],
)
def test_count_of(words: str, expected: tuple[int | None, int | None, bool] | None) -> None:
    assert expected == count_of(words)


def test_parts_beyond_the_whole_are_flagged() -> None:
    figures = figures_of("12 people, including nine children and seven women, were killed.")
    assert find_conflicts(figures) == [(0, (1, 2), "parts count 16, the whole 12")]
    assert find_conflicts(figures_of("12 people, including nine children and two women, were killed.")) == []


PIECES = st.sampled_from(
    [
        "at least",
        "12",
        "people",
        "killed",
        "and",
        "wounded",
        "between",
        "15",
        "or",
        "more",
        "dozens",
        "of",
        "them",
        "including",
        "children",
        "half of the",
        "a",
        "third",
        "car bomb",
        ",",
        ".",
        "(",
        ")",
        "were",
        "from",
        "to",
        "the death toll rose",
        "no",
        "one",
        "million",
        "3.6",
        "hundreds",
        "families",
        "fled",
        "IS",
        "since 2011",
        "who",
        "-",
        "–",
        "99999999999999999999",
        "up to",
        "the",
        "number",
        "point five",
    ]
)


@given(st.lists(PIECES, max_size=30))
@settings(max_examples=150, deadline=None)
def test_spans_order_and_bounds(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = figures_of(text)
    for at, one in enumerate(found):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low is None or one.high is None or one.low <= one.high
        assert one.low is not None or one.high is not None
        assert one.part_of is None or 0 <= one.part_of < len(found)
        assert one.part_of != at
        assert one.replaces is None or 0 <= one.replaces < len(found)
        assert one.number is None or one.start <= one.number.start < one.number.end <= one.end
    assert all(a.start <= b.start for a, b in pairwise(found))


@given(st.text(max_size=200))
@settings(max_examples=120, deadline=None)
def test_any_string(text: str) -> None:
    figures_of(text)
    count_of(text)


@pytest.mark.parametrize(
    "piece", ["a", "1", "one ", "the ", "12 people ", "-", "million ", "between 1 and ", "killed ", "12 , ", "( 12 ", "of "]
)
def test_linear_time(piece: str) -> None:
    cost = []
    for size in (15_000, 60_000):
        reading = Reading(Report("d", piece * (size // len(piece))))
        begin = time.process_time()
        find_figures(reading)
        cost.append(time.process_time() - begin)
    assert cost[1] < 8 * cost[0] + 0.2
