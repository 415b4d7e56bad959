"""The other verbs: annotate, show, explain, lexicon, doctor, demo, and what all of them promise."""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Callable
from pathlib import Path

import pytest
import typer.main

from dateline.cli import main
from dateline.cli.app import app
from dateline.cli.explain import explain_event, fold
from dateline.cli.reference import reference
from dateline.cli.show import show_coding
from factories import bare_event, make_coding, make_event, make_report, words

Run = Callable[..., tuple[int, str, str]]
TEXT = "KANDAHAR, Feb 1 - A car bomb killed at least six people in the city of Kandahar on Saturday, police said.\n"
COMMAND = typer.main.get_command(app)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in a folder with one report, kandahar.txt: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kandahar.txt").write_text(TEXT)

    def call(*args: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as leaving:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        return int(leaving.value.code or 0), out.decode(), err.decode()

    return call


SHAPES = {
    "places": ("toponyms", "start end name lat lon geonameid country precision radius_km"),
    "times": ("timex", "start end type value earliest latest"),
    "figures": ("figures", "start end measure group low high unit"),
    "attribution": ("attributions", "source cue content stance"),
    "mentions": ("mentions", "start end name kind chain country generic private"),
}


@pytest.mark.parametrize("layer", SHAPES)
def test_a_layer_has_its_shape(run: Run, layer: str) -> None:
    code, out, _ = run("annotate", "kandahar.txt", "--layer", layer, "--published", "2020-02-01")
    line = json.loads(out)
    key, keys = SHAPES[layer]
    assert code == 0
    assert list(line) == ["doc_id", key]
    assert line[key]
    assert all(list(row) == keys.split() for row in line[key])


def test_layers_point_at_words(run: Run) -> None:
    rows = json.loads(run("annotate", "kandahar.txt", "--layer", "times", "--published", "2020-02-01")[1])["timex"]
    assert "Saturday" in [TEXT[row["start"] : row["end"]].removeprefix("on ") for row in rows]


def test_an_unknown_layer_is_wrong_use(run: Run) -> None:
    code, _, err = run("annotate", "kandahar.txt", "--layer", "colours")
    assert code == 2
    assert "one of places, times, figures, attribution, mentions" in err


def test_show_tells_who_says_what_in_fixed_words() -> None:
    coding = make_coding()
    text = "\n".join(show_coding(coding, coding.events, according_to=True))
    for told in (
        "reported by      Nura (government)  “the state agency Nura said”",
        "denied by        Lamia Front (party to the event)  “The Lamia Front denied”",
        "not mentioned by officials (government)  “Officials in Karim made no mention of the attack”",
        "at least 2 killed (civilians)",
    ):
        assert told in text
    assert "confirmed" not in text


@pytest.mark.parametrize(
    "target", [["kandahar.txt"], ["kandahar.txt.e1"], ["e1", "kandahar.txt"], ["kandahar.e1", "kandahar.txt"]]
)
def test_show_takes_a_file_or_an_event_of_it(run: Run, target: list[str]) -> None:
    code, out, _ = run("show", *target, "--published", "2020-02-01", "--according-to")
    assert code == 0
    assert out.startswith("kandahar.e1 ")
    assert "according to" in out


def test_show_and_explain_take_ids_of_a_project(run: Run) -> None:
    assert run("code", "kandahar.txt", "--published", "2020-02-01", "--into", "p.db")[0] == 0
    assert run("show", "kandahar", "--project", "p.db")[1].startswith("kandahar.e1 ")
    assert run("show", "kandahar.e1", "--project", "p.db")[1].startswith("kandahar.e1 ")
    assert run("explain", "kandahar.e1.where", "--project", "p.db")[1].startswith("kandahar.e1.where = ")


@pytest.mark.parametrize(
    ("args", "told", "exit_code"),
    [
        (["show", "nowhere"], "no such file, and no project to look in", 2),
        (["show", "e9", "kandahar.txt"], "no event e9 (it has e1 to e1)", 2),
        (["explain", "e1.colour", "kandahar.txt"], "unknown field 'colour'", 2),
        (["show", "x", "--project", "none.db"], "none.db", 2),
        (["show", "e1", "missing.txt"], "missing.txt", 1),
    ],
)
def test_what_cannot_be_found_is_said_in_one_line(run: Run, args: list[str], told: str, exit_code: int) -> None:
    code, _, err = run(*args)
    assert code == exit_code
    assert told in err
    assert len(err.splitlines()) == 1


def test_explain_puts_carets_under_the_words_and_names_the_rule() -> None:
    coding = make_coding()
    text = "\n".join(explain_event(coding, coding.events[0], "where", 100))
    sentence, carets = text.splitlines()[1:3]
    start = carets.index("^")
    assert sentence[start : start + carets.count("^")] == "a market in Marwa"
    assert "by where@1" in text
    assert "“Karim” – the officials' seat, not the event's place" in text


def test_explain_marks_letters_from_right_to_left_with_brackets() -> None:
    report = make_report("قال مصدر إن القصف مستمر.", segments=())
    coding = make_coding(report, events=(bare_event(words(report, "القصف")),))
    assert "⟦القصف⟧" in "\n".join(explain_event(coding, coding.events[0], None, 80))


def test_a_field_that_is_not_told_is_said_to_be_so() -> None:
    report = make_report()
    event = make_event(report, when=None)
    assert next(explain_event(make_coding(report), event, "when", 80)) == "marwa.e1.when: not told in the report, so not coded"


def test_folded_lines_join_to_the_text() -> None:
    text = "six people died " * 9 + "x" * 50
    assert all(last - first <= 20 for first, last in fold(text, 20))
    assert "".join(text[first:last] for first, last in fold(text, 20)).replace(" ", "") == text.replace(" ", "")


def test_lexicon_check_names_file_and_line(tmp_path: Path) -> None:
    from dateline.knowledge.check import check_knowledge

    (tmp_path / "a.tsv").write_text("word\tkind\nbomb\tx\nbomb\tx\nbomb\tx\ty\n")
    (tmp_path / "b.toml").write_text("# Apache-2.0\nx = = 1\n")
    found = [f"{fault.where}: {fault.what}" for fault in check_knowledge(tmp_path)]
    assert found[0].startswith("a.tsv:1: no comment with what the file is")
    assert found[1:3] == ["a.tsv:3: the same row as line 2: 'bomb'", "a.tsv:4: 3 cells, the header names 2"]
    assert found[3].startswith("b.toml:1: not valid TOML")


def test_lexicon_gaps_counts_what_is_not_known(run: Run, examples: Path) -> None:
    code, out, _ = run("lexicon", "gaps", examples, "--quiet")
    assert code == 0
    assert all(re.match(r"(place|party|source)\t\d+\t", line) for line in out.splitlines())


def test_doctor_finds_this_installation_well(run: Run) -> None:
    code, out, _ = run("doctor")
    assert code == 0, out
    assert all(line.startswith("ok ") for line in out.splitlines())


def test_demo_writes_its_results_and_says_where_to_look_next(run: Run, tmp_path: Path) -> None:
    code, out, err = run("demo", "--to", "first")
    assert (code, err) == (0, "")
    assert {path.name for path in (tmp_path / "first").iterdir()} >= {"events.jsonl", "page.html", "project.db"}
    assert len((tmp_path / "first" / "events.jsonl").read_text().splitlines()) >= 12
    named = re.findall(r"dateline (?:show|explain) (\S+)", out)
    for verb, name in zip(("show", "explain"), named, strict=True):
        assert run(verb, name, "--project", "first/project.db")[0] == 0


def test_version_names_code_knowledge_and_models(run: Run) -> None:
    code, out, _ = run("--version")
    assert code == 0
    assert re.fullmatch(r"dateline [\d.]+\nknowledge [0-9a-f]{12}\nmodels [0-9a-f]{12}\npython [\d.]+\n", out)


def verbs(command: typing.Any, name: str = "dateline") -> typing.Iterator[tuple[str, typing.Any]]:
    yield name, command
    for sub_name, sub in getattr(command, "commands", {}).items():
        yield from verbs(sub, f"{name} {sub_name}")


@pytest.mark.parametrize(("name", "command"), list(verbs(COMMAND)))
def test_every_help_has_an_example_and_every_option_a_word(name: str, command: typing.Any) -> None:
    assert name == "dateline lexicon" or f"\n  {name} " in command.help or f"\n  {name}\n" in command.help + "\n"
    assert all(getattr(item, "help", "") for item in command.params if item.name != "help")


def test_the_reference_is_fresh() -> None:
    page = Path(__file__).parent.parent.parent / "docs" / "cli.md"
    assert page.read_text(encoding="utf-8") == reference(), "run: make docs"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_works_in_every_shell(run: Run, monkeypatch: pytest.MonkeyPatch, shell: str) -> None:
    monkeypatch.setenv("_DATELINE_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("COMP_WORDS", "dateline ex")
    monkeypatch.setenv("COMP_CWORD", "1")
    monkeypatch.setenv("_TYPER_COMPLETE_ARGS", "dateline ex")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    assert "explain" in run()[1]
