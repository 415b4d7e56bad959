#!/usr/bin/env python3
"""Learns the weights of merging from our own groups (gold/incidents, part dev): knowledge/merge_weights.tsv. About a minute.

    .venv/bin/python train/merge/train.py

Pairs that are one incident: two tellings of one group, and events of copied texts in the same words. Pairs that are not: tellings
of different groups, and a telling with any other event of a report that tells the same group (two events of one report are two
incidents). Each pair is taken twice where own gold has the reports (part dev): as coded now and as coded by hand, so that weights
do not lean on the errors that the coder of the day makes. Logistic regression on levels, drawn towards prior weights set by hand
(train/merge/prior.tsv): what the few pairs do not speak of stays as a person thought it.

Gold pairs are hard ones, and clustering lets each event choose its best partner in another report, so that scores of pairs alone
say too little for a merge. The bias is therefore set so that merging at MERGE_AT gives the best pairwise F1 on the groups left
out in five folds of dev.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations, pairwise
from pathlib import Path
from zlib import crc32

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from incidents import by_hand, code_set, event_of, gold_items  # noqa: E402

from dateline.knowledge import read_rows  # noqa: E402
from dateline.merge.block import candidate_pairs, may_match  # noqa: E402
from dateline.merge.cluster import KEPT, MERGE_AT  # noqa: E402
from dateline.merge.compare import levels  # noqa: E402
from dateline.merge.features import Features  # noqa: E402
from dateline.merge.grouping import group_scores, ordered  # noqa: E402
from dateline.merge.incidents import features_of_told, told_events  # noqa: E402
from dateline.types import Coding  # noqa: E402

PRIOR = Path(__file__).parent / "prior.tsv"
OUT = ROOT / "src" / "dateline" / "knowledge" / "merge_weights.tsv"
PULL = 10.0  # strength of the prior: as much as so many pairs
STEPS = 80
FOLDS = 5
NEARLY = 2.0  # points of F1: less than that is chance
SHIFTS = np.arange(0.0, 3.01, 0.1)  # of the bias
SIBLING_WEIGHT = 0.1  # of a telling and another event of a report that tells the same group
COPY_WEIGHT = 0.1  # of a pair of copied words: easy ones must not drown the others
Level = tuple[str, str]
Weights = dict[Level, float]
Pair = tuple[list[Level], bool, float, frozenset[str]]  # levels, same, weight, groups that it was made from
HEAD = """# Weights of the comparisons of merging (merge/compare.py): their sum with `bias` is the log-odds that two events are
# one incident. Learned by train/merge/train.py from gold/incidents (part dev) and copied texts of fakes_syria (CC BY 4.0):
# {same} pairs of one incident and {other} of two; drawn towards train/merge/prior.tsv. Apache-2.0.
comparison\tlevel\tweight
"""


class Material:
    """The reports of both sets, coded; their events, and which of them tell gold groups of dev."""

    def __init__(self, codings: Sequence[Coding]) -> None:
        self.by_doc = {one.report.doc_id: one for one in codings}
        self.features = features_of_told(told_events(codings).values())
        self.of = {(one.doc_id, one.name): one for one in self.features}
        self.gold = gold_items("dev")
        events = {item: event_of(item, self.by_doc) for item in self.gold}
        self.event = {item: (item[0], event.id) if event else None for item, event in events.items()}
        self.levels = [
            (ordered(self.features[i].event_id, self.features[j].event_id), pair_levels(self.features[i], self.features[j]))
            for i, j in candidate_pairs(self.features)
        ]


def pair_levels(a: Features, b: Features) -> list[Level]:
    return list(levels(a, b).items())


def training_pairs(known: Material) -> list[Pair]:
    told: dict[tuple[str, str], str] = {}
    for item, label in known.gold.items():
        event = known.event[item]
        if event:
            told.setdefault(event, label)
    docs = defaultdict(set)
    for (doc_id, _), label in told.items():
        docs[label].add(doc_id)
    pairs: list[Pair] = []
    keys = sorted(told)
    for i, a in enumerate(keys):
        mine = known.of[a]
        others = [b for b in keys[i + 1 :] if may_match(mine, known.of[b])]
        pairs += [(pair_levels(mine, known.of[b]), told[a] == told[b], 1.0, frozenset({told[a], told[b]})) for b in others]
        for doc_id in docs[told[a]] - {a[0]}:
            siblings = [(doc_id, event.id) for event in known.by_doc[doc_id].events if (doc_id, event.id) not in told]
            met = [known.of[b] for b in siblings if may_match(mine, known.of[b])]
            pairs += [(pair_levels(mine, other), False, SIBLING_WEIGHT, frozenset({told[a]})) for other in met]
    return pairs + copied_pairs(known.features)


def copied_pairs(features: Sequence[Features]) -> list[Pair]:
    by_words = defaultdict(list)
    for one in features:
        if len(one.words) >= 6:
            by_words[one.sub_type, one.words].append(one)
    return [
        (pair_levels(a, b), True, COPY_WEIGHT, frozenset())
        for group in by_words.values()
        for a, b in pairwise(group)
        if may_match(a, b)
    ]


def learn(pairs: Sequence[Pair], prior: Weights) -> Weights:
    """Weights that fit the pairs, drawn towards the prior. Newton steps, cut so that none overshoots."""
    column = {level: i for i, level in enumerate(prior)}
    seen = np.zeros((len(pairs), len(column)))
    for row, pair in enumerate(pairs):
        seen[row, [column[level] for level in [("bias", ""), *pair[0]] if level in column]] = 1
    same, count = np.array([pair[1] for pair in pairs], float), np.array([pair[2] for pair in pairs])
    start = np.array(list(prior.values()))
    weights = start.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (count * (chance - same)) + PULL * (weights - start)
        bend = (seen.T * (count * chance * (1 - chance))) @ seen + PULL * np.eye(len(column))
        step = np.linalg.solve(bend, slope)
        weights -= step * min(1.0, 1.0 / max(abs(step).max(), 1e-9))
        if abs(step).max() < 1e-6:
            break
    return {level: float(weights[i]) for level, i in column.items()}


def groups(known: Material, weights: Weights, shift: float) -> dict[tuple[str, str], int]:
    """Event → number of its cluster."""
    bias = weights["bias", ""] + shift
    scores = {pair: bias + sum(weights.get(level, 0.0) for level in found) for pair, found in known.levels}
    found = group_scores(known.features, {pair: score for pair, score in scores.items() if score > KEPT}, None)
    return {(found.features[one].doc_id, found.features[one].name): n for n, group in enumerate(found.clusters) for one in group}


def best_shift(known: Material, pairs: Sequence[Pair], prior: Weights) -> float:
    """The shift of the bias that merges the groups left out best: the middle of those that are nearly as good."""
    value = {}
    folds = [{label for label in known.gold.values() if crc32(label.encode()) % FOLDS == fold} for fold in range(FOLDS)]
    learned = [learn([pair for pair in pairs if not pair[3] & held], prior) for held in folds]
    for shift in SHIFTS:
        right = joined = true = 0.0
        for held, weights in zip(folds, learned, strict=True):
            found = groups(known, weights, shift)
            for (one, label), (other, label_of_other) in combinations(known.gold.items(), 2):
                share = ((label in held) + (label_of_other in held)) / 2
                a, b = known.event[one], known.event[other]
                together = bool(a and b and found[a] == found[b])
                true += share * (label == label_of_other)
                joined += share * together
                right += share * (together and label == label_of_other)
        value[shift] = 200 * right / max(1.0, joined + true)
        precision, recall = 100 * right / max(1.0, joined), 100 * right / true
        print(f"shift {shift:.1f}: pairwise P {precision:.1f} R {recall:.1f} F1 {value[shift]:.1f}")
    return float(np.median([shift for shift in SHIFTS if value[shift] > max(value.values()) - NEARLY]))


def read_prior() -> Weights:
    return {(row["comparison"], row["level"]): float(row["weight"]) for row in read_rows(PRIOR)}


def main() -> None:
    codings = code_set("fakes_syria") + code_set("news_clusters")
    known, prior = Material(codings), read_prior()
    pairs = training_pairs(known) + training_pairs(Material(list(by_hand(codings).values())))
    weights = learn(pairs, prior)
    shift = best_shift(known, pairs, prior)
    weights["bias", ""] += shift
    same = sum(one[1] for one in pairs)
    lines = [f"{field}\t{level}\t{weights[field, level]:.2f}\n" for field, level in prior]
    OUT.write_text(HEAD.format(same=same, other=len(pairs) - same) + "".join(lines), encoding="utf-8")
    print(f"{same} pairs of one incident, {len(pairs) - same} of two; shift of the bias {shift:.1f}, threshold {MERGE_AT}")
    for level in prior:
        seen = [one for one in pairs if level in one[0]]
        counts = f"same {sum(one[1] for one in seen):4} of {len(seen)}"
        print(f"{level[0]:<10} {level[1]:<28} {prior[level]:6.2f} -> {weights[level]:6.2f}   {counts}")


if __name__ == "__main__":
    main()
