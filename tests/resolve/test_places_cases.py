"""The hard phrases of tests/cases/places.toml, one test each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from dateline.annotate.reading import Reading
from dateline.resolve.gazetteer import load_gazetteer
from dateline.resolve.places import find_places
from dateline.resolve.places_geometry import distance_km
from dateline.types import PlaceLink, Report

CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "places.toml").read_text(encoding="utf-8"))["case"]
LITERAL = {"literal", "dateline"}


def links_at(case: dict[str, Any]) -> list[PlaceLink]:
    text = case["text"]
    start = text.index(case["at"])
    end = start + len(case["at"])
    links = find_places(Reading(Report("case", text)), load_gazetteer())
    return [link for link in links if link.start < end and start < link.end]


def faults_of(case: dict[str, Any]) -> list[str]:
    """What is not as the case says; empty when all is."""
    found = links_at(case)
    if case.get("not_place"):
        return [f"{link.use} {link.place}" for link in found if link.use in LITERAL]
    if not found:
        return ["no link"]
    link, place = found[0], found[0].place
    if place is None:
        return ["no place"]
    faults = []
    if "near" in case:
        lat, lon, km = case["near"]
        away = distance_km(lat, lon, place.lat or 0.0, place.lon or 0.0)
        if away > km:
            faults.append(f"{away:.0f} km away: {place}")
    for key, value in (
        ("country", place.country),
        ("precision", place.precision),
        ("use", link.use),
        ("unlisted", place.unlisted),
    ):
        if key in case and case[key] != value:
            faults.append(f"{key} is {value!r}")
    relations = place.relations
    if "relation" in case and case["relation"] not in [r.kind for r in relations]:
        faults.append(f"relations are {relations}")
    if "direction" in case and case["direction"] not in [r.direction for r in relations]:
        faults.append(f"directions are {[r.direction for r in relations]}")
    if "phrase" in case and case["phrase"] != case["text"][link.phrase.start : link.phrase.end]:
        faults.append(f"phrase is {case['text'][link.phrase.start : link.phrase.end]!r}")
    if "flag" in case and not any(flag.startswith(case["flag"]) for flag in link.flags):
        faults.append(f"flags are {link.flags}")
    return faults


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    faults = faults_of(case)
    if "known_failure" in case:
        assert faults, "this known failure passes now: take the mark away"
        pytest.xfail(case["known_failure"])
    assert faults == []


def test_there_are_sixty_cases() -> None:
    assert len(CASES) >= 60
    assert len({case["id"] for case in CASES}) == len(CASES)
