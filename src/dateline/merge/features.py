"""What merging compares of an event: a small record of numbers and keys, so that a million events fit into memory."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from math import log
from sys import intern

import msgspec

from dateline.knowledge import rules, table
from dateline.types import Count, Event, Participant, Place, Report

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s|\n")
WORDS_KEPT = 14  # most distinctive words of an event
RARE = 4.0  # weight from which on a word can bring two events together that are placed apart
RARE_KEPT = 5
TELLING = 3.0  # weight from which on the name of a place is not that of a whole war's city
STORY_KEPT = 24  # words that say what a whole report is about
STORY_FEWEST = 16  # a text of fewer tells nothing beside its event
THEME = 10  # the first of them: they bring events of two reports together
FIGURES_KEPT = 3  # a toll, and one that grew or that is a part of it
LEAD = 350  # characters of headline and first sentences
REACH = 400  # characters of a sentence on each side of the trigger
NO_DAY = 0
PRECISE = frozenset({"site", "neighbourhood", "town"})
LONG_DAYS = 10  # a wider range of days is long: compared by month, not by day
WIDE_KM = 30.0  # a larger radius is wide: compared by country, not by cell


class Features(msgspec.Struct, frozen=True, gc=False):
    """One event for comparing. Days are ordinals (0: not told); `families` are letters; party keys are ids, names or sides."""

    event_id: str
    report_id: str
    doc_id: str
    name: str
    published: str
    families: str
    type: str
    sub_type: str
    happened: bool  # occurred or ongoing; else attempted, foiled, threatened, planned, hypothetical
    foreground: bool
    first: int = NO_DAY
    last: int = NO_DAY
    inferred: bool = False
    lat: float | None = None
    lon: float | None = None
    radius: float = 0.0
    country: str = ""
    place: str = ""
    precise: bool = False  # site, neighbourhood or town
    named: frozenset[str] = frozenset()  # actors with a name of their own
    sides: frozenset[str] = frozenset()  # kind and country of actors
    targets: frozenset[str] = frozenset()  # keys and sides of targets
    weapons: frozenset[str] = frozenset()
    killed: tuple[tuple[int, int], ...] = ()  # bounds, the first one told first; an open high is -1
    injured: tuple[tuple[int, int], ...] = ()
    words: frozenset[str] = frozenset()
    rare: frozenset[str] = frozenset()  # the rarest of them
    lead: bool = False  # told in the report's headline or first sentences
    story: tuple[str, ...] = ()  # words that say what the whole report is about, the most telling first
    posted: int = NO_DAY  # day of publication
    province: str = ""
    named_place: frozenset[str] = frozenset()  # words of the place's name that few reports tell
    own_name: bool = False  # that name is one of a town or a part of it, known to the gazetteer or not
    pieces: int = 0  # of evidence: how much the report tells of it
    again: bool = False  # the report tells it more fully as another event

    @property
    def short(self) -> bool:
        return self.first != NO_DAY and self.last - self.first <= LONG_DAYS

    @property
    def narrow(self) -> bool:
        return self.lat is not None and self.radius <= WIDE_KM

    @property
    def launch(self) -> bool:
        """A test or show of missiles: told by where it started, what it flew over or where it fell."""
        return self.type == "Strategic developments" and "missile" in self.weapons


def make_features(report: Report, report_id: str, event: Event, event_id: str) -> Features:
    posted = ordinal(report.published.day) if report.published.day else NO_DAY
    first, last = days_of(event)
    if opens_with_weekday(event, first, last, posted):
        last = posted + 1
    place = event.where.place if event.where else None
    words = distinctive(telling(report, event))
    located = place is not None and place.lat is not None and place.lon is not None
    return Features(
        event_id,
        report_id,
        report.doc_id,
        event.id,
        report.published.day or "",
        families_of(event.type, event.sub_type, deadly=bool(bounds(event.figures, "killed"))),
        intern(event.type),
        intern(event.sub_type),
        event.status in ("occurred", "ongoing"),
        event.foreground,
        first,
        last,
        bool(event.when and event.when.inferred),
        place.lat if place and located else None,
        place.lon if place and located else None,
        place.radius_km if place else 0.0,
        intern(place.country or "") if place else "",
        intern(place_key(place)) if place else "",
        bool(place and place.precision in PRECISE),
        frozenset(intern(key) for party in event.actors if (key := name_key(party))),
        frozenset(intern(side_key(party)) for party in event.actors),
        frozenset(intern(key) for party in event.targets for key in (name_key(party), side_key(party)) if key),
        frozenset(intern(weapon.kind) for weapon in event.weapons),
        bounds(event.figures, "killed"),
        bounds(event.figures, "injured"),
        words,
        frozenset(sorted((word for word in words if weight(word) >= RARE), key=lambda word: (-weight(word), word))[:RARE_KEPT]),
        event.trigger[0].start < LEAD,
        story_of(report.title or "", report.text),
        posted,
        intern(f"{place.country} {place.admin1}") if place and place.admin1 else "",
        frozenset(intern(word) for word in words_of(place.name) if weight(word) >= TELLING) if place else frozenset(),
        bool(place and (place.precision in PRECISE or not place.geonameid)),
        pieces_of(event),
    )


def pieces_of(event: Event) -> int:
    """Pieces of evidence of an event: its trigger words, figures, parties and weapons."""
    parties = sum(len(party.evidence) for party in (*event.actors, *event.targets))
    figures = sum(len(count.evidence) for count in event.figures)
    return len(event.trigger) + parties + figures + sum(len(weapon.evidence) for weapon in event.weapons)


@cache
def family_letters() -> dict[str, str]:
    return {row["type"]: row["families"] for row in table("merge_families")}


def families_of(type: str, sub_type: str, *, deadly: bool = False) -> str:
    """Letters of the families that an event may be compared in; the finer row (type/sub-type) goes before the type's own.

    A strategic development (an arrest, a movement) that killed people is compared with violence, too: it may be told as both.
    """
    letters = family_letters()
    found = letters.get(f"{type}/{sub_type}") or letters.get(type, "?")
    return found + "v" if deadly and "v" not in found and type == "Strategic developments" else found


def split_type(value: str) -> tuple[str, str]:
    """Type and sub-type of "Explosions/Remote violence/Air/drone strike": both may hold a slash.

    >>> split_type("Explosions/Remote violence/Air/drone strike")
    ('Explosions/Remote violence', 'Air/drone strike')
    """
    known = max((name for name in family_letters() if value.startswith(f"{name}/") and value != name), key=type_rank, default="")
    return (known, value[len(known) + 1 :]) if known else (value.partition("/")[0], value.partition("/")[2])


def type_rank(name: str) -> int:
    """Types before type/sub-type rows: the shortest name that fits is the type."""
    return -len(name)


@lru_cache(maxsize=4096)
def ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def days_of(event: Event) -> tuple[int, int]:
    """First and last day; an open side takes the other; (0, 0) when none is told."""
    when = event.when
    if when is None or not (when.earliest or when.latest):
        return NO_DAY, NO_DAY
    first, last = ordinal(when.earliest or when.latest or ""), ordinal(when.latest or when.earliest or "")
    return min(first, last), max(first, last)


def opens_with_weekday(event: Event, first: int, last: int, posted: int) -> bool:
    """Whether a report opens with news of a weekday that is six days past, or the next day, where clocks are ahead of its own."""
    when = event.when
    if when is None or posted == NO_DAY or not first == last == posted - 6 or event.trigger[0].start >= LEAD:
        return False
    return any(weekdays().intersection(words_of(words.quote)) for words in when.evidence)


def place_key(place: Place) -> str:
    return f"g{place.geonameid}" if place.geonameid else " ".join(words_of(place.name))


def words_of(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def name_key(party: Participant) -> str:
    """Key of a party that has a name of its own; "" for descriptions ("rebels", "people")."""
    if party.actor_id:
        return party.actor_id
    own = [word for word in WORD.findall(party.name) if word[0].isupper() and word.lower() not in plain_words()]
    return " ".join(sorted({word.lower() for word in own}))


@cache
def plain_words() -> frozenset[str]:
    """Words that are no name even with a capital."""
    return frozenset(rules("merge")["plain_words"].split())


@cache
def weekdays() -> frozenset[str]:
    return frozenset(rules("merge")["weekdays"].split())


def side_key(party: Participant) -> str:
    """What sort of party: kind and country, government and its forces being one side."""
    side = {"state force": "state", "government": "state", "external force": "state"}.get(party.kind, party.kind)
    return f"{side}/{party.country or ''}" if side == "state" else side


def bounds(counts: Iterable[Count], measure: str) -> tuple[tuple[int, int], ...]:
    """Bounds of the figures of a measure told of this event alone: the first one told, then the largest; open highs are -1."""
    told = sorted((count for count in counts if fits(count, measure)), key=lambda count: count.evidence[0].start)
    found = dict.fromkeys((count.low or 0, -1 if count.high is None else count.high) for count in told)
    first, others = list(found)[:1], list(found)[1:]
    return (*first, *sorted(others, reverse=True)[: FIGURES_KEPT - 1])


def fits(count: Count, measure: str) -> bool:
    return count.measure == measure and count.about is None and count.unit == "person"


# ---- distinctive words ----------------------------------------------------------------------------------------------


def telling(report: Report, event: Event) -> str:
    """The sentences of the trigger words; without the report's text the quotes of the event."""
    if not report.text:
        pieces = [event.trigger, event.when.evidence if event.when else ()]
        pieces += [party.evidence for party in (*event.actors, *event.targets)]
        pieces += [count.evidence for count in event.figures]
        return " ".join(dict.fromkeys(words.quote for piece in pieces for words in piece))
    spans = dict.fromkeys(sentence_around(report.text, words.start, words.end) for words in event.trigger[:3])
    return " ".join(report.text[start:end] for start, end in spans)


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """Bounds of the sentence around a span, at most REACH characters on each side."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    begin = low
    for stop in SENTENCE_END.finditer(text, low, start):
        begin = stop.end()
    after = SENTENCE_END.search(text, end, high)
    return begin, after.start() + 1 if after else high


@cache
def word_weights() -> dict[str, float]:
    """Weight of common words (ln of documents per document with the word), from knowledge; other words weigh `rare_weight`."""
    return {row["word"]: float(row["weight"]) for row in table("merge_words")}


@lru_cache(maxsize=200_000)
def weight(word: str) -> float:
    return word_weights().get(word, 6.0)


def distinctive(text: str) -> frozenset[str]:
    """The rarest words of a telling, numbers included."""
    found = {word for word in words_of(text) if len(word) > 2 or word.isdigit()}
    ranked = sorted(found, key=lambda word: (-weight(word), word))
    return frozenset(intern(word) for word in ranked[:WORDS_KEPT] if weight(word) > 1.0)


@lru_cache(maxsize=8)  # the events of one report come one after the other
def story_of(title: str, text: str) -> tuple[str, ...]:
    """The most telling words of a report, by how rare they are and how often told; () for a text of few words."""
    counts = Counter(word for word in words_of(f"{title}\n{text}") if (len(word) > 2 or word.isdigit()) and weight(word) > 1.0)
    if len(counts) < STORY_FEWEST:
        return ()
    ranked = sorted(counts, key=lambda word: (-weight(word) * (1 + log(counts[word])), word))[:STORY_KEPT]
    return tuple(map(intern, ranked))


@lru_cache(maxsize=100_000)
def weight_of(words: frozenset[str] | tuple[str, ...]) -> float:
    return sum(map(weight, words))


def likeness(a: frozenset[str] | tuple[str, ...], b: frozenset[str] | tuple[str, ...]) -> float:
    """Share of the weight of the smaller set that both have, 0 to 1."""
    common = set(a).intersection(b)
    if not common:
        return 0.0
    shared = sum(map(weight, common))
    return shared / max(1.0, min(weight_of(a), weight_of(b)))
