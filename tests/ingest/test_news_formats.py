"""Feeds, mails, and the XML and JSON of news agencies."""
# ruff: noqa: E501 (long lines are test data)

import json

import pytest

from dateline.ingest import read_bytes
from dateline.types import Fault, Report
from input_files import MORE, STORY, TITLE, make_docx, make_mail, make_page

LONG = " ".join([STORY, MORE] * 5)


def read(data: str | bytes, name: str):
    return list(read_bytes(data if isinstance(data, bytes) else data.encode(), name=name))


def told(report: Report):
    return report.title, report.published.day, report.outlet, report.url


# ---- feeds ----------------------------------------------------------------------------------------------------------------

RSS = f"""<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>The Exercise</title><link>https://e.example</link>
<item><title>{TITLE}</title><link>https://e.example/1</link><pubDate>Sat, 02 Mar 2019 10:00:00 GMT</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>{STORY}</p><p>{MORE}</p>]]></content:encoded></item>
<item><title>Rebels fire</title><guid>https://e.example/2</guid><description>&lt;p&gt;{MORE}&lt;/p&gt;</description></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>The Exercise</title>
<entry><title type="html">{TITLE}</title><link rel="self" href="https://e.example/x"/><link href="https://e.example/1"/>
<published>2019-03-02T10:00:00Z</published><updated>2019-03-09T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{STORY}</p><p>{MORE}</p></div></content></entry></feed>"""
RDF = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Exercise</title></channel>
<item><title>{TITLE}</title><link>https://e.example/1</link><dc:date>2019-03-02</dc:date><description>{LONG}</description></item></rdf:RDF>"""


@pytest.mark.parametrize(("data", "name"), [(RSS, "feed.rss"), (ATOM, "feed.atom"), (RDF, "feed.xml"), (RSS, "saved")])
def test_entries_of_feeds(data, name):
    report = next(item for item in read(data, name) if isinstance(item, Report))
    assert told(report) == (TITLE, "2019-03-02", "The Exercise", "https://e.example/1")
    assert report.text.startswith(f"{TITLE}\n\n{STORY}") and report.extractor == "feed@1"


def test_summaries_are_read_with_a_warning_and_empty_entries_are_faults():
    items = read(RSS, "feed.xml")
    assert [(item.where, item.code) for item in items if isinstance(item, Fault)] == [
        ("feed.xml[2]", "partial"),
        ("feed.xml[3]", "empty"),
    ]
    assert items[2].text == f"Rebels fire\n\n{MORE}" and items[2].url == "https://e.example/2"


def test_a_feed_that_is_not_quite_xml_is_read_as_far_as_it_goes():
    items = read(RSS.replace("Short.", "Smith & Sons&nbsp;"), "feed.xml")
    assert items[0].code == "damaged" and items[0].level == "warning" and isinstance(items[1], Report)


def test_a_json_feed():
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Exercise", "items": [
        {"id": "1", "url": "https://e.example/1", "title": TITLE, "content_html": f"<p>{STORY}</p>", "date_published": "2019-03-02T10:00:00Z"}]}  # fmt: skip
    for text in (json.dumps(feed), json.dumps(feed, indent=1)):
        [report] = read(text, "feed.json")
        assert told(report) == (TITLE, "2019-03-02", "The Exercise", "https://e.example/1") and report.text == STORY


# ---- mails ----------------------------------------------------------------------------------------------------------------


def test_a_mail():
    [report] = read(make_mail(html=f"<p>{MORE}</p>"), "a.eml")
    assert told(report) == (TITLE, "2019-03-02", "Lamia Bulletin", None)
    assert report.text.strip() == f"{TITLE}\n\n{STORY}" and "reader@" not in repr(report)


def test_a_mail_of_html_alone():
    [report] = read(make_mail("", html=f"<style>x</style><p>{STORY}</p><p>{MORE}<br>Bye"), "a.eml")
    assert report.text == f"{TITLE}\n\n{STORY}\n\n{MORE}\n\nBye"


def test_attachments_are_reports_of_their_own_and_a_bad_one_is_a_fault():
    data = make_mail(attachments={"update.docx": make_docx(MORE), "bad.pdf": b"%PDF-1.7 nothing", "logo.png": b"\x89PNG"})
    items = read(data, "a.eml")
    found = [item for item in items if isinstance(item, Report)]
    assert [r.doc_id for r in found] == ["a", "update@a"] and found[1].text == MORE and found[1].path == "a.eml/update.docx"
    assert [f.where for f in items if isinstance(f, Fault) and f.level == "error"] == ["a.eml/bad.pdf"]


def test_a_mailbox():
    box = b"".join(
        b"From x@y Sat Mar  2 10:00:00 2019\n" + mail + b"\n\n" for mail in (make_mail(), b"no mail at all\n", make_mail(MORE))
    )
    items = read(box, "list.mbox")
    assert [item.doc_id for item in items if isinstance(item, Report)] == ["list-1", "list-3"]
    assert [item.where for item in items if isinstance(item, Fault)] == ["list.mbox[2]"]


