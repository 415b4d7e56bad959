"""Times of day: "10:30 a.m.", "0600 GMT", "midnight on Friday", "the night of 28 January", "dawn"."""

from __future__ import annotations

import re

from dateline.annotate.times_dates import read_partial, resolve
from dateline.annotate.times_frame import Found, View
from dateline.annotate.times_relative import read_day_word

CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?")


MERIDIEM = frozenset(["a.m.", "p.m.", "am", "pm", "a.m", "p.m"])


def read_clock(view: View, i: int) -> Found | None:
    """ "5 p.m. EST", "10:30 GMT", "0600 hours", "midnight Friday", and the day that follows."""
    at, word = i, view.at(i)
    time = ""
    if word in {"noon", "midnight", "midday"}:
        time, at = view.book.parts[word].removeprefix("T"), i + 1
    elif word[:1].isdecimal():
        told = clock_at(view, i)
        if told is None:
            return None
        time, at = told
    if not time:
        return None
    bracket = view.at(at) == "(" and view.at(at + 1)[:1].isdecimal() and ")" in {view.at(at + 3), view.at(at + 2)}
    if bracket:
        at = at + 4 if view.at(at + 3) == ")" else at + 3
    after = view.skip(view.skip(at, ",", "on", "of"), "on")
    day = day_at(view, after)
    if day and day.earliest == day.latest and day.type == "DATE":
        return day._replace(first=i, type="TIME", value=f"{day.value}T{time}")
    anchor = view.frame.published
    if anchor is None:
        return Found(i, at, "TIME", f"XXXX-XX-XXT{time}", anchor="none", inferred=True)
    return Found(i, at, "TIME", f"{anchor}T{time}", None, None, "published", True)


def day_at(view: View, at: int) -> Found | None:
    told = read_partial(view, at)
    if told and (told.day or told.weekday) and not view.at(at).endswith("days"):
        return resolve(view, told)
    return read_day_word(view, at)


BEHIND_CLOCK = frozenset(["this", "on", "today", "yesterday", "local", ",", "[", "(", "last"])


def clock_at(view: View, i: int) -> tuple[str, int] | None:
    """A time of day: ("17:00", next token)."""
    word, after = view.at(i), view.at(i + 1)
    if CLOCK.fullmatch(word) and int(word[:2].rstrip(":.")) <= 24:
        hour, minute = (int(part) for part in re.split("[:.]", word)[:2])
        if minute > 59 or ("." in word and after not in MERIDIEM | view.book.zones):
            return None
    elif word.isdecimal() and len(word) <= 2 and (after in MERIDIEM or after == "o'clock") and int(word) <= 12:
        hour, minute = int(word), 0
    elif (
        word.isdecimal()
        and len(word) == 4
        and (after in {"gmt", "hours", "hrs", "utc"} or (view.at(i - 1) == "at" and (word[0] == "0" or after in BEHIND_CLOCK)))
        and int(word[:2]) < 25
        and int(word[2:]) < 60
    ):
        hour, minute = int(word[:2]), int(word[2:])
    else:
        return None
    at = i + 1
    if after in MERIDIEM:
        hour = hour % 12 + (12 if after[0] == "p" else 0)
        at += 1
    elif after in {"o'clock", "hours", "hrs"}:
        at += 1
    if view.at(at) in view.book.zones:
        at += 1
        at += view.at(at - 1) == "local" and view.at(at) == "time"
    return f"{hour:02d}:{minute:02d}", at


def read_hours(view: View, i: int) -> Found | None:
    """ "The early hours of Thursday", "the small hours": the morning of that day."""
    at = view.skip(i, "the")
    if view.at(at) not in {"early", "small", "wee", "predawn", "pre-dawn"}:
        return None
    at = view.skip(at + 1, "morning")
    if view.at(at) != "hours":
        return None
    day = day_at(view, view.skip(view.skip(at + 1, "of", "on"), "the"))
    if day and day.earliest == day.latest and day.type == "DATE":
        return day._replace(first=i, type="TIME", value=f"{day.value}TMO")
    base = view.frame.narrative or view.frame.published
    if base is None:
        return Found(i, at + 1, "TIME", "XXXX-XX-XXTMO", anchor="none", inferred=True)
    return Found(i, at + 1, "TIME", f"{base}TMO", base, base, "narrative" if view.frame.narrative else "published", True)


def read_part(view: View, i: int) -> Found | None:
    """ "the morning", "at dawn", "the night of Feb. 1", "early morning": a part of the day the story is at."""
    if hours := read_hours(view, i):
        return hours
    at = view.skip(i, "early", "late", "mid")
    at = view.skip(at, "in") if at > i else at
    at = view.skip(at, "the")
    word = view.at(at)
    code = view.book.parts.get(word.removeprefix("mid-"))
    if code is None or word.endswith("s") or (word == "night" and at == i):
        return None
    if (
        at == i
        and word not in {"dawn", "dusk", "midnight", "noon", "midday", "daybreak", "nightfall", "sunset", "sunrise"}
        and not word.startswith("mid-")
    ):
        return None
    last = at + 1
    inner = view.skip(view.skip(last, "of", "on"), "the")
    day = day_at(view, inner)
    if day and day.earliest == day.latest and day.type == "DATE":
        return day._replace(first=i, type="TIME", value=f"{day.value}T{code.removeprefix('T')}")
    base = view.frame.narrative or view.frame.published
    if base is None:
        return Found(i, last, "TIME", f"XXXX-XX-XXT{code.removeprefix('T')}", anchor="none", inferred=True)
    return Found(
        i,
        last,
        "TIME",
        f"{base}T{code.removeprefix('T')}",
        base,
        base,
        "narrative" if view.frame.narrative else "published",
        True,
    )
