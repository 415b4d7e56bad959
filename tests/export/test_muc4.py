"""MUC-4 templates: which events are incidents, and their slots."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dateline.export.muc4 import muc4_line, templates
from dateline.export.muc4_candidates import BIAS, ROLES, THRESHOLD, models, read_sheet
from dateline.export.muc4_choices import bare, interval, likeliest
from dateline.export.muc4_fills import amount, fill
from dateline.ingest.paths import read_text_with_faults
from dateline.knowledge import table
from dateline.pipeline import Tools, code_report, load_tools
from dateline.types import Coding, Count

TASK = {
    "INC_TYPE": "ATTACK ARSON BOMBING KIDNAPPING HIJACKING ROBBERY",
    "HUM_TGT_EFFECT": "INJURY|DEATH|REGAINED FREEDOM",
}


@pytest.fixture(scope="module")
def tools() -> Tools:
    return load_tools()


def templates_of(text: str, tools: Tools) -> list[dict[str, Any]]:
    return templates(coding_of(text, tools))


def coding_of(text: str, tools: Tools) -> Coding:
    return code_report(read_text_with_faults(text, doc_id="d", published="1989-12-13")[0], tools)


def values(told: list[Any]) -> set[str]:
    return {one["value"] if isinstance(one, dict) else one for one in told}


def test_a_bombing_fills_its_slots(tools: Tools) -> None:
    text = "GUERRILLAS OF THE LAMIA FRONT EXPLODED A CAR BOMB OUTSIDE A BANK IN LIMA, PERU, ON 12 DECEMBER. TWO PEASANTS DIED."
    (one,) = templates_of(text, tools)
    assert (one["INC_TYPE"], one["INC_STAGE"], one["INC_DATE"]) == ("BOMBING", "ACCOMPLISHED", "12 DEC 89")
    assert one["INC_LOC"].startswith("PERU")
    assert "VEHICLE BOMB" in values(one["INC_INSTR_TYPE"])
    assert "DEATH" in values(one["HUM_TGT_EFFECT"])


def test_a_kidnapping_of_a_named_person(tools: Tools) -> None:
    (one,) = templates_of("UNIDENTIFIED MEN KIDNAPPED CARLOS MERINO, THE MAYOR OF PUNO, PERU, ON 12 DECEMBER.", tools)
    assert one["INC_TYPE"] == "KIDNAPPING"
    assert any("CARLOS MERINO" in name for name in one["HUM_TGT_NAME"])
    assert one["PERP_IND_ID"] == ["UNIDENTIFIED MEN"]


@pytest.mark.parametrize(
    "text",
    [
        "THE PRESIDENT SPOKE ABOUT THE ECONOMY IN LIMA, PERU.",
        "THE ARMY CLASHED WITH GUERRILLAS NEAR AYACUCHO, PERU, ON 12 DECEMBER 1989. THREE GUERRILLAS WERE KILLED.",
        "IN MAY 1980 GUERRILLAS KILLED TWO PEASANTS IN PUNO, PERU.",
    ],
)
def test_talk_war_between_armed_sides_and_history_are_no_incidents(text: str, tools: Tools) -> None:
    assert templates_of(text, tools) == []


def test_a_line_is_json_with_an_empty_list_for_irrelevant_reports(tools: Tools) -> None:
    coding = code_report(read_text_with_faults("THE MARKET WAS QUIET.", doc_id="q")[0], tools)
    assert json.loads(muc4_line(coding)) == {"doc_id": "q", "templates": []}


def test_references_point_at_fills_of_the_template(tools: Tools) -> None:
    (one,) = templates_of("TWO MEN SHOT DEAD THREE POLICEMEN IN BOGOTA, COLOMBIA, ON 12 DECEMBER 1989.", tools)
    fills = {value for slot, told in one.items() if slot.endswith(("_ID", "_NAME", "_DESC")) for value in told}
    assert {x["ref"] for told in one.values() if isinstance(told, list) for x in told if isinstance(x, dict)} <= fills


def test_numbers_as_the_task_writes_them() -> None:
    def count(low: int | None, high: int | None, approximate: bool = False) -> Count:
        return Count("killed", "people", low, high, "person", (), approximate)

    told = [amount(c) for c in (count(7, 7), count(7, 7, True), count(5, 7), count(24, 99), count(12, None), count(None, None))]
    assert told == ["7", "~7", "5 - 7", "PLURAL", "~12", "PLURAL"]


def test_the_first_fitting_row_of_the_table_wins() -> None:
    assert fill("INC_INSTR_TYPE", "a car bomb") == "VEHICLE BOMB"
    assert fill("HUM_TGT_EFFECT", "murdered") == "DEATH"
    assert fill("HUM_TGT_EFFECT", "spoke") is None
    assert {row["slot"] for row in table("muc4_types")} >= set(TASK)


def test_a_name_and_its_description_are_one_candidate_each(tools: Tools) -> None:
    sheet = read_sheet(coding_of("GUERRILLAS KILLED GENERAL LUIS ROJAS. ROJAS WAS DRIVING. PEASANTS FLED. PEASANTS WEPT.", tools))
    named = [c for c in sheet.candidates if c.named]
    assert [len(c.mentions) for c in named] == [2]
    assert sum("PEASANTS" in c.words for c in sheet.candidates) == 1


def test_names_are_in_no_feature(tools: Tools) -> None:
    sheet = read_sheet(coding_of("REBELS SHOT ELIAS QUIMBAYO DEAD IN PUNO, PERU. MAYOR QUIMBAYO WAS AT HOME.", tools))
    told = {name for candidate in sheet.candidates for name in candidate.features}
    assert not any("quimbayo" in name for name in told)
    assert any(name == "role=obj:shoot" for name in told)


def test_a_title_describes_the_name(tools: Tools) -> None:
    (one,) = templates_of("GUERRILLAS MURDERED GENERAL LUIS ROJAS IN BOGOTA, COLOMBIA, ON 12 DECEMBER 1989.", tools)
    assert one["HUM_TGT_NAME"] == ["LUIS ROJAS"]
    assert {"value": "GENERAL", "ref": "LUIS ROJAS"} in one["HUM_TGT_DESC"]
    assert one["HUM_TGT_TYPE"] == [{"value": "ACTIVE MILITARY", "ref": "LUIS ROJAS"}]


def test_the_model_has_every_part_with_bias_and_threshold() -> None:
    parts = {"relevance", "incident", "place", "date", *ROLES, *(f"fit {role}" for role in ROLES)}
    assert set(models()) == parts
    assert all({BIAS, THRESHOLD} <= set(models()[part]) for part in parts)


def test_days_and_places_as_the_task_writes_them() -> None:
    assert interval(None, "1989-12-02") == "- 02 DEC 89"
    assert interval("1989-12-01", "1989-12-02") == "01 DEC 89 - 02 DEC 89"
    assert bare("Departamento de San Martín, Perú") == "SAN MARTIN"
    assert likeliest("date", {}) is None
