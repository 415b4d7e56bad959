"""Codings from lines of JSON: what `dateline code` writes in either form, and events of others in the form of the codebook."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from dateline.errors import InputError
from dateline.types import (
    Coding,
    Count,
    Event,
    Evidence,
    Participant,
    Place,
    Published,
    Relation,
    Report,
    Voice,
    Weapon,
    When,
    Where,
)

Form = Mapping[str, Any]
Kind = TypeVar("Kind")


def read_codings(path: str) -> Iterator[Coding]:
    """Codings of a file of lines ("-": standard input). Raises InputError with file:line for a line that is none."""
    name = "standard input" if path == "-" else path
    stream = sys.stdin.buffer if path == "-" else Path(path).open("rb")  # noqa: SIM115
    with stream:
        for number, line in enumerate(stream, 1):
            if line.strip():
                yield coding_of(line, f"{name}:{number}")


def coding_of(line: bytes, where: str) -> Coding:
    remedy = "give lines of `dateline code --format codebook` or `jsonl`"
    try:
        told = msgspec.json.decode(line)
        if isinstance(told, dict) and "report" in told:
            return msgspec.json.decode(line, type=Coding)
        if isinstance(told, dict) and "doc_id" in told and isinstance(told.get("events"), list):
            return from_codebook(told)
    except (msgspec.DecodeError, msgspec.ValidationError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"no coded report ({type(error).__name__}: {error})", where=where, remedy=remedy) from error
    raise InputError('no "events" of a report', where=where, remedy=remedy)


def from_codebook(told: Form) -> Coding:
    """A line of the codebook form as a coding without its text: quotes stand in for it, spans may be missing."""
    report = Report(
        str(told["doc_id"]),
        str(told.get("text", "")),
        published=Published(told.get("published")),
        outlet=told.get("outlet"),
        wire=told.get("wire"),
        title=told.get("title"),
        url=told.get("url"),
    )
    return Coding(report, tuple(event_of(one, number) for number, one in enumerate(told["events"], 1)))


def event_of(told: Form, number: int) -> Event:
    when, where = told.get("when"), told.get("where")
    return Event(
        str(told.get("id", f"e{number}")),
        told["type"],
        told["sub_type"],
        told.get("status", "occurred"),
        told.get("foreground", True),
        triggers_of(told, number),
        When(when.get("earliest"), when.get("latest"), when.get("precision", "day"), words_of(when), when.get("inferred", False))
        if when
        else None,
        Where(place_of(where), words_of(where), where.get("inferred", False)) if where else None,
        tuple(map(party_of, told.get("actors", ()))),
        tuple(map(party_of, told.get("targets", ()))),
        tuple(Weapon(one["kind"], words_of(one), one.get("delivery"), one.get("devices")) for one in told.get("weapons", ())),
        tuple(map(count_of, told.get("figures", ()))),
        tuple(map(voice_of, told.get("sources", ()))),
    )


def triggers_of(told: Form, number: int) -> tuple[Evidence, ...]:
    """Trigger words with their spans; where spans are not told the event's number keeps two events of a report apart."""
    words = told.get("trigger") or [told["sub_type"]]
    words = [words] if isinstance(words, str) else words
    spans = told.get("trigger_spans") or [(number, number + len(quote)) for quote in words]
    return tuple(Evidence(start, start + len(quote), quote) for (start, _), quote in zip(spans, words, strict=False) if quote)


def words_of(told: Form) -> tuple[Evidence, ...]:
    quote, start = told.get("quote"), told.get("start", 0)
    return (Evidence(start, start + len(quote), quote),) if quote else ()


def place_of(told: Form) -> Place:
    kept = {
        key: told[key] for key in ("country", "lat", "lon", "precision", "radius_km", "geonameid") if told.get(key) is not None
    }
    relations = tuple(msgspec.convert(one, Relation) for one in told.get("relation", ()))
    return fit(Place, {"name": told["name"], **kept, "relations": relations})


def party_of(told: Form) -> Participant:
    kept = {key: told[key] for key in ("country", "backed_by", "alternative", "private", "source") if key in told}
    return fit(Participant, {"name": told["name"], "kind": told.get("kind", "unknown"), "evidence": words_of(told), **kept})


def count_of(told: Form) -> Count:
    kept = {key: told[key] for key in ("approximate", "about", "source") if key in told}
    low, high, unit = told.get("low"), told.get("high"), told.get("unit", "person")
    return Count(told["measure"], told.get("group", "people"), low, high, unit, words_of(told), **kept)


def voice_of(told: Form) -> Voice:
    kept = {key: told[key] for key in ("side", "via", "about") if key in told}
    return Voice(told["name"], told.get("stance", "affirms"), words_of(told), **kept)


def fit(kind: type[Kind], values: dict[str, Any]) -> Kind:
    """A record of these values, checked against its types."""
    plain = msgspec.to_builtins(values)
    return msgspec.convert(plain, kind)
