"""MUC-4 templates: 24 slots per incident, for comparison with the systems of 1992 and for those who keep their format.

    dateline code REPORTS.jsonl --format muc4      one report a line: {"doc_id": …, "templates": [{SLOT: fill, …}, …]}

Which events are incidents: attacks, bombings, kidnappings, arson and robbery upon people who do not fight, or upon things; what
armed sides do to each other is none. Events of one kind, day and place are one incident. String fills are words of the report;
set fills stand in knowledge/muc4_types.tsv. A fill that nobody told is left out; only the category is TERRORIST ACT unless the
state did it, as the task has it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from dateline.export.codebook import encode
from dateline.export.muc4_fills import WORDS, amount, fill, listed, nobody, number, overlap, person, referred, text_of, words_of
from dateline.resolve.countries import countries
from dateline.resolve.gazetteer_names import fold
from dateline.types import Coding, Event, Evidence, Participant, Place

Json = dict[str, Any]
BOMBS = frozenset({"bomb", "vehicle bomb", "suicide vest", "roadside bomb"})
THINGS = frozenset({"infrastructure", "vehicle", "building"})
ARMED = frozenset({"state force", "rebel group", "political militia", "communal militia", "external force"})
GROUPS = ARMED | {"party or union", "government", "unknown"}
KINDS = {"town": "CITY", "neighbourhood": "NEIGHBORHOOD", "province": "DEPARTMENT", "district": "MUNICIPALITY"}
STAGES = {"attempted": "ATTEMPTED", "foiled": "ATTEMPTED", "threatened": "THREATENED", "planned": "THREATENED"}
TOLD = frozenset({"HUM_TGT_NAME", "HUM_TGT_DESC", "PHYS_TGT_ID", "PERP_ORG_ID", "PERP_IND_ID", "INC_INSTR_ID"})
OLD_DAYS = 62  # older incidents are history: the rule of the task is two months
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
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


def muc4_line(coding: Coding) -> bytes:
    """The templates of one report as one line of UTF-8 JSON, without line end. No template: nothing in it is an incident."""
    return encode({"doc_id": coding.report.doc_id, "templates": templates(coding)})


def templates(coding: Coding) -> list[Json]:
    """One template per incident, in the order of the text."""
    groups: list[tuple[str, list[Event]]] = []
    for event in coding.events:
        kind = incident_type(event)
        if kind is None or not is_incident(coding, event):
            continue
        home = next((events for told, events in groups if told == kind and all(one_incident(event, e) for e in events)), None)
        if home is None:
            groups.append((kind, [event]))
        else:
            home.append(event)
    found = [template(coding, kind, events) for kind, events in groups]
    return [one for one in found if not TOLD.isdisjoint(one)]  # who, whom or with what: else it is no report of an incident


# ---- which events are incidents --------------------------------------------------------------------------------------


def incident_type(event: Event) -> str | None:
    """The type of incident, None for events that are none whatever their circumstances."""
    kind = TYPES.get(event.sub_type)
    if kind is None:
        return None
    words = words_of(event.trigger)
    bombed = any(weapon.kind in BOMBS for weapon in event.weapons)
    if event.sub_type == "Disrupted weapons use":
        return "BOMBING" if bombed else None
    special = fill("INC_TYPE", words)
    if special and not bombed and event.type in ("Strategic developments", "Violence against civilians"):
        return special
    return "BOMBING" if bombed and kind == "ATTACK" else kind


def is_incident(coding: Coding, event: Event) -> bool:
    """Upon people who do not fight or upon things, not by the state's forces on armed groups, and not history."""
    if event.status == "hypothetical" or too_old(coding, event):
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


def too_old(coding: Coding, event: Event) -> bool:
    published = coding.report.published.day
    if event.when is None or event.when.latest is None or published is None:
        return False
    return (datetime.date.fromisoformat(published) - datetime.date.fromisoformat(event.when.latest)).days > OLD_DAYS


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


# ---- a template ------------------------------------------------------------------------------------------------------


def template(coding: Coding, kind: str, events: list[Event]) -> Json:
    slots: Json = {"INC_TYPE": kind, "INC_STAGE": stage(events)}
    slots.update(date_of(coding, events))
    told = [event.where for event in events if event.where is not None]
    place = finest([where.place for where in told if not where.inferred] or [where.place for where in told])
    if place is not None and place.country:
        slots["INC_LOC"] = location(place)
    slots.update(instruments(events))
    slots.update(perpetrators(events))
    slots.update(physical_targets(events))
    slots.update(human_targets(events))
    return slots


