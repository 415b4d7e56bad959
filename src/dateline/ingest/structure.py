"""The parts of a report: headline, standfirst, captions, byline, dateline, body, and the furniture of the page.

A text is cut into blocks (lines, or paragraphs where lines are those of a narrow column); each block gets a kind by the rules
of knowledge/ingest_lines.tsv and by its place. Segments cover all text that is not blank, in order, without overlap, and
their edges are edges of lines or sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.annotate.reading import hard_wrapped
from dateline.ingest.datelines import TAGS, dateline_end
from dateline.ingest.dates import day_pattern
from dateline.ingest.lines import (
    LINE,
    LONG_LINE,
    STOP,
    is_caption_like,
    is_date_line,
    line_rules,
    rule_kind,
    sentence_end,
    tail_rules,
)
from dateline.types import Segment, SegmentKind

HEADLINE, STANDFIRST = 180, 420  # characters
HEAD = 900  # characters: date lines stand before this
GAP = re.compile(r"\n|[ \t\xa0]{3,}")
COLUMN_GAP = re.compile(r"\n[ \t]*\n[\s]*|\n {2,}|\n(?=\t)")
SINGLE_GAP = re.compile(r"[ \t\xa0]{2,}|\n")


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
        blocks = after_title(text, title) or list(cut(text, 0, len(text)))
        blocks = [judged for block in blocks for judged in judge(text, block, last=block is blocks[-1])]
        blocks = blocks if any(block.kind == "headline" for block in blocks) else heads(text, blocks)
    return tuple(merged(off_datelines(text, list(off_days(text, teasers(text, blocks))))))


def within(text: str, segment: Segment) -> Iterator[Block]:
    """Blocks of one given segment; those of a given body are judged."""
    for block in cut(text, segment.start, segment.end):
        placed = replace(block, kind=segment.kind)
        yield from judge(text, placed, last=block.end >= segment.end) if segment.kind == "body" else (placed,)


def cut(text: str, start: int, end: int) -> Iterator[Block]:
    """Blocks of `text[start:end]`: trimmed, not blank."""
    part = text[start:end]
    one_line = "\n" not in part.strip()
    gap = COLUMN_GAP if not one_line and hard_wrapped(part) else SINGLE_GAP if one_line else GAP
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
    before = list(cut(text, 0, start))
    if not all(may_precede(text, block) for block in before):
        return []
    blocks = [replace(b, kind=rule_kind(text[b.start : b.end]) or "byline") for b in before]
    blocks += trimmed(text, start, end, "headline")
    dash = re.compile(r"\s*[-–—|]\s+").match(text, end)
    following = list(cut(text, dash.end() if dash else end, len(text)))
    if dash and following and not hard_wrapped(text):
        following = with_standfirst(text, following)
    return blocks + following


def may_precede(text: str, block: Block) -> bool:
    """True for what stands above headlines: date lines, bylines, furniture, the name of a section."""
    line = text[block.start : block.end]
    return rule_kind(line) is not None or is_date_line(line) or len(line.split()) <= 4


AFTER_TITLE = re.compile(r"[.!?]?[\"'”’»]?(?=\s*$|\n|[ \t]{2,}|\s+[-–—|]\s|[ \t]*[A-Z0-9\"'“‘(\[])|[.!?][\"'”’]?(?=\s)")
REST_OF_TITLE = re.compile(r"[^\n.!?]{0,90}?(?=\n|[ \t]{2,}|\s+[-–—|]\s|$)|[^\n.!?]{0,90}[.!?](?=\s|$)")


def title_span(text: str, title: str) -> tuple[int, int] | None:
    """Where the title stands near the beginning of the text: its words in order, whatever the signs between.

    Metadata cut titles short or add the name of the site; the headline in the text then ends where its line does.
    """
    bare = re.split(r"\s[|–—]\s|\s-\s(?=[^-]{2,40}$)", title)[0]
    for words, shortest in ((title, 1.0), (bare, 1.0), (title, 0.6)):
        found = words_span(text, re.findall(r"\w+", words)[:40], shortest)
        if found:
            return found
    return None


def words_span(text: str, words: list[str], share: float) -> tuple[int, int] | None:
    """Where these words (or the first `share` of them) stand near the beginning, up to the end of the line or sentence."""
    words = words[: max(3, int(share * len(words)))]
    if len(words) < 3:
        return None
    head = text[: 500 + 2 * sum(map(len, words))]
    match = re.search(r"(?<!\w)" + r"\W{1,4}".join(map(re.escape, words)) + r"(?!\w)", head, re.IGNORECASE)
    if match is None:
        return None
    after = (AFTER_TITLE if share == 1 else REST_OF_TITLE).match(text, match.end())
    if after is None:
        return None
    quoted = match.start() > 0 and text[match.start() - 1] in "\"'“‘«"
    return match.start() - quoted, after.end()


def with_standfirst(text: str, blocks: list[Block]) -> list[Block]:
    """ "Date - Headline - One sentence more. Body …": that sentence is the standfirst, or the caption of the picture."""
    first = blocks[0]
    caption = re.compile(
        r"[^\n]{20,400}?\((?:[^()\n]{0,30} )?"
        r"(?:Photo|photo|Archive|archive|Agencies|Reuters|AFP|AP|AA|EPA)(?: [^()\n]{0,30})?\)\.?"
    ).match(text, first.start, first.end)
    if caption and is_caption_like(caption.group()):
        return [Block(first.start, caption.end(), "caption"), *trimmed(text, caption.end(), first.end), *blocks[1:]]
    sentence = first_sentence(text, first)
    line = text[sentence.start : sentence.end]
    if not len(line.split()) >= 4 or len(line) > STANDFIRST or rule_kind(line) or dateline_end(text, first.start, first.end):
        return blocks
    rest = list(trimmed(text, sentence.end, first.end))
    if not rest and len(blocks) < 2:
        return blocks
    return [replace(sentence, kind="standfirst"), *rest, *blocks[1:]]


def first_sentence(text: str, block: Block, limit: int = STANDFIRST) -> Block:
    """The first sentence of a block, or the whole block when no end is found within `limit` characters."""
    end = sentence_end(text, block.start, min(block.end, block.start + limit + 2))
    return block if end is None else replace(block, end=end)


def heads(text: str, blocks: list[Block]) -> list[Block]:
    """Mark headline and standfirst of a text whose title is not known: short first lines without a final stop."""
    out = list(blocks)
    at = 0
    while at < min(4, len(out)) and out[at].kind in {"byline", "furniture"}:
        at += 1
    if len(out) - at < 2 or not looks_like_headline(text, out[at], out[at + 1 :]):
        return out
    out[at] = replace(out[at], kind="headline")
    follower = out[at + 1]
    line = text[follower.start : follower.end]
    short = len(line.split()) > 3 and len(line) <= 260 and not STOP.search(line)
    if short and follower.kind == "body" and len(out) > at + 2 and dateline_end(text, follower.start, follower.end) is None:
        out[at + 1] = replace(follower, kind="standfirst")
    return out


def looks_like_headline(text: str, block: Block, rest: Sequence[Block]) -> bool:
    line = text[block.start : block.end]
    if block.kind != "body" or not 3 <= len(line.split()) <= 30 or len(line) > HEADLINE:
        return False
    if STOP.search(line) or line[-1] in ",;:" or line[0] in "-•*" or dateline_end(text, block.start, block.end):
        return False
    return any(b.kind == "body" and (b.end - b.start > 80 or STOP.search(text, b.start, b.end)) for b in rest)


LEADING_DAY = re.compile(r"\s+(?=[A-Z0-9\"'“‘(])")


def off_days(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Cut a day that opens one of the first body blocks off it: "Saturday 7 Oct 2017 Rebels took …"."""
    bodies = 0
    for block in blocks:
        bodies += block.kind == "body"
        match = (
            day_pattern().match(text, block.start, block.end)
            if block.kind == "body" and bodies <= 2 and block.start < HEAD
            else None
        )
        if match is None or (
            text[match.end() : match.end() + 1] == " " and not (match["weekday"] or LEADING_DAY.match(text, match.end()))
        ):
            yield block
            continue
        after = re.compile(r"(?:\s*[-–—|:.](?=\s)|\s)").match(text, match.end())
        if after is None:
            yield block
            continue
        yield Block(block.start, match.end() + len(after.group().rstrip()), "byline")
        yield from trimmed(text, after.end(), block.end)


