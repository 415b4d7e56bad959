"""Dates in all newspaper forms: "Saturday, Feb. 1, 2020", "3 JAN 90", "28-30 January", "last April", "early 2016".

A rule reads a `Partial` (what the words tell), then `resolve` finds the days, counted from the publication day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from dateline.annotate.times_calendar import Days, make_day, month_days, part_of, week_value, year_days
from dateline.annotate.times_frame import Anchor, Found, View, is_year, last_weekday, small_number

SLASHED = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})")
NEAR_FUTURE, LONG_PAST = 62, 300  # days: "Dec. 7" in an October report is the coming one whatever the tense


class Partial(NamedTuple):
    """A date as told: any part may be missing. `way` is last/next/this when a word says so; `edge` is early/mid/late."""

    first: int
    last: int
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    way: str = ""
    edge: str = ""
    time: str = ""  # TIMEX3 time of day: "NI", "10:30"


def month_at(view: View, i: int) -> int | None:
    """Number of the month at token `i`; short and ambiguous names ("Mar", "may", "march") need a number or preposition beside."""
    word = view.at(i)
    if word.startswith("mid-"):
        word = word[4:]
    month = view.book.months.get(word)
    if (
        month
        and (view.words[i][0].isupper() or view.words[i][4:5].isupper())
        and not (view.reading.upper and word in {"may", "march"})
    ):
        return month if word not in {"may", "march", "august"} or clear_month(view, i) or word == "august" else None
    if month or (month := view.book.months_short.get(word)):
        return month if beside_number(view, i) or (word in {"may", "march"} and view.at(i - 1) in BEFORE_MONTH) else None
    return None


BEFORE_MONTH = frozenset(
    ["in", "since", "last", "this", "next", "until", "by", "of", "early", "late", "mid", "during", "from", "through", "between"]
)


def beside_number(view: View, i: int) -> bool:
    after = view.skip(i + 1, ".")
    if small_number(view.at(after), 31) or is_year(view.at(after)):
        return True
    before = view.skip(i - 2, "of") - 1 if view.at(i - 1) == "of" else i - 1
    return bool(small_number(view.at(before), 31)) or (view.at(after) in {"'", "’"} and view.at(after + 1).isdecimal())


def clear_month(view: View, i: int) -> bool:
    """ "May" and "March" are months unless they open a sentence as a verb, name a march or a person."""
    if (
        view.capital(i + 1)
        and not view.reading.upper
        and not is_year(view.at(i + 1))
        and view.at(i + 1) not in view.book.weekdays
    ):
        return beside_number(view, i)
    if beside_number(view, i) or view.at(i - 1) in BEFORE_MONTH | {"in", "and", "to", "or", "for", "the", "a"}:
        return view.at(i + 1) not in {"on"} or beside_number(view, i)
    return (
        i > view.first
        and view.at(i + 1) not in {"on", "to", "against", "for"}
        and view.at(i - 1) not in {"theresa", "long", "the", "mrs", "ms", "mr", "."}
    )


def weekday_at(view: View, i: int) -> int | None:
    word = view.at(i)
    if day := view.book.weekdays.get(word):
        named = view.at(i - 1) in view.book.black_days or (
            view.at(i + 1) in view.book.not_names and view.capital(i + 1) and not view.reading.upper
        )
        return None if named else day
    if day := view.book.weekdays_short.get(word):
        after = view.skip(view.skip(i + 1, "."), ",")
        if small_number(view.at(after), 31) or view.at(after) in view.book.months or view.at(after) in view.book.months_short:
            return day
    return None


def year_after(view: View, i: int, *, short: bool) -> tuple[int, int] | None:
    """A year at token `i`: 1989, '98, and 90 where `short` says that a day and month stand before."""
    word = view.at(i)
    if is_year(word):
        return int(word), i + 1
    if word in {"'", "’"} and len(view.at(i + 1)) == 2 and view.at(i + 1).isdecimal():
        return full_year(view, int(view.at(i + 1))), i + 2
    if short and len(word) == 2 and word.isdecimal() and word.isascii() and view.at(i + 1) not in view.book.units:
        return full_year(view, int(word)), i + 1
    return spoken_year(view, i)


def spoken_year(view: View, i: int) -> tuple[int, int] | None:
    """ "nineteen ninety-seven"."""
    from dateline.annotate.numbers import number_words

    century = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}.get(view.at(i))
    if century is None:
        return None
    digits = number_words().digits
    rest = digits.get(view.at(i + 1), 0)
    if rest < 10:
        return None
    one = digits.get(view.at(i + 2), 0) if rest % 10 == 0 and rest >= 20 else 0
    return (century + rest + one, i + 3) if 0 < one < 10 else (century + rest, i + 2)


