"""Calibration: of the values that the coder is 80 % sure of, four in five should be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.evaluate.scoring import FIELDS, LOOSE, Row, values_of

BINS = 10

Guess = tuple[float, bool]  # score, right


@dataclass(frozen=True, slots=True)
class Bin:
    """Guesses whose scores lie in [low, high): how many, their mean score, the share that is right (0 to 1)."""

    low: float
    high: float
    guesses: int
    score: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """`gap` is the mean distance of score and share right over the bins, weighted by size (expected calibration error);
    `brier` the mean squared distance of score and truth. Both 0 at best."""

    guesses: int
    gap: float
    brier: float
    bins: tuple[Bin, ...]


def calibrate_rows(rows: Iterable[Row]) -> dict[str, Calibration]:
    """Calibration of events and of each field, where the predictions carry scores.

    The score of a value is its chance if the event is right: values of events that pair with none are left out.
    """
    gathered: dict[str, list[Guess]] = {}
    for row in rows:
        if row.predicted is None:
            continue
        if row.predicted.score is not None:
            gathered.setdefault("events", []).append((row.predicted.score, row.gold is not None))
        if row.gold is None:
            continue
        for name in FIELDS:
            if name not in LOOSE:
                gathered.setdefault(name, []).extend(value_guesses(row, name))
    return {name: calibrate(guesses) for name, guesses in gathered.items() if guesses}


def value_guesses(row: Row, name: str) -> list[Guess]:
    right = {j for _, j in row.right.get(name, ())}
    scores = [getattr(value, "score", None) for value in values_of(row.predicted, name)]
    return [(score, j in right) for j, score in enumerate(scores) if score is not None]


def calibrate(guesses: Sequence[Guess]) -> Calibration:
    """
    >>> round(calibrate([(0.9, True), (0.9, True), (0.9, False)]).gap, 3)
    0.233
    """
    filled: dict[int, list[Guess]] = {}
    for score, right in guesses:
        filled.setdefault(min(BINS - 1, max(0, int(score * BINS))), []).append((score, right))
    bins = tuple(bin_of(number, held) for number, held in sorted(filled.items()))
    gap = sum(one.guesses * abs(one.score - one.right) for one in bins) / len(guesses)
    brier = sum((score - right) ** 2 for score, right in guesses) / len(guesses)
    return Calibration(len(guesses), gap, brier, bins)


def bin_of(number: int, held: Sequence[Guess]) -> Bin:
    mean = sum(score for score, _ in held) / len(held)
    return Bin(number / BINS, (number + 1) / BINS, len(held), mean, sum(right for _, right in held) / len(held))
