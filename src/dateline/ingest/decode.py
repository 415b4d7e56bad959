"""Bytes to characters: which encoding, and what could not be read."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from dateline.errors import InputError

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# First bytes of files that are no text, with the name a person knows and what to do.
NOT_TEXT = (
    (b"%PDF", "a PDF file", "save its text first, for example with: pdftotext FILE.pdf"),
    (b"PK\x03\x04", "a zip archive or an Office document", "unpack it, or save the document as plain text"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as DOCX, PDF or plain text"),
    (b"{\\rtf", "an RTF document", "save it as plain text"),
    (b"\x1f\x8b", "a gzip archive", "unpack it with gunzip"),
    (b"BZh", "a bzip2 archive", "unpack it with bunzip2"),
    (b"\xfd7zXZ", "an xz archive", "unpack it with unxz"),
    (b"\x89PNG", "an image", "give the text of the report"),
    (b"\xff\xd8\xff", "an image", "give the text of the report"),
    (b"GIF8", "an image", "give the text of the report"),
    (b"RIFF", "a sound or image file", "give the text of the report"),
    (b"ID3", "a sound file", "give the text of the report"),
    (b"\x7fELF", "a program", "give the text of the report"),
    (b"MZ\x90", "a program", "give the text of the report"),
    (b"SQLite format 3\x00", "a database", "give the reports themselves"),
)
CONTROL = bytes(set(range(0x20)) - {0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x1B})
SAMPLE = 65536


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the encoding it was read by and a remark when something could not be read as it should."""

    text: str
    encoding: str
    remark: str = ""


def decode(data: bytes, *, declared: str | None = None) -> Decoded:
    """Characters of `data`.

    Order: byte order mark; UTF-16 without one (by its zero bytes); UTF-8; the declared encoding; UTF-8 with a few foreign bytes
    (these are read as Windows-1252 one by one); Windows-1252. Raises InputError for what is no text.

    >>> decode("Zürich".encode("cp1252")).text
    'Zürich'
    """
    refuse_binary(data)
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return strictly(data[len(bom) :], encoding)
    wide = utf16_without_mark(data[:SAMPLE])
    if wide:
        return strictly(data, wide)
    refuse_noise(data[:SAMPLE])
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    if declared and known_encoding(declared):
        try:
            return Decoded(data.decode(declared), declared)
        except (UnicodeDecodeError, LookupError):
            pass
    return mostly_utf8(data) or windows(data)


def refuse_binary(data: bytes) -> None:
    for magic, name, remedy in NOT_TEXT:
        if data.startswith(magic):
            raise InputError(f"this is {name}, not text", remedy=remedy)


def refuse_noise(sample: bytes) -> None:
    controls = len(sample) - len(sample.translate(None, CONTROL))
    zeros = sample.count(0)
    if controls > 0.02 * len(sample) + 2 or zeros > 0.3 * len(sample):
        raise InputError("this is binary data, not text", remedy="give a file of a kind that docs/inputs.md names")


def utf16_without_mark(sample: bytes) -> str | None:
    """English in UTF-16 has a zero in nearly every second byte."""
    if len(sample) < 8:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return None


def strictly(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    return Decoded(text, encoding, f"{lost} places are not {encoding} and read as U+FFFD" if lost > 0 else "")


def known_encoding(name: str) -> bool:
    """True for a character encoding that is worth a try (UTF-8 was tried before)."""
    try:
        return isinstance("a".encode(name), bytes) and codecs.lookup(name).name not in {"utf-8", "utf-7", "idna", "punycode"}
    except (LookupError, UnicodeError):
        return False


FOREIGN = re.compile("[\udc80-\udcff]")  # bytes that are not UTF-8, as Python's "surrogateescape" shows them


def mostly_utf8(data: bytes) -> Decoded | None:
    """UTF-8 with foreign bytes between, when sound sequences outnumber the others; None when they do not."""
    text = data.decode("utf-8", "surrogateescape")
    foreign = len(FOREIGN.findall(text))
    sound = len(re.findall(r"[^\x00-\x7f]", text)) - foreign
    if sound < foreign:
        return None
    mended = FOREIGN.sub(lambda match: one_byte(ord(match.group()) - 0xDC00), text)
    return Decoded(mended, "utf-8+cp1252", f"{foreign} bytes are not UTF-8 and were read as Windows-1252")


def one_byte(byte: int) -> str:
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


def windows(data: bytes) -> Decoded:
    try:
        return Decoded(data.decode("cp1252"), "cp1252", "not UTF-8: read as Windows-1252")
    except UnicodeDecodeError:
        return Decoded(data.decode("latin-1"), "latin-1", "not UTF-8: read as Latin-1")