def full_year(view: View, two: int) -> int:
    """The year of two digits that lies nearest to publication (without one: 1950-2049)."""
    near = view.frame.published.year if view.frame.published else 2000
    return min((near // 100 * 100 + c + two for c in (-100, 0, 100)), key=lambda y: (abs(y - near), y))


def read_partial(view: View, i: int) -> Partial | None:
    """The date at token `i`, as told."""
    weekday = weekday_at(view, i)
    at = i
    if weekday:
        at = i + 1 + (view.at(i + 1) == "." and view.at(i) in view.book.weekdays_short)
        inner = view.skip(view.skip(at, ",", "-", "–", "("), "the")
        dated = read_calendar(view, inner)
        if dated and dated.day and (inner == at or dated.month):
            closed = view.skip(dated.last, ")") if view.at(inner - 1) == "(" else dated.last
            return dated._replace(first=i, last=closed, weekday=weekday)
        return Partial(i, at, weekday=weekday)
    return read_calendar(view, at)


def read_calendar(view: View, i: int) -> Partial | None:
    """Month, day and year at token `i`, in any order."""
    word = view.at(i)
    if not word:
        return None
    if word[0].isdecimal():
        return read_digits(view, i)
    month = month_at(view, i)
    if month is None:
        return None
    edge = "mid" if word.startswith("mid-") else ""
    at = i + 1
    if view.at(at) == "." and word not in view.book.months and not edge:
        at += 1
    day = small_number(view.at(at), 31)
    if day and not is_year(view.at(at)) and view.at(at + 1) not in {"people"}:
        after = at + 1
        comma = view.skip(view.skip(after, ","), "of")
        if year := year_after(view, comma, short=comma > after and view.reading.upper):
            return Partial(i, year[1], year[0], month, day, edge=edge)
        return Partial(i, after, None, month, day, edge=edge)
    if year := year_after(view, view.skip(at, ",", "of"), short=False):
        return Partial(i, year[1], year[0], month, edge=edge)
    return Partial(i, i + 1 if at == i + 1 else at, None, month, edge=edge) if word in view.book.months or edge else None


def read_digits(view: View, i: int) -> Partial | None:
    """ISO and slashed dates, "3 January 1990", "the 3rd of January"."""
    word = view.at(i)
    if "/" in word or "-" in word or "." in word:
        return read_slashed(view, i) if SLASHED.fullmatch(word) else None
    day = small_number(word, 31)
    if day is None:
        return None
    at = view.skip(i + 1, "of")
    month = month_at(view, at)
    if month is None:
        return None
    after = at + 1
    if view.at(after) == "." and view.at(at) not in view.book.months:
        after += 1
    comma = view.skip(after, ",")
    if year := year_after(view, comma, short=comma == after):
        return Partial(i, year[1], year[0], month, day)
    return Partial(i, after, None, month, day)


def read_slashed(view: View, i: int) -> Partial | None:
    """ "2020-02-01", "01/02/2020", "1.2.2020": the order is learnt from unmistakable dates of the same report."""
    match = SLASHED.fullmatch(view.at(i))
    if not match:
        return None
    one, two, three = match[1], int(match[3]), match[4]
    if len(one) == 4:
        return Partial(i, i + 1, int(one), two, int(three)) if len(three) <= 2 and make_day(int(one), two, int(three)) else None
    if len(one) > 2 or len(three) not in {2, 4} or (match[2] == "." and len(three) != 4):
        return None
    year = int(three) if len(three) == 4 else full_year(view, int(three))
    first = int(one)
    month_first = make_day(year, first, two)
    day_first = make_day(year, two, first)
    if month_first and day_first and month_first != day_first:
        chosen: date | None = choose_order(view, month_first, day_first, dotted=match[2] == ".")
    else:
        chosen = month_first or day_first
        if chosen and month_first != day_first:
            view.frame.month_first = chosen == month_first
    return Partial(i, i + 1, year, chosen.month, chosen.day) if chosen else None


def choose_order(view: View, month_first: date, day_first: date, *, dotted: bool) -> date:
    if dotted or view.frame.month_first is not None:
        return month_first if view.frame.month_first and not dotted else day_first
    if not view.frame.published:
        return month_first
    return min((month_first, day_first), key=lambda d: (d > view.frame.published, abs((d - view.frame.published).days)))  # type: ignore[operator]


def resolve(view: View, told: Partial, *, near: date | None = None) -> Found | None:
    """The days of a partial date. None when the calendar has no such day."""
    anchor = near or view.frame.published
    year, kind = told.year, "absolute"
    if told.month is None and told.year is None:
        return resolve_weekday(view, told)
    if year is None:
        if anchor is None or told.month is None:
            value = f"XXXX-{told.month:02d}" + (f"-{told.day:02d}" if told.day else "")
            return Found(told.first, told.last, "DATE", value + clock(told), anchor="none", inferred=True)
        kind = "published"
        year = year_for(view, told, anchor)
    if told.month is None:
        days, value = part_of(year_days(year), told.edge), f"{year:04d}"
    elif told.day is None:
        days, value = part_of(month_days(year, told.month), told.edge), f"{year:04d}-{told.month:02d}"
    else:
        day = make_day(year, told.month, told.day)
        if day is None:
            return None
        days, value = (day, day), day.isoformat()
    return timed(told, value, days, kind)  # type: ignore[arg-type]


def clock(told: Partial) -> str:
    return f"T{told.time}" if told.time else ""


def timed(told: Partial, value: str, days: Days, anchor: Anchor) -> Found:
    return Found(told.first, told.last, "TIME" if told.time else "DATE", value + clock(told), *days, anchor)


def year_for(view: View, told: Partial, anchor: date) -> int:
    """The year of a month or day that is told without one."""
    month = told.month or 1
    choices: list[Days] = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        day = make_day(year, month, told.day) if told.day else None
        if told.day and (day is None or (told.weekday and day.isoweekday() != told.weekday)):
            continue
        choices.append((day, day) if day else month_days(year, month))
    if told.day and not choices:  # 29 February, or a weekday that fits no year near
        for back in range(0, 9):
            for year in (anchor.year - back, anchor.year + back):
                day = make_day(year, month, told.day) if 1 <= year <= 9999 else None
                if day and (not told.weekday or day.isoweekday() == told.weekday):
                    return year
        return anchor.year
    tense = told.way or view.tense(told.first, told.last) or ""
    return choose_year(choices, anchor, "sure" if tense == "past" and not told.day else tense, told.way).year


def choose_year(choices: list[Days], anchor: date, direction: str, way: str) -> date:
    before = [c for c in choices if c[0] <= anchor]
    after = [c for c in choices if c[1] >= anchor]
    if way in {"last", "previous"}:
        before = [c for c in before if c[1] < anchor] or before
        return before[-1][0] if before else choices[0][0]
    if way == "next":
        after = [c for c in after if c[0] > anchor] or after
        return after[0][0] if after else choices[-1][0]
    if way == "this":
        return min(choices, key=lambda c: (c[0].year != anchor.year, abs((c[0] - anchor).days)))[0]
    if direction == "future" and after:
        return after[0][0]
    past, coming = (before[-1] if before else None), (after[0] if after else None)
    if past is None or (
        coming and direction != "sure" and (anchor - past[1]).days > LONG_PAST and (coming[0] - anchor).days <= NEAR_FUTURE
    ):
        return (coming or choices[0])[0]
    return past[0]


def resolve_weekday(view: View, told: Partial) -> Found | None:
    """CODEBOOK section 4, `when`: the last such day up to and including publication, in the future tense the next."""
    weekday, anchor = told.weekday, view.frame.published
    if weekday is None:
        return None
    if anchor is None:
        return Found(
            told.first,
            told.last,
            "TIME" if told.time else "DATE",
            f"XXXX-WXX-{weekday}{clock(told)}",
            anchor="none",
            inferred=True,
        )
    if told.way == "previous" and view.frame.narrative and view.frame.narrative.toordinal() > 7:
        day = last_weekday(view.frame.narrative - timedelta(1), weekday)
        return timed(told, day.isoformat(), (day, day), "narrative")
    day = last_weekday(anchor, weekday)
    way = told.way or ("next" if view.tense(told.first, told.last) == "future" else "")
    if way in {"last", "previous"} and day == anchor:
        day -= timedelta(7)
    elif way == "next" or (way == "this" and day != anchor and view.tense(told.first, told.last) != "past"):
        day += timedelta(7)
    return timed(told, day.isoformat(), (day, day), "published")


__all__ = ["Partial", "read_partial", "resolve", "week_value"]
