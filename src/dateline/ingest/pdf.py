"""PDF with a text layer: pages to lines (here, by PDFium through pypdfium2), lines to paragraphs (`pdf_layout`).

A page that is only a picture is a named fault, not an empty report. Nothing in the file is run.
"""

from __future__ import annotations

import ctypes
import math
import re
import statistics
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from dateline.errors import InputError
from dateline.ingest.draft import Draft, ReadOptions
from dateline.ingest.guard import MAX_PAGES, refuse_growth
from dateline.ingest.pdf_columns import Line
from dateline.ingest.pdf_layout import document_text, off_print
from dateline.ingest.text import digest, drafts_of, whole
from dateline.types import Fault, Segment

MISSING = "pypdfium2, which reads PDF, is missing"
OCR = "make its text readable with OCR first, for example: ocrmypdf IN.pdf OUT.pdf"
FEW = 12  # letters: a page with fewer and a picture is a scan
SAMPLED = 8  # of so many characters one is asked whether its font tells which it is
UNREADABLE = 0.3  # share of characters without meaning from which a text layer is worthless
BLANK = 100_000_000  # bytes: a few white pictures unpack to much and are no bomb
STREAM = re.compile(rb"stream\r?\n")
LINE_HYPHEN = "\x02\ufffe\u00ad"  # how PDFium and some writers mark a hyphen at the end of a line


