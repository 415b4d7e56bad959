"""Judgements: appended, taken back, set in force again, found after a new coding, flagged when what was judged has changed."""

from pathlib import Path

import msgspec
import pytest

from dateline.errors import SettingsError, StoreError
from dateline.merge.judgements import judge, load_decisions, load_judgements, redo, undo
from dateline.store import Project, open_project
from dateline.types import When
from factories import make_coding, make_event, make_report, words


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        save(opened)
        yield opened


def save(project: Project, doc_id: str = "marwa", **given) -> None:
    report = make_report(doc_id=doc_id)
    project.save_coding(make_coding(report, events=(make_event(report, **given),)), project.start_run())


def event_id(project: Project, doc_id: str = "marwa") -> str:
    query = "SELECT e.id FROM events e JOIN reports r ON r.id = e.report_id WHERE r.doc_id = ?"
    return project.connection.execute(query, (doc_id,)).fetchone()[0]


def test_a_judgement_is_kept_with_who_when_and_why(project: Project) -> None:
    made = judge(project, "accept", [event_id(project)], user="ana", reason="read it")
    assert load_judgements(project) == [made]
    assert (made.user, made.reason, made.verdict, made.made[:2]) == ("ana", "read it", "accept", "20")
    assert made.anchors[0].doc_id == "marwa"


def test_the_latest_decision_on_a_field_holds_and_remarks_stand_side_by_side(project: Project) -> None:
    event = event_id(project)
    judge(project, "accept", [event], user="ana", field="when")
    judge(project, "correct", [event], user="ben", field="when", value={"earliest": "2020-01-30"})
    judge(project, "question", [event], user="ana", field="when", reason="Friday or Thursday?")
    judge(project, "comment", [event], user="ben", field="when", reason="Thursday, see the caption")
    found = load_decisions(project)
    assert found.of_event(event)["when"].judgement.value == {"earliest": "2020-01-30"}
    assert [one.judgement.verdict for one in found.remarks] == ["question", "comment"]


def test_undo_and_redo_are_each_users_own(project: Project) -> None:
    event = event_id(project)
    first = judge(project, "accept", [event], user="ana")
    second = judge(project, "reject", [event], user="ana", field="where")
    judge(project, "unsure", [event], user="ben", field="actors")
    assert undo(project, user="ana") == second
    assert undo(project, user="ana") == first
    assert undo(project, user="ana") is None
    assert set(load_decisions(project).of_event(event)) == {"actors"}
    assert redo(project, user="ana") == first
    assert redo(project, user="ana") == second
    assert redo(project, user="ana") is None
    assert set(load_decisions(project).of_event(event)) == {"", "where", "actors"}


def test_a_new_judgement_ends_redo(project: Project) -> None:
    event = event_id(project)
    judge(project, "accept", [event], user="ana")
    undo(project, user="ana")
    judge(project, "reject", [event], user="ana")
    assert redo(project, user="ana") is None


def test_a_judgement_survives_a_new_coding_that_finds_the_event_by_other_words(project: Project) -> None:
    before = event_id(project)
    judge(project, "accept", [before], user="ana", field="where")
    report = make_report()
    save(project, trigger=(words(report, "hit"),), sub_type="Suicide bomb")
    after = event_id(project)
    assert after != before
    found = load_decisions(project).of_event(after)["where"]
    assert (found.events, found.flag) == ((after,), "")


def test_changed_evidence_is_flagged_and_the_judgement_stays(project: Project) -> None:
    event = event_id(project)
    judge(project, "accept", [event], user="ana", field="when")
    report = make_report()
    save(project, when=When("2020-01-24", "2020-01-24", "day", (words(report, "on Friday"),)))
    found = load_decisions(project)
    assert found.of_event(event)["when"].flag == "evidence changed"
    assert [one.flag for one in found.flagged] == ["evidence changed"]


def test_an_event_that_is_no_longer_coded_is_flagged_as_gone(project: Project) -> None:
    judge(project, "accept", [event_id(project)], user="ana")
    project.save_coding(make_coding(make_report(), events=()), project.start_run())
    assert [one.flag for one in load_decisions(project).flagged] == ["event gone"]


def test_pairs_have_one_subject_whichever_side_comes_first(project: Project) -> None:
    save(project, "other")
    a, b = event_id(project), event_id(project, "other")
    judge(project, "same", [a], [b], user="ana")
    last = judge(project, "different", [b], [a], user="ana")
    also = judge(project, "different", [a], [b], user="ben")
    assert last.subject == also.subject
    found = load_decisions(project).pairs
    assert found[0].judgement == also
    assert (found[0].events, found[0].others) == ((a,), (b,))


def test_a_missed_event_is_judged_by_its_words(project: Project) -> None:
    (report_id,) = project.connection.execute("SELECT id FROM reports").fetchone()
    start = make_report().text.index("killing")
    made = judge(
        project, "correct", [], user="ana", field="event", value={"type": "Battles"}, words=(report_id, start, start + 7)
    )
    assert load_decisions(project).events[made.subject, "event"].judgement == made


def test_what_cannot_be_judged_is_refused(project: Project) -> None:
    event = event_id(project)
    with pytest.raises(SettingsError, match="unknown verdict"):
        judge(project, "perhaps", [event], user="ana")  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match="two sides"):
        judge(project, "different", [event], user="ana")
    with pytest.raises(SettingsError, match="two events"):
        judge(project, "same", [event], [event], user="ana")
    with pytest.raises(SettingsError, match="name of who judges"):
        judge(project, "accept", [event], user=" ")
    with pytest.raises(SettingsError, match="unknown field"):
        judge(project, "accept", [event], user="ana", field="colour")
    with pytest.raises(StoreError, match="no event"):
        judge(project, "accept", ["v0"], user="ana")


def test_judgements_of_a_first_schema_are_carried_over(tmp_path: Path) -> None:
    import sqlite3

    from dateline.store.schema import APPLICATION_ID, migrations, statements_of

    with sqlite3.connect(tmp_path / "old.db") as old:
        for statement in statements_of(migrations()[0][1]):
            old.execute(statement)
        old.execute(
            "INSERT INTO judgements (made, reviewer, subject, verdict, note) VALUES ('2020', 'ana', 'v1', 'accept', 'ok')"
        )
        old.execute("INSERT INTO judgements (made, reviewer, subject, verdict, value) VALUES ('2020', 'ana', 'v1', 'undo', '1')")
        old.execute("PRAGMA user_version = 1")
        old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.close()
    with open_project(tmp_path / "old.db") as project:
        log = load_judgements(project)
        assert [(one.id, one.user, one.reason) for one in log] == [("j1", "ana", "ok"), ("j2", "ana", "")]
        assert load_decisions(project).events == {}


def test_the_log_follows_on_from_a_number(project: Project) -> None:
    first = judge(project, "accept", [event_id(project)], user="ana")
    second = judge(project, "comment", [event_id(project)], user="ben", reason="…")
    assert load_judgements(project, after=first.number) == [second]
    assert msgspec.json.decode(msgspec.json.encode(second))["verdict"] == "comment"
