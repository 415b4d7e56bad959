"""Tellings that the tagger finds and no list does.

Only where it is sure. Such a telling goes through the same steps as one found by a word of triggers.tsv, with the event class
of its likeliest sub-type. SURE was chosen on own gold, each report read by a model that had not seen it.
"""

from __future__ import annotations

from collections.abc import Iterator

from dateline.coder.lexicon import CoderLexicon, EventClass, TriggerRule
from dateline.coder.triggers import NOMINAL, VERBAL, Trigger, place_trigger
from dateline.coder.view import Region, View

SURE = 99.0  # logit of `event` from which words that no list holds tell of an event
PREPOSITIONS = ("on", "against", "in", "at", "of", "near")
BY = "tagger"


def spotted(view: View, lexicon: CoderLexicon, known: list[Trigger]) -> list[Trigger]:
    """Triggers of the lists and, where the tagger is sure, of words beside them; in text order."""
    if view.tags is None:
        return known
    found = list(known)
    taken = {token for trigger in known for token in range(trigger.first, trigger.last)}
    by_label = {label: known for label, known in classes_by_label(lexicon).items() if label in view.tags.labels}
    for sentence in view.reading.coded:
        for first, last in sure_runs(view, (sentence.first, sentence.last)):
            if taken & set(range(first, last)):
                continue
            label, _ = view.tags.best(tuple(by_label), [view.offsets((first, last))])
            for head, pos in heads(view, (first, last)):
                rule = TriggerRule((view.grammar.lemma(head),), pos, by_label[label], PREPOSITIONS, frozenset(), BY)
                trigger = place_trigger(view, rule, head, head + 1, sentence)
                if trigger is not None:
                    found.append(trigger)
                    break
    return sorted(found, key=lambda trigger: trigger.first)


def sure_runs(view: View, region: Region) -> Iterator[Region]:
    """Unbroken runs of tokens that the tagger is sure of."""
    assert view.tags is not None
    start: int | None = None
    for token in range(region[0], region[1] + 1):
        sure = token < region[1] and view.tags.label("event", view.offsets((token, token + 1))) >= SURE
        if sure and start is None:
            start = token
        if not sure and start is not None:
            yield start, token
            start = None


def heads(view: View, region: Region) -> Iterator[tuple[int, str]]:
    """Tokens that may head the telling, the likeliest first: verbs, then nouns from the last one on."""
    tags = view.grammar.tags
    yield from ((token, "v") for token in range(*region) if tags[token] in VERBAL)
    yield from ((token, "n") for token in reversed(range(*region)) if tags[token] in NOMINAL)


def classes_by_label(lexicon: CoderLexicon) -> dict[str, EventClass]:
    """type/sub-type → the first event class of it."""
    found: dict[str, EventClass] = {}
    for known in lexicon.classes.values():
        found.setdefault(f"{known.type}/{known.sub_type}", known)
    return found
