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
from dateline.knowledge import table
from dateline.pipeline import code_report, load_tools
from dateline.resolve.countries import country_use
from dateline.resolve.gazetteer import Gazetteer, load_gazetteer
from dateline.resolve.gazetteer_file import SHIPPED, unpacked_path
from dateline.resolve.gazetteer_names import fold, skeleton
from dateline.resolve.places import find_places
from dateline.resolve.places_locate import country_code, locate
from dateline.types import Place, Report, Where

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
        typed = {
            r["doc_id"]: [t for t in r["toponyms"] if t["type"] not in {"Non_Lit_Expression", "Literal_Expression"}]
            for r in chosen
        }
        result["P_typed"] = evals().geo(typed, predicted, overlap=True)["P"]
    return result


def report_geo() -> None:
    for name in USES:
        for half in ("tune", "report"):
            print(name, half, geo(name, half))


def same_area(place: Place, row: Row) -> bool:
    """The right admin-1: by name, without the words for its level, or by a spelling variant of it."""
    gold = row["adm_1"]
    if not place.admin1 or not gold:
        return False
    iso3 = country_code(row["country"])
    meant = {c.index for c in load_gazetteer().find(core(gold)) if c.country == iso3 and c.kind.name == "ADM1"}
    said = {c.index for c in load_gazetteer().find(place.admin1) if c.country == iso3 and c.kind.name == "ADM1"}
    if meant & said or skeleton(fold(core(place.admin1))) == skeleton(fold(core(gold))):
        return True
    earlier = [
        row_ for row_ in table("places_successors") if row_["country"] == iso3 and fold(row_["area"]) == fold(core(place.admin1))
    ]
    return any(skeleton(fold(core(name))) == skeleton(fold(core(gold))) for row_ in earlier for name in row_.many("earlier"))


LEVELS = {
    "oblast",
    "province",
    "state",
    "region",
    "governorate",
    "prefecture",
    "department",
    "district",
    "republic",
    "county",
    "special",
    "republican",
    "city",
}


def core(name: str) -> str:
    kept = [w for w in name.split() if w.lower() not in LEVELS]
    return " ".join(kept) or name


