"""The project file keeps its promises: whole reports, nothing twice, no invented evidence, no loss at a kill."""

import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import msgspec
import pytest

from dateline.errors import EvidenceError, StoreError
from dateline.store import Project, open_project
from dateline.types import Coding, Count, Event, Evidence, Fault, Place, Report, Statement, Voice, When, Where

TEXT = "Rebels shelled the market of Karim on Friday 🔥, killing at least 12 people, the army said. The rebels denied it."


def report(doc_id: str = "r1", text: str = TEXT) -> Report:
    return Report(doc_id, text, sha256="0" * 64)


def words(of: Report, quote: str) -> Evidence:
    start = of.text.index(quote)
    return of.evidence(start, start + len(quote))


def coding(doc_id: str = "r1", *, status: str = "occurred") -> Coding:
    of = report(doc_id)
    event = Event(
        "e1",
        "Explosions/Remote violence",
        "Shelling/artillery/missile attack",
        status,  # type: ignore[arg-type]
        True,
        (words(of, "shelled"),),
        when=When("2020-01-31", "2020-01-31", "day", (words(of, "on Friday"),)),
        where=Where(Place("Karim", "XXA", 1.0, 2.0), (words(of, "the market of Karim"),)),
        figures=(Count("killed", "people", 12, None, "person", (words(of, "at least 12 people"),)),),
        sources=(
            Voice("army", "affirms", (words(of, "the army said"),)),
            Voice("rebels", "denies", (words(of, "The rebels denied"),)),
        ),
    )
    said = Statement("s1", of.id, "e1", "occurrence", True, "shelled", (words(of, "shelled"),), "army", "affirms")
    return Coding(of, (event,), (said,), faults=(Fault(doc_id, "a doubt", level="warning"),))


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        yield opened


def column(project: Project, query: str) -> list[object]:
    return [row[0] for row in project.connection.execute(query)]


def test_a_coding_comes_back_as_it_was_saved(project: Project):
    saved = coding()
    project.save_coding(saved, project.start_run(code="1"))
    assert list(project.load_codings()) == [saved]


def test_saving_twice_adds_nothing(project: Project):
    run = project.start_run()
    first = project.save_coding(coding(), run)
    before = project.counts()
    again = project.save_coding(coding(), run)
    assert (first.new, again.new, project.counts()) == (True, False, before)


def test_a_new_coding_replaces_rows_and_keeps_the_former_record(project: Project):
    run = project.start_run()
    project.save_coding(coding(), run)
    project.save_coding(coding(status="ongoing"), run)
    assert column(project, "SELECT status FROM events") == ["ongoing"]
    assert column(project, "SELECT current FROM codings ORDER BY rowid") == [0, 1]


def test_going_back_to_a_former_coding_adds_no_record(project: Project):
    run = project.start_run()
    for status in ("occurred", "ongoing", "occurred"):
        project.save_coding(coding(status=status), run)
    assert column(project, "SELECT status FROM events") == ["occurred"]
    assert column(project, "SELECT count(*) FROM codings") == [2]


def test_event_ids_survive_a_new_coding(project: Project):
    run = project.start_run()
    project.save_coding(coding(), run)
    before = column(project, "SELECT id FROM events")
    project.save_coding(coding(status="ongoing"), run)
    assert column(project, "SELECT id FROM events") == before


def test_evidence_that_is_not_in_the_report_is_refused_and_nothing_is_saved(project: Project):
    good = coding()
    bad_event = msgspec.structs.replace(good.events[0], trigger=(Evidence(0, 6, "Police"),))
    with pytest.raises(EvidenceError):
        project.save_coding(msgspec.structs.replace(good, events=(bad_event,)), project.start_run())
    assert project.counts().reports == 0


def test_evidence_after_an_emoji_fits_in_code_points(project: Project):
    project.save_coding(coding(), project.start_run())
    assert "at least 12 people" in column(project, "SELECT quote FROM evidence")


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE evidence SET quote = 'x'",
        "UPDATE reports SET text = 'x'",
        "UPDATE judgements SET verdict = 'reject'",
        "DELETE FROM judgements",
    ],
)
def test_the_database_itself_refuses_changes(project: Project, change: str):
    project.save_coding(coding(), project.start_run())
    project.connection.execute(
        "INSERT INTO judgements (id, made, user, subject, verdict) VALUES ('j1', '2020-02-01', 'a', 'v1', 'accept')"
    )
    with pytest.raises(sqlite3.IntegrityError):
        project.connection.execute(change)


def test_views_read_in_words(project: Project):
    project.save_coding(coding(), project.start_run())
    row = project.connection.execute("SELECT * FROM events_readable").fetchone()
    assert (row["days"], row["place"], row["figures"]) == ("2020-01-31", "Karim", "killed: 12 or more people")
    claim = project.connection.execute("SELECT * FROM claims").fetchone()
    assert (claim["event"], claim["source"], claim["stance"], claim["words"]) == ("e1", "army", "affirms", "shelled")


