"""Years, decades, centuries, quarters, seasons, and their edges: "the end of 1990", "the first week of March"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.annotate.times_calendar import (
    Days,
    part_of,
    quarter_days,
    season_days,
    year_days,
)
from dateline.annotate.times_counted import year_before_quarter
from dateline.annotate.times_dates import read_partial, resolve, spoken_year
from dateline.annotate.times_frame import Found, View, is_year
from dateline.annotate.times_relative import read_deictic, season, unit_days

YEARS = re.compile(r"(\d{4})[-–/](\d{2,4})")


QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


def read_year(view: View, i: int) -> Found | None:
    """ "2016", "the 1990s", "fiscal 1989", "2011-16", "the year 2000", "the 20th century"."""
    at = view.skip(i, "early", "late", "mid", "fiscal")
    edge = view.at(i) if at > i and view.at(i) != "fiscal" else ""
    at = view.skip(at, "in") if edge else at
    if at == i or edge:
        at = view.skip(at, "the") if view.at(at + 1) == "year" or decade_at(view, at + 1) or decade_at(view, at + 2) else at
    if decade := decade_at(view, at):
        value, last, inner = decade
        low = int(value) * 10
        return Found(i, last, "DATE", value, *part_of((date(low, 1, 1), date(low + 9, 12, 31)), edge or inner))
    at = view.skip(at, "year") if view.at(at - 1) == "the" or view.at(at) == "year" else at
    return one_year(view, i, at, edge)


def one_year(view: View, first: int, at: int, edge: str) -> Found | None:
    word = view.at(at)
    if word.startswith(("mid-", "late-", "early-")) and is_year(word.partition("-")[2]):
        edge, _, word = word.partition("-")
    if spoken := spoken_year(view, at):
        return Found(first, spoken[1], "DATE", f"{spoken[0]:04d}", *year_days(spoken[0]))
    if match := YEARS.fullmatch(word):
        return year_range(first, at, match)
    if not is_year(word) or not year_like(view, first, at, int(word)):
        return None
    year = int(word)
    join, other = view.at(at + 1), view.at(at + 2)
    joins = {"to", "until", "till", "and", "through", "-", "–"} if view.at(first - 1) in {"from", "between"} else {"-", "–"}
    if join in joins and is_year(other) and int(other) > year:
        return Found(first, at + 3, "DATE", f"{word}/{other}", date(year, 1, 1), date(int(other), 12, 31))
    return Found(first, at + 1, "DATE", word, *part_of(year_days(year), edge))


def year_range(first: int, at: int, match: re.Match[str]) -> Found | None:
    year, end = int(match[1]), match[2]
    other = int(match[1][: 4 - len(end)] + end) if len(end) != 3 else 0
    if not 1000 <= year < other <= 2199:
        return None
    return Found(first, at + 1, "DATE", f"{year}/{other}", date(year, 1, 1), date(other, 12, 31))


def year_like(view: View, first: int, at: int, year: int) -> bool:
    """A bare number of four digits is a year only in the company that years keep."""
    before, after = view.at(first - 1), view.at(at + 1)
    if not 1500 <= year <= 2100 or before in NOT_BEFORE or after in view.book.not_year_after or after in view.book.units:
        return False
    if first < at or len(view.at(at)) > 4 or before in view.book.year_before or view.at(at - 1) in view.book.months:
        return before not in {"than"} or year >= 1900
    if before in view.book.not_year_before or view.at(at - 1) == ".":
        return False
    plural = after.endswith("s") and len(after) > 3 and before not in {"'s", "’s"}
    return 1900 <= year <= 2060 and not plural


NOT_BEFORE = frozenset(["$", "£", "€", "no", "number", "flight", "resolution", "nearly", "about", "some", "over", "#"])
DECADES = {
    "twenties": "192",
    "thirties": "193",
    "forties": "194",
    "fifties": "195",
    "sixties": "196",
    "seventies": "197",
    "eighties": "198",
    "nineties": "199",
}


def decade_at(view: View, at: int) -> tuple[str, int, str] | None:
    """ "1990s", "mid-1990s", "'80s", "nineties": (value, next token, early/mid/late)."""
    word, edge = view.at(at), ""
    if word.startswith(("mid-", "late-", "early-")):
        edge, _, word = word.partition("-")
    if word in DECADES:
        return DECADES[word], at + 1, edge
    if is_year(word) and word[3] == "0" and view.at(at + 1) == "s":
        return word[:3], at + 2, edge
    if (
        word in {"'", "’"}
        and len(view.at(at + 1)) == 2
        and view.at(at + 1)[1] == "0"
        and view.at(at + 2) == "s"
        and view.at(at + 1).isdecimal()
    ):
        return "19" + view.at(at + 1)[0], at + 3, edge
    return None


def read_edge(view: View, i: int) -> Found | None:
    """ "the end of 1990", "the beginning of October", "the first week of March", "the first half of 2016", "year-end"."""
    at = view.skip(i, "the")
    at = view.skip(at, "very")
    word = view.at(at)
    if word in view.book.edges and view.at(at + 1) == "of" and word != "eve":
        return edge_of(view, i, at + 2, view.book.edges[word])
    if word == "year" and "end" in {view.at(at + 1), view.at(at + 2)} and view.at(at + 1) in {"end", "'s", "’s"}:
        return year_compound(view, i, at + 1 + (view.at(at + 1) != "end"), "end")
    if word in CENTURIES and view.at(at + 1) == "century":
        number = CENTURIES[word]
        return Found(i, at + 2, "DATE", f"{number - 1:02d}", date(number * 100 - 99, 1, 1), date(number * 100, 12, 31))
    nth = QUARTERS.get(word) or (99 if word in {"last", "final"} else None)
    if nth and view.at(at + 1) in {"week", "half", "day", "days", "month", "weekend"} and view.at(at + 2) == "of":
        return nth_part(view, i, at + 3, nth, view.at(at + 1))
    return None


CENTURIES = {
    "20th": 20,
    "19th": 19,
    "18th": 18,
    "17th": 17,
    "16th": 16,
    "21st": 21,
    "twentieth": 20,
    "nineteenth": 19,
    "eighteenth": 18,
}


def inner_found(view: View, at: int) -> Found | None:
    """A month, year or deictic unit at token `at`."""
    if view.at(at) in {"the", "this", "last", "next"} or view.at(at) in view.book.past:
        if view.at(at) == "the" and view.at(at + 1) in {"year", "month", "week", "decade", "century", "day"}:
            return the_unit(view, at)
        if found := read_deictic(view, at):
            return found
    told = read_partial(view, at)
    if told and told.day is None and told.weekday is None:
        return resolve(view, told)
    return read_year(view, at)


def the_unit(view: View, at: int) -> Found | None:
    """ "the year" in "the end of the year"."""
    unit = view.book.units[view.at(at + 1)]
    told = unit_days(view, unit, "this", tense="future")
    anchor = view.frame.published
    if told is None or anchor is None:
        return Found(at, at + 2, "DATE", "XXXX", anchor="none", inferred=True)
    days = told[1]
    if unit == "Y":
        days = year_days(anchor.year)
    elif unit == "M":
        days = (days[0].replace(day=1), days[1])
    return Found(at, at + 2, "DATE", told[0], *days, "published")


def edge_of(view: View, first: int, at: int, edge: str) -> Found | None:
    found = inner_found(view, at)
    if found is None or found.type != "DATE":
        return None
    if found.earliest and found.latest and edge:
        days = part_of((found.earliest, found.latest), edge)
        return found._replace(first=first, earliest=days[0], latest=days[1])
    return found._replace(first=first)


def nth_part(view: View, first: int, at: int, nth: int, unit: str) -> Found | None:
    found = inner_found(view, at)
    if found is None or not found.earliest or not found.latest:
        return None
    low, high = found.earliest, found.latest
    length = (high - low).days + 1
    if unit in {"week", "weekend"} and length >= 28:
        begin = low + timedelta(7 * (nth - 1)) if nth != 99 else high - timedelta(6)
        value = found.value
        return found._replace(first=first, value=value, earliest=begin, latest=min(high, begin + timedelta(6)))
    if unit == "half" and length > 27:
        middle = low + timedelta(length // 2)
        late = nth in {2, 99}
        half = f"{found.value}-H{2 if late else 1}" if length > 360 else found.value
        return found._replace(
            first=first, value=half, earliest=middle if late else low, latest=high if late else middle - timedelta(1)
        )
    if unit == "month" and length > 360 and nth == 1:
        return found._replace(first=first, value=f"{found.value}-01", latest=date(low.year, 1, 31))
    if unit in {"day", "days"}:
        day = low if nth != 99 else high
        return found._replace(first=first, value=day.isoformat(), earliest=day, latest=day)
    return None


def read_quarter(view: View, i: int) -> Found | None:
    """ "third quarter", "the 1988 third quarter", "the quarter", "third-quarter"."""
    at = view.skip(i, "the")
    at = view.skip(at, "fiscal", "latest", "year-ago")
    year = int(view.at(at)) if is_year(view.at(at)) else None
    at += year is not None
    word = view.at(at)
    nth, quarter_at = QUARTERS.get(word), at + 1
    for prefix in ("", "fiscal-"):
        if word.startswith(prefix) and word.endswith("-quarter"):
            nth, quarter_at = QUARTERS.get(word[len(prefix) : -8]), at
    if nth is None and year is not None and word == "quarter":
        nth, quarter_at = last_quarter(view), at
    if (
        nth is None
        and word == "quarter"
        and at > i
        and (view.at(at - 1) in {"latest", "year-ago", "fiscal"} or view.at(at + 1) == "ended")
    ):
        nth, quarter_at = last_quarter(view), at
        if view.at(at - 1) == "year-ago" and view.frame.published:
            year = view.frame.published.year - 1
    if nth is None or (quarter_at != at and view.at(quarter_at) != "quarter"):
        return None
    if view.at(quarter_at - 1) == "year-ago" or (quarter_at > at and view.at(at - 1) == "year-ago" and view.frame.published):
        year = view.frame.published.year - 1 if view.frame.published else None
    last = quarter_at + 1
    if year is None and view.at(last) == "of" and is_year(view.at(last + 1)):
        year, last = int(view.at(last + 1)), last + 2
    elif year is None and is_year(view.at(last)):
        year, last = int(view.at(last)), last + 1
    anchor = view.frame.published
    if year is not None:
        return Found(i, last, "DATE", f"{year}-Q{nth}", *quarter_days(year, nth))
    if anchor is None:
        return Found(i, last, "DATE", f"XXXX-Q{nth}", anchor="none", inferred=True)
    days = quarter_days(anchor.year, nth)
    ahead = days[0] > anchor and (view.tense(i, last) != "future") and (days[0] - anchor).days > 100
    year = anchor.year - ahead
    if year < 1:
        return None
    return Found(i, last, "DATE", f"{year:04d}-Q{nth}", *quarter_days(year, nth), "published")


def last_quarter(view: View) -> int | None:
    """The last quarter that has ended before publication."""
    if view.frame.published is None:
        return None
    return (view.frame.published.month + 2) // 3 - 1 or 4


def read_season(view: View, i: int) -> Found | None:
    """ "summer", "the spring of 1989", "winter 2019"."""
    at = view.skip(i, "early", "late", "mid")
    at = view.skip(at, "in") if at > i else at
    at = view.skip(at, "the")
    code = view.book.seasons.get(view.at(at).removeprefix("mid-"))
    if code is None or (view.at(at) in {"spring", "fall"} and not season_like(view, i, at)):
        return None
    after = view.skip(at + 1, "of")
    if is_year(view.at(after)):
        year = int(view.at(after))
        return Found(i, after + 1, "DATE", f"{year}-{code}", *season_days(year, code))
    return season(view, i, at + 1, code, "")


def season_like(view: View, first: int, at: int) -> bool:
    return (
        view.at(at - 1) in {"the", "in", "this", "last", "next", "early", "late"}
        and view.at(at + 1) not in {"from", "to", "in", "of"}
    ) or is_year(view.at(view.skip(at + 1, "of")))


def year_compound(view: View, first: int, at: int, kind: str) -> Found | None:
    anchor = view.frame.published
    if anchor is None:
        return Found(first, at + 1, "DATE", "XXXX", anchor="none", inferred=True)
    if kind != "end" and (found := year_before_quarter(view, first, at + 1)):
        return found._replace(last=at + 2) if view.at(at + 1) == "period" else found
    year = anchor.year - (kind != "end")
    if year < 1:
        return None
    days: Days = year_days(year)
    return Found(first, at + 1, "DATE", f"{year:04d}", *(part_of(days, "late") if kind == "end" else days), "published")
