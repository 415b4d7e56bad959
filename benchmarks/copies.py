#!/usr/bin/env python3
"""Copies: how well copied and reused texts are told from independent reports on one incident.

    .venv/bin/python benchmarks/copies.py

200 pairs from ../shared/gold (fakes_syria): 140 made by cutting a report off, giving it another headline, shuffling its
sentences, or setting four of its sentences into another report; 60 independent: two reports of one gold incident that
have no run of twelve words in common (read: every pair of these reports that has one is a reused agency text).
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "benchmarks"))

from incidents import GOLD, code_set  # noqa: E402

Pair = tuple[str, str, str, bool]  # kind, text, other text, copied


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s+", text) if one]


def made_pairs(texts: list[str], chance: random.Random) -> Iterator[Pair]:
    for number in range(140):
        text, other = chance.sample(texts, 2)
        parts, theirs = sentences(text), sentences(other)
        kind = ("truncated", "re-headlined", "shuffled", "partly reused")[number % 4]
        if kind == "truncated":
            yield kind, text, " ".join(parts[: max(3, len(parts) * 2 // 5)]), True
        elif kind == "re-headlined":
            yield kind, text, "Many dead, officials and residents say, as the fighting goes on. " + " ".join(parts[1:]), True
        elif kind == "shuffled":
            chance.shuffle(parts)
            yield kind, text, " ".join(parts), True
        else:
            at = chance.randrange(max(1, len(parts) - 4))
            piece = parts[at : at + 4]
            yield kind, text, " ".join([*theirs[:3], *piece, *theirs[3:]]), True


def independent_pairs(by_doc: dict[str, str], chance: random.Random) -> Iterator[Pair]:
    """Two texts on one incident without a common passage."""
    found = []
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        docs = sorted({one["doc_id"] for one in json.loads(line)["tellings"] if one["doc_id"] in by_doc})
        found += [(a, b) for i, a in enumerate(docs) for b in docs[i + 1 :] if not shared_run(by_doc[a], by_doc[b])]
    chance.shuffle(found)
    for a, b in found[:60]:
        yield "independent", by_doc[a], by_doc[b], False


def shared_run(a: str, b: str) -> bool:
    """Whether twelve words in a row stand in both."""
    words = [re.findall(r"\w+", text.lower()) for text in (a, b)]
    runs = [{tuple(one[i : i + 12]) for i in range(len(one) - 11)} for one in words]
    return bool(runs[0] & runs[1])


def main() -> None:
    from dateline.merge.copies import find_copies

    chance = random.Random(7)
    by_doc = {one.report.doc_id: one.report.text for one in code_set("fakes_syria")}
    long = sorted(text for text in by_doc.values() if len(text.split()) >= 120)
    pairs = [*made_pairs(long, chance), *independent_pairs(by_doc, chance)]
    right: dict[str, list[bool]] = {}
    for number, (kind, text, other, is_copy) in enumerate(pairs):
        a, b = f"{number}a", f"{number}b"
        found = find_copies([(a, "2020-01-01", text), (b, "2020-01-02", other)]).pairs
        right.setdefault(kind, []).append(bool(found) == is_copy)
    for kind, results in right.items():
        print(f"{kind:<14} {sum(results):3} of {len(results)} right")
    hits = sum(sum(results) for kind, results in right.items() if kind != "independent")
    wrong = sum(not one for one in right["independent"])
    copies = sum(len(results) for kind, results in right.items() if kind != "independent")
    print(f"precision {100 * hits / (hits + wrong):.1f}  recall {100 * hits / copies:.1f}  on {len(pairs)} pairs")


if __name__ == "__main__":
    main()
