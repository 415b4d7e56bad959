"""According to whom: the sources of an event and their stances (CODEBOOK section 5)."""

from __future__ import annotations

from dateline.code.grouping import Group
from dateline.code.view import View
from dateline.types import Attribution, Evidence, Participant, Span, Voice

REPORT = Voice("report", "affirms", by="code.voice:report")


def voices_of(view: View, group: Group, actors: tuple[Participant, ...]) -> tuple[Voice, ...]:
    """One voice per source and stance. The report speaks itself where a telling stands outside all attributions."""
    if group.head.type == "Statement":
        return speakers(actors) or (REPORT,)
    found: dict[tuple[str, str], Voice] = {}
    own_voice = False
    for mention in group.mentions:
        if not mention.sayings:
            own_voice = True
        for index in mention.sayings:
            attribution = view.attributions[index]
            voice = voice_of(view, attribution, actors)
            found.setdefault((voice.name.lower(), voice.stance), voice)
    return ((REPORT,) if own_voice or not found else ()) + tuple(found.values())


def speakers(actors: tuple[Participant, ...]) -> tuple[Voice, ...]:
    return tuple(Voice(a.name, "affirms", a.evidence[:1], None, by="code.voice:speaker") for a in actors)


def voice_of(view: View, attribution: Attribution, actors: tuple[Participant, ...]) -> Voice:
    stance = attribution.stance
    if stance == "affirms" and speaks_for(attribution, actors):
        stance = "claims"
    return Voice(
        attribution.name or "report",
        stance,
        evidence_of(view, attribution),
        attribution.side,
        attribution.via,
        None,
        attribution.source_id,
        attribution.by,
    )


def speaks_for(attribution: Attribution, actors: tuple[Participant, ...]) -> bool:
    """The source is the actor itself, or speaks for a rebel group, militia or force that is the actor."""
    name = attribution.name.lower()
    return any(a.name.lower() in name or name in a.name.lower() for a in actors if name and a.kind != "individual")


def evidence_of(view: View, attribution: Attribution) -> tuple[Evidence, ...]:
    """Source and cue as one quote when they stand together, else the source alone."""
    report = view.reading.report
    spans: list[Span] = sorted([*attribution.source, *attribution.cue])
    if not spans:
        spans = list(attribution.content[:1])
    start, end = spans[0].start, spans[-1].end
    if end - start <= 120:
        return (report.evidence(start, end),)
    return tuple(report.evidence(s.start, s.end) for s in spans)
