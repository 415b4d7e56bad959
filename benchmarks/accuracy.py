"""Every development set with one command: `make accuracy`, or `python benchmarks/accuracy.py`. Writes docs/evaluation.md.

    --fast                         leave out the other scripts of this folder (places, times, figures, attribution, parties)
    --raise                        lift the floors to what was measured, and set those that are new
    --lower NAME --reason TEXT     lower one floor, with the reason written down; NAME as it stands in floors.toml

Floors stand in benchmarks/floors.toml, each with the sha256 of its gold. A figure under its floor fails (exit 1), and so does a
floor whose gold has changed. Nothing is trained here. Needs ../shared/gold; without it the script says so and ends with 0.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import re
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "gold"))

from join import joined  # noqa: E402  gold/join.py
from sets import SHARED, rows_of  # noqa: E402  gold/sets.py

from dateline.evaluate.files import Text, fingerprint, span_list  # noqa: E402
from dateline.evaluate.render import markdown, tables  # noqa: E402
from dateline.evaluate.run import (  # noqa: E402
    Evaluation,
    code_texts,
    coded_reports,
    evaluate_events,
    evaluate_layer,
    mark_texts,
    marked_reports,
)
from dateline.types import Fault  # noqa: E402

FLOORS = ROOT / "benchmarks" / "floors.toml"
PAGE = ROOT / "docs" / "evaluation.md"
SCRIPTS = ("places", "times", "figures", "attribution", "parties")
BY_HAND = ("<!-- by hand: kept when this page is written anew -->", "<!-- /by hand -->")
GOALS = {"own test events": 65, "own test ALL": 50, "own test sources": 50}
FLOORED = {
    "events": ("ALL", "events", "sub_type", "when", "where", "actors", "targets", "figures", "sources"),
    "places": ("overlap", "near"),
    "times": ("strict", "relaxed", "value"),
    "attribution": ("source_char", "cue_char", "content_char", "aligned"),
}
COST = re.compile(r"[;,] \d+(\.\d+)? ms[^;,]*")
Json = dict[str, Any]


@dataclass(frozen=True)
class Measured:
    """One set: its name in floors.toml, what was measured, and which gold (sha256)."""

    name: str
    result: Evaluation
    gold: str
    faults: tuple[Fault, ...] = ()


# ---- own gold --------------------------------------------------------------------------------------------------------


def own_gold() -> Iterator[Measured]:
    """Our own reports, coded as a user would have them coded: the day of publication is given only where the set gives it."""
    pairs = list(joined())
    golds = {row["doc_id"]: row for row, _ in pairs}
    texts = {text["doc_id"]: as_given(row, text) for row, text in pairs}
    faults: list[Fault] = []
    coded = code_texts(texts.values(), faults.append)
    gold = fingerprint(ROOT / "gold")
    errors = tuple(fault for fault in faults if fault.level == "error")
    for part in ("test", "dev"):
        chosen = {doc_id: row for doc_id, row in golds.items() if row["part"] == part}
        mine = {doc_id: found for doc_id, found in coded.items() if doc_id in chosen}
        result = evaluate_events(coded_reports(chosen), coded_reports(mine), texts=texts, gold=f"gold/, part {part}")
        yield Measured(f"own {part}", result, gold, tuple(fault for fault in errors if fault.where in chosen))
    faults.clear()
    marked = marked_reports(mark_texts(texts.values(), "attribution", faults.append), "attribution")
    told = marked_reports({doc_id: {"attributions": row["attributions"]} for doc_id, row in golds.items()}, "attribution")
    for part in ("test", "dev"):
        chosen_told = {doc_id: rows for doc_id, rows in told.items() if golds[doc_id]["part"] == part}
        result = evaluate_layer("attribution", chosen_told, marked, gold=f"gold/, part {part}")
        unmarked = tuple(fault for fault in faults if fault.level == "error" and fault.where in chosen_told)
        yield Measured(f"own {part} attribution", result, gold, unmarked)


def as_given(row: Json, text: Json) -> Text:
    """The text with what its set tells. A day that the text contradicts is left out, as is one that a coder inferred."""
    record = {key: value for key, value in text.items() if key not in {"text", "published", "set"}}
    known = {"published": row["published"]} if row["published_basis"] == "given" else {}
    return Text(row["doc_id"], text["text"], {**record, **known})


def seed() -> Iterator[Measured]:
    folder = SHARED.parent / "seed"
    if not folder.exists():
        return
    gold = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    text = Text("seed", (folder / "report.txt").read_text(encoding="utf-8"))
    coded = code_texts([text], lambda fault: None)
    result = evaluate_events(coded_reports({"seed": gold}), coded_reports(coded), gold="the worked example of the codebook")
    yield Measured("seed", result, fingerprint(folder / "expected.json"))


# ---- public sets -----------------------------------------------------------------------------------------------------


def other_half(doc_id: str) -> bool:
    """Rules were tuned on the half whose hash is even: this is the other one."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) % 2 == 1


