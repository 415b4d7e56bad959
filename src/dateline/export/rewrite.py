"""A coding with some of its words replaced: the text is cut, and everything that points into it moves along.

Evidence stays true: it reproduces the words of the rewritten report. Names that a record holds beside its evidence (the name of a
participant, of a source, a value of a statement) are replaced as strings, wherever they stand: no field can be forgotten.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from dateline.types import Evidence, Record


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """Code points `[start, end)` of a text give way to `words` (never empty)."""

    start: int
    end: int
    words: str


def joined(cuts: Iterable[Cut]) -> list[Cut]:
    """Cuts in text order without overlap: of two that meet, the longer gives the words, and both ranges go."""
    out: list[Cut] = []
    for cut in sorted(cuts):
        last = out[-1] if out else None
        if last and cut.start < last.end:
            words = cut.words if cut.end - cut.start > last.end - last.start else last.words
            out[-1] = Cut(last.start, max(last.end, cut.end), words)
        else:
            out.append(cut)
    return out


class Rewriter:
    """Rewrites records of one text. `names` are replaced in strings, the longest first, as whole words."""

    def __init__(self, text: str, cuts: Iterable[Cut], names: Mapping[str, str]) -> None:
        self.cuts = joined(cuts)
        self._starts = [cut.start for cut in self.cuts]
        self._growth = [0]
        pieces, at = [], 0
        for cut in self.cuts:
            pieces += [text[at : cut.start], cut.words]
            self._growth.append(self._growth[-1] + len(cut.words) - (cut.end - cut.start))
            at = cut.end
        self.text = "".join([*pieces, text[at:]])
        self._names = dict(names)
        wanted = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
        self._pattern = re.compile(rf"(?<!\w)(?:{wanted})(?!\w)") if wanted else None

    def words(self, text: str) -> str:
        """A string with the names replaced."""
        return self._pattern.sub(lambda found: self._names[found[0]], text) if self._pattern else text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where `[start, end)` stands in the new text; a range that touches a cut takes the whole of its words."""
        return self._edge(start, start, first=True), self._edge(end, end - 1, first=False)

    def _edge(self, edge: int, inside: int, *, first: bool) -> int:
        at = bisect_right(self._starts, inside) - 1
        if at >= 0 and inside < self.cuts[at].end:
            start = self.cuts[at].start + self._growth[at]
            return start if first else start + len(self.cuts[at].words)
        return edge + self._growth[at + 1]

    def value(self, value: Any) -> Any:
        """A record, or a tuple, list, dict or plain value of one, rewritten."""
        if isinstance(value, str):
            return self.words(value)
        if isinstance(value, Evidence):
            start, end = self.span(value.start, value.end)
            return Evidence(start, end, self.text[start:end])
        if isinstance(value, Record):
            return self._record(value)
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, (tuple, list)):
            return type(value)(self.value(item) for item in value)
        return value

    def _record(self, record: Record) -> Record:
        changes = {name: self.value(getattr(record, name)) for name in record.__struct_fields__}
        if "start" in changes and "end" in changes:
            changes["start"], changes["end"] = self.span(changes["start"], changes["end"])
        return msgspec.structs.replace(record, **changes)


class Ranges:
    """A set of ranges `[start, end)`, asked whether one of them meets another range: by bisection, since pages are long."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def meet(self, start: int, end: int) -> bool:
        """Whether `[start, end)` shares a code point with one of the ranges.

        >>> Ranges([(4, 6), (9, 12)]).meet(6, 9), Ranges([(4, 6), (9, 12)]).meet(5, 9)
        (False, True)
        """
        at = bisect_right(self._ends, start)
        return at < len(self._starts) and self._starts[at] < end
