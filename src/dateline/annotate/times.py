"""Time expressions of a report with the days they mean: `find_times(reading)`.

A hand-written grammar over tokens, one pass from left to right, at every token the longest rule that fits:

    times_dates     calendar dates, weekdays, months          times_relative   last week, two days ago, overnight
    times_counted   two days ago, for months                  times_years      years, quarters, seasons, edges
    times_clock     5 p.m., the night of 3 May                times_more       feasts, repetition, "now"
    times_settle    the finds of a sentence seen together: names, times of day and their days, anniversaries

Days follow CODEBOOK section 4, row `when`. Relative words count from the publication day; "the following day" from the
day the story is at. Without a publication day a relative expression has a value with X for what is not known, and no days.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from dateline.annotate.numbers import is_ordinal, number_words
from dateline.annotate.reading import Reading
from dateline.annotate.times_calendar import named_days, precision_of
from dateline.annotate.times_clock import read_clock, read_part
from dateline.annotate.times_counted import read_counted, read_day_beside
from dateline.annotate.times_dates import Partial, month_at, read_partial, resolve, year_after
from dateline.annotate.times_frame import Found, Frame, View, small_number, time_words
from dateline.annotate.times_more import read_hyphened, read_named_day, read_reference, read_set
from dateline.annotate.times_relative import read_day_word, read_deictic
from dateline.annotate.times_settle import settle
from dateline.annotate.times_years import DECADES, read_edge, read_quarter, read_season, read_year
from dateline.types import Report, Timex

Rule = Callable[[View, int], Found | None]
RULES: tuple[Rule, ...] = (
    *(read_clock, read_reference, read_edge, read_deictic, read_day_word, read_day_beside, read_quarter, read_season),
    *(read_hyphened, read_set, read_named_day, read_counted, read_part, read_year),
)  # of two finds of the same length the first rule's stands


def find_times(reading: Reading) -> list[Timex]:
    """All time expressions of a report in text order, without overlaps; page furniture is left out.

    `earliest` and `latest` are ISO days, None where the words or a missing publication day leave them open. `inferred` is
    true where they rest on a publication day that was itself inferred, or on a word that only hints ("recent weeks").
    """
    frame = Frame(published_day(reading.report))
    unsure = reading.report.published.basis in {"inferred", "unknown"}
    found: list[Timex] = []
    for sentence in reading.coded:
        view = View(reading, sentence.first, sentence.last, frame)
        found += [timex(reading, one, unsure=unsure) for one in read_sentence(view)]
    return found


def published_day(report: Report) -> date | None:
    """The publication day, None when nothing tells it or it is no day of the calendar."""
    try:
        return date.fromisoformat(report.published.day[:10]) if report.published.day else None
    except ValueError:
        return None


def read_sentence(view: View) -> list[Found]:
    starts, found, i = starters(), [], view.first
    near = next_core(view)
    while i < view.end:
        word = view.lows[i]
        if near[i - view.first] - i > REACH:
            i = max(i + 1, near[i - view.first] - REACH)
        elif (word in starts or word[0].isdigit() or "-" in word) and (one := read_at(view, i)):
            found.append(one)
            remember(view.frame, one)
            i = one.last
        else:
            i += 1
    return settle(view, found)


REACH = 5  # words from the start of an expression to its first word that only times have


def next_core(view: View) -> list[int]:
    """For every token of the sentence the next one that only time expressions have (a month, a unit, a year); its end else."""
    core, at = core_words(), view.end + REACH + 1
    near = [at] * (view.end - view.first)
    for i in range(view.end - 1, view.first - 1, -1):
        word = view.lows[i]
        if word in core or "-" in word or (word[0].isdigit() and len(word) > 3):
            at = i
        near[i - view.first] = at
    return near


def remember(frame: Frame, found: Found) -> None:
    """The story is now at this day."""
    if found.type in {"DATE", "TIME"} and found.earliest and found.earliest == found.latest and found.anchor != "none":
        frame.narrative = found.earliest
    if "-Q" in found.value and found.value[:4].isdigit() and found.value[-1].isdigit() and found.anchor != "narrative":
        frame.quarter = (int(found.value[:4]), int(found.value[-1]), found.first)
    if found.type in {"DATE", "TIME"} and found.earliest and found.latest and found.anchor != "none":
        days = (found.latest - found.earliest).days
        if days <= 31:
            frame.month = found.earliest
        if days <= 366:
            frame.year = found.earliest


def read_at(view: View, i: int) -> Found | None:
    """The longest expression that starts at token `i`."""
    try:
        best = read_dates(view, i)
    except (ValueError, OverflowError):
        best = None
    for rule in RULES:
        try:
            one = rule(view, i)
        except (ValueError, OverflowError):  # beyond the years 1-9999: no calendar has such a day
            continue
        if one and (best is None or one.last > best.last):
            best = one
    return best


def read_dates(view: View, i: int) -> Found | None:
    """A calendar date or a range of two."""
    at, way, edge = i, "", ""
    if view.at(at) in {"early", "late", "mid"}:
        edge, at = view.at(at), at + 1
        at = view.skip(at, "on")
        at = view.skip(at, "in")
    if view.at(at + 1) in {"last", "next", "previous", "following"} or (view.at(at + 2) == "of" and is_ordinal(view.at(at + 1))):
        at = view.skip(at, "the")
    if view.at(at) in {"last", "next", "this", "past", "previous", "coming"}:
        way = {"past": "last", "coming": "next"}.get(view.at(at), view.at(at))
        at += 1
    told = read_partial(view, at)
    compact = told is None or (told.day is None and "-" in view.at(told.last))
    if compact and (ranged := compact_range(view, i)):
        return ranged
    if told is None:
        return None
    told = told._replace(first=i, way=way, edge=edge or told.edge)
    if told.day is None and told.weekday is None and told.month is None:
        return None
    if told.weekday and told.month is None and view.at(at).endswith("s"):
        return None
    told = with_year(view, with_part(view, told))
    if ranged := range_to(view, told):
        return ranged
    return resolve(view, told)


def with_part(view: View, told: Partial) -> Partial:
    """ "Saturday night", "Feb. 1 morning"."""
    code = view.book.parts.get(view.at(told.last))
    if (told.weekday or told.day) and code and not view.at(told.last).endswith("s"):
        return told._replace(last=told.last + 1, time=code.removeprefix("T"))
    return told


def with_year(view: View, told: Partial) -> Partial:
    """ "July 28 last year", "December of this year", "in August earlier this year"."""
    if told.month is None or told.year is not None or view.frame.published is None:
        return told
    at = view.skip(told.last, "of", "earlier", "later")
    step = {"last": -1, "this": 0, "next": 1, "same": None}.get(view.at(at))
    if step is None or view.at(at + 1) != "year" or not 1 < view.frame.published.year < 9998:
        return told
    return told._replace(last=at + 2, year=view.frame.published.year + step)


JOINS = frozenset(["to", "until", "till", "through", "and", "-", "–", "—", "--"])


def range_to(view: View, told: Partial) -> Found | None:
    """ "from Monday to Wednesday", "between Oct. 3 and Oct. 5", "January 28-30"."""
    join = view.at(told.last)
    opened = view.at(told.first - 1)
    if join not in JOINS or (join == "and" and opened != "between"):
        return None
    if (
        join in {"to", "until", "till", "-", "–", "—", "--"}
        and opened not in {"from", "between"}
        and join not in {"-", "–", "to"}
    ):
        return None
    at = view.skip(told.last + 1, "the")
    other = read_partial(view, view.skip(at, "early", "late", "mid"))
    if other is None and told.month and told.day and not told.year:
        other = day_alone(view, at, told)
    if other is None or (other.day is None and other.month is None and other.weekday is None):
        return None
    other = with_part(view, other._replace(edge=view.at(at) if view.at(at) in {"early", "late"} else other.edge))
    return joined(view, told, other)


def day_alone(view: View, at: int, told: Partial) -> Partial | None:
    day = small_number(view.at(at), 31)
    if day is None or view.at(at + 1) in {"people", "%", "percent"}:
        return None
    after = view.skip(at + 1, ",")
    year = year_after(view, after, short=False)
    return Partial(at, year[1] if year else at + 1, year[0] if year else None, told.month, day)


def joined(view: View, told: Partial, other: Partial) -> Found | None:
    """One interval from two dates; what one of them leaves out is taken from the other."""
    if told.day and other.month and not told.month:
        told = told._replace(month=other.month)
    end = resolve(view, other)
    if end is None or (end.earliest is None and end.anchor != "none"):
        return None
    if told.year is None and other.year is not None and told.month and other.month:
        told = told._replace(year=other.year - (told.month > other.month))
    start = resolve(view, told)
    if start is None:
        return None
    first, last = start.earliest, end.latest
    if first and last and first > last:
        if told.weekday and other.weekday and not told.month and view.tense(told.first, other.last) != "future":
            return None if (first - last).days > 7 else week_back(view, told, other, start, end)
        return None
    return Found(
        told.first, other.last, "DATE", f"{start.value}/{end.value}", first, last, start.anchor, start.inferred or end.inferred
    )


def week_back(view: View, told: Partial, other: Partial, start: Found, end: Found) -> Found | None:
    first = start.earliest - timedelta(7) if start.earliest else None
    return Found(told.first, other.last, "DATE", f"{first}/{end.value}", first, end.latest, start.anchor)


def compact_range(view: View, i: int) -> Found | None:
    """ "28-30 January", "28 and 30 January" behind "between"."""
    word = view.at(i)
    if not word[:1].isdecimal():
        return month_range(view, i)
    low_text, dash, high_text = word.partition("-")
    if dash and (low := small_number(low_text, 31)) and (high := small_number(high_text, 31)) and low < high:
        other = read_partial_digits(view, i, high)
        return joined(view, Partial(i, i, day=low), other) if other else None
    if (low := small_number(word, 31)) and view.at(i + 1) in {"and", "to", "-", "–", "until"}:
        other = read_partial(view, i + 2)
        if other and other.day and other.month and other.weekday is None and other.day > low:
            return joined(view, Partial(i, i, day=low), other)
    return None


def month_range(view: View, i: int) -> Found | None:
    """ "January 12-15", "Jan. 12-15, 2019"."""
    month = month_at(view, i) or view.book.months_short.get(view.at(i))  # the range behind it makes it clear
    if month is None or not view.capital(i):
        return None
    at = view.skip(i + 1, ".")
    low_text, dash, high_text = view.at(at).partition("-")
    low, high = small_number(low_text, 31), small_number(high_text, 31)
    if not dash or low is None or high is None or low >= high:
        return None
    year = year_after(view, view.skip(at + 1, ","), short=False)
    last = year[1] if year else at + 1
    return joined(view, Partial(i, i, None, month, low), Partial(i, last, year[0] if year else None, month, high))


def read_partial_digits(view: View, i: int, day: int) -> Partial | None:
    """The month and year behind a day that is hidden in "28-30"."""
    month = month_at(view, i + 1)
    if month is None:
        return None
    after = view.skip(i + 2, ".", ",")
    year = year_after(view, after, short=False)
    return Partial(i, year[1] if year else i + 2, year[0] if year else None, month, day)


@cache
def core_words() -> frozenset[str]:
    """Words without one of which there is no time expression near."""
    book = time_words()
    found = {*book.openers_core, *DECADES}
    named = (book.months, book.months_short, book.weekdays, book.weekdays_short, book.seasons, book.parts)
    for group in (*named, book.refs, book.sets, book.units, book.zones):
        found |= set(group)
    found |= {f"{day}s" for day in book.weekdays}
    return frozenset(found | {word for words in named_days() for word in words if word not in {"day", "of", "al"}})


@cache
def starters() -> frozenset[str]:
    """Every word that can open an expression: all others are passed over at once."""
    book, numbers = time_words(), number_words()
    found = {*book.openers, *book.openers_core}
    named = (book.months, book.months_short, book.weekdays, book.weekdays_short, book.seasons, book.parts, book.units)
    phrases = (book.early_late, book.refs, book.sets, book.past, book.future, book.this, book.ref_phrases)
    for group in (*named, *phrases, numbers.digits, numbers.vague, numbers.before):
        found |= set(group)
    found |= {f"{day}s" for day in book.weekdays} | {words[0] for words in named_days()} | set(numbers.ordinals)
    return frozenset(found)


def timex(reading: Reading, found: Found, *, unsure: bool) -> Timex:
    """The record of a find."""
    first, last = found.earliest, found.latest
    if first and last and first > last:
        first = last
    return Timex(
        reading.starts[found.first],
        reading.ends[found.last - 1],
        found.type,
        found.value,
        first.isoformat() if first else None,
        last.isoformat() if last else None,
        precision_of(first, last) if first and last else None,
        found.anchor,
        found.inferred or (unsure and found.anchor != "absolute"),
    )
