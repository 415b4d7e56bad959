"""Learns the weights by which rules and tagger choose together (src/dateline/knowledge/choice_weights.tsv) from our own gold.

usage: choices.py TAGGERS [--check]       TAGGERS: fold models of train/tagger, each reads the reports it has not seen

A row is an option of a field of a draft event that pairs with a gold event (coder/choices.py); it is right where a gold value of
that field agrees with it (evaluate/agreement.py). The regression is that of common.py. Eight folds by report choose the
threshold of a field: of those as good as the best by F1, the highest, against the rules' own choice. A field that the weighing
does not better by GAIN points is left to the rules.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from common import FOLDS, KNOWLEDGE, Read, Row, fit, fold_of, highest, paired, reports_of_gold

from dateline.coder import choices
from dateline.coder.choices import FIELDS
from dateline.coder.events import draft_events
from dateline.coder.options import Option, scene_of
from dateline.coder.plausible import BIAS, THRESHOLD
from dateline.evaluate.agreement import values_agree
from dateline.evaluate.records import CodedEvent, CodedReport
from dateline.export.codebook import to_codebook
from dateline.types import Coding, Event

THRESHOLDS = tuple(round(0.1 + 0.025 * i, 3) for i in range(21))
GAIN = 0.5
L2 = 16.0
HEADER = """# Weights of coder/choices.py: how likely a value belongs to a draft event, from the rules' choice and the tagger.
# Learned by train/coder/choices.py from our own gold, development part. F1 of eight folds by report, rules → weighed:
# {told}. Apache-2.0.
field\tfeature\tweight
"""


@dataclass(frozen=True)
class Case:
    """One field of one event: its options, which are right, how many gold values there are, the rules' own choice."""

    doc_id: str
    options: list[Option]
    right: list[bool]
    gold: int
    ruled: list[bool]  # of the rules' values: right or not


def case_of(found: Read, event: Event, gold: CodedEvent, field: str, options: list[Option]) -> Case:
    values = golds(gold, field)
    right = [any(values_agree(field, value, one) for value in values) for one in coded(found, event, field, options)]
    return Case(found.report.doc_id, options, right, len(values), matched(values, coded(found, event, field, None), field))


def golds(gold: CodedEvent, field: str) -> list[object]:
    value = getattr(gold, field)
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def coded(found: Read, event: Event, field: str, options: list[Option] | None) -> list[object]:
    """Values as the scorer sees them: those of the options, or those of the event as it is."""
    if options is None:
        events: tuple[Event, ...] = (event,)
    elif field == "where":
        events = tuple(msgspec.structs.replace(event, where=o.value) for o in options)
    else:
        events = tuple(msgspec.structs.replace(event, **{field: (o.value,)}) for o in options)
    told = msgspec.convert(to_codebook(Coding(found.report, events)), CodedReport, strict=False).events
    return [value for one in told for value in golds(one, field)]


def matched(values: list[object], mine: list[object], field: str) -> list[bool]:
    """For each of our values: does it find a gold value of its own?"""
    left, out = list(values), []
    for one in mine:
        hit = next((value for value in left if values_agree(field, value, one)), None)
        if hit is not None:
            left.remove(hit)
        out.append(hit is not None)
    return out


def cases_of_gold(reads: Iterable[Read], before: Callable[[str], None] = lambda doc_id: None) -> dict[str, list[Case]]:
    """Cases by field; `before` is called with the id of each report before its events are drafted."""
    found: dict[str, list[Case]] = {field: [] for field in FIELDS}
    for read in reads:
        before(read.report.doc_id)
        drafts, _ = draft_events(read.view)
        for (group, event), gold in zip(drafts, paired(read, drafts), strict=True):
            if gold is None:
                continue
            for field in FIELDS:
                found[field].append(case_of(read, event, gold, field, choices.options(scene_of(read.view, group, event), field)))
    return found


def rows_of(cases: list[Case]) -> list[Row]:
    return [(c.doc_id, o.features, right) for c in cases for o, right in zip(c.options, c.right, strict=True)]


def score(cases: list[Case], known: list[dict[str, float]], field: str, least: float) -> tuple[float, float, float]:
    """P, R, F1 of the weighed choice; `known` gives the weights for each case (those of a fold that has not seen it)."""
    hits = told = gold = 0
    for case, weights in zip(cases, known, strict=True):
        rows = choices.scored(case.options, weights)
        kept = choices.taken(field, rows, least).get(field, ())
        chosen = list(kept) if isinstance(kept, tuple) else [kept]
        right = {key_of(o.value): r for o, r in zip(case.options, case.right, strict=True)}
        hits += min(case.gold, sum(right[key_of(value)] for value in chosen))
        told, gold = told + len(chosen), gold + case.gold
    return 100 * hits / max(1, told), 100 * hits / max(1, gold), 200 * hits / max(1, told + gold)


def key_of(value: object) -> object:
    return msgspec.structs.replace(value, score=None, by="")  # type: ignore[type-var]


def by_rules(cases: list[Case]) -> float:
    hits, told, gold = (sum(x) for x in zip(*((sum(c.ruled), len(c.ruled), c.gold) for c in cases), strict=True))
    return 200 * hits / max(1, told + gold)


def table_of(names: list[str], weights: np.ndarray) -> dict[str, float]:
    return {**{name: float(w) for name, w in zip(names, weights, strict=False)}, BIAS: float(weights[-1])}


def tables_of(cases: list[Case]) -> list[dict[str, float]]:
    """For each fold the weights learned from the other folds."""
    return [table_of(*fit(rows_of([c for c in cases if fold_of(c.doc_id) != k]), L2)) for k in range(FOLDS)]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("taggers", type=Path)
    parser.add_argument("--check", action="store_true", help="print the folds, write nothing")
    options = parser.parse_args()
    choices.weights = dict  # type: ignore[assignment]  # the drafts as the rules leave them
    lines, told = [], []
    for field, cases in cases_of_gold(reports_of_gold(taggers=options.taggers)).items():
        held = tables_of(cases)
        known = [held[fold_of(c.doc_id)] for c in cases]
        tried = {least: score(cases, known, field, least) for least in THRESHOLDS}
        best = highest({least: tried[least][2] for least in THRESHOLDS})
        before, (p, r, f) = by_rules(cases), tried[best]
        names, weights = fit(rows_of(cases), L2)
        print(
            f"{field}: rules F {before:.1f}; weighed P {p:.1f} R {r:.1f} F {f:.1f} at {best}; {len(rows_of(cases))} options",
            flush=True,
        )
        if options.check:
            top = sorted(zip(names, weights, strict=False), key=lambda item: -abs(item[1]))[:14]
            print("   ", ", ".join(f"{name} {weight:+.2f}" for name, weight in top))
        if f < before + GAIN:
            continue
        told.append(f"{field} {before:.1f} → {f:.1f}")
        final = {**table_of(names, weights), THRESHOLD: best}
        lines += [f"{field}\t{name}\t{weight:.4f}" for name, weight in final.items()]
    if not options.check:
        path = KNOWLEDGE / "choice_weights.tsv"
        path.write_text(HEADER.format(told=", ".join(told)) + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
