"""Bootstrap intervals: how far a figure would move had other reports of the same kind been read."""

from __future__ import annotations

import random
from collections.abc import Sequence

from dateline.evaluate.scoring import Scores, Tally

SAMPLES = 1000
LEVEL = 0.95


def intervals(
    reports: Sequence[Scores], *, samples: int = SAMPLES, level: float = LEVEL, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """Percentile interval of F1 for each field, by drawing whole reports with replacement. The same seed, the same interval.

    Reports are drawn, not events: what one report tells hangs together.
    """
    if not reports:
        return {}
    names = list(reports[0])
    columns = {name: counts([scores[name] for scores in reports]) for name in names}
    chance = random.Random(seed)
    drawn: dict[str, list[float]] = {name: [] for name in names}
    for _ in range(samples):
        picks = chance.choices(range(len(reports)), k=len(reports))
        for name, (correct, gold, predicted) in columns.items():
            tally = Tally(*(sum(map(column.__getitem__, picks)) for column in (correct, gold, predicted)))
            drawn[name].append(tally.f1)
    tail = (1 - level) / 2
    return {name: (quantile(sorted(values), tail), quantile(sorted(values), 1 - tail)) for name, values in drawn.items()}


def counts(tallies: Sequence[Tally]) -> tuple[list[int], list[int], list[int]]:
    return [t.correct for t in tallies], [t.gold for t in tallies], [t.predicted for t in tallies]


def quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the ordered values lie (nearest rank).

    >>> quantile([1.0, 2.0, 3.0, 4.0], 0.5)
    3.0
    """
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
