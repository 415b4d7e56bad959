"""Reconcile: from the tellings of one incident to its fields, each with every reading, its origin, and how they agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from dateline.merge.judgements import Decisions
from dateline.merge.origins import find_origins, origin_records
from dateline.merge.policies import origin_words, origins_of, recommend
from dateline.merge.readings import AFFIRMING, Told, readings_of
from dateline.merge.records import FieldState, Origin, Reading, Standing, State, TollStep
from dateline.merge.same import interval, relation

ORDER = ("occurrence", "type", "status", "when", "where", "actors", "targets", "weapons")
LABELS = {"occurrence": "happened", "type": "what", "status": "status", "when": "when", "where": "where"}
LABELS |= {"actors": "who", "targets": "to whom", "weapons": "with"}
LISTS = frozenset({"actors", "targets", "weapons"})  # several values in one telling stand side by side
PARTS = ("children", "women", "child", "woman", "civilians", "fighters")


def reconcile(
    tellings: Sequence[Told], family: Mapping[str, str], *, policy: str, decisions: Decisions | None = None
) -> tuple[tuple[FieldState, ...], tuple[Origin, ...], tuple[TollStep, ...]]:
    """Fields, origins and toll over report time of one incident. `family`: report id → text family."""
    origins = find_origins(tellings, family)
    readings = [judged(one, decisions) for told in tellings for one in readings_of(told, origins.of)]
    readings += corrections(tellings, decisions)
    by_field: dict[str, list[Reading]] = defaultdict(list)
    for one in readings:
        by_field[one.field].append(one)
    docs = [told.report.doc_id for told in tellings]
    states = tuple(state_of(field, by_field[field], docs, policy) for field in sorted(by_field, key=field_order))
    return states, origin_records(readings, origins), toll_steps(by_field)


def field_order(field: str) -> tuple[int, str]:
    return (
        ORDER.index(field) if field in ORDER else len(ORDER),
        {"figures:killed": "0", "figures:injured": "1"}.get(field, field),
    )


def field_label(field: str) -> str:
    """A field for people.

    >>> field_label("figures:killed"), field_label("actors")
    ('killed', 'who')
    """
    return LABELS.get(field) or field.partition(":")[2] or field


# ---- judgements on values -------------------------------------------------------------------------------------------


def judged(one: Reading, decisions: Decisions | None) -> Reading:
    """A reading with what people decided on it: on this value, on its field, or on the whole event."""
    if decisions is None:
        return one
    standing = decision_on(one, decisions)
    verdict = standing.judgement.verdict if standing else ""
    mark = {"accept": "accepted", "reject": "rejected", "correct": "rejected"}.get(verdict, "")
    return msgspec.structs.replace(one, judged=mark) if mark else one


def decision_on(one: Reading, decisions: Decisions) -> Standing | None:
    for field in (f"{one.field}={item_json(one.value)}", one.field, one.field.partition(":")[0]):
        found = decisions.events.get((one.event_id, field))
        if found is not None:
            return found
    return None


def item_json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def corrections(tellings: Sequence[Told], decisions: Decisions | None) -> list[Reading]:
    """A reading for each value that a person gave, in the name of that person."""
    if decisions is None:
        return []
    found = []
    for told in tellings:
        for standing in decisions.of_event(told.event_id).values():
            judgement = standing.judgement
            if judgement.verdict == "correct" and judgement.field and judgement.value is not None:
                found.append(correction(told, standing))
    return found


def correction(told: Told, standing: Standing) -> Reading:
    judgement = standing.judgement
    field = {"sub_type": "type"}.get(judgement.field, judgement.field)
    if field == "figures" and isinstance(judgement.value, dict):
        field = f"figures:{judgement.value.get('measure', 'killed')}"
    words = value_words(judgement.value)
    report = told.report
    return Reading(
        field, judgement.value, words, judgement.reason, told.event_id, report.doc_id, judgement.user, "affirms",
        f"judgement:{judgement.user}", (), report.outlet, report.published.day, judged="corrected",
    )  # fmt: skip


def value_words(value: Any) -> str:
    """A value that a person gave, in words."""
    if isinstance(value, dict):
        if "low" in value or "high" in value:
            from dateline.merge.readings import figure_words

            return figure_words(value)
        if "earliest" in value:
            first, last = value.get("earliest"), value.get("latest")
            return str(first) if first == last else f"{first} – {last}"
        return str(value.get("name") or value.get("kind") or item_json(value))
    return str(value)


# ---- states ---------------------------------------------------------------------------------------------------------


def state_of(field: str, readings: Sequence[Reading], docs: Sequence[str], policy: str) -> FieldState:
    groups = group_readings(field, readings)
    affirmed = [[readings[i] for i in group if stands(readings[i])] for group in groups]
    affirmed = [group for group in affirmed if group]
    denied_by = tuple(sorted({one.source for one in readings if one.stance == "denies"}))
    origins = len({one.origin for group in affirmed for one in group})
    state, why = weigh(field, affirmed, denied_by, origins)
    told = {one.doc_id for one in readings}
    return FieldState(
        field,
        field_label(field),
        state,
        tuple(readings),
        tuple(map(tuple, groups)),
        origins,
        recommend(field, main_groups(field, affirmed), policy),
        tuple(doc for doc in dict.fromkeys(docs) if doc not in told),
        denied_by,
        why,
    )


def stands(one: Reading) -> bool:
    return one.stance in AFFIRMING and one.judged != "rejected"


def group_readings(field: str, readings: Sequence[Reading]) -> list[list[int]]:
    """Indexes of readings that say the same, those of most origins first."""
    groups: list[list[int]] = []
    for i, one in enumerate(readings):
        home = next((group for group in groups if same_group(field, readings[group[0]], one)), None)
        if home is None:
            groups.append([i])
        else:
            home.append(i)
    return sorted(groups, key=lambda group: (-origins_of([readings[i] for i in group if stands(readings[i])]), group[0]))


def same_group(field: str, a: Reading, b: Reading) -> bool:
    if field.startswith("figures:") and (a.value is None) == (b.value is None) and a.value is not None:
        alike = (is_part(a), bool(a.value.get("about"))) == (is_part(b), bool(b.value.get("about")))
        return alike and relation(field, a, b) == "same"
    return relation(field, a, b) == "same"


def is_part(one: Reading) -> bool:
    """A figure of a part of the people ("four children") is no toll of the whole."""
    group = str(one.value.get("group") or "") if isinstance(one.value, dict) else ""
    return any(word in group.lower().split() for word in PARTS[:4])


def main_groups(field: str, groups: list[list[Reading]]) -> list[list[Reading]]:
    """Groups that answer the field: for figures the whole tolls (per telling the largest), not their parts."""
    if not field.startswith("figures:"):
        return groups
    whole = [group for group in groups if not is_part(group[0]) and not group[0].value.get("about")] or groups
    largest: dict[tuple[str, str], tuple[float, float]] = {}
    for group in whole:
        for one in group:
            key = (one.event_id, one.source)
            largest[key] = max(largest.get(key, (-1.0, -1.0)), interval(one.value))
    kept = [[one for one in group if interval(one.value) == largest[one.event_id, one.source] or one.judged] for group in whole]
    return [group for group in kept if group]


def weigh(field: str, groups: list[list[Reading]], denied_by: Sequence[str], origins: int) -> tuple[State, str]:
    """The state of a field and why, in words."""
    if denied_by:
        says = f"{origin_words(origins)} say so" if groups else "nobody else says so"
        return "denied", f"denied by {', '.join(denied_by)}; {says}"
    main = main_groups(field, groups)
    if origins <= 1:
        return "single origin", "all readings come from one origin"
    pair = field_conflict(field, main)
    if pair:
        return "conflict", f"{pair[0].words} ({source_words(pair[0])}) against {pair[1].words} ({source_words(pair[1])})"
    if len(main) > 1:
        return "compatible", f"{len(main)} readings that fit each other"
    backing = origins_of(main[0]) if main else 0
    return "agreed", f"{origin_words(backing)} say the same"


def field_conflict(field: str, groups: list[list[Reading]]) -> tuple[Reading, Reading] | None:
    """Two readings of different origins that contradict each other. In lists only where none of their values fits."""
    for i, left in enumerate(groups):
        for right in groups[i + 1 :]:
            differ = relation(field, left[0], right[0]) == "conflict" and {one.origin for one in left} != {
                one.origin for one in right
            }
            if differ and (field not in LISTS or not any_fits(field, groups, left[0], right[0])):
                return left[0], right[0]
    return None


def any_fits(field: str, groups: list[list[Reading]], a: Reading, b: Reading) -> bool:
    """Whether the two tellings have values in this list that fit each other."""
    mine = [one for group in groups for one in group if one.event_id == a.event_id]
    theirs = [one for group in groups for one in group if one.event_id == b.event_id]
    return a.event_id == b.event_id or any(relation(field, x, y) != "conflict" for x in mine for y in theirs)


def source_words(one: Reading) -> str:
    return one.doc_id if one.source == "report" else f"{one.source}, in {one.doc_id}"


# ---- toll over report time ------------------------------------------------------------------------------------------


def toll_steps(by_field: Mapping[str, Sequence[Reading]]) -> tuple[TollStep, ...]:
    """Killed, injured and missing as told, by day of report."""
    steps = []
    for measure in ("killed", "injured", "missing"):
        field = f"figures:{measure}"
        told = [[one] for one in by_field.get(field, ()) if stands(one) and isinstance(one.value, dict)]
        for (one,) in main_groups(field, told) if told else []:
            value = one.value
            steps.append(
                TollStep(
                    one.published, measure, value.get("low"), value.get("high"), one.source, one.doc_id, one.event_id, one.origin
                )
            )
    return tuple(
        sorted(
            dict.fromkeys(steps), key=lambda step: (step.measure != "killed", step.measure, step.published or "9999", step.doc_id)
        )
    )


def telling_status(event_id: str, decisions: Decisions | None) -> str:
    """What people decided on an event as a whole, else on any of its fields."""
    if decisions is None:
        return "machine"
    told = decisions.of_event(event_id)
    whole = told.get("")
    words = {"accept": "accepted", "reject": "rejected", "unsure": "unsure", "correct": "corrected"}
    if whole is not None:
        return words.get(whole.judgement.verdict, "machine")
    return "corrected" if any(one.judgement.verdict == "correct" for one in told.values()) else "machine"
