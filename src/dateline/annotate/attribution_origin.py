"""Who wrote the text: agencies in datelines, credit lines, bylines and photo credits.

Merging counts origins, not outlets: ten papers that print one wire are one voice. A photo credit tells who took the picture and
says nothing of the words, so it is kept apart.
"""

from __future__ import annotations

from typing import Literal

from dateline.annotate.reading import Reading, Sentence
from dateline.resolve.sources import SourceEntry, entry_at, pieces_of, shipped_index
from dateline.types import Record

OriginKind = Literal["dateline", "credit", "byline", "photo"]
ORIGIN_KINDS = frozenset({"agency", "newspaper", "broadcaster", "website", "media arm"})
DASHES = frozenset({"-", "--", "—", "–", "---"})
START = 60  # a dateline stands in the first words of a report
RANK: dict[str, int] = {"dateline": 0, "credit": 1, "byline": 2}
SPREAD = 6  # longest agency name in words


class Origin(Record, frozen=True):
    """An agency or outlet named as the maker of the text (or picture): code points of its name, and how it is named."""

    start: int
    end: int
    kind: OriginKind
    name: str
    source_id: str


def find_origins(reading: Reading) -> list[Origin]:
    """Makers named in the report, in text order.

    "TOLVE, March 3 (Reuters) - …" is a dateline; "(AFP)", "Source: SANA" or "Sapa" alone at the end a credit; "By Ana Ruiz,
    Associated Press" a byline; "/ AFP / Omar Dal" and "Ana Ruiz/AP" photo credits.
    """
    found: list[Origin] = []
    for sentence in reading.sentences:
        found += bracketed(reading, sentence)
        found += slashed(reading, sentence)
        line = alone(reading, sentence) or byline(reading, sentence)
        if line is not None:
            found.append(line)
    return sorted({(o.start, o.end): o for o in found}.values(), key=lambda o: o.start)


def report_origin(reading: Reading) -> Origin | None:
    """The one maker of the text that its datelines, credits and bylines name, or None when they name none."""
    origins = [origin for origin in find_origins(reading) if origin.kind != "photo"]
    return min(origins, key=lambda o: (RANK[o.kind], o.start), default=None)


def entry_of_words(reading: Reading, first: int, last: int) -> SourceEntry | None:
    """The outlet that exactly these tokens name."""
    if not 0 < last - first <= SPREAD:
        return None
    words = reading.text[reading.starts[first] : reading.ends[last - 1]]
    pieces = pieces_of(words)
    entry = entry_at(pieces, 0, len(pieces), reading.report.published.day, shipped_index())
    return entry if entry is not None and entry.kind in ORIGIN_KINDS else None


def origin(reading: Reading, first: int, last: int, kind: OriginKind) -> Origin | None:
    entry = entry_of_words(reading, first, last)
    return None if entry is None else Origin(reading.starts[first], reading.ends[last - 1], kind, entry.name, entry.id)


def bracketed(reading: Reading, sentence: Sentence) -> list[Origin]:
    """ "(Reuters) -" near the start is a dateline; "(AFP)" at the end of a paragraph a credit."""
    words, found = reading.words, []
    for at in range(sentence.first, sentence.last):
        if words[at] != "(":
            continue
        close = next((k for k in range(at + 1, min(sentence.last, at + 2 + SPREAD)) if words[k] == ")"), None)
        if close is None:
            continue
        dashed = close + 1 < len(words) and words[close + 1] in DASHES
        ends = close + 1 >= len(words) or (
            close + 1 == sentence.last and close + 1 < len(words) and "\n" in reading.gaps[close + 1]
        )
        if dashed and at <= sentence.first + START:
            item = origin(reading, at + 1, close, "dateline")
        elif ends or (close + 2 >= len(words)):
            item = origin(reading, at + 1, close, "credit")
        else:
            item = None
        if item is not None:
            found.append(item)
    return found


def slashed(reading: Reading, sentence: Sentence) -> list[Origin]:
    """ "/ AFP / Omar Dal", "Ana Ruiz/AP", "Lee Jin/Reuters": who took the picture."""
    words, found = reading.words, []
    for at in range(sentence.first, sentence.last):
        if words[at] != "/":
            continue
        for first, last in ((at + 1, at + 2), (at + 1, at + 3), (at - 1, at), (at - 2, at)):
            if sentence.first <= first < last <= sentence.last:
                item = origin(reading, first, last, "photo")
                if item is not None:
                    found.append(item)
                    break
    return found


def alone(reading: Reading, sentence: Sentence) -> Origin | None:
    """A line that is nothing but an outlet: "Sapa", "- AFP", "Source: SANA", "Reuters Staff"."""
    first, last = sentence.first, sentence.last
    while first < last and (reading.words[first] in DASHES or reading.lows[first] in {"source", "sources", ":", "via"}):
        first += 1
    while last > first and reading.lows[last - 1] in {".", "staff", ")"}:
        last -= 1
    return origin(reading, first, last, "credit")


def byline(reading: Reading, sentence: Sentence) -> Origin | None:
    """ "By Ana Ruiz, Associated Press": the outlet after the last comma or "for" of a short line that begins with "By"."""
    first, last = sentence.first, sentence.last
    if reading.lows[first] != "by" or last - first > 16:
        return None
    for at in range(last - 1, first + 1, -1):
        if reading.lows[at] in {",", "for", "of", "|"} | DASHES:
            return origin(reading, at + 1, last, "byline")
    return None
