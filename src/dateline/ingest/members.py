"""What stands inside another file: files of a zip archive, attachments of a mail, a packed file, pages of a web archive.

One bad member is a fault of its own, and the rest goes on.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BufferedReader, BytesIO
from pathlib import PurePosixPath
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.draft import Draft, ReadOptions
from dateline.ingest.guard import MAX_DEPTH, Unpacked, open_zip, read_member
from dateline.ingest.text import whole
from dateline.types import Fault

OFFICE = "word/document.xml"
BOOK = "xl/workbook.xml"
PACK = "datapackage.json"
HIDDEN = (".", "__MACOSX")


def read_inside(data: bytes | BinaryIO, name: str, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """Reports and faults of a member called `name`; `draft` says where it stands. Nothing it holds stops the others."""
    from dateline.ingest.formats import read_as

    if draft.depth >= MAX_DEPTH:
        what = f"an archive within {MAX_DEPTH} others"
        yield Fault(draft.where, what, "unpack it, and give the folder", "too deep")
        return
    stream = BytesIO(data) if isinstance(data, bytes) else data
    head = bytes(data[:4096]) if isinstance(data, bytes) else data.peek(4096)[:4096] if isinstance(data, BufferedReader) else b""
    yield from read_as(name, head, stream, replace(draft, depth=draft.depth + 1), options)


def read_zip(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """A zip file by what it holds: DOCX, XLSX, WACZ, or an archive of reports."""
    if not stream.seekable():
        stream = BytesIO(whole(stream, options))
    with open_zip(stream) as archive:
        names = set(archive.namelist())
        if OFFICE in names:
            from dateline.ingest.docx import read_docx

            yield from read_docx(archive, stream, draft, options)
        elif BOOK in names:
            from dateline.ingest.tables import read_xlsx

            yield from read_xlsx(archive, stream, draft, options)
        elif PACK in names and any(name.startswith("archive/") for name in names):
            from dateline.ingest.warc import read_wacz

            yield from read_wacz(archive, draft, options)
        else:
            refuse_others(archive, names)
            yield from read_archive(archive, draft, options)


def refuse_others(archive: zipfile.ZipFile, names: set[str]) -> None:
    if "[Content_Types].xml" in names:
        raise InputError(
            "an Office document that is no DOCX or XLSX, or lacks its main part", remedy="save it as DOCX, PDF or text"
        )
    if "mimetype" in names and "content.xml" in names:
        raise InputError("an OpenDocument file", remedy="save it as DOCX, PDF or text")
    if "META-INF/container.xml" in names:
        raise InputError("an e-book (EPUB)", remedy="save its text as HTML or plain text")


def read_archive(archive: zipfile.ZipFile, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The files of a zip archive, in the order of their names. Names are only told, never used as paths."""
    members = [m for m in sorted(archive.infolist(), key=lambda m: m.filename) if not m.is_dir() and not hidden(m.filename)]
    if not members:
        raise InputError("the archive holds no file", remedy="give an archive with reports")
    for member in members:
        inner = within(draft, member.filename)
        try:
            data = read_member(archive, member.filename, options.max_bytes)
        except InputError as error:
            yield Fault(inner.where, error.message, error.remedy, "input")
            continue
        yield from read_inside(data, member.filename, inner, options)


def hidden(name: str) -> bool:
    return any(part.startswith(HIDDEN) and part not in {".", ".."} for part in PurePosixPath(name).parts)


def within(draft: Draft, name: str) -> Draft:
    """The draft of a member: "news.zip/one.docx" is `one@news`."""
    stem = PurePosixPath(name.replace("\\", "/")).stem or name
    path = f"{draft.path or draft.where}/{name}"
    return replace(draft, doc_id=f"{stem}@{draft.doc_id}", path=path, where=path)


def read_gzip(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """A packed file: `reports.jsonl.gz` is read as `reports.jsonl`, as a stream."""
    name = PurePosixPath((draft.path or "").replace("\\", "/")).name
    inner = name[: -len(".gz")] if name.lower().endswith(".gz") else name
    doc_id = PurePosixPath(draft.doc_id).stem if draft.doc_id == PurePosixPath(name).stem else draft.doc_id
    with BufferedReader(Unpacked(stream), 1 << 16) as unpacked:
        yield from read_inside(unpacked, inner, replace(draft, doc_id=doc_id), options)
