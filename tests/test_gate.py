"""The gate: windows, hashing, the shipped model, and what happens to reports that it stops."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.batch import code_stream
from dateline.config import Own
from dateline.errors import ModelError
from dateline.gate import MOST_WINDOWS, WINDOW, Gate, buckets, load_gate, windows
from dateline.types import Coding, Report

BOMB = "A car bomb exploded at a checkpoint near Kirkuk on Friday, killing nine soldiers, police said."
RECIPE = (
    "Stir the flour into the butter, add sugar and two eggs, and bake the cake for forty minutes. Let it cool on a rack, then "
    "spread the cream. Serve it with fresh strawberries and a glass of cold milk in the garden. The recipe is from my aunt."
)


def test_a_report_of_violence_passes_and_a_recipe_does_not() -> None:
    gate = load_gate()
    assert gate.passes(BOMB) and gate.passes(BOMB.upper())
    assert not gate.passes(RECIPE)
    assert gate.score(BOMB) > 2 * gate.score(RECIPE)


def test_an_event_far_down_a_long_text_passes() -> None:
    assert load_gate().passes(RECIPE * 20 + BOMB * 3 + RECIPE * 10)


def test_what_the_gate_cannot_judge_passes() -> None:
    gate = load_gate()
    assert gate.passes("قتل تسعة جنود في انفجار") and gate.passes(RECIPE * 400)
    assert not gate.passes("") and not gate.passes("  \n")


def test_windows_cover_the_text_and_a_short_rest_joins_the_last() -> None:
    words = ["word"] * (2 * WINDOW + 20)
    assert [len(w) for w in windows(" ".join(words))] == [WINDOW, WINDOW + 20]
    assert len(windows(" ".join(words * 100))) == MOST_WINDOWS


def test_hashing_is_the_same_on_every_run() -> None:
    assert buckets(["car", "bomb"], 1 << 16) == {6821, 30999, 59037}


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=400))
def test_any_text_gives_a_score(text: str) -> None:
    gate = Gate(bytes(range(256)), 0.01, 0.1, 0.0)
    assert 0.0 <= gate.score(text) <= 1.0
    assert gate.passes(text) in (True, False)


def test_a_thousand_reports_a_second() -> None:
    gate, text = load_gate(), (BOMB + " " + RECIPE) * 9  # 600 words
    started = time.process_time()
    for _ in range(100):
        gate.passes(text)
    assert (time.process_time() - started) / 100 < 0.003, "a millisecond a report where nothing else runs"


@pytest.mark.parametrize("damage", ["card", "weights", "missing"])
def test_damaged_files_are_one_clear_error(damage: str, tmp_path: Path) -> None:
    card = tmp_path / "gate.toml"
    if damage != "missing":
        scale = "x" if damage == "card" else "0.1"
        card.write_text(f'[model]\nbuckets = 4\ncrc32 = "0"\nscale = "{scale}"\nbias = 0.0\nthreshold = 0.0\n', encoding="utf-8")
        card.with_suffix(".bin").write_bytes(b"1234")
    with pytest.raises(ModelError, match="gate"):
        load_gate(card)


def test_stopped_reports_stay_in_the_output_and_say_why() -> None:
    reports = [Report("bomb", BOMB), Report("cake", RECIPE)]
    results = [done.result for done in code_stream(reports, own=Own(gate=True))]
    coded = {result.report.doc_id: result for result in results if isinstance(result, Coding)}
    assert coded["bomb"].events and not coded["bomb"].faults
    assert not coded["cake"].events
    assert [fault.code for fault in coded["cake"].faults] == ["gate"]


def test_the_gate_is_off_unless_asked_for() -> None:
    (done,) = code_stream([Report("cake", RECIPE)])
    assert isinstance(done.result, Coding) and not done.result.faults and not done.passed_over
