"""Attribution: who says what, with stance and extent. Cases in tests/cases/attribution.toml, rules in the knowledge file."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.attribution import find_attributions
from dateline.annotate.attribution_about import about_of
from dateline.annotate.attribution_origin import find_origins, report_origin
from dateline.annotate.attribution_quotes import find_quotes
from dateline.annotate.parties import find_parties
from dateline.annotate.reading import Reading
from dateline.knowledge import rules
from dateline.types import Attribution, Report, Segment

CASES: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent.parent / "cases" / "attribution.toml").read_text("utf-8"))[
    "case"
]
PHRASES: list[dict[str, Any]] = rules("attribution_phrases")["phrase"]


def found(text: str) -> list[Attribution]:
    return find_attributions(Reading(Report("case", text)))


def told(text: str) -> list[dict[str, Any]]:
    reading = Reading(Report("case", text))
    parties = find_parties(reading)
    return [
        {
            "name": a.name,
            "stance": a.stance,
            "content": [text[s.start : s.end] for s in a.content],
            "via": a.via,
            "about": about_of(reading, a, parties) or "event",
        }
        for a in find_attributions(reading)
    ]


def holds(case: dict[str, Any]) -> bool:
    voices = told(case["text"])
    if case.get("none"):
        return not voices
    return all(any(all(voice[key] == value for key, value in wanted.items()) for voice in voices) for wanted in case["voices"])


@pytest.mark.parametrize("case", CASES, ids=[str(number) for number in range(len(CASES))])
def test_case(case: dict[str, Any]) -> None:
    assert holds(case) is not case.get("fails", False), told(case["text"])


def test_nine_cases_in_ten_hold() -> None:
    assert len(CASES) >= 200
    assert sum(bool(case.get("fails")) for case in CASES) <= len(CASES) / 10


@pytest.mark.parametrize("rule", PHRASES, ids=[rule["id"] for rule in PHRASES])
def test_phrase_rule_keeps_its_examples(rule: dict[str, Any]) -> None:
    for example in rule["examples"]:
        assert any(a.verb == rule["verb"] and a.stance == rule["stance"] for a in found(example)), example
    for example in rule["not"]:
        assert not any(a.verb == rule["verb"] and a.act == "phrase" for a in found(example)), example


def test_nested_speech_points_to_the_outer_voice() -> None:
    outer, inner = found("A spokesman said the minister had denied the report.")
    assert (outer.inside, inner.inside, inner.via, inner.stance) == (None, 0, "spokesman", "denies")


def test_joint_sources_are_two_voices_of_one_content() -> None:
    one, two = found("The bridge fell at noon, a rebel commander and the Syrian Observatory for Human Rights both said.")
    assert (one.name, two.name) == ("rebel commander", "Syrian Observatory for Human Rights")
    assert one.content == two.content
    assert one.source != two.source


def test_side_comes_from_registry_or_words() -> None:
    sides = {a.name: a.side for a in found("SANA said so on Friday: the hill was taken. Rebel sources said the hill was lost.")}
    assert sides == {"SANA": "government", "Rebel sources": "opposition"}


def test_state_media_are_those_of_the_country_told_of() -> None:
    text = "Shells fell in Homs, Syria. State TV said two people were wounded in Syria."
    assert [a.source_id for a in found(text)] == ["syria-tv-state"]


def test_claim_verb_affirms_with_certainty() -> None:
    (claim,) = found("The army claimed that it had taken the town.")
    assert (claim.stance, claim.certainty) == ("affirms", "claimed")


def test_furniture_is_not_read() -> None:
    text = "Rebels fled, police said.\n\nRead more: army says it won"
    report = Report("d", text, segments=(Segment("body", 0, 25), Segment("furniture", 27, len(text))))
    assert len(find_attributions(Reading(report))) == 1


def test_quotation_over_paragraphs_closes_once() -> None:
    text = "“We ran.\n\n“Nobody helped us,” said Ana Dol."
    (quote,) = find_quotes(Reading(Report("d", text)))
    assert (quote.first, text[: text.index(" said")].count("”")) == (0, 1)


def test_datelines_credits_and_photos() -> None:
    def kinds(text: str) -> list[tuple[str, str]]:
        return [(origin.kind, origin.name) for origin in find_origins(Reading(Report("d", text)))]

    assert kinds("TOLVE, March 3 (Reuters) - Rebels shelled the port.") == [("dateline", "Reuters")]
    assert kinds("Rebels shelled the port. / AFP / Omar DAL") == [("photo", "AFP")]
    assert kinds("Rebels shelled the port.\n\nSapa") == [("credit", "SAPA")]
    assert kinds("By Ana Ruiz, Associated Press\n\nRebels shelled the port.") == [("byline", "Associated Press")]
    assert kinds("Rebels shelled the port (near the old mill).") == []
    made = report_origin(Reading(Report("d", "TOLVE (AP) — Two died. / AFP / Omar DAL")))
    assert made is not None and made.name == "Associated Press"


@given(st.text(alphabet=st.sampled_from("abS .,:;\"“”'’-—()\n") | st.characters(), max_size=200))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    for attribution in found(text):
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert text[span.start : span.end].strip()


SAMPLE = (
    'said the army , " . that who denied according to and claims by ( ) quoted as saying - : no comment from was believed '
    "SANA he it they on Friday asked"
)
WORDS = SAMPLE.split()


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_order_of_cue_words_gives_spans_and_valid_links(words: list[str]) -> None:
    text = " ".join(words)
    attributions = found(text)
    for number, attribution in enumerate(attributions):
        assert attribution.cue
        assert attribution.inside is None or (0 <= attribution.inside < len(attributions) and attribution.inside != number)
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert text[span.start : span.end].strip()


@pytest.mark.parametrize("piece", ["a", '"', "said ", "“", "(", "and ", "who said ", ", "])
def test_long_monotonous_text_is_read_in_linear_time(piece: str) -> None:
    reading = Reading(Report("d", piece * (120_000 // len(piece))))
    start = time.process_time()  # not what other programs take
    find_attributions(reading)
    assert time.process_time() - start < 8


def test_same_report_same_records() -> None:
    text = "SANA said the army fired. It added that rebels fled. “We ran,” said Ana Dol."
    assert found(text) == found(text)


def test_speech_within_speech_costs_no_more_than_its_words() -> None:
    text = "He denied that " * 3_000
    start = time.process_time()
    found(text)
    assert time.process_time() - start < 3