def public_sets() -> Iterator[Measured]:
    """What `dateline annotate` gives on public sets, measured on the half that no rule was tuned on."""
    for name in ("geo_lgl", "geo_gwn", "geo_tudloc_training", "geo_tudloc_validation"):
        yield from layer_of(
            name, "places", lambda row: {"toponyms": [one for one in row["toponyms"] if one.get("lat") is not None]}
        )
    yield from layer_of("timex_timebank", "times", lambda row: {"timex": row["timex"]})
    yield from layer_of("polnear_dev", "attribution", attribution_rows)


def attribution_rows(row: Json) -> Json:
    roles = ("source", "cue", "content")
    return {"attributions": [{role: span_list(one.get(role)) for role in roles} for one in row["attributions"]]}


def layer_of(name: str, task: str, gold_of: Any) -> Iterator[Measured]:
    path = SHARED / f"{name}.jsonl"
    if not path.exists():
        return
    rows: dict[str, Json] = {}
    for row in rows_of(path):  # of several annotators the first
        rows.setdefault(str(row["doc_id"]), row)
    chosen = {doc_id: row for doc_id, row in rows.items() if other_half(doc_id)}
    texts = {doc_id: Text(doc_id, row["text"], known(row)) for doc_id, row in chosen.items()}
    faults: list[Fault] = []
    found = mark_texts(texts.values(), task, faults.append)
    if task == "places":  # what nothing could be chosen for is shown to users, and is no answer
        found = {
            doc_id: {"toponyms": [one for one in row["toponyms"] if one["lat"] is not None]} for doc_id, row in found.items()
        }
    golds = marked_reports({doc_id: gold_of(row) for doc_id, row in chosen.items()}, task)
    result = evaluate_layer(task, golds, marked_reports(found, task), texts=texts, gold=f"{name}, untuned half")
    yield Measured(name, result, fingerprint(path), tuple(fault for fault in faults if fault.level == "error"))


def known(row: Json) -> Json:
    told = {"published": row.get("dct") or row.get("date"), "url": row.get("url"), "title": row.get("title")}
    return {key: value for key, value in told.items() if value}


# ---- floors ----------------------------------------------------------------------------------------------------------


def figures_of(several: list[Measured]) -> dict[str, tuple[float, str]]:
    """Name of a floor → F1 in percent (places near: accuracy), and the gold it was measured on."""
    return {
        f"{one.name} {field}": (round(one.result.fields[field].f1, 1), one.gold)
        for one in several
        for field in FLOORED[one.result.task]
        if one.name != "seed"
    }


def read_floors() -> tuple[dict[str, Json], list[Json]]:
    if not FLOORS.exists():
        return {}, []
    held = tomllib.loads(FLOORS.read_text(encoding="utf-8"))
    return held.get("floors", {}), held.get("lowered", [])


def check_floors(figures: dict[str, tuple[float, str]], floors: dict[str, Json]) -> list[str]:
    """What is under its floor, or has a floor of other gold. Both fail."""
    faults = []
    for name, (value, gold) in figures.items():
        floor = floors.get(name)
        if floor is None:
            continue
        if value < floor["value"]:
            faults.append(f"{name}: {value} is under its floor of {floor['value']} (mend it, or --lower {name!r} --reason TEXT)")
        elif gold != floor["gold"]:
            faults.append(
                f"{name}: its gold has changed (sha256 {gold[:12]}, the floor's is {floor['gold'][:12]}): run with --raise"
            )
    return faults


def raised(figures: dict[str, tuple[float, str]], floors: dict[str, Json]) -> dict[str, Json]:
    """Floors are whole points. One is never lowered here, not even when its gold has changed."""
    out = dict(floors)
    for name, (value, gold) in figures.items():
        floor = floors.get(name)
        if floor is None or value >= floor["value"]:
            out[name] = {"value": max(math.floor(value), floor["value"] if floor else 0), "gold": gold}
    return out


def lowered(name: str, reason: str, figures: dict[str, tuple[float, str]], floors: dict[str, Json], log: list[Json]) -> None:
    """Set one floor to what was measured, and write down why."""
    if name not in figures or name not in floors:
        raise SystemExit(f"no floor {name!r}: one of {', '.join(floors)}")
    value, gold = figures[name]
    entry = {"name": name, "before": floors[name]["value"], "after": math.floor(value), "reason": reason}
    floors[name] = {"value": math.floor(value), "gold": gold}
    log.append(entry)


def write_floors(floors: dict[str, Json], log: list[Json]) -> None:
    lines = [
        "# Floors of benchmarks/accuracy.py: F1 in percent (`near`: accuracy), whole points, with the sha256 of the gold.",
        "# A figure under its floor fails. Lift them with --raise; lower one with --lower NAME --reason TEXT only.",
        "",
        "[floors]",
    ]
    lines += [f'"{name}" = {{ value = {floor["value"]}, gold = "{floor["gold"]}" }}' for name, floor in sorted(floors.items())]
    for entry in log:
        lines += ["", "[[lowered]]", *(f"{key} = {json.dumps(entry[key], ensure_ascii=False)}" for key in entry)]
    FLOORS.write_text("\n".join(lines) + "\n", encoding="utf-8")


