"""Private persons in a report: which words name them, and the role that takes the name's place.

Two readers look for them. The coder's parties know a person by title, age, deed or speech, and whether the office is a public
one. A second, wary one (`persons_wary`) then looks at every run of capitalised words that is no part of a public name. A public
name lost is the lesser error.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from dateline.annotate.reading import Reading
from dateline.export.persons_wary import DETERMINERS, apposed, nameable, office_holder, place_words, titles, wary_names
from dateline.export.rewrite import Cut
from dateline.types import Coding, PartyLink

NOT_ROLE = re.compile(r"[^a-z0-9 -]")


@dataclass(slots=True)
class Persons:
    """Private persons of a report: cuts of its text, names to replace in strings, and how many persons they are."""

    cuts: list[Cut] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)  # words of private names, as told
    places: set[str] = field(default_factory=set)  # words of places that the report links
    public: list[tuple[int, int]] = field(default_factory=list)  # names of office holders that the coder took for private
    people: set[str] = field(default_factory=set)  # one name for each person, as far as can be told

    @property
    def spans(self) -> list[tuple[int, int]]:
        """Code points that are cut."""
        return [(cut.start, cut.end) for cut in self.cuts]


def find_private(coding: Coding, reading: Reading) -> Persons:
    """All private names of a report."""
    found = Persons(places=place_words(reading, coding))
    roles = chain_roles(coding, reading)
    offices = {link.chain for link in coding.parties if link.private and holds_office(link, reading)}
    for link in coding.parties:
        if link.private and link.chain in offices:
            found.public.append((link.start, link.end))
        elif link.private:
            take_link(found, link, reading, roles.get(link.chain, "person"))
    holders = {link.name for link in coding.parties if link.chain in offices}
    take_participants(found, coding, holders)
    for first, last, role_from, role, sure in wary_names(reading, coding, found):
        name = reading.text[reading.starts[first] : reading.ends[last - 1]]
        if not found.tokens.intersection(name.split()):
            found.people.add(name)
        remember(found, name, role, sure=sure and len(name) > 2)
        found.cuts.append(Cut(reading.starts[role_from], reading.ends[last - 1], f"[{role}]"))
    return found


def remember(found: Persons, name: str, role: str, *, sure: bool = False) -> None:
    """Look for the name everywhere, and for those of its words that can only be a name."""
    words = {part for part in re.split(r"[\s.]+", name) if nameable(part, found.places)}
    if words or sure or " " in name:
        found.names.setdefault(name, f"[{role}]")
    found.tokens |= words


def take_link(found: Persons, link: PartyLink, reading: Reading, role: str) -> None:
    """A private mention of the coder: the whole mention gives way to its role."""
    told = reading.text[link.start : link.end]
    own = own_role(told, link.name)
    if not any(nameable(word, found.places) for word in re.split(r"[\s.]+", told)):
        return  # a word of the language or a place told here, taken for a person
    found.people.add(f"{link.chain}")
    remember(found, link.name, role)
    found.names.setdefault(told, f"[{role}]")
    start = link.start
    first = reading.token_at(start)
    if own and first and reading.lows[first - 1] in ("a", "an"):
        start = reading.starts[first - 1]
    found.cuts.append(Cut(start, link.end, f"[{own or 'person'}]"))


def own_role(told: str, name: str) -> str:
    """The role that a mention tells before the name.

    >>> own_role("Local reporter Dawit Tekle", "Dawit Tekle"), own_role("Dr. Samir Haddad", "Samir Haddad")
    ('reporter', 'doctor')
    """
    before = told[: told.find(name)] if name in told else ""
    low = before.strip().lower()
    if low in titles():
        return titles()[low]
    kept = [word for word in low.split() if word.strip(".") and word not in DETERMINERS]
    known = [titles().get(word, word) for word in kept]
    return NOT_ROLE.sub("", " ".join(known)).strip()


def chain_roles(coding: Coding, reading: Reading) -> dict[int, str]:
    """The role of each private person, told anywhere in the report: before a name, or as ", a baker," behind it."""
    roles: dict[int, str] = {}
    for link in coding.parties:
        if link.private:
            told = reading.text[link.start : link.end]
            role = own_role(told, link.name) or apposed(reading, reading.token_at(link.end))
            if role:
                roles.setdefault(link.chain, role)
    return roles


def holds_office(link: PartyLink, reading: Reading) -> bool:
    """Whether the words about a mention tell a public office, though the coder took it for a private person."""
    first, last = reading.tokens_of(link.start, link.end)
    told = reading.text[link.start : link.end]
    name_at = reading.token_at(link.start + max(0, told.find(link.name))) if link.name in told else first
    return office_holder(reading, name_at, last)


def take_participants(found: Persons, coding: Coding, holders: set[str]) -> None:
    """Private participants that no party mention gave (the coder may name one by other words)."""
    for event in coding.events:
        for person in (*event.actors, *event.targets):
            if person.private and person.name not in found.names and person.name not in holders:
                remember(found, person.name, "person")