def test_a_page_saved_as_mhtml():
    data = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://e.example/1\nMIME-Version: 1.0\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="x"\n\n--x\nContent-Type: text/html\n\n'
        + make_page()
        + b"\n--x--\n"
    )
    [report] = read(data, "page.mhtml")
    assert told(report) == (TITLE, None, "The Exercise", "https://e.example/1") and report.extractor.startswith("html@1")


# ---- news agencies ----------------------------------------------------------------------------------------------------------

NITF = f"""<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "nitf-3-4.dtd"><nitf><head><title>x</title><docdata management-status="usable">
<doc-id id-string="ex-17"/><date.issue norm="20190302T100000Z"/></docdata><pubdata name="The Exercise"/></head>
<body><body.head><hedline><hl1>{TITLE}</hl1></hedline><byline>Jane Doe</byline><dateline><location>KARIM</location></dateline></body.head>
<body.content><block><p>{STORY}</p><p>{MORE}</p><media><media-caption>Smoke.</media-caption></media></block></body.content></body></nitf>"""
NEWSML = f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x"><itemMeta><provider><name>The Exercise</name></provider>
<versionCreated>2019-03-03T10:00:00Z</versionCreated><firstCreated>2019-03-02T10:00:00Z</firstCreated><pubStatus qcode="stat:usable"/></itemMeta>
<contentMeta><headline>{TITLE}</headline></contentMeta><contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>no</title></head><body><p>{STORY}</p><p>{MORE}</p></body></html></inlineXML></contentSet></newsItem>"""
NINJS = {
    "uri": "https://e.example/1", "type": "text", "pubstatus": "usable", "versioncreated": "2019-03-02T10:00:00Z", "headline": TITLE,
    "body_xhtml": f"<p>{STORY}</p><p>{MORE}</p>", "infosource": [{"name": "The Exercise"}],
}  # fmt: skip
NINJS3 = {
    "uri": "urn:x:1", "pubstatus": "usable", "firstcreated": "2019-03-02T10:00:00Z", "headlines": [{"role": "main", "value": TITLE}],
    "bodies": [{"contenttype": "text/html", "value": "<p>no</p>"}, {"contenttype": "text/plain", "value": f"{STORY}\n\n{MORE}"}],
    "infosources": [{"name": "The Exercise"}],
}  # fmt: skip
WIRES = [
    ("nitf.xml", NITF),
    ("a.nitf", NITF),
    ("newsml.xml", NEWSML),
    ("one.json", json.dumps(NINJS)),
    ("three.json", json.dumps(NINJS3)),
]


@pytest.mark.parametrize(("name", "data"), WIRES, ids=[name for name, _ in WIRES])
def test_wires(name, data):
    [report] = read(data, name)
    assert told(report)[:3] == (TITLE, "2019-03-02", "The Exercise")
    assert STORY in report.text and MORE in report.text and report.text.startswith(TITLE) and "no\n" not in report.text


def test_the_dateline_of_nitf_stands_before_the_text():
    [report] = read(NITF, "a.xml")
    assert report.doc_id == "ex-17" and f"KARIM - {STORY}" in report.text
    assert [segment.kind for segment in report.segments][:3] == ["headline", "dateline", "body"]


HELD = [
    ("a.xml", NITF.replace('"usable"', '"canceled"'), "canceled by its publisher"),
    ("a.xml", NEWSML.replace("stat:usable", "stat:withheld"), "withheld by its publisher"),
    ("a.xml", NEWSML.replace("<pubStatus", "<embargoed>2019-03-09T00:00:00Z</embargoed><pubStatus"), "under embargo"),
    ("a.json", json.dumps({**NINJS, "pubstatus": "canceled"}), "canceled by its publisher"),
    ("a.json", json.dumps({**NINJS, "embargoed": "2019-03-09"}), "under embargo"),
]


@pytest.mark.parametrize(("name", "data", "words"), HELD)
def test_what_its_publisher_holds_back_is_not_read(name, data, words):
    [fault] = read(data, name)
    assert words in fault.what and fault.code == "withheld"


def test_answers_of_services_are_lists_of_records():
    answer = {
        "status": "ok",
        "articles": [{"source": {"name": "The Exercise"}, "title": TITLE, "publishedAt": "2019-03-02", "content": STORY}],
    }
    [report] = read(json.dumps(answer), "a.json")
    assert told(report) == (TITLE, "2019-03-02", "The Exercise", None)
    relief = {
        "data": [
            {
                "id": "9",
                "fields": {"title": TITLE, "body": STORY, "date": {"created": "2019-03-02"}, "source": [{"name": "Fund"}]},
            }
        ]
    }
    [report] = read(json.dumps(relief), "a.json")
    assert (report.doc_id, *told(report)) == ("9", TITLE, "2019-03-02", "Fund", None)
