#!/usr/bin/env python3
"""Time and memory of merging synthetic events with realistic duplication; and of adding 1,000 reports to what is there.

    .venv/bin/python benchmarks/merge_scale.py [10000 100000 1000000]

Incidents fall on towns of 30 countries over ten years, some a few hundred times as likely as others; each is told by 1 to 12
reports (mean 3.3) of 6 events, with days, places and tolls that differ a little. Each size runs in a process of its own.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from itertools import accumulate

from dateline.merge.features import Features
from dateline.merge.grouping import group_features, score_pairs

DAY = 735_000
DAYS = 3650
KINDS = (
    ("Battles", "Armed clash", "v"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack", "v"),
    ("Explosions/Remote violence", "Air/drone strike", "v"),
    ("Violence against civilians", "Attack", "vc"),
    ("Protests", "Peaceful protest", "c"),
    ("Displacement", "Flight", "d"),
)


def make_events(count: int, seed: int = 1, *, first_day: int = 0) -> list[Features]:
    """So many events; `first_day`: all on that day and the six after it (new reports)."""
    chance = random.Random(seed)
    towns = [
        (f"C{i % 30:02}", chance.uniform(-30, 50), chance.uniform(-80, 120), 1 / (1 + chance.randrange(400))) for i in range(6000)
    ]
    weights = list(accumulate(one[3] for one in towns))
    words = [f"word{i}" for i in range(20_000)]
    found: list[Features] = []
    report = 0
    while len(found) < count:
        town = chance.choices(range(6000), cum_weights=weights)[0]
        country, lat, lon, _ = towns[town]
        kind = chance.choice(KINDS)
        day = first_day + chance.randrange(7) if first_day else DAY + chance.randrange(DAYS)
        killed, told = chance.randrange(40), [words[town], *chance.choices(words, k=9)]
        about = [*told, *chance.choices(words, k=22)]  # words of the reports that are about it
        for _ in range(min(12, 1 + int(chance.expovariate(0.4)))):
            report = chance.randrange(max(1, count // 6))
            place, number = (country, lat, lon, town), len(found)
            found.append(make_event(chance, f"{seed}r{report}", kind, place, day, killed, told, about, number))
    return found[:count]


def make_event(
    chance: random.Random,
    report: str,
    kind: tuple[str, str, str],
    place: tuple[str, float, float, int],
    day: int,
    killed: int,
    told: list[str],
    about: list[str],
    number: int,
) -> Features:
    country, lat, lon, town = place
    day += chance.choice((0, 0, 0, 0, 1))
    wide = chance.random() < 0.15
    long = chance.random() < 0.03
    words = frozenset(chance.sample(told, 6))
    story = chance.sample(about, 24)
    return Features(
        f"{report}e{number}",
        report,
        report,
        "e1",
        "",
        kind[2],
        kind[0],
        kind[1],
        True,
        True,
        day - 20 if long else day,
        day + 10 if long else day,
        False,
        lat + chance.uniform(-0.02, 0.02),
        lon + chance.uniform(-0.02, 0.02),
        80.0 if wide else 5.0,
        country,
        f"t{town}" if not wide else country,
        not wide,
        frozenset({chance.choice(("A", "B"))}),
        frozenset({"rebel group"}),
        frozenset({"civilians"}),
        frozenset({"mortar"}),
        ((killed, killed),) if chance.random() < 0.6 else (),
        (),
        words,
        frozenset(sorted(words)[:5]),
        lead=chance.random() < 0.2,
        story=tuple(sorted(story)),
        posted=day + chance.choice((0, 0, 1)),
    )


def measure(count: int) -> None:
    features = make_events(count)
    before, start = memory(), time.process_time()
    grouping = group_features(features)
    seconds = time.process_time() - start
    shared = sum(len(one) > 1 for one in grouping.clusters)
    print(
        f"{count:>9,} events  {len(grouping.clusters):>8,} incidents ({shared:,} shared)  {grouping.compared:>9,} pairs compared"
        f"  {seconds:6.1f} s of CPU  {memory() - before:5.0f} MB beside {before:.0f} MB of events",
        flush=True,
    )
    new = make_events(6000, seed=2, first_day=DAY + DAYS - 7)
    start = time.process_time()
    near = [one for one in features if one.last >= DAY + DAYS - 20]  # what the project file's index of days gives
    edges = score_pairs([*near, *new], new=len(new))
    seconds = time.process_time() - start
    print(
        f"{'':>9} + 1,000 reports (6,000 events of one week): {edges.compared:,} pairs compared in {seconds:.1f} s of CPU",
        flush=True,
    )


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    if len(sys.argv) == 3 and sys.argv[1] == "--one":
        measure(int(sys.argv[2]))
        return
    for size in sys.argv[1:] or ("10000", "100000"):
        subprocess.run([sys.executable, __file__, "--one", size], check=True)


if __name__ == "__main__":
    main()
