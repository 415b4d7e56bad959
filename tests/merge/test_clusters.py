"""Clustering of scored pairs, blocking by story, comparisons, and what a report tells again."""

import msgspec

from dateline.merge.block import candidate_pairs, may_match
from dateline.merge.cluster import cluster
from dateline.merge.compare import figure_level, killed_level, levels, sound
from dateline.merge.features import Features
from dateline.merge.incidents import features_of_told, told_events
from dateline.merge.settle import Limits, settle
from dateline.types import Coding, Place
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
        assert settle([["a1", "b2"], ["b1"]], {("a1", "b1"): 9.0, ("a1", "b2"): 1.0}, limits) == [["a1", "b2"], ["b1"]]


def test_what_is_like_none_of_its_group_leaves_it() -> None:
    limits = Limits({one: one for one in "abc"}, (), {}, -0.5, 0.4)
    assert settle([["a", "b", "c"]], {("a", "b"): 2.0, ("b", "c"): -1.0}, limits) == [["a", "b"], ["c"]]


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


def of(*codings: Coding) -> list[Features]:
    return features_of_told(told_events(codings).values())


def test_a_report_cannot_tell_what_comes_after_it() -> None:
    early, late = of(telling("a", published="2031-05-03"), telling("b", day="2031-05-05", published="2031-05-05"))
    assert levels(early, late)["sequence"] == "published long before"
    assert levels(early, early)["sequence"] == "possible"


def test_two_names_beside_each_other_are_told_apart_and_spellings_are_not() -> None:
    def beside(name: str) -> Place:
        return Place(name, "XXA", 10.0, 20.0, "country", 200.0)

    orum, urem, tel = of(
        telling("a", place=beside("Orrum")), telling("b", place=beside("Urem")), telling("c", place=beside("Tel"))
    )
    assert levels(orum, urem)["names"] == "alike" and levels(orum, tel)["names"] == "other"
    assert sound("orrum") == sound("urem")


def test_dozens_and_dozens_are_no_equal_figures_and_large_tolls_near_each_other_are_rare() -> None:
    assert figure_level([(24, 99)], [(24, 99)]) not in ("equal, ten or more", "near, fifty or more")
    one, other = of(telling("a", killed=(112, 112)), telling("b", killed=(130, None)))
    assert killed_level(one, other) == "near, fifty or more"


def test_comparing_two_events_is_the_same_both_ways() -> None:
    one, other = of(telling("a", kind=("Strategic developments", "Other")), telling("b"))
    assert levels(one, other) == levels(other, one)


def test_the_ends_of_one_launch_are_compared_and_two_raids_apart_are_not() -> None:
    far = Place("Outer Sound", "XXB", -40.0, 100.0, "region", 80.0, 9)
    launch = {"kind": ("Strategic developments", "Other")}
    for kind, meet in ((launch, True), ({}, False)):
        pair = [
            msgspec.structs.replace(one, weapons=frozenset({"missile"}))
            for one in of(telling("a", **kind), telling("b", place=far, **kind))
        ]
        assert (list(candidate_pairs(pair)) == [(0, 1)]) == meet


def test_a_weekday_may_be_the_day_after_its_report() -> None:
    text = "Shells fell on Karim on Friday. Then shells fell on Friday"
    made = telling("a", text=text, day="2031-05-02", published="2031-05-08")
    words = (made.report.evidence(text.index("Friday"), text.index("Friday") + 6),)
    event = msgspec.structs.replace(made.events[0], when=msgspec.structs.replace(made.events[0].when, evidence=words))
    (one,) = of(Coding(made.report, (event,)))
    assert one.last - one.posted == 1 and of(made)[0].last == one.first
