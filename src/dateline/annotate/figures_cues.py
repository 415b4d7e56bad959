"""What happened to the counted: the measure of a count from the words of its clause.

Tried in this order: a verb or phrase directly in front ("killed 12", "the death of 12"), a toll ("the toll rose to 85",
"among the dead were two"), a predicate behind ("12 people were killed", "12 dead"), a verb further to the left across other
objects of the same verb ("killed the mayor, his driver and two guards").
"""

from __future__ import annotations

from dateline.annotate.figures_counts import Count
from dateline.annotate.figures_words import Verb, lists, nouns, phrases, verbs
from dateline.annotate.numbers import read_core, read_hedge
from dateline.annotate.reading import Reading
from dateline.annotate.times_frame import time_words

Cue = tuple[str, str, int, int]  # measure, term, first and last token
LEFT, RIGHT, TOLL_REACH, HOUSE_REACH = 10, 22, 20, 9
HURT = frozenset(["killed", "injured"])


def find_measure(reading: Reading, first: int, end: int, count: Count) -> None:
    """Fill `measure`, `cue`, `term` and `side` of a count, where its clause tells them."""
    if count.unit == "item":
        measure_item(reading, first, end, count)
        return
    for side, found in (
        ("before", front(reading, first, end, count)),
        ("toll", toll(reading, first, end, count)),
        ("after", behind(reading, count, end)),
        ("before", None if count.single else over_nouns(reading, first, count)),
    ):
        if found is None or (count.side == "casualties" and found[0] == "injured"):
            continue  # "nine casualties and several others were wounded"
        if count.side == "noun" and count.measure in NOUN_WINS and found[0] not in {"released", "returned"}:
            return
        if found[0] in {"casualties", "either"}:
            count.side, count.cue = found[0], (found[2], found[3])
            return
        count.measure, count.term, count.cue, count.side = found[0], found[1] or count.term, (found[2], found[3]), side
        return


NOUN_WINS = frozenset(["killed", "injured", "detained", "abducted"])


def measure_item(reading: Reading, first: int, end: int, count: Count) -> None:
    """Things keep the measure of their noun; homes also tell who lost them."""
    if count.measure != "buildings" or reading.lows[count.end - 1] not in lists().houses:
        return
    found = behind(reading, count, end) or front(reading, first, end, count)
    if found and found[0] in {"displaced", "evacuated"}:
        count.measure, count.term, count.cue, count.unit = found[0], found[1], (found[2], found[3]), "household"
        return
    known, lows = lists(), reading.lows
    for distance in range(1, HOUSE_REACH):
        for at in (count.first - distance, count.end - 1 + distance):
            if not first <= at < end:
                continue
            if lows[at] in known.destroyed or lows[at] in known.damaged:
                count.term = "destroyed housing" if lows[at] in known.destroyed else "partially destroyed housing"
                count.cue = (at, at + 1)
                return


def front(reading: Reading, first: int, end: int, count: Count) -> Cue | None:
    """A verb whose object the count is, or a phrase that ends at it."""
    lows, skip = reading.lows, lists().left_skip
    if cue := company(reading, first, count):
        return cue
    at, steps = count.first - 1, 0
    while at >= first and steps < 3:
        for phrase in phrases()[1].get(lows[at], ()):
            begin = at + 1 - len(phrase.words)
            if begin >= first and tuple(lows[begin : at + 1]) == phrase.words:
                return phrase.measure, phrase.term, begin, at + 1
        if form := active(reading, first, at):
            if form.measure == "killed" and at + 1 == count.first and second_harm(reading, count.first, end) and at > first:
                return None
            return two_verbs(reading, first, at, (form.measure, form.term, at, at + 1))
        if lows[at] == "of" and (form := active(reading, first, at - 1)) and form.form == "ger":
            return form.measure, form.term, at - 1, at + 1
        if (
            lows[at].endswith(("ed", "ing"))
            and at - 2 >= first
            and lows[at - 1] in {"and", "then"}
            and (form := active(reading, first, at - 2))
        ):
            return form.measure, form.term, at - 2, at - 1  # "killed and crucified five"
        if lows[at] not in skip and not lows[at].endswith("ly"):
            return None
        at, steps = at - 1, steps + 1
    return None


