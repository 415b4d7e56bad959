"""PDF: columns, cut words, page furniture, tables, scans, passwords."""
# ruff: noqa: E501 (long lines are test data)

import pytest

from dateline.ingest import read_bytes
from dateline.types import Fault, Report
from input_files import MORE, SCAN, STORY, TITLE, column, make_pdf, page_of


def read(data: bytes, name: str = "sitrep.pdf"):
    return list(read_bytes(data, name=name))


def text_of(*pages: bytes) -> str:
    [report] = [item for item in read(make_pdf(*pages)) if isinstance(item, Report)]
    return report.text


LEFT = [
    "Six people were killed on Friday when a car",
    "bomb exploded beside the market of Karim, the",
    "army said. Rescue workers searched the ruins un-",
    "til Saturday morning, and the hospital took in",
    "fourteen people with burns and broken limbs.",
]
RIGHT = [
    "The Northern Front, an armed group of the anti-",
    "government camp, claimed the attack in a",
    "statement on its radio. It said that it had hit",
    "a column of soldiers. The army denied this and",
    "made no mention of the second explosion.",
]


def test_two_columns_are_read_one_after_the_other():
    rows = [
        piece for pair in zip(column(LEFT, left=50, top=700), column(RIGHT, left=310, top=700), strict=True) for piece in pair
    ]
    assert text_of(page_of((50, 760, 20, TITLE), *rows)) == (
        f"{TITLE}\n\nSix people were killed on Friday when a car bomb exploded beside the market of Karim, the army said. Rescue workers "
        "searched the ruins until Saturday morning, and the hospital took in fourteen people with burns and broken limbs.\n\n"
        "The Northern Front, an armed group of the anti-government camp, claimed the attack in a statement on its radio. It said that "
        "it had hit a column of soldiers. The army denied this and made no mention of the second explosion."
    )


def test_the_headline_is_told_by_its_letters():
    [report, *_] = [
        r for r in read(make_pdf(page_of((50, 760, 20, TITLE), *column(LEFT, left=50, top=700)))) if isinstance(r, Report)
    ]
    assert report.title == TITLE and report.segments[0].kind == "headline"


def test_headers_footers_and_page_numbers_go_and_the_day_in_the_header_is_the_day_of_the_report():
    def page(number: int, lines: list[str]) -> bytes:
        edge = [
            (50, 810, 8, "Lamia Fund | Flash Update No. 12"),
            (450, 810, 8, "3 March 2019"),
            (280, 30, 8, f"Page {number} of 2"),
        ]
        return page_of(*edge, *column(lines, left=50, top=700))

    [report] = read(make_pdf(page(1, LEFT), page(2, RIGHT)))
    assert "Flash Update" not in report.text and "Page" not in report.text and report.text.count("2019") == 1
    assert (report.published.day, report.published.basis) == ("2019-03-03", "date line")


def test_the_last_words_of_short_pages_are_no_footer():
    pages = [page_of(*column([*lines, "End of Document"], left=50, top=700)) for lines in (LEFT, RIGHT)]
    assert text_of(*pages).count("End of Document") == 2


def test_a_sentence_goes_on_over_the_page():
    text = text_of(page_of(*column(LEFT[:2], left=50, top=700)), page_of(*column(LEFT[2:], left=50, top=700)))
    assert "market of Karim, the army said." in text


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the rescue work-", "ers came", "the rescue workers came"),
        ("the anti-", "government camp", "the anti-government camp"),
        ("the town of Tal al-", "Zahra", "the town of Tal al-Zahra"),
        ("on Friday -", "the army said", "on Friday - the army said"),
    ],
)
def test_words_cut_at_the_end_of_a_line(first, second, whole):
    assert whole in text_of(page_of(*column([STORY, first, second], left=50, top=700)))


def test_rows_of_a_table_stay_rows():
    cells = [(x, y, 10, words) for y, row in ((600, ("Place", "Killed")), (585, ("Karim", "6")), (570, ("Marwa", "0"))) for x, words in
             zip((50, 250), row, strict=True)]  # fmt: skip
    assert text_of(page_of(*column(LEFT, left=50, top=700), *cells)).endswith("Place  Killed\n\nKarim  6\n\nMarwa  0")


def test_paragraphs_are_parted_by_space():
    text = text_of(page_of(*column(LEFT, left=50, top=700), *column(RIGHT, left=50, top=620)))
    assert text.count("\n\n") == 1


