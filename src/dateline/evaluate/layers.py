"""The layers of `dateline annotate` against gold: places, times, figures, attribution. Published definitions, per report.

places       recognition of toponyms (spans exact or overlapping), and how far the chosen points are (Gritta et al. 2018, 2020)
times        TempEval-3: same span (strict), overlapping (relaxed), with equal value, with equal type
figures      overlapping spans, with equal bounds, with equal measure, with all (value)
attribution  characters of source, cue and content; attributions aligned by cue (PolNeAR, PARC 3)

Every metric is a tally per report, so that intervals and slices are those of events.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec

from dateline.evaluate.scoring import Scores, Tally

EARTH_RADIUS_KM = 6371.0
FARTHEST_KM = 20039.0  # half of the equator, as the published error of a place without coordinates
NEAR_KM = 161.0
Spans = list[tuple[int, int]]


class Ends(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


class MarkedPlace(msgspec.Struct, frozen=True, kw_only=True):
    """A toponym; coordinates in degrees, None where it is not placed."""

    start: int
    end: int
    lat: float | None = None
    lon: float | None = None


class MarkedTime(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    type: str | None = None
    value: str | None = None


class MarkedFigure(msgspec.Struct, frozen=True, kw_only=True):
    start: int
    end: int
    measure: str | None = None
    low: float | None = None
    high: float | None = None


class MarkedAttribution(msgspec.Struct, frozen=True, kw_only=True):
    """Spans of each role; a role that is not told is empty."""

    source: Spans = []
    cue: Spans = []
    content: Spans = []


ROLES = ("source", "cue", "content")


class Layer(NamedTuple):
    """A task: the key of its rows in a line of `dateline annotate`, the layer's name there, the record, the metric."""

    key: str
    layer: str
    record: type[Any]
    measure: Callable[[Sequence[Any], Sequence[Any]], Scores]


# ---- spans -----------------------------------------------------------------------------------------------------------


def same(a: Ends, b: Ends) -> bool:
    return (a.start, a.end) == (b.start, b.end)


def overlap(a: Ends, b: Ends) -> bool:
    return a.start < b.end and b.start < a.end


def pick(golds: Sequence[Ends], predictions: Sequence[Ends], *rules: Callable[[Ends, Ends], bool]) -> Iterator[tuple[int, int]]:
    """Index pairs: each gold span takes the first free prediction by the first rule that finds one."""
    free = list(range(len(predictions)))
    for i, gold in enumerate(golds):
        candidates = (j for rule in rules for j in free if rule(gold, predictions[j]))
        taken = next(candidates, None)
        if taken is not None:
            free.remove(taken)
            yield i, taken


def tally(correct: int, golds: Sequence[object], predictions: Sequence[object]) -> Tally:
    return Tally(correct, len(golds), len(predictions))


# ---- places ----------------------------------------------------------------------------------------------------------


def measure_places(golds: Sequence[MarkedPlace], predictions: Sequence[MarkedPlace]) -> Scores:
    """`near`: of the gold toponyms with coordinates that were recognised (overlapping), those placed within 161 km."""
    overlapping = list(pick(golds, predictions, overlap))
    apart = [far(golds[i], predictions[j]) for i, j in overlapping if golds[i].lat is not None]
    near = sum(km <= NEAR_KM for km in apart)
    return {
        "exact": tally(sum(1 for _ in pick(golds, predictions, same)), golds, predictions),
        "overlap": tally(len(overlapping), golds, predictions),
        "near": Tally(near, len(apart), len(apart)),
    }


def far(gold: MarkedPlace, predicted: MarkedPlace) -> float:
    """Kilometres between two points; the farthest possible where the prediction has none."""
    if predicted.lat is None or predicted.lon is None:
        return FARTHEST_KM
    lat1, lon1, lat2, lon2 = (math.radians(degrees or 0.0) for degrees in (gold.lat, gold.lon, predicted.lat, predicted.lon))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return EARTH_RADIUS_KM * 2 * math.asin(min(1.0, math.sqrt(half)))


def distances(golds: Sequence[MarkedPlace], predictions: Sequence[MarkedPlace]) -> list[float]:
    """Kilometres for every recognised (overlapping) gold toponym that has coordinates."""
    pairs = pick(golds, predictions, overlap)
    return [far(golds[i], predictions[j]) for i, j in pairs if golds[i].lat is not None]


