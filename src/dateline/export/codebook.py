"""The codebook format: one report a JSON object, values in the words of CODEBOOK section 4.

Every `quote` has `start` and `end` beside it: code points of the text as the user gave it (before repairs). What is not told is
absent; `high: null` and `low: null` are open bounds. A value with several pieces of evidence shows the first.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from dateline.export.original import OriginalText
from dateline.types import (
    Alias,
    Coding,
    Count,
    Event,
    Evidence,
    Flag,
    Participant,
    Place,
    Published,
    Relation,
    Voice,
    Weapon,
    When,
    Where,
)

Json = dict[str, Any]
SURROGATE = re.compile("[\ud800-\udfff]")


def to_codebook(coding: Coding) -> Json:
    """One coded report as plain JSON types: the form of the codebook.

    Keys: doc_id, published (ISO day or None), published_basis, events, aliases, flags, background_figures.
    """
    original = OriginalText(coding.report)
    return {
        "doc_id": coding.report.doc_id,
        "published": coding.report.published.day,
        "published_basis": basis(coding.report.published),
        "events": [event_json(event, original) for event in coding.events],
        "aliases": [alias_json(alias, original) for alias in coding.aliases],
        "flags": [flag_json(flag, original) for flag in coding.flags],
        "background_figures": [count_json(count, original) for count in coding.background_figures],
    }


def codebook_line(coding: Coding) -> bytes:
    """The report as one line of UTF-8 JSON, without line end. The same coding always gives the same bytes."""
    return encode(to_codebook(coding))


def encode(value: Any) -> bytes:
    """JSON of plain types or records. Lone surrogates (from damaged input) become U+FFFD, one for one: offsets stay right."""
    try:
        return msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(without_surrogates(msgspec.to_builtins(value)))


def without_surrogates(value: Any) -> Any:
    if isinstance(value, str):
        return SURROGATE.sub("\ufffd", value)
    if isinstance(value, dict):
        return {without_surrogates(key): without_surrogates(item) for key, item in value.items()}
    return [without_surrogates(item) for item in value] if isinstance(value, (list, tuple)) else value


def basis(published: Published) -> str:
    return f"{published.basis}: {published.why}" if published.why else published.basis


def event_json(event: Event, original: OriginalText) -> Json:
    spans = [original.span(piece.start, piece.end) for piece in event.trigger]
    out: Json = {
        "id": event.id,
        "type": event.type,
        "sub_type": event.sub_type,
        "status": event.status,
        "foreground": event.foreground,
        "trigger": [original.text[start:end] for start, end in spans],
        "trigger_spans": [[start, end] for start, end in spans],
        **scored(event.score),
    }
    if event.when:
        out["when"] = when_json(event.when, original)
    if event.where:
        out["where"] = where_json(event.where, original)
    out["actors"] = [participant_json(item, original) for item in event.actors]
    out["targets"] = [participant_json(item, original) for item in event.targets]
    out["weapons"] = [weapon_json(item, original) for item in event.weapons]
    out["figures"] = [count_json(item, original) for item in event.figures]
    out["sources"] = [voice_json(item, original) for item in event.sources]
    return out


def quoted(evidence: tuple[Evidence, ...], original: OriginalText) -> Json:
    if not evidence:
        return {}
    start, end = original.span(evidence[0].start, evidence[0].end)
    return {"quote": original.text[start:end], "start": start, "end": end}


def told(**values: Any) -> Json:
    """The values that are there: None, False and empty lists are left out."""
    return {key: value for key, value in values.items() if value is not None and value is not False and value != []}


def scored(score: float | None) -> Json:
    """The chance (codebook_form.Scored) to three decimals, where the coder gives one."""
    return {} if score is None else {"score": round(score, 3)}


def when_json(when: When, original: OriginalText) -> Json:
    days = {"earliest": when.earliest, "latest": when.latest, "precision": when.precision}
    return {**days, **quoted(when.evidence, original), **told(inferred=when.inferred)}


def where_json(where: Where, original: OriginalText) -> Json:
    place = where.place
    return {
        **place_json(place),
        **told(relation=[relation_json(item) for item in place.relations]),
        **quoted(where.evidence, original),
        **told(inferred=where.inferred),
        **scored(where.score),
    }


def place_json(place: Place) -> Json:
    """Degrees to four decimals (about 11 m): the point is that of the named place, never finer.

    The middle of a country is no point of a village that no gazetteer holds: it has a name and a country only.
    """
    nowhere = place.unlisted and place.precision == "country"
    return {
        "name": place.name,
        **told(country=place.country),
        **({} if nowhere else told(lat=degrees(place.lat), lon=degrees(place.lon))),
        "precision": place.precision,
        "radius_km": place.radius_km,
        **told(geonameid=place.geonameid),
    }


def degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def relation_json(relation: Relation) -> Json:
    return {"kind": relation.kind, "of": relation.of, **told(distance_km=relation.distance_km, direction=relation.direction)}


def participant_json(party: Participant, original: OriginalText) -> Json:
    return {
        "name": party.name,
        "kind": party.kind,
        **told(country=party.country, backed_by=party.backed_by, alternative=party.alternative, private=party.private),
        **told(source=party.source),
        **quoted(party.evidence, original),
        **scored(party.score),
    }


def weapon_json(weapon: Weapon, original: OriginalText) -> Json:
    known = {"kind": weapon.kind, "delivery": weapon.delivery, "devices": weapon.devices}
    return {**known, **quoted(weapon.evidence, original)}


def count_json(count: Count, original: OriginalText) -> Json:
    return {
        "measure": count.measure,
        "group": count.group,
        "low": count.low,
        "high": count.high,
        "unit": count.unit,
        **quoted(count.evidence, original),
        **told(approximate=count.approximate, about=count.about, source=count.source),
        **told(replaces=original.quote(count.replaces[0].start, count.replaces[0].end) if count.replaces else None),
        **scored(count.score),
    }


def voice_json(voice: Voice, original: OriginalText) -> Json:
    return {
        "name": voice.name,
        "stance": voice.stance,
        **quoted(voice.evidence, original),
        **told(side=voice.side, via=voice.via, about=voice.about),
        **scored(voice.score),
    }


def alias_json(alias: Alias, original: OriginalText) -> Json:
    names = {"name": alias.name, "alias": alias.alias, **told(since=alias.since, until=alias.until)}
    return {**names, **quoted(alias.evidence, original)}


def flag_json(flag: Flag, original: OriginalText) -> Json:
    out = {"kind": flag.kind, **quoted(flag.evidence, original)}
    if flag.against:
        against = quoted(flag.against, original)
        out |= {"with": against["quote"], "with_start": against["start"], "with_end": against["end"]}
    return out
