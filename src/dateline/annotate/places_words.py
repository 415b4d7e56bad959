"""The words of place phrases, read once from `knowledge/places_*`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.knowledge import rules, table, words
from dateline.resolve.gazetteer import Kind


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Word sets, all lower case. `kinds`: word beside a name to the kinds it speaks for. `directions`: word to N, NE, ..., C."""

    strong: frozenset[str]
    weak: frozenset[str]
    kinds: dict[str, frozenset[Kind]]
    heads_before: frozenset[str]
    generic_of: frozenset[str]
    unlisted_after: frozenset[str]
    unlisted_of: frozenset[str]
    before_unlisted: frozenset[str]
    before_area: frozenset[str]
    taking: frozenset[str]
    phrase_ends: frozenset[str]
    person_titles: frozenset[str]
    place_titles: frozenset[str]
    speech: frozenset[str]
    speech_state: frozenset[str]
    media: frozenset[str]
    bodies: frozenset[str]
    bodies_before: frozenset[str]
    streets: frozenset[str]
    facilities: frozenset[str]
    directions: dict[str, str]
    near: frozenset[str]
    outskirts: frozenset[str]
    parts: frozenset[str]
    roads: frozenset[str]
    km: frozenset[str]
    miles: frozenset[str]
    metonym_verbs: frozenset[str]
    metonym_nouns: frozenset[str]
    connectors: frozenset[str]
    ordinary: frozenset[str]
    famous: frozenset[str]
    common: frozenset[str]
    given: frozenset[str]
    people: dict[str, str]
    dotted: dict[str, tuple[str, str]]
    postal: dict[str, tuple[str, str]]
    heads: frozenset[str]
    upper_stops: frozenset[str]
    links: frozenset[str]
    linking: frozenset[str]
    leads: frozenset[str]
    followers: frozenset[str]


KIND_SETS = {
    "province": frozenset({Kind.ADM1}),
    "district": frozenset({Kind.ADM2}),
    "town": frozenset({Kind.TOWN}),
    "quarter": frozenset({Kind.QUARTER, Kind.TOWN}),
    "site": frozenset({Kind.SITE}),
    "water": frozenset({Kind.WATER}),
    "land": frozenset({Kind.REGION}),
}


@cache
def place_words() -> PlaceWords:
    """All word sets of `places_words.toml` and the small tables beside it."""
    told = rules("places_words")

    def these(section: str, name: str) -> frozenset[str]:
        return frozenset(told[section][name].split())

    kinds: dict[str, frozenset[Kind]] = {}
    for name, kind_set in KIND_SETS.items():
        for word in told["kinds"][name].split():
            kinds[word] = kinds.get(word, frozenset()) | kind_set
    directions = {word: code for code, listed in told["directions"].items() for word in listed.split()}
    codes = table("places_state_codes")
    return PlaceWords(
        strong=these("locative", "strong"),
        weak=these("locative", "weak"),
        kinds=kinds,
        heads_before=these("kinds", "before"),
        generic_of=these("kinds", "generic_of"),
        unlisted_after=these("kinds", "unlisted_after"),
        unlisted_of=these("kinds", "unlisted_of"),
        **{name: these("unlisted", name) for name in ("before_unlisted", "before_area", "taking", "phrase_ends")},
        person_titles=these("titles", "persons"),
        place_titles=these("titles", "titles_of_places"),
        speech=these("titles", "speech"),
        speech_state=these("titles", "speech_state"),
        media=these("names", "media"),
        bodies=these("names", "bodies"),
        bodies_before=these("names", "bodies_before"),
        streets=these("names", "parts"),
        facilities=these("names", "parts") | these("names", "facilities"),
        directions=directions,
        near=these("relations", "near"),
        outskirts=these("relations", "outskirts"),
        parts=these("relations", "part"),
        roads=these("relations", "roads"),
        km=these("relations", "units_km"),
        miles=these("relations", "units_mile"),
        metonym_verbs=these("metonyms", "verbs"),
        metonym_nouns=these("metonyms", "nouns"),
        connectors=these("connectors", "inside"),
        ordinary=these("ordinary", "words") | these("ordinary", "famous"),
        famous=these("ordinary", "famous"),
        common=words("places_common"),
        given=words("places_given_names") | words("party_given_names"),
        people={form.lower(): row["place"] for row in table("places_people") for form in row.many("people")},
        dotted={form.rstrip("."): (row["name"], row["country"]) for row in codes for form in row.many("dotted")},
        postal={row["postal"]: (row["name"], row["country"]) for row in codes},
        **{name: these("lists", name) for name in ("heads", "upper_stops", "links", "linking", "leads", "followers")},
    )
