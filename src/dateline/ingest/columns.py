"""Which column or key of people's tables and records is the text, the day, the outlet …

`--map text=Body,published=Date` says so; else the names of knowledge/ingest_columns.tsv are looked for.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from dateline.errors import InputError, SettingsError
from dateline.knowledge import table

Columns = tuple[tuple[str, str], ...]


@cache
def known_names() -> dict[str, tuple[str, ...]]:
    """Names of each field, in order of trust."""
    return {row["field"]: tuple(row.many("names")) for row in table("ingest_columns")}


def plain(name: str) -> str:
    """
    >>> plain(" Publish_Date "), plain("pubDate"), plain("bodyText")
    ('publish date', 'pub date', 'body text')
    """
    return " ".join(re.sub(r"[\W_]+", " ", re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name)).lower().split())


def read_map(words: str) -> Columns:
    """What `--map` says. Raises SettingsError with the known fields.

    >>> read_map("text=Body, published=Date of issue")
    (('text', 'Body'), ('published', 'Date of issue'))
    """
    pairs = []
    for part in words.split(","):
        name, sign, column = (piece.strip() for piece in part.partition("="))
        if not sign or not column or name not in known_names():
            raise SettingsError(
                f"{part.strip()!r} does not name a field and its column",
                where="--map",
                remedy=f"write FIELD=COLUMN with {', '.join(known_names())}, such as text=Body,published=Date",
            )
        pairs.append((name, column))
    return tuple(pairs)


def find_columns(names: Iterable[str], given: Columns = (), *, where: str = "") -> dict[str, str]:
    """Field → column name, for the fields that are there. Raises InputError when a given column is not there.

    >>> find_columns(["ID", "Headline", "Publish Date", "Body Text"])
    {'text': 'Body Text', 'title': 'Headline', 'published': 'Publish Date', 'doc_id': 'ID'}
    """
    return dict(found_columns(tuple(names), given, where if given else ""))


@lru_cache(maxsize=256)  # records of one file have the same keys
def found_columns(have: tuple[str, ...], given: Columns, where: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    by_plain: dict[str, str] = {}
    for name in have:
        by_plain.setdefault(plain(name), name)
        by_plain.setdefault(plain(name).replace(" ", ""), name)
    told = dict(given)
    for name, known in known_names().items():
        if name in told:
            found[name] = given_column(told[name], have, where)
            continue
        taken = set(found.values()) | set(told.values())
        match = next((by_plain[k] for k in known if k in by_plain and by_plain[k] not in taken), None)
        if match is not None:
            found[name] = match
    return found


def given_column(column: str, have: tuple[str, ...], where: str) -> str:
    match = next((name for name in have if name == column), None) or next((n for n in have if plain(n) == plain(column)), None)
    if match is None:
        near = difflib.get_close_matches(column, have, 1)
        remedy = f"did you mean {near[0]!r}?" if near else f"it has {', '.join(have[:12]) or 'none'}"
        raise InputError(f"no column {column!r}, which --map names", where=where, remedy=remedy)
    return match


def picked(record: Mapping[str, object], columns: Mapping[str, str]) -> dict[str, object]:
    """The record with dateline's own field names."""
    return {name: record.get(column) for name, column in columns.items()}
