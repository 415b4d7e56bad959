#!/usr/bin/env python3
"""Speed on one core, memory, start-up, and the codebook score on the founding report: one line a figure, with the commit.

    make bench            or        .venv/bin/python benchmarks/speed.py [REPORTS.jsonl]

Reports: ../shared/gold/fakes_syria.jsonl where it is, else the packaged exercises. Score: needs ../shared/seed.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
EXAMPLES = ROOT / "src" / "dateline" / "examples"


def main() -> None:
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    given = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED / "gold" / "fakes_syria.jsonl"
    measures: list[Callable[[], list[str]]] = [start_up, lambda: speed(given if given.exists() else EXAMPLES), score]
    for measure in measures:
        for line in measure():
            print(f"{line:<78} {commit}", flush=True)


def start_up() -> list[str]:
    """The best of three: other work on the machine only makes it slower."""
    first = EXAMPLES / "tel-maran-wire.txt"
    lines = [f"import dateline                   {best('import dateline'):6.2f} s"]
    seconds = min(timed([sys.executable, "-m", "dateline", "code", str(first), "--format", "codebook"]) for _ in range(3))
    return [*lines, f"first event after a cold start    {seconds:6.2f} s"]


def best(code: str) -> float:
    return min(timed([sys.executable, "-c", code]) for _ in range(3)) - min(timed([sys.executable, "-c", ""]) for _ in range(3))


def timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - start


def speed(path: Path) -> list[str]:
    """Reading, coding and writing the codebook lines, in this process; with the tagger, and by knowledge alone."""
    reports, words, faults, seconds = coded(path, model=True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    alone = coded(path, model=False)[3]
    return [
        f"{path.name}: {reports} reports, {words} words, {faults} faults",
        f"words per second on one core      {words / seconds:6.0f}",
        f"reports per second on one core    {reports / seconds:6.1f}",
        f"words per second, --no-model      {words / alone:6.0f}",
        f"peak memory                       {memory:6.0f} MB",
    ]


def coded(path: Path, *, model: bool) -> tuple[int, int, int, float]:
    """Reports, words and faults of a file, and the processor seconds that coding it took."""
    from dateline.batch import code_stream
    from dateline.export.codebook import codebook_line
    from dateline.ingest import read_paths
    from dateline.pipeline import load_tools
    from dateline.types import Fault, Report

    tools = load_tools(model=model)
    list(code_stream(read_paths([EXAMPLES]), render=codebook_line, tools=tools))  # tables are loaded at the first use
    words, reports, faults, start = 0, 0, 0, time.process_time()
    items: list[Report | Fault] = list(read_paths([path]))
    for done in code_stream(iter(items), render=codebook_line, keep=False, tools=tools):
        reports += done.line is not None
        faults += isinstance(done.result, Fault) and done.result.level == "error"
    seconds = time.process_time() - start
    words = sum(len(item.text.split()) for item in items if isinstance(item, Report))
    return reports, words, faults, seconds


def score() -> list[str]:
    if not (SHARED / "score_events.py").exists():
        return ["score on the founding report      needs ../shared"]
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "seed.jsonl"
        command = [sys.executable, "-m", "dateline", "code", str(SHARED / "seed" / "report.txt"), "--doc-id", "seed"]
        subprocess.run([*command, "--format", "codebook", "--quiet", "-o", str(out)], check=True, cwd=ROOT)
        scorer = [sys.executable, str(SHARED / "score_events.py"), str(SHARED / "seed" / "expected.json"), str(out), "--json"]
        found = json.loads(subprocess.run(scorer, check=True, capture_output=True, text=True).stdout)
    return [f"score on the founding report      {name} F1 {found[name]['f1']}" for name in ("events", "ALL")]


if __name__ == "__main__":
    main()
