"""Filters of the lists: from the address bar to events, and to a sentence that says in words what is shown.

Every facet takes several values (`type=Battles&type=Riots`: either) and values that are left out (`type=!Statement`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from dateline.export.words import day_words
from dateline.ingest.dates import read_day
from dateline.review.index import EventRow, reason_words

STATES = {
    "open": "not yet decided",
    "accept": "accepted",
    "correct": "corrected",
    "reject": "rejected",
    "unsure": "unsure",
    "question": "with an open question",
}
SORTS = {
    "doubt": "most doubtful first",
    "day": "by day of event",
    "published": "by day of report",
    "toll": "highest toll first",
    "report": "in the order of the reports",
}
Facet = Callable[[EventRow], Iterable[str]]
FACETS: dict[str, tuple[str, Facet]] = {
    "type": ("type", lambda e: (e.type,)),
    "sub_type": ("sub-type", lambda e: (e.sub_type,)),
    "status": ("status", lambda e: (e.status,)),
    "country": ("country", lambda e: (e.country or "none",)),
    "place": ("place", lambda e: (e.place or "none",)),
    "precision": ("precision", lambda e: (e.precision or "none",)),
    "why": ("reason", lambda e: e.reasons or ("none",)),
    "outlet": ("outlet", lambda e: (e.report.outlet or "none",)),
    "report": ("report", lambda e: (e.report.doc_id,)),
    "actor": ("actor", lambda e: tuple(name for name in f"{e.actors}; {e.targets}".split("; ") if name) or ("none",)),
    "source": ("source", lambda e: tuple(told.rpartition(" ")[0] for told in e.sources.split("; ") if told) or ("none",)),
    "standing": ("standing", lambda e: ("news" if e.foreground else "background",)),
}
COUNTED = ("type", "country", "why", "outlet", "standing", "status", "precision")  # facets that the page offers with their counts
MOST = 40  # values of a facet that are counted out


class FilterError(ValueError):
    """A filter that cannot be: the message says which and what may stand there."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for. `facets`: name → (values wanted, values left out). Days are ISO, both included."""

    facets: Mapping[str, tuple[frozenset[str], frozenset[str]]]
    text: tuple[str, ...] = ()
    state: frozenset[str] = frozenset()
    first: str | None = None
    last: str | None = None
    report_first: str | None = None
    report_last: str | None = None
    killed: int = 0
    sort: str = "doubt"


def read_filter(params: Sequence[tuple[str, str]]) -> Filter:
    """The filter of an address. Unknown names are left alone (they are of the view); impossible values raise FilterError."""
    given: dict[str, list[str]] = {}
    for name, value in params:
        if value.strip():
            given.setdefault(name, []).append(value.strip())
    facets = {name: both(given[name]) for name in FACETS if name in given}
    return Filter(
        facets,
        tuple(" ".join(given.get("q", [])).casefold().split()),
        frozenset(one_of("state", value, STATES) for value in given.get("state", [])),
        day_of(given, "from"),
        day_of(given, "to"),
        day_of(given, "report_from"),
        day_of(given, "report_to"),
        number_of(given, "killed"),
        one_of("sort", given.get("sort", ["doubt"])[0], SORTS),
    )


def both(values: Sequence[str]) -> tuple[frozenset[str], frozenset[str]]:
    wanted = frozenset(value for value in values if not value.startswith("!"))
    return wanted, frozenset(value[1:] for value in values if value.startswith("!"))


