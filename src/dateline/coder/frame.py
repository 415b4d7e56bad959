"""The report's frame: the day and the place that hold where a sentence tells none."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from dateline.coder.mention import Mention
from dateline.coder.view import Found, View
from dateline.coder.whereabouts import dates_report, spoken_day
from dateline.types import Place, PlaceLink, Timex

LEAD_SENTENCES = 4
RECENT_DAYS = 3
COARSE = frozenset(("country", "region"))


@dataclass(frozen=True, slots=True)
class Frame:
    """Day and place of the lead, and the publication day they are measured against."""

    published: datetime.date | None
    inferred: bool
    time: Found[Timex] | None
    place: Found[PlaceLink] | None
    newest: datetime.date | None = None  # latest day told, where the publication day is unknown


def find_frame(view: View, mentions: list[Mention]) -> Frame:
    published = view.reading.report.published
    day = datetime.date.fromisoformat(published.day) if published.day else None
    days = sorted(t.record.latest for t in view.times if t.record.latest and t.record.type == "DATE")
    newest = datetime.date.fromisoformat(days[-1]) if day is None and days else None
    return Frame(day, published.basis in ("inferred", "unknown"), lead_time(view, day), lead_place(view, mentions), newest)


def lead_time(view: View, published: datetime.date | None) -> Found[Timex] | None:
    """First recent day told in the lead of the report."""
    first: Found[Timex] | None = None
    sentences = [s for s in view.reading.coded if s.kind in ("headline", "standfirst", "body")][:LEAD_SENTENCES]
    for sentence in sentences:
        for time in view.times_in((sentence.first, sentence.last)):
            if (
                names_day(time.record)
                and recent(time.record, published)
                and time.record.type in ("DATE", "TIME")
                and not dates_report(view, time)
            ):
                if not spoken_day(view, time):
                    return time
                first = first or time
    return first


def names_day(time: Timex) -> bool:
    """True for a day, dated or not: "Jan. 8" and "Saturday" in a report without a date have "XXXX-01-08" and "XXXX-WXX-6"."""
    return time.precision == "day" or (time.value.startswith("XXXX-") and len(time.value) >= len("XXXX-01-08"))


def recent(time: Timex, published: datetime.date | None) -> bool:
    """True when the interval reaches into the three days up to publication (CODEBOOK: foreground)."""
    if published is None or time.latest is None:
        return published is None
    latest = datetime.date.fromisoformat(time.latest)
    return latest >= published - datetime.timedelta(days=RECENT_DAYS)


def lead_place(view: View, mentions: list[Mention]) -> Found[PlaceLink] | None:
    """Place of the first event told with one; else the first place finer than a country; else the first."""
    for mention in mentions:
        if (
            mention.place is not None
            and mention.place.record.place is not None
            and mention.place.record.place.precision not in COARSE
        ):
            return mention.place
    literal = [p for p in view.places if p.record.use == "literal" and p.record.place is not None]
    fine = [p for p in literal if p.record.place is not None and p.record.place.precision not in COARSE]
    dateline = [p for p in view.places if p.record.use == "dateline"]
    return next(iter(fine or literal or dateline), None)


def main_country(view: View, frame: Frame) -> str | None:
    """Country most told of in the report."""
    counts: dict[str, int] = {}
    for link in view.places:
        place: Place | None = link.record.place
        if place is not None and place.country:
            counts[place.country] = counts.get(place.country, 0) + (2 if link.record.use == "literal" else 1)
    return max(sorted(counts), key=lambda c: counts[c]) if counts else None
