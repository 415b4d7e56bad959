"""Gains and losses of one layer of annotation: which gold spans a run answers and the earlier one did not, and the reverse.

A gold span counts as found in a field when some prediction answers it by the field's own rule; a prediction counts as invented
when it answers no gold span at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dateline.evaluate.changes import Change, changed, shorten
from dateline.evaluate.layers import LAYERS, MarkedAttribution

Marked = Mapping[str, Sequence[Any]]
Key = tuple[str, str, str, str, int]
FIELDS = {
    "places": ("overlap", "near"),
    "times": ("relaxed", "value"),
    "figures": ("found", "value"),
    "attribution": ("aligned",),
}


def compare_layers(task: str, golds: Marked, now: Marked, before: Marked, texts: Mapping[str, str]) -> list[Change]:
    """All changes of a layer between two runs over the same gold, sorted. `texts`: words by doc_id, for what is known."""
    both = [(set(found(task, golds, run, texts)), set(invented(task, golds, run, texts))) for run in (now, before)]
    return sorted([*changed(both[0][0], both[1][0], "found"), *changed(both[0][1], both[1][1], "invented")])


def found(task: str, golds: Marked, run: Marked, texts: Mapping[str, str]) -> Iterator[Key]:
    measure = LAYERS[task].measure
    for doc_id, marked in golds.items():
        for number, one in enumerate(marked):
            scores = measure([one], run.get(doc_id, []))
            for name in FIELDS[task]:
                if scores[name].correct:
                    yield name, doc_id, place(one), words(one, texts.get(doc_id)), number


def invented(task: str, golds: Marked, run: Marked, texts: Mapping[str, str]) -> Iterator[Key]:
    measure, first = LAYERS[task].measure, FIELDS[task][0]
    for doc_id, marked in golds.items():
        for one in run.get(doc_id, []):
            if not measure(marked, [one])[first].correct:
                yield first, doc_id, place(one), words(one, texts.get(doc_id)), 0


def ends(one: Any) -> tuple[int, int]:
    """First and last offset: of an attribution its cue, else its content, else its source."""
    if isinstance(one, MarkedAttribution):
        spans = one.cue or one.content or one.source
        return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else (0, 0)
    return one.start, one.end


def place(one: Any) -> str:
    start, end = ends(one)
    return f"{start}-{end}"


def words(one: Any, text: str | None) -> str:
    start, end = ends(one)
    return shorten(text[start:end]) if text is not None else f"[{start}, {end})"
