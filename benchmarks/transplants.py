"""The founding report in other wars: is what we know of the kind a coder of any region has, or of that one text?

    python benchmarks/transplants.py [--errors] [--write FOLDER]

../shared/seed/report.txt and expected.json are read at run time; nothing of them is kept here. transplants.toml names three wars.
For each, names of parties, sources, countries, places and persons, all days and all numbers of report and coding are replaced by
one table in one pass, the longest first; grammar and all other words stay. The report and its three transplants are coded without
`--published` and scored by `dateline.evaluate`. Exit 0: no transplant is further than 8 points from the report in `events` and
`ALL`; 1: one is; 2: ../shared/seed is not there.

--errors         the values that were right in the report and are wrong in a transplant, and what was coded instead
--write FOLDER   the transplants and their codings as files (outside the repository, please: they are someone else's text)
"""

from __future__ import annotations

import argparse
import calendar
import importlib.util
import json
import re
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from dateline.evaluate.run import coded_reports
from dateline.evaluate.scoring import FIELDS, Row, Scores, by_report, score_reports, total
from dateline.export.codebook import to_codebook
from dateline.ingest import read_text
from dateline.pipeline import Tools, code_report, load_tools

HERE = Path(__file__).resolve().parent
SHARED = HERE.parent.parent / "shared"
TABLES = HERE / "transplants.toml"
LIMIT = 8.0  # points of F1 between the report and a transplant, in `events` and in `ALL`
WORDED = frozenset(
    ("name", "quote", "with", "of", "alias", "until", "backed_by", "source", "about", "group", "why", "published_basis")
)
DATED = frozenset(("earliest", "latest", "published"))
COUNTED = frozenset(("low", "high", "devices", "distance_km"))
MONTHS, WEEKDAYS = list(calendar.month_name)[1:], list(calendar.day_name)
DAY = rf"(?P<month>{'|'.join(MONTHS)}) (?P<day>\d{{1,2}}), (?P<of>\d{{4}})"
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Report:
    """A text and its hand coding."""

    name: str
    text: str
    gold: Json


@dataclass(frozen=True, slots=True)
class War:
    """One mapping of transplants.toml."""

    name: str
    war: str
    published: str
    years: int
    names: Mapping[str, str]
    countries: Mapping[str, str]
    places: Mapping[str, list[float]]
    numbers: Mapping[str, int]


def read_wars() -> tuple[list[War], frozenset[str]]:
    """The wars, and the words with a capital that are of none of them."""
    tables = tomllib.loads(TABLES.read_text(encoding="utf-8"))
    stays = frozenset(tables.pop("stays"))
    return [War(name, **table) for name, table in tables.items()], stays


def read_seed(shared: Path = SHARED) -> Report | None:
    folder = shared / "seed"
    if not (folder / "report.txt").exists() or not (folder / "expected.json").exists():
        return None
    gold = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return Report(gold["doc_id"], (folder / "report.txt").read_text(encoding="utf-8"), gold)


# transplanting


def rewriter(war: War, published: date) -> Callable[[str], str]:
    """The function that carries words into another war: names, days, weekdays and years, all in one pass."""
    moved = date.fromisoformat(war.published) - published
    names = "|".join(re.escape(name) for name in sorted(war.names, key=lambda name: (-len(name), name)))
    pattern = re.compile(
        rf"(?<!\w)(?:(?P<name>{names})|{DAY}|(?P<iso>\d{{4}}-\d\d-\d\d)|(?P<weekday>{'|'.join(WEEKDAYS)})|(?P<year>(?:19|20)\d\d))(?!\w)"
    )

    def other(found: re.Match[str]) -> str:
        if name := found["name"]:
            return war.names[name]
        if found["month"]:
            day = date(int(found["of"]), MONTHS.index(found["month"]) + 1, int(found["day"])) + moved
            return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"
        if found["iso"]:
            return (date.fromisoformat(found["iso"]) + moved).isoformat()
        if found["weekday"]:
            return WEEKDAYS[(WEEKDAYS.index(found["weekday"]) + moved.days) % 7]
        return str(int(found["year"]) + war.years)

    return lambda words: pattern.sub(other, words)


