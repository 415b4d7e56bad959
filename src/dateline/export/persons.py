"""Private persons in a report: which words name them, and the role that takes the name's place.

Two readers look for them. The coder's parties know a person by title, age, deed or speech, and whether the office is a public
one. A second, wary reader then takes every capitalised word that is a given name, a part of a private name met elsewhere, or that
stands where a name stands (after "his brother", before ", 34,"), unless it is part of a public name or of a place. A public name
lost is the lesser error.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dateline.annotate.parties_words import nouns
from dateline.annotate.reading import Reading
from dateline.export.rewrite import Cut, inside
from dateline.knowledge import rules, table, words
from dateline.types import Coding, PartyLink

PERSON_SORTS = frozenset(("people", "person", "role"))
CALENDAR = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name))
WORDS = rules("export_words")
PARTICLES, PLACED, DETERMINERS = (frozenset(WORDS[name].split()) for name in ("particles", "placed", "determiners"))
NOT_ROLE = re.compile(r"[^a-z0-9 -]")


@dataclass(slots=True)
class Persons:
    """Private persons of a report: cuts of its text, names to replace in strings, and how many persons they are."""

    cuts: list[Cut] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)  # words of private names, as told
    people: set[str] = field(default_factory=set)  # one name for each person, as far as can be told


def find_private(coding: Coding, reading: Reading) -> Persons:
    """All private names of a report."""
    found = Persons()
    public = public_spans(coding)
    roles = chain_roles(coding, reading)
    for link in coding.parties:
        if link.private:
            take_link(found, link, reading, roles.get(link.chain, "person"))
    take_participants(found, coding, public)
    taken = [(cut.start, cut.end) for cut in found.cuts]
    for first, last, role_from, role in wary(reading, found, public, taken):
        name = reading.text[reading.starts[first] : reading.ends[last - 1]]
        if not found.tokens.intersection(name.split()):
            found.people.add(name)
        remember(found, name, role)
        found.cuts.append(Cut(reading.starts[role_from], reading.ends[last - 1], f"[{role}]"))
    return found


def public_spans(coding: Coding) -> list[tuple[int, int]]:
    """Words of parties that are no private persons and have a name, and of places."""
    private = [(link.start, link.end) for link in coding.parties if link.private]
    named = [(link.start, link.end) for link in coding.parties if not link.private and not link.generic]
    placed = [(link.start, link.end) for link in coding.places if link.place is not None]
    return [(start, end) for start, end in (*named, *placed) if not inside(private, start, end)]


def remember(found: Persons, name: str, role: str) -> None:
    if len(name) > 1:
        found.names.setdefault(name, f"[{role}]")
    for part in re.split(r"[\s.]+", name):
        if len(part) > 2 and part[0].isupper() and part.lower() not in PARTICLES:
            found.tokens.add(part)


def take_link(found: Persons, link: PartyLink, reading: Reading, role: str) -> None:
    """A private mention of the coder: the whole mention gives way to its role."""
    told = reading.text[link.start : link.end]
    own = own_role(told, link.name)
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


def apposed(reading: Reading, at: int) -> str:
    """The noun of ", a 34-year-old baker" that begins at token `at`; empty when there is none."""
    lows = reading.lows
    if at >= len(lows) or lows[at] != ",":
        return ""
    for k in range(at + 1, min(at + 7, len(lows))):
        if lows[k] in (",", ".", "who"):
            return ""
        if person_noun(lows[k]):
            return lows[k]
    return ""


def person_noun(low: str) -> bool:
    return any(not rest and noun.sort in PERSON_SORTS and not noun.plural for rest, noun in nouns().get(low, ()))


def take_participants(found: Persons, coding: Coding, public: list[tuple[int, int]]) -> None:
    """Private participants that no party mention gave (the coder may name one by other words)."""
    for event in coding.events:
        for person in (*event.actors, *event.targets):
            if person.private and person.name not in found.names:
                remember(found, person.name, "person")


@cache
def titles() -> dict[str, str]:
    """Words before a name to the role they tell."""
    return {row["title"]: row["role"] for row in table("export_roles")}


@cache
def given_names() -> frozenset[str]:
    return words("party_given_names")


@cache
def kin() -> frozenset[str]:
    return frozenset(row["word"] for row in table("export_kin"))


# ---- the wary reader ------------------------------------------------------------------------------------------------


def wary(
    reading: Reading, found: Persons, public: list[tuple[int, int]], taken: list[tuple[int, int]]
) -> Iterator[tuple[int, int, int, str]]:
    """(first, last, first of the role, role) of names that the coder's parties left: token ranges."""
    at, size = 0, len(reading.words)
    while at < size:
        start, end = reading.starts[at], reading.ends[at]
        if not capital(reading, at) or inside(taken, start, end) or inside(public, start, end) or not names(reading, at, found):
            at += 1
            continue
        last = name_last(reading, at, public, taken)
        role_from, role = role_before(reading, at)
        yield at, last, role_from, role
        at = last


