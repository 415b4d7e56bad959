"""Inconsistent text, kept as told and flagged (CODEBOOK section 6)."""

from __future__ import annotations

import re

from dateline.types import Flag, Report

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


def find_flags(report: Report) -> tuple[Flag, ...]:
    """Distances given in two units that do not agree."""
    return tuple(
        Flag("units disagree", (report.evidence(match.start(), match.end()),))
        for match in TWO_LENGTHS.finditer(report.text)
        if disagree(match[1], match[2], match[3], match[4])
    )


def disagree(first: str, unit: str, second: str, other: str) -> bool:
    """True when two lengths differ by more than rounding explains: 8 %, or one unit of the second.

    >>> disagree("50", "km", "35", "miles"), disagree("40", "km", "25", "miles"), disagree("2", "km", "1", "mile")
    (True, False, False)
    """
    converted = float(first) * LENGTHS_KM[unit.lower()] / LENGTHS_KM[other.lower()]
    return abs(converted - float(second)) > max(ROUNDING, TOLERANCE * converted)
