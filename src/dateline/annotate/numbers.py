"""Number phrases of English news as bounds: "at least 12", "two dozen", "12 to 15", "tens of thousands", "3.6 million".

Everything works on lower-cased tokens (`Reading.lows`), left to right, without backtracking over more than a few words,
so the cost is linear. Bounds follow CODEBOOK section 4; the words stand in `knowledge/figures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from dateline.annotate.reading import tokenize
from dateline.knowledge import rules

PLAIN = re.compile(r"\d{1,3}(?:,\d{2,3})+|\d+")
DECIMAL = re.compile(r"\d+\.\d+")
DASHED = re.compile(r"(\d[\d,.]*)[-–‑](\d[\d,.]*)")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
LIMIT = 10**12  # larger "numbers" are identifiers


class Amount(NamedTuple):
    """A number phrase: tokens `[first, last)`, the bare number from `core` on, and its bounds (None: open)."""

    first: int
    core: int
    last: int
    low: int | None
    high: int | None
    approximate: bool
    vague: bool  # "dozens": the bounds come from a word, not from digits


class Words(NamedTuple):
    """The tables of `figures.toml`, ready for look-up."""

    digits: dict[str, int]
    scales: dict[str, int]
    vague: dict[str, tuple[int, int]]
    plurals: dict[str, int]
    scaled: frozenset[str]
    none: frozenset[str]
    before: dict[str, list[tuple[tuple[str, ...], str]]]  # first word -> (phrase, kind), longest first
    after: dict[str, list[tuple[tuple[str, ...], str]]]
    ordinals: dict[str, int]


ORDINALS = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"]


def phrases(groups: dict[str, list[str]]) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Phrases by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, entries in groups.items():
        for entry in entries:
            parts = tuple(entry.split())
            found.setdefault(parts[0], []).append((parts, kind))
    for entries_of in found.values():
        entries_of.sort(key=lambda pair: -len(pair[0]))
    return found


@cache
def number_words() -> Words:
    """The number words, read once."""
    data: dict[str, Any] = rules("figures")
    digits = {str(k): int(v) for k, v in data["digits"].items()}
    tens = {k: v for k, v in digits.items() if v >= 20}
    digits |= {f"{ten}-{one}": v + w for ten, v in tens.items() for one, w in list(digits.items()) if 0 < w < 10}
    return Words(
        digits,
        dict(data["scales"]),
        {k: (v[0], v[1]) for k, v in data["vague"].items()},
        dict(data["plurals"]),
        frozenset(data["scaled"]["words"]),
        frozenset(data["none"]["words"]),
        phrases(data["bounds"]),
        phrases(data["after"]),
        {word: n for n, word in enumerate(ORDINALS, 1)},
    )


def digits_of(token: str) -> float | None:
    """The value of a token of digits ("1,200", "3.6"), else None."""
    if not token or not token[0].isdecimal() or not token.isascii() or len(token) > 15:
        return None
    if PLAIN.fullmatch(token):
        return float(token.replace(",", ""))
    if DECIMAL.fullmatch(token):
        return float(token)
    return None


def read_number(lows: Sequence[str], at: int, end: int) -> tuple[float, int] | None:
    """A cardinal number at token `at`: (value, next token). None when there is none.

    >>> read_number("one hundred and twenty people".split(), 0, 5)
    (120.0, 4)
    """
    known = number_words()
    total, current, i, seen = 0.0, None, at, False
    while i < end:
        word = lows[i]
        value = digits_of(word)
        if value is not None:
            if seen and not (current is None and total):
                if (
                    current is not None
                    and lows[i - 1].isdigit()
                    and len(word) == 3
                    and len(lows[i - 1]) <= 3
                    and value.is_integer()
                    and total == 0
                ):
                    current = current * 1000 + value  # "9 300" with a thin space for a comma
                    i += 1
                    continue
                break
            current, seen = value, True
        elif word in known.digits:
            small = known.digits[word]
            if current is None:
                current = float(small)
            elif (current >= 20 and current % 10 == 0 and current % 100 and small < 10 and not lows[i - 1][0].isdigit()) or (
                current >= 100 and current % 100 == 0 and small < 100
            ):
                current += small
            else:
                break
            seen = True
        elif word in known.scales and (
            seen or (word in {"hundred", "thousand", "million", "dozen"} and i > 0 and lows[i - 1] == "a")
        ):
            scale = known.scales[word]
            if scale == 100 or word == "dozen":
                current = (1.0 if current is None else current) * scale
            else:
                total, current = total + (1.0 if current is None else current) * scale, None
            seen = True
        elif word in {"and"} and seen and i + 1 < end and (lows[i - 1] in known.scales) and lows[i - 1] != "dozen":
            if lows[i + 1] in known.digits and lows[i - 1] in {"hundred", "thousand"}:
                pass
            else:
                break
        elif word == "m" and seen and digits_of(lows[i - 1]) is not None:
            total, current = total + (current or 0.0) * 1e6, None
        else:
            break
        i += 1
    if not seen or (i == at):
        return None
    value = total + (current or 0.0)
    return (value, i) if value <= LIMIT else None


def read_core(lows: Sequence[str], at: int, end: int) -> tuple[float, float, bool, int] | None:
    """A number without its hedge: (low, high, vague, next token)."""
    known = number_words()
    word = lows[at]
    following = lows[at + 1] if at + 1 < end else ""
    if word == "quarter" and following == "of" and lows[at + 2 : at + 4] == ["a", "million"] and at + 3 < end:
        return 250_000, 250_000, False, at + 4
    if word == "half" and following in {"a", "million"}:
        scale_at = at + 1 + (following == "a")
        scale = known.scales.get(lows[scale_at]) if scale_at < end else None
        return (scale / 2, scale / 2, False, scale_at + 1) if scale else None
    if word == "a" and following == "quarter" and lows[at + 2 : at + 5] == ["of", "a", "million"] and at + 4 < end:
        return 250_000, 250_000, False, at + 5
    if word == "a" and following in known.vague and following not in {"several", "both"}:
        return read_vague(lows, at + 1, end)
    if word == "a" and following in known.scales and following not in {"mn", "mln", "bn"}:
        number = read_number(lows, at + 1, end)
        if number and following in {"dozen", "hundred", "thousand", "million", "billion", "lakh", "crore"}:
            return number[0], number[0], False, number[1]
    if word in known.vague:
        return read_vague(lows, at, end)
    if word in known.none:
        if word == "no":
            if following in {"one", "body"}:
                return 0, 0, False, at + 2
            return 0, 0, False, at + 1
        return 0, 0, False, at + 1
    if dashed := DASHED.fullmatch(word):
        low, high = digits_of(dashed[1]), digits_of(dashed[2])
        if low is not None and high is not None and low < high:
            if following in known.scales:
                return low * known.scales[following], high * known.scales[following], False, at + 2
            return low, high, False, at + 1
        return None
    if number := read_number(lows, at, end):
        value, after = number
        if after + 2 < end and lows[after] == "and" and lows[after + 1] == "a" and lows[after + 2] == "half":
            half = known.scales.get(lows[after + 3]) if after + 3 < end else None
            if half:
                return (value + 0.5) * half, (value + 0.5) * half, False, after + 4
        return value, value, False, after
    if "-" in word:
        return read_hyphened(word, at)
    return None


def read_hyphened(word: str, at: int) -> tuple[float, float, bool, int] | None:
    """ "two-dozen", "half-dozen", "one-hundred"."""
    known = number_words()
    first, _, second = word.partition("-")
    if first == "half" and second in known.scales:
        return known.scales[second] / 2, known.scales[second] / 2, False, at + 1
    if first in known.digits and second in known.scales:
        value = known.digits[first] * known.scales[second]
        return value, value, False, at + 1
    return None


def read_vague(lows: Sequence[str], at: int, end: int) -> tuple[float, float, bool, int]:
    """ "dozens", "several hundred", "tens of thousands"."""
    known = number_words()
    low, high = known.vague[lows[at]]
    if (
        at + 2 < end
        and lows[at + 1] == "of"
        and lows[at + 2] in known.plurals
        and lows[at] in {"tens", "dozens", "scores", "hundreds", "thousands"}
    ):
        scale = known.plurals[lows[at + 2]]
        top = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}[lows[at]]
        return 2 * top * scale, {"tens": 100, "dozens": 100, "scores": 100}.get(lows[at], 10 * top) * scale - 1, True, at + 3
    if lows[at] in known.scaled and at + 1 < end and lows[at + 1] in known.scales:
        if lows[at + 1] == "dozen":
            return 36, 99, True, at + 2
        scale = known.scales[lows[at + 1]]
        return low * scale, (high + 1) * scale - 1, True, at + 2
    return low, high, True, at + 1


def read_hedge(lows: Sequence[str], at: int, end: int) -> tuple[str, int] | None:
    """A phrase that bounds the number behind it: (kind, next token)."""
    for phrase, kind in number_words().before.get(lows[at], ()):
        after = at + len(phrase)
        if after < end and tuple(lows[at:after]) == phrase:
            return kind, after
    return None


def read_amount(lows: Sequence[str], at: int, end: int) -> Amount | None:
    """The number phrase that starts at token `at` and ends before `end`, with its bounds. None when there is none.

    >>> read_amount("at least 12 people".split(), 0, 4)[3:5]
    (12, None)
    """
    hedges: list[str] = []
    i = at
    while i < end and len(hedges) < 3 and (hedge := read_hedge(lows, i, end)):
        hedges.append(hedge[0])
        i = hedge[1]
    if i >= end:
        return None
    if lows[i] == "between" and not hedges:
        return read_between(lows, i, end)
    core = read_core(lows, i, end)
    if core is None:
        return None
    low, high, vague, after = core
    if not vague and high > 0 and not (at and lows[at - 1] == "from"):  # "from 12 to 16" are two numbers
        low, high, after = read_upper(lows, low, high, after, end)
    for phrase, kind in number_words().after.get(lows[after] if after < end else "", ()):
        if tuple(lows[after : after + len(phrase)]) == phrase:
            hedges.append(kind)
            after += len(phrase)
            break
    return bounded(at, i, after, low, high, vague, hedges)


def bounded(at: int, core: int, after: int, low: float, high: float, vague: bool, hedges: list[str]) -> Amount | None:
    """Apply the hedges to a number. Counts are whole: "1.5 people" is no count."""
    if not float(low).is_integer() or not float(high).is_integer():
        return None
    lowest: int | None = int(low)
    highest: int | None = int(high)
    if "least" in hedges:
        highest = None
    elif "most" in hedges:
        lowest = None
    return Amount(at, core, after, lowest, highest, "about" in hedges, vague)


def read_upper(lows: Sequence[str], low: float, high: float, after: int, end: int) -> tuple[float, float, int]:
    """ "12 to 15", "12 or 13", "one to 1.5 million": the upper end, if there is one."""
    known = number_words()
    if after + 1 < end and lows[after] in {"to", "or", "-", "–"} and (other := read_number(lows, after + 1, end)):
        top, then = other
        scale = known.scales.get(lows[then - 1], 1)
        if scale >= 100 and low < 1000 and low * scale < top:
            low *= scale
        if low < top and (lows[after] != "or" or top <= low * 2 + 2) and (top < low * 20 or low < 10):
            return low, top, then
    return low, high, after


def read_between(lows: Sequence[str], at: int, end: int) -> Amount | None:
    """ "between 12 and 15", also the frequent "between 12 to 15"."""
    first = read_number(lows, at + 1, end)
    if first is None or first[1] + 1 >= end or lows[first[1]] not in {"and", "to"}:
        return None
    second = read_number(lows, first[1] + 1, end)
    if second is None:
        return None
    low, (high, after) = first[0], second
    scale = number_words().scales.get(lows[after - 1], 1)
    if scale >= 100 and low * scale < high:
        low *= scale
    if not low < high:
        return None
    return bounded(at, at + 1, after, low, high, False, [])


def count_of(words: str) -> tuple[int | None, int | None, bool] | None:
    """(low, high, approximate) of a phrase that counts something; None when it counts nothing.

    >>> count_of("at least four more"), count_of("A third car bomb"), count_of("several of them"), count_of("the bomb")
    ((4, None, False), (1, 1, False), (3, 9, False), None)
    """
    lows = [word.lower() for word in tokenize(words).words[:60]]
    for at in range(len(lows)):
        if amount := read_amount(lows, at, len(lows)):
            return amount.low, amount.high, amount.approximate
        if lows[at] in {"a", "an", "another", "each", "single"}:
            return 1, 1, False
    return None


def is_ordinal(word: str) -> bool:
    """ "third", "155th"."""
    return bool(ORDINAL.fullmatch(word)) if word[:1].isdigit() else word in number_words().ordinals
