"""Give an attribution its content, and the patterns that share it: leading, trailing, split, "quoted X as saying"."""

from __future__ import annotations

from dateline.annotate.attribution_content import left_content, right_content, skip_setting
from dateline.annotate.attribution_lexicon import Verb
from dateline.annotate.attribution_scene import Found, Range, Scene, sentence_end
from dateline.annotate.attribution_spans import last_speaker, source_right, trimmed
from dateline.annotate.reading import Sentence

ACCORDING = Verb("according", ("to",), "say", "affirms", None, "n", "")
CLAIMED = Verb("claim", ("responsibility",), "claim responsibility", "claims", None, "n", "")
QUOTED = Verb("quote", ("as", "saying"), "say", "affirms", None, "c", "")
COLON = Verb("say", (), "say", "affirms", None, "c", "")
WH = frozenset({"that", "whether", "how", "why", "what", "if", "who", "where"})


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


def clause_floor(scene: Scene, sentence: Sentence, begin: int) -> int:
    """Speech inside a quotation has its subject inside it."""
    quote = scene.quote_of[begin]
    return max(sentence.first, scene.quotes[quote].first + 1) if quote >= 0 else sentence.first


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
    """ "Ten people died security sources said": first token of the source; that of the sentence if none is found."""
    end = before_time(scene, item.cue[0], sentence.first)
    core = last_speaker(scene, end, clause_floor(scene, sentence, item.cue[0]))
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


def quoting(scene: Scene, item: Found, after: int, sentence: Sentence) -> Found | None:
    """ "SANA quoted the governor as saying": the governor speaks, via SANA."""
    end = sentence_end(scene, sentence)
    for k in range(after + 1, min(end - 1, after + 30)):
        if scene.lows[k] == "as" and scene.lows[k + 1] in {"saying", "telling", "warning", "claiming"}:
            item.through, item.verb = item.core, QUOTED
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
