"""Who, to whom, where and according to whom, once more: the rules' choice weighed together with what the tagger says.

For each of these fields of a draft event, every party, place or voice of the report that could stand there is an option. A small
logistic model over readable features (what the rules chose, the tagger's arc from the event's words to the option, kinds,
nearness) gives its chance; knowledge/choice_weights.tsv holds the weights, learned from our own gold by train/coder/choices.py.
Options from the field's threshold on are taken. Without a tagger nothing is weighed: the rules' choice stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial

import msgspec

from dateline.coder.build import count_of_figure
from dateline.coder.choices_parties import PARTY_FIELDS, party_options
from dateline.coder.choices_places import place_options
from dateline.coder.choices_voices import voice_options
from dateline.coder.grouping import Group
from dateline.coder.naming import alike
from dateline.coder.options import SCALE, Option, Scene, Value, as_is, evidence_spans, scene_of, span_of
from dateline.coder.plausible import BIAS, THRESHOLD
from dateline.coder.tolls import HARM
from dateline.coder.view import Found, View
from dateline.knowledge import table
from dateline.types import Count, Event, Figure, Participant, Voice

Key = tuple[object, ...]  # what makes two options one
FIELDS = (*PARTY_FIELDS, "where", "sources", "figures")
MOST = {"actors": 5, "targets": 5, "sources": 5, "figures": 12}  # values of a field


@cache
def weights() -> dict[str, dict[str, float]]:
    """Field → feature → weight; `bias` and `threshold` are rows of the same table."""
    found: dict[str, dict[str, float]] = {}
    for row in table("choice_weights"):
        found.setdefault(row["field"], {})[row["feature"]] = float(row["weight"])
    return found


def weigh(view: View, group: Group, event: Event) -> Event:
    """The event with the fields of `FIELDS` chosen anew; unchanged without a tagger."""
    if view.tags is None:
        return event
    known, scene = weights(), scene_of(view, group, event)
    changes: dict[str, object] = {}
    for field in FIELDS:
        if BIAS in known.get(field, {}):
            changes |= taken(field, scored(options(scene, field), known[field]), known[field][THRESHOLD])
    event = with_speaker(msgspec.structs.replace(event, **changes))
    names = {voice.name for voice in event.sources}
    figures = (f if f.source in names else msgspec.structs.replace(f, source=None) for f in event.figures)
    return msgspec.structs.replace(event, figures=tuple(figures))  # who tells a figure is a voice of the event


def with_speaker(event: Event) -> Event:
    """A statement whose voices say it without its speaker has the speaker as its voice (CODEBOOK: speaker = actor and source)."""
    if event.type != "Statement" or not event.actors:
        return event
    if any(alike(actor.name, voice.name) for actor in event.actors for voice in event.sources):
        return event
    speaker = event.actors[0]
    voice = Voice(speaker.name, "affirms", speaker.evidence, by="coder.sources:speaker", score=speaker.score)
    return msgspec.structs.replace(event, sources=(voice,))


def scored(found: Sequence[Option], known: dict[str, float]) -> list[tuple[float, Option]]:
    """Options with their chance, the likeliest first."""
    rows = []
    for number, option in enumerate(found):
        total = known[BIAS] + sum([known.get(name, 0.0) * value for name, value in option.features.items()])
        rows.append((-1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total)))), number, option))
    return [(-chance, option) for chance, _, option in sorted(rows, key=lambda row: row[:2])]


def taken(field: str, rows: list[tuple[float, Option]], least: float) -> dict[str, object]:
    """The values of a field from its threshold on. A place is one: the likeliest, however unlikely."""
    if field == "where":
        return {"where": signed(field, rows[0][1], rows[0][0])} if rows else {}
    kept: list[Value] = []
    for chance, option in rows:
        if chance < least or len(kept) == MOST[field]:
            break
        value = signed(field, option, chance)
        if not any(repeats(value, other) for other in kept):
            kept.append(value)
    if field == "sources" and not kept:
        kept = [signed(field, option, chance) for chance, option in rows[:1]]
    return {field: tuple(kept)}


def signed(field: str, option: Option, chance: float) -> Value:
    """The value with its chance; `by` tells where the rules had not chosen it."""
    value = option.value
    by = value.by if "rule" in option.features else f"coder.{field}:tagger"
    return msgspec.structs.replace(value, score=round(chance, 4), by=by)


def repeats(one: Value, other: Value) -> bool:
    """ "terrorists" beside "terrorist groups of Karim": the same party under fewer or more words."""
    if not (isinstance(one, Participant) and isinstance(other, Participant)):
        return isinstance(one, Voice) and isinstance(other, Voice) and one.name == other.name and one.stance == other.stance
    a, b = ({word[:6] for word in p.name.lower().split()} for p in (one, other))
    return a <= b or b <= a


def options(scene: Scene, field: str) -> list[Option]:
    """Everything that could stand in `field`, what the rules chose first."""
    if field in PARTY_FIELDS:
        return list(party_options(scene, field))
    makers = {"where": place_options, "sources": voice_options, "figures": figure_options}
    return list(makers[field](scene))


# ---- figures ---------------------------------------------------------------------------------------------------------


def figure_options(scene: Scene) -> Iterator[Option]:
    """The figures of the rules' event, and every measured figure of the report."""
    view, event = scene.view, scene.event
    column = scene.arcs("figure")
    ruled: dict[Key, Count] = {(c.measure, c.low, c.high): c for c in event.figures}
    told: dict[Key, tuple[float, Found[Figure]]] = {}
    doers = [span for actor in event.actors for span in evidence_spans(actor)]
    for found in view.figures:
        record = found.record
        counts_doers = any(start < record.end and record.start < end for start, end in doers)
        if record.measure is None or (counts_doers and record.measure in HARM):  # "two men shot three": none of the two
            continue
        if view.reading.sentences[view.reading.sentence_of[found.first]].kind == "furniture":
            continue
        key: Key = (record.measure, record.low, record.high)
        arc = scene.tags.top(column, span_of(found)) / SCALE
        if key not in told or arc > told[key][0]:
            told[key] = arc, found
    drafts: dict[Key, tuple[Callable[[], Value], dict[str, float]]] = {
        key: (partial(count_of_figure, view, found), figure_features(scene, arc, found)) for key, (arc, found) in told.items()
    }
    for key, count in ruled.items():
        arc = max([scene.tags.top(column, span) for span in evidence_spans(count)], default=0.0) / SCALE
        unseen = {"no mention": 1.0, "arc": arc, f"measure={count.measure}": 1.0}
        drafts[key] = partial(as_is, count), drafts[key][1] if key in drafts else unseen
    best = max([features["arc"] for _, features in drafts.values()], default=0.0)
    for key, (make, features) in sorted(drafts.items(), key=lambda item: item[0] not in ruled):
        features |= {"top": float(features["arc"] >= best), "below top": features["arc"] - best}
        features |= {"rules chose": min(4.0, len(ruled)) / 4, "rules chose none": float(not ruled)}
        if key in ruled:
            features |= {"rule": 1.0, "rule*arc": features["arc"], f"{event.type}*rule": 1.0}
        yield Option(make, features)


def figure_features(scene: Scene, arc: float, found: Found[Figure]) -> dict[str, float]:
    record = found.record
    return {
        "arc": arc,
        "label": scene.tags.label("figure", span_of(found)) / SCALE,
        f"measure={record.measure}": 1.0,
        f"{scene.event.type}*{record.measure}": 1.0,
        f"away={min(3, scene.distance(found))}": 1.0,
        "clause": float(any(m.clause[0] <= found.first < m.clause[1] for m in scene.group.mentions)),
        f"about={record.about}": 1.0,
        "part": float(record.part_of is not None),
    }
