"""The gate: which reports of an archive may tell an event, at a thousandth of the cost of coding them.

A linear model over hashed words and pairs of words, read in windows of 300 words: a report passes when one window reaches the
threshold. It is off unless asked for (`dateline code --gate`): the error we prefer is to code in vain, so the threshold keeps
98 of 100 reports with an event on every development set (train/gate/train.py, models/gate-en-1.toml).
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from zlib import crc32

from dateline.errors import ModelError
from dateline.types import Fault, Report

CARD = Path(__file__).parent / "models" / "gate-en-1.toml"
WORD = re.compile(r"[a-z]{2,20}")
WINDOW = 300  # words
MOST_WINDOWS = 40  # longer texts are books: they pass


@dataclass(frozen=True, slots=True)
class Gate:
    """Weights in steps of `scale` by bucket of the hash, and the score (log odds) from which a window passes."""

    weights: bytes  # one signed byte per bucket
    scale: float
    bias: float
    threshold: float

    def score(self, text: str) -> float:
        """How much the words speak for an event (0..1, not calibrated), by the likeliest window.

        >>> gate = Gate(bytes(8), 1.0, 0.0, 0.0)
        >>> gate.score("words"), gate.score("")
        (0.5, 0.0)
        """
        found = max((self.odds(buckets(window, len(self.weights))) for window in windows(text)), default=-math.inf)
        return 1 / (1 + math.exp(-max(-50.0, found))) if found > -math.inf else 0.0

    def odds(self, window: set[int]) -> float:
        """Log odds of one window; values are scaled by the root of their number, so that short texts weigh no less."""
        if not window:
            return -math.inf
        weights = self.weights
        total = sum(weight - 256 if (weight := weights[bucket]) > 127 else weight for bucket in window)
        return self.bias + self.scale * total / math.sqrt(len(window))

    def passes(self, text: str) -> bool:
        """True when the text may tell an event; always for books and for what is not in Latin letters."""
        found = list(windows(text, MOST_WINDOWS + 1))
        if len(found) > MOST_WINDOWS or (not found and text.strip()):
            return True
        return any(self.odds(buckets(window, len(self.weights))) >= self.threshold for window in found)


def windows(text: str, most: int = MOST_WINDOWS) -> list[list[str]]:
    """The lower-case words of a text in stretches of 300; a short rest joins the last."""
    words = WORD.findall(text[: most * WINDOW * 12].lower())
    cuts = [words[at : at + WINDOW] for at in range(0, len(words), WINDOW)][:most]
    if len(cuts) > 1 and len(cuts[-1]) < WINDOW // 3:
        cuts[-2:] = [cuts[-2] + cuts[-1]]
    return cuts


def buckets(words: list[str], size: int) -> set[int]:
    """Buckets of the words and of the pairs of neighbours; `size` is a power of two."""
    mask = size - 1
    found = {crc32(word.encode()) & mask for word in words}
    found.update(crc32(f"{one} {two}".encode()) & mask for one, two in pairwise(words))
    return found


@cache
def load_gate(card: Path = CARD) -> Gate:
    """The shipped gate. Raises ModelError when its files are missing or damaged."""
    try:
        told = tomllib.loads(card.read_text(encoding="utf-8"))["model"]
        weights = card.with_suffix(".bin").read_bytes()
        gate = Gate(weights, float(told["scale"]), float(told["bias"]), float(told["threshold"]))
    except (OSError, tomllib.TOMLDecodeError, KeyError, ValueError) as error:
        raise ModelError(f"the gate cannot be read ({error})", where=str(card), remedy="install dateline again") from error
    if len(weights) != told["buckets"] or f"{crc32(weights):08x}" != told["crc32"]:
        raise ModelError("the gate's weights do not fit their card", where=str(card), remedy="install dateline again")
    return gate


def passed_over(report: Report, gate: Gate) -> Fault:
    """What is kept of a report that the gate stopped."""
    what = f"passed over by the gate (score {gate.score(report.text):.2f})"
    return Fault(report.doc_id, what, "leave --gate out to code it", "gate", "warning")
