"""Passive and participial cues: "is believed to", "was condemned by", "was blamed on", ", adding that"."""

from __future__ import annotations

from dateline.annotate.attribution_active import allowed, main_subject, plausible, reported
from dateline.annotate.attribution_content import right_content, right_start
from dateline.annotate.attribution_fill import ACCORDING, CLAIMED, COLON, QUOTED, clause_floor, fill, quoted_start
from dateline.annotate.attribution_lexicon import Verb
from dateline.annotate.attribution_scene import REACH, STOPS, Found, Range, Scene, sentence_end
from dateline.annotate.attribution_spans import source_left, source_right, subject_left, trimmed
from dateline.annotate.reading import Sentence


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
            item.verb, item.cue = QUOTED, (begin, agent[2] + 2)
            return fill(scene, item, quoted_start(scene, item, agent[2] + 2, end), sentence, [])
    if (
        verb.lemma in {"quote", "cite", "report"}
        and lows[after] == "as"
        and after + 1 < end
        and lows[after + 1] in {"saying", "telling"}
    ):
        item.cue, item.source, item.core = (begin, after + 2), [subject[0]], subject[1]
        item.verb = QUOTED
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


def claimed_by(scene: Scene, begin: int, after: int, sentence: Sentence) -> Found | None:
    """ "the blast, claimed by the Lake Front, killed ten": a passive without its auxiliary."""
    agent = source_right(scene, after + 1, sentence_end(scene, sentence))
    if agent is None or not plausible(scene, agent[1]):
        return None
    item = Found((begin, after), CLAIMED, sentence.index, "claims", source=[agent[0]], core=agent[1])
    act = subject_left(scene, begin - (scene.lows[begin - 1] == ","), sentence.first)
    item.content = [act] if act else []
    return item


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
    if start is None and verb.kind not in {"silence", "deny responsibility", "claim responsibility"}:
        return None
    item = Found((begin, max(cue_end, after)), verb, sentence.index, verb.stance, addressee=addressee)
    if be:
        source = source_left(scene, begin, clause_floor(scene, sentence, begin))
    elif previous in {",", "and", "by", "while", "when", "after", "before", "without", "—", "–", "but"} or previous in STOPS:
        source = None
    else:
        source = source_left(scene, begin, clause_floor(scene, sentence, begin))
        if source is not None:
            source = after_with(scene, after_last_verb(scene, source))
        if (
            source is not None
            and scene.lows[source[0][1] - 1] not in lex.nouns
            and scene.lows[source[0][1] - 1] not in lex.cue_nouns
        ):
            source = None
    if source is None and not be:
        source = with_speaker(scene, begin, sentence)
    issuer = issued_by(scene, source[1], sentence) if source is not None and not be else None
    if issuer is not None:
        item.elided, item.source, item.core = True, [issuer], issuer
    elif source is not None:
        item.source, item.core = [source[0]], source[1]
    elif before and before[-1].sentence == sentence.index and before[-1].source:
        item.elided, item.source, item.core = True, before[-1].source, before[-1].core
    else:
        first = main_subject(scene, sentence, begin)
        if first is None:
            return None
        item.elided, item.source, item.core = True, [first], first
    close = source is not None and not be and previous not in {",", "—", "–"}
    if close and verb.kind not in {
        "say",
        "deny",
        "deny responsibility",
        "claim responsibility",
        "blame",
        "warn",
        "suggest",
        "show",
        "noun",
    }:
        return None  # "officers responding to", "men threatening people": deeds, not words
    if not allowed(scene, item, verb, start) or not reported(scene, item, verb, modal=False):
        return None
    return fill(scene, item, start, sentence, before)


WITH = 6  # words of "with the Lake Observatory reporting"


def with_speaker(scene: Scene, begin: int, sentence: Sentence) -> tuple[Range, Range] | None:
    """ "on Tuesday with the observatory reporting a raid"."""
    for k in range(begin - 2, max(sentence.first, begin - WITH) - 1, -1):
        if scene.lows[k] in STOPS or scene.verb_like(k):
            return None
        if scene.lows[k] == "with":
            core = trimmed(scene, k + 1, begin)
            return (core, core) if core and scene.lows[core[1] - 1] in scene.lex.nouns else None
    return None


def after_with(scene: Scene, source: tuple[Range, Range] | None) -> tuple[Range, Range] | None:
    """ "chaos with | an AFP photographer reporting"."""
    if source is None:
        return None
    first, last = source[1]
    at = next((k for k in range(last - 1, first, -1) if scene.lows[k] == "with"), None)
    if at is None or at + 1 >= last or scene.lows[at - 1] in scene.lex.nouns:
        return source
    return (at + 1, source[0][1]), (at + 1, last)


def issued_by(scene: Scene, core: Range, sentence: Sentence) -> Range | None:
    """Who "issued a statement saying": the subject of the verb before the document."""
    first, last = core
    if scene.lows[last - 1] not in scene.lex.documents or scene.lows[first] not in {"a", "an"} or first - 1 <= sentence.first:
        return None
    return main_subject(scene, sentence, first) if scene.lows[first - 1] in scene.lex.issuing else None


def after_last_verb(scene: Scene, source: tuple[Range, Range]) -> tuple[Range, Range] | None:
    """A participle belongs to the nearest noun: "a video which showed | fighters pledging"."""
    (first, last), _ = source
    verbs = [k for k in range(first, last) if scene.verb_like(k)]
    if verbs:
        core = trimmed(scene, verbs[-1] + 1, last)
        return (core, core) if core else None
    return source
