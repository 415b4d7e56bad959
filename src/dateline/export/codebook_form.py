"""The codebook format as types: which keys a line has, which may be absent, and what their values are.

A key that is not required is absent when the report does not tell it. Offsets are code points of the text as given.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from dateline.types import PartyKind, Precision, Side, Stance, Status

# "with" is a word of Python, hence the functional form.
FlagForm = TypedDict(
    "FlagForm",
    {
        "kind": str,
        "quote": NotRequired[str],
        "start": NotRequired[int],
        "end": NotRequired[int],
        "with": NotRequired[str],
        "with_start": NotRequired[int],
        "with_end": NotRequired[int],
    },
)


class Quoted(TypedDict):
    """`text[start:end] == quote`; absent together (the report's own voice)."""

    quote: NotRequired[str]
    start: NotRequired[int]
    end: NotRequired[int]


class Scored(TypedDict):
    """The chance (0 to 1) that the event is right, or that the value is if its event is, learned on our own gold; absent where
    nothing weighed it."""

    score: NotRequired[float]


class WhenForm(Quoted):
    earliest: str | None
    latest: str | None
    precision: Literal["day", "week", "month", "year"]
    inferred: NotRequired[bool]


class RelationForm(TypedDict):
    kind: str
    of: str
    distance_km: NotRequired[float]
    direction: NotRequired[str]


class WhereForm(Quoted, Scored):
    name: str
    precision: Precision
    radius_km: float
    country: NotRequired[str]
    lat: NotRequired[float]
    lon: NotRequired[float]
    geonameid: NotRequired[int]
    relation: NotRequired[list[RelationForm]]
    inferred: NotRequired[bool]


class ParticipantForm(Quoted, Scored):
    name: str
    kind: PartyKind
    country: NotRequired[str]
    backed_by: NotRequired[str]
    alternative: NotRequired[bool]
    private: NotRequired[bool]
    source: NotRequired[str]


class WeaponForm(Quoted):
    kind: str
    delivery: str | None
    devices: int | None


class FigureForm(Quoted, Scored):
    measure: str
    group: str
    low: int | None
    high: int | None
    unit: Literal["person", "household", "item"]
    approximate: NotRequired[bool]
    about: NotRequired[str]
    source: NotRequired[str]
    replaces: NotRequired[str]  # the words of the earlier toll that this one brings up to date


class SourceForm(Quoted, Scored):
    name: str
    stance: Stance
    side: NotRequired[Side]
    via: NotRequired[str]
    about: NotRequired[str]


class EventForm(Scored):
    id: str
    type: str
    sub_type: str
    status: Status
    foreground: bool
    trigger: list[str]
    trigger_spans: list[tuple[int, int]]
    when: NotRequired[WhenForm]
    where: NotRequired[WhereForm]
    actors: list[ParticipantForm]
    targets: list[ParticipantForm]
    weapons: list[WeaponForm]
    figures: list[FigureForm]
    sources: list[SourceForm]


class AliasForm(Quoted):
    name: str
    alias: str
    since: NotRequired[str]
    until: NotRequired[str]


class ReportForm(TypedDict):
    """One line of the codebook format."""

    doc_id: str
    published: str | None
    published_basis: str
    events: list[EventForm]
    aliases: list[AliasForm]
    flags: list[FlagForm]
    background_figures: list[FigureForm]
