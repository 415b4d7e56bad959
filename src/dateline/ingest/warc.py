"""Web archives: WARC 1.0 and 1.1 (ISO 28500), packed or not, and WACZ. Every page that was fetched well is a report.

Own reader: a record is a head, a length and that many bytes; what is not a page is passed over without being kept. The page's
address and the day of the capture are kept; the day of the capture is no publication day, and is only offered as a hint.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.draft import Draft, ReadOptions
from dateline.ingest.guard import Unpacked, refuse_growth
from dateline.ingest.members import read_inside
from dateline.types import Fault

LINE = 65_536  # bytes of one line of a head
HEAD_LINES = 200
AGAIN = "the file is damaged: copy or make it again"
LARGEST = 2_000_000_000  # bytes of one record: videos are passed over, what is larger is damage
READERS = {
    "text/html": "page.html", "application/xhtml+xml": "page.html", "text/plain": "page.txt", "application/pdf": "page.pdf",
    "application/rss+xml": "page.xml", "application/atom+xml": "page.xml",
}  # fmt: skip
FURNITURE = re.compile(r"/robots\.txt$|/ads?/|[?&](?:callback|jsonp)=", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the names of `head` are lower case; `body` is None when it was passed over."""

    head: dict[str, str]
    body: bytes | None
    number: int
    what: str = ""  # why the body is not there


