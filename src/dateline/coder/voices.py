"""According to whom: the sources of an event and their stances (CODEBOOK section 5)."""

from __future__ import annotations

from functools import cache

import msgspec

from dateline.annotate.attribution_about import about_of
from dateline.coder.grouping import Group
from dateline.coder.view import View
from dateline.knowledge import rules
from dateline.resolve.sources import alias_in, folded, personal, source_entries
from dateline.types import Attribution, Evidence, Participant, Span, Voice

REMARKABLE = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians", "Strategic developments"))
REPORT = Voice("report", "affirms", by="code.voice:report")


@cache
def lists() -> dict[str, frozenset[str]]:
    data = rules("voices")
    return {name: frozenset(text.split()) for part in data.values() for name, text in part.items()}


def voices_of(view: View, group: Group, actors: tuple[Participant, ...]) -> tuple[Voice, ...]:
    """One voice per source and stance. The report speaks itself where a telling stands outside all attributions."""
    if group.head.type == "Statement":
        return speakers(actors) or (REPORT,)
    found: dict[tuple[str, str], Voice] = {}
    own_voice = False
    for mention in group.mentions:
        told = [i for i in mention.sayings if tells(view.attributions[i])]
        own_voice = own_voice or not told
        for index in told:
            voice = voice_of(view, index, actors)
            if voice.name.lower() != "report" or voice.stance != "affirms":
                found.setdefault((voice.name.lower(), voice.stance), voice)
    for index in group.remarks:
        voice = voice_of(view, index, actors)
        found.setdefault((voice.name.lower(), voice.stance), voice)
    voices = without_short_forms(list(found.values()))
    spoken = [v for v in voices if v.stance in ("affirms", "claims")]
    return ((REPORT,) if own_voice or not spoken else ()) + tuple(voices)


def without_short_forms(voices: list[Voice]) -> list[Voice]:
    """ "Barazi" and "the Observatory" say nothing that "Talal al-Barazi" and "the Lake Observatory" do not say beside them."""
    words = [frozenset(v.name.lower().replace("-", " ").split()) for v in voices]
    return [
        voice
        for i, voice in enumerate(voices)
        if not any(words[i] < words[j] and other.stance == voice.stance for j, other in enumerate(voices))
    ]


REMARK_REACH = 2  # sentences


def tie_remarks(view: View, groups: list[Group]) -> None:
    """Tie denials, doubts, silences and claims of responsibility in sentences of their own to the event told last before."""
    held = {i for g in groups for m in g.mentions for i in m.sayings}
    for index, attribution in enumerate(view.attributions):
        claim = attribution.act == "claim responsibility" and attribution.stance == "claims"
        if not (claim or attribution.stance in ("denies", "doubts", "silent")) or index in held:
            continue
        spans = [*attribution.cue, *attribution.source, *attribution.content]
        if not spans:
            continue
        sentence = view.reading.sentence_at(min(s.start for s in spans)).index
        options = [
            (m.number, g)
            for g in groups
            if g.head.type in REMARKABLE
            for m in g.mentions
            if 0 <= sentence - m.sentence <= REMARK_REACH
        ]
        if options:
            max(options, key=lambda o: o[0])[1].remarks.append(index)


ANSWERS = {"claim responsibility": "claims it", "deny responsibility": "denies it", "blame": "is blamed"}
ANSWER_REACH = 2  # sentences


def answers(view: View, group: Group) -> list[tuple[str, tuple[Span, ...]]]:
    """Who answers for an event: (sign, spans of the party), for claims and denials of it, and for blame laid near by.

    One who claims or denies is the source of the words; one who is blamed stands in what they say.
    """
    held = {i for m in group.mentions for i in m.sayings}.union(group.remarks)
    first, last = group.mentions[0].sentence, max(m.sentence for m in group.mentions)
    found = []
    for index, attribution in enumerate(view.attributions):
        sign = ANSWERS.get(attribution.act)
        if sign is None or not attribution.cue:
            continue
        if sign == "is blamed":
            sentence = view.reading.sentence_at(attribution.cue[0].start).index
            if index in held or first <= sentence <= last + ANSWER_REACH:
                found.append((sign, attribution.content))
        elif index in held and attribution.stance in ("claims", "denies"):
            found.append((sign, attribution.source))
    return found


