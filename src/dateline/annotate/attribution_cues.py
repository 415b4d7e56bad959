"""Cues and their patterns: leading ("X said that Y"), trailing ("Y, X said"), inverted ("Y, said X"), passive, nouns, according to."""

from __future__ import annotations

from dateline.annotate.attribution_content import left_content, right_content, right_start, skip_setting
from dateline.annotate.attribution_lexicon import Form, Verb
from dateline.annotate.attribution_spans import (
    REACH,
    STOPS,
    Found,
    Range,
    Scene,
    nearest_noun_phrase,
    reduced,
    sentence_end,
    source_left,
    source_right,
    subject_left,
    time_at,
    trimmed,
)
from dateline.annotate.reading import Sentence

ACCORDING = Verb("according", ("to",), "say", "affirms", None, "n", "")
CLAIMED = Verb("claim", ("responsibility",), "claim responsibility", "claims", None, "n", "")
COLON = Verb("say", (), "say", "affirms", None, "c", "")
SILENT_VERBS = frozenset(
    [
        "say",
        "confirm",
        "comment",
        "mention",
        "disclose",
        "elaborate",
        "respond",
        "identify",
        "specify",
        "reveal",
        "acknowledge",
        "report",
        "announce",
        "give",
        "provide",
        "name",
        "reply",
        "answer",
        "discuss",
    ]
)
HEADLINE_SPEECH = frozenset(
    {"will", "must", "should", "would", "cannot", "won't", "won’t", "we", "i", "i'm", "i’m", "our", "my", "never", "not"}
)
NEAR = 12  # attributions to either side that may hold one
WH = frozenset({"that", "whether", "how", "why", "what", "if", "who", "where"})


def sentence_cues(scene: Scene, sentence: Sentence, taken: list[Range]) -> list[Found]:
    """All attributions whose cue stands in the sentence, in the order of their cues."""
    found: list[Found] = []
    at, forms = sentence.first, scene.lex.forms
    skip = dict(taken)  # fixed phrases come first
    capitals = scene.reading.upper or title_case(scene, sentence)
    while at < sentence.last:
        low = scene.lows[at]
        if at in skip:
            at = skip[at]
            continue
        if scene.words[at][0].isupper() and not capitals and at > sentence.first and low != "according":
            at += 1
            continue
        item: Found | None = None
        if low == "according" and at + 1 < sentence.last and scene.lows[at + 1] == "to":
            item = according(scene, at, sentence)
        elif low in forms:
            item = verb_cue(scene, at, sentence, forms[low], found)
        if item is None and low in scene.lex.hearsay:
            item = hearsay(scene, at, sentence)
        if item is None and low in scene.lex.cue_nouns:
            item = noun_cue(scene, at, sentence)
        if item is not None:
            found.append(item)
            at = max(at + 1, item.cue[1])
        else:
            at += 1
    soft = {"think", "intend", "know", "seem"}
    near = [found[max(0, n - NEAR) : n + NEAR] for n in range(len(found))]
    return [
        item for item, others in zip(found, near, strict=True) if not (item.verb.kind in soft and nested(scene, item, others))
    ]


def nested(scene: Scene, item: Found, others: list[Found]) -> bool:
    """Within a quotation or another's words: what a quoted speaker thinks is no voice of its own."""
    if scene.quote_of[item.cue[0]] >= 0:
        return True
    return any(first <= item.cue[0] < last for other in others if other is not item for first, last in other.content)


def asked(scene: Scene, begin: int, after: int, sentence: Sentence, verb: Verb) -> Found | None:
    """ "Asked whether the army would leave, he said": a question, by nobody named."""
    end = sentence_end(scene, sentence)
    if after >= end or scene.lows[after] not in {
        "if",
        "whether",
        "about",
        "why",
        "how",
        "what",
        "when",
        "who",
        "which",
        "by",
        "to",
    }:
        return None
    step = 1 if scene.lows[after] == "about" else 0
    close = next((k for k in range(after, end) if scene.lows[k] == ","), end)
    if close <= after + step:
        return None
    item = Found((begin, after + step), verb, sentence.index, verb.stance, content=[(after + step, close)])
    return item


def hearsay(scene: Scene, at: int, sentence: Sentence) -> Found | None:
    """ "The army reportedly shelled the town": somebody unnamed says so."""
    end = sentence_end(scene, sentence)
    parts = [part for part in ((sentence.first, at), (at + 1, end)) if part[1] > part[0]]
    verb = Verb(scene.lows[at], (), "hearsay", "affirms", scene.lex.certainty.get(scene.lows[at]), "", "")
    return Found((at, at + 1), verb, sentence.index, "affirms", content=parts, report=True) if parts else None


def title_case(scene: Scene, sentence: Sentence) -> bool:
    """A headline in capitals: most of its longer words begin with one."""
    long = [word for word in scene.words[sentence.first : sentence.last] if len(word) > 3 and word.isalpha()]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) > 0.7 * len(long)


