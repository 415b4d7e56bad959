"""Who says so: the sources of coded events and their stances."""

from __future__ import annotations

import pytest

from dateline.ingest import read_text
from dateline.pipeline import Tools, code_report


def voices(text: str, tools: Tools) -> set[tuple[str, str]]:
    coding = code_report(read_text(text, doc_id="d", published="2017-03-01"), tools)
    return {(voice.name, voice.stance) for event in coding.events for voice in event.sources}


def test_a_monitor_named_after_the_country_does_not_claim_the_armys_raids(tools: Tools) -> None:
    found = voices(
        "Syrian warplanes bombed Aleppo on Monday, killing 12 people, the Syrian Observatory for Human Rights said.", tools
    )
    assert ("Syrian Observatory for Human Rights", "affirms") in found
    assert not any(stance == "claims" for _, stance in found)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("The U.S. military", "U.S. military"),
        ("The US military", "US military"),
        ("Daesh", "Islamic State (Daesh)"),
        ("The Islamic State group", "Islamic State"),
    ],
)
def test_a_source_is_shown_under_the_reports_own_name(told: str, shown: str, tools: Tools) -> None:
    found = voices(f"{told} said a car bomb killed 12 people in Aleppo on Monday.", tools)
    assert shown in {name for name, _ in found}


def test_who_holds_an_office_speaks_under_his_name(tools: Tools) -> None:
    found = voices(
        "A car bomb killed 12 people in Aleppo on Monday, the governor said. Governor Talal Moren said the bomb was in a lorry.",
        tools,
    )
    assert {name for name, _ in found} <= {"Talal Moren", "report"} and ("Talal Moren", "affirms") in found


def test_a_family_name_before_the_whole_name_is_the_same_person(tools: Tools) -> None:
    found = voices(
        "A car bomb killed 12 people in Aleppo on Monday, Moren said. Talal Moren said the bomb was in a lorry.", tools
    )
    assert "Moren" not in {name for name, _ in found}


def test_a_monitor_described_only_is_the_one_that_the_report_names(tools: Tools) -> None:
    found = voices(
        "A car bomb killed 12 people in Aleppo on Monday, a monitor said. The Syrian Observatory for Human Rights is British.",
        tools,
    )
    assert ("Syrian Observatory for Human Rights", "affirms") in found


@pytest.mark.parametrize(
    "told",
    ["The Islamic State group claimed responsibility.", "Islamic State claimed responsibility for it on Tuesday."],
)
def test_a_claim_in_a_sentence_of_its_own_belongs_to_the_event_before_it(told: str, tools: Tools) -> None:
    assert ("Islamic State", "claims") in voices(f"A car bomb killed 12 people in Aleppo on Monday. {told}", tools)


def test_a_military_source_does_not_speak_for_the_force(tools: Tools) -> None:
    found = voices("Syrian warplanes bombed rebels in Aleppo on Monday, a military source said.", tools)
    assert ("military source", "affirms") in found