def claimants(view: View, group: Group) -> tuple[Participant, ...]:
    """Who claimed responsibility for an event whose actor no telling names."""
    found = []
    for index in sorted({i for m in group.mentions for i in m.sayings}.union(group.remarks)):
        attribution = view.attributions[index]
        if attribution.stance == "claims" and attribution.source and attribution.name:
            span = attribution.source[0]
            evidence = (view.reading.report.evidence(span.start, span.end),)
            found.append(
                Participant(
                    short_name(view, attribution), attribution.party or "unknown", evidence, by="coder.actor:claim", score=0.6
                )
            )
    return tuple(found[:2])


def tells(attribution: Attribution) -> bool:
    """True when the cue tells what happened (not what somebody wants, thinks or asks)."""
    if attribution.stance != "affirms":
        return True
    verb = attribution.verb.split()[0].lower() if attribution.verb else ""
    named = bool(attribution.source) and attribution.name.lower() != "report"
    return named and attribution.act not in lists()["not_telling"] and (not verb or verb in lists()["telling"])


def speakers(actors: tuple[Participant, ...]) -> tuple[Voice, ...]:
    return tuple(Voice(a.name, "affirms", a.evidence[:1], None, by="code.voice:speaker") for a in actors)


def voice_of(view: View, index: int, actors: tuple[Participant, ...]) -> Voice:
    """The voice of an attribution in an event of these actors; all but the stance is worked out once for all events."""
    if index not in view.voices:
        view.voices[index] = told_voice(view, index)
    attribution, voice = view.voices[index]
    if voice.stance == "affirms" and speaks_for(attribution, actors):
        return msgspec.structs.replace(voice, stance="claims")
    return voice


def told_voice(view: View, index: int) -> tuple[Attribution, Voice]:
    attribution, told = named(view, index), view.attributions[index]
    about = about_of(view.reading, told, [p.record for p in view.parties])
    name = short_name(view, attribution) or "report"
    return attribution, Voice(
        name,
        attribution.stance,
        evidence_of(view, told),
        attribution.side,
        attribution.via,
        about,
        attribution.source_id,
        attribution.by,
    )


LONG_NAME = 5
SOURCE_ENDS = frozenset((",", "who", "which", "that", "whose", "(", "run", "linked", "close", "affiliated"))


def short_name(view: View, attribution: Attribution) -> str:
    """The name alone where the source is a long phrase: "Karim Haddad, the head of the monitoring group in the town"."""
    name = attribution.name
    if attribution.source_id:
        return as_told(view, attribution)
    if len(name.split()) <= LONG_NAME or not attribution.source:
        return name
    first, last = view.reading.tokens_of(attribution.source[0].start, attribution.source[0].end)
    cut = next((t for t in range(first + 1, last) if view.reading.lows[t] in SOURCE_ENDS), last)
    inside = [p.record for p in view.parties_in((first, cut))]
    person = next((p for p in inside if p.kind == "individual" and not p.generic and p.end == view.reading.ends[cut - 1]), None)
    chosen = person or next((p for p in inside if not p.generic), None) or next(iter(inside), None)
    return chosen.name if chosen is not None else name


def as_told(view: View, attribution: Attribution) -> str:
    """The canonical name, or the report's own where that is more than a shorter or longer form of it.

    "Syrian state TV" stands for "Syrian state television"; where the two share no word both stand: "Islamic State (Daesh)".
    A told name is an alias of the registry entry in the words of an attribution, the longest one of the report.
    """
    text = view.reading.text
    spans = (a.source[0] for a in view.attributions if a.source_id == attribution.source_id and a.source)
    told = max((alias_in(attribution.source_id or "", text[s.start : s.end]) or "" for s in spans), key=len, default="")
    mine, known = (set(folded(name).split()) for name in (told, attribution.name))
    if not mine & known:
        return f"{attribution.name} ({told})" if told else attribution.name
    return attribution.name if mine < known or known < mine else told


