"""Is this word a cue here: verb or noun, active or passive, with which auxiliaries."""

from __future__ import annotations

from dateline.annotate.attribution_lexicon import Form, Verb
from dateline.annotate.attribution_scene import STOPS, Range, Scene, time_at
from dateline.annotate.attribution_spans import source_left
from dateline.annotate.reading import Sentence


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
    return (following == "to" and verb.kind in {"think", "know", "say"} and verb.lemma not in {"tell", "claim"}) or (
        following == "of" and verb.lemma in {"accuse", "suspect"}
    )


def choose(scene: Scene, at: int, form: Form) -> tuple[Verb, int] | None:
    """The entry whose fixed words follow, and the token after them."""
    lows = scene.lows
    plain: list[Verb] = []
    for verb in form.verbs:
        size = len(verb.rest)
        if not size:
            plain.append(verb)
        elif tuple(lows[at + 1 : at + 1 + size]) == verb.rest:
            if size == 1 and verb.rest[-1] in {"on", "at"} and time_at(scene, at + size, len(lows)):
                continue  # "reported on Sunday"
            return verb, at + 1 + size
    if not plain:
        return None
    following = lows[at + 1] if at + 1 < len(lows) else ""
    for verb in plain:
        if following == "to" and "t" in verb.takes:
            return verb, at + 1
    return plain[0], at + 1


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
        if previous == "," and outlet_last(scene, at + 1, sentence):
            return True
        noun_too = any("n" in other.flags for other in form.verbs)
        if noun_too and (
            previous in lex.noun_before
            or following in {"of", "by", "from", "and", "were", "was", "are", "about", "on", "against"}
            or (following in {",", "."} and not (previous in lex.pronouns or words[begin - 1][0].isupper()))
            or previous in {",", "and"}
            or (at + 1 < sentence.last and scene.verb_like(at + 1) and following not in lex.prepositions)
        ):
            return False
        if "N" in verb.flags and following not in {"that", ":"} and scene.quote_starting(at + 1) is None:
            return False
        return subject or not noun_too
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


OUTLET_WORDS = 6


def outlet_last(scene: Scene, at: int, sentence: Sentence) -> bool:
    """ "Two men were shot dead, reports The Lake Times.": a name in capitals alone is left of the sentence."""
    words = [word for word in scene.words[at : sentence.last] if word[0].isalnum()]
    named = all(word[0].isupper() or word in {"of", "the", "and"} for word in words)
    stops = all(word in {".", "'s", "’s"} for word in scene.words[at : sentence.last] if not word[0].isalnum())
    return 0 < len(words) <= OUTLET_WORDS and named and stops and not scene.reading.upper and words[0][0].isupper()


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


def mute(scene: Scene, core: Range) -> bool:
    """A thing or a happening: "the attack", "a rebel stronghold", "the flight patterns and munitions used"."""
    head = head_of(scene, core)
    past = head > core[0] and scene.lows[head].endswith("ed")
    speaks = any(low in scene.lex.nouns or low.endswith("ing") for low in scene.lows[core[0] : head])
    return scene.lows[head - past] in scene.lex.mute and not speaks


def adjectival(scene: Scene, begin: int, at: int) -> bool:
    """ "the reported attack", "an alleged plot", "his stated aim"."""
    return (
        begin == at
        and scene.lows[at - 1] in scene.lex.determiners
        and scene.lows[at - 1] not in {"some", "many", "several", "all", "both", "most", "others", "one", "another"}
    )
