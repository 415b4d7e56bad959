"""How well figures are read: `python benchmarks/figures.py [--misses N]`.

Needs the development data at ../shared/gold; without it the script says so and ends with 0. Displacement sets are only measured.
Halves are by SHA-256 of the id: the even half was read for errors, the odd half is what counts where both are given.

  idetect   a row is right when one figure has its quantity (as low or high), and then its term or its unit
  idmc      the conflict rows, report only
  fakes     rows with a toll: the number is low or high of a `killed` figure that covers no war or year; distinct figures a report
  ucdp      headlines whose event lies in the three days before publication: exact deaths. Bare "casualties" are no measure of
            the CODEBOOK: they are killed where the headline or the outlet's known usage says so; the second number counts
            every bare casualty as dead. About one headline in ten does not give the number as a toll at all ("two villages")
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from dateline.annotate.figures import find_figures
from dateline.annotate.reading import Reading
from dateline.types import Figure, Report

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
UNITS = {"People": "person", "Households": "household"}


def rows(name: str) -> list[dict[str, Any]]:
    with (GOLD / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def tuning(doc_id: object) -> bool:
    return int(hashlib.sha256(str(doc_id).encode()).hexdigest(), 16) % 2 == 0


def figures(text: str, outlet: str | None = None) -> list[Figure]:
    return find_figures(Reading(Report("d", text, outlet=outlet)))


def has(figure: Figure, number: int) -> bool:
    return number in (figure.low, figure.high)


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} % of {whole}" if whole else "no rows"


def idetect(misses: int) -> bool:
    data = rows("displacement_idetect")
    quantity = term = unit = 0
    for row in data:
        fitting = [one for one in figures(row["excerpt"]) if has(one, row["Quantity"])]
        quantity += bool(fitting)
        right = any((one.term or "") == row["Term"].lower() for one in fitting)
        term += right
        unit += any(unit_fits(one, row["Unit"]) for one in fitting)
        if not right and misses > 0:
            misses -= 1
            ours = [(one.low, one.high, one.term) for one in fitting]
            print(f"  {row['Quantity']} {row['Term']}: {ours} {row['excerpt'][:150]!r}")
    print(f"idetect: quantity {share(quantity, len(data))}, term {share(term, len(data))}, unit {share(unit, len(data))}")
    return quantity >= 0.92 * len(data) and term >= 0.75 * len(data) and unit >= 0.93 * len(data)


def unit_fits(figure: Figure, told: str) -> bool:
    """Destroyed homes are households in that set."""
    return figure.unit == UNITS.get(told) or (told == "Households" and figure.unit == "item" and bool(figure.term))


def idmc() -> None:
    data = [row for row in rows("displacement_idmc") if "onflict" in row["Tag"]]
    right = sum(any(has(one, row["Displacement figure"]) for one in figures(row["Excerpt"])) for row in data)
    print(f"idmc, conflict rows: quantity {share(right, len(data))}")


def fakes(misses: int) -> bool:
    good = True
    for half in (True, False):
        told = right = every = distinct = reports = 0
        for row in rows("fakes_syria"):
            norm = row.get("norm")
            if not norm or tuning(row["doc_id"]) != half:
                continue
            killed = [one for one in figures(row["text"]) if one.measure == "killed" and not one.about]
            reports += 1
            distinct += len({(one.low, one.high, one.part_of is None) for one in killed})
            dead = [norm[name] for name in ("nb_civilians", "nb_noncivilians") if norm[name]]
            dead = dead or [norm[name] for name in ("nb_children", "nb_women") if norm[name]]
            if not dead:
                continue
            told += 1
            hits = [any(has(one, number) for one in killed) for number in dead]
            right += any(hits)
            every += all(hits)
            if half and not any(hits) and misses > 0:
                misses -= 1
                print(f"  {row['doc_id']} {dead}: {[row['text'][one.start : one.end] for one in killed]}")
        print(
            f"fakes {'read' if half else 'held out'}: toll found {share(right, told)}, every side's toll {share(every, told)}, "
            f"distinct killed figures per report {distinct / reports:.2f}"
        )
        good = good and right >= 0.85 * told and distinct <= 4 * reports
    return good


def ucdp(misses: int) -> bool:
    """85 % is asked; the held-out half counts."""
    good = True
    for half in (True, False):
        total = exact = loose = 0
        for row in rows("ucdp_headline_strict"):
            days = (date.fromisoformat(row["pub_date"]) - date.fromisoformat(row["date_start"])).days
            if not 0 <= days <= 3 or tuning(row["id"]) != half:
                continue
            total += 1
            found = [one for one in figures(row["headline"], row["office"]) if has(one, row["best"])]
            right = any(one.measure == "killed" for one in found)
            exact += right
            loose += right or any("casualties" in (one.group or "") for one in found)
            if half and not right and misses > 0:
                misses -= 1
                print(f"  {row['best']}: {row['headline'][:150]!r}")
        print(
            f"ucdp {'read' if half else 'held out'}: exact deaths {share(exact, total)}, "
            f"with bare casualties {share(loose, total)}"
        )
        good = half or exact >= 0.85 * total
    return good


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0, help="print so many errors of each set")
    options = parser.parse_args()
    if not (GOLD / "fakes_syria.jsonl").exists():
        print("skipped: needs ../shared/gold")
        return 0
    good = idetect(options.misses)
    idmc()
    good = fakes(options.misses) and good
    good = ucdp(options.misses) and good
    print("all floors held" if good else "BELOW A FLOOR")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
