"""Persons that are counted without a number: a named victim, a father and his two sons.

CODEBOOK section 4: a named dead person is 1, 1. Names are told by their form alone (capitals, given names, titles), so a
report in capitals has none; the predicate must be in the singular, since "Hamas were killed" names nobody.
"""

from __future__ import annotations

from functools import cache

from dateline.annotate.figures_counts import Count
from dateline.annotate.figures_cues import active
from dateline.annotate.figures_words import lists, nouns, phrases, verbs
from dateline.annotate.numbers import number_words
from dateline.annotate.reading import Reading
from dateline.annotate.times_frame import time_words
from dateline.knowledge import words

Range = tuple[int, int]
LONGEST_NAME, LONGEST_FAMILY, APPOSITION, NEAR_NAME = 6, 30, 16, 500  # tokens


# ---- families --------------------------------------------------------------------------------------------------------


def fold_families(reading: Reading, counts: list[Count]) -> list[Count]:
    """ "A father and his two sons" = 3, "a couple and their child" = 3: a possessive ties relatives to the person before."""
    found: list[Count] = []
    for count in counts:
        base = found[-1] if found else None
        if base is not None and relative_of(reading, base, count):
            found[-1] = joined(reading, base, count)
        else:
            found.append(count)
    return found


def relative_of(reading: Reading, base: Count, count: Count) -> bool:
    """True when `count` are the relatives of `base`, and the list between them is not broken."""
    known, lows = lists(), reading.lows
    if not (base.single or base.family or lows[base.end - 1] in known.couples) or base.unit != "person":
        return False
    if lows[count.end - 1] not in known.kin or count.unit != "person" or count.end - base.first > LONGEST_FAMILY:
        return False
    between = lows[base.end : count.first]
    owned = lows[count.first] in known.owners or (bool(between) and between[-1] in known.owners)
    joints = [word for word in between if word not in known.owners]
    return (owned or base.family) and joints in (["and"], [","], [",", "and"], ["along", "with"], ["with"])


ARTICLES = frozenset(["a", "an", "the"])


def joined(reading: Reading, base: Count, count: Count) -> Count:
    """One count for the person and the relatives; the bounds add up."""
    base.low = (base.low or 0) + (count.low or 0) if base.low or count.low else None
    base.high = base.high + count.high if base.high is not None and count.high is not None else None
    base.end, base.family, base.single = count.end, True, True
    start = base.first + (reading.lows[base.first] in ARTICLES)
    base.group = reading.text[reading.starts[start] : reading.ends[count.end - 1]].lower()
    return base


# ---- named victims ---------------------------------------------------------------------------------------------------


def find_named(reading: Reading, first: int, end: int, counts: list[Count]) -> list[Count]:
    """Add one for each named victim: "killed Gen. Haddad", "Ali Haddad was shot dead", "the murder of Ali Haddad"."""
    if reading.upper:
        return counts
    found = list(counts)
    taken = {i for count in counts for i in range(count.first, count.end)}
    ones = {count.first: count.end for count in counts if count.single and count.measure == "killed" and count.low == 1}
    openers, lows = victim_openers(), reading.lows
    for at in range(first, end - 1):
        if lows[at] not in openers:
            continue
        for name, number, cue in victims_at(reading, first, at, end):
            if not taken & set(range(*name)) and not apposed(ones, name, cue):
                taken |= set(range(*name))
                found.append(named_count(name, number, cue))
    found.sort(key=lambda count: count.first)
    return found


def named_count(name: Range, number: int, cue: Range) -> Count:
    return Count(
        *(name[0], name[0], name[0], name[1], number, number),
        measure="killed", cue=cue, side="named", known=True, single=True,
    )  # fmt: skip


def victims_at(reading: Reading, first: int, at: int, end: int) -> list[tuple[Range, int, Range]]:
    """Names whose killing the words at token `at` tell: (name, persons, cue)."""
    word = reading.lows[at]
    if word in {"was", "were", "been", "is"}:
        cue = killing(reading, at + 1, end)
        return subject(reading, first, at, cue) if cue else []
    if word == "of":
        cue = killing_of(reading, first, at)
        name = name_at(reading, at + 1, end) if cue else None
        return [(name, 1, cue)] if cue and name else []
    if word in verbs() or word in {"dead", "down"}:
        cue = object_cue(reading, first, at)
        name = name_at(reading, at + 1, end) if cue else None
        return [(name, 1, cue)] if cue and name else []
    return []


def object_cue(reading: Reading, first: int, at: int) -> Range | None:
    """A verb of killing with an object behind it: "killed", "shot dead"."""
    form = active(reading, first, at)
    if form and form.measure == "killed":
        return None if at and reading.lows[at - 1] in lists().be else (at, at + 1)
    for phrase in phrases()[1].get(reading.lows[at], ()):
        begin = at + 1 - len(phrase.words)
        fits = (
            phrase.measure == "killed"
            and phrase.words[-1] != "of"
            and tuple(reading.lows[max(first, begin) : at + 1]) == phrase.words
        )
        if fits and reading.lows[begin - 1] not in lists().be:
            return begin, at + 1
    return None


def killing(reading: Reading, at: int, end: int) -> Range | None:
    """ "[was] killed", "[was] also shot dead": the predicate of a passive."""
    while at < end and (reading.lows[at].endswith("ly") or reading.lows[at] in {"also", "later", "shot"}) and at + 1 < end:
        if reading.lows[at] == "shot" and reading.lows[at + 1] == "and":
            at += 2
            break
        if reading.lows[at] == "shot":
            break
        at += 1
    if at >= end:
        return None
    for phrase in phrases()[0].get(reading.lows[at], ()):
        if phrase.measure == "killed" and tuple(reading.lows[at : at + len(phrase.words)]) == phrase.words:
            return at, at + len(phrase.words)
    form = next(
        (f for f in verbs().get(reading.lows[at], ()) if f.form == "part" and f.measure == "killed" and "t" in f.use), None
    )
    return (at, at + 1) if form else None


