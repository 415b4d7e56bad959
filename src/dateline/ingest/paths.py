"""Files, folders and standard input as a stream of reports and faults, in input order."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from dateline.errors import InputError
from dateline.ingest.draft import Draft, ReadOptions, finish
from dateline.ingest.formats import ENDINGS, read_as
from dateline.ingest.guard import refuse_holes
from dateline.store.schema import is_project_head
from dateline.types import Fault, Report

STDIN = "-"
PEEK = 4096


def read_paths(paths: Iterable[str | Path], *, options: ReadOptions | None = None) -> Iterator[Report | Fault]:
    """Reports and faults of files, folders (recursively, in sorted order) and "-" (standard input), as a stream.

    Nothing is lost and nothing stops the batch: what cannot be read is a `Fault` with where, what and remedy. Warnings
    (level "warning") come before the report they speak of; a report that is not in English gives a fault instead.
    """
    options = options or ReadOptions()
    found = list(expand(paths))
    names = name_files([item for item in found if isinstance(item, Path)], options)
    seen: dict[str, int] = {}
    for item in found:
        if isinstance(item, Fault):
            yield item
        elif item is None:
            yield from unique(read_stdin(options), seen)
        else:
            yield from unique(read_file(item, names[item], options), seen)


def expand(paths: Iterable[str | Path]) -> Iterator[Path | Fault | None]:
    """Files in order; None stands for standard input. A file given twice is read once."""
    seen: set[str] = set()
    for path in paths:
        if str(path) == STDIN:
            yield None
            continue
        for item in walk(Path(path)):
            key = os.path.realpath(item) if isinstance(item, Path) else ""
            if isinstance(item, Path) and key in seen:
                yield Fault(str(item), "the same file is given twice", "it is read once", "twice", "warning")
                continue
            seen.add(key)
            yield item


def walk(path: Path) -> Iterator[Path | Fault]:
    if not path.is_dir():
        yield path
        return
    empty = True
    failures: list[OSError] = []
    for folder, subfolders, files in os.walk(path, onerror=failures.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(files):
            if name.startswith(".") or is_project(Path(folder) / name):
                continue
            empty = False
            yield Path(folder) / name
    for failure in failures:
        yield Fault(str(failure.filename), failure.strerror or "cannot be read", "check the permissions", "unreadable")
    if empty and not failures:
        kinds = " ".join(sorted(ENDINGS))
        yield Fault(str(path), "the folder holds no file", f"give a folder with reports ({kinds})", "empty")


def is_project(path: Path) -> bool:
    """Whether a file is a project of dateline's own, or what SQLite keeps beside one: they may lie among the reports."""
    base = Path(str(path).removesuffix("-wal").removesuffix("-shm").removesuffix("-journal"))
    if not base.is_file():  # a pipe would never end
        return False
    try:
        with base.open("rb") as stream:
            return is_project_head(stream.read(100))
    except OSError:
        return False


def name_files(files: list[Path], options: ReadOptions) -> dict[Path, str]:
    """A doc_id for each file: its name without ending. Of several with one name, all but one get a part of their path, too."""
    names: dict[Path, str] = {}
    taken: set[str] = set()
    for path in sorted(set(files), key=lambda p: (len(p.parts), str(p))):
        base = options.doc_id or path.stem or path.name
        name, parents = base, path.absolute().parts[-2:0:-1]
        for depth in range(1, len(parents) + 1):
            if name not in taken:
                break
            name = f"{base}@{'/'.join(reversed(parents[:depth]))}"
        count = 2
        while name in taken:
            name, count = f"{base}~{count}", count + 1
        taken.add(name)
        names[path] = name
    return names


def unique(items: Iterator[Report | Fault], seen: dict[str, int]) -> Iterator[Report | Fault]:
    """Two reports of one doc_id stay two: the later one gets "~2", with a warning."""
    for item in items:
        if isinstance(item, Report):
            count = seen[item.doc_id] = seen.get(item.doc_id, 0) + 1
            if count > 1:
                name = f"{item.doc_id}~{count}"
                remedy = "give each report an id of its own"
                yield Fault(
                    item.path or item.doc_id,
                    f"doc_id {item.doc_id!r} is used again: read as {name!r}",
                    remedy,
                    "twice",
                    "warning",
                )
                item = msgspec.structs.replace(item, doc_id=name)
        yield item


