"""The sides of an event as ACLED and UCDP name them: generic names ("Military Forces of X"), codes, main and allied parties."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.export.tables import country_codes, kind_codes
from dateline.types import Event, Participant

POLICE = re.compile(r"\b(police|policemen|policeman|officers?|gendarmes?|gendarmerie|carabinieri)\b", re.IGNORECASE)
FORCES = re.compile(
    r"\b(army|troops|forces?|military|soldiers?|navy|air force|warplanes?|planes?|jets?|guards?|commandos?|garrison|convoy)\b",
    re.IGNORECASE,
)
UNIDENTIFIED = "Unidentified Armed Group ({country})"
SOLE = "Sole Perpetrator ({country})"


@dataclass(frozen=True, slots=True)
class Side:
    """A party with its ACLED name and code, and what UCDP makes of it (state, group, civilians, none)."""

    name: str
    inter: int
    ucdp: str
    named: bool  # has a name of its own, or is a state
    country: str | None = None
    party: Participant | None = None


@dataclass(frozen=True, slots=True)
class Sides:
    """The two sides of a row: first of each is the main party, the others are its allies."""

    first: tuple[Side, ...] = ()
    second: tuple[Side, ...] = ()


def country_of(event: Event) -> str | None:
    return event.where.place.country if event.where else None


def country_name(iso3: str | None) -> str:
    return country_codes(iso3).name if iso3 else "unknown country"


def side_of(party: Participant, event: Event, *, acted: bool) -> Side | None:
    """A party as a side; None for things. `acted`: it did the deed (a lone person then is no civilian)."""
    codes, home = kind_codes(party.kind), country_of(event)
    if codes.inter is None or codes.abroad is None:
        return None
    if party.kind == "individual" and acted:
        return Side(SOLE.format(country=country_name(home)), 8, "none", False, home, party)
    abroad = party.country is not None and home is not None and party.country != home
    inter = codes.abroad if abroad else codes.inter
    name, named = name_of(party, home)
    return Side(name, inter, codes.ucdp, named, party.country or home, party)


def name_of(party: Participant, home: str | None) -> tuple[str, bool]:
    """Name of a side, and whether it is one of its own. Private persons and nameless parties take the generic name.

    >>> name_of(Participant("Sudanese army", "state force", (), "SDN"), "SDN")
    ('Military Forces of Sudan', True)
    >>> name_of(Participant("gunmen", "unknown", ()), "SDN")
    ('Unidentified Armed Group (Sudan)', False)
    """
    land = country_name(party.country or home)
    if party.kind in ("state force", "external force") and not (party.kind == "external force" and party.country is None):
        if POLICE.search(party.name):
            return f"Police Forces of {land}", True
        if FORCES.search(party.name) or party.name.islower() or party.actor_id is None:
            return f"Military Forces of {land}", True
        return party.name, True
    if party.kind == "government":
        return f"Government of {land}", True
    if party.kind in ("civilians", "individual", "protesters", "rioters"):
        return kind_codes(party.kind).generic.format(country=country_name(home)), False
    if party.name.islower() or party.private or party.name.startswith("["):
        generic = kind_codes(party.kind).generic
        return (generic.format(country=land), False) if generic else (party.name, False)
    return party.name, True


def generic_side(kind: str, event: Event) -> Side:
    """A side that the report does not name."""
    home = country_of(event)
    if kind == "armed":
        return Side(UNIDENTIFIED.format(country=country_name(home)), 3, "none", False, home)
    codes = kind_codes(kind)  # type: ignore[arg-type]
    return Side(codes.generic.format(country=country_name(home)), codes.inter or 3, codes.ucdp, False, home)


def parties(people: Iterable[Participant], event: Event, *, acted: bool) -> list[Side]:
    """Sides of participants, each name once. Of alternatives ("either X or Y") the first stands: they are not two sides."""
    found: dict[str, Side] = {}
    told = list(people)
    first = next((party for party in told if party.alternative), None)
    for party in told:
        if party.alternative and party is not first:
            continue
        side = side_of(party, event, acted=acted)
        if side:
            found.setdefault(side.name, side)
    return list(found.values())


def acled_sides(event: Event) -> Sides:
    """Actor 1 with its allies and actor 2 with its, by the rules of the ACLED codebook for each event type."""
    actors, targets = parties(event.actors, event, acted=True), parties(event.targets, event, acted=False)
    rule = {
        "Battles": battle,
        "Explosions/Remote violence": remote,
        "Violence against civilians": against_civilians,
        "Protests": crowd,
        "Riots": crowd,
    }.get(event.type, development)
    return distinct(rule(event, actors, targets))


def distinct(sides: Sides) -> Sides:
    """Each name once; a state does not stand against its own forces (the report names them twice)."""
    seen: set[tuple[str, str | None]] = set()
    kept: list[tuple[Side, ...]] = []
    for group in (sides.first, sides.second):
        fresh: dict[tuple[str, str | None], Side] = {}
        for side in group:
            key = ("state", side.country) if side.ucdp == "state" and side.country else (side.name, None)
            if key not in seen:
                fresh.setdefault(key, side)
        seen.update(fresh)
        kept.append(tuple(fresh.values()))
    return Sides(*kept)


def armed(sides: Sequence[Side]) -> list[Side]:
    return [side for side in sides if side.inter in (1, 2, 3, 4, 8)]


def battle(event: Event, actors: list[Side], targets: list[Side]) -> Sides:
    """Two armed sides; civilians are no party to a battle."""
    first, second = armed(actors), armed(targets)
    if not second and len(first) > 1:
        first, second = [first[0], *first[2:]], [first[1]]
    unknown = generic_side("armed", event)
    return Sides(tuple(first or [unknown]), tuple(second or ([unknown] if first else [])))


def remote(event: Event, actors: list[Side], targets: list[Side]) -> Sides:
    """A military target is actor 2 and civilians who were hit its allies; else civilians are actor 2."""
    second = armed(targets)
    hurt = [side for side in targets if side.inter in (5, 6, 7)]
    first = armed(actors) or [generic_side("armed", event)]
    if len(second) == 0 and not hurt and any(count.measure in ("killed", "injured") for count in event.figures):
        hurt = [generic_side("civilians", event)]
    return Sides(tuple(first), (*second, *hurt))


def against_civilians(event: Event, actors: list[Side], targets: list[Side]) -> Sides:
    """The target is always actor 2, and civilian."""
    first = [side for side in actors if side.inter != 7] or [generic_side("armed", event)]
    return Sides(tuple(first), (generic_side("civilians", event), *(side for side in targets if side.inter in (5, 6))))


def crowd(event: Event, actors: list[Side], targets: list[Side]) -> Sides:
    """The crowd is actor 1; who intervened, or was set upon, is actor 2."""
    kind = "protesters" if event.type == "Protests" else "rioters"
    everyone = actors + [side for side in targets if side.name not in {actor.name for actor in actors}]
    others = armed(everyone)
    if kind == "rioters":
        others += [side for side in targets if side.inter in (6, 7)]
    elif event.sub_type == "Peaceful protest":
        others = []
    return Sides((generic_side(kind, event),), tuple(others))


def development(event: Event, actors: list[Side], targets: list[Side]) -> Sides:
    second = targets
    if not second and len(actors) > 1:
        actors, second = actors[:1], actors[1:]
    return Sides(tuple(actors), tuple(second))
