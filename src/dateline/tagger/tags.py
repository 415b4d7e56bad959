"""What the tagger says about one report: chances of labels at its pieces, and of arcs between them.

A piece is a word or a part of one. Chances are those of the net, not calibrated; what is made of them is the coder's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from dateline.tagger.windows import pieces_of

Floats = NDArray[np.float32]
Offsets = tuple[int, int]  # code points [start, end)
CLIP = 8.0  # logits beyond this say no more


@dataclass(frozen=True, slots=True)
class Tags:
    """Labels and arcs of one report of N pieces.

    `starts`, `ends`: code points of the pieces. `tokens`: (N, K) logits, one column for each of `labels`. `left`, `right`:
    (N, R, D) the two sides of the arc scores, one row for each of `arcs`. `model` names the model that said so.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    tokens: Floats
    left: Floats
    right: Floats
    labels: dict[str, int]
    arcs: dict[str, int]
    model: str
    _columns: dict[str, list[float]] = field(default_factory=dict)
    _pieces: dict[Offsets, tuple[int, int]] = field(default_factory=dict)
    _arcs: dict[tuple[str, tuple[int, ...]], list[float]] = field(default_factory=dict)

    def pieces(self, span: Offsets) -> tuple[int, int]:
        """Pieces `[first, last)` of a span."""
        if span not in self._pieces:
            self._pieces[span] = pieces_of(self.starts, self.ends, *span)
        return self._pieces[span]

    def top(self, column: Sequence[float], span: Offsets) -> float:
        """The highest logit of a column in the words of `span`; -CLIP where it has none."""
        found = self._pieces.get(span) or self.pieces(span)
        return max(column[found[0] : found[1]], default=-CLIP)

    def tops(self, column: Sequence[float], spans: Iterable[Offsets]) -> list[float]:
        """`top` for many spans."""
        known = self._pieces
        ranges = [known.get(span) or self.pieces(span) for span in spans]
        return [max(column[first:last], default=-CLIP) for first, last in ranges]

    def label(self, name: str, span: Offsets) -> float:
        """Logit of a label in the words of `span`, that of the piece where it is highest."""
        if name not in self._columns:
            self._columns[name] = np.clip(self.tokens[:, self.labels[name]], -CLIP, CLIP).tolist()
        return self.top(self._columns[name], span)

    def highest(self, spans: Iterable[Offsets]) -> list[float]:
        """For each label, in the order of the columns, its highest logit in the words of `spans`."""
        rows = [piece for span in spans for piece in range(*self.pieces(span))]
        if not rows:
            return [-CLIP] * self.tokens.shape[1]
        return list(np.clip(self.tokens[rows].max(0), -CLIP, CLIP).tolist())

    def arcs_from(self, name: str, triggers: Iterable[Offsets]) -> list[float]:
        """Logits of an arc from the words of an event to each piece, the best of its words; a column for `top`."""
        rows = [piece for trigger in triggers for piece in range(*self.pieces(trigger))]
        if not rows:
            return [-CLIP] * len(self.starts)
        asked = name, tuple(rows)
        if asked not in self._arcs:
            k = self.arcs[name]
            self._arcs[asked] = np.clip((self.left[rows, k] @ self.right[:, k].T).max(0), -CLIP, CLIP).tolist()
        return self._arcs[asked]
