"""Fixed phrases of attribution that no single verb carries: silence, doubt, blame (`knowledge/attribution_phrases.toml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.annotate.attribution_content import right_content
from dateline.annotate.attribution_lexicon import STANCES, Verb
from dateline.annotate.attribution_scene import Found, Range, Scene, sentence_end
from dateline.annotate.attribution_spans import source_left, source_right
from dateline.annotate.reading import Sentence
from dateline.errors import KnowledgeError
from dateline.knowledge import rules

Slot = tuple[frozenset[str], bool]  # words that fit, and whether the slot may be left out


@dataclass(frozen=True, slots=True)
class Phrase:
    """One rule: `slots` to match, and where source and content stand."""

    id: str
    slots: tuple[Slot, ...]
    verb: Verb
    source: str
    content: str


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """Rules by the first word they may begin with."""
    found: dict[str, list[Phrase]] = {}
    for rule in rules("attribution_phrases")["phrase"]:
        slots = tuple(slot_of(part) for part in rule["pattern"].split())
        if slots[0][1]:
            raise KnowledgeError("a pattern cannot begin with an optional word", where=f"attribution_phrases.toml: {rule['id']}")
        verb = Verb(rule["verb"], (), "phrase", STANCES[rule["stance"]], rule.get("certainty"), "n", "")
        phrase = Phrase(rule["id"], slots, verb, rule["source"], rule["content"])
        for word in slots[0][0]:
            found.setdefault(word, []).append(phrase)
    return {word: tuple(group) for word, group in found.items()}


def slot_of(part: str) -> Slot:
    return frozenset(part.rstrip("?").split("|")), part.endswith("?")


def phrase_cues(scene: Scene, sentence: Sentence) -> list[Found]:
    """Attributions carried by fixed phrases in one sentence, in text order."""
    found: list[Found] = []
    table = phrases()
    at, end = sentence.first, sentence_end(scene, sentence)
    while at < end:
        item = None
        for phrase in table.get(scene.lows[at], ()):
            stop = match(scene, at, end, phrase)
            if stop is not None:
                item = attribution(scene, phrase, (at, stop), sentence)
                break
        if item is not None:
            found.append(item)
            at = item.cue[1]
        at += 1
    return found


def match(scene: Scene, at: int, end: int, phrase: Phrase) -> int | None:
    """Token after the phrase that begins at `at`, or None. Optional words are taken greedily."""
    k = at
    for words, optional in phrase.slots:
        if k < end and scene.lows[k] in words:
            k += 1
        elif not optional:
            return None
    return k


def attribution(scene: Scene, phrase: Phrase, cue: Range, sentence: Sentence) -> Found | None:
    end = sentence_end(scene, sentence)
    item = Found(cue, phrase.verb, sentence.index, phrase.verb.stance)
    before = source_left(scene, cue[0], sentence.first) if cue[0] > sentence.first else None
    item.report = phrase.source == "report"
    if phrase.source == "left" and before is not None:
        item.source, item.core = [before[0]], before[1]
    elif phrase.source == "right":
        after = source_right(scene, cue[1], end)
        if after is None:
            return None
        item.source, item.core = [after[0]], after[1]
    elif phrase.source == "report" and phrase.content == "right" and before is not None and phrase.verb.kind == "phrase":
        item.source, item.core = ([before[0]], before[1]) if phrase.verb.lemma == "verify" else ([], None)
    if phrase.content == "left" and before is not None:
        item.content = [before[0]]
    elif phrase.content == "right" and cue[1] < end:
        item.content = [right_content(scene, cue[1], sentence, phrase.verb)]
    elif phrase.content == "right-from-last":
        item.cue = (cue[0], cue[1] - 1)
        item.content = [right_content(scene, cue[1] - 1, sentence, phrase.verb)]
    if phrase.verb.certainty and before is not None:
        item.content = [before[0], *item.content]
    return item if item.source or item.report else None
