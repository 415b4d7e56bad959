"""The coder against short passages coded by hand (tests/cases/events.toml): one test per passage.

The comparison is lenient where careful coders differ (how much of a name or trigger is taken, what the passage does not settle)
and strict where they do not: every event of the passage once, no other, with its type and every value that the case tells.
"""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from dateline.ingest.paths import read_text_with_faults
from dateline.pipeline import Tools, code_report
from dateline.types import Event, Participant, Where

Case = dict[str, Any]
CASES: list[Case] = tomllib.loads((Path(__file__).parent.parent / "cases" / "events.toml").read_text(encoding="utf-8"))["case"]
SMALL = frozenset({"the", "a", "an", "of", "and", "al", "el", "in", "its", "his", "their", "s"})
COMMON = frozenset(  # words that alone name nobody
    {"force", "forces", "group", "groups", "troops", "militants", "people", "source", "army", "government", "fighters", "police"}
    | {"soldiers", "rebels", "official", "officials"}
)


def marked(case: Case) -> Any:
    """The case as a parameter of a test: one known to fail must fail."""
    reason = case.get("known_failure")
    hint = f"{reason}; if this case now passes, remove its `known_failure` from tests/cases/events.toml"
    return pytest.param(case, id=case["id"], marks=[pytest.mark.xfail(strict=True, reason=hint)] if reason else [])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_case(case: Case, tools: Tools) -> None:
    report, _ = read_text_with_faults(case["text"], doc_id=case["id"], published=case["published"])
    assert faults_of(case, code_report(report, tools).events) == []


def test_every_type_has_cases() -> None:
    seen = {event["sub_type"] for case in CASES for event in case.get("events", [])}
    assert len(seen) >= 30 and len(CASES) >= 160 and sum(not case.get("events") for case in CASES) >= 30
    assert len(CASES) == len({case["id"] for case in CASES})


def faults_of(case: Case, found: Sequence[Event]) -> list[str]:
    """What the coded events get wrong, in words: the pairing of expected and found events with the fewest faults decides."""
    expected = case.get("events", [])
    pairs, missing, others = pair(expected, found)
    faults = [f"missed: {event['sub_type']} {event.get('trigger', '')!r}" for event in missing]
    invented = [event for event in others if event.sub_type not in case.get("may", [])]
    faults += [f"invented: {event.sub_type} {event.trigger[0].quote!r}" for event in invented]
    for told, event in pairs:
        faults += differences(told, event)
    return faults


