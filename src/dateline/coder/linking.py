"""How likely two tellings are of one event: a small logistic model over readable features of the pair.

The reasons of `grouping.py` are rules; this table of weights, learned from our own gold (train/coder/links.py), is added to them.
A pair is compared by what both tell (kind, place, day, sides, tolls, words) and by how they stand to each other in the text.
With a tagger, its arcs from telling to telling are further features, and the weights are those of a table of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
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


def traits_of(view: View, mention: Mention, *, fresh: bool, cause: int | None) -> Traits:
    """`fresh`: its words say that it is one more event; `cause`: the mention it results from (grouping.py knows both)."""
    return Traits(
        mention,
        FAMILY_OF_TYPE.get(mention.type, ""),
        mention.definite(view),
        fresh,
        place_of(mention),
        mention.time.record if mention.time is not None else None,
        side([p.record for p in mention.actors]),
        side([p.record for p in mention.targets]),
        numbers(mention, HARM),
        numbers(mention, PEOPLE),
        frozenset(w.word.kind for w in mention.weapons),
        frozenset(w for w in view.reading.lows[mention.shown[0] : mention.shown[1]] if len(w) > SHORT_WORD),
        cause,
        frozenset(view.attributions[i].stance for i in mention.sayings),
        points_to_place(view, mention),
        view.offsets((mention.trigger.first, mention.trigger.last)),
        view.tags,
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
    total = known.get(BIAS, 0.0) + sum(known.get(name, 0.0) for name in features(first, second))
    total += sum(known.get(name, 0.0) * value for name, value in arcs(first, second).items())
    return max(-MOST, min(MOST, total))


def arcs(a: Traits, b: Traits) -> dict[str, float]:
    """What the tagger says of the pair: the arcs that tie tellings of one event, and how alike and how new it finds both."""
    tags = a.tags
    if tags is None:
        return {}
    to, back = tags.top(tags.arcs_from("same", (a.span,)), b.span), tags.top(tags.arcs_from("same", (b.span,)), a.span)
    news = [tags.label("foreground", one.span) / SCALE for one in (a, b)]
    return {
        "arc same": max(to, back) / SCALE,
        "arc same, weaker": min(to, back) / SCALE,
        "first news": news[0],
        "second news": news[1],
        "news apart": abs(news[0] - news[1]),
    }


def features(a: Traits, b: Traits) -> Iterator[str]:
    """Names of what holds for the pair, `a` told before `b`."""
    m, n = a.mention, b.mention
    kind = kind_of(a, b)
    same = "same" if m.sub_type == n.sub_type else "other"
    gap = DISTANCES[min(n.sentence - m.sentence, 10)]
    results = f"{m.event_class.result:d}{n.event_class.result:d}"
    yield f"kind={kind}"
    yield f"type={m.sub_type}" if same == "same" else "types=" + "~".join(sorted((m.sub_type, n.sub_type)))
    yield f"family={b.family}"
    yield f"vague={m.vague:d}{n.vague:d}"
    yield f"attached={m.attached:d}{n.attached:d}"
    yield f"results={results}"
    yield f"gap={gap}"
    yield f"gap={gap} {same}"
    yield f"gap={gap} results={results}"
    if m.trigger.rule.words == n.trigger.rule.words:
        yield "same word"
        if m.trigger.verb is None and n.trigger.verb is None:
            yield "same noun, definite" if b.definite else "same noun"
    if m.clause == n.clause:
        yield f"same clause {same}"
    yield from standing(a, b, same)
    yield from arguments(a, b, same, gap)


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


def arguments(a: Traits, b: Traits, same: str, gap: str) -> Iterator[str]:
    """Whether place, day, sides, numbers, means and words agree."""
    places, days = places_agree(a.place, b.place), days_agree(a.time, b.time)
    near = a.mention.place_near + b.mention.place_near
    yield f"place={places}"
    yield f"place={places} near={near}"
    yield f"place={places} {same}"
    if gap == "0":
        yield f"place={places} one sentence"
    if b.there and not a.there:
        yield f"there {same}"
    yield f"day={days}"
    yield f"day={days} {same}"
    for role, mine, theirs in (("actors", a.actors, b.actors), ("targets", a.targets, b.targets)):
        verdict = sides_agree(mine, theirs)
        yield f"{role}={verdict}"
        yield f"{role}={verdict} {same}"
    if a.actors.chains & b.targets.chains or b.actors.chains & a.targets.chains:
        yield "roles turned"
    if (a.actors.chains | a.targets.chains) & (b.actors.chains | b.targets.chains):
        yield "some party shared"
    toll = numbers_agree(a.tolls, b.tolls)
    yield f"toll={toll}"
    yield f"toll={toll} gap={gap}"
    if toll == "clash" and set(a.mention.sayings) != set(b.mention.sayings):
        yield "toll=clash, other voice"
    yield f"count={numbers_agree(a.counts, b.counts)}"
    if a.weapons and b.weapons:
        yield "same means" if a.weapons & b.weapons else "other means"
    if shared := len(a.words & b.words):
        yield "one word shared" if shared == 1 else "words shared"


def places_agree(a: Place | None, b: Place | None) -> str:
    if a is None or b is None:
        return "none" if a is b else "one"
    return {True: "same", None: "may hold", False: "apart"}[same_area(a, b)]


def days_agree(a: Timex | None, b: Timex | None) -> str:
    if a is None or b is None:
        return "none" if a is b else "one"
    if a.earliest is None or a.latest is None or b.earliest is None or b.latest is None:
        return "same" if a.value == b.value else "open"
    if (a.earliest, a.latest) == (b.earliest, b.latest):
        return "same"
    return "meet" if a.earliest <= b.latest and b.earliest <= a.latest else "apart"


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