def read_stdin(options: ReadOptions) -> Iterator[Report | Fault]:
    draft = Draft("", options.doc_id or "stdin", where="standard input")
    yield from read_stream(sys.stdin.buffer, STDIN, draft, options)


def read_file(path: Path, name: str, options: ReadOptions) -> Iterator[Report | Fault]:
    where = str(path)
    try:
        if not path.exists():
            yield Fault(where, "no such file or folder", "check the path", "missing")
            return
        if not path.is_file():
            yield Fault(where, "not a file but a device, socket or pipe", "give its text on standard input", "unreadable")
            return
        with path.open("rb") as stream:
            refuse_holes(stream)
            yield from read_stream(stream, path.name, Draft("", name, path=where, where=where), options)
    except InputError as error:
        yield Fault(where, error.message, error.remedy, "too large")
    except OSError as error:
        yield Fault(where, error.strerror or "cannot be read", "check that the file can be read", "unreadable")


def read_stream(stream: BinaryIO, name: str, draft: Draft, options: ReadOptions) -> Iterator[Report | Fault]:
    """Reports and faults of one open file."""
    head = peek(stream)
    for item in read_as(name, head, stream, draft, options):
        if isinstance(item, Fault):
            yield item
        else:
            yield from finished(item, options)


def peek(stream: BinaryIO) -> bytes:
    """The first bytes, without taking them off the stream."""
    if isinstance(stream, BytesIO):
        return bytes(stream.getbuffer()[:PEEK])
    return stream.peek(PEEK)[:PEEK] if isinstance(stream, BufferedReader) else b""


def finished(draft: Draft, options: ReadOptions) -> Iterator[Report | Fault]:
    try:
        report, faults = finish(draft, options)
    except InputError as error:
        yield Fault(error.where, error.message, error.remedy, "too large")
        return
    yield from faults
    if all(fault.level == "warning" for fault in faults):
        yield report


def read_bytes(
    data: bytes, *, name: str = "", doc_id: str | None = None, options: ReadOptions | None = None
) -> Iterator[Report | Fault]:
    """Reports and faults of a file's bytes. `name` is the file's name, whose ending tells the format.

    >>> [report] = read_bytes(b"Six people died in the blast.", name="blast.txt")
    >>> report.doc_id, report.text
    ('blast', 'Six people died in the blast.')
    """
    options = options or ReadOptions()
    if doc_id is not None:
        options = replace(options, doc_id=doc_id)
    stem = options.doc_id or Path(name).stem or "report"
    draft = Draft("", stem, path=name or None, where=name or stem)
    yield from unique(read_stream(BytesIO(data), name, draft, options), {})


def read_text(
    text: str,
    *,
    doc_id: str = "text",
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
) -> Report:
    """One report from a string. Raises InputError when it holds no words.

    The language is on the record (`language` is "en", or what the text reads like instead); see `read_paths` for faults.

    >>> report = read_text("KARIM (Reuters) - Six people died on Friday.", published="2020-01-31")
    >>> report.published.day, report.wire
    ('2020-01-31', 'Reuters')
    """
    report, _ = read_text_with_faults(text, doc_id=doc_id, published=published, outlet=outlet, title=title, url=url)
    return report


def read_text_with_faults(
    text: str,
    *,
    doc_id: str = "text",
    published: str | None = None,
    outlet: str | None = None,
    title: str | None = None,
    url: str | None = None,
    options: ReadOptions | None = None,
) -> tuple[Report, list[Fault]]:
    """As `read_text`, with the faults: warnings about the day, and an error when the text is not in English."""
    if not text.strip():
        raise InputError("the text is empty", where=doc_id, remedy="give the words of a report")
    options = replace(options or ReadOptions(), published=published)
    return finish(Draft(text, doc_id, extractor="text@1", title=title, outlet=outlet, url=url), options)
