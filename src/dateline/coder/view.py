"""What the coder looks at: one report with everything that was found in it, indexed by token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from dateline.annotate.grammar import Chunk, Grammar
from dateline.annotate.reading import Reading
from dateline.types import Attribution, Figure, Movement, PartyLink, PlaceLink, Timex, Voice

if TYPE_CHECKING:
    from dateline.coder.choices_places import Ground
    from dateline.tagger.tags import Tags

Region = tuple[int, int]  # token range [first, last)
Offsets = tuple[int, int]  # code points [start, end)
T = TypeVar("T")
R = TypeVar("R", PartyLink, PlaceLink, Timex, Figure)


@dataclass(frozen=True)
class Found(Generic[T]):
    """A finder's record with the token range it covers."""

    first: int
    last: int
    record: T
    index: int


@dataclass(slots=True)
class View:
    """A reading with its grammar and the finders' records, each list in text order."""

    reading: Reading
    grammar: Grammar
    parties: list[Found[PartyLink]] = field(default_factory=list)
    places: list[Found[PlaceLink]] = field(default_factory=list)
    times: list[Found[Timex]] = field(default_factory=list)
    figures: list[Found[Figure]] = field(default_factory=list)
    attributions: Sequence[Attribution] = ()
    movements: Sequence[Movement] = ()
    tags: Tags | None = None  # what the tagger says; None: coding by knowledge alone
    voices: dict[int, tuple[Attribution, Voice]] = field(default_factory=dict)  # by attribution, kept by coder/voices.py
    ground: Ground | None = None  # what its places are to the report, kept by coder/choices_places.py
    _spoken: dict[str, dict[int, list[tuple[int, int, int]]]] = field(default_factory=dict)
    _clauses: dict[int, list[Region]] = field(default_factory=dict)
    party_spans: list[Offsets] = field(init=False)  # code points of each mention of `parties`
    chains: list[list[int]] = field(init=False)  # the parties, each as the numbers of its mentions in `parties`
    chains_at: dict[Offsets, set[int]] = field(init=False)  # numbers of the chains with a mention of just these code points

    def __post_init__(self) -> None:
        self.party_spans = [(p.record.start, p.record.end) for p in self.parties]
        chains: dict[int, list[int]] = {}
        for at, party in enumerate(self.parties):
            chains.setdefault(party.record.chain, []).append(at)
        self.chains, self.chains_at = list(chains.values()), {}
        for number, chain in enumerate(self.chains):
            for at in chain:
                self.chains_at.setdefault(self.party_spans[at], set()).add(number)

    def spoken(self, part: str, offset: int) -> list[int]:
        """Indexes of the attributions whose `part` (source, cue or content) holds the code point `offset`."""
        return [index for start, end, index in self.spans_near(part, offset) if start <= offset < end]

    def spans_near(self, part: str, offset: int) -> list[tuple[int, int, int]]:
        """(start, end, attribution) of the `part` spans that touch the sentence of `offset`."""
        if part not in self._spoken:
            table: dict[int, list[tuple[int, int, int]]] = {}
            for index, attribution in enumerate(self.attributions):
                for span in getattr(attribution, part):
                    first, last = (self.reading.sentence_at(at).index for at in (span.start, span.end - 1))
                    for sentence in range(first, last + 1):
                        table.setdefault(sentence, []).append((span.start, span.end, index))
            self._spoken[part] = table
        return self._spoken[part].get(self.reading.sentence_at(offset).index, [])

    def clauses(self, sentence: int, find: Callable[[], list[Region]]) -> list[Region]:
        """The clauses of a sentence, found once."""
        if sentence not in self._clauses:
            self._clauses[sentence] = find()
        return self._clauses[sentence]

    def parties_in(self, region: Region) -> list[Found[PartyLink]]:
        return [p for p in within(self.parties, region) if region[0] <= self.head_of(p) < region[1]]

    def parties_over(self, region: Region) -> list[Found[PartyLink]]:
        """Party mentions that overlap the region."""
        return within(self.parties, region)

    def head_of(self, found: Found[PartyLink]) -> int:
        """Token index of the head word of a party mention."""
        head = found.record.head
        return self.reading.token_at(head.start) if head else found.last - 1

    def places_in(self, region: Region) -> list[Found[PlaceLink]]:
        return within(self.places, region)

    def times_in(self, region: Region) -> list[Found[Timex]]:
        return within(self.times, region)

    def figures_in(self, region: Region) -> list[Found[Figure]]:
        return within(self.figures, region)

    def offsets(self, region: Region) -> tuple[int, int]:
        """Code points `[start, end)` of a token range."""
        return self.reading.starts[region[0]], self.reading.ends[region[1] - 1]

    def words_of(self, region: Region) -> str:
        return " ".join(self.reading.lows[region[0] : region[1]])


def within(found: list[Found[T]], region: Region) -> list[Found[T]]:
    """Records that overlap the token range, in text order."""
    at = bisect_left(found, region[0] - 40, key=lambda f: f.first)
    end = bisect_left(found, region[1], at, min(at + 400, len(found)), key=lambda f: f.first)
    return [f for f in found[at:end] if f.last > region[0]]


def region_of(chunks: Sequence[Chunk]) -> list[Region]:
    return [(c.first, c.last) for c in chunks]


def build_view(
    reading: Reading,
    *,
    parties: Sequence[PartyLink] = (),
    places: Sequence[PlaceLink] = (),
    times: Sequence[Timex] = (),
    figures: Sequence[Figure] = (),
    attributions: Sequence[Attribution] = (),
    movements: Sequence[Movement] = (),
    tags: Tags | None = None,
) -> View:
    """Index the finders' records of one report by token."""

    def indexed(records: Sequence[R]) -> list[Found[R]]:
        rows = []
        for index, record in enumerate(records):
            first, last = reading.tokens_of(record.start, record.end)
            rows.append(Found(first, max(last, first + 1), record, index))
        return sorted(rows, key=lambda f: (f.first, f.last))

    return View(
        reading,
        Grammar(reading),
        indexed(parties),
        indexed(places),
        indexed(times),
        indexed(figures),
        attributions,
        movements,
        tags,
    )
