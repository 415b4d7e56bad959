"""Spans in place of words, and back: nothing is lost, nothing is invented, another text is refused."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.evaluate.standoff import is_standoff, text_sha256, to_quoted, to_standoff

TEXT = "Rebels shelled Marwa. The army said rebels shelled Marwa twice. Anna Rahim died, the army said."


def record(**given: Any) -> dict[str, Any]:
    event = {
        "id": "e1",
        "trigger": ["shelled Marwa", "shelled Marwa twice"],
        "where": {"name": "Marwa", "quote": "Marwa"},
        "targets": [{"name": "Anna Rahim", "quote": "Anna Rahim died", "private": True}],
        "actors": [{"name": "the rebels", "quote": "rebels", "start": 36, "end": 42}],
    }
    said = {"source": "The army", "cue": "said", "content": "rebels shelled Marwa twice", "stance": "affirms"}
    died = {"source": "the army", "cue": "said", "content": "Anna Rahim died", "stance": "affirms"}
    flag = {"kind": "times disagree", "quote": "shelled Marwa", "with": "twice"}
    return {"doc_id": "d", "events": [event], "flags": [flag], "attributions": [said, died], **given}


def test_no_word_is_left() -> None:
    out = to_standoff(record(), TEXT)
    event = out["events"][0]
    assert event["trigger"] == [[7, 20], [43, 62]]
    assert event["where"] == {"name": "Marwa", "quote": [15, 20]}
    assert event["actors"] == [{"name": "the rebels", "quote": [36, 42]}]
    assert event["targets"] == [{"name": [64, 74], "quote": [64, 79], "private": True}]
    assert out["flags"] == [{"kind": "times disagree", "quote": [7, 20], "with": [57, 62]}]
    assert out["sha256"] == text_sha256(TEXT)
    assert is_standoff(out) and not is_standoff(record())


def test_cue_and_source_without_spans_are_those_beside_the_content() -> None:
    first, second = to_standoff(record(), TEXT)["attributions"]
    assert first == {"source": [[22, 30]], "cue": [[31, 35]], "content": [[36, 62]], "stance": "affirms"}
    assert second == {"source": [[81, 89]], "cue": [[90, 94]], "content": [[64, 79]], "stance": "affirms"}


def test_there_and_back() -> None:
    out = to_standoff(record(), TEXT)
    quoted = to_quoted(out, TEXT)
    assert quoted["events"][0]["trigger"] == record()["events"][0]["trigger"]
    assert quoted["events"][0]["targets"][0]["name"] == "Anna Rahim"
    assert quoted["attributions"][1]["cue"] == "said"
    assert {**to_standoff(quoted, TEXT), "sha256": out["sha256"]} == out


def test_a_source_that_is_not_told_stays_untold() -> None:
    passive = {"source": None, "cue": "said", "content": "rebels shelled Marwa twice", "stance": "affirms"}
    out = to_standoff(record(attributions=[passive]), TEXT)
    assert out["attributions"][0]["source"] == []
    assert to_quoted(out, TEXT)["attributions"][0]["source"] is None


def test_words_that_the_text_does_not_hold_are_refused() -> None:
    wrong = record(flags=[{"kind": "x", "quote": "Government shelled"}])
    with pytest.raises(InputError, match="does not hold these words"):
        to_standoff(wrong, TEXT)
    with pytest.raises(InputError, match=r"at \[0, 6\) stands 'Rebels'"):
        to_standoff(record(flags=[{"kind": "x", "quote": "Marwa.", "start": 0, "end": 6}]), TEXT)


def test_another_text_is_refused() -> None:
    with pytest.raises(InputError, match="sha256"):
        to_quoted(to_standoff(record(), TEXT), TEXT + " ")


@given(st.text(min_size=3), st.data())
def test_any_piece_of_any_text_comes_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 2))
    end = data.draw(st.integers(start + 1, len(text)))
    coded = {"doc_id": "d", "events": [{"trigger": [text[start:end]], "trigger_spans": [[start, end]]}]}
    out = to_standoff(coded, text)
    assert out["events"] == [{"trigger": [[start, end]]}]
    assert to_quoted(out, text)["events"] == coded["events"]
