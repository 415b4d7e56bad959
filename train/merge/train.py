#!/usr/bin/env python3
"""Learns the weights of merging from our own groups (gold/incidents, part dev): knowledge/merge_weights.tsv. About 20 s.

    .venv/bin/python train/merge/train.py

Pairs that are one incident: two tellings of one group, and events of copied texts in the same words. Pairs that are not: tellings
of different groups, and a telling with any other event of a report that tells the same group (two events of one report are two
incidents). Logistic regression on levels, drawn towards prior weights set by hand (train/merge/prior.tsv): what the few pairs do
not speak of stays as a person thought it. The bias is then set so that probabilities of gold pairs are calibrated.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from incidents import code_set, event_of, gold_items  # noqa: E402

from dateline.knowledge import read_rows  # noqa: E402
from dateline.merge.block import may_match  # noqa: E402
from dateline.merge.compare import levels  # noqa: E402
from dateline.merge.features import Features, make_features  # noqa: E402

PRIOR = Path(__file__).parent / "prior.tsv"
OUT = ROOT / "src" / "dateline" / "knowledge" / "merge_weights.tsv"
PULL = 1.5  # strength of the prior: as much as so many pairs
STEPS, RATE = 3000, 0.02
SIBLING_WEIGHT = 0.3  # of a telling and another event of a report that tells the same group
COPY_WEIGHT = 0.1  # of a pair of copied words: easy ones must not drown the others
Level = tuple[str, str]
Pair = tuple[list[Level], bool, float]
HEAD = """# Weights of the comparisons of merging (merge/compare.py): their sum with `bias` is the log-odds that two events are
# one incident. Learned by train/merge/train.py from gold/incidents (part dev) and copied texts of fakes_syria (CC BY 4.0):
# {same} pairs of one incident and {other} of two; drawn towards train/merge/prior.tsv. Apache-2.0.
comparison\tlevel\tweight
"""


def training_pairs() -> list[Pair]:
    codings = {one.report.doc_id: one for one in code_set("fakes_syria") + code_set("news_clusters")}
    features: dict[tuple[str, str], Features] = {}
    for coding in codings.values():
        report_id = coding.report.id
        for event in coding.events:
            features[coding.report.doc_id, event.id] = make_features(coding.report, report_id, event, f"{report_id}{event.id}")
    pairs = []
    told: dict[tuple[str, str], str] = {}
    for item, label in gold_items("dev").items():
        event = event_of(item, codings)
        if event is not None:
            told.setdefault((item[0], event.id), label)
    docs = defaultdict(set)
    for (doc_id, _), label in told.items():
        docs[label].add(doc_id)
    keys = sorted(told)
    for i, a in enumerate(keys):
        for b in keys[i + 1 :]:
            if may_match(features[a], features[b]):
                pairs += [(levels(features[a], features[b]), told[a] == told[b], 1.0)]
        for doc_id in docs[told[a]] - {a[0]}:
            siblings = [(doc_id, event.id) for event in codings[doc_id].events if (doc_id, event.id) not in told]
            met = [b for b in siblings if may_match(features[a], features[b])]
            pairs += [(levels(features[a], features[b]), False, SIBLING_WEIGHT) for b in met]
    return pairs + copied_pairs(features)


def copied_pairs(features: dict[tuple[str, str], Features]) -> list[Pair]:
    by_words = defaultdict(list)
    for one in features.values():
        if len(one.words) >= 6:
            by_words[one.sub_type, one.words].append(one)
    found = []
    for group in by_words.values():
        for a, b in pairwise(group):
            if may_match(a, b):
                found.append((levels(a, b), True, COPY_WEIGHT))
    return found


def learn(pairs: Sequence[Pair], prior: dict[Level, float]) -> dict[Level, float]:
    """Weights that fit the pairs, drawn towards the prior. Adam, so that rare levels move, too."""
    weights, first, second = dict(prior), defaultdict(float), defaultdict(float)
    for step in range(1, STEPS + 1):
        slope = {level: PULL * (weights[level] - prior[level]) for level in weights}
        for found, same, count in pairs:
            known = [("bias", ""), *(level for level in found if level in weights)]
            miss = 1 / (1 + math.exp(-sum(weights[level] for level in known))) - same
            for level in known:
                slope[level] += miss * count
        for level, value in slope.items():
            first[level] = 0.9 * first[level] + 0.1 * value
            second[level] = 0.999 * second[level] + 0.001 * value * value
            weights[level] -= RATE * (first[level] / (1 - 0.9**step)) / (math.sqrt(second[level] / (1 - 0.999**step)) + 1e-8)
        if step > 300 and max(map(abs, slope.values())) < 0.01:
            break
    return weights


def calibrate(pairs: Sequence[Pair], weights: dict[Level, float]) -> None:
    """Set the bias so that the probabilities of pairs of gold tellings sum to the number of those that are one incident."""
    gold = [(sum(weights.get(level, 0.0) for level in found), same) for found, same, count in pairs if count == 1.0]
    low, high = -8.0, 4.0
    for _ in range(40):
        bias = (low + high) / 2
        expected = sum(1 / (1 + math.exp(-score - bias)) for score, _ in gold)
        low, high = (low, bias) if expected > sum(same for _, same in gold) else (bias, high)
    weights["bias", ""] = (low + high) / 2


def read_prior() -> dict[Level, float]:
    return {(row["comparison"], row["level"]): float(row["weight"]) for row in read_rows(PRIOR)}


def main() -> None:
    pairs, prior = training_pairs(), read_prior()
    weights = learn(pairs, prior)
    calibrate(pairs, weights)
    same = sum(one[1] for one in pairs)
    lines = [f"{field}\t{level}\t{weights[field, level]:.2f}\n" for field, level in prior]
    OUT.write_text(HEAD.format(same=same, other=len(pairs) - same) + "".join(lines), encoding="utf-8")
    print(f"{same} pairs of one incident, {len(pairs) - same} of two")
    for level in prior:
        seen = [one for one in pairs if level in one[0]]
        counts = f"same {sum(one[1] for one in seen):4} of {len(seen)}"
        print(f"{level[0]:<10} {level[1]:<22} {prior[level]:6.2f} -> {weights[level]:6.2f}   {counts}")


if __name__ == "__main__":
    main()
