"""The records: start reading here.

A `Report` never changes after ingest. Everything else is a record that points into its text with half-open spans of
Unicode code points. All records are frozen; the same report and tools always give equal records.

    Report ─┬─ Segment, Repair, Published            what was read, and how
            ├─ Timex, Figure, PlaceLink, PartyLink, Attribution     what was found in the words (annotate, resolve)
            └─ Event ── Evidence, When, Where, Participant, Weapon, Count, Voice       what was coded (code)
                 └─ Statement                         one value according to one source (state)
    Coding = a report with all of these, and its Faults
"""

from __future__ import annotations

import hashlib
from typing import Any, Literal, NoReturn

import msgspec

from dateline.errors import EvidenceError


class Record(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=False):
    """Base of all records: immutable, compared by value, encoded as JSON without default values."""

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON types (dict, list, str, int, float, bool, None)."""
        plain: dict[str, Any] = msgspec.to_builtins(self)
        return plain


class Span(Record, frozen=True, order=True):
    """Half-open range of code points of `Report.text`: 0 <= start < end."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            refuse(f"span [{self.start}, {self.end}) is empty or negative")


def refuse(message: str) -> NoReturn:
    raise EvidenceError(message, remedy="please report this: it is a fault in dateline")


class Evidence(Record, frozen=True, order=True):
    """Words of a report: `report.text[start:end] == quote`. Made by `Report.evidence`, so it cannot be invented."""

    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end or len(self.quote) != self.end - self.start:
            refuse(f"evidence [{self.start}, {self.end}) does not fit its words {self.quote[:40]!r}")

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


SegmentKind = Literal["headline", "standfirst", "caption", "dateline", "byline", "body", "furniture"]


class Segment(Record, frozen=True):
    """A part of the report's structure. Segments are in text order and do not overlap; `furniture` is never coded."""

    kind: SegmentKind
    start: int
    end: int


class Repair(Record, frozen=True):
    """One change of damaged text: `Report.text[start:end] == after` stands where the original had `before`."""

    start: int
    end: int
    before: str
    after: str
    why: str = ""


class Published(Record, frozen=True):
    """The day a report was published.

    `day` is ISO (YYYY-MM-DD) or None when nothing tells. `basis` says how it is known: `option` (the user said so),
    `metadata` (the record or page says so), `date line` (a line of the text), `dateline` (CITY, 3 Jan --), `inferred`
    (captions and weekday words), `unknown`. `why` has the inference in words.
    """

    day: str | None = None
    basis: Literal["option", "metadata", "date line", "dateline", "inferred", "unknown"] = "unknown"
    why: str = ""
    evidence: tuple[Evidence, ...] = ()


