"""Events that their report tells a second time: coding has split one telling, or a toll stands beside its attack.

Two events of one report are never one incident. So that the fuller telling of one report meets the fuller telling of another
(and not a headline with a paragraph), the lesser ones are marked `again`, and clustering lets them join last.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from dateline.merge.compare import day_level, killed_level, place_level
from dateline.merge.features import Features, make_features
from dateline.types import Event, Report

ONE_DAY = frozenset({"same day", "days meet", "a day apart"})
ONE_PLACE = frozenset({"same place", "same city", "next to it", "nearby", "same area", "inside area"})


def report_features(report: Report, report_id: str, events: Mapping[str, Event]) -> list[Features]:
    """Features of all events of a report, given by project-wide id."""
    made = [make_features(report, report_id, event, event_id) for event_id, event in events.items()]
    first: list[Features] = []
    again: set[str] = set()
    for one in sorted(made, key=fullest):
        if any(tells_again(one, other) for other in first):
            again.add(one.event_id)
        else:
            first.append(one)
    return [msgspec.structs.replace(one, again=True) if one.event_id in again else one for one in made]


def fullest(one: Features) -> tuple[bool, bool, int, int, str]:
    """News first, then what has the most evidence, then the order of the text."""
    number = one.name.lstrip("e")
    return one.type == "Statement", not one.foreground, -one.pieces, int(number) if number.isdecimal() else 0, one.event_id


def tells_again(one: Features, other: Features) -> bool:
    """Whether two events of one report may well be one: family, day, place and toll do not tell them apart."""
    if not set(one.families) & set(other.families) or day_level(one, other) not in ONE_DAY:
        return False
    return place_level(one, other) in ONE_PLACE and killed_level(one, other) != "contradict"
