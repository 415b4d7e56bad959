"""Figures of a report: numbers with what they count, what happened to it, and how they hang together.

    figures_counts   number + noun          figures_cues      the measure from the clause
    figures_persons  named victims, families
    figures_links    lists of one verb, parts of a whole, tolls that replace others, totals of a war or year

Bounds follow CODEBOOK section 4, row `figures`. Nothing is added up or averaged: every figure keeps its own words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dateline.annotate.figures_counts import Count, read_counts
from dateline.annotate.figures_cues import find_measure
from dateline.annotate.figures_links import link_counts
from dateline.annotate.figures_persons import find_named, fold_families
from dateline.annotate.figures_words import lists
from dateline.annotate.numbers import count_of
from dateline.annotate.reading import Reading
from dateline.types import Figure, Span


def find_figures(reading: Reading) -> list[Figure]:
    """All figures of a report in text order; page furniture is left out.

    `start`/`end` cover the number and its noun, `number` the number alone, `cue` the words that give the measure. `low`/`high`
    are inclusive bounds, None where the words leave a side open. `part_of` and `replaces` are indexes into the list.
    """
    kept: list[Count] = []
    for sentence in reading.coded:
        counts = fold_families(reading, read_counts(reading, sentence.first, sentence.last))
        for count in counts:
            find_measure(reading, sentence.first, sentence.last, count)
        counts = find_named(reading, sentence.first, sentence.last, counts)
        kept += link_counts(reading, sentence.first, sentence.last, counts, len(kept))
    return [figure(reading, count) for count in kept]


class Conflict(NamedTuple):
    """Figures that do not fit together: indexes of the one that is wrong or too small and of those it contradicts."""

    figure: int
    against: tuple[int, ...]
    why: str


def find_conflicts(figures: Sequence[Figure], text: str = "") -> list[Conflict]:
    """Contradictions among the figures of a report. Nothing is mended, the text is kept as told.

    A whole whose parts are more than itself ("12 people, including nine children and seven women"), or a toll that was
    "raised" to less: with the `text`, one that is told to have gone down is none. Parts of different kinds may overlap (women
    who are doctors), so only sums beyond the whole's upper bound count, and only where no part is "including several".

    >>> from dateline.types import Figure
    >>> find_conflicts([Figure(0, 5, 3, 3, "killed"), Figure(6, 9, 5, 5, "killed", part_of=0)])
    [Conflict(figure=0, against=(1,), why='parts count 5, the whole 3')]
    """
    found: list[Conflict] = []
    parts_of: dict[int, list[int]] = {}
    for index, one in enumerate(figures):
        if one.part_of is not None and one.measure == figures[one.part_of].measure:
            parts_of.setdefault(one.part_of, []).append(index)
    for at, indexes in parts_of.items():
        parts = [figures[index] for index in indexes]
        high, counts = figures[at].high, [one.low or 0 for one in parts]
        total = sum(counts) if len({one.group for one in parts}) == len(parts) else max(counts)
        if high is not None and total > high:
            found.append(Conflict(at, tuple(indexes), f"parts count {total}, the whole {high}"))
    for at, after in enumerate(figures):
        if after.replaces is None:
            continue
        before = figures[after.replaces]
        if after.high is not None and (before.low or 0) > after.high and before.measure == after.measure:
            first, last = sorted((before, after), key=lambda one: one.start)
            around = text[max(0, first.start - FALL_REACH) : last.end].lower()
            if not lists().falls.intersection(around.split()):
                found.append(Conflict(at, (after.replaces,), f"replaces {before.low} by {after.high}"))
    return found


FALL_REACH = 80  # characters in front of a changed toll in which the words say that it went down


def figure(reading: Reading, count: Count) -> Figure:
    """The record of a count."""
    return Figure(
        reading.starts[count.first],
        reading.ends[count.end - 1],
        count.low,
        count.high,
        count.measure,
        count.group,
        count.unit,
        count.approximate,
        count.about,
        count.part_of,
        count.replaces,
        span(reading, count.first, count.last) if count.last > count.first else None,
        span(reading, *count.cue) if count.cue else None,
        count.term,
    )


def span(reading: Reading, first: int, last: int) -> Span:
    return Span(reading.starts[first], reading.ends[last - 1])


__all__ = ["count_of", "find_conflicts", "find_figures"]
