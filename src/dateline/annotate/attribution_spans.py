"""Where a source begins and ends: noun phrases around a cue, found without a tagger.

"Boundary" words (commas, quotation marks, "that", "but", a finite verb) close a noun phrase.
"""

from __future__ import annotations

from dateline.annotate.attribution_scene import JOINERS, REACH, RELATIVES, STOPS, Range, Scene, time_at


def subject_left(scene: Scene, at: int, low_bound: int) -> Range | None:
    """The noun phrase that ends right before token `at`, not before `low_bound`."""
    lows, words, lex = scene.lows, scene.words, scene.lex
    if at > low_bound and lows[at - 1] in {"he", "she", "it", "they", "i", "we"}:
        return at - 1, at
    begin, k = at, at - 1
    floor = max(low_bound, at - REACH)
    while k >= floor:
        low = lows[k]
        if low in BRACKETS:
            k = opening_bracket(lows, k, floor) - 1
            begin = k + 1
            continue
        quote = scene.quote_ending(k)
        named = k + 1 < at and lows[k + 1] not in lex.determiners  # 'the "Lake" front', but not '"We are free" the man'
        if quote is not None and quote.last - quote.first <= 8 and not quote.speech and quote.first >= floor and named:
            begin, k = quote.first, quote.first - 1
            continue
        if low in STOPS or scene.quote_of[k] != scene.quote_of[at - 1]:
            break
        if words[k] in {"A", "An"} and k > low_bound and not scene.reading.upper and k + 1 < at and words[k + 1][0].islower():
            begin = k
            break  # a full stop was lost: "Aleppo | A military source"
        if len(low) == 4 and low.isdigit() and k < at - 1 and scene.words[k + 1][0].isupper():
            break  # a date line without a mark: "6 September 2016 SANA reporter"
        if low in RELATIVES and low != "that":
            if not scene.has_verb(k + 1, at):
                return (k, at) if k == at - 1 else trimmed(scene, k + 1, at)
        elif low in JOINERS:
            if low == "but" or not joins_nouns(scene, k, floor):
                break
        elif low == "as" and k + 1 < at and lows[k - 1] not in {"such", "well", "known"}:
            break
        elif low in lex.subordinators and not (low == "than" or low == "so"):
            if not (low == "that" and scene.has_verb(k + 1, at) and k > floor and not scene.verb_like(k - 1)):
                break
        elif scene.verb_like(k):
            back = relative_before(scene, k, floor)
            if back is None and not reduced(scene, k, at, floor):
                break
            k = k if back is None else back
        begin = k
        k -= 1
    return trimmed(scene, begin, at)


def reduced(scene: Scene, at: int, end: int, floor: int) -> bool:
    """A participle after its noun: "polls released on Sunday", "a group based in Idlib"."""
    if not scene.lows[at].endswith(("ed", "en", "run", "held", "made")) or at + 1 >= end or at <= floor:
        return False
    following, before = scene.lows[at + 1], scene.lows[at - 1]
    lex = scene.lex
    if before in lex.pronouns or before in lex.auxiliaries or before in STOPS or before in lex.adverbs or before in JOINERS:
        return False
    return following in lex.prepositions or following in {"online", "earlier"} or time_at(scene, at + 1, end) > 0


BRACKETS = {")": "(", "]": "["}


def opening_bracket(lows: list[str], at: int, floor: int) -> int:
    for k in range(at - 1, max(floor, at - 12) - 1, -1):
        if lows[k] == BRACKETS[lows[at]]:
            return k
    return at


def relative_before(scene: Scene, at: int, floor: int) -> int | None:
    """Index of the "who", "which" or "that" that opens the clause of the verb at `at`, in the same stretch of words."""
    for k in range(at - 1, max(floor, at - 14) - 1, -1):
        low = scene.lows[k]
        if low in RELATIVES:
            return None if low == "that" and k > 0 and scene.verb_like(k - 1) else k
        if low in STOPS or low in JOINERS:
            return None
    return None


def joins_nouns(scene: Scene, at: int, floor: int) -> bool:
    """Whether "and" at `at` joins two nouns: no finite verb to its left before the clause begins."""
    k = at - 1
    while k >= floor:
        low = scene.lows[k]
        if low in STOPS or low in scene.lex.subordinators:
            break
        if scene.verb_like(k):
            return False
        k -= 1
    return at - k > 1


