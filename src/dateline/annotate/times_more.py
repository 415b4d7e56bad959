"""Feasts, repetition, compounds such as "five-year-old", and words like "now" and "recent"."""

from __future__ import annotations

from dateline.annotate.numbers import is_ordinal, number_words
from dateline.annotate.times_calendar import (
    Days,
    day_of_rule,
    named_days,
    named_first,
    shift,
)
from dateline.annotate.times_counted import ago
from dateline.annotate.times_frame import Found, View, days_of, duration_value, is_year
from dateline.annotate.times_years import year_compound


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
        return Found(
            i, at + 2, "DATE", "PAST_REF", shift(anchor, -view.book.recent_days.get(unit, 30)), anchor, "published", True
        )
    if word in {"days", "weeks", "months", "years"} and view.at(i - 1) != "the" and view.at(i + 1) == "ahead":
        return Found(i, i + 2, "DURATION", duration_value(None, view.book.units[word]), anchor="none")
    if word == "the" and view.at(i + 1) in {"days", "weeks", "months", "years"} and view.at(i + 2) == "ahead":
        return Found(i, i + 3, "DURATION", duration_value(None, view.book.units[view.at(i + 1)]), anchor="none")
    if at == i and word in view.book.lately and view.frame.published and reference_stands(view, i, word):
        return Found(
            i, i + 1, "DATE", view.book.refs[word], shift(view.frame.published, -30), view.frame.published, "published", True
        )
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
    if after == "being":
        return False
    if phrase[-1] in {"time", "moment"}:
        return view.at(i - 1) in {"at", "by", "of", "for"} and after not in {"of", "to", "for", "that"}
    if phrase == ("one", "day"):
        return after not in {"after", "before", "of", "earlier", "later", "ago"} and view.tense(i, i + 2) == "future"
    return True
