"""Who did it, and to whom: token regions of actor and target for one trigger, from the grammar around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.annotate.grammar import Chunk, VerbGroup
from dateline.coder.triggers import Trigger
from dateline.coder.view import Region, View, region_of
from dateline.knowledge import wordlists

# Verbs that carry a noun event: "carried out an attack", "came under fire".
WORDS = wordlists("coder")
LIGHT = WORDS["light"]
SUFFERED = WORDS["suffered"]
HITS = WORDS["hits"]
AGAINST = WORDS["against"]
BEATING = WORDS["beating"]
TARGET_NOUNS = frozenset(
    ("kill", "abduct", "arrest", "die", "wound", "beat", "rape", "evacuate", "flee", "return", "capture", "stab", "condemn")
)
UNDERGO = frozenset(("die", "flee", "evacuate", "return", "host"))
EVERYONE = frozenset(("clash", "agree"))


@dataclass(slots=True)
class Roles:
    """Token regions where actors, targets and objects of a trigger stand."""

    actors: list[Region] = field(default_factory=list)
    targets: list[Region] = field(default_factory=list)
    objects: list[Region] = field(default_factory=list)
    governor: VerbGroup | None = None  # the verb that a noun trigger hangs on


def find_roles(view: View, trigger: Trigger) -> Roles:
    """Roles by grammar alone: the coder decides later which parties in the regions fit."""
    return verb_roles(view, trigger) if trigger.verb is not None else noun_roles(view, trigger)


def verb_roles(view: View, trigger: Trigger) -> Roles:
    grammar, phrases, at = view.grammar, trigger.phrases, trigger.chunk
    verb = trigger.verb
    assert verb is not None
    name = trigger.rule.event_class.name
    subject = region_of(grammar.subject(phrases, at))
    objects = region_of(grammar.objects(phrases, at))
    if trigger.last > verb.last:  # "took control of X": what follows the set phrase
        objects = [o for o in objects if o[0] >= trigger.last] or region_of(following_objects(view, trigger))
    under = (
        region_of(grammar.prepositional(phrases, phrases.of_token.get(trigger.last - 1, at), trigger.rule.prepositions))
        if trigger.rule.prepositions
        else []
    )
    agents = region_of(grammar.agents(phrases, at)) if verb.passive else []
    if name in UNDERGO and not verb.passive:
        if name in ("host",) or (name == "evacuate" and objects):
            return Roles([] if name == "host" else subject, objects, objects)
        return Roles([], subject, objects)
    if name == "capture" and trigger.rule.words[0] == "fall":  # "the town fell to the rebels"
        return Roles(region_of(grammar.prepositional(phrases, at, ("to",), reach=4)), [], subject)
    if name == "disrupt":
        under = under + owners(view, trigger)
    if verb.passive and name == "move":
        return Roles(agents + subject, under, subject)
    if verb.passive:
        return Roles(agents, subject + under, subject)
    if name in ("bombing",) and not objects:  # the bomb is the subject: "a car bomb exploded near the mosque"
        return Roles([], under, subject)
    if name in EVERYONE or name == "protest":
        return Roles(subject, objects + under, objects)
    return Roles(subject, objects + under, objects)


def owners(view: View, trigger: Trigger) -> list[Region]:
    """Whose weapon it was: "a missile fired by the rebels was intercepted", "foiled a plot by a cell"."""
    grammar, phrases = view.grammar, trigger.phrases
    found: list[Region] = []
    for i, chunk in enumerate(phrases.chunks):
        if chunk.kind == "IN" and view.reading.lows[chunk.first] == "by" and i + 1 < len(phrases.chunks):
            verb = trigger.verb
            if not (verb is not None and verb.passive and phrases.chunks[i - 1] is verb):
                found += region_of(phrases.chunks[i + 1 : i + 2])
    return [r for r in found if r not in region_of(grammar.agents(phrases, trigger.chunk))]


def following_objects(view: View, trigger: Trigger) -> list[Chunk]:
    """Noun phrases after a verb phrase of several words, over one preposition ("took control of the town")."""
    chunks = trigger.phrases.chunks
    at = trigger.phrases.of_token[trigger.last - 1] + 1
    if at < len(chunks) and chunks[at].kind == "IN":
        at += 1
    return [chunks[at]] if at < len(chunks) and chunks[at].kind == "NP" else []


def noun_roles(view: View, trigger: Trigger) -> Roles:
    grammar, phrases = view.grammar, trigger.phrases
    chunks = phrases.chunks
    at = phrases.of_token[trigger.last - 1]
    chunk = chunks[at]
    name = trigger.rule.event_class.name
    roles = Roles()
    owner: Region = (chunk.first, trigger.first)
    if trigger.first > chunk.first:
        (roles.targets if name in TARGET_NOUNS else roles.actors).append(owner)
    roles.actors += region_of(grammar.prepositional(phrases, at, ("by",), reach=8))
    roles.targets += region_of(nearby(view, trigger, at, trigger.rule.prepositions))
    between = region_of(nearby(view, trigger, at, ("between",)))
    roles.actors += between
    if name == "protest" or name in EVERYONE:
        roles.actors += region_of(nearby(view, trigger, at, ("by", "of", "with") if name != "clash" else ("by", "of")))
    govern(view, trigger, at, roles)
    return roles


def nearby(view: View, trigger: Trigger, at: int, prepositions: tuple[str, ...]) -> list[Chunk]:
    return view.grammar.prepositional(trigger.phrases, at, prepositions, reach=9) if prepositions else []


def govern(view: View, trigger: Trigger, at: int, roles: Roles) -> None:
    """Roles that the governing verb gives to a noun trigger: "X launched an attack", "the attack killed Y"."""
    grammar, phrases = view.grammar, trigger.phrases
    chunks = phrases.chunks
    left = governing_verb(view, phrases.chunks, at)
    if left is not None:
        verb = chunks[left]
        assert isinstance(verb, VerbGroup)
        subject = region_of(grammar.subject(phrases, left))
        roles.governor = verb
        if verb.lemma in AGAINST or verb.lemma in SUFFERED or (verb.lemma in BEATING and verb.particle in ("back", "off")):
            roles.targets += subject
        elif verb.lemma in LIGHT:
            roles.actors += subject if not verb.passive else region_of(grammar.agents(phrases, left))
    right = next_verb(view, chunks, at)
    if right is not None:
        verb = chunks[right]
        assert isinstance(verb, VerbGroup)
        if any(c.first <= trigger.first < c.last for c in grammar.subject(phrases, right)) or right == at + 1:
            roles.governor = roles.governor or verb
            if verb.passive and (verb.lemma in LIGHT or verb.lemma in ("blame",)):
                roles.actors += region_of(grammar.agents(phrases, right))
            elif not verb.passive and verb.lemma in HITS:
                through = grammar.prepositional(phrases, right, ("through", "into", "at"), reach=4)
                roles.targets += region_of(grammar.objects(phrases, right) or through)


def governing_verb(view: View, chunks: list[Chunk], at: int) -> int | None:
    """The verb whose object the noun phrase `at` is, also over "of" ("a series of attacks") and "in"."""
    i = at - 1
    while i >= 0:
        chunk = chunks[i]
        if isinstance(chunk, VerbGroup):
            return i
        word = view.reading.lows[chunk.first]
        if (
            (chunk.kind == "NP" and i + 1 <= at and view.reading.lows[chunks[i + 1].first] in ("of", "and", ","))
            or chunk.kind in ("ADV", "CC")
            or word in ("of", "under", ",", '"', "“", "in", "to")
        ):
            i -= 1
        else:
            return None
    return None


def next_verb(view: View, chunks: list[Chunk], at: int) -> int | None:
    """The finite verb after the noun phrase `at`, over its own prepositional phrases and a relative pronoun."""
    for i in range(at + 1, min(len(chunks), at + 12)):
        chunk = chunks[i]
        if isinstance(chunk, VerbGroup):
            return i if chunk.form != "inf" else None
        if chunk.kind in ("PUNCT", "CC") and view.reading.lows[chunk.first] not in ('"', "”", ","):
            return None
    return None
