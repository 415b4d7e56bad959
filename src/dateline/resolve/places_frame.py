"""What a report is about, as far as places go: its country, and names that a place abroad bears by chance."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from dateline.annotate.places import Toponym
from dateline.annotate.places_phrases import Told
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind
from dateline.resolve.gazetteer_names import fold
from dateline.resolve.places_choose import BY_CHANCE, Choice, holds, is_quarter
from dateline.resolve.places_geometry import rough_km
from dateline.resolve.places_relations import Base
from dateline.types import Place

KNOWN_ABROAD = 10_000  # people: below, a name that only a place abroad bears is rather one that is not listed
PLAIN_FRAME = 2.0  # weight of what is told of a country before it can overrule a name
EXACT = 0.96  # `Candidate.match` of a name that is spelled as asked
BESIDE = 1.2  # another name of the same country: then it is a second scene of the report
FACILITY_KM = 30.0  # a hotel "in B" that is named after A is in A when B is so near


@dataclass(frozen=True, slots=True)
class Frame:
    """What the report is about: its country most told of (None: none), and the toponyms with their choices."""

    country: str | None
    toponyms: list[Toponym]
    choices: list[Choice]
    told: dict[int, Told]


def frame_country(toponyms: list[Toponym], choices: list[Choice]) -> str | None:
    """The country most told of: places in it count more than its name, its name more than its people."""
    mass: dict[str, float] = defaultdict(float)
    for toponym, choice in zip(toponyms, choices, strict=True):
        if choice.ranked and choice.ranked[0][0].country:
            mass[choice.ranked[0][0].country or ""] += weight_of(toponym, choice.ranked[0][0])
    return max(sorted(mass), key=mass.__getitem__) if mass else None


def weight_of(toponym: Toponym, candidate: Candidate) -> float:
    """How much one mention says of the country that the report is about."""
    if toponym.use == "source":
        return 0.0
    value = 0.5 if toponym.people else 1.0 if candidate.kind is Kind.COUNTRY else 1.4
    if candidate.kind is Kind.TOWN and is_quarter(toponym):
        value *= BY_CHANCE
    return value * (0.5 if toponym.use == "dateline" else 1.0)


def without_namesakes(toponyms: list[Toponym], choices: list[Choice], gazetteer: Gazetteer) -> list[Choice]:
    """Choices without places abroad that only share a name with a place of the report's country that is not listed.

    A report plainly about Peru that tells of "Ancora" does not mean the village in Portugal. What the other names tell decides;
    a name beside the place that holds it ("Dover, Delaware"), a well-known town, and one across the border are kept.
    """
    mentions: dict[str, list[int]] = defaultdict(list)
    told: dict[str, dict[str, float]] = {}  # name → country → weight, once per name
    named: set[str] = set()  # countries told by name or people
    for n, (toponym, choice) in enumerate(zip(toponyms, choices, strict=True)):
        if not choice.ranked:
            continue
        best = choice.ranked[0][0]
        name = fold(toponym.name)
        mentions[name].append(n)
        if best.country:
            weights = told.setdefault(name, {})
            weights[best.country] = max(weights.get(best.country, 0.0), weight_of(toponym, best))
            if best.kind is Kind.COUNTRY:
                named.add(best.country)
    total: Counter[str] = Counter()
    for weights in told.values():
        total.update(weights)
    kept = list(choices)
    for name, indexes in mentions.items():
        best = choices[indexes[0]].ranked[0][0]
        others = {c: w - told.get(name, {}).get(c, 0.0) for c, w in total.items()}
        front = max(sorted(others), key=others.__getitem__, default=None)
        if front is None or best.country in (None, front) or any(toponyms[n].people for n in indexes):
            continue
        holders = [choices[p].ranked[0][0] for n in indexes for p in choices[n].parents if choices[p].ranked]
        if any(holder.country in (None, best.country) for holder in holders):
            continue
        quarter = all(is_quarter(toponyms[n]) for n in indexes)
        elsewhere = any(holder.kind in (Kind.ADM1, Kind.ADM2, Kind.COUNTRY) for holder in holders)
        if best.kind is Kind.TOWN and quarter:
            drop = True  # a neighbourhood whose only namesakes are towns of other countries
        else:
            plain = elsewhere or (others[front] >= PLAIN_FRAME and others.get(best.country or "", 0.0) < BESIDE)
            spoken = best.country in named and best.match >= EXACT  # "British" does not make Ryton of Rityan
            drop = plain and not spoken and not known_abroad(best, front, gazetteer)
        if drop:
            for n in indexes:
                kept[n] = Choice((), choices[n].parents)
    return kept


def known_abroad(candidate: Candidate, country: str, gazetteer: Gazetteer) -> bool:
    """True for a place that reports of another country tell of without saying where it is."""
    if candidate.kind not in (Kind.TOWN, Kind.ADM1, Kind.ADM2, Kind.QUARTER) or candidate.added:
        return True
    if candidate.match >= EXACT and candidate.country and gazetteer.border(country, candidate.country):
        return True
    return candidate.primary and candidate.match >= EXACT and candidate.population >= KNOWN_ABROAD


def without_far_facilities(toponyms: list[Toponym], choices: list[Choice], country: str | None) -> list[Choice]:
    """ "Windsor Hotel in Baghdad", "Hampton Avenue": named after a place, and not in it.

    Such a name is not listed where the words put it into another place, or where its namesake lies in another country.
    """
    kept = list(choices)
    for n, (toponym, choice) in enumerate(zip(toponyms, choices, strict=True)):
        if not toponym.facility or not choice.ranked or toponym.people:
            continue
        best = choice.ranked[0][0]
        if best.kind in (Kind.COUNTRY, Kind.REGION, Kind.SITE, Kind.WATER):
            continue
        holders = [choices[p].ranked[0][0] for p in choice.parents if choices[p].ranked]
        apart = holders and not any(near(holder, best) for holder in holders)
        if apart or (not holders and country is not None and best.country != country):
            kept[n] = Choice((), choice.parents)
    return kept


def near(outer: Candidate, inner: Candidate) -> bool:
    return holds(outer, inner) or rough_km(outer.lat, outer.lon, inner.lat, inner.lon) < FACILITY_KM


def main_province(frame: Frame) -> int | None:
    """Row of the first-level area that most names of the report's country lie in; None when no area has two and most of them."""
    mass: Counter[int] = Counter()
    for toponym, choice in zip(frame.toponyms, frame.choices, strict=True):
        best = choice.ranked[0][0] if choice.ranked else None
        if best is None or best.country != frame.country or toponym.people or toponym.use in ("source", "dateline"):
            continue
        area = best.index if best.kind is Kind.ADM1 else best.adm1
        if area is not None:
            mass[area] += 1
    top = mass.most_common(1)
    return top[0][0] if top and top[0][1] >= max(2, 0.6 * mass.total()) else None


