"""Headline, standfirst, caption, byline, dateline, body and furniture in texts of many makes."""

import pytest

from dateline.annotate.reading import Reading
from dateline.ingest import read_text

TITLE = "Blast kills six in Karim"
LEAD = "Six people died in the town of Karim on Friday when a car bomb went off near the market, the army said."
MORE = "The rebels of the Northern Front said they had nothing to do with it. Hundreds of families fled to the north."


def kinds(text, title=None):
    report = read_text(text, title=title)
    return [(segment.kind, report.text[segment.start : segment.end]) for segment in report.segments]


def test_headline_standfirst_caption_body():
    caption = "TOPSHOT - Smoke rises over Karim on January 31, 2020. The town has changed hands twice. / AFP / Jan DOE"
    standfirst = "Rebels deny attack that shook the northern town at noon"
    text = f"Six die in Karim car bomb blast\n\n{standfirst}\n\n{caption}\n\n{LEAD}\n\n{MORE}"
    assert [kind for kind, _ in kinds(text)] == ["headline", "standfirst", "caption", "body"]


@pytest.mark.parametrize(
    ("text", "title", "expected"),
    [
        (f"    Sun 16 Apr 2017 {TITLE}. {LEAD}", f" {TITLE}", "byline headline body"),
        (f"12 February 2015 - {TITLE} - The town is in flames. {LEAD}", TITLE, "byline headline standfirst body"),
        (f"     {TITLE}     AFP  Wednesday 27 Jul 2016    {LEAD}", TITLE, "headline byline byline body"),
        (f"{TITLE}\nExerNews | Updated: 2017-09-15 17:52\nKARIM -- {LEAD}", TITLE, "headline byline dateline body"),
        (f"{TITLE} — Saturday 7 Oct 2017 {LEAD}", TITLE, "headline byline body"),
        (f"{TITLE} {LEAD}", f"{TITLE} | The Exercise", "headline body"),
        (f"{TITLE} amid talks - {LEAD} {MORE}", f"{TITLE} amid talks in the capital", "headline standfirst body"),
        (f"3 May 2016 - {TITLE} - A man (36) in Karim. (Exer Photo) {LEAD}", TITLE, "byline headline caption body"),
        (f"3 May 2016 - 'Six' killed in Karim - {LEAD} {MORE}", "'Six' killed in Karim", "byline headline standfirst body"),
        (LEAD, "Something else altogether happened", "body"),
        (f"{LEAD} The blast kills six in Karim again.", TITLE, "body"),
    ],
)  # fmt: skip
def test_titles_that_the_text_repeats(text, title, expected):
    assert [kind for kind, _ in kinds(text, title)] == expected.split()


def test_narrow_columns_are_paragraphs():
    text = (
        "   SAN LUIS, 3 JAN 90 -- [REPORT] [TEXT] ABOUT 50 PEASANTS HAVE BEEN\n"
        "TAKEN AWAY BY MEN OF THE NORTHERN FRONT, THE ARMY SAID IN A BRIEF\n"
        "COMMUNIQUE.  THE MEN CAME AT NIGHT AND LEFT BEFORE DAWN WITH THEM.\n\n"
        "   THE GENERAL SAID: WE WILL FIND THEM ALL, AND WE WILL FIND THEM\n"
        "SOON, BECAUSE THE PEOPLE ARE WITH US."
    )
    found = kinds(text)
    assert [kind for kind, _ in found] == ["dateline", "byline", "body"]
    assert found[0][1] == "SAN LUIS, 3 JAN 90 --" and found[1][1] == "[REPORT] [TEXT]"


def test_furniture_is_marked_and_the_body_goes_on():
    text = f"{LEAD}\nRead more: The war in ten maps\n{MORE}\nAdvertisement\nShare Facebook Twitter\nCopyright 2019 The Exercise."
    assert [kind for kind, _ in kinds(text)] == ["body", "furniture", "body", "furniture"]


def test_headlines_of_other_stories_after_related_are_furniture():
    text = f"{LEAD}\n{MORE}\nRelated\nThe war in ten maps\nWho are the Northern Front"
    assert kinds(text)[-1] == ("furniture", "Related\nThe war in ten maps\nWho are the Northern Front")


def test_credits_at_the_end_of_the_last_line_are_furniture():
    assert kinds(f"{LEAD} {MORE} (Reporting by Jan Doe; Editing by Jane Muster)")[-1][0] == "furniture"


def test_a_bracketed_credit_does_not_take_the_sentence_with_it():
    assert kinds(f"(Image: Jan Doe) {LEAD}")[-1] == ("body", LEAD)


def test_the_agency_after_the_last_sentence_makes_no_caption():
    assert [kind for kind, _ in kinds(f"{LEAD}\n{MORE}\nThe town is quiet now (AFP)")] == ["body"]


@pytest.mark.parametrize(
    "text", [f"Six die in Karim\n\nKARIM (AP) - {LEAD}\n\nRead more: War\n\n{MORE}", f"Sun 16 Apr 2017 {LEAD}"]
)
def test_no_sentence_crosses_a_segment(text):
    report = read_text(text)
    reading = Reading(report)
    for sentence in reading.sentences:
        start, end = reading.starts[sentence.first], reading.ends[sentence.last - 1]
        assert any(segment.start <= start and end <= segment.end for segment in report.segments)
