"""Small records made by hand for tests: no finder and no coder is needed to test what is done with their results."""

from __future__ import annotations

from typing import Any

from dateline.types import (
    Alias,
    Coding,
    Count,
    Event,
    Evidence,
    Flag,
    Participant,
    Place,
    Published,
    Rejected,
    Relation,
    Report,
    Segment,
    Voice,
    Weapon,
    When,
    Where,
)

TEXT = """Two killed as car bombs hit Marwa market

MARWA, Jan 31 - Two car bombs exploded at a market in Marwa on Friday, killing at least two civilians, the state agency Nura said.

The Lamia Front denied it had set off the bombs 💥. Officials in Karim made no mention of the attack.

Read more: The war in pictures
"""


def make_report(text: str = TEXT, **given: Any) -> Report:
    """A report of one headline, one dateline, a body and a furniture line."""
    values: dict[str, Any] = {"published": Published("2020-01-31", "dateline", "MARWA, Jan 31"), "outlet": "The Exercise Times"}
    if text == TEXT:
        values["segments"] = segments(text)
    return Report(given.pop("doc_id", "marwa"), text, **{**values, **given})


def segments(text: str) -> tuple[Segment, ...]:
    head, dateline = text.index("\n\n"), text.index("MARWA, Jan 31 -")
    body, more = dateline + len("MARWA, Jan 31 - "), text.index("Read more")
    return (
        Segment("headline", 0, head),
        Segment("dateline", dateline, body),
        Segment("body", body, more - 2),
        Segment("furniture", more, len(text) - 1),
    )


def words(report: Report, quote: str, nth: int = 0) -> Evidence:
    """The nth place of `quote` in the report as evidence."""
    at = -1
    for _ in range(nth + 1):
        at = report.text.index(quote, at + 1)
    return report.evidence(at, at + len(quote))


def make_event(report: Report, **given: Any) -> Event:
    """An event with a value in every field."""

    def said(quote: str) -> tuple[Evidence, ...]:
        return (words(report, quote),)

    place = Place("Marwa", "SYR", 35.123456, 36.5, "town", 5.0, 1234, relations=(Relation("offset", "Karim", 50.0, "NE"),))
    values: dict[str, Any] = {
        "id": "e1",
        "type": "Explosions/Remote violence",
        "sub_type": "Remote explosive/landmine/IED",
        "status": "occurred",
        "foreground": True,
        "trigger": (words(report, "car bombs hit"), words(report, "exploded")),
        "when": When("2020-01-31", "2020-01-31", "day", said("on Friday"), by="days@1"),
        "where": Where(place, said("a market in Marwa"), by="where@1"),
        "actors": (Participant("Lamia Front", "rebel group", said("The Lamia Front"), alternative=True, by="roles@1"),),
        "targets": (Participant("civilians", "civilians", said("two civilians"), "SYR", source="Nura", by="roles@1"),),
        "weapons": (Weapon("vehicle bomb", said("Two car bombs"), None, 2, by="weapons@1"),),
        "figures": (
            Count("killed", "civilians", 2, None, "person", said("at least two civilians"), source="Nura", by="figures@1"),
            Count("devices", "car bombs", 2, 2, "item", said("Two car bombs"), by="figures@1"),
        ),
        "sources": (
            Voice("report", "affirms"),
            Voice("Nura", "affirms", said("the state agency Nura said"), "government", by="voices@1"),
            Voice("Lamia Front", "denies", said("The Lamia Front denied"), "party to the event", by="voices@1"),
            Voice("officials", "silent", said("Officials in Karim made no mention of the attack"), "government", by="voices@1"),
        ),
        "rejected": (Rejected("where", "Karim", "the officials' seat, not the event's place"),),
        "by": "triggers@1",
    }
    return Event(**{**values, **given})


def bare_event(trigger: Evidence, **given: Any) -> Event:
    """An event with its trigger words and nothing else."""
    values: dict[str, Any] = {"id": "e1", "type": "Battles", "sub_type": "Armed clash", "status": "occurred", "foreground": True}
    return Event(trigger=(trigger,), **{**values, **given})


def make_coding(report: Report | None = None, **given: Any) -> Coding:
    """A coding of what is given; of one full event and a remark of each kind when nothing is."""
    report = report or make_report()
    if not given:
        given = {
            "events": (make_event(report),),
            "aliases": (Alias("Lamia Front", "the Front", (words(report, "Lamia Front"),), until="2016"),),
            "flags": (Flag("figures disagree", (words(report, "Two killed"),), (words(report, "at least two"),)),),
            "background_figures": (Count("killed", "people", 400000, None, "person", (words(report, "killing"),), about="war"),),
        }
    return Coding(report, **given)
