"""DOCX: paragraphs and tables in order, as the document stands with all tracked changes accepted.

Own reader over lxml: python-docx leaves out inserted text that nobody has accepted yet, and hyperlinks in fields. Page headers
and footers, footnote marks and comments are other parts of the file and are not read.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.ingest.draft import Draft, ReadOptions
from dateline.ingest.guard import read_member
from dateline.ingest.safe_xml import children, local, parse_xml
from dateline.ingest.text import digest, drafts_of, whole
from dateline.types import Fault

EXTRACTOR = "docx@1"
DELETED = frozenset(("del", "movefrom", "deltext", "instrtext", "fallback", "ppr", "rpr", "annotation"))
BLANK = {"tab": " ", "br": "\n", "cr": "\n", "nobreakhyphen": "-"}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(archive: zipfile.ZipFile, stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The report of a Word document, or the articles of a Nexis or Factiva download."""
    root = parse_xml(read_member(archive, "word/document.xml", 4 * options.max_bytes))
    body = next(children(root, "body"), None)
    if body is None:
        raise InputError("a damaged DOCX: its main part has no body", remedy="open it and save it again")
    text = "\n\n".join(words for words in paragraphs(body) if words)
    if not text.strip():
        raise InputError("the document holds no text", remedy="if it holds pictures of pages, it needs text recognition (OCR)")
    title, made = properties(archive)
    stream.seek(0)
    told = replace(draft, sha256=digest(whole(stream, options)), extractor=EXTRACTOR, title=title, made=made)
    yield from drafts_of(text, told)


def paragraphs(body: Any) -> Iterator[str]:
    """Paragraphs in reading order; a table row is one, its cells two blanks apart. Walks a stack, however deep it is nested."""
    stack = [iter(body)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name == "p":
            yield from boxed(element)
        elif name == "tr":
            cells = (" ".join(" ".join(boxed_all(cell)).split()) for cell in element.iter(f"{W}tc") if not nested(cell, element))
            yield "  ".join(cell for cell in cells if cell)
        elif name not in DELETED:
            stack.append(iter(element))


def nested(cell: Any, row: Any) -> bool:
    """True for cells of a table within a cell: their words are read with the outer cell."""
    return next(cell.iterancestors(f"{W}tr"), None) is not row


def boxed_all(cell: Any) -> Iterator[str]:
    for paragraph in cell.iter(f"{W}p"):
        yield paragraph_words(paragraph)


def boxed(paragraph: Any) -> Iterator[str]:
    """The words of a paragraph, and those of text boxes anchored in it after it."""
    yield paragraph_words(paragraph)
    for box in paragraph.iter(f"{W}txbxContent"):
        if not any(local(a) == "fallback" for a in box.iterancestors()):
            for inner in box.iter(f"{W}p"):
                yield paragraph_words(inner)


def paragraph_words(paragraph: Any) -> str:
    pieces: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        name = local(element)
        if name == "t":
            pieces.append(element.text or "")
        elif name in BLANK:
            pieces.append(BLANK[name])
        elif name not in DELETED and name != "txbxcontent":
            stack.append(iter(element))
    return "\n".join(" ".join(line.split()) for line in "".join(pieces).split("\n")).strip()


def properties(archive: zipfile.ZipFile) -> tuple[str | None, str | None]:
    """Title, and the day the file was made, where the file tells them."""
    try:
        core = parse_xml(read_member(archive, "docProps/core.xml", 1_000_000))
    except InputError:
        return None, None
    told = {local(element): (element.text or "").strip() for element in core}
    return told.get("title") or None, told.get("created") or None
