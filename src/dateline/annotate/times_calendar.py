"""Calendar arithmetic for time expressions: intervals of days, ISO weeks, quarters, movable feasts.

All intervals are pairs of `date`, both days included. Arithmetic that would leave the years 1-9999 gives None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import Literal

from dateline.annotate.reading import tokenize
from dateline.knowledge import table

Days = tuple[date, date]
Grain = Literal["day", "week", "month", "year"]


def precision_of(earliest: date, latest: date) -> Grain:
    """CODEBOOK section 4: a range of up to 2 days is `day`, up to 10 `week`, up to 31 `month`, else `year`."""
    days = (latest - earliest).days + 1
    return "day" if days <= 2 else "week" if days <= 10 else "month" if days <= 31 else "year"


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has no such day (30 February).

    >>> make_day(2023, 2, 29) is None
    True
    """
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def shift(day: date, days: int) -> date | None:
    """`day` moved by a number of days; None beyond the calendar."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def month_days(year: int, month: int) -> Days:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def shift_month(year: int, month: int, months: int) -> tuple[int, int] | None:
    """(year, month) moved by months; None beyond the calendar."""
    index = year * 12 + month - 1 + months
    year, month = divmod(index, 12)
    return (year, month + 1) if 1 <= year <= 9999 else None


def year_days(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def week_value(day: date) -> str:
    """ISO week of a day: "2020-W05"."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def quarter_days(year: int, quarter: int) -> Days:
    return date(year, quarter * 3 - 2, 1), month_days(year, quarter * 3)[1]


SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


def season_days(year: int, season: str) -> Days:
    """A season of the northern half; winter of 2019 is December 2019 to February 2020."""
    first, last = SEASON_MONTHS[season]
    return date(year, first, 1), month_days(min(9999, year + (last < first)), last)[1]


def part_of(days: Days, part: str) -> Days:
    """The early, middle or late third of an interval ("late January" = 21-31 January)."""
    first, last = days
    length = (last - first).days + 1
    if length <= 2 or part not in {"early", "mid", "late"}:
        return days
    if length > 3000:  # a decade
        years = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}[part]
        return date(first.year + years[0], 1, 1), date(first.year + years[1], 12, 31)
    if length >= 365 and first.month == 1:
        months = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return date(first.year, months[0], 1), month_days(first.year, months[1])[1]
    if length == 7:
        cuts = {"early": (0, 2), "mid": (2, 4), "late": (3, 6)}
    elif 28 <= length <= 31 and first.day == 1:
        cuts = {"early": (0, 9), "mid": (10, 19), "late": (20, length - 1)}
    else:
        third = length // 3
        cuts = {"early": (0, third), "mid": (third, length - third - 1), "late": (length - third - 1, length - 1)}
    begin, end = cuts[part]
    return first + timedelta(begin), first + timedelta(end)


def easter(year: int) -> date:
    """Western Easter Sunday (Gauss, in the anonymous Gregorian form)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Orthodox Easter Sunday in the Gregorian calendar (valid 1900-2099)."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return date(year, month, day + 1) + timedelta(13)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """A day of the tabular Islamic calendar (civil epoch); a sighted calendar may differ by a day or two."""
    ordinal = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30 + 227014
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


@cache
def named_days() -> dict[tuple[str, ...], str]:
    """Rules of the named days by their words."""
    return {tuple(tokenize(row["name"]).words): row["rule"] for row in table("times_days")}


@cache
def named_first() -> frozenset[str]:
    """First words of the named days."""
    return frozenset(words[0] for words in named_days())


def day_of_rule(rule: str, year: int) -> list[Days]:
    """All intervals of a named day in a year: mostly one; an Islamic feast can fall twice into a year or not at all.

    >>> day_of_rule("easter-2", 2020)[0][0].isoformat()
    '2020-04-10'
    """
    if not 2 <= year <= 9998:
        return []
    if rule.startswith("hijri"):
        month, day, length = (int(part) for part in rule.split()[1:])
        about = (year - 622) * 33 // 32
        found = [hijri_day(y, month, day) for y in range(max(1, about - 1), about + 3)]
        return [(d - timedelta(1), d + timedelta(length)) for d in found if d and d.year == year]
    if rule.startswith(("easter", "orthodox")):
        name, days = (rule[:6], rule[6:]) if rule[0] == "e" else (rule[:8], rule[8:])
        on = (easter if name == "easter" else orthodox_easter)(year) + timedelta(int(days))
    elif rule.startswith("nth"):
        on = nth_weekday(year, *(int(part) for part in rule.split()[1:]))
    elif len(rule) == 10:
        return [(date.fromisoformat(rule), date.fromisoformat(rule))]
    else:
        on = date(year, int(rule[:2]), int(rule[3:]))
    return [(on, on)]


def nth_weekday(year: int, month: int, weekday: int, n: int) -> date:
    first, last = month_days(year, month)
    if n > 0:
        return first + timedelta((weekday - first.isoweekday()) % 7 + 7 * (n - 1))
    return last - timedelta((last.isoweekday() - weekday) % 7)
