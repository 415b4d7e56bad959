"""Expressions that count from another day: "yesterday", "last week", "the past two months", "overnight"."""

from __future__ import annotations

from datetime import date, timedelta

from dateline.annotate.numbers import read_hedge
from dateline.annotate.times_calendar import (
    Days,
    month_days,
    part_of,
    quarter_days,
    season_days,
    shift,
    shift_month,
    week_value,
    year_days,
)  # fmt: skip
from dateline.annotate.times_frame import Anchor, Found, View, days_of, duration_value, quantity

DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}


NO_DAY = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "Y": "XXXX",
    "E": "XXX",
    "C": "XX",
    "F": "XXXX-WXX",
}


def read_day_word(view: View, i: int) -> Found | None:
    """ "today", "yesterday", "tonight", "overnight"; "the day before yesterday"."""
    word, anchor = view.at(i), view.frame.published
    if word in {"early", "late", "earlier", "later"} and view.at(i + 1) in DAY_WORDS and (found := read_day_word(view, i + 1)):
        return found._replace(first=i)
    if word == "the" and view.at(i + 1) == "day" and view.at(i + 3) in {"yesterday", "tomorrow"}:
        steps = {"before": -2, "after": 2}.get(view.at(i + 2))
        if steps:
            return on_day(i, i + 4, anchor, steps)
    if word not in DAY_WORDS:
        return None
    if word == "overnight":
        return overnight(view, i)
    part = view.book.parts.get(view.at(i + 1), "") if word != "tonight" and not view.at(i + 1).endswith("s") else ""
    return on_day(i, i + 1 + bool(part), anchor, DAY_WORDS[word], part.removeprefix("T") or ("NI" if word == "tonight" else ""))


def overnight(view: View, i: int) -> Found | None:
    anchor = view.frame.published
    if anchor is None:
        return Found(i, i + 1, "TIME", "XXXX-XX-XXTNI", anchor="none", inferred=True)
    before = shift(anchor, -1)
    return Found(i, i + 1, "TIME", f"{before or anchor}TNI", before, anchor, "published")


def on_day(first: int, last: int, anchor: date | None, steps: int, time: str = "", kind: Anchor = "published") -> Found | None:
    clock = f"T{time}" if time else ""
    if anchor is None:
        return Found(first, last, "TIME" if time else "DATE", "XXXX-XX-XX" + clock, anchor="none", inferred=True)
    day = shift(anchor, steps)
    return Found(first, last, "TIME" if time else "DATE", f"{day}{clock}", day, day, kind) if day else None


def unit_days(view: View, unit: str, way: str, *, tense: str = "past") -> tuple[str, Days] | None:
    """Value and days of "this/last/next <unit>" from the publication day. CODEBOOK: weeks are seven days up to publication."""
    anchor = view.frame.published
    if anchor is None:
        return None
    step = {"past": -1, "this": 0, "future": 1}[way]
    if unit in {"D"}:
        day = shift(anchor, step)
        return (day.isoformat(), (day, day)) if day else None
    if unit in {"W", "WE", "F"}:
        return week_days(anchor, unit, step, tense)
    if unit == "M":
        moved = shift_month(anchor.year, anchor.month, step)
        return (f"{moved[0]:04d}-{moved[1]:02d}", clip(month_days(*moved), anchor, step, tense)) if moved else None
    if unit == "Q":
        moved = shift_month(anchor.year, anchor.month, 3 * step)
        if not moved:
            return None
        quarter = (moved[1] + 2) // 3
        return f"{moved[0]:04d}-Q{quarter}", clip(quarter_days(moved[0], quarter), anchor, step, tense)
    size = {"Y": 1, "E": 10, "C": 100}.get(unit)
    if size is None:
        return None
    first = anchor.year // size * size + step * size
    if not 1 <= first <= 9999 - size:
        return None
    return f"{first:04d}"[: 4 if size == 1 else 3 if size == 10 else 2], clip(
        (date(first, 1, 1), date(first + size - 1, 12, 31)), anchor, step, tense
    )


def clip(days: Days, anchor: date, step: int, tense: str) -> Days:
    """ "This month" of a past event ends with publication; of a coming one it starts there."""
    if step:
        return days
    return (anchor, days[1]) if tense == "future" else (days[0], anchor)


def week_days(anchor: date, unit: str, step: int, tense: str) -> tuple[str, Days] | None:
    if unit == "WE":
        saturday = anchor - timedelta((anchor.isoweekday() - 6) % 7)
        coming = saturday if anchor.isoweekday() >= 6 else saturday + timedelta(7)
        base = coming if tense == "future" or step > 0 else saturday
        if step < 0 and anchor.isoweekday() >= 6:
            base = saturday - timedelta(7)
        if step > 0 and anchor.isoweekday() >= 6:
            base = saturday + timedelta(7)
        return f"{week_value(base)}-WE", (base, base + timedelta(1))
    length = 14 if unit == "F" else 7
    moved = shift(anchor, step * length)
    if moved is None:
        return None
    if step > 0 or (step == 0 and tense == "future"):
        first = shift(anchor, 1 if step else 0)
        last = shift(anchor, length if step else length - 1)
    else:
        first, last = shift(moved, 1 - length), moved
    return (week_value(moved), (first, last)) if first and last else None