def short_passive(scene: Scene, begin: int, after: int, sentence: Sentence, verb: Verb) -> bool:
    """ "a man believed to be behind it", "soldiers accused of looting": a passive without its auxiliary."""
    if after >= sentence.last or begin <= sentence.first or verb.rest or "t" in verb.takes:
        return False
    if scene.lows[begin - 1] in scene.lex.pronouns or scene.lows[begin - 1] in STOPS:
        return False
    following = scene.lows[after]
    return (following == "to" and verb.kind in {"think", "know", "say"} and verb.lemma != "tell") or (
        following == "of" and verb.lemma in {"accuse", "suspect"}
    )


def controlled(scene: Scene, control: int, after: int, sentence: Sentence, verb: Verb, before: list[Found]) -> Found | None:
    """ "went on to say", "refused to confirm", "sought to blame": one cue with the verb before "to"."""
    silent = scene.lows[control] in scene.lex.silencing and verb.kind in {"say", "suggest"}
    begin = chain_left(scene, control, sentence.first)[0]
    if begin > sentence.first and scene.lows[begin - 1] in {"went", "goes", "go"}:
        begin = chain_left(scene, begin - 1, sentence.first)[0]
    if before and before[-1].cue[0] <= control < before[-1].cue[1] and before[-1].verb.kind in {"intend", "seem", "think"}:
        begin = before.pop().cue[0]
    if "t" in verb.takes and not set(verb.takes) - {"t"}:
        return None
    item = active(scene, begin, after, sentence, verb, before, negated=False, modal=False)
    if item is not None and silent:
        item.stance = "silent"
    return item


def choose(scene: Scene, at: int, form: Form) -> tuple[Verb, int] | None:
    """The entry whose fixed words follow, and the token after them."""
    lows = scene.lows
    plain: list[Verb] = []
    for verb in form.verbs:
        size = len(verb.rest)
        if not size:
            plain.append(verb)
        elif tuple(lows[at + 1 : at + 1 + size]) == verb.rest:
            if verb.rest[-1] in {"on", "at"} and time_at(scene, at + size, len(lows)):
                continue  # "reported on Sunday"
            return verb, at + 1 + size
    if not plain:
        return None
    following = lows[at + 1] if at + 1 < len(lows) else ""
    for verb in plain:
        if following == "to" and "t" in verb.takes:
            return verb, at + 1
    return plain[0], at + 1


def verb_cue(scene: Scene, at: int, sentence: Sentence, form: Form, before: list[Found]) -> Found | None:
    picked = choose(scene, at, form)
    if picked is None:
        return None
    verb, after = picked
    begin, perfect, be, negated, modal = chain_left(scene, at, sentence.first)
    if verb.lemma == "ask" and form.shape == "both" and (be or begin == sentence.first or scene.lows[begin - 1] == "when"):
        return asked(scene, begin, after, sentence, verb)
    if begin > sentence.first + 1 and scene.lows[begin - 1] == "to" and scene.lows[begin - 2] in scene.lex.controls:
        return controlled(scene, begin - 2, after, sentence, verb, before) if form.shape in {"base", "both", "past"} else None
    if form.shape in {"both", "participle"} and be:
        return passive(scene, begin, at, after, sentence, verb)
    if form.shape == "participle" and not perfect:
        return None
    if form.shape == "ing":
        return participial(scene, begin, at, after, sentence, verb, before, be=be)
    if form.shape == "both" and not perfect and not modal and short_passive(scene, begin, after, sentence, verb):
        core = nearest_noun_phrase(scene, begin, sentence.first) or subject_left(scene, begin, sentence.first)
        parts = [core] if core else []
        right = right_content(scene, after, sentence, ACCORDING)
        certainty = verb.certainty or "reported"
        return Found((begin, after), verb, sentence.index, verb.stance, content=[*parts, right], certainty=certainty, report=True)
    if negated and not (perfect or modal or be):
        return None
    if not finite(scene, begin, at, sentence, form, verb, chained=perfect or modal):
        return None
    return active(scene, begin, after, sentence, verb, before, negated=negated, modal=modal)


def chain_left(scene: Scene, at: int, floor: int) -> tuple[int, bool, bool, bool, bool]:
    """Auxiliaries and adverbs before a verb: (first token of the chain, have?, be?, negated?, other auxiliary?)."""
    lows, lex = scene.lows, scene.lex
    begin, k = at, at - 1
    perfect = be = negated = modal = False
    first_aux = True
    while k >= floor and at - k <= 6:
        low = lows[k]
        if low in lex.negations:
            negated = True
        if low in lex.auxiliaries:
            if low in {"'s", "’s"} and not (k > floor and lows[k - 1] in lex.pronouns | {"there"}):
                break
            if first_aux:
                be = low in lex.be
                perfect = not be and low in {
                    "has",
                    "had",
                    "have",
                    "having",
                    "'ve",
                    "’ve",
                    "hasn't",
                    "haven't",
                    "hadn't",
                    "hasn’t",
                    "haven’t",
                    "hadn’t",
                }
                modal = not be and not perfect
                first_aux = False
            begin = k
        elif (
            low in lex.negations
            or (
                low in lex.adverbs
                and low
                not in {
                    "all",
                    "both",
                    "only",
                    "even",
                    "today",
                    "yesterday",
                    "meanwhile",
                    "himself",
                    "herself",
                    "itself",
                    "themselves",
                }
            )
            or (low.endswith("ly") and len(low) > 4 and low not in {"family", "assembly", "italy", "daily", "weekly", "ally"})
        ):
            if low not in lex.negations and k > floor and lows[k - 1] in {",", "—"} and begin == at and not first_aux:
                break
            begin = k
        else:
            break
        k -= 1
    while begin < at and scene.lows[begin] in STOPS:
        begin += 1
    return begin, perfect, be, negated, modal


