"""Country words: names, exonyms, former names, abbreviations, demonyms and adjectives to ISO 3166-1 alpha-3.

The table is `knowledge/countries.tsv`. "Houthi", "Kurdish" or "Chechen" are peoples and parties, not countries: they give None.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Literal

from dateline.knowledge import table

CountryUse = Literal["name", "people"]


@dataclass(frozen=True, slots=True)
class Country:
    """One row of the table. `iso3`/`iso2`: ISO 3166-1 (XKX/XK for Kosovo, by custom). `point`: (lat, lon) to show it by."""

    iso3: str
    iso2: str
    name: str
    names: tuple[str, ...]
    people: tuple[str, ...]
    capital: str
    codes: tuple[str, ...]
    point: tuple[float, float] | None = None


@cache
def countries() -> dict[str, Country]:
    """All countries and territories by alpha-3 code."""
    return {
        row["iso3"]: Country(
            row["iso3"],
            row["iso2"],
            row["name"],
            tuple(row.many("names")),
            tuple(row.many("people")),
            row["capital"],
            tuple(row.many("codes")),
            (float(row["lat"]), float(row["lon"])) if row["lat"] else None,
        )
        for row in table("countries")
    }


@cache
def country_words() -> dict[str, tuple[str, CountryUse]]:
    """Lower-cased name or people word (singular and plural) to (iso3, use). Names win over people words."""
    words: dict[str, tuple[str, CountryUse]] = {}
    for country in countries().values():
        for people in country.people:
            for form in people_forms(people):
                words.setdefault(form.lower(), (country.iso3, "people"))
    for country in countries().values():
        for name in (country.name, *country.names):
            words[name.lower()] = (country.iso3, "name")
    return words


@cache
def country_codes() -> dict[str, str]:
    """Abbreviations that count only as written (US, UAE, DRC) to iso3; alpha-2 and alpha-3 codes are not among them."""
    return {code: country.iso3 for country in countries().values() for code in country.codes}


def people_forms(people: str) -> tuple[str, ...]:
    """A people word and its plural.

    >>> people_forms("Iraqi"), people_forms("Lebanese")
    (('Iraqi', 'Iraqis'), ('Lebanese',))
    """
    if people.endswith(("ese", "ish", "ch", "men", "ss", "sh", "x", "z")):
        return (people,)
    return (people, people + "s")


def country_of(word: str) -> str | None:
    """The country that a name, exonym, abbreviation, demonym or adjective belongs to, as alpha-3; None when none does.

    The possessive and a leading "the" are ignored; abbreviations count only in capitals ("us" is a pronoun).

    >>> country_of("Syrian"), country_of("U.S."), country_of("the Netherlands"), country_of("Israelis'"), country_of("Kiev")
    ('SYR', 'USA', 'NLD', 'ISR', None)
    >>> country_of("US"), country_of("us"), country_of("Houthi")
    ('USA', None, None)
    """
    found = _country_word(word)
    return found[0] if found else None


def country_use(word: str) -> CountryUse | None:
    """How a country word is used: `name` (Syria) or `people` (Syrian); None when it is no country word."""
    found = _country_word(word)
    return found[1] if found else None


def _country_word(word: str) -> tuple[str, CountryUse] | None:
    word = " ".join(word.replace("’", "'").split())
    if word.endswith("'s"):
        word = word[:-2]
    word = word.rstrip("'")
    if word in country_codes():
        return country_codes()[word], "name"
    low = word.lower()
    if low in country_words():
        return country_words()[low]
    return country_words().get(low.removeprefix("the ")) if low.startswith("the ") else None


def iso3_of(code: str) -> str | None:
    """Alpha-3 of an alpha-2 or alpha-3 code in any case, or of a country's name; None when unknown.

    >>> iso3_of("sy"), iso3_of("SYR"), iso3_of("Syria"), iso3_of("zz")
    ('SYR', 'SYR', 'SYR', None)
    """
    upper = code.strip().upper()
    if upper in countries():
        return upper
    by_two = _by_iso2()
    return by_two.get(upper) or country_of(code)


@cache
def _by_iso2() -> dict[str, str]:
    return {country.iso2: country.iso3 for country in countries().values()}


def country_of_url(url: str | None) -> str | None:
    """The country of a web address by its last label (".co.uk", ".ph"); None for general ones and those sold to the world.

    >>> country_of_url("https://news.example.co.uk/story"), country_of_url("http://example.com/uk"), country_of_url(None)
    ('GBR', None, None)
    """
    if not url:
        return None
    host = url.split("//")[-1].split("/")[0].split(":")[0].lower()
    label = host.rsplit(".", 1)[-1]
    if label in {"co", "tv", "me", "io", "ai", "fm", "cc", "ws", "to", "eu", "ly", "am", "cd", "gg"}:
        return None
    return "GBR" if label == "uk" else _by_iso2().get(label.upper()) if len(label) == 2 else None
