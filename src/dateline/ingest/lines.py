"""What kind of line a line is, by the table knowledge/ingest_lines.tsv: caption, byline, furniture, or none of these."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from dateline.ingest.dates import day_pattern
from dateline.knowledge import Row, table
from dateline.types import SegmentKind

LINE, LONG_LINE = 300, 600  # characters: a rule for lines does not judge longer ones
STOP = re.compile(r"[.!?…][\"'”’)\]]{0,2}$")


@dataclass(frozen=True, slots=True)
class LineRules:
    start: re.Pattern[str]
    whole: re.Pattern[str]
    end: re.Pattern[str]
    any: re.Pattern[str]


def one_of(rows: Iterable[Row]) -> str:
    patterns = ["(?:" + row["pattern"].replace(" ", r"\s{1,3}").replace(r"\s{1,3}?", r"\s?") + ")" for row in rows]
    return "|".join(patterns) or r"(?!)"


@cache
def line_rules(kind: str) -> LineRules:
    def of(where: str) -> str:
        return one_of(row for row in table("ingest_lines") if row["kind"] == kind and row["where"] == where)

    flags = re.IGNORECASE
    return LineRules(
        re.compile(rf"\W{{0,3}}(?:{of('start')})", flags),
        re.compile(rf"\W{{0,3}}(?:{of('whole')})\W{{0,3}}", flags),
        re.compile(rf"(?:{of('end')})\s{{0,3}}$", flags),
        re.compile(of("any"), flags),
    )


@cache
def tail_rules() -> re.Pattern[str]:
    return re.compile(
        r"(?<=[.!?\"”)\s])\s(" + one_of(row for row in table("ingest_lines") if row["where"] == "tail") + ")", re.IGNORECASE
    )


def rule_kind(line: str, *, last: bool = False) -> SegmentKind | None:
    """Kind of a line by the table, None for body. Captions win over furniture, furniture over bylines.

    `last`: the last line of the report, where a credit does not make a caption.

    >>> rule_kind("Read more: The war in ten maps"), rule_kind("FILE PHOTO: A tank in Karim"), rule_kind("Six people died.")
    ('furniture', 'caption', None)
    """
    if len(line) > LONG_LINE:
        return "caption" if line_rules("caption").start.match(line) and len(line) < 3 * LONG_LINE else None
    kinds: tuple[SegmentKind, ...] = ("caption", "furniture", "byline")
    for kind in kinds:
        rules = line_rules(kind)
        if kind == "furniture" and rules.any.search(line):
            return kind
        if kind == "caption" and not last and rules.end.search(line, max(0, len(line) - 120)) and is_caption_like(line):
            return kind
        if rules.start.match(line) and (len(line) <= LINE or kind == "caption"):
            return kind
        if len(line) <= LINE and rules.whole.fullmatch(line):
            return kind
    return None


def is_caption_like(line: str) -> bool:
    """Captions are one or two sentences, and do not report speech."""
    return len(SENTENCE_END.findall(line)) <= 2 and re.search(r"\b(?:said|says|told|added)\b", line) is None


def is_date_line(line: str) -> bool:
    """True for a short line that is little more than a day.

    >>> is_date_line("Reuters  Monday 21 Apr 2014"), is_date_line("On 21 Apr 2014 six rebels died in a blast in the town.")
    (True, False)
    """
    if len(line) > 110 or not any(char.isdigit() for char in line):
        return False
    rest = day_pattern().sub(" ", line)
    if rest == line:
        return False
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return len(words) <= 5 and not (len(words) > 2 and STOP.search(line) is not None)


SENTENCE_END = re.compile(r"[.!?][\"'”’)]{0,2}\s+(?=[\"'“‘(]?[A-Z0-9])")


def sentence_end(text: str, start: int, end: int) -> int | None:
    """End of the first sentence of `text[start:end]`, or None when none ends before others begin."""
    for match in SENTENCE_END.finditer(text, start, end):
        word = re.search(r"[\w.]{0,20}$", text[max(start, match.start() - 20) : match.start()])
        if word and "." not in word.group() and (len(word.group()) > 3 or word.group().islower()):
            return match.start() + len(match.group().rstrip())
    return None
