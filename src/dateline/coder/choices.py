"""Who, to whom, where and according to whom, once more: the rules' choice weighed together with what the tagger says.

For each of these fields of a draft event, every party, place or voice of the report that could stand there is an option. A small
logistic model over readable features (what the rules chose, the tagger's arc from the event's words to the option, kinds,
nearness) gives its chance; knowledge/choice_weights.tsv holds the weights, learned from our own gold by train/coder/choices.py.
Options from the field's threshold on are taken. Without a tagger nothing is weighed: the rules' choice stands.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

import msgspec

from dateline.coder.build import count_of_figure, where_of
from dateline.coder.grouping import Group
from dateline.coder.mention import HUMAN, holds_place
from dateline.coder.naming import participant
from dateline.coder.plausible import BIAS, THRESHOLD
from dateline.coder.signs import signs
from dateline.coder.tolls import HARM
from dateline.coder.view import Found, View
from dateline.coder.voices import REPORT, voice_of
from dateline.knowledge import table
from dateline.types import Count, Event, Figure, Participant, PartyLink, PlaceLink, Voice, Where

if TYPE_CHECKING:
    from dateline.tagger.tags import Offsets

Value = Participant | Voice | Where | Count
PARTY_FIELDS = {"actors": "actor", "targets": "target"}
Key = tuple[object, ...]  # what makes two options one
FIELDS = (*PARTY_FIELDS, "where", "sources", "figures")
MOST = {"actors": 5, "targets": 5, "sources": 5, "figures": 12}  # values of a field
MOST_MENTIONS = 12  # of one party that are looked at, the nearest to the event
HOPELESS = -4.0  # logit of an arc up to which a party that the rules did not choose is no option: two in three, none ever taken
NO_ARC = -9.0  # stands for the arc of a value without a mention
SCALE = 4.0  # logits are divided by this, so that weights of all features are of one size


@dataclass(frozen=True, slots=True)
class Option:
    """A value that could stand in a field, with its readable features. Most are never taken, so they are made when asked for."""

    make: Callable[[], Value]
    features: dict[str, float]

    @property
    def value(self) -> Value:
        return self.make()


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
    known = weights()
    changes: dict[str, object] = {}
    for field in FIELDS:
        if BIAS in known.get(field, {}):
            changes |= taken(field, scored(options(view, group, event, field), known[field]), known[field][THRESHOLD])
    event = msgspec.structs.replace(event, **changes)
    names = {voice.name for voice in event.sources}
    figures = (f if f.source in names else msgspec.structs.replace(f, source=None) for f in event.figures)
    return msgspec.structs.replace(event, figures=tuple(figures))  # who tells a figure is a voice of the event


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


def as_is(value: Value) -> Value:
    return value


def options(view: View, group: Group, event: Event, field: str) -> list[Option]:
    """Everything that could stand in `field`, what the rules chose first."""
    if field in PARTY_FIELDS:
        return list(party_options(view, group, event, field))
    makers = {"where": place_options, "sources": voice_options, "figures": figure_options}
    return list(makers[field](view, group, event))


# ---- parties ---------------------------------------------------------------------------------------------------------


def party_options(view: View, group: Group, event: Event, field: str) -> Iterator[Option]:
    assert view.tags is not None
    role, other = (PARTY_FIELDS[name] for name in (field, "targets" if field == "actors" else "actors"))
    chains: dict[int, list[Found[PartyLink]]] = {}
    for party in view.parties:
        chains.setdefault(party.record.chain, []).append(party)
    mine: tuple[Participant, ...] = event.actors if field == "actors" else event.targets
    theirs = event.targets if field == "actors" else event.actors
    away = sentences_away(view, group)
    words = trigger_words(view, group)
    column, others = view.tags.arcs_from(role, words), view.tags.arcs_from(other, words)
    drafts: list[tuple[Callable[[], Value], dict[str, float]]] = []
    ours = [(p, evidence_spans(p)) for p in mine]
    others_spans = {span for p in theirs for span in evidence_spans(p)}
    placed = set()
    passed = NO_ARC  # the best arc among the hopeless
    for chain in chains.values():
        near = nearest(view, chain, away)
        arcs = [view.tags.top(column, span_of(p)) for p in near]
        at = max(range(len(near)), key=lambda i: arcs[i])
        spot = {(p.record.start, p.record.end) for p in chain}
        ruled = next((p for p, spans in ours if spot & spans), None)
        shown = best_named(near, arcs, at)
        if ruled is None and (holds_place(view, event.type, shown) or (field == "actors" and shown.record.kind not in HUMAN)):
            continue
        if ruled is None and arcs[at] <= HOPELESS:
            passed = max(passed, arcs[at] / SCALE)
            continue
        if ruled is not None:
            placed.add(ruled.name)
        struck = not spot.isdisjoint(others_spans)
        make: Callable[[], Value] = partial(participant, view, shown) if ruled is None else partial(as_is, ruled)
        features = party_features(view, event, near, at, arcs, others, role, other, ruled, struck, away)
        drafts.append((make, features | signs(view, group.known, event, chain, near)))
    strangers = (value for value in mine if value.name not in placed)  # from a claim or a person's words: no party of the finder
    drafts += [
        (partial(as_is, value), {"rule": 1.0, f"rule by={source_of(value)}": 1.0, "no mention": 1.0}) for value in strangers
    ]
    best = max([passed, *(features.get("arc", NO_ARC) for _, features in drafts)])
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


def party_features(
    view: View,
    event: Event,
    near: list[Found[PartyLink]],
    at: int,
    arcs: list[float],
    others: list[float],
    role: str,
    other: str,
    ruled: Participant | None,
    struck: bool,
    away: list[int],
) -> dict[str, float]:
    assert view.tags is not None
    record = near[at].record
    span = span_of(near[at])
    nearby = min(distance(view, p, away) for p in near)
    arc = arcs[at] / SCALE
    features = {
        "arc": arc,
        "arc other": max(view.tags.top(others, span_of(p)) for p in near) / SCALE,
        "label": view.tags.label(role, span) / SCALE,
        "label other": view.tags.label(other, span) / SCALE,
        f"kind={record.kind}": 1.0,
        f"{event.type}*{record.kind}": 1.0,
        f"{event.type}*arc": arc,
        "generic": float(all(p.record.generic for p in near)),
        f"away={min(nearby, 3)}": 1.0,
        "other role": float(struck),
        "mentions": math.log1p(len(near)),
    }
    if ruled is not None:
        features |= {"rule": 1.0, "rule*arc": arc, f"rule by={source_of(ruled)}": 1.0, f"{event.sub_type}*rule": 1.0}
    return features


def source_of(value: Participant) -> str:
    return value.by if value.by.startswith(("code.", "coder.")) else "telling"


def evidence_spans(value: Participant | Count) -> set[tuple[int, int]]:
    return {(one.start, one.end) for one in value.evidence}


def span_of(found: Found[PartyLink] | Found[PlaceLink] | Found[Figure]) -> tuple[int, int]:
    return found.record.start, found.record.end


def sentences_away(view: View, group: Group) -> list[int]:
    """For each sentence of the report, how many sentences it is from the nearest telling of the event."""
    told = {m.sentence for m in group.mentions}
    return [min(abs(at - sentence) for sentence in told) for at in range(len(view.reading.sentences))]


def distance(view: View, found: Found[PartyLink] | Found[PlaceLink], away: list[int]) -> int:
    """Sentences between a mention and the nearest telling of the event."""
    return away[view.reading.sentence_of[min(found.first, len(view.reading) - 1)]]


def nearest(view: View, chain: list[Found[PartyLink]], away: list[int]) -> list[Found[PartyLink]]:
    if len(chain) == 1:
        return chain
    return sorted(chain, key=lambda p: (distance(view, p, away), p.first))[:MOST_MENTIONS]


def best_named(near: list[Found[PartyLink]], arcs: list[float], at: int) -> Found[PartyLink]:
    """The mention that is shown: the one the arc goes to, or a named one of the same party."""
    if not near[at].record.generic:
        return near[at]
    named = [i for i, p in enumerate(near) if not p.record.generic]
    return near[max(named, key=lambda i: arcs[i])] if named else near[at]


def trigger_words(view: View, group: Group) -> list[Offsets]:
    """Code points of the trigger of each telling."""
    return [view.offsets((m.trigger.first, m.trigger.last)) for m in group.known]


# ---- places ----------------------------------------------------------------------------------------------------------


def place_options(view: View, group: Group, event: Event) -> Iterator[Option]:
    assert view.tags is not None
    words, away = trigger_words(view, group), sentences_away(view, group)
    column = view.tags.arcs_from("place", words)
    drafts: dict[Key, tuple[float, Where, dict[str, float]]] = {}
    for found in view.places:
        value = where_of(view, found, "coder.where:tagger")
        if value is None:
            continue
        arc = view.tags.top(column, span_of(found)) / SCALE
        key: Key = (value.place.name, value.place.lat, value.place.lon)
        features = {
            "arc": arc,
            "label": view.tags.label("place", span_of(found)) / SCALE,
            f"use={found.record.use}": 1.0,
            f"precision={value.place.precision}": 1.0,
            f"away={min(3, distance(view, found, away))}": 1.0,
        }
        if key not in drafts or arc > drafts[key][0]:
            drafts[key] = arc, value, features
    mine = event.where
    ruled: Key | None = (mine.place.name, mine.place.lat, mine.place.lon) if mine else None
    if mine is not None and ruled is not None and ruled not in drafts:
        drafts[ruled] = -2.0, mine, {"no mention": 1.0}
    best = max((arc for arc, _, _ in drafts.values()), default=0.0)
    for key, (arc, value, features) in sorted(drafts.items(), key=lambda item: item[0] != ruled):
        features |= {"top": float(arc >= best), "below top": arc - best}
        if key == ruled and mine is not None:
            value = mine
            features |= {"rule": 1.0, "rule*arc": arc, f"rule by={mine.by}": 1.0}
        yield Option(partial(as_is, value), features)


# ---- figures ---------------------------------------------------------------------------------------------------------


def figure_options(view: View, group: Group, event: Event) -> Iterator[Option]:
    """The figures of the rules' event, and every measured figure of the report."""
    assert view.tags is not None
    away = sentences_away(view, group)
    column = view.tags.arcs_from("figure", trigger_words(view, group))
    ruled: dict[Key, Count] = {(c.measure, c.low, c.high): c for c in event.figures}
    drafts: dict[Key, tuple[Count, dict[str, float]]] = {}
    clauses = {m.clause for m in group.mentions}
    doers = [span for actor in event.actors for span in evidence_spans(actor)]
    for found in view.figures:
        record = found.record
        counts_doers = any(start < record.end and record.start < end for start, end in doers)
        if record.measure is None or (counts_doers and record.measure in HARM):  # "two men shot three": none of the two
            continue
        if view.reading.sentences[view.reading.sentence_of[found.first]].kind == "furniture":
            continue
        key: Key = (record.measure, record.low, record.high)
        arc = view.tags.top(column, span_of(found)) / SCALE
        at = away[view.reading.sentence_of[found.first]]
        features = {
            "arc": arc,
            "label": view.tags.label("figure", span_of(found)) / SCALE,
            f"measure={record.measure}": 1.0,
            f"{event.type}*{record.measure}": 1.0,
            f"away={min(3, at)}": 1.0,
            "clause": float(any(first <= found.first < last for first, last in clauses)),
            f"about={record.about}": 1.0,
            "part": float(record.part_of is not None),
        }
        if key not in drafts or arc > drafts[key][1]["arc"]:
            drafts[key] = count_of_figure(view, found), features
    for key, count in ruled.items():
        arc = max((view.tags.top(column, span) for span in evidence_spans(count)), default=0.0) / SCALE
        drafts.setdefault(key, (count, {"no mention": 1.0, "arc": arc, f"measure={count.measure}": 1.0}))
    best = max((features.get("arc", -9.0) for _, features in drafts.values()), default=0.0)
    for key, (count, features) in sorted(drafts.items(), key=lambda item: item[0] not in ruled):
        features |= {"top": float(features.get("arc", -9.0) >= best), "below top": features.get("arc", best) - best}
        features |= {"rules chose": min(4.0, len(ruled)) / 4, "rules chose none": float(not ruled)}
        if key in ruled:
            count = ruled[key]
            features |= {"rule": 1.0, "rule*arc": features.get("arc", 0.0), f"{event.type}*rule": 1.0}
        yield Option(partial(as_is, count), features)