def finite(scene: Scene, begin: int, at: int, sentence: Sentence, form: Form, verb: Verb, *, chained: bool) -> bool:
    """Whether the form is a finite verb here, not a noun, an adjective or an infinitive."""
    lows, lex, words = scene.lows, scene.lex, scene.words
    if begin <= sentence.first:
        return form.shape in {"both", "past"} and begin > 0 and scene.quote_ending(begin - 1) is not None
    previous = lows[begin - 1]
    following = lows[at + 1] if at + 1 < len(lows) else "."
    if chained:
        return previous not in lex.determiners or previous in {"this", "that", "some", "many", "both", "all", "others"}
    if previous == "to":
        return False
    if previous in lex.prepositions or (
        previous in lex.determiners
        and previous not in {"some", "many", "several", "all", "both", "most", "others", "one", "another", "this", "that"}
    ):
        return False
    if form.shape in {"both", "past"}:
        by_agent = following == "by" and previous not in lex.pronouns and not scene.matches(at + 1, sentence.last, lex.settings)
        return not by_agent and not adjectival(scene, begin, at)
    subject = (
        previous in lex.pronouns
        or previous in lex.plural_subjects
        or words[begin - 1][0].isupper()
        or previous in lex.nouns
        or previous in {",", "and"}
        or scene.quote_ending(begin - 1) is not None
    )
    if form.shape == "s":
        if "n" in verb.flags and (
            previous in lex.noun_before
            or following in {"of", "by", "from", "and", "were", "was", "are", "about", "on", "against"}
            or (following in {",", "."} and not (previous in lex.pronouns or words[begin - 1][0].isupper()))
            or previous in {",", "and"}
            or (at + 1 < sentence.last and scene.verb_like(at + 1) and following not in lex.prepositions)
        ):
            return False
        if "N" in verb.flags and following not in {"that", ":"} and scene.quote_starting(at + 1) is None:
            return False
        return subject or "n" not in verb.flags
    plain = not set(verb.flags) & set("nNw")
    if plain and verb.kind in {"say", "think", "warn", "deny", "suggest", "show", "know"} and not plural_word(scene, begin - 1):
        got = source_left(scene, begin, sentence.first)
        return got is not None and plural_word(scene, head_of(scene, got[1]))
    if "N" in verb.flags and following not in {"that", ":"}:
        return False
    plural = (
        previous in lex.pronouns - {"he", "she", "it"}
        or previous in lex.plural_subjects
        or (
            previous.endswith("s")
            and not previous.endswith("ss")
            and previous not in lex.auxiliaries
            and previous not in {"'s", "’s", "his", "its", "this"}
        )
    )
    if not plural:
        return False
    if "n" in verb.flags or "w" in verb.flags:
        return (
            previous in lex.pronouns or previous in lex.plural_subjects or lex.nouns.get(previous, ("",))[0] == "people"
        ) and following not in {"of", "by", "from", ",", "."}
    return True


def plural_word(scene: Scene, at: int) -> bool:
    low, lex = scene.lows[at], scene.lex
    if low in lex.plural_subjects or low in lex.pronouns - {"he", "she", "it"}:
        return True
    return len(low) > 3 and low.endswith("s") and not low.endswith(("ss", "us", "is", "'s", "’s"))


def head_of(scene: Scene, core: Range) -> int:
    """Last word of a noun phrase before its first preposition, adjective phrase or relative clause."""
    for k in range(core[0] + 1, core[1]):
        if scene.lows[k] in scene.lex.prepositions or scene.lows[k] in {"close", "who", "which", "that", "loyal", "familiar"}:
            participle = k - 2 >= core[0] and scene.lows[k - 1].endswith(("ed", "en", "own"))
            return k - 2 if participle else k - 1
    return core[1] - 1


def adjectival(scene: Scene, begin: int, at: int) -> bool:
    """ "the reported attack", "an alleged plot", "his stated aim"."""
    return (
        begin == at
        and scene.lows[at - 1] in scene.lex.determiners
        and scene.lows[at - 1] not in {"some", "many", "several", "all", "both", "most", "others", "one", "another"}
    )


def active(
    scene: Scene, begin: int, after: int, sentence: Sentence, verb: Verb, before: list[Found], *, negated: bool, modal: bool
) -> Found | None:
    """A finite cue with its subject left of it, or inverted right of it."""
    end = sentence_end(scene, sentence)
    start, cue_end, addressee = right_start(scene, after, end, verb)
    item = Found((begin, max(cue_end, with_statement(scene, after, end))), verb, sentence.index, verb.stance, addressee=addressee)
    floor = clause_floor(scene, sentence, begin)
    if "c" in verb.takes + "q":
        inverted = invert(scene, item, after, sentence, before) if may_invert(scene, begin, floor) else None
        if inverted is not None:
            return inverted
    if not give_source(scene, item, begin, floor, sentence, before):
        return None
    if verb.lemma in {"quote", "cite"}:
        quoted = quoting(scene, item, after, sentence)
        if quoted is not None:
            return quoted
    if not allowed(scene, item, verb, start) or not reported(scene, item, verb, modal=modal):
        return None
    if negated:
        item.stance = negated_stance(verb)
    if verb.kind == "seem":
        return seeming(scene, item, start, sentence)
    return fill(scene, item, start, sentence, before)


