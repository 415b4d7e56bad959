"""Sub-type, foreground and status of a draft event, where rules and tagger have their say together.

The sub-type is chosen by retyping.py. Foreground, and whether something goes on, are weighed by a small logistic model over
readable features (train/coder/marks.py). Without a tagger the rules decide.
"""

from __future__ import annotations

import datetime
import math
from functools import cache
from statistics import fmean

import msgspec

from dateline.coder import plausible
from dateline.coder.grouping import Group
from dateline.coder.plausible import BIAS
from dateline.coder.retyping import retyped
from dateline.coder.view import View
from dateline.knowledge import table
from dateline.types import Event

SUB_TYPE = "sub_type"
GOES_ON = 0.4  # chance from which an event is "ongoing"
AGES = ((-1, "future"), (0, "0"), (1, "1"), (3, "2-3"), (10, "4-10"))  # days up to which


def mark(view: View, group: Group, event: Event) -> Event:
    """The event with the sub-type and the foreground that rules and tagger make together."""
    if view.tags is not None:
        known = weights()
        if SUB_TYPE in known:
            event = retyped(view, group, event, known[SUB_TYPE])
        event = weighed(view, group, event)
    return undated(event)


def undated(event: Event) -> Event:
    """What is told in passing, without a day, did not happen on the day of the news."""
    if event.foreground or event.when is None or event.when.by == "code.when:told":
        return event
    return msgspec.structs.replace(event, when=None)


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
