"""What happened to the counted: the measure of a count from the words of its clause.

Four ways, in this order: a verb or phrase directly in front ("killed 12", "the death of 12"), a toll ("the toll rose to 85"),
a predicate behind ("12 people were killed", "12 dead"), a verb further to the left across other objects of the same verb.
"""

from __future__ import annotations

from dateline.annotate.figures_counts import Count
from dateline.annotate.figures_words import Verb, lists, phrases, verbs
from dateline.annotate.reading import Reading

Cue = tuple[str, str, int, int]  # measure, term, first and last token
LEFT, RIGHT = 10, 22
OBJECT_STARTS = frozenset(
    ["the", "a", "an", "his", "her", "their", "its", "at", "more", "some", "several", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "dozens", "hundreds", "them", "him"]
)


def find_measure(reading: Reading, first: int, end: int, count: Count) -> None:
    """Fill `measure`, `cue`, `term` and `side` of a count, where its clause tells them."""
    if count.unit == "item" and count.measure in {"devices", "strikes"}:
        return
    found = front(reading, first, count)
    side = "before"
    if found is None:
        found, side = toll(reading, first, count), "toll"
    if found is None:
        found, side = behind(reading, count, end), "after"
    if found is None and not count.single:
        found, side = over_nouns(reading, first, count), "after"
    if found is None:
        return
    measure, term, cue_first, cue_last = found
    if count.unit == "item" and not (measure in {"displaced", "evacuated"} and count.measure == "buildings"):
        return
    if (
        count.side == "noun"
        and count.measure in {"killed", "injured", "detained", "abducted"}
        and measure not in {"released", "returned"}
    ):
        return
    if count.unit == "item":
        term = "destroyed housing" if False else term
        count.term = term or count.term
        return
    count.measure, count.term, count.cue, count.side = measure, term or count.term, (cue_first, cue_last), side


def usable(form: Verb, count: Count) -> bool:
    return not (count.unit == "household" and form.measure in {"participants"})


def front(reading: Reading, first: int, count: Count) -> Cue | None:
    """A verb whose object the count is, or a phrase that ends at it."""
    lows, skip = reading.lows, lists().left_skip
    at = count.first - 1
    steps = 0
    while at >= first and steps < 3:
        for phrase in phrases()[1].get(lows[at], ()):
            begin = at + 1 - len(phrase.words)
            if begin >= first and tuple(lows[begin : at + 1]) == phrase.words:
                return phrase.measure, phrase.term, begin, at + 1
        if form := active(reading, first, at):
            return form.measure, form.term, at, at + 1
        if lows[at] not in skip and not lows[at].endswith("ly"):
            return None
        at, steps = at - 1, steps + 1
    return None


def active(reading: Reading, first: int, at: int) -> Verb | None:
    """The verb at token `at` as one that takes an object."""
    forms = verbs().get(reading.lows[at])
    if not forms:
        return None
    before = reading.lows[at - 1] if at > first else ""
    if (
        before in lists().be
        and reading.lows[at] in verbs()
        and any(f.form == "part" for f in forms)
        and not any(f.form == "ger" for f in forms)
    ):
        return None  # "were killed 12 ..." is no object
    for form in forms:
        if "t" in form.use and form.form in {"past", "ger", "base", "third"}:
            return form
    return None


def toll(reading: Reading, first: int, count: Count) -> Cue | None:
    """ "The death toll rose to 85", "raised the number of dead from 12 to 16", "toll now stands at 40"."""
    lows, known = reading.lows, lists()
    at = count.first - 1
    if at < first or lows[at] not in known.toll_links:
        if count.end < len(lows) and lows[count.end : count.end + 3] == ["the", "number", "of"]:
            return dead_behind(reading, count)
        return None
    for j in range(at, max(first, at - 14) - 1, -1):
        word = lows[j]
        if word in {".", ";"}:
            break
        if word in known.toll:
            injured = any(w in known.toll_injured for w in lows[max(first, j - 2) : j])
            return ("injured" if injured else "killed"), "", j, j + 1
        if word in {"number", "count", "total"} and j + 1 <= at:
            span = lows[j : at + 1]
            if any(w in known.toll_dead for w in span):
                return "killed", "", j, j + 1
            if any(w in known.toll_injured for w in span):
                return "injured", "", j, j + 1
            if any(w in {"displaced", "idps"} for w in span):
                return "displaced", "displaced", j, j + 1
    return None


