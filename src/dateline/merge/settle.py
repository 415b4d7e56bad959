"""After clusters have grown: an event that fits another cluster better goes there, or is exchanged with its report's other one.

Joining likeliest first decides each join for good. When two reports tell alike twice (a headline and a paragraph, two towns of
one raid), the first join can take the wrong one of them, and what follows ends in two clusters that run side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

ROUNDS = 10
GAIN = 0.5  # log-odds: a smaller gain moves nothing, so that nothing moves to and fro
Scores = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Limits:
    """What binds moves: the report of each event, events that a person joined (they stay), events that each must stay apart from.

    `floor` and `merge_at` as in clustering.
    """

    report_of: Mapping[str, str]
    fixed: Collection[str]
    apart: Mapping[str, Collection[str]]
    floor: float
    merge_at: float


def settle(groups: Sequence[Sequence[str]], scores: Scores, limits: Limits) -> list[list[str]]:
    """The groups after moves and exchanges that raise the sum of scores within them.

    The order of groups and scores changes nothing.
    """
    state = Settling(groups, scores, limits)
    for _ in range(ROUNDS):
        moved = [state.settle(one) for one in sorted(state.near) if one not in limits.fixed]
        if not any(moved):
            break
    state.part()
    return sorted(sorted(members) for members in state.members.values() if members)


class Settling:
    """Groups by number, and what is near each event (scores above `merge_at`)."""

    def __init__(self, groups: Sequence[Sequence[str]], scores: Scores, limits: Limits) -> None:
        ordered = sorted(sorted(group) for group in groups)
        self.members = {number: set(group) for number, group in enumerate(ordered)}
        self.at = {one: number for number, group in self.members.items() for one in group}
        self.scores, self.limits = scores, limits
        self.near: dict[str, set[str]] = defaultdict(set)
        for (a, b), score in scores.items():
            if score > limits.merge_at and a in self.at and b in self.at:
                self.near[a].add(b)
                self.near[b].add(a)

    def fit(self, one: str, group: Collection[str]) -> float:
        """Sum of the scores of an event with the others of a group."""
        pairs = ((one, other) if one < other else (other, one) for other in group if other != one)
        return sum(max(self.scores.get(pair, self.limits.floor), self.limits.floor) for pair in pairs)

    def settle(self, one: str) -> bool:
        """Move or exchange one event if that is better; whether it was."""
        home = self.at[one]
        for other in sorted({self.at[near] for near in self.near[one]} - {home}):
            rivals = self.rivals(one, self.members[other])
            if not rivals and self.better(one, other):
                self.move(one, other)
                return True
            if len(rivals) == 1 and self.exchange_is_better(one, rivals[0]):
                here = self.members[home] - {one}
                self.move(one, other)
                self.move(rivals[0], home if self.fits(rivals[0], here) else len(self.members))
                return True
        return False

    def part(self) -> None:
        """Take out events that are like none of their group: what brought them in has moved on."""
        for one in sorted(self.at):
            rest = self.members[self.at[one]] - {one}
            if rest and not {one, *rest} & set(self.limits.fixed) and not rest & self.near.get(one, set()):
                self.move(one, len(self.members))

    def rivals(self, one: str, group: Collection[str]) -> list[str]:
        """Other events of the same report."""
        return [other for other in group if other != one and self.limits.report_of[other] == self.limits.report_of[one]]

    def may_join(self, one: str, group: Collection[str]) -> bool:
        return not set(self.limits.apart.get(one, ())) & set(group)

    def fits(self, one: str, group: Collection[str]) -> bool:
        """Whether an event fits a group well enough to be of it."""
        return not group or (self.fit(one, group) / len(group) > self.limits.merge_at and self.may_join(one, group))

    def better(self, one: str, other: int) -> bool:
        there, here = self.members[other], self.members[self.at[one]]
        return self.fits(one, there) and self.fit(one, there) - self.fit(one, here) > GAIN

    def exchange_is_better(self, one: str, rival: str) -> bool:
        here, there = self.members[self.at[one]] - {one}, self.members[self.at[rival]] - {rival}
        if rival in self.limits.fixed or self.rivals(one, here) or not self.fits(one, there):
            return False
        kept = self.fit(rival, here) if self.fits(rival, here) else 0.0
        return self.fit(one, there) + kept - self.fit(one, here) - self.fit(rival, there) > GAIN

    def move(self, one: str, other: int) -> None:
        self.members[self.at[one]].discard(one)
        self.members.setdefault(other, set()).add(one)
        self.at[one] = other