def one_of(name: str, value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        raise FilterError(f"{name}={value}: must be one of {', '.join(known)}")
    return value


def day_of(given: Mapping[str, Sequence[str]], name: str) -> str | None:
    if name not in given:
        return None
    day = read_day(given[name][0])[0]
    if day is None:
        raise FilterError(f"{name}={given[name][0]}: must be a day such as 2020-02-01")
    return str(day)


def number_of(given: Mapping[str, Sequence[str]], name: str) -> int:
    value = given.get(name, ["0"])[0]
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise FilterError(f"{name}={value}: must be a whole number")
    return int(value)


def apply(wanted: Filter, rows: Iterable[EventRow], states: Callable[[str], frozenset[str]]) -> list[EventRow]:
    """The events that fit, in the order asked for. `states` gives the states of an event's id."""
    out = list(rows)
    for name, (yes, no) in wanted.facets.items():
        read = FACETS[name][1]
        out = [row for row in out if (not yes or not yes.isdisjoint(read(row))) and no.isdisjoint(read(row))]
    if wanted.text:
        out = [row for row in out if all(word in row.haystack for word in wanted.text)]
    if wanted.killed:
        out = [row for row in out if (row.killed[1] or row.killed[0] or 0) >= wanted.killed]
    out = within(out, wanted)
    if wanted.state:
        out = [row for row in out if not wanted.state.isdisjoint(states(row.id))]
    return in_order(out, wanted.sort)


def within(rows: list[EventRow], wanted: Filter) -> list[EventRow]:
    if wanted.first:
        rows = [row for row in rows if (row.latest or row.earliest or "") >= wanted.first]
    if wanted.last:
        rows = [row for row in rows if "" < (row.earliest or row.latest or "") <= wanted.last]
    if wanted.report_first:
        rows = [row for row in rows if (row.report.published or "") >= wanted.report_first]
    if wanted.report_last:
        rows = [row for row in rows if "" < (row.report.published or "") <= wanted.report_last]
    return rows


def in_order(rows: list[EventRow], sort: str) -> list[EventRow]:
    """Rows come in the order of the queue; sorting is stable, so that it decides where the wish leaves a tie."""
    if sort == "day":
        return sorted(rows, key=lambda row: row.earliest or row.latest or "9999")
    if sort == "published":
        return sorted(rows, key=lambda row: row.report.published or "9999")
    if sort == "toll":
        return sorted(rows, key=lambda row: -(row.killed[1] or row.killed[0] or 0))
    if sort == "report":
        return sorted(rows, key=lambda row: (row.report.doc_id, int(row.name[1:]) if row.name[1:].isdigit() else 0))
    return rows


def facet_counts(rows: Sequence[EventRow]) -> dict[str, list[tuple[str, int]]]:
    """How many of these events have each value of the facets that the page offers, most first."""
    counted = {name: Counter(chain.from_iterable(map(FACETS[name][1], rows))) for name in COUNTED}
    return {name: counter.most_common(MOST) for name, counter in counted.items()}


def sentence(wanted: Filter, count: int, *, noun: str = "event") -> str:
    """What is shown, in words: "12 events where type is Battles and country is not SYR, most doubtful first".

    >>> sentence(Filter({"type": (frozenset({"Riots"}), frozenset())}, killed=5), 1)
    '1 event where type is Riots and at least 5 were killed, most doubtful first'
    """
    parts = []
    for name, (yes, no) in wanted.facets.items():
        label = FACETS[name][0]
        names = [shown(name, value) for value in sorted(yes)]
        parts += [f"{label} is {' or '.join(names)}"] if yes else []
        parts += [f"{label} is not {' or '.join(shown(name, value) for value in sorted(no))}"] if no else []
    parts += [f"the words “{' '.join(wanted.text)}” stand"] if wanted.text else []
    parts += [" or ".join(STATES[state] for state in STATES if state in wanted.state)] if wanted.state else []
    parts += days("they happened", wanted.first, wanted.last)
    parts += days("the report is", wanted.report_first, wanted.report_last)
    parts += [f"at least {wanted.killed} were killed"] if wanted.killed else []
    where = f" where {' and '.join(parts)}" if parts else ""
    return f"{count:,} {noun}{'' if count == 1 else 's'}{where}, {SORTS[wanted.sort]}"


def shown(name: str, value: str) -> str:
    return f"“{reason_words().get(value, value)}”" if name == "why" else value


def days(what: str, first: str | None, last: str | None) -> list[str]:
    if first and last:
        return [f"{what} {day_words(first)} – {day_words(last)}"]
    return [f"{what} from {day_words(first)}"] if first else [f"{what} until {day_words(last)}"] if last else []
