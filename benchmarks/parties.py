"""How many of the parties that people marked are found: overlap recall on three development sets, and the cost per report.

    python benchmarks/parties.py [--half tune|test|all] [--misses N] [--set fakes|wikievents|muc4]

Sets are read from ../shared/gold; a set that is not there is left out. A gold span is found when a party mention overlaps it.
The tuning half is the one whose sha256(doc_id) is even; figures to report are those of the other half.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline.annotate.parties import find_parties
from dateline.annotate.reading import Reading
from dateline.annotate.tags import tag_words
from dateline.resolve.actors import fold, shipped
from dateline.types import PartyLink, Report

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
CONFLICT = ("Conflict.", "Life.", "Justice.", "Movement.", "ArtifactExistence.", "Control")
Marked = tuple[str, list[tuple[int, int]], str]  # slot, spans (any one will do), words


def half_of(doc_id: str) -> str:
    return "tune" if int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 2 == 0 else "test"


def rows(name: str) -> Iterator[dict[str, Any]]:
    path = GOLD / name
    if not path.exists():
        print(f"left out: needs {path}", file=sys.stderr)
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def fakes() -> Iterator[tuple[str, str, str | None, list[Marked]]]:
    for row in rows("fakes_syria.jsonl"):
        actor = row["spans"].get("Actor")
        marked = [("Actor", [(a, b)], actor["text"]) for a, b in actor["spans"]] if actor else []
        yield row["doc_id"], row["text"], None, marked


def wikievents() -> Iterator[tuple[str, str, str | None, list[Marked]]]:
    for row in rows("wikievents_dev.jsonl"):
        offsets = aligned(row["tokens"], row["text"])
        entities = {entity["id"]: entity for entity in row["entity_mentions"]}
        marked: dict[str, Marked] = {}
        for event in row["event_mentions"]:
            if not event["event_type"].startswith(CONFLICT):
                continue
            for argument in event["arguments"]:
                entity = entities.get(argument["entity_id"])
                if (
                    not entity
                    or entity["entity_type"] not in ("PER", "ORG", "GPE")
                    or argument["role"] in ("Place", "Origin", "Destination")
                ):
                    continue
                span = (offsets[entity["start"]][0], offsets[entity["end"] - 1][1])
                marked[entity["id"]] = (entity["entity_type"] + "/" + entity["mention_type"], [span], entity["text"])
        yield row["doc_id"], row["text"], None, list(marked.values())


def aligned(tokens: list[str], text: str) -> list[tuple[int, int]]:
    """Offsets of tokens, found one after the other: those the file gives drift."""
    offsets, at = [], 0
    for token in tokens:
        found = text.find(token, at, at + 60)
        start = found if found >= 0 else at
        offsets.append((start, start + len(token)))
        at = start + len(token)
    return offsets


def muc4() -> Iterator[tuple[str, str, str | None, list[Marked]]]:
    for row in rows("muc4/dev.jsonl"):
        marked: list[Marked] = []
        for template in row["templates"]:
            for slot in ("PERP_ORG_ID", "PERP_IND_ID", "HUM_TGT_NAME", "HUM_TGT_DESC", "PHYS_TGT_ID"):
                for filler in template["slots"].get(slot, []):
                    spans = [tuple(span) for way in filler["any_of"] for span in way.get("spans", [])]
                    if spans:
                        marked.append((slot, spans, filler["any_of"][0]["value"]))
        if marked:
            yield row["doc_id"], row["text"], row.get("date"), marked


def overlaps(parties: list[PartyLink], spans: list[tuple[int, int]]) -> list[PartyLink]:
    return [party for party in parties for a, b in spans if party.start < b and a < party.end]


SETS = {"fakes": fakes, "wikievents": wikievents, "muc4": muc4}


def measure(name: str, half: str, misses: int) -> None:
    found, total, named, unnamed = Counter[str](), Counter[str](), 0, 0
    missed: list[str] = []
    mentions = tokens = 0
    spent = 0.0
    for doc_id, text, _, marked in SETS[name]():
        if half != "all" and half_of(doc_id) != half:
            continue
        reading = Reading(Report(doc_id, text))
        tags = tag_words(reading)
        start = time.perf_counter()
        parties = find_parties(reading, tags=tags)
        spent += time.perf_counter() - start
        mentions, tokens = mentions + len(parties), tokens + len(reading)
        for slot, spans, words in marked:
            hits = overlaps(parties, spans)
            total[slot] += 1
            found[slot] += bool(hits)
            if not hits:
                a, b = spans[0]
                missed.append(f"{slot:14} {doc_id:18} {words!r:45} ...{text[max(0, a - 50) : b + 40]!r}")
            if slot == "PERP_ORG_ID" and shipped().named(words):
                right = any(
                    party.actor_id in {actor.id for actor in shipped().named(words)} or fold(party.name) == fold(words)
                    for party in hits
                )
                named, unnamed = named + right, unnamed + (not right)
                if not right and hits:
                    missed.append(f"NAME           {doc_id:18} {words!r:45} -> {[(p.name, p.actor_id) for p in hits]}")
    if not total:
        return
    every, all_of = sum(found.values()), sum(total.values())
    print(
        f"{name} ({half}): {every}/{all_of} = {100 * every / all_of:.1f} % found; {mentions} mentions in {tokens} words; "
        f"{1000 * spent / tokens * 690:.2f} ms per 600-word report"
    )
    for slot in sorted(total):
        print(f"    {slot:16} {found[slot]:4}/{total[slot]:<4} {100 * found[slot] / total[slot]:.1f} %")
    if named + unnamed:
        print(f"    named perpetrators that the registry knows: {named}/{named + unnamed} linked to the right entry")
    step = max(1, len(missed) // misses) if misses else 1
    for line in missed[::step][:misses]:
        print("  ", line)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("tune", "test", "all"), default="test")
    parser.add_argument("--misses", type=int, default=0, help="print so many misses (tuning half only)")
    parser.add_argument("--set", choices=tuple(SETS))
    options = parser.parse_args()
    for name in [options.set] if options.set else list(SETS):
        measure(name, options.half, options.misses)


if __name__ == "__main__":
    main()
