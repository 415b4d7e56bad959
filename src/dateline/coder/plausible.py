"""How likely a draft event is one that the codebook asks for: a small logistic model over readable features.

Rules find candidates generously; this table of weights, learned from our own gold (train/coder/events.py), says which of them
an expert would code. The probability becomes the event's `score`; drafts below the threshold are dropped and counted.
With a tagger, what it says of the trigger words are further features, and the weights are those of a table of its own.
"""

from __future__ import annotations

import math
from functools import cache

from dateline.coder.grouping import Group
from dateline.coder.mention import ARMED, Mention
from dateline.coder.view import View
from dateline.knowledge import table, wordlists
from dateline.types import Event

CONTEXT = wordlists("coder")["context"]
BIAS = "bias"
THRESHOLD = "threshold"
QUOTES = frozenset('"“”')


@cache
def weights(tagged: bool = False) -> dict[str, float]:
    """Feature → weight, by knowledge alone or with the tagger; `bias` and `threshold` are rows of the same table."""
    return {row["feature"]: float(row["weight"]) for row in table("event_weights_tagger" if tagged else "event_weights")}


def plausibility(view: View, group: Group, event: Event) -> float:
    """Probability (0..1) that an expert codes this event.

    Without a table (before the first training) every draft passes with 1.0.
    """
    known = weights(view.tags is not None)
    if BIAS not in known:
        return 1.0
    total = known[BIAS] + sum(known.get(name, 0.0) * value for name, value in features(view, group, event).items())
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def threshold(tagged: bool = False) -> float:
    return weights(tagged).get(THRESHOLD, 0.0)


def features(view: View, group: Group, event: Event) -> dict[str, float]:
    """Readable features of a draft event; names are stable, values are 0/1 or small numbers."""
    head = group.head
    found = {
        f"class={head.event_class.name}": 1.0,
        f"type={event.type}": 1.0,
        f"sub={event.sub_type}": 1.0,
        f"word={' '.join(head.trigger.rule.words)}": 1.0,
        f"pos={head.trigger.rule.pos}": 1.0,
        f"status={event.status}": 1.0,
        f"sentence={bucket(group.mentions[0].sentence)}": 1.0,
        f"where={event.where.by if event.where else 'none'}": 1.0,
        f"when={event.when.by if event.when else 'none'}": 1.0,
        "foreground": float(event.foreground),
        "mentions": math.log1p(len(group.mentions)),
        "firm mentions": math.log1p(sum(not m.vague and not m.attached for m in group.mentions)),
        "figures": math.log1p(len(event.figures)),
        "weapons": float(bool(event.weapons)),
        "actor": float(bool(event.actors)),
        "actor told": float(any(m.actors for m in group.mentions)),
        "target": float(bool(event.targets)),
        "voices": float(len(event.sources) > 1),
        "report voice": float(any(s.name == "report" for s in event.sources)),
        "headline": float(any(m.trigger.sentence.kind == "headline" for m in group.mentions)),
        "caption": float(all(m.trigger.sentence.kind == "caption" for m in group.mentions)),
        "place near": float(any(m.place_near for m in group.mentions)),
        "time told": float(any(m.time is not None for m in group.mentions)),
        "only points": float(all(m.attached for m in group.mentions)),
        "unreal": float(head.unreal),
        "bare": float(not (event.actors or event.targets or event.figures)),
    }
    found.update({f"actor kind={a.kind}": 1.0 for a in event.actors})
    found.update({f"target kind={t.kind}": 1.0 for t in event.targets})
    found.update(
        {f"{event.type}*actor kind={a.kind}": 1.0 for a in event.actors if event.type in ("Statement", "Strategic developments")}
    )
    found.update({f"unmet={need}": 1.0 for need in head.unmet})
    found["all unmet"] = float(all(m.unmet for m in group.mentions))
    found.update(grammar_features(view, head))
    found.update(report_features(view, group))
    found.update(tag_features(view, group, event))
    return found


def tag_features(view: View, group: Group, event: Event) -> dict[str, float]:
    """What the tagger says of the trigger words: that they name an event at all, and one of this type."""
    if view.tags is None:
        return {}
    spans = [view.offsets((m.trigger.first, m.trigger.last)) for m in group.known]
    labels = {"event": "event", "type": event.type, "sub": f"{event.type}/{event.sub_type}"}
    found = {f"tag {name}": max(view.tags.label(label, span) for span in spans) / 4 for name, label in labels.items()}
    head = view.offsets((group.head.trigger.first, group.head.trigger.last))
    found["tag event of head"] = view.tags.label("event", head) / 4
    found["tag event words"] = max(view.tags.label("event", view.offsets(m.shown)) for m in group.known) / 4
    found["tag foreground"] = max(view.tags.label("foreground", span) for span in spans) / 4
    return found


def grammar_features(view: View, head: Mention) -> dict[str, float]:
    verb, lows = head.trigger.verb, view.reading.lows
    first = lows[head.clause[0]]
    found = {
        "definite": float(head.definite(view)),
        "relative clause": float(first in ("which", "who", "where", "when", "whose", "that")),
        "in quotes": float(any(view.reading.words[t] in QUOTES for t in range(head.trigger.sentence.first, head.trigger.first))),
        "said": float(bool(head.sayings)),
    }
    clause = set(lows[head.clause[0] : head.clause[1]])
    found.update({f"beside={word}": 1.0 for word in clause & CONTEXT})
    if verb is not None:
        found[f"form={verb.form}"] = 1.0
        found["passive"] = float(verb.passive)
        found["perfect"] = float(verb.perfect)
        found["present"] = float(not verb.past and verb.form == "finite" and not verb.perfect)
        found["plural agentless passive"] = float(verb.passive and not head.actors)
    return found


def report_features(view: View, group: Group) -> dict[str, float]:
    """What kind of report the event stands in: news of violence, or a text that mentions it."""
    words = max(1, len(view.reading))
    armed = sum(p.record.kind in ARMED for p in view.parties)
    return {
        "armed parties": min(1.0, armed / 10),
        "nobody armed": float(armed == 0),
        "long report": float(words > 700),
        "published known": float(view.reading.report.published.day is not None),
        "upper": float(view.reading.upper),
        "late": min(1.0, group.mentions[0].sentence / 20),
    }


def bucket(sentence: int) -> str:
    return "0" if sentence == 0 else "1" if sentence == 1 else "2-4" if sentence < 5 else "5-9" if sentence < 10 else "10+"
