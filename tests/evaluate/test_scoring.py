"""Alignment, fills, intervals, slices, calibration and changes on reports that can be counted by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.evaluate.agreement import name_words, names_agree, places_agree
from dateline.evaluate.alignment import align
from dateline.evaluate.calibration import calibrate, calibrate_rows
from dateline.evaluate.changes import compare_runs
from dateline.evaluate.intervals import intervals
from dateline.evaluate.records import CodedEvent, CodedFigure, CodedParty, CodedReport, CodedSource, CodedWhen, CodedWhere
from dateline.evaluate.run import evaluate_events, evaluate_layer
from dateline.evaluate.scoring import Tally, by_report, score_events, score_reports, total
from dateline.evaluate.slices import region_of_country
from dateline.knowledge import table

MARWA = CodedWhere(name="Marwa", country="SYR", lat=36.2, lon=37.1, precision="town", radius_km=5)


def event(**given: Any) -> CodedEvent:
    values: dict[str, Any] = {
        "id": "e1",
        "type": "Battles",
        "sub_type": "Armed clash",
        "status": "occurred",
        "foreground": True,
        "trigger": ["clashes near the bridge"],
        "when": CodedWhen(earliest="2020-02-01", latest="2020-02-01"),
        "where": MARWA,
        "actors": [CodedParty(name="Lamia Front")],
        "sources": [CodedSource(name="report", stance="affirms")],
    }
    return CodedEvent(**{**values, **given})


def reports(*events: CodedEvent, doc_id: str = "d", **given: Any) -> dict[str, CodedReport]:
    return {doc_id: CodedReport(doc_id=doc_id, events=list(events), **given)}


@pytest.mark.parametrize(
    ("left", "right", "agree"),
    [
        ("Lamia Front", "the Lamia Front", True),
        ("Lamia Front", "fighters of the Lamia Front", True),
        ("forces", "Turkish forces", True),  # half of the words
        ("forces", "Turkish special forces", False),
        ("Lamia Front", "Marwa Front", False),
        ("Zaïre", "Zaire", True),
        ("", "", False),
        (None, "Lamia", False),
        ("the", "the", False),
    ],
)
def test_names(left: str | None, right: str | None, agree: bool) -> None:
    assert names_agree(left, right) is agree
    assert names_agree(right, left) is agree


@given(st.text(), st.text())
def test_any_two_names_compare_the_same_both_ways(left: str, right: str) -> None:
    assert names_agree(left, right) == names_agree(right, left)
    assert names_agree(left, left) == bool(name_words(left))


def test_an_area_is_not_met_by_a_lone_point() -> None:
    province = CodedWhere(name="Karim Province", country="SYR", lat=36.2, lon=37.1, precision="province", radius_km=80)
    assert not places_agree(province, MARWA, 25)
    assert places_agree(MARWA, province, 25)
    assert places_agree(province, CodedWhere(name="Tel", lat=36.5, lon=37.1, precision="district"), 25)
    assert not places_agree(MARWA, CodedWhere(name="Marwa", country="IRQ", lat=36.2, lon=37.1), 25)


def test_a_pair_shares_words_of_the_report() -> None:
    stranger = event(trigger=["shelling of a village"], actors=[CodedParty(name="Marwa Brigades")])
    assert align([event()], [event()]) == [(0, 0)]
    assert align([event()], [stranger]) == []


def test_types_of_distant_families_make_no_pair() -> None:
    assert align([event()], [event(type="Displacement", sub_type="Flight")]) == []
    assert align([event()], [event(type="Protests", sub_type="Peaceful protest")]) == [(0, 0)]


def test_each_value_is_one_fill() -> None:
    figure = CodedFigure(measure="killed", low=12, high=None)
    gold = event(figures=[figure, CodedFigure(measure="injured", low=3, high=9)])
    found = event(figures=[figure], status="ongoing", weapons=[])
    scores = total(by_report(score_events("d", [gold], [found]), ["d"]).values())
    assert scores["events"] == Tally(1, 1, 1)
    assert scores["figures"] == Tally(1, 2, 1)
    assert scores["status"] == Tally(0, 1, 1)
    assert scores["targets"] == Tally(0, 0, 0)
    assert scores["ALL"] == Tally(8, 10, 9)


def test_missed_and_invented_events_count_with_all_their_values() -> None:
    rows = score_events("d", [event()], [event(trigger=["a march"], type="Protests", sub_type="Peaceful protest", actors=None)])
    assert [(row.gold is None, row.predicted is None) for row in rows] == [(False, True), (True, False)]
    scores = total(by_report(rows, ["d"]).values())
    assert scores["ALL"] == Tally(0, 8, 7)


def test_a_gold_report_without_prediction_is_missed_and_a_stranger_does_not_count() -> None:
    result = evaluate_events(reports(event()), reports(event(), doc_id="stranger"))
    assert result.fields["events"] == Tally(0, 1, 0)
    assert result.absent == ("d",)


def test_intervals_hold_the_figure_and_are_repeatable() -> None:
    scores = [{"events": Tally(1, 1, 1)}] * 15 + [{"events": Tally(0, 1, 1)}] * 5
    low, high = intervals(scores)["events"]
    assert 40 < low < total(scores)["events"].f1 == 75 < high < 100
    assert intervals(scores) == intervals(scores)
    assert intervals([]) == {}


def test_slices_add_up_to_the_whole() -> None:
    golds = {**reports(event(), set="a"), **reports(event(where=None), doc_id="e", set="b")}
    result = evaluate_events(golds, reports(event(), event(type="Riots", sub_type="Mob violence", trigger=["riot"])))
    assert set(result.slices) == {"set", "type", "region"}
    assert list(result.slices["region"]) == ["Western Asia", "not told"]
    for groups in result.slices.values():
        assert total(groups.values()) == result.fields


def test_every_country_that_places_know_has_one_region() -> None:
    listed = [code for row in table("world_regions") for code in row.many("countries")]
    assert len(listed) == len(set(listed))
    countries = {row["iso3"] for row in table("countries")}
    assert countries - set(listed) - {"ATA"} == set()
    assert region_of_country()["SYR"] == "Western Asia"


def test_calibration_compares_scores_with_what_was_right() -> None:
    rows = score_reports(reports(event()), reports(event(score=0.9), event(trigger=["x"], score=0.9, actors=None)))
    assert calibrate_rows(rows)["events"].guesses == 2
    assert calibrate([(0.95, True)] * 19 + [(0.95, False)]).gap == pytest.approx(0)
    assert calibrate([(1.0, False)]).brier == 1.0


def test_no_scores_no_calibration() -> None:
    assert calibrate_rows(score_reports(reports(event()), reports(event()))) == {}


def test_gains_and_losses_with_their_words() -> None:
    golds = reports(event(), event(id="e2", trigger=["shells fell"], sub_type="Shelling/artillery/missile attack"))
    before = reports(event(), event(trigger=["a march"], type="Protests", sub_type="Peaceful protest", actors=None))
    now = reports(event(status="ongoing"), event(id="e2", trigger=["shells fell"], sub_type="Shelling/artillery/missile attack"))
    changes = compare_runs(score_reports(golds, now), score_reports(golds, before))
    told = {(one.verdict, one.field, one.what, one.words) for one in changes}
    assert ("gain", "events", "found", "Shelling/artillery/missile attack: shells fell") in told
    assert ("gain", "events", "invented", "Peaceful protest: a march") in told
    assert ("loss", "status", "found", "occurred") in told
    assert ("loss", "status", "invented", "ongoing") in told
    assert compare_runs(score_reports(golds, now), score_reports(golds, now)) == []


def test_figures_on_one_span_each_find_their_equal() -> None:
    from dateline.evaluate.layers import MarkedFigure

    killed, injured = (MarkedFigure(start=5, end=30, measure=name, low=3, high=3) for name in ("killed", "injured"))
    result = evaluate_layer("figures", {"d": [killed, injured]}, {"d": [injured, killed]})
    assert result.fields["value"] == Tally(2, 2, 2)