class Report(Record, frozen=True):
    """One text as published. Offsets of every other record are code points of `text`."""

    doc_id: str
    text: str
    sha256: str = ""  # of the original bytes (a file) or of the text (a JSONL record, a string)
    published: Published = Published()
    segments: tuple[Segment, ...] = ()
    repairs: tuple[Repair, ...] = ()
    title: str | None = None  # metadata only: not part of `text` unless the text holds it
    outlet: str | None = None
    url: str | None = None
    wire: str | None = None  # agency named by credit line or dateline
    path: str | None = None
    extractor: str = ""  # name@version of what made text out of bytes
    language: str = "en"

    @property
    def id(self) -> str:
        """Content hash: the same text and metadata give the same id."""
        return content_id("r", self.doc_id, self.text, self.published.day or "", self.outlet or "", self.url or "")

    def evidence(self, start: int, end: int) -> Evidence:
        """The words of `[start, end)` as evidence.

        >>> Report("d", "Rebels fled.").evidence(0, 6).quote
        'Rebels'
        """
        if not 0 <= start < end <= len(self.text):
            refuse(f"[{start}, {end}) is outside report {self.doc_id!r} of {len(self.text)} characters")
        return Evidence(start, end, self.text[start:end])

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Map a span of `text` back to offsets of the text as it was before `repairs`."""
        shift_start = shift_end = 0
        for repair in self.repairs:
            growth = len(repair.before) - (repair.end - repair.start)
            if repair.end <= start:
                shift_start += growth
            elif repair.start < start:  # inside a repair: the whole damaged piece is meant
                shift_start += repair.start - start
            if repair.end <= end:
                shift_end += growth
            elif repair.start < end:
                shift_end += repair.start + len(repair.before) - end
        return start + shift_start, end + shift_end

    def original_text(self) -> str:
        """The text before `repairs`, rebuilt by replaying them backwards."""
        pieces, at = [], 0
        for repair in self.repairs:
            pieces += [self.text[at : repair.start], repair.before]
            at = repair.end
        return "".join([*pieces, self.text[at:]])


class Fault(Record, frozen=True):
    """Something that could not be done: kept, shown and stored, never skipped in silence."""

    where: str  # file, or doc_id
    what: str
    remedy: str = ""
    code: str = "input"
    level: Literal["error", "warning"] = "error"


# ---- what is found in the words -------------------------------------------------------------------------------------


class Timex(Record, frozen=True):
    """A time expression (TIMEX3). `earliest`/`latest` are ISO days, None where the words leave that side open."""

    start: int
    end: int
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str
    earliest: str | None = None
    latest: str | None = None
    precision: Literal["day", "week", "month", "year"] | None = None
    anchor: Literal["absolute", "published", "narrative", "none"] = "absolute"
    inferred: bool = False  # the interval rests on an inferred publication day or on an open side
    by: str = "times@1"


class Figure(Record, frozen=True):
    """A number with what it counts. `low`/`high` are bounds (None: open). `start`/`end` cover number and counted noun."""

    start: int
    end: int
    low: int | None
    high: int | None
    measure: str | None = None  # CODEBOOK section 4; None when the words do not tell what happened to the counted
    group: str | None = None  # the counted noun in the report's words, lower-cased
    unit: Literal["person", "household", "item"] = "person"
    approximate: bool = False
    about: str | None = None  # total, whole war, year … when it covers more than one event
    part_of: int | None = None  # index of the figure that this one is a part of ("including")
    replaces: int | None = None  # index of the figure that this one supersedes ("raised from 12 to 16")
    number: Span | None = None  # the number words alone
    cue: Span | None = None  # the words that give the measure ("were killed", "dead")
    term: str | None = None  # displacement term, where told
    by: str = "figures@1"


class Relation(Record, frozen=True):
    """How an event's place is related to a named one: kept as data, with the computed point elsewhere."""

    kind: Literal["near", "offset", "outskirts", "between", "road", "part", "border", "side"]
    of: str
    distance_km: float | None = None
    direction: str | None = None  # N, NE, E, … of `of`


class Movement(Record, frozen=True):
    """Where the people of a displacement figure left and went: indexes into the report's figures and places, finest place first.

    `kind`: a flow (people who left in a time) or a stock (people who are away at a time). Places of a stock stand in
    `destination` unless the words say "from". `inferred`: the figure's own sentence names no place, a neighbouring one does.
    """

    figure: int
    kind: Literal["flow", "stock"]
    origin: tuple[int, ...] = ()
    destination: tuple[int, ...] = ()
    inferred: bool = False
    by: str = "movements@1"


Precision = Literal["site", "neighbourhood", "town", "district", "province", "country", "region"]


class Place(Record, frozen=True):
    """A place of the world. WGS 84 degrees; the event lies within `radius_km` of the point."""

    name: str
    country: str | None = None  # ISO 3166-1 alpha-3
    lat: float | None = None
    lon: float | None = None
    precision: Precision = "town"
    radius_km: float = 5.0
    geonameid: int | None = None
    admin1: str | None = None
    admin2: str | None = None
    relations: tuple[Relation, ...] = ()
    unlisted: bool = False  # not in the gazetteer: placed by its context
    score: float | None = None


