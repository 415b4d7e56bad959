"""The places where a draft event could have happened, with their features (choices.py weighs them)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from dateline.coder.areas import grain
from dateline.coder.build import where_of
from dateline.coder.options import SCALE, Option, Scene, Value, as_is, span_of
from dateline.coder.view import Found, View
from dateline.types import Place, PlaceLink

IN_CLAUSE = "code.where:clause"
FINENESS = {"site": 0, "neighbourhood": 1, "town": 2, "district": 3, "province": 4, "region": 4, "country": 5}
NO_ARC = -2.0  # stands for the arc of a place without a mention
PLACE_BEFORE = 4  # a place before the trigger is this many tokens farther than one after it
LEAD = 3  # sentences
Key = tuple[str, float | None, float | None]  # what makes two places one


@dataclass(frozen=True, slots=True)
class Ground:
    """The places of one report: `mentions` of each, in text order, and `features`: what each is to the whole report."""

    mentions: dict[Key, list[Found[PlaceLink]]]
    features: dict[Key, dict[str, float]]


def place_options(scene: Scene) -> Iterator[Option]:
    """The places of the report, the rules' choice first. One told in the event's own clause leaves only its sentences' places."""
    view, column = scene.view, scene.arcs("place")
    mine = scene.event.where
    kept = mine is not None and mine.by == IN_CLAUSE  # not given up for a place of another sentence
    ground = ground_of(view)
    own = finest_near(scene)
    drafts: dict[Key, tuple[float, Callable[[], Value], dict[str, float]]] = {}
    for key, mentions in ground.mentions.items():
        near = [found for found in mentions if not (kept and scene.distance(found))]
        if near:
            arcs = [scene.tags.top(column, span_of(found)) / SCALE for found in near]
            arc = max(arcs)
            found = near[arcs.index(arc)]
            features = ground.features[key] | place_features(scene, own, arc, found, near)
            drafts[key] = arc, partial(place_value, view, found), features
    ruled: Key | None = key_of(mine.place) if mine else None
    if mine is not None and ruled is not None:
        arc, _, known = drafts.get(ruled, (NO_ARC, None, {"no mention": 1.0}))
        drafts[ruled] = arc, partial(as_is, mine), known
    best = max([arc for arc, _, _ in drafts.values()], default=0.0)
    for key, (arc, make, features) in sorted(drafts.items(), key=lambda item: item[0] != ruled):
        features |= {"top": float(arc >= best), "below top": arc - best}
        if key == ruled and mine is not None:
            features |= {"rule": 1.0, "rule*arc": arc, f"rule by={mine.by}": 1.0}
        yield Option(make, features)


def key_of(place: Place) -> Key:
    return place.name, place.lat, place.lon


def ground_of(view: View) -> Ground:
    """Worked out once for all events of a report."""
    if view.ground is None:
        mentions: dict[Key, list[Found[PlaceLink]]] = {}
        weight: dict[str | None, float] = {}  # of each country: a mention counts once, half as a figure of speech
        for found in view.places:
            if (place := found.record.place) is not None:
                mentions.setdefault(key_of(place), []).append(found)
                weight[place.country] = weight.get(place.country, 0.0) + (1.0 if found.record.use == "literal" else 0.5)
        places = {key: place for key, told in mentions.items() if (place := told[0].record.place) is not None}
        features = {
            key: standing(view, place, mentions[key], weight)
            | {
                "holds another": float(any(inside(other, place) for other in places.values())),
                "in another": float(any(inside(place, other) for other in places.values())),
            }
            for key, place in places.items()
        }
        view.ground = Ground(mentions, features)
    return view.ground


