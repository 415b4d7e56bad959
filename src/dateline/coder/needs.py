"""What a trigger word must be found with to name an event (column `needs` of triggers.tsv)."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from dateline.coder.mention import ARMED, HUMAN, Mention
from dateline.coder.roles import HITS
from dateline.coder.triggers import vouched
from dateline.coder.view import View
from dateline.knowledge import rules


@cache
def nouns() -> dict[str, frozenset[str]]:
    return {name: frozenset(text.split()) for name, text in rules("needs")["nouns"].items()}


def lemmas_in(view: View, regions: list[tuple[int, int]]) -> set[str]:
    return {view.grammar.lemma(t) for first, last in regions for t in range(first, last)}


def place_in(view: View, mention: Mention) -> bool:
    regions = mention.roles.objects or mention.roles.targets
    if any(p.record.use == "literal" for r in regions for p in view.places_in(widened(view, r))):
        return True
    return bool(lemmas_in(view, [widened(view, r) for r in regions]) & (nouns()["ground"] | nouns()["building"]))


def widened(view: View, region: tuple[int, int]) -> tuple[int, int]:
    """An object with its "of" phrase: "control of the town", "parts of Aleppo"."""
    last = region[1]
    sentence = view.reading.sentences[view.reading.sentence_of[region[0]]]
    lows, tags = view.reading.lows, view.grammar.tags
    while last < sentence.last and (
        lows[last] == "of" or tags[last] in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP$", "POS")
    ):
        last += 1
    return region[0], last


def weapon_object(view: View, mention: Mention) -> bool:
    regions = [
        (mention.trigger.last, min(mention.trigger.last + 10, mention.clause[1])),
        *mention.roles.objects,
        *mention.roles.actors,
    ]
    return any(first <= w.first < last for w in mention.weapons for first, last in regions)


def effect(view: View, mention: Mention) -> bool:
    verb = mention.roles.governor
    return (
        verb is not None
        and verb.lemma in HITS | {"explode", "detonate", "blast", "rip", "set", "blow"}
        and mention.trigger.sentence.kind != "furniture"
    )


def target(view: View, mention: Mention) -> bool:
    lemmas = lemmas_in(view, mention.roles.objects + mention.roles.targets)
    return (
        len(mention.actors) > 1
        or bool(mention.targets or mention.weapons or lemmas & (nouns()["ground"] | nouns()["building"]))
        or place_in(view, mention)
    )


def crowd(view: View, mention: Mention) -> bool:
    if any(p.record.kind in ("protesters", "rioters", "party or union") for p in mention.actors):
        return True
    sentence = mention.trigger.sentence
    words = {view.grammar.lemma(t) for t in range(sentence.first, sentence.last)}
    return bool(words & nouns()["crowd"])


def armed(view: View, mention: Mention) -> bool:
    if any(p.record.kind in ARMED for p in mention.actors + mention.targets):
        return True
    beside = [widened(view, region) for region in mention.roles.actors + mention.roles.objects]  # "hundreds of fighters"
    return bool((lemmas_in(view, beside) | set(mention.trigger.rule.words[1:])) & nouns()["armed"])


def weapon_any(view: View, mention: Mention) -> bool:
    regions = [(mention.trigger.last, mention.trigger.last + 12), *mention.roles.objects, *mention.roles.targets]
    explosive = {
        "bomb",
        "vehicle bomb",
        "roadside bomb",
        "suicide vest",
        "rocket",
        "missile",
        "drone",
        "mortar",
        "grenade",
        "chemical",
        "small arms",
    }
    return any(w.word.kind in explosive and first <= w.first < last for w in mention.weapons for first, last in regions) or bool(
        lemmas_in(view, mention.roles.objects) & nouns()["cache"]
    )


def facility_object(view: View, mention: Mention) -> bool:
    return bool(lemmas_in(view, mention.roles.objects) & nouns()["facility"]) and armed_or_state(mention)


def armed_or_state(mention: Mention) -> bool:
    return not mention.actors or any(p.record.kind in ARMED | {"government"} for p in mention.actors)


def peace(view: View, mention: Mention) -> bool:
    sentence = mention.trigger.sentence
    words = {view.reading.lows[t] for t in range(sentence.first, sentence.last)} | {
        view.grammar.lemma(t) for t in range(*mention.shown)
    }
    verb = mention.roles.governor
    told = (
        mention.trigger.verb is not None
        or (verb is not None and verb.lemma in nouns()["deal_verbs"])
        or mention.trigger.rule.words[-1] in ("ceasefire",)
    )
    return bool(words & nouns()["peace"]) and told


def civil(view: View, mention: Mention) -> bool:
    who = mention.targets if mention.targets else mention.actors
    lemmas = lemmas_in(view, mention.roles.targets)
    if any(p.record.kind in ARMED for p in who) and not any(p.record.kind == "civilians" for p in who):
        return False
    return (
        any(p.record.kind in ("civilians", "protesters") for p in who)
        or bool(lemmas & nouns()["displaced"])
        or has_figure(view, mention, ("displaced", "evacuated", "returned"))
    )


def has_figure(view: View, mention: Mention, measures: tuple[str, ...]) -> bool:
    return any(f.record.measure in measures for f in view.figures_in(mention.clause))


def figure(view: View, mention: Mention) -> bool:
    return has_figure(view, mention, ("hosted", "displaced"))


def launch(view: View, mention: Mention) -> bool:
    return weapon_object(view, mention) or bool(
        lemmas_in(view, mention.roles.objects) & {"missile", "weapon", "rocket", "bomb", "warhead"}
    )


SPEAKING = HUMAN - {"civilians", "protesters", "rioters", "unknown"}


def speaker(view: View, mention: Mention) -> bool:
    """Somebody who speaks for a state, a body, a party or an armed side; or a bare office: "the general warned"."""
    if mention.trigger.sentence.kind in ("caption",):
        return False
    if lemmas_in(view, mention.roles.actors) & nouns()["office"]:
        return True
    return any(
        (p.record.kind in SPEAKING or p.index < 0 or (p.record.kind == "unknown" and p.record.name[:1].isupper()))
        and not p.record.private
        for p in mention.actors
    )


def told(view: View, mention: Mention) -> bool:
    """A place or a day in the clause: tells an event from a habit or a state."""
    return mention.place_near or mention.time is not None


def crowdly(view: View, mention: Mention) -> bool:
    """A protest of people in a place, not a note of protest or a demonstration of strength."""
    lows, verb = view.reading.lows, mention.roles.governor
    if lows[mention.trigger.last : mention.trigger.last + 1] == ["of"] and lows[mention.trigger.first] == "demonstration":
        return False
    return verb is None or verb.lemma not in nouns()["notes"]


def headline(view: View, mention: Mention) -> bool:
    """The statement is the news itself: told in the headline or the first sentences."""
    return speaker(view, mention) and (mention.trigger.sentence.kind in ("headline", "standfirst") or mention.sentence == 0)


BIDDING_REACH = 9  # tokens from "asked" to its "to"


def bidding(view: View, mention: Mention) -> bool:
    """ "asked the army to act calmly": somebody is asked to do something, not asked a question."""
    first = mention.trigger.last
    tags, lows = view.grammar.tags, view.reading.lows
    last = min(first + BIDDING_REACH, mention.trigger.sentence.last - 1)
    return any(lows[t] == "to" and tags[t + 1] == "VB" for t in range(first + 1, last))


def victim(view: View, mention: Mention) -> bool:
    """Somebody who can be killed is the object: people are executed, and so are plans."""
    return any(p.record.kind in HUMAN for p in mention.targets) or has_figure(view, mention, ("killed",))


CHECKS: dict[str, Callable[[View, Mention], bool]] = {
    "place_object": place_in,
    "weapon_object": weapon_object,
    "effect": effect,
    "target": target,
    "crowd": crowd,
    "armed": armed,
    "weapon_any": weapon_any,
    "facility_object": facility_object,
    "peace": peace,
    "civil": civil,
    "figure": figure,
    "launch": launch,
    "speaker": speaker,
    "told": told,
    "bidding": bidding,
    "victim": victim,
    "crowdly": crowdly,
    "headline": headline,
    "unclaimed": speaker,
    "vouched": lambda view, mention: False,  # a word that tells of many things: the tagger alone may take it as an event
}


def met(view: View, mention: Mention) -> bool:
    """True when the mention has all that its trigger word needs, or the tagger reads the word as an event all the same.

    `attach` marks it as unable to stand alone; `unmet` keeps what is missing, for coder/plausible.py to weigh.
    """
    needs = mention.trigger.rule.needs
    campaign = mention.chosen == "clash" and mention.event_class.name == "attack"  # "operations against the rebels"
    if "attach" in needs and not mention.disrupts and not campaign:
        mention.attached = True
    if mention.chosen != mention.event_class.name:  # the clause made another event of the word: its own needs are gone
        needs = needs - {"place_object", "weapon_object", "target"}
        needs = needs - {"armed"} if mention.chosen == "flee" else needs
    mention.unmet = frozenset(need for need in needs if need != "attach" and not CHECKS[need](view, mention))
    return not mention.unmet or vouched(view, mention.trigger)