PlaceUse = Literal["literal", "metonym", "demonym", "modifier", "dateline", "source"]


class PlaceLink(Record, frozen=True):
    """A toponym in the text with its candidates. `place` is None when nothing can honestly be chosen.

    `start`/`end` are the name alone; `phrase` is the whole place phrase with its relation words
    ("50 km northeast of Aleppo", "the town of X", "the X area on the western edge of Y").
    `parents` are indexes of links that this phrase stands in ("X, in Y province").
    """

    start: int
    end: int
    phrase: Span
    place: Place | None
    candidates: tuple[Place, ...] = ()
    use: PlaceUse = "literal"
    parents: tuple[int, ...] = ()
    flags: tuple[str, ...] = ()  # "units disagree: 50 km (35 miles)"
    by: str = "places@1"


PartyKind = Literal[
    "state force", "government", "rebel group", "political militia", "communal militia", "rioters", "protesters",
    "civilians", "individual", "external force", "international body", "party or union", "unknown",
    "infrastructure", "vehicle", "building",
]  # fmt: skip


class PartyLink(Record, frozen=True):
    """A mention of an actor or of somebody acted upon: name, description, or pronoun-like phrase ("the group").

    `chain` numbers the entity within the report: mentions with the same chain are one actor. `name` is the
    canonical name when a registry or the text gives one, else the words as told. `generic` marks descriptions
    ("militants", "security forces") that no rule tied to a named actor. `head` is the span of the head word.
    """

    start: int
    end: int
    name: str
    kind: PartyKind
    chain: int
    country: str | None = None
    actor_id: str | None = None  # registry id
    backed_by: str | None = None
    generic: bool = False
    private: bool = False
    head: Span | None = None
    by: str = "parties@1"


Stance = Literal["affirms", "denies", "doubts", "silent", "claims"]
Side = Literal["government", "opposition", "party to the event", "civil monitor", "international", "media", "unknown"]


class Attribution(Record, frozen=True):
    """Who says what: spans of source, cue and content. `inside` is the index of the attribution that quotes this one."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    stance: Stance
    name: str = ""  # canonical name of the source, or its words
    side: Side | None = None
    source_id: str | None = None  # registry id of outlet, body or actor
    via: str | None = None
    inside: int | None = None
    verb: str = ""  # lemma of the cue (say, warn, deny, blame, …)
    certainty: str | None = None  # reportedly, allegedly, suspected …
    party: PartyKind | None = None
    act: str = (
        ""  # what the cue does: say, deny, doubt, blame, judge, warn, threaten, promise, demand, ask, think, know, silence …
    )
    by: str = "attribution@1"


# ---- what is coded --------------------------------------------------------------------------------------------------


# Event types that may tell of one event: which family each belongs to (CODEBOOK section 3).
FAMILY_OF_TYPE = {
    "Battles": "violence",
    "Explosions/Remote violence": "violence",
    "Violence against civilians": "violence",
    "Protests": "crowd",
    "Riots": "crowd",
    "Strategic developments": "strategic",
    "Displacement": "displacement",
    "Statement": "statement",
}

Status = Literal["occurred", "ongoing", "attempted", "foiled", "threatened", "planned", "hypothetical"]


class When(Record, frozen=True):
    """The days of an event: earliest to latest, both included."""

    earliest: str | None
    latest: str | None
    precision: Literal["day", "week", "month", "year"]
    evidence: tuple[Evidence, ...]
    inferred: bool = False
    by: str = ""
    score: float | None = None


class Where(Record, frozen=True):
    """The place of an event, with the words that tell it."""

    place: Place
    evidence: tuple[Evidence, ...]
    inferred: bool = False
    by: str = ""
    score: float | None = None


class Participant(Record, frozen=True):
    """An actor or target of an event."""

    name: str
    kind: PartyKind
    evidence: tuple[Evidence, ...]
    country: str | None = None
    actor_id: str | None = None
    backed_by: str | None = None
    alternative: bool = False
    private: bool = False
    source: str | None = None  # the voice that says so, when it is not every voice of the event
    by: str = ""
    score: float | None = None


class Weapon(Record, frozen=True):
    """Means used. `devices` only when counted."""

    kind: str
    evidence: tuple[Evidence, ...]
    delivery: str | None = None
    devices: int | None = None
    by: str = ""
    score: float | None = None


EARLIER_TOLL = "earlier toll"  # `Count.about` of a reading that a later one of the same report replaces


class Count(Record, frozen=True):
    """A figure of an event: bounds are persons, households or items; None = open."""

    measure: str
    group: str
    low: int | None
    high: int | None
    unit: Literal["person", "household", "item"]
    evidence: tuple[Evidence, ...]
    approximate: bool = False
    about: str | None = None
    source: str | None = None
    by: str = ""
    score: float | None = None
    replaces: tuple[Evidence, ...] = ()  # words of the toll that this one brings up to date; that one has about="earlier toll"


class Voice(Record, frozen=True):
    """A source of an event with its stance. `name` is `report` for the author's own voice (then evidence may be absent)."""

    name: str
    stance: Stance
    evidence: tuple[Evidence, ...] = ()
    side: Side | None = None
    via: str | None = None
    about: str | None = None  # the one value the stance is about ("actor: Turkish forces"); None: the event itself
    source_id: str | None = None
    by: str = ""
    score: float | None = None


