"""Knowledge of party phrases, read once: nouns that head a party, modifiers that turn its kind, words that bound a phrase."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from dateline.knowledge import rules, table, words
from dateline.resolve.countries import countries, country_codes, country_words
from dateline.types import PartyKind


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun of `party_nouns.tsv` in one of its forms."""

    lemma: str
    sort: str
    kind: PartyKind
    flags: frozenset[str]
    plural: bool


@dataclass(frozen=True, slots=True)
class PartyWords:
    """All lists of `party_words.toml`, as sets."""

    determiners: frozenset[str]
    counts: frozenset[str]
    quantity_of: frozenset[str]
    modifiers: frozenset[str]
    hyphen_endings: frozenset[str]
    hyphen_starts: frozenset[str]
    backing: frozenset[str]
    actions: frozenset[str]
    doers: dict[str, tuple[str, PartyKind]]
    blocked_next: frozenset[str]
    state_before: frozenset[str]
    callers: frozenset[str]
    home: dict[str, str]
    state_not_before: frozenset[str]
    state_verbs: frozenset[str]
    state_not_after: frozenset[str]
    speech: frozenset[str]
    connectors: frozenset[str]
    org_heads: dict[str, PartyKind]
    person_after: frozenset[str]
    place_after: frozenset[str]
    place_before: frozenset[str]
    particles: frozenset[str]
    ranks: dict[str, str]
    upper_stop: frozenset[str]
    acronym_words: frozenset[str]
    not_name: frozenset[str]
    turns: dict[tuple[str, str], PartyKind]
    given_names: frozenset[str]
    held: dict[str, tuple[str, PartyKind]]
    generic_heads: frozenset[str]
    place_like: frozenset[str]
    proper: frozenset[str]
    ambiguous: frozenset[str]
    members: dict[str, PartyKind]  # who fights for a group, to the group's kind
    posts: frozenset[str]
    speakers: frozenset[str]
    hiding: frozenset[str]
    belongs_by: frozenset[str]
    group_words: frozenset[str]
    taking: frozenset[str]
    landscape: frozenset[str]
    bodies: frozenset[str]
    compass: frozenset[str]
    settlements: frozenset[str]
    provinces: frozenset[str]
    where_words: frozenset[str]
    offices: frozenset[str]
    fates: frozenset[str]


def split(text: str) -> frozenset[str]:
    return frozenset(text.split())


@cache
def party_words() -> PartyWords:
    """The word lists, as one record."""
    toml = rules("party_words")
    turns = {
        (word, sort): turn["kind"]
        for turn in reversed(toml["turn"])
        for word in turn["words"].split()
        for sort in turn["sorts"].split()
    }
    belonging = toml["belonging"]
    return PartyWords(
        determiners=split(toml["bounds"]["determiners"]),
        counts=split(toml["bounds"]["counts"]),
        quantity_of=split(toml["bounds"]["quantity_of"]),
        modifiers=split(toml["modifiers"]["plain"]),
        hyphen_endings=split(toml["modifiers"]["hyphen_endings"]),
        hyphen_starts=split(toml["modifiers"]["hyphen_starts"]),
        backing=split(toml["modifiers"]["backing"]),
        actions=split(toml["actions"]["nouns"]),
        doers={word: (row[0], row[1]) for word, row in toml["actions"]["doers"].items()},
        blocked_next=split(toml["actions"]["blocked_next"]),
        state_before=split(toml["states"]["before"]),
        callers=split(toml["states"]["callers"]),
        home=toml["home"],
        state_not_before=split(toml["states"]["not_before"]),
        state_verbs=split(toml["states"]["verbs"]),
        state_not_after=split(toml["states"]["not_after"]),
        speech=split(toml["states"]["speech"]),
        connectors=split(toml["names"]["connectors"]),
        org_heads={word: kind for kind, heads in toml["org_heads"].items() for word in heads.split()},
        person_after=split(toml["persons"]["after"]),
        place_after=split(toml["persons"]["place_after"]),
        place_before=split(toml["persons"]["place_before"]),
        particles=split(toml["persons"]["particles"]),
        ranks=dict(toml["ranks"]),
        upper_stop=split(toml["upper"]["stop"]),
        acronym_words=split(toml["upper"]["acronym_words"]),
        not_name=split(toml["names"]["not_name"]),
        turns=turns,
        given_names=words("party_given_names"),
        held={word: (row[0], row[1]) for word, row in toml["held"].items()},
        generic_heads=split(toml["names"]["generic_heads"]),
        proper=split(toml["modifiers"]["proper"]),
        place_like=frozenset(toml["names"]["place_like"]),
        ambiguous=split(toml["names"]["ambiguous"]),
        members={word: kind for kind in ("rebel group", "political militia") for word in belonging[kind].split()},
        posts=split(belonging["posts"]),
        speakers=split(belonging["speakers"]),
        hiding=split(belonging["hiding"]),
        belongs_by=split(belonging["by"]),
        group_words=split(belonging["group_words"]),
        taking=split(belonging["taking"]),
        landscape=split(belonging["landscape"]),
        bodies=split(belonging["bodies"]),
        compass=split(toml["names"]["compass"]),
        settlements=split(toml["places"]["settlements"]),
        provinces=split(toml["places"]["provinces"]),
        where_words=split(toml["places"]["where"]),
        offices=split(toml["places"]["offices"]),
        fates=split(toml["persons"]["fates"]),
    )


@cache
def nouns() -> dict[str, list[tuple[tuple[str, ...], Noun]]]:
    """First word of a noun (singular or plural) to its further words and its row; longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Noun]]] = defaultdict(list)
    for row in table("party_nouns"):
        flags = frozenset(row.many("flags"))
        singular, plural = row["noun"], row["plural"]
        forms = [(singular, plural in ("-", "=") or singular == plural)]
        if plural not in ("-", "="):
            forms.append((plural, True))
        for form, many in forms:
            parts = tuple(form.split())
            index[parts[0]].append((parts[1:], Noun(singular, row["sort"], row["kind"], flags, many)))  # type: ignore[arg-type]
    for found in index.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return dict(index)


@cache
def country_index() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """First word of a country's name or people to further words, alpha-3 code and use (name, people); longest first."""
    index: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for phrase, (iso3, use) in country_words().items():
        parts = phrase.replace("'s ", " 's ").split()
        index[parts[0]].append((tuple(parts[1:]), iso3, use))
    for code, iso3 in country_codes().items():
        index["=" + code].append(((), iso3, "name"))
    for found in index.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return dict(index)


@cache
def adjective_of(iso3: str) -> str:
    """The adjective of a country ("Syrian"), or its name where none is known."""
    country = countries().get(iso3)
    return country.people[0] if country and country.people else country.name if country else iso3


@cache
def capital_index() -> dict[str, str]:
    """Capitals of one word to the country whose government they stand for."""
    return {c.capital.lower(): c.iso3 for c in countries().values() if c.capital and " " not in c.capital and c.capital != c.name}


@cache
def country_name(iso3: str) -> str:
    country = countries().get(iso3)
    return country.name if country else iso3