def standing(view: View, place: Place, mentions: list[Found[PlaceLink]], weight: dict[str | None, float]) -> dict[str, float]:
    """How much of the report a place and its country are, and whether it opens it."""
    main = float(weight[place.country] == max(weight.values()))
    sentences = [view.reading.sentences[sentence_of(view, one)] for one in mentions]
    return {
        f"precision={grain(place)}": 1.0,
        "share": len(mentions) / len(view.places),
        "times told": math.log1p(len(mentions)),
        "told once": float(len(mentions) == 1),
        "unlisted": float(place.unlisted),
        "main country": main,
        f"main country*{grain(place)}": main,
        "country share": weight[place.country] / sum(weight.values()),
        "first sentence": float(sentences[0].index == 0),
        "lead": float(sentences[0].index < LEAD),
        "dateline": float(any(one.record.use == "dateline" for one in mentions)),
        "headline": float(any(sentence.kind == "headline" for sentence in sentences)),
    }


def finest_near(scene: Scene) -> int:
    """The finest fineness that a literal place of the event's own sentences has."""
    near = [
        FINENESS[grain(found.record.place)]
        for found in scene.view.places
        if found.record.place is not None and found.record.use == "literal" and scene.distance(found) == 0
    ]
    return min(near, default=len(FINENESS))


def place_value(view: View, found: Found[PlaceLink]) -> Value:
    value = where_of(view, found, "coder.where:tagger")
    assert value is not None  # places without a record are no options
    return value


def place_features(scene: Scene, own: int, arc: float, found: Found[PlaceLink], near: list[Found[PlaceLink]]) -> dict[str, float]:
    """What a place is to the event, by its mention with the best arc, and by `near`, all its mentions that may count."""
    place, event = found.record.place, scene.event
    assert place is not None
    coarser = float(FINENESS[grain(place)] > own)
    away = [scene.distance(one) for one in near]
    return {
        "arc": arc,
        "label": scene.tags.label("place", span_of(found)) / SCALE,
        f"use={found.record.use}": 1.0,
        f"{event.type}*{grain(place)}": 1.0,
        f"{event.sub_type}*{grain(place)}": 1.0,
        f"away={min(3, scene.distance(found))}": 1.0,
        "told near": math.log1p(sum(distance == 0 for distance in away)),
        "told nearly": math.log1p(sum(distance <= 1 for distance in away)),
        "coarser than near": coarser,
        f"coarser than near*{event.type}": coarser,
        **dict.fromkeys(names_over(scene.view, found), 1.0),
        **clause_features(scene, found, place),
    }


def names_over(view: View, found: Found[PlaceLink]) -> Iterator[str]:
    """Named parties whose name is the place's, or holds it: "Sinn Fein", the "Islamic State of Iraq", Mr Clark."""
    for party in view.parties_over((found.first, found.last)):
        if not party.record.generic and party.first <= found.first and found.last <= party.last:
            yield f"name of {party.record.kind}"
            if (party.first, party.last) != (found.first, found.last):
                yield f"in name of {party.record.kind}"


def inside(place: Place, area: Place) -> bool:
    """True where the one is a finer place of the other, a country or a first-level area."""
    if place.country != area.country or FINENESS[grain(place)] >= FINENESS[grain(area)]:
        return False
    return grain(area) == "country" or (area.admin1 is not None and area.admin1 == place.admin1)


def clause_features(scene: Scene, found: Found[PlaceLink], place: Place) -> dict[str, float]:
    """How a mention stands to the tellings of its own sentence; empty where there is none."""
    at = sentence_of(scene.view, found)
    here = [m for m in scene.group.mentions if m.sentence == at]
    if not here:
        return {}
    triggers = [(m.trigger.first, m.trigger.last) for m in here]
    gap = min([found.first - last if found.first >= last else first - found.last + PLACE_BEFORE for first, last in triggers])
    clause = float(any(m.clause[0] <= found.first < m.clause[1] for m in scene.group.mentions))
    return {
        "gap": math.log1p(max(0, gap)) / 2,
        "beside": float(gap < 3),
        "after": float(any(found.first >= last for _, last in triggers)),
        "clause": clause,
        f"clause*{grain(place)}": clause,
    }


def sentence_of(view: View, found: Found[PlaceLink]) -> int:
    return view.reading.sentence_of[min(found.first, len(view.reading.words) - 1)]
