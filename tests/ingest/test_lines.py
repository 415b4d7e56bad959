"""Every rule for lines keeps its own example and leaves its counter-example alone."""

import re

import pytest

from dateline.ingest.datelines import agencies, dateline_end, find_wire
from dateline.ingest.lines import is_date_line, one_of
from dateline.ingest.structure import find_segments
from dateline.knowledge import table
from dateline.types import Segment

ROWS = table("ingest_lines")


def fits(row, line):
    rule = re.compile(one_of([row]), re.IGNORECASE)
    if row["where"] == "start":
        return re.compile(rf"\W{{0,3}}(?:{rule.pattern})", re.IGNORECASE).match(line) is not None
    if row["where"] == "whole":
        return re.compile(rf"\W{{0,3}}(?:{rule.pattern})\W{{0,3}}", re.IGNORECASE).fullmatch(line) is not None
    if row["where"] == "end":
        return re.compile(rf"(?:{rule.pattern})\s{{0,3}}$", re.IGNORECASE).search(line) is not None
    return rule.search(line) is not None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_a_rule_fits_its_example_and_not_its_counter_example(row):
    assert row["example"] and row["not"], "each rule needs both"
    assert (fits(row, row["example"]), fits(row, row["not"])) == (True, False)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.where)
def test_no_rule_is_slow_on_a_long_line(row):
    for letter in ("a", " ", "A", "(", "/", "1", "Aa "):
        fits(row, letter * 600)


def test_kinds_and_places_are_known():
    assert {row["kind"] for row in ROWS} <= {"caption", "byline", "furniture"}
    assert {row["where"] for row in ROWS} <= {"start", "whole", "any", "end", "tail"}


DATELINES = [
    ("BEIRUT (AP) - Rebels fled.", "BEIRUT (AP) -"),
    ("BEIRUT (AP) \ufffd Rebels fled.", "BEIRUT (AP) \ufffd"),
    ("BAGHDAD, Jan 3 (Reuters) -- Six died.", "BAGHDAD, Jan 3 (Reuters) --"),
    ("SAN LUIS, 3 JAN 90 -- [TEXT] SIX MEN DIED.", "SAN LUIS, 3 JAN 90 --"),
    ("SAN LUIS (COSTA AZUL), 3 JAN 90 (EFE) -- SIX MEN DIED.", "SAN LUIS (COSTA AZUL), 3 JAN 90 (EFE) --"),
    ("KANDAHAR, Afghanistan, Oct. 3 (Xinhua) -- Seven died.", "KANDAHAR, Afghanistan, Oct. 3 (Xinhua) --"),
    ("SPRINGFIELD, Ill. (AP) - Officials say so.", "SPRINGFIELD, Ill. (AP) -"),
    ("SEOUL/UNITED NATIONS, Aug 30 (Reuters) - The council met.", "SEOUL/UNITED NATIONS, Aug 30 (Reuters) -"),
    ("LONDON —\xa0For the second time.", "LONDON —"),
    ("KARIM: The army said six died.", "KARIM:"),
    ("Karim (Reuters) - Six died.", "Karim (Reuters) -"),
    ("(CNN) Six died in Karim.", "(CNN)"),
    ("THE GENERAL SAID: WE WILL NOT TALK TO THEM.", None),
    ("Karim - the town of six hills - fell.", None),
    ("BREAKING - Six died in Karim.", None),
    ("IS - the group that held Karim - fled.", None),
    ("He said: we will fight.", None),
    ("Six died in Karim, the army said.", None),
]


@pytest.mark.parametrize(("text", "expected"), DATELINES)
def test_datelines(text, expected):
    end = dateline_end(text, 0, len(text))
    assert (text[:end] if end else None) == expected


WIRES = [
    ("KARIM (Reuters) - Six died.", "Reuters"),
    ("KARIM, 3 JAN 90 (ACAN-EFE) -- SIX DIED.", "EFE"),
    ("Six died in Karim, the army said. ---Reuters ", "Reuters"),
    ("Six died in Karim, the army said.----AFP", "AFP"),
    ("Six died in Karim, the army said. (AFP, dpa)", "AFP"),
    ("Six died in Karim, the news agency Reuters said.", None),
]


@pytest.mark.parametrize(("text", "expected"), WIRES)
def test_wires(text, expected):
    assert find_wire(text, find_segments(text)) == expected


def test_the_agency_of_a_picture_is_not_the_wire_of_the_report():
    text = "Villagers flee Karim. / AFP / Jan Doe"
    assert find_wire(text, [Segment("caption", 0, len(text))]) is None


def test_agency_forms_are_unique():
    forms = [form for row in table("ingest_wires") for form in row.many("forms")]
    assert len(forms) == len(set(forms)) == len(agencies())


@pytest.mark.parametrize(
    "line", ["Sun 16 Apr 2017", "Reuters  Monday 21 Apr 2014", "Published: 3 March 2019", "CTV Published March 3, 2018 1:19PM"]
)
def test_date_lines(line):
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["On 3 March 2019 six men died.", "Six men died on 3 March 2019 in the town of Karim", "No day here"]
)
def test_sentences_with_days_are_no_date_lines(line):
    assert not is_date_line(line)
