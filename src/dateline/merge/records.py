"""The records of incidents: what happened once, out of the events of several reports.

    Incident ─┬─ Telling         an event of the incident: which report tells it
              ├─ Origin          where tellings come from: copies of one text, or all that cite one source, are one origin
              ├─ FieldState ── Reading      one value according to one source in one report, with its words
              ├─ Link ── Contribution       why two tellings were put together, or were not
              └─ TollStep        the toll as it was told over report time
    Judgement ── Anchor          what a person decided, about what

All are immutable and hold plain values, so that they travel as JSON.
"""

from __future__ import annotations

from typing import Any, Literal

from dateline.types import Evidence, Record, Side, Stance

# ---- judgements -----------------------------------------------------------------------------------------------------

Verdict = Literal["same", "different", "unsure", "accept", "correct", "reject", "comment", "question", "undo", "redo"]


class Anchor(Record, frozen=True):
    """An event (or, with `event_id` "", a piece of text) as it was when somebody judged it.

    After a new coding the event is found again by its id, else by its place in the same text. `seen` is a hash of the
    value that was judged and of its words: when today's differs, the judgement is flagged.
    """

    event_id: str
    report_id: str
    doc_id: str
    text: str = ""  # hash of the report's text; "" for events that were coded elsewhere
    spans: tuple[tuple[int, int], ...] = ()  # of the trigger words
    sub_type: str = ""
    seen: str = ""


class Judgement(Record, frozen=True):
    """A person's decision. Judgements are added, never changed.

    `subject`: id of an event (v…), a pair of events (p…) or an incident (i…); of a judgement (j…) for `undo` and `redo`;
    `name:sources:NAME` or `name:actors:NAME` for what is said of a name (field `reliability` or `aliases`).
    `field`: "" for the event or incident itself, else a field of the codebook (when, where, actors, targets, weapons,
    type, status, foreground, figures, sources), or `figures:killed` for one measure. `item` is the coded value that is meant
    where a field has several; `value` the right one, for `correct` (None: there is no value).
    `same`: all of `anchors` and `others` are one incident. `different`: none of `anchors` is in an incident with one of `others`.
    """

    id: str
    number: int
    made: str  # UTC, ISO 8601
    user: str
    verdict: Verdict
    subject: str
    field: str = ""
    value: Any = None
    item: Any = None
    reason: str = ""
    anchors: tuple[Anchor, ...] = ()
    others: tuple[Anchor, ...] = ()


class Standing(Record, frozen=True):
    """A judgement that is in force, with the events it is about as they are called today.

    `flag`: "" · "evidence changed" (the value or its words are not those that were judged) · "event gone" (no event of today
    is where the judged one was). A flagged judgement stays in force.
    """

    judgement: Judgement
    events: tuple[str, ...]
    others: tuple[str, ...] = ()
    flag: Literal["", "evidence changed", "event gone"] = ""


# ---- incidents ------------------------------------------------------------------------------------------------------

State = Literal["agreed", "compatible", "conflict", "single origin", "denied"]


class Telling(Record, frozen=True):
    """One event of the incident: what one report tells of it. `event_id` is the project-wide id (v…), `name` e1, e2 …"""

    event_id: str
    doc_id: str
    name: str
    report_id: str
    title: str  # sub-type, with the status when it is not a plain occurrence
    outlet: str | None = None
    published: str | None = None
    headline: str | None = None
    copy_of: str | None = None  # doc_id of the earliest report of the family, when this one is a copy
    quote: str = ""  # the sentence or the trigger words
    foreground: bool = True
    status: Literal["machine", "accepted", "corrected", "rejected", "unsure"] = "machine"


class Origin(Record, frozen=True):
    """An independent origin of an incident.

    `wire`: reports that carry the text or the credit of one agency · `source`: tellings that all rest on one cited source
    (the same monitor in five papers) · `report`: a report's own telling. `doc_ids` carry it; `outlets` are their names.
    """

    id: str
    name: str
    kind: Literal["wire", "source", "report"]
    doc_ids: tuple[str, ...]
    outlets: tuple[str, ...] = ()


