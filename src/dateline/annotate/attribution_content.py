"""How far the content of an attribution reaches: right of a leading cue, left of a trailing one, and on over sentences."""

from __future__ import annotations

from dateline.annotate.attribution_lexicon import Verb
from dateline.annotate.attribution_scene import JOINERS, STOPS, Found, Range, Scene, sentence_end, time_at
from dateline.annotate.reading import Sentence

ISSUED = frozenset(
    {"issued", "released", "carried", "posted", "published", "broadcast", "read", "sent", "obtained", "aired", "distributed"}
)
CONTENT_LIMIT = 400  # words of one sentence: no real sentence is longer, and damaged text must not cost more
LOOK_AHEAD = 16  # words between a cue and its "that": "said during a visit to Kabul that"


def skip_setting(scene: Scene, at: int, end: int) -> int:
    """Token after the adverbials that follow a cue: "on Friday", "in a statement", "by telephone", "later", "to reporters"."""
    lows, lex = scene.lows, scene.lex
    while at < end:
        step = scene.matches(at, end, lex.settings)
        if step and at + step < end and lows[at + step] in ISSUED:
            while at + step < end and lows[at + step] not in {",", "that", ":"} and scene.quote_starting(at + step) is None:
                step += 1
        step = step or time_at(scene, at, end) or occasion(scene, at, end)
        if not step and lows[at] in {"to", "through", "via", "by"}:
            step = addressee_after(scene, at, end)
        if not step and at + 1 < end and adverb(scene, at) and (lows[at + 1] in STOPS or lows[at + 1] in {"that", "on", "in"}):
            step = 1
        if not step:
            return at
        at += step
    return at


def occasion(scene: Scene, at: int, end: int) -> int:
    """Tokens of "in his evening address", "at a news conference in Tolve" at `at`, or 0: where somebody spoke."""
    if scene.lows[at] not in {"in", "during", "at", "on", "via", "through"} or at + 2 >= end:
        return 0
    if scene.lows[at + 1] not in scene.lex.determiners:
        return 0
    for k in range(at + 2, min(end, at + 6)):
        if scene.lows[k] in scene.lex.occasions:
            return (
                k + 1 - at
                if k + 1 >= end or scene.lows[k + 1] in STOPS | {"that", "on", "late", "early"} or time_at(scene, k + 1, end)
                else 0
            )
        if scene.lows[k] in STOPS or scene.verb_like(k) or scene.lows[k] in scene.lex.prepositions:
            return 0
    return 0


def adverb(scene: Scene, at: int) -> bool:
    low = scene.lows[at]
    return low in scene.lex.adverbs or (low.endswith("ly") and len(low) > 4)


def addressee_after(scene: Scene, at: int, end: int) -> int:
    """ "to reporters", "through a spokesman": tokens, or 0."""
    for k in range(at + 1, min(end, at + 5)):
        low = scene.lows[k]
        if low in scene.lex.addressees or low in {"spokesman", "spokeswoman", "spokesperson", "lawyer", "telegram", "twitter"}:
            return k + 1 - at
        if low not in scene.lex.determiners and not scene.words[k][0].isupper() and k > at + 2:
            return 0
    return 0


