"""The reports that the tagger learns from, one JSON object a line, in a folder outside the repository.

usage: data.py -o FOLDER [--more CODED.jsonl ...]      needs the texts of ../shared/gold; runs the coder, so no torch here

    own.jsonl      own gold (gold/, part dev only) with the passages and exercises beside it (gold/passages, gold/exercises), and
                   coded reports of the same form given by --more
    swapped.jsonl  the same examples VARIANTS times, moved to other countries (swaps.py)
    silver.jsonl   other reports of the sets of data.toml, with what the coder without a model finds in them, and for muc4
                   the fills of the answer keys

A report whose own part is `test` (the rule of gold/sets.py) is never written, whichever set it is from; one of own gold never
stands in silver.jsonl, so that scores of own gold can come from models that have not seen the report in any form.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from labels import ROLES, SUBS
from swaps import Swapper

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "gold"))

from exercises import exercises  # noqa: E402  gold/exercises.py
from join import standoff  # noqa: E402  gold/join.py
from passages import passages  # noqa: E402  gold/passages.py
from sets import SHARED, part_of, rows_of, texts_of  # noqa: E402  gold/sets.py

from dateline.evaluate.standoff import to_standoff  # noqa: E402
from dateline.ingest import read_text  # noqa: E402
from dateline.pipeline import code_report, load_tools  # noqa: E402
from dateline.types import Event, Evidence, Report  # noqa: E402

Json = dict[str, Any]
Span = tuple[int, int]
MUC_SLOTS = {
    "PERP_IND_ID": "muc:perp_ind",
    "PERP_ORG_ID": "muc:perp_org",
    "PHYS_TGT_ID": "muc:phys",
    "HUM_TGT_NAME": "muc:hum",
    "HUM_TGT_DESC": "muc:hum",
    "INC_INSTR_ID": "muc:instr",
}
VARIANTS = 4
SURE = 0.5  # an event of the coder teaches from this score on


def own(more: list[Path]) -> Iterator[Json]:
    """Own gold of part dev, the passages, the exercises, then the further coded reports."""
    texts: dict[str, dict[str, Json]] = {}
    for row in standoff("dev"):
        held = texts.setdefault(row["set"], texts_of(row["set"]))
        yield gold_example(row, held[row["doc_id"]]["text"])
    yield from (passage_example(row, text) for row, text in (*passages(), *exercises()))
    for path in more:
        for row in rows_of(path):
            held = texts.setdefault(row["set"], texts_of(row["set"]))
            text = held[row["doc_id"]]["text"]
            if part_of(row["doc_id"]) == "dev":
                yield gold_example(to_standoff(row, text), text)


def gold_example(row: Json, text: str) -> Json:
    events = []
    for event in row["events"]:
        roles: dict[str, list[Span]] = {
            "actor": [named(text, one) for one in event.get("actors") or ()],
            "target": [named(text, one) for one in event.get("targets") or ()],
            "place": [named(text, event["where"])] if event.get("where") else [],
            "time": [quoted(event["when"])] if event.get("when") else [],
            "weapon": [quoted(one) for one in event.get("weapons") or ()],
            "figure": [quoted(one) for one in event.get("figures") or ()],
            "source": [named(text, one) for one in event.get("sources") or ()],
        }
        events.append(
            {
                "label": f"{event['type']}/{event['sub_type']}",
                "foreground": bool(event.get("foreground", True)),
                "report": any(one["name"] == "report" for one in event.get("sources") or ()),
                "trigger": [span for span in event["trigger"] if span],
                "roles": {role: sorted({s for s in spans if s != (0, 0)}) for role, spans in roles.items()},
            }
        )
    return {"doc_id": row["doc_id"], "set": row["set"], "kind": "own", "text": text, "events": events, "muc": None}


def passage_example(row: Json, text: str) -> Json:
    """A passage in the same form: its values are spans already."""
    keys = dict(zip(ROLES, ("actors", "targets", "where", "when", "weapons", "figures", "sources"), strict=True))
    events = [
        {
            "label": f"{event['type']}/{event['sub_type']}",
            "foreground": event["foreground"],
            "report": event["report"],
            "trigger": event["trigger"],
            "roles": {role: sorted((start, end) for start, end in event.get(key, ())) for role, key in keys.items()},
        }
        for event in row["events"]
    ]
    return {"doc_id": row["id"], "set": row["set"], "kind": "own", "text": text, "events": events, "muc": None}


def quoted(value: Json) -> Span:
    span = value.get("quote")
    return (span[0], span[1]) if isinstance(span, list) else (0, 0)


def named(text: str, value: Json) -> Span:
    """The name within its quote where it stands there, else the quote."""
    start, end = quoted(value)
    name = value.get("name")
    at = text[start:end].lower().find(name.lower()) if isinstance(name, str) and name else -1
    return (start, end) if at < 0 else (start + at, start + at + len(name or ""))


def silver(taken: set[str], chosen: dict[str, Any]) -> Iterator[Json]:
    """What the coder finds in other reports. `taken` are the ids of own gold."""
    tools = load_tools(model=False)
    for name in chosen:
        for doc_id, text, fills in texts_for(name):
            if doc_id in taken or part_of(doc_id) == "test" or len(text) > 20_000:
                continue
            report = read_text(text, doc_id=doc_id)
            events = [silver_event(report, e) for e in code_report(report, tools).events if (e.score or 0) >= SURE]
            yield {"doc_id": doc_id, "set": name, "kind": "silver", "text": text, "events": events, "muc": fills}


def texts_for(name: str) -> Iterator[tuple[str, str, Json | None]]:
    """(doc_id, text, fills of the answer keys or None) of one set."""
    if name == "muc4":
        for row in rows_of(SHARED / "muc4" / "dev.jsonl"):
            yield row["doc_id"], row["text"], muc_fills(row)
    elif name == "ecbplus_train":
        for row in rows_of(SHARED / "ecbplus_train.jsonl"):
            yield row["doc_id"], " ".join(" ".join(words) for words in row["sentences"].values()), None
    else:
        for doc_id, record in texts_of(name).items():
            yield doc_id, record["text"], None


def muc_fills(row: Json) -> Json:
    fills: dict[str, set[Span]] = {label: set() for label in MUC_SLOTS.values()}
    for template in row["templates"]:
        for slot, label in MUC_SLOTS.items():
            for filler in template["slots"].get(slot, ()):
                fills[label] |= {(s, e) for one in filler["any_of"] for s, e in one.get("spans", ())}
    return {label: sorted(spans) for label, spans in fills.items()}


def silver_event(report: Report, event: Event) -> Json:
    def spans(evidence: tuple[Evidence, ...]) -> list[Span]:
        return [report.original(one.start, one.end) for one in evidence]

    def first(values: tuple[Any, ...]) -> list[Span]:
        return sorted({span for value in values for span in spans(value.evidence[:1])})

    return {
        "label": f"{event.type}/{event.sub_type}",
        "foreground": event.foreground,
        "report": any(one.name == "report" for one in event.sources),
        "trigger": spans(event.trigger),
        "roles": {
            "actor": first(event.actors),
            "target": first(event.targets),
            "place": first((event.where,)) if event.where else [],
            "time": first((event.when,)) if event.when else [],
            "weapon": first(event.weapons),
            "figure": first(event.figures),
            "source": first(event.sources),
        },
    }


def write(path: Path, rows: Iterator[Json]) -> list[Json]:
    held = list(rows)
    wrong = {e["label"] for row in held for e in row["events"]} - set(SUBS)
    if wrong:
        raise SystemExit(f"unknown types: {sorted(wrong)}")
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in held), encoding="utf-8")
    told = hashlib.sha256(path.read_bytes()).hexdigest()
    print(f"{path.name}: {len(held)} reports, {sum(len(row['events']) for row in held)} events, sha256 {told}", flush=True)
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("-o", "--output", type=Path, required=True, help="folder outside the repository")
    parser.add_argument(
        "--more", type=Path, nargs="*", default=[], help="coded reports with quotes, in the form of gold/build.py"
    )
    parser.add_argument("--leave-out", type=Path, nargs="*", default=[], help="files of reports that silver.jsonl must not hold")
    parser.add_argument("--own-only", action="store_true", help="leave silver.jsonl as it is")
    options = parser.parse_args()
    if not SHARED.exists():
        print(f"needs {SHARED}: the texts are not part of this repository", file=sys.stderr)
        return 2
    options.output.mkdir(parents=True, exist_ok=True)
    held = write(options.output / "own.jsonl", own(options.more))
    swapper = Swapper(held)
    write(options.output / "swapped.jsonl", (swapper.variant(row, seed) for seed in range(1, VARIANTS + 1) for row in held))
    if not options.own_only:
        taken = {row["doc_id"] for row in standoff()} | {row["doc_id"] for path in options.leave_out for row in rows_of(path)}
        chosen = tomllib.loads((HERE / "data.toml").read_text(encoding="utf-8"))
        write(options.output / "silver.jsonl", silver(taken, chosen["sets"]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
