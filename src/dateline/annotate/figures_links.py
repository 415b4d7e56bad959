"""How figures of one sentence hang together: one verb for several objects, parts of a whole, replaced tolls, totals."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from dateline.annotate.figures_counts import Count
from dateline.annotate.figures_words import lists, verbs
from dateline.annotate.reading import Reading
from dateline.annotate.times_frame import is_year

JOINS = frozenset(["and", ",", "or", "plus", "&", "as", "well"])
SINGLE_MEASURES = frozenset(["killed", "injured", "abducted", "detained", "released", "missing"])


def link_counts(reading: Reading, first: int, end: int, counts: list[Count], offset: int) -> list[Count]:
    """Share measures along lists, mark parts, replacements, totals; drop what tells nothing. `offset`: figures before."""
    for at in range(1, len(counts)):
        share(reading, counts[at - 1], counts[at], forward=True)
    for at in range(len(counts) - 2, -1, -1):
        share(reading, counts[at + 1], counts[at], forward=False)
    for at in range(1, len(counts)):
        more_of_same(reading, counts[at - 1], counts[at])
    usage = (reading.report.outlet or "").lower() in lists().casualties_die
    for at, count in enumerate(counts):
        mark_part(reading, first, counts, at)
        take_fraction(counts, at)
        near = counts[max(0, at - NEAR) : at + NEAR]
        if count.side == "casualties" and count.measure is None and fatal(reading, first, end, count, near, usage=usage):
            count.measure = "killed"
    mark_replaced(reading, counts)
    kept = [one for count in counts if worth(count) for one in split_harm(count)]
    places = {id(count): offset + at for at, count in enumerate(kept)}
    for count in counts:
        for name in ("part_of", "replaces"):
            at = getattr(count, name)
            setattr(count, name, places.get(id(counts[at])) if at is not None else None)
    for count in kept:
        count.about = whole(reading, first, end, count)
    return kept


def fatal(reading: Reading, first: int, end: int, count: Count, near: list[Count], *, usage: bool) -> bool:
    """ "7 casualties and tens of injuries", "9 casualties in the massacre": the words around say that casualties are the dead.

    `usage`: the outlet always means the dead when it writes casualties.
    """
    around = reading.lows[max(first, count.first - WINDOW) : min(end, count.end + WINDOW)]
    if "casualties" not in reading.lows[max(first, count.first - WINDOW) : count.end]:
        return False  # "10 were killed or injured" stays open
    return usage or any(other.measure == "injured" for other in near) or not lists().fatal.isdisjoint(around)


WINDOW = 40  # tokens
NEAR = 8  # counts


BOTH = frozenset(["casualties", "either"])  # words of the dead and the injured together


def nobody(count: Count) -> bool:
    return count.low == 0 and count.high == 0


def worth(count: Count) -> bool:
    """A figure is kept when its noun or its clause says what is counted."""
    if count.low is None and count.high is None:
        return False  # a share of what is not told
    if count.side == "either" and count.high and not count.single:
        return True
    if count.single:
        return count.measure in SINGLE_MEASURES or (count.side == "either" and count.known)
    if nobody(count):
        return count.unit == "person" and (count.measure is not None or count.side in BOTH)
    return count.measure is not None or (count.known and count.unit in {"person", "household"})


def take_fraction(counts: list[Count], at: int) -> None:
    """ "Seven were killed, half of them children": half of what the whole is; an odd whole gives both neighbours.

    "A third of the 30 people killed were children": what befell the whole befell the part.
    """
    count = counts[at]
    inside = counts[at + 1] if at + 1 < len(counts) and counts[at + 1].first < count.end else None
    if count.share and count.measure is None and inside and inside.measure:
        count.measure, count.term, count.cue, count.part_of = inside.measure, inside.term, inside.cue, at + 1
    if count.share is None or count.part_of is None or count.low is not None:
        return
    whole, (top, bottom) = counts[count.part_of], count.share
    count.approximate = True
    count.low = whole.low * top // bottom if whole.low else None
    count.high = -(-whole.high * top // bottom) if whole.high else None


def split_harm(count: Count) -> list[Count]:
    """ "12 were killed or wounded": nobody is told apart, so up to 12 were killed and up to 12 were injured (CODEBOOK: up to N).

    "At least 12 killed or wounded" bounds neither: it is kept without a measure. "No casualties": nobody killed, nobody injured.
    """
    if nobody(count) and count.side in BOTH and count.measure is None:
        return [replace(count, measure=measure) for measure in ("killed", "injured")]
    if count.side != "either" or count.measure is not None or not count.high:
        return [count]
    return [replace(count, low=None, measure=measure) for measure in ("killed", "injured")]


def share(reading: Reading, giver: Count, taker: Count, *, forward: bool) -> None:
    """A count without a verb of its own takes that of its neighbour in the same list."""
    if taker.measure is None and giver.measure and {taker.unit, giver.unit} == {"person", "household"}:
        between = reading.lows[giver.end : taker.first] if forward else reading.lows[taker.end : giver.first]
        if between in (["("], [",", "or"], ["or"], [",", "about"], ["-"], ["–"]):  # "7,000 families (42,000 people)"
            taker.measure, taker.term, taker.cue, taker.side = giver.measure, giver.term, giver.cue, giver.side
            return
    if (
        taker.measure
        or taker.side in {"casualties", "either"}
        or not giver.measure
        or taker.unit == "item"
        or giver.unit == "item"
        or giver.side not in ({"before", "near"} if forward else {"after", "near"})
    ):
        return
    first, last = (giver.end, taker.first) if forward else (taker.end, giver.first)
    between = reading.lows[first:last]
    if not between or len(between) > 7 or between[-1] not in JOINS | {"his", "her", "their"}:
        return
    if any(
        word in lists().be
        or word in lists().have
        or word in verbs()
        or word in {".", ";", "who", "when", "after", "by", "said", "that", "while", "but"}
        for word in between
    ):
        return
    taker.measure, taker.term, taker.cue, taker.side = giver.measure, giver.term, giver.cue, "near" if not forward else "before"


def more_of_same(reading: Reading, before: Count, count: Count) -> None:
    """ "two car bombs … at least four more", "12 posts … several of them": things of the kind that was named before."""
    if count.measure or count.known or before.unit != "item" or before.measure is None:
        return
    if count.parts or "more" in reading.lows[count.last : count.end]:
        count.measure, count.unit, count.group, count.side = before.measure, "item", before.group, "noun"


def mark_part(reading: Reading, first: int, counts: list[Count], at: int) -> None:
    """ "including three children", "three of them": a part of the figure before it."""
    count = counts[at]
    before = reading.lows[max(first, count.first - 3) : count.first]
    opened = bool(before) and (
        before[-1] in {"including", "include", "includes", "included"} or before[-2:] in (["among", "them"], ["among", "whom"])
    )
    chained = (
        at > 0
        and counts[at - 1].part_of is not None
        and bool(before)
        and before[-1] in {"and", ","}
        and count.first - counts[at - 1].end <= 2
    )
    if not (opened or chained or count.parts):
        return
    whole_at = (
        counts[at - 1].part_of
        if chained
        else next(
            (i for i in range(at - 1, max(-1, at - 1 - NEAR), -1) if counts[i].part_of is None and counts[i].unit == count.unit),
            None,
        )
    )
    if whole_at is None:
        return
    parent = counts[whole_at]
    count.part_of = whole_at
    if count.measure is None:
        count.measure, count.term = parent.measure or count.measure, parent.term or count.term
        count.cue = parent.cue if parent.measure else count.cue


def mark_replaced(reading: Reading, counts: list[Count]) -> None:
    """ "Raised the toll from 12 to 16", "to 16, up from 12", "to 20 from an earlier 15": which count replaces which."""
    known = lists()
    for at, (one, two) in enumerate(pairwise(counts)):
        if one.unit != two.unit:
            continue
        between = reading.lows[one.end : two.first]
        before = reading.lows[one.first - 1] if one.first else ""
        told = one.side == "toll" or two.side == "toll"
        if told and before == "from" and between[-1:] == ["to"] and len(between) <= 4:
            two.replaces = at
            measure = two.measure or one.measure
            one.measure = two.measure = measure
        elif "from" in between and known.earlier_toll.issuperset(between) and (told or between[-2:] == ["up", "from"]):
            one.replaces = at + 1
            two.measure = two.measure or one.measure


def whole(reading: Reading, first: int, end: int, count: Count) -> str | None:
    """What a figure covers when that is more than one event: a war, a year, a stretch of time."""
    if count.measure not in {"killed", "injured", "displaced", "detained", "abducted", "missing", "evacuated"} or count.single:
        return count.about
    lows = reading.lows
    war = lists().war
    cue = count.cue[0] if count.cue else count.first
    left = lows[max(first, min(cue, count.first) - 10) : count.first]
    right = lows[count.end : min(end, count.end + 18)]
    perfect = any(word in lists().have for word in [*left[-5:], *right[:4]])
    if "since" in right or ("since" in left and perfect):
        return since(reading, first, end, count)
    if any(word in war for word in left) and (perfect or (count.side == "toll" and any("year" in word for word in left))):
        return "whole war"
    if in_war(right, perfect=perfect):
        return "whole war"
    if years_of(right):
        return "whole war"
    if any(right[at : at + 2] == ["this", "year"] for at in range(len(right))) and "earlier" not in right:
        return "year"
    return None


def years_of(right: list[str]) -> bool:
    """ "… killed in over three years of turmoil", "… over the past four years"."""
    return any(
        word == "years"
        and ({"in", "over", "during"} & set(right[max(0, at - 5) : at]))
        and (right[at + 1 : at + 2] == ["of"] or perfect_span(right[max(0, at - 3) : at]))
        for at, word in enumerate(right)
    )


def perfect_span(before: list[str]) -> bool:
    return bool({"past", "last"} & set(before))


def in_war(right: list[str], *, perfect: bool) -> bool:
    """ "… in the five-year war", or with a perfect "… in the conflict"."""
    for at, word in enumerate(right[:-2]):
        following = right[at + 1 : at + 5]
        if word in {"in", "during", "of"} and LONG_WARS & set(following) and (perfect or any("year" in w for w in following)):
            return True
    return False


LONG_WARS = frozenset(["war", "conflict", "uprising", "insurgency", "rebellion"])


def since(reading: Reading, first: int, end: int, count: Count) -> str | None:
    """ "since 2011", "since the war began": the war; "since January": the year; "since Saturday": a total of days."""
    lows = reading.lows
    places = range(max(first, count.first - WINDOW), min(end, count.end + WINDOW))
    at = next((i for i in places if lows[i] == "since"), None)
    if at is None:
        return None
    words = lows[at + 1 : min(end, at + 9)]
    if any(is_year(word) for word in words) or any(
        word in {"war", "conflict", "uprising", "revolt", "insurgency", "revolution", "independence"} for word in words
    ):
        return "whole war"
    return "total"
