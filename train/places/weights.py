"""Fits the weights of toponym resolution (resolve/places_choose.Weights) by random search on sets that may train shipped weights:

    python train/places/weights.py [seconds]

- muc4/dev (public DARPA distribution): names told in the keys' LOCATION slots must resolve to that location's country;
- ucdp_multi_outlet, ucdp_headline_strict (CC BY 4.0): the name of `where`, met in a headline, must resolve to within 50 km.

Every fourth document is held out and printed beside the rest. The geo_* sets are never read here.
"""

from __future__ import annotations

import json
import random
import re
import sys
import time
from pathlib import Path

from dateline.annotate.places import Toponym, find_toponyms
from dateline.annotate.reading import Reading
from dateline.resolve.countries import country_of
from dateline.resolve.gazetteer import load_gazetteer
from dateline.resolve.gazetteer_names import fold, skeleton
from dateline.resolve.places_choose import Weights, choose, with_weights
from dateline.resolve.places_geometry import distance_km
from dateline.types import Report

GOLD = Path(__file__).resolve().parents[3] / "shared" / "gold"
Wanted = tuple[int, str | None, float, float]  # toponym, country or None, lat, lon
Doc = tuple[Reading, list[Toponym], list[Wanted]]
GAZETTEER = load_gazetteer()


def muc_locations() -> dict[str, list[tuple[str, str]]]:
    """Names and countries told in the keys: {message: [(name, alpha-3)]}."""
    found: dict[str, list[tuple[str, str]]] = {}
    message, inside, slot = "", False, ""
    for line in (GOLD / "muc4" / "keys" / "key-dev.txt").read_text(encoding="utf-8").split("\n"):
        if "MESSAGE: ID" in line:
            message = line.split("ID")[1].split()[0]
        if re.match(r"\d+\.", line):
            inside, slot = "INCIDENT: LOCATION" in line, line.split("LOCATION")[-1] if "LOCATION" in line else ""
        elif inside:
            slot = line
        if inside and ":" in slot:
            country = country_of(slot.split(":")[0].strip().title())
            for part in slot.split(":")[1:]:
                name = part.split("(")[0].strip(" -")
                if country and name:
                    found.setdefault(message, []).append((name, country))
    return found


def documents() -> list[Doc]:
    docs: list[Doc] = []
    told = muc_locations()
    for line in (GOLD / "muc4" / "dev.jsonl").read_text(encoding="utf-8").split("\n"):
        row = json.loads(line) if line else {}
        if row.get("doc_id") in told and len(docs) < 320:
            add(docs, row["text"], [(name, country, 0.0, 0.0) for name, country in told[row["doc_id"]]])
    for name in ("ucdp_multi_outlet", "ucdp_headline_strict"):
        for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").split("\n"):
            if line:
                row = json.loads(line)
                text = "\n\n".join(r["headline"] for r in row["reports"]) if "reports" in row else row["headline"]
                add(docs, text, [(row["where"].rsplit(" ", 1)[0], None, row["lat"], row["lon"])])
    return docs


def add(docs: list[Doc], text: str, names: list[tuple[str, str | None, float, float]]) -> None:
    reading = Reading(Report("train", text))
    toponyms = find_toponyms(reading, GAZETTEER)
    forms = {skeleton(fold(name)): (country, lat, lon) for name, country, lat, lon in names}
    wanted = [
        (n, *forms[skeleton(fold(t.name))])
        for n, t in enumerate(toponyms)
        if skeleton(fold(t.name)) in forms and len(t.candidates) > 1
    ]
    if wanted:
        docs.append((reading, toponyms, wanted))


def accuracy(docs: list[Doc], weights: Weights) -> float:
    """Mean over documents of the share of names resolved right (%)."""
    total = 0.0
    for reading, toponyms, wanted in docs:
        choices = choose(reading, toponyms, GAZETTEER, weights=weights)
        right = 0
        for n, country, lat, lon in wanted:
            best = choices[n].ranked[0][0]
            right += best.country == country if country else distance_km(lat, lon, best.lat, best.lon) <= 50
        total += right / len(wanted)
    return 100 * total / len(docs)


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120.0
    docs = documents()
    fit, held = [d for n, d in enumerate(docs) if n % 4], docs[::4]
    best = Weights()
    score = accuracy(fit, best)
    print(f"{len(fit)} documents to fit, {len(held)} held out; start {score:.2f} / {accuracy(held, best):.2f}")
    chance, names = random.Random(1), [f for f in Weights.__dataclass_fields__ if f != "sharp"]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        changes = {f: getattr(best, f) for f in names}
        for name in chance.sample(names, 2):
            changes[name] = round(changes[name] * chance.choice([0.5, 0.7, 0.85, 1.2, 1.5, 2.0]) + chance.choice([0, 0, 0.05]), 3)
        tried = with_weights(**changes)
        now = accuracy(fit, tried)
        if now > score + 0.02:
            best, score = tried, now
            print(f"{score:.2f} / {accuracy(held, best):.2f} {changes}", flush=True)


if __name__ == "__main__":
    main()
