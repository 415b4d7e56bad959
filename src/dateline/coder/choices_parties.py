"""The parties that could be an actor or a target of a draft event, with their features (choices.py weighs them)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from dateline.coder.mention import HUMAN, holds_place
from dateline.coder.naming import participant
from dateline.coder.options import SCALE, SURE, Option, Scene, Value, as_is, evidence_spans, span_of
from dateline.coder.signs import signs
from dateline.coder.view import Found, View
from dateline.types import Participant, PartyLink

PARTY_FIELDS = {"actors": "actor", "targets": "target"}
HOPELESS = -4.0  # logit of an arc up to which a party that the rules did not choose is no option: two in three, none ever taken
NO_ARC = -9.0  # stands for the arc of a value without a mention
Tops = Sequence[float]  # what Scene.party_tops gives


def party_options(scene: Scene, field: str) -> Iterator[Option]:
    """The parties of the report, those that the rules chose first; `field`: actors or targets."""
    view, event = scene.view, scene.event
    roles = ("actor", "target") if field == "actors" else ("target", "actor")
    mine, theirs = (event.actors, event.targets) if field == "actors" else (event.targets, event.actors)
    tops, others = (scene.party_tops(role) for role in roles)
    ruled, struck = by_chain(view, mine), by_chain(view, theirs)
    drafts: list[tuple[Callable[[], Value], dict[str, float]]] = []
    for number, chain in enumerate(view.chains):
        one = ruled.get(number)
        if one is None and max([tops[i] for i in chain]) <= HOPELESS:
            continue
        near = scene.nearest(chain)
        at = max(near, key=tops.__getitem__)
        shown = best_named(view, near, tops, at)
        if one is None and (tops[at] <= HOPELESS or not may_stand(scene, field, shown)):
            continue
        make: Callable[[], Value] = partial(participant, view, shown) if one is None else partial(as_is, one)
        features = party_features(scene, near, at, tops, others, roles, one, number in struck)
        drafts.append((make, features | signs_of(scene, number, near)))
    placed = {party.name for party in ruled.values()}
    strangers = (value for value in mine if value.name not in placed)  # from a claim or a person's words: no party of the finder
    drafts += [
        (partial(as_is, value), {"rule": 1.0, f"rule by={source_of(value)}": 1.0, "no mention": 1.0}) for value in strangers
    ]
    best = max([features.get("arc", NO_ARC) for _, features in drafts], default=NO_ARC)
    if drafts and best <= HOPELESS / SCALE:
        best = max([best, *passed(scene, field, tops, ruled)])
    for make, features in sorted(drafts, key=lambda draft: "rule" not in draft[1]):
        features |= {
            "top": float(features.get("arc", NO_ARC) >= best),
            "below top": features.get("arc", best) - best,
            "rules chose": min(2.0, len(mine)) / 2,
            "rules chose none": float(not mine),
        }
        features[f"{'rule' if 'rule' in features else 'new'}*top"] = features["top"]
        if not mine:
            features["none*arc"] = features.get("arc", 0.0)
        yield Option(make, features)


def by_chain(view: View, values: Iterable[Participant]) -> dict[int, Participant]:
    """The first of the values that has a mention of the chain as its evidence, for each chain that has one."""
    found: dict[int, Participant] = {}
    for value in values:
        for span in evidence_spans(value):
            for number in view.chains_at.get(span, ()):
                found.setdefault(number, value)
    return found


def passed(scene: Scene, field: str, tops: Tops, ruled: dict[int, Participant]) -> Iterator[float]:
    """Arcs of the parties that were no options for being hopeless: the rules' own may be more so."""
    for number, chain in enumerate(scene.view.chains):
        near = scene.nearest(chain)
        at = max(near, key=tops.__getitem__)
        hopeless = number not in ruled and tops[at] <= HOPELESS
        if hopeless and may_stand(scene, field, best_named(scene.view, near, tops, at)):
            yield tops[at] / SCALE


def may_stand(scene: Scene, field: str, shown: Found[PartyLink]) -> bool:
    """Who holds a place takes no part in what happens there, and only people act."""
    return not holds_place(scene.view, scene.event.type, shown) and (field != "actors" or shown.record.kind in HUMAN)


def signs_of(scene: Scene, number: int, near: Sequence[int]) -> dict[str, float]:
    """The signs of a chain, worked out once for actors and targets."""
    if number not in scene.signs:
        view = scene.view
        chain = [view.parties[i] for i in view.chains[number]]
        found = signs(view, scene.known, scene.event, chain, [view.parties[i] for i in near])
        scene.signs[number] = found | answering(scene, chain)
    return scene.signs[number]


def answering(scene: Scene, chain: Sequence[Found[PartyLink]]) -> dict[str, float]:
    """Whether the party claims the event, denies it or is blamed for it (coder/voices.py)."""
    return {
        sign: SURE
        for sign, spans in scene.answers
        if any(s.start < party.record.end and party.record.start < s.end for s in spans for party in chain)
    }


def party_features(
    scene: Scene,
    near: Sequence[int],
    at: int,
    tops: Tops,
    others: Tops,
    roles: tuple[str, str],
    ruled: Participant | None,
    struck: bool,
) -> dict[str, float]:
    """`near`: mentions of the party, the nearest first; `at`: the one that the arc goes to; `struck`: it has the other role."""
    parties, event, tags = scene.view.parties, scene.event, scene.tags
    record, span, arc = parties[at].record, span_of(parties[at]), tops[at] / SCALE
    features = {
        "arc": arc,
        "arc other": max([others[i] for i in near]) / SCALE,
        "label": tags.label(roles[0], span) / SCALE,
        "label other": tags.label(roles[1], span) / SCALE,
        f"kind={record.kind}": 1.0,
        f"{event.type}*{record.kind}": 1.0,
        f"{event.type}*arc": arc,
        "generic": float(all(parties[i].record.generic for i in near)),
        f"away={min(3, scene.distance(parties[near[0]]))}": 1.0,
        "other role": float(struck),
        "mentions": math.log1p(len(near)),
    }
    if record.generic:
        features[f"head={scene.view.grammar.lemma(scene.view.head_of(parties[at]))}"] = 1.0
    if ruled is not None:
        features |= {"rule": 1.0, "rule*arc": arc, f"rule by={source_of(ruled)}": 1.0, f"{event.sub_type}*rule": 1.0}
    return features


def source_of(value: Participant) -> str:
    return value.by if value.by.startswith(("code.", "coder.")) else "telling"


def best_named(view: View, near: Sequence[int], tops: Tops, at: int) -> Found[PartyLink]:
    """The mention that is shown: the one the arc goes to, or a named one of the same party."""
    parties = view.parties
    if not parties[at].record.generic:
        return parties[at]
    named = [i for i in near if not parties[i].record.generic]
    return parties[max(named, key=tops.__getitem__)] if named else parties[at]
