"""Sub-type, foreground and status of a draft event, where rules and tagger have their say together.

A sub-type of the same family takes the place of that of the rules where the tagger prefers it by a margin, chosen on the
development reports of our own gold, each read by a tagger that had not seen it. Foreground, and whether something goes on, are
weighed by a small logistic model over readable features (train/coder/marks.py). Without a tagger the rules decide.
"""

from __future__ import annotations

import datetime
import math
from functools import cache, lru_cache
from statistics import fmean

import msgspec

from dateline.coder import plausible
from dateline.coder.grouping import Group
from dateline.coder.plausible import BIAS
from dateline.coder.view import View
from dateline.knowledge import table
from dateline.types import FAMILY_OF_TYPE, Event

MARGIN = 4.0  # logits by which another sub-type of the same family must beat that of the rules
GOES_ON = 0.4  # chance from which an event is "ongoing"
AGES = ((-1, "future"), (0, "0"), (1, "1"), (3, "2-3"), (10, "4-10"))  # days up to which


def mark(view: View, group: Group, event: Event) -> Event:
    """The event with the sub-type and the foreground that rules and tagger make together."""
    if view.tags is not None:
        event = weighed(view, group, retyped(view, group, event))
    return undated(event)


def undated(event: Event) -> Event:
    """What is told in passing, without a day, did not happen on the day of the news."""
    if event.foreground or event.when is None or event.when.by == "code.when:told":
        return event
    return msgspec.structs.replace(event, when=None)


def retyped(view: View, group: Group, event: Event) -> Event:
    assert view.tags is not None
    spans = [view.offsets((m.trigger.first, m.trigger.last)) for m in group.known]
    family = FAMILY_OF_TYPE[event.type]
    best, logit = view.tags.best(sub_types(tuple(view.tags.labels), family), spans)
    ruled = f"{event.type}/{event.sub_type}"
    known = max(view.tags.label(ruled, span) for span in spans) if ruled in view.tags.labels else logit
    if logit <= 0 or logit - known <= MARGIN:
        return event
    kind, sub = split(best)
    return msgspec.structs.replace(event, type=kind, sub_type=sub, by="coder.type:tagger")


@lru_cache(maxsize=64)
def sub_types(labels: tuple[str, ...], family: str) -> tuple[str, ...]:
    """Those of the tagger's labels that are sub-types of a family."""
    return tuple(label for label in labels if FAMILY_OF_TYPE.get(split(label)[0]) == family and split(label)[1])


def split(label: str) -> tuple[str, str]:
    """Type and sub-type of a label of the tagger: both may hold a slash themselves."""
    for kind in FAMILY_OF_TYPE:
        if label.startswith(f"{kind}/"):
            return kind, label[len(kind) + 1 :]
    return label, ""


def weighed(view: View, group: Group, event: Event) -> Event:
    """Foreground, and whether it goes on, by the weights of mark_weights.tsv; the rules' word is one of the features."""
    known = weights()
    if not known:
        return event
    found = features(view, group, event)
    news = chance(known["foreground"], found) >= 0.5
    status = event.status
    if status in ("occurred", "ongoing"):
        status = "ongoing" if chance(known["ongoing"], found) >= GOES_ON else "occurred"
    return msgspec.structs.replace(event, foreground=news, status=status)


@cache
def weights() -> dict[str, dict[str, float]]:
    """Mark → feature → weight; empty without a table."""
    known: dict[str, dict[str, float]] = {}
    for row in table("mark_weights"):
        known.setdefault(row["mark"], {})[row["feature"]] = float(row["weight"])
    return known


def chance(known: dict[str, float], found: dict[str, float]) -> float:
    total = known[BIAS] + sum(known.get(name, 0.0) * value for name, value in found.items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def features(view: View, group: Group, event: Event) -> dict[str, float]:
    """What plausibility looks at, but no single words; how old the event is told to be; and what the tagger says of its news."""
    assert view.tags is not None
    found = {name: value for name, value in plausible.features(view, group, event).items() if not name.startswith("word=")}
    logits = [view.tags.label("foreground", view.offsets((m.trigger.first, m.trigger.last))) for m in group.known]
    told, old = event.when.by if event.when else "none", age(view, event)
    return found | {
        "news": fmean(logits) / 4,
        f"age={old}": 1.0,
        f"age={old} {told}": 1.0,
        f"{event.type}*foreground": float(event.foreground),
        "foreground*news": float(event.foreground) * fmean(logits) / 4,
    }


def age(view: View, event: Event) -> str:
    """Days from the event to publication, in steps; "unknown" where one of the two is."""
    published = view.reading.report.published.day
    if published is None or event.when is None or event.when.latest is None:
        return "unknown"
    days = (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(event.when.latest)).days
    return next((name for most, name in AGES if days <= most), "old")
