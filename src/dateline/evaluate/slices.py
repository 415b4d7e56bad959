"""Results by set, outlet, length, part, region and type: where a coder is good and where it is not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from dateline.evaluate.records import CodedReport
from dateline.evaluate.scoring import Row, Scores, row_scores, total
from dateline.knowledge import table

LENGTHS = ((150, "1 to 150 words"), (400, "151 to 400 words"), (800, "401 to 800 words"))
LONGER = "over 800 words"
UNTOLD = "not told"

Slices = dict[str, dict[str, Scores]]


def report_labels(report: CodedReport, text: str | None) -> dict[str, str]:
    """Name of the slicing → the slice that a report belongs to. Slicings about which nothing is known are left out."""
    labels = {"set": report.set, "outlet": report.outlet, "part": report.part}
    known = {name: label for name, label in labels.items() if label}
    return {**known, "length": length_label(text)} if text is not None else known


def length_label(text: str) -> str:
    """
    >>> length_label("two words")
    '1 to 150 words'
    """
    words = len(text.split())
    return next((label for most, label in LENGTHS if words <= most), LONGER)


def slice_reports(scores: Mapping[str, Scores], labels: Mapping[str, Mapping[str, str]]) -> Slices:
    """Scores by every slicing of reports. `labels` gives the labels of each doc_id."""
    gathered: dict[str, dict[str, list[Scores]]] = {}
    for doc_id, one in scores.items():
        for slicing, label in labels.get(doc_id, {}).items():
            gathered.setdefault(slicing, {}).setdefault(label, []).append(one)
    return {
        slicing: {label: total(several) for label, several in sorted(groups.items())}
        for slicing, groups in sorted(gathered.items())
    }


def slice_events(rows: Iterable[Row]) -> Slices:
    """Scores by type and region of the gold event; an invented event counts where it says it belongs."""
    keys: dict[str, Callable[[Row], str]] = {"type": event_type, "region": event_region}
    gathered: dict[str, dict[str, list[Scores]]] = {name: {} for name in keys}
    for row in rows:
        one = row_scores(row)
        for name, key in keys.items():
            gathered[name].setdefault(key(row), []).append(one)
    return {name: {label: total(several) for label, several in sorted(groups.items())} for name, groups in gathered.items()}


def event_type(row: Row) -> str:
    event = row.gold or row.predicted
    return (event.type if event else None) or UNTOLD


def event_region(row: Row) -> str:
    event = row.gold or row.predicted
    country = event.where.country if event and event.where else None
    return region_of_country().get(country or "", UNTOLD)


@cache
def region_of_country() -> dict[str, str]:
    """ISO 3166-1 alpha-3 → region of the world (those of the United Nations' statistics)."""
    return {code: row["region"] for row in table("world_regions") for code in row.many("countries")}
