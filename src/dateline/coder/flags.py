"""Inconsistent text, kept as told and flagged (CODEBOOK section 6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dateline.annotate.figures import Conflict, find_conflicts
from dateline.types import Evidence, Figure, Flag, Report

LENGTHS_KM = {
    "km": 1.0,
    "kms": 1.0,
    "kilometer": 1.0,
    "kilometers": 1.0,
    "kilometre": 1.0,
    "kilometres": 1.0,
    "mile": 1.609,
    "miles": 1.609,
    "mi": 1.609,
}
NUMBER, UNIT = r"(\d{1,6}(?:\.\d{1,3})?)", r"(km|kms|kilometers?|kilometres?|miles?|mi)"
TWO_LENGTHS = re.compile(rf"{NUMBER}[ -]{UNIT} ?\({NUMBER}[ -]{UNIT}\)", re.IGNORECASE)
TOLERANCE = 0.08  # reporters round: 40 km (25 miles) is fine, 50 km (35 miles) is not
ROUNDING = 1.0  # one unit of the second length


def find_flags(report: Report, figures: Sequence[Figure] = ()) -> tuple[Flag, ...]:
    """Distances in two units that do not agree; figures whose parts exceed the whole, or that contradict a told change."""
    units = [
        Flag("units disagree", (report.evidence(match.start(), match.end()),))
        for match in TWO_LENGTHS.finditer(report.text)
        if disagree(match[1], match[2], match[3], match[4])
    ]
    counts = [
        Flag(f"figures disagree: {one.why}", (words(report, [figures[one.figure]]),), (words(report, parts_of(figures, one)),))
        for one in find_conflicts(figures, report.text)
    ]
    return (*units, *counts)


def parts_of(figures: Sequence[Figure], conflict: Conflict) -> list[Figure]:
    return [figures[index] for index in conflict.against]


def words(report: Report, figures: list[Figure]) -> Evidence:
    """The words from the first to the last of figures of one sentence."""
    return report.evidence(min(one.start for one in figures), max(one.end for one in figures))


def disagree(first: str, unit: str, second: str, other: str) -> bool:
    """True when two lengths differ by more than rounding explains: 8 %, or one unit of the second.

    >>> disagree("50", "km", "35", "miles"), disagree("40", "km", "25", "miles"), disagree("2", "km", "1", "mile")
    (True, False, False)
    """
    converted = float(first) * LENGTHS_KM[unit.lower()] / LENGTHS_KM[other.lower()]
    return abs(converted - float(second)) > max(ROUNDING, TOLERANCE * converted)