def ucdp(half: str) -> Row:
    """UCDP phrases: distances, admin-1, honesty of precision and radius."""
    haversine, gazetteer = evals().haversine, load_gazetteer()
    chosen = [r for r in rows("ucdp_geocode") if half == "all" or tuning(str(r["id"])) == (half == "tune")]
    near = far = adm1 = inside = fine = fine_right = adm1_n = 0
    radii = []
    for row in chosen:
        place = locate(row["phrase"], row["country"], gazetteer)
        km = 20039.0 if place is None or place.lat is None else haversine(row["lat"], row["lon"], place.lat, place.lon)
        near, far = near + (km <= 25), far + (km <= 161)
        if row["adm_1"]:
            adm1_n += 1
            adm1 += place is not None and same_area(place, row)
        if place is None:
            continue
        inside += km <= place.radius_km
        if place.precision in ("site", "neighbourhood", "town"):
            fine, fine_right = fine + 1, fine_right + (km <= 25)
        if row["where_prec"] == 1:
            radii.append(place.radius_km)
    n = len(chosen)
    radii.sort()
    percent = lambda part, whole: round(100 * part / max(1, whole), 1)  # noqa: E731
    return {
        "n": n,
        "within_25": percent(near, n),
        "within_161": percent(far, n),
        "admin1": percent(adm1, adm1_n),
        "town_or_finer": percent(fine, n),
        "of_these_within_25": percent(fine_right, fine),
        "inside_radius": percent(inside, n),
        "median_radius_prec1": radii[len(radii) // 2],
    }


def report_ucdp() -> None:
    for half in ("tune", "report", "all"):
        print("ucdp_geocode", half, ucdp(half))


def fakes(half: str) -> Row:
    """Reports with a gold place for which some place found lies at it: the words of `Location`, 25 km, or the governorate."""
    gazetteer = load_gazetteer()
    chosen = [r for r in rows("fakes_syria") if half == "all" or tuning(r["doc_id"]) == (half == "tune")]
    asked = right = by_words = 0
    missed = []
    for row in chosen:
        spans = row.get("spans", {}).get("Location", {}).get("spans", [])
        area = (row.get("norm") or {}).get("location")
        if not spans and (not area or area == "0"):
            continue
        asked += 1
        links = [k for k in find_places(Reading(Report(row["doc_id"], row["text"])), gazetteer) if k.place is not None]
        literal = [
            k for k in links if k.use in {"literal", "dateline", "modifier"} and k.place and k.place.precision != "country"
        ]
        worded = any(k.phrase.start < end and start < k.phrase.end for k in literal for start, end in spans)
        governed = bool(area) and any(
            k.place and k.place.admin1 and skeleton(fold(k.place.admin1)) == skeleton(fold(area)) for k in literal
        )
        by_words += worded
        right += worded or governed
        if not worded and not governed:
            missed.append((row["doc_id"], row["spans"].get("Location", {}).get("text"), area))
    return {
        "n": asked,
        "found_pct": round(100 * right / asked, 1),
        "at_words_pct": round(100 * by_words / asked, 1),
        "missed": missed[:12],
    }


def fakes_coded(half: str) -> Row:
    """The same through the coder: an event of the report is placed at the words of `Location`, or in the governorate of the row.

    A place at the words: its evidence meets them, or it lies within 25 km of what those words resolve to.
    """
    tools = load_tools()
    asked = right = 0
    for row in (r for r in rows("fakes_syria") if tuning(r["doc_id"]) == (half == "tune")):
        spans = row.get("spans", {}).get("Location", {}).get("spans", [])
        area = (row.get("norm") or {}).get("location")
        if not spans and (not area or area == "0"):
            continue
        asked += 1
        coding = code_report(Report(row["doc_id"], row["text"]), tools)
        named = [k.place for k in coding.places if k.place and any(k.start < e and s < k.end for s, e in spans)]
        right += any(placed(event.where, spans, named, area) for event in coding.events if event.where is not None)
    return {"n": asked, "event_placed_pct": round(100 * right / asked, 1)}


def placed(where: Where, spans: list[list[int]], named: list[Place], area: str | None) -> bool:
    if any(e.start < end and start < e.end for e in where.evidence for start, end in spans):
        return True
    place = where.place
    if area and place.admin1 and skeleton(fold(place.admin1)) == skeleton(fold(area)):
        return True
    return any(
        place.lat is not None and n.lat is not None and evals().haversine(place.lat, place.lon, n.lat, n.lon) <= 25 for n in named
    )


def report_fakes() -> None:
    for half in ("tune", "report"):
        print("fakes_syria", half, fakes(half), fakes_coded(half))


def report_gazetteer() -> None:
    """Size, load, look-ups per second, and how many gold names it knows."""
    start = time.perf_counter()
    path = unpacked_path()
    gazetteer = Gazetteer(path)
    print(f"places {len(gazetteer)}, names {gazetteer.meta['name_forms']}, load {time.perf_counter() - start:.3f} s")
    print(f"shipped {SHIPPED.stat().st_size / 1e6:.1f} MB, unpacked {path.stat().st_size / 1e6:.1f} MB")
    names = sorted({t["phrase"] for r in rows("geo_lgl") for t in r["toponyms"]})
    start = time.perf_counter()
    for name in names:
        gazetteer.find(name)
    print(f"look-ups per second: {len(names) / (time.perf_counter() - start):.0f} (each name for the first time)")
    for set_name in USES:
        told = [t["phrase"] for r in rows(set_name) for t in r["toponyms"] if t.get("lat") is not None]
        known = [phrase for phrase in told if gazetteer.knows(phrase) or country_use(phrase)]
        print(f"{set_name}: knows {100 * len(known) / len(told):.1f} % of {len(told)} gold names with coordinates")
    told = [(r["where"], r["country"]) for r in rows("ucdp_geocode")]
    known_places = [w for w, c in told if any(k.country == country_code(c) for k in gazetteer.find(core(w.rsplit(" ", 1)[0])))]
    print(f"ucdp_geocode: knows {100 * len(known_places) / len(told):.1f} % of {len(told)} places in their country")


def report_speed() -> None:
    gazetteer = load_gazetteer()
    texts = [r["text"] for r in rows("fakes_syria")[:100]]
    readings = [Reading(Report("x", text)) for text in texts]
    words = sum(len(r) for r in readings)
    for told in ("names met for the first time", "names met before"):
        start = time.process_time()
        for reading in readings:
            find_places(reading, gazetteer)
        spent = time.process_time() - start
        print(f"place step, {told}: {spent / words * 600 * 1000:.2f} ms of processor time per 600 tokens ({words} tokens)")


def main() -> None:
    if not GOLD.exists():
        print("skipped: needs ../shared/gold")
        return
    wanted = sys.argv[1:] or ["geo", "ucdp", "fakes", "gazetteer", "speed"]
    for name in wanted:
        {"geo": report_geo, "ucdp": report_ucdp, "fakes": report_fakes, "gazetteer": report_gazetteer, "speed": report_speed}[
            name
        ]()


if __name__ == "__main__":
    main()
