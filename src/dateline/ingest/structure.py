"""The parts of a report: headline, standfirst, captions, byline, dateline, body, and the furniture of the page.

A text is cut into blocks (lines, or paragraphs where lines are those of a narrow column); each block gets a kind by the rules
of knowledge/ingest_lines.tsv and by its place. Segments cover all text that is not blank, in order, without overlap, and their edges are
edges of lines or sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from dateline.annotate.reading import hard_wrapped
from dateline.ingest.dates import day_pattern, find_days
from dateline.knowledge import Row, table
from dateline.types import Segment, SegmentKind

LINE, LONG_LINE = 300, 600  # characters: a rule for lines does not judge longer ones
HEADLINE, STANDFIRST = 180, 420
GAP = re.compile(r"\n|[ \t\xa0]{3,}")
COLUMN_GAP = re.compile(r"\n[ \t]*\n[\s]*|\n {2,}|\n(?=\t)")
SINGLE_GAP = re.compile(r"[ \t\xa0]{2,}|\n")
STOP = re.compile(r"[.!?…][\"'”’)\]]{0,2}$")


@dataclass(frozen=True, slots=True)
class Block:
    start: int
    end: int
    kind: SegmentKind = "body"


def find_segments(text: str, *, title: str | None = None, given: Sequence[Segment] = ()) -> tuple[Segment, ...]:
    """The segments of `text`.

    `title` is the headline that metadata tells: found again at the beginning of the text it is the headline segment.
    `given` are segments that markup tells (HTML): they stand, and only their body parts are judged by the rules.

    >>> [s.kind for s in find_segments("Six die in Karim blast\\n\\nKARIM (AP) - Six people died.\\n\\nRead more: The war")]
    ['headline', 'dateline', 'body', 'furniture']
    """
    if given:
        blocks = [part for segment in given for part in within(text, segment)]
    else:
        blocks = after_title(text, title) or heads(text, list(cut(text, 0, len(text))))
        blocks = [judged for block in blocks for judged in judge(text, block)]
    blocks = [part for block in blocks for part in off_dateline(text, block, blocks)]
    return tuple(merged(text, blocks))


def within(text: str, segment: Segment) -> Iterator[Block]:
    """Blocks of one given segment; those of a given body are judged."""
    for block in cut(text, segment.start, segment.end):
        placed = replace(block, kind=segment.kind)
        yield from judge(text, placed) if segment.kind == "body" else (placed,)


def cut(text: str, start: int, end: int) -> Iterator[Block]:
    """Blocks of `text[start:end]`: trimmed, not blank."""
    part = text[start:end]
    stripped = part.strip()
    one_line = "\n" not in stripped
    gap = COLUMN_GAP if hard_wrapped(part) else SINGLE_GAP if one_line else GAP
    at = start
    for match in gap.finditer(text, start, end):
        yield from trimmed(text, at, match.start())
        at = match.end()
    yield from trimmed(text, at, end)


def trimmed(text: str, start: int, end: int, kind: SegmentKind = "body") -> Iterator[Block]:
    """The block without the blanks at its edges; nothing when it is blank."""
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        start += len(piece) - len(piece.lstrip())
        yield Block(start, start + len(bare), kind)


# ---- the head of a report ---------------------------------------------------------------------------------------------


def after_title(text: str, title: str | None) -> list[Block]:
    """Blocks when the text begins with its own title, also after a date line; empty when it does not."""
    found = title_span(text, title or "")
    if found is None:
        return []
    start, end = found
    before = [block for block in cut(text, 0, start)]
    if any(len(text[b.start : b.end]) > LINE for b in before):
        return []
    rest = end
    stop = re.compile(r"[ \t]*[.!?][\"'”’]?(?=\s|$)").match(text, end)
    if stop:
        end = rest = stop.end()
    blocks = [replace(b, kind=leading_kind(text[b.start : b.end])) for b in before]
    blocks += trimmed(text, start, end, "headline")
    dash = re.compile(r"\s*(?:[-–—|]|\s)\s*").match(text, rest)
    following = list(cut(text, dash.end() if dash else rest, len(text)))
    if dash and dash.group().strip() and following and not hard_wrapped(text):
        following = with_standfirst(text, following)
    return blocks + following


def title_span(text: str, title: str) -> tuple[int, int] | None:
    """Where the title stands near the beginning of the text: its words in order, whatever the signs between."""
    words = re.findall(r"\w+", title)[:40]
    if len(words) < 3:
        return None
    head = text[: 500 + 2 * len(title)]
    for size in (len(words), max(3, len(words) - 2), max(3, len(words) * 2 // 3)):
        match = re.search(r"(?<!\w)" + r"\W{1,4}".join(map(re.escape, words[:size])) + r"(?!\w)", head, re.IGNORECASE)
        if match:
            return match.span()
    return None


def leading_kind(line: str) -> SegmentKind:
    """Kind of a line above the headline: date lines and section names belong to the byline."""
    return rule_kind(line) or "byline"


def with_standfirst(text: str, blocks: list[Block]) -> list[Block]:
    """ "Date - Headline - One sentence more. Body …": that sentence is the standfirst."""
    first = blocks[0]
    sentence = first_sentence(text, first)
    if sentence.end - sentence.start > STANDFIRST or dateline_end(text, first.start, first.end):
        return blocks
    rest = list(trimmed(text, sentence.end, first.end))
    if not rest and len(blocks) < 2:
        return blocks
    return [replace(sentence, kind="standfirst"), *rest, *blocks[1:]]


def first_sentence(text: str, block: Block) -> Block:
    for match in re.finditer(
        r"[.!?][\"'”’)]{0,2}\s+(?=[\"'“‘(]?[A-Z0-9])", text[block.start : min(block.end, block.start + STANDFIRST + 2)]
    ):
        word = re.search(r"[\w.]*$", text[block.start : block.start + match.start()])
        if word and (len(word.group()) > 3 or word.group().islower()):
            return Block(block.start, block.start + len(match.group().rstrip()) + match.start())
    return block


def heads(text: str, blocks: list[Block]) -> list[Block]:
    """Mark headline and standfirst of a text whose title is not known: short first lines without a final stop."""
    out = list(blocks)
    at = 0
    while at < min(4, len(out)) and (leading_rule(text, out[at]) or starts_with_day(text, out[at])):
        at += 1
    if len(out) - at < 2 or not looks_like_headline(text, out[at], out[at + 1 :]):
        return out
    out[at] = replace(out[at], kind="headline")
    follower = out[at + 1]
    line = text[follower.start : follower.end]
    short = len(line) <= 260 and not STOP.search(line)
    if (
        short
        and len(out) > at + 2
        and rule_kind(line) is None
        and not dateline_end(text, follower.start, follower.end)
        and len(line.split()) > 3
    ):
        out[at + 1] = replace(follower, kind="standfirst")
    return out


def leading_rule(text: str, block: Block) -> bool:
    return block.end - block.start <= LINE and rule_kind(text[block.start : block.end]) is not None


def looks_like_headline(text: str, block: Block, rest: Sequence[Block]) -> bool:
    line = text[block.start : block.end]
    words = line.split()
    if not 3 <= len(words) <= 30 or len(line) > HEADLINE or STOP.search(line) or line[-1] in ",;:" or line[0] in "-•*":
        return False
    if rule_kind(line) or dateline_end(text, block.start, block.end):
        return False
    return any(b.end - b.start > max(80, len(line) // 2) for b in rest)


def starts_with_day(text: str, block: Block) -> bool:
    return is_date_line(text[block.start : block.end])


def is_date_line(line: str) -> bool:
    """True for a short line that is little more than a day.

    >>> is_date_line("Reuters  Monday 21 Apr 2014"), is_date_line("On 21 Apr 2014 six rebels died in a blast in the town.")
    (True, False)
    """
    if len(line) > 110:
        return False
    rest = day_pattern().sub(" ", line)
    if rest == line:
        return False
    words = re.findall(r"[^\W\d_]{2,}", rest)
    return len(words) <= 5 and not (len(words) > 2 and STOP.search(line) is not None)


# ---- rules for lines ----------------------------------------------------------------------------------------------------


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


def rule_kind(line: str) -> SegmentKind | None:
    """Kind of a line by the table, None for body. Captions win over furniture, furniture over bylines.

    >>> rule_kind("Read more: The war in ten maps"), rule_kind("FILE PHOTO: A tank in Karim"), rule_kind("Six people died.")
    ('furniture', 'caption', None)
    """
    if len(line) > LONG_LINE:
        return "caption" if line_rules("caption").start.match(line) and len(line) < 3 * LONG_LINE else None
    kinds: tuple[SegmentKind, ...] = ("caption", "furniture", "byline")
    for kind in kinds:
        rules = line_rules(kind)
        if rules.any.search(line) or rules.end.search(line, max(0, len(line) - 200)):
            return kind
        if rules.start.match(line) and (len(line) <= LINE or kind == "caption"):
            return kind
        if len(line) <= LINE and rules.whole.fullmatch(line):
            return kind
    return None


def judge(text: str, block: Block) -> Iterator[Block]:
    """The block with its kind; a body block may be cut where furniture begins in it."""
    if block.kind != "body":
        yield block
        return
    line = text[block.start : block.end]
    kind = rule_kind(line) or ("byline" if is_date_line(line) else None)
    if kind:
        yield replace(block, kind=kind)
        return
    tail = tail_rules().search(line, max(0, len(line) - 1200))
    if tail is None:
        yield block
        return
    edge = block.start + tail.start(1)
    yield from trimmed(text, block.start, edge)
    yield from trimmed(text, edge, block.end, "furniture")


# ---- datelines ------------------------------------------------------------------------------------------------------------

NAME = r"[A-Z][\w.'’ʿʼ-]*"
CAPITALS = r"[A-Z][A-Z.'’ʿʼ-]+(?: [A-Z.'’ʿʼ-]+){0,4}"
DATELINE = re.compile(
    rf"(?P<place>{CAPITALS}(?:(?:/|, | and ){CAPITALS}){{0,2}}(?:, {NAME}(?: {NAME}){{0,2}})?|{NAME}(?: {NAME}){{0,3}}(?:, {NAME}(?: {NAME}){{0,2}})?)"
    r"(?P<day>,? \(?(?:[A-Z][a-z]+day,? )?(?:\d{1,2} [A-Z][A-Za-z]{2,8}\.?(?:,? \d{2,4})?|[A-Z][A-Za-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)\)?)?"
    r"(?P<agency> ?[(\[][\w .,/&’'-]{2,40}[)\]])?"
    r"(?P<dash>\s{0,2}(?:--+|—|–|-(?=\s)|\ufffd|_(?=\s)|:(?=\s)))"
)
TAGS = re.compile(r"(?:\s{0,3}\[[A-Z][A-Z0-9 ,.'\n/&()-]{2,120}\])+")


def dateline_end(text: str, start: int, end: int) -> int | None:
    """End of the dateline words that `text[start:end]` begins with, or None.

    >>> text = "BAGHDAD, Jan 3 (Reuters) -- Six people died."
    >>> text[: dateline_end(text, 0, len(text))]
    'BAGHDAD, Jan 3 (Reuters) --'
    """
    match = DATELINE.match(text, start, min(end, start + 140))
    if match is None or match.end() >= end:
        return None
    place, day, agency, dash = match["place"], match["day"], match["agency"], match["dash"].strip()
    capitals = place.split(",")[0].isupper()
    if agency and not agency_words(agency):
        return None
    if dash == ":" and not (capitals and (agency or day or len(place) > 3)):
        return None
    if not capitals and not agency:
        return None
    if capitals and not (day or agency) and (len(place) < 4 or place in NOT_PLACES):
        return None
    if capitals and not (day or agency) and text[start:end].isupper() and dash == "-":
        return None
    return match.end()


NOT_PLACES = frozenset("UPDATE UPDATED BREAKING TOPSHOT WATCH VIDEO FILE PHOTO LIVE EXCLUSIVE OPINION ANALYSIS FACTBOX".split())


def agency_words(bracket: str) -> bool:
    words = bracket.strip(" ()[]")
    return any(part.strip() in agencies() for part in re.split(r"[/,&]| and ", words)) or words.isupper() or words[:1].isupper()


@cache
def agencies() -> dict[str, str]:
    """Forms of agency names with the name we use."""
    return {form: row["name"] for row in table("ingest_wires") for form in row.many("forms")}


def off_dateline(text: str, block: Block, blocks: Sequence[Block]) -> Iterator[Block]:
    """Cut a dateline off one of the first body blocks, and bracketed tags of old wires after it ([REPORT] [TEXT])."""
    if block.kind != "body" or block.start > 3000:
        yield block
        return
    edge = dateline_end(text, block.start, block.end)
    if edge is None:
        yield block
        return
    yield from trimmed(text, block.start, edge, "dateline")
    tags = TAGS.match(text, edge, block.end)
    if tags:
        yield from trimmed(text, tags.start(), tags.end(), "byline")
        edge = tags.end()
    yield from trimmed(text, edge, block.end)


# ---- together ---------------------------------------------------------------------------------------------------------------


def merged(text: str, blocks: Iterable[Block]) -> Iterator[Segment]:
    """Segments from blocks: neighbours of kind body or furniture become one."""
    last: Block | None = None
    for block in blocks:
        if last and last.kind == block.kind and block.kind in {"body", "furniture"}:
            last = replace(last, end=block.end)
            continue
        if last:
            yield Segment(last.kind, last.start, last.end)
        last = block
    if last:
        yield Segment(last.kind, last.start, last.end)


def find_wire(text: str, segments: Sequence[Segment]) -> str | None:
    """The agency that datelines, credit lines or the last words name; None when none is named.

    >>> text = "KARIM (AP) - Six people died."
    >>> find_wire(text, find_segments(text))
    'AP'
    """
    spots = [text[s.start : s.end] for s in segments if s.kind in {"dateline", "byline"}]
    tail = text.rstrip()[-80:]
    credit = re.search(r"(?:-{2,}\s?|\(|\[|—\s?|Source:? )([A-Za-z][\w ,/&.-]{1,40})[)\]]?\W{0,3}$", tail)
    spots += [credit[1]] if credit else []
    spots += [text[max(s.start, s.end - 60) : s.end] for s in segments if s.kind == "caption"]
    for number, spot in enumerate(spots):
        for match in agency_pattern().finditer(spot):
            return agencies()[match.group()]
    return None


@cache
def agency_pattern() -> re.Pattern[str]:
    forms = sorted(agencies(), key=len, reverse=True)
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w-])")


def day_in_segments(text: str, segments: Sequence[Segment], kinds: set[str]) -> Iterator[tuple[Segment, int, int]]:
    """Days told in segments of these kinds: (segment, start, end)."""
    starts = [segment.start for segment in segments]
    for found in find_days(text):
        segment = segments[bisect_right(starts, found.start) - 1]
        if segment.kind in kinds:
            yield segment, found.start, found.end