def pair(expected: list[Case], found: Sequence[Event]) -> tuple[list[tuple[Case, Event]], list[Case], list[Event]]:
    """One to one, the best pairs first: events agree in type before all else, then in the number of agreeing fields."""
    scored = sorted(
        ((likeness(told, event), i, j) for (i, told), (j, event) in itertools.product(enumerate(expected), enumerate(found))),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    of_told: dict[int, int] = {}
    for score, i, j in scored:
        if score > 0 and i not in of_told and j not in of_told.values():
            of_told[i] = j
    pairs = [(expected[i], found[j]) for i, j in sorted(of_told.items())]
    missing = [told for i, told in enumerate(expected) if i not in of_told]
    return pairs, missing, [event for j, event in enumerate(found) if j not in of_told.values()]


def likeness(told: Case, event: Event) -> int:
    """Two events with no common trigger word, actor, target, figure or type are not a pair (0)."""
    faults = differences(told, event)
    agreeing = 20 - len(faults)
    if told["sub_type"] == event.sub_type:
        return 100 + agreeing
    triggered = "trigger" in told and not any(fault.startswith("trigger") for fault in faults)
    return agreeing if told["type"] == event.type or triggered else 0


def differences(told: Case, event: Event) -> list[str]:
    """The fields of an event in which it is not as told, in words."""
    faults = []
    if (told["type"], told["sub_type"]) != (event.type, event.sub_type):
        faults.append(f"type {event.sub_type}, not {told['sub_type']}")
    wrong = [name for name in ("status", "foreground") if name in told and told[name] != getattr(event, name)]
    faults += [f"{name} {getattr(event, name)}, not {told[name]}" for name in wrong]
    quotes = [words.quote for words in event.trigger]
    if "trigger" in told and not any(word.lower() in quote.lower() for word in told["trigger"].split("|") for quote in quotes):
        faults.append(f"trigger {quotes}, not {told['trigger']}")
    faults += people("actors", told, event.actors) + people("targets", told, event.targets)
    kinds = sorted({weapon.kind for weapon in event.weapons})
    faults += [f"weapons {kinds}, not {told['weapons']}"] if kinds != sorted(told.get("weapons", kinds)) else []
    faults += figures(told, event)
    if "when" in told:
        days = [event.when.earliest, event.when.latest] if event.when else None
        faults += [] if days == told["when"] else [f"when {days}, not {told['when']}"]
    faults += place(told, event.where)
    for name, stance in told.get("sources", []):
        stances = {voice.stance for voice in event.sources if agrees_any(name, (voice.name, *(e.quote for e in voice.evidence)))}
        if not stances & ({stance} if stance else {"affirms", "claims"}):
            faults.append(f"source {name} {stance}: {[(voice.name, voice.stance) for voice in event.sources]}")
    return faults


def people(field: str, told: Case, found: Sequence[Participant]) -> list[str]:
    """Each told name is found; no other actor than the told ones, and nobody of `never`."""
    names = [(person.name, *(words.quote for words in person.evidence)) for person in found]
    missing = [name for name in told.get(field, []) if not any(agrees_any(name, known) for known in names)]
    faults = [f"{field} without {name!r}: {[known[0] for known in names]}" for name in missing]
    whole = field == "actors" or told.get(field) == []
    others = [known[0] for known in names if not any(agrees_any(name, known) for name in told.get(field, []))]
    never = [known[0] for known in names if any(agrees_any(name, known) for name in told.get("never", []))]
    return faults + [f"{field} with {name!r}" for name in (others if field in told and whole else never)]


def figures(told: Case, event: Event) -> list[str]:
    """The told figures are all there, and no other of the same measures."""
    if "figures" not in told:
        return []
    expected = {(measure, low, high) for measure, low, high in told["figures"]}
    found = {(c.measure, "" if c.low is None else c.low, "" if c.high is None else c.high) for c in event.figures}
    measures = {measure for measure, _, _ in expected}
    wrong = {figure for figure in found - expected if figure[0] in measures}
    missed = [f"no figure {figure}" for figure in sorted(expected - found, key=str)]
    return missed + [f"figure {figure}" for figure in sorted(wrong, key=str)]


def place(told: Case, where: Where | None) -> list[str]:
    faults = []
    names = (where.place.name, *(words.quote for words in where.evidence)) if where else ()
    if "where" in told and not any(agrees_any(name, names) for name in told["where"].split("|")):
        faults.append(f"where {names[:1]}, not {told['where']}")
    if where and where.place.country and where.place.country != told.get("country", where.place.country):
        faults.append(f"country {where.place.country}, not {told['country']}")
    if "country" in told and where is None:
        faults.append(f"no place, not {told['country']}")
    return faults


def agrees_any(name: str, others: Iterable[str]) -> bool:
    return any(names_agree(name, other) for other in others)


def names_agree(left: str, right: str) -> bool:
    """Alike without articles and accents: half of the words shared, or one held in the other by more than a common noun."""
    a, b = words_of(left), words_of(right)
    if not a or not b:
        return False
    small, big = sorted((a, b), key=len)
    held = small <= big and len(big) <= len(small) + 4 and bool(small - COMMON)
    return held or len(a & b) / len(a | b) >= 0.5


def words_of(text: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return frozenset(re.findall(r"[a-z0-9]+", plain)) - SMALL
