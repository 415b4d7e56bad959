"""Readable signs that a party takes part in an event: how its mentions stand to the tellings, what counts it, whether it speaks.

They are features of the choice between parties (choices.py), beside the rules' own choice and the tagger's arcs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from dateline.annotate.grammar import VerbGroup
from dateline.coder.mention import HELD, Mention
from dateline.coder.view import Found, View
from dateline.types import Event, PartyLink

HARM = frozenset(("killed", "injured", "missing", "trapped"))
LEAD_SENTENCES = 2
GAPS = (2, 5, 10, 20)  # tokens between a party and the event's words
MOST_BETWEEN = 3
MOST_SPEAKING, MOST_COUNTED = 3, 6  # mentions of a party that are looked at, the nearest to the event
Links = Sequence[Found[PartyLink]]


def signs(view: View, tellings: Sequence[Mention], event: Event, chain: Links, near: Links) -> dict[str, float]:
    """Features of one party for one event: all its mentions are `chain`, those nearest to the event `near`, the nearest first."""
    record, sentence_of = near[0].record, view.reading.sentence_of
    held = {f"{event.sub_type}*{record.kind}"}
    for mention in tellings:
        for party in near:  # a bounded number, however often the report names the party
            if sentence_of[party.first] == mention.sentence:
                held.update(relation(view, mention, party))
    held.update(counted(view, tellings, near[:MOST_COUNTED]))
    return {
        **dict.fromkeys(sorted(held), 1.0),
        "in lead": float(sentence_of[min(party.first for party in chain)] < LEAD_SENTENCES),
        "told": math.log1p(len(chain)),
        "private": float(record.private),
        "speaks": float(any(speaks(view, party) for party in near[:MOST_SPEAKING])),
    }


def relation(view: View, mention: Mention, party: Found[PartyLink]) -> Iterator[str]:
    """How a party stands to the event's words in one sentence: voice, side, clause, distance, preposition, verb of its own."""
    trigger, lows, tags = mention.trigger, view.reading.lows, view.grammar.tags
    verb, chunks = trigger.verb, trigger.phrases.chunks
    voice = "noun" if verb is None else "passive" if verb.passive else verb.form
    head = view.head_of(party)
    side = "before" if head < trigger.first else "after" if head >= trigger.last else "inside"
    inside = mention.clause[0] <= head < mention.clause[1]
    yield f"{voice} {side} {'clause' if inside else 'sentence'}"
    gap = trigger.first - party.last if side == "before" else party.first - trigger.last
    yield f"{side} gap={sum(gap > edge for edge in GAPS)}"
    chunk = chunks[trigger.phrases.of_token.get(party.first, trigger.chunk)]
    before = chunk.first - 1
    if before >= trigger.sentence.first and tags[before] in ("IN", "TO"):
        yield f"{voice} {side} under {lows[before]}"
    if lows[party.last - 1].endswith(HELD):
        yield "holds"
    following = trigger.phrases.of_token.get(chunk.last)
    follower = chunks[following] if following is not None else None
    if isinstance(follower, VerbGroup):
        yield "subject of own" if follower is verb else "subject of other"
    span = (min(head, trigger.first), max(head, trigger.last))
    others = sum(other.record.chain != party.record.chain for other in view.parties_over(span))
    yield f"{side} over {min(others, MOST_BETWEEN)}"


def counted(view: View, tellings: Sequence[Mention], near: Links) -> Iterator[str]:
    """What a figure that counts the party measures, where it is one of this event; "other" where it is not."""
    own = {figure.index: figure.record.measure for mention in tellings for figure in mention.figures}
    for party in near:
        for figure in view.figures_in((party.first, party.last)):
            measure = own.get(figure.index, "other")
            yield f"counted {'harm' if measure in HARM else measure}"


def speaks(view: View, party: Found[PartyLink]) -> bool:
    start = party.record.start
    return any(first <= start < last for first, last, _ in view.spans_near("source", start))
