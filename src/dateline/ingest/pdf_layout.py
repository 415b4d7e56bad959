"""Lines of PDF pages to running text: page furniture off, columns one after the other, lines joined to paragraphs.

A PDF tells where letters stand, not what belongs together. Coordinates are points from the upper left corner of the page.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dateline.ingest.dates import find_days
from dateline.ingest.pdf_columns import Line, columns
from dateline.knowledge import words as words_of

MARGIN = 0.12  # share of the page's height in which running headers and footers stand
PAGE_NUMBER = re.compile(
    r"(?:page|p\.|pg\.?)?\s{0,3}[-–—|•]?\s{0,3}\d{1,4}\s{0,3}(?:(?:of|/|de|sur)\s{0,3}\d{1,4})?\s{0,3}[-–—|•]?(?:\s{0,3}page)?",
    re.IGNORECASE,
)
PRINTED = re.compile(
    r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}[:.]\d\d(?: ?[AaPp]\.?[Mm]\.?)?"
)  # as browsers stamp a printed page
MARK = re.compile(r"\d{1,3}|[*†‡]{1,3}")
ADDRESS = re.compile(r"(?:https?|file)://\S{4,2000}")
CLOSE = 1.18  # times the usual distance of lines: more parts paragraphs
NUMBERS = re.compile(r"\d+")
BULLET = re.compile(r"(?:[•●▪■◦‣⁃*–—-]|\(?[a-z0-9]{1,2}[.)])\s+\S")
STOPPED = re.compile(r"[.!?:;][\"'”’)\]]{0,2}$")


def document_text(pages: Sequence[Sequence[Line]]) -> tuple[str, str | None]:
    """The text, paragraphs parted by an empty line, and the headline when the letters of the first page tell one."""
    kept = [without_marks(page) for page in without_furniture(pages)]
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
    """Lines near the upper and lower edge of the paper: at most four rows on each side."""
    tops, bottoms = sorted({round(line.top) for line in page})[:4], sorted({round(line.bottom) for line in page})[-4:]
    for line in page:
        if line.down < MARGIN and round(line.top) in tops:
            yield line, "top"
        elif line.down > 1 - MARGIN and round(line.bottom) in bottoms:
            yield line, "bottom"


def without_marks(page: list[Line]) -> list[Line]:
    """A page without the raised numbers of footnotes that stand at the end of a larger word."""
    return [line for line in page if not (MARK.fullmatch(line.text) and any(raised(line, other) for other in page))]


def raised(mark: Line, other: Line) -> bool:
    beside = -1.0 < mark.left - other.right < 0.5 * other.size
    return beside and mark.size < 0.8 * other.size and 0 < other.base - mark.base < other.size


def alone(line: Line, lines: Sequence[Line]) -> bool:
    """True when nothing stands beside the line: a number in the last row of a table is no page number."""
    return not any(other is not line and other.top < line.bottom and other.bottom > line.top for other in lines)


def like(words: str) -> str:
    """The words with their numbers alike ("Page 3 of 9" on all pages)."""
    return NUMBERS.sub("0", " ".join(words.lower().split()))


# ---- paragraphs ---------------------------------------------------------------------------------------------------------


def blocks(lines: list[Line]) -> Iterator[list[Line]]:
    """Lines of one column, parted where a paragraph ends: more space than usual, another size, an indent, a short last line."""
    if not lines:
        return
    pitch = usual_pitch(lines)
    near = neighbours(lines, pitch)
    block = [lines[0]]
    for line in lines[1:]:
        before = block[-1]
        left, right = near[id(before)]
        step, stopped = line.base - before.base, STOPPED.search(before.text) is not None
        ends = (
            abs(line.size - before.size) > 0.12 * before.size
            or step > CLOSE * pitch.get(round(line.size), 1.3 * line.size)
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


def neighbours(lines: list[Line], pitch: dict[float, float]) -> dict[int, tuple[float, float]]:
    """Left and right edge of what each line stands among: lines without a gap between that begin nearly where it does."""
    edges: dict[int, tuple[float, float]] = {}
    for group in grouped(lines, pitch):
        for at, line in enumerate(group):
            beside = [o for o in group[max(0, at - 6) : at + 7] if abs(o.left - line.left) < 2 * line.size]
            edges[id(line)] = min(o.left for o in beside), max(o.right for o in beside)
    return edges


def grouped(lines: list[Line], pitch: dict[float, float]) -> Iterator[list[Line]]:
    group = [lines[0]]
    for above, below in pairwise(lines):
        if not 0 < below.base - above.base <= CLOSE * pitch.get(round(below.size), 1.3 * below.size):
            yield group
            group = []
        group.append(below)
    yield group


def had_room(before: Line, line: Line, right: float) -> bool:
    """True when the first word of `line`, a name or number, would have stood in the line before: the break was meant."""
    first = line.text.split(" ", 1)[0]
    return (
        not first[:1].islower()
        and not before.text.endswith(("-", "\u00ad"))
        and right - before.right > 0.9 * line.size * (len(first) + 1)
    )


def usual_pitch(lines: list[Line]) -> dict[float, float]:
    """The distance of lines within paragraphs, by the size of the letters: the least that is usual."""
    steps: dict[float, list[float]] = defaultdict(list)
    for above, below in pairwise(lines):
        step = below.base - above.base
        if 0.9 * below.size < step < 3 * below.size and abs(above.size - below.size) < 0.05 * below.size:
            steps[round(below.size)].append(step)
    return {size: sorted(found)[len(found) // 20] for size, found in steps.items()}


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