class Rejected(Record, frozen=True):
    """A reading that was weighed and not taken: shown by `dateline explain`."""

    field: str
    words: str
    why: str


class Event(Record, frozen=True):
    """One thing that happened, was tried, threatened or is going on, as told in one report (CODEBOOK section 1)."""

    id: str  # e1, e2 … in the order of the text; unique within the report
    type: str
    sub_type: str
    status: Status
    foreground: bool
    trigger: tuple[Evidence, ...]
    when: When | None = None
    where: Where | None = None
    actors: tuple[Participant, ...] = ()
    targets: tuple[Participant, ...] = ()
    weapons: tuple[Weapon, ...] = ()
    figures: tuple[Count, ...] = ()
    sources: tuple[Voice, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    by: str = ""
    score: float | None = None

    def __post_init__(self) -> None:
        if not self.trigger:
            refuse(f"event {self.id} has no trigger words")


class Alias(Record, frozen=True):
    """A second name that the text itself declares, with its dates as told."""

    name: str
    alias: str
    evidence: tuple[Evidence, ...]
    since: str | None = None
    until: str | None = None


class Flag(Record, frozen=True):
    """Something inconsistent in the text, kept as told: `kind` in words, the place, and what it disagrees with."""

    kind: str
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...] = ()


class Statement(Record, frozen=True):
    """One value of one field of an event according to one source: the unit of audit."""

    id: str
    report_id: str
    subject: str  # event id within the report, e.g. e3
    property: str  # occurrence, when, where, actor, target, weapon, figure …
    value: Any  # plain JSON; None for silence
    original: str  # the words as told
    evidence: tuple[Evidence, ...]
    source: str
    stance: Stance
    certainty: str | None = None
    by: str = ""
    score: float | None = None


class Coding(Record, frozen=True):
    """All that was found in one report."""

    report: Report
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    aliases: tuple[Alias, ...] = ()
    flags: tuple[Flag, ...] = ()
    background_figures: tuple[Count, ...] = ()
    times: tuple[Timex, ...] = ()
    figures: tuple[Figure, ...] = ()
    places: tuple[PlaceLink, ...] = ()
    parties: tuple[PartyLink, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    faults: tuple[Fault, ...] = ()


def content_id(prefix: str, *parts: str) -> str:
    """Id from content: prefix and 16 hex digits of SHA-256 over the parts (joined by a byte no text holds).

    >>> content_id("r", "a", "b") == content_id("r", "a", "b") != content_id("r", "ab")
    True
    """
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}{digest[:16]}"
