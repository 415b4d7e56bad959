"""Times: 150 phrases with their days, and what must hold for any text."""

from __future__ import annotations

import time
import tomllib
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.reading import Reading
from dateline.annotate.times import find_times
from dateline.types import Published, Report, Timex

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "times.toml").read_text(encoding="utf-8"))
PHRASES = [row for name, rows in CASES.items() if name != "none" for row in rows]


def times_of(text: str, published: str | None = "2020-02-01", basis: str = "option") -> list[Timex]:
    return find_times(Reading(Report("d", text, published=Published(published or None, basis if published else "unknown"))))  # type: ignore[arg-type]


def reading_of(marked: str, published: str) -> tuple[str, str, str] | None:
    """(words, earliest, latest) of the expression found at the marked place."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    for found in times_of(text, published):
        if (found.start, found.end) == (start, end):
            return text[start:end], found.earliest or "", found.latest or ""
    return None


@pytest.mark.parametrize("row", PHRASES, ids=lambda row: row[1][:60])
def test_phrase(row: list[str]) -> None:
    published, marked, earliest, latest = row
    words = marked[marked.index("[") + 1 : marked.index("]")]
    assert (words, earliest, latest) == reading_of(marked, published)


@pytest.mark.parametrize("row", CASES["none"], ids=lambda row: row[1][:60])
def test_no_time(row: list[str]) -> None:
    assert [row[1][found.start : found.end] for found in times_of(row[1], row[0])] == []


def test_there_are_150_phrases() -> None:
    assert len(PHRASES) >= 150


@pytest.mark.parametrize(
    ("text", "type", "value"),
    [
        ("It ended on Saturday.", "DATE", "2020-02-01"),
        ("It ended Friday night.", "TIME", "2020-01-31TNI"),
        ("It lasted two weeks.", "DURATION", "P2W"),
        ("It lasted for 2 1/2 years.", "DURATION", "P2Y6M"),
        ("They train every Monday.", "SET", "XXXX-WXX-1"),
        ("They are now in the town.", "DATE", "PRESENT_REF"),
        ("It was taken last week.", "DATE", "2020-W04"),
        ("It was taken at the weekend.", "DATE", "2020-W05-WE"),
    ],
)
def test_timex3(text: str, type: str, value: str) -> None:
    assert (type, value) == next((found.type, found.value) for found in times_of(text))


def test_inferred_publication_is_marked() -> None:
    assert [found.inferred for found in times_of("It ended on Friday.", basis="inferred")] == [True]
    assert [found.inferred for found in times_of("It ended on 3 May 2019.", basis="inferred")] == [False]


def test_narrative_anchor_is_kept() -> None:
    assert [f.anchor for f in times_of("It began on 3 May 2019. Two days later it ended.")] == ["absolute", "narrative"]


def test_precision_follows_the_codebook() -> None:
    found = times_of("It began overnight, last week, in May 2019, in 2016.")
    assert [one.precision for one in found] == ["day", "week", "month", "year"]


def test_a_broken_publication_day_is_no_day() -> None:
    assert [found.earliest for found in times_of("It ended on Friday.", "2020-13-45")] == [None]


PIECES = st.sampled_from(
    [
        "on Friday",
        "last week",
        "two days ago",
        "3 May 2019",
        "Feb. 29",
        "the",
        "of",
        "and",
        "between",
        "from",
        "to",
        "May",
        "March",
        "1990",
        "'90",
        "s",
        "half a",
        "a",
        "year",
        "years old",
        "ago",
        "later",
        "the following",
        "day",
        "31 February",
        "12/13/2020",
        "99:99",
        "5 p.m.",
        "early",
        "mid-",
        "-",
        ".",
        ",",
        "Ramadan 9999",
        "in 9998",
        "next century",
        "one million",
        "weeks",
        "every",
        "0",
    ]
)


@given(st.lists(PIECES, max_size=30), st.sampled_from(["2020-02-01", "0001-01-01", "9999-12-31", ""]))
@settings(max_examples=150, deadline=None)
def test_spans_order_and_bounds(pieces: list[str], published: str) -> None:
    text = " ".join(pieces)
    found = times_of(text, published)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.earliest is None or one.latest is None or one.earliest <= one.latest
        assert (one.precision is None) == (one.earliest is None or one.latest is None)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(st.text(max_size=200))
@settings(max_examples=120, deadline=None)
def test_any_string(text: str) -> None:
    times_of(text)


RELATIVE = [
    "on Friday",
    "yesterday",
    "two days ago",
    "last week",
    "this week",
    "overnight",
    "the weekend",
    "next Monday",
    "a week ago",
    "the past two weeks",
    "early Thursday",
    "at dawn on Monday",
    "late on Saturday",
    "three weeks ago",
    "in the past 24 hours",
    "over the last three days",
    "from Monday to Wednesday",
    "two days ago and again on Friday",
    "last Tuesday",
    "the night before last",
    "tomorrow",
    "at 10:30 a.m. on Sunday",
    "in recent weeks",
]


@given(st.sampled_from(RELATIVE), st.dates(date(1950, 1, 1), date(2080, 1, 1)))
@settings(max_examples=80, deadline=None)
def test_a_week_later_everything_is_a_week_later(phrase: str, day: date) -> None:
    week = timedelta(7)
    before = times_of(f"They attacked {phrase}.", day.isoformat())
    after = times_of(f"They attacked {phrase}.", (day + week).isoformat())
    assert len(before) == len(after) > 0
    for first, second in zip(before, after, strict=True):
        assert (first.start, first.end, first.type) == (second.start, second.end, second.type)
        for one, two in ((first.earliest, second.earliest), (first.latest, second.latest)):
            assert one is not None and two is not None
            assert date.fromisoformat(one) + week == date.fromisoformat(two)


@pytest.mark.parametrize(
    "piece", ["a", "1", "one ", "the ", "a year ", "-", "1990 ", "half a ", "million ", "between 1 and ", "May ", "Monday to "]
)
def test_linear_time(piece: str) -> None:
    cost = []
    for size in (15_000, 60_000):
        reading = Reading(Report("d", piece * (size // len(piece)), published=Published("2020-02-01", "option")))
        begin = time.process_time()
        find_times(reading)
        cost.append(time.process_time() - begin)
    assert cost[1] < 8 * cost[0] + 0.2


def test_a_quarter_without_a_year_is_no_anchor() -> None:
    """A quarter whose year nobody tells ("the third quarter" in an undated report) must not break the report."""
    report = Report("r", "Sales fell in the third quarter. They rose in the fourth quarter, the group said.")
    assert all(timex.value for timex in find_times(Reading(report)))
