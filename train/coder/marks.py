"""Learns the weights of sub-type, foreground and status (src/dateline/knowledge/mark_weights.tsv) from our own gold.

usage: marks.py TAGGERS [--check]        needs numpy, and the texts of ../shared/gold (the annotations are in gold/)

Every draft event of a development report that pairs with a gold event is a row: its features (coder/marks.py), and whether the
gold event is foreground, or goes on; for the sub-type, every option of such an event is one (coder/retyping.py). TAGGERS: fold
models of train/tagger. Run it after choices.py and before events.py. Reports of the development test (`part: test`) are never
read. Prints how often eight folds by report are right, beside the rules; `--check` writes nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
from common import FOLDS, KNOWLEDGE, Read, Row, chances_of, fit, fold_of, paired, reports_of_gold, weight_lines

from dateline.coder import marks, plausible, retyping
from dateline.coder.events import draft_events

L2 = {"foreground": 16.0, "ongoing": 16.0, marks.SUB_TYPE: 4.0}
HEADER = """# Weights of sub-type, foreground and of what goes on (coder/marks.py): log odds of the mark.
# Learned by train/coder/marks.py from our own gold, development part: {rows} events. Apache-2.0.
# Eight folds by report: {figures}.
mark\tfeature\tweight
"""


def rows_of_gold(
    reads: Iterable[Read], before: Callable[[str], None] = lambda doc_id: None
) -> tuple[dict[str, list[Row]], dict[str, list[bool]]]:
    """Rows by mark, and whether the rules are right. The events stand as the rules mark them, with the days that they give."""
    rows: dict[str, list[Row]] = {mark: [] for mark in L2}
    ruled: dict[str, list[bool]] = {mark: [] for mark in L2}
    marks.weights = dict  # type: ignore[assignment]
    marks.undated = lambda event: event  # type: ignore[assignment]
    plausible.weights = lambda tagged=False: {}  # type: ignore[assignment]
    for read in reads:
        before(read.report.doc_id)
        drafts, _ = draft_events(read.view)
        for (group, event), gold in zip(drafts, paired(read, drafts), strict=True):
            if gold is None:
                continue
            found = marks.features(read.view, group, event)
            rows["foreground"].append((read.report.doc_id, found, bool(gold.foreground)))
            ruled["foreground"].append(event.foreground == gold.foreground)
            right = f"{gold.type}/{gold.sub_type}"
            choice = retyping.options(read.view, group, event)
            rows[marks.SUB_TYPE] += [(read.report.doc_id, features, label == right) for label, features in choice]
            ruled[marks.SUB_TYPE] += [label == right for label, _ in choice[:1]]
            if event.status in ("occurred", "ongoing"):
                rows["ongoing"].append((read.report.doc_id, found, gold.status == "ongoing"))
                ruled["ongoing"].append((event.status == "ongoing") == (gold.status == "ongoing"))
    return rows, ruled


def folds(rows: list[Row], l2: float) -> np.ndarray:
    """Chance of each row by a model that has not seen its report."""
    fold = np.array([fold_of(doc_id) for doc_id, _, _ in rows])
    chances = np.zeros(len(rows))
    for k in range(FOLDS):
        names, weights = fit([row for row, f in zip(rows, fold, strict=True) if f != k], l2)
        chances[fold == k] = chances_of([row for row, f in zip(rows, fold, strict=True) if f == k], names, weights)
    return chances


def likeliest(rows: list[Row], chances: np.ndarray, right: np.ndarray) -> list[bool]:
    """For each event (its options begin with that of the rules): is the likeliest option right?"""
    starts = [i for i, (_, features, _) in enumerate(rows) if features["rule"]]
    spans = zip(starts, [*starts[1:], len(rows)], strict=True)
    return [bool(right[first + int(chances[first:last].argmax())]) for first, last in spans]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("taggers", type=Path)
    parser.add_argument("--check", action="store_true", help="print the folds, write nothing")
    args = parser.parse_args()
    rows, ruled = rows_of_gold(reports_of_gold(taggers=args.taggers))
    lines, told = [], []
    for mark, l2 in L2.items():
        right = np.array([row[2] for row in rows[mark]])
        chances = folds(rows[mark], l2)
        if mark == marks.SUB_TYPE:
            held = 100 * float(np.mean(likeliest(rows[mark], chances, right)))
        else:
            held = 100 * float(np.mean((chances >= (marks.GOES_ON if mark == "ongoing" else 0.5)) == right))
        told.append(f"{mark} {held:.1f} % right, by rules {100 * float(np.mean(ruled[mark])):.1f} %")
        lines += [f"{mark}\t{line}" for line in weight_lines({}, *fit(rows[mark], l2))]
    print("; ".join(told))
    if not args.check:
        head = HEADER.format(rows=len(rows["foreground"]), figures="; ".join(told))
        (KNOWLEDGE / "mark_weights.tsv").write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
