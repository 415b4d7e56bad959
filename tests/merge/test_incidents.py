"""Merging: what is one incident and what is not, what it keeps, and that neither order nor history matters."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import SettingsError
from dateline.merge.incidents import merge_events
from dateline.merge.judgements import judge, load_decisions, undo
from dateline.merge.kept import find_incident, load_incidents
from dateline.merge.project import merge_project
from dateline.merge.records import FieldState, Incident
from dateline.store import Project, open_project
from dateline.types import Coding, Evidence, Voice
from tellings import KARIM, LOWER_KARIM, MARWA, PROVINCE, telling


def groups(*codings: Coding, **given) -> list[list[str]]:
    return sorted(sorted(one.doc_id for one in incident.tellings) for incident in merge_events(codings, **given).incidents)


def the_one(*codings: Coding, **given) -> Incident:
    (incident,) = merge_events(codings, **given).incidents
    return incident


def field(incident: Incident, name: str) -> FieldState:
    return next(one for one in incident.fields if one.field == name)


def test_the_same_day_place_type_and_toll_are_one_incident() -> None:
    assert groups(telling("a"), telling("b", place=LOWER_KARIM)) == [["a", "b"]]


@pytest.mark.parametrize("other", [{"place": MARWA}, {"day": "2031-05-09"}, {"kind": ("Protests", "Peaceful protest")}])
def test_another_place_day_or_type_is_another_incident(other) -> None:
    assert groups(telling("a"), telling("b", **other)) == [["a"], ["b"]]


def test_two_events_of_one_report_are_never_one_incident() -> None:
    incidents = merge_events([telling("a", count=2), telling("b")]).incidents
    assert sorted(len(one.tellings) for one in incidents) == [1, 2]
    near = [link.decision for incident in incidents for link in incident.near]
    assert near == ["same report", "same report"]


def test_a_merge_says_what_spoke_for_it_and_against() -> None:
    (link,) = the_one(telling("a", actor="Lamia Front"), telling("b", actor="Sahel Guard")).links
    assert {one.field: one.weight > 0 for one in link.contributions if one.field in ("day", "killed", "actors")} == {
        "day": True,
        "killed": True,
        "actors": False,
    }
    assert link.decision == "merged"
    assert 0.5 < link.score <= 1


def test_every_reading_is_kept_and_states_say_how_they_stand() -> None:
    incident = the_one(telling("a", killed=(12, 12)), telling("b", killed=(10, None)), telling("c", place=LOWER_KARIM))
    assert field(incident, "figures:killed").state == "compatible"
    assert len(field(incident, "figures:killed").readings) == 3
    assert field(incident, "where").state == "compatible"
    assert field(incident, "when").state == "agreed"
    assert field(incident, "actors").state == "agreed"


def test_figures_that_contradict_are_a_conflict_and_none_is_lost() -> None:
    incident = the_one(telling("a", killed=(12, 12)), telling("b", killed=(14, 14)), telling("c", killed=(12, 12)))
    killed = field(incident, "figures:killed")
    assert killed.state == "conflict"
    assert killed.recommended is not None
    assert (killed.recommended.low, killed.recommended.best, killed.recommended.high) == (12, 12, 14)
    assert "2 independent origins against 1" in killed.recommended.why
    assert [(step.low, step.doc_id) for step in incident.toll] == [(12, "a"), (14, "b"), (12, "c")]


@pytest.mark.parametrize(
    ("policy", "best"),
    [("lowest", 9), ("highest", 14), ("most origins", 12), ("latest", 14), ("acled", 12), ("ucdp", 12)],
)
def test_policies_choose_and_say_why(policy: str, best: int) -> None:
    told = [telling("a", killed=(9, 9)), telling("b"), telling("c"), telling("d", killed=(14, 14), published="2031-05-06")]
    recommended = field(the_one(*told, policy=policy), "figures:killed").recommended
    assert recommended is not None
    assert (recommended.best, recommended.policy) == (best, policy)
    assert recommended.why


def test_an_unknown_policy_is_refused() -> None:
    with pytest.raises(SettingsError, match="unknown policy"):
        merge_events([], policy="mean")


def test_a_telling_without_a_field_is_told_as_not_mentioning_it() -> None:
    assert field(the_one(telling("a"), telling("b", killed=None)), "figures:killed").unmentioned_by == ("b",)


def test_a_denial_is_a_state_of_its_own() -> None:
    denies = Voice("Lamia Front", "denies", (Evidence(3, 14, "shells fell"),))
    incident = the_one(telling("a"), telling("b", sources=(Voice("report", "affirms"), denies)))
    assert field(incident, "occurrence").state == "denied"
    assert field(incident, "occurrence").denied_by == ("Lamia Front",)


def test_copies_of_one_text_are_one_origin() -> None:
    wire = (
        "Shells fell early. "
        + " ".join(f"On that day word{n} of the story went to every paper." for n in range(30))
        + " shells fell"
    )
    incident = the_one(*(telling(name, text=wire + f" {name}") for name in ("a", "b", "c")))
    assert [one.copy_of for one in incident.tellings] == [None, "a", "a"]
    assert len(incident.origins) == 1
    assert field(incident, "when").state == "single origin"


def test_outlets_that_all_cite_one_monitor_are_one_origin() -> None:
    monitor = Voice("Syrian Observatory for Human Rights", "affirms", source_id="sohr")
    incident = the_one(*(telling(name, sources=(monitor,)) for name in ("a", "b", "c")), telling("d"))
    assert [(one.kind, one.doc_ids) for one in incident.origins] == [("source", ("a", "b", "c")), ("report", ("d",))]
    assert field(incident, "figures:killed").origins == 2


def test_reports_of_one_agency_are_one_origin() -> None:
    incident = the_one(telling("a", wire="AFP"), telling("b", wire="AFP"), telling("c", wire="Reuters"))
    assert sorted(one.name for one in incident.origins) == ["AFP", "Reuters"]


tellings = st.builds(
    lambda n, place, killed, day, kind: telling(f"doc{n}", place=place, killed=killed, day=day, kind=kind),
    st.integers(0, 30),
    st.sampled_from([KARIM, LOWER_KARIM, MARWA, PROVINCE, None]),
    st.sampled_from([None, (12, 12), (10, None), (40, 40)]),
    st.sampled_from(["2031-05-03", "2031-05-04", "2031-05-20"]),
    st.sampled_from([("Battles", "Armed clash"), ("Explosions/Remote violence", "Grenade"), ("Protests", "Peaceful protest")]),
)
many = st.lists(tellings, min_size=2, max_size=14, unique_by=lambda coding: coding.report.doc_id)


@given(many, st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_reports_changes_nothing(codings: list[Coding], random) -> None:
    shuffled = list(codings)
    random.shuffle(shuffled)
    assert merge_events(shuffled) == merge_events(codings)


@given(many)
@settings(max_examples=40)
def test_giving_a_report_twice_changes_nothing(codings: list[Coding]) -> None:
    assert merge_events([*codings, *codings]) == merge_events(codings)


# ---- projects -------------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path):
    with open_project(tmp_path / "p.db") as opened:
        yield opened


def save(project: Project, *codings: Coding) -> None:
    run = project.start_run()
    for coding in codings:
        project.save_coding(coding, run)


FOUR = (telling("a"), telling("b"), telling("c", place=MARWA), telling("d", day="2031-05-20"))


def kept(project: Project) -> list[list[str]]:
    return sorted(sorted(one.doc_id for one in incident.tellings) for incident in load_incidents(project))


def test_a_project_keeps_what_merging_at_once_gives(project: Project) -> None:
    save(project, *FOUR)
    merged = merge_project(project)
    assert list(load_incidents(project)) == list(merge_events(FOUR).incidents)
    assert (merged.events, merged.incidents, merged.shared, merged.new_events) == (4, 3, 1, 4)


def test_merging_again_changes_nothing(project: Project) -> None:
    save(project, *FOUR)
    merge_project(project)
    again = merge_project(project)
    assert (again.changed, again.new_events, again.compared) == ((), 0, 0)


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_reports_added_one_by_one_give_the_same(project: Project, order) -> None:
    for number in order:
        save(project, FOUR[number])
        merge_project(project)
    assert list(load_incidents(project)) == list(merge_events(FOUR).incidents)


def test_adding_a_report_changes_only_what_it_touches(project: Project) -> None:
    save(project, *FOUR)
    merge_project(project)
    save(project, telling("e", day="2031-05-20"))
    changed = merge_project(project).changed
    touched = find_incident(project, "e.e1")
    assert touched is not None
    assert changed == (touched.id,)


def test_a_report_that_is_coded_without_events_takes_exactly_its_tellings_away(project: Project) -> None:
    save(project, *FOUR)
    merge_project(project)
    save(project, Coding(FOUR[0].report))
    merge_project(project)
    assert list(load_incidents(project)) == list(merge_events(FOUR[1:]).incidents)


def event_of(project: Project, doc_id: str) -> str:
    query = "SELECT e.id FROM events e JOIN reports r ON r.id = e.report_id WHERE r.doc_id = ?"
    return project.connection.execute(query, (doc_id,)).fetchone()[0]


def test_judgements_are_final_and_survive_new_merges_and_undo(project: Project) -> None:
    save(project, *FOUR)
    merge_project(project)
    judge(project, "different", [event_of(project, "a")], [event_of(project, "b")], user="ana")
    judge(project, "same", [event_of(project, "a")], [event_of(project, "d")], user="ana")
    merge_project(project)
    assert kept(project) == [["a", "d"], ["b"], ["c"]]
    merge_project(project, full=True)
    assert kept(project) == [["a", "d"], ["b"], ["c"]]
    assert merge_events(FOUR, decisions=load_decisions(project)).incidents == tuple(load_incidents(project))
    undo(project, user="ana")
    undo(project, user="ana")
    merge_project(project)
    assert kept(project) == [["a", "b"], ["c"], ["d"]]


def test_a_correction_is_recommended_and_the_coded_value_stays(project: Project) -> None:
    save(project, *FOUR)
    value = {"measure": "killed", "group": "people", "low": 13, "high": 13, "unit": "person"}
    judge(project, "correct", [event_of(project, "c")], user="ana", field="figures:killed", value=value)
    merge_project(project)
    incident = find_incident(project, "c.e1")
    assert incident is not None
    killed = field(incident, "figures:killed")
    assert killed.recommended is not None
    assert (killed.recommended.best, killed.recommended.policy) == (13, "judgement")
    assert [(one.value["low"], one.judged) for one in killed.readings] == [(12, "rejected"), (13, "corrected")]
    assert incident.tellings[0].status == "corrected"


def test_a_rejected_event_is_in_no_incident(project: Project) -> None:
    save(project, *FOUR)
    judge(project, "reject", [event_of(project, "a")], user="ana")
    merge_project(project)
    assert kept(project) == [["b"], ["c"], ["d"]]


def test_an_incident_is_found_by_its_id_its_beginning_and_its_events(project: Project) -> None:
    save(project, *FOUR)
    merge_project(project)
    found = find_incident(project, "b.e1")
    assert found is not None
    assert find_incident(project, found.id) == find_incident(project, found.id[:9]) == find_incident(project, "a.e1") == found
    assert find_incident(project, "nothing") is None
