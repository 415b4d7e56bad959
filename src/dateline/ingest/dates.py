"""Calendar days written in words and figures: read for metadata, date lines and datelines.

This reads days that stand on their own ("Sun 16 Apr 2017", "3 JAN 90", "2017-09-15T17:52"). What times mean inside the
sentences of a report is the work of the times finder.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from dateline.knowledge import table

FLOOR = date(1800, 1, 1)  # older "days" are numbers that only look like one
CENTURY_TURN = 69  # two-digit years: 69-99 are 19xx, 00-68 are 20xx (POSIX)


@dataclass(frozen=True, slots=True)
class Day:
    """A day found at `[start, end)` of a text. `doubtful`: month and day could change places (3/4/17)."""

    start: int
    end: int
    day: date
    doubtful: bool = False


@cache
def month_numbers() -> dict[str, int]:
    """Month names and short forms (lower case) with their numbers."""
    return forms_of("month")


@cache
def weekday_numbers() -> dict[str, int]:
    """Weekday names and short forms (lower case) with their numbers, Monday = 0."""
    return {
        form: int(row["number"]) for row in table("ingest_calendar") if row["what"] == "weekday" for form in row.many("forms")
    }


def forms_of(what: str) -> dict[str, int]:
    rows = (row for row in table("ingest_calendar") if row["what"] == what)
    return {form: int(row["number"]) for row in rows for form in row.many("forms")}


@cache
def day_pattern() -> re.Pattern[str]:
    """All written forms of a calendar day. Each alternative is anchored by digits or a month name: linear."""
    month = "|".join(sorted(month_numbers(), key=len, reverse=True))
    weekday = "|".join(sorted(weekday_numbers(), key=len, reverse=True))
    year = r"(?:\d{4}|['’]\d\d|\d\d(?![\d:.,/]\d|\d))"
    return re.compile(
        rf"(?P<weekday>\b(?:{weekday})\b\.?,?\s{{1,3}})?"
        rf"(?:(?P<y1>(?<![\d.])\d{{4}})-(?P<m1>\d\d?)-(?P<d1>\d\d?)(?=T\d|\D|$)"
        rf"|(?P<y2>(?<![\d./])\d{{4}})/(?P<m2>\d\d?)/(?P<d2>\d\d?)(?!\d)"
        rf"|(?<![\d./-])(?P<a3>\d\d?)/(?P<b3>\d\d?)/(?P<y3>\d{{4}}|\d\d)(?![\d/])"
        rf"|(?<![\d.])(?P<d4>\d\d?)[.-](?P<m4>\d\d?)[.-](?P<y4>(?:19|20)\d\d)(?!\d|\.\d)"
        rf"|(?<![\d.,$€£/-])(?P<d5>\d\d?)(?:st|nd|rd|th)?(?:\s{{1,3}}of)?[\s-]{{0,3}}(?P<m5>{month})\b\.?,?[\s-]{{0,3}}(?P<y5>{year})"
        rf"|\b(?P<m6>{month})\.?\s{{0,3}}(?P<d6>\d\d?)(?:st|nd|rd|th)?,?\s{{0,3}}(?P<y6>\d{{4}}|(?<=[\s,])['’]?\d\d(?![\d:.,]\d|\d)))",
        re.IGNORECASE,
    )


def find_days(text: str, start: int = 0, end: int | None = None) -> Iterator[Day]:
    """Every complete calendar day (day, month and year told) in `text[start:end]`.

    >>> [str(found.day) for found in find_days("Sun 16 Apr 2017; SAN LUIS, 3 JAN 90 -- ; on July 9, 2016 (4/27/16)")]
    ['2017-04-16', '1990-01-03', '2016-07-09', '2016-04-27']
    """
    pattern = day_pattern()
    for left, right in year_windows(text, start, len(text) if end is None else end):
        for match in pattern.finditer(text, left, right):
            found = day_of(match)
            if found is not None:
                yield found


# A year: four figures, or two. The full pattern looks only around these: many times faster on text with few numbers.
YEAR = re.compile(r"(?:1[89]|20)\d\d|\d\d(?!\d)")
BEFORE, AFTER = 44, 14  # characters around a year that a written day can take


def year_windows(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of text around what may be a year, merged where they meet, and ending at the end of a word."""
    left = right = -1
    for match in YEAR.finditer(text, start, end):
        if match.start() - BEFORE > right:
            if right > 0:
                yield left, right
            left = max(start, match.start() - BEFORE)
            while left > start and text[left - 1].isalnum():
                left -= 1
                if match.start() - left > 2 * BEFORE:
                    break
        right = max(right, min(end, match.end() + AFTER))
        while right < end and text[right].isalnum() and right < match.end() + 2 * AFTER:
            right += 1
    if right > 0:
        yield left, right


