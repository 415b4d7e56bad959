"""Displacement figures in the words of IDMC: a row for each figure of people displaced, evacuated, returned or hosted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.cases import Case, LeftOut, outlet_of, sentence_of
from dateline.export.tables import day_precision, place_precision
from dateline.export.words import amount_words, day_words
from dateline.knowledge import table
from dateline.types import Count, Event

Row = dict[str, Any]
MEASURES = ("displaced", "evacuated", "returned", "hosted")
REVIEW = {"accepted": "APPROVED", "corrected": "APPROVED", "in review": "IN_PROGRESS"}


def rows(cases: Sequence[Case]) -> Iterator[Row | LeftOut]:
    """Rows of figures; cases without one are left out. The first figure of a case is recommended, the others triangulate it."""
    for case in cases:
        figures = [count for count in case.event.figures if count.measure in MEASURES and count.unit != "item"]
        figures = [count for count in figures if (count.low or count.high) is not None]
        if not figures:
            yield LeftOut(case, "no figure", "no number of people displaced, evacuated, returned or hosted is told")
        figures.sort(key=lambda count: (count.about is not None, count.unit != "person", vague(count)))
        for number, count in enumerate(figures):
            yield row_of(case, count, number)


def vague(count: Count) -> bool:
    """Words such as "thousands": bounds that differ."""
    return count.low is not None and count.high is not None and count.low != count.high


def row_of(case: Case, count: Count, number: int) -> Row:
    event, place = case.event, case.event.where.place if case.event.where else None
    codes = {row["measure"]: row for row in table("export_idmc")}[
        "stock" if event.sub_type == "Stock" and count.measure == "displaced" else count.measure
    ]
    accuracy = day_precision(event.when).idmc if event.when else ""
    sources = speakers(event, count)
    reported = count.low if count.low is not None else count.high
    return {
        "id": f"DL-IDMC-{case.id[1:11]}-{number + 1}",
        "iso3": place.country if place else None,
        "location": place.name if place else None,
        "latitude": None if not place or place.lat is None else round(place.lat, 4),
        "longitude": None if not place or place.lon is None else round(place.lon, 4),
        "location_accuracy": place_precision(place).idmc if place else None,
        "location_identifier": "DESTINATION" if codes["flow"] == "stock" or count.measure == "hosted" else "ORIGIN",
        "category": codes["category"],
        "flow_or_stock": codes["flow"],
        "term": "FORCED_TO_FLEE" if event.sub_type == "Flight" and count.measure == "displaced" else codes["term"],
        "unit": "HOUSEHOLD" if count.unit == "household" else "PERSON",
        "quantifier": quantifier(count),
        "reported": reported,
        "household_size": None,
        "total_figures": reported if count.unit == "person" else None,
        "role": "RECOMMENDED" if number == 0 else "TRIANGULATION",
        "start_date": event.when.earliest if event.when else None,
        "start_date_accuracy": accuracy,
        "end_date": event.when.latest if event.when else None,
        "end_date_accuracy": accuracy,
        "violence_type": "Unclear/Unknown",
        "violence_subtype": "",
        "sources": "; ".join(sources),
        "publishers": "; ".join(case.outlets),
        "sources_reliability": "",
        "source_excerpt": sentence_of(case.report, count.evidence[0]) if count.evidence else "",
        "calculation_logic": logic(count),
        "description": description(case, count, sources),
        "link": case.report.url,
        "review_status": REVIEW.get(case.review, "NOT_STARTED"),
    }


def quantifier(count: Count) -> str:
    """EXACT, APPROXIMATELY, MORE_THAN or LESS_THAN.

    >>> quantifier(Count("displaced", "people", 100, None, "person", ()))
    'MORE_THAN'
    """
    if count.high is None:
        return "MORE_THAN"
    if count.low is None:
        return "LESS_THAN"
    return "EXACT" if count.low == count.high and not count.approximate else "APPROXIMATELY"


def logic(count: Count) -> str:
    """How the reported number comes from the words."""
    words = (
        f"“{count.evidence[0].quote}” read as {amount_words(count.low, count.high)}"
        if count.evidence
        else amount_words(count.low, count.high)
    )
    home = "; households are not turned into persons" if count.unit == "household" else ""
    return f"{words}; the lower bound is reported{home}" if count.low != count.high else f"{words}{home}"


def speakers(event: Event, count: Count) -> list[str]:
    if count.source:
        return [count.source]
    names = [
        voice.name
        for voice in event.sources
        if voice.stance in ("affirms", "claims") and voice.about is None and voice.name != "report"
    ]
    return list(dict.fromkeys(names))


def description(case: Case, count: Count, sources: list[str]) -> str:
    """One sentence that ends with who says so."""
    place = case.event.where.place if case.event.where else None
    days = f", {day_words(case.event.when.earliest)} - {day_words(case.event.when.latest)}" if case.event.when else ""
    unit = "households" if count.unit == "household" else "people"
    where = f"{place.name}: " if place else ""
    told = "; ".join(sources) or "; ".join(outlet_of(telling.report) for telling in case.tellings)
    return f"{where}{amount_words(count.low, count.high)} {unit} {count.measure}{days}, according to {told}"
