"""How much of the triggers and roles of wikievents_dev the coder finds: `python benchmarks/wikievents.py [--taggers FOLDER]`.

wikievents_dev (20 reports, MIT) marks every mention of an event with its own ontology; dateline codes events with all their
tellings. So what is counted is cover: a gold trigger is found where words of the telling of some coded event meet it; a gold
argument of a found trigger where the value of that event meets any mention of the entity. `named` is the share of coded events
that meet a gold trigger of any type. No weights are learned from its annotations, but 17 of its texts are in our own gold:
with `--taggers` (fold models of train/tagger) each is read by a model that has not seen it; the coder's weights have.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from dateline.ingest import read_text
from dateline.pipeline import Tools, code_report, load_tools
from dateline.tagger.model import load_tagger
from dateline.types import Event, Evidence, Report

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold" / "wikievents_dev.jsonl"
FOLDS = 2  # of train/tagger
KINDS = {  # start of the gold type → its name here; other types are no events of the codebook, or only some of them are
    "Conflict.Attack": "attack",
    "Life.Die": "death",
    "Life.Injure": "injury",
    "Conflict.Demonstrate": "demonstration",
    "Justice.ArrestJailDetain": "arrest",
    "Contact.ThreatenCoerce": "threat",
}
ROLES = {
    **dict.fromkeys(("Attacker", "Killer", "Injurer", "Perpetrator", "Jailer", "Demonstrator"), "actors"),
    **dict.fromkeys(("Target", "Victim", "Detainee"), "targets"),
    **dict.fromkeys(("ExplosiveDevice", "Instrument"), "weapons"),
    "Place": "where",
}
Span = tuple[int, int]


def spans_of(report: Report, evidence: tuple[Evidence, ...]) -> list[Span]:
    return [report.original(one.start, one.end) for one in evidence]


def values_of(report: Report, event: Event, field: str) -> list[Span]:
    found = getattr(event, field)
    values = found if isinstance(found, tuple) else (found,) if found else ()
    return [span for value in values for span in spans_of(report, value.evidence)]


def meet(some: list[Span], others: list[Span]) -> bool:
    return any(a < d and c < b for a, b in some for c, d in others)


def text_of(row: dict[str, Any]) -> str:
    """The sentences, each on a line where its offsets say (`text` lacks what stood between them)."""
    text = ""
    for tokens, sentence in row["sentences"]:
        text += "\n" * (tokens[0][1] - len(text)) + sentence
    return text


def count(row: dict[str, Any], tools: Tools) -> Counter[tuple[str, str]]:
    """(what, `gold` | `found` | …) → number in one report."""
    words = [(start, end) for tokens, _ in row["sentences"] for _, start, end in tokens]
    mentions: dict[str, list[Span]] = {}
    for one in row["entity_mentions"]:
        mentions.setdefault(one["id"], []).append((words[one["start"]][0], words[one["end"] - 1][1]))
    report = read_text(text_of(row), doc_id=row["doc_id"])
    events = [(spans_of(report, event.trigger), event) for event in code_report(report, tools).events]
    told: Counter[tuple[str, str]] = Counter()
    triggers = []
    for gold in row["event_mentions"]:
        at = [(words[gold["trigger"]["start"]][0], words[gold["trigger"]["end"] - 1][1])]
        triggers += at
        kind = next((name for start, name in KINDS.items() if gold["event_type"].startswith(start)), None)
        if kind is None:
            continue
        mine = [event for spans, event in events if meet(spans, at)]
        told[kind, "gold"] += 1
        told[kind, "found"] += bool(mine)
        for argument in gold["arguments"]:
            field = ROLES.get(argument["role"])
            if field and mine:
                told[field, "gold"] += 1
                spans = [span for event in mine for span in values_of(report, event, field)]
                told[field, "found"] += meet(spans, mentions[argument["entity_id"]])
    told["coded events", "gold"] = len(events)
    told["coded events", "found"] = sum(meet(spans, triggers) for spans, _ in events)
    return told


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--taggers", type=Path, help="folder of the fold models of train/tagger (fold0, fold1)")
    options = parser.parse_args()
    if not GOLD.exists():
        print(f"skipped: needs {GOLD}")
        return 0
    rows = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    plain, whole = load_tools(model=False), load_tools()
    kinds: dict[str, list[Tools]] = {"by knowledge alone": [plain] * FOLDS, "with the shipped tagger": [whole] * FOLDS}
    if options.taggers:
        folds = [Tools(whole.gazetteer, tagger=load_tagger(options.taggers / f"fold{k}")) for k in range(FOLDS)]
        kinds["with taggers of other reports"] = folds
    for name, tools in kinds.items():
        told: Counter[tuple[str, str]] = Counter()
        for row in rows:
            fold = int(hashlib.sha256(row["doc_id"].encode()).hexdigest(), 16) // 7 % FOLDS
            told += count(row, tools[fold])
        shares = [
            f"{what} {100 * told[what, 'found'] / told[what, 'gold']:.0f} % of {told[what, 'gold']}"
            for what in dict.fromkeys(what for what, _ in told)
        ]
        print(f"{name}: " + ", ".join(shares))
    return 0


if __name__ == "__main__":
    sys.exit(main())
