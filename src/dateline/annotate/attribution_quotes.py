"""Quotations: which words stand between quotation marks.

Curly, straight and angled double quotes, `` and '' of old wires, and single quotes where they open after a space. A quotation
that runs over several paragraphs opens each of them with a mark and closes once.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.reading import Reading

OPEN, CLOSE, STRAIGHT = frozenset("“„«"), frozenset("”»"), '"'
MARKS = OPEN | CLOSE | {STRAIGHT}
MARK_CHARS = MARKS | frozenset("`'’‘")
SINGLE_LIMIT = 60  # words: a longer stretch between single marks is an apostrophe's doing
QUOTE_LIMIT = 600  # words: a longer one is a lost closing mark


@dataclass(frozen=True, slots=True)
class Quote:
    """Tokens `[first, last)` with their marks; `speech` is False for a few quoted words (scare quotes, titles)."""

    first: int
    last: int
    speech: bool


def find_quotes(reading: Reading) -> list[Quote]:
    """Quotations in text order; they do not overlap."""
    paragraphs: list[list[int]] = []
    for sentence in reading.sentences:
        if not paragraphs or sentence.paragraph != paragraphs[-1][0]:
            paragraphs.append([sentence.paragraph, sentence.first, sentence.last])
        else:
            paragraphs[-1][2] = sentence.last
    spans: list[tuple[int, int]] = []
    words, open_at = reading.words, -1
    for number, (_, first, last) in enumerate(paragraphs):
        at = first
        while at < last:
            if words[at][0] not in MARK_CHARS:
                at += 1
                continue
            kind, wide = mark(reading, at, last)
            if not kind:
                at += 1
                continue
            if open_at < 0:
                if kind in {"open", "either"}:
                    open_at = at
            elif at != first and not (kind == "open" and words[at] != STRAIGHT):
                spans.append((open_at, at + wide))
                open_at = -1
            at += wide
        if open_at >= 0 and not goes_on(words, paragraphs, number, last - open_at):
            if last - open_at <= QUOTE_LIMIT and (words[open_at] in OPEN or open_at == first):
                spans.append((open_at, last))
            open_at = -1
    spans += single_quotes(reading, spans)
    return [Quote(a, b, is_speech(words, a, b)) for a, b in sorted(spans)]


def mark(reading: Reading, at: int, last: int) -> tuple[str, int]:
    """What a token is among double marks: ("open" | "close" | "either" | "", width in tokens)."""
    word = reading.words[at]
    if word[:2] in {"''", "``"}:  # of old wires, one token with the word that it opens
        return "open", 1
    if word in MARKS:
        if word == STRAIGHT:
            return "either", 1
        spaced = at + 1 >= last or bool(reading.gaps[at + 1])
        wrong_way = word in OPEN and at > 0 and not reading.gaps[at] and spaced
        return ("close" if word in CLOSE or wrong_way else "open"), 1
    if len(word) == 1 and word in "`'’‘" and at + 1 < last and reading.words[at + 1] == word and doubled(reading, at):
        opens = word in "`‘" or (bool(reading.gaps[at]) or at == 0)
        return ("open" if opens else "close"), 2
    return "", 1


def doubled(reading: Reading, at: int) -> bool:
    return reading.starts[at + 1] == reading.ends[at]


def goes_on(words: list[str], paragraphs: list[list[int]], number: int, length: int) -> bool:
    """An open quotation goes on when the next paragraph begins with an opening mark."""
    if number + 1 >= len(paragraphs) or length > QUOTE_LIMIT:
        return False
    return words[paragraphs[number + 1][1]] in OPEN | {STRAIGHT}


def single_quotes(reading: Reading, taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """'…' that opens after a space and closes before one, within a sentence or two and outside other quotations."""
    words, found, open_at = reading.words, [], -1
    inside: set[int] = set()
    for a, b in taken:
        inside.update(range(a, b))
    for at, word in enumerate(words):
        if word not in "'‘’" or at in inside:
            continue
        spaced_before = bool(reading.gaps[at]) or at == 0
        spaced_after = at + 1 == len(words) or bool(reading.gaps[at + 1]) or not words[at + 1][0].isalnum()
        if spaced_before and not spaced_after and word != "’":
            open_at = at
        elif open_at >= 0 and not spaced_before and spaced_after:
            if at - open_at <= SINGLE_LIMIT:
                found.append((open_at, at + 1))
            open_at = -1
    return found


def is_speech(words: list[str], first: int, last: int) -> bool:
    """A quotation long enough, or stopped like a sentence, to be speech by itself."""
    end = last - 1
    while end > first + 1 and words[end] in CLOSE | {STRAIGHT, "'", "’"}:
        end -= 1
    return last - first >= 8 or words[end] in {",", ".", "!", "?"} or words[min(last, len(words) - 1)] == ","
