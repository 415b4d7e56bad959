"""How well attributions are found: `python benchmarks/attribution.py [--misses N]`.

Measured on polnear_dev, first annotator of each doc_id, by `attribution()` of ../shared/gold/tools/evals.py: character F of
source, cue and content, and attribution-level scores. Errors are read on polnear_train only; nothing is trained on either.
Without the data the script says so and ends with 0.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import Any

from dateline.annotate.attribution import find_attributions
from dateline.annotate.reading import Reading
from dateline.types import Attribution, Report

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
ROLES = ("source", "cue", "content")
FLOORS = {"source_char": 70.0, "cue_char": 55.0, "content_char": 79.0}  # character F that may not be lost in passing
LIMIT_MS = 4.0  # per 600 words


def rows(name: str) -> list[dict[str, Any]]:
    """The first annotator's row of each document."""
    first: dict[str, dict[str, Any]] = {}
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            first.setdefault(row["doc_id"], row)
    return list(first.values())


def gold_spans(row: dict[str, Any]) -> list[dict[str, list[list[int]]]]:
    return [
        {role: [span for part in item.get(role, []) for span in part["spans"]] for role in ROLES} for item in row["attributions"]
    ]


def own_spans(found: list[Attribution]) -> list[dict[str, list[list[int]]]]:
    return [{role: [[span.start, span.end] for span in getattr(item, role)] for role in ROLES} for item in found]


def scorer() -> Any:
    spec = importlib.util.spec_from_file_location("evals", GOLD / "tools" / "evals.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.attribution


def show_misses(limit: int) -> None:
    """Cues of polnear_train that were not found."""
    for row in rows("polnear_train"):
        cues = [
            span for item in own_spans(find_attributions(Reading(Report(row["doc_id"], row["text"])))) for span in item["cue"]
        ]
        for item in gold_spans(row):
            if item["cue"] and not any(a < d and c < b for a, b in cues for c, d in item["cue"]):
                start, end = item["cue"][0]
                print("-", row["text"][max(0, start - 60) : end + 60].replace("\n", " "), "->", row["text"][start:end])
                limit -= 1
                if limit <= 0:
                    return


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    options = parser.parse_args()
    if not (GOLD / "polnear_dev.jsonl").is_file():
        print("left out: needs ../shared/gold")
        return 0
    if options.misses:
        show_misses(options.misses)
        return 0
    gold, own, seconds, words = {}, {}, 0.0, 0
    for row in rows("polnear_dev"):
        reading = Reading(Report(row["doc_id"], row["text"]))
        start = time.process_time()
        found = find_attributions(reading)
        seconds += time.process_time() - start
        words += len(reading)
        gold[row["doc_id"]], own[row["doc_id"]] = gold_spans(row), own_spans(found)
    scores = scorer()(gold, own)
    for name, score in scores.items():
        print(f"{name:15} P {score['P']:6.2f}  R {score['R']:6.2f}  F {score['F']:6.2f}")
    cost = seconds / words * 600_000
    print(f"{cost:.2f} ms per 600 words")
    low = [name for name, floor in FLOORS.items() if scores[name]["F"] < floor]
    if low:
        print("below the floor:", ", ".join(low), file=sys.stderr)
    return 1 if low or cost > LIMIT_MS else 0


if __name__ == "__main__":
    sys.exit(main())