def capital(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return word[0].isupper() or (word[:3].lower() in ("al-", "el-") and word[3:4].isupper())


def names(reading: Reading, at: int, found: Persons) -> bool:
    """Whether a private name may begin at token `at`."""
    word, low = reading.words[at], reading.lows[at]
    if word in found.tokens or low in given_names():
        return True
    return word.isalpha() and (cue_before(reading, at) or cue_after(reading, at))


def cue_before(reading: Reading, at: int) -> bool:
    """Whether a word before tells a person: "his brother X", "a resident, X", "named X", "Mrs. X"."""
    if at == 0 or reading.sentence_of[at - 1] != reading.sentence_of[at]:
        return False
    before = reading.lows[at - 1]
    if before in kin() or before in ("named", "nicknamed") or before in titles():
        return True
    if before == "." and at > 1 and reading.lows[at - 2] in titles():
        return True
    return before == "," and at > 1 and reading.lows[at - 2] in kin()


def cue_after(reading: Reading, at: int) -> bool:
    """Whether an age or a person's noun stands behind one capitalised word: "X, 34," and "X, a mother of three"."""
    lows = reading.lows
    if lows[at] in CALENDAR or (at and lows[at - 1] in PLACED and reading.sentence_of[at - 1] == reading.sentence_of[at]):
        return False
    if at + 2 >= len(lows) or reading.sentence_of[at + 1] != reading.sentence_of[at]:
        return False
    if lows[at + 1] == "(":
        return lows[at + 2].isdigit() and len(lows[at + 2]) < 3
    if lows[at + 1] != ",":
        return False
    if lows[at + 2].isdigit() and len(lows[at + 2]) < 3:
        return at + 3 < len(lows) and lows[at + 3] in (",", ".", "and")
    return lows[at + 2] in ("a", "an", "aged") and bool(apposed(reading, at + 1))


def name_last(reading: Reading, at: int, public: list[tuple[int, int]], taken: list[tuple[int, int]]) -> int:
    """End of the name that begins at `at`: further capitalised words and particles."""
    last = at + 1
    stop = reading.sentences[reading.sentence_of[at]].last
    while last < stop and last < at + 6:
        step = last + 1 if reading.lows[last] in PARTICLES and last + 1 < stop else last
        start, end = reading.starts[step], reading.ends[step]
        if (
            not capital(reading, step)
            or not reading.words[step][0].isalpha()
            or inside(public, start, end)
            or inside(taken, start, end)
        ):
            break
        common = reading.lows[step] in words("places_common") and reading.lows[step] not in given_names()
        if reading.gaps[last] != " " or common:
            break
        last = step + 1
    return last


def role_before(reading: Reading, at: int) -> tuple[int, str]:
    """The role word before a name: "his brother X" gives "brother", and is cut together with the name."""
    if at and reading.sentence_of[at - 1] == reading.sentence_of[at]:
        before = reading.lows[at - 1]
        if before in kin():
            return at - 1, before
        if before in titles():
            return at - 1, titles()[before]
        if before == "." and at > 1 and reading.lows[at - 2] in titles():
            return at - 2, titles()[reading.lows[at - 2]]
    return at, "person"
