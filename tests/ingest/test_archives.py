"""Archives: every member is a report or a fault of its own, whatever the others are."""

import gzip
import json
import zlib

import pytest

from dateline.ingest import read_bytes
from dateline.types import Fault, Report
from input_files import MORE, STORY, TITLE, make_docx, make_page, make_pdf, make_warc, make_zip, page_of, warc_record


def read(data: bytes, name: str):
    items = list(read_bytes(data, name=name))
    return [i for i in items if isinstance(i, Report)], [i for i in items if isinstance(i, Fault) and i.level == "error"]


def test_a_zip_of_reports():
    files = {
        "b/one.docx": make_docx(STORY),
        "a.txt": MORE,
        "bad.docx": b"PK\x03\x04broken",
        "__MACOSX/a.txt": "x",
        ".hidden": "x",
        "../up.txt": STORY,
    }
    found, faults = read(make_zip(files), "news.zip")
    assert [r.doc_id for r in found] == ["up@news", "a@news", "one@news"] and found[2].path == "news.zip/b/one.docx"
    assert [f.where for f in faults] == ["news.zip/bad.docx"]


def test_an_archive_in_an_archive_and_no_deeper():
    inner = make_zip({"a.txt": STORY})
    assert len(read(make_zip({"in.zip": inner}), "out.zip")[0]) == 1
    for _ in range(4):
        inner = make_zip({"in.zip": inner})
    found, [fault] = read(inner, "deep.zip")
    assert not found and fault.code == "too deep"


def test_packed_files():
    lines = "\n".join(json.dumps({"id": n, "text": text}) for n, text in enumerate((STORY, MORE))).encode()
    found, _ = read(gzip.compress(lines), "news.jsonl.gz")
    assert [r.doc_id for r in found] == ["0", "1"]
    assert read(gzip.compress(STORY.encode()), "one.txt.gz")[0][0].doc_id == "one"


URL = "https://e.example/karim"
RECORDS = [
    warc_record(URL, make_page()),
    warc_record("https://e.example/logo.png", b"\x89PNG", kind="image/png"),
    warc_record("https://e.example/gone", make_page("Gone"), status=404),
    warc_record(
        "https://e.example/packed",
        gzip.compress(make_page("Rebels fire on column", MORE, STORY)),
        head="Content-Encoding: gzip\r\n",
    ),
    warc_record("https://e.example/cut", gzip.compress(make_page())[:30] + b"xxxx", head="Content-Encoding: gzip\r\n"),
    warc_record("https://e.example/br", b"\x1b\x00", head="Content-Encoding: br\r\n"),
    warc_record("https://e.example/empty", b"<html><body></body></html>"),
    warc_record("https://e.example/sitrep.pdf", make_pdf(page_of((50, 700, 10, STORY))), kind="application/pdf"),
]


@pytest.mark.parametrize("packed", [True, False])
def test_a_web_archive(packed):
    found, faults = read(make_warc(*RECORDS, packed=packed), "crawl.warc.gz" if packed else "crawl.warc")
    urls = [URL, "https://e.example/packed", "https://e.example/sitrep.pdf"]
    assert [(r.doc_id, r.url) for r in found] == [(f"crawl-{n}", url) for n, url in enumerate(urls, 1)]
    assert found[0].title == TITLE and found[0].extractor.startswith("html@1") and len(found[0].sha256) == 64
    assert [f.where.split(" ")[1].rpartition("/")[2] for f in faults] == ["cut", "br", "empty"]


def test_the_day_of_a_capture_is_a_hint_and_no_publication_day():
    [warning, report] = list(read_bytes(make_warc(RECORDS[0]), name="crawl.warc.gz"))
    assert report.published.day is None and "2019-03-04" in warning.what


def test_chunks_are_put_together():
    page = make_page()
    chunked = b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (100, page[:100], len(page) - 100, page[100:])
    found, _ = read(make_warc(warc_record(URL, chunked, head="Transfer-Encoding: chunked\r\n")), "a.warc")
    assert STORY in found[0].text


def test_damage_ends_a_web_archive_with_a_fault_and_what_came_before_is_read():
    data = make_warc(*RECORDS[:2])
    found, faults = read(data[:-20], "crawl.warc.gz")
    assert len(found) == 1 and len(faults) == 1 and "cut off" in faults[0].what


def test_wacz():
    data = make_zip(
        {
            "datapackage.json": "{}",
            "pages/pages.jsonl": "",
            "archive/data.warc.gz": make_warc(RECORDS[0]),
            "archive/two.warc.gz": b"damaged",
        }
    )
    found, faults = read(data, "crawl.wacz")
    assert [(r.url, r.doc_id) for r in found] == [(URL, "crawl-1-1")] and [f.where for f in faults] == [
        "crawl.wacz/archive/two.warc.gz[1]"
    ]


def test_deflate_without_a_head():
    packer = zlib.compressobj(wbits=-15)
    payload = packer.compress(make_page()) + packer.flush()
    assert read(make_warc(warc_record(URL, payload, head="Content-Encoding: deflate\r\n")), "a.warc")[0]
