"""Candidate pairs: events that could be one incident, found by day window, place cell and type family; never all pairs.

    key kind        shared by                               pairs it is for
    cell            day · cell of half a degree · family    both short and narrow
    country         day · country · family                  one is wide (a province, a country)
    nowhere         day · named actor · family              one has no place, or both launch missiles
    word            day · rare word · family                placed or dated apart, but told alike or by reports of one story
    month cell      month · cell · family                   one is long (a month) or undated
    month country   month · country · family                one is wide and one is long

Short: ten days or less. Narrow: known within 30 km. `may_match` is the rule itself, a function of two events; keys only find fast
what fulfils it, so that adding a report changes no pair of other reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from dateline.merge.features import NO_DAY, THEME, Features
from dateline.resolve.places_geometry import rough_km

CELL = 0.5  # degrees
SLACK_KM = 10.0  # two reports may put one event on two neighbouring places
DAY_SLACK = 1
WORD_KM = 100.0  # reach and days of slack for events that are told in the same rare words
WORD_DAYS = 3
LARGE = 10  # killed
STORY_WORDS = 2  # of the theme of two reports
WORD_SPAN = 4  # days that share a key of a rare word
NARROW_KINDS = frozenset({"cell", "word"})
CROWDED = 400  # events of one key: beyond it each is compared with its NEIGHBOURS in the order of content only
NEIGHBOURS = 60
KM_PER_DEGREE = 111.0

Key = tuple[object, ...]


def may_match(a: Features, b: Features) -> bool:
    """Whether two events are worth comparing at all."""
    if a.report_id == b.report_id or not share_family(a.families, b.families):
        return False
    if a.type == b.type == "Statement" and not a.named & b.named and ((a.named and b.named) or not told_alike(a, b)):
        return False  # a statement is its speaker's
    near = near_days(a, b)
    if (days_may_match(a, b) or (near and told_alike(a, b))) and places_may_match(a, b):
        return True
    return (near or opened_together(a, b)) and one_story(a, b)


@cache
def share_family(a: str, b: str) -> bool:
    return not set(a).isdisjoint(b)


def days_may_match(a: Features, b: Features) -> bool:
    if NO_DAY in (a.first, b.first):
        return False
    slack = DAY_SLACK if a.short and b.short else 0
    if not a.short and not b.short and a.last - a.first != b.last - b.first:
        return False  # a month and a year say nothing of each other
    if max(a.last - a.first, b.last - b.first) > 31 and a.short != b.short:
        return False
    return a.first <= b.last + slack and b.first <= a.last + slack


def near_days(a: Features, b: Features) -> bool:
    """A few days apart: one of two reports that tell alike is dated wrongly."""
    return a.short and b.short and a.first <= b.last + WORD_DAYS and b.first <= a.last + WORD_DAYS


def opened_together(a: Features, b: Features) -> bool:
    """Both open reports of one day or two, whatever day was coded."""
    return a.lead and b.lead and NO_DAY not in (a.posted, b.posted) and abs(a.posted - b.posted) <= DAY_SLACK


def places_may_match(a: Features, b: Features) -> bool:
    if a.launch and b.launch and a.named & b.named:
        return True
    if a.narrow and b.narrow:
        assert a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None
        km = rough_km(a.lat, a.lon, b.lat, b.lon)
        return km <= a.radius + b.radius + SLACK_KM or (km <= WORD_KM and a.country == b.country and told_alike(a, b))
    if a.country and b.country:
        return a.country == b.country
    return a.short and b.short and bool(a.named & b.named)


def told_alike(a: Features, b: Features) -> bool:
    """Two rare words, or a rare word and the toll: one of the reports is placed wrongly, or by another town."""
    common = len(a.rare & b.rare)
    return common >= 2 or (common == 1 and bool(set(a.killed) & set(b.killed)))


def one_story(a: Features, b: Features) -> bool:
    """The reports are about one thing, so that a day or place may be coded from other words of it; or they open with one toll."""
    if len(set(a.story[:THEME]).intersection(b.story[:THEME])) >= STORY_WORDS:
        return True
    return a.lead and b.lead and a.country == b.country and not (a.precise and b.precise) and bool(large(a) & large(b))


def large(one: Features) -> set[int]:
    """Tolls that few events of one day have."""
    return {low for low, _ in one.killed if low >= LARGE}


def candidate_pairs(features: Sequence[Features], *, new: int = 0) -> Iterator[tuple[int, int]]:
    """Index pairs (i < j) that may match, each once; months one after the other, so that memory holds one month's keys.

    `new`: only pairs with one of the last so many features.
    """
    known = len(features) - new if new else 0
    months: dict[int, list[int]] = defaultdict(list)
    several: set[int] = set()  # events with keys in several months
    for i, one in enumerate(features):
        own = months_of(one)
        for month in own:
            months[month].append(i)
        if len(own) > 1:
            several.add(i)
    often: set[tuple[int, int]] = set()  # pairs of such events, found in an earlier month
    for month in sorted(months):
        members = months.pop(month)
        if members[-1] >= known:
            for pair in month_pairs(features, members, month, known):
                if pair not in often:
                    if pair[0] in several and pair[1] in several:
                        often.add(pair)
                    yield pair


def month_pairs(features: Sequence[Features], members: list[int], month: int, known: int) -> Iterator[tuple[int, int]]:
    blocks = month_blocks(features, members, month, known)
    seen: set[tuple[int, int]] = set()
    for key, block in blocks.items():
        if len(block) < 2:
            continue
        for pair in block_pairs(features, block, str(key[0]), known):
            if pair in seen:
                continue
            seen.add(pair)
            a, b = features[pair[0]], features[pair[1]]
            if may_match(a, b):
                yield pair


def month_blocks(features: Sequence[Features], members: list[int], month: int, known: int) -> dict[Key, list[int]]:
    """Members by key; narrow keys only of the new ones (index `known` and above), wide keys only where an event needs them."""
    blocks: dict[Key, list[int]] = {}
    for i in members:
        if i >= known:
            for key in narrow_keys(features[i], month):
                blocks.setdefault(key, []).append(i)
    for i in members:
        if i < known:
            for key in narrow_keys(features[i], month):
                if key in blocks:
                    blocks[key].append(i)
    opened = {key for i in members for key in wide_keys(features[i], month) if opens(str(key[0]), features[i])}
    for i in members if opened else ():
        for key in wide_keys(features[i], month):
            if key in opened:
                blocks.setdefault(key, []).append(i)
    return blocks


def block_pairs(features: Sequence[Features], block: list[int], kind: str, known: int) -> Iterator[tuple[int, int]]:
    """Pairs within one block with a new event (index `known` and above): all of a narrow one, of a wide one those that opened it.

    Crowded blocks pair neighbours in the order of content.
    """
    narrow = kind in NARROW_KINDS
    if len(block) > CROWDED:
        yield from neighbours(features, block, kind, known)
        return
    needed = set(block) if narrow else {i for i in block if opens(kind, features[i])}
    new, old = [i for i in block if i >= known], [i for i in block if i < known]
    for at, i in enumerate(new):
        for others in (old, new[at + 1 :]):
            met = others if i in needed else needed.intersection(others) if needed else ()
            yield from (((i, j) if i < j else (j, i)) for j in met)


def neighbours(features: Sequence[Features], block: list[int], kind: str, known: int) -> Iterator[tuple[int, int]]:
    """The same of a crowded block: each with those that follow it closely in the order of content."""
    block = sorted(block, key=lambda i: crowd_order(features[i]))
    narrow = kind in NARROW_KINDS
    for at, i in enumerate(block):
        for j in block[at + 1 : at + 1 + NEIGHBOURS]:
            if max(i, j) >= known and (narrow or opens(kind, features[i]) or opens(kind, features[j])):
                yield (i, j) if i < j else (j, i)


def opens(kind: str, one: Features) -> bool:
    """Whether an event needs a wide key: it is known to a province or country only, to no place or several, or to a month."""
    if kind == "nowhere":
        return not one.country or one.launch
    return not one.narrow if kind == "country" else not one.short


def crowd_order(one: Features) -> tuple[object, ...]:
    return one.sub_type, one.place, one.killed, sorted(one.words), one.event_id


def narrow_keys(one: Features, month: int) -> Iterator[Key]:
    """Keys of cells, telling words and large tolls within one month."""
    days = days_within(one, month, DAY_SLACK) if one.short and one.narrow else ()
    spans = {day // WORD_SPAN for day in word_days(one) if month_number(day) == month}
    told = (one.rare.union(one.story[:THEME]), large(one) if one.lead else ())
    for family in one.families:
        for cell in cells_of(one) if one.narrow else ():
            yield from (("cell", day, cell, family) for day in days)
        yield from (("word", span, word, family) for words in told for word in words for span in spans)


def word_days(one: Features) -> set[int]:
    """Days on which the words of an event may bring it together with others."""
    days = set(range(one.first, one.last + WORD_DAYS + 1)) if one.short else set()
    return days | set(range(one.posted, one.posted + DAY_SLACK + 1)) if one.lead and one.posted != NO_DAY else days


def wide_keys(one: Features, month: int) -> Iterator[Key]:
    """Keys of countries, actors and months within one month."""
    days = days_within(one, month, DAY_SLACK) if one.short else ()
    for family in one.families:
        if one.narrow:
            yield from (("month cell", cell, family) for cell in cells_of(one))
        if one.country:
            yield from (("country", day, one.country, family) for day in days)
            yield "month country", one.country, family
        yield from (("nowhere", day, actor, family) for actor in one.named for day in days)


def days_within(one: Features, month: int, slack: int) -> list[int]:
    """Days of a short event and `slack` days after it that fall into the month."""
    return [day for day in range(one.first, one.last + slack + 1) if month_number(day) == month]


def cells_of(one: Features) -> Iterator[tuple[int, int]]:
    """Cells that the event's circle touches, with half the slack around it."""
    assert one.lat is not None and one.lon is not None
    reach = (one.radius + SLACK_KM / 2) / KM_PER_DEGREE
    wide = reach * 2 if abs(one.lat) < 60 else reach * 6  # degrees of longitude are shorter
    for row in range(int((one.lat - reach + 90) // CELL), int((one.lat + reach + 90) // CELL) + 1):
        for column in range(int((one.lon - wide + 180) // CELL), int((one.lon + wide + 180) // CELL) + 1):
            yield row, column % int(360 / CELL)


@cache
def month_number(day: int) -> int:
    found = date.fromordinal(day)
    return found.year * 12 + found.month


def months_of(one: Features) -> set[int]:
    """Months whose keys an event has."""
    months = {month_number(day) for day in word_days(one)}
    return months | set(range(month_number(one.first), month_number(one.last) + 1)) if one.first != NO_DAY else months
