"""How well times are read: `python benchmarks/times.py [--misses N]`.

Needs the development data at ../shared/gold; without it the script says so and ends with 0. TimeBank is only measured: rules were
tuned on the half of documents whose SHA-256 of the id is even, and the other half is what counts. `timex()` is the reference
metric of that folder, loaded from there at run time. The days of events are measured in figures.py: the coder chooses them.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from dateline.annotate.figures import find_figures
from dateline.annotate.reading import Reading
from dateline.annotate.times import find_times
from dateline.types import Published, Report, Timex

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
GOALS = {"strict": 80.0, "relaxed": 89.0, "value": 76.0}


def rows(name: str) -> list[dict[str, Any]]:
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def metric() -> Callable[[Any, Any], dict[str, Any]]:
    spec = importlib.util.spec_from_file_location("evals", GOLD / "tools" / "evals.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.timex  # type: ignore[no-any-return]


def tuning(doc_id: object) -> bool:
    return int(hashlib.sha256(str(doc_id).encode()).hexdigest(), 16) % 2 == 0


def reading(text: str, day: str | None) -> Reading:
    return Reading(Report("d", text, published=Published(day, "metadata" if day else "unknown")))


def timebank(misses: int) -> bool:
    """Strict, relaxed and value F1 on both halves; DATE of day precision apart."""
    timex, good = metric(), True
    for half in (True, False):
        docs = [row for row in rows("timex_timebank") if tuning(row["doc_id"]) == half]
        gold = {row["doc_id"]: row["timex"] for row in docs}
        found: dict[str, list[Timex]] = {row["doc_id"]: find_times(reading(row["text"], row["dct"][:10])) for row in docs}
        plain = {key: [as_gold(one) for one in times] for key, times in found.items()}
        scores = timex(gold, plain)
        line = " ".join(f"{name} {scores[name]['F']:.1f}" for name in ("strict", "relaxed", "value", "type"))
        print(f"timebank {'tuned' if half else 'held out'} ({scores['n']} expressions): {line}")
        days = timex(
            {k: [g for g in v if day_like(g)] for k, v in gold.items()},
            {k: [p for p in v if day_like(p)] for k, v in plain.items()},
        )
        print(
            f"  DATE of day precision ({days['n']}): "
            + " ".join(f"{name} {days[name]['F']:.1f}" for name in ("strict", "relaxed", "value"))
        )
        if half:
            show(docs, plain, misses)
        else:
            good = all(scores[name]["F"] >= goal for name, goal in GOALS.items())
    return good


def as_gold(one: Timex) -> dict[str, Any]:
    return {"start": one.start, "end": one.end, "type": one.type, "value": one.value}


def day_like(one: dict[str, Any]) -> bool:
    return one["type"] == "DATE" and len(one["value"]) == 10 and one["value"][:4].isdigit() and one["value"][-2:].isdigit()


def show(docs: list[dict[str, Any]], found: dict[str, list[dict[str, Any]]], limit: int) -> None:
    """The first misses and inventions of the tuned half."""
    for row in docs:
        ours = {(one["start"], one["end"], one["value"]) for one in found[row["doc_id"]]}
        golden = {(one["start"], one["end"], one["value"]) for one in row["timex"]}
        for sign, group in (("miss", golden - ours), ("invented", ours - golden)):
            for start, end, value in sorted(group):
                if limit <= 0:
                    return
                limit -= 1
                print(f"  {sign}: {row['text'][max(0, start - 30) : start]!r} [{row['text'][start:end]!r}] = {value}")


def phrases() -> bool:
    """Our own news phrases (tests/cases/times.toml): the marked words must be found with their days."""
    cases = tomllib.loads((ROOT / "tests" / "cases" / "times.toml").read_text(encoding="utf-8"))
    passed = total = 0
    for name, table in cases.items():
        for row in table if name != "none" else []:
            total += 1
            start, end = row[1].index("["), row[1].index("]") - 1
            text = row[1].replace("[", "").replace("]", "")
            expected = (start, end, row[2] or None, row[3] or None)
            passed += any(
                (one.start, one.end, one.earliest, one.latest) == expected for one in find_times(reading(text, row[0] or None))
            )
    quiet = sum(not find_times(reading(row[1], row[0] or None)) for row in cases["none"])
    print(f"own phrases: {passed} of {total} pass, {quiet} of {len(cases['none'])} sentences without a time stay without one")
    return passed == total >= 150


UGLY = (
    "a",
    "1",
    "a ",
    "12 people ",
    "killed ",
    "Monday to ",
    "May ",
    "dawn on ",
    "March 9 Movement ",
    "Ali Haddad was killed. ",
    "half of them ",
)


def one_megabyte() -> bool:
    """Seconds of each finder on 1 MB of one piece repeated; the slowest."""
    slowest = (0.0, "", "")
    for piece in UGLY:
        text = reading(piece * (1_000_000 // len(piece)), "2020-02-01")
        for step in (find_times, find_figures):
            begin = time.process_time()
            step(text)
            slowest = max(slowest, (time.process_time() - begin, step.__name__, piece))
    print(f"1 MB of one piece, {len(UGLY)} pieces: slowest {slowest[0]:.1f} s ({slowest[1]} on {slowest[2]!r})")
    return slowest[0] < 20


def cost() -> bool:
    """Milliseconds of both finders for 600 words, over 150 reports."""
    texts = [row["text"] for row in rows("fakes_syria")[:150]]
    words = sum(len(text.split()) for text in texts)
    readings = [reading(text, "2016-05-05") for text in texts]
    total = 0.0
    for step in (find_times, find_figures):
        step(readings[0])
        begin = time.process_time()
        for one in readings:
            step(one)
        each = 1000 * (time.process_time() - begin) / words * 600
        total += each
        print(f"{step.__name__}: {each:.2f} ms for 600 words")
    print(f"both steps: {total:.2f} ms for 600 words")
    return total < 4.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, help="print so many errors of the tuned half")
    options = parser.parse_args()
    if not (GOLD / "timex_timebank.jsonl").exists():
        print("skipped: needs ../shared/gold")
        return 0
    good = timebank(options.misses)
    good = phrases() and good
    good = one_megabyte() and good
    good = cost() and good
    print("all floors held" if good else "BELOW A FLOOR")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
