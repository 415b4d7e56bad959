"""The incidents of a report for MUC-4: which coded events are one, which sentences tell of one without an event, and how likely.

Events of one kind, day and place are one incident. A sentence in which somebody or something was very likely struck, and no event
was coded, makes an incident of its own. Both are scored by a logistic model (knowledge/muc4_weights.tsv, train/muc4/train.py).
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.export.muc4_candidates import ROLES, SCALE, Candidate, Features, Sheet, logit, roles_of
from dateline.export.muc4_fills import fill, words_of
from dateline.types import Coding, Event, Participant

BOMBS = frozenset({"bomb", "vehicle bomb", "suicide vest", "roadside bomb"})
THINGS = frozenset({"infrastructure", "vehicle", "building"})
ARMED = frozenset({"state force", "rebel group", "political militia", "communal militia", "external force"})
OLD_DAYS = 62  # older incidents are history: the rule of the task is two months
AGES = (2, 7, 31, OLD_DAYS, 365)
STRUCK = -0.5  # log-odds of a target from which its sentence may tell of an incident that no event tells
NONE = -6.0  # log-odds of a role that nobody has
TARGETS = ("PHYS_TGT_ID", "HUM_TGT")
MOST_SENTENCES = 4  # whose words are looked at
TYPES = {
    "Attack": "ATTACK",
    "Sexual violence": "ATTACK",
    "Abduction/forced disappearance": "KIDNAPPING",
    "Remote explosive/landmine/IED": "BOMBING",
    "Suicide bomb": "BOMBING",
    "Grenade": "BOMBING",
    "Shelling/artillery/missile attack": "ATTACK",
    "Air/drone strike": "ATTACK",
    "Disrupted weapons use": "BOMBING",
    "Looting/property destruction": "ATTACK",
    "Armed clash": "ATTACK",
}


@dataclass(eq=False, slots=True)
class Incident:
    """Events of one incident, or the struck of sentences without events; where its words stand; its log-odds."""

    kind: str
    events: list[Event]
    plain: bool  # the rules of `is_incident` take it
    struck: list[Candidate] = field(default_factory=list)  # of an incident without events
    tokens: list[int] = field(default_factory=list)
    sentences: set[int] = field(default_factory=set)
    score: float = 0.0


def find_incidents(sheet: Sheet) -> list[Incident]:
    """Incidents of a report in the order of the text, with their log-odds; most are none."""
    found = unscored_incidents(sheet)
    for one in found:
        one.score = logit("incident", incident_features(sheet, found, one))
    return found


def unscored_incidents(sheet: Sheet) -> list[Incident]:
    found: list[Incident] = []
    for event in sheet.coding.events:
        kind = incident_type(event)
        if kind is None or event.status == "hypothetical":
            continue
        plain = is_incident(sheet.coding, event)
        alike = (one for one in found if (one.kind, one.plain) == (kind, plain))
        home = next((one for one in alike if all(one_incident(event, other) for other in one.events)), None)
        if home is None:
            found.append(Incident(kind, [event], plain))
        else:
            home.events.append(event)
    for one in found:
        one.tokens = [at for at, event in sheet.triggers if event in one.events]
        one.sentences = {sheet.reading.sentence_of[min(at, len(sheet.reading) - 1)] for at in one.tokens}
    found += untold(sheet, {number for one in found for number in one.sentences})
    return sorted(found, key=lambda one: min(one.sentences))


def untold(sheet: Sheet, taken: set[int]) -> list[Incident]:
    """Incidents of sentences in which somebody or something was struck, and neither they nor their sentences are in an event."""
    struck: dict[int, list[Candidate]] = {}
    for candidate in sheet.candidates:
        sentences = {told.sentence for told in candidate.mentions}
        if max(candidate.scores.get(role, NONE) for role in TARGETS) >= STRUCK and not sentences & taken:
            for number in (told.sentence for told in candidate.mentions):
                struck.setdefault(number, []).append(candidate)
    found: list[Incident] = []
    for number, candidates in sorted(struck.items()):
        if sheet.reading.sentences[number].kind == "furniture":
            continue
        kind = kind_of_words(sheet, number)
        home = next((i for i in found if joins(i, number, kind, candidates)), None)
        if home is None:
            home = Incident(kind, [], False)
            found.append(home)
        home.struck += candidates
        home.sentences.add(number)
    for one in found:
        one.tokens = [candidate.mentions[0].head for candidate in one.struck[:3]]
    return found


def joins(one: Incident, sentence: int, kind: str, candidates: list[Candidate]) -> bool:
    return any(c in one.struck for c in candidates) or (sentence - max(one.sentences) <= 1 and one.kind == kind)


def kind_of_words(sheet: Sheet, sentence: int) -> str:
    one = sheet.reading.sentences[sentence]
    return fill("SENTENCE_TYPE", " ".join(sheet.reading.lows[one.first : one.last])) or "ATTACK"


# ---- which events are incidents --------------------------------------------------------------------------------------


def incident_type(event: Event) -> str | None:
    """The type of incident, None for events that are none whatever their circumstances."""
    kind = TYPES.get(event.sub_type)
    if kind is None:
        return None
    bombed = any(weapon.kind in BOMBS for weapon in event.weapons)
    if event.sub_type == "Disrupted weapons use":
        return "BOMBING" if bombed else None
    special = fill("INC_TYPE", words_of(event.trigger))
    if special and not bombed and event.type in ("Strategic developments", "Violence against civilians"):
        return special
    return "BOMBING" if bombed and kind == "ATTACK" else kind


def is_incident(coding: Coding, event: Event) -> bool:
    """Upon people who do not fight or upon things, not by the state's forces on armed groups, and not history."""
    age = days_before(coding, event)
    if age is not None and age > OLD_DAYS:
        return False
    struck = [t for t in event.targets if t.kind not in ARMED or t.kind == "state force"]
    harmed = any(c.measure in ("killed", "injured", "abducted") for c in event.figures)
    if event.sub_type == "Armed clash":
        return any(t.kind in ("civilians", "individual", "government") or t.kind in THINGS for t in event.targets)
    if event.actors and all(a.kind in ("state force", "external force") for a in event.actors):
        return any(t.kind in ("civilians", "individual") for t in event.targets)
    if event.type == "Violence against civilians" or event.sub_type == "Looting/property destruction":
        return bool(struck) or harmed
    return True


