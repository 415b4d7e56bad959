"""Cases of incidents: one row for what happened once, with the values that the merge recommends.

The merge reads the reports as they are; rows are made of the tellings as the profile shows them: the recommended reading of a
field tells which telling's value to take, so that nothing that a profile hides can come back by way of the merge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from dateline.export.cases import NOT_REVIEWED, Case, Recommended, Telling, outlet_of
from dateline.merge.features import split_type
from dateline.merge.records import FieldState, Incident
from dateline.types import Count, Event, Participant, Voice, Weapon

T = TypeVar("T", Participant, Weapon)


def incident_case(incident: Incident, tellings: Mapping[str, Telling], reviews: Mapping[str, str]) -> Case | None:
    """The case of an incident; None when the profile shows none of its tellings. `tellings`: by project-wide event id."""
    shown = {one.event_id: tellings[one.event_id] for one in incident.tellings if one.event_id in tellings}
    if not shown:
        return None
    ordered = tuple(shown.values())
    return Case(
        incident.id,
        incident.id,
        event_of(incident, shown),
        ordered,
        review_of([reviews.get(event_id, NOT_REVIEWED) for event_id in shown]),
        max(1, min(len(incident.origins), len({telling.report.doc_id for telling in ordered}))),
        tuple(recommended(incident)),
    )


def recommended(incident: Incident) -> Iterator[Recommended]:
    """Recommended figures: bounds over all readings, and the best."""
    for field in incident.fields:
        if field.field.startswith("figures:") and field.recommended:
            found = field.recommended
            yield Recommended(field.field.partition(":")[2], found.low, found.best, found.high, found.why)


def event_of(incident: Incident, shown: Mapping[str, Telling]) -> Event:
    """The event of a row: type, status, day and place as recommended; parties, means, figures and sources of all tellings."""
    fields = {field.field: field for field in incident.fields}
    events = [telling.event for telling in shown.values()]
    type, sub_type = events[0].type, events[0].sub_type
    told = fields["type"].recommended if "type" in fields else None
    if told and isinstance(told.value, str):
        type, sub_type = split_type(told.value)
    status = fields["status"].recommended if "status" in fields else None
    return msgspec.structs.replace(
        events[0],
        type=type,
        sub_type=sub_type,
        status=status.value if status else events[0].status,
        foreground=any(event.foreground for event in events),
        when=chosen(fields.get("when"), shown, "when") or next((event.when for event in events if event.when), None),
        where=chosen(fields.get("where"), shown, "where") or next((event.where for event in events if event.where), None),
        actors=by_name(party for event in led_by(fields.get("actors"), shown) for party in event.actors),
        targets=by_name(party for event in led_by(fields.get("targets"), shown) for party in event.targets),
        weapons=by_name(weapon for event in events for weapon in event.weapons),
        figures=tuple(dict.fromkeys(count for telling in shown.values() for count in told_figures(telling))),
        sources=voices(events),
        rejected=(),
    )


def reading_event(field: FieldState | None) -> str | None:
    """Id of the event whose reading is recommended for a field."""
    if field is None or field.recommended is None:
        return None
    return next((reading.event_id for reading in field.readings if reading.value == field.recommended.value), None)


def chosen(field: FieldState | None, shown: Mapping[str, Telling], name: str) -> Any:
    """The value of the telling whose reading is recommended, as the profile shows it."""
    event_id = reading_event(field)
    return getattr(shown[event_id].event, name) if event_id and event_id in shown else None


def led_by(field: FieldState | None, shown: Mapping[str, Telling]) -> list[Event]:
    """The tellings' events, that of the recommended reading first."""
    first = reading_event(field)
    return [telling.event for event_id, telling in sorted(shown.items(), key=lambda pair: pair[0] != first)]


def by_name(items: Iterable[T]) -> tuple[T, ...]:
    """Each party or means once, the first telling of it."""
    found: dict[str, T] = {}
    for item in items:
        found.setdefault(item.name if isinstance(item, Participant) else item.kind, item)
    return tuple(found.values())


def told_figures(telling: Telling) -> Iterator[Count]:
    """Figures of one telling; the report's own voice is named by its outlet, since several reports speak in a row."""
    for count in telling.event.figures:
        yield msgspec.structs.replace(count, source=count.source or outlet_of(telling.report))


def voices(events: Iterable[Event]) -> tuple[Voice, ...]:
    """Sources of all tellings, each once with each stance."""
    found: dict[tuple[str, str, str | None], Voice] = {}
    for event in events:
        for voice in event.sources:
            found.setdefault((voice.name, voice.stance, voice.about), voice)
    return tuple(found.values())


def review_of(statuses: list[str]) -> str:
    """The review of an incident from those of its tellings.

    >>> review_of(["accepted", "accepted"]), review_of(["accepted", "not reviewed"])
    ('accepted', 'partly reviewed')
    """
    words = {status.partition(" (")[0] for status in statuses}
    if len(words) == 1:
        return statuses[0]
    if NOT_REVIEWED in words or "in review" in words:
        return "partly reviewed"
    return "corrected"
