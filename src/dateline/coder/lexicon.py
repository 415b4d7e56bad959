"""The coder's knowledge: trigger words, event classes and weapons, as look-up tables over lemmas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from dateline.knowledge import rules, table


@dataclass(frozen=True, slots=True)
class EventClass:
    """What a class of trigger words leads to (event_classes.toml)."""

    name: str
    type: str
    sub_type: str
    family: str
    vague: bool = False
    result: bool = False
    status: str = "occurred"


@dataclass(frozen=True, slots=True)
class TriggerRule:
    """One row of triggers.tsv. `words` are lemmas; `prepositions` are those under which the target may stand."""

    words: tuple[str, ...]
    pos: str
    event_class: EventClass
    prepositions: tuple[str, ...]
    needs: frozenset[str]
    where: str


@dataclass(frozen=True, slots=True)
class WeaponWord:
    """One row of weapons.tsv."""

    words: tuple[str, ...]
    kind: str
    delivery: str | None
    event_class: str | None


@dataclass(frozen=True, slots=True)
class CoderLexicon:
    """Tables keyed by first lemma; longer entries stand before shorter ones."""

    classes: dict[str, EventClass]
    triggers: dict[str, tuple[TriggerRule, ...]]
    weapons: dict[str, tuple[WeaponWord, ...]]
    doers: dict[str, tuple[str, str]]  # word before an event noun → (name, kind)


E = TypeVar("E", TriggerRule, WeaponWord)


@cache
def coder_lexicon() -> CoderLexicon:
    """The shipped tables."""
    classes = {name: EventClass(name, **facts) for name, facts in rules("event_classes").items()}
    triggers: dict[str, list[TriggerRule]] = {}
    for row in table("triggers"):
        words = tuple(row["word"].split())
        rule = TriggerRule(
            words,
            row["pos"],
            classes[row["class"]],
            tuple(row["prepositions"].split()),
            frozenset(row["needs"].split()),
            row.where,
        )
        triggers.setdefault(words[0], []).append(rule)
    weapons: dict[str, list[WeaponWord]] = {}
    for row in table("weapons"):
        words = tuple(row["word"].split())
        weapon = WeaponWord(words, row["kind"], row["delivery"] or None, row["family"] or None)
        weapons.setdefault(words[0], []).append(weapon)
    return CoderLexicon(
        classes,
        {k: longest_first(v) for k, v in triggers.items()},
        {k: longest_first(v) for k, v in weapons.items()},
        {row["word"]: (row["name"], row["kind"]) for row in table("doers")},
    )


def longest_first(entries: list[E]) -> tuple[E, ...]:
    """Entries of one first word, those of more words first."""
    return tuple(sorted(entries, key=lambda entry: -len(entry.words)))
