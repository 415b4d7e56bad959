"""`dateline code`: forms, order, exit codes, and one clear line for every fault."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.cli import main

Run = Callable[..., tuple[int, str, str]]
REPORT = "Bomb kills six\n\nKANDAHAR, Feb 1 - A car bomb killed six people in the city of Kandahar on Saturday, police said.\n"


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


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "kandahar.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def doc_ids(out: str) -> list[str]:
    return [json.loads(line)["doc_id"] for line in out.splitlines()]


def test_a_pipe_gets_the_codebook_form(run: Run, report: Path) -> None:
    code, out, err = run("code", report, "--published", "2020-02-01")
    coded = json.loads(out)
    assert (code, err) == (0, "")
    assert coded["doc_id"] == "kandahar"
    assert coded["published"] == "2020-02-01"
    assert coded["events"][0]["trigger"]
    assert all(
        REPORT[start:end] == quote
        for e in coded["events"]
        for quote, (start, end) in zip(e["trigger"], e["trigger_spans"], strict=True)
    )


def test_output_follows_input_order_and_does_not_depend_on_jobs(run: Run, examples: Path) -> None:
    files = sorted(examples.glob("*.txt"), reverse=True)
    code, alone, _ = run("code", *files)
    assert code == 0
    assert doc_ids(alone) == [path.stem for path in files]
    assert run("code", *files, "--jobs", 2)[1] == alone


def test_a_report_is_coded_the_same_in_any_company(run: Run, examples: Path) -> None:
    first, *others = sorted(examples.glob("*.txt"))
    together = run("code", *others, first)[1].splitlines()
    assert run("code", first)[1].splitlines() == together[-1:]


def test_faults_are_one_line_each_and_the_batch_goes_on(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    (tmp_path / "spanish.txt").write_text(
        "El ejército dijo que los rebeldes atacaron el pueblo en la noche del martes y que murieron seis. " * 3
    )
    code, out, err = run("code", "empty.txt", "missing.txt", "spanish.txt", report, "--quiet")
    assert code == 1
    assert doc_ids(out) == ["kandahar"]
    assert len(err.splitlines()) == 3
    assert all(re.fullmatch(r"dateline: \w+\.txt: .+ \(.+\)", line) for line in err.splitlines()), err


def test_a_project_may_lie_among_the_reports(run: Run, report: Path, tmp_path: Path) -> None:
    for _ in range(2):
        code, _, err = run("code", ".", "--into", "project.db")
        assert (code, "0 faults kept" in err) == (0, True), err
    (tmp_path / "other.db").write_bytes((tmp_path / "project.db").read_bytes())
    assert "0 faults kept" in run("code", ".", "--into", "project.db")[2]


def test_names_of_files_cannot_drive_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb.txt").touch()
    assert "\x1b" not in run("code", "a\x1b[2Jb.txt")[2]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["code", "kandahar.txt", "--format", "xml"], "unknown format 'xml' (one of table, codebook, jsonl, html, acled"),
        (["code", "kandahar.txt", "--published", "someday"], "--published: 'someday' is not a day (write it as 2020-02-01)"),
        (["code", "kandahar.txt", "-o", "kandahar.txt"], "kandahar.txt is among the reports that are read"),
        (["code", ".", "-o", "out.jsonl"], "out.jsonl is among the reports that are read (choose a file outside"),
        (["code", "kandahar.txt", "-o", "no/such/out.jsonl"], "its folder does not exist (create no/such first)"),
        (["code", "kandahar.txt", "-o", "."], "among the reports|a folder, not a file"),
        (["code", "kandahar.txt", "--into", "kandahar.txt"], "among the reports that are read"),
        (["code", "kandahar.txt", "--into", "other.txt"], "other.txt: not a project file"),
        (["code", "--jobs", "0", "kandahar.txt"], "--jobs"),
        (["--config", "none.toml", "code", "kandahar.txt"], "none.toml: No such file or directory"),
        (["frob"], "No such command"),
    ],
)
def test_wrong_use_ends_with_2_and_says_what_to_do(run: Run, report: Path, tmp_path: Path, args: list[str], told: str) -> None:
    (tmp_path / "other.txt").write_text("no database at all, only words " * 40)
    code, out, err = run(*args)
    assert (code, out) == (2, "")
    assert re.search(told if "|" in told else re.escape(told), err), err
    assert "Traceback" not in err


def test_standard_input_is_read_when_it_is_named_or_piped(report: Path) -> None:
    for args in (["-", "--doc-id", "wire-17"], ["--doc-id", "wire-17"]):
        command = [sys.executable, "-m", "dateline", "code", *args]
        done = subprocess.run(command, input=REPORT.encode(), capture_output=True, check=True)
        assert doc_ids(done.stdout.decode()) == ["wire-17"]


def test_a_reader_that_goes_away_is_no_error(report: Path, examples: Path) -> None:
    command = f"{sys.executable} -m dateline code {examples} | head -c 10"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True)
    assert len(done.stdout) == 10
    assert "Traceback" not in done.stderr
    assert "Broken" not in done.stderr


def test_a_file_gets_its_name_when_it_is_whole(run: Run, report: Path, tmp_path: Path) -> None:
    assert run("code", report, "-o", "out.jsonl") == (0, "", "")
    assert doc_ids((tmp_path / "out.jsonl").read_text()) == ["kandahar"]
    assert not (tmp_path / "out.jsonl.part").exists()


def test_the_ending_of_the_file_chooses_the_form(run: Run, report: Path, tmp_path: Path) -> None:
    assert run("code", report, "-o", "page.html")[0] == 0
    assert (tmp_path / "page.html").read_text().startswith("<!doctype html>")


def test_a_table_can_be_asked_for_in_a_pipe(run: Run, report: Path) -> None:
    code, out, _ = run("code", report, "--format", "table")
    assert code == 0
    assert "kandahar" in out
    assert "\x1b" not in out


def test_the_full_records_name_the_rule_behind_each_value(run: Run, report: Path) -> None:
    coded = json.loads(run("code", report, "--format", "jsonl")[1])
    assert coded["report"]["text"] == REPORT
    assert coded["events"][0]["by"]


def test_a_project_takes_reports_events_and_faults_and_nothing_twice(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    for told in ("1 new, 0 known already, 1 faults kept", "0 new, 1 known already, 1 faults kept"):
        code, out, err = run("code", report, "empty.txt", "--into", "p.db")
        assert (code, doc_ids(out)) == (1, ["kandahar"])
        assert told in err
    with sqlite3.connect(tmp_path / "p.db") as base:
        count = {table: base.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("reports", "faults", "runs")}
        assert base.execute("SELECT code, knowledge, models FROM runs WHERE finished IS NOT NULL").fetchall()
    base.close()
    assert count == {"reports": 1, "faults": 1, "runs": 2}


def test_a_report_that_is_too_long_is_a_fault(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text("max_characters = 50\n")
    code, out, err = run("code", report)
    assert (code, out) == (1, "")
    assert "too long for one report (at most 50)" in err


def test_settings_of_the_folder_are_used_and_options_win(run: Run, report: Path, tmp_path: Path) -> None:
    (tmp_path / "dateline.toml").write_text('format = "jsonl"\n')
    assert '"report":' in run("code", report)[1]
    assert doc_ids(run("code", report, "--format", "codebook")[1]) == ["kandahar"]
    (tmp_path / "dateline.toml").write_text("job = 4\n")
    code, _, err = run("code", report)
    assert code == 2
    assert "unknown setting 'job' (did you mean 'jobs'?)" in err
