"""Phrases of a sentence, and who did what to whom: noun phrases, verb groups, subjects, objects, prepositional phrases.

A cascade of small steps over part-of-speech tags, in the manner of FASTUS (Hobbs et al. 1997): no tree, only what event
coding asks for. Each sentence is analysed at most once, and only when somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.annotate.reading import Reading, Sentence
from dateline.annotate.tags import lemma_of, tag_words
from dateline.knowledge import wordlists

NOUN = frozenset(("NN", "NNS", "NNP", "NNPS"))
NP_INSIDE = NOUN | {"DT", "PDT", "PRP$", "CD", "JJ", "JJR", "JJS", "POS", "$", "RBS", "#", "ADD"}
VERB = frozenset(("VB", "VBD", "VBP", "VBZ", "VBN", "VBG"))
WORDS = wordlists("grammar")
BE = WORDS["be"]
HAVE = WORDS["have"]
DO = WORDS["do"]
TIME_NOUNS = WORDS["time_nouns"]
WEEKDAYS = WORDS["weekdays"]
PARTICIPLE_ADJECTIVES = WORDS["participle_adjectives"]
RELATIVES = WORDS["relatives"]
# Verbs whose object does the next infinitive: "forced residents to flee".
CAUSATIVES = WORDS["causatives"]
TITLES = WORDS["titles"]
FILLER = frozenset(("RB", "RBR", "RP", "UH", "``", "''"))


@dataclass(slots=True)
class Chunk:
    """Tokens `[first, last)` of one kind: NP, VG, IN (preposition), CC, REL, PUNCT, ADV or X."""

    kind: str
    first: int
    last: int
    head: int


@dataclass(slots=True)
class VerbGroup(Chunk):
    """A verb with its helpers. `form`: finite, inf, ing, part (participle without helper)."""

    lemma: str = ""
    form: str = "finite"
    passive: bool = False
    negated: bool = False
    modal: str = ""
    perfect: bool = False
    progressive: bool = False
    past: bool = False
    particle: str = ""


@dataclass(slots=True)
class Phrases:
    """Chunks of one sentence, in order, and the chunk of every token."""

    sentence: Sentence
    chunks: list[Chunk]
    of_token: dict[int, int] = field(default_factory=dict)

    def at(self, token: int) -> int:
        """Index of the chunk that holds `token`."""
        return self.of_token[token]


class Grammar:
    """Tags, lemmas and phrases of one reading."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.tags = tag_words(reading)
        self._phrases: dict[int, Phrases] = {}

    def lemma(self, token: int) -> str:
        return lemma_of(self.reading.lows[token], self.tags[token])

    def phrases(self, sentence: Sentence) -> Phrases:
        """The chunks of a sentence."""
        known = self._phrases.get(sentence.index)
        if known is None:
            known = self._phrases[sentence.index] = self._chunk(sentence)
        return known

    # ---- chunking

    def _chunk(self, sentence: Sentence) -> Phrases:
        chunks: list[Chunk] = []
        at = sentence.first
        while at < sentence.last:
            chunk = self._verb_group(at, sentence, chunks) or self._noun_phrase(at, sentence) or self._single(at)
            chunks.append(chunk)
            at = chunk.last
        self._mend(chunks)
        return Phrases(sentence, chunks, {t: i for i, c in enumerate(chunks) for t in range(c.first, c.last)})

    def _single(self, at: int) -> Chunk:
        low, tag = self.reading.lows[at], self.tags[at]
        if tag in ("WDT", "WP", "WP$", "WRB"):
            kind = "REL"
        elif tag in ("IN", "TO"):
            kind = "REL" if low == "that" else "IN"
        elif tag == "CC":
            kind = "CC"
        elif tag in ("RB", "RBR", "RP", "EX"):
            kind = "ADV"
        elif not low[0].isalnum():
            kind = "PUNCT"
        else:
            kind = "X"
        return Chunk(kind, at, at + 1, at)

    def _noun_phrase(self, at: int, sentence: Sentence) -> Chunk | None:
        tags, lows = self.tags, self.reading.lows
        if tags[at] == "PRP":
            return Chunk("NP", at, at + 1, at)
        i, head = at, -1
        while i < sentence.last:
            tag = tags[i]
            if tag in NOUN or tag == "CD":
                head = i
            elif not self._continues(i, at, head, sentence):
                break
            i += 1
            if head >= 0 and head < i - 1 and tags[i - 1] in ("DT", "PRP$"):
                i -= 1
                break
            if head == i - 1 and lows[head] in WEEKDAYS and i < sentence.last and tags[i] in ("NNP", "DT", "JJ"):
                break  # "said on Friday Turkey may …"
        if i == at:
            return None
        if head < 0:
            lone = tags[at] == "DT" and i == at + 1
            if lone and lows[at] not in ("this", "that", "these", "those", "some", "all", "both"):
                return None
            head = i - 1
        while i - 1 > head and tags[i - 1] in ("POS", "DT", "PRP$"):
            i -= 1
        return Chunk("NP", at, i, head)

    def _continues(self, i: int, at: int, head: int, sentence: Sentence) -> bool:
        """True when token `i` belongs to the noun phrase that began at `at` (no noun itself)."""
        tag, low = self.tags[i], self.reading.lows[i]
        following = self.tags[i + 1] if i + 1 < sentence.last else ""
        if tag in ("VBG", "VBN", "VBD"):
            return self._modifies(i, at, sentence)
        if tag == "RB":  # "a badly wounded man", "about 12"
            return following == "CD" or (i > at and following in ("JJ", "VBN"))
        if low == "least" or low in ("at", "than", "to"):
            return (low == "least" and i > at) or self._number_tail(i, at, sentence)
        if tag == "CC":  # "black and white flags"
            return i > at and head < 0 and low in ("and", "or") and following in ("JJ", "CD")
        if low == "." or tag in ("``", "''", '"'):  # "Dr. Haddad"; a "fierce attack"
            title = low == "." and i > at and self.reading.lows[i - 1] in TITLES and following != ""
            return title or (low != "." and i > at and head < 0 and following in NP_INSIDE)
        if tag in ("DT", "PRP$", "PDT"):
            return i == at or self.tags[i - 1] in ("PDT", "RB", "IN")
        return tag in NP_INSIDE

    def _number_tail(self, i: int, at: int, sentence: Sentence) -> bool:
        """ "at least 12 people", "more than 40 men", "12 to 15 soldiers" stay one phrase."""
        tags, lows = self.tags, self.reading.lows
        if i + 1 >= sentence.last:
            return False
        if lows[i] == "at":
            return (
                lows[i + 1] in ("least", "most")
                and i + 2 < sentence.last
                and (tags[i + 2] == "CD" or lows[i + 2] in ("a", "dozens"))
            )
        if lows[i] == "than":
            return i > at and lows[i - 1] in ("more", "fewer", "less") and tags[i + 1] in ("CD", "DT")
        return i > at and tags[i - 1] == "CD" and tags[i + 1] == "CD"

    def _modifies(self, i: int, at: int, sentence: Sentence) -> bool:
        """A participle inside a noun phrase: after a determiner, number or adjective, and before a noun."""
        if i + 1 >= sentence.last or self.tags[i + 1] not in NOUN | {"JJ", "CD", "VBN", "VBG"}:
            return False
        if i == at:
            return self.reading.lows[i] in PARTICIPLE_ADJECTIVES and (
                i == sentence.first or self.tags[i - 1] in ("IN", "CC", ",", "VBD", "VBP")
            )
        return self.tags[i - 1] in ("DT", "PRP$", "CD", "JJ", "POS", "RB", "RBS", "JJS") or (
            self.tags[i] == "VBG" and self.tags[i - 1] == "NN"
        )

    def _verb_group(self, at: int, sentence: Sentence, before: list[Chunk]) -> VerbGroup | None:
        tags, lows = self.tags, self.reading.lows
        if tags[at] not in VERB and tags[at] not in ("MD", "TO") and lows[at] not in BE:
            return None
        if tags[at] == "POS" or self._modifies(at, at, sentence):
            return None
        i, verb, passive, negated, modal, perfect, progressive = at, -1, False, False, "", False, False
        form = "finite"
        if tags[at] == "TO" or lows[at] == "to":
            j = at + 1
            while j < sentence.last and tags[j] == "RB":
                j += 1
            if j >= sentence.last or tags[j] not in ("VB", "VBP"):
                return None
            form, i = "inf", j
        first_verb = i
        while i < sentence.last:
            tag, low = tags[i], lows[i]
            if tag == "MD":
                modal = modal or low
            elif tag in ("RB", "RBR") or low in ("n't", "'t", "not"):
                if verb < 0 and i == first_verb and form != "inf":
                    return None
                negated = negated or low in ("not", "n't", "never", "'t", "no")
                if verb >= 0 and not self._helper(verb):
                    break
            elif tag in VERB or (
                verb >= 0 and self._helper(verb) and tag == "NN" and low.endswith(("ed", "ing")) and lows[verb] in BE
            ):
                if verb >= 0:
                    if not self._helper(verb):
                        break
                    passive = lows[verb] in BE and tag in ("VBN", "VBD")
                    progressive = progressive or (lows[verb] in BE and tag == "VBG")
                    perfect = perfect or lows[verb] in HAVE
                verb = i
            elif (
                low == "to"
                and verb >= 0
                and lows[verb] in HAVE | {"used", "going"}
                and i + 1 < sentence.last
                and tags[i + 1] == "VB"
                and lows[verb] == "going"
            ):
                modal = "going to"
                verb = -1
                i += 1
                first_verb = i
                continue
            else:
                break
            i += 1
        if verb < 0:
            return None  # "may" alone, or a month name
        if form == "finite" and not modal and first_verb == verb:
            tag = tags[verb]
            form = "ing" if tag == "VBG" else "part" if tag == "VBN" else "finite"
        last = verb + 1
        group = VerbGroup("VG", at, last, verb, self.lemma(verb), form, passive, negated, modal, perfect, progressive)
        group.past = tags[first_verb] == "VBD" or perfect
        if last < sentence.last and tags[last] == "RP":
            group.particle, group.last = lows[last], last + 1
        return group

    def _helper(self, token: int) -> bool:
        low = self.reading.lows[token]
        return low in BE or low in HAVE or low in DO

    def _mend(self, chunks: list[Chunk]) -> None:
        """Tell finite past tense from bare participle by what stands around it: "rebels attacked posts", "rebels killed in".

        A bare "-ed" verb with an object right after it and a subject before it is active; one without an object is passive
        when its verb takes objects. Headlines drop their helpers, so the tag alone does not tell.
        """
        for i, chunk in enumerate(chunks):
            if (
                not isinstance(chunk, VerbGroup)
                or chunk.form not in ("part", "finite")
                or chunk.passive
                or chunk.perfect
                or chunk.modal
            ):
                continue
            if self.tags[chunk.head] not in ("VBN", "VBD") or chunk.first != chunk.head:
                continue
            following = self._next(chunks, i)
            has_object = following is not None and following.kind == "NP" and not self.is_time(following)
            by_agent = following is not None and following.kind == "IN" and self.reading.lows[following.first] == "by"
            if has_object and chunk.form == "part":
                chunk.form, chunk.past = "finite", True
            elif by_agent or (not has_object and chunk.form == "part"):
                chunk.form, chunk.passive = "part", True

    def _next(self, chunks: list[Chunk], i: int) -> Chunk | None:
        for chunk in chunks[i + 1 :]:
            if chunk.kind != "ADV" and not (chunk.kind == "PUNCT" and self.reading.words[chunk.first] in "\"“”'"):
                return chunk
        return None

    def is_time(self, chunk: Chunk) -> bool:
        """A noun phrase that tells a time: "on Saturday", "last week"."""
        return self.reading.lows[chunk.head] in TIME_NOUNS

    # ---- who did what to whom

    def subject(self, phrases: Phrases, index: int, depth: int = 0) -> list[Chunk]:
        """Noun phrases that are the subject of verb group `index` (several when joined by "and"); [] when none is told."""
        chunks = phrases.chunks
        verb = chunks[index]
        if depth > 6 or not isinstance(verb, VerbGroup):
            return []
        if verb.form == "inf":
            return self._controller(phrases, index, depth)
        before = self._before(chunks, index)
        if before is None:
            return []
        chunk = chunks[before]
        if chunk.kind == "NP":
            return self._chain(chunks, before)
        if chunk.kind == "REL":
            head = self._before(chunks, before)
            if head is not None and self._word(chunks[head]) == ",":
                head = self._before(chunks, head)
            return self._chain(chunks, head, attach=False) if head is not None and chunks[head].kind == "NP" else []
        if chunk.kind == "CC" or self._word(chunk) == ",":
            if verb.form == "part" and self._word(chunk) == "," and before > 0 and chunks[before - 1].kind == "NP":
                return self._chain(chunks, before - 1)  # "12 posts around the town, set up under a deal"
            earlier = self._verb_before(phrases, before)
            opened = self._parenthesis(phrases, before) if self._word(chunk) == "," else None
            if opened is not None and verb.form == "finite":
                return self._chain(chunks, opened)
            if earlier is not None:
                return self.subject(phrases, earlier, depth + 1)
        if chunk.kind == "IN" and verb.form == "ing":  # "after capturing the town"
            earlier = self._verb_before(phrases, before)
            if earlier is not None:
                return self.subject(phrases, earlier, depth + 1)
            following = self._main_verb_after(phrases, index)
            return self.subject(phrases, following, depth + 1) if following is not None else []
        return []

    def _controller(self, phrases: Phrases, index: int, depth: int) -> list[Chunk]:
        chunks = phrases.chunks
        earlier = self._verb_before(phrases, index)
        if earlier is None:
            return []
        verb = chunks[earlier]
        assert isinstance(verb, VerbGroup)
        if verb.lemma in CAUSATIVES:
            objects = self.subject(phrases, earlier, depth + 1) if verb.passive else self.objects(phrases, earlier)
            if objects:
                return objects
        return self.subject(phrases, earlier, depth + 1)

    def objects(self, phrases: Phrases, index: int) -> list[Chunk]:
        """Noun phrases that the verb group acts upon (the subject of a passive is not among them)."""
        chunks = phrases.chunks
        verb = chunks[index]
        if not isinstance(verb, VerbGroup) or verb.passive:
            return []
        i = index + 1
        while i < len(chunks) and (chunks[i].kind == "ADV" or self._word(chunks[i]) in "\"“”'"):
            i += 1
        if i >= len(chunks) or chunks[i].kind != "NP" or self.is_time(chunks[i]):
            return []
        return self._joined(chunks, i)

    def agents(self, phrases: Phrases, index: int) -> list[Chunk]:
        """Noun phrases after "by" that belong to verb group or noun `index`."""
        return self.prepositional(phrases, index, ("by",))

    def prepositional(self, phrases: Phrases, index: int, prepositions: tuple[str, ...], reach: int = 14) -> list[Chunk]:
        """Noun phrases under one of `prepositions`, right of chunk `index` and before the next finite verb."""
        chunks, found = phrases.chunks, []
        for i in range(index + 1, min(len(chunks), index + reach)):
            chunk = chunks[i]
            if (isinstance(chunk, VerbGroup) and chunk.form == "finite") or chunk.kind == "REL":
                break
            if isinstance(chunk, VerbGroup) and chunk.form in ("ing", "part", "inf") and i > index + 1:
                break
            if chunk.kind == "IN" and self.reading.lows[chunk.first] in prepositions:
                j = i + 1
                while j < len(chunks) and (chunks[j].kind == "ADV" or self._word(chunks[j]) in "\"“”'"):
                    j += 1
                if j < len(chunks) and chunks[j].kind == "NP":
                    found += self._joined(chunks, j)
        return found

    def _joined(self, chunks: list[Chunk], i: int) -> list[Chunk]:
        """The noun phrase at `i` and those joined to it by comma or "and", also over "of" phrases."""
        found, j = [chunks[i]], i + 1
        while j < len(chunks):
            if chunks[j].kind == "IN" and self._word(chunks[j]) == "of" and j + 1 < len(chunks) and chunks[j + 1].kind == "NP":
                j += 2
                continue
            step = j
            if self._word(chunks[step]) == ",":
                if not self._listed(chunks, step):
                    break
                step += 1
            if step < len(chunks) and chunks[step].kind == "CC" and self._word(chunks[step]) in ("and", "or", "as well as"):
                step += 1
            if step == j or step >= len(chunks) or chunks[step].kind != "NP" or self._starts_clause(chunks, step):
                break
            found.append(chunks[step])
            j = step + 1
        return found

    def _listed(self, chunks: list[Chunk], comma: int) -> bool:
        """True when the comma stands in a list that ends with "and": "A, B and C"."""
        for i in range(comma + 1, min(len(chunks), comma + 9)):
            if chunks[i].kind == "CC":
                return True
            if chunks[i].kind not in ("NP", "IN") and self._word(chunks[i]) != ",":
                return False
        return False

    def _starts_clause(self, chunks: list[Chunk], i: int) -> bool:
        """True when the noun phrase at `i` is the subject of a verb of its own."""
        j = i + 1
        while j + 1 < len(chunks) and chunks[j].kind == "IN" and self._word(chunks[j]) == "of" and chunks[j + 1].kind == "NP":
            j += 2
        while j < len(chunks) and chunks[j].kind == "ADV":
            j += 1
        if j >= len(chunks):
            return False
        follower = chunks[j]
        return isinstance(follower, VerbGroup) and follower.form == "finite"

    def _chain(self, chunks: list[Chunk], i: int, attach: bool = True) -> list[Chunk]:
        """Leftmost noun phrase of "X of Y in Z" that ends at `i`, with those joined to it."""
        j = i
        while (
            j >= 2 and chunks[j - 1].kind == "IN" and chunks[j - 2].kind == "NP" and (attach or self._word(chunks[j - 1]) == "of")
        ):
            j -= 2
        j = self._over_participle(chunks, j)
        found = [chunks[j]]
        while j >= 2 and (chunks[j - 1].kind == "CC" or self._word(chunks[j - 1]) == ",") and chunks[j - 2].kind == "NP":
            if self._word(chunks[j - 1]) == "," and not any(c.kind == "CC" for c in chunks[j : i + 1]):
                break
            if j >= 3 and isinstance(chunks[j - 3], VerbGroup) and chunks[j - 1].kind != "CC":
                break
            if j >= 3 and (isinstance(chunks[j - 3], VerbGroup) or chunks[j - 3].kind == "IN"):
                break  # the noun before is an object or stands under a preposition
            j -= 2
            found.insert(0, chunks[j])
        return found

    def _over_participle(self, chunks: list[Chunk], i: int) -> int:
        """From the last noun of "groups positioned in the north" to the first."""
        if i >= 3 and chunks[i - 1].kind == "IN" and chunks[i - 3].kind == "NP":
            verb = chunks[i - 2]
            if isinstance(verb, VerbGroup) and verb.form in ("part", "ing"):
                return i - 3
        return i

    def _before(self, chunks: list[Chunk], index: int) -> int | None:
        """Index of the nearest chunk on the left that is no adverb or quotation mark."""
        for i in range(index - 1, -1, -1):
            if chunks[i].kind != "ADV" and self._word(chunks[i]) not in ('"', "“", "”", "'"):
                if self._word(chunks[i]) in (")", "]"):
                    opened = next((j for j in range(i - 1, -1, -1) if self._word(chunks[j]) in ("(", "[")), None)
                    return self._before(chunks, opened) if opened else None
                return i
        return None

    def _verb_before(self, phrases: Phrases, index: int) -> int | None:
        for i in range(index - 1, -1, -1):
            if isinstance(phrases.chunks[i], VerbGroup):
                return i
        return None

    def _main_verb_after(self, phrases: Phrases, index: int) -> int | None:
        for i in range(index + 1, len(phrases.chunks)):
            chunk = phrases.chunks[i]
            if isinstance(chunk, VerbGroup) and chunk.form == "finite":
                return i
        return None

    def _parenthesis(self, phrases: Phrases, comma: int) -> int | None:
        """For "X, which …, did": the noun phrase before the comma that opens the insertion closed at `comma`."""
        chunks = phrases.chunks
        for i in range(comma - 1, 0, -1):
            if self._word(chunks[i]) == ",":
                return i - 1 if chunks[i - 1].kind == "NP" else None
            if isinstance(chunks[i], VerbGroup) and chunks[i].first > 0:
                verb = chunks[i]
                if isinstance(verb, VerbGroup) and verb.form == "finite" and not self._inside_relative(chunks, i):
                    return None
        return None

    def _inside_relative(self, chunks: list[Chunk], i: int) -> bool:
        for j in range(i - 1, -1, -1):
            if chunks[j].kind == "REL":
                return True
            if self._word(chunks[j]) == ",":
                return False
        return False

    def _word(self, chunk: Chunk) -> str:
        return self.reading.lows[chunk.first]
