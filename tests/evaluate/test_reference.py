"""The scorers give the figures of the reference scripts: on made-up pairs, and on all gold there is."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from made_up import disturbed, made_up_reports
from reference import SHARED, reference

from dateline.evaluate.layers import (
    MarkedAttribution,
    MarkedPlace,
    MarkedTime,
    distances,
    measure_attributions,
    measure_places,
    measure_times,
    sum_up,
)
from dateline.evaluate.render import tally_json
from dateline.evaluate.run import coded_reports
from dateline.evaluate.scoring import Tally, by_report, score_reports, total

Json = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]


def by_id(records: list[Json]) -> dict[str, Json]:
    return {record["doc_id"]: record for record in records}


def our_table(golds: dict[str, Json], predictions: dict[str, Json]) -> Json:
    ours = coded_reports(golds)
    scores = total(by_report(score_reports(ours, coded_reports(predictions)), ours).values())
    return {name: tally_json(tally) for name, tally in scores.items()}


@pytest.mark.parametrize("seed", range(8))
def test_events_of_fifty_made_up_reports(seed: int) -> None:
    golds, predictions = (by_id(records) for records in made_up_reports(50, seed))
    assert our_table(golds, predictions) == reference("score_events.py").score(golds, predictions)


def test_every_made_up_report_alone() -> None:
    golds, predictions = (by_id(records) for records in made_up_reports(50, 99))
    score = reference("score_events.py").score
    for doc_id, gold in golds.items():
        assert our_table({doc_id: gold}, predictions) == score({doc_id: gold}, predictions), doc_id


def test_events_of_all_gold() -> None:
    reference("score_events.py")
    if not (SHARED / "gold" / "fakes_syria.jsonl").exists():
        pytest.skip("needs ../shared/gold")
    sys.path.insert(0, str(ROOT / "gold"))
    from join import joined

    golds = {row["doc_id"]: row for row, _ in joined()}
    golds["seed"] = json.loads((SHARED / "seed" / "expected.json").read_text(encoding="utf-8"))
    chance = random.Random(3)
    predictions = {doc_id: {"doc_id": doc_id, "events": disturbed(chance, gold["events"])} for doc_id, gold in golds.items()}
    score = reference("score_events.py").score
    assert our_table(golds, golds) == score(golds, golds)
    assert our_table(golds, predictions) == score(golds, predictions)


# ---- layers ----------------------------------------------------------------------------------------------------------


def spans(chance: random.Random, most: int = 12) -> list[tuple[int, int]]:
    starts = sorted(chance.sample(range(200), chance.randint(0, most)))
    return [(start, start + chance.randint(1, 9)) for start in starts]


def close_to(chance: random.Random, several: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Some of the spans, moved a little, and some others."""
    kept = [(max(0, start + chance.choice((0, 0, 0, 1, -2))), end + chance.choice((0, 0, 1))) for start, end in several]
    return [*(span for span in kept if chance.random() < 0.8), *spans(chance, 3)]


def shares(tally: Tally) -> Json:
    return {"P": round(tally.precision, 2), "R": round(tally.recall, 2), "F": round(tally.f1, 2)}


def layer_pair(seed: int, make: Any) -> tuple[dict[str, list[Json]], dict[str, list[Json]]]:
    chance = random.Random(seed)
    golds: dict[str, list[Json]] = {}
    predictions: dict[str, list[Json]] = {}
    for number in range(30):
        told = spans(chance)
        golds[str(number)] = [make(chance, span) for span in told]
        predictions[str(number)] = [make(chance, span) for span in close_to(chance, told)]
    return golds, predictions


def place(chance: random.Random, span: tuple[int, int]) -> Json:
    point = {"lat": round(chance.uniform(30, 33), 3), "lon": round(chance.uniform(35, 38), 3)}
    return {"start": span[0], "end": span[1], **(point if chance.random() < 0.85 else {"lat": None, "lon": None})}


@pytest.mark.parametrize("seed", range(4))
def test_places(seed: int) -> None:
    golds, predictions = layer_pair(seed, place)
    pairs = [([MarkedPlace(**g) for g in golds[n]], [MarkedPlace(**p) for p in predictions[n]]) for n in golds]
    ours = total(measure_places(*pair) for pair in pairs)
    apart = sum_up(km for pair in pairs for km in distances(*pair))
    geo = reference("gold/tools/evals.py").geo
    theirs = geo(golds, predictions, overlap=True)
    assert shares(ours["exact"]) == {name: geo(golds, predictions)[name] for name in "PRF"}
    assert shares(ours["overlap"]) == {name: theirs[name] for name in "PRF"}
    assert apart is not None
    assert round(ours["near"].recall, 1) == theirs["A161"]
    assert (apart.n, round(apart.mean_km), round(apart.median_km, 1), round(apart.auc, 3)) == (
        theirs["n"],
        theirs["mean_km"],
        theirs["median_km"],
        theirs["AUC"],
    )


def time(chance: random.Random, span: tuple[int, int]) -> Json:
    return {
        "start": span[0],
        "end": span[1],
        "type": chance.choice(["DATE", "TIME"]),
        "value": chance.choice(["2020", "2020-02", None]),
    }


@pytest.mark.parametrize("seed", range(4))
def test_times(seed: int) -> None:
    golds, predictions = layer_pair(seed, time)
    pairs = [([MarkedTime(**g) for g in golds[n]], [MarkedTime(**p) for p in predictions[n]]) for n in golds]
    ours = total(measure_times(*pair) for pair in pairs)
    theirs = reference("gold/tools/evals.py").timex(golds, predictions)
    assert {name: shares(tally) for name, tally in ours.items()} == {name: theirs[name] for name in ours}


def attribution(chance: random.Random, span: tuple[int, int]) -> Json:
    start, end = span
    return {
        "source": [[start, end]] if chance.random() < 0.8 else [],
        "cue": [[end + 1, end + 4]] if chance.random() < 0.9 else [],
        "content": [[end + 5, end + chance.randint(8, 40)], [end + 45, end + 50]][: chance.randint(1, 2)],
    }


@pytest.mark.parametrize("seed", range(4))
def test_attributions(seed: int) -> None:
    golds, predictions = layer_pair(seed, attribution)
    mark = lambda rows: [MarkedAttribution(**{role: [tuple(s) for s in row[role]] for role in row}) for row in rows]  # noqa: E731
    ours = total(measure_attributions(mark(golds[n]), mark(predictions[n])) for n in golds)
    theirs = reference("gold/tools/evals.py").attribution(golds, predictions)
    renamed = {name.replace("_ov", "_overlap"): value for name, value in theirs.items()}
    assert {name: shares(ours[name]) for name in renamed} == renamed
