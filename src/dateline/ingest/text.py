"""Plain text: the file is the report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.decode import decode
from dateline.ingest.draft import Draft, ReadOptions
from dateline.types import Fault

EXTRACTOR = "text@1"


def read_text_file(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The one report of a plain text file. `draft` tells where it comes from."""
    data = whole(stream, options)
    decoded = decode(data)
    if not decoded.text.strip():
        raise InputError("the file holds only blanks", remedy="give a file with the text of a report")
    yield Draft(
        text=decoded.text,
        doc_id=draft.doc_id,
        sha256=hashlib.sha256(data).hexdigest(),
        path=draft.path,
        where=draft.where,
        extractor=EXTRACTOR,
        remarks=(decoded.remark,) if decoded.remark else (),
    )


def whole(stream: BinaryIO, options: ReadOptions) -> bytes:
    """All bytes of one report's file. Raises InputError when there are none, or more than `options.max_bytes`."""
    data = stream.read(options.max_bytes + 1)
    if not data:
        raise InputError("the file is empty", remedy="give a file with the text of a report")
    if len(data) > options.max_bytes:
        raise InputError(
            f"larger than {options.max_bytes / 1e6:g} MB, too large for one report",
            remedy="split it, or give many reports as JSONL, one a line",
        )
    return data
