"""The voices that could tell of a draft event, with their features (choices.py weighs them)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from dateline.coder.options import SCALE, SURE, Option, Scene, as_is
from dateline.coder.voices import ANSWERS, REPORT, tells, voice_of
from dateline.types import Attribution, Voice

REACH = 1  # sentences between a telling and a voice that does not speak of it by the rules
Key = tuple[str, str]  # name and stance: what makes two voices one


@dataclass(frozen=True, slots=True)
class Talk:
    """What is said in the report, as one draft event sees it.

    `holding`: numbers of the attributions whose content holds a telling. `remarks`: of those that speak of the event elsewhere.
    `bare`: share of the tellings that nobody but the report tells. `said`: how often each voice speaks in the report.
    """

    holding: frozenset[int]
    remarks: frozenset[int]
    bare: float
    said: Counter[str]


def talk_of(scene: Scene) -> Talk:
    view, mentions = scene.view, scene.group.mentions
    bare = sum(not any(tells(view.attributions[i]) for i in m.sayings) for m in mentions)
    said = Counter(attribution.name.lower() for attribution in view.attributions)
    holding = frozenset(i for m in mentions for i in m.sayings)
    return Talk(holding, frozenset(scene.group.remarks), bare / max(1, len(mentions)), said)


def voice_options(scene: Scene) -> Iterator[Option]:
    """The report itself, the rules' voices, and whoever speaks within a sentence of a telling."""
    view, event, tags = scene.view, scene.event, scene.tags
    talk = talk_of(scene)
    said = max([tags.label("report", span) for span in scene.words]) / SCALE
    ruled: dict[Key, Voice] = {(v.name.lower(), v.stance): v for v in event.sources}
    column = scene.arcs("source")
    drafts: dict[Key, tuple[Voice, dict[str, float]]] = {}
    for index, attribution in enumerate(view.attributions):
        spans = [(s.start, s.end) for s in attribution.source]
        if not spans:
            continue
        at = view.reading.sentence_at(spans[0][0]).index
        if index not in talk.holding | talk.remarks and scene.away[at] > REACH:
            continue
        voice = voice_of(view, index, event.actors)
        key: Key = (voice.name.lower(), voice.stance)
        arc = max([tags.top(column, span) for span in spans]) / SCALE
        label = max([tags.label("source", span) for span in spans]) / SCALE
        if key not in drafts or arc > drafts[key][1]["arc"]:
            drafts[key] = voice, voice_features(scene, talk, index, attribution, voice, at) | {"arc": arc, "label": label}
    for known, voice in ruled.items():
        drafts[known] = voice, drafts[known][1] if known in drafts else {"no mention": 1.0}
    drafts.setdefault(("report", "affirms"), (REPORT, {"no mention": 1.0}))
    best = max([features.get("arc", -9.0) for _, features in drafts.values()])
    held = max([features.get("holds", 0.0) for _, features in drafts.values()])
    for key, (voice, features) in sorted(drafts.items(), key=lambda item: item[0] not in ruled):
        features |= {f"rules chose={min(3, len(ruled))}": 1.0, f"type={event.type}": 1.0}
        if key in ruled:
            features |= {"rule": 1.0, "rule*arc": features.get("arc", 0.0), f"{event.type}*rule": 1.0}
        if key[0] == "report":
            features |= {
                "report": 1.0,
                "report said": said,
                "report*rule": float(key in ruled),
                "report bare": talk.bare,
                "report beside holder": held,
                "report best arc": max(best, -2.0),
                "report tellings": math.log1p(len(scene.group.mentions)),
                f"report*{event.sub_type}": 1.0,
                f"report*{event.type}": 1.0,
                "report foreground": float(event.foreground),
            }
        elif "arc" in features:
            features["bare"] = talk.bare
        yield Option(partial(as_is, voice), features)


def voice_features(scene: Scene, talk: Talk, index: int, attribution: Attribution, voice: Voice, at: int) -> dict[str, float]:
    """Of a voice by the attribution with its best arc, which stands in sentence `at`."""
    event = scene.event
    told = [m.sentence for m in scene.group.mentions]
    holds, remark = float(index in talk.holding), float(index in talk.remarks)
    answered = ANSWERS.get(attribution.act) if holds or remark else None
    doer = any(voice.name.lower() == actor.name.lower() for actor in event.actors)
    return {
        f"away={min(2, scene.away[at])}": 1.0,
        "before": float(at < min(told)),
        "holds": float(holds or remark),
        "holds telling": holds,
        "holds first": float(any(index in m.sayings for m in scene.group.mentions[:1])),
        "holders": math.log1p(sum(index in m.sayings for m in scene.group.mentions)),
        f"stance={voice.stance}": 1.0,
        f"stance={voice.stance}*holds": holds,
        f"act={attribution.act}": 1.0,
        f"act={attribution.act}*{event.type}": 1.0,
        f"side={voice.side}": 1.0,
        "tells": float(tells(attribution)),
        "tells*holds": float(tells(attribution)) * holds,
        "listed": float(attribution.source_id is not None),
        "speaks often": math.log1p(talk.said[attribution.name.lower()]),
        "speaks alone": float(len(talk.said) == 1),
        "doer": float(doer),
        f"doer*{event.type}": float(doer),
        "inside": float(attribution.inside is not None),
        **({answered: SURE} if answered else {}),
    }
