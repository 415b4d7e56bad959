"""Who did what to whom: subjects, objects and phrases under a preposition, read off the chunks of one sentence.

Every question looks at a bounded number of chunks on either side of the verb (REACH), so that no text, however built, takes
more than linear time. Indices are those of `chunks`.
"""

from __future__ import annotations

from dateline.annotate.grammar_chunks import WORDS, Chunk, VerbGroup
from dateline.annotate.grammar_walk import COMMAS, CONJUNCTIONS, INFORMERS, REACH, REPORTERS, TIME_CONJUNCTIONS, Walk

# Verbs whose object does the next infinitive ("forced residents to flee"), and those whose object did what follows "of" or
# "from" ("accused troops of shelling").
CAUSATIVES = WORDS["causatives"]
ACCUSERS = WORDS["accusers"]
# Verbs of harm: what an event does, wherever it stands ("hit a bus killing 12"; "the attack on the town that killed nine").
RESULTS = WORDS["results"]
INTRANSITIVE = WORDS["intransitive"]
RECIPROCAL = WORDS["reciprocal"]
CONTENT_NOUNS = WORDS["content_nouns"]
OBJECT_RELATIVES = frozenset(("which", "that", "whom", "who"))
EVENT_LINKS = frozenset(("on", "in", "at", "near", "against", "outside", "with", "between"))


