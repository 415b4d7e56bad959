"""The places where a draft event could have happened, with their features (choices.py weighs them)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

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
    """What the places of one report tell together, as one draft event sees them.

    `mentions`: of each place, in text order. `weight`: of each country, a mention counts once, half as adjective or other figure
    of speech. `places`: one record for each place. `own`: the finest fineness that a literal place of the event's sentences has.
    """

    mentions: dict[Key, list[Found[PlaceLink]]]
    weight: dict[str | None, float]
    places: list[Place]
    own: int


def place_options(scene: Scene) -> Iterator[Option]:
    """The places of the report, the rules' choice first. One told in the event's own clause leaves only its sentences' places."""
    view, column = scene.view, scene.arcs("place")
    mine = scene.event.where
    kept = mine is not None and mine.by == IN_CLAUSE  # not given up for a place of another sentence
    ground = ground_of(scene)
    drafts: dict[Key, tuple[float, Callable[[], Value], dict[str, float]]] = {}
    for key, mentions in ground.mentions.items():
        near = [found for found in mentions if not (kept and scene.distance(found))]
        if near:
            arcs = [scene.tags.top(column, span_of(found)) / SCALE for found in near]
            arc = max(arcs)
            found = near[arcs.index(arc)]
            drafts[key] = arc, partial(place_value, view, found), place_features(scene, ground, arc, found, near)
    ruled: Key | None = key_of(mine.place) if mine else None
    if mine is not None and ruled is not None:
        arc, _, features = drafts.get(ruled, (NO_ARC, None, {"no mention": 1.0}))
        drafts[ruled] = arc, partial(as_is, mine), features
    best = max([arc for arc, _, _ in drafts.values()], default=0.0)
    for key, (arc, make, features) in sorted(drafts.items(), key=lambda item: item[0] != ruled):
        features |= {"top": float(arc >= best), "below top": arc - best}
        if key == ruled and mine is not None:
            features |= {"rule": 1.0, "rule*arc": arc, f"rule by={mine.by}": 1.0}
        yield Option(make, features)


def key_of(place: Place) -> Key:
    return place.name, place.lat, place.lon


def ground_of(scene: Scene) -> Ground:
    mentions: dict[Key, list[Found[PlaceLink]]] = {}
    weight: dict[str | None, float] = {}
    own = len(FINENESS)
    for found in scene.view.places:
        place = found.record.place
        if place is None:
            continue
        mentions.setdefault(key_of(place), []).append(found)
        literal = found.record.use == "literal"
        weight[place.country] = weight.get(place.country, 0.0) + (1.0 if literal else 0.5)
        if literal and scene.distance(found) == 0:
            own = min(own, FINENESS[place.precision])
    places = [place for told in mentions.values() if (place := told[0].record.place) is not None]
    return Ground(mentions, weight, places, own)


def place_value(view: View, found: Found[PlaceLink]) -> Value:
    value = where_of(view, found, "coder.where:tagger")
    assert value is not None  # places without a record are no options
    return value


def place_features(
    scene: Scene, ground: Ground, arc: float, found: Found[PlaceLink], near: list[Found[PlaceLink]]
) -> dict[str, float]:
    """Of a place by its mention with the best arc, and by `near`, all its mentions that may count."""
    place, event = found.record.place, scene.event
    assert place is not None
    mentions = ground.mentions[key_of(place)]
    main = ground.weight[place.country] == max(ground.weight.values())
    coarser = FINENESS[place.precision] > ground.own
    return {
        "arc": arc,
        "label": scene.tags.label("place", span_of(found)) / SCALE,
        f"use={found.record.use}": 1.0,
        f"precision={place.precision}": 1.0,
        f"{event.type}*{place.precision}": 1.0,
        f"{event.sub_type}*{place.precision}": 1.0,
        f"away={min(3, scene.distance(found))}": 1.0,
        "share": len(mentions) / len(scene.view.places),
        "times told": math.log1p(len(mentions)),
        "told once": float(len(mentions) == 1),
        "told near": math.log1p(sum(scene.distance(one) == 0 for one in near)),
        "told nearly": math.log1p(sum(scene.distance(one) <= 1 for one in near)),
        "main country": float(main),
        f"main country*{place.precision}": float(main),
        "country share": ground.weight[place.country] / sum(ground.weight.values()),
        "coarser than near": float(coarser),
        f"coarser than near*{event.type}": float(coarser),
        "holds another": float(any(inside(other, place) for other in ground.places)),
        "in another": float(any(inside(place, other) for other in ground.places)),
        **dict.fromkeys(names_over(scene.view, found), 1.0),
        **lead_features(scene.view, found, mentions),
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
    if place.country != area.country or FINENESS[place.precision] >= FINENESS[area.precision]:
        return False
    return area.precision == "country" or (area.admin1 is not None and area.admin1 == place.admin1)


def lead_features(view: View, found: Found[PlaceLink], mentions: list[Found[PlaceLink]]) -> dict[str, float]:
    sentences = [view.reading.sentences[sentence_of(view, one)] for one in mentions]
    return {
        "first sentence": float(sentences[0].index == 0),
        "lead": float(sentences[0].index < LEAD),
        "dateline": float(any(one.record.use == "dateline" for one in mentions)),
        "headline": float(any(sentence.kind == "headline" for sentence in sentences)),
    }


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
        f"clause*{place.precision}": clause,
    }


def sentence_of(view: View, found: Found[PlaceLink]) -> int:
    return view.reading.sentence_of[min(found.first, len(view.reading.words) - 1)]
