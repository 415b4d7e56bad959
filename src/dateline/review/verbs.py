"""What changes a project: judge, undo, redo. The same verbs as on the command line, as POST requests with JSON."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, Literal, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from dateline.errors import InputError
from dateline.export.codebook import encode
from dateline.merge import judgements
from dateline.merge.judgements import load_judgements
from dateline.merge.names import judge_name
from dateline.merge.records import Judgement
from dateline.review.decisions import events_of, judgement_json, standing_json
from dateline.review.filters import number_of
from dateline.review.incidents import merge
from dateline.review.session import Session
from dateline.review.snapshots import take_snapshot

Json = dict[str, Any]
Given = TypeVar("Given", bound=msgspec.Struct)
BEAT = 0.4  # seconds between two looks for what other windows and processes decided
MAX_EVENTS = 2_000  # that one judgement may be about


class Judge(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A decision about events, or (`report`, `start`, `end`) about words of a report."""

    verdict: Literal["same", "different", "unsure", "accept", "correct", "reject", "comment", "question"]
    events: list[str] = []
    others: list[str] = []
    field: str = ""
    value: Any = None
    item: Any = None
    reason: str = ""
    subject: str | None = None
    report: str | None = None
    start: int = 0
    end: int = 0
    seen: int = 0  # number of the last judgement that the asking window knew of

    def __post_init__(self) -> None:
        if len(self.events) + len(self.others) > MAX_EVENTS:
            raise ValueError(f"more than {MAX_EVENTS} events")
        if len(self.reason) > 10_000 or len(self.field) > 100:
            raise ValueError("`reason` or `field` is too long")


class NameSaid(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """What is said of a name: the reliability of a source (a letter A to F) or all of one's own names for it; null takes back."""

    kind: Literal["actors", "sources"]
    name: str
    field: Literal["reliability", "aliases"]
    value: str | list[str] | None = None
    reason: str = ""


def name_said(session: Session, given: NameSaid) -> Json:
    """Append what is said of a name."""
    reason = given.reason[:10_000]
    made = judge_name(session.project, given.kind, given.name, given.field, given.value, user=session.user, reason=reason)
    session.refresh()
    return {"made": judgement_json(made), **state(session, [])}


def judge(session: Session, given: Judge) -> Json:
    """Append a judgement. Gives what is decided about its events now, and what other windows decided on them meanwhile."""
    check_evidence(session, given)
    also = [one for one in session.reviewed.log if one.number > given.seen and touches(one, given)] if given.seen else []
    made = judgements.judge(
        session.project,
        given.verdict,
        given.events,
        given.others,
        user=session.user,
        field=given.field,
        value=given.value,
        item=given.item,
        reason=given.reason,
        subject=given.subject,
        words=(given.report, given.start, given.end) if given.report else None,
    )
    session.refresh()
    return {"made": judgement_json(made), "also": [judgement_json(one) for one in also], **state(session, events_of(made))}


def touches(one: Judgement, given: Judge) -> bool:
    return bool({anchor.event_id for anchor in one.anchors} & set(given.events)) and one.field == given.field


def check_evidence(session: Session, given: Judge) -> None:
    """New evidence must be words of the report. Raises InputError."""
    pieces = given.value.get("evidence", ()) if isinstance(given.value, dict) else ()
    if not pieces:
        return
    report_id = given.report or session.event(given.events[0]).report.id
    text = session.coding(report_id).report.text
    for piece in pieces:
        if not (isinstance(piece, dict) and text[int(piece.get("start", 0)) : int(piece.get("end", 0))] == piece.get("quote")):
            raise InputError("the words given as evidence are not in the report", remedy="mark them in the text again")


def undo(session: Session) -> Json:
    """Take back the user's last judgement that is in force."""
    return moved(session, judgements.undo(session.project, user=session.user))


def redo(session: Session) -> Json:
    """Put the judgement that was taken back last in force again."""
    return moved(session, judgements.redo(session.project, user=session.user))


def moved(session: Session, one: Judgement | None) -> Json:
    """What undo or redo did: the judgement it was about (None: there was nothing), and the state of its events now."""
    session.refresh()
    return {"made": judgement_json(one) if one else None, **state(session, events_of(one) if one else [])}


def state(session: Session, event_ids: list[str]) -> Json:
    """What is decided about these events, and how far the project is."""
    return {
        "number": session.reviewed.number,
        "events": {event_id: session.reviewed.of_event(event_id) for event_id in event_ids},
        "progress": progress(session),
    }


def progress(session: Session) -> Json:
    mine = [one for one in session.reviewed.log if one.user == session.user]
    alive = judgements.in_force(mine)
    undone = bool(mine) and mine[-1].verdict == "undo"
    return {"done": session.reviewed.done(), "total": len(session.index.events), "undo": bool(alive), "redo": undone}


# ---- as requests ----------------------------------------------------------------------------------------------------


Verb = Callable[[Session], Callable[[Request], Awaitable[Response]]]


def told_verb(
    kind: type[Given], act: Callable[[Session, Given], Json]
) -> Callable[[Session], Callable[[Request], Awaitable[Response]]]:
    """A verb whose body is a record of `kind`."""

    def verb(session: Session) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            given = read_body(await request.body(), kind)
            session.refresh()
            return Response(encode(act(session, given)), media_type="application/json")

        return endpoint

    verb.__doc__ = act.__doc__
    return verb


def plain_verb(act: Callable[[Session], Json]) -> Verb:
    """A verb that needs no body."""

    def verb(session: Session) -> Callable[[Request], Awaitable[Response]]:
        async def endpoint(request: Request) -> Response:
            session.refresh()
            return Response(encode(act(session)), media_type="application/json")

        return endpoint

    verb.__doc__ = act.__doc__
    return verb


def read_body(body: bytes, kind: type[Given]) -> Given:
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InputError(f"not a judgement ({error})", remedy="see /api/openapi.json") from error


async def changes(session: Session, request: Request) -> AsyncIterator[bytes]:
    """Judgements as they are made (from number `after` on), as server-sent events; a comment line now and then."""
    after = {name: [value] for name, value in request.query_params.items() if name == "after"}
    number, quiet = number_of(after, "after") or session.reviewed.number, 0.0
    yield b"retry: 2000\n\n"
    while not await request.is_disconnected():
        new = load_judgements(session.project, after=number)
        if new:
            session.refresh()
            number = new[-1].number
            ids = [event_id for one in new for event_id in events_of(one)]
            told = {"judgements": [judgement_json(one) for one in new], **state(session, ids)}
            yield b"data: " + encode(told) + b"\n\n"
            quiet = 0.0
        elif quiet > 15:
            yield b": still here\n\n"
            quiet = 0.0
        await asyncio.sleep(BEAT)
        quiet += BEAT


def changes_view(session: Session, request: Request) -> Response:
    """Judgements as they are made, by anybody, as server-sent events."""
    return StreamingResponse(changes(session, request), media_type="text/event-stream")


VERBS = {
    "/api/judgements": told_verb(Judge, judge),
    "/api/names": told_verb(NameSaid, name_said),
    "/api/undo": plain_verb(undo),
    "/api/redo": plain_verb(redo),
    "/api/merge": plain_verb(merge),
    "/api/snapshots": plain_verb(take_snapshot),
}
BODIES: dict[str, type[msgspec.Struct]] = {"/api/judgements": Judge, "/api/names": NameSaid}
__all__ = ["BODIES", "VERBS", "changes_view", "progress", "standing_json"]
