"""The table of our own: a row for each event or incident, nothing left out, every value with its words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.cases import Case, LeftOut
from dateline.export.tables import country_codes
from dateline.export.words import count_words, party_words, relation_words, voice_words, weapon_words
from dateline.types import Count, Event, Stance

Row = dict[str, Any]


def rows(cases: Sequence[Case]) -> Iterator[Row | LeftOut]:
    """A row for each case."""
    for case in cases:
        yield row_of(case)


def row_of(case: Case) -> Row:
    event, when = case.event, case.event.when
    place = event.where.place if event.where else None
    killed, injured, displaced = (bounds(event.figures, measure) for measure in ("killed", "injured", "displaced"))
    days = sorted({t.report.published.day for t in case.tellings if t.report.published.day})
    return {
        "id": case.id,
        "name": case.name,
        "type": event.type,
        "sub_type": event.sub_type,
        "status": event.status,
        "standing": "news" if event.foreground else "background",
        "date_earliest": when.earliest if when else None,
        "date_latest": when.latest if when else None,
        "date_precision": when.precision if when else None,
        "date_inferred": when.inferred if when else None,
        "country": country_codes(place.country).name if place else None,
        "country_iso3": place.country if place else None,
        "admin1": place.admin1 if place else None,
        "admin2": place.admin2 if place else None,
        "location": place.name if place else None,
        "relation": "; ".join(map(relation_words, place.relations)) if place else None,
        "latitude": degrees(place.lat if place else None),
        "longitude": degrees(place.lon if place else None),
        "geo_precision": place.precision if place else None,
        "radius_km": place.radius_km if place else None,
        "actors": "; ".join(map(party_words, event.actors)),
        "actor_kinds": "; ".join(party.kind for party in event.actors),
        "targets": "; ".join(map(party_words, event.targets)),
        "target_kinds": "; ".join(party.kind for party in event.targets),
        "weapons": "; ".join(map(weapon_words, event.weapons)),
        "killed_low": killed[0],
        "killed_high": killed[1],
        "injured_low": injured[0],
        "injured_high": injured[1],
        "displaced_low": displaced[0],
        "displaced_high": displaced[1],
        "figures": "; ".join(figure_words(count) for count in event.figures),
        "reported_by": said(event, "affirms"),
        "claimed_by": said(event, "claims"),
        "denied_by": said(event, "denies"),
        "doubted_by": said(event, "doubts"),
        "not_mentioned_by": said(event, "silent"),
        "outlets": "; ".join(case.outlets),
        "published": "; ".join(days),
        "tellings": len(case.tellings),
        "origins": case.origins,
        "review": case.review,
        "words": " … ".join(words.quote for words in event.trigger),
        "date_words": " … ".join(words.quote for words in when.evidence) if when else None,
        "place_words": " … ".join(words.quote for words in event.where.evidence) if event.where else None,
        "url": "; ".join(t.report.url for t in case.tellings if t.report.url),
    }


def degrees(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def bounds(counts: Sequence[Count], measure: str) -> tuple[int | None, int | None]:
    """Bounds of the first figure of a measure for the event alone, persons before households."""
    fitting = [count for count in counts if count.measure == measure and count.about is None]
    fitting.sort(key=lambda count: count.unit != "person")
    return (fitting[0].low, fitting[0].high) if fitting else (None, None)


def figure_words(count: Count) -> str:
    return count_words(count) + (f", says {count.source}" if count.source else "")


def said(event: Event, stance: Stance) -> str:
    return "; ".join(
        voice_words(voice) + (f" (about {voice.about})" if voice.about else "")
        for voice in event.sources
        if voice.stance == stance
    )
