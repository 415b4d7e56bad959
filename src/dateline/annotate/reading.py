"""A report as words and sentences: the working view that every finder reads.

A `Reading` is made once per report and passed from step to step. It is a view, not a record: it holds nothing that
cannot be computed again from the report and the knowledge files.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property

from dateline.knowledge import wordlists
from dateline.types import Evidence, Report, Segment, SegmentKind

# One alternative per kind of token; no nested repetition, so the scan is linear.
TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}"  # U.S., a.m.
    r"|[#@]?[^\W\d_]+\d*"  # words, M16
    r"|\d+(?:st|nd|rd|th)\b"
    r"|\d[\d.,:/]*\d|\d"  # 1,200 3.6 10:30 12/03/2020
    r"|['’](?:s|S|ll|re|ve|d|m|t)\b"
    r"|[-–—]{1,3}|\.{2,}|\s|.",
    re.DOTALL,
)
JOINER = {"-", "‑", "‐", "'", "’", "`", "ʿ", "ʼ"}
APOSTROPHE_ENDINGS = {"s", "ll", "re", "ve", "d", "m", "t"}
FEW_WORDS = 40  # of a text that may have no capitals by chance
FEW_CAPITALS = 0.045  # share of words with a capital below which a text has none of its own: a line put above it may have some
WORDS = wordlists("reading")
ABBREVIATIONS = WORDS["abbreviations"]
STARTERS = WORDS["starters"]
CAPITAL_STARTERS = WORDS["capital_starters"]
CLOSERS = frozenset("\"'”’)]»")


@dataclass(slots=True, frozen=True)
class Sentence:
    """Tokens `[first, last)` of a reading, with the kind of segment they stand in and the paragraph's number."""

    index: int
    first: int
    last: int
    kind: SegmentKind
    paragraph: int


@dataclass(slots=True)
class Tokens:
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)  # white space before each token


def tokenize(text: str, start: int = 0, end: int | None = None) -> Tokens:
    """Split `text[start:end]` into tokens with their offsets.

    Hyphenated words stay one token ("Turkish-backed", "al-Bab"); the possessive "'s" is a token of its own.

    >>> tokenize("Al-Bab's U.S.-run base, 3.6 km off.").words
    ['Al-Bab', "'s", 'U.S.-run', 'base', ',', '3.6', 'km', 'off', '.']
    """
    stop = len(text) if end is None else end
    starts: list[int] = []
    ends: list[int] = []
    for match in TOKEN.finditer(text, start, stop):
        at, to = match.span()
        char = text[at]
        if char.isspace():
            continue
        if ends and ends[-1] == at:
            joint = text[starts[-1]] if ends[-1] - starts[-1] == 1 else ""  # the token before, where it is one sign
            sign = to - at == 1 and char in JOINER and wordlike(text[at - 1])
            if joint in JOINER and not sign and wordlike(char) and len(starts) > 1 and ends[-2] == starts[-1]:
                if joint in "'’" and text[at:to].lower() in APOSTROPHE_ENDINGS:
                    ends[-1] = to  # "'D"
                else:  # only offsets are joined: the words are cut out once, at the end
                    starts.pop()
                    ends[-2:] = [to]
                continue
        starts.append(at)
        ends.append(to)
    words = [text[at:to] for at, to in zip(starts, ends, strict=True)]
    gaps = [text[end_before:at] for end_before, at in zip([start, *ends], starts, strict=False)]
    return Tokens(words, starts, ends, gaps)


def wordlike(char: str) -> bool:
    return char.isalnum() or char == "."


