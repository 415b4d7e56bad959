"""Which reader reads which file. A new format is one line of `FORMATS` and one module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.draft import Draft, ReadOptions
from dateline.types import Fault

Reader = Callable[[BinaryIO, Draft, ReadOptions], Iterator[Draft | Fault]]

XML_MAGIC = (b"<?xml", b"<rss", b"<feed", b"<rdf:rdf", b"<nitf", b"<newsitem", b"<newsmessage", b"<newsml")
ZIP_MAGIC = (b"pk\x03\x04", b"pk\x05\x06")
MAIL_MAGIC = (b"return-path:", b"received:", b"delivered-to:", b"mime-version:", b"message-id:")


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
    Format("pdf", (".pdf",), (b"%pdf-",), "dateline.ingest.pdf:read_pdf"),
    Format("zip", (".docx", ".xlsx", ".xlsm", ".wacz", ".zip"), ZIP_MAGIC, "dateline.ingest.members:read_zip"),
    Format("rtf", (".rtf",), (b"{\\rtf",), "dateline.ingest.rtf:read_rtf"),
    Format("warc", (".warc", ".warc.gz"), (b"warc/1",), "dateline.ingest.warc:read_warc"),
    Format("gzip", (".gz",), (b"\x1f\x8b",), "dateline.ingest.members:read_gzip"),
    Format("html", (".html", ".htm", ".xhtml", ".shtml"), (b"<!doctype html", b"<html"), "dateline.ingest.html:read_html"),
    Format("jsonl", (".jsonl", ".ndjson", ".json"), (b'{"', b"[{"), "dateline.ingest.jsonl:read_jsonl"),
    Format("xml", (".xml", ".rss", ".atom", ".rdf", ".nitf"), XML_MAGIC, "dateline.ingest.xml_news:read_xml"),
    Format("mbox", (".mbox", ".mbx"), (), "dateline.ingest.mail:read_mbox"),
    Format("mail", (".eml", ".mht", ".mhtml"), MAIL_MAGIC, "dateline.ingest.mail:read_mail"),
    Format("csv", (".csv", ".tsv", ".tab"), (), "dateline.ingest.tables:read_table"),
    Format("text", (".txt", ".text", ".md", ".asc"), (), "dateline.ingest.text:read_text_file"),
)
ENDINGS = frozenset(ending for format in FORMATS for ending in format.endings)
SURE = frozenset(("pdf", "zip", "rtf", "gzip"))  # the first bytes say more than the name: a .doc that is RTF, a .txt that is PDF
TEXT = FORMATS[-1]


def format_of(name: str, head: bytes) -> Format:
    """The format by first bytes that leave no doubt, by the ending of the name, else by other first bytes; else plain text.

    >>> format_of("a.html", b"").name, format_of("-", b' {"text": "Six died."}').name, format_of("a", b"Six died.").name
    ('html', 'jsonl', 'text')
    >>> format_of("wire.doc", b"{\\\\rtf1\\\\ansi").name, format_of("a.xml", b"<?xml version").name
    ('rtf', 'xml')
    """
    lower = name.lower()
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:64].lower()
    compact = start.replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b"")
    by_bytes = [f for f in FORMATS if f.magic and (start.startswith(f.magic) or compact.startswith(f.magic))]
    by_name = [f for f in FORMATS if lower.endswith(f.endings)]
    sure = [f for f in by_bytes if f.name in SURE and not lower.endswith(".warc.gz")]
    return next(iter((*sure, *by_name, *by_bytes)), TEXT)


def read_as(name: str, head: bytes, stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """Drafts and faults of a stream, by the reader for its name and first bytes. Whatever goes wrong is a fault."""
    try:
        yield from format_of(name, head).load()(stream, draft, options)
    except InputError as error:
        yield Fault(error.where or draft.where, error.message, error.remedy, "input")
    except (MemoryError, RecursionError) as error:
        yield Fault(draft.where, f"too large or too deep to read ({type(error).__name__})", "split it", "too large")
    except OSError:
        raise  # the file itself: its name is told by who opened it
    except Exception as error:  # libraries let errors of many kinds through for damaged files
        what = f"could not be read ({type(error).__name__}: {str(error)[:100]})"
        yield Fault(draft.where, what, "save it anew, or as text; please report this as a bug", "reading")
