"""What a tagger adds to the coder, with tags made by hand: the net itself is not asked here."""

from __future__ import annotations

import numpy as np
import pytest

from dateline.annotate.reading import Reading
from dateline.coder.lexicon import coder_lexicon
from dateline.coder.tagged import spotted
from dateline.coder.triggers import find_triggers
from dateline.coder.view import View, build_view
from dateline.ingest import read_text
from dateline.pipeline import Tools, code_report
from dateline.tagger.tags import CLIP, Tags

TEXT = "Rebels gorfled the village of Noor on Saturday. Soldiers shelled the town of Karim."
LABELS = ("event", "Explosions/Remote violence/Shelling/artillery/missile attack", "Battles/Armed clash")


def tags_of(reading: Reading, sure: dict[str, float]) -> Tags:
    """One piece a word; `sure` gives the logit of `event` and of shelling for some words, all else is -CLIP."""
    tokens = np.full((len(reading), len(LABELS)), -CLIP, dtype=np.float32)
    for at, low in enumerate(reading.lows):
        tokens[at, :2] = sure.get(low, -CLIP)
    sides = np.zeros((len(reading), 1, 2), dtype=np.float32)
    return Tags(reading.starts, reading.ends, tokens, sides, sides, {n: i for i, n in enumerate(LABELS)}, {"actor": 0}, "by hand")


def view_of(sure: dict[str, float] | None) -> View:
    reading = Reading(read_text(TEXT, doc_id="t"))
    return build_view(reading, tags=None if sure is None else tags_of(reading, sure))


def words_found(view: View) -> list[str]:
    lexicon = coder_lexicon()
    triggers = spotted(view, lexicon, find_triggers(view, lexicon))
    return [view.reading.lows[trigger.first] for trigger in triggers]


def test_words_that_no_list_holds_are_found_where_the_tagger_is_sure() -> None:
    assert words_found(view_of({"gorfled": 4.0})) == ["gorfled", "shelled"]


@pytest.mark.parametrize("sure", [None, {}, {"gorfled": -1.0}])
def test_words_of_the_lists_stay_whatever_the_tagger_says(sure: dict[str, float] | None) -> None:
    assert words_found(view_of(sure)) == ["shelled"]


def test_a_telling_of_the_lists_is_not_found_twice() -> None:
    assert words_found(view_of({"shelled": 5.0})) == ["shelled"]


def test_tags_of_words_outside_the_text_are_none() -> None:
    view = view_of({"gorfled": 4.0})
    assert view.tags is not None
    assert view.tags.label("event", (5000, 5010)) == -CLIP
    assert view.tags.top(view.tags.arcs_from("actor", []), (0, 6)) == -CLIP


def test_by_knowledge_alone_nothing_is_by_the_tagger(tools: Tools) -> None:
    coding = code_report(read_text(TEXT, doc_id="t"), tools)
    assert coding.events
    assert all("tagger" not in event.by for event in coding.events)
