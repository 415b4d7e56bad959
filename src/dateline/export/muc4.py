"""MUC-4 templates: 24 slots per incident, for comparison with the systems of 1992 and for those who keep their format.

    dateline code REPORTS.jsonl --format muc4      one report a line: {"doc_id": …, "templates": [{SLOT: fill, …}, …]}

    muc4_candidates   who and what could fill a slot
    muc4_incidents    which events, and which sentences without one, are incidents of the task
    muc4_choices      how day and place are written
    muc4_fills        words and numbers

What is likely comes from logistic models over readable features (knowledge/muc4_weights.tsv), learned from the keys of the
development reports of the task by train/muc4/train.py. String fills are words of the report; set fills stand in
knowledge/muc4_types.tsv. A fill that nobody told is left out; only the category is TERRORIST ACT unless the state did it, as the
task has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from dateline.export.codebook import encode
from dateline.export.muc4_candidates import ROLES, THRESHOLD, Candidate, Sheet, logit, read_sheet, weights
from dateline.export.muc4_choices import date_options, likeliest, place_options
from dateline.export.muc4_fills import WORDS, amount, fill, listed, plural, referred, words_of
from dateline.export.muc4_incidents import TARGETS, Incident, find_incidents, fit_features, history
from dateline.types import Coding, Event, Participant

Json = dict[str, Any]
Chosen = dict[str, list[Candidate]]  # role → candidates, in text order
STAGES = {"attempted": "ATTEMPTED", "foiled": "ATTEMPTED", "threatened": "THREATENED", "planned": "THREATENED"}
STATE = frozenset({"state force", "government"})
TYPE_OF_KIND = {"state force": "ACTIVE MILITARY", "government": "GOVERNMENT OFFICIAL", "party or union": "POLITICAL FIGURE"}
LIKELY = -1.5  # log-odds from which an incident takes part in the sharing out of candidates
LAST_RESORT = -3.0  # below the threshold of its slot by this: the likeliest target of an incident that has none
HARM = {"killed": "DEATH", "injured": "INJURY"}


def muc4_line(coding: Coding) -> bytes:
    """The templates of one report as one line of UTF-8 JSON, without line end. No template: nothing in it is an incident."""
    return encode({"doc_id": coding.report.doc_id, "templates": templates(coding)})


def templates(coding: Coding) -> list[Json]:
    """One template per incident, in the order of the text."""
    if not coding.parties:
        return []
    sheet = read_sheet(coding)
    likely = [one for one in find_incidents(sheet) if one.score >= LIKELY]
    sure = [one for one in likely if one.score >= limit("incident") and not history(coding, one)]
    found = [template(sheet, one, choose(sheet, likely, one)) for one in sure]
    told = frozenset({"HUM_TGT_NAME", "HUM_TGT_DESC", "PHYS_TGT_ID", "PERP_ORG_ID", "PERP_IND_ID", "INC_INSTR_ID"})
    return [one for one in found if not told.isdisjoint(one)]  # who, whom or with what: else it is no report of an incident


def limit(model: str) -> float:
    return weights(model).get(THRESHOLD, 0.0)


def choose(sheet: Sheet, likely: Sequence[Incident], one: Incident) -> Chosen:
    """The candidates that fill the slots of an incident; where no target does, the likeliest if it is at all likely."""
    fits = {role: [(fit(sheet, likely, one, c, role), c) for c in sheet.candidates if role in c.roles] for role in ROLES}
    chosen = {role: [c for score, c in told if score >= limit(f"fit {role}")] for role, told in fits.items()}
    if not any(chosen[role] for role in TARGETS):
        rest = [(score - limit(f"fit {role}"), role, c) for role in TARGETS for score, c in fits[role]]
        margin, role, candidate = max(rest, key=lambda told: told[0], default=(LAST_RESORT - 1, "", None))
        if candidate is not None and margin >= LAST_RESORT:
            chosen[role] = [candidate]
    return chosen


LEAST = -4.5  # log-odds of a role below which a candidate is not looked at


def fit(sheet: Sheet, likely: Sequence[Incident], one: Incident, candidate: Candidate, role: str) -> float:
    if candidate.scores[role] < LEAST:
        return 2 * LEAST
    return logit(f"fit {role}", fit_features(sheet, likely, one, candidate, role))


def template(sheet: Sheet, one: Incident, chosen: Chosen) -> Json:
    slots: Json = {"INC_TYPE": one.kind, "INC_STAGE": stage(one.events)}
    slots["INC_DATE"] = likeliest("date", date_options(sheet, one))
    slots["INC_LOC"] = likeliest("place", place_options(sheet, one))
    slots |= instruments(chosen) | perpetrators(one, chosen)
    slots |= physical_targets(sheet, one, chosen) | human_targets(sheet, one, chosen)
    return {slot: told for slot, told in slots.items() if told}


def stage(events: Sequence[Event]) -> str:
    told = [STAGES.get(event.status, "ACCOMPLISHED") for event in events]
    return "ACCOMPLISHED" if "ACCOMPLISHED" in told or not told else told[0]


def by_words(candidates: Sequence[Candidate]) -> dict[str, Candidate]:
    found: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.words.lower() not in WORDS["pronouns"]:
            found.setdefault(candidate.words, candidate)
    return found


def instruments(chosen: Chosen) -> Json:
    found = by_words(chosen["INC_INSTR_ID"])
    types = [(fill("INC_INSTR_TYPE", words.lower()), words) for words in found]
    return {**listed("INC_INSTR_ID", found), **listed("INC_INSTR_TYPE", (referred(kind, words) for kind, words in types if kind))}


def perpetrators(one: Incident, chosen: Chosen) -> Json:
    people, groups = by_words(chosen["PERP_IND_ID"]), by_words(chosen["PERP_ORG_ID"])
    state = any(candidate.kind in STATE for candidate in [*people.values(), *groups.values()])
    sure = next((confidence(event, actor) for event in reversed(one.events) for actor in event.actors[:1]), "REPORTED AS FACT")
    return {
        "PERP_INC_CAT": "STATE-SPONSORED VIOLENCE" if state else "TERRORIST ACT",
        **listed("PERP_IND_ID", people),
        **listed("PERP_ORG_ID", groups),
        **listed("PERP_ORG_CONF", (referred(sure, group) for group in groups)),
    }


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


def physical_targets(sheet: Sheet, one: Incident, chosen: Chosen) -> Json:
    found = by_words(chosen["PHYS_TGT_ID"])
    deeds = " ".join(words_of(event.trigger) for event in one.events)
    effects = {words: fill("PHYS_TGT_EFFECT", f"{done_to(sheet, candidate)} {deeds}") for words, candidate in found.items()}
    return {
        **listed("PHYS_TGT_ID", found),
        **listed("PHYS_TGT_TYPE", (referred(fill("PHYS_TGT_TYPE", words.lower()) or "OTHER", words) for words in found)),
        **listed("PHYS_TGT_NUM", (referred(how_many(sheet, candidate), words) for words, candidate in found.items())),
        **listed("PHYS_TGT_EFFECT", (referred(effect, words) for words, effect in effects.items() if effect)),
    }


class Victim(NamedTuple):
    """Somebody struck: the words of the name or description, with type, number and what befell them."""

    words: str
    named: bool
    title: str
    kind: str
    number: str
    effect: str | None


def human_targets(sheet: Sheet, one: Incident, chosen: Chosen) -> Json:
    found: dict[str, Victim] = {}
    for candidate in by_words(chosen["HUM_TGT"]).values():
        told = victim(sheet, one, candidate)
        found.setdefault(told.words, told)
    struck = list(found.values())
    described = [referred(v.title, v.words) for v in struck if v.named and v.title] + [v.words for v in struck if not v.named]
    return {
        **listed("HUM_TGT_NAME", (v.words for v in struck if v.named)),
        **listed("HUM_TGT_DESC", described),
        **listed("HUM_TGT_TYPE", (referred(v.kind, v.words) for v in struck)),
        **listed("HUM_TGT_NUM", (referred(v.number, v.words) for v in struck)),
        **listed("HUM_TGT_EFFECT", (referred(v.effect, v.words) for v in struck if v.effect)),
    }


def victim(sheet: Sheet, one: Incident, candidate: Candidate) -> Victim:
    name, title = name_of(candidate) if candidate.named else (candidate.words, "")
    kind = fill("HUM_TGT_TYPE", (title or candidate.words).lower()) or TYPE_OF_KIND.get(candidate.kind, "CIVILIAN")
    number = "1" if candidate.named else how_many(sheet, candidate)
    return Victim(name, candidate.named, title, kind, number, effect(sheet, one, candidate))


def name_of(candidate: Candidate) -> tuple[str, str]:
    """(name, title) of somebody named: "GENERAL LUIS ROJAS" is LUIS ROJAS, a GENERAL."""
    names = [m.party.name.upper() for m in candidate.mentions if m.party and m.words.endswith(m.party.name.upper())]
    name = max(names, key=len, default="") or candidate.words
    titles = (m.words.removesuffix(name).strip(" ,") for m in candidate.mentions if m.words.endswith(name))
    return name, next((title for title in titles if title), "")


def effect(sheet: Sheet, one: Incident, candidate: Candidate) -> str | None:
    """What befell them: by the figure that counts them, else by what is done to them, else by the words that tell the event."""
    for figure in sheet.coding.figures:
        if figure.measure in HARM and covers(sheet, candidate, figure.start, figure.end):
            return HARM[figure.measure]
    deeds = " ".join(words_of(event.trigger) for event in one.events)
    return fill("HUM_TGT_EFFECT", done_to(sheet, candidate)) or fill("HUM_TGT_EFFECT", deeds)


def done_to(sheet: Sheet, candidate: Candidate) -> str:
    """The verbs and nouns whose object the candidate is: "kill", "murder"."""
    roles = {role for m in candidate.mentions for at in range(m.first, m.last) for role in sheet.roles.get(at, ())}
    return " ".join(sorted(role.split(":", 1)[1] for role in roles if role.startswith(("obj:", "of:"))))


def how_many(sheet: Sheet, candidate: Candidate) -> str:
    """The figure in the words of a mention, else 1 or PLURAL by the last word."""
    for figure in sheet.coding.figures:
        if figure.unit != "household" and covers(sheet, candidate, figure.start, figure.end):
            return amount(figure)
    return "PLURAL" if plural(candidate.mentions[0].words) else "1"


def covers(sheet: Sheet, candidate: Candidate, start: int, end: int) -> bool:
    spans = (sheet.offsets(m) for m in candidate.mentions)
    return any(first < end and start < last for first, last in spans)
