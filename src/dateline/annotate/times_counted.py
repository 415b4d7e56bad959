"""A number of units: "two days ago", "a year earlier", "at least 30 days", "in five years", "for months"."""

from __future__ import annotations

from dateline.annotate.times_calendar import (
    quarter_days,
    shift,
)  # fmt: skip
from dateline.annotate.times_frame import Anchor, Found, View, days_of, duration_value, quantity
from dateline.annotate.times_relative import NO_DAY, around, narrative_unit, span_of
from dateline.annotate.times_tense import lasting

AGO = frozenset(["ago"])


LATER = frozenset(["later", "afterwards", "afterward"])


EARLIER = frozenset(["earlier", "before", "previously", "prior"])


FILLERS = (
    "more",
    "additional",
    "full",
    "consecutive",
    "straight",
    "trading",
    "business",
    "working",
    "whole",
    "long",
    "solid",
    "calendar",
)


def read_counted(view: View, i: int) -> Found | None:
    """ "two days ago", "a year earlier", "at least 30 days", "for months", "a five-year-old conflict"."""
    start = i
    if view.at(i) == "the":
        i += 1
        i = view.skip(i, "first", "last", "final", "initial")
        if view.at(i) in {"a", "an", "one", "the"}:
            return None
    number = quantity(view, i)
    if number is None:
        return None
    count, at = number
    if view.at(i) in {"no", "none", "zero"} or count == 0:
        return None
    at = view.skip(at, *FILLERS)
    unit = view.book.units.get(view.at(at))
    if unit is None or view.at(at) in {"second", "quarter"} or (unit == "WE" and count == 1) or (unit == "Q" and count == 1):
        return None
    if view.at(at) in {"night", "day"} and view.at(i) in {"a"} and view.at(at + 1) not in AGO | LATER | EARLIER:
        return None
    if count is not None and count != 1 and not view.at(at).endswith("s") and count != 0.5:
        return None
    after = at + 1
    if view.at(after) == "and" and view.at(after + 1) == "a" and view.at(after + 2) == "half" and count is not None:
        count, after = count + 0.5, after + 3
    if view.at(after) == "old" or (view.at(after) == "of" and view.at(after + 1) == "age"):
        return None
    if start < i:
        return Found(start, after, "DURATION", duration_value(count, unit), anchor="none")
    return counted(view, i, at, after, count, unit)


def counted(view: View, first: int, unit_at: int, after: int, count: float | None, unit: str) -> Found | None:
    word = view.at(after)
    if word in AGO or (word == "back" and view.at(after + 1) not in {"to", "in", "from"}):
        return ago(view, first, after + 1, count, unit)
    if word == "from" and view.at(after + 1) in {"now", "today"}:
        return from_now(view, first, after + 2, count, unit)
    if word in LATER or word in EARLIER:
        if word in {"before", "prior"} and view.at(after + 1) not in {".", ",", ";", "and", "but", "", "in", "at"}:
            return Found(first, after, "DURATION", duration_value(count, unit), anchor="none")
        return later(view, first, after + 1, count, unit, -1 if word in EARLIER else 1)
    value = duration_value(count, unit)
    if view.at(first - 1) == "in" and count is not None and unit[0] != "T" and view.tense(first, after) == "future":
        return from_now(view, first, after, count, unit)
    if view.at(first - 1) == "for" and (
        view.tense(first, after) != "future" if count is None else unit[0] != "T" and lasting(view.reading, first)
    ):
        return span_of(view, first, after, count, unit, "past")
    return Found(first, after, "DURATION", value, anchor="none")


def ago(view: View, first: int, last: int, count: float | None, unit: str) -> Found | None:
    anchor = view.frame.published
    if anchor is None:
        value = "PAST_REF" if count is None else NO_DAY.get(unit, "XXXX-XX-XX")
        return Found(first, last, "DATE", value, anchor="none", inferred=True)
    if unit[0] == "T":
        hours_back = days_of(count, unit) or 0
        return Found(first, last, "TIME", anchor.isoformat(), shift(anchor, -max(hours_back, 1)), anchor, "published")
    if count is None:
        length = days_of(None, unit)
        least = days_of(3, unit)
        if length is None or least is None:
            return None
        return Found(first, last, "DATE", "PAST_REF", shift(anchor, -length), shift(anchor, -least), "published", True)
    if unit == "Y" and count == 1 and (found := year_before_quarter(view, first, last)):
        return found
    if unit == "Y" and count % 1:
        count, unit = round(count * 12), "M"  # two and a half years ago is a month, not the nearest year
    told = around(anchor, unit, -count)
    return Found(first, last, "DATE", told[0], *told[1], "published") if told else None


def year_before_quarter(view: View, first: int, last: int) -> Found | None:
    """ "A year ago" beside a quarter is that quarter of the year before (reports of companies)."""
    told = view.frame.quarter
    if told is None or first - told[2] > 60 or told[0] < 3:
        return None
    return Found(first, last, "DATE", f"{told[0] - 1:04d}-Q{told[1]}", *quarter_days(told[0] - 1, told[1]), "narrative")


def from_now(view: View, first: int, last: int, count: float | None, unit: str) -> Found | None:
    anchor = view.frame.published
    if anchor is None or count is None or unit[0] == "T":
        return Found(first, last, "DATE", "FUTURE_REF", anchor="none", inferred=True)
    told = around(anchor, unit, count)
    return Found(first, last, "DATE", told[0], *told[1], "published") if told else None


def later(view: View, first: int, last: int, count: float | None, unit: str, step: int) -> Found | None:
    """ "two days later", "a year earlier": counted from the day the story is at."""
    if unit == "Y" and count == 1 and step < 0 and (found := year_before_quarter(view, first, last)):
        return found
    story = view.frame.year if unit == "Y" else None
    base = story or view.frame.narrative or view.frame.published
    kind: Anchor = "narrative" if story or view.frame.narrative else "published"
    if base is None:
        return Found(first, last, "DATE", NO_DAY.get(unit, "XXXX-XX-XX"), anchor="none", inferred=True)
    if unit[0] == "T":
        return Found(first, last, "TIME", base.isoformat(), base, base, kind)
    if count is None:
        length = days_of(None, unit) or 0
        edge = shift(base, step * length)
        low, high = (edge, base) if step < 0 else (base, edge)
        return Found(first, last, "DATE", "PAST_REF" if step < 0 else "FUTURE_REF", low, high, kind, True)
    told = around(base, unit, step * count)
    return Found(first, last, "DATE", told[0], *told[1], kind) if told else None


def read_day_beside(view: View, i: int) -> Found | None:
    """ "the day before", "the day after", "the night before"."""
    at = view.skip(i, "the")
    if at == i or view.at(at) not in {"day", "night", "week", "month", "year"}:
        return None
    if (
        view.at(at) in {"night", "day", "week"}
        and view.at(at + 1) == "before"
        and view.at(at + 2) == "last"
        and view.frame.published
    ):
        told = around(view.frame.published, view.book.units[view.at(at)], -2)
        return Found(i, at + 3, "DATE", told[0], *told[1], "published") if told else None
    step = {"before": -1, "after": 1}.get(view.at(at + 1))
    if step is None or view.at(at + 2) not in {".", ",", ";", "", "and", "but", "in", "at", "by", "when", "near", "that"}:
        return None
    return narrative_unit(view, i, at + 2, view.book.units[view.at(at)], step)