def company(reading: Reading, first: int, count: Count) -> Cue | None:
    """ "He was killed along with his wife": what happened to the one happened to the other."""
    lows, at = reading.lows, count.first - 1
    if at - 2 < first or lows[at] != "with" or lows[at - 1] not in lists().together:
        return None
    for j in range(at - 2, max(first, at - 10) - 1, -1):
        if lows[j] in {".", ";", ":"}:
            return None
        form = next((f for f in verbs().get(lows[j], ()) if f.form in {"part", "adj"} or "i" in f.use), None)
        if form:
            return form.measure, form.term, j, j + 1
    return None


def two_verbs(reading: Reading, first: int, at: int, cue: Cue) -> Cue:
    """ "Killed or wounded 12": neither alone."""
    other = active(reading, first, at - 2) if at - 2 >= first and reading.lows[at - 1] in {"or", "and", "/"} else None
    return ("either", "", at - 2, at + 1) if other and {other.measure, cue[0]} == HURT else cue


def active(reading: Reading, first: int, at: int) -> Verb | None:
    """The verb at token `at` as one that takes an object; None after "were" and the like."""
    forms = verbs().get(reading.lows[at]) if at >= first else None
    if not forms:
        return None
    before = reading.lows[at - 1] if at > first else ""
    if before in lists().be and any(f.form == "part" for f in forms):
        return None
    if before in lists().determiners and forms[0].form in {"base", "third"}:
        return None  # "the murder of", "his release"
    return next((form for form in forms if "t" in form.use and form.form in {"past", "ger", "base", "third"}), None)


def toll(reading: Reading, first: int, end: int, count: Count) -> Cue | None:
    """ "The toll rose to 85", "the number of dead from 12 to 16", "among the dead were two", "to 53 the number of victims"."""
    lows, known = reading.lows, lists()
    behind_it = past_insertion(reading, count.last, end)
    rest = lows[behind_it : behind_it + 4]
    if rest[:3] == ["the", "number", "of"] or rest == ["the", "total", "number", "of"]:
        return noun_of_toll(reading, range(behind_it + 3, min(end, behind_it + 9)))
    at = count.first - 1
    if at < first:
        return None
    if lows[at] in LISTS_THEM and (cue := noun_of_toll(reading, range(at - 1, max(first, at - 6) - 1, -1), strict=True)):
        return cue
    if lows[at] not in known.toll_links:
        return None
    for j in range(at, max(first, at - TOLL_REACH) - 1, -1):
        if lows[j] in {".", ";"}:
            return None
        if lows[j] in known.toll:
            hurt = any(word in known.toll_injured for word in lows[max(first, j - 2) : j + 4])
            return "injured" if hurt else "killed", "", j, j + 1
        if lows[j] == "losses" and not known.rises.isdisjoint(lows[j:at]):
            return "killed", "", j, j + 1  # "losses in the attack rise to eight"
        if lows[j] in {"number", "count", "total", "casualties"}:
            return noun_of_toll(reading, range(j, at + 1)) or noun_of_toll(reading, range(j - 1, max(first, j - 6) - 1, -1))
    return None


LISTS_THEM = frozenset(["were", "are", "was", "included", "include", "includes", "including"])


def past_insertion(reading: Reading, at: int, end: int) -> int:
    """Behind " including a child ," in "rise to 7 including a child, the number of people killed"."""
    if reading.lows[at : at + 1] != ["including"]:
        return at
    return next((j + 1 for j in range(at + 1, min(end, at + 7)) if reading.lows[j] == ","), at)


def noun_of_toll(reading: Reading, places: range, *, strict: bool = False) -> Cue | None:
    """The noun that says what a toll counts."""
    known = lists()
    for j in places:
        word = reading.lows[j]
        if word in known.toll_dead and (not strict or reading.lows[j - 1] in {"the", "those", "its", "their"}):
            return "killed", "", j, j + 1
        if word in known.toll_injured and (not strict or reading.lows[j - 1] in {"the", "those", "and"}):
            return "injured", "", j, j + 1
        if word in {"displaced", "idps"} and not strict:
            return "displaced", "displaced", j, j + 1
        if word in {"casualties"} and not strict:
            return "casualties", "", j, j + 1
    return None


