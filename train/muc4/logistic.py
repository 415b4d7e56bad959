"""Logistic regression over named features: L2, limited-memory BFGS, no chance in it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dateline.export.muc4_candidates import BIAS

Features = Mapping[str, float]
Weights = dict[str, float]
STEPS, MEMORY, ENOUGH = 150, 8, 1e-6
Slope = Callable[[np.ndarray], tuple[float, np.ndarray]]


def fit(rows: Sequence[Features], right: Sequence[float], *, l2: float, least: int) -> Weights:
    """Weights and bias. `right`: 0..1 for each row. A feature seen in fewer than `least` rows is left out."""
    seen = Counter(name for row in rows for name in row)
    names = sorted(name for name, count in seen.items() if count >= least)
    place = {name: i for i, name in enumerate(names)}
    cells = [(i, place[name], value) for i, row in enumerate(rows) for name, value in row.items() if name in place]
    row_of, column, value = (np.array(part) for part in zip(*cells, strict=True))
    gold, ridge = np.array(right, float), np.append(np.full(len(names), l2), 1e-6)

    def slope(weights: np.ndarray) -> tuple[float, np.ndarray]:
        logits = np.bincount(row_of, weights[column] * value, len(rows)) + weights[-1]
        error = 1 / (1 + np.exp(-np.clip(logits, -30, 30))) - gold
        loss = float((np.logaddexp(0, logits) - gold * logits).sum() + 0.5 * (ridge * weights * weights).sum())
        return loss, np.append(np.bincount(column, error[row_of] * value, len(names)), error.sum()) + ridge * weights

    found = least_loss(slope, np.zeros(len(names) + 1))
    return {**dict(zip(names, map(float, found), strict=False)), BIAS: float(found[-1])}


def least_loss(slope: Slope, weights: np.ndarray) -> np.ndarray:
    loss, gradient = slope(weights)
    steps: deque[tuple[np.ndarray, np.ndarray]] = deque(maxlen=MEMORY)
    for _ in range(STEPS):
        way = direction(gradient, list(steps))
        length, before = 1.0, loss
        while True:
            tried = weights - length * way
            loss, slanted = slope(tried)
            if loss <= before - 1e-4 * length * float(gradient @ way) or length < ENOUGH:
                break
            length /= 2
        if (slanted - gradient) @ (tried - weights) > 1e-10:
            steps.append((tried - weights, slanted - gradient))
        weights, gradient = tried, slanted
        if abs(before - loss) < ENOUGH * max(1.0, abs(loss)):
            break
    return weights


def direction(gradient: np.ndarray, steps: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The two-loop recursion of L-BFGS."""
    way, shares = gradient.copy(), []
    for moved, bent in reversed(steps):
        shares.append(moved @ way / (bent @ moved))
        way -= shares[-1] * bent
    way *= steps[-1][0] @ steps[-1][1] / (steps[-1][1] @ steps[-1][1]) if steps else 1 / max(1.0, np.abs(gradient).max())
    for (moved, bent), share in zip(steps, reversed(shares), strict=True):
        way += (share - bent @ way / (bent @ moved)) * moved
    return way
