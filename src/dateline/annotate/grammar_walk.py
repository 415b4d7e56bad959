"""Walking over the chunks of a sentence: neighbours, and from the tail of a long phrase to the noun that it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.grammar_chunks import TIME_NOUNS, WORDS, Chunk, VerbGroup

REACH = 60
QUOTES = frozenset(('"', "“", "”", "'", "‘", "’", "``", "''"))
COMMAS = frozenset((",", "–", "—", "-", "--"))
# Verbs with a clause behind them ("said rebels had fled"), and those of them that tell it to somebody ("told reporters …").
REPORTERS, INFORMERS = WORDS["reporters"], WORDS["informers"]
# Words that open a clause of their own, always or only where a clause stands before them.
CONJUNCTIONS, TIME_CONJUNCTIONS = WORDS["conjunctions"], WORDS["time_conjunctions"]


@dataclass(slots=True, frozen=True)
class Tail:
    """What `Walk.back` found: the leftmost noun phrase of which a phrase is the tail, and the chunk before it."""

    first: int  # index of that noun phrase
    stop: int  # index of the chunk on its left that does not belong to it; -1 at the start
    over_verb: bool = False  # a participle stands between: "men accused of murder"
    dangling: bool = False  # it stands under a preposition or participle that nothing precedes: "in Kano"


class Walk:
    """The chunks of one sentence, walked left and right."""

    def __init__(self, chunks: list[Chunk], lows: list[str], tags: list[str]) -> None:
        self.chunks, self.lows, self.tags = chunks, lows, tags

    def word(self, i: int) -> str:
        return self.lows[self.chunks[i].first]

    def is_time(self, i: int) -> bool:
        """A noun phrase that tells a time: "on Saturday", "last week"."""
        return self.lows[self.chunks[i].head] in TIME_NOUNS

    def after(self, index: int) -> int:
        """Index of the next chunk that is no adverb or quotation mark (may be the end)."""
        i, end = index + 1, min(len(self.chunks), index + REACH)
        while i < end and (self.chunks[i].kind == "ADV" or self.word(i) in QUOTES):
            i += 1
        return i

    def plain_before(self, index: int) -> int:
        """Index of the nearest chunk on the left that is no adverb or quotation mark; -1 where there is none."""
        for i in range(index - 1, max(-1, index - REACH), -1):
            if self.chunks[i].kind != "ADV" and self.word(i) not in QUOTES:
                return i
        return -1

    def before(self, index: int) -> int | None:
        """The same, with brackets skipped: "The group (formerly X) attacked"."""
        i = self.plain_before(index)
        for _ in range(3):
            if i < 0 or self.word(i) not in (")", "]"):
                break
            opened = next((j for j in range(i - 1, max(-1, i - REACH), -1) if self.word(j) in ("(", "[")), 0)
            i = self.plain_before(opened)
        return i if i >= 0 else None

    def verb_before(self, index: int) -> int | None:
        for i in range(index - 1, max(-1, index - REACH), -1):
            if isinstance(self.chunks[i], VerbGroup):
                return i
        return None

    def _main_verb_before(self, index: int) -> int | None:
        """The nearest verb on the left that is no bare participle; failing that, the participle."""
        nearest = None
        for i in range(index - 1, max(-1, index - REACH), -1):
            chunk = self.chunks[i]
            if isinstance(chunk, VerbGroup):
                nearest = i if nearest is None else nearest
                if chunk.form != "part":
                    return i
        return nearest

    def _main_verb_after(self, index: int) -> int | None:
        for i in range(index + 1, min(len(self.chunks), index + REACH)):
            chunk = self.chunks[i]
            if isinstance(chunk, VerbGroup) and chunk.form == "finite":
                return i
        return None

    def _parenthesis(self, comma: int) -> int | None:
        """For "X, which …, did": the noun phrase before the comma that opens the insertion closed at `comma`."""
        for i in range(comma - 1, max(0, comma - REACH), -1):
            if self.word(i) in COMMAS:
                return i - 1 if self.chunks[i - 1].kind == "NP" else None
            verb = self.chunks[i]
            if isinstance(verb, VerbGroup) and verb.form == "finite" and not self._inside_relative(i):
                return None
        return None

    def _inside_relative(self, i: int) -> bool:
        for j in range(i - 1, max(-1, i - REACH), -1):
            if self.chunks[j].kind == "REL":
                return True
            if self.word(j) in COMMAS:
                return False
        return False

    # ---- phrases to the left

    def chain(self, i: int, clause: bool = False, over: frozenset[str] | None = None) -> list[Chunk]:
        """Leftmost noun phrase of "X of Y in Z" that ends at `i`, with those joined to it.

        `clause`: a finite verb follows, so conjunctions ("before police arrived") and relative clauses are told apart.
        `over`: prepositions that may be walked over (None: all).
        """
        tail = self.back(i, clause, over)
        return self._joined_left(tail) if tail is not None else [self.chunks[i]]

    def back(self, i: int, clause: bool = False, over: frozenset[str] | None = None) -> Tail | None:
        """Walk left from the noun phrase or verb group at `i` to the phrase that it is the tail of."""
        chunks, at, floor = self.chunks, i, i - REACH
        best = i if chunks[i].kind == "NP" else -1
        over_verb = pending = False
        while True:
            left = self.plain_before(at)
            if left < 0 or left < floor:
                break
            here, there = chunks[at], chunks[left]
            if there.kind == "NP" and here.kind != "NP":
                best, at, over_verb, pending = left, left, over_verb or pending, False
            elif there.kind == "IN" and here.kind != "IN" and self._walked(left, at, clause, over):
                at = left
            elif isinstance(there, VerbGroup) and over is None and self._reduced(left, at):
                at, pending = left, True
            elif isinstance(there, VerbGroup) and clause and there.form == "finite":
                antecedent = None if self._has_clause(left, at) else self.antecedent_of(left)
                if antecedent is None:
                    break
                best = at = antecedent
                over_verb, pending = True, False
            else:
                break
        return Tail(best, self.plain_before(at), over_verb, at != best) if best >= 0 else None

    def _walked(self, preposition: int, at: int, clause: bool, over: frozenset[str] | None) -> bool:
        """True when the word at `preposition` ties the phrase at `at` to one before it (it opens no clause)."""
        word = self.word(preposition)
        if over is not None and word not in over:
            return False
        return not (clause and self.chunks[at].kind == "NP" and self._opens_clause(preposition, at))

    def _opens_clause(self, preposition: int, at: int) -> bool:
        """True for "before police" where a verb follows: always for "while", for "after" only behind another verb."""
        word = self.word(preposition)
        if word in CONJUNCTIONS:
            return True
        if word not in TIME_CONJUNCTIONS or self.is_time(at) or self.tags[self.chunks[at].head] == "CD":
            return False
        for i in range(preposition - 1, max(-1, preposition - REACH), -1):
            chunk = self.chunks[i]
            if isinstance(chunk, VerbGroup) and chunk.form == "finite":
                return not (chunk.lemma in REPORTERS and i + 1 < preposition and self.chunks[i + 1].kind in ("NP", "REL"))
            if chunk.kind == "REL" or self.word(i) in COMMAS:
                return False
        return False

    def _reduced(self, verb: int, at: int) -> bool:
        """True when the verb group ties what follows to the noun before: "groups based in", "men carrying", "plan to attack"."""
        group = self.chunks[verb]
        assert isinstance(group, VerbGroup)
        return group.form in ("part", "ing", "inf")

    def _has_clause(self, verb: int, at: int) -> bool:
        """True when the noun phrase at `at` opens a clause behind a verb of saying: "who said rebels fled"."""
        group = self.chunks[verb]
        assert isinstance(group, VerbGroup)
        return self.chunks[at].kind == "NP" and group.lemma in REPORTERS | INFORMERS

    def antecedent_of(self, verb: int) -> int | None:
        """The noun phrase before the relative clause (without commas) in which the finite verb group stands."""
        for i in range(verb - 1, max(0, verb - REACH), -1):
            if self.chunks[i].kind == "REL":
                head = self.before(i)
                return head if head is not None and self.chunks[head].kind == "NP" else None
            if self.word(i) in COMMAS:
                return None
        before = self.before(verb)  # "the attack they carried out"
        if before is not None and before > 0 and self.tags[self.chunks[before].head] == "PRP":
            return before - 1 if self.chunks[before - 1].kind == "NP" else None
        return None

    def _joined_left(self, tail: Tail) -> list[Chunk]:
        """The noun phrase and those joined to it on the left by "and" or, in a list with "and", by commas."""
        chunks = self.chunks
        if tail.dangling and tail.stop < 0 and isinstance(chunks[0], VerbGroup) and chunks[0].form == "ing":
            return []  # "Fighting in the town killed nine": the deed is the subject
        found, listed = [chunks[tail.first]], False
        while not tail.dangling and tail.stop > 0 and len(found) < REACH:
            joint = tail.stop
            conjunction = chunks[joint].kind == "CC"
            if not conjunction and not (listed and self.word(joint) == ","):
                break
            left = self.plain_before(joint)
            if conjunction and left >= 0 and self.word(left) == ",":  # "A, B, and C"
                opened = self._parenthesis(left)  # "the rebels, who had fled, and their allies"
                inserted = opened is not None and opened + 2 < left and chunks[opened + 2].kind == "REL"
                left = opened if opened is not None and inserted else self.plain_before(left)
            if left < 0 or chunks[left].kind != "NP":
                break
            before = self.back(left, clause=True)
            if before is None or before.dangling or self._is_object(before):
                return found[-1:] if conjunction else found  # "a deal with Russia and Iran, and several posts were shelled"
            between = self.word(left - 1) == "between" if left > 0 else False
            if before.over_verb or between:
                found = [chunks[before.first]]
            else:
                found.insert(0, chunks[before.first])
            tail, listed = before, listed or conjunction
        return found

    def _is_object(self, tail: Tail) -> bool:
        """True when a verb stands right before the phrase, unless what follows that verb is a clause ("said rebels …")."""
        verb = self.chunks[tail.stop] if tail.stop >= 0 else None
        return isinstance(verb, VerbGroup) and verb.lemma not in REPORTERS