class Reading:
    """Words, sentences and structure of one report.

    words / lows      tokens as told / lower-cased            starts / ends   their code-point offsets
    sentences         in text order, never across segments    upper           True for all-capitals wires
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.text
        tokens = tokenize(self.text)
        self.words, self.starts, self.ends, self.gaps = tokens.words, tokens.starts, tokens.ends, tokens.gaps
        self.lows = [word.lower() for word in self.words]
        letters = sum(word.isalpha() for word in self.words)
        self.upper = letters > 0 and sum(word.isupper() for word in self.words if word.isalpha()) > 0.6 * letters
        capitals = sum(word[0].isupper() for word in self.words)
        self.lower = letters > FEW_WORDS and capitals < FEW_CAPITALS * letters
        self.wrapped = hard_wrapped(self.text)
        self.sentences = self._split(report.segments or (Segment("body", 0, max(1, len(self.text))),))
        self.sentence_of = [0] * len(self.words)
        for sentence in self.sentences:
            self.sentence_of[sentence.first : sentence.last] = [sentence.index] * (sentence.last - sentence.first)

    def __len__(self) -> int:
        return len(self.words)

    def evidence(self, first: int, last: int) -> Evidence:
        """Tokens `[first, last)` as evidence."""
        return self.report.evidence(self.starts[first], self.ends[last - 1])

    def token_at(self, offset: int) -> int:
        """Index of the token that holds or follows the code point `offset` (may be `len(self)`)."""
        return bisect_right(self.ends, offset)

    def tokens_of(self, start: int, end: int) -> tuple[int, int]:
        """Token range `[first, last)` that overlaps the code points `[start, end)`."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the code point `offset`."""
        return self.sentences[self.sentence_of[min(self.token_at(offset), len(self.words) - 1)]]

    @property
    def caseless(self) -> bool:
        """True where capitals say nothing."""
        return self.upper or self.lower

    @cached_property
    def coded(self) -> list[Sentence]:
        """Sentences that are part of the report: page furniture is left out."""
        return [s for s in self.sentences if s.kind != "furniture"]

    def _split(self, segments: tuple[Segment, ...]) -> list[Sentence]:
        sentences: list[Sentence] = []
        paragraph = 0
        for segment in segments:
            first, last = bisect_left(self.starts, segment.start), bisect_left(self.starts, segment.end)
            begin = first
            for at in range(first, last):
                ends_here = at + 1 == last
                new_paragraph = not ends_here and self._breaks(self.gaps[at + 1])
                if ends_here or new_paragraph or self._stops(begin, at, last):
                    sentences.append(Sentence(len(sentences), begin, at + 1, segment.kind, paragraph))
                    begin = at + 1
                paragraph += new_paragraph
            paragraph += 1
        return sentences

    def _breaks(self, gap: str) -> bool:
        lines = gap.count("\n")
        return lines > 1 or (lines == 1 and not self.wrapped)

    def _stops(self, begin: int, at: int, last: int) -> bool:
        word = self.words[at]
        if word in CLOSERS:  # a closing quote after the stop belongs to the sentence
            return at > begin and self.words[at - 1] in ".!?" and self._opens(at + 1, last)
        if word[-1] not in ".!?" or at + 1 >= last:
            return False
        if self.words[at + 1] in CLOSERS and self.starts[at + 1] == self.ends[at]:
            return False  # decided at the closer
        if not self.gaps[at + 1] and not (
            self.words[at + 1][0].isupper() and at > begin and len(self.words[at - 1]) > 3 and not self.upper
        ):
            return False
        if word == "." and at > begin:
            before = self.lows[at - 1]
            if before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
                return False
        if len(word) > 1 and word[-1] == "." and word[0].isalpha():  # U.S. ends a sentence only before a clear start
            return self.lows[at + 1] in (CAPITAL_STARTERS if self.upper else STARTERS) and self.words[at + 1][0].isupper()
        return self._opens(at + 1, last)

    def _opens(self, at: int, last: int) -> bool:
        if at >= last:
            return True
        word = self.words[at]
        return self.lower or word[0].isupper() or word[0].isdigit() or not word[0].isalnum() or word[:3] in {"al-", "el-"}


def hard_wrapped(text: str) -> bool:
    """True when line breaks are those of a narrow column (old wires), not of paragraphs."""
    lines = [len(line) for line in text.split("\n")]
    full = [n for n in lines if n > 0]
    return len(full) >= 4 and sum(45 <= n <= 90 for n in full) > 0.6 * len(full) and max(full) <= 100
