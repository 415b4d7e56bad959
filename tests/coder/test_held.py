"""Who holds a place is no target of what falls on it, unless the place itself is fought for; a capital speaks for its state."""

from __future__ import annotations

import pytest

from dateline.ingest import read_text
from dateline.pipeline import Tools, code_report
from dateline.types import Event


def events(tools: Tools, text: str) -> tuple[Event, ...]:
    return code_report(read_text(text, doc_id="t", published="2016-02-02"), tools).events


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("Air strikes on rebel-held Aleppo in Syria killed 12 civilians on Monday.", False),
        ("Syrian troops attacked rebel-held hills near Aleppo in Syria on Monday and clashed with the rebels.", True),
    ],
)
def test_who_holds_a_place(tools: Tools, text: str, struck: bool) -> None:
    named = {p.name for event in events(tools, text) for p in event.targets + event.actors}
    assert ("rebels" in named) is struck


def test_a_capital_speaks_for_its_state(tools: Tools) -> None:
    found = events(
        tools, "Moscow condemned the shelling of Karim. Washington warned on Tuesday of new attacks by the rebels in Syria."
    )
    named = {actor.name for event in found if event.type == "Statement" for actor in event.actors}
    assert named and not named & {"Moscow", "Washington"}