def trimmed(scene: Scene, begin: int, end: int) -> Range | None:
    """The phrase without leading adverbs, conjunctions and time or place adverbials; None when nothing is left."""
    lows, lex = scene.lows, scene.lex
    while begin < end:
        low = lows[begin]
        spell = time_at(scene, begin, end) if low not in lex.prepositions else 0
        spell = spell or repeated(scene, begin, end)
        if spell and begin + spell < end and not noun_follows_time(scene, begin, end):
            begin += spell
        elif low in {"after", "before", "since", "until", "till"} and not time_at(scene, begin + 1, end):
            gerund = begin + 1 < end and lows[begin + 1].endswith("ing")
            begin = after_adverbial(scene, begin, end) if gerund else begin + 1
        elif low in lex.prepositions and low not in {"like"}:
            moved = after_adverbial(scene, begin, end)
            if moved >= end:
                return None
            begin = moved
        elif (
            low in JOINERS
            or (low in lex.adverbs and low not in {"both", "all", "once"} | lex.determiners)
            or (
                low in lex.times
                and begin + 1 < end
                and lows[begin + 1] not in {"'s", "’s"}
                and not noun_follows_time(scene, begin, end)
            )
            or (low.endswith("ly") and len(low) > 4 and low not in {"family", "italy", "daily", "weekly", "assembly"})
            or low
            in {
                "however",
                "so",
            }
            | STOPS
        ):
            begin += 1
        else:
            break
    while end > begin and lows[end - 1] in STOPS - {")"} and scene.quote_of[end - 1] < 0:
        end -= 1
    if not any(low[0].isalnum() for low in lows[begin:end]):
        return None
    if begin >= end or lows[end - 1] in lex.prepositions or lows[end - 1] in lex.auxiliaries or lows[end - 1] in {"to", "there"}:
        return None
    return begin, end


def repeated(scene: Scene, begin: int, end: int) -> int:
    """Tokens of "both times", "each time", "the first time" at `begin`, or 0."""
    for k in (begin + 1, begin + 2):
        if k + 1 < end and scene.words[k] in {"time", "times"} and scene.lows[begin] in {"both", "each", "every", "the", "this"}:
            return k + 1 - begin
    return 0


def noun_follows_time(scene: Scene, begin: int, end: int) -> bool:
    """ "Today newspaper", "Sunday Times", "May": a time word that is part of a name."""
    word = scene.words[begin + 1]
    return (
        end - begin <= 3
        and word[0].isupper()
        and scene.words[begin][0].isupper()
        and end - begin > 1
        and scene.lows[begin] != "today"
    )


def after_adverbial(scene: Scene, begin: int, end: int) -> int:
    """Where the noun phrase begins after a place or time adverbial without a comma: "In Kabul police", "On Friday the army"."""
    lows, words, lex = scene.lows, scene.words, scene.lex
    at = begin + 1
    if at < end and (lows[at] in lex.times or lows[at][0].isdigit()):
        while at < end and (lows[at] in lex.times or lows[at][0].isdigit()):
            at += 1
        return at
    for k in range(end - 1, at, -1):
        if lows[k] in lex.determiners and lows[k - 1] not in lex.prepositions:
            return k
    if at < end and words[at][0].isupper():
        while at < end and words[at][0].isupper():
            at += 1
        return at
    return end


def source_left(scene: Scene, at: int, low_bound: int, depth: int = 0) -> tuple[Range, Range] | None:
    """Source before a cue that starts at `at`: the whole span and its naming core.

    "John Smith, a spokesman for the group, said": the apposition belongs to the span, not to the core.
    """
    lows = scene.lows
    if at <= low_bound:
        return None
    if lows[at - 1] not in {",", "—", "–", "--"}:
        core = subject_left(scene, at, low_bound)
        return (core, core) if core else None
    close = at - 1
    opening = previous_mark(scene, close, low_bound, lows[close])
    if opening is None or opening <= low_bound or depth > 3:
        return None
    first = lows[opening + 1]
    if (
        first not in scene.lex.determiners
        and 1 < close - opening <= 5
        and all(word[0].isupper() or word[0] in "'’·." for word in scene.words[opening + 1 : close])
    ):
        return with_name(scene, opening, close, low_bound, depth)
    aside = (
        first in scene.lex.asides
        or first[0].isdigit()
        or first in scene.lex.nouns
        or first.endswith("ing")
        or first in scene.lex.titles
    )
    if not aside or opening + 1 >= close:
        return None
    if (
        first not in {"who", "which", "whose"}
        and first not in scene.lex.adverbials
        and scene.has_verb(opening + 1, close)
        and not held_by_relative(scene, opening + 1, close)
    ):
        return None
    inner = source_left(scene, opening, low_bound, depth + 1)
    if inner is None or (scene.quote_ending(opening - 1) is not None and scene.quotes[scene.quote_of[opening - 1]].speech):
        return None
    whole, core = inner
    if core[1] - core[0] > 18:
        return None
    return ((whole[0], whole[1]) if first in scene.lex.adverbials else (whole[0], close)), core


