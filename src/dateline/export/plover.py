"""PLOVER JSONL: one event a line with the keys of the 2024 manual; stances and figures of ours stand under `dateline`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.cases import Case, LeftOut, outlet_of, sentence_of
from dateline.export.table import headline_of
from dateline.export.tables import kind_codes, place_precision, type_codes, weapon_mode
from dateline.export.tolls import tolls_of
from dateline.export.words import count_words, voice_words
from dateline.types import Event, Participant, Place
from dateline.versions import versions

Json = dict[str, Any]
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
AUXILIARY = {"planned": "future", "threatened": "future", "hypothetical": "hypothetical", "foiled": "negation"}
OPEN_MODE = ("Armed clash", "Attack", "Government regains territory", "Non-state actor overtakes territory")


def records(cases: Sequence[Case]) -> Iterator[Json | LeftOut]:
    """A record for each case that PLOVER has a type for, or why there is none."""
    for case in cases:
        event, codes = case.event, type_codes(case.event)
        if not codes.plover:
            yield LeftOut(case, "type", f"PLOVER has no type for {event.type}: {event.sub_type}")
        elif event.when is None or not (event.when.earliest or event.when.latest):
            yield LeftOut(case, "no day", "PLOVER requires a date, and no day is told")
        elif not event.actors:
            yield LeftOut(case, "no actor", "PLOVER requires an actor, and none is told")
        else:
            yield record(case)


def record(case: Case) -> Json:
    event, codes = case.event, type_codes(case.event)
    assert event.when
    place = event.where.place if event.where else None
    first = event.trigger[0]
    out: Json = {
        "id": case.id,
        "has_event": True,
        "date": event.when.earliest or event.when.latest,
        "enddate": event.when.latest if event.when.latest != event.when.earliest else None,
        "actor": [entity(party) for party in event.actors],
        "recipient": [entity(party) for party in event.targets],
        "event": [codes.plover],
        "mode": modes(event),
        "context": contexts(event),
        "quad_code": QUADS[codes.plover],
        "event_scale": codes.intensity,
        "event_loc": location(place) if place else None,
        "event_text": [{"sequence": 1, "start": first.start, "end": first.end, "text_story": sentence_of(case.report, first)}],
        "size": size(event),
        "cite_info": [citation(case, number) for number in range(len(case.tellings))],
        "coder": f"dateline {versions()['code']}",
        "comment": f"{case.review}; {event.status}; CAMEO {codes.cameo}" if codes.cameo else f"{case.review}; {event.status}",
        "dateline": {
            "type": f"{event.type}/{event.sub_type}",
            "figures": [count_words(count) for count in event.figures],
            "sources": [{"source": voice_words(voice), "stance": voice.stance} for voice in event.sources],
        },
    }
    return {key: value for key, value in out.items() if value not in (None, [], {})}


def entity(party: Participant) -> Json:
    country = party.country or ""
    told = {"code": country, "sector": kind_codes(party.kind).sector, "entity_text": party.name, "identifier_id": party.actor_id}
    return {key: value for key, value in told.items() if value}


def modes(event: Event) -> list[str]:
    """Mode by the weapon where the sub-type leaves it open, and the auxiliary modes for what did not (yet) happen."""
    codes = type_codes(event)
    mode = (weapon_mode(event.weapons) if event.sub_type in OPEN_MODE else None) or codes.mode
    if codes.plover == "ASSAULT" and mode == "aerial" and any(weapon.kind == "drone" for weapon in event.weapons):
        mode = "drone"
    auxiliary = [AUXILIARY[event.status]] if event.status in AUXILIARY else [] if event.foreground else ["historical"]
    return [part for part in (mode, *auxiliary) if part]


def contexts(event: Event) -> list[str]:
    """Only what the type itself says: nothing is guessed about motives."""
    return (
        ["military"]
        if event.type in ("Battles", "Explosions/Remote violence")
        else ["rights_freedoms"]
        if event.type == "Protests"
        else []
    )


def location(place: Place) -> Json:
    told: Json = {
        "extracted_place": place.name,
        "resolved_place": place.name if place.lat is not None else None,
        "geonameid": place.geonameid,
        "lat": None if place.lat is None else round(place.lat, 4),
        "lon": None if place.lon is None else round(place.lon, 4),
        "province": place.admin1,
        "district": place.admin2,
        "country_code": place.country,
        "resolution": place_precision(place).plover,
    }
    return {key: value for key, value in told.items() if value is not None}


def size(event: Event) -> Json:
    """Lowest reported number of dead, injured and arrested."""
    out: Json = {}
    for key, measure in (("dead", "killed"), ("injured", "injured"), ("arrested", "detained")):
        lows = [toll.low for toll in tolls_of(event, measure) if toll.low is not None]
        if lows:
            out[key] = min(lows)
    return out


def citation(case: Case, number: int) -> Json:
    report = case.tellings[number].report
    told = {
        "corpus": outlet_of(report),
        "citation": report.doc_id,
        "url": report.url,
        "title": headline_of(report),
        "language": report.language,
        "publication": report.published.day,
        "codebook": "dateline codebook, mapped to PLOVER 2024-02",
        "version": versions()["knowledge"],
    }
    return {key: value for key, value in told.items() if value}
