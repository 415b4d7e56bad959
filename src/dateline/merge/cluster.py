"""Clustering under constraints: which events are one incident, given the scores of candidate pairs and what people decided.

Clusters join likeliest first while the mean score between them is above MERGE_AT (average link). Pairs that were not
compared, or scored below FLOOR, count as FLOOR. What its report tells again elsewhere joins last. Two events of one report never
join, and what a person called different never does; what a person called the same, and would not come together by itself, is
joined first: to confirm a merge changes nothing. Components without a candidate pair between them cannot touch each other, so
that adding a report changes only the component it falls into; ties go by the events' ids, so that the order of reports changes
nothing. At the end each event may change to a cluster that fits it better (merge/settle.py).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from dateline.merge.settle import Limits, settle

KEPT = -3.0  # log-odds: pairs at or below it are not kept
FLOOR = -0.5  # no pair counts for less in a mean: one event that is coded wrongly must not part a cluster
MERGE_AT = 0.4  # log-odds (60 %): below it two stay apart and are told as near candidates; a wrong merge hides what it joins
Scores = Mapping[tuple[str, str], float]


class Forest:
    """Union-find over ids; the root of a set is its smallest id, whatever the order of joins."""

    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def root(self, one: str) -> str:
        parent = self.parent.setdefault(one, one)
        while parent != one:
            above = self.parent[parent]
            self.parent[one] = above
            one, parent = parent, above
        return one

    def join(self, a: str, b: str) -> None:
        a, b = self.root(a), self.root(b)
        if a != b:
            self.parent[max(a, b)] = min(a, b)

    def sets(self) -> list[list[str]]:
        """Members of each set, sorted; the sets in the order of their roots."""
        found: dict[str, list[str]] = defaultdict(list)
        for one in sorted(self.parent):
            found[self.root(one)].append(one)
        return [found[root] for root in sorted(found)]


def cluster(
    members: Sequence[str],
    scores: Scores,
    report_of: Mapping[str, str],
    *,
    same: Sequence[Sequence[str]] = (),
    different: Sequence[tuple[Sequence[str], Sequence[str]]] = (),
    later: Collection[str] = (),
) -> list[list[str]]:
    """Clusters of one component; members that are `later` join when the others have.

    `scores` by ordered pair of ids; `same` and `different` newest first.
    """
    if len(members) == 1:
        return [list(members)]
    first: list[Sequence[str]] = []
    while True:
        state = Clusters(members, scores, report_of, different)
        apart = {one: set(others) for one, others in state.apart.items()}
        for group in first:
            for one in group[1:]:
                state.join_judged(group[0], one)
        state.grow([one for one in members if one not in later])
        state.grow(members)
        fixed = {one for group in first for one in group}
        limits = Limits(report_of, fixed, apart, FLOOR, MERGE_AT)
        found = settle(list(state.members.values()), scores, limits)
        torn = [group for group in same if group not in first and not any(set(group) <= set(one) for one in found)]
        if not torn:
            return found
        first = [group for group in same if group in first or group in torn]


class Clusters:
    """Clusters that grow. Each is named by its smallest member."""

    def __init__(
        self,
        members: Sequence[str],
        scores: Scores,
        report_of: Mapping[str, str],
        different: Sequence[tuple[Sequence[str], Sequence[str]]],
    ) -> None:
        self.members = {one: [one] for one in members}
        self.reports = {one: {report_of[one]} for one in members}
        self.links: dict[str, dict[str, tuple[float, int]]] = {one: {} for one in members}
        self.apart: dict[str, set[str]] = {one: set() for one in members}
        inside = set(members)
        for (a, b), score in scores.items():
            if a in inside and b in inside:
                self.links[a][b] = self.links[b][a] = (max(score, FLOOR), 1)
        for left, right in different:
            for a in inside.intersection(left):
                for b in inside.intersection(right):
                    self.apart[a].add(b)
                    self.apart[b].add(a)

    def at(self, one: str) -> str:
        """The cluster that a member is in now."""
        return next(name for name, members in self.members.items() if one in members)

    def join_judged(self, a: str, b: str) -> None:
        """A person's `same`, unless a newer `different` keeps the two apart."""
        if a not in self.links or b not in self.links:
            a, b = self.at(a), self.at(b)
        if a != b and b not in self.apart[a]:
            self.join(a, b)

    def mean(self, a: str, b: str) -> float:
        total, compared = self.links[a][b]
        pairs = len(self.members[a]) * len(self.members[b])
        return (total + FLOOR * (pairs - compared)) / pairs

    def may_join(self, a: str, b: str) -> bool:
        return b not in self.apart[a] and not self.reports[a] & self.reports[b]

    def grow(self, members: Sequence[str]) -> None:
        """Join the clusters of these members, the likeliest first."""
        names = self.members.keys() & set(members)
        sizes = {one: len(self.members[one]) for one in names}
        heap = [(-self.mean(a, b), a, b, sizes[a], sizes[b]) for a in names for b in self.links[a] if a < b and b in names]
        heapq.heapify(heap)
        while heap:
            negative, a, b, size_a, size_b = heapq.heappop(heap)
            if -negative <= MERGE_AT:
                break
            stale = a not in self.members or b not in self.members
            if stale or (len(self.members[a]), len(self.members[b])) != (size_a, size_b) or not self.may_join(a, b):
                continue
            kept = self.join(a, b)
            for other in self.links[kept]:
                if other not in names:
                    continue
                x, y = min(kept, other), max(kept, other)
                heapq.heappush(heap, (-self.mean(x, y), x, y, len(self.members[x]), len(self.members[y])))

    def join(self, a: str, b: str) -> str:
        kept, gone = min(a, b), max(a, b)
        self.members[kept] += self.members.pop(gone)
        self.reports[kept] |= self.reports.pop(gone)
        for other, (total, compared) in self.links.pop(gone).items():
            del self.links[other][gone]
            if other != kept:
                more, number = self.links[kept].get(other, (0.0, 0))
                self.links[kept][other] = self.links[other][kept] = (total + more, compared + number)
        for other in self.apart.pop(gone):
            self.apart[other].discard(gone)
            self.apart[other].add(kept)
            self.apart[kept].add(other)
        return kept
