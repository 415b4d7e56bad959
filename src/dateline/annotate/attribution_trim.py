"""One noun phrase for a source that took in too much: texts that lost their commas run an earlier phrase into it."""

from __future__ import annotations

from dateline.annotate.attribution_grammar import mute
from dateline.annotate.attribution_names import registered
from dateline.annotate.attribution_scene import JOINERS, RELATIVES, STOPS, Found, Range, Scene
from dateline.annotate.attribution_spans import nearest_noun_phrase

ARTICLES = frozenset(("the", "a", "an"))
LONG = 8  # words that a source without marks may have
PERSON_NAME = range(2, 5)  # words of "Rami Haddad the head of the monitor": an aside that lost its comma


def trim_source(scene: Scene, item: Found) -> None:
    """Give `item` the phrase next to its cue where its source holds two, or the noun before "which" where it holds a clause."""
    if item.core is None or len(item.source) != 1 or scene.quote_of[item.core[0]] >= 0:
        return
    first, last = item.core
    if scene.lows[last - 1] in scene.lex.mute and last - first > 1 and scene.lows[last - 2] in scene.lex.nouns:
        last -= 1  # "an Observatory toll"
        item.core = first, last
    named = aside_after_name(scene, first, last)
    if named is not None:
        item.core = named
        return
    if last <= item.cue[0]:
        better = before_relative(scene, first) or before_clause(scene, first) or last_phrase(scene, first, last)
    else:
        better = first_phrase(scene, first, last)
        if better is not None and not item.content:
            item.content = [(better[1], last)]  # "according to reports | the raid …"
        elif better is not None and item.content[0][0] == item.source[0][1]:
            item.content[0] = (better[1], item.content[0][1])
    if better is None and mute(scene, item.core):
        better = nearest_noun_phrase(scene, last, first) if last <= item.cue[0] else teller(scene, first, last)
    if better is not None:
        item.core, item.source = better, [better]


def aside_after_name(scene: Scene, first: int, last: int) -> Range | None:
    """ "Ali Haddad | a volunteer with the group", "the Lake Agency | an outlet of the state": the name before it."""
    inner = inner_article(scene, first, last)
    if inner is None or not any(low in scene.lex.nouns or low in scene.lex.titles for low in scene.lows[inner:last]):
        return None
    named = is_name(scene, first, inner) or (scene.lows[inner] in {"a", "an"} and registered(scene, (first, inner)))
    return (first, inner) if named else None


def before_relative(scene: Scene, first: int) -> Range | None:
    """ "The Observatory which | tracks the war said": the noun phrase before the relative word."""
    if first < 2 or scene.lows[first - 1] not in RELATIVES or not finite_form(scene, first):
        return None
    floor = scene.reading.sentences[scene.reading.sentence_of[first]].first
    return nearest_noun_phrase(scene, first - 1, floor)


def teller(scene: Scene, first: int, last: int) -> Range | None:
    """ "according to a new toll from | the Lake Observatory"."""
    at = next((k for k in range(first + 1, last - 1) if scene.lows[k] in {"from", "by"}), None)
    return (at + 1, last) if at is not None else None


CLAUSE = 8  # words of a relative clause that lost its commas


def before_clause(scene: Scene, first: int) -> Range | None:
    """ "The Lake daily which is close to | the government also reported": the noun phrase before the clause."""
    floor = scene.reading.sentences[scene.reading.sentence_of[first]].first
    for k in range(first - 1, max(floor + 1, first - CLAUSE) - 1, -1):
        low = scene.lows[k]
        if low in STOPS or (low in scene.lex.forms and low not in scene.lex.nouns):
            return None
        if low in {"which", "who"}:
            verb = scene.has_verb(k + 1, first) or any(finite_form(scene, at) for at in range(k + 1, min(k + 3, first)))
            return nearest_noun_phrase(scene, k, floor) if verb else None
    return None


def finite_form(scene: Scene, at: int) -> bool:
    low = scene.lows[at]
    return scene.verb_like(at) or (low.endswith("s") and low not in scene.lex.nouns and scene.words[at].islower())


def last_phrase(scene: Scene, first: int, last: int) -> Range | None:
    """ "five people | the Observatory said"."""
    inner = inner_article(scene, first, last)
    if inner is None:
        long = last - first > LONG and scene.has_verb(first, last)
        return nearest_noun_phrase(scene, last, first) if long else None
    if is_name(scene, first, inner) or not speaks(scene, inner, last):
        return None
    return inner, last


def first_phrase(scene: Scene, first: int, last: int) -> Range | None:
    """ "according to the watchdog | the attacker blew himself up", "… the hospital | four people died"."""
    inner = inner_article(scene, first, last, numbers=True)
    if inner is None or is_name(scene, first, inner) or not speaks(scene, first, inner):
        return None
    return first, inner


def inner_article(scene: Scene, first: int, last: int, *, numbers: bool = False) -> int | None:
    """The last article inside the phrase that nothing links to the word before it: another phrase begins there."""
    lows, lex = scene.lows, scene.lex
    links = lex.prepositions | JOINERS | RELATIVES | STOPS | lex.auxiliaries | {"quoting", "citing", "than", "as", "·"}
    for at in range(last - 1, first, -1):
        opens = lows[at] in ARTICLES or (numbers and lows[at] in lex.determiners and scene.words[at].islower())
        if opens and lows[at - 1] not in links and not lows[at - 1].endswith("ing") and not scene.verb_like(at - 1):
            return at
    return None


def is_name(scene: Scene, first: int, last: int) -> bool:
    """A person's name before an aside: two to four capital words, none of which is a time or a place word of the lexicon."""
    words = scene.words[first:last]
    plain = scene.lex.times | scene.lex.prepositions | scene.lex.adverbs
    return len(words) in PERSON_NAME and all(
        (w[0].isupper() or w.startswith(("al-", "el-"))) and w.lower() not in plain for w in words
    )


def speaks(scene: Scene, first: int, last: int) -> bool:
    """The phrase has a word for who speaks, or a name."""
    return any(scene.lows[at] in scene.lex.nouns or scene.words[at][0].isupper() for at in range(first, last))
