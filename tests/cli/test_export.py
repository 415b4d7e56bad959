"""`dateline export` and the exports of `dateline code`: files, messages, exit codes."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.cli import main

Run = Callable[..., tuple[int, str, str]]
REPORT = "Bomb kills six\n\nKANDAHAR, Feb 1 - A car bomb killed six people in the city of Kandahar on Saturday, police said.\n"


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run the command line in a folder with one project: (exit code, stdout, stderr)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(REPORT)

    def call(*args: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as leaving:
            main([str(arg) for arg in args])
        out, err = capfdbinary.readouterr()
        return int(leaving.value.code or 0), out.decode(), err.decode()

    assert call("code", "a.txt", "--published", "2020-02-01", "--into", "p.db", "-o", "a.jsonl")[0] == 0
    return call


def test_rows_go_to_standard_output_and_the_summary_to_standard_error(run: Run) -> None:
    code, out, err = run("export", "p.db", "--as", "acled")
    assert code == 0
    assert [row["country"] for row in csv.DictReader(out.splitlines())] == ["Afghanistan"]
    assert "acled (public): 1 rows, 0 left out" in err


def test_a_file_gets_its_manifest_and_what_was_left_out(run: Run) -> None:
    assert run("export", "p.db", "--as", "ucdp", "-o", "out.csv")[0] == 0
    assert json.loads(Path("out.manifest.json").read_text())["left_out"] == {"no organised actor": 1}
    assert "no organised actor" in Path("out.excluded.csv").read_text()


def test_a_folder_gets_the_whole_package(run: Run) -> None:
    assert run("export", "p.db", "--as", "acled", "-o", "release/")[0] == 0
    names = sorted(path.name for path in Path("release").iterdir())
    assert names == ["README.md", "acled.csv", "claims.csv", "excluded.csv", "manifest.json"]
    assert "Not for targeting" in Path("release/README.md").read_text()
    assert json.loads(Path("release/manifest.json").read_text())["files"] == ["acled.csv", "excluded.csv", "claims.csv"]


def test_an_embargo_and_a_level_of_places_stand_in_the_manifest(run: Run) -> None:
    assert run("export", "p.db", "--as", "csv", "--embargo", "2020-02-02", "--coarsen", "province", "-o", "out.csv")[0] == 0
    told = json.loads(Path("out.manifest.json").read_text())
    assert told["filters"] == {"embargo": "2020-02-02", "coarsen": "province"}
    assert told["rows"] == 1
    assert run("export", "p.db", "--as", "csv", "--per", "incident", "--embargo", "2020-02-01")[1].count("\n") == 1


@pytest.mark.parametrize(
    "args",
    [
        ("csv", "--coarsen", "street"),
        ("csv", "--coarsen", "district", "--profile", "internal"),
        ("csv", "--embargo", "soon"),
        ("html", "--embargo", "2020-02-01"),
        ("incidents", "--embargo", "2020-02-01"),
    ],
)
def test_what_cannot_be_held_back_is_refused(run: Run, args: tuple[str, ...]) -> None:
    code, out, err = run("export", "p.db", "--as", *args, "-o", "x")
    assert (code, out) == (2, "")
    assert "Traceback" not in err


@pytest.mark.parametrize("format", ["idmc", "geojson", "csv", "claims", "statements", "ftm", "html", "xlsx"])
def test_every_format_is_written(run: Run, format: str) -> None:
    assert run("export", "p.db", "--as", format, "-o", "out/")[0] == 0
    assert all(path.stat().st_size for path in Path("out").iterdir())


def test_code_writes_exports_too(run: Run) -> None:
    code, out, _ = run("code", "a.txt", "--published", "2020-02-01", "--format", "acled")
    assert code == 0 and out.startswith("event_id_cnty,")
    assert run("code", "a.txt", "-o", "events.xlsx")[0] == 0
    assert Path("events.manifest.json").is_file()


def test_the_same_event_has_the_same_id_from_code_and_from_a_project(run: Run) -> None:
    coded = run("code", "a.txt", "--published", "2020-02-01", "--format", "acled")[1]
    assert coded == run("export", "p.db", "--as", "acled")[1]


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("export", "p.db", "--as", "acle"), "unknown format 'acle'"),
        (("export", "p.db", "--as", "csv", "--profile", "secret"), "unknown profile 'secret'"),
        (("export", "p.db", "--as", "csv", "--since", "soon"), "'soon' is not a day"),
        (("export", "p.db", "--as", "csv", "--country", "Atlantis"), "unknown country 'Atlantis'"),
        (("export", "p.db", "--as", "csv", "--type", "Batles"), "did you mean 'Battles'?"),
        (("export", "p.db", "--as", "geojson", "--hxl"), "has no HXL tags"),
        (("export", "p.db", "--as", "xlsx"), "a workbook is no text"),
        (("export", "none.db", "--as", "csv"), "no such project file"),
    ],
)
def test_usage_errors_are_one_line_that_says_what_to_do(run: Run, args: tuple[str, ...], told: str) -> None:
    code, out, err = run(*args)
    assert (code, out) == (2, "") and told in err and len(err.strip().splitlines()) == 1


def test_the_help_says_what_exports_are_not_for(run: Run) -> None:
    code, out, _ = run("export", "--help")
    assert code == 0 and "not for targeting" in " ".join(out.split())
