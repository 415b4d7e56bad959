"""What reviewers decided, put into the events before they are exported: corrected values stand, rejected values go.

The evidence of a corrected value stays that of the value it replaces. Claims are left as the sources tell them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline.export.tables import type_table
from dateline.merge.features import split_type
from dateline.merge.judgements import Decisions
from dateline.merge.records import Judgement
from dateline.types import Coding, Count, Event, Evidence, Participant, Place, Weapon, When, Where

LISTS: dict[str, type[Participant] | type[Weapon] | type[Count]] = {
    "actors": Participant,
    "targets": Participant,
    "weapons": Weapon,
    "figures": Count,
}


def apply_decisions(coding: Coding, ids: Mapping[str, str], decisions: Decisions) -> Coding:
    """The coding with its events as reviewers left them. `ids`: event's name to project-wide id."""
    events = []
    for event in coding.events:
        for standing in decisions.of_event(ids[event.id]).values():
            if standing.judgement.field and standing.judgement.verdict in ("correct", "reject"):
                event = corrected(event, standing.judgement)
        events.append(event)
    return msgspec.structs.replace(coding, events=tuple(events))


def corrected(event: Event, judgement: Judgement) -> Event:
    """The event with one value corrected or rejected. A value that does not fit its field changes nothing."""
    field, _, measure = judgement.field.partition(":")
    value = judgement.value if judgement.verdict == "correct" else None
    try:
        if field in LISTS:
            return msgspec.structs.replace(event, **{field: new_list(event, field, measure, judgement.item, value)})
        return msgspec.structs.replace(event, **single(event, field, value))
    except (msgspec.ValidationError, TypeError, KeyError, ValueError):
        return event


def single(event: Event, field: str, value: Any) -> dict[str, Any]:
    """New values of the event's plain fields."""
    if field in ("type", "sub_type"):
        found = split_type(value) if "/" in value else (event.type, value)
        return {"type": found[0], "sub_type": found[1]} if found in type_table() else {}
    if field in ("status", "foreground"):
        return {} if value is None else {field: value}
    if field == "when":
        words = event.when.evidence if event.when else event.trigger
        return {"when": None if value is None else msgspec.convert({**value, "evidence": plain(words)}, When)}
    if field == "where":
        words = event.where.evidence if event.where else event.trigger
        return {"where": None if value is None else Where(msgspec.convert(value, Place), words)}
    return {}


def plain(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [words.to_dict() for words in evidence]


def new_list(event: Event, field: str, measure: str, item: Any, value: Any) -> tuple[Any, ...]:
    """A list field with the meant value (or, without `item`, all values; of figures: of the measure) replaced or taken out."""
    kept, words = [], event.trigger
    for one in getattr(event, field):
        if meant(one, measure or (value or {}).get("measure", ""), item):
            words = one.evidence
        else:
            kept.append(one)
    given = value if isinstance(value, list) else [] if value is None else [value]
    return (*kept, *(made(LISTS[field], new, measure, words) for new in given))


def made(kind: type[Any], value: Any, measure: str, words: Sequence[Evidence]) -> Any:
    """A record of a value that a person gave."""
    told: dict[str, Any] = {"name": value} if isinstance(value, str) and kind is Participant else dict(value)
    if kind is Participant:
        told.setdefault("kind", "unknown")
    if kind is Count:
        told = {"measure": measure, "group": "people", "low": None, "high": None, "unit": "person", **told}
    return msgspec.convert({**told, "evidence": plain(tuple(words))}, kind)


def meant(one: Participant | Weapon | Count, measure: str, item: Any) -> bool:
    """Whether a judgement on `item` (None: on all, of figures on the measure) means this value."""
    if isinstance(one, Count):
        if item is None:
            return not measure or one.measure == measure
        same = all(getattr(one, name) == item.get(name, getattr(one, name)) for name in ("measure", "low", "high", "group"))
        return isinstance(item, dict) and same
    key = one.name if isinstance(one, Participant) else one.kind
    if item is None:
        return True
    return key == (item if isinstance(item, str) else item.get("name", item.get("kind")))
