"""What the training scripts of the coder share: the development reports of our own gold, folds by report, logistic regression."""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "gold"))

from join import joined  # noqa: E402  (gold/join.py is a script beside its data)

from dateline.coder.grouping import Group  # noqa: E402
from dateline.coder.view import View  # noqa: E402
from dateline.evaluate.alignment import align  # noqa: E402
from dateline.evaluate.records import CodedEvent, CodedReport  # noqa: E402
from dateline.export.codebook import to_codebook  # noqa: E402
from dateline.ingest import read_text  # noqa: E402
from dateline.pipeline import Tools, annotate, load_tools, view_of  # noqa: E402
from dateline.tagger.model import load_tagger  # noqa: E402
from dateline.types import Coding, Event, Report  # noqa: E402

KNOWLEDGE = ROOT / "src" / "dateline" / "knowledge"
FOLDS = 8
TAGGER_FOLDS = 2  # divides FOLDS: who is in one fold here is in one fold there
EVEN = 0.3  # points of F1 that folds cannot tell apart: of such thresholds the highest, which invents least
LEAST = 4  # a feature seen in fewer rows is left out

Row = tuple[str, Mapping[str, float], bool]  # report, features, right


@dataclass(frozen=True)
class Read:
    """A report of the gold as the coder sees it: finders' records, indexed; and what was coded by hand."""

    report: Report
    view: View
    record: dict[str, Any]
    gold: CodedReport


def reports_of_gold(part: str = "dev", *, taggers: Path | None = None) -> Iterator[Read]:
    """Reports in the order of the files. Published: what the set gives; inferred days are for the product to infer.

    `taggers`: folder of the fold models of train/tagger (fold0 …); each report is read by the one that has not seen it.
    """
    tools = load_tools(model=False)
    models = [load_tagger(taggers / f"fold{k}") for k in range(TAGGER_FOLDS)] if taggers else [None]
    for record, text in joined(part):
        mine = Tools(tools.gazetteer, tagger=models[fold_of(record["doc_id"]) % len(models)])
        given = record.get("published") if record.get("published_basis") == "given" else None
        report = read_text(text["text"], doc_id=record["doc_id"], published=given, outlet=text.get("outlet"))
        view = view_of(annotate(report, mine))
        yield Read(report, view, record, msgspec.convert(record, CodedReport, strict=False))


def paired(read: Read, drafts: Sequence[tuple[Group, Event]]) -> list[CodedEvent | None]:
    """For each draft the gold event that it is, None where it is none (evaluate/alignment.py)."""
    events = tuple(msgspec.structs.replace(event, id=str(i)) for i, (_, event) in enumerate(drafts))
    predicted = msgspec.convert(to_codebook(Coding(read.report, events)), CodedReport, strict=False).events
    found = {str(predicted[j].id): read.gold.events[i] for i, j in align(read.gold.events, predicted)}
    return [found.get(str(i)) for i in range(len(drafts))]


def fold_of(doc_id: str) -> int:
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) // 7 % FOLDS


def matrix(rows: Sequence[Row], names: list[str]) -> np.ndarray:
    """One row of feature values each; the last column is the bias."""
    place = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(rows), len(names) + 1))
    table[:, -1] = 1.0
    for i, (_, features, _) in enumerate(rows):
        for name, value in features.items():
            if name in place:
                table[i, place[name]] = value
    return table


def fit(rows: Sequence[Row], l2: float, *, most_of_a_report: int | None = None) -> tuple[list[str], np.ndarray]:
    """Feature names and weights (the last is the bias): L2 logistic regression by Newton's method, so without chance.

    `most_of_a_report`: rows of a report that has more count less, so that long reports do not rule.
    """
    seen = Counter(name for _, features, _ in rows for name, value in features.items() if value)
    names = sorted(name for name, count in seen.items() if count >= LEAST)
    table, right = matrix(rows, names), np.array([float(row[2]) for row in rows])
    size = Counter(row[0] for row in rows)
    share = np.array([1.0 if most_of_a_report is None else min(1.0, most_of_a_report / size[row[0]]) for row in rows])
    weights, ridge = np.zeros(table.shape[1]), np.full(table.shape[1], l2)
    ridge[-1] = 1e-6
    for _ in range(50):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (share * (chance - right)) + ridge * weights
        curve = (table * (share * chance * (1 - chance))[:, None]).T @ table + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return names, weights


def highest(tried: Mapping[float, float], even: float = EVEN) -> float:
    """Of thresholds with their F1, the highest that is as good as the best, within `even` points."""
    return max(least for least, f in tried.items() if f >= max(tried.values()) - even)


def chances_of(rows: Sequence[Row], names: list[str], weights: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-matrix(rows, names) @ weights))


def weight_lines(special: Mapping[str, float], names: list[str], weights: np.ndarray) -> list[str]:
    """Rows of a table of weights: bias and settings first."""
    lines = [f"bias\t{weights[-1]:.4f}", *(f"{name}\t{value}" for name, value in special.items())]
    return lines + [f"{name}\t{weight:.4f}" for name, weight in zip(names, weights, strict=False)]
