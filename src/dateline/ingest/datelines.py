"""Datelines ("BEIRUT (AP) -", "BAGHDAD, Jan 3 (Reuters) --", "SAN SALVADOR, 3 JAN 90 --") and the agencies they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dateline.knowledge import table
from dateline.types import Segment

NAME = r"[A-Z][\w.'’ʿʼ-]*"
CAPITALS = r"[A-Z][A-Z.'’ʿʼ-]+(?:\s[A-Z.'’ʿʼ-]+){0,4}"
MONTH_DAY = r"(?:\d{1,2}\s[A-Z][A-Za-z]{2,8}\.?(?:,?\s\d{2,4})?|[A-Z][A-Za-z]{2,8}\.?\s\d{1,2}(?:,?\s\d{2,4})?|NO\sDATE)"
DATELINE = re.compile(
    rf"(?P<place>{CAPITALS}(?:(?:/|,\s|\sand\s){CAPITALS}){{0,2}}(?:,\s{NAME}(?:\s{NAME}){{0,2}})?|"
    rf"{NAME}(?:\s{NAME}){{0,3}}(?:,\s{NAME}(?:\s{NAME}){{0,2}})?)(?P<land>\s\({CAPITALS}\)(?=,))?"
    rf"(?P<day>,?\s\(?(?:[A-Z][a-z]+day,?\s)?{MONTH_DAY}\)?)?"
    r"(?P<agency>\s?[(\[][\w\s.,/&’'-]{2,60}[)\]])?"
    r"(?P<dash>\s{0,2}(?:--+|—|–|-(?=\s)|\ufffd|_(?=\s)|:(?=\s)))"
)
NETWORK = re.compile(r"\((?:CNN|Reuters|REUTERS|AP|AFP|UPI|Xinhua|BBC|VOA|RFE/RL|CBS/AP)\)\s?(?:--?|—|–)?(?=\s)")
TAGS = re.compile(r"(?:\s{0,3}\[[A-Z][A-Z0-9 ,.'’\n/&()-]{2,200}\])+")


def dateline_end(text: str, start: int, end: int) -> int | None:
    """End of the dateline words that `text[start:end]` begins with, or None.

    >>> text = "BAGHDAD, Jan 3 (Reuters) -- Six people died."
    >>> text[: dateline_end(text, 0, len(text))]
    'BAGHDAD, Jan 3 (Reuters) --'
    """
    limit = min(end, start + 160)
    match = DATELINE.match(text, start, limit) or NETWORK.match(text, start, limit)
    if match is None or match.end() >= end:
        return None
    return match.end() if match.re is NETWORK or is_dateline(text, match, end) else None


def is_dateline(text: str, match: re.Match[str], end: int) -> bool:
    place, day, agency, dash = match["place"], match["day"], match["agency"], match["dash"].strip()
    capitals = place.split(",")[0].isupper()
    if agency and not agency_words(agency):
        return False
    if day or agency or place.endswith(" NO DATE"):
        return capitals or bool(agency)
    if not capitals or len(place) < 4 or place in NOT_PLACES:
        return False
    return not text[match.start() : min(end, match.end() + 80)].isupper() and (dash != ":" or len(place.split()) <= 3)


NOT_PLACES = frozenset(
    (
        "UPDATE",
        "UPDATED",
        "BREAKING",
        "TOPSHOT",
        "WATCH",
        "VIDEO",
        "FILE",
        "PHOTO",
        "LIVE",
        "EXCLUSIVE",
        "OPINION",
        "ANALYSIS",
        "FACTBOX",
    )
)


def agency_words(bracket: str) -> bool:
    words = bracket.strip(" ()[]")
    return any(part.strip() in agencies() for part in re.split(r"[/,&]| and ", words)) or words.isupper() or words[:1].isupper()


@cache
def agencies() -> dict[str, str]:
    """Forms of agency names with the name we use."""
    return {form: row["name"] for row in table("ingest_wires") for form in row.many("forms")}


def find_wire(text: str, segments: Sequence[Segment]) -> str | None:
    """The agency that datelines, credit lines or the last words name; None when none is named.

    >>> find_wire("KARIM (AP) - Six people died.", [Segment("dateline", 0, 12)])
    'AP'
    """
    spots = [text[s.start : s.end] for s in segments if s.kind in {"dateline", "byline"}]
    tail = text.rstrip()[-80:]
    credit = re.search(r"(?:-{2,}\s?|\(|\[|—\s?|Source:? )([A-Za-z][\w ,/&.-]{1,40})[)\]]?\W{0,3}$", tail)
    spots += [credit[1]] if credit else []
    for spot in spots:
        for match in agency_pattern().finditer(spot):
            return agencies()[match.group()]
    return None


@cache
def agency_pattern() -> re.Pattern[str]:
    forms = sorted(agencies(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])")
