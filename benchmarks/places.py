"""Place finding and resolution against ../shared/gold: python benchmarks/places.py [geo|ucdp|fakes|gazetteer|speed ...]

Sets are split by doc_id: the tuning half (sha256 even) may be read for errors, the other is reported. Nothing is trained here.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import sys
import time
from pathlib import Path
from typing import Any

from dateline.annotate.reading import Reading
from dateline.resolve.gazetteer import load_gazetteer
from dateline.resolve.places import find_places
from dateline.types import Report

GOLD = Path(__file__).resolve().parent.parent.parent / "shared" / "gold"
Row = dict[str, Any]


def evals() -> Any:
    spec = importlib.util.spec_from_file_location("gold_evals", GOLD / "tools" / "evals.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").split("\n") if line]


def tuning(doc_id: str) -> bool:
    return int(hashlib.sha256(str(doc_id).encode()).hexdigest(), 16) % 2 == 0


USES = {  # what counts as a toponym in each set's guidelines
    "geo_lgl": {"literal", "metonym", "dateline", "modifier", "source", "demonym"},
    "geo_gwn": {"literal", "metonym", "dateline", "modifier", "source", "demonym"},
    "geo_tudloc_training": {"literal", "metonym", "dateline", "modifier", "source"},
    "geo_tudloc_validation": {"literal", "metonym", "dateline", "modifier", "source"},
}


def predict(row: Row, uses: set[str]) -> list[Row]:
    reading = Reading(Report(str(row["doc_id"]), row["text"], url=row.get("url")))
    found = []
    for link in find_places(reading, load_gazetteer()):
        place = link.candidates[0] if link.candidates else link.place  # the named place itself, without relations
        if link.use in uses and place is not None and (link.candidates or place.unlisted):
            found.append({"start": link.start, "end": link.end, "lat": place.lat, "lon": place.lon, "link": link})
    return found


def geo(name: str, half: str) -> Row:
    """Metrics of one set and half ("tune", "report", "all")."""
    chosen = [r for r in rows(name) if half == "all" or tuning(r["doc_id"]) == (half == "tune")]
    gold = {r["doc_id"]: [t for t in r["toponyms"] if t.get("lat") is not None] for r in chosen}
    predicted = {r["doc_id"]: predict(r, USES[name]) for r in chosen}
    result: Row = evals().geo(gold, predicted, overlap=True)
    if name == "geo_gwn":  # precision on everything annotated as a toponym of some type
        typed = {r["doc_id"]: [t for t in r["toponyms"] if t["type"] not in {"Non_Lit_Expression", "Literal_Expression"}] for r in chosen}
        result["P_typed"] = evals().geo(typed, predicted, overlap=True)["P"]
    return result


def report_geo() -> None:
    for name in USES:
        for half in ("tune", "report"):
            print(name, half, geo(name, half))


def report_speed() -> None:
    gazetteer = load_gazetteer()
    texts = [r["text"] for r in rows("fakes_syria")[:100]]
    readings = [Reading(Report("x", text)) for text in texts]
    words = sum(len(r) for r in readings)
    for _ in range(2):
        start = time.perf_counter()
        for reading in readings:
            find_places(reading, gazetteer)
        spent = time.perf_counter() - start
    print(f"place step: {spent / words * 600 * 1000:.2f} ms per 600 tokens ({words} tokens)")


def main() -> None:
    if not GOLD.exists():
        print("skipped: needs ../shared/gold")
        return
    wanted = sys.argv[1:] or ["geo", "speed"]
    for name in wanted:
        {"geo": report_geo, "speed": report_speed}[name]()


if __name__ == "__main__":
    main()
