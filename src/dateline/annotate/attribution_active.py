"""Finite cues with a subject: "X said that Y", "Y, X said", "Y, said X", "went on to say"."""

from __future__ import annotations

from dateline.annotate.attribution_content import left_content, right_content, right_start, skip_setting
from dateline.annotate.attribution_fill import COLON, WH, before_time, clause_floor, fill, medial, quoting
from dateline.annotate.attribution_grammar import chain_left, head_of, outlet_last
from dateline.annotate.attribution_lexicon import Verb
from dateline.annotate.attribution_scene import REACH, Found, Range, Scene, sentence_end
from dateline.annotate.attribution_spans import last_speaker, reduced, source_left, source_right
from dateline.annotate.reading import Sentence
from dateline.types import Stance

WHETHER = frozenset({"whether", "if", "who", "how", "what", "why"})
TOLLS = frozenset({"at", "more", "about", "over", "nearly", "hundreds", "dozens", "scores", "thousands", "several", "lives"})


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
    if item is not None and scene.lows[control] in scene.lex.silencing and verb.kind == "claim responsibility":
        item.stance = "denies" if scene.lows[control].startswith("refus") else "silent"
    if item is not None and scene.lows[control] == "able" and verb.kind in {"say", "know", "suggest"}:
        negated = not set(scene.lows[item.cue[0] : control]).isdisjoint(scene.lex.negations)
        item.stance = "doubts" if negated else item.stance
    return item


def active(
    scene: Scene, begin: int, after: int, sentence: Sentence, verb: Verb, before: list[Found], *, negated: bool, modal: bool
) -> Found | None:
    """A finite cue with its subject left of it, or inverted right of it."""
    end = sentence_end(scene, sentence)
    start, cue_end, addressee = right_start(scene, after, end, verb)
    item = Found((begin, max(cue_end, with_statement(scene, after, end))), verb, sentence.index, verb.stance, addressee=addressee)
    floor = clause_floor(scene, sentence, begin)
    if verb.lemma in {"say", "report", "add"} and inverted_unmarked(scene, begin, after, sentence):
        return invert(scene, item, after, sentence, before)
    if "c" in verb.takes + "q":
        inverted = invert(scene, item, after, sentence, before) if may_invert(scene, begin, after, floor, sentence) else None
        if inverted is not None:
            return inverted
    if not give_source(scene, item, begin, floor, sentence, before) and not (start is None and speaker_last(scene, item, floor)):
        return None
    if verb.lemma == "claim" and start is not None and took_lives(scene, item, start):
        return None
    if verb.lemma in {"quote", "cite"}:
        quoted = quoting(scene, item, after, sentence)
        if quoted is not None:
            return quoted
    if not allowed(scene, item, verb, start) or not reported(scene, item, verb, modal=modal):
        return None
    if negated:
        item.stance = negated_stance(scene, verb)
        if item.stance == "silent" and not set(scene.lows[begin:after]).isdisjoint(
            {"could", "cannot", "can", "couldn't", "couldn’t"}
        ):
            item.stance = "doubts" if verb.kind == "say" and scene.lows[min(after, end - 1)] in WHETHER else item.stance
    if verb.kind == "seem":
        return seeming(scene, item, start, sentence)
    return fill(scene, item, start, sentence, before)


def speaker_last(scene: Scene, item: Found, floor: int) -> bool:
    """Give the source that a text without commas runs into the words before it: "north of the city of Azmar witnesses said"."""
    core = last_speaker(scene, item.cue[0], floor)
    if core is None or core[0] - floor < 3 or not scene.has_verb(floor, core[0]):
        return False
    item.source, item.core = [core], core
    return True


def took_lives(scene: Scene, item: Found, start: int) -> bool:
    """ "The raid claimed 12 lives"; but "the agency claimed 160 civilians were killed"."""
    if not (scene.lows[start][0].isdigit() or scene.lows[start] in TOLLS):
        return False
    speaks = item.core is not None and scene.lows[head_of(scene, item.core)] in scene.lex.nouns
    return not speaks or "lives" in scene.lows[start : start + 6]


def inverted_unmarked(scene: Scene, begin: int, after: int, sentence: Sentence) -> bool:
    """ "Ten people died said the Lake Observatory on Monday.": texts that lost their commas."""
    end = sentence_end(scene, sentence)
    if begin - sentence.first < 4 or after >= end or scene.lows[begin - 1] in {",", "and", "but"} | scene.lex.pronouns:
        return False
    got = source_right(scene, after, end)
    if got is None or skip_setting(scene, got[2], end) < end or scene.has_verb(*got[1]):
        return False
    first, last = got[1]
    speaks = any(low in scene.lex.nouns for low in scene.lows[first:last])
    capital = any(scene.words[k][0].isupper() for k in range(first, last))
    return speaks and capital and last - first <= 10 and scene.has_verb(sentence.first, begin)


def seeming(scene: Scene, item: Found, start: int | None, sentence: Sentence) -> Found | None:
    """ "The rebels appeared to hold the bridge", "it seems that": the author's own voice, less sure."""
    if start is None or scene.lows[start] in {"like", "in", "on", "at", "before", "for", "from", "with", "as"}:
        return None
    subject = item.source[0]
    right = right_content(scene, start, sentence, COLON)
    item.content = [right] if scene.lows[subject[0]] == "it" else [subject, right]
    item.report, item.source, item.core = True, [], None
    return item


def may_invert(scene: Scene, begin: int, after: int, floor: int, sentence: Sentence) -> bool:
    """A quotation or a clause with its comma ends right before the cue, and no source does."""
    if begin > 0 and scene.quote_ending(begin - 1) is not None:
        return True
    return (
        begin > floor
        and scene.lows[begin - 1] == ","
        and (source_left(scene, begin, floor) is None or outlet_last(scene, after, sentence))
    )


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


def reported(scene: Scene, item: Found, verb: Verb, *, modal: bool) -> bool:
    """Left out: "I think" and "you know" inside a quotation, "may want", "what he said", things that cannot speak."""
    first, last = item.core or item.source[0]
    head = scene.lows[first]
    if head in {"no", "nobody", "none", "neither"} and verb.kind in {"claim responsibility", "say"}:
        item.stance = "silent"  # "neither side has commented"; that nobody claims an attack is no source's silence
        return verb.lemma in scene.lex.silent_verbs and verb.kind == "say"
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


def negated_stance(scene: Scene, verb: Verb) -> Stance:
    if verb.lemma in scene.lex.silent_verbs or verb.kind in {"claim responsibility"}:
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


def invert(scene: Scene, item: Found, after: int, sentence: Sentence, before: list[Found]) -> Found | None:
    """ "…," said John Smith, a farmer."""
    if scene.lows[after : after + 1] == ["that"]:
        return None
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
