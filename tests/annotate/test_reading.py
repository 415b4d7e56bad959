"""Tokens and sentences: what later steps rest on. Sentences are our own and fictional."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.reading import Reading, tokenize
from dateline.types import Report, Segment

MEGABYTE = 1_000_000
HOSTILE = ["a", "A", " ", '"', "-", "\n"]
HOSTILE_IN_PAIRS = ["A-", "a'", "a.", "1,", "“a”", "(", "💥", "é", "\t \n", ".", "—", "'"]


def read(text: str) -> Reading:
    return Reading(Report("d", text))


def sentences(text: str) -> list[str]:
    reading = read(text)
    return [text[reading.starts[s.first] : reading.ends[s.last - 1]] for s in reading.sentences]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("al-Qaeda-linked fighters", ["al-Qaeda-linked", "fighters"]),
        ("U.S.-backed forces", ["U.S.-backed", "forces"]),
        ("the rebels' base", ["the", "rebels", "'", "base"]),
        ("Bashar's forces", ["Bashar", "'s", "forces"]),
        ("Bashar’s forces", ["Bashar", "’s", "forces"]),
        ("Sa'dah's airport", ["Sa'dah", "'s", "airport"]),
        ("N'Djamena", ["N'Djamena"]),
        ("Côte d’Ivoire", ["Côte", "d’Ivoire"]),
        ("12,000 people", ["12,000", "people"]),
        ("3.6 km", ["3.6", "km"]),
        ("at 10:30", ["at", "10:30"]),
        ("in 2011-2013", ["in", "2011-2013"]),
        ("the 20th Brigade", ["the", "20th", "Brigade"]),
        ("M23 and A-10", ["M23", "and", "A-10"]),
        ("$5 million", ["$", "5", "million"]),
        ("5 p.m. today", ["5", "p.m.", "today"]),
        ("well—known", ["well", "—", "known"]),
        ("‘quoted’", ["‘", "quoted", "’"]),
        ("(IS)", ["(", "IS", ")"]),
        ("They waited... then left", ["They", "waited", "...", "then", "left"]),
        ("#Aleppo @karim", ["#Aleppo", "@karim"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert words == tokenize(text).words


def test_a_part_of_a_text_keeps_the_offsets_of_the_whole() -> None:
    text = "Rebels fled. Troops came."
    tokens = tokenize(text, 13, 19)
    assert (tokens.words, tokens.starts, tokens.ends) == (["Troops"], [13], [19])


@pytest.mark.parametrize(
    "parts",
    [
        ["The envoy met Mr. Karim in St. Petersburg on Jan. 5.", "He left."],
        ["Gen. A. B. Karim spoke.", "J. Smith replied."],
        ["Lt. Gen. Karim and Col. Musa were wounded.", "Both survived."],
        ["The No. 2 of the group was killed.", "Twelve others died."],
        ['"We hit them."', "The army agreed."],
        ["He said: “They fled.”", "Then the shelling began."],
        ['"Stop!" he cried.', "They ran."],
        ['He said "go."', '"Stay," she said.'],
        ["Troops left at 5 p.m.", "The town fell."],
        ["He flew to the U.S.", "He returned."],
        ["The U.S. envoy spoke.", "Nobody listened."],
        ["Prices rose 3.6 percent.", "Oil cost $70.5 a barrel."],
        ["Rebels fled.", "al-Bab fell."],
        ["What happened?", "Nobody knows!", "The army is silent."],
        ["The attack... was repelled.", "It ended."],
        ["He said so (see above).", "They left."],
        ["The group said so.", "12 people died."],
        ["The town fell.", "“We left at dawn,” he said."],
    ],
)
def test_sentences(parts: list[str]) -> None:
    assert parts == sentences(" ".join(parts))


def test_a_lost_space_does_not_join_sentences() -> None:
    assert sentences("The town fell.The army left.") == ["The town fell.", "The army left."]


@pytest.mark.parametrize(
    "parts",
    [
        ["They attacked at 10.30 a.m. on Friday, police said."],
        ["The U.S. and its allies bombed the town.", "Four died."],
        ["He lived in the U.S. in 2011.", "He came back."],
        ["Jets of the U.S. that took off from Karim struck the camp."],
    ],
)
def test_a_dotted_abbreviation_ends_no_sentence_before_a_small_letter(parts: list[str]) -> None:
    assert parts == sentences(" ".join(parts))


def test_lines_are_paragraphs() -> None:
    reading = read("Rebels seize town\nThe army fled\n\nIt returned. Two died.")
    assert [s.paragraph for s in reading.sentences] == [0, 1, 2, 2]


WIRE = (
    "GUERRILLAS ATTACKED AN ARMY POST IN THE NORTHERN PART OF THE\nCOUNTRY YESTERDAY, KILLING FOUR SOLDIERS AND WOUNDING SIX\n"
    "OTHERS. THE MILITARY SAID THE ATTACKERS FLED INTO THE HILLS\nAFTER A FIREFIGHT THAT LASTED MORE THAN TWO HOURS.\n\n"
    "THE COL. IN CHARGE, J. M. ORTIZ, SAID REINFORCEMENTS WERE ON\nTHEIR WAY."
)


def test_hard_wrapped_capitals_are_read_over_line_ends() -> None:
    reading = read(WIRE)
    assert reading.upper and reading.wrapped
    assert [reading.words[s.first] for s in reading.sentences] == ["GUERRILLAS", "THE", "THE"]
    assert [s.paragraph for s in reading.sentences] == [0, 0, 1]


def test_ordinary_text_is_not_taken_for_capitals_or_wrapped() -> None:
    reading = read("The UN and NATO met in NAIROBI on Monday.\nThey spoke of the ceasefire.")
    assert not reading.upper and not reading.wrapped


def test_texts_without_capitals_have_sentences() -> None:
    told = "rebels shelled the town. two people were killed. the army denied it. " * 4
    assert len(sentences(told)) == 12
    assert read(told).lower and read(told).caseless
    assert read("This story was first told on 3 March 2031\n\n" + told).lower
    cased = "Rebels shelled the town. Two people were killed. The army denied it. " * 4
    assert not read(cased).lower
    assert not read("two died. one fled.").lower  # too short to tell


def test_sentences_never_cross_segments_and_furniture_is_not_coded() -> None:
    text = "Troops seize town\nThe army said so. Read more: the war in pictures"
    head, more = text.index("\n"), text.index("Read more")
    segments = (Segment("headline", 0, head), Segment("body", head + 1, more - 1), Segment("furniture", more, len(text)))
    reading = Reading(Report("d", text, segments=segments))
    assert [s.kind for s in reading.sentences] == ["headline", "body", "furniture"]
    assert [s.kind for s in reading.coded] == ["headline", "body"]


def test_offsets_find_their_tokens() -> None:
    reading = read("Rebels fled. Troops came.")
    assert [reading.token_at(offset) for offset in (0, 5, 7, 13)] == [0, 0, 1, 3]
    assert reading.tokens_of(0, 11) == (0, 2)
    assert reading.tokens_of(15, 16) == (3, 4)
    assert [reading.sentence_at(offset).index for offset in (3, 20)] == [0, 1]
    assert reading.evidence(3, 5).quote == "Troops came"


@given(st.text(max_size=400))
def test_tokens_are_in_order_and_reproduce_the_text(text: str) -> None:
    tokens = tokenize(text)
    at, rebuilt = 0, ""
    for word, start, end, gap in zip(tokens.words, tokens.starts, tokens.ends, tokens.gaps, strict=True):
        assert at <= start < end and word == text[start:end] and gap == text[at:start]
        rebuilt += gap + word
        at = end
    assert text == rebuilt + text[at:] and not text[at:].strip()


@given(st.text(alphabet="aB.!?'\"”’-–() \n1,U", max_size=200))
def test_sentences_cover_every_token_once(text: str) -> None:
    reading = read(text)
    assert list(range(len(reading))) == [t for s in reading.sentences for t in range(s.first, s.last)]
    assert all(reading.sentence_of[t] == s.index for s in reading.sentences for t in range(s.first, s.last))


def seconds_to_read(piece: str, size: int) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    began = time.perf_counter()
    read(text)
    return time.perf_counter() - began


@pytest.mark.parametrize("piece", HOSTILE, ids=repr)
def test_a_megabyte_of_one_thing_is_read_in_seconds(piece: str) -> None:
    assert seconds_to_read(piece, MEGABYTE) < 5


@pytest.mark.parametrize("piece", HOSTILE_IN_PAIRS, ids=repr)
def test_much_of_two_things_is_read_in_seconds(piece: str) -> None:
    assert seconds_to_read(piece, MEGABYTE // 10) < 2
