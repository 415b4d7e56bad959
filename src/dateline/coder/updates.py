"""A toll that brings an earlier one of the same event up to date: both stay, the later one says which it replaces."""

from __future__ import annotations

from dateline.annotate.figures_words import lists
from dateline.coder.grouping import Group
from dateline.coder.view import Found, View
from dateline.types import Figure

TOLL_NOUNS = frozenset({"dead", "number"})


def updates(view: View, group: Group) -> dict[int, Found[Figure]]:
    """Index of each figure that brings others up to date, with the figure that it replaces. By told words only.

    In one sentence the finder has seen it ("from 12 to 16"). Across sentences: a toll that "rose to 16" replaces the largest
    smaller one of its event, and a toll told as "earlier" is replaced by the last other one.
    """
    told = [f for m in group.mentions for f in m.figures]
    own = {f.index: f for f in told}
    found = {f.index: own[f.record.replaces] for f in told if f.record.replaces in own and f.record.replaces is not None}
    tolls = sorted((f for f in told if is_toll(f)), key=lambda f: f.first)
    for figure in tolls:
        if figure.index in found or figure in found.values():
            continue
        before = [f for f in tolls if f.first < figure.first and f.record.measure == figure.record.measure]
        smaller = [f for f in before if (f.record.low or 0) < (figure.record.low or figure.record.high or 0)]
        words = toll_words(view, figure)
        if words & lists().told_earlier and before:
            found.setdefault(before[-1].index, figure)
        elif words & lists().rises and smaller:
            found[figure.index] = max(smaller, key=lambda f: (f.record.low or 0, f.first))
    return found


def is_toll(figure: Found[Figure]) -> bool:
    """The whole toll of the event: no part, and no total of a war."""
    record = figure.record
    return record.measure in ("killed", "injured") and record.part_of is None and record.about is None


def toll_words(view: View, figure: Found[Figure]) -> set[str]:
    """Words of the sentence up to a number that stands behind "toll" and the like; none for other figures."""
    cue = figure.record.cue
    if (
        cue is None
        or view.reading.text[cue.start : cue.end].lower() not in TOLL_NOUNS | lists().toll
        or cue.start > figure.record.start
    ):
        return set()
    sentence = view.reading.sentences[view.reading.sentence_of[figure.first]]
    return set(view.reading.lows[sentence.first : figure.first + 1])
