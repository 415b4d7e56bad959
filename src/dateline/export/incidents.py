"""Incidents as lines of JSON: one incident a line, its events, what is recommended, and every reading with its source."""

from __future__ import annotations

from typing import Any

import msgspec

from dateline.merge.records import FieldState, Incident, Reading


def incident_form(incident: Incident) -> dict[str, Any]:
    """An incident as plain JSON: the form that `dateline merge` writes and `dateline diff` reads."""
    return {
        "incident_id": incident.id,
        "title": incident.title,
        "events": [{"doc_id": one.doc_id, "id": one.name} for one in incident.tellings],
        "score": incident.score,
        "origins": [
            {"name": one.name, "kind": one.kind, "doc_ids": list(one.doc_ids), "outlets": list(one.outlets)}
            for one in incident.origins
        ],
        "recommended": {one.field: recommended_form(one) for one in incident.fields if one.recommended},
        "states": {one.field: state_form(one) for one in incident.fields},
        "readings": {one.field: [reading_form(said) for said in one.readings] for one in incident.fields},
        "flags": list(incident.flags),
    }


def recommended_form(state: FieldState) -> dict[str, Any]:
    assert state.recommended is not None
    told: dict[str, Any] = msgspec.to_builtins(state.recommended)
    return told


def state_form(state: FieldState) -> dict[str, Any]:
    told: dict[str, Any] = {"state": state.state, "origins": state.origins, "why": state.why}
    if state.unmentioned_by:
        told["unmentioned_by"] = list(state.unmentioned_by)
    if state.denied_by:
        told["denied_by"] = list(state.denied_by)
    return told


def reading_form(one: Reading) -> dict[str, Any]:
    """A reading; who has a name of their own is in it only as far as the profile of the coding allows."""
    told: dict[str, Any] = {
        "value": one.value, "words": one.words, "original": one.original, "source": one.source, "stance": one.stance,
        "origin": one.origin, "doc_id": one.doc_id,
    }  # fmt: skip
    extra = {"outlet": one.outlet, "published": one.published, "side": one.side, "via": one.via, "judged": one.judged}
    told |= {key: value for key, value in extra.items() if value}
    if one.evidence:
        told |= {"start": one.evidence[0].start, "end": one.evidence[0].end}
    return told


def incident_line(incident: Incident) -> bytes:
    """One line of JSON, without its line end."""
    return msgspec.json.encode(incident_form(incident))
