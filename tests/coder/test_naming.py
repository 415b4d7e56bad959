"""What a participant is called: the chain's name, with the report's other name behind it."""

from __future__ import annotations

import pytest

from dateline.coder.naming import alike, participant
from dateline.coder.view import build_view
from dateline.ingest import read_text
from dateline.pipeline import Tools, annotate


def names(tools: Tools, text: str) -> list[str]:
    found = annotate(read_text(text, doc_id="t", published="2016-02-02"), tools)
    view = build_view(found.reading, parties=found.parties)
    return [participant(view, party).name for party in view.parties]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("On Monday Turkish warplanes struck a village in Syria.", "Turkey (Turkish warplanes)"),
        ("Fighters of Daesh took the hill near Mosul in Iraq. Daesh holds the road.", "Islamic State (Daesh)"),
        ("On Monday the Nusra Front shelled a village in Syria.", "Nusra Front"),  # what it was called then
        ("SAN SALVADOR, 2 FEB -- THE FMLN ATTACKED A BARRACKS.", "FMLN"),  # letters stand for a long name
        ("Russian troops shelled the town of Karim in Syria.", "Russian troops"),
    ],
)
def test_the_reports_own_name_stands_behind_the_name_of_the_chain(tools: Tools, text: str, name: str) -> None:
    assert name in names(tools, text)


def test_descriptions_and_pronouns_are_no_names(tools: Tools) -> None:
    text = "The Nusra Front shelled the rebel-held town of Saraqib in Syria. The group took two posts. Assad's forces fled."
    assert not any("group" in name or "-held" in name or "'s" in name for name in names(tools, text) if "(" in name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("terrorists", "terrorist groups", True),
        ("Turkey", "Turkish warplanes", False),
        ("Syrian regime", "Assad regime", False),
        ("Hay'at Tahrir al-Sham", "Tahrir al-Sham", True),
    ],
)
def test_names_that_say_the_same(one: str, other: str, same: bool) -> None:
    assert alike(one, other) is same