class Reading(Record, frozen=True):
    """One value of one field according to one source in one report.

    `value` is plain JSON as in `Statement.value` (None for silence), `words` the same for people, `original` the report's words.
    `source` is "report" for the author's own voice. `origin` is the id of the incident's origin that it comes from.
    `judged`: a person accepted or rejected it, or gave it (`correct`).
    """

    field: str
    value: Any
    words: str
    original: str
    event_id: str
    doc_id: str
    source: str
    stance: Stance
    origin: str
    evidence: tuple[Evidence, ...] = ()
    outlet: str | None = None
    published: str | None = None
    side: Side | None = None
    via: str | None = None
    inferred: bool = False
    private: bool = False
    judged: Literal["", "accepted", "rejected", "corrected"] = ""


class Recommended(Record, frozen=True):
    """The one reading to take for a field, by a named policy. `why` says in words how the policy came to it.

    For figures `low`, `best` and `high` are bounds over all readings (None: open).
    """

    value: Any
    words: str
    policy: str
    why: str
    low: int | None = None
    best: int | None = None
    high: int | None = None


class FieldState(Record, frozen=True):
    """All readings of one field, and how they stand to each other.

    `field`: occurrence, type, status, when, where, actors, targets, weapons, or `figures:MEASURE`.
    `agreed`: two or more origins say the same · `compatible`: one refines the other · `conflict`: they contradict ·
    `single origin`: one origin only · `denied`: somebody denies it. `unmentioned_by`: doc_ids of tellings without this field.
    `groups`: indexes of `readings` that say the same, the best carried first; `origins`: number of independent ones.
    """

    field: str
    label: str
    state: State
    readings: tuple[Reading, ...]
    groups: tuple[tuple[int, ...], ...] = ()
    origins: int = 0
    recommended: Recommended | None = None
    unmentioned_by: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    why: str = ""  # the state in words


class Contribution(Record, frozen=True):
    """What one comparison of two events added: `weight` in natural log-odds, above 0 for the same incident."""

    field: str
    level: str
    weight: float
    words: str = ""


class Link(Record, frozen=True):
    """Two events that were compared. `score`: calibrated probability (0 to 1) that they are one incident.

    `decision`: merged · judged same · judged different · same report (two events of one report are never one incident) ·
    unlikely (score too low) · outweighed (other members of the incidents speak against it).
    """

    a: str
    b: str
    score: float
    decision: Literal["merged", "judged same", "judged different", "same report", "unlikely", "outweighed"]
    contributions: tuple[Contribution, ...] = ()
    other: str | None = None  # for near candidates: the incident of the event that is not in this one


class TollStep(Record, frozen=True):
    """The toll as told on one day of publication by one origin."""

    published: str | None
    measure: str
    low: int | None
    high: int | None
    source: str
    doc_id: str
    event_id: str
    origin: str


class Incident(Record, frozen=True):
    """What happened, once. `id` follows the earliest telling, so that it stays when later reports are added.

    `links`: why the tellings are one incident; `near`: the likeliest candidates that were not merged, and why.
    `score`: probability of the weakest link that holds it together; None for a single telling.
    `flags`: conflicting tolls, inferred day, flagged judgements …: what a person should look at.
    """

    id: str
    title: str
    tellings: tuple[Telling, ...]
    origins: tuple[Origin, ...]
    fields: tuple[FieldState, ...]
    links: tuple[Link, ...] = ()
    near: tuple[Link, ...] = ()
    toll: tuple[TollStep, ...] = ()
    score: float | None = None
    flags: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()  # ids of the judgements in force about it or its events


class Incidents(Record, frozen=True):
    """What merging gives: every incident, in the order of the day, and what it was made with."""

    incidents: tuple[Incident, ...]
    events: int
    reports: int
    policy: str
    pairs: int = 0  # candidate pairs that were compared
    by: str = "merge@1"
