"""Who a source is: the registry of outlets, agencies, monitors, ministries and media arms, and a guess from words for the rest.

The registry is `knowledge/sources.tsv`; a user's file of the same columns overrides rows by id. Entries are dated; `side` has the
meaning of CODEBOOK section 5 and stays empty where nothing sure can be said. Reliability is never guessed: it is the user's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import get_args

from dateline.annotate.attribution_lexicon import lexicon
from dateline.annotate.reading import Reading, tokenize
from dateline.knowledge import Row, read_rows, table
from dateline.types import Fault, Record, Side

SIDES = frozenset(get_args(Side))
KINDS = frozenset(
    [
        "agency",
        "newspaper",
        "broadcaster",
        "website",
        "media arm",
        "monitor",
        "rights group",
        "aid agency",
        "international body",
        "ministry",
        "presidency",
        "spokesperson",
        "security force",
        "armed group",
        "party",
        "government",
        "court",
        "think tank",
    ]
)
COUNTRY = re.compile(r"[A-Z]{3}\Z")
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")
MAX_WORDS = 9  # longest alias, in words


class SourceEntry(Record, frozen=True):
    """One row of the registry. `party` names the actor that the source speaks for; `since`/`until` are ISO, open when None."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    country: str | None = None
    side: Side | None = None
    party: str | None = None
    since: str | None = None
    until: str | None = None
    basis: str = ""


class SourceLink(Record, frozen=True):
    """What is known of a source's words: `entry` from the registry or None; `name`, `kind`, `side` from it or from the words."""

    name: str
    kind: str = ""
    side: Side | None = None
    entry: SourceEntry | None = None


@cache
def source_entries() -> tuple[SourceEntry, ...]:
    """All entries of the shipped registry, in the order of the file."""
    return tuple(entry_of(row) for row in table("sources"))


def read_sources(path: Path) -> tuple[SourceEntry, ...]:
    """Entries of a user's registry file. Raises KnowledgeError with file:line for a broken row."""
    return tuple(entry_of(row) for row in read_rows(path))


def merged_sources(base: Iterable[SourceEntry], own: Iterable[SourceEntry]) -> tuple[SourceEntry, ...]:
    """The registry with a user's entries: the same id replaces, a new id is added."""
    by_id = {entry.id: entry for entry in base}
    by_id.update({entry.id: entry for entry in own})
    return tuple(by_id.values())


def entry_of(row: Row) -> SourceEntry:
    side = row["side"] if row["side"] in SIDES else None
    return SourceEntry(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row.many("aliases")),
        kind=row["kind"],
        country=row["country"] or None,
        side=side,  # type: ignore[arg-type]
        party=row["party"] or None,
        since=row["since"] or None,
        until=row["until"] or None,
        basis=row["basis"],
    )


def check_sources(rows: Iterable[Row] | None = None) -> list[Fault]:
    """Faults of a registry file: unknown kinds and sides, bad dates and countries, ids and names that clash."""
    faults: list[Fault] = []
    ids: dict[str, str] = {}
    names: dict[str, list[Row]] = {}
    for row in rows if rows is not None else table("sources"):
        faults += [Fault(where=row.where, what=what, code="knowledge") for what in row_faults(row)]
        if row["id"] in ids:
            faults.append(Fault(where=row.where, what=f"id {row['id']!r} stands already at {ids[row['id']]}", code="knowledge"))
        ids.setdefault(row["id"], row.where)
        for name in {folded(n) for n in [row["name"], *row.many("aliases")]}:
            for other in names.get(name, []):
                if other["id"] != row["id"] and meet(row, other):
                    faults.append(
                        Fault(
                            where=row.where,
                            what=f"name {name!r} is also {other['id']!r} at {other.where} on the same days",
                            code="knowledge",
                        )
                    )
            names.setdefault(name, []).append(row)
    return faults


