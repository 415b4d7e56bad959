"""Tables of the figure finder, ready for look-up. The words stand in `knowledge/figures*.tsv|toml`."""

from __future__ import annotations

from functools import cache
from typing import Any, Literal, NamedTuple

from dateline.knowledge import rules, table

Unit = Literal["person", "household", "item"]


class Noun(NamedTuple):
    """A counted noun: what it is, the measure it tells by itself ('' = none), and whether it is a singular."""

    unit: Unit
    measure: str
    single: bool


class Verb(NamedTuple):
    """One form of a verb: `form` is past, part, ger, base, third or adj; `use` as in `figures_verbs.tsv`."""

    form: str
    use: str
    measure: str
    term: str


class Phrase(NamedTuple):
    words: tuple[str, ...]
    measure: str
    term: str


class Lists(NamedTuple):
    """Word sets of `figures.toml`."""

    not_counts: frozenset[str]
    not_after: frozenset[str]
    noun_stop: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    skip: frozenset[str]
    through: frozenset[str]
    left_skip: frozenset[str]
    walls: frozenset[str]
    toll: frozenset[str]
    toll_injured: frozenset[str]
    toll_links: frozenset[str]
    toll_dead: frozenset[str]
    war: frozenset[str]
    titles: frozenset[str]
    articles: frozenset[str]
    houses: frozenset[str]
    destroyed: frozenset[str]
    damaged: frozenset[str]
    fatal: frozenset[str]
    object_starts: frozenset[str]
    hard_stops: frozenset[str]
    inserts: frozenset[str]
    adjectives: frozenset[str]
    determiners: frozenset[str]
    offices: frozenset[str]
    casualties_die: frozenset[str]
    kin: frozenset[str]
    couples: frozenset[str]
    owners: frozenset[str]
    violent_deaths: frozenset[str]
    not_names: frozenset[str]
    parents: frozenset[str]
    together: frozenset[str]
    rises: frozenset[str]
    things_of: frozenset[str]
    earlier_toll: frozenset[str]
    falls: frozenset[str]
    told_earlier: frozenset[str]
    glued_people: tuple[str, ...]
    glued_displaced: tuple[str, ...]
    glued_household: tuple[str, ...]
    shares: dict[str, tuple[int, int]]


@cache
def nouns() -> dict[str, Noun]:
    """Counted nouns by form."""
    found: dict[str, Noun] = {}
    for row in table("figures_nouns"):
        for form, single in ((row["plural"], False), (row["singular"], True)):
            if form:
                found.setdefault(form, Noun(row["kind"], row["measure"], single))  # type: ignore[arg-type]
    return found


def third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z")):
        return lemma + "es"
    return lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeou" else lemma + "s"


@cache
def verbs() -> dict[str, list[Verb]]:
    """Verb forms and adjectives by word."""
    found: dict[str, list[Verb]] = {}

    def add(word: str, form: str, use: str, measure: str, term: str) -> None:
        found.setdefault(word, []).append(Verb(form, use, measure, term))

    for row in table("figures_verbs"):
        lemma, use, measure, term = row["lemma"], row["use"], row["measure"], row["term"]
        if use == "a":
            add(lemma, "adj", use, measure, term)
            continue
        if " " in lemma or use == "x":
            continue
        stem = lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma
        past = row["past"] or (lemma[:-1] + "ied" if lemma.endswith("y") and lemma[-2] not in "aeou" else stem + "ed")
        add(past, "past", use, measure, term)
        add(row["participle"] or past, "part", use, measure, term)
        add(row["gerund"] or stem + "ing", "ger", use, measure, term)
        if lemma != past:
            add(lemma, "base", use, measure, term)
        add(third(lemma), "third", use, measure, term)
    return found


@cache
def phrases() -> tuple[dict[str, list[Phrase]], dict[str, list[Phrase]]]:
    """Phrases behind the counted by first word, and phrases in front of it by last word; longest first."""
    after: dict[str, list[Phrase]] = {}
    before: dict[str, list[Phrase]] = {}
    for row in table("figures_phrases"):
        words = tuple(row["phrase"].split())
        phrase = Phrase(words, row["measure"], row["term"])
        if row["side"] == "after":
            after.setdefault(words[0], []).append(phrase)
        else:
            before.setdefault(words[-1], []).append(phrase)
    for group in (after, before):
        for entries in group.values():
            entries.sort(key=lambda entry: -len(entry.words))
    return after, before


@cache
def lists() -> Lists:
    """The word sets of `figures.toml`."""
    data: dict[str, Any] = rules("figures")
    aux, toll, houses, glued = data["auxiliaries"], data["toll"], data["houses"], data["glued"]
    picked = (
        *(data[name]["words"] for name in ("not_counts", "not_after", "modifiers_stop")),
        *(aux[name] for name in ("be", "have", "skip", "through")),
        *(data["left"][name] for name in ("skip", "walls")),
        *(toll[name] for name in ("nouns", "injured", "links", "dead_nouns")),
        *(data["whole"]["war"], data["titles"]["words"], data["persons"]["articles"]),
        *(houses[name] for name in ("words", "destroyed", "damaged")),
        data["toll"]["fatal"],
        *(data["clause"][name] for name in ("object_starts", "hard_stops", "inserts", "adjectives", "determiners", "offices")),
        data["toll"]["casualties_die"],
        *(data["persons"][name] for name in ("kin", "couples", "owners", "violent_deaths", "not_names", "parents", "together")),
        toll["rises"],
        data["persons"]["things_of"],
        toll["earlier"],
        toll["falls"],
        toll["told_earlier"],
    )
    tables = [frozenset(words) for words in picked]
    shares = {words: (pair[0], pair[1]) for words, pair in data["shares"].items()}
    sets: dict[str, Any] = dict(zip(Lists._fields, tables, strict=False))
    sets |= {f"glued_{name}": tuple(words) for name, words in glued.items()}
    return Lists(**sets, shares=shares)
