"""What people decided: an append-only log in the project file, and what of it is in force.

    judge(project, "accept", ["v12…"], user="ana")                       an event as it is
    judge(project, "correct", ["v12…"], user="ana", field="when", value={…})      one field
    judge(project, "different", ["v12…"], ["v34…"], user="ana", reason="two towns of that name")
    undo(project, user="ana")     redo(project, user="ana")     load_decisions(project)

A judgement remembers its events by anchors (report, text, trigger words, hash of what was seen), so that it is found again after
a new coding and a new merge; what has changed since is flagged, never dropped.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from dateline.errors import SettingsError, StoreError
from dateline.merge.records import Anchor, Judgement, Standing, Verdict
from dateline.store.project import Project, now
from dateline.types import Event, Report, content_id

VERDICTS: tuple[Verdict, ...] = ("same", "different", "unsure", "accept", "correct", "reject", "comment", "question")
REMARKS = frozenset({"comment", "question"})  # they stand side by side; of decisions on one subject the latest holds
ON_PAIRS = frozenset({"same", "different"})
NAME = "name:"  # begins the subject of what is said of a name, not of an event: see merge/names.py
FIELDS = frozenset(
    (
        "",
        *("trigger", "type", "sub_type", "status", "foreground", "when", "where"),
        *("actors", "targets", "weapons", "figures", "sources", "event"),
    )
)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The judgements in force. Ids of events are those of today.

    `events`: (event id, field) → the decision (accept, correct, reject, unsure) · `pairs`: decisions same, different and unsure
    on two sides, newest first · `remarks`: comments and questions, oldest first · `flagged`: what is flagged of them.
    """

    events: Mapping[tuple[str, str], Standing] = field(default_factory=dict)
    by_event: Mapping[str, Mapping[str, Standing]] = field(default_factory=dict)  # the same: event id → field → decision
    pairs: tuple[Standing, ...] = ()
    remarks: tuple[Standing, ...] = ()

    @property
    def flagged(self) -> tuple[Standing, ...]:
        return tuple(one for one in (*self.events.values(), *self.pairs, *self.remarks) if one.flag)

    def of_event(self, event_id: str) -> Mapping[str, Standing]:
        """Field → decision for one event."""
        return self.by_event.get(event_id, {})


# ---- writing --------------------------------------------------------------------------------------------------------


def judge(
    project: Project,
    verdict: Verdict,
    events: Sequence[str],
    others: Sequence[str] = (),
    *,
    user: str,
    field: str = "",
    value: Any = None,
    item: Any = None,
    reason: str = "",
    subject: str | None = None,
    words: tuple[str, int, int] | None = None,
) -> Judgement:
    """Append a judgement about events (project-wide ids).

    `same` and `different` take two sides (`same` may have all in `events`). `subject` is the incident's id when an incident as a
    whole is meant; `events` are its events then. `words` = (report id, start, end) instead of events: a piece of text, for an
    event that was missed (field "event", value: the event). Raises SettingsError for what cannot be judged so.
    """
    refuse_judgement(verdict, events, others, user, field, words)
    anchors = tuple(anchor_event(project, event_id, field) for event_id in events)
    if words is not None:
        anchors = (anchor_words(project, *words),)
    right = tuple(anchor_event(project, event_id, field) for event_id in others)
    told = subject or subject_of(verdict, anchors, right)
    return append(project, user, verdict, told, field=field, value=value, item=item, reason=reason, anchors=anchors, others=right)


def undo(project: Project, *, user: str) -> Judgement | None:
    """Take back the user's last judgement that is in force. Gives that judgement; None when there is none."""
    with project.transaction():
        mine = [one for one in load_judgements(project) if one.user == user]
        alive = in_force(mine)
        if not alive:
            return None
        last = alive[-1]
        insert_row(project, user, "undo", last.id)
    return last


