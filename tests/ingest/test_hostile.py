"""Damaged files and files made to harm: one clear fault each, in under a second, and the batch goes on."""
# ruff: noqa: E501 (long lines are test data)

import gzip
import json
import os
import time
import zipfile
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest import read_bytes, read_paths
from dateline.types import Fault, Report
from input_files import (
    SCAN,
    STORY,
    make_docx,
    make_mail,
    make_page,
    make_pdf,
    make_warc,
    make_xlsx,
    make_zip,
    page_of,
    warc_record,
)

PDF = make_pdf(page_of((50, 700, 10, STORY)))
DOCX = make_docx(STORY)
XLSX = make_xlsx([["text"], [STORY]])
WARC = make_warc(warc_record("https://e.example/1", make_page()))


def damaged_zip(data: bytes, name: str) -> bytes:
    """The archive with one member's bytes spoilt."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        at = archive.getinfo(name).header_offset + 30 + len(name) + 5
    return data[:at] + b"\xff\xff\xff\xff\xff\xff" + data[at + 6 :]


DAMAGED = [
    ("cut.pdf", PDF[:200], "damaged PDF"),
    ("noise.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 8, "damaged PDF"),
    ("scan.pdf", make_pdf(SCAN), "scanned PDF"),
    ("locked.pdf", make_pdf(b"", password=True), "encrypted PDF"),
    ("cut.docx", DOCX[:-60], "damaged zip archive or Office document"),
    ("spoilt.docx", damaged_zip(DOCX, "word/document.xml"), "damaged"),
    ("xml.docx", make_docx(body="<w:p><w:r>"), "damaged XML"),
    ("empty.docx", make_docx(""), "no text"),
    ("other.docx", make_zip({"[Content_Types].xml": "x", "ppt/presentation.xml": "x"}), "no DOCX or XLSX"),
    ("text.odt", make_zip({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"}), "OpenDocument"),
    ("cut.xlsx", XLSX[:-60], "damaged zip archive or Office document"),
    ("spoilt.xlsx", damaged_zip(XLSX, "xl/workbook.xml"), "damaged"),
    ("noise.rtf", b"rtf without its head " * 9, "no RTF"),
    ("blank.rtf", b"{\\rtf1\\ansi {\\fonttbl x}}", "no text"),
    ("cut.rss", b"<rss><channel><title>x</title>", "no entry"),
    ("cut.xml", b"<nitf><head>", "damaged XML"),
    ("other.xml", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "unknown kind"),
    ("bodyless.xml", b"<nitf><head/></nitf>", "without body"),
    ("textless.xml", b"<newsItem><itemMeta/></newsItem>", "without text"),
    ("bodyless.json", b'{"uri": "x", "pubstatus": "usable", "type": "picture"}', "without body text"),
    ("cut.eml", b"just words", "no mail"),
    ("textless.eml", b"From: a@b\nSubject: x\n\n", "without text"),
    ("plain.mbox", b"no mail at all", "no mail found"),
    ("empty.csv", b"", "empty"),
    ("textless.csv", b"a,b\n1,2\n", "no column with the text"),
    ("cut.warc.gz", WARC[:-30], "cut off"),
    ("noise.warc", b"WARC/1.0\nContent-Length: -5\n\n", "with the length"),
    ("other.warc", b"words", "no WARC record"),
    ("noise.wacz", make_zip({"datapackage.json": "{}", "archive/a.txt": "x"}), "without archive/"),
    ("cut.txt.gz", gzip.compress(STORY.encode())[:-12], "cut off"),
    ("spoilt.txt.gz", gzip.compress(STORY.encode())[:12] + b"\xff" * 40, "damaged gzip"),
    ("none.zip", make_zip({}), "no file"),
]


@pytest.mark.parametrize(("name", "data", "words"), DAMAGED, ids=[name for name, _, _ in DAMAGED])
def test_a_damaged_file_is_one_clear_fault_and_the_batch_goes_on(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    (tmp_path / "z-good.txt").write_text(STORY)
    items = list(read_paths([tmp_path / name, tmp_path / "z-good.txt"]))
    [fault] = [item for item in items if isinstance(item, Fault) and item.level == "error"]
    assert words in fault.what and name in fault.where and fault.remedy
    assert [item.doc_id for item in items if isinstance(item, Report)] == ["z-good"]


# ---- made to harm -----------------------------------------------------------------------------------------------------------

ZEROS = bytes(60_000_000)
LAUGHS = (
    '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    '<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
)


def inflated() -> bytes:
    """A stream of 60 MB packed into 60 kB."""
    packer = zlib.compressobj(9)
    return packer.compress(ZEROS) + packer.flush()


def bomb_pdf(stream: bytes) -> bytes:
    """A PDF with three such streams."""
    objects = b"".join(
        b"%d 0 obj\n<< /Length 9 /Filter /FlateDecode >>\nstream\n%s\nendstream\nendobj\n" % (n, stream) for n in (20, 21, 22)
    )
    return PDF.replace(b"trailer", objects + b"trailer")


@pytest.fixture(scope="module")
def bombs() -> dict[str, bytes]:
    stream = inflated()
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: deflate\r\n\r\n" + stream
    record = (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n" % len(http)
        + http
        + b"\r\n\r\n"
    )
    return {
        "bomb.zip": make_zip({"a.txt": ZEROS}),
        "bomb.docx": make_zip({"word/document.xml": ZEROS}),
        "bomb.xlsx": make_zip({"xl/workbook.xml": "<x/>", "xl/worksheets/sheet1.xml": ZEROS}),
        "bomb.txt.gz": gzip.compress(ZEROS),
        "bomb.jsonl.gz": gzip.compress(b'{"text": "' + ZEROS),
        "head.warc.gz": gzip.compress(b"WARC/1.0\r\nX: " + ZEROS),
        "body.warc": record,
        "bomb.pdf": bomb_pdf(stream),
        "laughs.rss": f"<?xml version='1.0'?>{LAUGHS}<rss><channel><item><title>&d;</title><description>&x;</description></item></channel></rss>".encode(),
        "laughs.docx": make_docx(STORY, head=LAUGHS),
        "laughs.xlsx": make_zip({"[Content_Types].xml": "<x/>", "xl/workbook.xml": f"{LAUGHS}<workbook>&d;</workbook>"}),
        "laughs.xml": f"{LAUGHS}<nitf><body><p>&d;</p></body></nitf>".encode("utf-16"),
        "many.zip": make_zip({f"{n}.txt": "" for n in range(20_001)}, packed=False),
    }


@pytest.mark.parametrize("name", [
    "bomb.zip", "bomb.docx", "bomb.xlsx", "bomb.txt.gz", "bomb.jsonl.gz", "head.warc.gz", "body.warc", "bomb.pdf",
    "laughs.rss", "laughs.docx", "laughs.xlsx", "laughs.xml", "many.zip",
])  # fmt: skip
def test_a_bomb_is_refused_in_under_a_second(tmp_path, bombs, name):
    path = tmp_path / name
    path.write_bytes(bombs[name])
    list(read_bytes(PDF, name="a.pdf"))  # libraries are loaded
    begun = time.process_time()
    items = list(read_paths([path]))
    assert time.process_time() - begun < 1
    assert not [item for item in items if isinstance(item, Report)]
    assert [item for item in items if item.level == "error" and item.remedy]


ENDINGS = ["txt", "pdf", "docx", "jsonl", "csv", "mbox", "warc", "warc.gz", "zip", "html", "xml", "eml", "rtf", "xlsx", "gz"]


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("head", [b"", b'{"text": "x"}\n', b"%PDF-1.7\n", b"PK\x03\x04", b"WARC/1.0\r\n"])
def test_two_gigabytes_of_nothing_are_refused_in_under_a_second(tmp_path, ending, head):
    path = tmp_path / f"hole.{ending}"
    path.write_bytes(head)
    os.truncate(path, 2_000_000_000)
    begun = time.process_time()
    [fault] = list(read_paths([path]))
    assert time.process_time() - begun < 1
    assert "sparse file: it says 2,000 MB" in fault.what and fault.remedy


DEEP = 100_000
NESTED = [
    ("a.html", b"<div>" * DEEP + STORY.encode()),
    ("a.xml", b"<rss>" + b"<item>" * DEEP),
    ("a.json", b"[" * DEEP),
    ("a.jsonl", b'{"text":' * DEEP + b"\n"),
    ("a.rtf", b"{\\rtf1" + b"{" * DEEP),
    ("a.docx", make_docx(body="<w:p>" * 20_000 + "</w:p>" * 20_000)),
    (
        "a.eml",
        b"From: a@b\n" + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000)),
    ),
    ("a.rss", b"<rss><channel><item><description>" + b"&lt;div&gt;" * DEEP + b"</description></item></channel></rss>"),
]


@pytest.mark.parametrize(("name", "data"), NESTED, ids=[name for name, _ in NESTED])
def test_deep_nesting_is_a_fault_or_read_and_never_a_crash(name, data):
    begun = time.process_time()
    items = list(read_bytes(data, name=name))
    assert items and time.process_time() - begun < 3


LINES = [
    "From x\n",
    "From: x\n",
    '"',
    ",",
    '"a',
    "WARC/1.0\n",
    "HD\n",
    "Length: 1 words\n",
    "1 of 2 DOCUMENTS\n",
    "<p>",
    "&#1;",
    "{\\'",
    "\\u1",
]


@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.mbox", "a.eml", "a.rtf", "a.warc", "a.xml"])
def test_long_runs_of_one_piece_are_read_in_bounded_time(line, name):
    begun = time.process_time()
    data = (line * (100_000 // len(line))).encode()
    list(read_bytes(b"{\\rtf1 " + data if name == "a.rtf" else data, name=name))
    assert time.process_time() - begun < 4


VALID = {"a.pdf": PDF, "a.docx": DOCX, "a.xlsx": XLSX, "a.warc.gz": WARC, "a.eml": make_mail(html="<p>x</p>"), "a.html": make_page(),
         "a.rtf": b"{\\rtf1\\ansi\\uc1 " + STORY.encode() + b"\\par\\u8220?\\'94}", "a.csv": f'id,text\n1,"{STORY}"\n'.encode(),
         "a.rss": f"<rss><channel><item><title>x</title><description>{STORY}</description></item></channel></rss>".encode(),
         "a.zip": make_zip({"a.txt": STORY}), "a.mbox": b"From x\n" + make_mail()}  # fmt: skip


@given(
    st.sampled_from(sorted(VALID)),
    st.lists(st.tuples(st.floats(0, 1), st.binary(max_size=5), st.integers(0, 40)), min_size=1, max_size=4),
)
def test_files_with_spoilt_bytes_give_reports_or_faults(name, changes):
    data = bytearray(VALID[name])
    for place, put, dropped in changes:
        at = int(place * len(data))
        data[at : at + dropped] = put
    items = list(read_bytes(bytes(data) or b"x", name=name))
    assert items and all(isinstance(item, (Fault, Report)) for item in items)
    assert not [item for item in items if isinstance(item, Fault) and item.code == "reading"]


def test_an_error_of_a_library_is_a_fault(monkeypatch, tmp_path):
    def broken(*_: object) -> None:
        raise AttributeError("no such thing")

    monkeypatch.setattr("dateline.ingest.rtf.rtf_text", broken)
    (tmp_path / "a.rtf").write_bytes(b"{\\rtf1 words}")
    (tmp_path / "b.txt").write_text(STORY)
    fault, report = read_paths([tmp_path])
    assert "could not be read (AttributeError: no such thing)" in fault.what and report.text == STORY


def test_scripts_and_formulas_are_only_words():
    [report] = list(read_bytes(json.dumps({"text": f"=cmd|' /C calc'!A0 {STORY}"}).encode(), name="a.json"))
    assert report.text.startswith("=cmd")
    [report] = list(read_bytes(make_mail("", html=f"<script>alert(1)</script><p>{STORY}</p>"), name="a.eml"))
    assert "alert" not in report.text
