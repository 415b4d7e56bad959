"""The public profile: a coding as it may be shown to anybody.

Four things happen, in this order, and what was done is counted: movements of troops are left out; names of private persons give
way to their roles; shelters, hospitals, camps and homes lose their names, and events there are told at district level; sentences
that no value rests on are cut, so that a name nobody recognised has no place to stand. The result is an ordinary coding of a
rewritten report: every exporter works on it and cannot see more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from dateline.annotate.reading import Reading
from dateline.export.persons import Persons, find_private
from dateline.export.rewrite import Cut, Ranges, Rewriter
from dateline.export.sites import find_sites, is_sensitive, site_cuts, site_names
from dateline.types import Coding, Event, Evidence, Place, Published, Record, Report, Where

Level = Literal["district", "province"]
HIDDEN_TYPES = frozenset(("Troop movement",))
GAP = "[…]"
COARSE = frozenset(("district", "province", "country", "region"))
COARSER = {"district": COARSE, "province": COARSE - {"district"}}  # by level: precisions that are told as they are
NEAR_KM = 150.0  # an ADM2 of the right name farther off than this is another one


class Withheld(Record, frozen=True):
    """What the public profile changed in one coding: private persons, events told at district level, events left out."""

    persons: int = 0
    places: int = 0
    events: tuple[Event, ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """A coding as a profile shows it, and what was withheld."""

    coding: Coding
    withheld: Withheld


def show_internal(coding: Coding) -> Shown:
    """Everything as it is."""
    return Shown(coding, Withheld())


def show_public(coding: Coding, coarsen: Level | None = None) -> Shown:
    """The coding as the public profile shows it. `coarsen`: every event is told at this level, not sensitive places alone."""
    reading = Reading(coding.report)
    hidden = tuple(event for event in coding.events if event.sub_type in HIDDEN_TYPES)
    kept = msgspec.structs.replace(
        coding,
        events=tuple(event for event in coding.events if event not in hidden),
        statements=tuple(s for s in coding.statements if s.subject not in {event.id for event in hidden}),
    )
    persons, sites = find_private(kept, reading), find_sites(reading, coding)
    coarse = {
        event.id: district(event.where.place) for event in kept.events if event.where and is_sensitive(event, reading, sites)
    }
    if coarsen:
        placed = {event.id: event.where.place for event in kept.events if event.where}
        fine_places = {key: place for key, place in placed.items() if place.precision not in COARSER[coarsen]}
        coarse |= {key: district(place) if coarsen == "district" else province(place) for key, place in fine_places.items()}
    fine = fine_names(kept, coarse) if coarsen else {}
    cuts = [*persons.cuts, *site_cuts(sites), *place_cuts(kept, coarse), *name_cuts(coding.report.text, fine)]
    cuts += elisions(kept, reading)
    # a file name or address that spells the place is told no more than one that spells a person
    persons = replace(persons, tokens=persons.tokens | {piece for name in fine for piece in re.findall(r"[^\W\d_]+", name)})
    rewriter = Rewriter(coding.report.text, cuts, {**fine, **site_names(sites, reading), **persons.names})
    return Shown(rewritten(kept, rewriter, persons, coarse), Withheld(len(persons.people), len(coarse), hidden))


def fine_names(coding: Coding, coarse: dict[str, Place]) -> dict[str, str]:
    """Names of places that are told more coarsely, with the words for each; not those that a coarse place bears, too."""
    pairs = {event.where.place.name: coarse[event.id].name for event in coding.events if event.where and event.id in coarse}
    kept = {place.name for place in coarse.values()} | {place.admin1 for place in coarse.values()}
    return {name: f"[{area}]" for name, area in pairs.items() if len(name) > 2 and name not in kept}


def name_cuts(text: str, names: dict[str, str]) -> Iterator[Cut]:
    """Every mention of these names, datelines in capitals, too."""
    for name, shown in names.items():
        for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE):
            yield Cut(found.start(), found.end(), shown)


def place_cuts(coding: Coding, coarse: dict[str, Place]) -> Iterator[Cut]:
    """The words that tell where an event at a sensitive place was."""
    for event in coding.events:
        if event.id in coarse and event.where:
            for words in event.where.evidence:
                yield Cut(words.start, words.end, f"[{coarse[event.id].name}]")


def elisions(coding: Coding, reading: Reading) -> list[Cut]:
    """Stretches of the text on which no value rests: whole sentences. The headline stays: it names the report."""
    told = Ranges((words.start, words.end) for words in evidence_of(coding))
    out: list[Cut] = []
    for sentence in reading.sentences:
        start, end = reading.starts[sentence.first], reading.ends[sentence.last - 1]
        if sentence.kind == "headline" or told.meet(start, end):
            continue
        if out and not reading.text[out[-1].end : start].strip() and "\n" not in reading.text[out[-1].end : start]:
            out[-1] = Cut(out[-1].start, end, GAP)
        else:
            out.append(Cut(start, end, GAP))
    return out


def evidence_of(coding: Coding) -> Iterator[Evidence]:
    """Every piece of evidence that is exported."""

    def within(value: object) -> Iterator[Evidence]:
        if isinstance(value, Evidence):
            yield value
        elif isinstance(value, Record):
            for name in value.__struct_fields__:
                yield from within(getattr(value, name))
        elif isinstance(value, tuple):
            for item in value:
                yield from within(item)

    for part in (coding.events, coding.statements, coding.aliases, coding.flags, coding.background_figures):
        yield from within(part)


# ---- putting it together --------------------------------------------------------------------------------------------


def rewritten(coding: Coding, rewriter: Rewriter, persons: Persons, coarse: dict[str, Place]) -> Coding:
    """The coding of the rewritten report. Layers of annotations are left out: they speak of words that are no longer there."""
    events = tuple(msgspec.structs.replace(rewriter.value(event), rejected=()) for event in coding.events)
    events = tuple(moved(event, coarse[event.id]) if event.id in coarse else event for event in events)
    names_of_places = {event.id: event.where.place.name for event in coding.events if event.where}
    statements = []
    for statement in rewriter.value(coding.statements):
        place = coarse.get(statement.subject)
        if place and statement.property == "where":
            statement = msgspec.structs.replace(statement, value=place.to_dict(), original=statement.evidence[0].quote)
        elif statement.evidence:
            statement = msgspec.structs.replace(statement, original=statement.evidence[0].quote)
        statements.append(statement)
    events = tuple(without_name(event, names_of_places[event.id]) if event.id in coarse else event for event in events)
    return Coding(
        public_report(coding.report, rewriter, persons),
        events,
        tuple(statements),
        rewriter.value(coding.aliases),
        rewriter.value(coding.flags),
        rewriter.value(coding.background_figures),
        faults=tuple(msgspec.structs.replace(rewriter.value(fault), where="") for fault in coding.faults),
    )


def moved(event: Event, place: Place) -> Event:
    assert event.where
    return msgspec.structs.replace(
        event, where=Where(place, event.where.evidence, event.where.inferred, event.where.by, event.where.score)
    )


def without_name(event: Event, name: str) -> Event:
    """The fine place's name leaves the names of participants, too ("Marwa market")."""
    if len(name) < 3:
        return event
    parties = {
        side: tuple(
            msgspec.structs.replace(party, name=" ".join(party.name.replace(name, "").split()) or "place")
            if name in party.name
            else party
            for party in getattr(event, side)
        )
        for side in ("actors", "targets")
    }
    return msgspec.structs.replace(event, **parties)


