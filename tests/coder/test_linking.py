"""The model of pairs: readable features, symmetric, bounded, and it never hides a table row that no code asks for."""

from __future__ import annotations

import pytest

from dateline.coder import linking
from dateline.coder.events import tellings
from dateline.coder.grouping import traits_by_number
from dateline.coder.linking import Traits, features, likeness
from dateline.ingest import read_text
from dateline.pipeline import Tools, annotate, load_tools, view_of

TEXT = (
    "Warplanes bombed a market in the town of El Fasher on Monday, a monitor said. Warplanes also bombed the market at night, "
    "residents said. On Friday a car bomb exploded in Nyala, killing three soldiers."
)


@pytest.fixture(scope="module")
def traits() -> list[Traits]:
    tools: Tools = load_tools()
    view = view_of(annotate(read_text(TEXT, doc_id="x", published="2024-02-10"), tools))
    mentions, _ = tellings(view)
    return list(traits_by_number(view, mentions).values())


def test_likeness_does_not_depend_on_the_order(traits: list[Traits]) -> None:
    for a in traits:
        for b in traits:
            if a is not b:
                assert likeness(a, b) == likeness(b, a)
                assert -linking.MOST <= likeness(a, b) <= linking.MOST


def test_a_repeated_word_is_liker_than_another_kind_on_another_day(traits: list[Traits]) -> None:
    first, second = (t for t in traits if t.mention.trigger.rule.words == ("bomb",))
    blast = next(t for t in traits if t.mention.trigger.rule.words == ("explode",))
    assert likeness(first, second) > likeness(first, blast)


def test_features_are_named_and_never_repeat(traits: list[Traits]) -> None:
    names = list(features(traits[0], traits[-1]))
    assert len(names) == len(set(names))
    assert {"day=apart", "place=apart"} <= set(names)


def test_the_table_has_its_settings() -> None:
    assert {linking.BIAS, linking.SHARE, linking.BAR} <= set(linking.weights())