def days_before(coding: Coding, event: Event) -> int | None:
    """Days from the event to publication, where both are known."""
    published = coding.report.published.day
    if event.when is None or event.when.latest is None or published is None:
        return None
    return (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(event.when.latest)).days


def history(coding: Coding, one: Incident) -> bool:
    """True where every event of it lies further back than the task asks for."""
    ages = [days_before(coding, event) for event in one.events]
    return bool(ages) and all(age is not None and age > OLD_DAYS for age in ages)


def one_incident(one: Event, other: Event) -> bool:
    """Same day and place, and no two different victims: tellings that our codebook keeps apart by type or source."""
    return days_meet(one, other) and places_meet(one, other) and not apart(one.targets, other.targets)


def days_meet(one: Event, other: Event) -> bool:
    if one.when is None or other.when is None:
        return True
    a, b = one.when, other.when
    return (a.earliest or "") <= (b.latest or "9") and (b.earliest or "") <= (a.latest or "9")


def places_meet(one: Event, other: Event) -> bool:
    if one.where is None or other.where is None:
        return True
    a, b = one.where.place, other.where.place
    if a.country != b.country:
        return False
    return "country" in (a.precision, b.precision) or a.name == b.name or (a.admin1 is not None and a.admin1 == b.admin1)


def apart(some: Sequence[Participant], others: Sequence[Participant]) -> bool:
    """Both tell whom it struck, and they share nobody."""
    names = [{t.name.lower() for t in told} for told in (some, others)]
    return bool(names[0] and names[1]) and not names[0] & names[1]


# ---- how likely ------------------------------------------------------------------------------------------------------