def stage(events: list[Event]) -> str:
    told = [STAGES.get(event.status, "ACCOMPLISHED") for event in events]
    return "ACCOMPLISHED" if "ACCOMPLISHED" in told else told[0]


def date_of(coding: Coding, events: list[Event]) -> Json:
    """The day as told, a range, or "on or before publication" where the report tells none."""
    told = [e.when for e in events if e.when is not None and e.when.latest is not None]
    sure = [when for when in told if not when.inferred] or told
    if not sure:
        return {}
    best = min(sure, key=lambda when: ("day", "week", "month", "year").index(when.precision))
    latest = best.latest or ""
    if best.inferred or best.earliest is None:
        return {"INC_DATE": f"- {day(latest)}"}
    return {"INC_DATE": day(latest) if best.earliest == latest else f"{day(best.earliest)} - {day(latest)}"}


def day(iso: str) -> str:
    """ISO day as 12 DEC 89.

    >>> day("1989-12-02")
    '02 DEC 89'
    """
    return f"{iso[8:10]} {MONTHS[int(iso[5:7]) - 1]} {iso[2:4]}"


def finest(places: list[Place]) -> Place | None:
    order = ("site", "neighbourhood", "town", "district", "province", "region", "country")
    return min(places, key=lambda place: order.index(place.precision)) if places else None


def location(place: Place) -> str:
    """ "PERU: LIMA (CITY)": the country, then the place with its kind."""
    country = countries()[place.country or ""].name.upper() if place.country in countries() else (place.country or "")
    kind = {"town": "CITY", "neighbourhood": "NEIGHBORHOOD", "province": "DEPARTMENT", "district": "MUNICIPALITY"}.get(
        place.precision
    )
    name = fold(place.name.split(",")[0]).upper().removesuffix(" PROVINCE")
    if kind is None or place.relations:
        return country
    return f"{country}: {name} ({kind})"


def instruments(events: list[Event]) -> Json:
    """Weapons with their words; shots without a named weapon are a gun."""
    ids: dict[str, None] = {}
    types: dict[tuple[str, str], None] = {}
    for event in events:
        for weapon in event.weapons:
            words = text_of(weapon.evidence[0])
            fitting = fill("INC_INSTR_TYPE", words.lower()) or fill("INC_INSTR_TYPE", weapon.kind)
            named = not ACTS.search(words)
            if named:
                ids.setdefault(words)
            if fitting:
                types.setdefault((fitting, words if named else ""))
    return {**listed("INC_INSTR_ID", ids), **listed("INC_INSTR_TYPE", (referred(*pair) for pair in types))}


ACTS = re.compile(r"^(?:SHO[OT]|FIR|OPEN|GUNNED|GUNM|GUNF|BOMBING|SNIPER|EXPLO(?!SIVE)|AIR )|ED$|INGS?$")  # deeds, no instruments


def perpetrators(events: list[Event]) -> Json:
    people: dict[str, None] = {}
    groups: dict[str, str] = {}
    state = False
    for event in events:
        for actor in event.actors:
            words = text_of(actor.evidence[0])
            if words.lower() in WORDS["pronouns"] or words.startswith("WHICH ") or len(words.split(" ")) > LONGEST:
                continue
            state = state or actor.kind in ("state force", "government")
            if person(actor.name):
                people.setdefault(words)
                continue
            head = words.split(" ")[-1]
            body = is_name(actor) if actor.kind in GROUPS else False
            body = body or (actor.kind in ("state force", "government") and head.lower() in WORDS["bodies"])
            if body:
                group = " ".join(words.split(" ")[:-1]) if head.lower() in WORDS["members"] else words
                groups.setdefault(group or words, confidence(event, actor))
            if not body or head.lower() in WORDS["members"]:
                people.setdefault(words)
    return {
        "PERP_INC_CAT": "STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT",
        **listed("PERP_IND_ID", people),
        **listed("PERP_ORG_ID", groups),
        **listed("PERP_ORG_CONF", (referred(value, group) for group, value in groups.items())),
    }


LONGEST = 6  # words of a perpetrator: more is a clause


def confidence(event: Event, actor: Participant) -> str:
    """How sure the report is of the group, from the stances of its sources."""
    voices = [v for v in event.sources if v.about is None]
    if any(v.stance == "claims" for v in voices):
        return "CLAIMED OR ADMITTED"
    if actor.alternative:
        return "POSSIBLE"
    told = [v for v in voices if v.name != "report" and v.stance == "affirms"]
    if actor.by.endswith("blamed") or (told and not any(v.name == "report" for v in voices)):
        official = any(v.side == "government" for v in told)
        return "SUSPECTED OR ACCUSED BY AUTHORITIES" if official else "SUSPECTED OR ACCUSED"
    return "REPORTED AS FACT"