class Distances(NamedTuple):
    """Over `n` toponyms: kilometres, and the area under the curve of log errors (0 best, 1 worst)."""

    n: int
    mean_km: float
    median_km: float
    auc: float


def sum_up(kilometres: Iterable[float]) -> Distances | None:
    ordered = sorted(kilometres)
    if not ordered:
        return None
    auc = sum(math.log(1 + km) for km in ordered) / len(ordered) / math.log(FARTHEST_KM)
    return Distances(len(ordered), sum(ordered) / len(ordered), ordered[len(ordered) // 2], auc)


# ---- times and figures -----------------------------------------------------------------------------------------------


def measure_times(golds: Sequence[MarkedTime], predictions: Sequence[MarkedTime]) -> Scores:
    """TempEval-3. An exact span is preferred to an overlapping one; value and type count on overlapping spans."""
    pairs = [(golds[i], predictions[j]) for i, j in pick(golds, predictions, same, overlap)]
    rights = {
        "strict": sum(same(gold, one) for gold, one in pairs),
        "relaxed": len(pairs),
        "value": sum(gold.value == one.value for gold, one in pairs),
        "type": sum(gold.type == one.type for gold, one in pairs),
    }
    return {name: tally(right, golds, predictions) for name, right in rights.items()}


def measure_figures(golds: Sequence[MarkedFigure], predictions: Sequence[MarkedFigure]) -> Scores:
    """Several figures may stand on one span ("killed and wounded 30"): among those that overlap, an equal one is taken first."""

    def equal(a: Any, b: Any) -> bool:
        return overlap(a, b) and bounds(a) == bounds(b) and a.measure == b.measure

    pairs = [(golds[i], predictions[j]) for i, j in pick(golds, predictions, equal, same, overlap)]
    rights = {
        "found": len(pairs),
        "bounds": sum(bounds(gold) == bounds(one) for gold, one in pairs),
        "measure": sum(gold.measure == one.measure for gold, one in pairs),
        "value": sum(equal(gold, one) for gold, one in pairs),
    }
    return {name: tally(right, golds, predictions) for name, right in rights.items()}


def bounds(figure: MarkedFigure) -> tuple[float | None, float | None]:
    return figure.low, figure.high


# ---- attribution -----------------------------------------------------------------------------------------------------


def measure_attributions(golds: Sequence[MarkedAttribution], predictions: Sequence[MarkedAttribution]) -> Scores:
    """`<role>_char`: characters of the union of spans. `aligned`: attributions whose cues overlap (without a gold cue: whose
    contents do); of these, spans that are the same (`_exact`) or overlap (`_overlap`)."""
    scores = {f"{role}_char": character_tally(role, golds, predictions) for role in ROLES}
    pairs = [(golds[i], predictions[j]) for i, j in aligned(golds, predictions)]
    scores["aligned"] = tally(len(pairs), golds, predictions)
    for role in ROLES:
        sides = [(getattr(gold, role), getattr(one, role)) for gold, one in pairs]
        exact = sum(sorted(ours) == sorted(theirs) for ours, theirs in sides)
        partly = sum((not ours and not theirs) or spans_overlap(ours, theirs) for ours, theirs in sides)
        scores[f"{role}_exact"] = tally(exact, golds, predictions)
        scores[f"{role}_overlap"] = tally(partly, golds, predictions)
    return scores


def character_tally(role: str, golds: Sequence[MarkedAttribution], predictions: Sequence[MarkedAttribution]) -> Tally:
    ours, theirs = (
        {at for one in side for start, end in getattr(one, role) for at in range(start, end)} for side in (golds, predictions)
    )
    return Tally(len(ours & theirs), len(ours), len(theirs))


def aligned(golds: Sequence[MarkedAttribution], predictions: Sequence[MarkedAttribution]) -> Iterator[tuple[int, int]]:
    free = list(range(len(predictions)))
    for i, gold in enumerate(golds):
        role = "cue" if gold.cue else "content"
        taken = next((j for j in free if spans_overlap(getattr(gold, role), getattr(predictions[j], role))), None)
        if taken is not None:
            free.remove(taken)
            yield i, taken


def spans_overlap(left: Spans, right: Spans) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


LAYERS = {
    "places": Layer("toponyms", "places", MarkedPlace, measure_places),
    "times": Layer("timex", "times", MarkedTime, measure_times),
    "figures": Layer("figures", "figures", MarkedFigure, measure_figures),
    "attribution": Layer("attributions", "attribution", MarkedAttribution, measure_attributions),
}
