"""The days of an event: what lasts until publication, and what is said after the day of the news."""

from __future__ import annotations

import pytest

from dateline.ingest import read_text
from dateline.pipeline import Tools, code_report

PUBLISHED = "2016-09-21"
NEWS = "Shells hit a market in Aleppo on Monday, killing six people. "


@pytest.mark.parametrize(
    ("text", "word", "earliest"),
    [
        ("Rebels have shelled Aleppo since the Monday truce collapsed, killing 12 people.", "shelled", "2016-09-19"),
        ("Warplanes have bombed Aleppo since the offensive began on September 2, killing 40 people.", "bombed", "2016-09-02"),
        ("Government forces have besieged Daraya for nearly two years, residents said.", "besieged", "2014-09-21"),
        ("Soldiers have shelled the town of Daraya for more than a year.", "shelled", "2015-09-21"),
    ],
)
def test_what_lasts_reaches_to_publication(text: str, word: str, earliest: str, tools: Tools) -> None:
    events = code_report(read_text(text, published=PUBLISHED), tools).events
    whens = [e.when for e in events if any(word in one.quote for one in e.trigger)]
    assert [(when.earliest, when.latest) for when in whens if when] == [(earliest, PUBLISHED)]


def test_a_statement_after_the_news_lies_between_its_day_and_publication(tools: Tools) -> None:
    text = NEWS + "The United Nations condemned the attack and demanded that both sides halt the shelling of markets."
    events = code_report(read_text(text, published=PUBLISHED), tools).events
    said = [e.when for e in events if e.type == "Statement" and e.when]
    assert said and all((when.earliest, when.latest) == ("2016-09-19", PUBLISHED) for when in said)


def test_what_was_past_by_then_does_not_last(tools: Tools) -> None:
    text = NEWS + "Clashes had raged there for two years before a truce in 2014."
    events = code_report(read_text(text, published=PUBLISHED), tools).events
    assert all(e.when is None or e.when.earliest != "2014-09-21" for e in events)