def addressee_of(scene: Scene, at: int, end: int) -> Range | None:
    """The hearer after "told": up to "that", a quotation, a comma or the start of the clause."""
    lows, words, lex = scene.lows, scene.words, scene.lex
    k = at
    if k >= end or lows[k] in STOPS:
        return None
    if lows[k] in {"me", "us", "him", "her", "them", "you", "it"} and not (
        lows[k] == "her" and k + 1 < end and lows[k + 1] in lex.addressees
    ):
        return k, k + 1
    for ahead in range(at, min(end, at + 14)):
        if lows[ahead] == "that" or scene.quote_starting(ahead) is not None:
            return (at, ahead) if ahead > at else None
        if lows[ahead] in {",", ":", ";", "—", "–"} or lows[ahead] in lex.subordinators:
            return (at, ahead) if ahead > at else None
        if ahead > at and scene.verb_like(ahead):
            break
        if ahead > at and (time_at(scene, ahead, end) or scene.matches(ahead, end, lex.settings)):
            return at, ahead
    else:
        return (at, end) if end - at < 14 else None
    # no mark before the verb of the clause: "told reporters the army had", "told AFP rebels fled"
    if lows[k] in lex.determiners:
        k += 1
    while k < end and words[k][0].isupper() and lows[k] not in lex.determiners:
        k += 1
        if lows[k - 1] in lex.addressees:
            break
    if k < end and (k == at or lows[k - 1] in lex.determiners or lows[k] in lex.addressees or lows[k] in lex.nouns):
        while k < end and lows[k] not in lex.addressees and lows[k] not in lex.nouns and k - at < 6:
            k += 1
        k += 1
    while k < end and lows[k] in lex.addressees:
        k += 1
    return (at, min(k, end)) if k > at else None


def right_start(scene: Scene, at: int, end: int, verb: Verb) -> tuple[int | None, int, Range | None]:
    """(first token of the content or None, end of the cue, addressee) right of a cue that ends at `at`."""
    lows, lex = scene.lows, scene.lex
    cue_end, addressee = at, None
    if "a" in verb.takes:
        addressee = addressee_of(scene, at, end)
        if addressee:
            at = addressee[1]
    clausal = "c" in verb.takes or "q" in verb.takes or "a" in verb.takes
    if clausal:
        at = skip_setting(scene, at, end)
    if at >= end:
        return None, cue_end, addressee
    low = lows[at]
    if low == ":":
        return (at + 1 if at + 1 < end else None), (at + 1 if at == cue_end else cue_end), addressee
    if low == "," and at + 1 < end and scene.quote_starting(at + 1) and clausal:
        return at + 1, cue_end, addressee
    if low == "," and at + 3 < end and lows[at + 2] == "," and (adverb(scene, at + 1) or lows[at + 1] == "however"):
        at += 3
        low = lows[at]
    if scene.quote_starting(at) is not None:
        return at, cue_end, addressee
    if low in STOPS:
        return None, cue_end, addressee
    if (
        clausal
        and at > cue_end
        and addressee is None
        and low in {"due", "because", "as", "after", "while", "when", "during", "at", "by"}
    ):
        return that_ahead(scene, at, end), cue_end, addressee
    form = lex.forms.get(low)
    if clausal and form is not None and form.shape == "ing" and form.verbs[-1].kind in {"say", "deny", "warn", "judge", "blame"}:
        return None, cue_end, addressee  # "said on Tuesday adding that"
    if low in {"that", "whether"} or (low in {"if", "how", "why", "what"} and clausal):
        return at, cue_end, addressee
    if "t" in verb.takes and low == "to":
        return at, cue_end, addressee
    if clausal:
        ahead = that_ahead(scene, at, end)
        if ahead is not None and (low in lex.prepositions or low in lex.adverbs):
            return ahead, cue_end, addressee
    if "c" in verb.takes or "n" in verb.takes or "a" in verb.takes:
        return at, cue_end, addressee
    return None, cue_end, addressee


def that_ahead(scene: Scene, at: int, end: int) -> int | None:
    """ "that" or a speech quotation a few words on, before any finite verb."""
    for k in range(at, min(end, at + LOOK_AHEAD)):
        if scene.lows[k] == "that":
            return k
        quote = scene.quote_starting(k)
        if quote is not None:
            return k if quote.speech else None
        if scene.verb_like(k):
            return None
        if scene.lows[k] in {",", ":"}:
            after = scene.quote_starting(k + 1)
            return k + 1 if after is not None and after.speech else None
    return None


