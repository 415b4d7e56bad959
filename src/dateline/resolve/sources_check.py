"""Faults of a source registry: unknown kinds and sides, bad dates and countries, ids and names that clash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dateline.knowledge import Row, table
from dateline.resolve.sources import SIDES, folded
from dateline.types import Fault

KINDS = frozenset(
    [
        "agency",
        "newspaper",
        "broadcaster",
        "website",
        "media arm",
        "monitor",
        "rights group",
        "aid agency",
        "international body",
        "ministry",
        "presidency",
        "spokesperson",
        "security force",
        "armed group",
        "party",
        "government",
        "court",
        "think tank",
    ]
)
COUNTRY = re.compile(r"[A-Z]{3}\Z")
DATE = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?\Z")


def check_sources(rows: Iterable[Row] | None = None) -> list[Fault]:
    """Faults of a registry file: unknown kinds and sides, bad dates and countries, ids and names that clash."""
    faults: list[Fault] = []
    ids: dict[str, str] = {}
    names: dict[str, list[Row]] = {}
    for row in rows if rows is not None else table("sources"):
        faults += [Fault(where=row.where, what=what, code="knowledge") for what in row_faults(row)]
        if row["id"] in ids:
            faults.append(Fault(where=row.where, what=f"id {row['id']!r} stands already at {ids[row['id']]}", code="knowledge"))
        ids.setdefault(row["id"], row.where)
        for name in {folded(n) for n in [row["name"], *row.many("aliases")]}:
            for other in names.get(name, []):
                if other["id"] != row["id"] and meet(row, other):
                    faults.append(
                        Fault(
                            where=row.where,
                            what=f"name {name!r} is also {other['id']!r} at {other.where} on the same days",
                            code="knowledge",
                        )
                    )
            names.setdefault(name, []).append(row)
    return faults


def row_faults(row: Row) -> Iterator[str]:
    if not row["id"] or not row["name"]:
        yield "no id or no name"
    if row["kind"] not in KINDS:
        yield f"kind {row['kind']!r} is not one of {', '.join(sorted(KINDS))}"
    if row["side"] and row["side"] not in SIDES:
        yield f"side {row['side']!r} is not one of {', '.join(sorted(SIDES))}"
    if row["country"] and not COUNTRY.match(row["country"]):
        yield f"country {row['country']!r} is not an ISO 3166-1 alpha-3 code"
    for column in ("since", "until"):
        if row[column] and not DATE.match(row[column]):
            yield f"{column} {row[column]!r} is not YYYY, YYYY-MM or YYYY-MM-DD"
    if row["since"] and row["until"] and row["since"] > row["until"]:
        yield f"since {row['since']} is after until {row['until']}"
    if row.cells.get("reliability", "") not in ("", *"ABCDEF"):
        yield f"reliability {row['reliability']!r} is not a letter A to F"
    if not row["basis"]:
        yield "no basis: say in words how this is known"


def meet(one: Row, other: Row) -> bool:
    """Whether two dated rows are valid on a common day."""
    return (one["since"] or "0") <= (other["until"] or "9") and (other["since"] or "0") <= (one["until"] or "9")
