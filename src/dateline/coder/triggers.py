"""Find the words that name events: every match of a trigger row in the coded part of a report."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.grammar import Chunk, Phrases, VerbGroup
from dateline.annotate.reading import Sentence
from dateline.coder.lexicon import CoderLexicon, TriggerRule, WeaponWord
from dateline.coder.view import Region, View
from dateline.knowledge import wordlists

SKIPPABLE = frozenset(("DT", "JJ", "PRP$", "RB", "RP", "JJR", "RBR", "POS", "NNS", "NN", "CD"))
MAX_GAP = 2
MOST_OF_OBJECT = 8  # words
VERBAL = frozenset(("VB", "VBD", "VBP", "VBZ", "VBN", "VBG"))
NOMINAL = frozenset(("NN", "NNS", "NNP", "NNPS", "VBG"))
# Nouns that may stand after a trigger noun in one phrase and still mean the event: "the bomb attack victims".
WORDS = wordlists("coder")
CARRIERS = WORDS["carriers"]
COMPLEMENTS = WORDS["complements"]  # what becomes of the object, told after it


@dataclass(frozen=True)
class Trigger:
    """Trigger tokens `[first, last)` with their rule and the phrase they head."""

    first: int
    last: int
    rule: TriggerRule
    sentence: Sentence
    phrases: Phrases
    chunk: int  # index into phrases.chunks
    verb: VerbGroup | None  # the verb group, for verbs


VOUCHED = -1.0  # logit of the tagger's `event` from which its reading of a trigger word goes before rules about the words


def vouched(view: View, trigger: Trigger) -> bool:
    """True when the tagger may be right that the trigger word tells an event of its own: then coder/plausible.py decides."""
    return view.tags is not None and view.tags.label("event", view.offsets((trigger.first, trigger.last))) >= VOUCHED


def find_triggers(view: View, lexicon: CoderLexicon) -> list[Trigger]:
    """All triggers, in text order; longer matches win over shorter ones that overlap."""
    found: list[Trigger] = []
    grammar, lows, tags = view.grammar, view.reading.lows, view.grammar.tags
    table = lexicon.triggers
    for sentence in view.reading.coded:
        taken = sentence.first
        for at in range(sentence.first, sentence.last):
            if at < taken or tags[at] in ("DT", "IN", "CC", "CD", "PRP", ",", "."):
                continue
            rows = table.get(grammar.lemma(at)) or table.get(lows[at])
            if not rows or month(view, at) or lows[at] == "according":
                continue
            for rule in rows:
                last = match(view, rule, at, sentence)
                if last is None:
                    continue
                trigger = place_trigger(view, rule, at, last, sentence)
                if trigger is not None and not ("vouched" in rule.needs and not vouched(view, trigger)):
                    found.append(trigger)
                    taken = last
                    break
    return found


def month(view: View, at: int) -> bool:
    """ "March" the month: capitalised inside a sentence, or beside a number or a preposition of time."""
    reading = view.reading
    if reading.lows[at] != "march":
        return False
    beside = reading.lows[max(0, at - 1) : at] + reading.lows[at + 1 : at + 2]
    timely = any(
        word[0].isdigit() or word in ("in", "since", "until", "last", "late", "early", "mid", "of", ",") for word in beside
    )
    return timely or (reading.words[at] == "March" and not reading.upper)


def match(view: View, rule: TriggerRule, at: int, sentence: Sentence) -> int | None:
    """End of the match of `rule` at token `at`, or None.

    Verbs may have up to two light words between their parts, and their whole object before what becomes of it ("took about 35
    people hostage").
    """
    grammar, tags = view.grammar, view.grammar.tags
    if not fits(view, rule, at):
        return None
    position = at + 1
    for word in rule.words[1:]:
        limit = min(position + (MAX_GAP if rule.pos == "v" else 0), sentence.last - 1)
        object_end = position
        if rule.pos == "v" and word in COMPLEMENTS and position < sentence.last:
            object_end = end_of_object(view, position, sentence)
            limit = min(max(limit, object_end), sentence.last - 1)
        step = position
        while step <= limit and step < sentence.last and word not in (grammar.lemma(step), view.reading.lows[step]):
            if step >= object_end and tags[step] not in SKIPPABLE:
                return None
            step += 1
        if step > limit or step >= sentence.last:
            return None
        position = step + 1
    return position


def end_of_object(view: View, at: int, sentence: Sentence) -> int:
    """End of the noun phrase that begins at token `at`, with its "of" phrase; `at` itself where none begins."""
    phrases = view.grammar.phrases(sentence)
    index, end = phrases.at(at), at
    while index < len(phrases.chunks) and phrases.chunks[index].last - at <= MOST_OF_OBJECT:
        chunk = phrases.chunks[index]
        if chunk.kind == "NP":
            end = chunk.last
        elif view.reading.lows[chunk.first] not in ("of", "about", "at", "around", "some", "and"):
            break
        index += 1
    return end


def fits(view: View, rule: TriggerRule, at: int) -> bool:
    tag = view.grammar.tags[at]
    if rule.pos == "v":
        return tag in VERBAL
    if rule.pos == "a":
        return tag in ("JJ", "NN", "VBN")
    return tag in NOMINAL or tag == "JJ" or (len(rule.words) > 1 and tag != "IN")


def place_trigger(view: View, rule: TriggerRule, first: int, last: int, sentence: Sentence) -> Trigger | None:
    """Tie the match to its phrase; a noun that only modifies another noun ("attack helicopter") names no event."""
    phrases = view.grammar.phrases(sentence)
    index = phrases.at(first)
    chunk = phrases.chunks[index]
    verb = chunk if isinstance(chunk, VerbGroup) else None
    if rule.pos == "v":
        if verb is None or not chunk.first <= first <= verb.head:
            return None
        if first != verb.head:
            return None
        return Trigger(first, last, rule, sentence, phrases, index, verb)
    if verb is not None and not (rule.pos == "n" and view.grammar.tags[first] in ("VBG", "NN", "NNS")):
        return None
    if rule.pos == "n" and verb is None:
        index = phrases.at(last - 1)
        chunk = phrases.chunks[index]
        if (chunk.kind == "NP" and not heads(view, chunk, last)) or in_name(view, first, last):
            return None
    return Trigger(first, last, rule, sentence, phrases, index, None)


def in_name(view: View, first: int, last: int) -> bool:
    """ "Army of Conquest", "National Liberation Front": a word of a name tells of no event."""
    reading = view.reading
    if reading.upper or reading.words[last - 1][0].islower():
        return any(not p.record.generic and p.first < first and last < p.last for p in view.parties_over((first, last)))
    return any(
        not p.record.generic and p.first <= first and last <= p.last and p.last - p.first > 1
        for p in view.parties_over((first, last))
    )


def heads(view: View, chunk: Chunk, last: int) -> bool:
    """True when the trigger that ends at `last` is the head of its noun phrase (or stands before a word that carries it).

    Words of time may follow: "air strikes last week", "an attack Saturday".
    """
    tags, end = view.grammar.tags, min([chunk.last, *(t.first for t in view.times_in((last, chunk.last)))])
    for token in range(last, end):
        if tags[token] in ("POS", "CD") or view.reading.words[token] in ('"', "”", "'", ")"):
            return True
        if tags[token] in NOMINAL or tags[token] == "JJ":
            return view.grammar.lemma(token) in CARRIERS
    return True


@dataclass(frozen=True)
class WeaponMention:
    """Weapon words `[first, last)`."""

    first: int
    last: int
    word: WeaponWord


def find_weapons(view: View, lexicon: CoderLexicon) -> list[WeaponMention]:
    """All weapon words, longest match first, in text order."""
    found: list[WeaponMention] = []
    grammar, lows = view.grammar, view.reading.lows
    taken = 0
    for at in range(len(view.reading)):
        if at < taken or not lows[at][0].isalpha():
            continue
        lemma = grammar.lemma(at)
        for weapon in lexicon.weapons.get(lemma) or lexicon.weapons.get(lows[at]) or ():
            last = at + len(weapon.words)
            if last <= len(view.reading) and all(
                word in (grammar.lemma(at + i), lows[at + i]) for i, word in enumerate(weapon.words)
            ):
                found.append(WeaponMention(at, last, weapon))
                taken = last
                break
    return found


def means_after(view: View, trigger: Trigger, last: int) -> int:
    """ "set off by remote control": the means belongs to the words of the event when nobody is meant by it."""
    chunks, at = trigger.phrases.chunks, trigger.chunk
    if at + 2 < len(chunks) and view.reading.lows[chunks[at + 1].first] == "by" and chunks[at + 2].kind == "NP":
        region = (chunks[at + 2].first, chunks[at + 2].last)
        if not view.parties_in(region) and region[1] - last <= 5:
            return region[1]
    return last


def expand(view: View, trigger: Trigger, objects: list[Region]) -> Region:
    """The words shown as trigger: verb with its object, or noun with its modifiers, at most nine words.

    A lone "fired" tells a reader little; "fired rockets" names the event.
    """
    chunk = trigger.phrases.chunks[trigger.chunk]
    first, last = trigger.first, trigger.last
    if trigger.verb is not None:
        first = min(first, trigger.verb.head)
        if trigger.rule.event_class.name == "base" and objects and 0 <= first - objects[0][1] <= 8:
            return objects[0]  # "12 observation posts, set up under a deal": the posts name the event
        if trigger.verb.passive and trigger.rule.event_class.name == "bombing":
            last = means_after(view, trigger, last)
        for start, end in objects:
            if last <= start <= last + 2 and end - first <= 9:
                last = end
                break
    elif chunk.kind == "NP" and chunk.first <= first:
        first = max(chunk.first, first - 4)
        tags = view.grammar.tags
        while first < trigger.first and tags[first] in ("DT", "POS", "PRP$", ",", "``", "''"):
            first += 1
    return first, max(last, trigger.last)
