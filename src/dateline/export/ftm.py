"""FollowTheMoney statements: events, their reports and named organisations as the statement CSV of that ecosystem.

Every line is one value of one property, with who said it (`origin`: speaker and stance) and the words (`original_value`): the
nearest public form of a claim. Persons are never entities here, public ones neither: an event is no file on a person.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.cases import Case, LeftOut, Telling, outlet_of, sentence_of
from dateline.export.cells import cell
from dateline.export.table import headline_of
from dateline.export.words import title_words, when_words
from dateline.resolve.countries import countries
from dateline.types import Event, Evidence, Participant, Report

Row = dict[str, Any]
ORGANISATIONS = (
    "rebel group",
    "political militia",
    "communal militia",
    "external force",
    "international body",
    "party or union",
    "state force",
)


def rows(cases: Sequence[Case]) -> Iterator[Row | LeftOut]:
    """Statements of each case: its event, the articles that tell it, the organisations in it and the place as an address."""
    for case in cases:
        for telling in case.tellings:
            yield from article(telling)
            yield from event_rows(case, telling)


def statement(
    telling: Telling,
    entity: str,
    schema: str,
    prop: str,
    kind: str,
    value: str,
    *,
    origin: str = "report: affirms",
    words: str = "",
) -> Row:
    dataset, day = f"dateline_{telling.report.id}", telling.report.published.day
    value = str(cell(value))  # as it stands in the file, so that the id can be computed from it
    key = f"{dataset}.{entity}.{prop}.{value}"
    return {
        "canonical_id": entity,
        "entity_id": entity,
        "prop": prop,
        "prop_type": kind,
        "schema": schema,
        "value": value,
        "dataset": dataset,
        "origin": origin,
        "lang": None,
        "original_value": words or None,
        "external": False,
        "first_seen": day,
        "last_seen": day,
        "id": digest(key),
    }


def digest(words: str) -> str:
    """SHA-1 in hex: the ids of FollowTheMoney statements; nothing here needs to be secret."""
    return hashlib.sha1(words.encode("utf-8", "replace"), usedforsecurity=False).hexdigest()


def article(telling: Telling) -> Iterator[Row]:
    report, entity = telling.report, article_id(telling.report)
    told = [
        ("title", "name", headline_of(report) or report.doc_id),
        ("fileName", "name", report.doc_id),
        ("publisher", "name", report.outlet or ""),
        ("publishedAt", "date", report.published.day or ""),
        ("sourceUrl", "url", report.url or ""),
        ("contentHash", "checksum", digest(report.text)),
    ]
    for prop, kind, value in told:
        if value:
            yield statement(telling, entity, "Article", prop, kind, value)


def article_id(report: Report) -> str:
    return f"dl-{report.id}"


def event_rows(case: Case, telling: Telling) -> Iterator[Row]:
    event, entity = telling.event, f"dl-{case.id}"
    voice = spoken(event)
    trigger = event.trigger[0].quote

    def said(prop: str, kind: str, value: str, words: str = "") -> Row:
        return statement(telling, entity, "Event", prop, kind, value, origin=voice, words=words)

    yield said("name", "name", name_of(event), trigger)
    yield said("recordId", "identifier", case.id)
    yield said("summary", "text", sentence_of(telling.report, event.trigger[0]), trigger)
    yield said("keywords", "string", f"{event.type}: {event.sub_type}", trigger)
    yield said("notes", "text", f"dateline, {case.review}; {event.status}")
    yield said("publisher", "name", outlet_of(telling.report))
    yield said("proof", "entity", article_id(telling.report))
    yield from day_rows(event, said)
    yield from place_rows(case, telling, said)
    for party in (*event.actors, *event.targets):
        if organisation(party):
            yield from organisation_rows(telling, party)
            yield said("involved", "entity", organisation_id(party), quote(party.evidence))


def day_rows(event: Event, said: Any) -> Iterator[Row]:
    when = event.when
    if when is None:
        return
    if when.earliest and when.earliest == when.latest:
        yield said("date", "date", when.earliest, quote(when.evidence))
        return
    for prop, day in (("startDate", when.earliest), ("endDate", when.latest)):
        if day:
            yield said(prop, "date", day, quote(when.evidence))


def place_rows(case: Case, telling: Telling, said: Any) -> Iterator[Row]:
    where = telling.event.where
    if where is None:
        return
    place, words = where.place, quote(where.evidence)
    country = countries()[place.country].iso2.lower() if place.country in countries() else ""
    yield said("location", "string", place.name, words)
    if country:
        yield said("country", "country", country, words)
    if place.lat is not None and place.lon is not None:
        address = f"dl-a{digest(f'{place.name}{place.lat}{place.lon}')[:16]}"
        full = ", ".join(part for part in (place.name, place.admin2, place.admin1) if part)
        told = [
            ("full", "address", full),
            ("latitude", "number", f"{place.lat:.4f}"),
            ("longitude", "number", f"{place.lon:.4f}"),
        ]
        told += [("country", "country", country)] if country else []
        for prop, kind, value in told:
            yield statement(telling, address, "Address", prop, kind, value, words=words)
        yield said("addressEntity", "entity", address, words)


def name_of(event: Event) -> str:
    """A name that a list shows: what, where, when."""
    parts = [title_words(event), event.where.place.name if event.where else "", when_words(event.when) if event.when else ""]
    return ", ".join(part for part in parts if part)


def spoken(event: Event) -> str:
    """Speakers with their stances: "medical sources: affirms; army: denies"."""
    told = [f"{voice.name}: {voice.stance}" for voice in event.sources]
    return "; ".join(dict.fromkeys(told)) or "report: affirms"


def organisation(party: Participant) -> bool:
    """A named body; descriptions ("gunmen") and persons are none."""
    return (
        party.kind in ORGANISATIONS
        and not party.private
        and not party.name.islower()
        and (party.actor_id or "").split("-")[0] != "H"
    )


def organisation_id(party: Participant) -> str:
    return "dl-o" + digest(party.actor_id or party.name)[:16]


def organisation_rows(telling: Telling, party: Participant) -> Iterator[Row]:
    country = countries()[party.country].iso2.lower() if party.country in countries() else ""
    words = quote(party.evidence)
    yield statement(telling, organisation_id(party), "Organization", "name", "name", re.sub(r"\s+", " ", party.name), words=words)
    if country:
        yield statement(telling, organisation_id(party), "Organization", "country", "country", country, words=words)


def quote(evidence: tuple[Evidence, ...]) -> str:
    return evidence[0].quote if evidence else ""
