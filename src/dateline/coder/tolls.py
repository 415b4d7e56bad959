"""Which figure belongs to which telling: by the words that give its measure, then by clause, sentence and nearness."""

from __future__ import annotations

from dateline.coder.grouping import Group
from dateline.coder.mention import Mention
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
    ),
}
LOOSE_MEASURES = frozenset(("devices", "strikes", "vehicles", "buildings"))


def fits(mention: Mention, measure: str) -> bool:
    if measure in HARM:
        return mention.type in VIOLENT or mention.sub_type in ("Disrupted weapons use",)
    if measure in OWNERS:
        return mention.sub_type in OWNERS[measure] or (measure in ("abducted", "detained") and mention.type in VIOLENT)
    return mention.type != "Statement"


def give_figures(view: View, mentions: list[Mention]) -> list[Found[Figure]]:
    """Put each figure on the mention of its sentence that it belongs to; return those that found none."""
    homeless: list[Found[Figure]] = []
    by_sentence: dict[int, list[Mention]] = {}
    for mention in mentions:
        by_sentence.setdefault(mention.sentence, []).append(mention)
    for figure in view.figures:
        measure = figure.record.measure
        if measure is None:
            continue
        sentence = view.reading.sentence_of[figure.first]
        if view.reading.sentences[sentence].kind == "furniture":
            continue
        options = [m for m in by_sentence.get(sentence, ()) if fits(m, measure)]
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