@pytest.mark.parametrize("wanted", ["r1.e1", "r1/e1"])
def test_find_event_by_report_and_name(project: Project, wanted: str):
    run = project.start_run()
    project.save_coding(coding("r1"), run)
    project.save_coding(coding("r2"), run)
    found = project.find_event(wanted)
    assert found is not None and (found[0].report.doc_id, found[1].id) == ("r1", "e1")


def test_find_event_by_id_and_its_beginning(project: Project):
    project.save_coding(coding(), project.start_run())
    [event_id] = column(project, "SELECT id FROM events")
    assert project.find_event(str(event_id)) == project.find_event(str(event_id)[:8]) != None  # noqa: E711


def test_find_event_that_fits_several_says_which(project: Project):
    run = project.start_run()
    project.save_coding(coding("r1"), run)
    project.save_coding(coding("r2"), run)
    with pytest.raises(StoreError, match=r"r1\.e1, r2\.e1"):
        project.find_event("e1")
    assert project.find_event("r3.e1") is None


def test_faults_and_runs_are_kept(project: Project):
    run = project.start_run(code="1.2", knowledge="k", settings={"jobs": 2})
    fault = Fault("a.txt", "the file is empty", "give a file")
    assert (project.save_fault(fault, run), project.save_fault(fault, run)) == (True, False)
    project.finish_run(run, reports=0, faults=1)
    assert list(project.load_faults()) == [fault]
    [kept] = project.load_runs()
    assert (kept.code, kept.faults, kept.finished is not None) == ("1.2", 1, True)


def test_a_second_writer_is_told_so(tmp_path: Path):
    with open_project(tmp_path / "p.db") as first, open_project(tmp_path / "p.db", wait=0.05) as second:
        run = first.start_run()
        first.connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="another process is writing"):
            second.save_coding(coding(), run)
        first.connection.execute("ROLLBACK")
        assert second.save_coding(coding(), run).new


def test_readers_do_not_wait_for_a_writer(tmp_path: Path):
    with open_project(tmp_path / "p.db") as first, open_project(tmp_path / "p.db", wait=0.05) as second:
        first.save_coding(coding(), first.start_run())
        first.connection.execute("BEGIN IMMEDIATE")
        assert len(list(second.load_codings())) == 1
        first.connection.execute("ROLLBACK")


def test_a_text_file_is_no_project(tmp_path: Path):
    path = tmp_path / "notes.db"
    path.write_text("these are my notes, not a database at all\n" * 50)
    with pytest.raises(StoreError, match="not a project file"):
        open_project(path)
    assert path.read_text().startswith("these are my notes")


def test_a_database_of_another_program_is_left_alone(tmp_path: Path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE shopping (item TEXT)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_project(path)
    assert path.read_bytes() == before


def test_a_newer_schema_is_refused(tmp_path: Path):
    with open_project(tmp_path / "p.db") as project:
        project.connection.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer dateline"):
        open_project(tmp_path / "p.db")


@pytest.mark.parametrize("name", [".", "no/such/folder/p.db"])
def test_impossible_paths_are_refused(tmp_path: Path, name: str):
    with pytest.raises(StoreError):
        open_project(tmp_path / name)


def test_a_missing_file_is_not_made_when_reading(tmp_path: Path):
    with pytest.raises(StoreError, match="no such project"):
        open_project(tmp_path / "p.db", create=False)
    assert not (tmp_path / "p.db").exists()


SAVER = """
    import sys
    sys.path.insert(0, sys.argv[2])
    from test_project import coding
    from dateline.store import open_project
    with open_project(sys.argv[1]) as project:
        run = project.start_run()
        number = 0
        while True:
            project.save_coding(coding(f"r{number}"), run)
            print(number, flush=True)
            number += 1
"""


def test_a_kill_loses_nothing_that_was_reported_as_done(tmp_path: Path):
    path = tmp_path / "p.db"
    command = [sys.executable, "-c", textwrap.dedent(SAVER), str(path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
        assert process.stdout is not None
        done = [int(process.stdout.readline()) for _ in range(40)]
        process.send_signal(signal.SIGKILL)
        done += [int(line) for line in process.stdout.read().split("\n") if line.strip().isdigit()]
    with open_project(path) as project:
        kept = {coded.report.doc_id for coded in project.load_codings()}
        assert {f"r{number}" for number in done} <= kept
        assert project.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert project.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        counts = project.counts()
        assert counts.events == counts.statements == counts.reports == len(kept)
        run = project.start_run()
        assert not project.save_coding(coding("r0"), run).new
