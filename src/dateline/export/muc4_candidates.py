"""Who and what could fill a slot of a MUC-4 template: the parties and instruments of a report, each with readable features.

A candidate is one party of the report, by name or by one description ("the rebels" and "FMLN" are two), or one instrument; it has
every mention of it. Features are its head, the words beside it, its grammatical roles ("obj:kill", "on:attack") and its roles in
coded events. Names of persons and places are in no feature: they tell of 1989, not of the next report.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from dateline.annotate.grammar import Grammar, Phrases, VerbGroup
from dateline.annotate.numbers import number_words
from dateline.annotate.reading import Reading
from dateline.export.muc4_fills import WORDS, fill, person
from dateline.knowledge import table
from dateline.types import Coding, Event, PartyLink

Features = dict[str, float]
ROLES = ("PERP_IND_ID", "PERP_ORG_ID", "PHYS_TGT_ID", "HUM_TGT", "INC_INSTR_ID")
INSTRUMENT = "INC_INSTR_ID"
NEAR = 2  # words of the neighbourhood on each side
LONGEST = 5  # words of a fill: a longer mention is not the fuller one
PREPOSITIONS = ("against", "on", "at", "from", "with", "in", "near", "to", "of", "inside", "outside")
REACH = 6  # tokens from a verb to a phrase under a preposition
SCALE = 3.0  # logits that are features are divided by this, so that weights are of one size
BIAS, THRESHOLD = "bias", "threshold"


@cache
def models() -> dict[str, Features]:
    """Model → feature → weight."""
    found: dict[str, Features] = {}
    for row in table("muc4_weights"):
        found.setdefault(row["model"], {})[row["feature"]] = float(row["weight"])
    return found


def weights(model: str) -> Features:
    """Feature → weight of one model of knowledge/muc4_weights.tsv; empty before the first training."""
    return models().get(model, {})


def logit(model: str, features: Features) -> float:
    """Log-odds by a model; without weights, those of the bias alone."""
    known = weights(model)
    return known.get(BIAS, 0.0) + math.fsum(known.get(name, 0.0) * value for name, value in features.items())


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a candidate: its tokens `[first, last)`, the token of the head, and the sentence."""

    first: int
    last: int
    head: int
    sentence: int
    words: str  # in capitals, without leading articles and numbers
    party: PartyLink | None = None


