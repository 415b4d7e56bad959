"""What we know is of the kind a coder of any region has: the founding report in three other wars is coded as well as itself."""

from __future__ import annotations

import importlib.util
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PROGRAM = Path(__file__).parent.parent / "benchmarks" / "transplants.py"
WARS = ("ukraine", "somalia", "colombia")


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("transplants_benchmark", PROGRAM)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


transplants = load()


@pytest.fixture(scope="module")
def seed() -> Any:
    report = transplants.read_seed()
    if report is None:
        pytest.skip("needs ../shared/seed")
    return report


@pytest.fixture(scope="module")
def wars(seed: Any) -> dict[str, Any]:
    tables, stays = transplants.read_wars()
    return {war.name: transplants.transplant(seed, war, stays) for war in tables}


@pytest.fixture(scope="module")
def scores(seed: Any, wars: dict[str, Any]) -> dict[str, Any]:
    tools = transplants.load_tools()
    coded = {report.name: (report, transplants.code(report, tools)) for report in (seed, *wars.values())}
    assert [fault for name in coded for fault in differences(*coded[name])] == []
    return {name: transplants.scores_of(report, record) for name, (report, record) in coded.items()}


def differences(report: Any, record: Any) -> list[str]:
    found: list[str] = transplants.scorers_differ(report, record, transplants.scores_of(report, record))
    return found


@pytest.mark.parametrize("name", WARS)
def test_the_coding_moves_with_the_text(wars: dict[str, Any], name: str) -> None:
    if transplants.shared_tool("check_gold") is None:
        pytest.skip("needs ../shared/check_gold.py")
    assert transplants.gold_faults(wars[name]) == []


@pytest.mark.parametrize("name", WARS)
def test_a_report_of_another_war_is_coded_as_well(scores: dict[str, Any], name: str) -> None:
    far = {field: scores[name][field].f1 - scores["seed"][field].f1 for field in ("events", "ALL")}
    assert transplants.distance(scores["seed"], scores[name]) <= transplants.LIMIT, far


def test_what_is_not_in_the_table_is_noticed(seed: Any) -> None:
    tables, stays = transplants.read_wars()
    war = tables[0]
    place = max((name for name in war.names if name.istitle()), key=seed.text.count)
    names = {old: new for old, new in war.names.items() if place not in old}
    poorer = transplants.War(war.name, war.war, war.published, war.years, names, war.countries, war.places, war.numbers)
    with pytest.raises((AssertionError, KeyError)):
        transplants.transplant(seed, poorer, stays)


def test_names_days_and_years_move_in_one_pass() -> None:
    names = {"Vale": "Moor", "Vale Army": "Moor Guard", "Moor": "Fen", "two": "six"}
    war = transplants.War("moor", "Moor", "2011-03-10", -9, names, {}, {}, {})
    rewrite = transplants.rewriter(war, date(2020, 2, 1))  # a Saturday, carried to a Thursday
    told = "The Vale Army left Moor on Friday, January 31, 2020; two Valeans of Vale's own had come in 2016 (2020-02-01)."
    assert (
        rewrite(told)
        == "The Moor Guard left Fen on Wednesday, March 9, 2011; six Valeans of Moor's own had come in 2007 (2011-03-10)."
    )


def test_the_tables_hold_names_and_no_sentences() -> None:
    tables, stays = transplants.read_wars()
    assert [war.name for war in tables] == list(WARS)
    words = [words for war in tables for pair in war.names.items() for words in pair] + list(stays)
    assert [each for each in words if len(each.split()) >= 8] == []