def seeming(scene: Scene, item: Found, start: int | None, sentence: Sentence) -> Found | None:
    """ "The rebels appeared to hold the bridge", "it seems that": the author's own voice, less sure."""
    if start is None or scene.lows[start] in {"like", "in", "on", "at", "before", "for", "from", "with", "as"}:
        return None
    subject = item.source[0]
    right = right_content(scene, start, sentence, COLON)
    item.content = [right] if scene.lows[subject[0]] == "it" else [subject, right]
    item.report, item.source, item.core = True, [], None
    return item


def may_invert(scene: Scene, begin: int, floor: int) -> bool:
    """A quotation or a clause with its comma ends right before the cue, and no source does."""
    if begin > 0 and scene.quote_ending(begin - 1) is not None:
        return True
    return begin > floor and scene.lows[begin - 1] == "," and source_left(scene, begin, floor) is None


def with_statement(scene: Scene, after: int, end: int) -> int:
    """ "said in a statement" is one cue."""
    step = scene.matches(after, end, scene.lex.settings)
    return after + step if step and scene.lows[after + step - 1] == "statement" else after


def give_source(scene: Scene, item: Found, begin: int, floor: int, sentence: Sentence, before: list[Found]) -> bool:
    """The subject left of the cue; after "and" or a comma that of the cue before, or of the main verb."""
    previous = scene.lows[begin - 1] if begin > sentence.first else ""
    source = None if previous in {"and", "but", "or", "then"} else source_left(scene, before_time(scene, begin, floor), floor)
    if source is not None:
        item.source, item.core = [source[0]], source[1]
        return True
    if previous not in {"and", "but", "or", "then", ","}:
        return False
    item.elided = True
    if before and before[-1].source:
        item.source, item.core = before[-1].source, before[-1].core
        return True
    first = main_subject(scene, sentence, begin) if previous in {"and", "but"} else None
    item.source, item.core = ([first], first) if first else ([], None)
    return first is not None


def before_time(scene: Scene, at: int, floor: int) -> int:
    """Left of a time adverbial between subject and verb: "The army on Friday said"."""
    k = at
    while k > floor + 1 and at - k < 4 and (scene.lows[k - 1] in scene.lex.times or scene.lows[k - 1][0].isdigit()):
        k -= 1
    if k == at:
        return at
    if scene.lows[k - 1] in {"on", "late", "early", "in"}:
        k -= 1
    return at if k - 1 <= floor or scene.verb_like(k - 1) else k


def reported(scene: Scene, item: Found, verb: Verb, *, modal: bool) -> bool:
    """Left out: "I think" and "you know" inside a quotation, "may want", "what he said", things that cannot speak."""
    first, last = item.core or item.source[0]
    head = scene.lows[first]
    if head in {"no", "nobody", "none", "neither"} and verb.kind in {"claim responsibility", "say"}:
        item.stance = "silent"  # "neither side has commented"; that nobody claims an attack is no source's silence
        return verb.lemma in SILENT_VERBS and verb.kind == "say"
    if scene.matches(item.cue[1], len(scene.lows), scene.lex.anonymity):
        return False
    assertive = verb.kind in {"claim responsibility", "deny responsibility", "deny", "silence"}
    if last - first == 1 and head in {"i", "you", "we"} and not assertive:
        return False
    if modal and verb.kind in {"think", "intend", "know", "judge"}:
        aux = scene.lows[item.cue[0]]
        if aux in {"may", "might", "can", "could", "would", "should", "must"}:
            return False
    if last - first == 1 and head == "which":
        return verb.kind in {"say", "show", "deny", "silence", "claim responsibility"} or verb.kind == "warn"
    naming = "c" not in verb.takes  # "what it called an invasion" is a source's word
    return naming or not (first > 0 and scene.lows[first - 1] in {"what", "how"} and not item.elided)


def clause_floor(scene: Scene, sentence: Sentence, begin: int) -> int:
    """Speech inside a quotation has its subject inside it."""
    quote = scene.quote_of[begin]
    return max(sentence.first, scene.quotes[quote].first + 1) if quote >= 0 else sentence.first


def negated_stance(verb: Verb) -> str:
    if verb.lemma in SILENT_VERBS or verb.kind in {"claim responsibility"}:
        return "silent"
    if verb.kind == "think":
        return "denies"
    return verb.stance


def main_subject(scene: Scene, sentence: Sentence, limit: int) -> Range | None:
    """Subject of the sentence's first finite verb before `limit`."""
    first = sentence.first
    if scene.lows[first] in scene.lex.prepositions:
        first = next((k + 1 for k in range(first, limit) if scene.lows[k] == ","), first)
    first = max(first, limit - REACH)
    finite_verbs = [k for k in range(first, limit) if scene.verb_like(k)]
    for k in [v for v in finite_verbs if not reduced(scene, v, limit, first)] or finite_verbs:
        if k > first:
            begin = k
            while begin > sentence.first and (scene.lows[begin - 1] in scene.lex.adverbs or scene.lows[begin - 1].endswith("ly")):
                begin -= 1
            got = source_left(scene, begin, first) if begin > first else None
            return got[1] if got else None
    return None


