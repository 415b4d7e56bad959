"""What is compared: coded events as they stand in gold and in predictions (the form of the codebook).

Only what the scorer asks for is read; other keys are ignored. What is not told is None or empty, and a value of the wrong
type is refused with its path. `score` is the coder's own confidence (0 to 1), where it gives one.
"""

from __future__ import annotations

import msgspec


class Scored(msgspec.Struct, frozen=True, kw_only=True):
    """Base: evidence words and score of a value."""

    quote: str | None = None
    score: float | None = None


class CodedWhen(Scored, frozen=True):
    """ISO days, both included; None is an open side."""

    earliest: str | None = None
    latest: str | None = None


class CodedWhere(Scored, frozen=True):
    """WGS 84 degrees; `radius_km` around the point."""

    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: str | None = None
    radius_km: float | None = None


class CodedParty(Scored, frozen=True):
    name: str | None = None


class CodedWeapon(Scored, frozen=True):
    kind: str | None = None


class CodedFigure(Scored, frozen=True):
    measure: str | None = None
    low: float | None = None
    high: float | None = None


class CodedSource(Scored, frozen=True):
    name: str | None = None
    stance: str | None = None


class CodedEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event of one report."""

    id: str | int = ""
    type: str | None = None
    sub_type: str | None = None
    status: str | None = None
    foreground: bool | None = None
    trigger: list[str] | None = None
    when: CodedWhen | None = None
    where: CodedWhere | None = None
    actors: list[CodedParty] | None = None
    targets: list[CodedParty] | None = None
    weapons: list[CodedWeapon] | None = None
    figures: list[CodedFigure] | None = None
    sources: list[CodedSource] | None = None
    score: float | None = None

    @property
    def words(self) -> str:
        """The words that name the event, for a person to read."""
        return self.trigger[0] if self.trigger else ""


class CodedReport(msgspec.Struct, frozen=True, kw_only=True):
    """The events of one report, with the labels by which results are sliced."""

    doc_id: str
    events: list[CodedEvent] = []
    set: str | None = None
    part: str | None = None
    outlet: str | None = None


Value = str | bool | CodedWhen | CodedWhere | CodedParty | CodedWeapon | CodedFigure | CodedSource
