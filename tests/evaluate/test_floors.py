"""Floors of accuracy: what is under one fails, none is lowered in passing, and a lowered one keeps its reason."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    spec = importlib.util.spec_from_file_location("accuracy_benchmark", ROOT / "benchmarks" / "accuracy.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def test_a_figure_under_its_floor_and_changed_gold_are_faults(accuracy: ModuleType) -> None:
    floors = {"a": {"value": 50, "gold": OLD}, "b": {"value": 50, "gold": OLD}, "c": {"value": 50, "gold": OLD}}
    faults = accuracy.check_floors({"a": (49.9, OLD), "b": (50.0, OLD), "c": (60.0, NEW), "new": (1.0, OLD)}, floors)
    assert [fault.split(":")[0] for fault in faults] == ["a", "c"]
    assert "under its floor of 50" in faults[0]
    assert "gold has changed" in faults[1]


def test_raising_lowers_nothing(accuracy: ModuleType) -> None:
    floors = {"a": {"value": 50, "gold": OLD}, "b": {"value": 50, "gold": OLD}}
    assert accuracy.raised({"a": (49.9, NEW), "b": (57.8, NEW), "c": (12.3, NEW)}, floors) == {
        "a": {"value": 50, "gold": OLD},
        "b": {"value": 57, "gold": NEW},
        "c": {"value": 12, "gold": NEW},
    }


def test_lowering_needs_a_reason_and_keeps_it(
    accuracy: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["accuracy.py", "--lower", "a"])
    with pytest.raises(SystemExit) as left:
        accuracy.main()
    assert left.value.code == 2
    assert "never lowered in passing" in capsys.readouterr().err
    monkeypatch.setattr(accuracy, "FLOORS", tmp_path / "floors.toml")
    floors, log = {"a": {"value": 50, "gold": OLD}}, []
    accuracy.lowered("a", 'a "stricter" rule for days', {"a": (44.4, NEW)}, floors, log)
    accuracy.write_floors(floors, log)
    held = tomllib.loads((tmp_path / "floors.toml").read_text(encoding="utf-8"))
    assert held["floors"] == {"a": {"value": 44, "gold": NEW}}
    assert held["lowered"] == [{"name": "a", "before": 50, "after": 44, "reason": 'a "stricter" rule for days'}]
    assert accuracy.read_floors() == (held["floors"], held["lowered"])
    with pytest.raises(SystemExit, match="no floor"):
        accuracy.lowered("z", "x", {}, floors, log)


def test_what_people_wrote_on_the_page_stays(accuracy: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(accuracy, "PAGE", tmp_path / "evaluation.md")
    assert accuracy.by_hand() == ""
    first, last = accuracy.BY_HAND
    accuracy.PAGE.write_text(f"# Evaluation\n{first}\n## Causes\nThe tenth.\n{last}\nrest", encoding="utf-8")
    assert accuracy.by_hand() == "## Causes\nThe tenth."
    assert "## Causes\nThe tenth." in accuracy.page([], {}, {}, {})


def test_floors_are_of_the_gold_that_is_here(accuracy: ModuleType) -> None:
    from dateline.evaluate.files import fingerprint

    floors, _ = accuracy.read_floors()
    gold = fingerprint(ROOT / "gold")
    stale = [name for name, floor in floors.items() if name.startswith("own ") and floor["gold"] != gold]
    assert stale == [], "the gold has changed: make accuracy ARGS=--raise"
