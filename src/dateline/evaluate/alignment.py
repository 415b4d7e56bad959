"""Which predicted event is which gold event: one to one, the likest pairs first."""

from __future__ import annotations

from collections.abc import Sequence

from dateline.evaluate.agreement import NEAR_KM, days_meet, name_words, names_agree, places_agree
from dateline.evaluate.records import CodedEvent
from dateline.types import FAMILY_OF_TYPE

NEIGHBOURS = {frozenset(pair) for pair in (("violence", "strategic"), ("violence", "crowd"), ("statement", "strategic"))}
TRIGGER, TYPE, PARTIES, WHERE, WHEN = 0.35, 0.25, 0.15, 0.15, 0.10  # weights; their sum is 1
ENOUGH = 0.35  # a pair counts from here on
LONGEST_TRIGGER = 12  # words: a longer predicted trigger names nothing

Pair = tuple[int, int]


def align(golds: Sequence[CodedEvent], predictions: Sequence[CodedEvent]) -> list[Pair]:
    """Indexes of pairs (gold, predicted), likest first. An index occurs at most once on its side."""
    likenesses = [(-likeness(gold, one), i, j) for i, gold in enumerate(golds) for j, one in enumerate(predictions)]
    gold_done: set[int] = set()
    predicted_done: set[int] = set()
    pairs: list[Pair] = []
    for unlike, i, j in sorted(likenesses):
        if -unlike < ENOUGH:
            break
        if i not in gold_done and j not in predicted_done:
            gold_done.add(i)
            predicted_done.add(j)
            pairs.append((i, j))
    return pairs


def likeness(gold: CodedEvent, predicted: CodedEvent) -> float:
    """0 to 1. 0 where types are not neighbours, or where the two share no words of the report."""
    kind = type_likeness(gold, predicted)
    trigger = trigger_likeness(gold, predicted)
    ours, theirs = party_names(gold), party_names(predicted)
    met = sum(any(names_agree(name, other) for other in theirs) for name in ours)
    if not kind or not (trigger or met):
        return 0.0
    shared = met / len(ours) if ours else 0.0
    when = 1.0 if days_meet(gold.when, predicted.when) else 0.0
    return TRIGGER * trigger + TYPE * kind + PARTIES * shared + WHERE * where_likeness(gold, predicted) + WHEN * when


def type_likeness(gold: CodedEvent, predicted: CodedEvent) -> float:
    """1 same sub-type, 0.6 same type, 0.3 one family or neighbouring families, else 0."""
    if gold.sub_type == predicted.sub_type:
        return 1.0
    if gold.type == predicted.type:
        return 0.6
    families = frozenset((FAMILY_OF_TYPE.get(gold.type or "", "gold?"), FAMILY_OF_TYPE.get(predicted.type or "", "predicted?")))
    return 0.3 if len(families) == 1 or families in NEIGHBOURS else 0.0


def trigger_likeness(gold: CodedEvent, predicted: CodedEvent) -> float:
    """The best pair of tellings: 1 when one holds the other's words, else the share of common words."""
    best = 0.0
    for told in gold.trigger or ():
        for found in predicted.trigger or ():
            a, b = name_words(told), name_words(found)
            if a and b and len(b) <= LONGEST_TRIGGER:
                best = max(best, 1.0 if a <= b or b <= a else len(a & b) / len(a | b))
    return best


def where_likeness(gold: CodedEvent, predicted: CodedEvent) -> float:
    if places_agree(gold.where, predicted.where, NEAR_KM):
        return 1.0
    if gold.where and predicted.where and names_agree(gold.where.name, predicted.where.name):
        return 0.7
    return 0.0


def party_names(event: CodedEvent) -> list[str | None]:
    return [party.name for party in (*(event.actors or ()), *(event.targets or ()))]