TEASERS = 10  # lines after "Related" that may be headlines of other stories


def teasers(text: str, blocks: Iterable[Block]) -> Iterator[Block]:
    """Short lines without a final stop after "Related:" or "Read more" are headlines of other stories: furniture."""
    left = 0
    for block in blocks:
        line = text[block.start : block.end]
        if block.kind == "furniture":
            left = TEASERS if TEASER_HEAD.fullmatch(line) else left
        elif left and block.kind == "body" and len(line) <= HEADLINE and not STOP.search(line):
            block = replace(block, kind="furniture")
            left -= 1
        else:
            left = 0
        yield block


TEASER_HEAD = re.compile(
    r"\W{0,3}(?:related(?: \w{3,12})?|read (?:more|also)|also read|more (?:stories|news|on this(?: story)?)|"
    r"most (?:read|popular)|recommended|"
    r"you may also like|(?:views|shares) ?:? ?[\d,.]{1,8})\W{0,3}",
    re.IGNORECASE,
)


# ---- the kind of a block ----------------------------------------------------------------------------------------------


def judge(text: str, block: Block, *, last: bool = False) -> Iterator[Block]:
    """The block with its kind; a body block may be cut where furniture begins in it, a long caption where its sentence ends.

    `last`: nothing follows, so that an agency in brackets is the credit of the report and not of a picture.
    """
    if block.kind != "body":
        yield block
        return
    line = text[block.start : block.end]
    credit = BRACKETED_CREDIT.match(line)
    if credit and len(line) > credit.end() + 20:
        yield replace(block, end=block.start + len(credit.group().rstrip()), kind="caption")
        yield from judge(text, replace(block, start=block.start + credit.end()), last=last)
        return
    kind = rule_kind(line, last=last) or ("byline" if is_date_line(line) else None)
    if kind == "caption" and len(line) > LINE and not line_rules("caption").end.search(line, max(0, len(line) - 120)):
        sentence = first_sentence(text, block, LONG_LINE)
        yield replace(sentence, kind="caption")
        yield from trimmed(text, sentence.end, block.end)
        return
    if kind:
        yield replace(block, kind=kind)
        return
    yield from off_tags(text, block)


