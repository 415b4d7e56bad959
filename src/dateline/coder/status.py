"""Did it happen? Status of a trigger from modality, negation, aspect and the words around it."""

from __future__ import annotations

from functools import cache

from dateline.annotate.grammar import VerbGroup
from dateline.coder.roles import Roles
from dateline.coder.triggers import Trigger
from dateline.coder.view import View
from dateline.knowledge import rules, wordlists
from dateline.types import Status

WISH_VERBS = wordlists("coder")["wish_verbs"]


@cache
def lists() -> dict[str, frozenset[str]]:
    data = rules("status")
    return {name: frozenset(text.split()) for part in ("verbs", "words") for name, text in data[part].items()}


def status_of(view: View, trigger: Trigger, roles: Roles) -> Status | None:
    """The status, or None when the words tell of no event: negated, general or only imagined."""
    status = verb_status(view, trigger) if trigger.verb is not None else noun_status(view, trigger, roles)
    usual: Status = trigger.rule.event_class.status  # type: ignore[assignment]
    if status in ("occurred", "ongoing") and usual != "occurred":
        return usual
    if status == "occurred" and lasting(view, trigger, roles):
        return "ongoing"
    return status


def lasting(view: View, trigger: Trigger, roles: Roles) -> bool:
    """Sieges, offensives and campaigns go on unless told to have ended; so does what is done "regularly" or "is surrounded"."""
    known, lows = lists(), view.reading.lows
    words = set(lows[max(trigger.sentence.first, trigger.first - 4) : trigger.last])
    verb = trigger.verb or roles.governor
    ended = verb is not None and verb.lemma in known["ending"] and trigger.verb is None
    if trigger.rule.words[0] in known["lasting"] and trigger.rule.event_class.name in ("other", "clash"):
        return not ended
    if words & known["regular"]:
        return True
    return trigger.verb is not None and trigger.verb.passive and lows[trigger.verb.first] in ("is", "are", "remain", "remains")


def verb_status(view: View, trigger: Trigger) -> Status | None:
    verb, known = trigger.verb, lists()
    assert verb is not None
    if verb.negated or conditional(view, trigger) or wished(view, trigger):
        return None
    if verb.modal and threatening(view, trigger):
        return "threatened"
    if verb.modal:
        return "planned" if verb.modal in known["future"] or verb.modal == "going to" else None
    if verb.form == "inf":
        return infinitive_status(view, trigger)
    if verb.progressive and not verb.past and not verb.perfect:
        return "ongoing"
    if verb.progressive and verb.past:
        return "ongoing"
    return "occurred"


def threatening(view: View, trigger: Trigger) -> bool:
    """ "may launch an operation unless the fighting stops": force held out on a condition, by somebody who says so."""
    sentence = trigger.sentence
    return "unless" in view.reading.lows[sentence.first : sentence.last] and bool(
        view.spoken("content", view.reading.starts[trigger.first])
    )


def wished(view: View, trigger: Trigger) -> bool:
    """ "demanded that the army withdraw", "to stop militiamen from looting": not told as done."""
    verb = trigger.verb
    assert verb is not None
    bare = verb.form == "finite" and view.grammar.tags[verb.head] == "VB"
    return (bare or (verb.form == "ing" and after_from(view, trigger))) and after_wish(trigger)


def after_from(view: View, trigger: Trigger) -> bool:
    return trigger.chunk > 0 and view.reading.lows[trigger.phrases.chunks[trigger.chunk - 1].first] == "from"


def after_wish(trigger: Trigger) -> bool:
    """The last verb before the trigger asks for, or stops, what is told."""
    earlier = [c for c in trigger.phrases.chunks[: trigger.chunk] if isinstance(c, VerbGroup)]
    return bool(earlier) and earlier[-1].lemma in WISH_VERBS


def infinitive_status(view: View, trigger: Trigger) -> Status | None:
    known, chunks = lists(), trigger.phrases.chunks
    for i in range(trigger.chunk - 1, max(-1, trigger.chunk - 5), -1):
        chunk = chunks[i]
        if not isinstance(chunk, VerbGroup):
            if chunk.kind == "NP" and view.grammar.lemma(chunk.head) in ("attempt", "bid", "effort", "try", "plot", "plan"):
                before = trigger.phrases.chunks[i - 1] if i else chunk
                return "foiled" if isinstance(before, VerbGroup) and before.lemma in known["foil"] else "attempted"
            continue
        if chunk.negated or chunk.modal:
            return None
        if chunk.lemma in known["attempt"]:
            return "attempted"
        if chunk.lemma in known["aspect"]:
            return "occurred"
        return None
    return None


def noun_status(view: View, trigger: Trigger, roles: Roles) -> Status | None:
    known, lows = lists(), view.reading.lows
    chunk = trigger.phrases.chunks[trigger.chunk]
    before = lows[chunk.first : trigger.first]
    if known["negators"] & set(before[:2]) or known["unreal_modifiers"] & set(before) or conditional(view, trigger):
        return None
    if after_from(view, trigger) and after_wish(trigger) and trigger.first == chunk.first:  # "to stop militiamen from looting"
        return None
    previous = lows[max(trigger.sentence.first, chunk.first - 2) : chunk.first]
    if previous and (
        (set(previous) & known["threat_nouns"] and previous[-1] in ("of", "for"))
        or (previous[-1] in ("against", "without") and roles.governor is None)
    ):
        return None
    verb = roles.governor
    if "attempt" in trigger.rule.words:
        return "attempted"
    if verb is not None:
        if verb.lemma == "plan" and trigger.rule.event_class.name == "protest" and not verb.negated:
            return "planned"
        if verb.negated or (verb.lemma in known["unreal"] and not verb.passive):
            return None
        if verb.modal and threatening(view, trigger):
            return "threatened"
        if verb.modal:
            return "planned" if verb.modal in known["future"] else None
        if verb.form == "inf" and verb.first < trigger.first:
            chunks = trigger.phrases.chunks
            at = chunks.index(verb)
            earlier = next((c for c in reversed(chunks[max(0, at - 4) : at]) if isinstance(c, VerbGroup)), None)
            if earlier is None or earlier.lemma not in known["aspect"] | known["attempt"]:
                return None
        if verb.lemma in known["foil"]:
            return "foiled"
    if known["attempted"] & set(before):
        return "attempted"
    if known["foiled"] & set(before):
        return "foiled"
    if known["ongoing"] & set(before) or (verb is not None and (verb.progressive or verb.lemma in ("continue", "rage"))):
        return "ongoing"
    return "occurred"


def conditional(view: View, trigger: Trigger) -> bool:
    """True inside an "if" or "unless" clause."""
    chunks, lows = trigger.phrases.chunks, view.reading.lows
    for i in range(trigger.chunk - 1, -1, -1):
        word = lows[chunks[i].first]
        if word in lists()["unreal_before"]:
            return True
        if word in (",", ";") or chunks[i].kind == "REL":
            return False
    return False
