"""Names of agencies, outlets and armed groups that a gazetteer knows as places too: "Sapa", "EFE", "Al-Manar", "Sinn Fein"."""

from __future__ import annotations

from functools import cache

from dateline.annotate.places_scan import Toponym
from dateline.resolve.actors import shipped
from dateline.resolve.sources import folded, source_entries

MEDIA = frozenset(("agency", "newspaper", "broadcaster", "website", "media arm"))
GROUPS = frozenset(("rebel group", "political militia", "communal militia", "party or union"))
GREAT = 100_000  # people: a place as great as that is meant all the same


def without_bodies(found: list[Toponym]) -> list[Toponym]:
    """Toponyms but those that name a medium or a group of the registries and never have a sign of a place in the report."""
    told = {folded(t.name) for t in found if t.sure}
    return [t for t in found if folded(t.name) in told or not names_body(t)]


def names_body(toponym: Toponym) -> bool:
    great = any(c.match >= 1.0 and c.population >= GREAT for c in toponym.candidates)
    return folded(toponym.name) in body_names() and not great


@cache
def body_names() -> frozenset[str]:
    """Folded names and aliases of the media and groups of the shipped registries."""
    media = {name for entry in source_entries() if entry.kind in MEDIA for name in (entry.name, *entry.aliases)}
    groups = {
        name
        for actor in shipped().actors.values()
        if actor.kind in GROUPS
        for name in (actor.name, *(a.text for a in actor.aliases))
    }
    return frozenset(folded(name) for name in media | groups)
