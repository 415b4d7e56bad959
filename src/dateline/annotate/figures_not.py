"""Numbers that count nothing: dates, ages, money, distances, calibres, votes, names of units, proportions."""

from __future__ import annotations

from dateline.annotate.figures_words import lists, nouns, verbs
from dateline.annotate.numbers import Amount, read_core
from dateline.annotate.reading import Reading
from dateline.annotate.times_frame import is_year, time_words


def counts_something(reading: Reading, first: int, amount: Amount, end: int) -> bool:
    """False for dates, ages, money, distances, unit numbers and their like."""
    lows, known = reading.lows, lists()
    before = lows[amount.first - 1] if amount.first > first else ""
    core_before = lows[amount.core - 1] if amount.core > first else ""
    after = lows[amount.last] if amount.last < end else ""
    digits = lows[amount.core][0].isdigit()
    if (
        before in known.not_after
        or core_before in known.not_after
        or after in known.not_counts
        or (before == "." and lows[amount.first - 2] == "no")
    ):
        return False
    if lows[amount.core] == "both" and before in {"or", "and"}:
        return False  # "shot, beheaded or both"
    if before == "of" and lows[amount.first - 2] in lists().parents and amount.last - amount.first == 1:
        return False  # "a mother of three"
    if "each" in lows[amount.last : amount.last + 3] and "of" in lows[max(first, amount.first - 2) : amount.first]:
        return False  # "40 families of six each": the size of a household
    if lows[amount.first] == "one" and after in {"family", "household"} and before in {"of", "from", "in"}:
        return False  # "seven members of one family"
    if lows[amount.first] == "one" and after == "in" and amount.last + 1 < end and read_core(lows, amount.last + 1, end):
        return False  # "one in five"
    if before == "in" and lows[amount.first - 2] == "one":
        return False
    if (not digits and before == "the" and lows[amount.core] in {"one"}) or after in {"'s", "’s"}:
        return False
    if lows[amount.core] == "both" and "and" in lows[amount.last : amount.last + 4]:
        return False  # "both civilians and insurgents"
    book = time_words()
    bare = amount.first == amount.core  # "in early April at least 88" is no date
    if (
        after in book.months
        or (before in book.months and bare)
        or (before in book.months_short and digits and bare)
        or (after in book.months_short and digits)
    ):
        return False
    if before == "." and lows[amount.first - 2] in book.months_short:
        return False
    if after.startswith(("-", "–", "/")) and amount.last + 1 < end and not reading.gaps[amount.last]:
        return False
    if following_unit(reading, amount.last, end):
        return False
    word = lows[amount.core]
    if digits and is_year(word) and amount.last == amount.core + 1 and before not in {"some"}:
        return (
            int(word) < 1900
            or int(word) > 2060
            or (after in nouns() and not nouns()[after].single and amount.first < amount.core)
            or (
                after in nouns()
                and not nouns()[after].single
                and before in {"", "killed", "than", "least", "of", "and", "displaced"}
            )
        )
    if {"aged", "ages"} & set(lows[max(first, amount.first - 5) : amount.first]):
        return False
    if (
        digits
        and before == ","
        and after in {",", ".", ")"}
        and amount.first == amount.core
        and reading.words[amount.first - 2][0].isupper()
    ):
        return False  # "Mr Haddad, 35, said"
    return not (digits and amount.first == amount.core and name_before(reading, first, amount, after))


def name_before(reading: Reading, first: int, amount: Amount, after: str) -> bool:
    """ "Division 30", "Boeing 737": a capitalised word before and no counted noun behind."""
    at = amount.first - 1
    if at <= first or reading.upper or after in nouns() or not reading.words[at][0].isupper():
        return False
    return (
        after not in verbs()
        and after not in lists().be
        and reading.lows[at] not in verbs()
        and reading.lows[at] not in lists().noun_stop  # "Raise Toll To 4 In …"
        and after not in {"others", "more", "dead"}
    )


def following_unit(reading: Reading, at: int, end: int) -> bool:
    """ "12 more days", "30 square kilometres", "five-year", "2.5 times"."""
    known = lists().not_counts
    for j in range(at, min(end, at + 3)):
        word = reading.lows[j]
        if word in known:
            return word not in {"m", "g", "st"} or j == at
        if word not in {
            "more",
            "other",
            "additional",
            "square",
            "consecutive",
            "full",
            "straight",
            "us",
            "u.s.",
            "million",
            "-",
            "nautical",
            "cubic",
            "metric",
            "of",
            "an",
            "a",
            "different",
        }:
            head, dash, tail = word.partition("-")
            return bool(dash) and (tail.split("-")[0] in known or head in known)
    return False
