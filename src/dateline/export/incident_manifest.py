"""The manifest of incidents and briefs: what made them, what they leave out, how to read them, and a coverage card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from dateline.export.cases import NOT_REVIEWED
from dateline.export.manifest import Coverage, manifest, withheld_counts
from dateline.export.public import Shown, show_internal, show_public
from dateline.merge.records import Incident
from dateline.types import Coding

SHOWS: dict[str, Callable[[Coding], Shown]] = {"public": show_public, "internal": show_internal}


@dataclass(slots=True)
class Covered:
    """Shows codings as a profile does, and counts what incidents cover. Coverage counts incidents, not events."""

    profile: str
    coverage: Coverage = field(default_factory=Coverage)
    withheld: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    def show(self, coding: Coding) -> Coding:
        shown = SHOWS[self.profile](coding)
        withheld_counts(shown.withheld, self.withheld)
        self.coverage.report(coding.report)
        return shown.coding

    def count(self, incidents: Iterable[Incident]) -> Iterator[Incident]:
        """The incidents, counted as they pass."""
        for one in incidents:
            self.rows += 1
            self.coverage.events += 1
            self.coverage.single += len(one.origins) < 2
            self.coverage.places[precision_of(one, "where")] += 1
            self.coverage.times[precision_of(one, "when")] += 1
            self.coverage.reviews["judged" if one.judgements else NOT_REVIEWED] += 1
            yield one

    def manifest(self, format: str, *, files: list[str], held: int, shared: bool, project: str) -> dict[str, Any]:
        """The manifest of what has passed. `held`: incidents that were meant; `shared`: only those of two reports or more."""
        left_out = Counter({"no event of it is shown by the profile": held - self.rows})
        return manifest(
            format=format,
            codebook="dateline",
            profile=self.profile,
            per="incident",
            filters={"told_by_two_reports_or_more": shared},
            files=files,
            rows=self.rows,
            left_out=+left_out,
            withheld=self.withheld,
            coverage=self.coverage,
            project=project,
        )


def precision_of(incident: Incident, name: str) -> str:
    """Precision of the recommended place or day."""
    found = next((one.recommended for one in incident.fields if one.field == name), None)
    told = found.value.get("precision") if found and isinstance(found.value, dict) else None
    return str(told) if told else "not told"
