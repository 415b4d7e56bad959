"""Trains the gate (src/dateline/gate.py): `python train/gate/train.py`. Needs ../shared/gold; two minutes on one core.

Texts and labels, all of sets that may train what ships (../shared/gold/README.md):

  own gold       part dev: a report with an event is one, a report without is none
  muc4/dev       relevant messages; irrelevant ones count as none only where the coder finds no violence in them
  fakes_syria, wikievents_dev, ucdp headlines                 all tell an event
  ecbplus_train, ecbplus_dev, news_clusters                   none where the coder finds nothing at all, else left out

The threshold is the lowest score that 2 of 100 reports with an event stay under, taken for each set by itself in five folds
(own gold, muc4, fakes_syria) and on sets that train nothing (glocon_docs, indiapolice_docs, satp); the lowest of these ships.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "gold"))

from join import joined  # noqa: E402  gold/join.py
from sets import FILES, SHARED, rows_of, texts_of  # noqa: E402  gold/sets.py

from dateline.gate import CARD, Gate, buckets, windows  # noqa: E402
from dateline.pipeline import code_report, load_tools  # noqa: E402
from dateline.types import Published, Report  # noqa: E402

SIZE = 1 << 16
FOLDS, EPOCHS, RATE, DECAY = 5, 12, 0.5, 2e-5
KEPT = 0.98  # of the reports with an event, on each development set
VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots", "Protests")
Text = tuple[str, str, str, bool]  # set, id, text, tells an event


def texts() -> Iterable[Text]:
    """Training texts; a report of our own gold counts once, with its own label."""
    tools = load_tools()
    own = {text["doc_id"]: (row, text) for row, text in joined("dev")}
    test = {row["doc_id"] for row, _ in joined("test")}
    for doc_id, (row, text) in own.items():
        yield "own", doc_id, text["text"], bool(row["events"])
    for name in ("muc4", "fakes_syria", "wikievents_dev"):
        relevant = {row["doc_id"]: row.get("relevant", True) for row in rows_of(SHARED / FILES[name])}
        for doc_id, text in texts_of(name).items():
            if doc_id in own or doc_id in test:
                continue
            if relevant[doc_id]:
                yield name, doc_id, text["text"], True
            elif not any(event.type in VIOLENT for event in code(text["text"], tools)):
                yield name, doc_id, text["text"], False
    for doc_id, text in quiet_candidates():
        if doc_id not in own and doc_id not in test and not code(text, tools):
            yield "quiet", doc_id, text, False
    for row in rows_of(SHARED / "ucdp_headline_strict.jsonl"):
        yield "headlines", str(row["id"]), row["headline"], True


def code(text: str, tools: Any) -> Any:
    return code_report(Report("gate", text, published=Published("2015-06-01", "option")), tools).events


def quiet_candidates() -> Iterable[tuple[str, str]]:
    for name in ("ecbplus_train", "ecbplus_dev"):
        for row in rows_of(SHARED / f"{name}.jsonl"):
            yield row["doc_id"], " ".join(" ".join(words) for words in row["sentences"].values())
    for doc_id, text in texts_of("news_clusters").items():
        yield doc_id, text["text"]


def measured_sets() -> Iterable[Text]:
    """Sets that may only be measured: thresholds may be tuned on them, weights not."""
    for row in rows_of(SHARED / "glocon_docs.jsonl"):
        yield "glocon_docs", str(row["id"]), row["text"], str(row["label"]) != "0"
    for row in rows_of(SHARED / "indiapolice_docs.jsonl"):
        acts = {label for label in row["doc_labels"] if label in ("KILL", "FORCE", "ARREST")}
        if acts or not row["doc_labels"]:
            yield "indiapolice_docs", str(row["doc_id"]), row["doc_text"], bool(acts)


def train(samples: list[tuple[list[set[int]], bool]]) -> Gate:
    """Logistic regression by stochastic steps with fixed seed: of a text with an event the likeliest window learns."""
    weights, bias = np.zeros(SIZE), 0.0
    share = sum(label for _, label in samples) / len(samples)
    chance = np.random.default_rng(1)
    rows = [([np.fromiter(w, dtype=np.int64) for w in parts if w], label) for parts, label in samples]
    for epoch in range(EPOCHS):
        rate = RATE / (1 + epoch)
        for at in chance.permutation(len(rows)):
            parts, label = rows[at]
            scored = [(bias + weights[part].sum() / math.sqrt(len(part)), part) for part in parts]
            for score, part in [max(scored, key=lambda one: one[0])] if label else scored:
                error = float(label) - 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))
                balance = 0.5 / share if label else 0.5 / (1 - share)
                weights[part] += rate * balance * error / math.sqrt(len(part))
                bias += 0.1 * rate * balance * error
        weights *= 1 - DECAY * len(rows) * rate
    return packed(weights, bias)


def packed(weights: Any, bias: float) -> Gate:
    """One signed byte per bucket; the largest half percent is cut to keep the steps fine."""
    scale = float(np.quantile(np.abs(weights[weights != 0]), 0.995)) / 127
    steps = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    return Gate(steps.tobytes(), scale, bias, 0.0)


def best_window(gate: Gate, parts: list[set[int]]) -> float:
    return max((gate.odds(part) for part in parts), default=-math.inf)


def main() -> int:
    if not SHARED.exists():
        print("skipped: needs ../shared/gold")
        return 0
    started = time.monotonic()
    told = sorted(texts())
    samples = [([buckets(w, SIZE) for w in windows(text)], label) for _, _, text, label in told]
    print(f"{len(told)} texts, {sum(label for *_, label in told)} with an event, read in {time.monotonic() - started:.0f} s")
    scores: dict[str, list[tuple[float, bool]]] = {}
    fold = [int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % FOLDS for _, doc_id, _, _ in told]
    for n in range(FOLDS):
        gate = train([sample for sample, at in zip(samples, fold, strict=True) if at != n])
        for (name, _, _, label), (parts, _), at in zip(told, samples, fold, strict=True):
            if at == n:
                scores.setdefault(name, []).append((best_window(gate, parts), label))
    gate = train(samples)
    for name, _, text, label in measured_sets():
        scores.setdefault(name, []).append((best_window(gate, [buckets(w, SIZE) for w in windows(text)]), label))
    lowest = {name: floor(found) for name, found in scores.items() if sum(label for _, label in found) >= 30}
    threshold = min(lowest.values())
    lines = [line(name, found, threshold) for name, found in sorted(scores.items())]
    print("\n".join(lines), f"\nthreshold {threshold:.3f}: {lowest}")
    write(gate, threshold, len(told), lines)
    return 0


def floor(found: list[tuple[float, bool]]) -> float:
    """The score that all but 2 of 100 texts with an event reach."""
    reached = sorted(score for score, label in found if label)
    return reached[int((1 - KEPT) * len(reached))]


def line(name: str, found: list[tuple[float, bool]], threshold: float) -> str:
    events = [score for score, label in found if label]
    none = [score for score, label in found if not label]
    kept = (
        f"{100 * sum(s >= threshold for s in events) / len(events):.1f} % of {len(events)} with an event pass" if events else ""
    )
    rest = f"{100 * sum(s >= threshold for s in none) / len(none):.1f} % of {len(none)} without" if none else ""
    return f"{name}: {', '.join(part for part in (kept, rest) if part)}"


def write(gate: Gate, threshold: float, texts_seen: int, lines: list[str]) -> None:
    """Weights and card."""
    files = [SHARED / FILES[n] for n in ("muc4", "fakes_syria", "wikievents_dev", "news_clusters")]
    files += [SHARED / f"{n}.jsonl" for n in ("ecbplus_train", "ecbplus_dev", "ucdp_headline_strict")]
    card = [
        "# The gate of dateline (src/dateline/gate.py): a hashed linear model. Written by train/gate/train.py; Apache-2.0.",
        "# Use: to pass over texts of an English archive that hardly tell an event of the codebook. Not for: judging reports.",
        f"# Trained on {texts_seen} texts: own gold (part dev), muc4/dev, fakes_syria (CC BY 4.0), wikievents_dev (MIT), ecbplus",
        "# (CC BY 3.0), news_clusters (Apache-2.0), ucdp headlines (CC BY 4.0). Measured in five folds; glocon_docs and",
        "# indiapolice_docs trained nothing, the threshold was chosen on all of them:",
        *(f"#   {one}" for one in lines),
        "",
        "[model]",
        f"buckets = {len(gate.weights)}",
        f'crc32 = "{crc32(gate.weights):08x}"',
        f"scale = {gate.scale:.9g}",
        f"bias = {gate.bias:.9g}",
        f"threshold = {threshold:.6g}",
        "",
        "[inputs] # sha256",
        *(f"{json.dumps(path.name)} = {json.dumps(hashlib.sha256(path.read_bytes()).hexdigest())}" for path in files),
    ]
    CARD.write_text("\n".join(card) + "\n", encoding="utf-8")
    CARD.with_suffix(".bin").write_bytes(gate.weights)


if __name__ == "__main__":
    sys.exit(main())
