"""Behind `dateline sources`: list, show and add entries of the registry of sources; a user's file overrides the shipped one.

A user's file has the columns of `knowledge/sources.tsv` and, optionally, `reliability`: a letter A (completely reliable) to
F (cannot be judged) of the Admiralty code, which only a person gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from dateline.errors import InputError, KnowledgeError
from dateline.knowledge import Row, read_rows
from dateline.resolve.sources import SourceEntry, folded, merged_sources, read_sources, source_entries
from dateline.resolve.sources_check import check_sources
from dateline.types import Fault

COLUMNS = ("id", "name", "aliases", "kind", "country", "side", "party", "since", "until", "basis")
OWN_COLUMNS = (*COLUMNS, "reliability")


def load_sources(*files: Path) -> tuple[SourceEntry, ...]:
    """The shipped entries, with those of `files` added or, where the id is the same, put in their place."""
    entries = source_entries()
    for path in files:
        rows_of(path)  # tells a missing file or column
        entries = merged_sources(entries, read_sources(path))
    return entries


def list_sources(
    *, country: str | None = None, kind: str | None = None, side: str | None = None, text: str = "",
    entries: Iterable[SourceEntry] | None = None,
) -> list[SourceEntry]:  # fmt: skip
    """Entries of the registry, filtered by alpha-3 country, kind, side and words of a name, in the order of the file."""
    wanted = set(folded(text).split())
    return [
        entry
        for entry in (source_entries() if entries is None else entries)
        if (not country or entry.country == country)
        and (not kind or entry.kind == kind)
        and (not side or entry.side == side)
        and (not wanted or any(wanted <= set(folded(name).split()) for name in (entry.name, *entry.aliases)))
    ]


def show_source(key: str, *, entries: Iterable[SourceEntry] | None = None) -> list[SourceEntry]:
    """The entry with this id, or else all that bear this name or alias; empty when none does.

    >>> [entry.name for entry in show_source("Agence France Presse")]
    ['AFP']
    """
    known = list(source_entries() if entries is None else entries)
    by_id = [entry for entry in known if entry.id == key]
    name = folded(key)
    return by_id or [entry for entry in known if any(folded(told) == name for told in (entry.name, *entry.aliases))]


def add_sources(file: Path, *, into: Path) -> tuple[int, list[Fault]]:
    """Check the rows of `file` and write them into the user's own table `into` (made if absent; same id: replaced).

    Gives the number of rows written and the faults found. With any fault of level error nothing is written.
    Raises InputError when `file` is not there or is no such table.
    """
    rows = rows_of(file)
    faults = check_sources(rows)
    if any(fault.level == "error" for fault in faults):
        return 0, faults
    kept = {row["id"]: row for row in rows_of(into)} if into.exists() else {}
    kept.update({row["id"]: row for row in rows})
    lines = ["# Sources added by the user", "\t".join(OWN_COLUMNS)]
    lines += ["\t".join(row.cells.get(column, "") for column in OWN_COLUMNS) for row in kept.values()]
    into.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(rows), faults


def check_files(files: Sequence[Path]) -> list[Fault]:
    """Faults of the shipped registry, or of the user's files where some are given."""
    if not files:
        return check_sources()
    faults: list[Fault] = []
    for path in files:
        try:
            faults += check_sources(rows_of(path))
        except (InputError, KnowledgeError) as error:
            faults.append(Fault(str(path), error.message, error.remedy, "knowledge"))
    return faults


def rows_of(file: Path) -> list[Row]:
    try:
        rows = list(read_rows(file))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(
            getattr(error, "strerror", None) or "not UTF-8", where=str(file), remedy="give a TSV file in UTF-8"
        ) from error
    missing = [column for column in COLUMNS if rows and column not in rows[0].cells]
    if missing:
        raise InputError(f"no column {', '.join(missing)}", where=file.name, remedy=f"the columns are {', '.join(COLUMNS)}")
    return rows
