"""The UCDP-GED-shaped table: the 49 columns and codes of the public GED codebook, by its rules. This is not UCDP data.

An event is armed force by an organised actor with at least one death at a place and day. Deaths of the sides, of civilians and of
unknown add up to `best`. Columns that only UCDP can fill (its conflict and dyad numbers) stay empty.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.cases import Case, LeftOut, outlet_of
from dateline.export.sides import Side, armed, parties
from dateline.export.table import headline_of
from dateline.export.tables import columns, country_codes, day_precision, place_precision, type_codes
from dateline.export.tolls import Estimate, ucdp_estimate
from dateline.types import Event

Row = dict[str, Any]
STATE, NON_STATE, ONE_SIDED = 1, 2, 3


def rows(cases: Sequence[Case]) -> Iterator[Row | LeftOut]:
    """A row for each case that the GED codebook codes, or why there is none."""
    for case in cases:
        rule = excluded(case)
        yield LeftOut(case, *rule) if rule else row_of(case)


def excluded(case: Case) -> tuple[str, str] | None:
    """Rule and reason why GED does not code an event; None when it does."""
    event = case.event
    if not type_codes(event).ucdp:
        return "type", f"no armed force: {event.type}: {event.sub_type}"
    if event.status not in ("occurred", "ongoing", "attempted"):
        return "status", f"only {event.status}: GED codes what happened"
    if event.when is None or not (event.when.earliest or event.when.latest):
        return "no day", "no day, week, month or year is told"
    if event.where is None or event.where.place.lat is None or event.where.place.country is None:
        return "no place", "no place with a point is told"
    if ucdp_estimate(case).best < 1:
        return "no deaths", "no death is told: a GED event has at least one"
    if dyad(event) is None:
        return "no organised actor", "no organised actor is named on a side that used force"
    return None


def dyad(event: Event) -> tuple[int, Side, Side | None] | None:
    """Type of violence and the two sides; side b None stands for civilians. None when no organised actor is named."""
    actors, targets = parties(event.actors, event, acted=True), parties(event.targets, event, acted=False)
    forces = [side for side in armed(actors) if side.named and side.ucdp in ("state", "group")]
    foes = [side for side in armed(targets) if side.named and side.ucdp in ("state", "group")]
    if event.type in ("Violence against civilians", "Protests") or (forces and not foes and event.type != "Battles"):
        side = next(iter(forces or foes), None)
        return (ONE_SIDED, side, None) if side else None
    everyone = list({side.name: side for side in (*forces, *foes)}.values())
    if len(everyone) < 2:
        return None
    everyone.sort(key=lambda side: side.ucdp != "state")  # stable: the state is side a, as in GED
    first, second = everyone[:2]
    return (STATE if first.ucdp == "state" else NON_STATE), first, second


def row_of(case: Case) -> Row:
    event = case.event
    assert event.when and event.where
    place, when = event.where.place, event.when
    kind, side_a, side_b = dyad(event) or (0, None, None)
    land, estimate = country_codes(place.country), ucdp_estimate(case)
    first, last = when.earliest or when.latest or "", when.latest or when.earliest or ""
    name_a, name_b = side_name(side_a), side_name(side_b)
    row: Row = dict.fromkeys(columns("ucdp"), "")
    row |= {
        "id": f"DL-GED-{case.id[1:11]}",
        "relid": f"DL-{place.country}-{first[:4]}-{case.id[1:7]}",
        "year": int(first[:4]),
        "code_status": f"dateline, {case.review}",
        "type_of_violence": kind,
        "dyad_name": f"{name_a} - {name_b}",
        "side_a": name_a,
        "side_b": name_b,
        **source_columns(case),
        "where_prec": place_precision(place).ucdp,
        "where_coordinates": place.name,
        "where_description": "; ".join(words.quote for words in event.where.evidence[:2]),
        "adm_1": place.admin1 or "",
        "adm_2": place.admin2 or "",
        "latitude": round(place.lat or 0.0, 4),
        "longitude": round(place.lon or 0.0, 4),
        "geom_wkt": f"POINT ({round(place.lon or 0.0, 4)} {round(place.lat or 0.0, 4)})",
        "priogrid_gid": prio_grid(place.lat or 0.0, place.lon or 0.0),
        "country": land.name,
        "country_id": int(land.gw) if land.gw else "",
        "region": land.ucdp_region,
        "event_clarity": 2 if any(count.about for count in event.figures) else 1,
        "date_prec": day_precision(when).ucdp,
        "date_start": first,
        "date_end": last,
        **death_columns(estimate, kind, side_a, side_b),
        "gwnoa": gw_of(side_a),
        "gwnob": gw_of(side_b),
    }
    return row


def side_name(side: Side | None) -> str:
    """A state is named by its government, as in GED; None is the civilians of one-sided violence."""
    if side is None:
        return "Civilians"
    return f"Government of {country_codes(side.country).name}" if side.ucdp == "state" and side.country else side.name


def source_columns(case: Case) -> Row:
    """Outlets, days and headlines as parallel lists, and who inside the reports gave the information."""
    told = [(outlet_of(t.report), t.report.published.day or "", headline_of(t.report)) for t in case.tellings]
    speakers = [
        v.name for v in case.event.sources if v.stance in ("affirms", "claims") and v.about is None and v.name != "report"
    ]
    return {
        "number_of_sources": case.origins,
        "source_article": ";".join('"' + ",".join(part.replace('"', "'") for part in one) + '"' for one in told),
        "source_office": ";".join(office for office, _, _ in told),
        "source_date": ";".join(day for _, day, _ in told),
        "source_headline": ";".join(headline.replace(";", ",") for _, _, headline in told),
        "source_original": ";".join(dict.fromkeys(speakers)),
    }


def death_columns(estimate: Estimate, kind: int, side_a: Side | None, side_b: Side | None) -> Row:
    """Deaths by side; of one-sided violence all are civilians or unknown. The four parts add up to `best`."""
    parts = dict(estimate.parts)
    if kind == ONE_SIDED:
        civilians = parts.get("civilians", 0)
        split = (0, 0, civilians or estimate.best, estimate.best - (civilians or estimate.best))
    else:
        a = parts.get(side_a.ucdp, 0) if side_a else 0
        b = parts.get(side_b.ucdp, 0) if side_b and side_a and side_b.ucdp != side_a.ucdp else 0
        split = (a, b, parts.get("civilians", 0), estimate.best - a - b - parts.get("civilians", 0))
    names = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
    return {**dict(zip(names, split, strict=True)), "best": estimate.best, "high": estimate.high, "low": estimate.low}


def gw_of(side: Side | None) -> int | str:
    """Gleditsch-Ward number of a side that is a state."""
    gw = country_codes(side.country).gw if side and side.ucdp == "state" else ""
    return int(gw) if gw else ""


def prio_grid(lat: float, lon: float) -> int:
    """Number of the half-degree cell of PRIO-GRID.

    >>> prio_grid(22.488976, 90.062732)
    161821
    """
    return math.floor((lat + 90) / 0.5) * 720 + math.floor((lon + 180) / 0.5) + 1
