"""From features to clusters: candidate pairs, their scores, and clusters of events under what people decided. Holds no texts."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from dateline.merge.block import candidate_pairs
from dateline.merge.cluster import KEPT, MERGE_AT, Forest, cluster
from dateline.merge.compare import contributions, log_odds, probability
from dateline.merge.features import Features
from dateline.merge.judgements import Decisions
from dateline.merge.records import Link

NEAR = -1.5  # log-odds: pairs above it that were not merged are told as near candidates
NEAR_TOLD = 5  # per incident

Pair = tuple[str, str]
Sides = tuple[Sequence[str], Sequence[str]]


@dataclass(slots=True)
class Edges:
    """Scored pairs, as three columns: indexes of the events and log-odds. Pairs at or below KEPT are left out."""

    a: array[int] = field(default_factory=lambda: array("l"))
    b: array[int] = field(default_factory=lambda: array("l"))
    score: array[float] = field(default_factory=lambda: array("d"))
    compared: int = 0

    def add(self, i: int, j: int, score: float) -> None:
        self.a.append(i)
        self.b.append(j)
        self.score.append(score)

    def __len__(self) -> int:
        return len(self.a)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Clusters of event ids, each sorted, and the scores (by ordered pair of ids) behind them."""

    clusters: list[list[str]]
    scores: Mapping[Pair, float]
    features: Mapping[str, Features]
    same: Sequence[Sequence[str]] = ()
    different: Sequence[Sides] = ()
    compared: int = 0


def group_features(features: Sequence[Features], decisions: Decisions | None = None) -> Grouping:
    """Cluster all events. The order of `features` changes nothing."""
    edges = score_pairs(features)
    ids = [one.event_id for one in features]
    scores = {ordered(ids[i], ids[j]): s for i, j, s in zip(edges.a, edges.b, edges.score, strict=True)}
    return group_scores(features, scores, decisions, compared=edges.compared)


def score_pairs(features: Sequence[Features], *, new: int = 0) -> Edges:
    """Scores of candidate pairs; `new` as in `candidate_pairs`."""
    edges = Edges()
    for i, j in candidate_pairs(features, new=new):
        edges.compared += 1
        score = log_odds(features[i], features[j])
        if score > KEPT:
            edges.add(i, j, score)
    return edges


def group_scores(
    features: Sequence[Features], scores: Mapping[Pair, float], decisions: Decisions | None, *, compared: int = 0
) -> Grouping:
    """Cluster events whose pairs are scored already."""
    same, different = sides_of(decisions)
    by_id = {one.event_id: one for one in features}
    report_of = {one.event_id: one.report_id for one in features}
    later = {one.event_id for one in features if one.again}
    clusters = list(cluster_all(by_id, scores, report_of, same, different, later))
    return Grouping(clusters, scores, by_id, same, different, compared)


def cluster_all(
    ids: Iterable[str],
    scores: Mapping[Pair, float],
    report_of: Mapping[str, str],
    same: Sequence[Sequence[str]],
    different: Sequence[Sides],
    later: Collection[str] = (),
) -> Iterator[list[str]]:
    """Clusters, component by component."""
    root = roots(ids, scores, same)
    members: dict[str, list[str]] = defaultdict(list)
    inside: dict[str, dict[Pair, float]] = defaultdict(dict)
    for one in sorted(root):
        members[root[one]].append(one)
    for (a, b), score in scores.items():
        if root[a] == root[b]:
            inside[root[a]][a, b] = score
    for name, group in members.items():
        if len(group) == 1:
            yield group
            continue
        here = set(group)
        joined = [[one for one in judged if one in here] for judged in same]
        yield from cluster(
            group, inside[name], report_of, same=[one for one in joined if len(one) > 1], different=different, later=later
        )


