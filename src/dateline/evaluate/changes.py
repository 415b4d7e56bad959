"""Gains and losses: a change of the coder is judged by what it finds and what it no longer finds, with the words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from dateline.evaluate.records import (
    CodedFigure,
    CodedParty,
    CodedSource,
    CodedWeapon,
    CodedWhen,
    CodedWhere,
    Value,
)
from dateline.evaluate.scoring import FIELDS, LOOSE, Row, values_of

WORDS_SHOWN = 90  # characters of evidence


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One fill that is better (`gain`) or worse (`loss`) than in the earlier run.

    `what`: a gold value `found` (or lost), or a value of the coder that gold does not hold, `invented` (or gone).
    `event` is the gold event's id, or empty for an invented event.
    """

    verdict: Literal["gain", "loss"]
    field: str
    doc_id: str
    event: str
    what: Literal["found", "invented"]
    words: str


Key = tuple[str, str, str, str, int]  # field, doc_id, event, words, which of those alike


def compare_runs(now: Iterable[Row], before: Iterable[Row]) -> list[Change]:
    """All changes between two runs over the same gold, sorted: gains first, then by field and report."""
    now, before = list(now), list(before)
    changes = [*changed(found(now), found(before), "found"), *changed(invented(now), invented(before), "invented")]
    return sorted(changes)


def changed(now: set[Key], before: set[Key], what: Literal["found", "invented"]) -> Iterator[Change]:
    better: Literal["gain", "loss"] = "gain" if what == "found" else "loss"
    worse: Literal["gain", "loss"] = "loss" if what == "found" else "gain"
    for verdict, keys in ((better, now - before), (worse, before - now)):
        for name, doc_id, event, words, _ in keys:
            yield Change(verdict, name, doc_id, event, what, words)


def found(rows: Iterable[Row]) -> set[Key]:
    """The gold fills that a run has right."""
    keys: set[Key] = set()
    for row in rows:
        if row.gold is None or row.predicted is None:
            continue
        event = str(row.gold.id)
        keys.add(("events", row.doc_id, event, shorten(f"{row.gold.sub_type}: {row.gold.words}"), 0))
        for name in strict_fields():
            values = values_of(row.gold, name)
            keys |= {(name, row.doc_id, event, describe(values[i]), i) for i, _ in row.right.get(name, ())}
    return keys


def invented(rows: Iterable[Row]) -> set[Key]:
    """What a run says and gold does not: whole events, and wrong values of events that are in gold."""
    counts: Counter[tuple[str, str, str, str]] = Counter()
    for row in rows:
        if row.predicted is None:
            continue
        if row.gold is None:
            counts["events", row.doc_id, "", shorten(f"{row.predicted.sub_type}: {row.predicted.words}")] += 1
            continue
        for name in strict_fields():
            right = {j for _, j in row.right.get(name, ())}
            wrong = (value for j, value in enumerate(values_of(row.predicted, name)) if j not in right)
            counts.update((name, row.doc_id, str(row.gold.id), describe(value)) for value in wrong)
    return {(*key, number) for key, count in counts.items() for number in range(count)}


def strict_fields() -> list[str]:
    return [name for name in FIELDS if name not in LOOSE]


def describe(value: Value) -> str:
    """A value in a few words, with its evidence."""
    if isinstance(value, (str, bool)):
        return str(value)
    told = f" ‘{value.quote}’" if value.quote else ""
    return shorten(core(value) + told)


def core(value: CodedWhen | CodedWhere | CodedParty | CodedWeapon | CodedFigure | CodedSource) -> str:
    match value:
        case CodedWhen():
            return f"{value.earliest or '…'} to {value.latest or '…'}"
        case CodedFigure():
            return f"{value.measure} {bound(value.low)} to {bound(value.high)}"
        case CodedSource():
            return f"{value.name} {value.stance}"
        case CodedWeapon():
            return value.kind or ""
        case _:
            return value.name or ""


def bound(number: float | None) -> str:
    """
    >>> bound(12.0), bound(None)
    ('12', '…')
    """
    return "…" if number is None else f"{number:g}"


def shorten(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= WORDS_SHOWN else line[: WORDS_SHOWN - 1] + "…"
