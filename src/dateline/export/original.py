"""Offsets of a report's text as the user gave it: before `Report.repairs`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

from dateline.types import Report


class OriginalText:
    """The text before repairs, and spans of `Report.text` mapped to it.

    The same mapping as `Report.original`, by bisection: a page with a thousand repairs has some hundred values to map.
    `text[start:end]` of what `span` gives are the words that a reader finds in the file that was handed in.
    """

    def __init__(self, report: Report) -> None:
        repairs = report.repairs
        self.text = report.original_text() if repairs else report.text
        self._repairs = repairs
        self._starts = [repair.start for repair in repairs]
        self._ends = [repair.end for repair in repairs]
        growth = (len(repair.before) - (repair.end - repair.start) for repair in repairs)
        self._growth = list(accumulate(growth, initial=0))

    def span(self, start: int, end: int) -> tuple[int, int]:
        """`[start, end)` of the repaired text as offsets of the original; never empty."""
        if not self._repairs:
            return start, end
        within = bisect_right(self._ends, start)
        first = start + self._growth[within]
        if within < len(self._starts) and self._starts[within] < start:  # inside a repair: the whole damaged piece is meant
            first += self._starts[within] - start
        done = bisect_right(self._ends, end)
        last = end + self._growth[done]
        if done < bisect_left(self._starts, end):
            repair = self._repairs[done]
            last += repair.start + len(repair.before) - end
        return self._at_least_one(first, last)

    def _at_least_one(self, start: int, end: int) -> tuple[int, int]:
        """Words that a repair put in have no place of their own in the original: the character beside stands for them."""
        if start < end:
            return start, end
        start = max(0, min(start, len(self.text) - 1))
        return start, start + 1

    def quote(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.text[first:last]
