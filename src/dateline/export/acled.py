"""The ACLED-shaped table: the 31 columns and codes of the public ACLED codebook, by its rules. This is not ACLED data.

Rules: one row a day, place and pair of actors; the event type highest in the codebook's order wins; deaths are the lowest toll
that any source reports; nothing coarser than a month or a province is coded. What the rules leave out is given with its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from dateline.export.cases import Case, LeftOut, outlet_of, sentence_of
from dateline.export.sides import Side, Sides, acled_sides, country_of
from dateline.export.tables import TypeCodes, country_codes, day_precision, inter_words, place_precision, type_codes
from dateline.export.tolls import Toll, acled_fatalities
from dateline.export.words import amount_words, count_words, when_words
from dateline.resolve.sources import link_source
from dateline.types import Event, When

Row = dict[str, Any]
HAPPENED = ("occurred", "ongoing", "attempted", "foiled")


def rows(cases: Sequence[Case]) -> Iterator[Row | LeftOut]:
    """A row for each case that the codebook codes, or why there is none. Cases come together whose rows may be one event."""
    kept: dict[tuple[Any, ...], tuple[Case, Row, int]] = {}
    for case in cases:
        rule = excluded(case.event)
        if rule:
            yield LeftOut(case, *rule)
            continue
        row, rank = row_of(case), type_codes(case.event).rank
        key = (row["event_date"], row["location"], frozenset((row["actor1"], row["actor2"])))
        other = kept.get(key)
        if other is None:
            kept[key] = (case, row, rank)
            continue
        (winner, stays, first), (loser, goes) = (
            ((case, row, rank), (other[0], other[1])) if rank < other[2] else (other, (case, row))
        )
        stays["fatalities"] = max(stays["fatalities"], goes["fatalities"])
        kept[key] = (winner, stays, first)
        yield LeftOut(loser, "aggregated", f"same actors, place and day as {stays['event_id_cnty']}: one ACLED event")
    for _, row, _ in kept.values():
        yield row


def excluded(event: Event) -> tuple[str, str] | None:
    """Rule and reason why the codebook does not code an event; None when it does."""
    codes = type_codes(event)
    if not codes.acled:
        return "type", f"ACLED does not code {event.type}: {event.sub_type}"
    if event.status not in HAPPENED:
        return "status", f"only {event.status}: ACLED codes what happened"
    if event.when is None or not (event.when.earliest or event.when.latest):
        return "no day", "no day, week or month is told"
    if day_precision(event.when).acled is None:
        return "time too coarse", "nothing coarser than a month is coded"
    if event.where is None or event.where.place.lat is None or event.where.place.country is None:
        return "no place", "no place with a point is told"
    if place_precision(event.where.place).acled is None and not codes.country_level:
        return "place too coarse", "only the country is told"
    sides = acled_sides(event)
    if not sides.first and not sides.second:
        return "no actor", "no actor is told"
    return None


def row_of(case: Case) -> Row:
    event, codes = case.event, type_codes(case.event)
    assert event.when and event.where
    place, when = event.where.place, event.when
    sides, day = acled_sides(event), middle(when)
    land = country_codes(place.country)
    fatalities, tolls = acled_fatalities(case)
    return {
        "event_id_cnty": acled_id(case),
        "event_date": day.isoformat(),
        "year": day.year,
        "time_precision": day_precision(when).acled,
        "disorder_type": codes.disorder,
        "event_type": codes.acled,
        "sub_event_type": codes.acled_sub,
        **actor_columns(sides),
        "civilian_targeting": "Civilian targeting" if targets_civilians(event, sides) else "",
        "iso": int(land.iso) if land.iso else None,
        "region": land.acled_region,
        "country": land.name,
        "admin1": place.admin1 or "",
        "admin2": place.admin2 or "",
        "admin3": "",
        "location": place.name,
        "latitude": round(place.lat, 4) if place.lat is not None else None,
        "longitude": round(place.lon, 4) if place.lon is not None else None,
        "geo_precision": place_precision(place).acled or 3,
        "source": "; ".join(case.outlets),
        "source_scale": source_scale(case),
        "notes": notes(case, codes, sides, fatalities, tolls),
        "fatalities": fatalities,
        "tags": tags(event),
        "timestamp": timestamp(case),
    }


def acled_id(case: Case) -> str:
    """`DL-SYR-` and ten hex digits of the case's id: constant through new runs, never like an id of ACLED."""
    return f"DL-{country_of(case.event) or 'XXX'}-{case.id[1:11]}"


