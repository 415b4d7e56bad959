"""Past or future: which way a bare weekday or month points.

A weekday word in a news report means the last such day unless its clause speaks of what is to come. There is no parser
here: the nearest verb mark before the expression in its clause decides, else the first one after it.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from dateline.annotate.reading import Reading
from dateline.knowledge import rules

Tense = Literal["past", "future"]
REACH = 14  # tokens looked at on each side
WALLS = frozenset([";", ":", "--", "—", "“", "”", '"'])


@cache
def markers() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = rules("times")
    return (
        frozenset(data["future_markers"]["words"]),
        frozenset(data["past_markers"]["words"]),
        frozenset(data["not_past"]["words"]),
    )


def tense_of_word(reading: Reading, at: int) -> Tense | None:
    """What the word at token `at` alone says."""
    future, past, not_past = markers()
    word = reading.lows[at]
    before = reading.lows[at - 1] if at else ""
    after = reading.lows[at + 1] if at + 1 < len(reading) else ""
    if before == "be" and word.endswith(("ed", "en", "eld")) and at > 1:
        return tense_of_word(reading, at - 2)
    if word in {"plan", "plans", "hope", "hopes", "want", "wants", "intend", "intends", "start", "begin", "resume", "expire"}:
        return "future" if after == "to" or before in {"to", "will", "would"} else None
    if word in past:
        if word in {"have", "has", "been"} and before in {"will", "would", "may", "might", "could", "should", "must", "to"}:
            return "past" if before in {"may", "might", "could", "should", "must"} else "future"
        return "past"
    if word in future:
        if word in {"set", "due"} and not (
            at + 1 < len(reading) and reading.lows[at + 1] in {"to", "on", "for", "in", "next", "by"}
        ):
            return None
        if word == "called" and not (at + 1 < len(reading) and reading.lows[at + 1] == "for"):
            return "past"
        if word in {"ahead", "by", "until"} or (word in {"begin", "start"} and before not in {"to", "will"}):
            return None
        return "future"
    if word.endswith("ed") and len(word) > 4 and word not in not_past:
        return "past"
    if before == "to" and word.isalpha() and len(word) > 2 and at > 1 and reading.lows[at - 2] in INFINITIVE_AFTER:
        return "future"
    return None


INFINITIVE_AFTER = frozenset(
    [
        "is",
        "are",
        "plans",
        "plan",
        "planning",
        "agreed",
        "vowed",
        "promised",
        "pledged",
        "wants",
        "want",
        "intends",
        "hopes",
        "hope",
        "expects",
        "expect",
        "ready",
        "due",
        "set",
        "expected",
        "scheduled",
        "likely",
        "going",
        "prepares",
        "preparing",
        "decided",
        "threatened",
        "ordered",
    ]
)


def tense_at(reading: Reading, first: int, last: int) -> Tense | None:
    """Tense of the clause around tokens `[first, last)`; None when no verb is near."""
    sentence = reading.sentences[reading.sentence_of[first]]
    if first - 2 >= sentence.first and reading.lows[first - 2 : first] == ["ahead", "of"]:
        return "future"
    low = max(sentence.first, first - REACH)
    for at in range(first - 1, low - 1, -1):
        if reading.lows[at] in WALLS:
            break
        if tense := tense_of_word(reading, at):
            return tense
    high = min(sentence.last, last + REACH)
    for at in range(last, high):
        if reading.lows[at] in WALLS:
            break
        if tense := tense_of_word(reading, at):
            return tense
    return None


def lasting(reading: Reading, first: int) -> bool:
    """The words before token `first` tell what has gone on until now: "has been besieged for", "have fought for"."""
    sentence = reading.sentences[reading.sentence_of[first]]
    for at in range(first - 1, max(sentence.first, first - REACH) - 1, -1):
        if reading.lows[at] in WALLS:
            return False
        if reading.lows[at] in ("has", "have", "'ve", "’ve"):
            return True
        if reading.lows[at] in ("had", "was", "were", "will", "would"):
            return False
    return False
