#!/usr/bin/env python3
"""Time of `dateline merge` when 1,000 reports are added to a project file that holds many events already.

    .venv/bin/python benchmarks/merge_project.py [1000000] [--folder FOLDER]

The project is filled with the synthetic events of merge_scale.py as merging them had kept them (features, no incidents of
their own); the new reports, of one week, are saved as coding saves them. Needs about 4 GB of memory for a million.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import msgspec
from merge_scale import DAY, DAYS, make_events

from dateline.merge.features import Features
from dateline.merge.policies import DEFAULT
from dateline.merge.project import merge_project, reach, write_state
from dateline.store import Project, open_project, rows
from dateline.types import Coding, Count, Event, Evidence, Participant, Place, Published, Report, When, Where

CHUNK = 100_000
REPORT = "INSERT OR IGNORE INTO reports (id, doc_id, sha256, published, published_basis, text, run_id)"
REPORT += " VALUES (?, ?, '', ?, 'option', ?, ?)"
CODING = "INSERT OR IGNORE INTO codings VALUES (?, ?, ?, 1, '{}')"
EVENT = (
    "INSERT INTO events (id, report_id, coding_id, name, type, sub_type, status, foreground, record) VALUES (?,?,?,?,?,?,?,1,?)"
)
FEATURES = "INSERT INTO merge_features VALUES (?, ?, ?, ?, ?, ?, ?)"


def iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def text_of(one: Features) -> str:
    return f"{' '.join(sorted(one.words))}. {' '.join(one.story)}."


def event_of(one: Features, name: str, words: tuple[Evidence, ...]) -> Event:
    place = Place(one.place, one.country, one.lat, one.lon, "town" if one.precise else "province", one.radius)
    figures = tuple(Count("killed", "people", low, high, "person", words) for low, high in one.killed)
    when = When(iso(one.first), iso(one.last), "day", words)
    actors = (Participant(min(one.named), "rebel group", words, one.country),)
    return Event(name, one.type, one.sub_type, "occurred", True, words, when, Where(place, words), actors, figures=figures)


def fill(project: Project, count: int) -> None:
    """A project that holds so many events, merged."""
    run = project.start_run(code="benchmark")
    features = make_events(count)
    for start in range(0, count, CHUNK):
        with project.transaction() as database:
            for one in features[start : start + CHUNK]:
                text, first, last = text_of(one), *reach(one)
                event = rows.to_json(event_of(one, one.name, (Evidence(0, 5, text[:5]),)))
                coding, blob = f"c{one.report_id}", msgspec.msgpack.encode(one)
                database.execute(REPORT, (one.report_id, one.report_id, iso(one.posted), text, run.id))
                database.execute(CODING, (coding, one.report_id, run.id))
                row = (one.event_id, one.report_id, coding, one.name, one.type, one.sub_type, "occurred", event)
                database.execute(EVENT, row)
                database.execute(FEATURES, (one.event_id, one.report_id, first, last, int(last - first > 10), coding, blob))
    with project.transaction() as database:
        write_state(database, project, DEFAULT)


def new_codings(features: Sequence[Features]) -> Iterator[Coding]:
    told = defaultdict(list)
    for one in features:
        told[one.report_id].append(one)
    for name, events in told.items():
        text = " ".join(map(text_of, events))
        report = Report(name, text, published=Published(iso(events[0].posted), "option"), outlet=name[-1])
        words = (report.evidence(0, 5),)
        yield Coding(report, tuple(event_of(one, f"e{number}", words) for number, one in enumerate(events, start=1)))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("count", type=int, nargs="?", default=1_000_000)
    options.add_argument("--folder", type=Path, default=None)
    given = options.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder, open_project(Path(folder) / "large.db") as project:
        start = time.perf_counter()
        fill(project, given.count)
        print(f"{given.count:,} events kept in {time.perf_counter() - start:.0f} s", flush=True)
        run = project.start_run(code="benchmark")
        for coding in new_codings(make_events(6000, seed=2, first_day=DAY + DAYS - 7)):
            project.save_coding(coding, run)
        cpu, start = time.process_time(), time.perf_counter()
        merged = merge_project(project)
        seconds = f"{time.perf_counter() - start:.1f} s, {time.process_time() - cpu:.1f} s of CPU"
        print(
            f"merge of {merged.new_events:,} new events: {seconds}; {merged.compared:,} pairs, {len(merged.changed):,} incidents"
        )
    print(f"memory at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()
