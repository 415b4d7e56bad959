"""Tolls that replace others, and figures that contradict each other, as they stand in the coding and its exports."""

from __future__ import annotations

import pytest

from dateline.export.codebook import to_codebook
from dateline.export.words import count_notes
from dateline.ingest.paths import read_text_with_faults
from dateline.pipeline import Tools, code_report
from dateline.types import EARLIER_TOLL, Coding


def coded(text: str, tools: Tools) -> Coding:
    return code_report(read_text_with_faults(text, doc_id="d", published="2017-03-01")[0], tools)


@pytest.mark.parametrize(
    ("text", "newer", "older"),
    [
        ("A bomb hit a market in Um Haraz on Monday. Police raised the death toll from 12 to 16.", 16, 12),
        ("A bomb killed 12 people in Aleppo on Monday. The death toll later rose to 16, a hospital official said.", 16, 12),
        ("Twelve people were killed in a bombing in Aleppo. Officials had earlier put the death toll at 10.", 12, 10),
        ("The toll of the attack in Aleppo climbed to 20 from an earlier 15, officials said.", 20, 15),
    ],
)
def test_the_later_toll_says_which_it_replaces_and_both_stay(text: str, newer: int, older: int, tools: Tools) -> None:
    counts = {c.low: c for event in coded(text, tools).events for c in event.figures if c.measure == "killed"}
    assert counts[older].about == EARLIER_TOLL
    assert counts[newer].about is None
    assert counts[newer].replaces == counts[older].evidence
    assert counts[newer].replaces[0].quote in count_notes(counts[newer])


def test_two_counts_of_one_event_that_no_word_ties_replace_nothing(tools: Tools) -> None:
    counts = [
        c
        for event in coded("A bomb in Aleppo killed two policemen. Ten civilians died too.", tools).events
        for c in event.figures
    ]
    assert counts and all(not c.replaces and c.about is None for c in counts)


def test_a_toll_told_to_have_gone_down_contradicts_nothing(tools: Tools) -> None:
    coding = coded("Officials revised the death toll down to nine from 12 after the strike on Idlib.", tools)
    assert coding.flags == ()
    assert [c.about for event in coding.events for c in event.figures] == [None, EARLIER_TOLL]


def test_a_flag_points_at_the_whole_and_at_its_parts(tools: Tools) -> None:
    coding = coded("Sixteen people, including nine men and twelve women, were killed in an air strike on Idlib.", tools)
    (flag,) = coding.flags
    assert (flag.evidence[0].quote, flag.against[0].quote) == ("Sixteen people", "nine men and twelve women")
    (shown,) = to_codebook(coding)["flags"]
    assert coding.report.text[shown["with_start"] : shown["with_end"]] == shown["with"]


def test_the_replaced_words_stand_in_export_and_statements(tools: Tools) -> None:
    coding = coded("A bomb hit a market in Um Haraz on Monday. Police raised the death toll from 12 to 16.", tools)
    figures = {f["low"]: f for event in to_codebook(coding)["events"] for f in event["figures"]}
    assert figures[16]["replaces"] == "12" and figures[12]["about"] == EARLIER_TOLL
    values = [s.value for s in coding.statements if s.property == "figure"]
    assert {(v["low"], v.get("replaces"), v.get("about")) for v in values} == {(16, "12", None), (12, None, EARLIER_TOLL)}
