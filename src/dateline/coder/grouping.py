"""Tellings of one event within a report: which mentions belong together (CODEBOOK sections 1 and 6).

Mentions are taken in the order of the text; each joins the event it fits best, or starts one. A fit is a sum of readable
reasons, in which a contradiction of place, day or sides outweighs the rest, and of what a learned model of pairs says
(linking.py).
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from dateline.coder.areas import place_of, same_area
from dateline.coder.frame import LEAD_SENTENCES
from dateline.coder.linking import MOST, Traits, bar, days_agree, likeness, share, traits_of, weekday
from dateline.coder.mention import VIOLENT, Mention
from dateline.coder.triggers import vouched
from dateline.coder.view import View
from dateline.types import Timex

JOIN = 1.5
REASONS = {
    "same sub-type": 1.3,
    "same type": 0.3,
    "vague word": 1.3,
    "soft word": 0.9,
    "same place": 0.9,
    "no place told": 0.3,
    "other place": -4.0,
    "same actor": 0.8,
    "other actor": -1.5,
    "same target": 1.0,
    "other target": -1.2,
    "same day": 0.7,
    "other day": -4.0,
    "points back": 1.2,
    "same sentence": -0.4,
    "distance": -0.06,
    "lead": 0.6,
    "other toll": -1.2,
    "same toll": 1.0,
    "cause": 6.0,
    "other status": -1.2,
    "another": -20.0,  # "another hospital was hit", "a separate strike"
    "result next": 0.6,
    "other clause place": -1.0,
}
NO_RESULT = frozenset(("Statement", "Displacement"))  # what is said of an act, or who fled it, is an event of its own


@dataclass(slots=True)
class Group:
    """Mentions of one event. `remarks` are attributions that deny, doubt or pass over it in sentences of their own."""

    mentions: list[Mention] = field(default_factory=list)
    remarks: list[int] = field(default_factory=list)

    @property
    def latest(self) -> int:
        return self.mentions[-1].number

    @property
    def known(self) -> list[Mention]:
        """The tellings that a new mention is compared with: the first and the last ones."""
        if len(self.mentions) <= MOST_TELLINGS:
            return self.mentions
        return self.mentions[: MOST_TELLINGS // 2] + self.mentions[-MOST_TELLINGS // 2 :]

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)

    @property
    def head(self) -> Mention:
        """The mention whose type the event takes: the first that is not vague, else the first."""
        own = [m for m in self.known if not m.attached] or self.known
        firm = next((m for m in own if not m.vague and not m.soft), None)
        return firm or next((m for m in own if not m.vague), own[0])


def group_mentions(view: View, mentions: list[Mention]) -> list[Group]:
    """Events as groups of mentions, in the order of their first mention."""
    groups: list[Group] = []
    traits = traits_by_number(view, mentions)
    tagged = view.tags is not None
    least, weight = bar(tagged), share(tagged)
    late = {m.number for m in mentions if m.event_class.result or m.attached}  # results look for what is told already
    for mention in [m for m in mentions if m.number not in late] + [m for m in mentions if m.number in late]:
        best, score = None, least
        for group in near_groups(groups, mention):
            said = reasons(view, mention, group, traits[mention.number].cause)
            if said + weight * MOST <= score:
                continue  # no kinship can lift it
            fit = said + weight * kinship(mention, group, traits)
            if fit > score:
                best, score = group, fit
        if best is not None:
            best.add(mention)
        elif not mention.attached or alone(mention, groups) or vouched(view, mention.trigger):
            groups.append(Group([mention]))
    groups = join_same_toll(groups)
    for group in groups:
        group.mentions.sort(key=lambda m: m.number)
    return sorted(groups, key=lambda g: g.mentions[0].number)


def traits_by_number(view: View, mentions: list[Mention]) -> dict[int, Traits]:
    causes = cause_links(view, mentions)
    return {m.number: traits_of(view, m, fresh=fresh(view, m), cause=causes.get(m.number)) for m in mentions}


def alone(mention: Mention, groups: list[Group]) -> bool:
    """A counted toll where nothing tells how they died: "At least 28 casualties in Idlib" is the report's event.

    Without a place beside it only the lead is believed ("Death toll rises to ten"), and not "died": so do people in accidents.
    """
    counted = any(f.record.measure in ("killed", "injured") and f.record.about is None for f in mention.figures)
    violent = mention.trigger.verb is None or mention.event_class.name == "kill"
    placed = mention.place_near or (violent and mention.sentence < LEAD_SENTENCES)
    return counted and placed and not any(g.head.type in VIOLENT for g in groups)


TELLING_TOLL = 3  # one or two dead are too common to tell one event from another
MOST_TOLLS = 200


def join_same_toll(groups: list[Group]) -> list[Group]:
    """Two tellings with the very same toll are one event, unless their places or days are apart."""
    kept: list[Group] = []
    for group in groups:
        twin = next((g for g in kept[-MOST_TOLLS:] if same_toll(g, group)), None)
        if twin is None:
            kept.append(group)
        else:
            for mention in group.mentions:
                twin.add(mention)
    return kept


def tolls(group: Group) -> set[tuple[str | None, int | None, int | None]]:
    return {
        (f.record.measure, f.record.low, f.record.high)
        for m in group.known
        for f in m.figures
        if f.record.measure in ("killed", "injured") and f.record.about is None and (f.record.low or 0) >= TELLING_TOLL
    }


def same_toll(one: Group, other: Group) -> bool:
    violent = {"Battles", "Explosions/Remote violence", "Violence against civilians"}
    if not {one.head.type, other.head.type} <= violent or "territory" in one.head.sub_type + other.head.sub_type:
        return False
    if not tolls(one) & tolls(other):
        return False
    return all(place_fit(m, one) > REASONS["other place"] and day_fit(m, one) > REASONS["other day"] for m in other.known)


MOST_GROUPS, MOST_TELLINGS = 60, 24  # looked at for one mention: bounds the work on very long texts


def near_groups(groups: list[Group], mention: Mention) -> list[Group]:
    """The groups that a mention may join: the first of the report (its news) and those told around it."""
    if len(groups) <= MOST_GROUPS:
        return groups
    around = sorted(groups, key=lambda g: abs(g.latest - mention.number))[: MOST_GROUPS - 5]
    return groups[:5] + [g for g in around if g not in groups[:5]]


def cause_links(view: View, mentions: list[Mention]) -> dict[int, int]:
    """Result → cause within a sentence: "the blast killed 12", "12 died in an ambush", "shot dead"."""
    links: dict[int, int] = {}
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for together in by_sentence.values():
        for at, mention in enumerate(together):
            beside = together[max(0, at - MOST_GROUPS) : at + MOST_GROUPS]
            result = mention.event_class.result
            if mention.type in NO_RESULT or (not result and mention.trigger.verb is None):
                continue
            options = [
                m
                for m in beside
                if m is not mention and is_cause(m) and (result or (m.trigger.verb is None and overlaps(m, mention)))
            ]
            if options:
                links[mention.number] = min(options, key=lambda m: cause_distance(mention, m)).number
            twin = together[at - 1] if at and coordinated(view, together[at - 1], mention) else None
            if twin is not None and twin.number in links:
                links[mention.number] = links[twin.number]
    return links


MOST_BETWEEN = 10  # tokens from "killed" to "and wounded"


def coordinated(view: View, first: Mention, second: Mention) -> bool:
    """ "killed 27 people and wounded dozens": two results of one cause, joined by "and" with no subject between."""
    between = view.reading.lows[first.trigger.last : second.trigger.first]
    return (
        first.event_class.result
        and second.event_class.result
        and len(between) <= MOST_BETWEEN
        and between[-1:] == ["and"]
        and second.trigger.verb is not None
    )


def is_cause(mention: Mention) -> bool:
    return (
        mention.type in ("Battles", "Explosions/Remote violence", "Violence against civilians", "Protests", "Riots")
        and not mention.event_class.result
        and mention.chosen not in ("abduct", "capture")
    )


def overlaps(cause: Mention, mention: Mention) -> bool:
    """The noun is what acts ("the blast killed"), or what is done ("a third bomb was set off")."""
    regions = mention.roles.actors + (mention.roles.objects if cause.sub_type == mention.sub_type else [])
    return any(r[0] <= cause.trigger.first < r[1] for r in regions)


def cause_distance(mention: Mention, cause: Mention) -> float:
    gap = abs(mention.trigger.first - cause.trigger.first)
    same_clause = mention.clause[0] <= cause.trigger.first < mention.clause[1]
    return gap + (0 if same_clause else 12) - (30 if overlaps(cause, mention) else 0)


MOST_REASON = 6.0
VETO = 12.0


def reasons(view: View, mention: Mention, group: Group, cause: int | None) -> float:
    """What the rules say, above 0 for joining, cut at 6 so that the model is heard; "a third bomb" is beyond its say."""
    fit = fitness(view, mention, group, cause) - JOIN
    return -math.inf if fit <= -VETO or other_day(mention, group) else max(-MOST_REASON, min(MOST_REASON, fit))


def other_day(mention: Mention, group: Group) -> bool:
    """True where the day told of it is none of the days that are told of the group."""
    mine = mention.day
    if mine is None or not of_one_day(mine):
        return False
    told = [day for m in group.known if (day := m.day) is not None and of_one_day(day)]
    return bool(told) and all(days_agree(mine, other) == "apart" for other in told)


def of_one_day(time: Timex) -> bool:
    return time.precision == "day" or weekday(time)


def kinship(mention: Mention, group: Group, traits: dict[int, Traits]) -> float:
    """What the model of pairs says: between the likest telling of the group and the mean of all."""
    odds = [likeness(traits[mention.number], traits[m.number]) for m in group.known]
    return (max(odds) + sum(odds) / len(odds)) / 2


def fitness(view: View, mention: Mention, group: Group, cause: int | None) -> float:
    """How well a mention fits a group; below JOIN it does not belong."""
    head = group.head
    if cause is not None:
        return REASONS["cause"] if any(m.number == cause for m in group.known) else -9.0
    total = kind_fit(mention, group)
    if total <= -5:
        return total
    total += place_fit(mention, group) + party_fit(mention, group) + day_fit(mention, group) + toll_fit(mention, group)
    if mention.definite(view):
        total += REASONS["points back"]
    told_before = all(m.number < mention.number and m.clause != mention.clause for m in group.known)
    if told_before and fresh(view, mention):
        total += REASONS["another"]
    nearest = min(abs(mention.sentence - m.sentence) for m in group.known)
    if mention.event_class.result and any(0 <= mention.sentence - m.sentence <= 1 for m in group.known):
        total += REASONS["result next"]
    total += REASONS["distance"] * nearest
    if nearest == 0 and not mention.vague and head.sub_type == mention.sub_type:
        total += REASONS["same sentence"]
    if group.mentions[0].sentence <= 1:
        total += REASONS["lead"]
    if {mention.status, head.status} in ({"occurred", "foiled"}, {"occurred", "attempted"}, {"occurred", "planned"}):
        total += REASONS["other status"]
    return total


ORDINALS = frozenset(("second", "third", "fourth", "fifth"))


def fresh(view: View, mention: Mention) -> bool:
    """Words in the clause say that this is one more event."""
    if mention.event_class.result or (mention.vague and mention.trigger.verb is None):
        return False
    lows = view.reading.lows
    words = lows[mention.clause[0] : mention.trigger.last]
    chunk = mention.trigger.phrases.chunks[mention.trigger.chunk]
    regions = [(chunk.first, mention.trigger.last), *mention.roles.objects]
    if any(lows[t] in ORDINALS for first, last in regions for t in range(first, last)):
        return True  # "a third car bomb"
    return bool({"another", "separate", "separately", "elsewhere"} & set(words)) or (bool(words) and words[0] == "meanwhile")


def kind_fit(mention: Mention, group: Group) -> float:
    head = group.head
    if mention.sub_type == head.sub_type:
        return REASONS["same sub-type"]
    if mention.type == head.type and (mention.sub_type in head.soft or head.sub_type in mention.soft):
        return REASONS["soft word"]
    if {mention.event_class.family, head.event_class.family} & {"territory"} and "territory" in mention.sub_type + head.sub_type:
        return -9.0  # a place that changes hands is its own event
    violent = {"Battles", "Explosions/Remote violence", "Violence against civilians"}
    if (
        (mention.vague or head.vague)
        and {mention.type, head.type} <= violent
        and "Abduction" not in mention.sub_type + head.sub_type
    ):
        return REASONS["vague word"]
    if mention.attached and {mention.type, head.type} <= violent | {"Strategic developments"}:
        return REASONS["vague word"]
    crowd = {"Protests", "Riots"}
    if {mention.type, head.type} <= crowd:
        return REASONS["vague word"]
    if head.type in crowd and mention.event_class.result:
        return REASONS["vague word"] - 0.3
    return -9.0


def place_fit(mention: Mention, group: Group) -> float:
    mine = place_of(mention)
    theirs = [p for m in group.known if (p := place_of(m)) is not None]
    if mine is None or not theirs:
        return REASONS["no place told"]
    verdicts = [same_area(mine, p) for p in theirs]
    if True in verdicts:
        return REASONS["same place"]
    return REASONS["no place told"] if None in verdicts else REASONS["other place"]


def party_fit(mention: Mention, group: Group) -> float:
    total = 0.0
    if mention.type in ("Protests", "Riots") and group.head.type in ("Protests", "Riots"):
        return total  # protesters march, police disperse them: one event with two sides
    for role, same, other in (("actors", "same actor", "other actor"), ("targets", "same target", "other target")):
        mine = {p.record.chain for p in getattr(mention, role)}
        theirs = {p.record.chain for m in group.known for p in getattr(m, role)}
        if mine and theirs:
            total += REASONS[same] if mine & theirs else REASONS[other] * disagreement(mention, group, role)
    mine_a = {p.record.chain for p in mention.actors}
    theirs_a = {p.record.chain for m in group.known for p in m.actors}
    theirs_t = {p.record.chain for m in group.known for p in m.targets}
    if mention.sub_type != "Armed clash" and mine_a & theirs_t and not mine_a & theirs_a and theirs_a:
        total += REASONS["other actor"]
    return total


def disagreement(mention: Mention, group: Group, role: str) -> float:
    """Generic words ("militants" / "gunmen") disagree less than two names."""
    mine = [p.record for p in getattr(mention, role)]
    theirs = [p.record for m in group.known for p in getattr(m, role)]
    if {p.kind for p in mine} & {p.kind for p in theirs} and (all(p.generic for p in mine) or all(p.generic for p in theirs)):
        return 0.2
    return 1.0


def day_fit(mention: Mention, group: Group) -> float:
    mine = mention.day
    theirs = [day for m in group.known if (day := m.day) is not None]
    if mine is None or not theirs or mine.earliest is None or mine.latest is None:
        return 0.0
    for other in theirs:
        if other.earliest is None or other.latest is None or (mine.earliest <= other.latest and other.earliest <= mine.latest):
            return REASONS["same day"]
    return REASONS["other day"]


def toll_fit(mention: Mention, group: Group) -> float:
    mine = {(f.record.measure, f.record.low, f.record.high) for f in mention.figures if f.record.measure in ("killed", "injured")}
    theirs = {
        (f.record.measure, f.record.low, f.record.high)
        for m in group.mentions
        for f in m.figures
        if f.record.measure in ("killed", "injured")
    }
    if not mine or not theirs:
        return 0.0
    if mine & theirs:
        return REASONS["same toll"]
    return REASONS["other toll"] if {k for k, *_ in mine} & {k for k, *_ in theirs} else 0.0
