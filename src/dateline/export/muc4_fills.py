"""Set fills, strings and numbers of MUC-4 templates from the words of a report."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from dateline.knowledge import table, wordlists, words
from dateline.types import Count, Evidence, Figure

WORDS = wordlists("muc4")


def person(name: str) -> bool:
    """True for a name whose first word is a given name: a person, whatever office they hold."""
    parts = name.lower().split(" ")
    return len(parts) > 1 and parts[0] in words("party_given_names")


def plural(words: str) -> bool:
    """True for words whose last tells of several: "PEASANTS", "PEOPLE"."""
    last = words.split(" ")[-1].lower()
    return (last.endswith("s") and not last.endswith(("ss", "us"))) or last in WORDS["many"]


def amount(count: Count | Figure) -> str:
    """Bounds as MUC writes numbers: 7, ~7, 5 - 7, PLURAL."""
    if count.low is not None and count.low == count.high:
        return f"~{count.low}" if count.approximate else str(count.low)
    if count.low is not None and count.high is not None:
        return "PLURAL" if count.approximate or count.high > 2 * count.low else f"{count.low} - {count.high}"
    one = count.low if count.low is not None else count.high
    return f"~{one}" if one is not None else "PLURAL"


@cache
def fills() -> dict[str, list[tuple[str, tuple[str, ...]]]]:
    """Slot → fills with the words that speak for each, in the order of the table."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for row in table("muc4_types"):
        found.setdefault(row["slot"], []).append((row["fill"], tuple(row.many("words"))))
    return found


def fill(slot: str, text: str) -> str | None:
    """The first fill of a slot one of whose words stands in the lower-case `text`; None when none does."""
    padded = f" {text} "
    for value, signs in fills()[slot]:
        if any((f" {sign[1:]}" if sign[0] == "+" else f" {sign} ") in padded for sign in signs):
            return value
    return None


def words_of(evidence: Iterable[Evidence]) -> str:
    return " ".join(" ".join(e.quote.lower().split()) for e in evidence)


def referred(value: str, words: str) -> dict[str, str] | str:
    return {"value": value, "ref": words} if words else value


def listed(slot: str, values: Iterable[Any]) -> dict[str, list[Any]]:
    told = list(values)
    return {slot: told} if told else {}