# ---- voices ----------------------------------------------------------------------------------------------------------


def voice_options(view: View, group: Group, event: Event) -> Iterator[Option]:
    """The report itself, the rules' voices, and whoever speaks within a sentence of a telling."""
    assert view.tags is not None
    words, away = trigger_words(view, group), sentences_away(view, group)
    said = max(view.tags.label("report", span) for span in words) / SCALE
    ruled: dict[tuple[str, str], Voice] = {(v.name.lower(), v.stance): v for v in event.sources}
    column = view.tags.arcs_from("source", words)
    drafts: dict[tuple[str, str], tuple[Voice, dict[str, float]]] = {}
    spoken = {i for m in group.mentions for i in m.sayings} | set(group.remarks)
    for index, attribution in enumerate(view.attributions):
        spans = [(s.start, s.end) for s in attribution.source]
        if not spans:
            continue
        sentence = view.reading.sentence_at(spans[0][0]).index
        if index not in spoken and away[sentence] > 1:
            continue
        voice = voice_of(view, index, event.actors)
        key: tuple[str, str] = (voice.name.lower(), voice.stance)
        arc = max(view.tags.top(column, span) for span in spans) / SCALE
        features = {
            "arc": arc,
            "label": max(view.tags.label("source", span) for span in spans) / SCALE,
            f"away={min(2, away[sentence])}": 1.0,
            "holds": float(index in spoken),
            f"stance={voice.stance}": 1.0,
            f"act={attribution.act}": 1.0,
        }
        if key not in drafts or arc > drafts[key][1]["arc"]:
            drafts[key] = voice, features
    for known, voice in ruled.items():
        drafts.setdefault(known, (voice, {"no mention": 1.0}))
    drafts.setdefault(("report", "affirms"), (REPORT, {"no mention": 1.0}))
    for key, (voice, features) in sorted(drafts.items(), key=lambda item: item[0] not in ruled):
        features |= {f"rules chose={min(3, len(ruled))}": 1.0, f"type={event.type}": 1.0}
        if key in ruled:
            voice = ruled[key]
            features |= {"rule": 1.0, "rule*arc": features.get("arc", 0.0), f"{event.type}*rule": 1.0}
        if key[0] == "report":
            features |= {"report": 1.0, "report said": said, "report*rule": float(key in ruled)}
        yield Option(partial(as_is, voice), features)
