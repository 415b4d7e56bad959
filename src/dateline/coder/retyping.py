"""The sub-type of a draft event, where rules and tagger have their say together.

The sub-type of the rules and those that the tagger holds likeliest are options; a small logistic model over readable features
(who chose it, the tagger's logits, what the rules would have, the parties, weapons and figures that go with it) picks one. The
weights stand in mark_weights.tsv, learned by train/coder/marks.py from our own gold. Without a tagger the rules decide.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from dateline.coder.grouping import Group
from dateline.coder.options import SCALE
from dateline.coder.plausible import BIAS
from dateline.coder.view import View
from dateline.types import FAMILY_OF_TYPE, Event, Status

MOST = 4  # sub-types of the tagger that are options
STATUS_OF: dict[str, Status] = {"Threat": "threatened", "Disrupted weapons use": "foiled"}
UNSEEN = -2.0  # stands for the logit of a sub-type that the tagger does not know
Option = tuple[str, dict[str, float]]  # label of a sub-type, its features


def retyped(view: View, group: Group, event: Event, known: dict[str, float]) -> Event:
    """The event with the sub-type that is likeliest by the weights `known`."""
    best, most = "", float("-inf")
    for label, features in options(view, group, event):
        total = known[BIAS] + sum([known.get(name, 0.0) * value for name, value in features.items()])
        if total > most:
            best, most = label, total
    if best == label_of(event):
        return event
    kind, sub = split(best)
    return msgspec.structs.replace(event, type=kind, sub_type=sub, status=status_of(event, sub), by="coder.type:tagger")


def status_of(event: Event, sub_type: str) -> Status:
    """Threats are threatened, what is disrupted is foiled (CODEBOOK section 4): a status that the type gave goes with it."""
    told: Status = "occurred" if event.status == STATUS_OF.get(event.sub_type) else event.status
    return STATUS_OF.get(sub_type, told) if told == "occurred" else told


def options(view: View, group: Group, event: Event) -> list[Option]:
    """The rules' sub-type first, then the likeliest of the tagger's."""
    assert view.tags is not None
    tags, ruled = view.tags, label_of(event)
    spans = [view.offsets((m.trigger.first, m.trigger.last)) for m in group.known]
    head = view.offsets((group.head.trigger.first, group.head.trigger.last))
    labels = sub_types(tuple(tags.labels))
    columns = tags.highest(spans)
    logits = {label: columns[tags.labels[label]] / SCALE for label in labels}
    likely = sorted(labels, key=logits.__getitem__, reverse=True)[:MOST]
    best = logits[likely[0]] if likely else UNSEEN
    found = []
    for label in dict.fromkeys([ruled, *likely]):
        logit = logits.get(label, UNSEEN)
        sub = split(label)[1]
        features = {
            "logit": logit,
            "logit of head": tags.label(label, head) / SCALE if label in logits else UNSEEN,
            "below best": logit - best,
            "best": float(logit >= best),
            "rule": float(label == ruled),
            "rule*logit": logit * (label == ruled),
            f"rule={event.sub_type}>{sub}": 1.0,
            f"class={group.head.event_class.name}>{sub}": 1.0,
            "other family": float(FAMILY_OF_TYPE[split(label)[0]] != FAMILY_OF_TYPE[event.type]),
        }
        features.update((f"{sign}>{sub}", 1.0) for sign in signs(event))
        found.append((label, features))
    return found


def signs(event: Event) -> list[str]:
    """What the event holds that goes with some sub-types and not with others."""
    kinds = {
        "actor": {str(a.kind) for a in event.actors},
        "target": {str(t.kind) for t in event.targets},
        "weapon": {w.kind for w in event.weapons},
        "figure": {c.measure for c in event.figures},
    }
    return [f"{field}={kind}" for field, held in kinds.items() for kind in sorted(held) or ["none"]]


def label_of(event: Event) -> str:
    return f"{event.type}/{event.sub_type}"


@lru_cache(maxsize=4)
def sub_types(labels: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the tagger's labels that are sub-types."""
    return tuple(label for label in labels if split(label)[1])


def split(label: str) -> tuple[str, str]:
    """Type and sub-type of a label of the tagger: both may hold a slash themselves."""
    for kind in FAMILY_OF_TYPE:
        if label.startswith(f"{kind}/"):
            return kind, label[len(kind) + 1 :]
    return label, ""
