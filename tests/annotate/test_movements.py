"""Movements: origin and destination of displacement figures, flow or stock. Places are made by hand here."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.figures import find_figures
from dateline.annotate.movements import find_movements
from dateline.annotate.reading import Reading
from dateline.types import PartyLink, PlaceLink, Report, Span

TOWNS = ("Karim", "Nadira", "Samra", "Tarifa", "Wasit")


def links(text: str) -> list[PlaceLink]:
    found = []
    for town in TOWNS:
        at = text.find(town)
        while at >= 0:
            found.append(PlaceLink(at, at + len(town), Span(at, at + len(town)), None))
            at = text.find(town, at + 1)
    return sorted(found, key=lambda link: link.start)


def told(text: str) -> list[tuple[str, str, str]]:
    """(kind, origins, destinations) of every movement of a text."""
    reading, places = Reading(Report("d", text)), links(text)
    names = [text[link.start : link.end] for link in places]
    return [
        (move.kind, " ".join(names[at] for at in move.origin), " ".join(names[at] for at in move.destination))
        for move in find_movements(reading, find_figures(reading), places)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Some 900 people fled Karim for Nadira.", ("flow", "Karim", "Nadira")),
        ("About 400 families were displaced from Karim and Samra to Nadira.", ("flow", "Karim Samra", "Nadira")),
        ("More than 500 people were displaced in Karim.", ("flow", "Karim", "")),
        ("The town of Nadira hosts 7,000 refugees from Karim.", ("stock", "Karim", "Nadira")),
        ("Some 300 people took shelter at a school in Nadira.", ("stock", "", "Nadira")),
        ("As of May, 6,000 people were displaced in Karim.", ("stock", "", "Karim")),
        ("Shelling of Karim forced 900 people to flee towards Nadira.", ("flow", "Karim", "Nadira")),
        ("Some 2,000 people newly displaced arrived in Nadira.", ("flow", "", "Nadira")),
        ("About 600 villagers were evacuated from the town of Samra to camps near Nadira.", ("flow", "Samra", "Nadira")),
        ("More than 4,000 refugees returned to Karim from Wasit.", ("flow", "Wasit", "Karim")),
    ],
)
def test_movement(text: str, expected: tuple[str, str, str]) -> None:
    assert told(text) == [expected]


def test_place_of_the_sentence_before_is_inferred() -> None:
    text = "Shells hit Karim on Monday. Some 900 people fled."
    reading, places = Reading(Report("d", text)), links(text)
    (move,) = find_movements(reading, find_figures(reading), places)
    assert (move.origin, move.inferred) == ((0,), True)


def test_a_place_inside_the_name_of_a_group_is_no_place_of_flight() -> None:
    text = "Some 900 people fled Karim after the Army of Samra came."
    reading, places = Reading(Report("d", text)), links(text)
    group = PartyLink(text.index("Army"), text.index(" came"), "Army of Samra", "rebel group", 0)
    (move,) = find_movements(reading, find_figures(reading), places, [group])
    assert [text[places[at].start : places[at].end] for at in move.origin] == ["Karim"]


def test_the_killed_do_not_move() -> None:
    assert told("Shells killed 12 people in Karim.") == []


PIECES = st.sampled_from(
    [*TOWNS, "fled", "from", "to", "900 people", "displaced", "in", ".", ",", "and", "as of May", "hosts", "camps"]
)


@given(st.lists(PIECES, max_size=25))
@settings(max_examples=100, deadline=None)
def test_indexes_fit(pieces: list[str]) -> None:
    text = " ".join(pieces)
    reading, places = Reading(Report("d", text)), links(text)
    figures = find_figures(reading)
    for move in find_movements(reading, figures, places):
        assert 0 <= move.figure < len(figures)
        assert all(0 <= at < len(places) for at in (*move.origin, *move.destination))
        assert not set(move.origin) & set(move.destination)