def allowed(scene: Scene, item: Found, verb: Verb, start: int | None) -> bool:
    """Weak and document-only verbs need evidence that somebody speaks."""
    if "k" in verb.flags and (start is None or (scene.lows[start] not in WH and scene.quote_starting(start) is None)):
        return False
    if "d" in verb.flags or "w" in verb.flags:
        first, last = item.core or item.source[0]
        classes = {scene.lex.nouns[low][0] for low in scene.lows[first:last] if low in scene.lex.nouns}
        that = start is not None and (scene.lows[start] == "that" or scene.quote_starting(start) is not None)
        if start is not None and verb.lemma in {"order", "instruct", "command"} and "to" in scene.lows[start : start + 8]:
            return True
        if "d" in verb.flags:
            return (
                bool(classes & {"document", "media"})
                or bool(
                    {"experts", "investigators", "researchers", "inquiry", "investigation", "court", "monitor"}
                    & set(scene.lows[first:last])
                )
                or that
            )
        return that or (start is None and "c" in verb.takes)
    return True


def fill(scene: Scene, item: Found, start: int | None, sentence: Sentence, before: list[Found]) -> Found | None:
    """Give the attribution its content: right of the cue, or left of source and cue."""
    verb = item.verb
    floor = max(
        [sentence.first, *[done.cue[1] for done in before[-8:] if done.sentence == sentence.index and not done.content]],
        default=sentence.first,
    )
    source_first = min([item.cue[0], *[first for first, _ in item.source]]) if not item.elided else item.cue[0]
    if start is not None and start < sentence.last:
        first, last = right_content(scene, start, sentence, verb)
        if item.core is not None and scene.lows[item.core[0]] in {"who", "which"} and scene.lows[item.core[0] - 1] == ",":
            last = next((k for k in range(first + 1, last) if scene.lows[k] == "," and scene.quote_of[k] < 0), last)
        item.content = [(first, last)]
        return item
    clausal = set(verb.takes) & set("cqa")
    if clausal and item.core is not None and item.core[0] > 0 and scene.lows[item.core[0] - 1] == "as" and not item.elided:
        rest = medial(scene, item.cue[1], sentence) if item.core[0] - 1 <= sentence.first + 1 else None
        if rest is not None:
            item.content = [rest]
            return item
    if clausal and not item.elided:
        if not boundary(scene, source_first, sentence):
            source_first = without_comma(scene, item, sentence)
        if source_first > sentence.first or boundary(scene, source_first, sentence):
            left = left_content(scene, source_first, sentence, floor)
            rest = medial(scene, item.cue[1] if item.addressee is None else item.addressee[1], sentence)
            item.content = [part for part in (left, rest) if part is not None]
            if item.content:
                return item
        if following_block(scene, item, sentence):
            return item
    if verb.kind in {"silence", "claim responsibility", "deny responsibility"} or item.stance == "silent":
        return item
    return None


def without_comma(scene: Scene, item: Found, sentence: Sentence) -> int:
    """ "Ten people died security sources said": first token of the source, found without a comma; the sentence's first if none."""
    end = before_time(scene, item.cue[0], sentence.first)
    core = nearest_noun_phrase(scene, end, clause_floor(scene, sentence, item.cue[0]))
    if core is None or core[0] - sentence.first < 3 or not scene.has_verb(sentence.first, core[0]):
        return sentence.first
    item.source, item.core = [core], core
    return core[0]


def following_block(scene: Scene, item: Found, sentence: Sentence) -> bool:
    """ "The statement said:" with the quotation in the next paragraph."""
    if (
        sentence.last < len(scene.lows)
        and scene.lows[sentence.last - 1] == ":"
        and sentence.index + 1 < len(scene.reading.sentences)
    ):
        following = scene.reading.sentences[sentence.index + 1]
        quote = scene.quote_starting(following.first)
        end = quote.last if quote else sentence_end(scene, following)
        if end > following.first:
            item.content = [(following.first, end)]
            return True
    return False


def boundary(scene: Scene, first: int, sentence: Sentence) -> bool:
    """Whether a clause ends right before the source of a trailing attribution."""
    if first <= 0:
        return False
    if first <= sentence.first:
        quote = scene.quote_ending(first - 1)
        return (
            quote is not None
            and quote.speech
            and scene.reading.sentences[sentence.index].paragraph
            == scene.reading.sentences[scene.reading.sentence_of[first - 1]].paragraph
        )
    return scene.lows[first - 1] in {",", "—", "–", "--", "-"} or scene.quote_ending(first - 1) is not None


