"""Cuts a report's pieces into overlapping windows, and says which window is asked about which piece."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

Range = tuple[int, int]
ROOM = 254  # pieces in a window, beside the two marks of the encoder
OVERLAP = 48


def cut(count: int, room: int = ROOM, overlap: int = OVERLAP) -> list[Range]:
    """Windows `[first, last)` over `count` pieces: as few as `room` allows, equally long, evenly spread, no longer than they need
    to be to overlap by `overlap`; one where they fit into `room`.

    >>> cut(10), cut(12, 8, 2), cut(9, 8, 2)
    ([(0, 10)], [(0, 7), (5, 12)], [(0, 6), (3, 9)])
    """
    if count <= room:
        return [(0, count)] if count else []
    number = -(-(count - overlap) // (room - overlap))
    size = -(-(count + (number - 1) * overlap) // number)
    return [(start, start + size) for start in (i * (count - size) // (number - 1) for i in range(number))]


def owners(windows: Sequence[Range]) -> list[Range]:
    """For each window the pieces it answers for: between the middles of its overlaps.

    >>> owners([(0, 8), (4, 12)])
    [(0, 6), (6, 12)]
    """
    edges = [(a[1] + b[0]) // 2 for a, b in pairwise(windows)]
    return list(zip([windows[0][0], *edges], [*edges, windows[-1][1]], strict=True)) if windows else []


def pieces_of(starts: Sequence[int], ends: Sequence[int], start: int, end: int) -> Range:
    """Pieces that overlap the code points `[start, end)`; empty (equal ends) where there is none."""
    return bisect_right(ends, start), bisect_left(starts, end)
