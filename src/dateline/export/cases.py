"""Cases: what exporters make rows of. One telling of an event in one report, or one incident with all its tellings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from dateline.annotate.reading import Reading
from dateline.store.rows import event_ids
from dateline.types import Coding, Event, Evidence, Record, Report, Statement

NOT_REVIEWED = "not reviewed"


class Telling(Record, frozen=True):
    """One report's event, with the statements on it."""

    report: Report
    event: Event
    statements: tuple[Statement, ...] = ()


class Recommended(Record, frozen=True):
    """A figure of an incident over all its readings: bounds and the best one, by the policy of the merge (None: open)."""

    measure: str
    low: int | None
    best: int | None
    high: int | None
    why: str = ""


class Case(Record, frozen=True):
    """What a row is about.

    `id`: project-wide, stable (a content hash). `name`: for people (DOC_ID.e3). `event`: the values that count, with evidence
    in the tellings' reports. `origins`: reports that are no copies of each other. `review`: in words. `recommended`: figures
    that the merge recommends; none for a single telling.
    """

    id: str
    name: str
    event: Event
    tellings: tuple[Telling, ...]
    review: str = NOT_REVIEWED
    origins: int = 1
    recommended: tuple[Recommended, ...] = ()

    def figure(self, measure: str) -> Recommended | None:
        """The recommended figure of a measure; None for a single telling."""
        return next((one for one in self.recommended if one.measure == measure), None)

    @property
    def report(self) -> Report:
        """The report of the first telling: the one that the values lean on."""
        return self.tellings[0].report

    @property
    def outlets(self) -> list[str]:
        """Outlets of the tellings, each once; the report's id where no outlet is known."""
        return list(dict.fromkeys(outlet_of(telling.report) for telling in self.tellings))


class LeftOut(Record, frozen=True):
    """A case that a format does not show: `rule` is a short fixed name, `reason` is for people."""

    case: Case
    rule: str
    reason: str


def outlet_of(report: Report) -> str:
    return report.outlet or report.wire or report.doc_id


def cases_of(coding: Coding, ids: Mapping[str, str], reviews: Mapping[str, str]) -> Iterator[Case]:
    """A case for each event. `ids` and `reviews`: event's name to project-wide id, and that id to its review status."""
    for event in coding.events:
        telling = Telling(coding.report, event, tuple(s for s in coding.statements if s.subject == event.id))
        name = f"{coding.report.doc_id}.{event.id}"
        yield Case(ids[event.id], name, event, (telling,), reviews.get(ids[event.id], NOT_REVIEWED))


def ids_of(coding: Coding) -> dict[str, str]:
    """Project-wide ids of a coding's events, as the project file has them. Ask before a profile rewrites the report."""
    return event_ids(coding.report.id, coding.events)


@lru_cache(maxsize=4)
def reading_of(report: Report) -> Reading:
    """The report's sentences; the cases of one report come together."""
    return Reading(report)


def sentence_of(report: Report, words: Evidence, limit: int = 400) -> str:
    """The sentence around a piece of evidence, on one line, cut at `limit` characters.

    >>> sentence_of(Report("d", "Rain fell. Rebels fled the town. Night came."), Evidence(18, 22, "fled"))
    'Rebels fled the town.'
    """
    reading = reading_of(report)
    if not reading.words:
        return words.quote
    found = reading.sentence_at(words.start)
    sentence = " ".join(report.text[reading.starts[found.first] : reading.ends[found.last - 1]].split()).removeprefix("[…] ")
    return sentence if len(sentence) <= limit else sentence[: limit - 1] + "…"