def incident_features(sheet: Sheet, incidents: Sequence[Incident], one: Incident) -> Features:
    """Readable features of an incident: its events, the likeliest fills near it, its words, its place among the others."""
    number = incidents.index(one)
    earlier = [other for other in incidents[:number] if other.plain]
    told: Features = {
        f"kind={one.kind}": 1.0,
        f"first={min(*one.sentences, 12) // 2}": 1.0,
        f"rank={min(number, 4)}": 1.0,
        f"incidents={min(len(incidents), 6)}": 1.0,
        "rule": float(one.plain),
        "no event": float(not one.events),
        "relevance": sheet.relevance / SCALE,
        "events": math.log1p(len(one.events)),
        "score": max((event.score or 0.5 for event in one.events), default=0.0),
        "earlier": float(bool(earlier)),
        "earlier of the kind": float(any(other.kind == one.kind for other in earlier)),
    }
    for role in ROLES:
        near = [c for c in sheet.candidates if any(m.sentence in one.sentences for m in c.mentions)]
        for name, candidates in (("near", near), ("any", sheet.candidates)):
            best = max((c.scores[role] for c in candidates if role in c.scores), default=NONE)
            told[f"{name} {role}"] = (best + SCALE) / SCALE
    told["near target"] = max(told[f"near {role}"] for role in TARGETS)
    told |= dict.fromkeys((f"trigger={sheet.grammar.lemma(at)}" for at in one.tokens if sheet.lows[at]), 1.0)
    for sentence in sorted(one.sentences)[:MOST_SENTENCES]:
        told |= dict.fromkeys((f"word={word}" for word in sheet.words_of(sentence)), 1.0)
    for event in one.events:
        told |= dict.fromkeys(of_event(sheet.coding, event), 1.0)
    return told


def of_event(coding: Coding, event: Event) -> Iterator[str]:
    sub = event.sub_type
    yield from (f"sub={sub}", f"status={event.status}", f"sub={sub}*{event.status}", f"foreground={event.foreground}")
    yield from (f"actor={party.kind}" for party in event.actors)
    yield from (f"actor={party.kind}*{sub}" for party in event.actors)
    yield from (f"target={party.kind}" for party in event.targets)
    yield from (f"target={party.kind}*{sub}" for party in event.targets)
    yield from (f"weapon={weapon.kind}" for weapon in event.weapons)
    yield from (f"figure={count.measure}" for count in event.figures)
    yield from (f"voice={voice.stance} {voice.side}" for voice in event.sources)
    yield f"where={event.where.place.precision if event.where else 'none'}{'?' if event.where and event.where.inferred else ''}"
    if not event.actors:
        yield "no actor"
    if not event.targets:
        yield f"no target*{sub}"
    age = days_before(coding, event)
    if age is not None and event.when is not None:
        yield f"age={sum(age > bound for bound in AGES)}{'?' if event.when.inferred else ''}"


def fit_features(sheet: Sheet, incidents: Sequence[Incident], one: Incident, candidate: Candidate, role: str) -> Features:
    """Readable features of a candidate for a slot of one incident: how likely its role is at all, and how near it stands."""
    score, others = candidate.scores[role], [other for other in incidents if other is not one]
    distance, elsewhere = nearest(candidate, [one]), nearest(candidate, others)
    many = min(len(incidents), 3)
    told: Features = {
        "role": score / SCALE,
        "role above": max(score, -2.0) / 2,
        "incident": one.score / SCALE,
        "close": 1 / (1 + min((abs(m.head - at) for m in candidate.mentions for at in one.tokens), default=99) / 5),
        f"distance={min(distance, 4)}": 1.0,
        f"incidents={many}": 1.0,
        f"incidents={many}*distance={min(distance, 4)}": 1.0,
        f"kind={one.kind}": 1.0,
        f"party={candidate.kind}": 1.0,
        f"kind={one.kind}*party={candidate.kind}": 1.0,
        f"named={candidate.named}": 1.0,
    }
    if others:
        told["nearer" if distance < elsewhere else "as near" if distance == elsewhere else "farther"] = 1.0
        told[f"nearer={distance < elsewhere}*distance={min(distance, 3)}"] = 1.0
    spans = [sheet.offsets(m) for m in candidate.mentions]
    mine = {part for event in one.events for span in spans for part in roles_of(event, *span)}
    theirs = {part for other in others for event in other.events for span in spans for part in roles_of(event, *span)}
    told |= dict.fromkeys((f"is {part}" for part in mine), 1.0)
    told |= dict.fromkeys((f"{part} of another" for part in theirs - mine), 1.0)
    return told


def nearest(candidate: Candidate, incidents: Sequence[Incident]) -> int:
    """Sentences between the candidate and the nearest words of the incidents."""
    return min((abs(m.sentence - number) for m in candidate.mentions for one in incidents for number in one.sentences), default=9)
