"""The day a report was published, with the ground it is known by: never today, never in silence.

option > metadata > date line > dateline > inferred from captions and weekday words > unknown
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dateline.ingest.dates import Day, find_days, read_day, weekday_numbers
from dateline.ingest.lines import is_date_line
from dateline.types import Evidence, Fault, Published, Segment

NEAR = 3  # days: weekday words up to this long after a caption's day are read as after it, later ones as before it
LOOKED_AT = 200_000  # characters of a text in which days are looked for
HEAD = 900  # characters: a date line stands near the beginning
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def find_published(
    text: str,
    segments: Sequence[Segment],
    *,
    option: str | None = None,
    metadata: str | int | float | None = None,
    days: Sequence[Day] | None = None,
) -> Published:
    """The publication day of a report. `days` are those of `days_of(text)`, when they are known already.

    >>> find_published("KARIM, 3 JAN 90 -- Six people died.", [Segment("dateline", 0, 19), Segment("body", 20, 36)]).day
    '1990-01-03'
    """
    for basis, words in (("option", option), ("metadata", metadata)):
        day, remark = read_day(words)
        if day is not None:
            return Published(day.isoformat(), "option" if basis == "option" else "metadata", remark)
    days = days_of(text) if days is None else days
    line, head = from_date_line(text, segments, days), from_dateline(text, segments, days)
    if line and head and line.evidence[0].start > head.evidence[0].start:
        line = None  # a line within the report, such as the date of a document it quotes
    return line or head or inferred(text, segments, days) or Published()


def days_of(text: str) -> list[Day]:
    """All days written in the part of a text that is looked at."""
    return list(find_days(text, 0, min(len(text), LOOKED_AT)))


def evidence(text: str, start: int, end: int) -> Evidence:
    return Evidence(start, end, text[start:end])


# ---- told ---------------------------------------------------------------------------------------------------------------


CUE = re.compile(
    r"\b(?:publi(?:shed|cation)|posted|updated?|modified|created|date|this story is from|filed|issued|first appeared)\b"
    r"[^.\n]{0,40}$",
    re.IGNORECASE,
)


def from_date_line(text: str, segments: Sequence[Segment], days: Sequence[Day]) -> Published | None:
    """A day in the byline, at the very beginning, or after "Published", "Updated" … near the beginning or end."""
    best: tuple[int, Day] | None = None
    for found in days:
        rank = date_line_rank(text, segments, found)
        if rank is not None and (best is None or rank < best[0]):
            best = rank, found
    if best is None:
        return None
    found = best[1]
    start = found.start
    return Published(
        found.day.isoformat(),
        "date line",
        "read as month/day/year" if found.doubtful else "",
        (evidence(text, start, found.end),),
    )


def date_line_rank(text: str, segments: Sequence[Segment], found: Day) -> int | None:
    segment = next((s for s in segments if s.start <= found.start < s.end), None)
    kind = segment.kind if segment else "body"
    before = text[max(0, found.start - 60) : found.start]
    if kind == "byline":
        return 0 if CUE.search(before) else 1 if found.start < HEAD else None
    if kind in {"headline", "standfirst", "caption", "dateline"}:
        return None
    if not text[: found.start].strip() and kind in {"body", "furniture"}:
        return 2 if stands_apart(text, found) else None
    near_edge = found.start < HEAD or found.end > len(text) - 300
    if near_edge and CUE.search(before) and (kind == "furniture" or found.start - (segment.start if segment else 0) < 60):
        return 3
    line_start = text.rfind("\n", 0, found.start) + 1
    line_end = text.find("\n", found.end)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    if found.start < HEAD and is_date_line(line):
        return 4
    return None


def stands_apart(text: str, found: Day) -> bool:
    """A day at the very beginning that no sentence goes on from ("3 March 2019 - …", not "3 March 2019 was a dark day")."""
    after = text[found.end : found.end + 30]
    return re.match(r"\s*(?:[-–—|:.]|\n|\d{1,2}:\d\d|\s{2,}|\s[A-Z0-9\"'“‘]|$)", after) is not None


def from_dateline(text: str, segments: Sequence[Segment], days: Sequence[Day]) -> Published | None:
    for segment in segments:
        if segment.kind == "dateline":
            for found in days:
                if segment.start <= found.start < segment.end:
                    return Published(found.day.isoformat(), "dateline", "", (evidence(text, found.start, found.end),))
    return None


# ---- inferred -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WeekdayWord:
    start: int
    end: int
    number: int  # Monday = 0


@cache
def weekday_pattern() -> re.Pattern[str]:
    names = "|".join(sorted((name for name in weekday_numbers() if len(name) > 5), key=len, reverse=True))
    return re.compile(rf"\b(?:{names})\b", re.IGNORECASE)


NOT_THIS_WEEK = re.compile(
    r"(?:\b(?:next|coming|every|each|last|previous|following|black|bloody|good|palm|easter|holy|ash|until|till|by|most)\s+|"
    r"\b(?:will|would|shall|due|scheduled|planned|slated|expected|to be held|to begin|to start)\b[^.;,\n]{0,60})$",
    re.IGNORECASE,
)
NOT_ONE_DAY = re.compile(r"s\b(?!['’])|\s+(?:prayers?|sermon|market|mosque|Times|Review|Post)\b", re.IGNORECASE)


def past_weekdays(text: str, segments: Sequence[Segment]) -> Iterator[WeekdayWord]:
    """Weekday words of headline, standfirst and body that are told as past ("on Saturday", not "next Saturday")."""
    for segment in segments:
        if segment.kind not in {"headline", "standfirst", "body"}:
            continue
        for match in weekday_pattern().finditer(text, segment.start, segment.end):
            before = text[max(0, match.start() - 90) : match.start()]
            if NOT_THIS_WEEK.search(before) or NOT_ONE_DAY.match(text, match.end()):
                continue
            yield WeekdayWord(match.start(), match.end(), weekday_numbers()[match.group().lower()])


def inferred(text: str, segments: Sequence[Segment], days: Sequence[Day]) -> Published | None:
    """The smallest day that is not before the latest dated caption (or dated lead) and not before the weekdays told as past."""
    anchor = caption_day(text, segments, days) or lead_day(text, segments, days)
    if anchor is None:
        return None
    latest, words = anchor.day, dict[date, WeekdayWord]()
    for word in past_weekdays(text, segments):
        ahead = (word.number - anchor.day.weekday()) % 7
        if ahead <= NEAR:
            words.setdefault(anchor.day + timedelta(days=ahead), word)
    latest = max(words, default=anchor.day)
    place = kind_at(segments, anchor.start)
    told = "; ".join(
        f"'{text[word.start : word.end]}' is {day.isoformat()}" for day, word in sorted(words.items(), key=lambda item: item[0])
    )
    why = f"{place} dated {NAMES[anchor.day.weekday()]} {anchor.day.isoformat()}"
    why += f"; weekdays told as past, first on or after it: {told}" if told else "; no weekday word puts the report later"
    ground = [evidence(text, anchor.start, anchor.end)]
    if latest in words:
        ground.append(evidence(text, words[latest].start, words[latest].end))
    return Published(latest.isoformat(), "inferred", why, tuple(sorted(ground)))


def kind_at(segments: Sequence[Segment], offset: int) -> str:
    return next((s.kind for s in segments if s.start <= offset < s.end), "text")


def caption_day(text: str, segments: Sequence[Segment], days: Sequence[Day]) -> Day | None:
    """The latest day told by a caption; pictures from the files tell nothing."""
    best: Day | None = None
    for segment in segments:
        if segment.kind != "caption" or re.search(r"\bfiles?\b|\barchive", text[segment.start : segment.end], re.IGNORECASE):
            continue
        for found in days:
            if segment.start <= found.start < segment.end and (best is None or found.day > best.day):
                best = found
    return best


LEAD = 700  # characters of body text that count as the lead


def lead_day(text: str, segments: Sequence[Segment], days: Sequence[Day]) -> Day | None:
    """The latest full day that the lead tells."""
    body = next((s for s in segments if s.kind == "body"), None)
    if body is None:
        return None
    leading = [found for found in days if body.start <= found.start < body.start + LEAD and is_news_day(text, found)]
    anchor = max(leading, key=lambda found: found.day, default=None)
    if anchor is None or any(int(year) > anchor.day.year for year in re.findall(r"\b(?:19|20)\d\d\b", text[:20_000])):
        return None  # a report that speaks of later years looks back on that day
    return anchor


def is_news_day(text: str, found: Day) -> bool:
    """News that writes a day in full names its weekday, too ("on Friday, March 30, 2018"); looking back does not."""
    around = text[max(0, found.start - 14) : found.start] + text[found.start : found.end]
    return weekday_pattern().search(around) is not None and not is_future(text, found.start)


def is_future(text: str, offset: int) -> bool:
    return NOT_THIS_WEEK.search(text[max(0, offset - 90) : offset]) is not None


# ---- doubts -----------------------------------------------------------------------------------------------------------------


PAST = re.compile(r"\b(?:was|were|had|did|killed|said|took|died|began|attacked|exploded|fired|hit|fled)\b", re.IGNORECASE)


def doubts(
    text: str, segments: Sequence[Segment], published: Published, days: Sequence[Day], *, where: str, today: date
) -> Iterator[Fault]:
    """Warnings about a publication day: in the future, or before a day that the text tells as past."""
    if published.day is None:
        return
    day = date.fromisoformat(published.day)
    if day > today:
        yield Fault(where, f"published {day}, which is in the future", "give the day with --published", "published", "warning")
    for found in days:
        if found.day <= day + timedelta(days=1) or found.doubtful:
            continue
        sentence = sentence_around(text, found.start, found.end)
        caption = kind_at(segments, found.start) in {"caption", "body"}
        if caption and found.day <= today and PAST.search(sentence) and not is_future(text, found.start):
            words = text[found.start : found.end]
            yield Fault(
                where,
                f"published {day} ({published.basis}), but the text tells of '{words}' as past",
                "check the day, or give it with --published",
                "published",
                "warning",
            )
            return


def sentence_around(text: str, start: int, end: int) -> str:
    left = max(text.rfind(". ", max(0, start - 300), start), text.rfind("\n", max(0, start - 300), start), start - 300, 0)
    stop = re.compile(r"[.!?](?:\s|$)|\n").search(text, end, min(len(text), end + 300))
    return text[left : stop.start() if stop else min(len(text), end + 300)]
