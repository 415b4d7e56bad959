"""Comparisons: a declared table. Each looks at one thing of two events and gives a level; each level has a weight in log-odds.

Weights are data (`knowledge/merge_weights.tsv`), learned by train/merge/train.py; the sum with `bias` is the log-odds that two
events are one incident. A level that is not in the table weighs 0 ("nothing told" says nothing).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache

from dateline.knowledge import table
from dateline.merge.features import NO_DAY, Features, likeness
from dateline.merge.records import Contribution
from dateline.resolve.places_geometry import rough_km

UNTOLD = "untold"
FULL = 8
SMALL = 6  # figures below it are near to many others
OPENING = "both open with it"
ONE_STORY = frozenset({"same story", "most", "many", "some"})
ALIKE = frozenset({"compatible", "close"})
NOWHERE = frozenset({"inside country", "same country"})
CONTRADICTED = frozenset({"contradict", "contradict in all"})
HERE_DAYS = frozenset({"same day", "days meet"})
HERE_PLACES = frozenset({"same place", "same city", "next to it"})
VAGUE = frozenset({UNTOLD, "none", "few"})
EQUAL_LARGE, LARGE_NEAR = "equal, ten or more", "near, fifty or more"
EQUAL = frozenset({EQUAL_LARGE, "equal, three or more", LARGE_NEAR})
LARGE = 50  # a toll that few attacks of one war have
LARGE_RATIO = 1.4
FIGURE_LEVELS = (  # what speaks for one incident goes first
    "equal, ten or more",
    "equal, three or more",
    "compatible",
    "close",
    "equal, small",
    "open",
    "differ, small",
    "contradict",
)
LAUNCH = "ends of a launch"
APART = frozenset({LAUNCH, "elsewhere", "elsewhere, told by both", "elsewhere in the province"})
SOFT = re.compile(r"[aeiouyhw'’]")
SAME_SOUND = str.maketrans("qczgp", "kksjb")
REPEATED = re.compile(r"(.)\1")
BOMBS = frozenset({"Suicide bomb", "Remote explosive/landmine/IED", "Grenade"})
FROM_AFAR = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})
CITY_KM = 10.0  # radius of a large city: two events of one day there are less surely one than in a village
Compare = Callable[[Features, Features], str]


def day_level(a: Features, b: Features) -> str:
    if NO_DAY in (a.first, b.first):
        return UNTOLD
    gap = max(a.first - b.last, b.first - a.last, 0)
    wide = max(a.last - a.first, b.last - b.first)
    if wide > 10:
        return "in one month" if wide <= 31 else "in one year"
    if wide > 2:
        return "in one week" if gap == 0 else "days apart"
    if gap and a.first == a.posted and b.first == b.posted and not (a.inferred or b.inferred):
        return "each news of its day"
    if gap:
        return "a day apart" if gap == 1 else "days apart" if gap <= 3 else "long apart"
    if a.first == b.first and a.last == b.last and not (a.inferred or b.inferred):
        return "same day"
    return "days meet"


def place_level(a: Features, b: Features) -> str:
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return UNTOLD
    if a.precise and b.precise:
        km = rough_km(a.lat, a.lon, b.lat, b.lon)
        if a.place == b.place or km <= 2:
            return "same place" if min(a.radius, b.radius) < CITY_KM else "same city"
        if km <= a.radius + b.radius + 10:
            return "next to it" if km <= max(8.0, a.radius + b.radius) else "nearby"
        return apart_level(a, b)
    if a.place == b.place:
        return "same area" if a.radius + b.radius < 300 else "same country"
    if a.narrow and b.narrow:
        return "nearby" if rough_km(a.lat, a.lon, b.lat, b.lon) <= a.radius + b.radius + 10 else apart_level(a, b)
    inside = rough_km(a.lat, a.lon, b.lat, b.lon) <= a.radius + b.radius
    if not inside or launched_alike(a, b):
        return apart_level(a, b)
    return "inside area" if max(a.radius, b.radius) < 150 else "inside country"


def apart_level(a: Features, b: Features) -> str:
    """Two places that do not meet: the ends of one launch, or one of them may be coded from other words of the report."""
    if launched_alike(a, b):
        return LAUNCH
    if tells_of(a, b.named_place) or tells_of(b, a.named_place):
        return "elsewhere, told by both"
    return "elsewhere in the province" if a.province and a.province == b.province else "elsewhere"


def launched_alike(a: Features, b: Features) -> bool:
    return a.launch and b.launch and bool(a.named & b.named)


def tells_of(one: Features, name: frozenset[str]) -> bool:
    return bool(name and (name & one.words or name.intersection(one.story)))


def names_level(a: Features, b: Features) -> str:
    """Two places that may meet, but each has a name of its own that the other report does not tell."""
    if not (a.own_name and b.own_name and a.named_place and b.named_place) or a.place == b.place:
        return UNTOLD
    if tells_of(a, b.named_place) or tells_of(b, a.named_place):
        return "told by the other"
    sounds = {sound(word) for word in a.named_place}
    return "alike" if sounds & {sound(word) for word in b.named_place} else "other"


@lru_cache(maxsize=50_000)
def sound(name: str) -> str:
    """A name without what its spellings differ in: Urum, Urem and Ourum sound alike."""
    plain = SOFT.sub("", name).translate(SAME_SOUND)
    return REPEATED.sub(r"\1", plain) or name


def sequence_level(a: Features, b: Features) -> str:
    """A report cannot tell what happened after its publication (one day may be a matter of clocks)."""
    known = [(one, other) for one, other in ((a, b), (b, a)) if one.short and other.posted != NO_DAY]
    gaps = [one.first - max(other.posted, other.last) for one, other in known]
    gap = max(gaps, default=0)
    return "published long before" if gap > 1 else "published before" if gap == 1 else "possible"


def type_level(a: Features, b: Features) -> str:
    if a.sub_type == b.sub_type and a.type == b.type:
        return "same sub-type"
    if {a.sub_type, b.sub_type} & BOMBS and {a.sub_type, b.sub_type} & FROM_AFAR:
        return "other means"
    return "same type" if a.type == b.type else "like type"


def status_level(a: Features, b: Features) -> str:
    return "same" if a.happened == b.happened else "differ"


def standing_level(a: Features, b: Features) -> str:
    if a.foreground and b.foreground:
        return "both news"
    return "one background" if a.foreground or b.foreground else "both background"


def lead_level(a: Features, b: Features) -> str:
    if a.lead and b.lead:
        return OPENING
    return "one opens with it" if a.lead or b.lead else "further down"  # no weight


def actors_level(a: Features, b: Features) -> str:
    if not a.sides or not b.sides:
        return UNTOLD
    if a.named & b.named:
        return "same name"
    if a.sides & b.sides:
        return "other name" if a.named and b.named else "same side"
    crossed = a.type == b.type == "Battles" and (a.sides & b.targets or b.sides & a.targets)
    return "sides crossed" if crossed else "other side"


def targets_level(a: Features, b: Features) -> str:
    if not a.targets or not b.targets:
        return UNTOLD
    return "shared" if a.targets & b.targets else "other"


def weapons_level(a: Features, b: Features) -> str:
    if not a.weapons or not b.weapons:
        return UNTOLD
    return "shared" if a.weapons & b.weapons else "other"


def figure_level(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> str:
    """The level of the figures told first; an equal one told later (a part, an earlier toll) goes before it."""
    if not a or not b:
        return UNTOLD
    equal = {bounds_level(x, y) for x in a for y in b} & EQUAL
    return min(equal | {bounds_level(a[0], b[0])}, key=FIGURE_LEVELS.index)


def bounds_level(a: tuple[int, int], b: tuple[int, int]) -> str:
    """Equal figures say more the larger they are; figures grow with the hours, so near ones hardly speak against."""
    if a == b and a[1] >= 0 and a[1] < 2 * a[0]:  # "dozens" and "dozens" are no equal figures
        return "equal, ten or more" if a[0] >= 10 else "equal, three or more" if a[0] >= 3 else "equal, small"
    low_a, high_a = a[0], a[1] if a[1] >= 0 else math.inf
    low_b, high_b = b[0], b[1] if b[1] >= 0 else math.inf
    big, small = max(low_a, low_b), max(1, min(low_a, low_b))
    near = big >= SMALL and (big / small <= 1.5 or big - small <= 2)
    if low_a <= high_b and low_b <= high_a:
        return "compatible" if near or math.inf not in (high_a, high_b) else "open"
    return "close" if near else "contradict" if big - small > 2 else "differ, small"


def killed_level(a: Features, b: Features) -> str:
    level = figure_level(a.killed, b.killed)
    if level != EQUAL_LARGE and large_and_near(a.killed, b.killed):
        return LARGE_NEAR
    if level == "contradict" and all(bounds_level(x, y) == level for x in a.killed for y in b.killed):
        return "contradict in all"
    return level


def large_and_near(a: Sequence[tuple[int, int]], b: Sequence[tuple[int, int]]) -> bool:
    """Any two large tolls that one attack may have on two days."""
    tolls = [(min(x, y), max(x, y)) for x, _ in a for y, _ in b]
    return any(low >= LARGE and high <= LARGE_RATIO * low for low, high in tolls)


def injured_level(a: Features, b: Features) -> str:
    return figure_level(a.injured, b.injured)


def words_level(a: Features, b: Features) -> str:
    if not a.words or not b.words:
        return UNTOLD
    share = likeness(a.words, b.words)
    for bound, name in ((0.75, "same words"), (0.5, "most"), (0.35, "many"), (0.2, "some"), (0.08, "few")):
        if share >= bound:
            return name
    return "none"


def story_level(a: Features, b: Features) -> str:
    """How alike the whole reports are: two reports of one story mostly tell of one thing."""
    if not a.story or not b.story:
        return UNTOLD
    share = likeness(a.story, b.story)
    for bound, name in ((0.6, "same story"), (0.4, "most"), (0.28, "many"), (0.15, "some"), (0.08, "few")):
        if share >= bound:
            return name
    return "none"


def fullness_level(a: Features, b: Features) -> str:
    full = (a.pieces >= FULL) + (b.pieces >= FULL)
    return ("neither full", "one full", "both full")[full]


def posted_level(a: Features, b: Features) -> str:
    if NO_DAY in (a.posted, b.posted):
        return UNTOLD
    gap = abs(a.posted - b.posted)
    for bound, name in ((0, "same day"), (1, "a day apart"), (3, "days apart"), (10, "a week apart")):
        if gap <= bound:
            return name
    return "longer"


COMPARISONS: tuple[tuple[str, Compare], ...] = (
    ("day", day_level),
    ("sequence", sequence_level),
    ("place", place_level),
    ("names", names_level),
    ("type", type_level),
    ("status", status_level),
    ("standing", standing_level),
    ("lead", lead_level),
    ("actors", actors_level),
    ("targets", targets_level),
    ("weapons", weapons_level),
    ("killed", killed_level),
    ("injured", injured_level),
    ("words", words_level),
    ("story", story_level),
    ("posted", posted_level),
    ("fullness", fullness_level),
)


def levels(a: Features, b: Features) -> dict[str, str]:
    """Comparison → level, of every comparison, and what follows from several of them."""
    found = {field: compare(a, b) for field, compare in COMPARISONS}
    if found["lead"] == OPENING and found["story"] in ONE_STORY:
        found["lead"] = f"{OPENING}, one story"  # two reports of one story seldom open with two things
    if found["place"] in APART:
        found["names"] = UNTOLD  # said already
    found["grounds"] = grounds_level(found, other="Other" in (a.sub_type, b.sub_type))
    return found


def grounds_level(found: Mapping[str, str], *, other: bool) -> str:
    """Whether anything but day, area and sides is shared: vague events of one war are alike in these.

    "thin": figures that are alike, not equal, of places or days that may be others.
    """
    vague = VAGUE | {"some"} if other or found["place"] in NOWHERE else VAGUE
    if found["words"] not in vague or found["lead"] == f"{OPENING}, one story":
        return "shared"
    figures = {found["killed"], found["injured"]}
    when, where = found["day"] in HERE_DAYS, found["place"] in HERE_PLACES
    here = found["place"] == "same place" and when
    if found["place"] == LAUNCH and (when or found["day"] == "in one week"):
        return "shared"
    if figures & EQUAL or (here and found["type"] == "same sub-type" and not other):
        return "shared"
    if figures & ALIKE:
        return "shared" if where and when else "thin"
    beside = where and when and found["lead"] == OPENING and found["type"] == "same sub-type" and not other
    spoken_against = found["names"] == "other" or found["killed"] in CONTRADICTED or found["posted"] != "same day"
    return "thin" if beside and not spoken_against else "none"


@cache
def weights() -> dict[tuple[str, str], float]:
    return {(row["comparison"], row["level"]): float(row["weight"]) for row in table("merge_weights")}


@cache
def bias() -> float:
    return weights()["bias", ""]


def log_odds(a: Features, b: Features) -> float:
    """Log-odds that two events are one incident: above 0 is more likely than not."""
    known = weights()
    return bias() + sum(known.get(level, 0.0) for level in levels(a, b).items())


def probability(score: float) -> float:
    """Log-odds as a probability, to three decimals.

    >>> probability(0.0)
    0.5
    """
    return round(1 / (1 + math.exp(-max(-30.0, min(30.0, score)))), 3)


def contributions(a: Features, b: Features) -> tuple[Contribution, ...]:
    """What spoke for and against, the heaviest first; what says nothing is left out."""
    known = weights()
    found = [(field, level, known.get((field, level), 0.0)) for field, level in levels(a, b).items()]
    told = [
        Contribution(field, level, round(weight, 2), words_for(field, level, a, b)) for field, level, weight in found if weight
    ]
    return tuple(sorted(told, key=lambda one: (-abs(one.weight), one.field)))


def words_for(field: str, level: str, a: Features, b: Features) -> str:
    """A contribution in words, with the values where they fit on a line."""
    told = {
        "words": lambda: ", ".join(sorted(a.words & b.words)[:6]),
        "actors": lambda: " / ".join(", ".join(sorted(one.named or one.sides)) for one in (a, b)),
        "weapons": lambda: " / ".join(", ".join(sorted(one.weapons)) for one in (a, b)),
        "killed": lambda: " / ".join(map(figure_words, (a.killed, b.killed))),
        "injured": lambda: " / ".join(map(figure_words, (a.injured, b.injured))),
        "type": lambda: a.sub_type if a.sub_type == b.sub_type else f"{a.sub_type} / {b.sub_type}",
        "place": lambda: distance_words(a, b),
    }.get(field)
    detail = told() if told else ""
    return f"{field}: {level}" + (f" ({detail})" if detail else "")


def figure_words(figures: Sequence[tuple[int, int]]) -> str:
    return ", ".join(bounds_words(*one) for one in figures) or "untold"


def bounds_words(low: int, high: int) -> str:
    return f"{low}" if low == high else f"{low} or more" if high < 0 else f"{low} to {high}"


def distance_words(a: Features, b: Features) -> str:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return ""
    return f"{rough_km(a.lat, a.lon, b.lat, b.lon):.0f} km apart, known within {max(a.radius, b.radius):.0f} km"