def with_name(scene: Scene, opening: int, close: int, low_bound: int, depth: int) -> tuple[Range, Range] | None:
    """ "his top aide, John Smith, said", "a woman in Worcester, Massachusetts, said"."""
    inner = source_left(scene, opening, low_bound, depth + 1)
    if inner is None:
        return None
    whole, core = inner
    described = scene.words[core[1] - 1][0].islower() or scene.lows[core[1] - 1] in scene.lex.titles
    if not described and not set(scene.lows[core[0] : core[1]]) & scene.lex.prepositions:
        return None
    if described and not any(low in scene.lex.nouns or low in scene.lex.titles for low in scene.lows[core[0] : core[1]]):
        return None
    return (whole[0], close), ((opening + 1, close) if described else core)


def held_by_relative(scene: Scene, first: int, last: int) -> bool:
    """Every finite verb of the stretch stands in a relative clause or is a participle after a noun ("a group based in …")."""
    for at in range(first, last):
        if scene.verb_like(at):
            if scene.lows[at].endswith("ed") and at + 1 < last and scene.lows[at + 1] in scene.lex.prepositions:
                return True
            return relative_before(scene, at, first) is not None
    return True


def nearest_noun_phrase(scene: Scene, at: int, low_bound: int) -> Range | None:
    """The shortest phrase before `at` that can name a source, where no mark shows its beginning (texts without commas)."""
    lows, words, lex = scene.lows, scene.words, scene.lex
    k, known = at - 1, False
    floor = max(low_bound, at - 14)
    while k >= floor:
        low = lows[k]
        if low in lex.determiners:
            if known and k - 2 >= floor and lows[k - 1] in CLOSE and lows[k - 2] in lex.nouns:
                k -= 1
                continue  # "sources close to | the group", "a source at | the hospital"
            k -= 1
            break
        title = low in lex.nouns or low in lex.titles
        named = words[k][0].isupper() and not scene.reading.upper
        link = (
            low in {"of", "for", "and", "in", "to", "at", "with", "from"}
            and known
            and k > floor
            and (
                lows[k - 1] in lex.nouns
                if low in {"at", "with", "from"}
                else words[k - 1][0].isupper() or lows[k - 1] in lex.nouns
            )
        )
        if not (title or named or low in lex.modifiers or link or low == "·" or low in {"'s", "’s"} or "-" in low):
            break
        known = known or title or named
        k -= 1
    begin = k + 1
    while begin < at - 1 and (
        lows[begin] in {"of", "for", "and", "in", "to", "·", "'s", "’s"}
        or lows[begin] in lex.times
        or (lex.nouns.get(lows[begin], ("",))[0] == "people" and words[begin + 1][0].isupper())
    ):
        begin += 1
    return (begin, at) if known and begin < at else None


CLOSE = frozenset(("at", "with", "from", "in", "of", "for"))
PLACED = 6  # words of "in the town of Tolve" behind a source


