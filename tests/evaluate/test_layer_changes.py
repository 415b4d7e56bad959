"""Gains and losses of the layers of annotation."""

from __future__ import annotations

from dateline.evaluate.layer_changes import compare_layers
from dateline.evaluate.layers import MarkedAttribution, MarkedFigure, MarkedPlace, MarkedTime
from dateline.evaluate.run import evaluate_layer

TEXT = {"one": "Shells fell on Karim and Marwa on Friday."}


def test_places_found_lost_moved_and_invented() -> None:
    karim, marwa = MarkedPlace(start=15, end=20, lat=10.0, lon=10.0), MarkedPlace(start=25, end=30, lat=12.0, lon=10.0)
    before = {"one": [MarkedPlace(start=15, end=20, lat=50.0, lon=10.0), MarkedPlace(start=0, end=6)]}
    told = compare_layers("places", {"one": [karim, marwa]}, {"one": [karim, marwa]}, before, TEXT)
    assert [(c.verdict, c.field, c.what, c.words) for c in told] == [
        ("gain", "near", "found", "Karim"),
        ("gain", "near", "found", "Marwa"),
        ("gain", "overlap", "invented", "Shells"),
        ("gain", "overlap", "found", "Marwa"),
    ]


def test_a_changed_value_is_a_loss_and_the_same_run_changes_nothing() -> None:
    day, other = (MarkedTime(start=34, end=40, type="DATE", value=value) for value in ("2020-01-31", "2020-01-24"))
    (loss,) = compare_layers("times", {"one": [day]}, {"one": [other]}, {"one": [day]}, TEXT)
    assert (loss.verdict, loss.field, loss.event, loss.words) == ("loss", "value", "34-40", "Friday")
    assert compare_layers("times", {"one": [day]}, {"one": [day]}, {"one": [day]}, TEXT) == []


def test_reports_that_a_run_lacks_and_texts_that_are_unknown() -> None:
    figure = MarkedFigure(start=0, end=6, measure="killed", low=3, high=3)
    told = compare_layers("figures", {"one": [figure]}, {}, {"one": [figure]}, {})
    assert [(c.verdict, c.field, c.words) for c in told] == [("loss", "found", "[0, 6)"), ("loss", "value", "[0, 6)")]
    said = MarkedAttribution(source=[(0, 6)], cue=[(7, 11)], content=[(15, 30)])
    (gain,) = compare_layers("attribution", {"one": [said]}, {"one": [said]}, {}, TEXT)
    assert (gain.field, gain.words) == ("aligned", "fell")


def test_the_evaluation_carries_the_changes_only_when_asked_for() -> None:
    day = MarkedTime(start=34, end=40, type="DATE", value="2020-01-31")
    assert evaluate_layer("times", {"one": [day]}, {"one": [day]}).changes is None
    assert evaluate_layer("times", {"one": [day]}, {"one": [day]}, before={}).changes