def killing_of(reading: Reading, first: int, at: int) -> Range | None:
    """ "the murder of", "the killing of"; a death may be natural."""
    word = reading.lows[at - 1] if at > first else ""
    return (at - 1, at + 1) if word in lists().violent_deaths else None


def subject(reading: Reading, first: int, at: int, cue: Range) -> list[tuple[Range, int, Range]]:
    """The name or names in front of "was", also across an apposition between commas."""
    last = at
    while last > first and (reading.lows[last - 1] in lists().have or reading.lows[last - 1].endswith("ly")):
        last -= 1
    if last - 1 > first and reading.lows[last - 1] == ",":
        last = next((j for j in range(last - 2, max(first, last - APPOSITION), -1) if reading.lows[j] == ","), first)
    name = name_before_verb(reading, first, last)
    if name is None:
        return []
    if reading.lows[at] != "were":
        return [(name, 1, cue)]
    partner = None
    if name[0] - 2 > first and reading.lows[name[0] - 1] == "and":
        partner = name_before_verb(reading, first, name[0] - 1)
    return [((partner[0], name[1]), 2, cue)] if partner else []


def name_before_verb(reading: Reading, first: int, last: int) -> Range | None:
    """The run of name words that ends before token `last`."""
    begin = last
    while begin > max(first, last - LONGEST_NAME) and (capital(reading, begin - 1) or reading.lows[begin - 1] in PARTICLES):
        begin -= 1
    while begin < last and (reading.lows[begin] in PARTICLES or (begin == first and not_a_name(reading.lows[begin]))):
        begin += 1
    return (begin, last) if begin < last and is_person(reading, first, begin, last) else None


def name_at(reading: Reading, begin: int, end: int) -> Range | None:
    """The name that starts at token `begin`, which must be clear from a title or a given name."""
    last = begin
    while last < min(end, begin + LONGEST_NAME) and (
        capital(reading, last) or (last > begin and reading.lows[last] in PARTICLES) or reading.lows[last] in lists().titles
    ):
        last += 1
    while last > begin and reading.lows[last - 1] in PARTICLES:
        last -= 1
    following = reading.lows[last] if last < end else ""
    if last - begin < 2 or following in {"'s", "’s", "-"} or not capital(reading, last - 1):
        return None
    noun = nouns().get(following)
    if noun or reading.lows[last - 1] in nouns():
        return None
    titled = reading.lows[begin] in lists().titles or reading.lows[begin] in {"abu", "umm"}
    return (begin, last) if titled or reading.lows[begin] in given() else None


def is_person(reading: Reading, first: int, begin: int, last: int) -> bool:
    """A run of capitals in front of "was killed" as a person: two words, a title, a given name, or a word inside the sentence."""
    lows = reading.lows[begin:last]
    if any(not_a_name(word) for word in lows if word not in PARTICLES) or lows[-1] in nouns():
        return False
    if begin > first and reading.lows[begin - 1] in BEFORE_PLACES:
        return False
    return last - begin > 1 or lows[0] in given() or begin > first or told_inside(reading, begin)


def told_inside(reading: Reading, at: int) -> bool:
    """The capital of a sentence's first word is no proof of a name; the same word with a capital inside a sentence is."""
    word, words_ = reading.words[at], reading.words
    near = range(max(1, at - NEAR_NAME), min(len(words_), at + NEAR_NAME))
    return any(words_[i] == word and words_[i - 1].isalpha() and words_[i - 1].islower() for i in near)


def not_a_name(word: str) -> bool:
    """Words that open a sentence with a capital, or that are capitalised and no person."""
    book = time_words()
    return (
        word in lists().noun_stop
        or word in lists().not_names
        or word in number_words().digits
        or word in book.weekdays
        or word in book.months
        or (word in nouns() and not nouns()[word].single)
        or not word[0].isalpha()
    )


def capital(reading: Reading, at: int) -> bool:
    word = reading.words[at]
    return word[0].isupper() or (word[:3] in {"al-", "el-"} and word[3:4].isupper())


def apposed(ones: dict[int, int], name: Range, cue: Range) -> bool:
    """ "Haddad, a commander of the group, was killed", "the leader Ali Haddad": the one person is counted already.

    `ones` has the first token of each count of one victim, with the token behind it.
    """
    behind = range(name[1], min(cue[0], name[1] + APPOSITION))
    before = range(max(0, name[0] - APPOSITION), name[0])
    return any(at in ones for at in behind) or any(ones.get(at) == name[0] for at in before)


PARTICLES = frozenset([".", "al", "el", "bin", "ibn", "abu", "de", "van", "ben", "ould", "ul", "ur", "-"])
BEFORE_PLACES = frozenset(["in", "at", "near", "from", "of", "to", "by", "with", "outside", "inside", "around", "the"])


@cache
def victim_openers() -> frozenset[str]:
    """Words beside which a named victim can stand: all others are passed over at once."""
    killing_verbs = {word for word, forms in verbs().items() if any(form.measure == "killed" for form in forms)}
    return frozenset(
        {"was", "were", "been", "is", "of", "dead", "down", *killing_verbs, *(word for word in phrases()[1] if word != "of")}
    )


@cache
def given() -> frozenset[str]:
    return words("party_given_names")
