"""What goes with every export: a manifest (what made it, what it leaves out, how to read it) and a coverage card."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from dateline.export.cases import NOT_REVIEWED, Case, LeftOut, outlet_of
from dateline.export.public import Withheld
from dateline.export.sinks import source_date
from dateline.knowledge import rules
from dateline.types import Report
from dateline.versions import versions

ROWS = {
    "event": "one event in one report: an event that several reports tell has several rows",
    "incident": "one incident: the tellings of several reports, merged by a machine",
}
EXCLUDED = ("id", "name", "type", "sub_type", "status", "date", "place", "country", "rule", "reason", "review")


@cache
def responsible_use() -> str:
    """The short text on responsible use: in manifests and in the help."""
    return str(rules("export_use")["text"]).strip()


def profile_words(profile: str) -> str:
    """What a profile does, in a sentence."""
    return f"Profile {profile}: {rules('export_use')['profiles'][profile]}"


@dataclass(slots=True)
class Coverage:
    """Counts over what an export covers."""

    reports: int = 0
    events: int = 0
    outlets: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    days: set[str] = field(default_factory=set)
    undated: int = 0
    single: int = 0
    places: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)
    reviews: Counter[str] = field(default_factory=Counter)

    def report(self, report: Report) -> None:
        self.reports += 1
        self.outlets[outlet_of(report) if report.outlet or report.wire else "unknown"] += 1
        self.languages[report.language] += 1
        if report.published.day:
            self.days.add(report.published.day)
        else:
            self.undated += 1

    def case(self, case: Case) -> None:
        self.events += 1
        self.single += case.origins < 2
        place, when = case.event.where, case.event.when
        self.places[place.place.precision if place else "not told"] += 1
        self.times[when.precision if when else "not told"] += 1
        self.reviews[case.review] += 1

    def card(self) -> dict[str, Any]:
        """The coverage card: shares are of events, 0 to 1."""
        first, last = (min(self.days), max(self.days)) if self.days else (None, None)
        return {
            "reports": self.reports,
            "events": self.events,
            "outlets": dict(self.outlets.most_common(50)),
            "share_of_five_largest_outlets": share(sum(count for _, count in self.outlets.most_common(5)), self.reports),
            "languages": dict(self.languages),
            "published_from": first,
            "published_to": last,
            "days_with_reports": len(self.days),
            "days_without_reports": days_between(first, last) - len(self.days),
            "reports_without_day": self.undated,
            "single_origin_share": share(self.single, self.events),
            "unreviewed_share": share(self.reviews[NOT_REVIEWED], self.events),
            "review": dict(self.reviews),
            "place_precision_shares": {name: share(count, self.events) for name, count in sorted(self.places.items())},
            "day_precision_shares": {name: share(count, self.events) for name, count in sorted(self.times.items())},
            "measured_accuracy": rules("export_accuracy"),
            "note": "Absence of records is not absence of violence.",
        }


def share(part: int, whole: int) -> float | None:
    return round(part / whole, 3) if whole else None


def days_between(first: str | None, last: str | None) -> int:
    if first is None or last is None:
        return 0
    return (datetime.fromisoformat(last) - datetime.fromisoformat(first)).days + 1


def manifest(
    *,
    format: str,
    codebook: str,
    profile: str,
    per: str,
    filters: Mapping[str, Any],
    files: list[str],
    rows: int,
    left_out: Mapping[str, int],
    withheld: Mapping[str, int],
    coverage: Coverage,
    project: str | None = None,
) -> dict[str, Any]:
    """The manifest as plain JSON types. `made` is the moment of the export (SOURCE_DATE_EPOCH where that is set)."""
    moment = source_date()
    made = datetime.fromtimestamp(moment, UTC) if moment is not None else datetime.now(UTC)
    return {
        "made_by": {"program": "dateline", **versions()},
        "made": made.isoformat(timespec="seconds"),
        "project": Path(project).name if project else None,
        "format": format,
        "codebook": codebook,
        "profile": profile,
        "profile_means": rules("export_use")["profiles"][profile],
        "row": ROWS[per],
        "filters": {key: value for key, value in filters.items() if value not in (None, False, [], ())},
        "files": files,
        "rows": rows,
        "left_out": dict(sorted(left_out.items())),
        "withheld": dict(withheld),
        "coverage": coverage.card(),
        "place_data": rules("export_use")["places"],
        "responsible_use": responsible_use(),
    }


def withheld_counts(withheld: Withheld, total: dict[str, int]) -> None:
    """Add what was withheld of one coding to the totals."""
    for key, count in (
        ("private_persons", withheld.persons),
        ("places_coarsened", withheld.places),
        ("events", len(withheld.events)),
    ):
        total[key] = total.get(key, 0) + count


def excluded_row(left: LeftOut, *, bare: bool = False) -> dict[str, Any]:
    """A row of excluded.csv. `bare`: what the profile hides is named by id, type and reason alone."""
    case, event = left.case, left.case.event
    row = {
        "id": case.id,
        "type": event.type,
        "sub_type": event.sub_type,
        "rule": left.rule,
        "reason": left.reason,
        "review": case.review,
    }
    if bare:
        return row
    when, where = event.when, event.where
    days = "/".join(dict.fromkeys(day for day in (when.earliest, when.latest) if day)) if when else ""
    place = where.place if where else None
    return row | {
        "name": case.name,
        "status": event.status,
        "date": days,
        "place": f"{place.name} ({place.precision})" if place else "",
        "country": place.country if place else "",
    }
