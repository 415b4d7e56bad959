"""Incidents: `merge_events` merges the events of many codings; it is a pure function of them and of the judgements in force."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dateline.merge.build import build_incident, incident_id, telling_order
from dateline.merge.copies import find_copies
from dateline.merge.features import Features
from dateline.merge.grouping import Grouping, group_features, near_pairs
from dateline.merge.judgements import Decisions
from dateline.merge.policies import DEFAULT, check_policy
from dateline.merge.readings import Told
from dateline.merge.records import Incident, Incidents
from dateline.merge.retold import report_features
from dateline.store.rows import event_ids
from dateline.types import Coding


def merge_events(codings: Iterable[Coding], *, decisions: Decisions | None = None, policy: str = DEFAULT) -> Incidents:
    """Merge the events of many codings into incidents, in the order of their days. The order of `codings` changes nothing.

    Events that a person rejected are in no incident. Raises SettingsError for an unknown policy.
    """
    check_policy(policy)
    told = told_events(codings)
    kept = [one for one in told.values() if not rejected(one.event_id, decisions)]
    features = [one for one in features_of_told(told.values()) if not rejected(one.event_id, decisions)]
    reports = {one.report_id: (one.report_id, one.report.published.day or "", one.report.text) for one in kept}
    family = find_copies(reports.values()).family
    grouping = group_features(features, decisions)
    incidents = build_incidents(grouping, told, family, policy=policy, decisions=decisions)
    return Incidents(tuple(incidents), len(kept), len(reports), policy, grouping.compared)


def told_events(codings: Iterable[Coding]) -> dict[str, Told]:
    """Every event by its project-wide id; a report given twice counts once."""
    found: dict[str, Told] = {}
    for coding in codings:
        report_id = coding.report.id
        ids = event_ids(report_id, coding.events)
        for event in coding.events:
            found[ids[event.id]] = Told(ids[event.id], coding.report, report_id, event, coding.attributions)
    return found


def rejected(event_id: str, decisions: Decisions | None) -> bool:
    """Whether a person rejected the event as a whole."""
    standing = decisions.of_event(event_id).get("") if decisions else None
    return standing is not None and standing.judgement.verdict == "reject"


def features_of_told(told: Iterable[Told]) -> list[Features]:
    """Features of all events, report by report."""
    reports: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        reports[one.report_id].append(one)
    return [
        made
        for report_id, events in reports.items()
        for made in report_features(events[0].report, report_id, {one.event_id: one.event for one in events})
    ]


def build_incidents(
    grouping: Grouping,
    told: Mapping[str, Told],
    family: Mapping[str, str],
    *,
    policy: str,
    decisions: Decisions | None,
    known: Mapping[str, str] | None = None,
    only: Sequence[Sequence[str]] | None = None,
) -> list[Incident]:
    """Records of the clusters (of `only` these), by day. `known`: event id → incident id of events outside the grouping."""
    clusters = grouping.clusters if only is None else only
    incident_of = dict(known or {})
    members: dict[str, Sequence[str]] = {}
    for group in clusters:
        name = incident_id(sorted((told[one] for one in group), key=telling_order))
        for one in group:
            incident_of[one], members[one] = name, group
    near = near_pairs(grouping, incident_of)
    found = []
    for group in clusters:
        name = incident_of[group[0]]
        tellings = [told[one] for one in group]
        found.append(
            build_incident(
                tellings,
                grouping,
                family,
                policy=policy,
                decisions=decisions,
                near=near.get(name, ()),
                incident_of=incident_of,
                members=members,
            )
        )
    return sorted(found, key=day_order)


def day_order(incident: Incident) -> tuple[str, str]:
    when = next((one.recommended for one in incident.fields if one.field == "when"), None)
    return (str(when.value.get("earliest") or when.value.get("latest") or "9999") if when else "9999"), incident.id