def right_content(scene: Scene, at: int, sentence: Sentence, verb: Verb) -> Range:
    """Content that begins at `at`: to the end of the sentence or quotation, less what the reporter adds."""
    lows = scene.lows
    end = min(sentence_end(scene, sentence), at + CONTENT_LIMIT)
    outer = scene.quote_of[at - 1] if at else -1
    narrow = "c" not in verb.takes and "a" not in verb.takes and "q" not in verb.takes
    k = at
    while k < end:
        quote = scene.quote_starting(k)
        if quote is not None:
            if quote.last > end:
                return at, quote.last
            k = quote.last
            if ends_with_quote(scene, quote.first, quote.last, at, end):
                return at, k
            continue
        if outer >= 0 and scene.quote_of[k] != outer:
            return at, k
        low = lows[k]
        if low in {",", "—", "–", "--"}:
            if cut_at_comma(scene, k, end, narrow=narrow):
                return at, k
        elif k > at and ends_content(scene, k, end, narrow=narrow):
            return at, k
        k += 1
    if outer >= 0:
        close = scene.quotes[outer].last
        end = min(end, close - 1) if close <= sentence.last else end
    return at, max(end, at + 1)


def ends_content(scene: Scene, at: int, end: int, *, narrow: bool) -> bool:
    """A semicolon, "according to", a coordinated cue, or (after a noun phrase) the setting: "the raid | in a statement"."""
    low = scene.lows[at]
    if low in {"and", "but"}:
        return coordinated_cue(scene, at + 1, end)
    return low in {";", "according"} or (narrow and scene.matches(at, end, scene.lex.settings) > 0)


def ends_with_quote(scene: Scene, first: int, last: int, at: int, end: int) -> bool:
    """After a full quotation at the start of the content, a new clause is the reporter's."""
    return (
        first == at
        and scene.quotes[scene.quote_of[first]].speech
        and last < end
        and scene.lows[last] in {",", "and", "but", "in", "on", "as", "after", "during", "at", "before", "while", "when"}
        and scene.lows[last - 2] in {",", ".", "!", "?"}
    )


def cut_at_comma(scene: Scene, comma: int, end: int, *, narrow: bool) -> bool:
    """Whether what follows a comma is no longer content."""
    lows, lex = scene.lows, scene.lex
    at = comma + 1
    if at >= end:
        return True
    if scene.matches(at, end, lex.additions) or trailing_cue(scene, at, end):
        return True
    if lows[at] in {"and", "but", "while"} and coordinated_cue(scene, at + 1, end):
        return True
    if lows[at] in {"but", "while", "though", "although"} and narrow:
        return True
    if coordinated_cue(scene, at, end):
        return True
    return bool(
        narrow
        and (
            lows[at] in {"who", "which", "as", "after", "when", "where"}
            or (lows[at].endswith("ing") and len(lows[at]) > 5)
            or (lows[at] == "and" and scene.has_verb(at + 1, min(end, at + 5)))
        )
    )


def trailing_cue(scene: Scene, at: int, end: int) -> bool:
    """ ", the agency reported on Friday" at the end of the sentence: an outer voice for all before."""
    for k in range(at + 1, min(end, at + 14)):
        form = scene.lex.forms.get(scene.lows[k])
        if (
            form is not None
            and form.shape in {"both", "past", "s"}
            and form.verbs[-1].kind == "say"
            and "w" not in form.verbs[-1].flags
        ):
            return skip_setting(scene, k + 1, end) >= end and scene.lows[at] not in scene.lex.subordinators | {"and", "but"}
        if scene.lows[k] in STOPS or scene.verb_like(k):
            return False
    return False


def coordinated_cue(scene: Scene, at: int, end: int) -> bool:
    """A cue without or with its own short subject right at `at`: "(and) added that", "(but) the army denied"."""
    lex = scene.lex
    k = at
    while k < end and (adverb(scene, k) or scene.lows[k] in {"has", "have", "had"}):
        k += 1
    if k >= end:
        return False
    form = lex.forms.get(scene.lows[k])
    if (
        form is not None
        and form.shape in {"both", "past", "s"}
        and form.verbs[-1].kind in {"say", "deny", "warn", "blame", "demand", "promise", "judge"}
    ):
        return "w" not in form.verbs[-1].flags and "d" not in form.verbs[-1].flags and k + 1 < end
    for ahead in range(at, min(end, at + 7)):
        low = scene.lows[ahead]
        form = lex.forms.get(low)
        if (
            form is not None
            and form.shape in {"both", "past"}
            and form.verbs[-1].kind in {"say", "deny"}
            and ahead > at
            and not form.verbs[-1].flags
        ):
            return scene.lows[ahead - 1] not in lex.auxiliaries and scene.lows[at - 1] in {"but", "while", "whereas"}
        if low in STOPS or scene.verb_like(ahead):
            return False
    return False


