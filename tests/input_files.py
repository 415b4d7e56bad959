"""Files of every input kind, made byte by byte, so that tests need no program and no file of anyone."""

from __future__ import annotations

import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from email.message import EmailMessage

STORY = "Six people died in the town of Karim on Friday when a car bomb went off near the market, the army said."
MORE = "The Northern Front, a rebel group, said that it had fired on a column of soldiers south of the town at dawn."
TITLE = "Six die in Karim blast"

# ---- PDF ------------------------------------------------------------------------------------------------------------------

Words = tuple[float, float, float, str]  # left, bottom, size, words: points from the lower left corner


def page_of(*words: Words) -> bytes:
    """The content of a page: each piece of text at its place."""
    out = [b"BT"]
    for left, bottom, size, text in words:
        plain = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)").encode("cp1252")
        out.append(b"/F1 %.1f Tf 1 0 0 1 %.1f %.1f Tm (%s) Tj" % (size, left, bottom, plain))
    return b"\n".join([*out, b"ET"])


def column(lines: Iterable[str], *, left: float, top: float, size: float = 10, step: float = 12) -> list[Words]:
    """Lines below one another."""
    return [(left, top - number * step, size, line) for number, line in enumerate(lines)]


SCAN = b"q 595 0 0 842 0 0 cm /I1 Do Q"


def make_pdf(*pages: bytes, password: bool = False, info: bytes = b"") -> bytes:
    """A PDF of these page contents. A page that is `SCAN` shows a picture. With `password` it opens with "secret" alone."""
    picture = zlib.compress(bytes(100))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages)))),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(picture), picture),
        b"<< %s >>" % info,
    ]
    for number, content in enumerate(pages):
        packed = zlib.compress(content)
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /I1 4 0 R >> >> >>" % (7 + 2 * number)
        )
        parts.append(b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed))
    trailer = b"/Root 1 0 R /Info 5 0 R"
    if password:
        lock, identity = locked(b"secret")
        parts.append(lock)
        trailer += b" /Encrypt %d 0 R /ID [<%s> <%s>]" % (len(parts), identity.hex().encode(), identity.hex().encode())
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1) + b"".join(b"%010d 00000 n \n" % at for at in places)
    return bytes(out) + b"trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, trailer, start)


PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def locked(password: bytes) -> tuple[bytes, bytes]:
    """The lock of a PDF (standard handler, revision 2, 40 bits: ISO 32000-1, 7.6.3) and the file's identity."""
    padded, identity = (password + PADDING)[:32], b"0123456789abcdef"
    owner = rc4(hashlib.md5(padded).digest()[:5], padded)
    key = hashlib.md5(padded + owner + (-4).to_bytes(4, "little", signed=True) + identity).digest()[:5]
    user = rc4(key, PADDING)
    return b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (owner.hex().encode(), user.hex().encode()), identity


def rc4(key: bytes, data: bytes) -> bytes:
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    out, i, j = bytearray(), 0, 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        out.append(byte ^ box[(box[i] + box[j]) % 256])
    return bytes(out)


# ---- archives and Office ----------------------------------------------------------------------------------------------------

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def make_zip(files: Mapping[str, str | bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED)
    return out.getvalue()


def make_docx(*paragraphs: str, title: str = "", body: str = "", head: str = "") -> bytes:
    """A Word document: paragraphs of plain words, or `body` as WordprocessingML."""
    inner = body or "".join(f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs)
    core = (
        '<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="urn:dc" xmlns:dcterms="urn:t">'
        f"<dc:title>{title}</dc:title><dcterms:created>2019-03-02T10:00:00Z</dcterms:created></cp:coreProperties>"
    )
    return make_zip(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"{head}<w:document {W}><w:body>{inner}</w:body></w:document>",
            "word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>Running header</w:t></w:r></w:p></w:hdr>",
            "docProps/core.xml": core,
        }
    )


def make_xlsx(
    rows: Sequence[Sequence[object]], *, title: str = "Sheet1", more: Mapping[str, Sequence[Sequence[object]]] | None = None
) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    sheets = {title: rows, **(more or {})}
    for name, values in sheets.items():
        sheet = book.create_sheet(name)
        for row in values:
            sheet.append(list(row))
    book.remove(book.worksheets[0])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# ---- mails and web archives -------------------------------------------------------------------------------------------------


def make_mail(text: str = STORY, *, html: str = "", attachments: Mapping[str, bytes] | None = None) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Lamia Bulletin <news@bulletin.example>"
    mail["To"] = "reader@example.org"
    mail["Date"] = "Sat, 02 Mar 2019 23:30:00 +0300"
    mail["Subject"] = TITLE
    mail.set_content(text) if text else mail.set_content(html, subtype="html")
    if text and html:
        mail.add_alternative(html, subtype="html")
    for name, data in (attachments or {}).items():
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def make_page(title: str = TITLE, *paragraphs: str) -> bytes:
    words = "".join(f"<p>{words}</p>" for words in paragraphs or (STORY, MORE))
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>'
        '<meta property="og:site_name" content="The Exercise"></head>'
        f"<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>{words}</article></body></html>"
    ).encode()


def warc_record(
    url: str, payload: bytes, *, status: int = 200, kind: str = "text/html", head: str = "", type_: str = "response"
) -> bytes:
    http = f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\n{head}\r\n".encode() + payload
    return (
        (
            f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2019-03-04T12:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        ).encode()
        + http
        + b"\r\n\r\n"
    )


def make_warc(*records: bytes, packed: bool = True) -> bytes:
    """A web archive, each record packed on its own as crawlers do."""
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)
