"""Tables: events in words, and nothing of a report that could drive a terminal."""

from __future__ import annotations

import io

from rich.console import Console

from dateline.export.table import print_coding
from dateline.types import Coding, Participant
from factories import make_coding, make_event, make_report


def shown(coding: Coding, width: int = 140) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_coding(coding, console)
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


def test_a_table_tells_what_when_where_who_and_who_says_so() -> None:
    text = shown(make_coding(), width=220)
    for told in (
        "31 Jan 2020",
        "Marwa, SYR",
        "Lamia Front",
        "at least 2 killed (civilians)",
        "denied: Lamia Front",
        "2 × vehicle bomb",
    ):
        assert told in text


def test_a_narrow_terminal_still_shows_the_figures() -> None:
    assert "2 devices" in " ".join(shown(make_coding(), width=80).split())


def test_control_characters_and_markup_of_a_report_are_only_words() -> None:
    report = make_report(doc_id="evil\x1b]0;x\x07", outlet="[red]x[/red]\x9b31m\u202e")
    evil = Participant("a\x1b[2Jb [bold]c", "unknown", (report.evidence(0, 3),))
    text = shown(Coding(report, (make_event(report, actors=(evil,)),)), width=220)
    assert not {"\x1b", "\x07", "\x9b", "\u202e"} & set(text)
    assert "[bold]c" in text
    assert "[red]x[/red]" in text


def test_no_event_is_said() -> None:
    assert "no event found" in shown(Coding(make_report()))
