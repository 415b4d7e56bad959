"""Times of one sentence seen together: names that hold a time word, times of day that stand apart from their day, anniversaries.

"the March 9 Movement", "Dawn Brigade", "Red Dawn"      names, no times
"dawn raids on Friday", "on Thursday … at 10:30 a.m."   the time of day lies on the day that the clause tells
"the fifth anniversary of the 3 March 2011 uprising"    the day itself and its return
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from dateline.annotate.numbers import is_ordinal, number_words
from dateline.annotate.times_frame import Found, View
from dateline.knowledge import rules

AFTER, BEFORE = 8, 12  # tokens between a time of day and the day it lies on
NEAR = 30  # tokens around a capital


class Words(NamedTuple):
    """The sets of `times.toml`, table `settle`."""

    heads: frozenset[str]  # a capitalised one behind a time word makes a name of it
    low_heads: frozenset[str]  # so do these, also in lower case, behind a month and a day
    walls: frozenset[str]  # between a time of day and a day: they belong to different clauses
    bodies: frozenset[str]  # heads that weekdays too are a part of ("the Friday Mosque")


@cache
def settle_words() -> Words:
    data: dict[str, Any] = rules("times")["settle"]
    return Words(*(frozenset(data[name]) for name in ("heads", "low_heads", "walls", "bodies")))


def settle(view: View, found: list[Found]) -> list[Found]:
    """The finds of a sentence without names, with days for its times of day, and with anniversaries."""
    kept = [one for one in found if not in_name(view, one)] if found else found
    settled = [on_day(view, kept, at) if one.type == "TIME" and needs_day(view, one) else one for at, one in enumerate(kept)]
    return with_anniversaries(view, settled) if settled else settled


# ---- names -----------------------------------------------------------------------------------------------------------


def in_name(view: View, one: Found) -> bool:
    """True when the words are a part of a name. Years are none: "the 2011 Revolution" does tell a time."""
    if one.type not in {"DATE", "TIME"} or view.reading.upper:
        return False
    last = one.last - 1
    weekday, month_day = view.at(last) in view.book.weekdays, view.at(last).isdigit() or view.at(one.first).isdigit()
    if view.words[last][-4:].isdigit() and len(view.words[last]) >= 4:
        return False
    heads = settle_words().bodies if weekday else settle_words().heads
    at = one.last
    while at < min(view.end, one.last + 3) and view.capital(at) and view.at(at) not in heads:
        at += 1
    if view.capital(at) and view.at(at) in heads and view.capital(last if not month_day else at):
        return True
    if month_day and view.at(one.last) in settle_words().low_heads:
        return True
    return named_word(view, one, last)


def named_word(view: View, one: Found, last: int) -> bool:
    """ "Red Dawn", "Operation Night", "Black September": a capital that the word does not have of itself."""
    word = view.at(last)
    own = word in view.book.parts or word in view.book.seasons
    month = word in view.book.months and one.first == last
    if last == view.first or not (own or month) or not view.capital(last) or title_case(view, last):
        return False
    before = last - 1
    if month:
        return view.at(before) in view.book.black_days and view.capital(before)
    return own and one.last - one.first == 1 and before > view.first - 1 and view.capital(before) and view.at(before) not in OPEN


OPEN = frozenset(
    ["the", "at", "by", "on", "in", "a", "last", "this", "early", "late", "since", "before", "after", "from", "until"]
)


def title_case(view: View, at: int) -> bool:
    """A headline with capitals throughout: they tell nothing there."""
    near = view.words[max(view.first, at - NEAR) : min(view.end, at + NEAR)]
    return not any(len(word) > 5 and word[0].islower() for word in near)


# ---- times of day ----------------------------------------------------------------------------------------------------


def needs_day(view: View, one: Found) -> bool:
    """A time of day that took its day from the frame, and "overnight"."""
    return one.inferred or (view.at(one.first) == "overnight" and one.last == one.first + 1)


def on_day(view: View, found: list[Found], at: int) -> Found:
    """The time of day on the day that its clause tells: the next one behind it, else the one before it."""
    one = found[at]
    behind = found[at + 1] if at + 1 < len(found) else None
    if behind and plain_day(behind) and behind.first - one.last <= AFTER and joined(view, one.last, behind.first):
        return moved(view, one, behind)
    before = found[at - 1] if at else None
    if before and plain_day(before) and one.first - before.last <= BEFORE and joined(view, before.last, one.first):
        return moved(view, one, before)
    return one


def plain_day(one: Found) -> bool:
    return one.type in {"DATE", "TIME"} and one.earliest is not None and one.earliest == one.latest and not one.inferred


def joined(view: View, first: int, last: int) -> bool:
    return settle_words().walls.isdisjoint(view.lows[first:last])


def moved(view: View, one: Found, day: Found) -> Found:
    """`one` on the day of `day`; the night of "overnight" began the evening before."""
    time = one.value.partition("T")[2]
    if day.earliest is None or not time:
        return one
    if view.at(one.first) == "overnight":
        if day.earliest == date.min:
            return one
        eve = day.earliest - timedelta(1)
        return one._replace(value=f"{eve}T{time}", earliest=eve, latest=day.earliest, anchor=day.anchor, inferred=False)
    return one._replace(
        value=f"{day.earliest}T{time}", earliest=day.earliest, latest=day.earliest, anchor=day.anchor, inferred=False
    )


# ---- anniversaries ---------------------------------------------------------------------------------------------------


def with_anniversaries(view: View, found: list[Found]) -> list[Found]:
    """Add "the fifth anniversary" of a day that is told: so many years later, without a number in the year of publication."""
    added = []
    for one in found:
        if one.type != "DATE" or one.earliest is None or one.earliest != one.latest:
            continue
        at = next((i for i in range(one.first - 1, max(view.first, one.first - 5) - 1, -1) if view.at(i) == "anniversary"), None)
        if at is None or view.at(at + 1) != "of":
            continue
        counted = at > view.first and is_ordinal(view.at(at - 1))
        day = returned(view, one.earliest, view.at(at - 1) if counted else "")
        if day is not None:
            first = at - counted
            added.append(Found(first, at + 1, "DATE", day.isoformat(), day, day, one.anchor, not counted))
    return sorted([*found, *added], key=lambda one: one.first) if added else found


def returned(view: View, day: date, ordinal: str) -> date | None:
    """The day so many years later; None beyond the calendar. 29 February returns on 28 February."""
    if ordinal:
        years = number_words().ordinals.get(ordinal) or (int(ordinal[:-2]) if ordinal[:-2].isdecimal() else 0)
        year = day.year + years
    elif view.frame.published:
        year = view.frame.published.year
    else:
        return None
    if not day.year < year < 9999:
        return None
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