def medial(scene: Scene, at: int, sentence: Sentence) -> Range | None:
    """Second half of a content split by its attribution: "The attack, officials said, was over"."""
    end = sentence_end(scene, sentence)
    at = skip_setting(scene, at, end)
    if at + 1 >= end:
        return None
    low = scene.lows[at]
    if low == ":" and scene.quote_starting(at + 1):
        return at + 1, scene.quotes[scene.quote_of[at + 1]].last
    if low not in {",", "—", "–"}:
        quote = scene.quote_starting(at)
        return (at, quote.last) if quote else None
    at += 1
    if scene.quote_starting(at) is not None:
        return at, max(scene.quotes[scene.quote_of[at]].last, at + 1)
    lex = scene.lex
    if (
        scene.matches(at, end, lex.additions)
        or scene.lows[at] in lex.adverbials - {"in", "on", "at", "from", "for", "by"}
        or scene.lows[at].endswith("ing")
    ):
        return None
    if scene.lows[at] in {"who", "which", "a", "an", "though", "although", "while", "but", "where", "whose"}:
        return None
    return right_content(scene, at, sentence, COLON)


def invert(scene: Scene, item: Found, after: int, sentence: Sentence, before: list[Found]) -> Found | None:
    """ "…," said John Smith, a farmer."""
    got = source_right(scene, after, sentence_end(scene, sentence))
    if got is None:
        return None
    whole, core, stop = got
    if not plausible(scene, core):
        return None
    left = left_content(
        scene,
        item.cue[0],
        sentence,
        max([sentence.first, *[d.cue[1] for d in before[-8:] if d.sentence == sentence.index and not d.content]]),
    )
    if left is None:
        return None
    item.source, item.core, item.content, item.addressee = [whole], core, [left], None
    item.cue = (item.cue[0], after)
    rest = medial(scene, stop, sentence)
    if rest is not None:
        item.content.append(rest)
    return item


def plausible(scene: Scene, core: Range) -> bool:
    """A noun phrase that may speak: a name, a pronoun, or a word for people, bodies or documents."""
    lex = scene.lex
    for k in range(*core):
        low = scene.lows[k]
        if scene.words[k][0].isupper() or low in lex.nouns or low in lex.pronouns or low in lex.titles or low.endswith("s"):
            return True
    return False


def passive(scene: Scene, begin: int, at: int, after: int, sentence: Sentence, verb: Verb) -> Found | None:
    """ "was quoted as saying", "is believed to", "was blamed on", "were told that", "was condemned by"."""
    lows = scene.lows
    end = sentence_end(scene, sentence)
    subject = source_left(scene, begin, clause_floor(scene, sentence, begin))
    if subject is None or after >= end:
        return None
    item = Found((begin, after), verb, sentence.index, verb.stance, certainty=verb.certainty)
    if verb.lemma in {"quote", "cite"} and lows[after] == "by":
        agent = source_right(scene, after + 1, end)
        if agent is not None and agent[2] + 1 < end and lows[agent[2]] == "as":
            item.through, item.source, item.core = agent[1], [subject[0]], subject[1]
            return fill(scene, item, quoted_start(scene, item, agent[2] + 2, end), sentence, [])
    if (
        verb.lemma in {"quote", "cite", "report"}
        and lows[after] == "as"
        and after + 1 < end
        and lows[after + 1] in {"saying", "telling"}
    ):
        item.cue, item.source, item.core = (begin, after + 2), [subject[0]], subject[1]
        return fill(scene, item, quoted_start(scene, item, after + 2, end), sentence, [])
    if lows[after] == "by":
        agent = source_right(scene, after + 1, end)
        if agent is None or not plausible(scene, agent[1]):
            return None
        item.source, item.core, item.content = [agent[0]], agent[1], [subject[0]]
        if verb.lemma == "claim":  # "the attack was claimed by the Lake Front"
            item.stance, item.verb = "claims", CLAIMED
        return item
    if verb.kind == "blame" and lows[after] in {"on", "for"}:
        return blamed(scene, item, subject[0], after, end)
    if "a" in verb.takes and lows[after] == "that":
        item.report, item.content = True, [(after, end)]
        return item
    if lows[after] in {"to", "of", "that"} and verb.kind in {"say", "think", "blame", "know"} and not verb.rest:
        if lows[subject[0][0]] == "it" and lows[after] == "that":
            item.content = [right_content(scene, after, sentence, COLON)]
        else:
            item.content = [subject[0], right_content(scene, after, sentence, Verb("", (), "", "affirms", None, "n", ""))]
        item.report = True
        item.certainty = verb.certainty or {"say": "reported"}.get(verb.kind)
        return item
    if verb.kind in {"say", "deny", "judge", "know", "blame"} and not set(verb.flags) & set("wdkx") and "q" not in verb.takes:
        item.report, item.content = True, [subject[0]]
        if lows[after] in {"as", "for", "over"}:
            item.content.append(right_content(scene, after, sentence, ACCORDING))
        return item
    return None


def blamed(scene: Scene, item: Found, subject: Range, after: int, end: int) -> Found:
    """ "was blamed on the rebels (by the army)"."""
    by = next((k for k in range(after + 1, min(end, after + REACH)) if scene.lows[k] == "by"), end)
    agent = source_right(scene, by + 1, end) if by + 1 < end else None
    item.cue = (item.cue[0], after + 1)
    item.content = [part for part in (subject, (after + 1, by)) if part[1] > part[0]]
    if agent is not None:
        item.source, item.core = [agent[0]], agent[1]
    item.report = agent is None
    return item


