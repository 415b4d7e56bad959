"""Cues that are no finite verb: "according to", "X's claim that", headlines, "reportedly"."""

from __future__ import annotations

from dateline.annotate.attribution_content import left_content, right_content
from dateline.annotate.attribution_fill import ACCORDING, COLON, medial
from dateline.annotate.attribution_lexicon import Verb
from dateline.annotate.attribution_scene import STOPS, Found, Range, Scene, sentence_end
from dateline.annotate.attribution_spans import source_right, subject_left, trimmed
from dateline.annotate.reading import Sentence

HEADLINE_SPEECH = frozenset(
    {"will", "must", "should", "would", "cannot", "won't", "won’t", "we", "i", "i'm", "i’m", "our", "my", "never", "not"}
)


def hearsay(scene: Scene, at: int, sentence: Sentence) -> Found | None:
    """ "The army reportedly shelled the town": somebody unnamed says so."""
    end = sentence_end(scene, sentence)
    parts = [part for part in ((sentence.first, at), (at + 1, end)) if part[1] > part[0]]
    verb = Verb(scene.lows[at], (), "hearsay", "affirms", scene.lex.certainty.get(scene.lows[at]), "", "")
    return Found((at, at + 1), verb, sentence.index, "affirms", content=parts, report=True) if parts else None


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
