"""Phrases of a sentence: noun phrases, verb groups and what stands between them, cut from part-of-speech tags in one pass."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.annotate.reading import Reading, Sentence
from dateline.annotate.tags import lemma_of
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
NUMBER_WORDS = frozenset(("at", "least", "than", "to", "up"))
TITLES = WORDS["titles"]
COMPOUND_PARTICIPLES = WORDS["compound_participles"]
NEGATIONS = WORDS["negations"]
INTRANSITIVE = WORDS["intransitive"]
REPORTERS, INFORMERS = WORDS["reporters"], WORDS["informers"]
CLAUSE_BOUNDARIES = WORDS["clause_boundaries"]
DEADLY = WORDS["deadly"]
NOBODY = frozenset(("no", "nobody", "none", "neither"))


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


class Chunker:
    """Cuts the sentences of one tagged reading into chunks."""

    def __init__(self, reading: Reading, tags: list[str]) -> None:
        self.reading = reading
        self.tags = tags

    def chunk(self, sentence: Sentence) -> Phrases:
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
        while i - 1 > head and tags[i - 1] in ("POS", "DT", "PRP$", "RB"):
            i -= 1
        return Chunk("NP", at, i, head)

    def _continues(self, i: int, at: int, head: int, sentence: Sentence) -> bool:
        """True when token `i` belongs to the noun phrase that began at `at` (no noun itself)."""
        tag, low = self.tags[i], self.reading.lows[i]
        following = self.tags[i + 1] if i + 1 < sentence.last else ""
        if tag in ("VBG", "VBN", "VBD"):
            return self._modifies(i, at, sentence)
        if low in NUMBER_WORDS and self._number_tail(i, at, sentence):
            return True
        if tag == "RB":  # "a badly wounded man", "about 12"
            return following == "CD" or (i > at and following in ("JJ", "VBN"))
        if low in NUMBER_WORDS:
            return low == "least" and i > at
        if tag == "CC":  # "black and white flags"
            return i > at and head < 0 and low in ("and", "or") and following in ("JJ", "CD")
        if low == "." or tag in ("``", "''", '"'):  # "Dr. Haddad"; a "fierce attack"
            title = low == "." and i > at and following != "" and self._shortened(i - 1)
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
        if lows[i] == "up":
            return i == at and lows[i + 1] == "to" and i + 2 < sentence.last and tags[i + 2] == "CD"
        if lows[i] == "than":
            return i > at and lows[i - 1] in ("more", "fewer", "less") and tags[i + 1] in ("CD", "DT")
        return lows[i] == "to" and i > at and (tags[i - 1] == "CD" or lows[i - 1] == "up") and tags[i + 1] == "CD"

    def _shortened(self, i: int) -> bool:
        """A title or an initial before its full stop: "Gen. A. B. Karim"."""
        low = self.reading.lows[i]
        return low in TITLES or (len(low) == 1 and self.tags[i] == "NNP")

    def _modifies(self, i: int, at: int, sentence: Sentence) -> bool:
        """A participle inside a noun phrase: after a determiner, number or adjective, and before a noun."""
        if i + 1 >= sentence.last or self.tags[i + 1] not in NOUN | {"JJ", "CD", "VBN", "VBG"}:
            return False
        if i == at:
            return self.reading.lows[i] in PARTICIPLE_ADJECTIVES and (
                i == sentence.first or self.tags[i - 1] in ("IN", "CC", ",", "VBD", "VBP")
            )
        return self.tags[i - 1] in ("DT", "PRP$", "CD", "JJ", "POS", "RB", "RBS", "JJS") or (
            self.tags[i] == "VBG" and self.tags[i - 1] == "NN" and self.reading.lows[i] in COMPOUND_PARTICIPLES
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
                negated = negated or low in NEGATIONS
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
        negated = negated or self._denied_before(at, sentence) or (form == "finite" and self._nobody(before))
        if form == "finite" and not modal and first_verb == verb:
            tag = tags[verb]
            form = "ing" if tag == "VBG" else "part" if tag == "VBN" else "finite"
        last = verb + 1
        group = VerbGroup(
            "VG", at, last, verb, lemma_of(lows[verb], tags[verb]), form, passive, negated, modal, perfect, progressive
        )
        group.past = tags[first_verb] == "VBD" or perfect
        if last < sentence.last and lows[last] == "dead" and group.lemma in DEADLY:
            group.particle, group.last = "dead", last + 1
        elif last < sentence.last and tags[last] == "RP" and not self._number_tail(last, last, sentence):
            group.particle, group.last = lows[last], last + 1
        return group

    def _denied_before(self, at: int, sentence: Sentence) -> bool:
        """True for "never attacked", "no longer fight": the adverb stands before the verb group."""
        lows = self.reading.lows
        before = at - 1
        if before > sentence.first and lows[before] == "longer":
            before -= 1
        return (
            before >= sentence.first and lows[before] in ("never", "not", "no", "nor") and self.tags[before] in ("RB", "CC", "DT")
        )

    def _nobody(self, before: list[Chunk]) -> bool:
        """True where the subject denies the verb: "no group claimed", "none of the soldiers died" ("no fewer than" does not)."""
        i = len(before) - 1
        while i >= 2 and before[i].kind == "NP" and self.reading.lows[before[i - 1].first] == "of":
            i -= 2
        if i < 0 or before[i].kind != "NP" or (i > 0 and isinstance(before[i - 1], VerbGroup)):
            return False
        first = before[i].first
        return self.reading.lows[first] in NOBODY and self.reading.lows[first + 1] not in ("fewer", "less", "more")

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
            active = has_object or (not by_agent and self._told_actively(chunks, i, chunk.lemma))
            if active and chunk.form == "part":
                chunk.form, chunk.past = "finite", True
            elif by_agent or (not has_object and (chunk.form == "part" or self._joined_to_passive(chunks, i))):
                chunk.form, chunk.passive = "part", True

    def _told_actively(self, chunks: list[Chunk], i: int, lemma: str) -> bool:
        """A bare participle without an object that is no passive: "the ceasefire collapsed", "which forces severed"."""
        if i < 1 or chunks[i - 1].kind != "NP":
            return False
        opener = chunks[i - 2] if i > 1 else None
        low = self.reading.lows[opener.first] if opener is not None else ""
        if low in ("which", "whom") or (
            low == "that" and i > 2 and chunks[i - 3].kind == "NP" and not self._heard(chunks, i - 3)
        ):
            return True
        return (lemma in INTRANSITIVE or low in ("while", "because")) and not self._finite_behind(chunks, i)

    def _heard(self, chunks: list[Chunk], i: int) -> bool:
        """True for the hearer in "told reporters that", "said in a statement to the agency that"."""
        left = chunks[i - 1] if i > 0 else None
        if isinstance(left, VerbGroup):
            return left.lemma in INFORMERS or left.lemma in REPORTERS
        return left is not None and left.kind == "IN"

    def _finite_behind(self, chunks: list[Chunk], i: int) -> bool:
        """True when another finite verb follows in the clause: the participle then only describes."""
        for chunk in chunks[i + 1 : i + 12]:
            if isinstance(chunk, VerbGroup) and chunk.form == "finite":
                return True
            if chunk.kind in ("CC", "REL") or self.reading.lows[chunk.first] in CLAUSE_BOUNDARIES:
                return False
        return False

    def _joined_to_passive(self, chunks: list[Chunk], i: int) -> bool:
        """ "were kidnapped and killed": the second participle is as passive as the first."""
        if i < 2 or chunks[i - 1].kind != "CC":
            return False
        first = chunks[i - 2]
        verb = chunks[i]
        assert isinstance(verb, VerbGroup)
        return isinstance(first, VerbGroup) and first.passive and verb.lemma not in INTRANSITIVE

    def _next(self, chunks: list[Chunk], i: int) -> Chunk | None:
        for chunk in chunks[i + 1 :]:
            if chunk.kind != "ADV" and not (chunk.kind == "PUNCT" and self.reading.words[chunk.first] in "\"“”'"):
                return chunk
        return None

    def is_time(self, chunk: Chunk) -> bool:
        """A noun phrase that tells a time: "on Saturday", "last week"."""
        return self.reading.lows[chunk.head] in TIME_NOUNS
