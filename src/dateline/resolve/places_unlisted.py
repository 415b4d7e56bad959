"""Names that the gazetteer lacks: placed by what the report tells around them, marked `unlisted`, never dropped."""

from __future__ import annotations

from dateline.annotate.places import Toponym
from dateline.annotate.reading import Reading
from dateline.resolve.gazetteer import Gazetteer, Kind, place_of
from dateline.resolve.gazetteer_names import fold, skeleton
from dateline.resolve.places_frame import Frame, changed, main_province, replaced_name
from dateline.types import Place, PlaceLink, Span


def with_repeats(reading: Reading, toponyms: list[Toponym]) -> list[Toponym]:
    """Further mentions of names found by their words alone ("the X area" makes a later bare "X" the same place)."""
    unlisted: dict[str, Toponym] = {}
    for toponym in toponyms:
        if not toponym.candidates:
            unlisted.setdefault(skeleton(fold(toponym.name)), toponym)
    if not unlisted:
        return toponyms
    heads = {skeleton(fold(reading.words[t.first])): (key, t) for key, t in unlisted.items()}
    taken = {t.first for t in toponyms if not t.candidates}
    repeats: list[Toponym] = []
    for sentence in reading.coded:
        for at in range(sentence.first, sentence.last):
            word = reading.words[at]
            if at in taken or not word[0].isupper():
                continue
            head = heads.get(skeleton(fold(word)))
            if head is None:
                continue
            for last in range(at + 1, min(at + 6, sentence.last + 1)):
                text = reading.text[reading.starts[at] : reading.ends[last - 1]]
                if skeleton(fold(text)) == head[0]:
                    repeats.append(
                        Toponym(at, last, reading.starts[at], reading.ends[last - 1], text, (), 1.5, kinds=head[1].kinds,
                                phrase_first=at, phrase_last=last)
                    )  # fmt: skip
                    break
    kept = [t for t in toponyms if not any(r.first < t.last and t.first < r.last for r in repeats)]
    return sorted([*kept, *repeats], key=lambda t: (t.start, t.end))


def settle_unlisted(reading: Reading, links: list[PlaceLink], frame: Frame, gazetteer: Gazetteer) -> list[PlaceLink]:
    """Place names without candidates: by a near spelling in the report's country, else by the place they are told to lie in."""
    settled: dict[str, Place] = {}
    out = list(links)
    for n, toponym in enumerate(frame.toponyms):
        if frame.choices[n].ranked:
            continue
        key = skeleton(fold(toponym.name))
        place, phrase = unlisted_place(reading, n, out, frame, gazetteer) or (settled.get(key), None)
        if place is not None and (key not in settled or better(place, settled[key])):
            settled[key] = place
        out[n] = relinked(out[n], place, phrase)
    for n, toponym in enumerate(frame.toponyms):
        if not frame.choices[n].ranked:
            best = settled.get(skeleton(fold(toponym.name)))
            if best is not None and (out[n].place is None or better(best, out[n].place)):
                out[n] = relinked(out[n], best, None)
    return out


def better(new: Place, old: Place | None) -> bool:
    return old is None or new.radius_km < old.radius_km


def relinked(link: PlaceLink, place: Place | None, phrase: Span | None) -> PlaceLink:
    return PlaceLink(link.start, link.end, phrase or link.phrase, place, link.candidates, link.use, link.parents, link.flags)


def unlisted_place(
    reading: Reading, n: int, links: list[PlaceLink], frame: Frame, gazetteer: Gazetteer
) -> tuple[Place, Span | None] | None:
    """Place and phrase of a name without candidates; None when nothing tells where it lies."""
    toponym = frame.toponyms[n]
    words = reading.text[links[n].phrase.start : links[n].phrase.end] if toponym.facility else toponym.name
    name = " ".join(words.split())
    parents = [links[p] for p in frame.choices[n].parents if links[p].place is not None]
    parents.sort(key=lambda link: link.place.radius_km if link.place else 0.0)
    province = main_province(frame)
    spelled = len(name) >= 5 and not toponym.facility and Kind.QUARTER not in toponym.kinds
    if frame.country and spelled and gazetteer.count_of(frame.country) < 6000:
        near = gazetteer.near_spellings(name, frame.country, limit=1, cutoff=90.0)
        holder = parents[0].place if parents else None
        place = place_of(near[0], gazetteer, near[0].match * 0.7) if near else None
        if place is not None and (lies_in(place, holder) if holder else province in (None, near[0].adm1)):
            return replaced_name(place, name), None
    for parent in parents:
        place = parent.place
        if place is None:
            continue
        phrase = Span(links[n].phrase.start, max(links[n].phrase.end, parent.phrase.end))
        precision = place.precision
        if precision == "town" and Kind.QUARTER in toponym.kinds and Kind.ADM2 not in toponym.kinds:
            precision = "neighbourhood"
        full = f"{name}, {place.relations[0].of if place.relations else place.name}"
        return changed(place, name=full, precision=precision, unlisted=True, geonameid=None, score=0.4), phrase
    if Kind.QUARTER in toponym.kinds and (town := town_before(n, links, frame)) is not None:
        return changed(
            town, name=f"{name}, {town.name}", precision="neighbourhood", unlisted=True, geonameid=None, score=0.3
        ), None
    if province is not None:
        area = place_of(gazetteer.place(province), gazetteer)
        return changed(area, name=f"{name}, {area.name}", unlisted=True, geonameid=None, score=0.3), None
    if frame.country and (country := gazetteer.country_place(frame.country)):
        return changed(place_of(country, gazetteer), name=name, unlisted=True, score=0.2), None
    return None


def lies_in(place: Place, holder: Place) -> bool:
    """True when both are told to lie in the same first-level area, or the holder names none."""
    return place.country == holder.country and holder.admin1 in (None, place.admin1)


def town_before(n: int, links: list[PlaceLink], frame: Frame) -> Place | None:
    """The town named last before a neighbourhood that is told without one."""
    for m in range(n - 1, -1, -1):
        place = links[m].place
        if (
            place is not None
            and place.precision == "town"
            and frame.choices[m].ranked
            and place.country == frame.country
            and not place.relations
        ):
            return place
    return None
