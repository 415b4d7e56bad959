"""From finders' records to coded events: the coder's own page.

    triggers → mentions (arguments, status) → types → needs → figures → groups → events
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.annotate.reading import Reading
from dateline.code.build import build_events
from dateline.code.flags import find_flags
from dateline.code.frame import find_frame
from dateline.code.grouping import group_mentions
from dateline.code.lexicon import CoderLexicon, coder_lexicon
from dateline.code.mentions import Mention, find_mentions
from dateline.code.needs import met
from dateline.code.tolls import give_figures, settle
from dateline.code.typing import decide
from dateline.code.view import View, build_view
from dateline.types import Attribution, Count, Event, Figure, Flag, PartyLink, PlaceLink, Timex


@dataclass(frozen=True, slots=True)
class CodedReport:
    """Events of one report, with what was inconsistent and what covers more than one event."""

    events: tuple[Event, ...]
    flags: tuple[Flag, ...]
    background_figures: tuple[Count, ...]


def code_events(
    reading: Reading,
    *,
    times: Sequence[Timex] = (),
    figures: Sequence[Figure] = (),
    places: Sequence[PlaceLink] = (),
    parties: Sequence[PartyLink] = (),
    attributions: Sequence[Attribution] = (),
) -> CodedReport:
    """Events of one report by the codebook, in the order of their first words."""
    view = build_view(reading, parties=parties, places=places, times=times, figures=figures, attributions=attributions)
    lexicon = coder_lexicon()
    mentions = usable(view, find_mentions(view, lexicon), lexicon)
    homeless = give_figures(view, mentions)
    groups = group_mentions(view, mentions, lexicon)
    rest = settle(view, groups, homeless)
    events = build_events(view, groups, find_frame(view, mentions))
    return CodedReport(events, find_flags(reading.report), background(view, rest))


def usable(view: View, mentions: list[Mention], lexicon: CoderLexicon) -> list[Mention]:
    """Mentions whose words name something that is coded, with their type."""
    kept = [m for m in mentions if decide(view, m, lexicon) and met(view, m)]
    violent = any(m.type in ("Battles", "Explosions/Remote violence", "Violence against civilians") for m in kept)
    for mention in kept:
        mention.attached = mention.attached or thin(mention)
    return [m for m in kept if not (violent and "unclaimed" in m.trigger.rule.needs)]


def thin(mention: Mention) -> bool:
    """Words of violence with nobody, nowhere and no number beside them only point at an event told elsewhere."""
    if mention.type not in ("Battles", "Explosions/Remote violence", "Violence against civilians"):
        return False
    if mention.event_class.name in ("die", "wound") and not mention.actors:
        return True
    return not (mention.actors or mention.targets or mention.place_near or mention.weapons) and mention.trigger.sentence.kind != "headline"


def background(view: View, figures: list) -> tuple[Count, ...]:  # type: ignore[type-arg]
    """Totals that belong to no event of the report."""
    report = view.reading.report
    return tuple(
        Count(f.record.measure, f.record.group or "people", f.record.low, f.record.high, f.record.unit, (report.evidence(f.record.start, f.record.end),),
              f.record.approximate, f.record.about, by=f.record.by)
        for f in figures
        if f.record.about is not None
    )  # fmt: skip
