"""Verbs that look like nouns: "Gunmen attack mosque", "did not arrest", "the army is shelling", "ARMY SHELLS REBEL POSITIONS".

Counts of tags tell little here, for the same words are nouns nearly everywhere else; the words around them tell. Asked only for
nouns that are also the base or the third person of a known verb.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.knowledge import wordlists

WORDS = wordlists("grammar")
BE, DO, INTRANSITIVE = WORDS["be"], WORDS["do"], WORDS["intransitive"]
AGENTS, PLURALS, COMPOUND_PLURALS = WORDS["agents"], WORDS["plurals"], WORDS["compound_plurals"]
NEVER_VERBS = WORDS["never_verbs"]
BOUNDARIES = WORDS["clause_boundaries"]
NOUNS = frozenset(("NN", "NNS", "NNP", "NNPS"))
OBJECT_STARTS = frozenset(("DT", "PRP$", "PRP", "CD", "NNP", "NNPS", "$"))
PHRASE_STARTS = OBJECT_STARTS | {"NN", "NNS", "JJ"}
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
LOOK = 24  # words looked at on the right


def verb_tag(lows: list[str], tags: Sequence[str], bases: list[str], at: int, first: int, last: int) -> str | None:
    """The verb tag of the noun at `at`, when it is a verb here; None when it stays a noun.

    `tags` are decided left of `at`, `bases` are the commonest tags of all words; `[first, last)` is the sentence.
    """
    low = lows[at]
    if low in NEVER_VERBS:
        return None
    left = at - 1
    while left >= first and tags[left] == "RB":
        left -= 1
    if left < first:
        return None
    tag, word = tags[left], lows[left]
    if low.endswith("ing"):
        there = left > first and tags[left - 1] == "EX"
        return "VBG" if word in BE and not there and tag != "POS" else None
    if tag == "MD" or (word in DO and left < at - 1):
        return "VB"
    right = bases[at + 1] if at + 1 < last else "$"
    if word == "to" and left == at - 1:
        return "VB" if right in ("DT", "PRP", "PRP$") else None
    if low.endswith("s") and bases[at] == "NNS":
        return "VBZ" if _third_person(lows, tags, bases, at, left, first, last, right) else None
    if tag == "PRP" and word in ("they", "we", "i", "you"):
        return "VBP"
    plural = (tag in ("NNS", "NNPS") or word in PLURALS) and word not in COMPOUND_PLURALS
    if not plural or lows[at + 1 : at + 2] == ["of"] or not _opens(lows, tags, left, first):
        return None
    if right in OBJECT_STARTS:
        return "VBP"
    if right in ("IN", "RB", "TO", "NN", "NNS", "JJ", "VBG", "$", "."):
        return None if _finite_later(lows, bases, at + 1, last) else "VBP"
    return None


def _third_person(
    lows: list[str], tags: Sequence[str], bases: list[str], at: int, left: int, first: int, last: int, right: str
) -> bool:
    """ "Israel strikes Gaza": a name or a body, an object, and no other verb. "Israel strikes on Gaza" stays a noun."""
    if left != at - 1:
        return False
    if lows[at][:-1] in INTRANSITIVE:  # "as army retreats"
        return lows[left] in AGENTS and right in ("$", ".", ",") and _opens(lows, tags, left, first)
    if right not in PHRASE_STARTS:
        return False
    agent = tags[left] == "NNP" or lows[left] in AGENTS
    return agent and _opens(lows, tags, left, first) and not _finite_later(lows, bases, at + 1, last)


def _opens(lows: list[str], tags: Sequence[str], head: int, first: int) -> bool:
    """True when the noun phrase that ends at `head` stands where a subject does: no verb or preposition right before it."""
    i = head
    while (
        i > first
        and i > head - 6
        and lows[i] not in ("a", "an")
        and (tags[i - 1] in NOUNS or tags[i - 1] in ("JJ", "CD", "DT", "PRP$", "POS", "VBN"))
    ):
        i -= 1
    if lows[i] in ("a", "an") and lows[head] in PLURALS:
        return False  # "a police patrol"
    return i == first or tags[i - 1] in (",", ":", "CC", "WP", "WDT", "WRB", "``", "''") or lows[i - 1] in BOUNDARIES


def _finite_later(lows: list[str], bases: list[str], start: int, last: int) -> bool:
    """True when another verb that can stand alone follows in the clause: then the word is that verb's noun."""
    for i in range(start, min(last, start + LOOK)):
        if lows[i] in BOUNDARIES:
            return False
        tag = bases[i]
        following = lows[i + 1] if i + 1 < last else ""
        if tag in FINITE or (tag == "VBN" and following != "by"):
            return True
        if tag == "VB" and bases[i - 1] not in ("TO", "MD") and lows[i - 1] != "to":
            return True
    return False
