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
