"""From finders' records to coded events: the coder's own page.

triggers → mentions (arguments, status) → types → needs → figures → groups → events
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from dateline.coder.build import build_events, count_of_figure
from dateline.coder.choices import weigh
from dateline.coder.flags import find_flags
from dateline.coder.frame import find_frame
from dateline.coder.grouping import Group, group_mentions
from dateline.coder.lexicon import CoderLexicon, coder_lexicon
from dateline.coder.marks import mark
from dateline.coder.mention import ARMED, Mention
from dateline.coder.mentions import find_mentions
from dateline.coder.needs import met
from dateline.coder.plausible import plausibility, threshold
from dateline.coder.roles import AGAINST
from dateline.coder.tolls import give_figures, settle
from dateline.coder.typing import decide
from dateline.coder.view import Found, View
from dateline.knowledge import wordlists
from dateline.types import Count, Event, Figure, Flag

if TYPE_CHECKING:
    pass

BEATING = wordlists("coder")["beating"]
NATURE, FIGURATIVE = wordlists("coder")["nature"], wordlists("coder")["figurative"]


@dataclass(frozen=True, slots=True)
class CodedReport:
    """Events of one report, with what was inconsistent and what covers more than one event."""

    events: tuple[Event, ...]
    flags: tuple[Flag, ...]
    background_figures: tuple[Count, ...]


def code_events(view: View) -> CodedReport:
    """Events of one report by the codebook, in the order of their first words."""
    drafts, rest = draft_events(view)
    kept = [event for _, event in drafts if (event.score or 0.0) >= needed(view, event)]
    return CodedReport(number(kept), find_flags(view.reading.report, [f.record for f in view.figures]), background(view, rest))


NEWS_SENTENCES, NEWS_SHARE = 2, 0.4


def needed(view: View, event: Event) -> float:
    """score from which a draft is kept. The weights are learned on whole reports; in a bare headline a toll is news by itself."""
    counted = any(c.measure in ("killed", "injured") and c.about is None for c in event.figures)
    bare = counted and len(view.reading.coded) <= NEWS_SENTENCES
    return threshold(view.tags is not None) * (NEWS_SHARE if bare else 1.0)


def draft_events(view: View) -> tuple[list[tuple[Group, Event]], list[Found[Figure]]]:
    """Every group of tellings with its draft event, whose score is its probability; and the figures that fit none."""
    told, homeless = tellings(view)
    groups = group_mentions(view, told)
    placed = {m.number for g in groups for m in g.mentions}
    rest = settle(view, groups, homeless + [f for m in told if m.number not in placed for f in m.figures])
    built = build_events(view, groups, find_frame(view, told))
    events = [mark(view, g, weigh(view, g, e)) for g, e in zip(groups, built, strict=True)]
    drafts = [
        (g, msgspec.structs.replace(e, score=round(plausibility(view, g, e), 4))) for g, e in zip(groups, events, strict=True)
    ]
    return drafts, rest


def tellings(view: View) -> tuple[list[Mention], list[Found[Figure]]]:
    """Mentions that tell of codable events, with their figures; and the figures that fit none."""
    lexicon = coder_lexicon()
    mentions = usable(view, find_mentions(view, lexicon), lexicon)
    homeless = give_figures(view, mentions)
    wars = [m for m in mentions if whole_war(m)]
    return [m for m in mentions if m not in wars], homeless + [f for m in wars for f in m.figures]


def number(events: list[Event]) -> tuple[Event, ...]:
    """Ids e1, e2 … in the order of the text."""
    return tuple(msgspec.structs.replace(event, id=f"e{i}") for i, event in enumerate(events, 1))


def usable(view: View, mentions: list[Mention], lexicon: CoderLexicon) -> list[Mention]:
    """Mentions whose words name something that is coded, with their type."""
    kept = [m for m in mentions if decide(view, m, lexicon) and met(view, m) and not out_of_place(view, m)]
    violent = any(m.type in ("Battles", "Explosions/Remote violence", "Violence against civilians") for m in kept)
    for mention in kept:
        mention.attached = mention.attached or (violent and thin(mention))
    return [
        m
        for m in kept
        if not (violent and "unclaimed" in m.trigger.rule.needs)
        and not (beats_off(m) and holds_event(m, kept))
        and not (
            m.trigger.rule.words == ("raid",)
            and m.vague
            and any(o.sub_type == "Arrests" and o.sentence == m.sentence for o in kept)
        )
    ]


def out_of_place(view: View, mention: Mention) -> bool:
    """Storms that kill, animals that attack, teams that clash: nobody armed, and words of nature, sickness, sport or markets."""
    if mention.type in ("Statement", "Strategic developments") or any(
        p.record.kind in ARMED for p in mention.actors + mention.targets
    ):
        return False
    clause = set(view.reading.lows[mention.clause[0] : mention.clause[1]])
    sentence = mention.trigger.sentence
    whole = set(view.reading.lows[sentence.first : sentence.last])
    if clause & NATURE and not mention.weapons:
        return True
    return len(whole & FIGURATIVE) > 1 and not any(
        f.record.measure == "killed" for f in view.figures_in((sentence.first, sentence.last))
    )


def beats_off(mention: Mention) -> bool:
    verb = mention.trigger.verb
    return verb is not None and (
        verb.lemma in AGAINST or (verb.lemma in BEATING and mention.trigger.rule.words[-1] in ("back", "off"))
    )


def holds_event(mention: Mention, others: list[Mention]) -> bool:
    """ "repelled the assault": the noun is the event, the verb tells how it ended."""
    return any(m.trigger.verb is None and any(r[0] <= m.trigger.first < r[1] for r in mention.roles.objects) for m in others)


def whole_war(mention: Mention) -> bool:
    """ "The war has killed 400,000": a total of many events is none itself."""
    return (
        mention.event_class.result
        and bool(mention.figures)
        and all(f.record.about is not None and f.record.about != "total" for f in mention.figures)
    )


def thin(mention: Mention) -> bool:
    """Words of violence with nobody, nowhere and no number beside them only point at an event told elsewhere."""
    if mention.type not in ("Battles", "Explosions/Remote violence", "Violence against civilians"):
        return False
    if mention.event_class.name in ("die", "wound") and not mention.actors:
        return True
    if (
        mention.event_class.result
        and not (mention.actors or mention.place_near or mention.time)
        and mention.trigger.sentence.kind != "headline"
    ):
        return True
    return (
        not (mention.actors or mention.targets or mention.place_near or mention.weapons)
        and mention.trigger.sentence.kind != "headline"
    )


def background(view: View, figures: list[Found[Figure]]) -> tuple[Count, ...]:
    """Totals that belong to no event of the report."""
    return tuple(count_of_figure(view, figure) for figure in figures if figure.record.about is not None)