def behind(reading: Reading, count: Count, end: int) -> Cue | None:
    """The predicate of the count as subject, directly or across a phrase that belongs to the noun."""
    known, lows = lists(), reading.lows
    be = have = through = False
    limit = min(end, count.end + RIGHT)
    at = past_partner(reading, count.end, limit)
    while at < limit:
        word = lows[at]
        if cue := phrase_at(reading, at, limit, through=through and not (be or have)):
            return cue
        if word in known.be:
            be, through = True, False
        elif word in known.have:
            have, through = True, False
        elif count.share and at == count.end and word in verbs() and verbs()[word][0].form in {"past", "part"}:
            through = True  # "half of the 40 people displaced …": that is told of the whole
        elif word in verbs() and (decided := predicate(reading, count, at, end, be=be, have=have)) is not None:
            return (decided if be or have else main_verb(reading, at + 1, limit) or decided) if decided else None
        elif word in known.through:
            if be or have or (word == "and" and not through):
                return None
            through = True
        elif word in {",", "(", "-", "–", "—", "--"}:
            closing = parenthesis(reading, count.first, at, limit)
            if closing is None:
                return None
            through, at = at == closing and lows[at + 1] != "having", closing
        elif not passes(word, be=be, through=through):
            return None
        at += 1
    return None


def passes(word: str, *, be: bool, through: bool) -> bool:
    """A word that may stand between a subject and its verb ("said" only in "are said to be dead")."""
    known = lists()
    if word == "said" and not be:
        return False
    return word in known.skip or word.endswith("ly") or (through and word not in known.hard_stops)


def past_partner(reading: Reading, at: int, limit: int) -> int:
    """Behind "and militiamen" in "25 soldiers and militiamen were killed": a partner without a number of its own."""
    if at < limit and reading.lows[at] == "and":
        for j in range(at + 1, min(limit, at + 4)):
            noun = nouns().get(reading.lows[j])
            if noun and not noun.single and not (j + 1 < limit and reading.lows[j + 1] in nouns()):
                return j + 1
            if reading.lows[j] in lists().noun_stop or reading.lows[j] in verbs() or not reading.lows[j][0].isalpha():
                break
    return at


def phrase_at(reading: Reading, at: int, limit: int, *, through: bool) -> Cue | None:
    for phrase in phrases()[0].get(reading.lows[at], ()):
        if tuple(reading.lows[at : at + len(phrase.words)]) == phrase.words and at + len(phrase.words) <= limit + 4:
            if through and phrase.words[0] in {"in", "to"}:
                continue
            return phrase.measure, phrase.term, at, at + len(phrase.words)
    return None


def predicate(reading: Reading, count: Count, at: int, end: int, *, be: bool, have: bool) -> Cue | tuple[()] | None:
    """What the verb at `at` says of the count: a cue, () when the count is the doer, None when the verb says nothing."""
    lows = reading.lows
    for form in verbs()[lows[at]]:
        cue: Cue = (form.measure, form.term, at, at + 1)
        if count.unit == "household" and form.measure == "participants":
            continue
        if form.form == "adj":
            return either(reading, at, end, cue)
        if form.form == "part" and "t" in form.use and (be or (not have and reduced(reading, at, end))):
            return either(reading, at, end, cue)
        if "i" in form.use and (form.form != "part" or have or not be):
            return cue
    return () if any("t" in form.use for form in verbs()[lows[at]]) else None


def either(reading: Reading, at: int, end: int, cue: Cue) -> Cue:
    """ "10 were killed or injured": neither alone, unless a number follows ("12 killed and 30 wounded")."""
    if at + 2 < end and reading.lows[at + 1] in {"or", "and", "/"}:
        other = next((f.measure for f in verbs().get(reading.lows[at + 2], ()) if f.form in {"part", "adj"}), "")
        if {other, cue[0]} == HURT:
            return "either", "", at, at + 3
    return cue


