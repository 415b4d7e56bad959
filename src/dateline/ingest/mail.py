"""Mails (EML, MBOX) and web pages saved as MHTML: the standard library's reader, with words, day, sender and attachments.

The text of a mail is its plain part, else its HTML part as plain paragraphs. Attachments that are documents are reports of their
own. Addresses of the receivers are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import policy
from email.errors import MessageError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime
from io import BytesIO
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.decode import decode
from dateline.ingest.draft import Draft, ReadOptions, headed
from dateline.ingest.flat import flat_html
from dateline.ingest.members import read_inside, within
from dateline.ingest.text import digest, whole
from dateline.types import Fault

EXTRACTOR = "mail@1"
MAX_PARTS = 500
READ_ATTACHMENTS = (
    ".pdf", ".docx", ".rtf", ".txt", ".html", ".htm", ".csv", ".tsv", ".xlsx", ".zip", ".eml", ".json", ".jsonl", ".xml", ".doc",
)  # fmt: skip
START = re.compile(rb"From [^\r\n]{1,300}\r?\n")
HEADERS = re.compile(rb"(?m)^(?:From|Date|Subject|Received|Message-I[Dd]|MIME-Version|Content-Type|To):", re.IGNORECASE)


def read_mbox(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The mails of an MBOX file, one by one, so that files of any length stream. A bad mail is a fault."""
    number = 0
    for data in messages(stream, options.max_bytes):
        number += 1
        inner = replace(draft, doc_id=f"{draft.doc_id}-{number}", where=f"{draft.where}[{number}]")
        if data is None:
            what = f"a mail larger than {options.max_bytes / 1e6:g} MB"
            yield Fault(inner.where, what, "save it alone, without attachments", "too large")
            continue
        yield from read_inside(data, "message.eml", inner, options)
    if not number:
        raise InputError('no mail found: an MBOX file has a line "From …" before each', remedy="save the mails as .mbox or .eml")


def messages(stream: BinaryIO, most: int) -> Iterator[bytes | None]:
    """Bytes of each mail; None for one that is too large."""
    lines: list[bytes] = []
    size, inside, blank, large = 0, False, True, False
    while line := stream.readline(1 << 20):
        if blank and START.match(line):
            if inside:
                yield None if large else b"".join(lines)
            lines, size, inside, large = [], 0, True, False
        elif inside:
            size += len(line)
            large = large or size > most
            if large:
                lines.clear()
            else:
                lines.append(line[1:] if line.startswith(b">From ") else line)
        blank = not line.strip()
    if inside:
        yield None if large else b"".join(lines)


def read_mail(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """One mail and its attachments, or the page of an MHTML file. Raises InputError for what is neither."""
    data = whole(stream, options)
    if not HEADERS.search(data[:20_000]):
        raise InputError("no mail: it has none of the lines From:, Date:, Subject:", remedy="save the mail again, as .eml")
    message = parsed(data)
    if is_saved_page(message):
        yield from saved_page(message, draft, options)
        return
    text, remark = words(message)
    attached = [part for part in parts(message) if is_document(part)]
    if text.strip():
        subject = header(message, "Subject")
        yield replace(
            headed(draft, subject, text),
            sha256=digest(data),
            extractor=EXTRACTOR,
            published=day(message),
            outlet=sender(message),
            remarks=(remark,) if remark else (),
        )
    elif not attached:
        raise InputError("a mail without text", remedy="it may be cut off, or hold pictures alone: save it again, or its text")
    for part in attached:
        yield from attachment(part, replace(draft, made=day(message)), options)


def is_saved_page(message: EmailMessage) -> bool:
    """True for MHTML: a page with its pictures, under its address, and nobody it was sent to."""
    return message.get_content_type() == "multipart/related" and not message.get("To") and not message.get("Received")


def parsed(data: bytes) -> EmailMessage:
    try:
        message = BytesParser(policy=policy.default).parse(BytesIO(data.lstrip(b"\r\n")))
    except (MessageError, ValueError, LookupError, IndexError, TypeError, AttributeError) as error:
        raise InputError(f"a damaged mail ({type(error).__name__}: {str(error)[:80]})", remedy="save it again, as .eml") from None
    assert isinstance(message, EmailMessage)
    return message


def parts(message: EmailMessage) -> Iterator[EmailMessage]:
    """All parts but those of mails within this one, which are read as mails of their own."""
    stack: list[EmailMessage] = [message]
    for _ in range(MAX_PARTS):
        if not stack:
            return
        part = stack.pop()
        if part.get_content_maintype() == "multipart":
            inner = part.get_payload()
            stack += [p for p in reversed(inner) if isinstance(p, EmailMessage)] if isinstance(inner, list) else []
        else:
            yield part


def words(message: EmailMessage) -> tuple[str, str]:
    """The text: plain where there is a plain part, else the words of the HTML part; and a remark about its characters."""
    plain: list[str] = []
    marked: list[str] = []
    remark = ""
    for part in parts(message):
        kind = part.get_content_type()
        if kind not in {"text/plain", "text/html"} or is_attachment(part):
            continue
        payload = part.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            continue
        decoded = decode(payload, declared=part.get_content_charset())
        remark = remark or decoded.remark
        (plain if kind == "text/plain" else marked).append(decoded.text.replace("\r\n", "\n"))
    if any(text.strip() for text in plain):
        return "\n\n".join(plain), remark
    return "\n\n".join(flat_html(text) for text in marked), remark


def is_attachment(part: EmailMessage) -> bool:
    return (part.get_content_disposition() or "") == "attachment" or part.get_filename() is not None


def is_document(part: EmailMessage) -> bool:
    """True for attachments that may be reports, and for mails that were passed on as attachments."""
    if part.get_content_type() == "message/rfc822":
        return True
    name = (part.get_filename() or "").lower()
    return is_attachment(part) and (name.endswith(READ_ATTACHMENTS) or part.get_content_type() == "application/pdf")


def attachment(part: EmailMessage, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        data = inner[0].as_bytes() if isinstance(inner, list) and inner and isinstance(inner[0], EmailMessage) else b""
        name = "message.eml"
    else:
        payload = part.get_payload(decode=True)
        data = payload if isinstance(payload, bytes) else b""
        name = part.get_filename() or "attachment.pdf"
    yield from read_inside(data, name, within(draft, name), options)


def saved_page(message: EmailMessage, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The page of an MHTML file: its first HTML part, by the reader of pages. The hash is of that part."""
    for part in parts(message):
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes) and payload.strip():
            made = day(message)
            url = header(message, "Snapshot-Content-Location") or header(part, "Content-Location")
            yield from read_inside(payload, "page.html", replace(draft, made=made, url=url), options)
            return
    raise InputError("an MHTML file without a page", remedy="save the page again")


def header(message: EmailMessage, name: str) -> str | None:
    try:
        return " ".join(str(message.get(name, "")).split()) or None
    except (ValueError, IndexError, TypeError, AttributeError):  # of broken headers
        return None


def day(message: EmailMessage) -> str | None:
    """The day the mail was sent, in the sender's time."""
    try:
        return parsedate_to_datetime(header(message, "Date") or "").date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def sender(message: EmailMessage) -> str | None:
    """The name of the sender, else the domain of the address."""
    name, address = parseaddr(header(message, "From") or "")
    return name or address.rpartition("@")[2] or None
