#!/usr/bin/env python3
"""Weights of common words, from document frequencies of open texts: knowledge/merge_words.tsv. About 5 s.

    .venv/bin/python train/merge/words.py [../shared/gold]

Sets: fakes_syria (CC BY 4.0), muc4 dev (public DARPA distribution), ecbplus_train (CC BY 3.0), news_clusters (Apache-2.0).
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from dateline.merge.features import words_of

ROOT = Path(__file__).resolve().parent.parent.parent
OUT = ROOT / "src" / "dateline" / "knowledge" / "merge_words.tsv"
FEWEST = 8  # documents: rarer words all weigh the same
HEAD = """# How common words are in news of violence: weight = ln(documents / documents with it); other words weigh 6.
# Made by train/merge/words.py from fakes_syria (CC BY 4.0), muc4 dev (public), ecbplus_train (CC BY 3.0) and news_clusters
# (Apache-2.0): {n} documents, words in {fewest} or more. Only counts were taken. Apache-2.0.
word\tweight
"""


def texts(gold: Path) -> Iterator[str]:
    for name in ("fakes_syria", "muc4/dev", "news_clusters", "ecbplus_train"):
        for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield record["text"] if "text" in record else " ".join(" ".join(one) for one in record["sentences"].values())


def main() -> None:
    gold = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "gold"
    seen: Counter[str] = Counter()
    count = 0
    for text in texts(gold):
        count += 1
        seen.update(set(words_of(text)))
    kept = sorted((word, number) for word, number in seen.items() if number >= FEWEST and (len(word) > 2 or word.isdigit()))
    lines = [f"{word}\t{math.log(count / number):.2f}\n" for word, number in kept]
    OUT.write_text(HEAD.format(n=count, fewest=FEWEST) + "".join(lines), encoding="utf-8")
    print(f"{len(kept)} words of {count} documents")


if __name__ == "__main__":
    main()
