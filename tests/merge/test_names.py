"""What people say of names: reliability letters and names of their own, and the table of it that `dateline code` reads."""

from pathlib import Path

import pytest

from dateline.errors import SettingsError
from dateline.merge.judgements import load_decisions, load_judgements, undo
from dateline.merge.names import judge_name, names_said, own_table
from dateline.resolve.actors import check_actors, load_registry
from dateline.resolve.sources_registry import check_files, load_sources, show_source
from dateline.store import Project, open_project
from factories import make_coding, make_event, make_report


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        report = make_report()
        opened.save_coding(make_coding(report, events=(make_event(report),)), opened.start_run())
        yield opened


def said(project: Project) -> dict:
    return {key: {field: one.value for field, one in told.items()} for key, told in names_said(load_judgements(project)).items()}


def test_the_latest_letter_holds_and_is_undone_like_any_decision(project: Project) -> None:
    judge_name(project, "sources", "Lake Radio", "reliability", "B", user="ana")
    judge_name(project, "sources", "Lake Radio", "reliability", "D", user="ana")
    assert said(project) == {("sources", "Lake Radio"): {"reliability": "D"}}
    undo(project, user="ana")
    assert said(project) == {("sources", "Lake Radio"): {"reliability": "B"}}
    judge_name(project, "sources", "Lake Radio", "reliability", None, user="ben")
    assert said(project) == {}


def test_what_is_said_of_a_name_decides_nothing_about_events(project: Project) -> None:
    judge_name(project, "actors", "the brigade", "aliases", ["brigade of the lake"], user="ana")
    assert not load_decisions(project).events


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("sources", "reliability", "G"),
        ("sources", "reliability", "AB"),
        ("sources", "reliability", 3),
        ("actors", "reliability", "A"),
        ("actors", "aliases", "one"),
        ("actors", "aliases", ["a|b"]),
        ("actors", "aliases", ["x" * 200]),
        ("actors", "aliases", [" "]),
        ("actors", "colour", "red"),
        ("places", "aliases", ["x"]),
    ],
)
def test_what_cannot_be_said_is_refused(project: Project, kind: str, field: str, value: object) -> None:
    with pytest.raises(SettingsError):
        judge_name(project, kind, "Lake Radio", field, value, user="ana")
    assert not load_judgements(project)


def test_own_names_of_actors_become_a_table_that_the_coder_reads(project: Project, tmp_path: Path) -> None:
    judge_name(project, "actors", "Hayat Tahrir al-Sham", "aliases", ["the Idlib rulers"], user="ana")
    judge_name(project, "actors", "Brigade of the Lake", "aliases", ["lake men"], user="ana")
    file = tmp_path / "own.tsv"
    file.write_text(own_table(project, "actors"), encoding="utf-8")
    assert not [one for one in check_actors(file) if one.level == "error" and "own.tsv" in one.where]
    known = load_registry(file)
    assert [one.id for one in known.named("the Idlib rulers")] == ["HTS"]
    assert known.named("HTS") == [known.actors["HTS"]]
    assert [one.name for one in known.named("lake men")] == ["Brigade of the Lake"]


def test_letters_become_a_table_and_sources_without_a_kind_are_told(project: Project, tmp_path: Path) -> None:
    judge_name(project, "sources", "SANA", "reliability", "D", user="ana")
    judge_name(project, "sources", "two\tmen\n=1+1", "reliability", "E", user="ana")
    file = tmp_path / "own.tsv"
    file.write_text(own_table(project, "sources"), encoding="utf-8")
    assert check_files([file]) == []
    assert [one.reliability for one in show_source("sana", entries=load_sources(file))] == ["D"]
    assert "# left out, as its words do not tell what kind of source it is: two men =1+1\n" in file.read_text()
