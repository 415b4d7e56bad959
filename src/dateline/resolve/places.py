"""Places of a report: toponyms found, resolved, and placed with their relations, precision and radius.

`find_places` is the step; `locate` answers for one phrase without a report ("near Sloviansk town", Ukraine).
"""

from __future__ import annotations

from dateline.annotate.places import Toponym, find_toponyms
from dateline.annotate.reading import Reading
from dateline.resolve.countries import country_of_url
from dateline.resolve.gazetteer import Candidate, Gazetteer, place_of
from dateline.resolve.places_choose import Choice, choose
from dateline.types import PlaceLink, Span


def find_places(reading: Reading, gazetteer: Gazetteer, *, outlet_country: str | None = None) -> list[PlaceLink]:
    """Places told of in the report, in text order. See `types.PlaceLink`; `place` is None where nothing can honestly be chosen."""
    outlet_country = outlet_country or country_of_url(reading.report.url)
    toponyms = find_toponyms(reading, gazetteer)
    choices = choose(reading, toponyms, gazetteer, outlet_country=outlet_country)
    return [link_of(reading, t, c, gazetteer) for t, c in zip(toponyms, choices, strict=True)]


def link_of(reading: Reading, toponym: Toponym, choice: Choice, gazetteer: Gazetteer) -> PlaceLink:
    places = tuple(place_of(c, gazetteer, score) for c, score in choice.ranked[:5])
    phrase = Span(reading.starts[toponym.phrase_first], reading.ends[toponym.phrase_last - 1])
    return PlaceLink(
        toponym.start, toponym.end, phrase, places[0] if places else None, places, toponym.use, choice.parents,
    )  # fmt: skip


def best_of(choice: Choice) -> Candidate | None:
    return choice.ranked[0][0] if choice.ranked else None
