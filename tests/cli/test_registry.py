"""`dateline actors` and `dateline sources`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.annotate.attribution import find_attributions
from dateline.annotate.reading import Reading
from dateline.cli import main
from dateline.resolve.sources import index_of
from dateline.resolve.sources_registry import load_sources
from dateline.types import Report

Run = Callable[..., tuple[int, str, str]]
ACTOR = "id\tname\taliases\tkind\tcountry\tsince\tuntil\tparent\tbackers\tleaders\tsaid_by\tbasis\n"
SOURCE = "id\tname\taliases\tkind\tcountry\tside\tparty\tsince\tuntil\tbasis\treliability\n"
LAKE = SOURCE + "lake\tLake Radio\tRadio of the Lake\tbroadcaster\tMLI\topposition\t\t2001\t\tits own notice\tB\n"


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in an empty folder: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)

    def call(*args: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as leaving:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        return int(leaving.value.code or 0), out.decode(), err.decode()

    return call


def test_actors_are_listed_one_a_line(run: Run) -> None:
    code, out, _ = run("actors", "list", "--country", "som", "--kind", "rebel group")
    assert code == 0
    assert "SHABAAB\tal-Shabaab\trebel group\tSOM,KEN\t2006\t" in out.split("\n")


def test_an_actor_is_shown_by_an_alias_with_its_years(run: Run) -> None:
    code, out, _ = run("actors", "show", "nusra front")
    assert (code, "also called: Nusra Front (2012 to 2016)" in out) == (0, True)


@pytest.mark.parametrize("verb", ["actors", "sources"])
def test_nobody_is_one_clear_line(run: Run, verb: str) -> None:
    code, out, err = run(verb, "show", "Zzyzx Front")
    assert (code, out) == (2, "") or (code, out) == (1, "")
    assert err.startswith("dateline: no entry 'Zzyzx Front'") and err.count("\n") == 1


@pytest.mark.parametrize("verb", ["actors", "sources"])
def test_a_missing_file_is_one_clear_line(run: Run, verb: str) -> None:
    _, out, err = run(verb, "add", "none.tsv", "--into", "own.tsv")
    assert out == ""
    assert "none.tsv" in err and err.count("\n") == 1


@pytest.mark.parametrize("verb", ["actors", "sources"])
def test_the_shipped_registries_have_no_faults(run: Run, verb: str) -> None:
    assert run(verb, "check")[0] == 0


def test_an_actor_of_ones_own_is_added_and_found(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.tsv").write_text(ACTOR + "LAKE\tLake Front\tLF\trebel group\tMLI\t2001\t\t\t\t\t\tits own notice\n")
    assert run("actors", "add", "new.tsv", "--into", "own.tsv")[0] == 0
    assert "rests on:    its own notice" in run("actors", "show", "Lake Front", "--with", "own.tsv")[1]


def test_a_faulty_row_is_refused_with_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.tsv").write_text(LAKE.replace("\tB\n", "\tZ\n"))
    code, _, err = run("sources", "add", "new.tsv", "--into", "own.tsv")
    assert code == 1
    assert "new.tsv:2: reliability 'Z' is not a letter A to F" in err
    assert not (tmp_path / "own.tsv").exists()


def test_a_source_of_ones_own_keeps_its_reliability_and_is_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "new.tsv").write_text(LAKE)
    assert run("sources", "add", "new.tsv", "--into", "own.tsv")[0] == 0
    assert "reliability: B" in run("sources", "show", "radio of the lake", "--with", "own.tsv")[1]
    reading = Reading(Report("d", "Ten people died, Lake Radio said."))
    found = find_attributions(reading, sources=index_of(load_sources(tmp_path / "own.tsv")))
    assert [(item.source_id, item.side) for item in found] == [("lake", "opposition")]
    assert find_attributions(reading)[0].source_id is None


def test_sources_are_filtered_by_side(run: Run) -> None:
    _, out, _ = run("sources", "list", "observatory", "--side", "civil monitor")
    assert out.startswith("sohr\tSyrian Observatory for Human Rights\tmonitor\tSYR\tcivil monitor")


def test_letters_and_own_names_are_kept_in_a_project_and_written_as_a_table(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Published: 2 March 2020\n\nA bomb killed six people in Aleppo, the agency SANA said.\n")
    run("code", "a.txt", "--into", "p.db")
    assert run("sources", "rate", "p.db", "SANA", "d")[0] == 0
    assert run("sources", "call", "p.db", "SANA", "the state wire")[0] == 0
    assert run("actors", "call", "p.db", "Lake Brigade", "lake men")[0] == 0
    assert run("sources", "own", "p.db", "--into", "own.tsv")[0] == 0
    assert "the state wire" in run("sources", "show", "sana", "--with", "own.tsv")[1]
    assert "lake men" in run("actors", "own", "p.db")[1]
    code, _, err = run("sources", "rate", "p.db", "SANA", "x")
    assert (code, "no such reliability" in err) == (2, True)
    assert "name:sources:SANA" in run("judge", "log", "--project", "p.db")[1]