# ---- the page --------------------------------------------------------------------------------------------------------


def page(several: list[Measured], figures: dict[str, tuple[float, str]], floors: dict[str, Json], scripts: dict[str, str]) -> str:
    parts = [
        "# Evaluation",
        "",
        "Written by `make accuracy`; do not edit by hand but between the marks below. P, R and F1 are percentages; 95 % is the",
        "bootstrap interval of F1 over reports. `ALL` pools the values of all fields; `events` counts events; `when~` and",
        "`where~` ask only that days meet and places lie within 161 km. Rules: `src/dateline/evaluate/`. Gold: `gold/README.md`.",
        "Tagger and weights were learned on `own dev`: its figures say what fits, those of `own test` what holds.",
        "",
        BY_HAND[0],
        by_hand(),
        BY_HAND[1],
        "",
        "## Headlines",
        "",
        *headline_rows(figures, floors),
    ]
    for one in several:
        parts += ["", f"## {one.name}", "", f"Gold: sha256 `{one.gold[:16]}`.{told_faults(one)}", ""]
        shown = tables(one.result, slices=one.name in {"own dev", "geo_lgl"})  # the test part is measured, not looked into
        parts.append(markdown(shown).rstrip())
    for name, output in scripts.items():
        parts += ["", f"## benchmarks/{name}.py", "", "```text", output.strip(), "```"]
    return "\n".join(parts) + "\n"


def told_faults(one: Measured) -> str:
    if not one.faults:
        return ""
    return (
        f" {len(one.faults)} reports could not be read and count as empty, first: {one.faults[0].where} ({one.faults[0].what})."
    )


def headline_rows(figures: dict[str, tuple[float, str]], floors: dict[str, Json]) -> Iterator[str]:
    yield "| figure | F1 | floor | goal |"
    yield "|---|---:|---:|---:|"
    for name, (value, _) in figures.items():
        floor = floors.get(name)
        yield f"| {name} | {value} | {floor['value'] if floor else ''} | {GOALS.get(name, '')} |"


def by_hand() -> str:
    """What people wrote on the page before: causes of errors, gains and losses of a round."""
    if not PAGE.exists():
        return ""
    _, _, rest = PAGE.read_text(encoding="utf-8").partition(BY_HAND[0])
    return rest.partition(BY_HAND[1])[0].strip()


def run_script(name: str) -> str | None:
    """The output of one of the other benchmarks; its last line tells when it failed. None where there is no such script."""
    path = ROOT / "benchmarks" / f"{name}.py"
    if not path.exists():
        return None
    try:
        done = subprocess.run([sys.executable, str(path)], capture_output=True, text=True, timeout=600, check=False, cwd=ROOT)
    except subprocess.TimeoutExpired:
        return "took more than ten minutes"
    failed = f"\nfailed with exit code {done.returncode}: {done.stderr.strip().splitlines()[-1:]}" if done.returncode else ""
    return without_costs(done.stdout) + failed


def without_costs(output: str) -> str:
    """Milliseconds change from run to run: they stand in the output of `make bench`, not on a page that is kept."""
    return "\n".join(COST.sub("", line) for line in output.splitlines() if " ms" not in line or "%" in line)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--fast", action="store_true", help="only what this script measures itself")
    parser.add_argument("--raise", action="store_true", dest="lift", help="lift floors to what was measured")
    parser.add_argument("--lower", metavar="NAME", action="append", help="lower this floor (needs --reason); may be repeated")
    parser.add_argument("--reason", metavar="TEXT")
    options = parser.parse_args()
    if options.lower and not (options.reason or "").strip():
        parser.error("--lower needs --reason TEXT: a floor is never lowered in passing")
    if not SHARED.exists():
        print(f"left out: needs {SHARED}", file=sys.stderr)
        return 0
    start = time.perf_counter()
    several: list[Measured] = []
    for one in (*own_gold(), *seed(), *public_sets()):
        several.append(one)
        shown = ", ".join(f"{name} {one.result.fields[name].f1:.1f}" for name in FLOORED[one.result.task])
        print(f"{one.name}: {shown}{told_faults(one)}", flush=True)
    figures = figures_of(several)
    floors, log = read_floors()
    for name in options.lower or ():
        lowered(name, options.reason, figures, floors, log)
    if options.lift:
        floors = raised(figures, floors)
    if options.lift or options.lower:
        write_floors(floors, log)
    scripts = {} if options.fast else {name: output for name in SCRIPTS if (output := run_script(name)) is not None}
    PAGE.write_text(page(several, figures, floors, scripts), encoding="utf-8")
    faults = check_floors(figures, floors)
    print("\n".join(faults) or "no figure is under its floor", file=sys.stderr)
    print(f"docs/evaluation.md written in {time.perf_counter() - start:.0f} s", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
