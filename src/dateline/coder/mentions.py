"""Find the tellings of events and fill their arguments: who, whom, where, when, with what."""

from __future__ import annotations

from bisect import bisect_left
from itertools import takewhile

from dateline.coder.clauses import clause_at, clauses_of
from dateline.coder.doers import doer, quoted_speaker
from dateline.coder.lexicon import CoderLexicon
from dateline.coder.mention import ARMED, HUMAN, VIOLENT, Mention
from dateline.coder.roles import find_roles
from dateline.coder.status import status_of
from dateline.coder.triggers import WeaponMention, expand, find_triggers, find_weapons, vouched
from dateline.coder.view import Found, Region, View
from dateline.coder.whereabouts import choose_place, choose_time, spoken_day
from dateline.types import PartyLink

PRONOUNS = frozenset(("they", "it", "he", "she"))


def find_mentions(view: View, lexicon: CoderLexicon) -> list[Mention]:
    """All tellings of events that have a factual status, in text order."""
    weapons = find_weapons(view, lexicon)
    found: list[Mention] = []
    for trigger in find_triggers(view, lexicon):
        roles = find_roles(view, trigger)
        status = status_of(view, trigger, roles)
        if status is None and not vouched(view, trigger):
            continue
        clause = clause_at(clauses_of(view, trigger.phrases), trigger.first)
        shown = expand(view, trigger, roles.objects)
        mention = Mention(trigger, roles, status or "occurred", clause, shown, unreal=status is None)
        fill(view, mention, weapons, lexicon)
        if passed_over(view, mention):
            continue
        if not mention.actors and found:
            mention.actors = spoken_of(view, mention, found)
        mention.number = len(found)
        found.append(mention)
    return found


def fill(view: View, mention: Mention, weapons: list[WeaponMention], lexicon: CoderLexicon) -> None:
    """Arguments of a mention from the finders' records."""
    sentence = mention.trigger.sentence
    whole: Region = (sentence.first, sentence.last)
    bystanders = mention.trigger.verb is None and mention.event_class.type in VIOLENT - {"Riots"}
    doers = HUMAN - {"civilians"} if bystanders else HUMAN  # before a noun of violence stand those it struck
    mention.actors = unique([p for r in mention.roles.actors for p in view.parties_in(wide(view, r)) if p.record.kind in doers])
    if not mention.actors and mention.trigger.verb is None and mention.event_class.type in VIOLENT:
        mention.actors = doer(view, mention, lexicon)
    if not mention.actors and active(mention) and mention.event_class.type in VIOLENT:
        mention.actors = subject_before(view, mention)
    taken = {p.index for p in mention.actors}
    mention.targets = unique([p for r in mention.roles.targets for p in view.parties_in(wide(view, r)) if p.index not in taken])
    if mention.event_class.type == "Statement" and not mention.actors:
        mention.actors = quoted_speaker(view, mention)
    mention.weapons = weapons_near(mention, weapons)
    mention.place, mention.place_near = choose_place(view, mention, whole)
    mention.time = choose_time(view, mention, whole)
    mention.spoken = mention.time is not None and spoken_day(view, mention.time)
    start = view.reading.starts[mention.trigger.first]
    mention.sayings = view.spoken("content", start)


def passed_over(view: View, mention: Mention) -> bool:
    """ "made no mention of an attack there": a silence on what is told elsewhere, no telling (`tie_remarks` finds the event)."""
    return mention.trigger.verb is None and any(view.attributions[i].stance == "silent" for i in mention.sayings)


def spoken_of(view: View, mention: Mention, found: list[Mention]) -> list[Found[PartyLink]]:
    """Whom "they" or "it" before the verb means: the actors told last, in the sentence or the one before."""
    said = {view.reading.lows[t] for first, last in mention.roles.actors for t in range(first, last)}
    if not said & PRONOUNS:
        return []
    struck = {p.record.chain for p in mention.targets}
    for earlier in reversed(found):
        if mention.sentence - earlier.sentence > 1:
            break
        if earlier.actors and earlier.event_class.type != "Statement":
            return [p for p in earlier.actors if p.record.chain not in struck]
    return []


def active(mention: Mention) -> bool:
    verb = mention.trigger.verb
    return verb is not None and not verb.passive and verb.form == "finite" and not mention.event_class.result


def subject_before(view: View, mention: Mention) -> list[Found[PartyLink]]:
    """The nearest armed side before an active verb whose subject is not found: "the guerrillas, who, armed, have occupied"."""
    struck = {p.index for r in mention.roles.targets for p in view.parties_in(wide(view, r))}
    earlier = view.parties_over((mention.clause[0], mention.trigger.first)) or view.parties_over(
        (mention.trigger.sentence.first, mention.trigger.first)
    )
    return [p for p in earlier if p.record.kind in ARMED and p.index not in struck][-1:]


def wide(view: View, region: Region) -> Region:
    """A noun phrase with what hangs on it by "of": "members of the group", "residents of Aleppo"."""
    lows, tags, last = view.reading.lows, view.grammar.tags, region[1]
    sentence_end = view.reading.sentences[view.reading.sentence_of[region[0]]].last
    while last + 1 < sentence_end and lows[last] == "of":
        last += 1
        while last < sentence_end and tags[last] in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP$", "POS", "VBN"):
            last += 1
    return region[0], last


def unique(found: list[Found[PartyLink]]) -> list[Found[PartyLink]]:
    """One mention per chain, the most telling (named, then longest) first seen order kept."""
    best: dict[int, Found[PartyLink]] = {}
    for party in found:
        known = best.get(party.record.chain)
        if known is None or (known.record.generic and not party.record.generic):
            best[party.record.chain] = party
    return sorted(best.values(), key=lambda p: p.first)


def weapons_near(mention: Mention, weapons: list[WeaponMention]) -> list[WeaponMention]:
    """Weapon words in the clause, or in the trigger's own words."""
    first, last = min(mention.clause[0], mention.shown[0]), max(mention.clause[1], mention.shown[1])
    at = bisect_left(weapons, first, key=lambda w: w.first)
    return list(takewhile(lambda w: w.first < last, weapons[at : at + last - first]))
