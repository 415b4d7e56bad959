"""Faults of the knowledge files, each with file and line: what `dateline lexicon check` prints."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from dateline.errors import KnowledgeError
from dateline.knowledge import HERE, read_rows
from dateline.types import Fault

LICENCES = ("Apache-2.0", "public domain", "free to copy")
HEAD = 12  # lines in which the comment must say what the file is and its licence
# Checks of meaning, by those who read the files; each gives Faults.
CHECKS = ("dateline.resolve.actors:check_actors", "dateline.resolve.sources_check:check_sources")


def check_knowledge(folder: Path = HERE) -> Iterator[Fault]:
    """Faults of form in every file of `folder`, and of meaning in the shipped ones."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".tsv", ".toml", ".txt"}:
            yield from check_file(path)
    if folder == HERE:
        for name in CHECKS:
            yield from call(name)


def check_file(path: Path) -> Iterator[Fault]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        yield fault(path, 1, f"not UTF-8 ({error.reason} at byte {error.start})", "save it as UTF-8")
        return
    yield from check_text(path, text)
    if path.suffix == ".tsv":
        yield from check_table(path)
    if path.suffix == ".toml":
        try:
            tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            yield fault(path, 1, f"not valid TOML: {error}", "correct the line")


def check_text(path: Path, text: str) -> Iterator[Fault]:
    """What every file must keep: a head that says what it is and its licence, composed characters, no stray blanks."""
    lines = text.split("\n")
    head = " ".join(line for line in lines[:HEAD] if line.startswith("#"))
    if not any(licence in head for licence in LICENCES):
        yield fault(path, 1, "no comment with what the file is and its licence", f"begin with '# … {LICENCES[0]}'")
    for number, line in enumerate(lines, 1):
        if not unicodedata.is_normalized("NFC", line):
            yield fault(path, number, "decomposed characters", "save it in Unicode form NFC")
        if "\r" in line or "\ufeff" in line:
            yield fault(path, number, "a carriage return or byte-order mark", "save it with plain line ends")


def check_table(path: Path) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    try:
        for row in read_rows(path):
            cells = tuple(row.cells.values())
            if cells in seen:
                yield fault(path, row.line, f"the same row as line {seen[cells]}: {cells[0]!r}", "remove one of them")
            seen.setdefault(cells, row.line)
    except KnowledgeError as error:
        yield Fault(error.where, error.message, error.remedy, "knowledge")


def call(name: str) -> Iterator[Fault]:
    module, _, function = name.partition(":")
    check: Callable[[], list[Fault]] = getattr(import_module(module), function)
    yield from check()


def fault(path: Path, line: int, what: str, remedy: str) -> Fault:
    return Fault(f"{path.name}:{line}", what, remedy, "knowledge")
