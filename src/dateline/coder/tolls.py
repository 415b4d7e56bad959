"""Which figure belongs to which telling: by the words that give its measure, then by clause, sentence and nearness."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from dateline.coder.grouping import Group
from dateline.coder.mention import Mention
from dateline.coder.needs import widened
from dateline.coder.view import Found, View
from dateline.types import Figure

HARM = frozenset(("killed", "injured", "missing", "trapped"))
VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots", "Protests"))
OWNERS = {
    "abducted": ("Abduction/forced disappearance", "Arrests"),
    "detained": ("Arrests", "Abduction/forced disappearance", "Protest with intervention", "Violent demonstration"),
    "released": ("Agreement", "Abduction/forced disappearance", "Other", "Arrests"),
    "displaced": ("Flight", "Evacuation", "Stock"),
    "evacuated": ("Evacuation", "Flight"),
    "returned": ("Return",),
    "hosted": ("Stock", "Flight"),
    "participants": (
        "Peaceful protest",
        "Protest with intervention",
        "Violent demonstration",
        "Excessive force against protesters",
        "Troop movement",
        "Armed clash",
        "Attack",
        "Abduction/forced disappearance",
        "Suicide bomb",
        "Mob violence",
        "Looting/property destruction",
        "Change to group/activity",
    ),
}
LOOSE_MEASURES = frozenset(("devices", "strikes", "vehicles", "buildings"))


def fits(mention: Mention, measure: str) -> bool:
    if measure in HARM:
        return mention.type in VIOLENT or mention.sub_type in ("Disrupted weapons use",)
    if measure in OWNERS:
        return mention.sub_type in OWNERS[measure] or (measure in ("abducted", "detained") and mention.type in VIOLENT)
    return mention.type != "Statement"


# What a counted person in a role of an event was, where the words of the figure do not say: "hundreds of farmers held a rally".
BY_ROLE = {
    "protest": ("actors", "participants"),
    "disperse": ("targets", "participants"),
    "riot": ("actors", "participants"),
    "flee": ("targets", "displaced"),
    "evacuate": ("targets", "evacuated"),
    "return": ("targets", "returned"),
    "host": ("targets", "hosted"),
    "arrest": ("targets", "detained"),
    "abduct": ("targets", "abducted"),
    "kill": ("targets", "killed"),
    "die": ("targets", "killed"),
    "wound": ("targets", "injured"),
}


# Classes whose counted doers take part in it: "four gunmen attacked", "sent 3,200 soldiers".
# Not "kill" and "wound": in headlines those counted before them are the dead ("six villagers killed").
DOERS = frozenset(("attack", "shoot", "abduct", "clash", "suicide", "stab", "beat", "destroy", "riot", "group"))
SENT = frozenset(("move", "group"))


def takes_part(view: View, figure: Found[Figure], mention: Mention) -> bool:
    """Several people who do it, counted: the subject of an active verb, or the troops that are sent."""
    verb, record = mention.trigger.verb, figure.record
    if verb is None or verb.passive or record.unit != "person" or (record.low or record.high or 0) < 2:
        return False
    name = mention.event_class.name
    doing = [widened(view, region) for region in mention.roles.actors] if name in DOERS | SENT else []
    sent = [(mention.trigger.first, mention.trigger.last), *mention.roles.objects] if name in SENT else []
    return any(first <= figure.first < last for first, last in doing + sent)


def measured(view: View, figure: Found[Figure], mentions: list[Mention]) -> Found[Figure] | None:
    """The figure with its measure: its own, else by the role in which the counted stand; None when nothing tells."""
    told = figure.record.measure
    if told is None and any(takes_part(view, figure, m) for m in mentions):
        return replace(figure, record=msgspec.structs.replace(figure.record, measure="participants", by="coder.role"))
    if told is not None:
        return figure
    for mention in mentions:
        role, measure = BY_ROLE.get(mention.event_class.name if mention.event_class.result else mention.chosen, ("", ""))
        if figure.record.unit == "person" and role and any(a <= figure.first < z for a, z in getattr(mention.roles, role)):
            return replace(figure, record=msgspec.structs.replace(figure.record, measure=measure, by="coder.role"))
    return None


LONGEST_SOURCE = 40  # characters: longer "sources" are sentences that hold more than a speaker


def spoken_by(view: View, figure: Found[Figure], mentions: list[Mention]) -> bool:
    """True for a number in the name of who speaks ("two medics said") or of who did it ("two men shot")."""
    start = figure.record.start
    if any(start_ <= start < end and end - start_ < LONGEST_SOURCE for start_, end, _ in view.spans_near("source", start)):
        return True
    cue = figure.record.cue
    if (
        cue is not None and cue.start > figure.record.start
    ):  # "16 killed by bombardment targeted": what follows the cue tells nothing
        last = view.reading.token_at(cue.start) + 1
        mentions = [m for m in mentions if m.trigger.first < last and (m.roles.targets or m.roles.objects)]
    harm = figure.record.measure in HARM
    return harm and any(
        m.trigger.verb is not None and not m.trigger.verb.passive and any(a <= figure.first < z for a, z in m.roles.actors)
        for m in mentions
    )


def give_figures(view: View, mentions: list[Mention]) -> list[Found[Figure]]:
    """Put each figure on the mention of its sentence that it belongs to; return those that found none."""
    homeless: list[Found[Figure]] = []
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for told in view.figures:
        sentence = view.reading.sentence_of[told.first]
        together = by_sentence.get(sentence, [])
        figure = measured(view, told, together)
        if figure is None or view.reading.sentences[sentence].kind == "furniture" or spoken_by(view, figure, together):
            continue
        measure = figure.record.measure or ""
        options = [m for m in together if fits(m, measure)]
        if options:
            min(options, key=lambda m: cost(view, m, figure)).figures.append(figure)
        elif measure not in LOOSE_MEASURES:
            homeless.append(figure)
    return homeless


def cost(view: View, mention: Mention, figure: Found[Figure]) -> float:
    """Low for the trigger that is the figure's own cue, then for the same clause, then for nearness."""
    cue, measure = figure.record.cue, figure.record.measure
    total = float(abs(mention.trigger.first - figure.first))
    if cue is not None:
        first, last = view.reading.tokens_of(cue.start, cue.end)
        if first < mention.trigger.last and mention.trigger.first < last:
            total -= 100
    if mention.clause[0] <= figure.first < mention.clause[1]:
        total -= 15
    if measure in OWNERS and mention.sub_type in OWNERS[measure]:
        total -= 20 - OWNERS[measure].index(mention.sub_type)
    if mention.attached:
        total += 5
    return total


def settle(view: View, groups: list[Group], homeless: list[Found[Figure]]) -> list[Found[Figure]]:
    """Give figures of sentences without an event of their own to the last fitting event before them; return the rest."""
    left = []
    for figure in homeless:
        measure = figure.record.measure or ""
        sentence = view.reading.sentence_of[figure.first]
        options = [
            m
            for g in groups
            for m in g.mentions
            if fits(m, measure) and m.sentence <= sentence and sentence - m.sentence <= (2 if measure in HARM else 1)
        ]
        if options and figure.record.about is None:
            max(options, key=lambda m: m.number).figures.append(figure)
        else:
            left.append(figure)
    return left
