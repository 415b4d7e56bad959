"""Day and place of a MUC-4 incident: every way to write what the report tells is an option, a logistic model takes the likeliest.

The task writes a place as country and, where told, town, department or quarter ("PERU: LIMA (CITY)"), and a day as told, as a
range, or as "on or before" another; which of these an expert chose follows how near the words stand (muc4_weights.tsv).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from dateline.export.muc4_candidates import Features, Sheet, logit
from dateline.export.muc4_incidents import Incident
from dateline.resolve.countries import countries
from dateline.resolve.gazetteer_names import fold
from dateline.types import Place, PlaceLink

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
WITHIN = 2  # sentences from an incident in which a day may stand
PARENTS = 2  # towns and departments that a smaller place may be told to lie in
KINDS = {
    "town": ("CITY", "TOWN", "MUNICIPALITY"),
    "neighbourhood": ("NEIGHBORHOOD",),
    "province": ("DEPARTMENT",),
    "district": ("MUNICIPALITY", "CITY", "TOWN"),
    "site": ("CITY",),
}
SUFFIXES, PREFIXES = (" PROVINCE", " DEPARTMENT"), ("DEPARTAMENTO DE ", "PROVINCIA DE ")

Options = dict[str, Features]  # fill → features


def likeliest(model: str, options: Options) -> str | None:
    """The first of the options with the highest log-odds."""
    return max(options, key=lambda told: logit(model, options[told]), default=None)


# ---- places ----------------------------------------------------------------------------------------------------------


def place_options(sheet: Sheet, one: Incident) -> Options:
    """Every place of the report, as country alone and with its kind and what it lies in."""
    links = [link for link in sheet.coding.places if link.place is not None and link.place.country]
    coded = [(event.where.place, event.where.inferred) for event in one.events if event.where is not None]
    near = [link for link in links if distance(sheet, one, link.start) <= 1]
    towns = [link.place for link in [*near, *links] if link.place and link.place.precision == "town"]
    provinces = [link.place for link in near if link.place and link.place.precision == "province"]
    options: Options = {}
    told: list[tuple[Place, PlaceLink | None]] = [(link.place, link) for link in links if link.place]
    for place, link in told + [(place, None) for place, _ in coded if place.country]:
        signs = signs_of_place(sheet, one, place, link, coded, links)
        for kind, words in written(place, towns, provinces):
            features = options.setdefault(words, {f"kind={kind}": 1.0, f"country={place.country}": 1.0})
            features |= dict.fromkeys([*signs, *(f"{kind}*{sign}" for sign in signs)], 1.0)
    return options


def signs_of_place(
    sheet: Sheet, one: Incident, place: Place, link: PlaceLink | None, coded: list[tuple[Place, bool]], links: list[PlaceLink]
) -> set[str]:
    shares = Counter(link.place.country for link in links if link.place)
    names = sum(link.place is not None and link.place.name == place.name for link in links)
    signs = {f"share={4 * shares[place.country] // max(1, len(links))}", f"precision={place.precision}", f"named={min(names, 3)}"}
    if shares and shares.most_common(1)[0][0] == place.country:
        signs.add("country named most")
    if links and links[0].place and links[0].place.country == place.country:
        signs.add("country named first")
    for other, inferred in coded:
        if other.country == place.country:
            signs.add("country of event")
        if other.name == place.name:
            signs.add("of event?" if inferred else "of event")
    if link is None:
        return signs | {"not told"}
    signs |= {f"use={link.use}", f"distance={min(distance(sheet, one, link.start), 4)}"}
    return signs | {"in another"} if link.parents else signs


def written(place: Place, towns: list[Place], provinces: list[Place]) -> Iterator[tuple[str, str]]:
    """(kind, words) of every way to write a place."""
    known = countries().get(place.country or "")
    if known is None:
        return
    country = known.name.upper()
    yield "country", country
    name = bare(place.name)
    for kind in KINDS.get(place.precision, ()):
        yield kind, f"{country}: {name} ({kind})"
        parent, parents = ("CITY", towns) if kind == "NEIGHBORHOOD" else ("DEPARTMENT", provinces)
        for other in parents[:PARENTS]:
            if kind != "DEPARTMENT" and other.country == place.country and other.name != place.name:
                yield f"{kind} in {parent}", f"{country}: {bare(other.name)} ({parent}): {name} ({kind})"


def bare(name: str) -> str:
    """A place name in capitals without accents and without the words for its kind."""
    found = fold(name.split(",")[0]).upper()
    for suffix in SUFFIXES:
        found = found.removesuffix(suffix)
    for prefix in PREFIXES:
        found = found.removeprefix(prefix)
    return found


def distance(sheet: Sheet, one: Incident, offset: int) -> int:
    """Sentences between the code point and the nearest words of the incident."""
    return min(abs(sheet.sentence_of(offset) - number) for number in one.sentences)


# ---- days ------------------------------------------------------------------------------------------------------------


def date_options(sheet: Sheet, one: Incident) -> Options:
    """The days of the events, of words near them and of publication: as told, as "on or before", as the last of a range."""
    options: Options = {}

    def add(name: str, earliest: str | None, latest: str, precision: str) -> None:
        for form, words in (("", interval(earliest, latest)), (" to", f"- {day(latest)}"), (" last", day(latest))):
            names = [f"{name}{form}", f"{name}{form} {precision}"] if precision else [f"{name}{form}"]
            options.setdefault(words, {}).update(dict.fromkeys(names, 1.0))

    for event in one.events:
        when = event.when
        if when is not None and when.latest is not None:
            add("event?" if when.inferred else "event", when.earliest, when.latest, when.precision)
    for timex in sheet.coding.times:
        if timex.latest is not None and timex.type in ("DATE", "TIME"):
            near = distance(sheet, one, timex.start)
            if near <= WITHIN and (near == 0 or sheet.sentence_of(timex.start) > 0):  # the first line is often but a date line
                add(f"words {near}", timex.earliest, timex.latest, f"{timex.precision} {timex.anchor}")
    published = sheet.coding.report.published.day
    if published is not None:
        add("published", published, published, "")
    timed = any(name.startswith("words 0") for features in options.values() for name in features)
    return {
        words: features | {f"{'timed' if timed else 'untimed'}*{name}": 1.0 for name in features}
        for words, features in options.items()
    }


def interval(earliest: str | None, latest: str) -> str:
    if earliest is None:
        return f"- {day(latest)}"
    return day(latest) if earliest == latest else f"{day(earliest)} - {day(latest)}"


def day(iso: str) -> str:
    """ISO day as 12 DEC 89.

    >>> day("1989-12-02")
    '02 DEC 89'
    """
    return f"{iso[8:10]} {MONTHS[int(iso[5:7]) - 1]} {iso[2:4]}"
