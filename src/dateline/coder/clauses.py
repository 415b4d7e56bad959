"""Clauses of a sentence: ranges with one finite verb each. Places, days and figures are looked for in the clause first."""

from __future__ import annotations

from dateline.annotate.grammar import Chunk, Phrases, VerbGroup
from dateline.coder.view import Region, View

SUBORDINATORS = frozenset(
    [
        "while",
        "as",
        "after",
        "before",
        "when",
        "because",
        "although",
        "though",
        "if",
        "unless",
        "since",
        "until",
        "where",
        "who",
        "which",
        "that",
        "whereas",
    ]
)
STRONG = frozenset((";", ":", "—", "–", "--"))


def clauses_of(view: View, phrases: Phrases) -> list[Region]:
    """Token ranges that cover the sentence, in order."""
    return view.clauses(phrases.sentence.index, lambda: split_clauses(view, phrases))


def split_clauses(view: View, phrases: Phrases) -> list[Region]:
    chunks, lows = phrases.chunks, view.reading.lows
    starts = [phrases.sentence.first]
    previous: int | None = None
    for i, chunk in enumerate(chunks):
        if lows[chunk.first] in STRONG and chunk.kind == "PUNCT":
            starts.append(chunk.first)
            previous = None
        elif isinstance(chunk, VerbGroup) and chunk.form == "finite":
            if previous is not None:
                starts.append(chunks[edge(view, chunks, previous, i)].first)
            previous = i
    return list(zip(starts, [*starts[1:], phrases.sentence.last], strict=True))


def edge(view: View, chunks: list[Chunk], left: int, right: int) -> int:
    """Index of the chunk where the clause of the verb `right` begins, after the verb `left`."""
    lows = view.reading.lows
    for i in range(right - 1, left, -1):
        if chunks[i].kind == "REL" or lows[chunks[i].first] in SUBORDINATORS:
            return i
    for i in range(right - 1, left, -1):
        if chunks[i].kind == "CC" and (i == right - 1 or chunks[i + 1].kind == "NP"):
            return i
    for i in range(right - 1, left, -1):
        if lows[chunks[i].first] == ",":
            return i
    return left + 1


def clause_at(clauses: list[Region], token: int) -> Region:
    return next(c for c in clauses if c[0] <= token < c[1] or c is clauses[-1])
