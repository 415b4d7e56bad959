"""DOCX and RTF: the words of the body as they stand, and nothing else."""
# ruff: noqa: E501 (long lines are test data)

import pytest

from dateline.ingest import read_bytes
from dateline.types import Report
from input_files import MORE, STORY, TITLE, make_docx


def report_of(data: bytes, name: str) -> Report:
    [report] = [item for item in read_bytes(data, name=name) if isinstance(item, Report)]
    return report


def docx(body: str) -> str:
    return report_of(make_docx(body=body), "a.docx").text


def test_paragraphs_title_and_no_header():
    report = report_of(make_docx(TITLE, STORY, MORE, title=TITLE), "a.docx")
    assert report.text == f"{TITLE}\n\n{STORY}\n\n{MORE}" and report.title == TITLE and report.extractor == "docx@1"


def test_tracked_changes_are_taken_as_accepted():
    body = (
        "<w:p><w:r><w:t>Six </w:t></w:r><w:del><w:r><w:delText>dogs </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>people </w:t></w:r></w:ins><w:r><w:t>died in the town of Karim.</w:t></w:r></w:p>"
    )
    assert docx(body) == "Six people died in the town of Karim."


def test_rows_links_tabs_and_field_codes():
    body = (
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Karim</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>6 killed</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        '<w:p><w:hyperlink><w:r><w:t>The army said</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t xml:space="preserve">so.</w:t></w:r>'
        "<w:r><w:instrText>HYPERLINK</w:instrText></w:r></w:p>"
    )
    assert docx(body) == "Karim  6 killed\n\nThe army said so."


def test_a_text_box_is_read_once():
    box = "<w:txbxContent><w:p><w:r><w:t>Six died there.</w:t></w:r></w:p></w:txbxContent>"
    body = (
        f'<w:p><w:r><w:t>{STORY}</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice>{box}</mc:Choice>'
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert docx(body) == f"{STORY}\n\nSix died there."


RTF = (
    rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial Cyr;}}{\colortbl;\red0;}"
    rb"{\info{\title Six die in Karim blast}{\creatim\yr2019\mo3\dy2}}{\header Running header\par}"
    rb"\pard\b Six die in Karim blast\b0\par Six people died in the town of Karim on Friday, the mayor\'92s office said \endash  "
    rb"the \u1072?\u8220\'93first\u8221\'94 such blast.\line {\f1\'ca\'e0\'f0\'e8\'ec}{\field{\*\fldinst HYPERLINK x}{\fldrslt  link}}"
    rb"{\pict\pngblip 89504e47}{\v hidden}\par\trowd\cell Karim\cell 6\cell\row }"
)


def test_rtf():
    report = report_of(RTF, "a.rtf")
    assert report.text == (
        "Six die in Karim blast\n\nSix people died in the town of Karim on Friday, the mayor’s office said – the а“first” such blast."
        "\n\nКарим link\n\nKarim  6"
    )
    assert report.title == TITLE and report.extractor == "rtf@1"


def test_rtf_under_another_name():
    assert report_of(RTF, "wire.doc").extractor == "rtf@1"


def test_rtf_with_halves_of_a_pair():
    assert "🔥" in report_of(rb"{\rtf1\ansi Six died in the town \u-10179?\u-8923? of Karim.}", "a.rtf").text


def test_rtf_that_is_cut_off_is_read_with_a_warning():
    items = list(read_bytes(RTF[:-40], name="a.rtf"))
    assert any("cut off" in item.what for item in items[:-1]) and isinstance(items[-1], Report)


@pytest.mark.parametrize("depth", [5_000])
def test_deep_groups_are_read(depth):
    data = b"{\\rtf1 " + b"{" * depth + STORY.encode() + b"}" * depth + b"}"
    assert report_of(data, "a.rtf").text == STORY
