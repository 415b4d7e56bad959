"""The publication day: told, or inferred and said so; never today."""

from datetime import date

import pytest

from dateline.ingest import ReadOptions, read_text, read_text_with_faults
from dateline.ingest.dates import find_days, read_day

LEAD = "Six people died in the town of Karim when a car bomb went off near the market, the army said."


def published(text, **options):
    found = read_text(text, **options).published
    return found.day, found.basis


METADATA = [
    ("2020-02-01", "2020-02-01"),
    ("2017-09-15T23:52:00-05:00", "2017-09-15"),
    ("2017/09/15", "2017-09-15"),
    ("20170915", "2017-09-15"),
    ("4/16/17", "2017-04-16"),
    ("16/4/2017", "2017-04-16"),
    ("16.04.2017", "2017-04-16"),
    ("16-04-2017", "2017-04-16"),
    ("16 April 2017", "2017-04-16"),
    ("April 16th, 2017", "2017-04-16"),
    ("Sun, 16 Apr 2017 10:00:00 GMT", "2017-04-16"),
    ("3 JAN 90", "1990-01-03"),
    (1489104000, "2017-03-10"),
    (1489104000000, "2017-03-10"),
    ("1489104000", "2017-03-10"),
    (20170915, "2017-09-15"),
    ("31 February 2017", None),
    ("soon", None),
    ("", None),
    (None, None),
    (True, None),
    (12, None),
]


@pytest.mark.parametrize(("told", "expected"), METADATA)
def test_days_of_metadata(told, expected):
    day, _ = read_day(told)
    assert (day.isoformat() if day else None) == expected


def test_a_day_that_could_be_read_two_ways_says_how_it_was_read():
    assert read_day("3/4/2019") == (date(2019, 3, 4), "read as month/day/year")


@pytest.mark.parametrize(
    "text",
    ["1,200 of 3.4.5 and 10:30", "version 1.2.2017.3", "at 12 noon 45 people", "M16 2017", "13/13/2017", "he may 20 times"],
)
def test_numbers_that_are_no_days(text):
    assert list(find_days(text)) == []


LINES = [
    ("Sun 16 Apr 2017 Blast in Karim. " + LEAD, "2017-04-16"),
    ("Published: 3 March 2019\n\n" + LEAD, "2019-03-03"),
    ("Blast in Karim kills six people\nExerNews | Updated: 2017-09-15 17:52\n" + LEAD, "2017-09-15"),
    ("This story is from March 10, 2002\n" + LEAD, "2002-03-10"),
    ("Date of publication 8 July 2015 - Blast in Karim - " + LEAD, "2015-07-08"),
    ("Last updated at Apr 232017 - Blast in Karim - " + LEAD, "2017-04-23"),
    ("01.02.2015 - Blast in Karim - " + LEAD, "2015-02-01"),
]


@pytest.mark.parametrize(("text", "day"), LINES)
def test_date_lines(text, day):
    assert published(text) == (day, "date line")


def test_the_words_of_the_day_are_its_evidence():
    report = read_text(LINES[1][0])
    [words] = report.published.evidence
    assert words.quote == "3 March 2019" == report.text[words.start : words.end]


def test_dateline():
    assert published("SAN LUIS, 3 JAN 90 -- " + LEAD.upper()) == ("1990-01-03", "dateline")


def test_a_document_quoted_in_the_report_does_not_date_it():
    text = (
        f"SAN LUIS, 18 JUL 89 -- {LEAD.upper()}\n\nTHE NOTE READS:\n\nSAN LUIS, 17 JULY 1989\n\nTO THE MINISTER. {LEAD.upper()}"
    )
    assert published(text) == ("1989-07-18", "dateline")


def test_option_before_metadata_before_text():
    text = "Published: 3 March 2019\n\n" + LEAD
    assert published(text, published="2019-03-05") == ("2019-03-05", "option")


CAPTION = "TOPSHOT - Families leave Karim on {day} as the army comes near. / AFP / Jan DOE\n\n"
INFERRED = [
    # Thursday's picture; the report speaks of Saturday as past
    (
        "January 30, 2020",
        "Rebels attacked Karim on Saturday. The mayor said on Friday they would. An envoy spoke on Thursday.",
        "2020-02-01",
    ),
    ("January 30, 2020", "Rebels attacked Karim on Thursday.", "2020-01-30"),
    ("January 30, 2020", "Rebels attacked Karim on Wednesday.", "2020-01-30"),
    ("January 30, 2020", "Rebels attacked Karim on Friday. Talks will be held on Sunday.", "2020-01-31"),
    ("January 30, 2020", "Rebels attacked Karim on Friday. The council meets next Sunday.", "2020-01-31"),
    ("January 30, 2020", "Rebels attacked Karim.", "2020-01-30"),
]


@pytest.mark.parametrize(("day", "body", "expected"), INFERRED)
def test_captions_and_weekdays(day, body, expected):
    assert published(CAPTION.format(day=day) + body) == (expected, "inferred")


def test_an_inference_says_why_and_shows_its_words():
    found = read_text(CAPTION.format(day="January 30, 2020") + INFERRED[0][1]).published
    assert "caption dated Thursday 2020-01-30" in found.why and "'Saturday' is 2020-02-01" in found.why
    assert [words.quote for words in found.evidence] == ["January 30, 2020", "Saturday"]


@pytest.mark.parametrize(
    "text",
    [
        LEAD,
        "Rebels attacked Karim on Saturday. " + LEAD,
        "FILE PHOTO: Soldiers in Karim on January 30, 2015.\n\nRebels attacked Karim on Saturday. " + LEAD,
        "The Karim bombing was an attack on 13 September 1974 in which six people died, among them two soldiers of the guard.",
        "A court jailed a friend of the man who bombed Karim market on Monday, 15 April 2013. He was held in 2014.",
    ],
)
def test_nothing_is_guessed(text):
    assert published(text) == (None, "unknown")


def test_a_given_day_before_a_day_told_as_past_is_a_warning():
    text = "Rebels attacked the town of Karim on 3 March 2019, the army said. " + LEAD
    _, found = read_text_with_faults(text, published="2018-03-01", options=ReadOptions(today=date(2020, 1, 1)))
    assert [(fault.level, "3 March 2019" in fault.what) for fault in found] == [("warning", True)]


def test_a_plan_for_later_is_no_warning():
    text = "The council will meet on 3 March 2019, the mayor said. " + LEAD
    assert read_text_with_faults(text, published="2018-03-01", options=ReadOptions(today=date(2020, 1, 1)))[1] == []


def test_a_day_that_cannot_be_read_is_a_warning(tmp_path):
    from dateline.ingest import read_paths
    from dateline.types import Fault

    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "' + LEAD + '", "date": "last week"}')
    [fault, report] = read_paths([path])
    assert isinstance(fault, Fault) and "last week" in fault.what and report.published.day is None