def middle(when: When) -> date:
    """The day of a row: the middle of the range; the end that is known where the other is open."""
    ends = [date.fromisoformat(day) for day in (when.earliest, when.latest) if day]
    return ends[0] + timedelta(days=(ends[-1] - ends[0]).days // 2)


def actor_columns(sides: Sides) -> Row:
    """Main and allied actors; a row with one side has it as actor 1."""
    out: Row = {}
    first, second = (sides.first, sides.second) if sides.first else (sides.second, ())
    for number, group in ((1, first), (2, second)):
        out[f"actor{number}"] = group[0].name if group else ""
        out[f"assoc_actor_{number}"] = "; ".join(side.name for side in group[1:])
        out[f"inter{number}"] = inter_words()[group[0].inter] if group else ""
    return out | {"interaction": interaction(sides)}


def interaction(sides: Sides) -> str:
    """The pair of codes in words, the lower code first; "Protesters only" for one side."""
    codes = sorted(group[0].inter for group in (sides.first, sides.second) if group)
    words = [inter_words()[code] for code in codes]
    return "-".join(words) if len(words) > 1 else f"{words[0]} only"


def targets_civilians(event: Event, sides: Sides) -> bool:
    """Violence that is aimed at civilians; never a battle."""
    if event.type == "Violence against civilians" or event.sub_type == "Excessive force against protesters":
        return True
    main = sides.second[0].inter if sides.second else 0
    return event.type in ("Explosions/Remote violence", "Riots") and main in (6, 7)


def source_scale(case: Case) -> str:
    """National, International or Other for each outlet, joined as ACLED joins them; an outlet that no registry knows is Other."""
    home, scales = country_of(case.event), set()
    for telling in case.tellings:
        entry = link_source(outlet_of(telling.report)).entry
        if entry is None:
            scales.add("Other")
        else:
            scales.add("National" if entry.country == home and entry.kind != "agency" else "International")
    joined = sorted(scales, key=["Other", "National", "International"].index)
    return "-".join(joined[:2])


def notes(case: Case, codes: TypeCodes, sides: Sides, fatalities: int, tolls: list[Toll]) -> str:
    """What happened in one paragraph: who says so, the words, and how the deaths were counted."""
    event = case.event
    assert event.when and event.where
    days = when_words(event.when)
    on = "On" if event.when.earliest == event.when.latest else "Between" if "–" in days and " – " in days else "On"
    areas = ", ".join(area for area in (event.where.place.admin2, event.where.place.admin1) if area)
    what = codes.telling.format(actor=listed(sides.first), target=listed(sides.second))
    parts = [f"{on} {days}, {what} in {event.where.place.name}{f' ({areas})' if areas else ''}, according to {speakers(case)}."]
    parts += [sentence for sentence in (denials(event), f"“{sentence_of(case.report, event.trigger[0])}”") if sentence]
    either = [party.name for party in event.actors if party.alternative]
    parts += [f"Not settled who: {' or '.join(dict.fromkeys(either))}."] if len(set(either)) > 1 else []
    others = [count_words(count) for count in event.figures if count.measure != "killed"]
    parts += [f"Also reported: {'; '.join(others)}."] if others else []
    parts += [f"[{deaths(case, fatalities, tolls)}]"] if tolls else []
    if event.type in ("Protests", "Riots"):
        parts.append(f"[size={crowd_size(event)}]")
    told = f"told by {len(case.tellings)} reports, {case.origins} of independent origin; " if len(case.tellings) > 1 else ""
    return " ".join(parts) + f" [{told}dateline, {case.review}; not ACLED data]"


def listed(sides: Sequence[Side]) -> str:
    names = [side.name for side in sides]
    return "an unnamed side" if not names else names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def speakers(case: Case) -> str:
    """Who affirms or claims it, each once; the outlets where the report speaks in its own voice."""
    told = [v.name for v in case.event.sources if v.stance in ("affirms", "claims") and v.about is None]
    names = list(dict.fromkeys(name for name in told if name != "report"))
    if "report" in told or not names:
        names += case.outlets
    return "; ".join(names)


def denials(event: Event) -> str:
    said = {"denies": "denied", "doubts": "doubted"}
    told = [f"{said[v.stance]} by {v.name}" for v in event.sources if v.stance in said]
    return f"{'; '.join(dict.fromkeys(told))}.".capitalize() if told else ""


def deaths(case: Case, fatalities: int, tolls: list[Toll]) -> str:
    """How the deaths were counted, with every toll."""
    told, chosen = "; ".join(f"{amount_words(toll.low, toll.high)} ({toll.source})" for toll in tolls), case.figure("killed")
    if chosen:
        return f"fatalities {fatalities}: {chosen.why}; told: {told}"
    return f"fatalities {fatalities}: the lowest of {told}" if len(tolls) > 1 else f"fatalities {fatalities}: {told}"


def crowd_size(event: Event) -> str:
    for count in event.figures:
        if count.measure == "participants":
            return count.evidence[0].quote if count.evidence else amount_words(count.low, count.high)
    return "no report"


def tags(event: Event) -> str:
    return f"crowd size={crowd_size(event)}" if event.type in ("Protests", "Riots") else ""


def timestamp(case: Case) -> int | None:
    """Seconds since 1970 of the last report's day of publication: the same in every run, unlike a moment of export."""
    days = [telling.report.published.day for telling in case.tellings if telling.report.published.day]
    return int(datetime.fromisoformat(max(days)).replace(tzinfo=UTC).timestamp()) if days else None
