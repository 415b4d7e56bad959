"""Parts of speech and lemmas by table: Penn tags, about 95 % right on held-out conflict news (train/words/build.py).

The commonest tag of a word, unless its left neighbour's tag (and its right neighbour's commonest tag) are known to tell
otherwise. One dictionary look-up or two per word; no model, no arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.annotate.reading import Reading
from dateline.annotate.tags_verbs import verb_tag
from dateline.knowledge import table, wordlists

NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
OBJECT_STARTS = frozenset(("DT", "PRP", "PRP$", "CD"))
NOUNISH = frozenset(("NN", "NNS", "NNP"))
INFLECTED = frozenset(("VBD", "VBN", "VBG", "VBZ", "NNS"))
WORDS = wordlists("grammar")
BE, NAMED = WORDS["be"], WORDS["naming"]
SILENT_E, NO_E, DOUBLED_L = WORDS["silent_e"], WORDS["no_e"], WORDS["doubled_l"]
PREFIXES = ("over", "under", "out", "fore", "with", "mis", "re", "un")


@dataclass(frozen=True, slots=True)
class TagTables:
    words: dict[str, str]
    contexts: dict[tuple[str, str, str], str]
    lemmas: dict[tuple[str, str], str]
    bases: frozenset[str]  # known base forms of verbs
    verbal: frozenset[str]  # words that may be nouns, and are also a base, a third person or an -ing of a known verb


@cache
def tag_tables() -> TagTables:
    """The shipped tables. Read once (about 20 ms)."""
    words = {row["word"]: row["tag"] for row in table("word_tags")}
    lemmas = {(row["word"], row["tag"]): row["lemma"] for row in table("word_lemmas")}
    bases = {lemma for (_, tag), lemma in lemmas.items() if tag[0] == "V"}
    bases |= {word for word, tag in words.items() if tag in ("VB", "VBP")}
    return TagTables(
        words,
        {(row["word"], row["prev"], row["next"]): row["tag"] for row in table("word_tag_contexts")},
        lemmas,
        frozenset(bases),
        frozenset(
            w
            for w in {*words, *(base + "s" for base in bases)}
            if words.get(w, "NNS") in NOUNISH and (w in bases or as_verb(w) in bases)
        ),
    )


def as_verb(word: str) -> str:
    """Base of "shells" or "shelling", were it a verb."""
    if word.endswith("ing"):
        stem = word[:-3]
        return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt" else stem
    return singular(word)


def tag_words(reading: Reading) -> list[str]:
    """One Penn tag per token of the reading."""
    tables = tag_tables()
    words, contexts, verbal = tables.words, tables.contexts, tables.verbal
    keys = [
        "^" + low if word[0].isupper() and not reading.upper else low
        for word, low in zip(reading.words, reading.lows, strict=True)
    ]
    for sentence in reading.sentences:
        keys[sentence.first] = reading.lows[sentence.first]
        if title_case(reading, sentence.first, sentence.last):
            for at in range(sentence.first, sentence.last):
                known = reading.lows[at] in words or reading.lows[at] in verbal
                if known and words.get(keys[at], "NNP") in ("NNP", "NNPS"):
                    keys[at] = reading.lows[at]
    bases = [words.get(key) or guess(key, low, tables) for key, low in zip(keys, reading.lows, strict=True)]
    lows = reading.lows
    tags = list(bases)  # a sign between two segments stands in no sentence: it keeps its tag, and all others their places
    for sentence in reading.sentences:
        prev, last = "^", sentence.last
        for at in range(sentence.first, last):
            base = bases[at]
            if len(lows[at]) == 1 and at + 2 < last and lows[at + 1] == "." and lows[at].isalpha():
                tags[at] = prev = "NNP"  # an initial: "A. B. Karim"
                continue
            key = keys[at] if keys[at] in words else "*" + base
            following = bases[at + 1] if at + 1 < last else "$"
            tag = contexts.get((key, prev, following)) or contexts.get((key, prev, "")) or base
            if tag in NOUNISH and lows[at] in verbal and keys[at][0] != "^":
                tag = verb_tag(lows, tags, bases, at, sentence.first, last) or tag
            elif base == "JJ" and "-" in lows[at]:
                tag = compound_participle(lows, prev, following, at, words) or tag
            elif tag == "VBN" and at > sentence.first and active_past(lows, tags, following, at, sentence.first):
                tag = "VBD"
            elif tag == "VBG" and at == sentence.first and lows[at + 1 : at + 2] == ["between"]:
                tag = "NN"  # "Fighting between …"
            tags[at] = prev = tag
    return tags


def active_past(lows: list[str], tags: list[str], following: str, at: int, first: int) -> bool:
    """True for "warplanes also killed at least six", "rebels seized the town": a doer before, an object after."""
    if following not in OBJECT_STARTS and lows[at + 1 : at + 3] not in (["at", "least"], ["more", "than"]):
        return False
    left = at - 1
    while left > first and tags[left] == "RB":
        left -= 1
    return (tags[left] in NOUN_TAGS or tags[left] == "PRP") and lows[at] not in NAMED


def compound_participle(lows: list[str], prev: str, following: str, at: int, words: dict[str, str]) -> str | None:
    """Verb tag of a hyphenated "-ed" word: "were gang-raped by", "the army test-fired two"; None for "US-backed forces"."""
    low = lows[at]
    if not low.endswith("ed") or words.get(low.rsplit("-", 1)[1]) not in ("VBN", "VBD") or at == 0:
        return None
    if lows[at - 1] in BE and following not in ("NN", "NNS", "NNP", "JJ"):
        return "VBN"
    if prev in ("NN", "NNS", "NNP", "PRP") and (following in ("DT", "CD", "PRP", "PRP$") or lows[at + 1 : at + 2] == ["by"]):
        return "VBN" if lows[at + 1] == "by" else "VBD"
    return None


def title_case(reading: Reading, first: int, last: int) -> bool:
    """True for headlines that capitalise nearly every word: capitals then tell nothing about names."""
    long = [word for word in reading.words[first:last] if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 4 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)


def guess(key: str, low: str, tables: TagTables) -> str:
    """Tag of a word that no table holds: by its shape and ending, or as the base of a verb known in other forms."""
    words = tables.words
    if key[0] == "^":
        return "NNP"
    if low[0].isdigit():
        return "CD"
    if not low[0].isalpha():
        return words.get("~" + low[0], "SYM")
    if "-" in low:
        tail = low.rsplit("-", 1)[1]
        if tail in words:
            return "JJ" if words[tail] in ("VBN", "VBD", "VBG", "JJ") else words[tail]
    return "VB" if low in tables.bases else words.get("~a-" + low[-3:], "NN")


def lemma_of(low: str, tag: str) -> str:
    """Dictionary form of a lower-cased word under its tag.

    >>> lemma_of("attacked", "VBD"), lemma_of("bombings", "NNS"), lemma_of("gang-raped", "VBN")
    ('attack', 'bombing', 'gang-rape')
    """
    known = tag_tables().lemmas.get((low, tag))
    if known:
        return known
    if tag not in INFLECTED:
        return low
    if "-" in low[1:-1]:
        head, tail = low.rsplit("-", 1)
        return f"{head}-{lemma_of(tail, tag)}" if tail else low
    if tag in ("VBD", "VBN"):
        return base_of_past(low, tag)
    if tag == "VBG":
        return restore(low[:-3]) if low.endswith("ing") and len(low) > 4 else low
    return singular(low)


def base_of_past(low: str, tag: str) -> str:
    """Base of a past form: by its ending, or by the irregular verb within ("overran": over + run)."""
    if low.endswith("ied"):
        return low[:-1] if len(low) < 5 else low[:-3] + "y"
    if low.endswith("ed") and len(low) > 3:
        return low[:-1] if low.endswith("eed") else restore(low[:-2])
    for prefix in PREFIXES:
        base = tag_tables().lemmas.get((low[len(prefix) :], tag)) if low.startswith(prefix) else None
        if base:
            return prefix + base
    return low


def singular(low: str) -> str:
    """A word without its plural or third-person ending."""
    if low.endswith("ies") and len(low) > 4:
        return low[:-3] + "y"
    if low.endswith(("ches", "shes", "sses", "xes")) or (low.endswith("oes") and len(low) > 5):
        return low[:-2]
    return low[:-1] if low.endswith("s") and not low.endswith(("ss", "us", "is")) else low


def restore(stem: str) -> str:
    """Base of a verb whose "-ed" or "-ing" was cut off: with its silent e, without its doubled consonant.

    >>> restore("rap"), restore("exchang"), restore("belong"), restore("ramm"), restore("kill")
    ('rape', 'exchange', 'belong', 'ram', 'kill')
    """
    bases = tag_tables().bases
    if stem + "e" in bases:
        return stem + "e"
    if stem in bases:
        return stem
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] in "bdgmnprt":
        return stem[:-1]
    if stem.endswith("ll") and (stem[:-1] in bases or stem[-4:] in DOUBLED_L or stem[-5:] in DOUBLED_L):
        return stem[:-1]
    for size in range(min(5, len(stem)), 0, -1):  # the longest known ending decides
        if stem[-size:] in SILENT_E:
            return stem + "e"
        if stem[-size:] in NO_E:
            return stem
    return stem
