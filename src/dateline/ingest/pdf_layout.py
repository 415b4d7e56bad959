"""Lines of PDF pages to running text: page furniture off, columns one after the other, lines joined to paragraphs.

A PDF tells where letters stand, not what belongs together. Coordinates are points from the upper left corner of the page.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.ingest.dates import find_days
from dateline.knowledge import words as words_of

MARGIN = 0.13  # share of the page's height in which running headers and footers stand
PROSE = 16  # characters: lines of columns are at least so long; cells of tables are shorter
LONG, SHORT = 45, 6  # characters: mean of prose beside a box, and of the lines in a box
GUTTER = 0.7  # of the letter size: columns are at least so far apart
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)?\s{0,3}[-–—|•]?\s{0,3}\d{1,4}\s{0,3}(?:(?:of|/|de|sur)\s{0,3}\d{1,4})?\s{0,3}[-–—|•]?(?:\s{0,3}page)?",
    re.IGNORECASE,
)
PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?"
)  # as browsers stamp a printed page
ADDRESS = re.compile(r"(?:https?|file)://\S{4,2000}")
NUMBERS = re.compile(r"\d+")
BULLET = re.compile(r"(?:[•●▪■◦‣⁃*–—-]|\(?[a-z0-9]{1,2}[.)])\s+\S")
STOPPED = re.compile(r"[.!?:;][\"'”’)\]]{0,2}$")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a line: its words and where they stand, `size` is the size of its letters."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


def document_text(pages: Sequence[Sequence[Line]]) -> tuple[str, str | None]:
    """The text, paragraphs parted by an empty line, and the headline when the letters of the first page tell one."""
    kept = without_furniture(pages)
    known = Counter(word for page in kept for line in page for word in re.findall(r"[\w-]+", line.text.lower()))
    body = body_size(kept)
    paragraphs: list[str] = []
    title: str | None = None
    open_end: Line | None = None
    for number, page in enumerate(kept):
        for group in columns(list(page)):
            for lines in blocks(group):
                words = joined(lines, known)
                if not words:
                    continue
                if title is None and number == 0 and is_headline(lines, body, paragraphs):
                    title = words
                goes_on = open_end is not None and words[:1].islower() and abs(open_end.size - lines[0].size) < 0.6
                if goes_on and paragraphs and paragraphs[-1] != title:
                    paragraphs[-1] = stuck(paragraphs[-1], words, known)
                else:
                    paragraphs.append(words.replace("\u00ad", "-"))
                open_end = None if STOPPED.search(words) else lines[-1]
    text = "\n\n".join(paragraph.replace("\u00ad", "-") for paragraph in paragraphs)
    return text, title.replace("\u00ad", "-") if title else None


def body_size(pages: Sequence[Sequence[Line]]) -> float:
    """The size in which most letters are set."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def is_headline(lines: list[Line], body: float, before: list[str]) -> bool:
    """True for the first lines of the first page that are set clearly larger than the text."""
    return lines[0].size >= 1.25 * body and len(before) < 4 and 3 <= sum(len(line.text.split()) for line in lines) <= 40


# ---- pages printed from a browser --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Printed:
    """Pages without what a browser prints around them: its stamp (`made`, as written) and the address (`url`)."""

    pages: list[list[Line]]
    made: str | None = None
    url: str | None = None


def off_print(pages: Sequence[Sequence[Line]]) -> Printed:
    """Take the browser's lines off: the moment of printing is no day of publication, the page's title stands in its text."""
    made = url = None
    out = []
    for page in pages:
        drop: set[int] = set()
        for line, _ in edges(page):
            words = line.text.strip()
            if PRINTED.fullmatch(words):
                made = made or words
                drop |= {id(other) for other in page if other.top < line.bottom and other.bottom > line.top}
            elif ADDRESS.fullmatch(words):
                url = url or (words if words.startswith("http") else None)
                drop.add(id(line))
        out.append([line for line in page if id(line) not in drop])
    return Printed(out, made, url)


# ---- page furniture -----------------------------------------------------------------------------------------------------


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Pages without page numbers, and without what stands in the margin of two pages or more (numbers may differ).

    A running line that holds a day is kept on the first page: it is the day of the report.
    """
    seen: Counter[tuple[str, str]] = Counter()
    for page in pages:
        seen.update({key for line, edge in edges(page) if (key := (edge, like(line.text)))})
    filled = sum(bool(page) for page in pages)
    enough = max(2, round(0.3 * filled))
    out = []
    for number, page in enumerate(pages):
        running = {
            id(line)
            for line, edge in edges(page)
            if seen[edge, like(line.text)] >= enough and filled > 1 and not (number == 0 and any(find_days(line.text)))
        }
        rest = [line for line in page if id(line) not in running]
        numbers = {id(line) for line, _ in edges(page) if PAGE_NUMBER.fullmatch(line.text.strip()) and alone(line, rest)}
        out.append([line for line in rest if id(line) not in numbers])
    return out


def edges(page: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Lines at the upper and lower edge of what is printed on the page: at most four rows on each side."""
    if not page:
        return
    low, high = min(line.top for line in page), max(line.bottom for line in page)
    reach = MARGIN * max(high, 400.0)
    tops, bottoms = sorted({round(line.top) for line in page})[:4], sorted({round(line.bottom) for line in page})[-4:]
    for line in page:
        if line.bottom < low + reach and round(line.top) in tops:
            yield line, "top"
        elif line.top > high - reach and round(line.bottom) in bottoms:
            yield line, "bottom"


