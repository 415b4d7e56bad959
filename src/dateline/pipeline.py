"""The way of the data, one page: a report in, its coding out.

    annotate (words → spans)      times, figures, attributions, movements; what the tagger says of the words
    resolve  (spans → world)      places, parties
    code     (spans → events)     triggers, roles, types, grouping
    state    (events → statements)

`code_report` is pure: the same report and tools give the same records. Tools are loaded once and passed in; any step can be
replaced by passing another function in `Steps`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.annotate.attribution import find_attributions
from dateline.annotate.figures import find_figures
from dateline.annotate.movements import find_movements
from dateline.annotate.parties import find_aliases, find_parties
from dateline.annotate.reading import Reading
from dateline.annotate.times import find_times
from dateline.coder.events import CodedReport, code_events
from dateline.coder.statements import state_events
from dateline.coder.view import View, build_view
from dateline.config import Own
from dateline.gate import Gate, load_gate, passed_over
from dateline.resolve.actors import load_registry
from dateline.resolve.gazetteer import Gazetteer, load_gazetteer
from dateline.resolve.places import find_places
from dateline.resolve.sources import index_of
from dateline.resolve.sources_registry import load_sources
from dateline.tagger.model import Tagger, load_tagger
from dateline.types import Alias, Attribution, Coding, Fault, Figure, Movement, PartyLink, PlaceLink, Report, Timex

if TYPE_CHECKING:
    from dateline.tagger.tags import Tags


def find_tags(reading: Reading, tagger: Tagger | None) -> Tags | None:
    """What the tagger says of the words; None where coding goes by knowledge alone."""
    return tagger.tag(reading.report.text) if tagger else None


@dataclass(frozen=True, slots=True)
class Steps:
    """The functions of each step: replace one to change how it is done."""

    find_times: Callable[[Reading], list[Timex]] = find_times
    find_figures: Callable[[Reading], list[Figure]] = find_figures
    find_places: Callable[[Reading, Gazetteer], list[PlaceLink]] = find_places
    find_parties: Callable[[Reading, Sequence[PlaceLink]], list[PartyLink]] = find_parties
    find_aliases: Callable[[Reading, Sequence[PartyLink]], list[Alias]] = find_aliases
    find_attributions: Callable[[Reading], list[Attribution]] = find_attributions
    find_movements: Callable[[Reading, Sequence[Figure], Sequence[PlaceLink], Sequence[PartyLink]], list[Movement]] = (
        find_movements
    )
    find_tags: Callable[[Reading, Tagger | None], Tags | None] = find_tags


@dataclass(frozen=True, slots=True)
class Tools:
    """What coding needs, loaded once."""

    gazetteer: Gazetteer
    steps: Steps = field(default_factory=Steps)
    gate: Gate | None = None  # passes over reports that hardly tell an event
    tagger: Tagger | None = None  # None: by knowledge alone


def load_tools(own: Own | None = None, *, model: bool = True) -> Tools:
    """Load the shipped gazetteer, lexicons and tagger (about 0.6 s), and the user's own tables over them.

    `model=False`: code by knowledge alone. Raises InputError or KnowledgeError that names the file when one of the user's
    tables cannot be read, and ModelError where the tagger is missing or damaged.
    """
    gate = load_gate() if own is not None and own.gate else None
    tagger = load_tagger() if model else None
    if own is None or not own.files:
        return Tools(load_gazetteer(), gate=gate, tagger=tagger)
    steps = Steps()
    if own.actors:
        registry = load_registry(*map(Path, own.actors))
        steps = replace(steps, find_parties=partial(find_parties, registry=registry))
    if own.sources:
        index = index_of(load_sources(*map(Path, own.sources)))
        steps = replace(steps, find_attributions=partial(find_attributions, sources=index))
    return Tools(load_gazetteer(*map(Path, own.places)), steps, gate, tagger)


@dataclass(frozen=True, slots=True)
class Annotations:
    """All that the finders found in one report."""

    reading: Reading
    times: list[Timex]
    figures: list[Figure]
    places: list[PlaceLink]
    parties: list[PartyLink]
    attributions: list[Attribution]
    movements: list[Movement]
    tags: Tags | None = None


def annotate(report: Report, tools: Tools) -> Annotations:
    """Run the finders over one report."""
    reading, steps = Reading(report), tools.steps
    places = steps.find_places(reading, tools.gazetteer)
    figures = steps.find_figures(reading)
    parties = steps.find_parties(reading, places)
    return Annotations(
        reading,
        steps.find_times(reading),
        figures,
        places,
        parties,
        steps.find_attributions(reading),
        steps.find_movements(reading, figures, places, parties),
        steps.find_tags(reading, tools.tagger),
    )


def view_of(found: Annotations) -> View:
    """What was found in one report, indexed by token: what the coder reads."""
    return build_view(
        found.reading,
        parties=found.parties,
        places=found.places,
        times=found.times,
        figures=found.figures,
        attributions=found.attributions,
        movements=found.movements,
        tags=found.tags,
    )


def code_report(report: Report, tools: Tools) -> Coding:
    """Code one report by the codebook.

    Raises nothing for a report that can be read: a fault of ours inside a step would be a bug, and `code_reports` turns it
    into a recorded `Fault` so that the batch goes on.
    """
    found = annotate(report, tools)
    aliases = tools.steps.find_aliases(found.reading, found.parties)
    coded: CodedReport = code_events(view_of(found))
    return Coding(
        report,
        coded.events,
        state_events(report, coded.events),
        tuple(aliases),
        coded.flags,
        coded.background_figures,
        tuple(found.times),
        tuple(found.figures),
        tuple(found.places),
        tuple(found.parties),
        tuple(found.attributions),
    )


def code_reports(reports: Iterable[Report | Fault], tools: Tools) -> Iterator[Coding | Fault]:
    """Code a stream of reports; faults pass through, and a report that breaks a step becomes a fault."""
    for report in reports:
        if isinstance(report, Fault):
            yield report
            continue
        if tools.gate is not None and not tools.gate.passes(report.text):
            yield Coding(report, faults=(passed_over(report, tools.gate),))
            continue
        try:
            yield code_report(report, tools)
        except Exception as error:
            yield Fault(
                report.doc_id,
                f"could not be coded ({type(error).__name__}: {error})",
                "please report this as a bug",
                code="coding",
            )
