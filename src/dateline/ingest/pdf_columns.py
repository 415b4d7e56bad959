"""Lines of a PDF page in reading order: columns one after the other, rows of tables as rows, boxes after the text beside them.

Columns are told by the white between them (recursive cuts along it). Coordinates are points from the page's upper left corner.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

PROSE = 16  # characters: lines of columns are at least so long; cells of tables are shorter
LONG, SHORT = 45, 6  # characters: mean of prose beside a box, and of the lines in a box
GUTTER = 0.7  # of the letter size: columns are at least so far apart


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line: its words and where they stand; `size` is that of its letters, `base` the line they stand on.

    `down` is where on the page it stands, from 0 (the upper edge of the paper) to 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    base: float
    down: float


def columns(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines in reading order, in groups that are set as one column: what spans the page parts what stands in columns."""
    bands = rows(lines)
    at = 0
    while at < len(bands):
        split = widest(bands, at)
        if split is None:
            end = at + 1
            while end < len(bands) and widest(bands, end) is None:
                end += 1
            yield [whole for band in bands[at:end] for whole in merged(band)]
            at = end
        else:
            end, middle = split
            part = [line for band in bands[at:end] for line in band]
            for side in ([p for p in part if p.right <= middle], [p for p in part if p.right > middle]):
                yield from columns(side)
            at = end


def rows(lines: list[Line]) -> list[list[Line]]:
    """Lines that share some height, from top to bottom."""
    bands: list[list[Line]] = []
    bottom = -1.0
    for line in sorted(lines, key=lambda item: (item.top, item.left)):
        if bands and line.top < bottom - 0.35 * min(line.bottom - line.top, bottom - bands[-1][0].top):
            bands[-1].append(line)
            bottom = max(bottom, line.bottom)
        else:
            bands.append([line])
            bottom = line.bottom
    return bands


def widest(bands: list[list[Line]], at: int) -> tuple[int, float] | None:
    """The longest run of rows from `at` with a gutter down its length: its end, and where the gutter lies."""
    best: tuple[int, float, bool] | None = None
    covered: list[tuple[float, float]] = []
    part: list[Line] = []
    for end in range(at, min(len(bands), at + 400)):
        part += bands[end]
        covered = union(covered, [(line.left, line.right) for line in bands[end]])
        if len(covered) == 1 and end > at and best is None and len(bands[at]) == 1:
            width = covered[0][1] - covered[0][0]
            if bands[at][0].right - bands[at][0].left > 0.6 * width:
                return None  # begins with a line over the full width
        gutter = gutter_of(covered, part)
        if gutter is not None:
            best = end + 1, *gutter
        elif best is not None and len(covered) == 1:
            break
    if best is None:
        return None
    end, middle, box = best
    if box:
        end = below_box(bands, at, end, middle)
    elif end < len(bands):
        end = below_columns(bands, at, end, middle)
    return end, middle


def below_box(bands: list[list[Line]], at: int, end: int, middle: float) -> int:
    """Where the box ends: what stands below it is no column beside it."""
    left = [n for n in range(at, end) if any(p.right <= middle for p in bands[n])]
    right = [n for n in range(at, end) if any(p.right > middle for p in bands[n])]
    return min(left[-1], right[-1]) + 1


def below_columns(bands: list[list[Line]], at: int, end: int, middle: float) -> int:
    """Where columns end that something over the full width follows: its heading, or the head of a table, is theirs no more."""
    parts: list[list[int]] = [[at]]
    bottom = max(p.bottom for p in bands[at])
    for n in range(at + 1, end):
        if min(p.top for p in bands[n]) - bottom > bands[n][0].size:
            parts.append([])
        parts[-1].append(n)
        bottom = max(bottom, *(p.bottom for p in bands[n]))
    while len(parts) > 1:
        lines = [p for n in parts[-1] for p in bands[n]]
        sides = [p for p in lines if p.right <= middle], [p for p in lines if p.right > middle]
        if all(is_prose(side, least=2) for side in sides):
            break
        parts.pop()
    return parts[-1][-1] + 1


def union(covered: list[tuple[float, float]], more: list[tuple[float, float]]) -> list[tuple[float, float]]:
    out: list[tuple[float, float]] = []
    for left, right in sorted(covered + more):
        if out and left <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], right)
        else:
            out.append((left, right))
    return out


def gutter_of(covered: list[tuple[float, float]], part: list[Line]) -> tuple[float, bool] | None:
    """Where a gutter lies between two columns of prose, or between prose and a box beside it (then True).

    None where there is no gutter, or where the cells of a table stand.
    """
    gaps = sorted(((b[0] - a[1], a[1], b[0]) for a, b in pairwise(covered)), reverse=True)
    size = statistics.median(line.size for line in part)
    for width, left, right in gaps:
        if width < GUTTER * size:
            return None
        middle = (left + right) / 2
        sides = [p for p in part if p.right <= middle], [p for p in part if p.right > middle]
        if all(is_prose(side) for side in sides) and overlap(*sides) > 0.25:
            return middle, False
        if is_box(*sides) or is_box(*sides[::-1]):
            return middle, True
    return None


def is_prose(side: list[Line], *, least: int = 3) -> bool:
    return len(side) >= least and statistics.mean(len(line.text) for line in side) >= PROSE


def is_box(prose: list[Line], box: list[Line]) -> bool:
    """True for short lines beside long ones, close together and not on the same base lines, as cells of a table would be."""
    if len(box) < 3 or len(prose) < 3 or statistics.mean(len(line.text) for line in prose) < LONG:
        return False
    apart = max(below.base - above.base for above, below in pairwise(sorted(box, key=lambda line: line.base)))
    if apart > 3 * max(line.size for line in box) or statistics.mean(len(line.text) for line in box) < SHORT:
        return False
    level = sum(any(abs(line.base - other.base) < 1 for other in prose) for line in box)
    return level < 0.6 * len(box) and overlap(prose, box) > 0.25


def overlap(one: list[Line], other: list[Line]) -> float:
    """Share of the lower of the two columns that stands beside the other."""
    tops, bottoms = [min(p.top for p in s) for s in (one, other)], [max(p.bottom for p in s) for s in (one, other)]
    heights = [b - t for t, b in zip(tops, bottoms, strict=True)]
    return (min(bottoms) - max(tops)) / max(min(heights), 1.0)


def merged(band: list[Line]) -> list[Line]:
    """Pieces of one row as one line, from left to right, two blanks between cells."""
    if len(band) == 1:
        return band
    out: list[list[Line]] = []
    for line in sorted(band, key=lambda item: ((item.top + item.bottom) / 2, item.left)):
        middle = (line.top + line.bottom) / 2
        if out and out[-1][0].top < middle < out[-1][0].bottom:
            out[-1].append(line)
        else:
            out.append([line])
    whole = []
    for row in out:
        row.sort(key=lambda item: item.left)
        words = row[0].text
        for before, piece in pairwise(row):
            words += (" " if piece.left - before.right < piece.size else "  ") + piece.text
        box = row[0].left, min(p.top for p in row), max(p.right for p in row), max(p.bottom for p in row)
        size, base = statistics.median(p.size for p in row), statistics.median(p.base for p in row)
        whole.append(Line(words, *box, size, base, row[0].down))
    return whole
