"""Learns the weights of the plausibility model (src/dateline/knowledge/event_weights*.tsv) from our own gold.

usage: events.py [--taggers FOLDER] [--check]        needs numpy, and the texts of ../shared/gold (the annotations are in gold/)

Every draft event that the rules make of a development report is a row: its features (coder/plausible.py), and whether it
pairs with a gold event (evaluate/alignment.py). L2 logistic regression by Newton's method: no chance in it, so the same
gold gives the same file. Reports of the development test (`part: test`) are never read. Eight folds by report choose the
threshold; `--check` prints the folds and writes nothing. `--taggers`: event_weights_tagger.tsv, from the fold models of
train/tagger; run choices.py before it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
from common import FOLDS, KNOWLEDGE, Row, chances_of, fit, fold_of, highest, paired, reports_of_gold, weight_lines

from dateline.coder import plausible
from dateline.coder.events import draft_events

L2 = 16.0  # strong: 116 reports hold few events of most kinds
THRESHOLDS = tuple(round(0.2 + 0.025 * i, 3) for i in range(13))
SLACK = 0.9  # points of F1 of drafts; the scorer of the codebook finds thresholds from 0.35 to 0.45 alike (events 71.7 to 72.0)
HEADER = """# Weights of the plausibility model (coder/plausible.py): how likely a draft event is one that the codebook asks for.
# Learned by train/coder/events.py from our own gold, development part: {reports} reports, {rows} drafts, {right} of them right,
# {gold} gold events. Eight folds by report: P {p:.1f} R {r:.1f} F {f:.1f} at the threshold,
# without it P {p0:.1f} R {r0:.1f} F {f0:.1f}. Apache-2.0.
feature\tweight
"""


def rows_of_gold(taggers: Path | None) -> tuple[list[Row], int, int]:
    """(report, features, right) of every draft; number of gold events; number of reports."""
    rows: list[Row] = []
    golds = reports = 0
    for read in reports_of_gold(taggers=taggers):
        drafts, _ = draft_events(read.view)
        rows += [
            (read.report.doc_id, plausible.features(read.view, group, event), gold is not None)
            for (group, event), gold in zip(drafts, paired(read, drafts), strict=True)
        ]
        golds += len(read.gold.events)
        reports += 1
    return rows, golds, reports


def folds(rows: list[Row]) -> np.ndarray:
    """Probability of each row by a model that has not seen its report."""
    fold = np.array([fold_of(doc_id) for doc_id, _, _ in rows])
    chances = np.zeros(len(rows))
    for k in range(FOLDS):
        names, weights = fit([row for row, f in zip(rows, fold, strict=True) if f != k], L2)
        chances[fold == k] = chances_of([row for row, f in zip(rows, fold, strict=True) if f == k], names, weights)
    return chances


def measure(right: np.ndarray, kept: np.ndarray, golds: int) -> tuple[float, float, float]:
    hits = float((right * kept).sum())
    p, r = 100 * hits / max(1, kept.sum()), 100 * hits / golds
    return p, r, 2 * p * r / (p + r)


def threshold_of(tried: Mapping[float, float], *, tagged: bool) -> float:
    """The threshold, of some with their F1.

    With the tagger the highest of those that are as good (SLACK): a sure event has a high chance. By words alone a plain
    event may have a low one, and what is found is easier struck than what is not: the best.
    """
    return highest(tried, SLACK) if tagged else max(tried, key=tried.__getitem__)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="print the folds, write nothing")
    parser.add_argument("--taggers", type=Path, metavar="FOLDER", help="fold models of the tagger: weights for coding with it")
    args = parser.parse_args()
    plausible.weights = lambda tagged=False: {}  # type: ignore[assignment]  # the drafts as they are before the model
    rows, golds, reports = rows_of_gold(args.taggers)
    right, chances = np.array([float(row[2]) for row in rows]), folds(rows)
    tried = {t: measure(right, (chances >= t).astype(float), golds) for t in (0.0, *THRESHOLDS)}
    for t, (p, r, f) in tried.items():
        print(f"threshold {t}: P {p:.1f} R {r:.1f} F {f:.1f}")
    best = threshold_of({t: tried[t][2] for t in THRESHOLDS}, tagged=args.taggers is not None)
    error = np.mean([abs(chances[b].mean() - right[b].mean()) * b.mean() for b in bins(chances)]) * len(bins(chances))
    print(f"{len(rows)} drafts of {reports} reports; chosen {best}; expected calibration error {100 * error:.1f} %")
    if args.check:
        return 0
    names, weights = fit(rows, L2)
    (p, r, f), (p0, r0, f0) = tried[best], tried[0.0]
    lines = weight_lines({plausible.THRESHOLD: best}, names, weights)
    head = HEADER.format(reports=reports, rows=len(rows), right=int(right.sum()), gold=golds, p=p, r=r, f=f, p0=p0, r0=r0, f0=f0)
    out = KNOWLEDGE / ("event_weights_tagger.tsv" if args.taggers else "event_weights.tsv")
    out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


def bins(chances: np.ndarray) -> list[np.ndarray]:
    edges = np.linspace(0, 1, 11)
    return [m for low, high in pairwise(edges) if (m := (chances >= low) & (chances < high + (high == 1))).any()]


if __name__ == "__main__":
    sys.exit(main())
