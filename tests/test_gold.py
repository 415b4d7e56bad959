"""The gold of this repository: no words of others, a fixed test part, and (beside ../shared/gold) not a fault."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "gold"
SPANS = {"quote", "with", "trigger", "source", "cue", "content"}  # keys whose value is a span, or a list of spans
Json = dict[str, Any]


def script(name: str) -> ModuleType:
    """A script of gold/, which is no package."""
    sys.path.insert(0, str(GOLD))
    try:
        spec = importlib.util.spec_from_file_location(f"gold_{name}", GOLD / f"{name}.py")
        assert spec is not None and spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(GOLD))


def reports() -> list[Json]:
    return [json.loads(line) for path in sorted(GOLD.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()]


def strings(node: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            yield from strings(value, f"{path}.{key}")
    elif isinstance(node, list):
        for item in node:
            yield from strings(item, path)
    elif isinstance(node, str):
        yield path, node


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def grams(text: str, size: int = 8) -> set[tuple[str, ...]]:
    told = words(text)
    return {tuple(told[at : at + size]) for at in range(len(told) - size + 1)}


def test_every_report_stands_once_and_names_its_text() -> None:
    rows = reports()
    assert rows
    assert len({row["doc_id"] for row in rows}) == len(rows)
    assert all(re.fullmatch("[0-9a-f]{64}", row["sha256"]) for row in rows)


def test_no_label_is_long_enough_to_be_a_sentence() -> None:
    build = script("build")
    assert [fault for row in reports() for fault in build.faults(row)] == []
    longest = max((len(words(text)), text) for row in reports() for path, text in strings(row) if path != ".doc_id")
    assert longest[0] <= build.MOST_WORDS


def test_where_words_were_stand_spans() -> None:
    def check(node: Any, key: str = "") -> None:
        if key in SPANS and not (key == "source" and isinstance(node, str)):  # the voice of a figure is a label
            pairs = node if isinstance(node, list) and node and isinstance(node[0], list) else [node] if node else []
            assert all(isinstance(start, int) and isinstance(end, int) and 0 <= start < end for start, end in pairs), (key, node)
        elif isinstance(node, dict):
            for name, value in node.items():
                check(value, name)
        elif isinstance(node, list):
            for item in node:
                check(item)

    for row in reports():
        check(row)


def test_names_of_private_persons_are_spans() -> None:
    def private(node: Any) -> Iterator[Json]:
        if isinstance(node, dict):
            if node.get("private") and "name" in node:
                yield node
            for value in node.values():
                yield from private(value)
        elif isinstance(node, list):
            for item in node:
                yield from private(item)

    named = [item for row in reports() for item in private(row)]
    assert named
    assert all(isinstance(item["name"], list) for item in named)


def test_the_test_part_is_the_fixed_fifth() -> None:
    part_of = script("sets").part_of
    assert all(row["part"] == part_of(row["doc_id"]) for row in reports())
    share = sum(row["part"] == "test" for row in reports()) / len(reports())
    assert 0.12 < share < 0.28


def test_the_readme_counts_what_is_there() -> None:
    readme = (GOLD / "README.md").read_text(encoding="utf-8")
    for path in sorted(GOLD.glob("*.jsonl")):
        rows = [row for row in reports() if row["set"] == path.stem]
        cells = [f"`{path.stem}`", len(rows), sum(row["part"] == "test" for row in rows), sum(len(row["events"]) for row in rows)]
        assert "| " + " | ".join(str(cell) for cell in cells) + " |" in readme


def test_events_are_valid_by_the_codebook() -> None:
    """What can be seen without the texts: known types, days in order, figures with bounds, a source for each event."""
    from dateline.types import FAMILY_OF_TYPE

    for row in reports():
        for event in row["events"]:
            name = f"{row['doc_id']}.{event['id']}"
            assert event["type"] in FAMILY_OF_TYPE, name
            assert event["trigger"] and event["sources"], name
            when = event.get("when") or {}
            assert (when.get("earliest") or "") <= (when.get("latest") or "9999"), name
            assert all(one["low"] is not None or one["high"] is not None for one in event["figures"]), name


def passage_rows() -> list[Json]:
    return [
        json.loads(line) for path in sorted((GOLD / "passages").glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()
    ]


def test_passages_hold_spans_and_labels_of_the_development_part_only() -> None:
    from dateline.types import FAMILY_OF_TYPE

    part_of, passages = script("sets").part_of, script("passages")
    rows = passage_rows()
    assert rows and len({row["id"] for row in rows}) == len(rows)
    assert all(part_of(row["id"]) == "dev" for row in rows)
    for event in (event for row in rows for event in row["events"]):
        assert event["type"] in FAMILY_OF_TYPE and event["trigger"]
        assert set(event) <= {*passages.LABELS, *passages.WORDS, "trigger"}
        for key in ("trigger", *passages.WORDS):
            assert all(0 <= start < end for start, end in event.get(key, ()))


def test_words_of_a_passage_become_the_span_of_the_place_that_is_meant() -> None:
    passages = script("passages")
    text = "Rebels fired; the army fired back."
    assert passages.span(text, "fired") == [7, 12]
    assert passages.span(text, {"q": "fired", "n": 2}) == [23, 28]
    with pytest.raises(Exception, match="does not hold"):
        passages.span(text, "shelled")


def test_every_exercise_says_that_it_is_one_and_reads() -> None:
    exercises = script("exercises")
    files = sorted((GOLD / "exercises").glob("*.txt"))
    assert files and all(path.read_text("utf-8").startswith("FICTIONAL EXERCISES") for path in files)
    rows = list(exercises.exercises())
    assert len({row["id"] for row, _ in rows}) == len(rows)
    for row, text in rows:
        assert text and not set(text) & set("[]|"), row["id"]
        for event in row["events"]:
            assert event["report"] or event.get("sources"), row["id"]
            assert event["type"] != "Statement" or event.get("actors"), row["id"]


def test_marks_of_an_exercise_become_spans() -> None:
    exercises = script("exercises")
    row, text = exercises.coded("one", "[12 [men|g1]|f1] were [shot|t1], [police|s1,s9] said.\n1 AT b")
    assert text == "12 men were shot, police said."
    event = row["events"][0]
    assert (event["sub_type"], event["foreground"], event["report"]) == ("Attack", False, False)
    assert [text[a:b] for key in ("targets", "figures", "trigger", "sources") for a, b in event[key]] == [
        "men",
        "12 men",
        "shot",
        "police",
    ]


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("[Men|a1] [shot|t1] him.", "no event 1"),
        ("[Men|a1] shot him.\n1 AT", "no trigger"),
        ("[Men|x1] shot him.", "no marks"),
        ("[Men shot him.", "without marks"),
        ("[Men|a1] [shot|t1] him.\n1 AT\nand ran", "no line of an event"),
    ],
)
def test_a_wrong_mark_of_an_exercise_is_told(body: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        script("exercises").coded("one", body)


# ---- with the texts --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pairs(shared: Path) -> list[tuple[Json, Json]]:
    """(joined report, text record) of all gold."""
    return list(script("join").joined(shared=shared / "gold"))


def test_no_eight_words_of_a_text_stand_in_the_gold(pairs: list[tuple[Json, Json]]) -> None:
    texts = {text["doc_id"]: text["text"] for _, text in pairs}
    for row in reports():
        told = {gram for path, value in strings(row) if path != ".doc_id" for gram in grams(value)}
        assert not told & grams(texts[row["doc_id"]]), row["doc_id"]


def test_every_report_joins_and_builds_back_to_itself(pairs: list[tuple[Json, Json]]) -> None:
    from dateline.evaluate.standoff import to_standoff

    rows = {row["doc_id"]: row for row in reports()}
    assert len(pairs) == len(rows)
    for quoted, text in pairs:
        assert to_standoff(quoted, text["text"]) == rows[quoted["doc_id"]]


def test_the_checker_finds_no_fault(shared: Path, tmp_path: Path, pairs: list[tuple[Json, Json]]) -> None:
    texts, joined = tmp_path / "texts.jsonl", tmp_path / "joined.jsonl"
    texts.write_text("".join(json.dumps(text) + "\n" for _, text in pairs), encoding="utf-8")
    joined.write_text("".join(json.dumps(row) + "\n" for row, _ in pairs), encoding="utf-8")
    for path in (joined, *sorted(GOLD.glob("*.jsonl"))):
        done = subprocess.run(
            [sys.executable, str(shared / "check_gold.py"), str(path), str(texts)], capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, ""), path


def test_passages_are_of_the_texts_that_were_coded(shared: Path) -> None:
    coded = list(script("passages").passages(shared / "gold"))
    assert len(coded) == len(passage_rows())
    assert all(end <= len(text) for row, text in coded for event in row["events"] for _, end in event["trigger"])
