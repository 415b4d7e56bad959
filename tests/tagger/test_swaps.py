"""Training texts moved to other countries: names change, words and marks stay."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

TRAIN = Path(__file__).resolve().parents[2] / "train" / "tagger"


@pytest.fixture(scope="module")
def swaps() -> ModuleType:
    spec = importlib.util.spec_from_file_location("tagger_swaps", TRAIN / "swaps.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["tagger_swaps"] = module
    spec.loader.exec_module(module)
    return module


def example(text: str, **roles: list[str]) -> dict[str, Any]:
    def spans(words: list[str]) -> list[list[int]]:
        return [[text.index(one), text.index(one) + len(one)] for one in words]

    event = {
        "trigger": spans(["SHELLED" if text.isupper() else "shelled"]),
        "roles": {role: spans(words) for role, words in roles.items()},
    }
    return {"doc_id": "a", "text": text, "events": [event], "muc": None}


TEXT = "Syrian troops shelled Douma and Khan Touman on Monday. Douma burned, said Karim Haddad; Syria denied it."
ROW = example(TEXT, actor=["Syrian troops"], place=["Douma", "Khan Touman"], source=["Karim Haddad"])
OTHER = example("Ortega's men shelled Lima.", actor=["Ortega"], place=["Lima"])


def test_names_change_and_words_stay(swaps: ModuleType) -> None:
    swapper = swaps.Swapper([ROW, OTHER])
    for seed in range(20):
        moved = swapper.variant(ROW, seed)
        text, event = moved["text"], moved["events"][0]
        said = {role: [text[a:b] for a, b in spans] for role, spans in event["roles"].items()}
        assert [text[a:b] for a, b in event["trigger"]] == ["shelled"]
        assert said["actor"][0].endswith(" troops") and text.startswith(said["actor"][0])
        assert said["source"][0] in {"Ortega", "Karim Haddad"}
        douma, khan = said["place"]
        assert f"shelled {douma} and {khan} on Monday. {douma} burned" in text
        assert "Khan Touman" not in text


def test_the_same_seed_gives_the_same_text(swaps: ModuleType) -> None:
    one, other = swaps.Swapper([ROW, OTHER]), swaps.Swapper([OTHER, ROW])
    assert one.variant(ROW, 3) == other.variant(ROW, 3) != one.variant(ROW, 4)


def test_capitals_and_small_letters_stay(swaps: ModuleType) -> None:
    row = example(TEXT.upper(), place=["DOUMA"])
    moved = swaps.Swapper([row, OTHER]).variant(row, 1)
    (a, b), *_ = moved["events"][0]["roles"]["place"]
    assert moved["text"][a:b].isupper() and moved["text"][a:b] != "DOUMA"


def test_a_text_without_names_stays_as_it_is(swaps: ModuleType) -> None:
    row = example("Gunmen shelled a market.", target=["market"])
    assert swaps.Swapper([row]).variant(row, 1) is row


def test_a_long_text_of_one_letter_is_no_trouble(swaps: ModuleType) -> None:
    row = example("shelled Douma " + "a" * 1_000_000, place=["Douma"])
    moved = swaps.Swapper([row]).variant(row, 1)
    assert moved["text"].endswith("a" * 1_000_000)
