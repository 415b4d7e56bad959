"""Clustering of scored pairs, blocking by story, and what a report tells again."""

from dateline.merge.block import candidate_pairs, may_match
from dateline.merge.cluster import cluster
from dateline.merge.compare import figure_level
from dateline.merge.features import Features
from dateline.merge.incidents import features_of_told, told_events
from dateline.merge.settle import Limits, settle
from tellings import MARWA, telling

STORY = (
    "Lantern bearers of the Obsidian guild crossed Karim before dawn; shells fell while ferrymen, bakers, glaziers, coopers"
    " and weavers slept. Harbour sirens wailed until breakfast, and physicians counted splinters beside overturned barges."
)


def test_a_first_join_that_took_the_wrong_event_of_a_report_is_mended() -> None:
    scores = {("a1", "b2"): 5.0, ("a1", "b1"): 4.8, ("a2", "b2"): 4.0, ("b1", "c1"): 4.0, ("a1", "c1"): 3.0, ("a2", "b1"): -3.0}
    report_of = {one: one[0] for one in ("a1", "a2", "b1", "b2", "c1")}
    assert cluster(sorted(report_of), scores, report_of) == [["a1", "b1", "c1"], ["a2", "b2"]]


def test_what_a_person_judged_stays_where_it_is() -> None:
    report_of = {one: one[0] for one in ("a1", "b1", "b2")}
    joined, apart = Limits(report_of, {"a1", "b2"}, {}, -0.5, 0.4), Limits(report_of, (), {"a1": {"b1"}, "b1": {"a1"}}, -0.5, 0.4)
    for limits in (joined, apart):
        assert settle([["a1", "b2"], ["b1"]], {("a1", "b1"): 9.0}, limits) == [["a1", "b2"], ["b1"]]


def test_what_a_report_tells_again_joins_last() -> None:
    report_of = {one: one[0] for one in ("a1", "a2", "b1", "b2")}
    scores = {("a1", "b2"): 2.0, ("a1", "b1"): 1.9}
    assert cluster(sorted(report_of), scores, report_of, later={"a2", "b2"})[0] == ["a1", "b1"]


def test_the_lesser_telling_of_one_report_is_marked() -> None:
    made = features_of_told(told_events([telling("a", count=2)]).values())
    assert [one.again for one in made] == [False, True]


def features(doc_id: str, **given) -> Features:
    (made,) = features_of_told(told_events([telling(doc_id, **given)]).values())
    return made


def test_reports_of_one_story_meet_though_one_is_placed_wrongly() -> None:
    a, b = features("a", text=STORY), features("b", text=STORY, place=MARWA)
    assert may_match(a, b)
    assert list(candidate_pairs([a, b])) == [(0, 1)]


def test_a_short_text_is_no_story() -> None:
    assert not may_match(features("a"), features("b", place=MARWA))


def test_a_pair_that_shares_two_months_is_compared_once() -> None:
    a = features("a", text=STORY, day="2031-04-30", published="2031-05-01")
    b = features("b", text=STORY, day="2031-05-01", published="2031-05-01")
    assert list(candidate_pairs([a, b])) == [(0, 1)]


def test_figures_told_first_are_compared_and_an_equal_one_told_later_counts() -> None:
    assert figure_level(((17, -1), (8, 8)), ((26, 26),)) == "open"
    assert figure_level(((17, 17), (8, 8)), ((24, 24),)) == "close"
    assert figure_level(((17, -1), (12, 12)), ((40, 40), (12, 12))) == "equal, ten or more"
    assert figure_level(((30, -1),), ((200, 200),)) == "open"


def test_a_crowded_day_is_paired_with_neighbours_only(monkeypatch) -> None:
    monkeypatch.setattr("dateline.merge.block.CROWDED", 8)
    monkeypatch.setattr("dateline.merge.block.NEIGHBOURS", 2)
    many = [features(f"r{i}", killed=(i, i) if i % 3 else None) for i in range(12)]
    assert 0 < len(list(candidate_pairs(many))) < 12 * 11 / 2
