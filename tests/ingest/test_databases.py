"""Nexis and Factiva downloads as text, RTF, DOCX and HTML: every article on its own, with title, outlet and day."""
# ruff: noqa: E501 (long lines are test data)

import html

import pytest

from dateline.ingest import read_bytes
from dateline.types import Fault, Report
from input_files import MORE, STORY, TITLE, make_docx

NEXIS = f"""1. {TITLE}
2. Rebels fire on column
Client/Matter: -None-
Search Terms: Karim
Page 1 of 4

{TITLE}
The Lamia Courier
March 2, 2019 Saturday

Copyright 2019 Lamia Courier Ltd. All Rights Reserved
Section: NEWS; Pg. 4
Length: 42 words
Byline: Jane Doe
Body

{STORY}

{MORE}

Load-Date: March 3, 2019

End of Document

Rebels fire on column
Marwa Post (Exercise)
March 4, 2019 Monday 10:15 AM EST

Copyright 2019 Marwa Post
Length: 21 words
Body

{MORE}

Classification
Language: ENGLISH
Subject: WAR (90%)
Load-Date: March 4, 2019

End of Document
"""

OLD_NEXIS = f"""
                               1 of 2 DOCUMENTS

                               The Lamia Courier

                             March 2, 2019 Saturday

SECTION: NEWS; Pg. 4

LENGTH: 42 words

HEADLINE: Six die in
Karim blast

BYLINE: Jane Doe

 {STORY}

LOAD-DATE: March 3, 2019

LANGUAGE: ENGLISH

                               2 of 2 DOCUMENTS

                               Marwa Post

                             March 4, 2019 Monday

LENGTH: 21 words

HEADLINE: Rebels fire on column

BODY:
{MORE}

LOAD-DATE: March 4, 2019
"""

FACTIVA_ROWS = [
    [("HD", TITLE), ("WC", "42 words"), ("PD", "2 March 2019"), ("SN", "Lamia Courier"), ("SC", "LAMCOU"), ("LA", "English"),
     ("CY", "(c) 2019 Lamia Courier"), ("LP", STORY), ("TD", MORE), ("CO", "lam : Lamia Ltd"), ("AN", "Document LAMCOU0020190302ef3200001")],
    [("HD", "Rebels fire on column"), ("WC", "21 words"), ("PD", "4 March 2019"), ("SN", "Marwa Post"), ("LP", MORE),
     ("AN", "Document MARPOS0020190304ef3400002")],
]  # fmt: skip
FACTIVA = "\n".join("\n".join(f"{code}\n{words}\n" for code, words in rows) for rows in FACTIVA_ROWS)
FACTIVA_TABS = "\n".join("\n".join(f"{code}\t{words}" for code, words in rows) for rows in FACTIVA_ROWS)
FACTIVA_HTML = "<html><body>" + "".join(
    "<div class='article'><table>" + "".join(
        f"<tr><td><b>{code}</b>&nbsp;</td><td><p>{html.escape(words)}</p></td></tr>" for code, words in rows) + "</table></div>"
    for rows in FACTIVA_ROWS) + "<span>© 2019 Factiva, Inc.</span></body></html>"  # fmt: skip
FACTIVA_RTF = b"{\\rtf1\\ansi " + b"".join(
    b"\\trowd\\pard\\intbl\\b %s\\b0\\cell %s\\cell\\row\n" % (code.encode(), words.encode()) for rows in FACTIVA_ROWS for code, words in rows
) + b"}"  # fmt: skip
FACTIVA_PLAIN = f"""{TITLE}
Jane Doe
42 words
2 March 2019
Lamia Courier
LAMCOU
English
(c) 2019 Lamia Courier

{STORY}

{MORE}

Document LAMCOU0020190302ef3200001

Rebels fire on column
21 words
4 March 2019
10:15
Marwa Post
MARPOS
English
Copyright 2019 Marwa Post

{MORE}

Document MARPOS0020190304ef3400002
"""


def as_html(text: str) -> bytes:
    return f"<html><body>{''.join(f'<p>{html.escape(line)}</p>' for line in text.split(chr(10)))}</body></html>".encode()


def as_rtf(text: str) -> bytes:
    return b"{\\rtf1\\ansi " + b"".join(line.encode() + b"\\par\n" for line in text.split("\n")) + b"}"


DOWNLOADS = [
    ("nexis.txt", NEXIS.encode(), "nexis"),
    ("nexis.docx", make_docx(*NEXIS.split("\n")), "nexis"),
    ("nexis.rtf", as_rtf(NEXIS), "nexis"),
    ("nexis.html", as_html(NEXIS), "nexis"),
    ("old-nexis.txt", OLD_NEXIS.encode(), "nexis"),
    ("factiva.txt", FACTIVA.encode(), "factiva"),
    ("factiva-tabs.txt", FACTIVA_TABS.encode(), "factiva"),
    ("factiva.html", FACTIVA_HTML.encode(), "factiva"),
    ("factiva.rtf", FACTIVA_RTF, "factiva"),
    ("factiva.docx", make_docx(*FACTIVA.split("\n")), "factiva"),
    ("factiva-plain.txt", FACTIVA_PLAIN.encode(), "factiva"),
]


@pytest.mark.parametrize(("name", "data", "service"), DOWNLOADS, ids=[name for name, _, _ in DOWNLOADS])
def test_articles_are_told_apart(name, data, service):
    first, second = [item for item in read_bytes(data, name=name) if isinstance(item, Report)]
    assert (first.title, first.outlet, first.published.day) == (
        TITLE,
        "Lamia Courier" if service == "factiva" else "The Lamia Courier",
        "2019-03-02",
    )
    assert (second.title, second.outlet[:10], second.published.day) == ("Rebels fire on column", "Marwa Post", "2019-03-04")
    assert first.text.startswith(f"{TITLE}\n\n{STORY}") and second.text == f"Rebels fire on column\n\n{MORE}"
    assert (
        "Load-Date" not in first.text
        and "LAMCOU" not in first.text
        and "ENGLISH" not in second.text.upper().replace(MORE.upper(), "")
    )
    assert first.extractor.endswith(f"{service}@1")


def test_the_accession_number_of_factiva_is_the_id():
    first, second = read_bytes(FACTIVA.encode(), name="factiva.txt")
    assert (first.doc_id, second.doc_id) == ("LAMCOU0020190302ef3200001", "MARPOS0020190304ef3400002")


def test_an_article_without_text_is_a_fault_and_the_others_are_read():
    fault, report = read_bytes(FACTIVA.replace("LP\n" + STORY, "").replace("TD\n" + MORE + "\n\nCO", "CO").encode(), name="f.txt")
    assert isinstance(fault, Fault) and fault.where == "f.txt[1]" and "without text" in fault.what
    assert isinstance(report, Report)


def test_a_report_that_speaks_of_documents_is_no_download():
    text = f"{STORY}\n\nHe held 3 of 12 DOCUMENTS.\n\nIN  his hand. Length: 42 words\n\n{MORE}"
    [report] = read_bytes(text.encode(), name="a.txt")
    assert report.text == text
