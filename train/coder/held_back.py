"""The coder with the tagger on the development reports, every part of it learned without the report it is measured on.

usage: held_back.py [TAGGERS] [-o CODED.jsonl]     TAGGERS: fold models of train/tagger; without them, by knowledge alone

The tagger of a report's fold, the weights of its pairs, choices, marks and of its plausibility come from the other folds; only
the thresholds are chosen on all of them. Prints F1 per field (evaluate/scoring.py), and P and R of events.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import numpy as np
from choices import THRESHOLDS as CHOICE_THRESHOLDS
from choices import by_rules, cases_of_gold, score, tables_of
from common import FOLDS, Read, Row, fit, fold_of, highest, paired, reports_of_gold
from events import THRESHOLDS, folds, measure, threshold_of
from links import rows_of as pairs_of
from links import tables_of as link_tables_of
from marks import L2 as MARKS_L2
from marks import rows_of_gold as marks_of_gold

from dateline.coder import choices, linking, marks, plausible
from dateline.coder.events import draft_events, number
from dateline.evaluate.records import CodedReport
from dateline.evaluate.run import evaluate_events
from dateline.export.codebook import to_codebook
from dateline.types import Coding

FIELDS = (
    "ALL",
    "events",
    "type",
    "sub_type",
    "status",
    "foreground",
    "when",
    "when~",
    "where",
    "actors",
    "targets",
    "figures",
    "sources",
)


Tables = list[dict[str, dict[str, float]]]  # fold → field or mark → feature → weight


def pair_tables(reads: list[Read], tagged: bool) -> dict[int, dict[str, float]]:
    settled = linking.weights(tagged)
    tables = link_tables_of([row for read in reads for row in pairs_of(read)])
    return {k: table | {name: settled[name] for name in (linking.SHARE, linking.BAR)} for k, table in tables.items()}


def choice_tables(reads: list[Read], before: Callable[[str], None]) -> Tables:
    """Learned as in choices.py; fields that win nothing are left out."""
    tables: Tables = [{} for _ in range(FOLDS)]
    for field, cases in cases_of_gold(reads, before).items():
        held = tables_of(cases)
        known = [held[fold_of(c.doc_id)] for c in cases]
        best = highest({least: score(cases, known, field, least)[2] for least in CHOICE_THRESHOLDS})
        if score(cases, known, field, best)[2] > by_rules(cases):
            for table, mine in zip(tables, held, strict=True):
                table[field] = {**mine, plausible.THRESHOLD: best}
    return tables


def mark_tables(reads: list[Read], before: Callable[[str], None]) -> Tables:
    tables: Tables = [{} for _ in range(FOLDS)]
    for mark, rows in marks_of_gold(reads, before)[0].items():
        for k, table in enumerate(tables):
            names, weights = fit([row for row in rows if fold_of(row[0]) != k], MARKS_L2[mark])
            table[mark] = {**dict(zip(names, map(float, weights), strict=False)), plausible.BIAS: float(weights[-1])}
    return tables


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("taggers", type=Path, nargs="?")
    parser.add_argument("-o", "--output", type=Path, help="the codings, for `dateline evaluate --against`")
    options = parser.parse_args()
    taggers: Path | None = options.taggers
    fold, reads = 0, list(reports_of_gold(taggers=taggers))
    pairs = pair_tables(reads, taggers is not None)
    chosen: Tables = []
    marked: Tables = []

    def turn(doc_id: str) -> None:
        nonlocal fold
        fold = fold_of(doc_id)

    undated = marks.undated
    linking.weights = lambda tagged=False: pairs[fold]  # type: ignore[assignment]
    choices.weights = marks.weights = dict  # type: ignore[assignment]
    plausible.weights = lambda tagged=False: {}  # type: ignore[assignment]
    if taggers:
        chosen = choice_tables(reads, turn)
        choices.weights = lambda: chosen[fold]  # type: ignore[assignment]
        marked = mark_tables(reads, turn)
        marks.weights, marks.undated = lambda: marked[fold], undated  # type: ignore[assignment]
    rows: list[Row] = []
    found = []
    for read in reads:
        turn(read.report.doc_id)
        drafts, _ = draft_events(read.view)
        found.append((read, drafts))
        for (group, event), gold in zip(drafts, paired(read, drafts), strict=True):
            rows.append((read.report.doc_id, plausible.features(read.view, group, event), gold is not None))
    right, chances = np.array([float(row[2]) for row in rows]), folds(rows)
    golds = sum(len(read.gold.events) for read, _ in found)
    tried = {t: measure(right, (chances >= t).astype(float), golds)[2] for t in THRESHOLDS}
    least = threshold_of(tried, tagged=taggers is not None)
    coded, lines, at = {}, [], 0
    for read, drafts in found:
        mine = chances[at : at + len(drafts)]
        at += len(drafts)
        kept = [msgspec.structs.replace(e, score=float(c)) for (_, e), c in zip(drafts, mine, strict=True) if c >= least]
        line = to_codebook(Coding(read.report, number(kept)))
        lines.append(msgspec.json.encode(line))
        coded[read.report.doc_id] = msgspec.convert(line, CodedReport, strict=False)
    result = evaluate_events({read.report.doc_id: read.gold for read, _ in found}, coded, gold="own dev, held back")
    events = result.fields["events"]
    print(f"events P {events.precision:.1f} R {events.recall:.1f}; threshold {least}")
    print(", ".join(f"{name} {result.fields[name].f1:.1f}" for name in FIELDS))
    if options.output:
        options.output.write_bytes(b"\n".join(lines) + b"\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
