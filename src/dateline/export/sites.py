"""Places of shelter, treatment and living: their names leave the text, and events there are told at district level.

The nouns stand in `knowledge/export_sensitive.tsv`. "Al-Noor hospital" and "the camp of Dar Zayd" lose their names wherever they
stand. An event is *at* such a place when the words of its place or of a target name one, or when the sentence of its trigger
tells that it happened in, at or to one ("shot dead at his home").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from dateline.annotate.reading import Reading
from dateline.export.rewrite import Cut, Ranges
from dateline.export.tables import word_set
from dateline.knowledge import table
from dateline.types import Coding, Event, Place

FINE = frozenset(("site", "neighbourhood"))
AT = word_set("at")
LINKS = frozenset(("of", "named", "called"))
STEPS = 5  # words between "at" and the noun: "at his family's two-storey home"


@dataclass(frozen=True, slots=True)
class Noun:
    """A row of the table: what stands instead, what kind of place, and whether it is sensitive without a name (yes, fine, no)."""

    kind: str
    words: str
    bare: str


@dataclass(frozen=True, slots=True)
class Site:
    """A sensitive place in the text: tokens of its noun `[at, last)`, the words of its name, if any, and the noun's row."""

    at: int
    last: int
    noun: Noun
    name: tuple[int, int] | None = None  # code points of the whole phrase, where it has a name
    speaks: bool = False

    def words(self) -> str:
        return f"[{self.noun.words}]"


@cache
def sensitive() -> dict[str, list[tuple[tuple[str, ...], Noun]]]:
    """First word of a noun to its further words and its row, longest first."""
    index: dict[str, list[tuple[tuple[str, ...], Noun]]] = {}
    for row in table("export_sensitive"):
        first, *rest = row["noun"].split()
        index.setdefault(first, []).append((tuple(rest), Noun(row["kind"], row["words"], row["bare"])))
    for found in index.values():
        found.sort(key=lambda entry: -len(entry[0]))
    return index


@cache
def harmless() -> frozenset[str]:
    return frozenset(row["word"] for row in table("export_not_sensitive"))


def find_sites(reading: Reading, coding: Coding) -> list[Site]:
    """All sensitive places of a text, in its order. `speaks`: it stands in the words of a source ("doctors at the hospital")."""
    found: list[Site] = []
    speech = Ranges((span.start, span.end) for attribution in coding.attributions for span in attribution.source)
    for at, low in enumerate(reading.lows):
        for rest, noun in sensitive().get(low, ()):
            last = at + 1 + len(rest)
            if tuple(reading.lows[at + 1 : last]) == rest and not (found and found[-1].last > at):
                if not (at and reading.lows[at - 1] in harmless()):
                    speaks = speech.meet(reading.starts[at], reading.ends[last - 1])
                    found.append(Site(at, last, noun, name_of(reading, at, last), speaks))
                break
    return found


def name_of(reading: Reading, at: int, last: int) -> tuple[int, int] | None:
    """Code points of a phrase with a name: "Marwa General hospital", "the camp of Dar Zayd", "Camp Ashraf"; None without one."""
    sentence = reading.sentences[reading.sentence_of[at]]
    first, end = at, last
    while first > sentence.first and named(reading, first - 1) and first - 1 > sentence.first:
        first -= 1
    if first - 1 == sentence.first and named(reading, first - 1) and reading.lows[first - 1] not in ("the", "a", "an"):
        first -= 1
    ahead = last + 1 if last < sentence.last and reading.lows[last] in LINKS else last
    while ahead < sentence.last and named(reading, ahead):
        ahead += 1
        end = ahead
    if (first, end) == (at, last):
        return None
    if first > sentence.first and reading.lows[first - 1] in ("the", "a", "an"):
        first -= 1
    return reading.starts[first], reading.ends[end - 1]


def named(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return (word[0].isupper() or word[:3] in ("al-", "el-")) and word[0].isalpha() and not reading.upper


def site_cuts(sites: Sequence[Site]) -> Iterator[Cut]:
    """Cuts that take the names of sensitive places out of the text."""
    for site in sites:
        if site.name:
            yield Cut(*site.name, site.words())


def site_names(sites: Sequence[Site], reading: Reading) -> dict[str, str]:
    """Names of sensitive places as strings, with and without article, and what stands instead."""
    names: dict[str, str] = {}
    for site in sites:
        if site.name:
            told = reading.text[slice(*site.name)]
            bare = told.split(" ", 1)[1] if told.split(" ", 1)[0].lower() in ("the", "a", "an") else told
            names |= {told: site.words(), bare: site.words()}
    return names


def is_sensitive(event: Event, reading: Reading, sites: Sequence[Site]) -> bool:
    """Whether an event happened at, in or to a sensitive place."""
    if event.where is None or event.where.place.precision in ("district", "province", "country", "region"):
        return False
    place = event.where.place
    told = [(words.start, words.end) for words in event.where.evidence]
    told += [(words.start, words.end) for party in event.targets for words in party.evidence]
    where = Ranges(told)
    triggers = [reading.sentence_at(words.start).index for words in event.trigger]
    for site in sites:
        start, end = reading.starts[site.at], reading.ends[site.last - 1]
        if site.speaks or not counts(site, place, event):
            continue
        if where.meet(start, end) or (reading.sentence_of[site.at] in triggers and struck(reading, site)):
            return True
    return any(word in sensitive() for word in place.name.lower().split()) and place.name.split()[-1].lower() not in harmless()


def counts(site: Site, place: Place, event: Event) -> bool:
    """Homes that people fled are no place of the event; homes in the plural tell no place finer than the town."""
    if site.noun.kind == "home" and event.type == "Displacement":
        return False
    return site.noun.bare == "yes" or site.name is not None or place.precision in FINE


def struck(reading: Reading, site: Site) -> bool:
    """Whether a word such as "at", "inside" or "hit" leads to the noun, within a few words and the same sentence."""
    sentence = reading.sentences[reading.sentence_of[site.at]]
    first = max(sentence.first, site.at - STEPS)
    for at in range(site.at - 1, first - 1, -1):
        if reading.words[at] in ",;:":
            return False
        if reading.lows[at] in AT:
            return True
    return False
