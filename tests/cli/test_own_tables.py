"""Tables of one's own: places, actors and sources that `dateline code` uses."""
# ruff: noqa: E501 (long lines are test data)

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.cli import main

Run = Callable[..., tuple[int, str, str]]
VILLAGES = "name,names,lat,lon,country,kind\nQal Zubra,Kal Zubra;Kal-Zoubra,36.52,37.2,Syria,village\nNowhere,,95,10,Syria,village\nAleppo,,10,10,Syria,town\n"
ACTORS = (
    "id\tname\taliases\tkind\tcountry\tsince\tuntil\tparent\tbackers\tleaders\tsaid_by\tbasis\n"
    "qlb\tQal Lions Brigade\tQal Lions\trebel group\tSYR\t2012\t\t\t\t\t\tan exercise\n"
)
SOURCES = (
    "id\tname\taliases\tkind\tcountry\tside\tparty\tsince\tuntil\tbasis\n"
    "qvr\tQal Voice\tQal Voice Radio\tbroadcaster\tSYR\tparty to the event\tQal Lions Brigade\t2012\t\tan exercise\n"
)
REPORT = (
    "Shelling kills six in Qal Zubra\n\nALEPPO, Feb 1 - Government shelling killed six people in the village of Kal Zoubra in Syria's Aleppo "
    "province on Saturday, Qal Voice reported. The Qal Lions attacked an army post in the town of Azaz on Friday, killing two soldiers, "
    "Qal Voice said.\n"
)


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in a folder with the tables and the report: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    for name, content in (("villages.csv", VILLAGES), ("a.tsv", ACTORS), ("s.tsv", SOURCES), ("report.txt", REPORT)):
        (tmp_path / name).write_text(content, encoding="utf-8")

    def call(*args: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as leaving:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        return int(leaving.value.code or 0), out.decode(), err.decode()

    return call


def coded(out: str) -> list[dict]:
    return [event for line in out.splitlines() for event in json.loads(line)["events"]]


def test_added_places_are_written_and_bad_rows_named(run: Run, tmp_path: Path) -> None:
    code, out, err = run("gazetteer", "add", "villages.csv", "--into", "mine.csv")
    assert (code, out) == (0, "") and "villages.csv:3: Nowhere: 95.0, 10.0 is not on the earth" in err
    assert err.endswith("2 places written to mine.csv, 1 row skipped\n")
    assert run("gazetteer", "add", "villages.csv", "--into", "mine.csv")[0] == 0
    assert (tmp_path / "mine.csv").read_text().count("Qal Zubra") == 1  # the same place is not written twice


def test_nothing_is_written_when_no_row_can_be_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("name,lat,lon,country\n=cmd,1,1,Syria\n,1,1,Syria\nX,north,1,Syria\n")
    code, _, err = run("gazetteer", "add", "bad.csv", "--into", "mine.csv")
    assert code == 1 and "nothing was written" in err and "formula" in err and not (tmp_path / "mine.csv").exists()


def test_look_up(run: Run) -> None:
    code, out, _ = run("gazetteer", "lookup", "Deir ez-Zor", "--country", "Syria")
    assert code == 0 and "\tSYR\t" in out.splitlines()[0]
    code, out, _ = run("gazetteer", "lookup", "Aleppo", "--with", "villages.csv")
    assert out.splitlines()[0].endswith("added") or any(line.endswith("added") for line in out.splitlines())
    assert run("gazetteer", "lookup", "Qal Zubra")[0] == 1
    assert "Narnia" in run("gazetteer", "lookup", "Aleppo", "--country", "Narnia")[2]


def test_an_added_village_is_the_place_of_its_event(run: Run) -> None:
    run("gazetteer", "add", "villages.csv", "--into", "mine.csv")
    before, after = (coded(run("code", "report.txt", *more, "-q")[1])[0]["where"] for more in ((), ("--places", "mine.csv")))
    assert before.get("lat") != 36.52
    assert (after["lat"], after["lon"]) == (36.52, 37.2)


def test_an_added_place_does_not_win_where_it_does_not_fit(run: Run) -> None:
    """A town called Aleppo off Africa does not take the events of the one in Syria's Aleppo province."""
    out = run("code", "report.txt", "--places", "villages.csv", "-q")[1]
    assert all((event["where"] or {}).get("lat") != 10 for event in coded(out))


def test_own_actors_and_sources_are_known(run: Run) -> None:
    run("actors", "add", "a.tsv", "--into", "actors.tsv")
    run("sources", "add", "s.tsv", "--into", "sources.tsv")
    out = run("code", "report.txt", "--actors", "actors.tsv", "--sources", "sources.tsv", "-q", "--format", "jsonl")[1]
    record = json.loads(out)
    assert "qlb" in {party.get("actor_id") for party in record["parties"]}
    assert "party to the event" in {item.get("side") for item in record["attributions"]}


def test_tables_of_the_settings_are_from_the_folder_of_the_settings(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "dateline.toml").write_text('places = ["villages.csv"]\n')
    (tmp_path / "below").mkdir()
    monkeypatch.chdir(tmp_path / "below")
    events = coded(run("code", "../report.txt", "-q")[1])
    assert events[0]["where"]["lat"] == 36.52
    assert "36.52" in run("gazetteer", "lookup", "Kal Zubra")[1]


def test_processes_use_the_tables_and_the_project_names_them(run: Run, tmp_path: Path) -> None:
    for number in range(6):
        (tmp_path / f"r{number}.txt").write_text(REPORT)
    reports = [f"r{number}.txt" for number in range(6)]
    alone = run("code", *reports, "--places", "villages.csv", "-q", "--into", "p.db")[1]
    assert run("code", *reports, "--places", "villages.csv", "-q", "--jobs", 2)[1] == alone
    import sqlite3

    [(knowledge,)] = sqlite3.connect(tmp_path / "p.db").execute("SELECT knowledge FROM runs").fetchall()
    assert "+" in knowledge


@pytest.mark.parametrize(
    ("option", "file", "words"),
    [("--places", "none.csv", "cannot be read"), ("--places", "report.txt", "no known form"), ("--actors", "s.tsv", "no column parent"),
     ("--sources", "none.tsv", "No such file"), ("--actors", "none.tsv", "No such file")],
)  # fmt: skip
def test_a_table_that_cannot_be_read_is_told_before_any_report(run: Run, option: str, file: str, words: str) -> None:
    code, out, err = run("code", "report.txt", option, file)
    assert code in {1, 2} and out == "" and words in err and file in err and len(err.splitlines()) == 1
