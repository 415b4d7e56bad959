"""Counted things: a number phrase with its noun ("at least 12 civilians", "a third car bomb", "a soldier").

Numbers that are ages, dates, money, distances, calibres, votes or names of units are left out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.annotate.figures_not import counts_something, following_unit
from dateline.annotate.figures_words import Noun, Unit, Verb, lists, nouns, verbs
from dateline.annotate.numbers import Amount, is_ordinal, number_words, read_amount
from dateline.annotate.reading import Reading
from dateline.annotate.times_frame import time_words

REACH = 7  # words between a number and its noun


@dataclass(slots=True)
class Count:
    """A number phrase and its noun while its measure is being found. Token indexes; `end` is behind the noun."""

    first: int
    core: int
    last: int
    end: int
    low: int | None
    high: int | None
    approximate: bool = False
    unit: Unit = "person"
    group: str | None = None
    known: bool = False  # the noun is in the table
    single: bool = False  # "a soldier": counts only when something happened to it
    measure: str | None = None
    term: str | None = None
    cue: tuple[int, int] | None = None
    side: str = ""  # before, after, noun, near: how the measure was found
    parts: bool = False  # "of them", "including": a part of another figure
    about: str | None = None
    part_of: int | None = None
    replaces: int | None = None
    family: bool = False  # relatives have joined it
    share: tuple[int, int] | None = None  # "half of them": (1, 2) of the whole that is found later


def read_counts(reading: Reading, first: int, end: int) -> list[Count]:
    """All counts of the sentence of tokens `[first, end)`, in text order."""
    found: list[Count] = []
    starts, articles = opening_words(), lists().articles
    i = first
    lows = reading.lows
    while i < end:
        word = lows[i]
        count = None
        if word in starts or word[0].isdigit() or "-" in word:
            count = read_count(reading, first, i, end)
        if count is None and (word in articles or is_ordinal(word)):
            count = read_single(reading, first, i, end)
        if count:
            found.append(count)
            found += whole_of(reading, count, end)
            i = count.end
        else:
            i += 1
    return found


@cache
def opening_words() -> frozenset[str]:
    """Every word that can open a number phrase."""

    known = number_words()
    return frozenset({"a", "between", "half", *known.digits, *known.vague, *known.before, *known.none}) - {"the"}


def read_count(reading: Reading, first: int, i: int, end: int) -> Count | None:
    amount = read_amount(reading.lows, i, min(end, i + 16))
    if amount is None:
        return read_share(reading, i, end)
    if lows_share(reading, amount):
        return read_share(reading, i, end)
    if not counts_something(reading, first, amount, end):
        return None
    return with_noun(reading, amount, end)


def whole_of(reading: Reading, count: Count, end: int) -> list[Count]:
    """ "Half of the 111,000 people displaced in May returned": what befell the whole is told too, by a participle."""
    if count.share is None or count.parts or count.low is None or not 0 <= count.end < end:
        return []
    if not participle(verbs().get(reading.lows[count.end], [])):
        return []
    at = count.last
    amount = None
    while at > count.first and (amount := read_amount(reading.lows, at - 1, count.last)) is None:
        at -= 1
    return [with_noun(reading, amount, end)] if amount else []


def lows_share(reading: Reading, amount: Amount) -> bool:
    """ "Two thirds of": a number in front of a fraction is no count."""
    return amount.last < len(reading.lows) and f"x {reading.lows[amount.last]}" in lists().shares


def read_share(reading: Reading, i: int, end: int) -> Count | None:
    """ "Half of the 40 hostages" = 20, "two-thirds of the 30" = 20; "half of them" waits for its whole."""
    for width in (1, 2):
        share = lists().shares.get(" ".join(reading.lows[i : i + width]))
        if share:
            return share_of(reading, i, i + width, end, share)
    return None


def share_of(reading: Reading, i: int, at: int, end: int, share: tuple[int, int]) -> Count | None:
    lows, last = reading.lows, at
    if lows[at : at + 2] in (["of", "them"], ["of", "whom"], ["of", "those"]) and at + 2 <= end:
        part = Count(i, i, last, at + 2, None, None, parts=True, share=share)
        if at + 2 < end and lows[at + 2] in nouns():  # "half of them children"
            part.group, part.known, part.end = lows[at + 2], True, at + 3
        return part
    while at < end and lows[at] in {"of", "the", "their", "its"}:
        at += 1
    whole = read_amount(lows, at, min(end, at + 12)) if last < at < end else None
    if whole is None or not whole.low or whole.low != whole.high:
        return None
    count, (top, bottom) = with_noun(reading, whole, end), share
    count.first, count.core, count.share = i, i, share
    count.low, count.high, count.approximate = whole.low * top // bottom, -(-whole.low * top // bottom), True
    return count


def with_noun(reading: Reading, amount: Amount, end: int) -> Count:
    """Add the noun phrase behind the number."""
    count = Count(amount.first, amount.core, amount.last, amount.last, amount.low, amount.high, amount.approximate)
    lows = reading.lows
    at = amount.last
    if at < end and lows[at] == "of":
        at += 1
        if at < end and lows[at] in {"them", "whom", "these", "those", "which"}:
            count.parts = True
            count.end = at + 1
            at += 1
            while at < end and lows[at] in {"were", "are", "was", "young", "only"}:
                at += 1
            if at < end and lows[at] in nouns():
                count.group, count.known, count.end = lows[at], True, at + 1
            return count
        while at < end and lows[at] in {"the", "his", "her", "its", "their"}:
            at += 1
    found = find_noun(reading, at, end, plural=not count.low == count.high == 1)
    if found is None:
        return strange_noun(reading, count, at, end)
    begin, head, noun, measure = found
    if lows[head] in {"bodies", "body"} and not lists().offices.isdisjoint(lows[begin:head]):
        return count  # "three regulatory bodies"
    if lows[head] == "forces" and count.high is not None and count.high <= 2:
        return count  # "the two forces" are sides
    count = take_noun(reading, count, begin, head, noun, measure)
    if lows[count.end : count.end + 2] in (["at", "least"], ["or", "more"]) and count.end + 2 <= end:
        count.end, count.high = count.end + 2, None  # "9 citizens at least"
    return count


def strange_noun(reading: Reading, count: Count, at: int, end: int) -> Count:
    """A noun that no table knows: capitalised words ("35,000 Brus") or a plural; it counts persons only if a verb says so."""
    lows, j = reading.lows, at
    if lows[at : at + 2] == ["at", "least"] and at + 2 <= end:
        count.end, count.high = at + 2, None
        return count
    if at < end and lows[at] in {"more", "other", "others"}:
        count.end = at + 1
        return count
    if reading.upper or (not count.low and not count.high):
        return count
    before = lows[j] if j < end else ""
    adjective = before.isalpha() and reading.words[j].islower() and before not in lists().noun_stop and before not in verbs()
    if adjective and j + 1 < end and reading.words[j + 1][0].isupper():
        j += 1  # "15 young Assyrians"
    begin = j
    while (
        j < min(end, at + 4) and reading.words[j][0].isupper() and lows[j] not in verbs() and lows[j] not in time_words().weekdays
    ):
        j += 1
    if begin < j < end and lows[j - 1].endswith(("s", "i")):
        count.end, count.group = j, " ".join(lows[at:j])
    return count


def take_noun(reading: Reading, count: Count, begin: int, head: int, noun: Noun, measure: str) -> Count:
    count.end, count.known, count.unit = head + 1, True, noun.unit
    words = [w for w in reading.lows[begin : head + 1] if w not in {"more", "other", "of", "the"}]
    count.group = " ".join(words) or None
    if measure or noun.measure:
        count.measure, count.side, count.cue = measure or noun.measure, "adjective" if measure else "noun", (head, head + 1)
        if count.measure == "casualties":
            count.measure = None
            count.side = "casualties"
        if count.measure in {"displaced", "evacuated", "returned"}:
            count.term = count.measure
    return count


def find_noun(reading: Reading, at: int, end: int, *, plural: bool = True) -> tuple[int, int, Noun, str] | None:
    """The noun phrase at token `at`: (first token, head token, entry, measure that an adjective tells)."""
    lows, table, known, acts = reading.lows, nouns(), lists(), verbs()
    if at < end and len(lows[at]) > 6 and (entry := glued(lows[at])):
        return at, at, entry, ""
    head, measure = -1, ""
    for j in range(at, min(end, at + REACH)):
        word = lows[j]
        entry = table.get(word)
        if word == "dead":
            if head >= 0 or not leads_to_noun(lows, j + 1, end):
                break
            measure = "killed"
        elif entry:
            if head >= 0 and not entry.single and not loose(lows[head]) and word not in {"members", "personnel"}:
                break
            head = j
        elif head >= 0:
            if not (plural and loose(lows[head])) or not word[0].isalpha() or word in known.noun_stop or word in acts:
                break
            if strange_plural(reading, j):
                return None  # "several guerrilla attacks", "three police stations": something else is counted
            if not leads_to_noun(lows, j + 1, end):
                break
        elif word.endswith(AGED):
            if not leads_to_noun(lows, j + 1, end):
                return (at, j, PERSON, "") if not plural else None  # "the 12-year-old was killed"
        elif (word in known.noun_stop and not initials(reading, j)) or not (word[0].isalpha() or word in QUOTES):
            return None
        elif word in acts:
            if not participle(acts[word]) or not leads_to_noun(lows, j + 1, end):
                return None
            measure = next((v.measure for v in acts[word] if v.form in {"part", "adj"}), "")
        elif strange_plural(reading, j):
            return None  # what follows is no part of its phrase
    return (at, head, table[lows[head]], measure) if head >= 0 else None


AGED = ("-year-old", "-month-old", "-day-old")
PERSON = Noun("person", "", True)
QUOTES = frozenset(["’s", "'s", "“", '"', "'"])


def loose(word: str) -> bool:
    """A singular or "police" may stand in front of the noun that is counted: "12 police officers", "two Syrian posts"."""
    return nouns()[word].single or word in {"police", "forces"}


def strange_plural(reading: Reading, j: int) -> bool:
    """A plural that is not in the table, as far as its form tells. Names of places and groups are none."""
    word = reading.lows[j]
    if not word.endswith("s") or len(word) < 4 or word[-2] in "s'’u" or word in lists().adjectives:
        return False
    return reading.upper or not reading.words[j][0].isupper()


def initials(reading: Reading, j: int) -> bool:
    """ "12 IS fighters", "two US soldiers": capitals in a text that is not all capitals are a name."""
    return len(reading.words[j]) > 1 and reading.words[j].isupper() and not reading.upper


def glued(word: str) -> Noun | None:
    """ "peoplecould", "newdisplacements": words that a PDF has lost the space of."""
    known = lists()
    if word in nouns():
        return None
    if word.startswith(known.glued_displaced):
        return Noun("person", "displaced", False)
    if word.startswith(known.glued_household):
        return Noun("household", "", False)
    return Noun("person", "", False) if word.startswith(known.glued_people) else None


def participle(forms: list[Verb]) -> bool:
    return any(form.form in {"part", "adj"} for form in forms)


def leads_to_noun(lows: list[str], at: int, end: int) -> bool:
    """A counted noun follows within two words that are no stop words: "wounded government soldiers"."""
    table, stop = nouns(), lists().noun_stop
    for j in range(at, min(end, at + 3)):
        if lows[j] in table:
            return True
        if lows[j] in stop or not lows[j][0].isalpha():
            return False
    return False


def title_case(reading: Reading, head: int) -> bool:
    """ "the Kurdish National Council": the noun is a part of a name."""
    return not reading.upper and reading.words[head][0].isupper() and reading.words[head + 1][0].isupper()


def read_single(reading: Reading, first: int, i: int, end: int) -> Count | None:
    """ "a soldier", "the attacker", "a third car bomb": one, kept only when something happened to it."""
    lows = reading.lows
    at = i
    if lows[at] in lists().articles:
        at += 1
    ordinal = at < end and is_ordinal(lows[at]) and lows[at] not in {"first", "second"}
    if at < end and is_ordinal(lows[at]):
        at += 1
    if at == i or at >= end:
        return None
    found = find_noun(reading, at, end, plural=False)
    if found is None:
        return None
    begin, head, noun, measure = found
    if lows[head] == "family" and (family := read_family(reading, i, head + 1, end)):
        return family
    if (
        not noun.single
        or (noun.unit == "item" and not (ordinal and noun.measure == "devices"))
        or noun.measure in {"killed", "casualties", "injured", "detained", "strikes"}
    ):
        return None
    if head + 1 < end and (lows[head + 1] in {"'s", "’s"} or lows[head + 1] in lists().things_of or title_case(reading, head)):
        return None
    if noun.unit == "household" and i > first and lows[i - 1] in {"of", "from"}:
        return None  # "seven members of one family"
    count = Count(i, i, at, head + 1, 1, 1)
    take_noun(reading, count, begin, head, noun, measure)
    count.single = noun.unit != "item"
    if count.single and not measure:
        count.measure = None
    count.side = count.side if count.measure else ""
    return count


def read_family(reading: Reading, i: int, at: int, end: int) -> Count | None:
    """ "A family of five" = five persons."""
    if at + 1 >= end or reading.lows[at] != "of":
        return None
    amount = read_amount(reading.lows, at + 1, min(end, at + 8))
    if amount is None or not amount.low or amount.low > 40 or following_unit(reading, amount.last, end):
        return None
    noun = nouns().get(reading.lows[amount.last]) if amount.last < end else None
    last = amount.last + 1 if noun and noun.unit == "person" else amount.last
    return Count(i, i, i + 1, last, amount.low, amount.high, amount.approximate, group="family", known=True)
