"""Plain text: the file is the report, or a Nexis or Factiva download of many."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.databases import find_articles
from dateline.ingest.decode import decode
from dateline.ingest.draft import Draft, ReadOptions, headed
from dateline.types import Fault, Segment

EXTRACTOR = "text@1"


def read_text_file(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The report of a plain text file, or the articles of a Nexis or Factiva download. `draft` tells where it comes from."""
    data = whole(stream, options)
    decoded = decode(data)
    if not decoded.text.strip():
        raise InputError("the file holds only blanks", remedy="give a file with the text of a report")
    remarks = (decoded.remark,) if decoded.remark else ()
    yield from drafts_of(decoded.text, replace(draft, sha256=digest(data), extractor=EXTRACTOR, remarks=remarks))


def drafts_of(text: str, draft: Draft, *, segments: Sequence[Segment] = ()) -> Iterator[Draft | Fault]:
    """The one report of a document's text, or the articles of a download. An article that cannot be used is a fault."""
    service, articles = find_articles(text)
    if not articles:
        yield replace(draft, text=text, segments=tuple(segments))
        return
    for number, article in enumerate(articles, 1):
        where = f"{draft.where}[{number}]"
        if article.fault:
            yield Fault(where, f"{article.fault} (line {article.line:,})", "download the article with its full text", "article")
            continue
        yield replace(
            headed(draft, article.title, article.text),
            doc_id=article.id or f"{draft.doc_id}-{number}",
            where=where,
            published=article.published,
            outlet=article.outlet,
            extractor=f"{draft.extractor} {service}@1",
            made=None,
        )


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def whole(stream: BinaryIO, options: ReadOptions, *, split: str = "split it, or give many reports as JSONL, one a line") -> bytes:
    """All bytes of one report's file. Raises InputError when there are none, or more than `options.max_bytes`."""
    size = size_of(stream)
    data = b"" if size > options.max_bytes else stream.read(options.max_bytes + 1)
    if not data and not size:
        raise InputError("the file is empty", remedy="give a file with the text of a report")
    if max(size, len(data)) > options.max_bytes:
        raise InputError(f"larger than {options.max_bytes / 1e6:g} MB, too large for one report", remedy=split)
    return data


def size_of(stream: BinaryIO) -> int:
    """Size of a file on disk; 0 where it is not known (a pipe, bytes in memory)."""
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, ValueError, AttributeError):
        return 0
