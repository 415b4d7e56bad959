"""What must hold for the coding of any text: of the passages, of the packaged reports, and of whatever hypothesis writes."""

from __future__ import annotations

import json
import time
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.ingest import read_paths
from dateline.ingest.paths import read_text_with_faults
from dateline.pipeline import Tools, code_report
from dateline.types import Coding, Event, Published, Record, Report, Segment, SegmentKind, Stance, Status

HERE = Path(__file__).parent
CLASSES = tomllib.loads((HERE.parent.parent / "src/dateline/knowledge/event_classes.toml").read_text(encoding="utf-8"))
TYPES = {
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
    "Displacement",
    "Statement",
}
Words = tuple[int, int, str]


@cache
def reports() -> tuple[Report, ...]:
    """Every passage of the cases and every packaged example."""
    cases = tomllib.loads((HERE.parent / "cases" / "events.toml").read_text(encoding="utf-8"))["case"]
    passages = [read_text_with_faults(case["text"], doc_id=case["id"], published=case["published"])[0] for case in cases]
    packaged = [read for read in read_paths([HERE.parent.parent / "src" / "dateline" / "examples"]) if isinstance(read, Report)]
    assert packaged
    return (*passages, *packaged)


@pytest.fixture(scope="session")
def codings(tools: Tools) -> list[Coding]:
    return [code_report(report, tools) for report in reports()]


def evidence_in(value: Any) -> Iterator[Words]:
    """Every evidence anywhere in plain data: (start, end, quote)."""
    if isinstance(value, dict):
        if {"start", "end", "quote"} <= set(value):
            yield value["start"], value["end"], value["quote"]
        for part in value.values():
            yield from evidence_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from evidence_in(part)


def spans_in(value: Any) -> Iterator[tuple[int, int]]:
    """Every span anywhere in plain data."""
    if isinstance(value, dict):
        if "start" in value and "end" in value:
            yield value["start"], value["end"]
        for part in value.values():
            yield from spans_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from spans_in(part)


def plain(record: Record) -> Any:
    """A record as JSON gives it back, defaults and all."""
    return json.loads(json.dumps(msgspec.to_builtins(record)))


def check(coding: Coding) -> None:
    """All that holds for a coding, whatever the text."""
    report, text = coding.report, coding.report.text
    data = plain(coding)
    assert [words for words in evidence_in(data) if text[words[0] : words[1]] != words[2]] == []
    assert [span for span in spans_in(data) if not 0 <= span[0] < span[1] <= len(text)] == []
    assert [f"e{n}" for n in range(1, len(coding.events) + 1)] == [event.id for event in coding.events]
    assert len(coding.statements) == len({statement.id for statement in coding.statements})
    for event in coding.events:
        check_event(event)
    known = {event.id for event in coding.events}
    for statement in coding.statements:
        assert statement.report_id == report.id and statement.subject in known and statement.property and statement.source
        assert statement.stance in get_args(Stance)


def check_event(event: Event) -> None:
    assert event.trigger and event.sources
    assert event.type in TYPES and event.status in get_args(Status)
    assert [figure for figure in event.figures if None not in (figure.low, figure.high) and figure.low > figure.high] == []  # type: ignore[operator]
    assert [figure for figure in event.figures if not figure.measure or (figure.low, figure.high) == (None, None)] == []
    assert [voice for voice in event.sources if not voice.name or (voice.name != "report" and not voice.evidence)] == []
    assert [person for person in (*event.actors, *event.targets) if not person.name or not person.evidence] == []
    starts = [words.start for words in event.trigger]
    assert starts == sorted(starts) and len(starts) == len(set(starts))
    if event.when and event.when.earliest and event.when.latest:
        assert event.when.earliest <= event.when.latest
    if event.where and event.where.place.lat is not None and event.where.place.lon is not None:
        assert -90 <= event.where.place.lat <= 90 and -180 <= event.where.place.lon <= 180
        assert event.where.place.radius_km > 0


def test_every_coding_is_sound(codings: list[Coding]) -> None:
    for coding in codings:
        check(coding)


def test_coding_twice_is_equal(codings: list[Coding], tools: Tools) -> None:
    for coding in codings:
        assert coding == code_report(coding.report, tools)


def test_events_stand_in_the_order_of_the_text(codings: list[Coding]) -> None:
    for coding in codings:
        firsts = [min(words.start for words in event.trigger) for event in coding.events]
        assert firsts == sorted(firsts), coding.report.doc_id


def test_every_field_value_has_its_statement(codings: list[Coding]) -> None:
    """The statements tell of each event that it happened, and of its place and day where they are coded."""
    for coding in codings:
        told = {(statement.subject, statement.property) for statement in coding.statements}
        for event in coding.events:
            assert (event.id, "occurrence") in told
            assert event.where is None or (event.id, "where") in told
            assert event.when is None or (event.id, "when") in told


