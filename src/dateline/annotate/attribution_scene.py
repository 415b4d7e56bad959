"""What every attribution scan needs: the words of a report with their quotations, and the attribution in the making.

Token ranges are half-open.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dateline.annotate.attribution_lexicon import Lexicon, Verb
from dateline.annotate.attribution_quotes import MARKS, Quote, find_quotes
from dateline.annotate.reading import Reading, Sentence
from dateline.resolve.countries import country_of
from dateline.types import Stance

if TYPE_CHECKING:
    from dateline.resolve.sources import Index

Range = tuple[int, int]
STOPS = frozenset(",;:.!?()[]—–…") | {"--", "...", "-"} | MARKS
RELATIVES = frozenset(["who", "which", "that", "whose", "whom", "where"])
JOINERS = frozenset(("and", "or", "but", "&"))
REACH = 45  # words a source may span to the left of its cue
IRREGULAR_ED = frozenset(["need", "indeed", "hundred", "red", "bed", "shed", "seed", "speed", "feed", "breed", "united"])


@dataclass(slots=True)
class Found:
    """An attribution in the making: token ranges, to be named and nested later."""

    cue: Range
    verb: Verb
    sentence: int
    stance: Stance
    source: list[Range] = field(default_factory=list)
    content: list[Range] = field(default_factory=list)
    core: Range | None = None  # the noun phrase of the source without appositions: what names it
    elided: bool = False  # the subject is that of an earlier cue in the sentence
    certainty: str | None = None
    addressee: Range | None = None
    through: Range | None = None  # "citing a military source"
    report: bool = False  # the author's own voice


class Scene:
    """A reading with its quotations: what every scan needs."""

    def __init__(self, reading: Reading, lex: Lexicon, sources: Index | None = None) -> None:
        self.reading, self.lex, self.sources = reading, lex, sources
        self.lows, self.words = without_abbreviation_stops(reading), reading.words
        self.quotes = find_quotes(reading)
        self.quote_of = [-1] * len(self.words)
        for number, quote in enumerate(self.quotes):
            self.quote_of[quote.first : quote.last] = [number] * (quote.last - quote.first)

    @cached_property
    def country(self) -> str | None:
        """The country that the report names most (alpha-3), in words of its own or of its people; None where two are level."""
        told = Counter(found for word in self.words if word[0].isupper() and (found := country_of(word)))
        first, second = [*told.most_common(2), ("", 0), ("", 0)][:2]
        return first[0] if first[1] > second[1] else None

    def quote_ending(self, at: int) -> Quote | None:
        """The quotation whose last token is `at`."""
        number = self.quote_of[at] if 0 <= at < len(self.words) else -1
        return self.quotes[number] if number >= 0 and self.quotes[number].last == at + 1 else None

    def quote_starting(self, at: int) -> Quote | None:
        """The quotation whose first token is `at`."""
        number = self.quote_of[at] if 0 <= at < len(self.words) else -1
        return self.quotes[number] if number >= 0 and self.quotes[number].first == at else None

    def verb_like(self, at: int) -> bool:
        """A finite verb, as far as the form alone can tell."""
        low, word = self.lows[at], self.words[at]
        if low in self.lex.auxiliaries:
            return low not in {"'s", "’s", "been", "being", "having", "be"}
        if low in self.lex.verbs:
            return at == 0 or self.lows[at - 1] not in self.lex.determiners
        if low.endswith("ed") and "-" not in low and len(low) > 4 and low not in IRREGULAR_ED:
            if word[0].isupper() and not self.reading.upper:
                return False
            return at == 0 or self.lows[at - 1] not in self.lex.determiners
        form = self.lex.forms.get(low)
        return form is not None and form.shape in {"past", "both"} and not form.verbs[0].rest

    def has_verb(self, first: int, last: int) -> bool:
        return any(self.verb_like(at) for at in range(first, last))

    def matches(self, at: int, end: int, phrases: dict[str, tuple[tuple[str, ...], ...]]) -> int:
        """Length in tokens of the longest phrase that stands at `at`, or 0."""
        if at >= end:
            return 0
        for phrase in phrases.get(self.lows[at], ()):
            if at + len(phrase) <= end and tuple(self.lows[at : at + len(phrase)]) == phrase:
                return len(phrase)
        return 0


def without_abbreviation_stops(reading: Reading) -> list[str]:
    """Lower-cased words in which a full stop inside a sentence ("Mr.", "Gen.") is no stop but a middle dot."""
    lows = list(reading.lows)
    for sentence in reading.sentences:
        for at in range(sentence.first + 1, sentence.last - 1):
            if lows[at] == "." and not reading.gaps[at] and lows[at - 1].isalpha():
                lows[at] = "·"
            elif lows[at][:2] in {"''", "``"}:
                lows[at] = lows[at].lstrip("'`") or lows[at]
    return lows


def time_at(scene: Scene, at: int, end: int) -> int:
    """Tokens of a time adverbial at `at` ("on Friday", "late on 3 May", "earlier this week"), or 0."""
    lows, lex = scene.lows, scene.lex
    k = at
    while (
        k < end
        and lows[k]
        in {"late", "early", "earlier", "later", "last", "this", "on", "in", "at", "the", "same", "next", "back", "since"}
        and k - at < 4
    ):
        k += 1
    if k >= end or not (lows[k] in lex.times or (lows[k][0].isdigit() and k > at and lows[k - 1] in {"on", "in", "at"})):
        return 0 if not (k < end and lows[k][0].isdigit() and k + 1 < end and lows[k + 1] in lex.months) else k + 2 - at
    if (
        k == at
        and lows[k] in {"may", "march", "week", "month", "year", "day", "night", "morning", "evening", "afternoon", "noon"}
        and not (k + 1 < end and lows[k + 1][0].isdigit())
    ):
        return 0
    while k < end and (lows[k] in lex.times or lows[k][0].isdigit()):
        k += 1
        if k + 1 < end and lows[k] == "," and lows[k + 1][0].isdigit() and len(lows[k + 1]) == 4:
            k += 2
    return k - at


def sentence_end(scene: Scene, sentence: Sentence) -> int:
    """Last token of the sentence that can be content: the final stop is left out, a closing quotation mark stays."""
    end = sentence.last
    while end > sentence.first and scene.lows[end - 1] in {".", ";", ":", "…"}:
        end -= 1
    return end
