"""What the rules for time expressions share: the words, the day a report counts from, and the result of a rule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Literal, NamedTuple

from dateline.annotate.numbers import digits_of, read_core, read_hedge
from dateline.annotate.reading import Reading
from dateline.annotate.times_calendar import Days
from dateline.annotate.times_tense import Tense, tense_at
from dateline.knowledge import rules

TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Anchor = Literal["absolute", "published", "narrative", "none"]
AGO_DAYS = {"D": 1, "W": 7, "F": 14, "M": 30, "Y": 365, "E": 3650, "C": 36500}
MANY = 9  # "for weeks": at most nine, as "several" in the codebook


class Found(NamedTuple):
    """What a rule found: tokens `[first, last)`, TIMEX3 type and value, and the days it covers (None: open)."""

    first: int
    last: int
    type: TimexType
    value: str
    earliest: date | None = None
    latest: date | None = None
    anchor: Anchor = "absolute"
    inferred: bool = False


@dataclass(slots=True)
class Frame:
    """The days that relative words count from. `narrative` moves as the text is read."""

    published: date | None
    narrative: date | None = None
    month: date | None = None  # the last month or year that the text told
    year: date | None = None
    quarter: tuple[int, int, int] | None = None  # year, quarter and token of the last quarter told
    month_first: bool | None = None  # of dates like 03/04/2020, once an unmistakable one was seen


class Words(NamedTuple):
    """Tables of `times.toml` ready for look-up."""

    months: dict[str, int]
    months_short: dict[str, int]
    weekdays: dict[str, int]
    weekdays_short: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    parts: dict[str, str]
    early_late: dict[str, str]
    edges: dict[str, str]
    refs: dict[str, str]
    ref_phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    sets: dict[str, str]
    recent_days: dict[str, int]
    past_few_days: dict[str, int]
    lately: frozenset[str]
    past: frozenset[str]
    future: frozenset[str]
    this: frozenset[str]
    zones: frozenset[str]
    year_before: frozenset[str]
    not_names: frozenset[str]
    black_days: frozenset[str]
    aged: frozenset[str]
    not_year_before: frozenset[str]
    not_year_after: frozenset[str]
    openers: frozenset[str]
    openers_core: frozenset[str]


@cache
def time_words() -> Words:
    data: dict[str, Any] = rules("times")
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for phrase, value in data["ref_phrases"].items():
        parts = tuple(phrase.split())
        phrases.setdefault(parts[0], []).append((parts, value))
    for entries in phrases.values():
        entries.sort(key=lambda pair: -len(pair[0]))
    tables: dict[str, Any] = {name: data[name] for name in TABLES}
    tables |= {name: frozenset(values) for name, values in data["words"].items()}
    return Words(ref_phrases=phrases, **tables)


TABLES = (
    *("months", "months_short", "weekdays", "weekdays_short", "units", "seasons", "parts"),
    *("early_late", "edges", "refs", "sets", "recent_days", "past_few_days"),
)


class View:
    """One sentence as the rules see it. Reading a token outside the sentence gives ''."""

    __slots__ = ("book", "end", "first", "frame", "lows", "reading", "words")

    def __init__(self, reading: Reading, first: int, end: int, frame: Frame) -> None:
        self.reading, self.first, self.end, self.frame = reading, first, end, frame
        self.lows, self.words, self.book = reading.lows, reading.words, time_words()

    def at(self, i: int) -> str:
        return self.lows[i] if self.first <= i < self.end else ""

    def tense(self, first: int, last: int) -> Tense | None:
        return tense_at(self.reading, first, last)

    def capital(self, i: int) -> bool:
        return self.first <= i < self.end and self.words[i][0].isupper()

    def skip(self, i: int, *words: str) -> int:
        return i + 1 if self.at(i) in words else i


def quantity(view: View, i: int) -> tuple[float | None, int] | None:
    """How many units: (number or None for a vague word, next token). Reads hedges, "a", "half a", "2 1/2"."""
    lows, end = view.lows, min(view.end, i + 14)
    hedges = 0
    while i < end and hedges < 2 and (hedge := read_hedge(lows, i, end)):
        i, hedges = hedge[1], hedges + 1
    if i >= end:
        return None
    word = lows[i]
    if word == "half" and view.at(i + 1) in {"a", "an"}:
        return 0.5, i + 2
    core = read_core(lows, i, end)
    if core is not None and core[2]:
        vague = word if word != "a" else lows[i + 1]
        return (2.0 if vague in {"couple", "pair", "both"} else None), view.skip(core[3], "of")
    if core is None:
        if word in {"a", "an"}:
            return 1.0, i + 1
        if word in {"many", "numerous", "various"}:
            return None, i + 1
        return None
    low, high, _, after = core
    if low != high or low > 10**6:
        return (low, after) if low != high and low <= 10**6 else None
    if (
        view.at(after) in {"to", "or"}
        and after + 1 < end
        and (upper := read_core(lows, after + 1, end))
        and not upper[2]
        and low < upper[0] < 10 * low + 10
    ):
        return low, upper[3]
    fraction = view.at(after)
    if fraction in {"1/2", "½"}:
        return low + 0.5, after + 1
    if fraction == "and" and view.at(after + 1) == "a" and view.at(after + 2) in {"half", "quarter"}:
        return low + (0.5 if view.at(after + 2) == "half" else 0.25), after + 3
    return low, after


LETTERS = {"TS": ("T", "S"), "TM": ("T", "M"), "TH": ("T", "H"), "F": ("", "W"), "WE": ("", "WE")}


def duration_value(number: float | None, unit: str) -> str:
    """TIMEX3 value of a duration: (2, "W") gives "P2W"; None gives "PXW".

    >>> duration_value(2.5, "Y"), duration_value(None, "TH")
    ('P2Y6M', 'PTXH')
    """
    prefix, letter = LETTERS.get(unit, ("", unit))
    if unit == "F" and number is not None:
        number *= 2
    if unit == "Q":
        letter = "M" if number is not None else "Q"
        number = None if number is None else number * 3
    if unit == "Y" and number is not None and number % 1 == 0.5 and number > 1:
        return f"P{number - 0.5:g}Y6M"
    count = "X" if number is None else f"{number:g}"
    return f"P{prefix}{count}{letter}"


def days_of(number: float | None, unit: str) -> int | None:
    """Length in days of so many units (None: a vague number, at most nine). None beyond all calendars."""
    if unit in {"TS", "TM", "TH"}:
        hours = (number or MANY) * {"TS": 1 / 3600, "TM": 1 / 60, "TH": 1}[unit]
        return int(min(hours // 24 + (hours % 24 > 0), 10**6))
    each = {"WE": 7, "Q": 91}.get(unit) or AGO_DAYS[unit]
    days = (MANY if number is None else number) * each
    return round(days) if days < 10**6 else None


def last_weekday(day: date, weekday: int) -> date:
    """The last such weekday up to and including `day` (ISO weekday, Monday = 1)."""
    return day - timedelta((day.isoweekday() - weekday) % 7)


def is_year(word: str) -> bool:
    return len(word) == 4 and word.isascii() and word.isdecimal() and "1000" <= word <= "2199"


def small_number(word: str, top: int) -> int | None:
    """A one- or two-digit number up to `top`, with or without an ordinal ending."""
    if word[:1].isdecimal() and word.isascii():
        digits = word[:-2] if word[-2:] in {"st", "nd", "rd", "th"} else word
        if len(digits) <= 2 and digits.isdecimal() and 1 <= int(digits) <= top:
            return int(digits)
    return None


__all__ = ["Days", "Found", "Frame", "View", "digits_of", "quantity", "time_words"]