def redo(project: Project, *, user: str) -> Judgement | None:
    """Put the judgement that the user took back last in force again; None when there is none, or a newer one."""
    with project.transaction():
        mine = [one for one in load_judgements(project) if one.user == user]
        stack: list[str] = []
        for one in mine:
            if one.verdict == "undo":
                stack.append(one.subject)
            elif one.verdict == "redo":
                stack.remove(one.subject)
            else:
                stack.clear()
        if not stack:
            return None
        insert_row(project, user, "redo", stack[-1])
    return next(one for one in mine if one.id == stack[-1])


def append(project: Project, user: str, verdict: Verdict, subject: str, **told: Any) -> Judgement:
    with project.transaction():
        return insert_row(project, user, verdict, subject, **told)


def insert_row(project: Project, user: str, verdict: Verdict, subject: str, **told: Any) -> Judgement:
    """One row of the log. To be called within a transaction: the number must be that of the row."""
    (last,) = project.connection.execute("SELECT coalesce(max(number), 0) FROM judgements").fetchone()
    made, number = now(), last + 1
    values = to_json({**told, "verdict": verdict, "subject": subject, "user": user})
    one = Judgement(content_id("j", str(number), made, values), number, made, user, verdict, subject, **told)
    project.connection.execute(
        "INSERT INTO judgements (number, id, made, user, verdict, subject, field, value, item, reason, anchors, others)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(number, one.id, made, user, verdict, subject, one.field),
            *(json_or_null(one.value), json_or_null(one.item), one.reason, to_json(one.anchors), to_json(one.others)),
        ),
    )
    return one


def refuse_judgement(
    verdict: str, events: Sequence[str], others: Sequence[str], user: str, field: str, words: object | None
) -> None:
    if verdict not in VERDICTS:
        raise SettingsError(f"unknown verdict {verdict!r}", remedy=f"one of {', '.join(VERDICTS)}")
    if not user.strip():
        raise SettingsError("a judgement needs the name of who judges", remedy="give --user NAME")
    if field.partition(":")[0] not in FIELDS:
        raise SettingsError(f"unknown field {field!r}", remedy=f"one of {', '.join(sorted(FIELDS - {''}))}")
    if not events and words is None:
        raise SettingsError("nothing to judge", remedy="name an event")
    if verdict == "different" and not others:
        raise SettingsError("`different` needs two sides", remedy="name the events of the other side")
    if verdict == "same" and len({*events, *others}) < 2:
        raise SettingsError("`same` needs two events", remedy="name both")
    if verdict == "different" and set(events) & set(others):
        raise SettingsError("an event cannot differ from itself", remedy="name each event on one side")


def subject_of(verdict: str, anchors: Sequence[Anchor], others: Sequence[Anchor]) -> str:
    """Id of what is judged: the event's own, or that of the pair (group), whichever side came first."""
    left, right = sorted(one.event_id for one in anchors), sorted(one.event_id for one in others)
    if verdict == "same":
        return content_id("p", *sorted([*left, *right]))
    if not others and len(anchors) == 1:
        return anchors[0].event_id or content_id("w", anchors[0].report_id, repr(anchors[0].spans))
    return content_id("p", *(part for side in sorted([left, right]) for part in (*side, "|")))


# ---- anchors --------------------------------------------------------------------------------------------------------


def anchor_event(project: Project, event_id: str, field: str = "") -> Anchor:
    """The event as it is now. Raises StoreError when the project has no such event."""
    row = project.connection.execute(
        "SELECT e.record, e.report_id, r.doc_id, r.text FROM events e JOIN reports r ON r.id = e.report_id WHERE e.id = ?",
        (event_id,),
    ).fetchone()
    if row is None:
        raise StoreError(f"no event {event_id!r}", where=str(project.path), remedy="`dateline show` lists events with their ids")
    return make_anchor(event_id, row["report_id"], row["doc_id"], row["text"], decode_event(row["record"]), field)


