"""Parties: spans, names, kinds, chains, second names; no text breaks them."""

from __future__ import annotations

import time
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.parties import find_aliases, find_parties
from dateline.annotate.parties_words import nouns, party_words
from dateline.annotate.reading import Reading
from dateline.knowledge import table
from dateline.types import PartyLink, Report

CASES: dict[str, Any] = tomllib.loads((Path(__file__).parents[1] / "cases" / "parties.toml").read_text(encoding="utf-8"))
ROWS = [row for part in ("names", "states", "descriptions", "persons") for row in CASES[part]]
WORDS = [
    "the",
    "of",
    "(",
    ")",
    ",",
    ".",
    "'s",
    "Syrian",
    "Army",
    "FMLN",
    "rebels",
    "rebel-held",
    "President",
    "Abu",
    "Karim",
    "Front",
    "IS",
    "12",
]
KINDS = {
    "force",
    "armed",
    "group",
    "role",
    "people",
    "crowd",
    "person",
    "official",
    "body",
    "vehicle",
    "building",
    "infrastructure",
    "post",
}


def parties_of(text: str) -> list[PartyLink]:
    return find_parties(Reading(Report("test", text)))


def told(text: str, party: PartyLink) -> str:
    return text[party.start : party.end]


def only(text: str, words: str) -> PartyLink:
    found = [party for party in parties_of(text) if told(text, party) == words]
    assert found, f"{words!r} not among {[told(text, party) for party in parties_of(text)]}"
    return found[0]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:40] for row in ROWS])
def test_parties_of_a_sentence(text: str, expected: list[list[str]]) -> None:
    for words, name, kind, country, flags in expected:
        party = only(text, words)
        assert (party.name, party.kind, party.country or "") == (name, kind, country)
        for flag in flags.split():
            match flag.partition(":"):
                case ("b", _, backer):
                    assert party.backed_by == backer
                case ("id", _, actor):
                    assert party.actor_id == actor
                case ("P", _, _):
                    assert party.private
                case ("N", _, _):
                    assert not party.generic


@pytest.mark.parametrize(("text", "groups"), CASES["chains"], ids=[row[0][:40] for row in CASES["chains"]])
def test_one_actor_is_one_chain(text: str, groups: list[list[str]]) -> None:
    for group in groups:
        assert len({only(text, words).chain for words in group}) == 1


@pytest.mark.parametrize(("text", "words"), CASES["absent"], ids=[row[0][:40] for row in CASES["absent"]])
def test_words_that_are_no_party(text: str, words: list[str]) -> None:
    assert not {told(text, party) for party in parties_of(text)} & set(words)


@pytest.mark.parametrize(("text", "words", "name"), CASES["known_failures"])
@pytest.mark.xfail(strict=True)
def test_known_failures(text: str, words: str, name: str) -> None:
    assert only(text, words).name == name


def test_place_named_like_a_person_is_no_person() -> None:
    assert not [party for party in parties_of("Shells fell in Sheikh Sabri district.") if party.private]


def test_alias_with_its_end() -> None:
    text = "The Nusra Front, as Tahrir al-Sham was known until it left al Qaeda in 2016, attacked. Tahrir al-Sham denied it."
    reading = Reading(Report("test", text))
    (alias,) = find_aliases(reading, find_parties(reading))
    assert (alias.name, alias.alias, alias.until) == ("Hayat Tahrir al-Sham", "Nusra Front", "2016")
    assert alias.evidence[0].quote == "The Nusra Front, as Tahrir al-Sham was known until it left al Qaeda in 2016"


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("The Upper River Front (URF) shelled Lomo.", "URF"),
        ("The Upper River Front, formerly known as the Lomo Brigade, shelled Lomo.", "Lomo Brigade"),
        ("The Upper River Front, also called the Lomo Tigers, shelled Lomo.", "Lomo Tigers"),
    ],
)
def test_second_names_that_the_text_declares(text: str, alias: str) -> None:
    reading = Reading(Report("test", text))
    found = find_aliases(reading, find_parties(reading))
    assert [(one.name, one.alias) for one in found] == [("Upper River Front", alias)]


def test_mentions_are_in_order_and_do_not_overlap() -> None:
    text = " ".join(row[0] for row in ROWS)
    parties = parties_of(text)
    assert all(left.end <= right.start for left, right in pairwise(parties))
    assert all(party.head and party.start <= party.head.start < party.head.end <= party.end for party in parties)


def test_same_report_gives_the_same_parties() -> None:
    text = " ".join(row[0] for row in ROWS)
    assert parties_of(text) == parties_of(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    for party in parties_of(text):
        assert 0 <= party.start < party.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=25,
    )
)
def test_any_order_of_party_words_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    for party in parties_of(text):
        assert text[party.start : party.end].strip()


def test_a_megabyte_of_one_letter_is_read_in_time() -> None:
    start = time.process_time()
    for text in ("a" * 200_000, "A " * 20_000, "army " * 10_000, "(" * 20_000, "rebel-" * 5_000):
        parties_of(text)
    assert time.process_time() - start < 8


def test_noun_table_is_sound() -> None:
    rows = table("party_nouns")
    assert len({row["noun"] for row in rows}) == len(rows)
    assert {row["sort"] for row in rows} <= KINDS | {"area", "none"}
    assert all("\t" not in row["noun"] and row["noun"] == row["noun"].lower() for row in rows)
    assert nouns() and party_words().turns
