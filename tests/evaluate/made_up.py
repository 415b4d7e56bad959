"""Made-up coded reports: fifty of gold, and predictions that differ from them in every way that scoring looks at."""

from __future__ import annotations

import copy
import random
from typing import Any

Json = dict[str, Any]
TYPES = [
    ("Battles", "Armed clash"),
    ("Battles", "Government regains territory"),
    ("Explosions/Remote violence", "Suicide bomb"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Violence against civilians", "Attack"),
    ("Protests", "Peaceful protest"),
    ("Riots", "Mob violence"),
    ("Strategic developments", "Agreement"),
    ("Displacement", "Flight"),
    ("Statement", "Threat"),
]
NAMES = [
    "Lamia Front",
    "the Lamia Front of the North",
    "Marwa Brigades",
    "forces",
    "Karim army",
    "civilians",
    "the people of Tel Maran",
    "São Pedro police",
    "Al-Nura",
    "group",
]
PLACES = [
    {"name": "Marwa", "country": "SYR", "lat": 36.2, "lon": 37.1, "precision": "town", "radius_km": 5},
    {"name": "Marwa district", "country": "SYR", "lat": 36.3, "lon": 37.2, "precision": "district", "radius_km": 40},
    {"name": "Karim Province", "country": "SYR", "lat": 35.0, "lon": 38.0, "precision": "province", "radius_km": 90},
    {"name": "Tel Maran", "country": "IRQ", "lat": 36.25, "lon": 37.3, "precision": "town", "radius_km": 4},
    {"name": "Tel Maran", "country": "SYR", "precision": "town"},
    {"name": "Karim", "lat": 35.9, "lon": 37.9, "precision": "site", "radius_km": 1},
]
WORDS = "clash shelling raid the of attack on Marwa convoy killed protest threatened fled bomb seized hill".split()  # noqa: SIM905
WEAPONS = ["rocket", "artillery", "drone", "small arms"]
STATUSES = ["occurred", "ongoing", "foiled", "threatened"]
STANCES = ["affirms", "denies", "claims"]


def made_up_reports(count: int = 50, seed: int = 7) -> tuple[list[Json], list[Json]]:
    """Gold and predictions. Some predicted reports are missing, and some predictions have no gold."""
    chance = random.Random(seed)
    golds = [
        {"doc_id": f"made-{n}", "events": [event(chance, f"e{k}") for k in range(chance.randint(0, 5))]} for n in range(count)
    ]
    predictions = [
        {"doc_id": gold["doc_id"], "events": disturbed(chance, gold["events"])} for gold in golds if chance.random() < 0.95
    ]
    return golds, [*predictions, {"doc_id": "stranger", "events": [event(chance, "e1")]}]


def event(chance: random.Random, name: str) -> Json:
    kind, sub_type = chance.choice(TYPES)
    out: Json = {
        "id": name,
        "type": kind,
        "sub_type": sub_type,
        "status": chance.choice(STATUSES),
        "foreground": chance.random() < 0.7,
        "trigger": [" ".join(chance.choices(WORDS, k=chance.randint(1, 6))) for _ in range(chance.randint(1, 3))],
        "actors": parties(chance),
        "targets": parties(chance),
        "weapons": [{"kind": chance.choice(WEAPONS)} for _ in range(chance.randint(0, 2))],
        "figures": [figure(chance) for _ in range(chance.randint(0, 3))],
        "sources": [{"name": chance.choice(NAMES), "stance": chance.choice(STANCES)} for _ in range(chance.randint(1, 3))],
    }
    if chance.random() < 0.8:
        out["when"] = days(chance)
    if chance.random() < 0.9:
        out["where"] = dict(chance.choice(PLACES))
    return out


def parties(chance: random.Random) -> list[Json]:
    return [{"name": chance.choice(NAMES), "kind": "unknown"} for _ in range(chance.randint(0, 2))]


def figure(chance: random.Random) -> Json:
    low = chance.choice([None, 2, 12, 40])
    return {
        "measure": chance.choice(["killed", "injured"]),
        "low": low,
        "high": chance.choice([low or 12, 99, None if low else 12]),
    }


def days(chance: random.Random) -> Json:
    first = chance.randint(1, 20)
    last = first + chance.randint(0, 6)
    return {
        "earliest": None if chance.random() < 0.1 else f"2020-02-{first:02}",
        "latest": None if chance.random() < 0.1 else f"2020-02-{last:02}",
        "precision": "week",
    }


def disturbed(chance: random.Random, golds: list[Json]) -> list[Json]:
    """The gold events with values changed, events left out and others put in."""
    out = [changed(chance, gold) for gold in golds if chance.random() < 0.85]
    out += [event(chance, f"x{number}") for number in range(chance.randint(0, 2))]
    chance.shuffle(out)
    return out


def changed(chance: random.Random, gold: Json) -> Json:
    out, other = copy.deepcopy(gold), event(chance, "other")
    for key in [key for key in out if key != "id" and chance.random() < 0.3]:
        if key in other:
            out[key] = other[key]
        else:
            del out[key]
    if chance.random() < 0.1:
        out["targets"] = None
    return out