def read_pdf(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The report of a PDF, or the articles of a Nexis or Factiva download."""
    data = whole(stream, options, split="give the pages with the report, or its text")
    refuse_bomb(data)
    pdfium = library()
    document = opened(pdfium, data)
    try:
        if len(document) > MAX_PAGES:
            raise InputError(f"a PDF of {len(document):,} pages (at most {MAX_PAGES:,})", remedy="split it into reports")
        pages, scanned, broken = read_pages(pdfium, document)
        meta = {key: value.strip() for key, value in document.get_metadata_dict().items() if value and value.strip()}
        count = len(document)
    finally:
        document.close()
    refuse_empty(pages, scanned, broken, count)
    if scanned or broken:
        numbers = sorted(scanned + broken)
        named = (
            f"{'page' if len(numbers) == 1 else 'pages'} {', '.join(map(str, numbers[:12]))}{' …' if len(numbers) > 12 else ''}"
        )
        what = f"{named} of {count} without readable text (scanned?): not read"
        yield Fault(draft.where, what, OCR, "needs_ocr", "warning")
    printed = off_print(pages)
    text, title = document_text(printed.pages)
    made, url = printed.made or made_on(meta), draft.url or printed.url
    told = replace(draft, sha256=digest(data), extractor=extractor(), title=title, made=made, url=url)
    yield from drafts_of(text, told, segments=segments_of(text, title))


def extractor() -> str:
    from importlib.metadata import version

    return f"pdf@1 pypdfium2@{version('pypdfium2')}"


def library() -> Any:
    try:
        import pypdfium2
    except ImportError:
        raise InputError(MISSING, remedy="pip install pypdfium2") from None
    return pypdfium2


def refuse_bomb(data: bytes) -> None:
    """Unpack every packed stream up to the limits before PDFium does, which has none of its own below 1 GB each."""
    total = 0
    for match in STREAM.finditer(data):
        start = match.end()
        if data[start : start + 1] not in {b"\x78", b"\x48", b"\x58", b"\x68"}:
            continue
        end = data.find(b"endstream", start)
        packed = data[start : end if end >= 0 else len(data)]
        inflate = zlib.decompressobj()
        try:
            while packed and not inflate.eof:
                total += len(inflate.decompress(packed, 1 << 24))
                packed = inflate.unconsumed_tail
                refuse_growth(total if total > BLANK else 0, len(data))
        except zlib.error:
            continue


def opened(pdfium: Any, data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
        len(document)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise InputError(
                "an encrypted PDF: it needs a password", remedy="save a copy without password, for example: qpdf --decrypt"
            ) from None
        raise InputError(f"a damaged PDF ({str(error)[:100]})", remedy="save or download it again") from None
    return document


def refuse_empty(pages: list[list[Line]], scanned: list[int], broken: list[int], count: int) -> None:
    if any(pages):
        return
    if broken:
        what = "a PDF whose text layer cannot be read: its fonts do not tell which letters they show"
        raise InputError(what, remedy=OCR)
    if scanned:
        raise InputError(f"a scanned PDF: {count} {'page' if count == 1 else 'pages'} without text layer", remedy=OCR)
    raise InputError("a PDF without text", remedy="give a PDF with the words of a report")


def read_pages(pdfium: Any, document: Any) -> tuple[list[list[Line]], list[int], list[int]]:
    """Lines of each page; numbers of pages that are pictures, and of those whose letters have no meaning."""
    pages: list[list[Line]] = []
    scanned, broken = [], []
    for number in range(len(document)):
        try:
            page = document[number]
            lines, bad = page_lines(pdfium, page)
            letters = sum(char.isalnum() for line in lines for char in line.text)
            if bad:
                broken.append(number + 1)
                lines = []
            elif letters < FEW and has_picture(pdfium, page):
                scanned.append(number + 1)
                lines = []
            page.close()
        except pdfium.PdfiumError:
            broken.append(number + 1)
            lines = []
        pages.append(lines)
    return pages, scanned, broken


def has_picture(pdfium: Any, page: Any) -> bool:
    """True when a picture covers a third of the page or more."""
    width, height = page.get_size()
    for number, item in enumerate(page.get_objects(filter=(pdfium.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=4)):
        left, bottom, right, top = item.get_bounds()
        if (right - left) * (top - bottom) > width * height / 3 or number > 200:
            return True
    return False


def page_lines(pdfium: Any, page: Any) -> tuple[list[Line], bool]:
    """Pieces of lines in the order of the file, cut at wide gaps; and whether most of the letters have no meaning."""
    raw = pdfium.raw
    text = page.get_textpage()
    count = text.count_chars()
    height = page.get_height()
    numbers = [ctypes.c_double() for _ in range(6)]
    left, right, bottom, top, _, base = numbers
    box, origin = [ctypes.byref(n) for n in numbers[:4]], [ctypes.byref(n) for n in numbers[4:]]
    matrix = raw.FS_MATRIX()
    lines: list[Line] = []
    piece = Piece(height)
    bad, told, scale = 0, -1.0, 1.0
    for at in range(count):
        code = raw.FPDFText_GetUnicode(text, at)
        char = chr(code) if code < 0x110000 else "\ufffd"
        if char in "\r\n":
            lines += piece.cut()
            continue
        hyphen = char in LINE_HYPHEN or (char == "-" and raw.FPDFText_IsHyphen(text, at) == 1)
        if char == " " or (not hyphen and char < " "):
            bad += code == 0
            piece.space()
            continue
        raw.FPDFText_GetCharBox(text, at, *box)
        raw.FPDFText_GetCharOrigin(text, at, *origin)
        size = raw.FPDFText_GetFontSize(text, at)
        if size != told or not piece.chars:  # some writers set all letters in size 1 and put the size in the matrix
            raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
            told, scale = size, math.hypot(matrix.b, matrix.d) or 1.0
        if not at % SAMPLED and raw.FPDFText_HasUnicodeMapError(text, at) == 1:
            bad += SAMPLED
        bad += code == 0xFFFD or 0xE000 <= code < 0xF900
        shown = "\u00ad" if hyphen else char
        lines += piece.add(shown, Box(left.value, right.value, bottom.value, top.value), base.value, size * scale)
    lines += piece.cut()
    text.close()
    return lines, count > FEW and bad > UNREADABLE * count


class Box(NamedTuple):
    """Where the ink of a character is, in points from the lower left corner."""

    left: float
    right: float
    bottom: float
    top: float


class Piece:
    """Characters of one line that stand together."""

    def __init__(self, height: float) -> None:
        self.height = height
        self.clear()

    def clear(self) -> None:
        self.chars: list[str] = []
        self.sizes: list[float] = []
        self.bases: list[float] = []
        self.left, self.right, self.bottom, self.top = 1e9, -1e9, 1e9, -1e9

    def space(self) -> None:
        if self.chars and self.chars[-1] != " ":
            self.chars.append(" ")

    def add(self, char: str, box: Box, base: float, size: float) -> list[Line]:
        """Add one character; gives the line before it when this one stands elsewhere."""
        if char.isspace():
            self.space()
            return []
        done: list[Line] = []
        em = max(size, box.top - box.bottom, 4.0)
        if self.chars and (
            box.left - self.right > 1.8 * em
            or box.left < self.right - 4 * em
            or box.bottom > self.top
            or box.top < self.bottom
            or (size < 0.8 * self.sizes[-1] and base > self.bases[-1] + 0.15 * em)  # a raised mark begins
            or (self.sizes[-1] < 0.8 * size and base < self.bases[-1] - 0.15 * em)  # and ends
        ):
            done = self.cut()
        self.chars.append(char)
        self.sizes.append(size or box.top - box.bottom)
        self.bases.append(base)
        self.left, self.right = min(self.left, box.left), max(self.right, box.right)
        self.bottom, self.top = min(self.bottom, box.bottom), max(self.top, box.top)
        return done

    def cut(self) -> list[Line]:
        words = "".join(self.chars).strip()
        done = []
        if words and self.sizes:
            size, base = statistics.median(self.sizes), self.height - statistics.median(self.bases)
            box = self.left, self.height - self.top, self.right, self.height - self.bottom
            done = [Line(words, *box, size, base, base / max(self.height, 1.0))]
        self.clear()
        return done


def segments_of(text: str, title: str | None) -> tuple[Segment, ...]:
    """The headline that was told by its letters, and the rest as body, whose parts are then judged."""
    if not title or title not in text:
        return ()
    start = text.index(title)
    parts = [("body", 0, start), ("headline", start, start + len(title)), ("body", start + len(title), len(text))]
    return tuple(Segment(kind, begin, end) for kind, begin, end in parts if text[begin:end].strip())  # type: ignore[arg-type]


def made_on(meta: dict[str, str]) -> str | None:
    match = re.match(r"D:(\d{4})(\d\d)(\d\d)", meta.get("CreationDate", ""))
    return "-".join(match.groups()) if match else None
