"""The shipped tagger loads, says the same twice, and a damaged one is one clear error."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dateline.errors import ModelError
from dateline.tagger.model import SHIPPED, Tagger, load_tagger

TEXT = "A car bomb killed six people in the town of Karim on Saturday. Rebels shelled the village of Noor, a monitor said."


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return load_tagger()


def test_event_words_stand_out(tagger: Tagger) -> None:
    tags = tagger.tag(TEXT)
    assert tags is not None

    def said(label: str, words: str) -> float:
        at = TEXT.index(words)
        return tags.label(label, (at, at + len(words)))

    assert said("event", "car bomb") > 0 > said("event", "Saturday")
    assert said("event", "shelled") > 0 > said("event", "monitor")
    columns = tags.highest([(63, 77)])
    shelling, agreement = (next(n for n in tagger.labels if n.endswith(end)) for end in ("missile attack", "/Agreement"))
    assert columns[tagger.labels[shelling]] > columns[tagger.labels[agreement]]
    assert columns[tagger.labels[shelling]] == tags.label(shelling, (63, 77))


def test_arcs_go_to_their_own_event(tagger: Tagger) -> None:
    tags = tagger.tag(TEXT)
    assert tags is not None
    shelled, rebels, people = ((TEXT.index(w), TEXT.index(w) + len(w)) for w in ("shelled", "Rebels", "people"))
    column = tags.arcs_from("actor", [shelled])
    assert tags.top(column, rebels) > tags.top(column, people)


def test_the_same_text_gives_the_same_tags(tagger: Tagger) -> None:
    long = TEXT * 40
    one, two = tagger.tag(long), tagger.tag(long)
    assert one is not None and two is not None
    assert (one.tokens == two.tokens).all() and (one.left == two.left).all()
    assert len(one.starts) == len(one.tokens) == len(one.left)


def test_case_does_not_matter(tagger: Tagger) -> None:
    one, two = tagger.tag(TEXT), tagger.tag(TEXT.upper())
    assert one is not None and two is not None
    assert (one.tokens == two.tokens).all()


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_a_text_without_words_has_no_tags(tagger: Tagger, text: str) -> None:
    assert tagger.tag(text) is None


def test_a_missing_model_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"card\.toml: is missing \(.*--no-model"):
        load_tagger(tmp_path)


def test_a_damaged_model_is_one_clear_error(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    with (folder / "model.onnx").open("r+b") as file:
        file.seek(1000)
        file.write(b"damage")
    with pytest.raises(ModelError, match=r"model\.onnx: is damaged"):
        load_tagger(folder)


def test_a_damaged_card_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "card.toml").write_text("name = ", encoding="utf-8")
    with pytest.raises(ModelError, match="is damaged"):
        load_tagger(tmp_path)