@dataclass(slots=True)
class Candidate:
    """One party or instrument of a report, its mentions in text order."""

    kind: str  # of the party; "instrument"
    named: bool
    mentions: list[Mention] = field(default_factory=list)
    features: Features = field(default_factory=dict)
    scores: dict[str, float] = field(default_factory=dict)  # role → log-odds that it fills this slot of some template

    @property
    def words(self) -> str:
        """The fullest mention that is not too long to be a fill; of equals the first."""
        return max((m.words for m in self.mentions), key=lambda words: min(len(words.split(" ")), LONGEST))

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles that it could have."""
        return (INSTRUMENT,) if self.kind == "instrument" else tuple(role for role in ROLES if role != INSTRUMENT)


@dataclass(slots=True)
class Sheet:
    """A coded report as this format reads it: words, grammar, candidates, events by the tokens of their triggers."""

    coding: Coding
    reading: Reading
    grammar: Grammar
    lows: list[str]  # lower-case words, empty in names
    triggers: list[tuple[int, Event]]  # token, event; in text order
    roles: dict[int, set[str]] = field(default_factory=dict)  # token → what its phrase is to verbs and nouns
    candidates: list[Candidate] = field(default_factory=list)
    relevance: float = 0.0  # log-odds that the report tells of an incident

    def offsets(self, one: Mention) -> tuple[int, int]:
        return self.reading.starts[one.first], self.reading.ends[one.last - 1]

    def sentence_of(self, offset: int) -> int:
        return self.reading.sentence_of[min(self.reading.token_at(offset), len(self.reading) - 1)]

    def words_of(self, sentence: int) -> set[str]:
        """The words of a sentence, without names."""
        one = self.reading.sentences[sentence]
        return set(self.lows[one.first : one.last]) - {""}


def read_sheet(coding: Coding) -> Sheet:
    """The sheet of a report with its candidates, scored."""
    sheet = unscored(coding)
    sheet.relevance = logit("relevance", relevance(sheet))
    for candidate in sheet.candidates:
        told = with_relevance(sheet, candidate)
        candidate.scores = {role: logit(role, told) for role in candidate.roles}
    return sheet


def unscored(coding: Coding) -> Sheet:
    reading = Reading(coding.report)
    triggers = [(reading.token_at(t.start), event) for event in coding.events for t in event.trigger]
    sheet = Sheet(coding, reading, Grammar(reading), without_names(coding, reading), sorted(triggers, key=lambda pair: pair[0]))
    for sentence in reading.coded:
        for token, role in roles_in(sheet.grammar, sheet.grammar.phrases(sentence), reading):
            sheet.roles.setdefault(token, set()).add(role)
    sheet.candidates = find_candidates(sheet)
    return sheet


def without_names(coding: Coding, reading: Reading) -> list[str]:
    """Lower-case words; in names of parties and places only words that are in no name of theirs (titles, "province")."""
    lows = list(reading.lows)
    named = [(p.start, p.end, p.name) for p in coding.parties if not p.generic]
    for start, end, name in named + [(p.start, p.end, reading.text[p.start : p.end]) for p in coding.places]:
        hidden = set(name.lower().split())
        first, last = reading.tokens_of(start, end)
        for at in range(first, last):
            if lows[at] in hidden:
                lows[at] = ""
    return lows


def relevance(sheet: Sheet) -> Features:
    return {f"word={word}": 1.0 for word in sheet.lows if word[:1].isalpha()}


def with_relevance(sheet: Sheet, candidate: Candidate) -> Features:
    return {**candidate.features, "relevance": sheet.relevance / SCALE}


def roles_in(grammar: Grammar, phrases: Phrases, reading: Reading) -> Iterator[tuple[int, str]]:
    """(head token of a noun phrase, "obj:kill") for every verb group and every noun with a preposition behind it."""
    chunks = phrases.chunks
    for index, chunk in enumerate(chunks):
        if isinstance(chunk, VerbGroup):
            yield from roles_of_verb(grammar, phrases, index, chunk)
        elif chunk.kind == "NP" and [c.kind for c in chunks[index + 1 : index + 3]] == ["IN", "NP"]:
            yield chunks[index + 2].head, f"{reading.lows[chunks[index + 1].first]}:{grammar.lemma(chunk.head)}"


def roles_of_verb(grammar: Grammar, phrases: Phrases, index: int, verb: VerbGroup) -> Iterator[tuple[int, str]]:
    agents = grammar.agents(phrases, index) if verb.passive or verb.form == "part" else []
    subject = "obj" if verb.passive else "subj"
    told = [(subject, grammar.subject(phrases, index)), ("obj", grammar.objects(phrases, index)), ("subj", agents)]
    told += [(word, grammar.prepositional(phrases, index, (word,), REACH)) for word in PREPOSITIONS]
    for role, nouns in told:
        for noun in nouns:
            yield noun.head, f"{role}:{verb.lemma}"


def find_candidates(sheet: Sheet) -> list[Candidate]:
    """Candidates of a report in the order of their first mention, with their features."""
    reading = sheet.reading
    found: dict[tuple[object, ...], Candidate] = {}
    for party in sheet.coding.parties:
        first, last = reading.tokens_of(party.start, party.end)
        if last > first:
            one = mention(reading, first, last, reading.token_at(party.head.start) if party.head else last - 1, party)
            key = (party.chain, party.generic, " ".join(content(one.words)) if party.generic else "")
            found.setdefault(key, Candidate(party.kind, not party.generic)).mentions.append(one)
    for first, last in instruments(sheet):
        one = mention(reading, first, last, last - 1, None)
        found.setdefault(("instrument", one.words), Candidate("instrument", False)).mentions.append(one)
    for candidate in found.values():
        candidate.features = dict.fromkeys(features(sheet, candidate), 1.0)
    return sorted(found.values(), key=lambda c: c.mentions[0].first)


def mention(reading: Reading, first: int, last: int, head: int, party: PartyLink | None) -> Mention:
    words = list(reading.words[first:last])
    if "[" in words[1:]:  # "Liberation Front [FMLN]"
        words = words[: words.index("[", 1)]
    words = [word.upper() for word in words if word not in ("[", "]")] or [reading.words[first]]
    while len(words) > 1 and (words[0].lower() in WORDS["leads"] or words[0][0].isdigit()):
        words = words[1:]
    return Mention(first, last, min(head, last - 1), reading.sentence_of[first], " ".join(words).replace(" '", "'"), party)


def content(words: str) -> list[str]:
    return [w for w in words.split(" ") if w.lower() not in number_words().digits] or words.split(" ")


def instruments(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Noun phrases `[first, last)` whose head is a word for an instrument."""
    lows = sheet.reading.lows
    for sentence in sheet.reading.coded:
        if any(fill("INC_INSTR_TYPE", low) for low in lows[sentence.first : sentence.last]):
            for chunk in sheet.grammar.phrases(sentence).chunks:
                if chunk.kind == "NP" and fill("INC_INSTR_TYPE", lows[chunk.head]):
                    yield chunk.first, chunk.head + 1


