"""Policies: which reading of a field to take. Nothing is averaged, nothing is dropped; the reason is given in words.

most origins   what most independent origins say
latest         what the latest report says
lowest         figures: the lowest; other fields as most origins
highest        figures: the highest; other fields as most origins
acled          figures: the lowest, unless two origins or more agree on a higher one (ACLED takes the most conservative figure
               until a higher one is corroborated); other fields as most origins
ucdp           figures: low, best and high, best being what most origins say; other fields as most origins
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from dateline.errors import SettingsError
from dateline.export.words import amount_words
from dateline.merge.records import Reading, Recommended
from dateline.merge.same import interval

POLICIES = ("most origins", "latest", "lowest", "highest", "acled", "ucdp")
DEFAULT = "most origins"
FINENESS = {"site": 0, "neighbourhood": 1, "town": 2, "district": 3, "province": 4, "region": 5, "country": 6}
SPAN = {"day": 0, "week": 1, "month": 2, "year": 3}

Group = Sequence[Reading]  # readings that say the same


def check_policy(policy: str) -> str:
    """The policy's name. Raises SettingsError for an unknown one."""
    if policy not in POLICIES:
        raise SettingsError(f"unknown policy {policy!r}", where="--policy", remedy=f"one of {', '.join(POLICIES)}")
    return policy


def origins_of(group: Group) -> int:
    return len({one.origin for one in group})


def recommend(field: str, groups: Sequence[Group], policy: str) -> Recommended | None:
    """The reading to take, of groups of affirmed readings that say the same. None where nothing is affirmed."""
    for mark, why in (("corrected", "given by a person"), ("accepted", "accepted by a person")):
        judged = [group for group in groups if any(one.judged == mark for one in group)]
        if judged and (mark == "corrected" or len(judged) == 1):
            return of_group(judged[-1], "judgement", why, **own_bounds(field, judged[-1][0].value))
    told = [group for group in groups if group]
    if not told:
        return None
    if field.startswith("figures:"):
        return recommend_figure(told, policy)
    chosen = by_latest(told) if policy == "latest" else by_origins(told)
    return of_group(chosen, policy if policy == "latest" else "most origins", reason(chosen, told, policy))


def of_group(group: Group, policy: str, why: str, **bounds: int | None) -> Recommended:
    best = min(group, key=lambda one: (one.inferred, one.published or "9999", one.doc_id))
    return Recommended(best.value, best.words, policy, why, **bounds)


def own_bounds(field: str, value: Any) -> dict[str, int | None]:
    """Low, best and high of a figure that a person settled."""
    if not field.startswith("figures:") or not isinstance(value, dict):
        return {}
    return {"low": value.get("low"), "best": amount(value), "high": value.get("high")}


def by_origins(groups: Sequence[Group]) -> Group:
    """Most origins; then one not inferred, the finer value, the later report."""
    return min(
        groups, key=lambda group: (-origins_of(group), all(one.inferred for one in group), coarseness(group[0]), *late(group))
    )


def by_latest(groups: Sequence[Group]) -> Group:
    return min(groups, key=lambda group: (*late(group), -origins_of(group), coarseness(group[0])))


def late(group: Group) -> tuple[int, str]:
    """Sorts later reports first; ties by the words."""
    return -int((max(one.published or "" for one in group) or "0").replace("-", "")), group[0].words


def coarseness(one: Reading) -> int:
    precision = one.value.get("precision") if isinstance(one.value, dict) else None
    return FINENESS.get(precision, SPAN.get(precision, 0)) if precision else 0


def reason(chosen: Group, groups: Sequence[Group], policy: str) -> str:
    count = origins_of(chosen)
    if len(groups) == 1:
        return f"the one reading ({origin_words(count)})"
    if policy == "latest":
        return f"told last, on {max(one.published or '' for one in chosen) or 'an unknown day'}; {len(groups) - 1} other readings"
    others = max(origins_of(group) for group in groups if group is not chosen)
    if count > others:
        return f"{origin_words(count)} against {others}"
    fine = "the finer reading" if coarseness(chosen[0]) < max(coarseness(group[0]) for group in groups) else "the later report"
    return f"{origin_words(count)}, as many as another reading: {fine} is taken"


def origin_words(count: int) -> str:
    return f"{count} independent origin{'' if count == 1 else 's'}"


# ---- figures --------------------------------------------------------------------------------------------------------


def recommend_figure(groups: Sequence[Group], policy: str) -> Recommended:
    """A figure by policy, with low, best and high over all readings."""
    alone = [group for group in groups if not group[0].value.get("about")] or list(groups)
    low_group = min(alone, key=lambda group: (interval(group[0].value)[0], interval(group[0].value)[1]))
    high_group = max(alone, key=lambda group: (top(group[0].value), interval(group[0].value)[0]))
    chosen, why = choose_figure(alone, low_group, high_group, policy)
    best = amount(chosen[0].value)
    low, high = amount_low(low_group[0].value), amount_high(alone)
    if policy == "ucdp":
        why = f"low {low if low is not None else 'open'}, best {best}, high {high if high is not None else 'open'}: best is {why}"
    return of_group(chosen, policy, why, low=low, best=best, high=high)


def choose_figure(groups: list[Group], low: Group, high: Group, policy: str) -> tuple[Group, str]:
    if len(groups) == 1:
        return groups[0], f"the one figure ({origin_words(origins_of(groups[0]))})"
    if policy == "lowest":
        return low, f"the lowest of {len(groups)} figures"
    if policy == "highest":
        return high, f"the highest of {len(groups)} figures"
    if policy == "acled":
        backed = [group for group in groups if origins_of(group) >= 2]
        if backed:
            chosen = min(backed, key=lambda group: interval(group[0].value))
            if chosen is not low:
                return chosen, f"{words_of_amount(low[0].value)} is lower, but {origin_words(origins_of(chosen))} agree on this"
        return low, f"the most conservative of {len(groups)} figures: no higher one has two independent origins"
    chosen = by_latest(groups) if policy == "latest" else by_figure_origins(groups)
    return chosen, reason(chosen, groups, policy)


def by_figure_origins(groups: list[Group]) -> Group:
    """Most origins; then the later report (tolls are revised), then the lower figure."""
    return min(
        groups,
        key=lambda group: (-origins_of(group), group[0].value.get("low") is None, *late(group)[:1], interval(group[0].value)),
    )


def top(value: dict[str, Any]) -> float:
    low, high = interval(value)
    return low if math.isinf(high) else high


def amount(value: dict[str, int | None]) -> int | None:
    """One number for a figure: its low bound, or its high one where the low one is open."""
    low = value.get("low")
    return low if low is not None else value.get("high")


def amount_low(value: dict[str, Any]) -> int | None:
    low: int | None = value.get("low")
    return 0 if low is None else low


def amount_high(groups: Sequence[Group]) -> int | None:
    """The highest bound told; None where the highest figure is open ("at least 30")."""
    highest = max((group[0].value for group in groups), key=lambda value: (top(value), interval(value)[1]))
    high: int | None = highest.get("high")
    return high


def words_of_amount(value: dict[str, Any]) -> str:
    return amount_words(value.get("low"), value.get("high"))