def test_no_two_events_of_a_report_are_alike(codings: list[Coding]) -> None:
    for coding in codings:
        alike = [(event.sub_type, event.trigger) for event in coding.events]
        assert len(alike) == len(set(alike))


def test_types_are_those_of_the_codebook(codings: list[Coding]) -> None:
    pairs = {(row["type"], row["sub_type"]) for row in CLASSES.values()} | {
        ("Battles", "Non-state actor overtakes territory"),
        ("Protests", "Excessive force against protesters"),
        ("Riots", "Mob violence"),
        ("Strategic developments", "Other"),
    }
    assert {(event.type, event.sub_type) for coding in codings for event in coding.events} <= pairs


def test_a_longer_report_keeps_the_offsets(tools: Tools) -> None:
    """Words before the news move every offset with them."""
    lead, news = "The weather was dry. \U0001f4a5 \n\n", "Gunmen killed six villagers near Gao on Monday, officials said."
    alone, after = (
        code_report(Report("d", text, published=Published("2023-05-03", "option")), tools) for text in (news, lead + news)
    )
    found = [[(words.start, words.quote) for event in coding.events for words in event.trigger] for coding in (alone, after)]
    assert found[0] and [(start + len(lead), quote) for start, quote in found[0]] == found[1]


def test_a_report_without_a_day_is_coded_without_a_guess(tools: Tools) -> None:
    coding = code_report(Report("d", "Gunmen killed six villagers near Gao on Monday, officials said."), tools)
    assert [event.when and event.when.earliest for event in coding.events] == [None]


PIECES = [
    *(
        "Gunmen",
        "rebels",
        "the army",
        "killed",
        "attacked",
        "were",
        "by",
        "who",
        "said",
        "denied",
        "a car bomb",
        "exploded",
        "in",
        "near",
    ),
    *(
        "Aleppo",
        "Mali",
        "on Monday",
        "12",
        "at least",
        "villagers",
        "soldiers",
        ",",
        ".",
        '"',
        "(",
        ")",
        "and",
        "not",
        "protesters",
        "fled",
    ),
    *(
        "\n\n",
        "MARCH",
        "U.S.",
        "—",
        "’s",
        "2016",
        "to",
        "of",
        "the town of",
        "captured",
        "warned",
        "50 km",
        "tear gas",
        "ceasefire",
        "\n",
    ),
]


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join))
def test_any_news_like_words_are_coded_soundly(tools: Tools, text: str) -> None:
    check(code_report(Report("d", text, published=Published("2023-05-03", "option")), tools))


SENTENCES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join)
KINDS: list[SegmentKind] = ["headline", "standfirst", "caption", "dateline", "byline", "body", "furniture"]


@settings(max_examples=150)
@given(
    st.lists(
        st.tuples(st.sampled_from(KINDS), st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map(" ".join)), max_size=5
    ),
    st.sampled_from(["\n\n", " ", " * ", "\n--\n", " THE END "]),
)
def test_any_segments_are_coded_soundly(tools: Tools, parts: list[tuple[SegmentKind, str]], between: str) -> None:
    """Segments leave words between them that belong to none; furniture is never coded."""
    text, segments = between, []
    for kind, words in parts:
        segments.append(Segment(kind, len(text), len(text) + len(words)))
        text += words + between
    coding = code_report(Report("d", text, segments=tuple(segments), published=Published("2023-05-03", "option")), tools)
    check(coding)
    told = [words for event in coding.events for words in event.trigger]
    furniture = [segment for segment in segments if segment.kind == "furniture"]
    assert [words for words in told for segment in furniture if segment.start <= words.start < segment.end] == []


@settings(max_examples=100)
@given(st.text(max_size=300), st.sampled_from([None, "2023-05-03", "0001-01-01", "9999-12-31"]))
def test_any_text_is_coded_without_a_fault(tools: Tools, text: str, day: str | None) -> None:
    check(code_report(Report("d", text, published=Published(day, "option" if day else "unknown")), tools))


@pytest.mark.parametrize("text", [", said (", "A bomb killed three, said (the army", "said ((", "He denied it, said )("])
def test_texts_that_broke_a_step(tools: Tools, text: str) -> None:
    check(code_report(Report("d", text), tools))


@pytest.mark.parametrize(
    "piece", ["killed ", "attack on ", "he said, ", "Rebels attacked. ", '"', "(", "Aleppo, ", "12, "], ids=repr
)
def test_much_of_one_thing_is_coded_in_seconds(tools: Tools, piece: str) -> None:
    text = (piece * (10_000 // len(piece) + 1))[:10_000]
    began = time.perf_counter()
    check(code_report(Report("d", text, published=Published("2023-05-03", "option")), tools))
    assert time.perf_counter() - began < 5
