"""Knowledge is data: TSV tables for lists, TOML for rules. This module only reads the files; it knows nothing of them.

A TSV file starts with comment lines (`# …`: what the table is, its licence, who wrote it), then one header line of
column names, then one row a line. Empty cells are empty strings. Rows know their line, so that every fault names file:line.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from dateline.errors import KnowledgeError

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: `row["column"]`, and where it stands."""

    cells: dict[str, str]
    file: str
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def many(self, column: str) -> list[str]:
        """The cell split at `|`, without empty parts."""
        return [part.strip() for part in self.cells[column].split("|") if part.strip()]

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"


def read_rows(path: Path) -> Iterator[Row]:
    """Rows of a TSV file. Raises KnowledgeError that names file:line where a row has too many or too few cells."""
    header: list[str] | None = None
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = line.split("\t")
        if header is None:
            header = cells
            continue
        if len(cells) > len(header):
            raise KnowledgeError(
                f"{len(cells)} cells, the header names {len(header)}",
                where=f"{path.name}:{number}",
                remedy="separate cells by one tab each",
            )
        cells += [""] * (len(header) - len(cells))
        yield Row(dict(zip(header, (cell.strip() for cell in cells), strict=True)), path.name, number)


@cache
def table(name: str) -> tuple[Row, ...]:
    """All rows of the shipped table `name` (file name in this folder, without `.tsv`)."""
    return tuple(read_rows(HERE / f"{name}.tsv"))


@cache
def rules(name: str) -> dict[str, Any]:
    """The shipped TOML file `name` (without `.toml`)."""
    try:
        return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(str(error), where=f"{name}.toml", remedy="correct the TOML") from error


@cache
def words(name: str) -> frozenset[str]:
    """The shipped word list `name` (without `.txt`): one entry a line, `#` starts a comment."""
    lines = (HERE / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return frozenset(line.split("#")[0].strip() for line in lines if line.split("#")[0].strip())


@cache
def wordlists(name: str) -> dict[str, frozenset[str]]:
    """The word lists of the shipped file `name`_words.toml: list name → its words, separated by white space in the file."""
    return {key: frozenset(text.split()) for key, text in rules(f"{name}_words")["lists"].items()}