def transplant(seed: Report, war: War, stays: frozenset[str] = frozenset()) -> Report:
    """The report and its coding in another war. Raises AssertionError when anything of the old war remains."""
    published = date.fromisoformat(seed.gold["published"])
    rewrite = rewriter(war, published)
    gold = recode(seed.gold, war, rewrite, published)
    gold["doc_id"] = war.name
    new = Report(war.name, rewrite(seed.text), gold)
    for left in leftovers(seed, new, war, stays):
        raise AssertionError(f"{war.name}: of the old war remains {left!r}")
    return new


def recode(node: Any, war: War, rewrite: Callable[[str], str], published: date, key: str = "") -> Any:
    if isinstance(node, dict):
        out = {name: recode(value, war, rewrite, published, name) for name, value in node.items()}
        if key == "where":
            out["lat"], out["lon"], out["radius_km"] = war.places[out["name"]]
        return out
    if isinstance(node, list):
        return [recode(item, war, rewrite, published, key) for item in node]
    if isinstance(node, str):
        if key in WORDED or key == "trigger":
            return rewrite(node)
        if key == "country":
            return war.countries[node]
        return move(node, war, published) if key in DATED else node
    return war.numbers.get(str(node), node) if key in COUNTED and node is not None else node


def move(day: str, war: War, published: date) -> str:
    """A day of the month before publication keeps its distance to it; of an older day the year moves."""
    old = date.fromisoformat(day)
    if published - old <= timedelta(days=31):
        return (old + (date.fromisoformat(war.published) - published)).isoformat()
    return old.replace(year=old.year + war.years).isoformat()


def leftovers(seed: Report, new: Report, war: War, stays: frozenset[str]) -> Iterator[str]:
    """Words with a capital, numbers and codes of the old report that stand in the new one though no table put them there."""
    named = re.compile(r"\b[A-Z]\w*|\b\d\w*")
    have = set(named.findall(f"{new.text} {worded(new.gold)}"))
    put = {word for name in war.names.values() for word in named.findall(name)}
    days = {str(int(part)) for day in re.findall(r"\d{4}-\d\d-\d\d", json.dumps(new.gold)) for part in day.split("-")}
    yield from sorted(set(named.findall(seed.text)) & have - put - days - stays - set(WEEKDAYS))
    yield from sorted(
        (war.countries.keys() & set(re.findall(r"\b[A-Z]{3}\b", json.dumps(new.gold)))) - set(war.countries.values())
    )


def worded(node: Any, key: str = "") -> list[str]:
    if isinstance(node, dict):
        return [words for name, value in node.items() for words in worded(value, name)]
    if isinstance(node, list):
        return [words for item in node for words in worded(item, key)]
    return [node] if isinstance(node, str) and (key in WORDED or key == "trigger") else []


# checking and scoring


def shared_tool(name: str, shared: Path = SHARED) -> ModuleType | None:
    """A program of ../shared as a module, None where it is not."""
    spec = importlib.util.spec_from_file_location(f"shared_{name}", shared / f"{name}.py")
    if spec is None or spec.loader is None or not (shared / f"{name}.py").exists():
        return None
    module = importlib.util.module_from_spec(spec)
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True  # the folder is not ours to write in
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module


def gold_faults(report: Report) -> list[str]:
    """What check_gold.py finds in the coding; nothing where the program is absent."""
    checker = shared_tool("check_gold")
    return list(checker.check_report(report.gold, report.text)) if checker else []


def code(report: Report, tools: Tools) -> Json:
    """The codebook record of our own coder, without a publication day from outside."""
    return to_codebook(code_report(read_text(report.text, doc_id=report.name), tools))


def rows_of(report: Report, coded: Json) -> list[Row]:
    golds = coded_reports({report.name: {**report.gold, "doc_id": report.name}})
    return score_reports(golds, coded_reports({report.name: coded}))


def scores_of(report: Report, coded: Json) -> Scores:
    return total(by_report(rows_of(report, coded), [report.name]).values())