def base_of(frame: Frame, n: int) -> Base | None:
    choice = frame.choices[n]
    return Base(choice.ranked[0][0], told_name(frame.toponyms[n], choice.ranked[0][0])) if choice.ranked else None


def told_name(toponym: Toponym, candidate: Candidate) -> str:
    """The name as told; with "province" where the words alone would read as the town ("Idlib" for the province)."""
    if toponym.people or (candidate.kind is Kind.COUNTRY and toponym.name.isupper() and len(toponym.name) < 6):
        return candidate.name
    name = " ".join(toponym.name.split())
    if (name.isupper() and len(name) > 4) or name.islower():
        name = candidate.name if candidate.match >= 0.96 else name.title()
    if (
        candidate.kind is Kind.ADM1
        and not name.lower().endswith((" province", " governorate", " state", " region"))
        and candidate.country not in {"USA", "CAN", "AUS"}
    ) and any(c.kind is Kind.TOWN and c.country == candidate.country and c.match > 0.9 for c in toponym.candidates):
        return f"{name} province"
    return name


def replaced_name(place: Place, name: str) -> Place:
    return place if place.name == name else changed(place, name=name)


def with_score(place: Place, score: float | None) -> Place:
    return changed(place, score=score)


def changed(place: Place, **changes: object) -> Place:
    values = {field: getattr(place, field) for field in Place.__struct_fields__}
    values.update(changes)
    return Place(**values)
