"""Who did what to whom: subjects, objects and phrases under a preposition, read off the chunks of one sentence.

Every question looks at a bounded number of chunks on either side of the verb (REACH), so that no text, however built, takes
more than linear time. Indices are those of `chunks`.
"""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.grammar_chunks import TIME_NOUNS, WORDS, Chunk, VerbGroup

REACH = 60
QUOTES = frozenset(('"', "“", "”", "'", "‘", "’", "``", "''"))
COMMAS = frozenset((",", "–", "—", "-", "--"))
# Verbs whose object does the next infinitive ("forced residents to flee"), and those whose object did what follows "of" or
# "from" ("accused troops of shelling").
CAUSATIVES = WORDS["causatives"]
ACCUSERS = WORDS["accusers"]
# Verbs with a clause behind them ("said rebels had fled"), and those of them that tell it to somebody ("told reporters …").
REPORTERS, INFORMERS = WORDS["reporters"], WORDS["informers"]
# Verbs of harm: what an event does, wherever it stands ("hit a bus killing 12"; "the attack on the town that killed nine").
RESULTS = WORDS["results"]
INTRANSITIVE = WORDS["intransitive"]
RECIPROCAL = WORDS["reciprocal"]
# Words that open a clause of their own, always or only where a clause stands before them.
CONJUNCTIONS, TIME_CONJUNCTIONS = WORDS["conjunctions"], WORDS["time_conjunctions"]
CONTENT_NOUNS = WORDS["content_nouns"]
OBJECT_RELATIVES = frozenset(("which", "that", "whom", "who"))
EVENT_LINKS = frozenset(("on", "in", "at", "near", "against", "outside", "with", "between"))


@dataclass(slots=True, frozen=True)
class Tail:
    """What `Roles.back` found: the leftmost noun phrase of which a phrase is the tail, and the chunk before it."""

    first: int  # index of that noun phrase
    stop: int  # index of the chunk on its left that does not belong to it; -1 at the start
    over_verb: bool = False  # a participle stands between: "men accused of murder"
    dangling: bool = False  # it stands under a preposition or participle that nothing precedes: "in Kano"


class Roles:
    """The chunks of one sentence, asked for roles."""

    def __init__(self, chunks: list[Chunk], lows: list[str], tags: list[str]) -> None:
        self.chunks, self.lows, self.tags = chunks, lows, tags

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

    # ---- neighbours

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