def left_content(scene: Scene, at: int, sentence: Sentence, floor: int) -> Range | None:
    """Content that ends before the boundary token at `at - 1` (comma, dash or closing quotation mark)."""
    end = at
    while end > sentence.first and scene.lows[end - 1] in {",", "—", "–", "--", "-"} and scene.quote_of[end - 1] < 0:
        end -= 1
    if end <= sentence.first and scene.quote_ending(end - 1) is None:
        return None
    begin = after_dateline(scene, sentence, end)
    quote = scene.quote_ending(end - 1)
    if quote is not None:
        begin = (
            quote.first
            if quote.first < sentence.first or scene.lows[quote.first - 1] in {".", ":", "?", "!"} or floor > sentence.first
            else sentence.first
        )
        if quote.first >= sentence.first and floor > sentence.first:
            begin = max(floor, sentence.first) if quote.first - floor < 0 else quote.first
    elif floor > sentence.first:
        begin = floor
    while begin < end and scene.lows[begin] in {",", "and", "but", "-", "—", "–", "*", "•"} and begin > sentence.first:
        begin += 1
    inner = scene.quote_of[at] if at < len(scene.quote_of) else -1
    if inner >= 0 and begin <= scene.quotes[inner].first:  # speech inside a quotation stays inside
        begin = scene.quotes[inner].first + 1
    if end - begin < 1 or (end - begin < 2 and quote is None and scene.lows[begin] in JOINERS):
        return None
    return begin, end


def after_dateline(scene: Scene, sentence: Sentence, end: int) -> int:
    """First token after "TOLVE, March 3 (Reuters) -"; that of the sentence where no dateline stands."""
    for k in range(sentence.first + 1, min(end - 1, sentence.first + 14)):
        if scene.lows[k] in {"-", "--", "—", "–"} and ")" in scene.lows[sentence.first : k]:
            return k + 1 if not scene.has_verb(sentence.first, k) else sentence.first
    return sentence.first


def continued_quotes(scene: Scene, found: list[Found]) -> None:
    """Quotations without a cue of their own go on from the attribution before them in the same paragraph."""
    sentences = scene.reading.sentences
    cued = {number for item in found for first, last in item.content for number in covered(scene, first, last)}
    cued |= {item.sentence for item in found}
    by_sentence: dict[int, Found] = {}
    for item in found:
        by_sentence[item.sentence] = item
    for quote in scene.quotes:
        if not quote.speech or quote.first >= len(scene.reading.sentence_of):
            continue
        number = scene.reading.sentence_of[quote.first]
        sentence = sentences[number]
        if number in cued or quote.first != sentence.first or sentence.kind == "furniture":
            continue
        before = number - 1
        while before >= 0 and sentences[before].paragraph == sentence.paragraph and before not in by_sentence:
            before -= 1
        if before < 0 or sentences[before].paragraph < sentence.paragraph - 1:
            continue
        owner = by_sentence.get(before)
        if owner is None:
            continue
        quoted = any(scene.quote_of[first] >= 0 or scene.quote_of[last - 1] >= 0 for first, last in owner.content)
        trailing = bool(owner.content) and owner.cue[0] > owner.content[0][0]
        if not quoted and (trailing or sentences[before].paragraph == sentence.paragraph):
            continue
        last_end = max((last for _, last in owner.content), default=owner.cue[1])
        if last_end <= quote.first:
            owner.content.append((quote.first, quote.last))
            by_sentence[number] = owner


def covered(scene: Scene, first: int, last: int) -> range:
    return range(scene.reading.sentence_of[first], scene.reading.sentence_of[last - 1] + 1)