def roots(ids: Iterable[str], scores: Mapping[Pair, float], same: Sequence[Sequence[str]]) -> dict[str, str]:
    """Event id → name of its component: what positive scores and judgements connect."""
    forest = Forest()
    for one in ids:
        forest.root(one)
    for (a, b), score in scores.items():
        if score > MERGE_AT:
            forest.join(a, b)
    for group in same:
        known = [one for one in group if one in forest.parent]
        for one in known[1:]:
            forest.join(known[0], one)
    return {one: forest.root(one) for one in forest.parent}


def sides_of(decisions: Decisions | None) -> tuple[list[Sequence[str]], list[Sides]]:
    """Judgements `same` (groups) and `different` (two sides), newest first; an older one does not undo a newer one."""
    same: list[Sequence[str]] = []
    different: list[Sides] = []
    for standing in decisions.pairs if decisions else ():
        if standing.judgement.verdict == "different":
            kept = not any(parts(group, standing.events, standing.others) for group in same)
            if kept:
                different.append((standing.events, standing.others))
        elif standing.judgement.verdict == "same":
            group = (*standing.events, *standing.others)
            same.append(group)
    return same, different


def parts(group: Sequence[str], left: Sequence[str], right: Sequence[str]) -> bool:
    """Whether a group has members on both sides."""
    return bool(set(group) & set(left)) and bool(set(group) & set(right))


def ordered(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


# ---- explanations ---------------------------------------------------------------------------------------------------


def links_of(group: Sequence[str], grouping: Grouping) -> tuple[Link, ...]:
    """Why the members are one incident: the likeliest pairs that hold them together, one fewer than members."""
    pairs = [ordered(a, b) for i, a in enumerate(group) for b in group[i + 1 :]]
    ranked = sorted(pairs, key=lambda pair: (-(judged_same(pair, grouping)), -grouping.scores.get(pair, KEPT), pair))
    linked = {one: one for one in group}

    def root(one: str) -> str:
        while linked[one] != one:
            one = linked[one]
        return one

    found = []
    for pair in ranked:
        a, b = root(pair[0]), root(pair[1])
        if a != b:
            linked[max(a, b)] = min(a, b)
            found.append(link(pair, "judged same" if judged_same(pair, grouping) else "merged", grouping))
    return tuple(found)


def judged_same(pair: Pair, grouping: Grouping) -> bool:
    return any(pair[0] in group and pair[1] in group for group in grouping.same)


def link(pair: Pair, decision: str, grouping: Grouping, *, other: str | None = None) -> Link:
    a, b = grouping.features[pair[0]], grouping.features[pair[1]]
    score = grouping.scores.get(pair, KEPT)
    return Link(pair[0], pair[1], probability(score), decision, contributions(a, b), other)  # type: ignore[arg-type]


def near_pairs(grouping: Grouping, incident_of: Mapping[str, str]) -> dict[str, list[tuple[float, Pair]]]:
    """Incident id → its likeliest pairs with events of other incidents, the likeliest first, at most NEAR_TOLD."""
    found: dict[str, list[tuple[float, Pair]]] = defaultdict(list)
    for pair, score in grouping.scores.items():
        a, b = incident_of.get(pair[0]), incident_of.get(pair[1])
        if a != b and (score > NEAR or apart(pair, grouping)):
            for one in (a, b):
                if one is not None:
                    found[one].append((-score, pair))
    return {name: sorted(pairs)[:NEAR_TOLD] for name, pairs in found.items()}


def apart(pair: Pair, grouping: Grouping) -> bool:
    return any(
        (pair[0] in left and pair[1] in right) or (pair[1] in left and pair[0] in right) for left, right in grouping.different
    )


def why_not(pair: Pair, grouping: Grouping, members: Mapping[str, Sequence[str]]) -> str:
    """Why a candidate pair was not merged. `members`: event id → members of its incident."""
    if apart(pair, grouping):
        return "judged different"
    if grouping.scores.get(pair, KEPT) <= MERGE_AT:
        return "unlikely"
    reports = [{grouping.features[one].report_id for one in members[side]} for side in pair]
    return "same report" if reports[0] & reports[1] else "outweighed"