def named(view: View, index: int) -> Attribution:
    """The attribution itself, or the earlier one whose source "it", "the source" or "the agency" repeats."""
    attribution = view.attributions[index]
    words = [w for w in attribution.name.lower().split() if w not in ("the", "a", "an", "that", "this", "same")]
    if not words:
        return attribution
    if set(words) & lists()["monitors"] and attribution.source_id is None:  # "a war monitor": the one the report names
        known = next((a for a in view.attributions if a.side == "civil monitor" and a.source_id), None)
        return known or monitor_of_report(view, attribution)
    if lists()["offices"] & set(words) and attribution.source_id is None:
        return holder(view, attribution, words) or attribution
    whole = next((a for a in view.attributions if a.source_id is None and shortens(attribution, a)), None)
    if whole is not None:
        return whole
    pronoun = len(words) == 1 and words[0] in lists()["pronouns"]
    repeat = len(words) == 1 and words[0] in lists()["repeats"]
    if not (pronoun or repeat):
        return attribution
    for earlier in reversed(view.attributions[max(0, index - 6) : index]):
        name = earlier.name.lower().split()
        if len(name) > 1 and (
            pronoun or name[-1].rstrip("s") == words[0].rstrip("s") or words[0].rstrip("s") in {w.rstrip("s") for w in name}
        ):
            return earlier
    return attribution


def shortens(attribution: Attribution, other: Attribution) -> bool:
    """ "Haddad" is "Karim Haddad", wherever in the report the whole name speaks."""
    short, whole = attribution.name.split(), other.name.split()
    return (
        attribution.source_id is None
        and len(short) < len(whole) <= LONG_NAME
        and [w.lower() for w in whole[-len(short) :]] == [w.lower() for w in short]
        and personal(short)
        and personal(whole)
    )


def monitor_of_report(view: View, attribution: Attribution) -> Attribution:
    """ "A Britain-based monitor said", where the report names the monitor, but not as one who speaks."""
    for entry in source_entries():
        if entry.kind == "monitor" and any(" " in name and name in view.reading.text for name in (entry.name, *entry.aliases)):
            return msgspec.structs.replace(attribution, name=entry.name, source_id=entry.id, side=entry.side)
    return attribution


def holder(view: View, attribution: Attribution, words: list[str]) -> Attribution | None:
    """ "The governor said", where one governor speaks under his name elsewhere in the report: that one."""
    office = next(word for word in reversed(words) if word in lists()["offices"])
    report = view.reading.report
    if any(report.text[s.start : s.end].lower().startswith(("a ", "an ")) for s in attribution.source):
        return None
    found: dict[str, Attribution] = {}
    for other in view.attributions:
        told = other.name.split()
        if len(told) > 1 and other.source_id is None and personal(told) and other.source:
            around = report.text[other.source[0].start : other.source[0].end].lower().replace(",", " ").split()
            if office in around:
                found.setdefault(told[-1].lower(), other)
    return next(iter(found.values())) if len(found) == 1 else None


def speaks_for(attribution: Attribution, actors: tuple[Participant, ...]) -> bool:
    """The source is the actor itself, or speaks for the force that is the actor."""
    words = set(folded(attribution.name).split())
    if attribution.side in ("civil monitor", "media", "international") or words & lists()["not_speaking_for"]:
        return False
    for actor in actors:
        other = set(folded(actor.name).split())
        if actor.kind == "individual" or not words:
            continue
        if other <= words or words <= other:
            return True
        if (
            actor.kind in ("state force", "external force")
            and words & lists()["own_forces"]
            and attribution.side in (None, "government", "party to the event", "unknown")
        ):
            return True
    return False


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
