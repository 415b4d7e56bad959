"""Events as rows for lists, maps and tables: JSON for the page, CSV for everybody else."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from dateline.export.words import amount_words, day_words
from dateline.review.index import EventRow, reason_words

Json = dict[str, Any]
COLUMNS = tuple(
    """id report event published outlet headline type sub_type status standing earliest latest date_precision date_inferred place
    country latitude longitude place_precision radius_km actors targets weapons killed_low killed_high injured_low injured_high
    figures sources words reasons review""".split()  # noqa: SIM905
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def event_json(row: EventRow, review: Json | None = None) -> Json:
    """What a list shows of an event. `review` is what people decided, left out where nobody did."""
    out: Json = {
        "id": row.id,
        "name": row.name,
        "report": row.report.id,
        "doc_id": row.report.doc_id,
        "headline": row.report.headline,
        "outlet": row.report.outlet,
        "published": row.report.published,
        "type": row.type,
        "sub_type": row.sub_type,
        "status": row.status,
        "foreground": row.foreground,
        "days": days_words(row),
        "earliest": row.earliest,
        "latest": row.latest,
        "place": row.place,
        "country": row.country,
        "actors": row.actors,
        "targets": row.targets,
        "killed": killed_words(row),
        "words": row.words,
        "reasons": row.reasons,
    }
    if review:
        out["review"] = review
    return out


def days_words(row: EventRow) -> str:
    """The days of an event in few words.

    A month or a year told as such stays one: "Nov 2022" says what the words say, "1–30 Nov 2022" says more.
    """
    first, last = row.earliest, row.latest
    if not first and not last:
        return "no day"
    if first and last and first != last:
        if row.date_precision == "month" and first[:7] == last[:7]:
            return day_words(first).split(" ", 1)[1]
        if first[:7] == last[:7]:
            return f"{int(first[8:])}–{day_words(last)}"
        if first[:4] == last[:4]:
            return f"{day_words(first)[:-5]} – {day_words(last)}"
    return day_words(first) if first == last else f"{day_words(first)} – {day_words(last)}"


def killed_words(row: EventRow) -> str:
    low, high = row.killed
    return "" if low is None and high is None else amount_words(low, high)


def table_row(row: EventRow, state: Iterable[str]) -> list[Any]:
    """The cells of an event, in the order of COLUMNS. What is not told is empty."""
    return [
        row.id, row.report.doc_id, row.name, row.report.published, row.report.outlet, row.report.headline, row.type, row.sub_type,
        row.status, "news" if row.foreground else "background", row.earliest, row.latest, row.date_precision,
        int(row.date_inferred), row.place, row.country, row.lat, row.lon, row.precision, row.radius_km, row.actors, row.targets,
        row.weapons, *row.killed, *row.injured, row.figures, row.sources, row.words,
        "; ".join(reason_words()[reason] for reason in row.reasons), "; ".join(sorted(state)),
    ]  # fmt: skip


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """A table as CSV for spreadsheets: UTF-8 with byte order mark, and no cell that a spreadsheet would run as a formula."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def safe_cell(cell: Any) -> Any:
    """A cell that stays text: words that begin like a formula get an apostrophe, numbers stay numbers.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell(-3), safe_cell(None)
    ("'=HYPERLINK(1)", -3, '')
    """
    if isinstance(cell, str):
        return "'" + cell if cell.startswith(FORMULA) else cell
    return "" if cell is None else cell


def point_columns(rows: Sequence[EventRow], states: Sequence[str]) -> Json:
    """Events as columns, for map, timeline and table together: 50,000 rows are 6 MB so, and 25 as objects."""
    return {
        "id": [row.id for row in rows],
        "type": coded(row.type for row in rows),
        "sub_type": coded(row.sub_type for row in rows),
        "place": coded(row.place or "" for row in rows),
        "country": coded(row.country or "" for row in rows),
        "precision": coded(row.precision or "" for row in rows),
        "lat": [None if row.lat is None else round(row.lat, 4) for row in rows],
        "lon": [None if row.lon is None else round(row.lon, 4) for row in rows],
        "radius": [row.radius_km for row in rows],
        "first": [row.earliest or row.latest for row in rows],
        "last": [row.latest or row.earliest for row in rows],
        "published": [row.report.published for row in rows],
        "outlet": coded(row.report.outlet or "" for row in rows),
        "killed_low": [row.killed[0] for row in rows],
        "killed_high": [row.killed[1] for row in rows],
        "foreground": [int(row.foreground) for row in rows],
        "state": coded(states),
    }


def coded(values: Iterable[str]) -> Json:
    """A column of few different words as their list and numbers into it."""
    names: dict[str, int] = {}
    at = [names.setdefault(value, len(names)) for value in values]
    return {"names": list(names), "at": at}
