"""Tables of articles: columns found or told, dates, quoting, encodings, and rows that cannot be used."""

import datetime

import pytest

from dateline.errors import SettingsError
from dateline.ingest import ReadOptions, read_bytes
from dateline.ingest.columns import read_map
from dateline.types import Fault, Report
from input_files import MORE, STORY, TITLE, make_xlsx


def read(data: str | bytes, name: str = "news.csv", **options):
    content = data if isinstance(data, bytes) else data.encode()
    return list(read_bytes(content, name=name, options=ReadOptions(**options)))


def told(report: Report):
    return report.doc_id, report.title, report.published.day, report.outlet, report.url, report.text


WANTED = ("17", TITLE, "2019-03-02", "The Exercise", "https://e.example/1", STORY)


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "header",
    [
        ("ID", "Headline", "Publish_Date", "Source", "URL", "Body"),
        ("doc_id", "title", "pubDate", "media name", "link", "Full Text"),
        ("Article ID", "Article Title", "Date", "Publisher", "web_url", "content"),
    ],
)
def test_columns_are_found_by_their_usual_names(sign, header):
    row = ("17", TITLE, "2 March 2019", "The Exercise", "https://e.example/1", STORY)
    text = sign.join(header) + "\r\n" + sign.join(f'"{cell}"' for cell in row) + "\r\n"
    [report] = read("\ufeff" + text)
    assert told(report) == WANTED and report.extractor == "table@1"


def test_columns_may_be_told():
    rows = f"x,y,z\nnote,{TITLE},2019-03-02\n".replace(TITLE, f'"{STORY}"')
    assert [item.text for item in read(rows, columns=read_map("text=y,published=z"))] == [STORY]
    [report] = read(f'words,Body\n"{STORY}",other\n', columns=read_map("text=words"))
    assert report.text == STORY


def test_the_map_holds_for_jsonl_as_well():
    [report] = read(f'{{"Story": "{STORY}", "When": "2019-03-02"}}', "a.jsonl", columns=read_map("text=Story,published=When"))
    assert (report.text, report.published.day) == (STORY, "2019-03-02")


@pytest.mark.parametrize("words", ["text", "body=Body", "text=", "=Body"])
def test_a_map_that_says_nothing_is_refused(words):
    with pytest.raises(SettingsError, match="FIELD=COLUMN"):
        read_map(words)


def test_a_column_that_is_not_there_is_named():
    [fault] = read("Bodies,b\n1,2\n", columns=read_map("text=Body"))
    assert "no column 'Body'" in fault.what and "Bodies" in fault.remedy


def test_a_table_without_text_names_its_columns():
    [fault] = read("name,lat,lon\nKarim,1,2\n")
    assert "name, lat, lon" in fault.what and "--map text=COLUMN" in fault.remedy


def test_quoted_cells_hold_lines_and_separators():
    text = f'{STORY}\n\nHe said, ""no""; {MORE}'
    [report] = read(f'text,title\n"{text}",x\n')
    assert report.text == text.replace('""', '"')


def test_bad_rows_name_their_line_and_the_rest_is_read():
    items = read(f'id,text\n1,"{STORY}"\n2,\n3,{STORY},and,more,{MORE}\n\n5,"{MORE}"\n')
    assert [item.where for item in items if isinstance(item, Fault)] == ["news.csv:3", "news.csv:4"]
    assert [item.doc_id for item in items if isinstance(item, Report)] == ["1", "5"]


def test_words_of_html_in_a_cell():
    [report] = read(f'text\n"<p>{STORY}</p><p>{MORE}</p>"\n')
    assert report.text == f"{STORY}\n\n{MORE}"


def test_an_old_encoding_and_mixed_bytes():
    assert read(f"text\n{STORY} The café burned.\n".encode("cp1252"))[-1].text.endswith("café burned.")
    mixed = f"text\n{STORY} Zürich.\n".encode() + f"{MORE} The café burned.\n".encode("cp1252")
    assert [r.text[-8:] for r in read(mixed) if isinstance(r, Report)] == [" Zürich.", " burned."]
    assert read(f"text\n{STORY}\n".encode("utf-16"))[-1].text == STORY


def test_a_formula_is_only_words():
    [report] = read(f'text\n"=HYPERLINK(""x"") {STORY}"\n')
    assert report.text.startswith('=HYPERLINK("x")')


def test_an_unclosed_quotation_mark_is_a_row_of_its_own():
    items = read(f'id,text\n1,"{STORY}\n2,{MORE}\n')
    assert all(isinstance(item, (Fault, Report)) for item in items)


def test_a_workbook_with_a_note_above_its_header_and_real_dates():
    rows = [
        ["Articles of March"],
        [],
        ["Id", "Headline", "Date", "Source", "Link", "Text"],
        [17, TITLE, datetime.datetime(2019, 3, 2, 10), "The Exercise", "https://e.example/1", STORY],
        [18, None, None, None, None, None],
        [19, "", datetime.date(2019, 3, 4), None, None, MORE],
    ]
    first, fault, second = read(make_xlsx(rows), "news.xlsx")
    assert told(first) == WANTED
    assert (second.doc_id, second.published.day, second.text) == ("19", "2019-03-04", MORE)
    assert "empty" in fault.what and fault.where == "news.xlsx[Sheet1]:5"


def test_sheets_without_texts_are_passed_over():
    data = make_xlsx([["a", "b"], [1, 2]], title="Key", more={"News": [["text"], [STORY]]})
    [report] = read(data, "news.xlsx")
    assert (report.text, report.doc_id) == (STORY, "news-News-2")


def test_a_cell_that_excel_cut_is_a_warning():
    data = make_xlsx([["text"], [("Six people died in the town of Karim. " * 900)[:32_767]]])
    fault, _ = read(data, "news.xlsx")
    assert "Excel cuts" in fault.what and fault.level == "warning"


def test_a_workbook_of_the_wrong_kind_says_what_to_do():
    [fault] = read(make_xlsx([["a"], [1]]), "news.xlsx")
    assert "no column with the text" in fault.what and "--map" in fault.remedy
