"""Years, decades, quarters, seasons, clock times, feasts, repetition, and words like "now" and "recent"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from dateline.annotate.numbers import is_ordinal, number_words
from dateline.annotate.times_calendar import Days, day_of_rule, named_days, named_first, part_of, quarter_days, season_days, shift, year_days
from dateline.annotate.times_dates import read_partial, resolve, spoken_year
from dateline.annotate.times_frame import Found, View, days_of, duration_value, is_year
from dateline.annotate.times_relative import ago, read_deictic, season, year_before_quarter

CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?")
YEARS = re.compile(r"(\d{4})[-–/](\d{2,4})")
MERIDIEM = frozenset(["a.m.", "p.m.", "am", "pm", "a.m", "p.m"])
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
    if join in {"to", "until", "till", "and", "through", "-", "–"} and is_year(other) and int(other) > year:
        if view.at(first - 1) in {"from", "between"} or join in {"-", "–"}:
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
    if not 1500 <= year <= 2100 or before in {
        "$",
        "£",
        "€",
        "no",
        "number",
        "flight",
        "resolution",
        "nearly",
        "about",
        "some",
        "over",
        "#",
    }:
        return False
    if after in {"people", "percent", "%", "men", "women", "children", "dead", "km", "miles", "meters", "metres", "dollars", "more", "of", "million",
                 "houses", "homes", "families", "refugees", "soldiers", "troops", "civilians", "fighters", "others", "tons", "tonnes", "feet", "points",
                 "gmt", "hours", "hrs", "local", "utc"} or after in view.book.units:  # fmt: skip
        return False
    if first < at or len(view.at(at)) > 4 or before in view.book.year_before or view.at(at - 1) in view.book.months:
        return before not in {"than"} or year >= 1900
    if before in view.book.not_year_before or view.at(at - 1) == ".":
        return False
    plural = after.endswith("s") and len(after) > 3 and before not in {"'s", "’s"}
    return 1900 <= year <= 2060 and not plural


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
    from dateline.annotate.times_relative import unit_days

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
    from dateline.annotate.times_relative import read_day_word

    told = read_partial(view, at)
    if told and (told.day or told.weekday) and not view.at(at).endswith("days"):
        return resolve(view, told)
    return read_day_word(view, at)


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
        and after in {"gmt", "hours", "hrs", "utc"}
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


def read_part(view: View, i: int) -> Found | None:
    """ "the morning", "at dawn", "the night of Feb. 1", "early morning": a part of the day the story is at."""
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


def read_hyphened(view: View, i: int) -> Found | None:
    """ "10-year", "five-year-old conflict", "two-and-a-half-year", "year-ago", "year-end", "decades-long", "mid-afternoon"."""
    at = view.skip(i, "the", "a", "an", "his", "its", "their")
    word = view.at(at)
    if "-" not in word or len(word) > 40:
        return None
    parts = word.split("-")
    if parts[0] == "year" and parts[-1] in {"ago", "earlier", "end"}:
        return year_compound(view, i if view.at(i) == "the" and view.at(at + 1) == "period" else at, at, parts[-1])
    unit_at = next((n for n, part in enumerate(parts) if n and part in view.book.units), None)
    if parts[0] in {"days", "weeks", "months", "years", "decades", "hours", "day", "week", "month", "year", "decade"} and parts[
        1:
    ] == ["long"]:
        return Found(
            at, at + 1, "DURATION", duration_value(None if parts[0][-1] == "s" else 1, view.book.units[parts[0]]), anchor="none"
        )
    if unit_at is None or at > i:
        return None
    number = count_of_parts(parts[:unit_at])
    if number is False:
        return None
    rest = parts[unit_at + 1 :]
    if (
        rest == ["old"]
        and view.at(at + 1) not in view.book.aged
        and view.at(at + 2) not in view.book.aged - {"civil", "state", "military", "armed"}
    ):
        return None
    if rest not in ([], ["old"], ["long"]):
        return None
    value = duration_value(number, view.book.units[parts[unit_at]])
    if rest == ["old"] and view.frame.published and number is not None:
        length = days_of(number, view.book.units[parts[unit_at]])
        if length:
            return Found(
                at, at + 1, "DURATION", value, shift(view.frame.published, -length), view.frame.published, "published", True
            )
    return Found(at, at + 1, "DURATION", value, anchor="none")


def count_of_parts(parts: list[str]) -> float | bool | None:
    """The number of "two-and-a-half": 2.5; None for "several"; False when it is none."""
    known = number_words()
    if parts[1:] == ["and", "a", "half"] and parts[0] in known.digits:
        return known.digits[parts[0]] + 0.5
    text = "-".join(parts)
    if text in known.digits:
        return float(known.digits[text])
    if text.isdecimal() and text.isascii() and len(text) < 5:
        return float(text)
    if text in {"several", "few", "multi"}:
        return None
    if text in {"half"}:
        return 0.5
    return False


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


def read_set(view: View, i: int) -> Found | None:
    """ "daily", "every month", "each Thursday", "Saturdays", "$5 a year"."""
    word = view.at(i)
    if word in PLURAL_UNITS and view.at(i + 1) == "of" and view.at(i - 1) not in {"the", "these", "those"}:
        return Found(i, i + 1, "DURATION", duration_value(None, view.book.units[word]), anchor="none")
    if word in view.book.sets and (word not in {"daily", "weekly", "monthly"} or adverb_like(view, i)):
        return Found(i, i + 1, "SET", view.book.sets[word], anchor="none")
    if word in {"every", "each"}:
        at = view.skip(i + 1, "single", "other")
        if unit := view.book.units.get(view.at(at)):
            return Found(i, at + 1, "SET", duration_value(1, unit), anchor="none") if not view.at(at).endswith("s") else None
        if weekday := view.book.weekdays.get(view.at(at)):
            return Found(i, at + 1, "SET", f"XXXX-WXX-{weekday}", anchor="none")
        if part := view.book.parts.get(view.at(at)):
            return Found(i, at + 1, "SET", f"XXXX-XX-XXT{part}", anchor="none")
    if word.endswith("s") and (weekday := view.book.weekdays.get(word[:-1])):
        return Found(i, i + 1, "SET", f"XXXX-WXX-{weekday}", anchor="none")
    weekday = view.book.weekdays.get(word)
    if weekday and (part := view.book.parts.get(view.at(i + 1))) and view.at(i + 1).endswith("s"):
        return Found(i, i + 2, "SET", f"XXXX-WXX-{weekday}T{part}", anchor="none")
    if word in {"a", "per"} and view.at(i + 1) in {"year", "month", "week", "day"} and rate_before(view, i):
        return Found(i, i + 2, "SET", duration_value(1, view.book.units[view.at(i + 1)]), anchor="none")
    return None


def adverb_like(view: View, i: int) -> bool:
    """ "bombed daily", not "daily flights" nor "the Daily Star"."""
    after = view.at(i + 1)
    return (
        not after
        or not after[0].isalpha()
        or after in {"and", "in", "on", "at", "for", "by", "since", "during", "as", "to", "with", "from", "basis"}
    )


def rate_before(view: View, i: int) -> bool:
    """A number, sum or "times" stands close before: "12 times a year", "$40,000 a year"."""
    near = [view.at(i - n) for n in (1, 2, 3)]
    return (
        near[0] in {"times", "twice", "once", "million", "billion", "%", "percent", "share", "tons", "barrels"}
        or near[0][:1].isdecimal()
        or (
            near[0].endswith("s")
            and len(near[0]) > 3
            and (near[1][:1].isdecimal() or near[2][:1].isdecimal() or near[1] in number_words().digits)
        )
    )


def read_named_day(view: View, i: int) -> Found | None:
    """Feasts and days with a name, from `times_days.tsv`."""
    rule, last = None, i
    if view.at(i) not in named_first():
        return None
    for length in (4, 3, 2, 1):
        key = tuple(view.lows[i : i + length]) if i + length <= view.end else ()
        merged = tuple(word for word in key)
        if merged in named_days():
            rule, last = named_days()[merged], i + length
            break
    if rule is None:
        return None
    if len(rule) == 10 and rule[4] == "-":
        return Found(i, last, "DATE", rule, *day_of_rule(rule, 2000)[0])
    after = view.skip(last, ",", "in", "of")
    year = int(view.at(after)) if is_year(view.at(after)) else None
    anchor = view.frame.published
    if year is None and anchor is None:
        return Found(i, last, "DATE", "XXXX-XX-XX", anchor="none", inferred=True)
    if year is not None:
        days = day_of_rule(rule, year)
        return feast(i, after + 1, days[0], rule, absolute=True) if days else None
    assert anchor is not None
    choices = [d for y in (anchor.year - 1, anchor.year, anchor.year + 1) for d in day_of_rule(rule, y)]
    before = [d for d in choices if d[0] <= anchor]
    coming = [d for d in choices if d[1] >= anchor]
    ahead = view.tense(i, last) == "future" or view.at(i - 1) in {"next", "coming"}
    picked = (coming or before)[:1] if ahead else (before[-1:] or coming)
    return feast(i, last, picked[0], rule, absolute=False) if picked else None


def feast(first: int, last: int, days: Days, rule: str, *, absolute: bool) -> Found:
    moon = rule.startswith("hijri")
    value = days[0].isoformat() if days[0] == days[1] else f"{days[0]}/{days[1]}"
    return Found(first, last, "DATE", value, *days, "absolute" if absolute else "published", moon)


RECENT_DAYS = {"D": 7, "W": 30, "M": 180, "Y": 1825, "Q": 365, "TH": 1, "E": 7300, "F": 60}


def read_reference(view: View, i: int) -> Found | None:
    """ "now", "recently", "the past", "in recent weeks", "these days"."""
    word = view.at(i)
    for phrase, value in view.book.ref_phrases.get(word, ()):
        if tuple(view.lows[i : i + len(phrase)]) == phrase and i + len(phrase) <= view.end and phrase_stands(view, phrase, i):
            return Found(i, i + len(phrase), "DATE", value, anchor="none")
    at = view.skip(i, "the", "more", "most")
    if view.at(at) == "recent" and (unit := view.book.units.get(view.at(at + 1))):
        anchor = view.frame.published
        if anchor is None:
            return Found(i, at + 2, "DATE", "PAST_REF", anchor="none", inferred=True)
        return Found(i, at + 2, "DATE", "PAST_REF", shift(anchor, -RECENT_DAYS.get(unit, 30)), anchor, "published", True)
    if word in {"days", "weeks", "months", "years"} and view.at(i - 1) != "the" and view.at(i + 1) == "ahead":
        return Found(i, i + 2, "DURATION", duration_value(None, view.book.units[word]), anchor="none")
    if word == "the" and view.at(i + 1) in {"days", "weeks", "months", "years"} and view.at(i + 2) == "ahead":
        return Found(i, i + 3, "DURATION", duration_value(None, view.book.units[view.at(i + 1)]), anchor="none")
    if at == i and word in view.book.refs and reference_stands(view, i, word):
        return Found(i, i + 1, "DATE", view.book.refs[word], anchor="none")
    if word in PLURAL_UNITS and view.at(i + 1) == "ago":
        return ago(view, i, i + 2, None, view.book.units[word])
    if word in PLURAL_UNITS and view.at(i - 1) in {"for", "in", "within"} and view.at(i + 1) not in {"of"}:
        unit = view.book.units[word]
        return bare_units(view, i, unit)
    return None


def reference_stands(view: View, i: int, word: str) -> bool:
    """ "Previously" opens a sentence; "as soon as" is no time; "a recently freed man" is one."""
    if word == "previously":
        return i == view.first
    if word == "soon":
        return view.at(i + 1) not in {"as", "to", "after"} and view.at(i - 1) not in {"as", "too"}
    return not is_ordinal(view.at(i - 1))


PLURAL_UNITS = frozenset(["hours", "days", "weeks", "months", "years", "decades", "centuries"])


def bare_units(view: View, i: int, unit: str) -> Found:
    from dateline.annotate.times_relative import span_of

    if view.at(i - 1) == "for" and view.tense(i, i + 1) != "future" and (found := span_of(view, i, i + 1, None, unit, "past")):
        return found
    return Found(i, i + 1, "DURATION", duration_value(None, unit), anchor="none")


def phrase_stands(view: View, phrase: tuple[str, ...], i: int) -> bool:
    """ "the past" alone, not "the past two weeks"; "the time" only behind "at" or "by"."""
    after = view.at(i + len(phrase))
    if phrase in {("the", "past"), ("the", "present")}:
        return view.at(i - 1) in {"in", "of"} and not (
            after in view.book.units
            or after in number_words().digits
            or after in {"few", "several", "couple"}
            or after[:1].isdecimal()
        )
    if phrase[-1] in {"time", "moment"}:
        return view.at(i - 1) in {"at", "by", "of", "for"} and after not in {"of", "to", "for", "that"}
    if phrase == ("one", "day"):
        return after not in {"after", "before", "of", "earlier", "later", "ago"} and view.tense(i, i + 2) == "future"
    return True