def dead_behind(reading: Reading, count: Count) -> Cue | None:
    """ "raises to 53 the number of victims"."""
    known = lists()
    for j in range(count.end + 3, min(len(reading), count.end + 8)):
        if reading.lows[j] in known.toll_dead:
            return "killed", "", j, j + 1
        if reading.lows[j] in known.toll_injured:
            return "injured", "", j, j + 1
    return None


def behind(reading: Reading, count: Count, end: int) -> Cue | None:
    """The predicate of the count as subject, directly or across a phrase that belongs to the noun."""
    known, lows = lists(), reading.lows
    be = have = through = False
    at, limit = count.end, min(end, count.end + RIGHT)
    while at < limit:
        word = lows[at]
        if cue := phrase_at(reading, at, limit, through=through, be=be or have):
            return cue
        if word in known.be:
            be, through = True, False
        elif word in known.have:
            have, through = True, False
        elif word in verbs() and (decided := predicate(reading, count, at, end, be=be, have=have, through=through)) is not None:
            return decided or None
        elif word in known.through:
            if be or have:
                return None
            through = True
        elif word == ",":
            closing = parenthesis(reading, at, limit)
            if closing is None:
                return None
            at, through = closing, False
        elif word == "(":
            closing = next((j for j in range(at, limit) if lows[j] == ")"), None)
            if closing is None:
                return None
            at = closing
        elif word in known.skip or word.endswith("ly"):
            pass
        elif not through or word in HARD_STOPS:
            return None
        at += 1
    return None


HARD_STOPS = frozenset(
    ['.', ';', ':', 'said', 'says', 'told', 'when', 'after', 'while', 'as', 'but', 'because', 'before', 'if', '--', '—', '–', '“', '”', '"', ')', 'since', 'until', 'although', 'during']
)


def phrase_at(reading: Reading, at: int, limit: int, *, through: bool, be: bool) -> Cue | None:
    for phrase in phrases()[0].get(reading.lows[at], ()):
        if tuple(reading.lows[at : at + len(phrase.words)]) == phrase.words and at + len(phrase.words) <= limit + 4:
            if through and phrase.words[0] in {"in", "to", "from"} and not be and phrase.words[0] != "from":
                continue
            return phrase.measure, phrase.term, at, at + len(phrase.words)
    return None


def predicate(
    reading: Reading, count: Count, at: int, end: int, *, be: bool, have: bool, through: bool
) -> Cue | tuple[()] | None:
    """What the verb at `at` says of the count: a cue, () when the count is the doer, None when the verb says nothing."""
    lows = reading.lows
    after = lows[at + 1] if at + 1 < end else ""
    for form in verbs()[lows[at]]:
        cue: Cue = (form.measure, form.term, at, at + 1)
        if not usable(form, count):
            continue
        if form.form == "adj":
            return cue
        if form.form == "part" and "t" in form.use:
            if be or (not have and reduced(reading, at, after, end)):
                return cue
        if "i" in form.use and (
            form.form in {"past", "base", "third"} or (form.form == "part" and (have or not be)) or form.form == "ger"
        ):
            return cue
    if any("t" in form.use for form in verbs()[lows[at]]):
        return ()
    return None


def reduced(reading: Reading, at: int, after: str, end: int) -> bool:
    """ "12 people killed in …" and not "12 rebels killed five soldiers"."""
    if after in OBJECT_STARTS or after[:1].isdigit():
        return False
    if after == "civilians" or after == "people":
        return False
    return not (
        after
        and reading.words[at + 1][0].isupper()
        and not reading.upper
        and after not in {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
    )


def parenthesis(reading: Reading, at: int, limit: int) -> int | None:
    """The comma that closes ", including three children," before a predicate; None when there is none."""
    lows = reading.lows
    if at + 1 >= limit or lows[at + 1] not in {
        "including",
        "among",
        "mostly",
        "most",
        "many",
        "some",
        "all",
        "mainly",
        "both",
        "who",
        "half",
        "one",
        "two",
        "three",
        "four",
        "five",
        "nearly",
    }:
        return None
    if lows[at + 1] == "who":
        return at
    for j in range(at + 2, limit):
        if (
            lows[j] == ","
            and j + 1 < limit
            and (
                lows[j + 1] in lists().be
                or lows[j + 1] in lists().have
                or lows[j + 1] in verbs()
                or lows[j + 1] in {"and", "reportedly"}
            )
        ):
            if lows[j + 1] != "and":
                return j
    return None


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
        if word[0].isdigit():
            return None
        if form := active(reading, first, at):
            return form.measure, form.term, at, at + 1
        if word in walls and word != "including":
            return None
    return None
