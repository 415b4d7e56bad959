"""The cues of a sentence, each handed to the pattern that it stands in."""

from __future__ import annotations

from dateline.annotate.attribution_active import active, controlled
from dateline.annotate.attribution_content import right_content
from dateline.annotate.attribution_fill import ACCORDING
from dateline.annotate.attribution_grammar import chain_left, choose, finite, short_passive, title_case
from dateline.annotate.attribution_lexicon import Form
from dateline.annotate.attribution_nouns import according, hearsay, noun_cue
from dateline.annotate.attribution_passive import asked, claimed_by, participial, passive
from dateline.annotate.attribution_scene import Found, Range, Scene
from dateline.annotate.attribution_spans import nearest_noun_phrase, subject_left
from dateline.annotate.reading import Sentence

NEAR = 12  # attributions to either side that may hold one


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
            if item.verb is ACCORDING and item.core is not None:
                at = max(at, item.core[1])
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
    if verb.lemma == "claim" and not (perfect or modal) and begin > sentence.first and scene.lows[after : after + 1] == ["by"]:
        return claimed_by(scene, begin, after, sentence)
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
