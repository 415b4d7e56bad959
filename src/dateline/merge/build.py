"""Incident records: from a cluster of events, with their reports, to what a person reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline.export.words import day_words, title_words, when_words
from dateline.merge.features import sentence_around, split_type
from dateline.merge.grouping import Grouping, link, links_of, why_not
from dateline.merge.judgements import Decisions
from dateline.merge.readings import Told
from dateline.merge.reconcile import reconcile, telling_status
from dateline.merge.records import FieldState, Incident, Link, Telling
from dateline.types import When, content_id

QUOTE = 300  # characters of a telling's sentence
DOUBTFUL = 0.8  # probability of a link


def build_incident(
    tellings: Sequence[Told],
    grouping: Grouping,
    family: Mapping[str, str],
    *,
    policy: str,
    decisions: Decisions | None = None,
    near: Sequence[tuple[float, tuple[str, str]]] = (),
    incident_of: Mapping[str, str] | None = None,
    members: Mapping[str, Sequence[str]] | None = None,
) -> Incident:
    """The incident of one cluster, with why it is one. Tellings may come in any order."""
    ordered = sorted(tellings, key=telling_order)
    links = links_of([told.event_id for told in ordered], grouping)
    incident = reconciled_incident(ordered, family, policy=policy, decisions=decisions)
    doubtful = any(one.score < DOUBTFUL and one.decision == "merged" for one in links)
    return msgspec.structs.replace(
        incident,
        links=links,
        near=tuple(near_link(pair, grouping, incident_of or {}, members or {}, ordered) for _, pair in near),
        score=min((one.score for one in links), default=None),
        flags=(*incident.flags, "merge is doubtful") if doubtful else incident.flags,
    )


def reconciled_incident(
    ordered: Sequence[Told], family: Mapping[str, str], *, policy: str, decisions: Decisions | None = None
) -> Incident:
    """The incident of tellings that are one, in order; without the reasons for merging."""
    fields, origins, toll = reconcile(ordered, family, policy=policy, decisions=decisions)
    first = first_of_family(ordered, family)
    return Incident(
        incident_id(ordered),
        title_of(fields, ordered),
        tuple(telling_of(told, family, first, decisions) for told in ordered),
        origins,
        fields,
        toll=toll,
        flags=flags_of(fields, ordered, decisions),
        judgements=judgements_of(ordered, decisions),
    )


def telling_order(told: Told) -> tuple[str, str, int, str]:
    """By day of report, then doc_id, then place in the report."""
    number = told.event.id.lstrip("e")
    return (
        told.report.published.day or "9999",
        told.report.doc_id,
        int(number) if number.isdecimal() else 0,
        told.event_id,
    )


def incident_id(ordered: Sequence[Told]) -> str:
    """Follows the earliest telling, so that later reports leave it as it is."""
    return content_id("i", ordered[0].event_id)


def first_of_family(ordered: Sequence[Told], family: Mapping[str, str]) -> dict[str, str]:
    """Text family → doc_id of its earliest report in this incident."""
    first: dict[str, str] = {}
    for told in ordered:
        first.setdefault(family.get(told.report_id, told.report_id), told.report.doc_id)
    return first


def telling_of(told: Told, family: Mapping[str, str], first: Mapping[str, str], decisions: Decisions | None) -> Telling:
    report = told.report
    home = family.get(told.report_id, told.report_id)
    words = told.event.trigger[0]
    quote = report.text[slice(*sentence_around(report.text, words.start, words.end))].strip() if report.text else words.quote
    return Telling(
        told.event_id,
        report.doc_id,
        told.event.id,
        told.report_id,
        title_words(told.event),
        report.outlet,
        report.published.day,
        report.title,
        first[home] if first[home] != report.doc_id else None,
        " ".join(quote.split())[:QUOTE],
        told.event.foreground,
        telling_status(told.event_id, decisions),  # type: ignore[arg-type]
    )


def recommended(fields: Sequence[FieldState], field: str) -> Any:
    """The value recommended for a field; None where there is none."""
    found = next((one for one in fields if one.field == field), None)
    return found.recommended.value if found and found.recommended else None


def title_of(fields: Sequence[FieldState], ordered: Sequence[Told]) -> str:
    """What, where, when: "Air/drone strike, Karim, 31 Jan 2020"."""
    kind = recommended(fields, "type") or f"{ordered[0].event.type}/{ordered[0].event.sub_type}"
    type_name, sub_type = split_type(kind)
    status = recommended(fields, "status") or "occurred"
    what = sub_type if sub_type != "Other" else f"{type_name}: other"
    parts = [what if status == "occurred" else f"{what} ({status})"]
    place = recommended(fields, "where")
    parts += [str(place.get("name"))] if place else []
    when = recommended(fields, "when")
    parts += [days_words(when)] if when else ["day unknown"]
    return ", ".join(parts)


def days_words(when: Mapping[str, Any]) -> str:
    earliest, latest = when.get("earliest"), when.get("latest")
    if not (earliest or latest):
        return "day unknown"
    try:
        return when_words(When(earliest, latest, "day", ()))
    except (ValueError, IndexError):  # a person wrote it otherwise
        return f"{earliest} – {latest}" if earliest != latest else day_words(None)


def flags_of(fields: Sequence[FieldState], ordered: Sequence[Told], decisions: Decisions | None) -> tuple[str, ...]:
    """What a person should look at first, in words."""
    found = []
    for one in fields:
        if one.state == "conflict":
            found.append(f"{one.label}: sources differ")
        elif one.state == "denied":
            found.append(f"{one.label}: denied")
    when = [told.event.when for told in ordered]
    if all(one is None or one.inferred for one in when):
        found.append("day inferred" if any(when) else "no day")
    if all(told.event.where is None for told in ordered):
        found.append("no place")
    if decisions and any(standing.flag for told in ordered for standing in decisions.of_event(told.event_id).values()):
        found.append("judged evidence changed")
    return tuple(found)


def judgements_of(ordered: Sequence[Told], decisions: Decisions | None) -> tuple[str, ...]:
    if decisions is None:
        return ()
    here = {told.event_id for told in ordered}
    found = {one.judgement.number: one.judgement.id for told in ordered for one in decisions.of_event(told.event_id).values()}
    for one in (*decisions.pairs, *decisions.remarks):
        if here & {*one.events, *one.others}:
            found[one.judgement.number] = one.judgement.id
    return tuple(found[number] for number in sorted(found))


def near_link(
    pair: tuple[str, str],
    grouping: Grouping,
    incident_of: Mapping[str, str],
    members: Mapping[str, Sequence[str]],
    ordered: Sequence[Told],
) -> Link:
    """A candidate that was not merged: first the event of this incident, then the other one."""
    here = {told.event_id for told in ordered}
    outside = pair[1] if pair[0] in here else pair[0]
    return link(pair, why_not(pair, grouping, members), grouping, other=incident_of.get(outside))
