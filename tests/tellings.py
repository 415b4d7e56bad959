"""Fictional tellings for tests of merging: one event a report, made by hand."""

from __future__ import annotations

from typing import Any

from dateline.types import Coding, Count, Event, Participant, Place, Published, Report, Voice, Weapon, When, Where

KARIM = Place("Karim", "XXA", 10.0, 20.0, "town", 5.0, 1)
LOWER_KARIM = Place("Lower Karim", "XXA", 10.02, 20.01, "neighbourhood", 1.0, 2)
MARWA = Place("Marwa", "XXA", 11.5, 21.5, "town", 5.0, 3)
PROVINCE = Place("Karim province", "XXA", 10.2, 20.2, "province", 60.0, 4)


def telling(
    doc_id: str,
    *,
    text: str | None = None,
    day: str = "2031-05-03",
    published: str = "2031-05-04",
    place: Place | None = KARIM,
    killed: tuple[int | None, int | None] | None = (12, 12),
    kind: tuple[str, str] = ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    actor: str | None = "Lamia Front",
    sources: tuple[Voice, ...] | None = None,
    count: int = 1,
    **report: Any,
) -> Coding:
    """A report that tells `count` events; every value has the words "shells fell" as its evidence."""
    body = text or f"{doc_id}: shells fell on market{doc_id} square{doc_id}."
    if "shells fell" not in body:
        body += " Then shells fell."
    made = Report(doc_id, body, published=Published(published, "option"), outlet=report.pop("outlet", doc_id), **report)
    at = body.index("shells fell")
    words = (made.evidence(at, at + 11),)
    events = tuple(
        Event(
            f"e{number}",
            *kind,
            "occurred",
            True,
            (made.evidence(at, at + 11 - number),) if number > 1 else words,
            when=When(day, day, "day", words),
            where=Where(place, words) if place else None,
            actors=(Participant(actor, "rebel group", words, "XXA"),) if actor else (),
            weapons=(Weapon("mortar", words),),
            figures=(Count("killed", "people", *killed, "person", words),) if killed else (),
            sources=sources if sources is not None else (Voice("report", "affirms"),),
        )
        for number in range(1, count + 1)
    )
    return Coding(made, events)
