"""Places of a report: toponyms found, resolved, and placed with their relations, precision and radius.

`find_places` is the step; `locate` (in `places_locate`) answers for one phrase without a report.
"""

from __future__ import annotations

from dateline.annotate.places import find_toponyms
from dateline.annotate.places_bare import Bare, bare_directions
from dateline.annotate.places_phrases import Told, find_relations, owns
from dateline.annotate.reading import Reading
from dateline.resolve.countries import country_of_url
from dateline.resolve.gazetteer import Gazetteer, Kind, place_of
from dateline.resolve.places_choose import choose
from dateline.resolve.places_frame import (
    Frame,
    base_of,
    changed,
    frame_country,
    replaced_name,
    with_score,
    without_far_facilities,
    without_namesakes,
)
from dateline.resolve.places_relations import Base, related_place
from dateline.resolve.places_unlisted import settle_unlisted, with_repeats
from dateline.types import Place, PlaceLink, Span


def find_places(reading: Reading, gazetteer: Gazetteer, *, outlet_country: str | None = None) -> list[PlaceLink]:
    """Places told of in the report, in text order. See `types.PlaceLink`; `place` is None where nothing can honestly be chosen.

    `outlet_country` (alpha-3) is a weak prior for homonyms; without it the country of the report's web address serves.
    """
    outlet_country = outlet_country or country_of_url(reading.report.url)
    toponyms = with_repeats(reading, find_toponyms(reading, gazetteer))
    choices = choose(reading, toponyms, gazetteer, outlet_country=outlet_country)
    relations = find_relations(reading, toponyms)
    choices = without_namesakes(toponyms, choices, gazetteer)
    country = frame_country(toponyms, choices)
    choices = without_far_facilities(toponyms, choices, country)
    frame = Frame(country, toponyms, choices, {r.toponym: r for r in relations})
    links = [link_of(reading, n, frame, gazetteer) for n in range(len(toponyms))]
    links = share_pairs(links, frame)
    links = settle_unlisted(reading, links, frame, gazetteer)
    extra = [link for bare in bare_directions(reading) if (link := bare_link(reading, bare, frame, gazetteer))]
    return merge(links, extra)


# ---- one link --------------------------------------------------------------------------------------------------------


def link_of(reading: Reading, n: int, frame: Frame, gazetteer: Gazetteer) -> PlaceLink:
    toponym, choice = frame.toponyms[n], frame.choices[n]
    first, last = toponym.phrase_first, toponym.phrase_last
    candidates = tuple(place_of(c, gazetteer, score) for c, score in choice.ranked[:5])
    base = base_of(frame, n)
    place: Place | None = None
    flags: tuple[str, ...] = ()
    if base is not None:
        place = replaced_name(candidates[0], base.name)
    told = frame.told.get(n)
    if told is not None and base is not None:
        other = base_of(frame, told.other) if told.other >= 0 else None
        related = related_place(told, base, other, frame.country, gazetteer)
        if related is not None:
            place = with_score(related, candidates[0].score)
            first, last = min(first, told.first), max(last, told.last)
        if told.conflict:
            words = reading.text[reading.starts[told.conflict[0]] : reading.ends[told.conflict[1] - 1]]
            flags = (f"units disagree: {words}",)
    phrase = Span(reading.starts[first], reading.ends[last - 1])
    use = "literal" if toponym.people and place is not None and place.relations else toponym.use
    parents = owner_first(reading, n, frame, choice.parents)
    return PlaceLink(toponym.start, toponym.end, phrase, place, candidates, use, parents, flags)


def owner_first(reading: Reading, n: int, frame: Frame, parents: tuple[int, ...]) -> tuple[int, ...]:
    """Add the country of "Syria's Idlib province" to what the province stands in."""
    if n and n - 1 not in parents and owns(reading, frame.toponyms[n - 1], frame.toponyms[n]):
        return (*parents, n - 1)
    return parents


def share_pairs(links: list[PlaceLink], frame: Frame) -> list[PlaceLink]:
    """Both names of "between A and B" and "the A-B border" stand for the one place the phrase tells of."""
    out = list(links)
    for n, told in frame.told.items():
        place = links[n].place
        if told.other >= 0 and place is not None and place.relations:
            other = links[told.other]
            out[told.other] = PlaceLink(
                other.start, other.end, links[n].phrase, place, other.candidates, links[n].use, other.parents, other.flags
            )
    return out


# ---- directions alone ------------------------------------------------------------------------------------------------


def bare_link(reading: Reading, bare: Bare, frame: Frame, gazetteer: Gazetteer) -> PlaceLink | None:
    """ "the northwest" as a part of the report's country; "the east of the city" as a part of the town told of last."""
    base = bare_base(bare, frame, gazetteer)
    if base is None:
        return None
    kind = "part" if bare.of == "country" or "the" in reading.lows[bare.first : bare.word] else "side"
    place = related_place(Told(kind, 0, bare.first, bare.last, direction=bare.direction), base, None, frame.country, gazetteer)
    if place is None:
        return None
    start, end = reading.starts[bare.word], reading.ends[bare.word]
    return PlaceLink(start, end, Span(reading.starts[bare.first], reading.ends[bare.last - 1]), changed(place, score=0.5))


def bare_base(bare: Bare, frame: Frame, gazetteer: Gazetteer) -> Base | None:
    wanted = {"city": (Kind.TOWN,), "province": (Kind.ADM1, Kind.ADM2)}.get(bare.of)
    if wanted:
        for n in range(len(frame.toponyms) - 1, -1, -1):
            if frame.toponyms[n].first < bare.word and not frame.toponyms[n].people:
                base = base_of(frame, n)
                if base is not None and base.candidate.kind in wanted:
                    return base
        return None
    country = gazetteer.country_place(frame.country) if frame.country else None
    return Base(country, country.name) if country else None


def merge(links: list[PlaceLink], extra: list[PlaceLink]) -> list[PlaceLink]:
    """All links in text order, with `parents` renumbered."""
    if not extra:
        return links
    marked = [(link.start, link.end, n, link) for n, link in enumerate([*links, *extra])]
    marked.sort(key=lambda m: m[:3])
    place_now = {old: now for now, (_, _, old, _) in enumerate(marked)}
    return [
        link if not link.parents else PlaceLink(
            link.start, link.end, link.phrase, link.place, link.candidates, link.use,
            tuple(place_now[p] for p in link.parents), link.flags,
        )
        for _, _, _, link in marked
    ]  # fmt: skip
