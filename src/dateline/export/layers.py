"""What the finders saw, layer by layer: the lines of `dateline annotate`. Offsets are of the text as the user gave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from dateline.export.codebook import Json, degrees, encode
from dateline.export.original import OriginalText
from dateline.types import Attribution, Figure, PartyLink, PlaceLink, Span, Timex

if TYPE_CHECKING:
    from dateline.pipeline import Annotations


def layer_line(found: Annotations, layer: str) -> bytes:
    """One report's `layer` (a key of LAYERS) as one line of JSON, without line end."""
    key, rows = LAYERS[layer]
    original = OriginalText(found.reading.report)
    return encode({"doc_id": found.reading.report.doc_id, key: rows(found, original)})


def place_rows(found: Annotations, original: OriginalText) -> list[Json]:
    return [place_row(link, original) for link in found.places]


def place_row(link: PlaceLink, original: OriginalText) -> Json:
    """A toponym. What nothing can honestly be chosen for has null for its place."""
    place = link.place
    return {
        **ends(link.start, link.end, original),
        "name": place.name if place else original.quote(link.start, link.end),
        "lat": degrees(place.lat) if place else None,
        "lon": degrees(place.lon) if place else None,
        "geonameid": place.geonameid if place else None,
        "country": place.country if place else None,
        "precision": place.precision if place else None,
        "radius_km": place.radius_km if place else None,
    }


def time_rows(found: Annotations, original: OriginalText) -> list[Json]:
    return [time_row(time, original) for time in found.times]


def time_row(time: Timex, original: OriginalText) -> Json:
    days = {"earliest": time.earliest, "latest": time.latest}
    return {**ends(time.start, time.end, original), "type": time.type, "value": time.value, **days}


def figure_rows(found: Annotations, original: OriginalText) -> list[Json]:
    return [figure_row(figure, original) for figure in found.figures]


def figure_row(figure: Figure, original: OriginalText) -> Json:
    return {
        **ends(figure.start, figure.end, original),
        "measure": figure.measure,
        "group": figure.group,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
    }


def attribution_rows(found: Annotations, original: OriginalText) -> list[Json]:
    return [attribution_row(item, original) for item in found.attributions]


def attribution_row(item: Attribution, original: OriginalText) -> Json:
    def spans(pieces: Sequence[Span]) -> list[list[int]]:
        return [list(original.span(piece.start, piece.end)) for piece in pieces]

    return {
        "source": spans(item.source),
        "cue": spans(item.cue),
        "content": spans(item.content),
        "stance": item.stance,
    }


def mention_rows(found: Annotations, original: OriginalText) -> list[Json]:
    return [mention_row(link, original) for link in found.parties]


def mention_row(link: PartyLink, original: OriginalText) -> Json:
    """A mention of an actor or of somebody acted upon; mentions with one `chain` are one actor."""
    return {
        **ends(link.start, link.end, original),
        "name": link.name,
        "kind": link.kind,
        "chain": link.chain,
        "country": link.country,
        "generic": link.generic,
        "private": link.private,
    }


def ends(start: int, end: int, original: OriginalText) -> Json:
    first, last = original.span(start, end)
    return {"start": first, "end": last}


Rows = Callable[[Any, OriginalText], list[Json]]
LAYERS: dict[str, tuple[str, Rows]] = {
    "places": ("toponyms", place_rows),
    "times": ("timex", time_rows),
    "figures": ("figures", figure_rows),
    "attribution": ("attributions", attribution_rows),
    "mentions": ("mentions", mention_rows),
}
