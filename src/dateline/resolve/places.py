"""Places of a report: toponyms found, resolved, and placed with their relations, precision and radius.

`find_places` is the step; `locate` (in `places_locate`) answers for one phrase without a report.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from dateline.annotate.places import Toponym, find_toponyms
from dateline.annotate.places_bare import Bare, bare_directions
from dateline.annotate.places_phrases import Told, find_relations, owns
from dateline.annotate.reading import Reading
from dateline.resolve.countries import country_of_url
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind, place_of
from dateline.resolve.gazetteer_names import fold, skeleton
from dateline.resolve.places_choose import Choice, choose
from dateline.resolve.places_relations import Base, related_place
from dateline.types import Place, PlaceLink, Span


@dataclass(frozen=True, slots=True)
class Frame:
    """What the report is about: its country most told of (None: none), and the toponyms with their choices."""

    country: str | None
    toponyms: list[Toponym]
    choices: list[Choice]
    told: dict[int, Told]


def find_places(reading: Reading, gazetteer: Gazetteer, *, outlet_country: str | None = None) -> list[PlaceLink]:
    """Places told of in the report, in text order. See `types.PlaceLink`; `place` is None where nothing can honestly be chosen.

    `outlet_country` (alpha-3) is a weak prior for homonyms; without it the country of the report's web address serves.
    """
    outlet_country = outlet_country or country_of_url(reading.report.url)
    toponyms = with_repeats(reading, find_toponyms(reading, gazetteer))
    choices = choose(reading, toponyms, gazetteer, outlet_country=outlet_country)
    relations = find_relations(reading, toponyms)
    country = frame_country(toponyms, choices)
    choices = [without_namesake(t, c, country) for t, c in zip(toponyms, choices, strict=True)]
    frame = Frame(country, toponyms, choices, {r.toponym: r for r in relations})
    links = [link_of(reading, n, frame, gazetteer) for n in range(len(toponyms))]
    links = share_pairs(links, frame)
    links = settle_unlisted(reading, links, frame, gazetteer)
    extra = [link for bare in bare_directions(reading) if (link := bare_link(reading, bare, frame, gazetteer))]
    return merge(links, extra)


def frame_country(toponyms: list[Toponym], choices: list[Choice]) -> str | None:
    """The country most told of: places in it count more than its name, its name more than its people."""
    mass: dict[str, float] = defaultdict(float)
    for toponym, choice in zip(toponyms, choices, strict=True):
        if not choice.ranked or toponym.use == "source":
            continue
        best = choice.ranked[0][0]
        if best.country:
            value = 0.5 if toponym.people else 1.0 if best.kind is Kind.COUNTRY else 1.4
            mass[best.country] += value * (0.5 if toponym.use == "dateline" else 1.0)
    return max(sorted(mass), key=mass.__getitem__) if mass else None


def without_namesake(toponym: Toponym, choice: Choice, country: str | None) -> Choice:
    """A neighbourhood whose only namesakes are towns of other countries is no such town: it is not listed."""
    if Kind.QUARTER not in toponym.kinds or Kind.SITE in toponym.kinds or not choice.ranked or country is None or choice.parents:
        return choice
    best = choice.ranked[0][0]
    return choice if best.country == country or best.kind is not Kind.TOWN else Choice((), choice.parents)


# ---- one link --------------------------------------------------------------------------------------------------------


def base_of(frame: Frame, n: int) -> Base | None:
    choice = frame.choices[n]
    return Base(choice.ranked[0][0], told_name(frame.toponyms[n], choice.ranked[0][0])) if choice.ranked else None


def told_name(toponym: Toponym, candidate: Candidate) -> str:
    """The name as told; with "province" where the words alone would read as the town ("Idlib" for the province)."""
    if toponym.people or (candidate.kind is Kind.COUNTRY and toponym.name.isupper() and len(toponym.name) < 6):
        return candidate.name
    name = " ".join(toponym.name.split())
    if name.isupper() and len(name) > 4:
        name = candidate.name if candidate.match >= 0.96 else name.title()
    if (
        candidate.kind is Kind.ADM1
        and not name.lower().endswith((" province", " governorate", " state", " region"))
        and candidate.country not in {"USA", "CAN", "AUS"}
    ) and any(c.kind is Kind.TOWN and c.country == candidate.country and c.match > 0.9 for c in toponym.candidates):
        return f"{name} province"
    return name


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


def replaced_name(place: Place, name: str) -> Place:
    return place if place.name == name else changed(place, name=name)


def with_score(place: Place, score: float | None) -> Place:
    return changed(place, score=score)


def changed(place: Place, **changes: object) -> Place:
    values = {field: getattr(place, field) for field in Place.__struct_fields__}
    values.update(changes)
    return Place(**values)


# ---- names the gazetteer lacks ---------------------------------------------------------------------------------------


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
    name = " ".join(toponym.name.split())
    parents = [links[p] for p in frame.choices[n].parents if links[p].place is not None]
    parents.sort(key=lambda link: link.place.radius_km if link.place else 0.0)
    if frame.country and len(name) >= 5 and Kind.QUARTER not in toponym.kinds and gazetteer.count_of(frame.country) < 6000:
        near = gazetteer.near_spellings(name, frame.country, limit=1, cutoff=90.0)
        if near and (not parents or near[0].country == (parents[0].place.country if parents[0].place else None)):
            return replaced_name(place_of(near[0], gazetteer, near[0].match * 0.7), name), None
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
    if frame.country and (country := gazetteer.country_place(frame.country)):
        return changed(place_of(country, gazetteer), name=name, unlisted=True, score=0.2), None
    return None


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