def read_deictic(view: View, i: int) -> Found | None:
    """ "[earlier|late] [the] this/last/next/past <unit>", also with a number: "the past two weeks", "the next few days"."""
    at, edge = i, ""
    if view.at(at) in view.book.early_late and view.at(at) not in {"mid"}:
        edge, at = view.book.early_late[view.at(at)], at + 1
        at = view.skip(at, "in")
        at = view.skip(at, "on")
    if view.at(at) == "each" and view.at(at + 1) == "of":
        at += 2
    at = view.skip(at, "the")
    word = view.at(at)
    if word == "weekend" and at > i and view.at(at + 1) not in {"of", "before", "after"}:
        return one_unit(view, i, at + 1, "WE", "this", edge, "this")
    if word == "year" and at > i and view.at(at + 1) == "ended":
        return Found(i, at + 1, "DURATION", "P1Y", anchor="none")
    if (
        word == "week"
        and at > i
        and (view.at(at + 1) in {"'s", "’s"} or (view.at(i - 1) == "for" and view.at(at + 1) not in {"of"}))
    ):
        return one_unit(view, i, at + 1, "W", "this", edge, "this")
    if (
        word in {"this", "last", "next"}
        and view.at(at + 1) == "year"
        and view.at(at + 2) in {"'s", "’s"}
        and (found := years_quarter(view, i, at))
    ):
        return found
    way = "past" if word in view.book.past else "future" if word in view.book.future else "this" if word in view.book.this else ""
    if word in {"same", "that"}:
        return same_unit(view, i, at)
    if not way or (word == "following" and view.at(at - 1) != "the"):
        return None
    unit = view.book.units.get(view.at(at + 1))
    plural = view.at(at + 1).endswith("s")
    if plural and word == "past" and at == i and view.at(at + 1) in {"years", "months", "weeks", "days"}:
        return Found(i, at + 2, "DATE", "PAST_REF", anchor="none")
    if unit and not plural and unit[0] != "T" and view.at(at + 1) != "night":
        return one_unit(view, i, at + 2, unit, way, edge, word)
    if view.at(at + 1) in view.book.seasons:
        return season(view, i, at + 2, view.book.seasons[view.at(at + 1)], way)
    if view.at(at + 1) in view.book.parts and way in {"this", "past"}:
        return part_today(view, i, at + 2, view.book.parts[view.at(at + 1)], way)
    return many_units(view, i, at + 1, way) if way != "this" or plural else None


def years_quarter(view: View, first: int, at: int) -> Found | None:
    """ "This year's third quarter"."""
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4}.get(view.at(at + 3))
    anchor = view.frame.published
    if nth is None or view.at(at + 4) != "quarter" or anchor is None:
        return None
    year = anchor.year + {"this": 0, "last": -1, "next": 1}[view.at(at)]
    return (
        Found(first, at + 5, "DATE", f"{year:04d}-Q{nth}", *quarter_days(year, nth), "published") if 1 <= year <= 9999 else None
    )


def one_unit(view: View, first: int, last: int, unit: str, way: str, edge: str, word: str) -> Found | None:
    if word in {"following", "previous", "preceding"} or (unit == "D" and word == "next"):
        return narrative_unit(view, first, last, unit, -1 if way == "past" else 1)
    if word == "past" and unit in {"D", "W", "M", "Y", "E"}:
        return span_of(view, first, last, 1.0, unit, "past")
    if unit == "D" and view.at(last - 2) in {"last", "past"}:
        return None
    tense = "past"
    if way == "this":
        tense = "future" if edge == "later" else "past" if edge == "earlier" else (view.tense(first, last) or "past")
    told = unit_days(view, unit, way, tense=tense)
    if told is None:
        return Found(first, last, "DATE", NO_DAY.get(unit, "XXXX"), anchor="none", inferred=True)
    value, days = told
    if edge in {"early", "mid", "late"}:
        whole = calendar_unit(view, unit, way) or days
        days = part_of(whole, edge)
        if view.frame.published and way == "this" and tense != "future":
            days = (min(days[0], view.frame.published), min(days[1], view.frame.published))
    return Found(first, last, "DATE", value, *days, "published")


def calendar_unit(view: View, unit: str, way: str) -> Days | None:
    """The whole week from Monday, for "late last week"."""
    anchor = view.frame.published
    step = {"past": -1, "this": 0, "future": 1}[way]
    if unit == "W" and anchor:
        monday = shift(anchor, 7 * step - anchor.isoweekday() + 1)
        return (monday, monday + timedelta(6)) if monday and monday.year < 9999 else None
    if unit == "Y" and anchor and 1 < anchor.year + step < 9999:
        return year_days(anchor.year + step)
    if unit == "M" and anchor and (moved := shift_month(anchor.year, anchor.month, step)):
        return month_days(*moved)
    return None