def row_faults(row: Row) -> Iterator[str]:
    if not row["id"] or not row["name"]:
        yield "no id or no name"
    if row["kind"] not in KINDS:
        yield f"kind {row['kind']!r} is not one of {', '.join(sorted(KINDS))}"
    if row["side"] and row["side"] not in SIDES:
        yield f"side {row['side']!r} is not one of {', '.join(sorted(SIDES))}"
    if row["country"] and not COUNTRY.match(row["country"]):
        yield f"country {row['country']!r} is not an ISO 3166-1 alpha-3 code"
    for column in ("since", "until"):
        if row[column] and not DATE.match(row[column]):
            yield f"{column} {row[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
    if row["since"] and row["until"] and row["since"] > row["until"]:
        yield f"since {row['since']} is after until {row['until']}"
    if not row["basis"]:
        yield "no basis: say in words how this is known"


def meet(one: Row, other: Row) -> bool:
    """Whether two dated rows are valid on a common day."""
    return (one["since"] or "0") <= (other["until"] or "9") and (other["since"] or "0") <= (one["until"] or "9")


def folded(words: str) -> str:
    """Words as compared: lower case, no articles or dots, one kind of apostrophe and hyphen.

    >>> folded("The U.N. Children’s Fund")
    "un children's fund"
    """
    plain = words.lower().replace("’", "'").replace(".", "").replace("-", " ").replace("‑", " ")
    parts = plain.split()
    while parts and parts[0] in {"the", "a", "an"}:
        parts = parts[1:]
    return " ".join(parts)


Index = dict[str, tuple[SourceEntry, ...]]


@cache
def shipped_index() -> Index:
    return index_of(source_entries())


def index_of(entries: Iterable[SourceEntry]) -> Index:
    """Entries under each folded name and alias."""
    found: dict[str, list[SourceEntry]] = {}
    for entry in entries:
        for name in dict.fromkeys(folded(n) for n in (entry.name, *entry.aliases)):
            found.setdefault(name, []).append(entry)
    return {name: tuple(group) for name, group in found.items()}


def link_source(words: str, reading: Reading | None = None, *, index: Index | None = None) -> SourceLink:
    """What is known of the source that `words` name: a registry entry, or kind and side from the words themselves.

    The report's day chooses between entries of one name at different times.

    >>> link_source("Syrian state news agency SANA").name
    'SANA'
    >>> link_source("a rebel source").side
    'opposition'
    """
    day = reading.report.published.day if reading is not None else None
    entry = find_entry(words, day, shipped_index() if index is None else index)
    if entry is not None:
        return SourceLink(name=entry.name, kind=entry.kind, side=entry.side, entry=entry)
    kind, side = guess(words)
    return SourceLink(name=plain_name(words), kind=kind, side=side)


def find_entry(words: str, day: str | None, index: Index) -> SourceEntry | None:
    """The entry whose name or alias stands in the words, longest first; short capitals ("AP") must match in case.

    A name inside a longer person description ("a doctor at Al-Noor hospital told SANA") is not searched for here: the words
    are those of the source alone. "X's ministry", "a spokesman for X" name X as what the source belongs to: not X itself.
    """
    tokens = tokenize(words).words
    parts = [(folded(token), token) for token in tokens]
    parts = [(low, token) for low, token in parts if low]
    flat: list[tuple[str, bool]] = []
    for low, token in parts:
        for piece in low.split():
            flat.append((piece, token[0].isupper() or not token.isalpha()))
    lex = lexicon()
    for start in range(len(flat)):
        if start and flat[start - 1][0] in {
            "of",
            "with",
            "for",
            "from",
            "at",
            "in",
            "by",
            "'s",
            "to",
            "near",
            "told",
            "and",
            "against",
            "inside",
            "within",
        }:
            break
        for end in range(min(len(flat), start + MAX_WORDS), start, -1):
            key = " ".join(piece for piece, _ in flat[start:end])
            entries = index.get(key)
            if entries and any(upper for _, upper in flat[start:end]):
                after = flat[end][0] if end < len(flat) else ""
                if after in {"'s", "'"} or (after in lex.nouns and lex.nouns[after][0] in {"person", "people"}):
                    continue
                return on_day(entries, day)
    return None


def on_day(entries: tuple[SourceEntry, ...], day: str | None) -> SourceEntry | None:
    """The entry valid on the day; without a day, the only one or the latest."""
    if day is not None:
        valid = [e for e in entries if (e.since or "0") <= day and day <= (e.until or "9") + "~"]
        return valid[0] if valid else None
    return max(entries, key=lambda e: e.until or "9999")