def day_of(match: re.Match[str]) -> Day | None:
    for number in "12345":
        if number != "3" and match[f"y{number}"]:
            parts = match[f"y{number}"], match[f"m{number}"], match[f"d{number}"]
            return made(match, *parts)
    if match["y6"]:
        return made(match, match["y6"], match["m6"], match["d6"])
    first, second = int(match["a3"]), int(match["b3"])
    if first > 12:
        return made(match, match["y3"], match["b3"], match["a3"])
    return made(match, match["y3"], match["a3"], match["b3"], doubtful=second <= 12 and first != second)


def made(match: re.Match[str], year: str, month: str, day: str, *, doubtful: bool = False) -> Day | None:
    number = month_numbers().get(month.lower().rstrip(".")) or (int(month) if month.isdigit() else 0)
    try:
        value = date(full_year(year.lstrip("'’")), number, int(day))
    except ValueError:
        return None
    start = match.start()
    return Day(start, match.end(), value, doubtful) if value >= FLOOR else None


def full_year(words: str) -> int:
    """
    >>> full_year("90"), full_year("17"), full_year("2017")
    (1990, 2017, 2017)
    """
    year = int(words)
    if len(words) > 2:
        return year
    return 1900 + year if year >= CENTURY_TURN else 2000 + year


def read_day(words: str | int | float | None) -> tuple[date | None, str]:
    """The day that metadata tells, and a remark for `why` ("" when there is nothing to say).

    Reads ISO, RFC 2822, 3 March 2019, March 3, 2019, 27/4/2016, 4/27/16, 20160427, and seconds or milliseconds since 1970 (UTC).
    The day is taken as written: no time zone is applied.

    >>> read_day("Mon, 02 Oct 2017 21:14:00 GMT")[0], read_day(1489104000)[0], read_day("20160427")[0], read_day("soon")[0]
    (datetime.date(2017, 10, 2), datetime.date(2017, 3, 10), datetime.date(2016, 4, 27), None)
    """
    if words is None or isinstance(words, bool):
        return None, ""
    if isinstance(words, (int, float)):
        return read_epoch(float(words))
    words = words.strip()[:200]
    if re.fullmatch(r"(?:19|20)\d{6}(?:T?\d{4,6}Z?)?", words):
        try:
            return datetime.strptime(words[:8], "%Y%m%d").date(), ""
        except ValueError:
            pass
    if re.fullmatch(r"-?\d{9,13}(?:\.\d{1,6})?", words):
        return read_epoch(float(words))
    for found in find_days(words):
        return found.day, "read as month/day/year" if found.doubtful else ""
    return None, ""


def read_epoch(seconds: float) -> tuple[date | None, str]:
    """Day (UTC) of seconds, or milliseconds, since 1970. Eight-digit numbers are dates such as 20160427."""
    if 19000101 <= seconds <= 21001231 and seconds == int(seconds):
        return read_day(str(int(seconds)))
    if abs(seconds) > 1e11:
        seconds /= 1000
    if not 1e7 < abs(seconds) < 1e10:
        return None, ""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date(), "read as seconds since 1970, UTC"
