"""Which reader reads which file. A new format is one line of `FORMATS` and one module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO

from dateline.ingest.draft import Draft, ReadOptions
from dateline.types import Fault

Reader = Callable[[BinaryIO, Draft, ReadOptions], Iterator[Draft | Fault]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: file-name endings, first bytes (blanks skipped, lower case), and `module:function` of its reader.

    Readers are imported when the first file needs them, so that a format's libraries cost nothing to others.
    """

    name: str
    endings: tuple[str, ...]
    magic: tuple[bytes, ...]
    reader: str

    def load(self) -> Reader:
        module, function = self.reader.split(":")
        reader: Reader = getattr(import_module(module), function)
        return reader


FORMATS = (
    Format("html", (".html", ".htm", ".xhtml", ".shtml"), (b"<!doctype html", b"<html"), "dateline.ingest.html:read_html"),
    Format("jsonl", (".jsonl", ".ndjson", ".json"), (b'{"', b"[{"), "dateline.ingest.jsonl:read_jsonl"),
    Format("text", (".txt", ".text", ".md", ".asc"), (), "dateline.ingest.text:read_text_file"),
)
ENDINGS = frozenset(ending for format in FORMATS for ending in format.endings)
TEXT = FORMATS[-1]


def format_of(name: str, head: bytes) -> Format:
    """The format by the ending of the name, else by the first bytes; plain text when neither tells.

    >>> format_of("a.html", b"").name, format_of("-", b' {"text": "Six died."}').name, format_of("a", b"Six died.").name
    ('html', 'jsonl', 'text')
    """
    lower = name.lower()
    for format in FORMATS:
        if lower.endswith(format.endings):
            return format
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    compact = start.replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b"")
    for format in FORMATS:
        if format.magic and (start.startswith(format.magic) or compact.startswith(format.magic)):
            return format
    return TEXT