def test_what_a_browser_prints_around_a_page_is_taken_off():
    edge = [(20, 820, 8, "11/22/26, 4:39 PM"), (250, 820, 8, TITLE), (20, 20, 8, "https://e.example/karim"), (560, 20, 8, "1/1")]
    warning, report = read(make_pdf(page_of(*edge, (50, 760, 20, TITLE), *column(LEFT, left=50, top=700))))
    assert report.text.startswith(f"{TITLE}\n\nSix people") and report.text.endswith("broken limbs.")
    assert (report.url, report.published.day) == ("https://e.example/karim", None) and "2026-11-22" in warning.what


def test_a_box_beside_the_text_is_read_after_it():
    box = column(
        ["KEY FIGURES", "6 people killed", "14 injured", "340 families fled at once"], left=420, top=695, size=9, step=13
    )
    wide = [f"{one} {two}" for one, two in zip(LEFT[:3], RIGHT[:3], strict=True)]
    text = text_of(page_of(*column([line[:70] for line in wide], left=50, top=700), *box, *column(LEFT, left=50, top=600)))
    assert "\n\nKEY FIGURES\n\n6 people killed\n\n14 injured\n\n340 families fled at once\n\nSix people" in text


WIDE = "All over the province people fled their homes for the towns of the south, where schools were opened to shelter them, an aid group said."


def test_what_follows_columns_over_the_full_width_is_no_column():
    rows = [*column(LEFT, left=50, top=700), *column(RIGHT, left=310, top=700)]
    below = [(50, 610, 14, "Outlook"), (50, 590, 10, "Date"), (400, 590, 10, "Killed"), (50, 570, 9, WIDE)]
    text = text_of(page_of(*rows, *below))
    assert text.index("second explosion.") < text.index("Outlook") < text.index("Date  Killed") < text.index("All over")


def test_raised_numbers_of_notes_go_and_their_notes_stay():
    text = text_of(
        page_of(
            *column(LEFT, left=50, top=700),
            (50, 600, 10, "The army denied it."),
            (136.7, 604, 6, "1"),
            (50, 80, 7, "1 See there."),
        )
    )
    assert "The army denied it.\n\n1 See there." in text
    page = [(50, 600, 10, "The army denied it."), (136.7, 604, 6, "1"), (144, 600, 10, "The mayor did not.")]
    assert "The army denied it. The mayor did not." in text_of(page_of(*column(LEFT, left=50, top=700), *page))


def test_letters_whose_size_is_in_the_matrix():
    big = page_of(*column(LEFT, left=50, top=700), (50, 760, 20, TITLE))
    for size in (b"10.0", b"20.0"):
        big = big.replace(b"/F1 " + size + b" Tf 1 0 0 1 ", b"/F1 1 Tf " + size + b" 0 0 " + size + b" ")
    [report] = [item for item in read(make_pdf(big)) if isinstance(item, Report)]
    assert report.title == TITLE and "market of Karim, the army said. Rescue workers searched" in report.text


def test_paragraphs_a_little_apart_are_two():
    lines = [*column(LEFT, left=50, top=700), *column(RIGHT, left=50, top=637)]
    assert text_of(page_of(*lines)).count("\n\n") == 1


def test_a_scanned_pdf_is_a_named_fault_and_no_empty_report():
    [fault] = read(make_pdf(SCAN, SCAN))
    assert isinstance(fault, Fault) and "scanned PDF: 2 pages" in fault.what and "ocrmypdf" in fault.remedy


def test_a_scanned_page_among_others_is_named_and_the_rest_is_read():
    fault, report = read(make_pdf(page_of(*column(LEFT, left=50, top=700)), SCAN))
    assert (fault.level, fault.code) == ("warning", "needs_ocr") and "page 2 of 2" in fault.what
    assert report.text.startswith("Six people")


def test_an_encrypted_pdf_says_so():
    [fault] = read(make_pdf(page_of((50, 700, 10, STORY)), password=True))
    assert "encrypted" in fault.what and "password" in fault.remedy


def test_a_blank_pdf_holds_no_text():
    [fault] = read(make_pdf(b""))
    assert "without text" in fault.what


def test_hash_extractor_and_the_hint_of_the_day_the_file_was_made():
    from hashlib import sha256

    data = make_pdf(page_of(*column([STORY, MORE], left=50, top=700)), info=b"/CreationDate (D:20190302101500Z)")
    fault, report = read(data)
    assert report.sha256 == sha256(data).hexdigest() and report.extractor.startswith("pdf@1 pypdfium2@")
    assert "2019-03-02" in fault.what and "--published" in fault.remedy and report.published.day is None


def test_the_bytes_tell_a_pdf_whatever_its_name():
    assert read(make_pdf(page_of((50, 700, 10, STORY))), name="report.txt")[-1].text == STORY