def make_anchor(event_id: str, report_id: str, doc_id: str, text: str, event: Event, field: str = "") -> Anchor:
    spans = tuple((words.start, words.end) for words in event.trigger)
    return Anchor(event_id, report_id, doc_id, text_hash(text), spans, event.sub_type, seen_hash(event, field))


def anchor_words(project: Project, report_id: str, start: int, end: int) -> Anchor:
    """A piece of a report's text. Raises StoreError when there is no such report or the words are outside it."""
    row = project.connection.execute("SELECT doc_id, text FROM reports WHERE id = ?", (report_id,)).fetchone()
    if row is None:
        raise StoreError(f"no report {report_id!r}", where=str(project.path), remedy="give the id of a report of this project")
    quote = Report(row["doc_id"], row["text"]).evidence(start, end).quote
    return Anchor("", report_id, row["doc_id"], text_hash(row["text"]), ((start, end),), "", content_id("h", quote))


def text_hash(text: str) -> str:
    return content_id("t", text) if text else ""


def seen_hash(event: Event, field: str = "") -> str:
    """Hash of the values of a field (of all fields for "") and of their words: what a person saw (no rules, no scores)."""
    return content_id("h", *seen_parts(event, field))


def seen_parts(event: Event, field: str) -> list[str]:
    name, _, measure = field.partition(":")
    if name == "event":
        return []
    whole = ("type", "sub_type", "status", "foreground", "when", "where", "actors", "targets", "weapons", "figures")
    parts: list[str] = []
    for one in (name,) if name else whole:
        found = getattr(event, one)
        items = found if isinstance(found, tuple) else (found,)
        parts += [seen_part(item) for item in items if not measure or item.measure == measure]
    return [*parts, *(words.quote for words in event.trigger)] if name in {"", "trigger", "type", "sub_type", "status"} else parts


def seen_part(item: Any) -> str:
    if not isinstance(item, msgspec.Struct):
        return repr(item)
    plain = msgspec.to_builtins(item)
    quotes = [words["quote"] for words in plain.pop("evidence", ())]
    return to_json([{key: value for key, value in plain.items() if key not in {"by", "score"}}, quotes])


# ---- reading --------------------------------------------------------------------------------------------------------


def load_judgements(project: Project, *, after: int = 0) -> list[Judgement]:
    """The log, oldest first; `after` leaves out what has this number or a lower one (to follow what others do)."""
    with project.clear_errors():
        rows = project.connection.execute("SELECT * FROM judgements WHERE number > ? ORDER BY number", (after,)).fetchall()
    return [judgement_of(row) for row in rows]


def judgement_of(row: Any) -> Judgement:
    told = dict(row)
    for name in ("value", "item"):
        told[name] = None if told[name] is None else msgspec.json.decode(told[name])
    for name in ("anchors", "others"):
        told[name] = msgspec.json.decode(told[name], type=tuple[Anchor, ...])
    return Judgement(**told)


