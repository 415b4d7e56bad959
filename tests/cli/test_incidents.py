"""The verbs of incidents, from a terminal: merge, show, judge, compare, diff, export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dateline.cli.app import app
from dateline.errors import DatelineError
from dateline.export.codebook import codebook_line
from dateline.store import open_project
from dateline.types import Voice
from tellings import KARIM, MARWA, telling

FOUR = (
    telling("wire", killed=(12, 12)),
    telling("radio", killed=(14, 14), sources=(Voice("Lamia Front", "claims"),)),
    telling("paper", place=MARWA),
    telling("evil", place=MARWA, day="2031-05-20", text="<script>alert(1)</script> \x1b[31m*shells fell* |here|"),
)


def run(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, list(words))
    if isinstance(result.exception, DatelineError):
        raise result.exception
    assert result.exit_code == code, result.output
    return result.stdout


@pytest.fixture
def project(tmp_path: Path) -> str:
    path = tmp_path / "p.db"
    with open_project(path) as store:
        started = store.start_run()
        for coding in FOUR:
            store.save_coding(coding, started)
    return str(path)


def test_merge_lists_what_two_reports_tell(project: str) -> None:
    out = run("merge", project, "-q")
    assert "Shelling/artillery/missile attack, Karim, 3 May 2031" in out
    assert "2 reports, 2 outlets, 2 independent origins" in out
    assert "killed: sources differ" in out


def test_merge_explains_what_spoke_for_and_against(project: str) -> None:
    out = run("merge", project, "--explain", "-q")
    assert "merged (" in out
    assert "+ " in out
    assert "killed: close (14 / 12)" in out or "killed: close (12 / 14)" in out


def test_lines_in_and_out_need_no_project(project: str, tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_bytes(b"\n".join(codebook_line(coding) for coding in FOUR) + b"\n")
    out = tmp_path / "incidents.jsonl"
    run("merge", str(events), "-o", str(out), "-q")
    found = [json.loads(line) for line in out.read_text().splitlines()]
    assert sorted(len(one["events"]) for one in found) == [1, 1, 2]
    shared = next(one for one in found if len(one["events"]) == 2)
    assert shared["events"] == [{"doc_id": "radio", "id": "e1"}, {"doc_id": "wire", "id": "e1"}]
    assert {one["words"] for one in shared["readings"]["figures:killed"]} == {"12 killed", "14 killed"}


def test_a_line_that_is_no_report_is_named(tmp_path: Path) -> None:
    events = tmp_path / "events.jsonl"
    events.write_text('{"doc_id": "a", "events": []}\n{"doc_id": "b"}\n')
    with pytest.raises(DatelineError, match=r"events.jsonl:2"):
        run("merge", str(events))


def shared_id(project: str) -> str:
    return run("merge", project, "-q").split()[0]


def test_show_gives_the_matrix_of_an_incident(project: str) -> None:
    out = run("show", shared_id(project), "--according-to", "--project", project)
    assert "recommended" in out
    assert "≠" in out
    assert "Lamia Front" in out
    assert "“shells fell”" in out


def test_judgements_change_what_is_merged_and_are_undone(project: str) -> None:
    before = shared_id(project)
    run("judge", "different", "wire.e1", "radio.e1", "--project", project, "--user", "ana", "--reason", "two markets")
    assert run("merge", project, "-q") == ""
    assert "“two markets”" in run("judge", "log", "--project", project)
    run("judge", "undo", "--project", project, "--user", "ana")
    assert shared_id(project) == before
    assert "(taken back)" in run("judge", "log", "--project", project)


def test_an_incident_is_judged_by_its_id(project: str) -> None:
    run("judge", "accept", shared_id(project), "--project", project, "--user", "ana")
    run("merge", project, "-q")
    assert "[accepted]" in run("show", shared_id(project), "--project", project)


def test_compare_sets_fields_side_by_side(project: str) -> None:
    out = run("compare", "wire", "radio", "--project", project)
    assert "told by both: 1" in out
    assert "≠ killed     12 killed" in out


def test_diff_tells_what_changed(project: str, tmp_path: Path) -> None:
    old, new = tmp_path / "old.jsonl", tmp_path / "new.jsonl"
    run("merge", project, "-o", str(old), "-q")
    with open_project(project) as store:
        store.save_coding(telling("late", place=KARIM, published="2031-05-06", killed=(14, 14)), store.start_run())
        store.save_coding(telling("other", place=KARIM, day="2031-06-06"), store.start_run())
    run("merge", project, "-o", str(new), "-q")
    out = run("diff", str(old), str(new))
    assert "+ i" in out
    assert "events: +late.e1" in out
    assert run("diff", str(old), str(old)) == ""
    assert {json.loads(line)["change"] for line in run("diff", str(old), project, "--json").splitlines()} == {"added", "changed"}


def test_a_brief_says_what_each_side_says(project: str, tmp_path: Path) -> None:
    out = run("export", project, "--as", "brief", "--incident", shared_id(project), "-q")
    assert "## What each side says" in out
    assert "- **Lamia Front** (claimed)" in out
    assert "## Where they differ" in out


def test_words_of_reports_make_no_markup_in_a_brief(project: str, tmp_path: Path) -> None:
    run("merge", project, "-q")
    with open_project(project) as store:
        (evil,) = store.connection.execute("SELECT incident_id FROM incident_events ORDER BY incident_id LIMIT 1").fetchone()
        ids = [row[0] for row in store.connection.execute("SELECT id FROM incidents")]
    page = tmp_path / "brief.html"
    options = [word for name in ids for word in ("--incident", name)]
    run("export", project, "--as", "brief", "--profile", "internal", "-o", str(page), "-q", *options)
    written = page.read_text()
    assert evil
    assert "<script" not in written
    assert "\x1b" not in written
    assert "default-src 'none'" in written


def test_incidents_are_exported_as_lines(project: str) -> None:
    run("merge", project, "-q")
    found = [json.loads(line) for line in run("export", project, "--as", "incidents", "-q").splitlines()]
    assert sorted(len(one["events"]) for one in found) == [1, 1, 2]


def test_a_file_of_incidents_has_a_manifest_beside_it(project: str, tmp_path: Path) -> None:
    run("merge", project, "-q")
    run("export", project, "--as", "incidents", "-o", str(tmp_path / "all.jsonl"), "-q")
    told = json.loads((tmp_path / "all.manifest.json").read_text())
    assert (told["format"], told["profile"], told["rows"], told["files"]) == ("incidents", "public", 3, ["all.jsonl"])
    assert (told["coverage"]["reports"], told["coverage"]["unreviewed_share"]) == (4, 1.0)
    run("export", project, "--as", "brief", "-o", str(tmp_path / "brief.md"), "-q")
    told = json.loads((tmp_path / "brief.manifest.json").read_text())
    assert (told["rows"], told["filters"]) == (1, {"told_by_two_reports_or_more": True})


def test_a_project_without_incidents_says_how_to_make_them(project: str) -> None:
    with pytest.raises(DatelineError, match="dateline merge"):
        run("export", project, "--as", "incidents")