BRACKETED_CREDIT = re.compile(r"[(\[](?:photo|image|picture|pic|video)\b[^()\[\]\n]{2,80}[)\]]\.?\s+", re.IGNORECASE)


def off_tags(text: str, block: Block) -> Iterator[Block]:
    """Cut furniture off a body block: a list of tags at its beginning, credits and notices at its end."""
    line = text[block.start : block.end]
    if line.startswith(("Tags ", "TAGS ")):
        sentence = first_sentence(text, block, LINE)
        if sentence.end - sentence.start <= TAG_LIST and not VERB.search(text, sentence.start, sentence.end):
            yield replace(sentence, kind="furniture")
            yield from trimmed(text, sentence.end, block.end)
            return
    tail = tail_rules().search(line, max(0, len(line) - 1200))
    if tail is None:
        yield block
        return
    edge = block.start + tail.start(1)
    yield from trimmed(text, block.start, edge)
    yield from trimmed(text, edge, block.end, "furniture")


TAG_LIST = 150  # characters
VERB = re.compile(
    r"\b(?:was|were|is|are|has|have|had|said|says|announced|killed|reported|told|attacked|claimed|took|hit|struck|killing|killed)\b"
)


# ---- datelines ----------------------------------------------------------------------------------------------------------


DATELINED = 4  # body blocks from the top in which a dateline may stand


def off_datelines(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Cut the dateline off the first body block that has one, and bracketed tags of old wires after it ([REPORT] [TEXT])."""
    left = DATELINED
    for number, block in enumerate(blocks):
        if block.kind != "body" or not left:
            yield block
            continue
        left -= 1
        edge = dateline_end(text, block.start, block.end)
        if edge is None and lone_place(text, block, blocks, number):
            edge = block.end
        if edge is None:
            yield block
            continue
        left = 0
        yield from trimmed(text, block.start, edge, "dateline")
        tags = TAGS.match(text, edge, block.end)
        if tags:
            yield from trimmed(text, tags.start(), tags.end(), "byline")
            edge = tags.end()
        yield from trimmed(text, edge, block.end)


def lone_place(text: str, block: Block, blocks: Sequence[Block], number: int) -> bool:
    """True for one capitalised word on its own between headline and body ("Beirut")."""
    line = text[block.start : block.end].rstrip(" -–—,:")
    before = blocks[number - 1].kind if number else ""
    return before in {"headline", "standfirst", "byline"} and len(line) > 3 and re.fullmatch(r"[A-Z][\w'’-]+", line) is not None


# ---- together ---------------------------------------------------------------------------------------------------------------


def merged(blocks: Iterable[Block]) -> Iterator[Segment]:
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
