"""Fills: every value of every field is one; of aligned events it is right or not, of the rest it is missing or invented.

precision = correct / predicted, recall = correct / gold, F1 their harmonic mean. `ALL` pools all fields but the loose ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

from dateline.evaluate.agreement import values_agree
from dateline.evaluate.alignment import Pair, align
from dateline.evaluate.records import CodedEvent, CodedReport, Value

FIELDS = (
    "type", "sub_type", "status", "foreground", "when", "when~", "where", "where~",
    "actors", "targets", "weapons", "figures", "sources",
)  # fmt: skip
LOOSE = frozenset({"when~", "where~"})  # not pooled into ALL: their strict twins are


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of fills. Shares are percentages, 0 where there is nothing to divide by."""

    correct: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.correct + other.correct, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        return 100 * (self.correct / self.predicted) if self.predicted else 0.0

    @property
    def recall(self) -> float:
        return 100 * (self.correct / self.gold) if self.gold else 0.0

    @property
    def f1(self) -> float:
        """
        >>> Tally(correct=1, gold=2, predicted=1).f1
        66.66666666666667
        """
        p, r = self.correct / (self.predicted or 1), self.correct / (self.gold or 1)
        return 200 * p * r / (p + r) if p + r else 0.0


Scores = dict[str, Tally]


@dataclass(frozen=True, slots=True)
class Row:
    """One gold event with the predicted event that tells of it, or one of them alone.

    `right` gives, for each field, the index pairs (gold value, predicted value) that agree.
    """

    doc_id: str
    gold: CodedEvent | None
    predicted: CodedEvent | None
    right: Mapping[str, Sequence[Pair]] = field(default_factory=dict)


def score_reports(golds: Mapping[str, CodedReport], predictions: Mapping[str, CodedReport]) -> list[Row]:
    """Rows of all gold reports. A gold report without prediction counts as missed; predictions without gold do not count."""
    rows: list[Row] = []
    for doc_id, gold in golds.items():
        predicted = predictions.get(doc_id)
        rows += score_events(doc_id, gold.events, predicted.events if predicted else [])
    return rows


def score_events(doc_id: str, golds: Sequence[CodedEvent], predictions: Sequence[CodedEvent]) -> list[Row]:
    """Rows of one report: pairs, then missed events, then invented ones."""
    pairs = align(golds, predictions)
    gold_done, predicted_done = {i for i, _ in pairs}, {j for _, j in pairs}
    rows = [Row(doc_id, golds[i], predictions[j], agreements(golds[i], predictions[j])) for i, j in pairs]
    rows += [Row(doc_id, event, None) for i, event in enumerate(golds) if i not in gold_done]
    rows += [Row(doc_id, None, event) for j, event in enumerate(predictions) if j not in predicted_done]
    return rows


def agreements(gold: CodedEvent, predicted: CodedEvent) -> dict[str, list[Pair]]:
    return {name: matched(name, values_of(gold, name), values_of(predicted, name)) for name in FIELDS}


def matched(name: str, golds: Sequence[Value], predictions: Sequence[Value]) -> list[Pair]:
    """Each gold value takes the first predicted value that agrees with it and is not taken yet."""
    left = list(range(len(predictions)))
    pairs: list[Pair] = []
    for i, gold in enumerate(golds):
        taken = next((j for j in left if values_agree(name, gold, predictions[j])), None)
        if taken is not None:
            left.remove(taken)
            pairs.append((i, taken))
    return pairs


def values_of(event: CodedEvent | None, name: str) -> list[Value]:
    """The values of a field: none, one, or those of its list."""
    value = getattr(event, name.rstrip("~"), None)
    if value is None or value == "":
        return []
    return cast("list[Value]", value) if isinstance(value, list) else [value]


def row_scores(row: Row) -> Scores:
    """The fills of one row, with `events` (the pair itself) and `ALL`."""
    paired = row.gold is not None and row.predicted is not None
    scores = {"events": Tally(int(paired), int(row.gold is not None), int(row.predicted is not None))}
    for name in FIELDS:
        golds, predictions = values_of(row.gold, name), values_of(row.predicted, name)
        scores[name] = Tally(len(row.right.get(name, ())), len(golds), len(predictions))
    strict = (tally for name, tally in scores.items() if name not in LOOSE and name != "events")
    return {"ALL": sum(strict, Tally()), **scores}


def total(scores: Iterable[Scores]) -> Scores:
    """The sum, field by field.

    >>> total([{"when": Tally(1, 1, 1)}, {"when": Tally(0, 1, 0)}])["when"].recall
    50.0
    """
    out: Scores = {}
    for one in scores:
        for name, tally in one.items():
            out[name] = out.get(name, Tally()) + tally
    return out


def nothing() -> Scores:
    """Zero for every field: the scores of a report in which there is nothing and nothing was found."""
    return row_scores(Row("", None, None))


def by_report(rows: Iterable[Row], doc_ids: Iterable[str]) -> dict[str, Scores]:
    """Scores of each of `doc_ids`, also of those without any row."""
    gathered: dict[str, list[Scores]] = {doc_id: [nothing()] for doc_id in doc_ids}
    for row in rows:
        gathered.setdefault(row.doc_id, [nothing()]).append(row_scores(row))
    return {doc_id: total(several) for doc_id, several in gathered.items()}