def physical_targets(events: list[Event]) -> Json:
    found: dict[str, tuple[str, str | None, Evidence, Event]] = {}
    for event in events:
        for target in event.targets:
            if target.kind in THINGS:
                words = text_of(target.evidence[0])
                kind = fill("PHYS_TGT_TYPE", words.lower()) or "OTHER"
                found.setdefault(words, (kind, fill("PHYS_TGT_EFFECT", words_of(event.trigger)), target.evidence[0], event))
    return {
        **listed("PHYS_TGT_ID", found),
        **listed("PHYS_TGT_TYPE", (referred(kind, words) for words, (kind, _, _, _) in found.items())),
        **listed("PHYS_TGT_NUM", (referred(number(evidence, event.figures), w) for w, (_, _, evidence, event) in found.items())),
        **listed("PHYS_TGT_EFFECT", (referred(effect, w) for w, (_, effect, _, _) in found.items() if effect)),
    }


class Victim(NamedTuple):
    """Somebody struck: a person's name or a description, with type, number and what befell them."""

    words: str
    named: bool
    kind: str
    number: str
    effect: str | None
    nation: str | None = None  # where it is not that of the place


def human_targets(events: list[Event]) -> Json:
    found: dict[str, Victim] = {}
    for event in events:
        for one in victims(event):
            known = found.get(one.words)
            if known is None or (known.effect is None and one.effect):
                found[one.words] = one
    struck = list(found.values())
    return {
        **listed("HUM_TGT_NAME", (v.words for v in struck if v.named)),
        **listed("HUM_TGT_DESC", (v.words for v in struck if not v.named)),
        **listed("HUM_TGT_TYPE", (referred(v.kind, v.words) for v in struck)),
        **listed("HUM_TGT_NUM", (referred(v.number, v.words) for v in struck)),
        **listed("HUM_TGT_NATION", (referred(v.nation, v.words) for v in struck if v.nation)),
        **listed("HUM_TGT_EFFECT", (referred(v.effect, v.words) for v in struck if v.effect)),
    }


def victims(event: Event) -> Iterator[Victim]:
    """Targets that are people, and counted dead and wounded whom no target names."""
    told: list[Evidence] = []
    for target in event.targets:
        someone = is_name(target) and (target.kind == "individual" or person(target.name))
        if target.kind in THINGS or (is_name(target) and target.kind in GROUPS and not someone):
            continue
        evidence = target.evidence[0]
        told.append(evidence)
        words = text_of(evidence)
        kind = fill("HUM_TGT_TYPE", words.lower()) or of_kind(target.kind)
        yield Victim(
            words,
            someone,
            kind,
            "1" if someone else number(evidence, event.figures),
            effect(event, evidence),
            foreign(event, target),
        )
    for count in event.figures:
        if count.measure in ("killed", "injured", "abducted") and count.high != 0 and count.about is None:
            evidence = count.evidence[0]
            words = text_of(evidence)
            empty = not words or words[0].isdigit() or nobody(words.split(" ")[-1])
            if not empty and not any(overlap(evidence, other) for other in told):
                told.append(evidence)
                yield Victim(
                    words, False, fill("HUM_TGT_TYPE", words.lower()) or "CIVILIAN", amount(count), effect(event, evidence)
                )


def foreign(event: Event, target: Participant) -> str | None:
    """The country of those struck, where it is not the country of the event."""
    here = event.where.place.country if event.where is not None else None
    known = countries().get(target.country or "")
    return known.name.upper() if known is not None and target.country != here else None


def of_kind(kind: str) -> str:
    return {"state force": "ACTIVE MILITARY", "government": "GOVERNMENT OFFICIAL", "party or union": "POLITICAL FIGURE"}.get(
        kind, "CIVILIAN"
    )


def effect(event: Event, evidence: Evidence) -> str | None:
    """What befell them: by the figure that counts them, else by the words that tell the event."""
    for count in event.figures:
        if overlap(count.evidence[0], evidence) and count.measure in ("killed", "injured"):
            return "DEATH" if count.measure == "killed" else "INJURY"
    return fill("HUM_TGT_EFFECT", words_of(event.trigger))


def is_name(party: Participant) -> bool:
    return party.name[:1].isupper() and (not party.name.isupper() or party.kind in ARMED)