def reduced(reading: Reading, at: int, end: int) -> bool:
    """ "12 people killed in …" and not "12 rebels killed five soldiers"."""
    if at + 1 >= end:
        return True
    after = reading.lows[at + 1]
    if second_harm(reading, at + 1, end):
        return True
    if after in lists().object_starts or after[0].isdigit() or hedged(reading, at + 1, end):
        return False
    if reading.upper or not reading.words[at + 1][0].isupper() or reading.words[at][0].isupper():
        return True
    return after in time_words().weekdays or after in verbs()


def second_harm(reading: Reading, at: int, end: int) -> bool:
    """ "Six killed 35 injured", "one person killed 16 others injured": a headline that saves its comma."""
    core = read_core(reading.lows, at, min(end, at + 6))
    if core is None:
        return False
    after = core[3] + (core[3] < end and reading.lows[core[3]] in {"others", "more", "people"})
    return after < end and any(
        form.measure == "injured" and form.form in {"part", "adj"} for form in verbs().get(reading.lows[after], ())
    )


def hedged(reading: Reading, at: int, end: int) -> bool:
    """ "killed at least 16": an object follows; "killed near the town" has none."""
    hedge = read_hedge(reading.lows, at, end)
    return hedge is not None and read_core(reading.lows, hedge[1], min(end, hedge[1] + 8)) is not None


def main_verb(reading: Reading, at: int, limit: int) -> Cue | None:
    """ "850 people displaced by floods were evacuated": the main verb tells more than the reduced one."""
    lows, known = reading.lows, lists()
    for j in range(at, min(limit, at + 10)):
        if lows[j] in lists().hard_stops or lows[j] in {",", "and"}:
            return None
        if lows[j] in known.be:
            k = j + 1
            while k < limit and (lows[k] in known.skip or lows[k] in known.be):
                k += 1
            form = next((f for f in verbs().get(lows[k], ()) if f.form == "part" and "t" in f.use), None) if k < limit else None
            return (form.measure, form.term, k, k + 1) if form else None
    return None


def parenthesis(reading: Reading, start: int, at: int, limit: int) -> int | None:
    """The token that closes ", including three children," or "- most of them civilians -" before a predicate.

    `at` itself when the words go on without a closing mark (", having fled", ", including nine children were killed").
    """
    lows, known = reading.lows, lists()
    opener, after = lows[at], lows[at + 1] if at + 1 < limit else ""
    if opener == ",":
        if after in {"who", "having", "all", "both"} or (after in verbs() and reading.lows[start - 1] == ","):
            return at
        if after not in lists().inserts and not after[:1].isdigit():
            return None
        for j in range(at + 2, limit - 1):
            if lows[j] == "," and (
                lows[j + 1] in known.be or lows[j + 1] in known.have or lows[j + 1] in verbs() or lows[j + 1] == "reportedly"
            ):
                return j
        return at if after == "including" else None
    closer = ")" if opener == "(" else opener
    return next((j for j in range(at + 1, limit) if lows[j] == closer), None)


def over_nouns(reading: Reading, first: int, count: Count) -> Cue | None:
    """A verb further left whose object list the count closes: "killed the mayor, his driver and two bodyguards"."""
    lows, walls = reading.lows, lists().walls
    if count.first - 1 < first or lows[count.first - 1] not in {
        "and",
        ",",
        "or",
        "plus",
        "&",
        "including",
        "his",
        "her",
        "their",
    }:
        return None
    for at in range(count.first - 1, max(first, count.first - LEFT) - 1, -1):
        word = lows[at]
        if word[0].isdigit() or (word in walls and word != "including"):
            return None
        if (form := active(reading, first, at)) and lows[at + 1] not in BEHIND_PARTICIPLES:
            return form.measure, form.term, at, at + 1
    return None


BEHIND_PARTICIPLES = frozenset([",", ".", ";", "and", "in", "by", "during", "when", "at", "on", "after", "while", "near"])
