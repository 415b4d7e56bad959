"""Phrases of a sentence, and who did what to whom: noun phrases, verb groups, subjects, objects, prepositional phrases.

A cascade of small steps over part-of-speech tags, in the manner of FASTUS (Hobbs et al. 1997): no tree, only what event
coding asks for. Each sentence is analysed at most once, and only when somebody asks for it.
"""

from __future__ import annotations

from dateline.annotate.grammar_chunks import TIME_NOUNS, Chunk, Chunker, Phrases, VerbGroup
from dateline.annotate.grammar_roles import Roles
from dateline.annotate.reading import Reading, Sentence
from dateline.annotate.tags import lemma_of, tag_words

__all__ = ["Chunk", "Grammar", "Phrases", "VerbGroup"]


class Grammar:
    """Tags, lemmas, phrases and roles of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tags = tag_words(reading)
        self._chunker = Chunker(reading, self.tags)
        self._phrases: dict[int, Phrases] = {}

    def lemma(self, token: int) -> str:
        """Dictionary form of the token."""
        return lemma_of(self.reading.lows[token], self.tags[token])

    def phrases(self, sentence: Sentence) -> Phrases:
        """The chunks of a sentence."""
        known = self._phrases.get(sentence.index)
        if known is None:
            known = self._phrases[sentence.index] = self._chunker.chunk(sentence)
        return known

    def is_time(self, chunk: Chunk) -> bool:
        """A noun phrase that tells a time: "on Saturday", "last week"."""
        return self.reading.lows[chunk.head] in TIME_NOUNS

    def subject(self, phrases: Phrases, index: int) -> list[Chunk]:
        """Noun phrases that are the subject of verb group `index` (several when joined by "and"); [] when none is told."""
        return self._roles(phrases).subject(index)

    def objects(self, phrases: Phrases, index: int) -> list[Chunk]:
        """Noun phrases that the verb group acts upon (the subject of a passive is not among them).

        The object may be shared ("attacked and burned the village") or stand before ("the road, which troops severed").
        """
        return self._roles(phrases).objects(index)

    def agents(self, phrases: Phrases, index: int) -> list[Chunk]:
        """Noun phrases after "by" that belong to verb group or noun `index`."""
        return self.prepositional(phrases, index, ("by",))

    def prepositional(self, phrases: Phrases, index: int, prepositions: tuple[str, ...], reach: int = 14) -> list[Chunk]:
        """Noun phrases under one of `prepositions`, right of chunk `index` and before the next finite verb."""
        return self._roles(phrases).prepositional(index, prepositions, reach)

    def _roles(self, phrases: Phrases) -> Roles:
        return Roles(phrases.chunks, self.reading.lows, self.tags)
