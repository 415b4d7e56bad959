"""JSON Lines: one report a line. A JSON object, a list of objects, a JSON feed and ninjs are read as well."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

import msgspec

from dateline.errors import InputError
from dateline.ingest.columns import find_columns, picked
from dateline.ingest.decode import BOMS, decode
from dateline.ingest.draft import Draft, ReadOptions, text_hash
from dateline.ingest.news_json import is_ninjs, of_ninjs, unwrapped
from dateline.types import Fault

EXTRACTOR = "jsonl@1"
FORM = 'expected {"doc_id": …, "text": …, "published": …} on one line'


def read_jsonl(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The reports of a JSONL file, line by line, so that files of any length stream. A bad line is a fault; the rest is read."""
    first = stream.readline(options.max_bytes + 1)
    if not first:
        raise InputError("the file is empty", remedy=FORM)
    if any(first.startswith(bom) for bom, name in BOMS if name != "utf-8") or is_whole_document(first):
        yield from read_document(first + stream.read(options.max_bytes + 1), draft, options)
        return
    number, line, found = 1, first, False
    while line:
        if len(line) > options.max_bytes:
            yield too_long(draft, number, options)
            skip_line(stream, line)
        elif line.strip():
            found = True
            yield from read_line(line.removeprefix(b"\xef\xbb\xbf"), number, draft, options)
        number += 1
        line = stream.readline(options.max_bytes + 1)
    if not found:
        raise InputError("no record found", remedy=FORM)


def is_whole_document(first: bytes) -> bool:
    """True when the first line begins a JSON value that goes on below (pretty-printed), or a list."""
    start = first.removeprefix(b"\xef\xbb\xbf").strip()
    return start[:1] == b"[" or start in {b"{", b""} or (start[:1] == b"{" and start[-1:] in {b",", b"{", b"["})


def read_document(data: bytes, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    if len(data) > options.max_bytes:
        raise InputError(
            f"larger than {options.max_bytes / 1e6:g} MB as one JSON document", remedy="write JSONL instead: one record a line"
        )
    value = unwrapped(parse(decode(data).text, draft.where))
    records = value if isinstance(value, list) else [value]
    for number, record in enumerate(records, 1):
        yield of_record(record, f"{draft.where}[{number}]" if isinstance(value, list) else draft.where, number, draft, options)


def parse(text: str, where: str) -> Any:
    try:
        return msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except msgspec.DecodeError as error:
        return parse_loosely(text, where, str(error))


def parse_loosely(text: str, where: str, complaint: str) -> Any:
    """Python's reader forgives raw control characters and lone surrogates."""
    import json

    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        plain = re.sub(r"\s*\(byte \d+\)$", lambda m: m.group(), complaint)
        raise InputError(f"not valid JSON: {plain}", where=where, remedy=FORM) from None


def read_line(line: bytes, number: int, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    where = f"{draft.where}:{number}"
    try:
        told = parse(decode(line).text, where)
        value = unwrapped(told)
        if value is not told and isinstance(value, list):
            for place, record in enumerate(value, 1):
                yield of_record(record, f"{where}[{place}]", place, draft, options)
        else:
            yield of_record(value, where, number, draft, options)
    except InputError as error:
        yield Fault(where, error.message, error.remedy or FORM, "json")


def of_record(record: Any, where: str, number: int, draft: Draft, options: ReadOptions) -> Draft | Fault:
    """The draft of one JSON object, or a fault that says what is missing."""
    if not isinstance(record, dict):
        return Fault(where, f"a JSON {type(record).__name__}, not an object", FORM, "json")
    if is_ninjs(record):
        return of_ninjs(record, where, replace(draft, doc_id=f"{draft.doc_id}-{number}"))
    columns = find_columns(map(str, record), options.columns, where=where)
    record = {**record, **picked(record, columns)}
    text = record.get("text")
    if not isinstance(text, str):
        keys = ", ".join(map(str, list(record)[:8]))
        return Fault(where, f'no "text" (keys found: {keys or "none"})', FORM, "json")
    if not text.strip():
        return Fault(where, '"text" is empty', "give the words of the report", "empty")
    return Draft(
        text=text,
        doc_id=record_id(record, number, draft, options),
        sha256=text_hash(text),
        path=draft.path,
        where=where,
        extractor=EXTRACTOR,
        title=words(record, "title"),
        published=day(record),
        outlet=words(record, "outlet"),
        url=words(record, "url"),
    )


def record_id(record: dict[str, Any], number: int, draft: Draft, options: ReadOptions) -> str:
    """`doc_id`, else `id`, else the file's name (or --doc-id) with the line number."""
    for key in ("doc_id", "id"):
        value = record.get(key)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and str(value).strip():
            return str(value)
    return f"{draft.doc_id}-{number}"


def words(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    return value.strip() or None if isinstance(value, str) else None


def day(record: dict[str, Any]) -> str | int | float | None:
    for key in ("published", "date"):
        value = record.get(key)
        if isinstance(value, (str, int, float)) and not isinstance(value, bool) and value != "":
            return value
    return None


def too_long(draft: Draft, number: int, options: ReadOptions) -> Fault:
    what = f"a line larger than {options.max_bytes / 1e6:g} MB, too large for one report"
    return Fault(f"{draft.where}:{number}", what, "split the record", "too large")


def skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)
