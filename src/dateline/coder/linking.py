"""How likely two tellings are of one event: a small logistic model over readable features of the pair.

The reasons of `grouping.py` are rules; this table of weights, learned from our own gold (train/coder/links.py), is added to them.
A pair is compared by what both tell (kind, place, day, sides, tolls, words) and by how they stand to each other in the text.
With a tagger, its arcs from telling to telling are further features, and the weights are those of a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from dateline.coder.areas import place_of, same_area
from dateline.coder.mention import Mention
from dateline.coder.view import View
from dateline.knowledge import table, wordlists
from dateline.types import FAMILY_OF_TYPE, PartyLink, Place, Timex

if TYPE_CHECKING:
    from dateline.tagger.tags import Offsets, Tags

BIAS = "bias"
SHARE = "share"
BAR = "bar"
SCALE = 4.0  # logits of the tagger are divided by it
MOST = 4.0  # log odds of one pair are cut here: no single pair decides
HARM = frozenset(("killed", "injured"))
PEOPLE = frozenset(("displaced", "evacuated", "detained", "participants"))
SHORT_WORD = 3
SAME_PLACE = wordlists("coder")["same_place"]
DISTANCES = ("0", "1", "2", "3-4", "3-4", "5-9", "5-9", "5-9", "5-9", "5-9", "10+")

Tolls = frozenset[tuple[str | None, int | None, int | None]]


@dataclass(frozen=True, slots=True)
class Side:
    """The parties of one role: chains, kinds, and whether all are mere descriptions."""

    chains: frozenset[int]
    kinds: frozenset[str]
    generic: bool


@dataclass(frozen=True, slots=True)
class Traits:
    """What a telling is compared by, worked out once."""

    mention: Mention
    family: str
    definite: bool
    fresh: bool
    place: Place | None
    time: Timex | None
    actors: Side
    targets: Side
    tolls: Tolls
    counts: Tolls
    weapons: frozenset[str]
    words: frozenset[str]
    cause: int | None  # number of the mention that it is the result of
    stances: frozenset[str]  # of the attributions in whose content it stands
    there: bool  # told of "the area", "the village": a place told before
    span: Offsets  # of the trigger
    tags: Tags | None  # of its report
    same: Sequence[float]  # logits of the tagger's arc to tellings of the same event, for each piece of the report
    news: float  # logit of the trigger's being news


def traits_of(view: View, mention: Mention, *, fresh: bool, cause: int | None) -> Traits:
    """`fresh`: its words say that it is one more event; `cause`: the mention it results from (grouping.py knows both)."""
    span, tags = view.offsets((mention.trigger.first, mention.trigger.last)), view.tags
    return Traits(
        mention,
        FAMILY_OF_TYPE.get(mention.type, ""),
        mention.definite(view),
        fresh,
        place_of(mention),
        mention.day,
        side([p.record for p in mention.actors]),
        side([p.record for p in mention.targets]),
        numbers(mention, HARM),
        numbers(mention, PEOPLE),
        frozenset(w.word.kind for w in mention.weapons),
        frozenset(w for w in view.reading.lows[mention.shown[0] : mention.shown[1]] if len(w) > SHORT_WORD),
        cause,
        frozenset(view.attributions[i].stance for i in mention.sayings),
        points_to_place(view, mention),
        span,
        tags,
        tags.arcs_from("same", (span,)) if tags is not None else (),
        tags.label("foreground", span) if tags is not None else 0.0,
    )


def points_to_place(view: View, mention: Mention) -> bool:
    lows = view.reading.lows
    first, last = mention.clause
    return any(lows[t] in SAME_PLACE and lows[t - 1] in ("the", "that", "this") for t in range(max(1, first), last))


def side(parties: Sequence[PartyLink]) -> Side:
    return Side(
        frozenset(p.chain for p in parties), frozenset(p.kind for p in parties), bool(parties) and all(p.generic for p in parties)
    )


def numbers(mention: Mention, measures: frozenset[str]) -> Tolls:
    return frozenset((f.record.measure, f.record.low, f.record.high) for f in mention.figures if f.record.measure in measures)


@cache
def weights(tagged: bool = False) -> dict[str, float]:
    """Feature → weight, by knowledge alone or with the tagger; `bias`, `share` (of the model in the fit of a group) and `bar`
    are rows of the same table.
    """
    return {row["feature"]: float(row["weight"]) for row in table("link_weights_tagger" if tagged else "link_weights")}


def share(tagged: bool = False) -> float:
    """How much the model counts beside the rules; 0 without a table."""
    return weights(tagged).get(SHARE, 0.0)


def bar(tagged: bool = False) -> float:
    """What rules and model together must reach for a telling to join an event."""
    return weights(tagged).get(BAR, 0.0)


def likeness(one: Traits, other: Traits) -> float:
    """Log odds (-4..4) that the two tellings are of one event."""
    first, second = (one, other) if one.mention.number < other.mention.number else (other, one)
    known = weights(one.tags is not None)
    total = known.get(BIAS, 0.0) + sum([known.get(name, 0.0) for name in features(first, second)])
    total += sum([known.get(name, 0.0) * value for name, value in arcs(first, second).items()])
    return max(-MOST, min(MOST, total))


def arcs(a: Traits, b: Traits) -> dict[str, float]:
    """What the tagger says of the pair: the arcs that tie tellings of one event, and how alike and how new it finds both."""
    tags = a.tags
    if tags is None:
        return {}
    to, back = tags.top(a.same, b.span), tags.top(b.same, a.span)
    news = a.news / SCALE, b.news / SCALE
    return {
        "arc same": max(to, back) / SCALE,
        "arc same, weaker": min(to, back) / SCALE,
        "first news": news[0],
        "second news": news[1],
        "news apart": abs(news[0] - news[1]),
    }


def features(a: Traits, b: Traits) -> list[str]:
    """Names of what holds for the pair, `a` told before `b`."""
    m, n = a.mention, b.mention
    same = "same" if m.sub_type == n.sub_type else "other"
    gap = DISTANCES[min(n.sentence - m.sentence, 10)]
    names = [*kind_names(kind_of(a, b), m.sub_type, n.sub_type, b.family)]
    names += form_names(m.vague, n.vague, m.attached, n.attached, m.event_class.result, n.event_class.result)
    names += gap_names(gap, same, m.event_class.result, n.event_class.result)
    if m.trigger.rule.words == n.trigger.rule.words:
        names.append("same word")
        if m.trigger.verb is None and n.trigger.verb is None:
            names.append("same noun, definite" if b.definite else "same noun")
    if m.clause == n.clause:
        names.append(f"same clause {same}")
    names += standing(a, b, same)
    names += arguments(a, b, same, gap)
    return names


# Names of features are made once for each of the few ways in which pairs stand: a report has hundreds of pairs.


@lru_cache(maxsize=4096)
def kind_names(kind: str, first: str, second: str, family: str) -> tuple[str, ...]:
    types = f"type={first}" if first == second else "types=" + "~".join(sorted((first, second)))
    return f"kind={kind}", types, f"family={family}"


@lru_cache(maxsize=64)
def form_names(*holds: bool) -> tuple[str, ...]:
    a, b, c, d, e, f = holds
    return f"vague={a:d}{b:d}", f"attached={c:d}{d:d}", f"results={e:d}{f:d}"


@lru_cache(maxsize=256)
def gap_names(gap: str, same: str, first: bool, second: bool) -> tuple[str, ...]:
    return f"gap={gap}", f"gap={gap} {same}", f"gap={gap} results={first:d}{second:d}"


@lru_cache(maxsize=256)
def place_names(places: str, near: int, same: str, together: bool) -> tuple[str, ...]:
    names = f"place={places}", f"place={places} near={near}", f"place={places} {same}"
    return (*names, f"place={places} one sentence") if together else names


@lru_cache(maxsize=256)
def agreement_names(what: str, verdict: str, beside: str) -> tuple[str, ...]:
    return f"{what}={verdict}", f"{what}={verdict} {beside}"


def kind_of(a: Traits, b: Traits) -> str:
    m, n = a.mention, b.mention
    if m.sub_type == n.sub_type:
        return "same"
    if m.type == n.type:
        return "soft" if m.sub_type in n.soft or n.sub_type in m.soft else "type"
    return "family" if a.family == b.family else " ".join(sorted((a.family, b.family)))


def standing(a: Traits, b: Traits, same: str) -> Iterator[str]:
    """How the two stand in the text: headline and lead, words that point back or on, tense, cause, who says both."""
    m, n = a.mention, b.mention
    if b.definite:
        yield "points back"
    if m.sentence <= 1:
        yield "first in lead"
    if m.trigger.sentence.kind == "headline":
        yield f"first in headline {same}"
    if n.trigger.sentence.kind == "headline":
        yield "both in headline"
    if b.fresh:
        yield f"one more {same}"
    if a.fresh:
        yield "first is one more"
    if m.status != n.status:
        yield "status=" + "-".join(sorted((m.status, n.status)))
    if n.number == a.cause or m.number == b.cause:
        yield "cause"
    elif a.cause is not None or b.cause is not None:
        yield "other cause"
    for name, mention in (("first", m), ("second", n)):
        if mention.trigger.verb is not None:
            yield f"{name} verb"
            if mention.trigger.verb.perfect:
                yield f"{name} perfect"
    if same == "same" and m.trigger.verb is not None and n.trigger.verb is not None:
        yield "two verbs of one kind"
    if set(m.sayings) & set(n.sayings):
        yield "one saying"
    for stance in b.stances & {"denies", "doubts", "silent", "claims"}:
        yield f"second {stance} {same}"


def arguments(a: Traits, b: Traits, same: str, gap: str) -> list[str]:
    """Whether place, day, sides, numbers, means and words agree."""
    m, n = a.mention, b.mention
    names = [*place_names(places_agree(a.place, b.place), m.place_near + n.place_near, same, gap == "0")]
    if b.there and not a.there:
        names.append(f"there {same}")
    names += agreement_names("day", days_agree(a.time, b.time), same)
    names += agreement_names("actors", sides_agree(a.actors, b.actors), same)
    names += agreement_names("targets", sides_agree(a.targets, b.targets), same)
    if a.actors.chains & b.targets.chains or b.actors.chains & a.targets.chains:
        names.append("roles turned")
    if (a.actors.chains | a.targets.chains) & (b.actors.chains | b.targets.chains):
        names.append("some party shared")
    toll = numbers_agree(a.tolls, b.tolls)
    names += agreement_names("toll", toll, f"gap={gap}")
    if toll == "clash" and set(m.sayings) != set(n.sayings):
        names.append("toll=clash, other voice")
    names.append(f"count={numbers_agree(a.counts, b.counts)}")
    if a.weapons and b.weapons:
        names.append("same means" if a.weapons & b.weapons else "other means")
    if shared := len(a.words & b.words):
        names.append("one word shared" if shared == 1 else "words shared")
    return names


def places_agree(a: Place | None, b: Place | None) -> str:
    if a is None or b is None:
        return "none" if a is b else "one"
    return {True: "same", None: "may hold", False: "apart"}[same_area(a, b)]


def days_agree(a: Timex | None, b: Timex | None) -> str:
    if a is None or b is None:
        return "none" if a is b else "one"
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        if a.value == b.value:
            return "same"
        return "apart" if weekday(a) and weekday(b) else "open"
    if (a.earliest, a.latest) == (b.earliest, b.latest):
        return "same"
    return "meet" if a.earliest <= b.latest and b.earliest <= a.latest else "apart"


def weekday(time: Timex) -> bool:
    """ "on Friday" in a text of no known day."""
    return bool(time.value) and time.value.startswith("XXXX-WXX-")


def sides_agree(a: Side, b: Side) -> str:
    if not a.chains or not b.chains:
        return "none" if not a.chains and not b.chains else "one"
    if a.chains & b.chains:
        return "same"
    kind = "one kind" if a.kinds & b.kinds else "other kind"
    return f"{kind}, described" if a.generic or b.generic else kind


def numbers_agree(a: Tolls, b: Tolls) -> str:
    if not a or not b:
        return "none" if not a and not b else "one"
    if a & b:
        return "same"
    return "clash" if {measure for measure, *_ in a} & {measure for measure, *_ in b} else "apart"