# ---- features --------------------------------------------------------------------------------------------------------


def features(sheet: Sheet, candidate: Candidate) -> set[str]:
    """Readable features; one holds if it holds of some mention."""
    told = {f"kind={candidate.kind}", f"named={candidate.named}", f"kind={candidate.kind}*named={candidate.named}"}
    told |= {f"mentions={min(len(candidate.mentions), 4)}", f"first={min(candidate.mentions[0].sentence, 12) // 2}"}
    if candidate.named and person(candidate.words):
        told.add("person")
    for one in candidate.mentions:
        told |= of_words(sheet, one) | of_events(sheet, one)
    return told


def of_words(sheet: Sheet, one: Mention) -> set[str]:
    lows = sheet.lows
    sentence = sheet.reading.sentences[one.sentence]
    told = {f"in={word}" for word in lows[one.first : min(one.last, one.first + 6)] if word}
    if lows[one.head]:
        told.add(f"head={sheet.grammar.lemma(one.head)}")
    for side, words in (
        ("before", lows[max(sentence.first, one.first - NEAR) : one.first]),
        ("after", lows[one.last : min(sentence.last, one.last + NEAR)]),
    ):
        told |= {f"{side}={word}" for word in words if word}
        if len(words) == NEAR and all(words):
            told.add(f"{side}={' '.join(words)}")
    told |= {f"role={role}" for at in range(one.first, one.last) for role in sheet.roles.get(at, ())}
    return told


def of_events(sheet: Sheet, one: Mention) -> set[str]:
    """The coded events of the sentence, on which side their words stand, and the roles in events that the mention has."""
    sentence = sheet.reading.sentences[one.sentence]
    told: set[str] = set()
    for at, event in sheet.triggers:
        if sentence.first <= at < sentence.last:
            side = "left" if at < one.first else "right"
            told |= {f"event {side}={event.sub_type}", f"trigger {side}={sheet.grammar.lemma(at)}"}
    for event in sheet.coding.events:
        for role in roles_of(event, *sheet.offsets(one)):
            told |= {role, f"{role}={event.sub_type}", f"{role}={event.type}*{event.status}"}
    return told


def roles_of(event: Event, start: int, end: int) -> list[str]:
    """Which of actor, target and weapon of an event the words `[start, end)` tell."""
    values = (("actor", event.actors), ("target", event.targets), ("weapon", event.weapons))
    return [role for role, told in values if any(e.start < end and start < e.end for one in told for e in one.evidence)]