OPPOSITION = frozenset(
    [
        "rebel",
        "opposition",
        "insurgent",
        "anti-government",
        "dissident",
        "separatist",
        "guerrilla",
        "pro-opposition",
        "opposition-run",
    ]
)
GOVERNMENT = frozenset(
    [
        "government",
        "state",
        "ministry",
        "official",
        "pro-government",
        "military",
        "army",
        "presidential",
        "police",
        "state-run",
        "state-owned",
        "ministerial",
        "defence",
        "defense",
        "interior",
        "foreign",
        "presidency",
    ]
)
MONITOR = frozenset(["monitor", "monitors", "watchdog", "observatory"])
PARTY = frozenset(["militant", "jihadist", "taliban", "militia"])
INTERNATIONAL = frozenset(
    ["un", "u.n.", "nato", "eu", "peacekeeping", "peacekeepers", "monusco", "minusma", "unhcr", "ocha", "unicef"]
)


def guess(words: str) -> tuple[str, Side | None]:
    """Kind and side from the words alone: the last noun gives the kind, adjectives may give the side."""
    lex = lexicon()
    lows = [word.lower() for word in tokenize(words).words]
    head_end = next(
        (
            k
            for k, low in enumerate(lows)
            if k
            and low in {"of", "with", "for", "from", "at", "in", "who", "which", "that", "based", "close", "linked", "near", ","}
        ),
        len(lows),
    )
    kind, side = "", ""
    for low in reversed(lows[:head_end]):
        if low in lex.nouns:
            _, kind, side = lex.nouns[low]
            break
    flat = set(lows)
    if flat & MONITOR:
        return kind or "civil monitor", "civil monitor"
    if flat & OPPOSITION:
        return kind or "source", "opposition"
    if flat & INTERNATIONAL:
        return kind or "official", "international"
    if flat & PARTY:
        return kind or "source", "party to the event"
    if (
        kind in {"official", "spokesperson", "source", "security official", "media", "agency", "aid agency", "journalist", ""}
        and flat & GOVERNMENT
    ):
        return kind or "official", "government"
    return kind, (side if side in SIDES else None)  # type: ignore[return-value]


def plain_name(words: str) -> str:
    """The words of an unregistered source: no article, no relative clause; for a titled person the name alone.

    >>> [plain_name(w) for w in ("a source with the group", "Turkish President Tayyip Erdogan", "an army spokesman, who asked not to be named")]
    ['source with the group', 'Tayyip Erdogan', 'army spokesman']
    """
    lex = lexicon()
    tokens = tokenize(words)
    lows = [word.lower() for word in tokens.words]
    last = len(lows)
    for k, low in enumerate(lows):
        if k and (low in {",", "(", "—", "–", "--", ";"} or low in {"who", "which", "whose"}):
            last = k
            break
    first = 0
    while first < last - 1 and lows[first] in {
        "a",
        "an",
        "the",
        "one",
        "another",
        "this",
        "that",
        "some",
        "two",
        "three",
        "several",
        "both",
    }:
        first += 1
    cut = None
    for k in range(first, last):
        if lows[k] in {"of", "with", "from", "at", "in", "for"} and cut is None:
            cut = k
    titled = [
        k for k in range(first, last) if lows[k] in lex.titles or (lows[k] in lex.nouns and lex.nouns[lows[k]][0] == "person")
    ]
    if titled:
        name_from = person_after(tokens.words, titled, last)
        if name_from is not None:
            return words[tokens.starts[name_from] : tokens.ends[last - 1]]
    if first >= last:
        return words.strip()
    return words[tokens.starts[first] : tokens.ends[last - 1]]


def person_after(words: list[str], titled: list[int], last: int) -> int | None:
    """Start of the personal name (one to four capitalised words up to `last`) that follows the titles, or None."""
    k = last
    while k > 0 and (
        words[k - 1][0].isupper()
        or (words[k - 1].lower() in {"al", "bin", "ibn", "el", "de", "van", "der", "von", "da", "ould", "abu"})
        or words[k - 1].lower().startswith(("al-", "el-"))
    ):
        k -= 1
    inside = [t for t in titled if t < last]
    start = max([k, *[t + 1 for t in inside]])
    if start >= last or last - start > 4 or (not words[start][0].isupper() and not words[start].lower().startswith(("al", "el"))):
        return None
    return start