def quoting(scene: Scene, item: Found, after: int, sentence: Sentence) -> Found | None:
    """ "SANA quoted the governor as saying": the governor speaks, via SANA."""
    end = sentence_end(scene, sentence)
    for k in range(after + 1, min(end - 1, after + 30)):
        if scene.lows[k] == "as" and scene.lows[k + 1] in {"saying", "telling", "warning", "claiming"}:
            item.through = item.core
            item.source = [(after, k)]
            item.core = trimmed(scene, after, k)
            return fill(scene, item, quoted_start(scene, item, k + 2, end), sentence, []) if item.core else None
        if scene.lows[k] in {";", ":", '"'}:
            return None
    return None


def quoted_start(scene: Scene, item: Found, at: int, end: int) -> int | None:
    """After "was quoted as saying": an agent "by SANA" is who passes it on."""
    if at < end and scene.lows[at] == "by":
        agent = source_right(scene, at + 1, end)
        if agent is not None:
            item.through = agent[1]
            at = agent[2]
    at = skip_setting(scene, at, end)
    if at < end and scene.lows[at] in {":", ",", "of"}:
        at += 1
    return at if at < end else None


def participial(
    scene: Scene, begin: int, at: int, after: int, sentence: Sentence, verb: Verb, before: list[Found], *, be: bool
) -> Found | None:
    """ "…, adding that", "a statement saying", "are warning that"."""
    lows, lex = scene.lows, scene.lex
    end = sentence_end(scene, sentence)
    if begin <= sentence.first:
        return None
    previous = lows[begin - 1]
    if previous in lex.determiners or (previous in lex.prepositions and previous not in {"by"}):
        return None
    start, cue_end, addressee = right_start(scene, after, end, verb)
    if start is None and verb.kind != "silence":
        return None
    item = Found((begin, max(cue_end, after)), verb, sentence.index, verb.stance, addressee=addressee)
    if be:
        source = source_left(scene, begin, clause_floor(scene, sentence, begin))
    elif previous in {",", "and", "by", "while", "when", "after", "before", "without", "—", "–", "but"} or previous in STOPS:
        source = None
    else:
        source = source_left(scene, begin, clause_floor(scene, sentence, begin))
        if source is not None:
            source = after_last_verb(scene, source)
        if (
            source is not None
            and scene.lows[source[0][1] - 1] not in lex.nouns
            and scene.lows[source[0][1] - 1] not in lex.cue_nouns
        ):
            source = None
    if source is not None:
        item.source, item.core = [source[0]], source[1]
    elif before and before[-1].sentence == sentence.index and before[-1].source:
        item.elided, item.source, item.core = True, before[-1].source, before[-1].core
    else:
        first = main_subject(scene, sentence, begin)
        if first is None:
            return None
        item.elided, item.source, item.core = True, [first], first
    if not allowed(scene, item, verb, start) or not reported(scene, item, verb, modal=False):
        return None
    return fill(scene, item, start, sentence, before)


def after_last_verb(scene: Scene, source: tuple[Range, Range]) -> tuple[Range, Range] | None:
    """A participle belongs to the nearest noun: "a video which showed | fighters pledging"."""
    (first, last), _ = source
    verbs = [k for k in range(first, last) if scene.verb_like(k)]
    if verbs:
        core = trimmed(scene, verbs[-1] + 1, last)
        return (core, core) if core else None
    return source


def according(scene: Scene, at: int, sentence: Sentence) -> Found | None:
    """ "according to X" after, inside or before its content."""
    end = sentence_end(scene, sentence)
    leading = at == sentence.first or scene.lows[at - 1] in {"but", "and", "because"}
    leading = leading or (scene.lows[at - 1] == "," and at - 2 <= sentence.first) or scene.lows[at - 1] == "]"
    got = source_right(scene, at + 2, end, closed=leading)
    comma = next((k for k in range(at + 3, min(end, at + 22)) if scene.lows[k] == ","), None) if leading else None
    if comma is not None and got is not None and got[2] < comma and scene.verb_like(got[2]):
        got = ((at + 2, comma), got[1], comma)  # "according to a report we received, …"
    if got is None:
        return None
    whole, core, stop = got
    item = Found((at, at + 2), ACCORDING, sentence.index, "affirms", source=[whole], core=core)
    if leading or (scene.quote_of[at] >= 0 and scene.quotes[scene.quote_of[at]].first == at - 1):
        start = stop + 1 if stop < end and scene.lows[stop] in {",", ":"} else stop
        if start < end:
            item.content = [right_content(scene, start, sentence, COLON)]
        return item
    left = left_content(scene, at, sentence, sentence.first)
    if left is not None:
        item.content = [left]
        if stop < end and scene.lows[stop] == ",":
            rest = medial(scene, stop, sentence)
            if rest is not None:
                item.content.append(rest)
    return item