def scorers_differ(report: Report, coded: Json, scores: Scores) -> list[str]:
    """Fields whose F1 by ../shared/score_events.py is another than ours; none where the program is absent."""
    scorer = shared_tool("score_events")
    if not scorer:
        return []
    theirs = scorer.score({report.name: report.gold}, {report.name: coded})
    return [
        f"{name}: {row['f1']}, ours {scores[name].f1:.1f}"
        for name, row in theirs.items()
        if abs(row["f1"] - scores[name].f1) > 0.051
    ]


def distance(seed: Scores, other: Scores) -> float:
    """The most points of F1 that a transplant is away from the report, in `events` or `ALL`."""
    return max(abs(seed[name].f1 - other[name].f1) for name in ("events", "ALL"))


# showing


def table(scored: Mapping[str, Scores]) -> Iterator[str]:
    seed = next(iter(scored.values()))
    yield f"{'F1':12}" + "".join(f"{name:>10}" + ("" if scores is seed else f"{'':>8}") for name, scores in scored.items())
    for name in ("ALL", "events", *FIELDS):
        cells = (f"{s[name].f1:10.1f}" + ("" if s is seed else f" ({s[name].f1 - seed[name].f1:+5.1f})") for s in scored.values())
        yield f"{name:12}" + "".join(cells)


def lost(seed_rows: list[Row], rows: list[Row]) -> Iterator[str]:
    """Events and values that were right in the report and are not in the transplant; events coded in the transplant alone."""
    before = {row.gold.id: row for row in seed_rows if row.gold}
    for row in rows:
        if row.gold is None:
            assert row.predicted is not None
            yield f"  invented {row.predicted.sub_type} {row.predicted.words!r}"
            continue
        old = before[row.gold.id]
        if row.predicted is None:
            yield f"  {row.gold.id} {row.gold.sub_type} {'not found' if old.predicted else 'not found (nor in the report)'}"
            continue
        for name in FIELDS:
            gone = {g for g, _ in old.right.get(name, ())} - {g for g, _ in row.right.get(name, ())}
            if gone:
                yield f"  {row.gold.id} {name}: {shown(row.gold, name)} -> {shown(row.predicted, name)}"


def shown(event: Any, name: str) -> str:
    value = getattr(event, name.rstrip("~"))
    items = value if isinstance(value, list) else [value]
    return "; ".join(brief(item) for item in items) or "-"


def brief(item: Any) -> str:
    keys = ("name", "earliest", "latest", "kind", "measure", "low", "high", "stance")
    found = [str(getattr(item, key)) for key in keys if getattr(item, key, None) is not None]
    return " ".join(found) if found else str(item)


def write(reports: list[Report], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for report in reports:
        (folder / f"{report.name}.txt").write_text(report.text, encoding="utf-8")
        (folder / f"{report.name}.json").write_text(json.dumps(report.gold, indent=1, ensure_ascii=False), encoding="utf-8")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--write", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    seed = read_seed()
    if seed is None:
        print(f"needs {SHARED / 'seed'}: nothing was measured", file=sys.stderr)
        return 2
    wars, stays = read_wars()
    reports = [seed, *(transplant(seed, war, stays) for war in wars)]
    if options.write:
        write(reports[1:], options.write)
    tools = load_tools()
    coded = {report.name: code(report, tools) for report in reports}
    scored = {report.name: scores_of(report, coded[report.name]) for report in reports}
    faults = [f"{report.name}: {fault}" for report in reports for fault in gold_faults(report)]
    faults += [
        f"{report.name}: scorers differ: {each}"
        for report in reports
        for each in scorers_differ(report, coded[report.name], scored[report.name])
    ]
    print(*table(scored), sep="\n")
    for report in reports[1:]:
        far = distance(scored["seed"], scored[report.name])
        print(f"{report.name}: {far:.1f} points from the report{'' if far <= LIMIT else f': more than {LIMIT:.0f}'}")
        faults += [f"{report.name} is too far"] if far > LIMIT else []
        if options.errors:
            print(*lost(rows_of(seed, coded["seed"]), rows_of(report, coded[report.name])), sep="\n")
    print(*faults, sep="\n", end="\n" if faults else "", file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
