"""`dateline evaluate`: what is read, what is printed, and how faults are told."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from dateline.cli import evaluate
from dateline.errors import InputError, SettingsError
from dateline.evaluate.standoff import to_standoff

TEXT = "KARIM, Feb 1 - Rebels of the Lamia Front shelled the city of Kandahar on Saturday, killing six people, police said."
GOLD: dict[str, Any] = {
    "doc_id": "one",
    "set": "exercise",
    "part": "dev",
    "events": [
        {
            "id": "e1",
            "type": "Explosions/Remote violence",
            "sub_type": "Shelling/artillery/missile attack",
            "status": "occurred",
            "foreground": True,
            "trigger": ["shelled the city of Kandahar"],
            "when": {"earliest": "2020-02-01", "latest": "2020-02-01", "precision": "day", "quote": "on Saturday"},
            "where": {"name": "Kandahar", "country": "AFG", "lat": 31.61, "lon": 65.71, "precision": "town", "quote": "Kandahar"},
            "actors": [{"name": "Lamia Front", "kind": "rebel group", "quote": "Lamia Front"}],
            "targets": [],
            "weapons": [],
            "figures": [{"measure": "killed", "group": "people", "low": 6, "high": 6, "unit": "person", "quote": "six people"}],
            "sources": [{"name": "police", "stance": "affirms", "quote": "police said"}],
        }
    ],
    "attributions": [
        {
            "source": "police",
            "cue": "said",
            "content": "Rebels of the Lamia Front shelled the city of Kandahar on Saturday, killing six people",
            "stance": "affirms",
        }
    ],
}


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    other = {**GOLD, "events": [{**GOLD["events"][0], "status": "ongoing"}]}
    lines: dict[str, Any] = {
        "gold": GOLD,
        "standoff": to_standoff(GOLD, TEXT),
        "same": GOLD,
        "other": other,
        "texts": {"doc_id": "one", "text": TEXT, "published": "2020-02-01"},
    }
    paths = {name: tmp_path / f"{name}.jsonl" for name in lines}
    for name, line in lines.items():
        paths[name].write_text(json.dumps(line) + "\n", encoding="utf-8")
    return paths


def call(*given: object) -> Result:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(evaluate.run)
    return CliRunner().invoke(app, [str(one) for one in given])


def test_predictions_equal_to_gold_are_all_right(files: dict[str, Path]) -> None:
    result = call(files["gold"], "--predicted", files["same"])
    assert result.exit_code == 0
    line = next(line for line in result.stdout.splitlines() if line.startswith("ALL"))
    assert line.split() == ["ALL", "100.0", "100.0", "100.0", "100.0–100.0", "9", "9", "9"]


def test_standoff_gold_gets_its_words_from_the_texts(files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "result.json"
    result = call(files["standoff"], "--predicted", files["same"], "--texts", files["texts"], "-o", out)
    assert result.exit_code == 0
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["fields"]["ALL"]["f1"] == 100.0
    assert set(told["slices"]) == {"set", "part", "length", "type", "region"}
    assert isinstance(call(files["standoff"], "--predicted", files["same"]).exception, InputError)


def test_texts_are_coded_where_no_predictions_are_given(files: dict[str, Path]) -> None:
    result = call(files["standoff"], "--texts", files["texts"])
    assert result.exit_code == 0
    events = next(line for line in result.stdout.splitlines() if line.startswith("events "))
    assert events.split()[5] == "1"


@pytest.mark.parametrize("task", ["attribution", "figures"])
@pytest.mark.parametrize("gold", ["gold", "standoff"])
def test_coded_gold_serves_as_gold_of_layers(files: dict[str, Path], task: str, gold: str) -> None:
    """With spans, or with words that are looked for in the texts."""
    result = call(files[gold], "--task", task, "--texts", files["texts"])
    assert result.exit_code == 0
    first = result.stdout.splitlines()[2].split()
    assert first[5] != "0"
    itself = call(files[gold], "--task", task, "--texts", files["texts"], "--predicted", files["same"])
    assert itself.stdout.splitlines()[2].split()[1:4] == ["100.0", "100.0", "100.0"]


def test_words_without_spans_and_texts_are_refused(files: dict[str, Path]) -> None:
    error = call(files["gold"], "--task", "attribution", "--predicted", files["same"]).exception
    assert isinstance(error, InputError)
    assert "words without spans" in str(error)


def test_gains_and_losses_are_listed(files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "result.md"
    result = call(files["gold"], "--predicted", files["same"], "--against", files["other"], "-o", out)
    assert result.exit_code == 0
    assert "| status | one | e1 | found | occurred |" in out.read_text(encoding="utf-8")
    assert "| status | one | e1 | invented no more | ongoing |" in out.read_text(encoding="utf-8")


def test_what_cannot_be_measured_is_refused(files: dict[str, Path], tmp_path: Path) -> None:
    refused: list[tuple[list[object], type[Exception], str]] = [
        ([files["gold"], "--task", "colours"], SettingsError, "unknown task"),
        ([files["gold"]], SettingsError, "nothing to measure"),
        ([files["gold"], "--predicted", tmp_path / "none.jsonl"], SettingsError, "does not exist"),
        ([files["gold"], "--predicted", files["same"], "--part", "x"], SettingsError, "no gold report of part"),
        ([files["gold"], "--predicted", files["same"], "-o", files["gold"]], SettingsError, "among the reports"),
    ]
    for given, kind, words in refused:
        error = call(*given).exception
        assert isinstance(error, kind), given
        assert words in str(error)


def test_a_bad_line_is_told_with_its_number(files: dict[str, Path]) -> None:
    files["same"].write_text('{"doc_id": "one", "events": []}\n{"doc_id": \n', encoding="utf-8")
    error = call(files["gold"], "--predicted", files["same"]).exception
    assert isinstance(error, InputError)
    assert "same.jsonl:2" in str(error)
    files["same"].write_text('{"doc_id": "one", "events": [{"trigger": "words"}]}\n', encoding="utf-8")
    error = call(files["gold"], "--predicted", files["same"]).exception
    assert isinstance(error, InputError)
    assert "$.events[0].trigger" in str(error)


def test_strangers_are_refused(files: dict[str, Path]) -> None:
    files["same"].write_text('{"doc_id": "two", "events": []}\n', encoding="utf-8")
    assert "no doc_id in common" in str(call(files["gold"], "--predicted", files["same"]).exception)


def test_evaluating_imports_no_coder(files: dict[str, Path]) -> None:
    import subprocess

    code = "import sys, dateline.evaluate.scoring; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "dateline.pipeline" not in loaded
