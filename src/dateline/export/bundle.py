"""An export in the making: codings go in, rows, what was left out and the manifest come out.

export = Export(Options(FORMATS["acled"]), stream)
for coding in codings:
    export.add(coding)
export.close()
export.manifest(["acled.csv"]), export.excluded
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Literal

import msgspec

from dateline.export.cases import Case, LeftOut, Telling, cases_of, ids_of
from dateline.export.cells import CsvSink
from dateline.export.claims import rows as claim_rows
from dateline.export.corrected import apply_decisions
from dateline.export.formats import Format
from dateline.export.incident_cases import incident_case
from dateline.export.manifest import EXCLUDED, Coverage, excluded_row, manifest, profile_words, responsible_use, withheld_counts
from dateline.export.public import Level, Shown, show_internal, show_public
from dateline.export.sinks import Sink, XlsxSink
from dateline.export.tables import columns
from dateline.merge.judgements import Decisions
from dateline.types import Coding, Event

Profile = Literal["public", "internal"]
Unit = Literal["event", "incident"]
PROFILES: tuple[Profile, ...] = ("public", "internal")


@dataclass(frozen=True, slots=True)
class Filters:
    """Which events are exported: days (ISO, inclusive), countries (alpha-3), types or sub-types, reviewed ones, recalled ones."""

    since: str | None = None
    until: str | None = None
    countries: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    reviewed: bool = False
    background: bool | None = None  # None: as the format has it
    embargo: str | None = None  # events that may be of this day or later are held back, before anything else is done

    def held_back(self, event: Event, published: str | None) -> bool:
        """Whether the embargo holds: by the last day the event may be of; by the report's day, where the event has none."""
        when = event.when
        last = ((when.latest or when.earliest) if when else None) or published
        return self.embargo is not None and (last is None or last >= self.embargo)

    def keeps(self, event: Event, review: str, format: Format) -> tuple[str, str] | None:
        """Rule and reason why an event is left out; None when it is kept."""
        if not (format.background if self.background is None else self.background) and not event.foreground:
            return "background", "recalled by the report, not its news (--background to include)"
        if self.reviewed and review.partition(" ")[0] not in ("accepted", "corrected"):
            return "review", "nobody has accepted it (--reviewed-only)"
        place = event.where.place if event.where else None
        if self.countries and (place is None or place.country not in self.countries):
            return "country", "not in the chosen countries"
        if self.types and not {event.type, event.sub_type} & set(self.types):
            return "type filter", "not of the chosen types"
        when = event.when
        first, last = ((when.earliest or when.latest), (when.latest or when.earliest)) if when else (None, None)
        if (self.since and (last is None or last < self.since)) or (self.until and (first is None or first > self.until)):
            return "day", "not within the chosen days"
        return None