def public_report(report: Report, rewriter: Rewriter, persons: Persons) -> Report:
    """The report with its new text. Path and repairs go: they tell of the machine and of words that are cut."""
    title = rewriter.words(report.title) if report.title and report.title in report.text else None
    published = Published(report.published.day, report.published.basis, "", rewriter.value(report.published.evidence))
    return Report(
        safe_id(report, persons),
        rewriter.text,
        report.sha256,
        published,
        rewriter.value(report.segments),
        (),
        title,
        rewriter.words(report.outlet) if report.outlet else None,
        safe_url(report.url, persons),
        report.wire,
        None,
        report.extractor,
        report.language,
    )


def holds_name(value: str, persons: Persons) -> bool:
    """Whether a file name or address spells a private name: "killing-of-dawit-tekle"."""
    pieces = {piece for piece in re.split(r"[\W_\d]+", value.lower()) if len(piece) > 2}
    return any(token.lower() in pieces for token in persons.tokens)


def safe_id(report: Report, persons: Persons) -> str:
    return f"report-{report.id[1:9]}" if holds_name(report.doc_id, persons) else report.doc_id


def safe_url(url: str | None, persons: Persons) -> str | None:
    if url is None or not holds_name(url, persons):
        return url
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/" if parts.netloc else None


# ---- districts ------------------------------------------------------------------------------------------------------


def province(place: Place) -> Place:
    """The province that a place lies in: its first-level area; where none is known, the degree about it (some 80 km)."""
    found = area(place.admin1, place.country, place.lat, place.lon, 1) if place.admin1 and place.country else None
    if found:
        return found
    lat, lon = (None if value is None else float(round(value)) for value in (place.lat, place.lon))
    name = place.admin1 or "an unnamed province"
    return Place(name, place.country, lat, lon, "province", max(80.0, place.radius_km), None, place.admin1)


def district(place: Place) -> Place:
    """The district that a place lies in: its second-level area; where none is known, the half degree about it (some 40 km)."""
    if place.precision in COARSE:
        return place
    found = area(place.admin2, place.country, place.lat, place.lon) if place.admin2 and place.country else None
    if found:
        return found
    lat, lon = (None if value is None else round(value * 2) / 2 for value in (place.lat, place.lon))
    name = place.admin2 or (f"a district of {place.admin1}" if place.admin1 else "an unnamed district")
    return Place(name, place.country, lat, lon, "district", max(40.0, place.radius_km), None, place.admin1, place.admin2)


@cache
def area(name: str, country: str, lat: float | None, lon: float | None, level: int = 2) -> Place | None:
    """The second-level (or first-level) area of this name about a point, from the gazetteer."""
    from dateline.resolve.gazetteer import Kind, load_gazetteer, place_of

    gazetteer = load_gazetteer()
    kind, km = (Kind.ADM2, NEAR_KM) if level == 2 else (Kind.ADM1, NEAR_KM * 4)
    for candidate in gazetteer.lookup(name, country):
        near = lat is None or lon is None or abs(candidate.lat - lat) + abs(candidate.lon - lon) < km / 80
        if candidate.kind is kind and near:
            return place_of(candidate, gazetteer)
    return None