class Roles(Walk):
    """The chunks of one sentence, asked for roles."""

    # ---- subjects

    def subject(self, index: int, depth: int = 0) -> list[Chunk]:
        """Noun phrases that are the subject of the verb group (several when joined by "and"); [] when none is told."""
        chunks, verb = self.chunks, self.chunks[index]
        if depth > 6 or not isinstance(verb, VerbGroup):
            return []
        if verb.form == "inf":
            return self._controller(index, depth)
        before = self.before(index)
        if before is None:
            return []
        chunk = chunks[before]
        if chunk.kind == "NP":
            return self._subject_phrase(before, verb, depth)
        if chunk.kind == "REL":
            return self._antecedents(before, verb)
        if chunk.kind == "CC" or self.word(before) in COMMAS:
            return self._subject_over(before, verb, depth)
        if isinstance(chunk, VerbGroup):
            return self._subject_behind_verb(before, verb, depth)
        if chunk.kind == "IN" and verb.form == "ing":  # "after capturing the town"
            return self._doer_of_gerund(before, index, depth)
        return []

    def _subject_phrase(self, before: int, verb: VerbGroup, depth: int) -> list[Chunk]:
        """Subject whose phrase ends right before the verb."""
        if verb.form == "ing" and verb.lemma in RESULTS:  # "hit a bus killing 12"
            earlier = self.verb_before(before)
            main = self.chunks[earlier] if earlier is not None else None
            if earlier is not None and isinstance(main, VerbGroup) and main.form == "finite" and not main.passive:
                return self.subject(earlier, depth + 1)
        found = self.chain(before, clause=verb.form == "finite")
        if verb.lemma in RECIPROCAL and len(found) == 1 and before == 2 and self.word(1) == "," and self.chunks[0].kind == "NP":
            return [self.chunks[0], *found]  # "Troops, police clash with protesters"
        return found

    def _subject_over(self, before: int, verb: VerbGroup, depth: int) -> list[Chunk]:
        """Subject left of a comma or "and": that of the verb before, or the phrase that an insertion interrupts."""
        comma = self.word(before) in COMMAS
        if verb.form == "part" and comma and before > 0 and self.chunks[before - 1].kind == "NP":
            return self.chain(before - 1)  # "12 posts around the town, set up under a deal"
        opened = self._parenthesis(before) if comma and verb.form == "finite" else None
        if opened is not None:
            return self.chain(opened)
        earlier = self.verb_before(before)
        if comma or verb.form == "finite":  # "a truck packed with explosives, killing six": not the participle's
            earlier = self._main_verb_before(before) if earlier is not None else None
        return self.subject(earlier, depth + 1) if earlier is not None else []

    def _subject_behind_verb(self, before: int, verb: VerbGroup, depth: int) -> list[Chunk]:
        """Subject of a verb right after another: "men sent to fight fled", "whom they held was freed", "helped kill"."""
        if verb.form != "finite":
            return []
        inner = self.chunks[before]
        assert isinstance(inner, VerbGroup)
        if inner.form != "finite":
            tail = self.back(before)
            return self._joined_left(tail) if tail is not None else []
        if self.tags[verb.head] == "VB" and not verb.modal:
            return self.subject(before, depth + 1)
        antecedent = self.antecedent_of(before)
        return self.chain(antecedent, clause=True) if antecedent is not None else []

    def _antecedents(self, relative: int, verb: VerbGroup) -> list[Chunk]:
        """What "who", "which" or "that" at `relative` stands for."""
        head = self.before(relative)
        if head is not None and self.word(head) in COMMAS:
            head = self.before(head)
        if head is None or self.chunks[head].kind != "NP":
            return []
        wide = EVENT_LINKS if verb.lemma in RESULTS and self.word(relative) in ("that", "which") else frozenset()
        return self.chain(head, over=wide | {"of"})

    def _doer_of_gerund(self, before: int, index: int, depth: int) -> list[Chunk]:
        earlier = self.verb_before(before)
        if earlier is not None:
            verb = self.chunks[earlier]
            assert isinstance(verb, VerbGroup)
            if verb.lemma in ACCUSERS and not verb.passive and self.word(before) in ("of", "from", "with", "for"):
                return self.objects(earlier) or self.subject(earlier, depth + 1)
            return self.subject(earlier, depth + 1)
        following = self._main_verb_after(index)
        return self.subject(following, depth + 1) if following is not None else []

    def _controller(self, index: int, depth: int) -> list[Chunk]:
        earlier = self.verb_before(index)
        if earlier is None:
            return []
        verb = self.chunks[earlier]
        assert isinstance(verb, VerbGroup)
        if verb.lemma in CAUSATIVES:
            objects = self.subject(earlier, depth + 1) if verb.passive else self.objects(earlier)
            if objects:
                return objects
        return self.subject(earlier, depth + 1)

    # ---- objects and phrases to the right

    def objects(self, index: int, shared: bool = True) -> list[Chunk]:
        """Noun phrases that the verb group acts upon (the subject of a passive is not among them)."""
        chunks, verb = self.chunks, self.chunks[index]
        if not isinstance(verb, VerbGroup) or verb.passive:
            return []
        i = self.after(index)
        if i < len(chunks) and chunks[i].kind == "NP" and self.is_time(i) and self.after(i) < len(chunks):
            i = self.after(i)  # "attacked Friday a village"
            if chunks[i].kind != "NP" or self.starts_clause(i):
                return self._object_before(index)
        if i < len(chunks) and chunks[i].kind == "NP":
            return [] if self.is_time(i) else self.joined(i)
        if i < len(chunks) and shared and chunks[i].kind == "CC" and verb.lemma not in INTRANSITIVE:
            second = self.after(i)  # "attacked and burned the village"
            other = chunks[second] if second < len(chunks) else None
            if isinstance(other, VerbGroup) and other.form == verb.form and not other.passive:
                return self.objects(second, shared=False)
        return self._object_before(index)

    def _object_before(self, index: int) -> list[Chunk]:
        """The antecedent of a relative clause that has its own subject and no object: "the road, which forces severed"."""
        verb = self.chunks[index]
        if not isinstance(verb, VerbGroup) or verb.form != "finite" or verb.lemma in INTRANSITIVE | REPORTERS:
            return []
        before = self.before(index)
        if before is None or self.chunks[before].kind != "NP":
            return []
        tail = self.back(before)
        if tail is None or tail.dangling or tail.stop < 0:
            return []
        pronoun = self.tags[self.chunks[tail.first].head] == "PRP"
        if pronoun and self.chunks[tail.stop].kind == "NP":  # "the attack they carried out"
            return [] if self._has_informer(tail.stop) else self.chain(tail.stop, over=frozenset(("of",)))
        if self.chunks[tail.stop].kind != "REL" or self.word(tail.stop) not in OBJECT_RELATIVES:
            return []
        head = self.before(tail.stop)
        comma = head is not None and self.word(head) in COMMAS
        if comma and head is not None:
            head = self.before(head)
        if head is None or self.chunks[head].kind != "NP" or (comma and self.word(tail.stop) == "that"):
            return []
        if self.word(tail.stop) == "that" and (self.lows[self.chunks[head].head] in CONTENT_NOUNS or self._has_informer(head)):
            return []  # "reports that rebels attacked", "told reporters that …"
        return self.chain(head, over=frozenset(("of",)))

    def _has_informer(self, noun: int) -> bool:
        """True when the noun phrase is the hearer of a verb of saying: "told reporters that"."""
        before = self.before(noun)
        verb = self.chunks[before] if before is not None else None
        return isinstance(verb, VerbGroup) and verb.lemma in REPORTERS | INFORMERS

    def prepositional(self, index: int, prepositions: tuple[str, ...], reach: int) -> list[Chunk]:
        """Noun phrases under one of `prepositions`, right of chunk `index` and before the next finite verb."""
        chunks, found = self.chunks, []
        for i in range(index + 1, min(len(chunks), index + reach)):
            chunk = chunks[i]
            if (isinstance(chunk, VerbGroup) and chunk.form == "finite") or chunk.kind == "REL":
                break
            if isinstance(chunk, VerbGroup) and chunk.form in ("ing", "part", "inf") and i > index + 1:
                break
            if chunk.kind == "IN" and self.lows[chunk.first] in prepositions:
                j = self.after(i)
                if j < len(chunks) and chunks[j].kind == "NP" and not self._clause_behind(i, j):
                    found += self.joined(j, between=self.word(i) == "between")
        return found

    def _clause_behind(self, preposition: int, noun: int) -> bool:
        """True when the preposition is a conjunction here: "after police arrived"."""
        word = self.word(preposition)
        return (word in TIME_CONJUNCTIONS or word in CONJUNCTIONS) and self.starts_clause(noun) and not self.is_time(noun)

    def joined(self, i: int, between: bool = False) -> list[Chunk]:
        """The noun phrase at `i` and those joined to it by comma or "and", also over "of" phrases.

        `between`: its first "and" always joins, whatever follows: "fighting between the army and rebels shook the city".
        """
        chunks, found, j = self.chunks, [self.chunks[i]], i + 1
        while j < len(chunks) and len(found) < REACH:
            if chunks[j].kind == "IN" and self.word(j) == "of" and j + 1 < len(chunks) and chunks[j + 1].kind == "NP":
                j += 2
                continue
            step = j
            if self.word(step) == ",":
                if not self._listed(step):
                    break
                step += 1
            joint = step < len(chunks) and chunks[step].kind == "CC" and self.word(step) in ("and", "or", "as well as")
            step += joint
            if step == j or step >= len(chunks) or chunks[step].kind != "NP":
                break
            if not (between and joint) and self.starts_clause(step):
                break
            found.append(chunks[step])
            between = between and not joint
            j = step + 1
        return found

    def _listed(self, comma: int) -> bool:
        """True when the comma stands in a list that ends with "and": "A, B and C"."""
        for i in range(comma + 1, min(len(self.chunks), comma + 9)):
            if self.chunks[i].kind == "CC":
                return True
            if self.chunks[i].kind not in ("NP", "IN") and self.word(i) != ",":
                return False
        return False

    def starts_clause(self, i: int) -> bool:
        """True when the noun phrase at `i` is the subject of a verb of its own."""
        chunks, j, end = self.chunks, i + 1, min(len(self.chunks), i + REACH)
        while j + 1 < end and chunks[j].kind == "IN" and self.word(j) == "of" and chunks[j + 1].kind == "NP":
            j += 2
        while j < end and chunks[j].kind == "ADV":
            j += 1
        follower = chunks[j] if j < end else None
        return isinstance(follower, VerbGroup) and follower.form == "finite"