def last_speaker(scene: Scene, at: int, low_bound: int) -> Range | None:
    """The phrase before a cue that ends a sentence without commas: "… near it witnesses | said", "activists in the town"."""
    lows = scene.lows
    end = opening_bracket(lows, at - 1, low_bound) if at > low_bound and lows[at - 1] in BRACKETS else at
    if end > low_bound and lows[end - 1] not in scene.lex.nouns:
        for k in range(end - 1, max(low_bound, end - PLACED) - 1, -1):
            if lows[k] in STOPS or scene.verb_like(k):
                break
            if lows[k] in CLOSE and k > low_bound and lows[k - 1] in scene.lex.nouns:
                core = nearest_noun_phrase(scene, k, low_bound)
                return (core[0], at) if core else None
    core = nearest_noun_phrase(scene, end, low_bound)
    if core is None:
        return None
    begin = core[0]
    if begin > low_bound and lows[begin - 1] in scene.lex.prepositions and scene.words[end - 1].islower():
        while begin < end - 1 and not scene.words[begin].islower():
            begin += 1  # "north of Azmar | witnesses"
    return begin, at


def previous_mark(scene: Scene, at: int, low_bound: int, mark: str) -> int | None:
    """The mark (comma or dash) that opens an aside closed at `at`."""
    for k in range(at - 1, max(low_bound, at - REACH) - 1, -1):
        if scene.lows[k] == mark and scene.quote_of[k] == scene.quote_of[at]:
            return k
        if scene.lows[k] in {";", ":"}:
            return None
    return None


def source_right(scene: Scene, at: int, end: int, *, closed: bool = False) -> tuple[Range, Range, int] | None:
    """Source after an inverted cue or "according to": whole span, naming core, and the token where it stops.

    `closed`: content follows, so an apposition counts only when a comma closes it.
    """
    lows, lex = scene.lows, scene.lex
    k, core_end = at, None
    while k < end:
        low = lows[k]
        if low == ",":
            core_end = core_end or k
            step = aside_end(scene, k, end)
            if step is None or (closed and not (step < end and lows[step] == ",")):
                break
            k = step
            continue
        if low == "(":
            while k < end and lows[k] != ")":
                k += 1
            k = min(k + 1, end)  # a bracket may stay open
            continue
        if low in STOPS and not (scene.quote_starting(k) and not scene.quotes[scene.quote_of[k]].speech and k == at):
            break
        if k > at and (time_at(scene, k, end) or scene.matches(k, end, lex.settings) or low == "as"):
            break
        if closed and k > at + 1 and core_end is None and new_phrase(scene, k):
            break
        if k > at and low in lex.subordinators and low not in {"who", "which", "whose", "that", "than"}:
            break
        if k > at and low == "that" and k + 1 < end and not scene.verb_like(k + 1):
            break
        if k > at and low in {"who", "which", "that"}:
            core_end = core_end or k
        elif (
            k > at
            and core_end is None
            and (scene.verb_like(k) and not (low.endswith("ed") and k + 1 < end and lows[k + 1] in lex.prepositions))
        ):
            break
        k += 1
    while k > at and lows[k - 1] in {",", "and", "but"}:
        k -= 1
    if k <= at or (core_end is not None and core_end <= at):
        return None
    return (at, k), (at, min(core_end or k, k)), k


def new_phrase(scene: Scene, at: int) -> bool:
    """An article after a noun opens the clause where a comma was lost: "according to the Lake Agency | the jets struck"."""
    low, before = scene.lows[at], scene.lows[at - 1]
    if low not in {"the", "a", "an", "at"} and not (low[0].isdigit() and before in scene.lex.nouns):
        return False
    if low == "at" and scene.lows[at + 1 : at + 2] != ["least"]:
        return False
    return before not in scene.lex.prepositions | {"and", "or", "to", "of", "'s", "’s", "both", "all", "than"}


def aside_end(scene: Scene, comma: int, end: int) -> int | None:
    """End of the apposition that begins after `comma`, or None when no apposition follows."""
    lows, lex = scene.lows, scene.lex
    at = comma + 1
    if at >= end:
        return None
    low = lows[at]
    if low in lex.adverbials or not (low in lex.asides or low in lex.nouns or low in lex.titles or low[0].isdigit()):
        return None
    if low in {"and"} and not (at + 1 < end and not scene.has_verb(at + 1, min(end, at + 8))):
        return None
    k = at
    while k < end and lows[k] not in {",", ";", ":", ".", "—", "–", "--"} and scene.quote_starting(k) is None:
        if time_at(scene, k, end) and k > at and lows[k - 1] not in lex.prepositions:
            break
        k += 1
    if low not in {"who", "which", "whose"} and scene.has_verb(at, k) and not held_by_relative(scene, at, k):
        return None
    return k
