"""The registry of actors: named groups, forces, coalitions and holders of public office, with dates and reasons.

Tables: `knowledge/actors.tsv` (groups) and `knowledge/party_holders.tsv` (public office and command). A user's file of the same
columns overrides or adds rows by id. Nothing here guesses: what a row does not say is None.

    load_registry(*files) -> Registry        list_actors, show_actor, add_actors, check_actors     behind `dateline actors`
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, get_args

from anyascii import anyascii

from dateline.errors import DatelineError, InputError
from dateline.knowledge import HERE, Row, read_rows
from dateline.types import Fault, PartyKind

KINDS: frozenset[str] = frozenset(get_args(PartyKind))
COLUMNS = ("id", "name", "aliases", "kind", "country", "since", "until", "parent", "backers", "leaders", "said_by", "basis")
HOLDER_COLUMNS = ("id", "name", "aliases", "country", "office", "since", "until", "basis")
ARTICLES = frozenset({"al", "el", "ul", "ol", "as", "ash", "an", "ar", "at", "az", "ad", "ur", "i", "e"})
LONE_ARTICLES = frozenset({"al", "el", "ul"})
DATE = re.compile(r"\d{4}(-\d\d){0,2}")
ALIAS = re.compile(r"([^\[{]{1,120})(?:\[(\d{4}(?:-\d\d)*)?\.\.(\d{4}(?:-\d\d)*)?\])?\s*(?:\{([^}]{1,80})\})?")


@dataclass(frozen=True, slots=True)
class OtherName:
    """A name an actor is called by. `since`/`until`: year or ISO date, None where open. `word_of`: the party whose word it is."""

    text: str
    since: str | None = None
    until: str | None = None
    word_of: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """One entry. `countries` are ISO 3166-1 alpha-3, the first is its own unless it `roams` (of no one country).

    `office` is set for holders of public office."""

    id: str
    name: str
    aliases: tuple[OtherName, ...]
    kind: PartyKind
    countries: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    parent: str | None = None
    backers: tuple[str, ...] = ()
    leaders: tuple[str, ...] = ()
    said_by: str = ""
    basis: str = ""
    office: str | None = None
    roams: bool = False
    where: str = ""  # file:line

    @property
    def country(self) -> str | None:
        return self.countries[0] if self.countries and not self.roams else None

    def active(self, day: str | None) -> bool:
        """Whether the actor is known to have existed on `day` (ISO); True when no day is given."""
        return not day or ((not self.since or self.since[:4] <= day[:4]) and (not self.until or self.until[:4] >= day[:4]))


@dataclass(frozen=True, slots=True)
class Entry:
    """One name in the index: its folded parts after the first, and how its letters must be written."""

    parts: tuple[str, ...]
    actor: Actor
    text: str
    acronym: bool
    any_case: bool
    ends_small: bool  # the last word is told in small letters ("US-led coalition")


@dataclass
class Registry:
    """Actors by id, and an index of their names by first folded part (longest names first)."""

    actors: dict[str, Actor]
    index: dict[str, list[Entry]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        index: dict[str, list[Entry]] = defaultdict(list)
        for actor in self.actors.values():
            entries: dict[tuple[tuple[str, ...], bool], Entry] = {}
            for text in (actor.name, *(alias.text for alias in actor.aliases)):
                any_case = text == text.lower()
                for parts in spellings(text):
                    key = (parts, is_acronym(text))
                    if key not in entries or any_case:
                        entries[key] = Entry(parts[1:], actor, text, key[1], any_case, text.split()[-1].islower())
            for (parts, _), entry in entries.items():
                index[parts[0]].append(entry)
        for bearing in index.values():
            bearing.sort(key=lambda entry: -len(entry.parts))
        self.index = dict(index)

    def named(self, text: str) -> list[Actor]:
        """All actors that bear this name, in table order; spelling of articles, hyphens, accents and case do not count."""
        parts = fold(text)
        return [entry.actor for entry in self.index.get(parts[0], ()) if entry.parts == parts[1:]] if parts else []


def is_acronym(text: str) -> bool:
    """True for names that count only in capitals: FARC, M-19, JNIM."""
    return " " not in text and text == text.upper() and len(text) <= 10 and any(char.isalpha() for char in text)


@lru_cache(maxsize=65536)
def fold_token(token: str) -> tuple[str, ...]:
    """A token as comparable parts: ASCII, lower case, split at hyphens, without Arabic articles and apostrophes.

    >>> fold_token("al-Shabāb"), fold_token("Ansar-ul-Islam"), fold_token("Shi'ite")
    (('shabab',), ('ansar', 'islam'), ('shiite',))
    """
    plain = token if token.isascii() else anyascii(token)
    plain = plain.lower().replace("'", "").replace("’", "").replace("`", "").replace(".", "")
    if "-" not in plain:
        return () if plain in LONE_ARTICLES else (plain,) if plain else ()
    parts = tuple(part for part in plain.split("-") if part and part not in ARTICLES)
    return parts or (plain.replace("-", ""),)


def fold(text: str) -> tuple[str, ...]:
    """A name as comparable parts.

    >>> fold("Hay'at Tahrir al-Sham") == fold("Hayat Tahrir Al Sham")
    True
    """
    cut = text.replace("’", "'").replace("'s ", " 's ").replace("(", " ").replace(")", " ")
    return tuple(part for token in cut.split() for part in fold_token(token))


def spellings(text: str) -> list[tuple[str, ...]]:
    """The folded name, and the same with the apostrophe left out ("People's" and "Peoples")."""
    found = [fold(text)]
    if "'s " in text:
        found.append(fold(text.replace("'s ", "s ")))
    return [parts for parts in found if parts]


def read_actor(row: Row) -> Actor:
    """A row as an Actor. Raises KeyError where a column is missing."""
    kind = row["kind"]
    countries = tuple(code for code in row.many("country") if code != "*")
    return Actor(
        id=row["id"],
        name=row["name"],
        aliases=tuple(read_alias(text) for text in row.many("aliases")),
        kind=kind if kind in KINDS else "unknown",  # type: ignore[arg-type]
        countries=countries,
        since=row["since"] or None,
        until=row["until"] or None,
        parent=row["parent"] or None,
        backers=tuple(row.many("backers")),
        leaders=tuple(row.many("leaders")),
        said_by=row["said_by"],
        basis=row["basis"],
        roams=row["country"].startswith("*"),
        where=row.where,
    )


def read_holder(row: Row) -> Actor:
    """A row of the table of office holders as an Actor of kind government."""
    return Actor(
        id=row["id"],
        name=row["name"],
        aliases=tuple(read_alias(text) for text in row.many("aliases")),
        kind="government",
        countries=tuple(row.many("country")),
        since=row["since"] or None,
        until=row["until"] or None,
        basis=row["basis"],
        office=row["office"],
        where=row.where,
    )


def read_alias(text: str) -> OtherName:
    """`Name [since..until] {whose word}`: dates and speaker are optional.

    >>> read_alias("Nusra Front [2012..2016]")
    OtherName(text='Nusra Front', since='2012', until='2016', word_of=None)
    """
    match = ALIAS.fullmatch(text.strip())
    if not match:
        return OtherName(text.strip())
    name, since, until, word_of = match.groups()
    return OtherName(name.strip(), since, until, word_of)


def load_registry(*files: Path) -> Registry:
    """The shipped registry, with the rows of `files` added or, where the id is the same, put in their place."""
    if not files:
        return shipped()
    actors = dict(shipped().actors)
    for path in files:
        for row in rows_of(path):  # tells a missing file or column
            actors[row["id"]] = read_actor(row)
    return Registry(actors)


@cache
def shipped() -> Registry:
    """The registry as it comes with dateline."""
    actors: dict[str, Actor] = {}
    for row in read_rows(HERE / "actors.tsv"):
        actors[row["id"]] = read_actor(row)
    for row in read_rows(HERE / "party_holders.tsv"):
        actors[row["id"]] = read_holder(row)
    return Registry(actors)


def canonical_name(actor_id: str, told: str = "", *, registry: Registry | None = None) -> str | None:
    """The registry's own name of an actor; None when the id is not known, or `told` is what it was called then.

    >>> canonical_name("FMLN"), canonical_name("HTS", "Nusra Front")
    ('Farabundo Marti National Liberation Front', None)
    """
    actor = (registry or shipped()).actors.get(actor_id)
    if actor is None or any(alias.until and alias.text == told for alias in actor.aliases):
        return None
    return actor.name


# ---- behind `dateline actors` ---------------------------------------------------------------------------------------


def list_actors(
    *, country: str | None = None, kind: str | None = None, text: str = "", registry: Registry | None = None
) -> list[Actor]:
    """Entries of the registry, filtered by alpha-3 country, kind and words of a name, in table order."""
    wanted = set(fold(text))
    return [
        actor
        for actor in (registry or shipped()).actors.values()
        if (not country or country in actor.countries)
        and (not kind or actor.kind == kind)
        and (not wanted or any(wanted <= set(fold(name)) for name in (actor.name, *(a.text for a in actor.aliases))))
    ]


def show_actor(key: str, *, registry: Registry | None = None) -> list[Actor]:
    """The entries with this id, or else all that bear this name; empty when nobody does."""
    known = registry or shipped()
    return [known.actors[key]] if key in known.actors else known.named(key)


def add_actors(file: Path, *, into: Path) -> tuple[int, list[Fault]]:
    """Check the rows of `file` and write them into the user's own table `into` (made if absent; same id: replaced).

    Gives the number of rows written and the faults found. With any fault of level error, nothing is written.
    Raises InputError when `file` is not there or is no such table.
    """
    rows = rows_of(file)
    faults = check_rows(rows, known=shipped().actors)
    if any(fault.level == "error" for fault in faults):
        return 0, faults
    kept = {row["id"]: row for row in rows_of(into)} if into.exists() else {}
    kept.update({row["id"]: row for row in rows})
    lines = ["# Actors added by the user", "\t".join(COLUMNS)]
    lines += ["\t".join(row.cells.get(column, "") for column in COLUMNS) for row in kept.values()]
    into.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rows), faults


def rows_of(file: Path) -> list[Row]:
    try:
        rows = list(read_rows(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(str(error), where=str(file), remedy="give a TSV file in UTF-8") from error
    missing = [column for column in COLUMNS if rows and column not in rows[0].cells]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", where=file.name, remedy=f"the columns are {', '.join(COLUMNS)}")
    return rows


def check_actors(*files: Path) -> list[Fault]:
    """Faults of the shipped tables (and of the user's): ids, kinds, dates, orphans, names that two actors share."""
    rows = list(read_rows(HERE / "actors.tsv"))
    faults = check_rows(rows)
    for path in files:
        try:
            faults += check_rows(rows_of(path), known=shipped().actors)
        except DatelineError as error:
            faults.append(Fault(str(path), error.message, error.remedy, "knowledge"))
    holders = [read_holder(row) for row in read_rows(HERE / "party_holders.tsv")]
    for holder in holders:
        faults += check_dates(holder)
        if not holder.office:
            faults.append(fault(holder, "holds no office", "name the public office, or leave the person out"))
    return faults + check_clashes([*(read_actor(row) for row in rows), *holders])


def check_rows(rows: Sequence[Row], *, known: Iterable[str] = ()) -> list[Fault]:
    """Faults of rows taken one by one, and of what they point to."""
    from dateline.resolve.countries import countries

    faults: list[Fault] = []
    actors = [read_actor(row) for row in rows]
    ids = {actor.id for actor in actors} | set(known)
    seen: dict[str, str] = {}
    for row, actor in zip(rows, actors, strict=True):
        if actor.id in seen:
            faults.append(fault(actor, f"id {actor.id} stands at {seen[actor.id]} too", "give each actor its own id"))
        seen[actor.id] = actor.where
        if not actor.id or not actor.name:
            faults.append(fault(actor, "no id or no name", "fill both"))
        if row["kind"] not in KINDS:
            faults.append(fault(actor, f"unknown kind {row['kind']!r}", f"one of: {', '.join(sorted(KINDS))}"))
        faults += [
            fault(actor, f"unknown country {code!r}", "use ISO alpha-3") for code in actor.countries if code not in countries()
        ]
        for other in (actor.parent, *(backer for backer in actor.backers)):
            if other and other not in ids and other not in countries():
                faults.append(fault(actor, f"points to {other!r}, which is no actor and no country", "add it or correct the id"))
        faults += check_dates(actor)
        if not actor.basis:
            faults.append(fault(actor, "no basis", "say in words what the entry rests on", level="warning"))
    return faults


def check_dates(actor: Actor) -> list[Fault]:
    faults = []
    spans = [(actor.since, actor.until), *((alias.since, alias.until) for alias in actor.aliases)]
    for since, until in spans:
        faults += [
            fault(actor, f"date {day!r}", "write YYYY, YYYY-MM or YYYY-MM-DD")
            for day in (since, until)
            if day and not DATE.fullmatch(day)
        ]
        if since and until and since[:4] > until[:4]:
            faults.append(fault(actor, f"begins {since} after its end {until}", "correct the dates"))
    return faults


def check_clashes(actors: Sequence[Actor]) -> list[Fault]:
    """Warnings for a name that two actors bear in the same country at the same time: a report could mean either."""
    bearers: dict[tuple[tuple[str, ...], bool], list[Actor]] = defaultdict(list)
    for actor in actors:
        keys = {(fold(name), is_acronym(name)) for name in (actor.name, *(alias.text for alias in actor.aliases))}
        for key in keys:
            bearers[key].append(actor)
    faults = []
    for (parts, _), bearing in bearers.items():
        for at, one in enumerate(bearing):
            for other in bearing[at + 1 :]:
                if one.id != other.id and set(one.countries) & set(other.countries) and overlap(one, other):
                    what = f"{' '.join(parts)!r} is also a name of {other.id} ({other.where})"
                    faults += [fault(one, what, "date or drop one", level="warning")]
    return faults


def overlap(one: Actor, other: Actor) -> bool:
    return (one.since or "0") <= (other.until or "9999") and (other.since or "0") <= (one.until or "9999")


def fault(actor: Actor, what: str, remedy: str, *, level: Literal["error", "warning"] = "error") -> Fault:
    return Fault(actor.where or actor.id, what, remedy, "knowledge", level)
