"""Learns the weights of the model of pairs (src/dateline/knowledge/link_weights.tsv) from our own gold.

usage: links.py [--taggers FOLDER] [--check] [--keep]  needs numpy, and the texts of ../shared/gold (the annotations are in gold/)

Two tellings of a development report that lie in triggers (or carry a figure) of gold events are a row: the features of the
pair (coder/linking.py), and whether the event is the same. Eight folds by report choose how much the model counts beside the
rules and what both must reach, by the F1 of all fields with the coder run on each held-out fold. Run it before events.py, whose
drafts depend on it. Reports of the development test (`part: test`) are never read. `--check` prints and writes nothing; `--keep`
learns the weights anew and leaves how much they count as it is, which spares most of the time. `--taggers`:
link_weights_tagger.tsv, from the fold models of train/tagger.
"""

from __future__ import annotations

import argparse
import sys
from itertools import combinations
from pathlib import Path

import msgspec
from common import FOLDS, KNOWLEDGE, Read, Row, fit, fold_of, reports_of_gold, weight_lines

from dateline.coder import linking
from dateline.coder.events import draft_events, tellings
from dateline.coder.grouping import traits_by_number
from dateline.coder.mention import Mention
from dateline.coder.plausible import threshold
from dateline.coder.view import View
from dateline.evaluate.records import CodedReport
from dateline.evaluate.scoring import row_scores, score_events, total
from dateline.export.codebook import to_codebook
from dateline.types import Coding

L2 = 8.0
ROWS_OF_A_REPORT = 60
FARTHEST = 25  # sentences between two tellings of a row
SHARES, BARS = (1.0, 1.5, 2.5, 4.0, 5.0, 6.0), (-3.0, -2.3, -1.0, -0.3, 0.0)
HEADER = """# Weights of the model of pairs (coder/linking.py): log odds that two tellings of a report are of one event.
# Learned by train/coder/links.py from our own gold, development part: {reports} reports, {rows} pairs, {same} of one event.
# Eight folds by report, the coder run on each: all fields F1 {best:.1f} (events {events:.1f}) with the model,
# {rules:.1f} ({rules_events:.1f}) by rules alone. Apache-2.0.
feature\tweight
"""


def label(view: View, mention: Mention, events: list[dict]) -> int | None:
    """Index of the gold event that the telling is of: the narrowest trigger around it, else the event whose figure it carries."""
    original = view.reading.report.original  # gold points into the text before repairs
    start, end = original(view.reading.starts[mention.trigger.first], view.reading.ends[mention.trigger.last - 1])
    counted_at = [original(told.record.start, told.record.end) for told in mention.figures]
    hits = [(z - a, i) for i, e in enumerate(events) for a, z in e.get("trigger_spans", ()) if a < end and start < z]
    if hits:
        return min(hits)[1]
    counted = {
        i
        for i, e in enumerate(events)
        for f in e.get("figures") or ()
        for first, last in counted_at
        if "start" in f and f["start"] < last and first < f["end"]
    }
    return counted.pop() if len(counted) == 1 else None


def rows_of(read: Read) -> list[Row]:
    mentions, _ = tellings(read.view)
    traits = traits_by_number(read.view, mentions)
    known = {m.number: label(read.view, m, read.record["events"]) for m in mentions}
    told = [m for m in mentions if known[m.number] is not None]
    pairs = [(a, b) for a, b in combinations(told, 2) if b.sentence - a.sentence <= FARTHEST]
    return [
        (
            read.report.doc_id,
            dict.fromkeys(linking.features(traits[a.number], traits[b.number]), 1.0)
            | linking.arcs(traits[a.number], traits[b.number]),
            known[a.number] == known[b.number],
        )
        for a, b in pairs
    ]


def tables_of(rows: list[Row]) -> dict[int, dict[str, float]]:
    """For each fold the weights learned from the other folds."""
    tables = {}
    for k in range(FOLDS):
        names, weights = fit([r for r in rows if fold_of(r[0]) != k], L2, most_of_a_report=ROWS_OF_A_REPORT)
        tables[k] = {"bias": float(weights[-1]), **dict(zip(names, map(float, weights), strict=False))}
    return tables


def scored(reads: list[Read], tables: dict[int, dict[str, float]], share: float, bar: float) -> tuple[float, float]:
    """F1 of all fields and of events, each report coded with the weights of the fold that has not seen it."""
    scores = []
    for read in reads:
        table = {**tables[fold_of(read.report.doc_id)], linking.SHARE: share, linking.BAR: bar}
        linking.weights = lambda tagged=False, table=table: table  # type: ignore[assignment]
        drafts, _ = draft_events(read.view)
        events = tuple(
            msgspec.structs.replace(e, id=str(i))
            for i, (_, e) in enumerate(drafts)
            if (e.score or 0.0) >= threshold(read.view.tags is not None)
        )
        predicted = msgspec.convert(to_codebook(Coding(read.report, events)), CodedReport, strict=False)
        scores += [row_scores(row) for row in score_events(read.report.doc_id, read.gold.events, predicted.events)]
    summed = total(scores)
    return summed["ALL"].f1, summed["events"].f1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="print, write nothing")
    parser.add_argument("--keep", action="store_true", help="keep share and bar, learn the weights only")
    parser.add_argument("--taggers", type=Path, metavar="FOLDER", help="fold models of the tagger: weights for coding with it")
    args = parser.parse_args()
    settled = linking.weights(bool(args.taggers)) if args.keep else {}
    reads = list(reports_of_gold(taggers=args.taggers))
    rows = [row for read in reads for row in rows_of(read)]
    tables = tables_of(rows)
    rules = scored(reads, tables, 0.0, 0.0)
    grid = [(settled[linking.SHARE], settled[linking.BAR])] if settled else [(s, b) for s in SHARES if s for b in BARS]
    tried = {(s, b): scored(reads, tables, s, b) for s, b in grid}
    for (s, b), (f, events) in {(0.0, 0.0): rules, **tried}.items():
        print(f"share {s} bar {b}: ALL {f:.1f} events {events:.1f}")
    share, bar = max(tried, key=lambda c: tried[c])
    print(f"{len(rows)} pairs, {sum(r[2] for r in rows)} of one event; chosen share {share}, bar {bar}")
    if args.check:
        return 0
    names, weights = fit(rows, L2, most_of_a_report=ROWS_OF_A_REPORT)
    best, events = tried[share, bar]
    head = HEADER.format(
        reports=len(reads),
        rows=len(rows),
        same=sum(r[2] for r in rows),
        best=best,
        events=events,
        rules=rules[0],
        rules_events=rules[1],
    )
    out = KNOWLEDGE / ("link_weights_tagger.tsv" if args.taggers else "link_weights.tsv")
    out.write_text(
        head + "\n".join(weight_lines({linking.SHARE: share, linking.BAR: bar}, names, weights)) + "\n", encoding="utf-8"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