def read_warc(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The pages of a web archive. A page that cannot be read is a fault that names its address; damage ends the file."""
    packed = stream.peek(2)[:2] == b"\x1f\x8b" if isinstance(stream, BufferedReader) else starts_packed(stream)
    source: BinaryIO = BufferedReader(Unpacked(stream), 1 << 16) if packed else stream
    draft = replace(draft, doc_id=draft.doc_id.removesuffix(".warc"))  # of crawl.warc.gz
    pages = found = 0
    try:
        for record in records(source, options):
            found += 1
            for item in read_record(record, draft, options, pages + 1):
                pages += not isinstance(item, Fault)
                yield item
    except InputError as error:
        yield Fault(f"{draft.where}[{found + 1}]", error.message, error.remedy, "damaged")
        return
    if not found:
        raise InputError("no WARC record found", remedy="give a .warc or .warc.gz file")
    if not pages:
        what = f"{found:,} records, and no page that was fetched well"
        yield Fault(draft.where, what, "look at what was captured", "empty", "warning")


def starts_packed(stream: BinaryIO) -> bool:
    begun = stream.tell()
    head = stream.read(2)
    stream.seek(begun)
    return head == b"\x1f\x8b"


def records(source: BinaryIO, options: ReadOptions) -> Iterator[Record]:
    number = 0
    while True:
        line = source.readline(LINE)
        while line and not line.strip():
            line = source.readline(LINE)
        if not line:
            return
        number += 1
        if not line.startswith(b"WARC/"):
            raise InputError(f"no WARC record where one should begin ({line[:20]!r})", remedy=AGAIN)
        head = head_of(source)
        length = head.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST:
            raise InputError(f"a WARC record with the length {length[:20]!r}", remedy=AGAIN)
        yield body_of(source, head, int(length), number, options)


def head_of(source: BinaryIO) -> dict[str, str]:
    """Names and values up to the empty line."""
    head: dict[str, str] = {}
    for _ in range(HEAD_LINES):
        line = source.readline(LINE)
        if not line.strip():
            return head
        name, _, value = line.decode("utf-8", "replace").partition(":")
        head.setdefault(name.strip().lower(), value.strip())
    raise InputError("a WARC record with an endless head", remedy=AGAIN)


def body_of(source: BinaryIO, head: dict[str, str], length: int, number: int, options: ReadOptions) -> Record:
    wanted = head.get("warc-type") in {"response", "resource", "conversion"}
    if wanted and length <= options.max_bytes:
        body = source.read(length)
        if len(body) < length:
            raise InputError("a WARC record that is cut off", remedy=AGAIN)
        return Record(head, body, number)
    left = length
    while left:
        got = len(source.read(min(left, 1 << 20)))
        if not got:
            raise InputError("a WARC record that is cut off", remedy=AGAIN)
        left -= got
    return Record(head, None, number, f"larger than {options.max_bytes / 1e6:g} MB" if wanted else "")


def read_record(record: Record, draft: Draft, options: ReadOptions, page: int) -> Iterator[Draft | Fault]:
    """The report of a record that holds a page with status 200; nothing for pictures, scripts, redirects and requests."""
    url = record.head.get("warc-target-uri", "").strip("<>")
    where = f"{draft.where}[{record.number}]" + (f" {url[:200]}" if url else "")
    if record.body is None:
        if record.what and READERS.get(record.head.get("content-type", "").partition(";")[0]):
            yield Fault(where, record.what, "save the page alone", "too large")
        return
    try:
        kind, payload = payload_of(record, options)
    except InputError as error:
        yield Fault(where, error.message, error.remedy, "damaged")
        return
    name = READERS.get(kind)
    if name is None or not payload.strip() or FURNITURE.search(url):
        return
    inner = replace(draft, doc_id=f"{draft.doc_id}-{page}", where=where, url=url or None, made=record.head.get("warc-date"))
    for item in read_inside(payload, name, inner, options):
        yield item if isinstance(item, Fault) or item.url else replace(item, url=url or None)


def payload_of(record: Record, options: ReadOptions) -> tuple[str, bytes]:
    """Media type and bytes of the page; ("", b"") for what is no page."""
    body = record.body or b""
    told = record.head.get("content-type", "").lower()
    if record.head.get("warc-type") != "response":
        return told.partition(";")[0].strip(), body
    if not told.startswith("application/http"):
        return "", b""
    head, _, payload = cut_head(body)
    status, *lines = head.split(b"\n")
    if not re.match(rb"HTTP/[\d.]{1,5} 200\b", status):
        return "", b""
    fields = {
        name.strip().lower(): value.strip().lower()
        for name, _, value in (line.decode("latin-1").partition(":") for line in lines[:HEAD_LINES])
    }
    kind = fields.get("content-type", "").partition(";")[0].strip()
    if kind not in READERS:
        return "", b""
    if "chunked" in fields.get("transfer-encoding", ""):
        payload = unchunked(payload)
    return kind, unpacked(payload, fields.get("content-encoding", ""), options)


def cut_head(body: bytes) -> tuple[bytes, bytes, bytes]:
    wide, narrow = body.find(b"\r\n\r\n"), body.find(b"\n\n")
    if wide >= 0 and (narrow < 0 or wide < narrow):
        return body[:wide], b"", body[wide + 4 :]
    return (body[:narrow], b"", body[narrow + 2 :]) if narrow >= 0 else (body, b"", b"")


def unchunked(data: bytes) -> bytes:
    """The bytes of a chunked transfer; those of archives that took the chunks away but kept the header, as they are."""
    out: list[bytes] = []
    at = 0
    while match := re.compile(rb"([0-9a-fA-F]{1,8})[^\r\n]{0,200}\r?\n").match(data, at):
        size = int(match[1], 16)
        if not size:
            return b"".join(out)
        out.append(data[match.end() : match.end() + size])
        at = match.end() + size
        at += 2 if data[at : at + 2] == b"\r\n" else 1
    return b"".join(out) if out else data


def unpacked(payload: bytes, encoding: str, options: ReadOptions) -> bytes:
    if encoding in {"", "identity"} or (encoding == "gzip" and not payload.startswith(b"\x1f\x8b")):
        return payload
    if encoding not in {"gzip", "x-gzip", "deflate"}:
        raise InputError(f"packed by {encoding[:20]!r}, which is not unpacked here", remedy="capture it with gzip or unpacked")
    for window in (47, -15):  # gzip and zlib by their heads; bare deflate
        try:
            inflate = zlib.decompressobj(window)
            data = inflate.decompress(payload, options.max_bytes + 1)
        except zlib.error:
            continue
        refuse_growth(len(data), len(payload))
        if not inflate.eof and len(data) <= options.max_bytes:
            raise InputError("packed data that is cut off", remedy="capture the page again")
        if len(data) > options.max_bytes:
            raise InputError(f"unpacks to more than {options.max_bytes / 1e6:g} MB", remedy="save the page alone")
        return data
    raise InputError(f"damaged data (said to be {encoding})", remedy="capture the page again")


def read_wacz(archive: zipfile.ZipFile, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The pages of every WARC in a WACZ file. What the index says of titles is in the pages, too."""
    names = sorted(name for name in archive.namelist() if re.fullmatch(r"archive/[^/]+\.warc(?:\.gz)?", name))
    if not names:
        raise InputError("a WACZ file without archive/*.warc.gz", remedy="make it again")
    for number, name in enumerate(names, 1):
        doc_id = draft.doc_id if len(names) == 1 else f"{draft.doc_id}-{number}"
        inner = replace(draft, doc_id=doc_id, where=f"{draft.where}/{name}")
        try:
            if archive.getinfo(name).flag_bits & 1:
                raise InputError("encrypted with a password")
            with archive.open(name) as member:
                yield from read_warc(BufferedReader(member), inner, options)  # type: ignore[type-var]
        except (InputError, zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
            what = error.message if isinstance(error, InputError) else f"damaged ({error})"
            yield Fault(inner.where, what, AGAIN, "damaged")