def in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Judgements (not undo and redo) that were not taken back, or were set in force again, oldest first."""
    log, back = list(judgements), set()
    for one in log:
        if one.verdict == "undo":
            back.add(one.subject)
        elif one.verdict == "redo":
            back.discard(one.subject)
    return [one for one in log if one.verdict not in {"undo", "redo"} and one.id not in back]


class Finder:
    """Finds the events of anchors among those of today."""

    def __init__(self, events: Iterable[tuple[str, str, str, str, Event]]) -> None:
        """`events`: (event id, report id, doc_id, hash of the text or "", event)."""
        self.events: dict[str, Event] = {}
        self._places: dict[tuple[str, str], list[str]] = defaultdict(list)
        for event_id, report_id, doc_id, text, event in events:
            self.events[event_id] = event
            keys = {("report", report_id), (doc_id, text)} if text else {("report", report_id)}
            for key in keys:
                self._places[key].append(event_id)

    def find(self, anchor: Anchor) -> str | None:
        """Id of today: the same id, else the event of the same text whose trigger words overlap those of then most."""
        if anchor.event_id in self.events:
            return anchor.event_id
        at = self._places.get(("report", anchor.report_id)) or self._places.get((anchor.doc_id, anchor.text)) or []
        fits = [(overlap(anchor, self.events[one]), self.events[one].sub_type == anchor.sub_type, one) for one in at]
        best = max(fits, default=None)
        return best[2] if best and best[0] else None

    def stands(self, judgement: Judgement) -> Standing:
        found = [self.find(anchor) for anchor in judgement.anchors if anchor.event_id]
        other = [self.find(anchor) for anchor in judgement.others]
        flag = "event gone" if None in (*found, *other) else "evidence changed" if self._changed(judgement) else ""
        return Standing(judgement, tuple(x for x in found if x), tuple(x for x in other if x), flag)  # type: ignore[arg-type]

    def _changed(self, judgement: Judgement) -> bool:
        for anchor in (*judgement.anchors, *judgement.others):
            found = self.find(anchor) if anchor.event_id else None
            if found and anchor.seen and anchor.seen != seen_hash(self.events[found], judgement.field):
                return True
        return False


def overlap(anchor: Anchor, event: Event) -> int:
    """Common characters of trigger words."""
    return sum(max(0, min(end, words.end) - max(start, words.start)) for start, end in anchor.spans for words in event.trigger)


def decide(judgements: Iterable[Judgement], finder: Finder) -> Decisions:
    """What is in force, on the events of today. Of several decisions on one subject and field the latest holds."""
    events: dict[tuple[str, str], Standing] = {}
    pairs: dict[str, Standing] = {}
    remarks: list[Standing] = []
    for judgement in in_force(judgements):
        if judgement.subject.startswith(NAME):
            continue
        standing = finder.stands(judgement)
        if judgement.verdict in REMARKS:
            remarks.append(standing)
        elif judgement.verdict in ON_PAIRS or judgement.others:
            pairs.pop(judgement.subject, None)
            pairs[judgement.subject] = standing
        else:
            for event_id in standing.events or (judgement.subject,):
                events.pop((event_id, decision_key(judgement)), None)
                events[event_id, decision_key(judgement)] = standing
    by_event: dict[str, dict[str, Standing]] = defaultdict(dict)
    for (event_id, name), standing in events.items():
        by_event[event_id][name] = standing
    return Decisions(events, by_event, tuple(reversed(pairs.values())), tuple(remarks))


def decision_key(judgement: Judgement) -> str:
    """Field, with the item that is meant where a field has several: decisions on two items stand side by side."""
    return judgement.field if judgement.item is None else f"{judgement.field}={to_json(judgement.item)}"


def load_decisions(project: Project) -> Decisions:
    """What is in force in a project. Only events of judged reports are read."""
    log = load_judgements(project)
    anchors = [anchor for one in log for anchor in (*one.anchors, *one.others)]
    return decide(log, Finder(judged_events(project, anchors)))


def judged_events(project: Project, anchors: Sequence[Anchor]) -> Iterable[tuple[str, str, str, str, Event]]:
    """Today's events of the reports that the anchors name: by doc_id, since a report may be read again with other metadata."""
    query = "SELECT e.id, e.report_id, e.record, r.doc_id, r.text FROM events e JOIN reports r ON r.id = e.report_id"
    for doc_id in dict.fromkeys(anchor.doc_id for anchor in anchors):
        hashes: dict[str, str] = {}
        for row in project.connection.execute(f"{query} WHERE r.doc_id = ?", (doc_id,)):
            if row["report_id"] not in hashes:
                hashes[row["report_id"]] = text_hash(row["text"])
            yield row["id"], row["report_id"], row["doc_id"], hashes[row["report_id"]], decode_event(row["record"])


def decode_event(record: str) -> Event:
    return msgspec.json.decode(record, type=Event)


def to_json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def json_or_null(value: Any) -> str | None:
    """JSON text; None stays None: "no value" is NULL in the database."""
    return None if value is None else to_json(value)
