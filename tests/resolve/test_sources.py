"""The registry of sources and what is guessed from words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.reading import Reading
from dateline.errors import KnowledgeError
from dateline.knowledge import Row
from dateline.resolve.sources import (
    index_of,
    link_source,
    merged_sources,
    read_sources,
    source_entries,
)
from dateline.resolve.sources_check import check_sources
from dateline.types import Published, Report

HEADER = "id\tname\taliases\tkind\tcountry\tside\tparty\tsince\tuntil\tbasis\n"


def test_shipped_registry_is_wide_and_without_faults() -> None:
    assert check_sources() == []
    assert len(source_entries()) >= 250
    assert len({entry.country for entry in source_entries()}) >= 60


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Syrian state news agency SANA", "SANA"),
        ("the U.N. refugee agency", "UNHCR"),
        ("The Britain-based Syrian Observatory for Human Rights", "Syrian Observatory for Human Rights"),
        ("Save the Children", "Save the Children"),
        ("AP", "Associated Press"),
        ("Turkish President Tayyip Erdogan", "Tayyip Erdogan"),
        ("U.S. envoy for Syria James Jeffrey", "James Jeffrey"),
        ("an official at the Pentagon", "official at the Pentagon"),
        ("a source with the group", "source with the group"),
        ("The Business Standard", "Business Standard"),
        ("Superintendent of Police (SP) Anand Rao", "Anand Rao"),
        ("Who", "Who"),
        ("the site", "site"),
    ],
)
def test_names(words: str, name: str) -> None:
    assert link_source(words).name == name


@pytest.mark.parametrize(
    ("words", "side"),
    [
        ("rebel sources", "opposition"),
        ("a Hamas spokesman", "party to the event"),
        ("a military news outlet run by Hezbollah", "party to the event"),
        ("two Turkish officials", "government"),
        ("a UN official", "international"),
        ("a war monitor", "civil monitor"),
        ("local media", "media"),
        ("state television", "government"),
        ("the Taliban spokesman", "party to the event"),
        ("witnesses", "unknown"),
    ],
)
def test_sides(words: str, side: str) -> None:
    assert link_source(words).side == side


def test_the_day_of_the_report_chooses_between_entries() -> None:
    def party(day: str) -> str | None:
        entry = link_source("SANA", Reading(Report("d", "x", published=Published(day=day)))).entry
        return entry.party if entry else None

    assert party("2020-02-01") == "Syrian government"
    assert party("2025-02-01") == "Syrian transitional government"


def test_a_users_file_overrides_by_id(tmp_path: Path) -> None:
    path = tmp_path / "sources.tsv"
    path.write_text(HEADER + "sohr\tSOHR\tObservatory of Lakes\tmonitor\tSYR\tunknown\t\t\t\town view\n", encoding="utf-8")
    entries = merged_sources(source_entries(), read_sources(path))
    assert len(entries) == len(source_entries())
    assert link_source("the Observatory of Lakes", index=index_of(entries)).side == "unknown"


def test_a_broken_row_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "sources.tsv"
    path.write_text(HEADER + "a\tb\tc\td\te\tf\tg\th\ti\tj\tk\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"sources\.tsv:2"):
        read_sources(path)


def test_check_tells_each_fault() -> None:
    keys = HEADER.strip().split("\t")

    def row(line: int, *cells: str) -> Row:
        return Row(dict(zip(keys, cells, strict=True)), "own.tsv", line)

    rows = [
        row(2, "a", "Lake News", "", "agency", "XXA", "media", "", "2001", "2010", "known"),
        row(3, "b", "Lake News", "", "agency", "XXB", "media", "", "2005", "", "known"),
        row(4, "c", "Hill News", "", "blog", "xx", "friend", "", "soon", "1999", ""),
        row(5, "d", "Lake News", "", "agency", "XXC", "media", "", "1990", "2000", "known"),
    ]
    faults = [(fault.where, fault.what.split(" ")[0]) for fault in check_sources(rows)]
    assert ("own.tsv:3", "name") in faults
    assert [what for where, what in faults if where == "own.tsv:4"] == ["kind", "side", "country", "since", "since", "no"]
    assert not any(where == "own.tsv:5" and "'b'" in what for where, what in faults)


@given(st.text(max_size=80))
def test_any_words_give_a_link(words: str) -> None:
    link = link_source(words)
    assert isinstance(link.name, str)


def test_an_outlets_own_reporter_is_the_outlet_but_an_armys_spokesman_is_not_the_army() -> None:
    assert link_source("An AFP correspondent in the village").name == "AFP"
    assert link_source("the SANA reporter").name == "SANA"
    spoken = link_source("the Lebanese army spokesman")
    assert spoken.entry is None and spoken.side == "government"


def test_the_press_offices_long_name_is_the_white_house() -> None:
    found = link_source("White House Office of the Press Secretary").entry
    assert found is not None and found.id == "white-house"