def same_unit(view: View, first: int, at: int) -> Found | None:
    """ "the same day", "that year": the day the story is at."""
    unit = view.book.units.get(view.at(at + 1))
    if unit not in {"D", "W", "M", "Y"} or view.at(at + 1).endswith("s"):
        return None
    return narrative_unit(view, first, at + 2, unit, 0)


def narrative_unit(view: View, first: int, last: int, unit: str, step: int) -> Found | None:
    """A unit counted from the day the story is at, else from publication."""
    story = {"M": view.frame.month, "Y": view.frame.year}.get(unit) or view.frame.narrative
    base = story or view.frame.published
    if base is None:
        return Found(first, last, "DATE", NO_DAY.get(unit, "XXXX"), anchor="none", inferred=True)
    kind: Anchor = "narrative" if story else "published"
    told = around(base, unit, step)
    return Found(first, last, "DATE", told[0], *told[1], kind) if told else None


def around(base: date, unit: str, step: float) -> tuple[str, Days] | None:
    """The day, week, month or year that lies `step` units from a day."""
    if unit == "D":
        day = shift(base, round(step))
        return (day.isoformat(), (day, day)) if day else None
    if unit in {"W", "F"}:
        middle = shift(base, round(step * (14 if unit == "F" else 7)))
        low, high = (shift(middle, -3), shift(middle, 3)) if middle else (None, None)
        return (week_value(middle), (low, high)) if middle and low and high else None
    if unit == "M":
        moved = shift_month(base.year, base.month, round(step))
        return (f"{moved[0]:04d}-{moved[1]:02d}", month_days(*moved)) if moved else None
    if unit == "Q":
        moved = shift_month(base.year, base.month, round(3 * step))
        if not moved:
            return None
        quarter = (moved[1] + 2) // 3
        return f"{moved[0]:04d}-Q{quarter}", quarter_days(moved[0], quarter)
    year = base.year + round(step * {"Y": 1, "E": 10, "C": 100}.get(unit, 0))
    if not 1 <= year <= 9999 or unit not in {"Y", "E", "C"}:
        return None
    slack = {"Y": 0, "E": 5, "C": 50}[unit]
    low_year, high_year = max(1, year - slack), min(9999, year + slack)
    return f"{year:04d}", (date(low_year, 1, 1), date(high_year, 12, 31))


def season(view: View, first: int, last: int, code: str, way: str) -> Found | None:
    anchor = view.frame.published
    if anchor is None:
        return Found(first, last, "DATE", f"XXXX-{code}", anchor="none", inferred=True)
    tense = "future" if way == "future" else view.tense(first, last)
    years = [y for y in (anchor.year - 1, anchor.year, anchor.year + 1) if 1 < y < 9999]
    choices = [(y, season_days(y, code)) for y in years]
    if way == "future" or tense == "future":
        picked = [c for c in choices if c[1][1] >= anchor and (way != "future" or c[1][0] > anchor)][:1]
    else:
        picked = [c for c in choices if c[1][0] <= anchor and (way != "past" or c[1][1] < anchor)][-1:]
    if not picked:
        return None
    year, days = picked[0]
    return Found(first, last, "DATE", f"{year:04d}-{code}", *days, "published")


def part_today(view: View, first: int, last: int, code: str, way: str) -> Found | None:
    """ "this morning", "last night"."""
    return on_day(first, last, view.frame.published, -1 if way == "past" else 0, code)


def many_units(view: View, first: int, at: int, way: str) -> Found | None:
    """ "the past two weeks", "the next several days", "recent"-like words with plurals."""
    if read_hedge(view.lows, at, view.end):
        return None  # "to last over a week"
    number = quantity(view, at)
    count, after = number if number else (None, at)
    after = view.skip(after, "more", "consecutive", "straight", "full")
    unit = view.book.units.get(view.at(after))
    if unit is None or (number is None and not view.at(after).endswith("s")):
        return None
    if count is None and way == "past" and unit in view.book.past_few_days and view.frame.published:
        since = shift(view.frame.published, -view.book.past_few_days[unit])
        return Found(first, after + 1, "DURATION", duration_value(None, unit), since, view.frame.published, "published", True)
    return span_of(view, first, after + 1, count, unit, way)


def span_of(view: View, first: int, last: int, count: float | None, unit: str, way: str) -> Found | None:
    """A duration that ends or begins with publication."""
    value, anchor = duration_value(count, unit), view.frame.published
    length = days_of(count, unit)
    if anchor is None or length is None:
        return Found(first, last, "DURATION", value, anchor="none", inferred=True)
    if way == "future":
        return Found(first, last, "DURATION", value, anchor, shift(anchor, length), "published", count is None)
    since = shift(anchor, -(length - 1 if length > 1 and count is not None else max(length, 1 if unit[0] == "T" else 0)))
    if unit == "Y" and count is not None and count == int(count) and anchor.year > count:
        year = anchor.year - int(count)
        since = date(year, anchor.month, min(anchor.day, month_days(year, anchor.month)[1].day))
    return Found(first, last, "DURATION", value, since, anchor, "published", count is None)
