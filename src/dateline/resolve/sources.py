"""Who a source is: the registry of outlets, agencies, monitors, ministries and media arms, and a guess from words for the rest.

The registry is `knowledge/sources.tsv`; a user's file of the same columns overrides rows by id. Entries are dated; `side` has the
meaning of CODEBOOK section 5 and stays empty where nothing sure can be said. Reliability is never guessed: it is the user's.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import get_args

from dateline.annotate.attribution_lexicon import lexicon
from dateline.annotate.reading import Reading, tokenize
from dateline.knowledge import Row, read_rows, table
from dateline.types import Record, Side

SIDES = frozenset(get_args(Side))
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
    reliability: str | None = None  # Admiralty letter A-F, set by the user alone


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
        reliability=row.cells.get("reliability") or None,
    )


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


@cache
def written_names() -> dict[str, tuple[str, ...]]:
    """Name and aliases of each entry of the shipped registry by id, the longest first."""
    return {entry.id: tuple(sorted((entry.name, *entry.aliases), key=len, reverse=True)) for entry in source_entries()}


@lru_cache(maxsize=4096)
def alias_in(source_id: str, words: str) -> str | None:
    """How `words` write the name of a registry entry, or None: "the U.S. army said" has "U.S. army" of "US army".

    >>> alias_in("sana", "Syria's SANA news agency")
    'SANA'
    """
    flat = " ".join(words.split())
    for name in written_names().get(source_id, ()):
        at = f" {flat.lower()} ".find(f" {name.lower()} ")
        if at >= 0:
            return flat[at : at + len(name)]
    return None


Index = dict[str, tuple[tuple[SourceEntry, str], ...]]  # folded name → entries with the name as written


@cache
def shipped_index() -> Index:
    return index_of(source_entries())


def index_of(entries: Iterable[SourceEntry]) -> Index:
    """Entries under each folded name and alias, with the name as written."""
    found: dict[str, list[tuple[SourceEntry, str]]] = {}
    for entry in entries:
        for name in dict.fromkeys((entry.name, *entry.aliases)):
            key = " ".join(piece for piece, _ in pieces_of(name.split(" (")[0]))
            found.setdefault(key, []).append((entry, name))
    return {name: tuple(group) for name, group in found.items()}


def link_source(words: str, reading: Reading | None = None, *, index: Index | None = None) -> SourceLink:
    """What is known of the source that `words` name: a registry entry, or kind and side from the words themselves.

    The report's day chooses between entries of one name at different times.

    >>> link_source("Syrian state news agency SANA").name
    'SANA'
    >>> link_source("a rebel source").side
    'opposition'
    >>> link_source("a source with the Syrian army").side
    'government'
    """
    day = reading.report.published.day if reading is not None else None
    return shipped_link(words, day) if index is None else link_words(words, day, index)


@lru_cache(maxsize=4096)
def shipped_link(words: str, day: str | None) -> SourceLink:
    """`link_words` with the shipped registry; remembered, since reports repeat their sources."""
    return link_words(words, day, shipped_index())


def link_words(words: str, day: str | None, index: Index) -> SourceLink:
    """`link_source` on plain words and a day."""
    pieces = pieces_of(words)
    entry = find_entry(pieces, day, index)
    if entry is not None:
        return SourceLink(name=entry.name, kind=entry.kind, side=entry.side, entry=entry)
    kind, side = guess(words)
    owner = belongs_to(pieces, day, index)
    if owner is not None and (
        side is None or side in {"unknown", "media"} or owner.side in {"party to the event", "international"}
    ):
        side = owner.side
    return SourceLink(name=plain_name(words), kind=kind, side=side)


def pieces_of(words: str) -> list[tuple[str, str]]:
    """(folded piece, token as written): hyphens part, full stops inside abbreviations go."""
    found: list[tuple[str, str]] = []
    for token in tokenize(words).words:
        found.extend((piece, token) for piece in folded(token).split())
    return found


ARTICLES = frozenset(("the", "a", "an"))
INSIDE = frozenset({"of", "with", "for", "from", "at", "in", "by", "to", "near", "told", "and", "against", "inside", "within"})
BODIES = frozenset(
    {
        "armed group",
        "security force",
        "ministry",
        "government",
        "presidency",
        "party",
        "international body",
        "media arm",
        "spokesperson",
    }
)


def find_entry(pieces: list[tuple[str, str]], day: str | None, index: Index) -> SourceEntry | None:
    """The entry that the words name, longest alias first; short capitals ("AP") must be written so.

    What stands after "of", "with", "at" or before a person's noun ("the army spokesman") is not the source itself; an outlet's
    own reporter ("an AFP correspondent in the town") is: the outlet publishes what he saw.
    """
    nouns = lexicon().nouns
    apposed = apposed_entry(pieces, day, index)
    if apposed is not None:
        return apposed
    for start in range(len(pieces)):
        if start and pieces[start - 1][0] in INSIDE:
            return None
        for end in range(min(len(pieces), start + MAX_WORDS), start, -1):
            entry = entry_at(pieces, start, end, day, index)
            if entry is None:
                continue
            after = pieces[end][0] if end < len(pieces) else ""
            if after in {"'s", "'"} or (
                after in nouns and nouns[after][0] in {"person", "people"} and not own_reporter(entry, nouns[after][1])
            ):
                continue
            if end < len(pieces) and pieces[end][1][0].isupper() and pieces[start][1] not in {"AFP", "AP"}:
                continue  # part of a longer name
            if start and pieces[start - 1][1][0].isupper() and entry.kind == "newspaper" and pieces[start - 1][0] not in ARTICLES:
                continue  # "the Business Standard" is not "the Standard"
            return entry
    return None


def own_reporter(entry: SourceEntry, noun_kind: str) -> bool:
    return noun_kind == "journalist" and entry.kind in {"agency", "newspaper", "broadcaster", "website"}


def apposed_entry(pieces: list[tuple[str, str]], day: str | None, index: Index) -> SourceEntry | None:
    """ "the UN children's agency UNICEF", "Turkey's state-run news agency Anadolu": the name behind the noun is the source."""
    outlets = lexicon().outlets
    for start in range(max(1, len(pieces) - MAX_WORDS), len(pieces)):
        if pieces[start - 1][0] in outlets and not pieces[start - 1][1][0].isupper():
            return entry_at(pieces, start, len(pieces), day, index)
    return None


def entry_at(pieces: list[tuple[str, str]], start: int, end: int, day: str | None, index: Index) -> SourceEntry | None:
    found = index.get(" ".join(piece for piece, _ in pieces[start:end]))
    if not found:
        return None
    fitting = [entry for entry, name in found if written_alike(name, [token for _, token in pieces[start:end]])]
    return on_day(fitting, day)


def written_alike(name: str, tokens: list[str]) -> bool:
    """Capital abbreviations match capitals only; other names need one capital or be all of lower case themselves."""
    if name.isupper() and len(name) <= 6:
        return all(token.isupper() for token in tokens)
    return any(token[0].isupper() for token in tokens) or name.islower()


def on_day(entries: list[SourceEntry], day: str | None) -> SourceEntry | None:
    """The entry valid on the day; without a day the one that is valid longest."""
    if day is not None:
        entries = [e for e in entries if (e.since or "0") <= day and day <= (e.until or "9") + "~"]
    return max(entries, key=lambda e: e.until or "9999", default=None)


def belongs_to(pieces: list[tuple[str, str]], day: str | None, index: Index) -> SourceEntry | None:
    """The force, body or party named anywhere in the words: "a source with the Syrian army", "a Hamas spokesman"."""
    for start in range(len(pieces)):
        if start and pieces[start - 1][0] in {"to", "against"}:
            continue
        for end in range(min(len(pieces), start + MAX_WORDS), start, -1):
            entry = entry_at(pieces, start, end, day, index)
            if entry is not None and entry.kind in BODIES and entry.side:
                return entry
    return None


MARKED_SIDES: tuple[tuple[Side, str], ...] = (
    ("civil monitor", "civil monitor"),
    ("opposition", "source"),
    ("international", "official"),
    ("party to the event", "source"),
)  # in this order; the kind where no noun gives one


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
    for word_side, otherwise in MARKED_SIDES:
        if flat & lex.sides[word_side]:
            return kind or otherwise, word_side
    if (
        kind in {"official", "spokesperson", "source", "security official", "media", "agency", "aid agency", "journalist", ""}
        and flat & lex.sides["government"]
    ):
        return kind or "official", "government"
    return kind, (side if side in SIDES else None)  # type: ignore[return-value]


def plain_name(words: str) -> str:
    """The words of an unregistered source: no article, no relative clause; for a titled person the name alone.

    >>> [plain_name(words) for words in ("a source with the group", "Turkish President Tayyip Erdogan", "a spokesman, who hid")]
    ['source with the group', 'Tayyip Erdogan', 'spokesman']
    """
    lex = lexicon()
    words = without_short_forms(words)
    tokens = tokenize(words)
    lows = [word.lower() for word in tokens.words]
    last = len(lows)
    for k, low in enumerate(lows):
        if k and low == "(" and short_form(tokens.words[k : k + 3]) and not personal(tokens.words[:k]):
            last = k + 3
            break
        if k and (low in {",", "(", "[", "—", "–", "--", ";"} or low in {"who", "which", "whose"}):
            last = k
            break
        if k and low in {"in", "at", "on"} and k + 1 < len(lows) and lows[k + 1] in {"a", "an", "his", "her", "its", "their"}:
            last = k  # "Assad in an interview"
            break
    first = 0
    named = 0
    while named < last and name_word(tokens.words[named]) and tokens.words[named].lower() not in lex.titles:
        named += 1
    if (
        2 <= named <= 4 and named < last and personal(tokens.words[:named]) and lows[0] not in lex.determiners
    ):  # "X Y the president of the federation"
        office = named + (lows[named] in {"the", "a", "an"})
        if lows[named] in {"of", "from", "with"} and named + 1 < last and lows[named + 1] == "the":
            return words[tokens.starts[0] : tokens.ends[named - 1]]
        if (
            office < last
            and tokens.words[office].islower()
            and (lows[office] in lex.titles or lex.nouns.get(lows[office], ("",))[0] == "person")
        ):
            return words[tokens.starts[0] : tokens.ends[named - 1]]
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


def short_form(words: list[str]) -> bool:
    """ "(LLN)" behind the name of a body: kept, since later tellings use it."""
    return len(words) == 3 and words[2] == ")" and words[1].isupper() and words[1].isalpha() and len(words[1]) > 1


def without_short_forms(words: str) -> str:
    """ "Superintendent of Police (SP) Ali Haddad" without the bracket between office and name."""
    before, _, rest = words.partition(" (")
    short, _, after = rest.partition(") ")
    return f"{before} {after}" if short.isupper() and after[:1].isupper() else words


def person_after(words: list[str], titled: list[int], last: int) -> int | None:
    """Start of the personal name that ends at `last` and follows the titles, or None.

    "an official at the Pentagon" names nobody; "special envoy for Syria James Jeffrey" does: two names after a place.
    """
    k = last
    while k > 0 and name_word(words[k - 1]):
        k -= 1
    start = max([k, *[t + 1 for t in titled if t < last]])
    if start >= last or not (words[start][0].isupper() or words[start].lower().startswith(("al-", "el-"))):
        return None
    after_place = start - 1 not in titled and start and words[start - 1].lower() in {"of", "for", "to", "in", "the"}
    if last - start > 4 or (after_place and last - start >= 3):
        start = last - (3 if words[last - 2].islower() and last - start > 3 else 2)
    elif start - 1 not in titled and start and words[start - 1].islower() and not apposed_name(words, titled, start, last):
        return None
    if personal(words[start:last]):
        return start
    return last - 2 if last - start >= 3 and personal(words[last - 2 : last]) else None


def apposed_name(words: list[str], titled: list[int], start: int, last: int) -> bool:
    """The name `[start, last)` belongs to the title before it, in a text that lost its commas.

    "Inspector General, southern range, Ali Haddad", "a member of the political committee, Ali Haddad"; not "an official in
    downtown Geneva".
    """
    if last - start < 2:
        return False
    if words[start - 1].lower() in lexicon().committees:
        return True
    before = [t for t in titled if t < start]
    return bool(before) and not {word.lower() for word in words[before[-1] : start]} & LINKS


LINKS = frozenset(("of", "for", "to", "in", "the", "at", "with", "from", "and"))


def personal(words: list[str]) -> bool:
    """No word of an office or institution among them."""
    lex = lexicon()
    return not any(word.lower() in lex.nouns or word.lower() in lex.institutions or not name_word(word) for word in words)


def name_word(word: str) -> bool:
    low = word.lower()
    return (
        word[0].isupper()
        or low in {"al", "bin", "ibn", "el", "de", "van", "der", "von", "da", "ould"}
        or low.startswith(("al-", "el-"))
    )