@dataclass(slots=True)
class Options:
    """How an export is made."""

    format: Format
    profile: Profile = "public"
    filters: Filters = field(default_factory=Filters)
    hxl: bool = False
    per: Unit = "event"
    project: str | None = None
    coarsen: Level | None = None  # every event at this level; None: as the profile has it


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What reviewers decided: `status` in words by project-wide event id, and the decisions in force."""

    status: Mapping[str, str] = field(default_factory=dict)
    decisions: Decisions | None = None


NOBODY = Reviewed()
EMBARGO = "on or after the day of the embargo, or of no known day (--embargo)"
REJECTED = ("rejected", "a reviewer rejected it")


class Export:
    """An export under way. `add` codings (or `add_incidents`), then `close`."""

    def __init__(self, options: Options, stream: BinaryIO, *, claims: BinaryIO | None = None) -> None:
        self.options, self.coverage = options, Coverage()
        self.rows = 0
        self._held: set[str] = set()  # events of the last coding that the embargo holds back
        self.withheld: dict[str, int] = {}
        self.excluded: list[dict[str, Any]] = []
        self._sink: Sink = options.format.sink(stream, hxl=options.hxl, note=profile_words(options.profile))
        self._claims = CsvSink(claims, columns("claims")) if claims else None
        self._claim_rows: list[dict[str, Any]] = []

    def add(self, coding: Coding, reviewed: Reviewed = NOBODY) -> None:
        """Export the events of one coding."""
        ids = ids_of(coding)
        shown = self._shown(coding, ids, reviewed)
        cases = [case for case in cases_of(shown.coding, ids, reviewed.status) if self._kept(case)]
        self.add_cases(cases, shown.coding)

    def add_incidents(self, codings: Iterable[Coding], reviewed: Reviewed = NOBODY) -> None:
        """Export the incidents that the codings tell, by the policy of the format. All codings are held in memory."""
        from dateline.merge.incidents import merge_events

        told, tellings = [], {}
        for coding in codings:
            ids = ids_of(coding)
            shown = self._shown(coding, ids, reviewed)
            told.append(without(coding, self._held))
            for event in shown.coding.events:
                statements = tuple(one for one in shown.coding.statements if one.subject == event.id)
                tellings[ids[event.id]] = Telling(shown.coding.report, event, statements)
        merged = merge_events(told, decisions=reviewed.decisions, policy=self.options.format.policy)
        for event_id, telling in tellings.items():
            if reviewed.status.get(event_id, "").startswith("rejected"):
                name = f"{telling.report.doc_id}.{telling.event.id}"
                self._leave_out(LeftOut(Case(event_id, name, telling.event, (telling,), "rejected"), *REJECTED))
        cases = (incident_case(incident, tellings, reviewed.status) for incident in merged.incidents)
        self.add_cases([case for case in cases if case and self._kept(case)])

    def _shown(self, coding: Coding, ids: Mapping[str, str], reviewed: Reviewed) -> Shown:
        """The coding as reviewers left it and the profile shows it."""
        settled = apply_decisions(coding, ids, reviewed.decisions) if reviewed.decisions else coding
        published = settled.report.published.day
        held = [event for event in settled.events if self.options.filters.held_back(event, published)]
        for event in held:
            self._leave_out(LeftOut(Case(ids[event.id], "", event, ()), "embargo", EMBARGO), bare=True)
        self._held = {event.id for event in held}
        settled = without(settled, self._held)
        shown = show_public(settled, self.options.coarsen) if self.options.profile == "public" else show_internal(settled)
        withheld_counts(shown.withheld, self.withheld)
        self.coverage.report(shown.coding.report)
        self._hide(shown, ids)
        return shown

    def _kept(self, case: Case) -> bool:
        rule = REJECTED if case.review.startswith("rejected") else None
        rule = rule or self.options.filters.keeps(case.event, case.review, self.options.format)
        if rule:
            self._leave_out(LeftOut(case, *rule))
        return rule is None

    def _hide(self, shown: Shown, ids: Mapping[str, str]) -> None:
        for event in shown.withheld.events:
            case = Case(ids[event.id], "", event, ())
            self._leave_out(LeftOut(case, "profile", "movement of forces: left out of the public profile"), bare=True)

    def _leave_out(self, left: LeftOut, *, bare: bool = False) -> None:
        self.excluded.append(excluded_row(left, bare=bare))

    def add_cases(self, cases: list[Case], coding: Coding | None = None) -> None:
        """Export cases that may share a row (those of one report, or all incidents)."""
        for case in cases:
            self.coverage.case(case)
        if self.options.format.rows is None:
            if coding is not None:
                self._page(coding, cases)
            return
        for row in self.options.format.rows(cases):
            if isinstance(row, LeftOut):
                self._leave_out(row)
            else:
                self.rows += 1
                self._sink.add(row)
        self._tell_claims(cases)

    def _page(self, coding: Coding, cases: list[Case]) -> None:
        kept = {case.event.id: case.review for case in cases}
        events = tuple(event for event in coding.events if event.id in kept)
        self.rows += len(events)
        self._sink.add({"coding": msgspec.structs.replace(coding, events=events), "reviews": kept})

    def _tell_claims(self, cases: list[Case]) -> None:
        if self._claims is None and not isinstance(self._sink, XlsxSink):
            return
        for row in claim_rows(cases):
            if isinstance(row, LeftOut):
                continue
            if self._claims:
                self._claims.add(row)
            else:
                self._claim_rows.append(row)

    def manifest(self, files: Iterable[str]) -> dict[str, Any]:
        """The manifest of what was exported so far."""
        filters, format = self.options.filters, self.options.format
        told = {
            name: getattr(filters, name) for name in ("since", "until", "countries", "types", "reviewed", "background", "embargo")
        }
        return manifest(
            format=format.name,
            codebook=format.codebook,
            profile=self.options.profile,
            per=self.options.per,
            filters=told | {"coarsen": self.options.coarsen, "hxl": self.options.hxl},
            files=list(files),
            rows=self.rows,
            left_out=Counter(row["rule"] for row in self.excluded),
            withheld=self.withheld,
            coverage=self.coverage,
            project=self.options.project,
        )

    def close(self, files: Iterable[str] = ()) -> None:
        """End the file; a workbook gets its further sheets now."""
        if isinstance(self._sink, XlsxSink):
            self._sink.sheet("claims", columns("claims"), self._claim_rows)
            self._sink.sheet("excluded", EXCLUDED, self.excluded)
            self._sink.sheet("about", ("key", "value"), list(about(self.manifest(files))))
        self._sink.close()
        if self._claims:
            self._claims.close()


def without(coding: Coding, event_ids: Collection[str]) -> Coding:
    """The coding without these events and what is said of them."""
    if not event_ids:
        return coding
    events = tuple(event for event in coding.events if event.id not in event_ids)
    statements = tuple(one for one in coding.statements if one.subject not in event_ids)
    return msgspec.structs.replace(coding, events=events, statements=statements)


def about(told: Mapping[str, Any], prefix: str = "") -> Iterator[dict[str, Any]]:
    """A manifest as flat rows."""
    for key, value in told.items():
        if isinstance(value, Mapping):
            yield from about(value, f"{prefix}{key}.")
        else:
            yield {"key": f"{prefix}{key}", "value": ", ".join(map(str, value)) if isinstance(value, list) else value}


def readme(told: Mapping[str, Any]) -> str:
    """The manifest for people."""
    card = told["coverage"]
    lines = [f"# {told['format']}, made by dateline {told['made_by']['code']}", "", f"Codebook: {told['codebook']}.", ""]
    lines += [f"Profile **{told['profile']}**: {told['profile_means']}", "", responsible_use(), ""]
    lines += [
        "| | |",
        "|---|---|",
        f"| rows | {told['rows']} |",
        f"| reports | {card['reports']} |",
        f"| events | {card['events']} |",
    ]
    lines += [f"| published | {card['published_from']} to {card['published_to']} |"]
    lines += [f"| told by one origin only | {card['single_origin_share']} |", f"| not reviewed | {card['unreviewed_share']} |"]
    lines += [f"| left out: {rule} | {count} |" for rule, count in told["left_out"].items()]
    lines += [f"| withheld: {what.replace('_', ' ')} | {count} |" for what, count in told["withheld"].items()]
    return "\n".join([*lines, "", told["place_data"], ""])