def noun_cue(scene: Scene, at: int, sentence: Sentence) -> Found | None:
    """ "the army's claim that", "reports of", "a denial by the group of": needs "that", or an owner and "of" or "to"."""
    lows, lex = scene.lows, scene.lex
    end = sentence_end(scene, sentence)
    if at + 2 >= end:
        return None
    owner = owner_left(scene, at, sentence)
    k, agent = at + 1, None
    if lows[k] in {"by", "from"}:
        agent = source_right(scene, k + 1, end)
        if agent is None:
            return None
        for ahead in range(k + 1, min(end, k + 14)):
            if lows[ahead] == "that" and ahead > k + 1:
                agent = ((k + 1, ahead), (k + 1, ahead), ahead)
                break
        k = agent[2]
    if k >= end:
        return None
    if lows[k] == "that" and not scene.verb_like(k + 1):
        start = k
    elif (owner or agent) and lows[k] in {"of", "to", "about", "for", "against", "on", "over"}:
        start = k + (lows[k] not in {"to"})
    else:
        return None
    verb = Verb(lows[at], (), "noun", lex.cue_nouns[lows[at]], None, "c" if lows[start] == "that" else "n", "")
    item = Found(
        (at, start if lows[start] != "that" and lows[k] != "to" and not agent else at + 1), verb, sentence.index, verb.stance
    )
    if agent:
        item.source, item.core = [agent[0]], agent[1]
    elif owner:
        item.source, item.core = [owner], owner
    elif lows[at] not in {
        "claim",
        "claims",
        "report",
        "reports",
        "allegation",
        "allegations",
        "rumours",
        "rumors",
        "accusations",
        "fears",
        "belief",
        "hopes",
        "speculation",
        "suspicion",
        "suspicions",
        "suggestion",
        "suggestions",
        "concern",
        "concerns",
        "hope",
        "indications",
    }:
        return None
    item.certainty = {
        "claim": "claimed",
        "allegation": "alleged",
        "rumour": "rumoured",
        "rumor": "rumoured",
        "fear": "feared",
        "suspicion": "suspected",
        "report": "reported",
    }.get(lows[at].rstrip("s"))
    item.report = not item.source
    first, last = right_content(scene, start, sentence, verb)
    if (owner[0] if owner else at) <= sentence.first + 1:
        last = end_of_clause(scene, first, last)
    item.content = [(first, last)]
    return item


def end_of_clause(scene: Scene, first: int, last: int) -> int:
    """ "the army's claim that it held the town | was rejected": the second finite verb is the sentence's.

    After "to" the first one is: "the threat to shell the port | alarmed shipowners".
    """
    lows, lex = scene.lows, scene.lex
    skip = 0 if lows[first] == "to" else 1
    held = False
    for k in range(first + 1, last):
        if not scene.verb_like(k):
            held = held and (lows[k] in {"been", "being", "be", "not"} or lows[k] in lex.adverbs)
            continue
        if held or lows[k - 1] in {"and", "or", "to"} or lows[k - 1] in lex.subordinators:
            held = True
            continue
        if not skip:
            return k
        skip, held = skip - 1, True
    return last


def owner_left(scene: Scene, at: int, sentence: Sentence) -> Range | None:
    """The possessor before a cue noun: "the army's", "his"; up to two adjectives may stand between."""
    lows = scene.lows
    for k in range(at - 1, max(sentence.first, at - 4) - 1, -1):
        low = lows[k]
        if low in {"his", "her", "their", "its", "our", "my"}:
            return k, k + 1
        if low in {"'s", "’s"} or (low in {"'", "’"} and k > sentence.first and lows[k - 1].endswith("s")):
            return subject_left(scene, k, sentence.first)
        if low in STOPS or low in scene.lex.determiners or low in scene.lex.prepositions or scene.verb_like(k):
            return None
    return None


def headline_cues(scene: Scene, sentence: Sentence) -> Found | None:
    """Headline attributions: "Ten killed in Aleppo - monitor", "Monitor: ten killed", "Ten killed: report"."""
    lows = scene.lows
    if sentence.last - sentence.first < 5 or sentence.last - sentence.first > 40:
        return None
    end = sentence_end(scene, sentence)
    for k in range(end - 1, max(sentence.first + 2, end - 7), -1):
        if lows[k] in {"-", "–", "—", "--", ":"} and scene.quote_of[k] < 0 and k + 1 < end:
            tail = (k + 1, end)
            if evident(scene, tail):
                cue = Found((k, k + 1), COLON, sentence.index, "affirms", source=[tail], core=tail, content=[(sentence.first, k)])
                return cue
    for k in range(sentence.first + 1, min(end - 2, sentence.first + 7)):
        if lows[k] == ":" and scene.quote_of[k] < 0:
            head = (sentence.first, k)
            modal = not set(scene.lows[k + 1 : end]).isdisjoint(HEADLINE_SPEECH) and scene.words[k - 1][0].isupper()
            if evident(scene, head) or scene.quote_starting(k + 1) is not None or (modal and k - sentence.first <= 4):
                if scene.has_verb(*head):
                    return None
                return Found((k, k + 1), COLON, sentence.index, "affirms", source=[head], core=head, content=[(k + 1, end)])
            return None
    return None


def evident(scene: Scene, span: Range) -> bool:
    """A short phrase whose last word is a speaker, or that holds a known source."""
    low = scene.lows[span[1] - 1]
    return low in scene.lex.nouns or low in {"un", "u.n.", "media", "tv"} or (trimmed(scene, *span) is None and False)
