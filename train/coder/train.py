"""Learns the weights of the plausibility model (src/dateline/knowledge/event_weights.tsv) from our own gold.

usage: train.py [--check]        needs numpy, and the texts of ../shared/gold (the annotations are in gold/)

Every draft event that the rules make of a development report is a row: its features (coder/plausible.py), and whether it
pairs with a gold event (evaluate/alignment.py). L2 logistic regression by Newton's method: no chance in it, so the same
gold gives the same file. Reports of the development test (`part: test`) are never read. Eight folds by report choose the
threshold; `--check` prints the folds and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "gold"))

from join import joined  # noqa: E402  (gold/join.py is a script beside its data)

from dateline.coder import plausible  # noqa: E402
from dateline.coder.events import draft_events  # noqa: E402
from dateline.coder.view import build_view  # noqa: E402
from dateline.evaluate.alignment import align  # noqa: E402
from dateline.evaluate.records import CodedReport  # noqa: E402
from dateline.export.codebook import to_codebook  # noqa: E402
from dateline.ingest import read_text  # noqa: E402
from dateline.pipeline import annotate, load_tools  # noqa: E402
from dateline.types import Coding  # noqa: E402

OUT = ROOT / "src" / "dateline" / "knowledge" / "event_weights.tsv"
L2 = 16.0  # strong: 116 reports hold few events of most kinds
LEAST = 4  # a feature seen in fewer drafts is left out
FOLDS = 8
THRESHOLDS = tuple(round(0.2 + 0.025 * i, 3) for i in range(13))
HEADER = """# Weights of the plausibility model (coder/plausible.py): how likely a draft event is one that the codebook asks for.
# Learned by train/coder/train.py from our own gold, development part: {reports} reports, {rows} drafts, {right} of them right,
# {gold} gold events. Eight folds by report: P {p:.1f} R {r:.1f} F {f:.1f} at the threshold,
# without it P {p0:.1f} R {r0:.1f} F {f0:.1f}. Apache-2.0.
feature\tweight
"""

Row = tuple[str, dict[str, float], bool]


def rows_of_gold() -> tuple[list[Row], int, int]:
    """(report, features, right) of every draft; number of gold events; number of reports."""
    tools, rows, golds, reports = load_tools(), [], 0, 0
    for record, text in joined("dev"):
        given = record.get("published") if record.get("published_basis") == "given" else None
        report = read_text(text["text"], doc_id=record["doc_id"], published=given, outlet=text.get("outlet"))
        found = annotate(report, tools)
        view = build_view(
            found.reading,
            parties=found.parties,
            places=found.places,
            times=found.times,
            figures=found.figures,
            attributions=found.attributions,
            movements=found.movements,
        )
        drafts, _ = draft_events(view)
        events = tuple(msgspec.structs.replace(e, id=str(i)) for i, (_, e) in enumerate(drafts))
        predicted = msgspec.convert(to_codebook(Coding(report, events)), CodedReport, strict=False).events
        gold = msgspec.convert(record, CodedReport, strict=False).events
        right = {str(predicted[j].id) for _, j in align(gold, predicted)}
        rows += [
            (report.doc_id, plausible.features(view, group, event), str(i) in right) for i, (group, event) in enumerate(drafts)
        ]
        golds += len(gold)
        reports += 1
    return rows, golds, reports


def matrix(rows: list[Row], names: list[str]) -> np.ndarray:
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1))
    table[:, -1] = 1.0
    for i, (_, features, _) in enumerate(rows):
        for name, value in features.items():
            if name in place:
                table[i, place[name]] = value
    return table


def fit(rows: list[Row]) -> tuple[list[str], np.ndarray]:
    """Feature names and weights (the last is the bias)."""
    seen = Counter(name for _, features, _ in rows for name, value in features.items() if value)
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    table, right = matrix(rows, names), np.array([float(row[2]) for row in rows])
    weights, ridge = np.zeros(table.shape[1]), np.full(table.shape[1], L2)
    ridge[-1] = 1e-6
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - right) + ridge * weights
        curve = (table * (chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return names, weights


def folds(rows: list[Row]) -> np.ndarray:
    """Probability of each row by a model that has not seen its report."""
    fold = np.array([int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) // 7 % FOLDS for doc_id, _, _ in rows])
    chances = np.zeros(len(rows))
    for k in range(FOLDS):
        names, weights = fit([row for row, f in zip(rows, fold, strict=True) if f != k])
        held = [row for row, f in zip(rows, fold, strict=True) if f == k]
        chances[fold == k] = 1 / (1 + np.exp(-matrix(held, names) @ weights))
    return chances


def measure(right: np.ndarray, kept: np.ndarray, golds: int) -> tuple[float, float, float]:
    hits = float((right * kept).sum())
    p, r = 100 * hits / max(1, kept.sum()), 100 * hits / golds
    return p, r, 2 * p * r / (p + r)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="print the folds, write nothing")
    args = parser.parse_args()
    plausible.weights = dict  # type: ignore[assignment]  # the drafts as they are before the model
    rows, golds, reports = rows_of_gold()
    right, chances = np.array([float(row[2]) for row in rows]), folds(rows)
    tried = {t: measure(right, (chances >= t).astype(float), golds) for t in (0.0, *THRESHOLDS)}
    for t, (p, r, f) in tried.items():
        print(f"threshold {t}: P {p:.1f} R {r:.1f} F {f:.1f}")
    best = max(THRESHOLDS, key=lambda t: tried[t][2])
    error = np.mean([abs(chances[b].mean() - right[b].mean()) * b.mean() for b in bins(chances)]) * len(bins(chances))
    print(f"{len(rows)} drafts of {reports} reports; chosen {best}; expected calibration error {100 * error:.1f} %")
    if args.check:
        return 0
    names, weights = fit(rows)
    (p, r, f), (p0, r0, f0) = tried[best], tried[0.0]
    lines = [f"{plausible.BIAS}\t{weights[-1]:.4f}", f"{plausible.THRESHOLD}\t{best}"]
    lines += [f"{name}\t{weight:.4f}" for name, weight in zip(names, weights, strict=False)]
    head = HEADER.format(reports=reports, rows=len(rows), right=int(right.sum()), gold=golds, p=p, r=r, f=f, p0=p0, r0=r0, f0=f0)
    OUT.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


def bins(chances: np.ndarray) -> list[np.ndarray]:
    edges = np.linspace(0, 1, 11)
    return [m for low, high in pairwise(edges) if (m := (chances >= low) & (chances < high + (high == 1))).any()]


if __name__ == "__main__":
    sys.exit(main())