def alone(line: Line, lines: Sequence[Line]) -> bool:
    """True when nothing stands beside the line: a number in the last row of a table is no page number."""
    return not any(other is not line and other.top < line.bottom and other.bottom > line.top for other in lines)


def like(words: str) -> str:
    """The words with their numbers alike ("Page 3 of 9" on all pages)."""
    return NUMBERS.sub("0", " ".join(words.lower().split()))


# ---- columns ------------------------------------------------------------------------------------------------------------


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
    if box:  # what stands below a box is no column beside it
        sides = sorted(({id(p) for p in part if (p.right <= middle) is left} for left in (True, False)), key=len)
        end = max((n + 1 for n in range(at, end) if any(id(p) in sides[0] for p in bands[n])), default=end)
    return end, middle


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


def is_prose(side: list[Line]) -> bool:
    return len(side) >= 3 and statistics.mean(len(line.text) for line in side) >= PROSE


def is_box(prose: list[Line], box: list[Line]) -> bool:
    """True for short lines beside long ones that do not stand on the same base lines, as cells of a table would."""
    if len(box) < 3 or len(prose) < 3 or statistics.mean(len(line.text) for line in prose) < LONG:
        return False
    level = sum(any(abs(line.bottom - other.bottom) < 1 for other in prose) for line in box)
    return statistics.mean(len(line.text) for line in box) >= SHORT and level < 0.6 * len(box) and overlap(prose, box) > 0.25


def overlap(one: list[Line], other: list[Line]) -> float:
    """Share of the lower of the two columns that stands beside the other."""
    tops, bottoms = [min(p.top for p in s) for s in (one, other)], [max(p.bottom for p in s) for s in (one, other)]
    heights = [b - t for t, b in zip(tops, bottoms, strict=True)]
    return (min(bottoms) - max(tops)) / max(min(heights), 1.0)


def merged(band: list[Line]) -> list[Line]:
    """Pieces of one row as one line, from left to right, two blanks between."""
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
        words = "  ".join(piece.text for piece in row)
        box = row[0].left, min(p.top for p in row), max(p.right for p in row), max(p.bottom for p in row)
        whole.append(Line(words, *box, statistics.median(p.size for p in row)))
    return whole


# ---- paragraphs ---------------------------------------------------------------------------------------------------------


def blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines of one column, parted where a paragraph ends: more space than usual, another size, an indent, a short last line."""
    if not lines:
        return
    left, right = min(line.left for line in lines), max(line.right for line in lines)
    pitch = usual_pitch(lines)
    block = [lines[0]]
    for line in lines[1:]:
        before = block[-1]
        step, stopped = line.top - before.top, STOPPED.search(before.text) is not None
        ends = (
            abs(line.size - before.size) > 0.12 * before.size
            or step > 1.35 * max(pitch, line.size)
            or step < -line.size
            or BULLET.match(line.text) is not None
            or "  " in line.text
            or "  " in before.text
            or (stopped and line.left > left + 0.8 * line.size and before.left < left + 0.5 * line.size)
            or (stopped and before.right < right - 0.25 * (right - left))
            or (before.right < right - 0.3 * (right - left) and had_room(before, line, right))
        )
        if ends:
            yield block
            block = []
        block.append(line)
    yield block


def had_room(before: Line, line: Line, right: float) -> bool:
    """True when the first word of `line`, a name or number, would have stood in the line before: the break was meant."""
    first = line.text.split(" ", 1)[0]
    return (
        not first[:1].islower()
        and not before.text.endswith(("-", "\u00ad"))
        and right - before.right > 0.9 * line.size * (len(first) + 1)
    )


def usual_pitch(lines: list[Line]) -> float:
    steps = [b.top - a.top for a, b in pairwise(lines) if 0 < b.top - a.top < 4 * a.size]
    return min(statistics.median_low(steps), statistics.median(steps)) if steps else 0.0


def joined(lines: list[Line], known: Counter[str]) -> str:
    words = ""
    for line in lines:
        words = stuck(words, line.text, known) if words else line.text
    return words


def stuck(before: str, after: str, known: Counter[str]) -> str:
    """Two lines as one; a word that was cut at the end of the line is made whole, a compound keeps its hyphen."""
    if not before.endswith(("-", "\u00ad", "‐")) or before.endswith((" -", "--")):
        return f"{before} {after}"
    head, tail = re.search(r"[\w'’]*$", before[:-1]), re.match(r"[\w'’]*", after)
    first, second = head.group() if head else "", tail.group() if tail else ""
    if not first or not second:
        return f"{before.replace(chr(0xAD), '-')} {after}" if not first else f"{before[:-1]}-{after}"
    compound = known[f"{first}-{second}".lower()] > known[f"{first}{second}".lower()]
    one_word = known[f"{first}{second}".lower()] > 0
    keep = (
        not second[:1].islower()
        or not first[-1:].isalpha()
        or compound
        or (first.lower() in words_of("ingest_hyphens") and not one_word)
    )
    return f"{before[:-1]}-{after}" if keep else f"{before[:-1]}{after}"
