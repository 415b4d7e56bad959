"""`dateline explain`: the sentence with carets under the words, the rule that chose them, and what was rejected."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated

import typer

from dateline.cli.options import ProjectOption, PublishedOption, settings_of
from dateline.cli.terminal import console
from dateline.export.safe import UNSAFE, one_line
from dateline.export.values import Value, values_of
from dateline.types import Coding, Event, Evidence

CONTEXT = 400  # characters of a sentence without end that are shown around the words
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufefc]")


def run(
    context: typer.Context,
    target: Annotated[str, typer.Argument(metavar="ID.FIELD", help="DOC_ID.e3.where, FILE.e3.where, or e3.where with FILE.")],
    report: Annotated[str | None, typer.Argument(metavar="[FILE]", help="The report's file.", show_default=False)] = None,
    project: ProjectOption = None,
    published: PublishedOption = None,
) -> None:
    """Explain a value: its sentence with carets, the rule that chose it, what was rejected. Without FIELD: all values.

    \b
    Examples:
      dateline explain report.txt.e1.where
      dateline explain e1.figures report.txt
      dateline explain wire-17.e3.when --project project.db
    """
    from dateline.cli.targets import find_targets

    width = max(40, console().width)
    for found in find_targets(target, report, project, settings_of(context), published=published):
        for event in found.events:
            for line in explain_event(found.coding, event, found.field, width):
                typer.echo(line)


def explain_event(coding: Coding, event: Event, field: str | None, width: int) -> Iterator[str]:
    wanted = {"type": "trigger", "status": "trigger", "foreground": "trigger"}.get(field or "", field)
    values = [value for value in values_of(event) if wanted in {None, value.field}]
    name = f"{one_line(coding.report.doc_id)}.{event.id}"
    if not values:
        yield f"{name}.{field}: not told in the report, so not coded"
    for value in values:
        yield from explain_value(coding, f"{name}.{value.field}", value, width)
        if value.field == "trigger":
            yield f"  status {event.status}; {'the report’s own news' if event.foreground else 'background'}"
            yield ""
    yield from rejected_lines(event, wanted)


def explain_value(coding: Coding, name: str, value: Value, width: int) -> Iterator[str]:
    note = f"  ({one_line(value.note)})" if value.note else ""
    yield f"{name} = {one_line(value.words)}{note}"
    if not value.evidence:
        yield "  the report's own voice: no words of their own"
    for sentence, pieces in by_sentence(coding, value.evidence):
        yield from caret_lines(coding.report.text, sentence, pieces, width)
    score = f", score {value.score:.2f}" if value.score is not None else ""
    yield f"  by {one_line(value.by) or 'no rule named'}{score}"
    yield ""


def rejected_lines(event: Event, field: str | None) -> Iterator[str]:
    rejected = [item for item in event.rejected if field is None or item.field.rstrip("s") == field.rstrip("s")]
    if rejected:
        yield "weighed and not taken:"
    for item in rejected:
        yield f"  {one_line(item.field)}: “{one_line(item.words, 80)}” – {one_line(item.why)}"


def by_sentence(coding: Coding, evidence: tuple[Evidence, ...]) -> Iterator[tuple[tuple[int, int], list[Evidence]]]:
    """The sentences that hold some words, in the order of the words, each with its words."""
    from dateline.annotate.reading import Reading

    reading = Reading(coding.report)
    found: dict[tuple[int, int], list[Evidence]] = {}
    for piece in sorted(evidence):
        first, last = reading.sentence_at(piece.start), reading.sentence_at(piece.end - 1)
        start, end = reading.starts[first.first], reading.ends[last.last - 1]
        # a sentence without end is cut around the words
        bounds = (min(piece.start, max(start, piece.start - CONTEXT)), max(piece.end, min(end, piece.end + CONTEXT)))
        found.setdefault(bounds, []).append(piece)
    yield from found.items()


def caret_lines(text: str, sentence: tuple[int, int], pieces: list[Evidence], width: int) -> Iterator[str]:
    """The sentence, folded to the width, with carets below the words; brackets where letters run from right to left."""
    start, end = sentence
    words = flat(text[start:end])
    if RIGHT_TO_LEFT.search(words):
        yield "  " + bracketed(words, start, pieces)
        return
    carets = "".join("^" if any(p.start <= start + at < p.end for p in pieces) else " " for at in range(len(words)))
    for first, last in fold(words, width - 4):
        line = words[first:last]
        yield f"  {line}".rstrip()
        below = "".join(mark * cells(char) for mark, char in zip(carets[first:last], line, strict=True))
        if below.strip():
            yield f"  {below}".rstrip()


def bracketed(words: str, start: int, pieces: list[Evidence]) -> str:
    out, at = [], 0
    for piece in pieces:
        first, last = max(at, piece.start - start), piece.end - start
        out += [words[at:first], "⟦", words[first:last], "⟧"]
        at = last
    return "".join([*out, words[at:]])


def flat(text: str) -> str:
    """Safe text with every blank as one space, of the same length."""
    return UNSAFE.sub("\ufffd", "".join(" " if char.isspace() else char for char in text))


def fold(text: str, width: int) -> Iterator[tuple[int, int]]:
    """Ranges of `text`, each at most `width` characters, cut at blanks where there are any.

    >>> list(fold("six people died", 10))
    [(0, 10), (11, 15)]
    """
    at = 0
    while len(text) - at > width:
        cut = text.rfind(" ", at + 1, at + width + 1)
        end = cut if cut > at else at + width
        yield at, end
        at = end + (text[end] == " ")
    if at < len(text):
        yield at, len(text)


def cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
