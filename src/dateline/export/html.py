"""A page for reading: the text with its highlights, the events beside it, each value a link to its words and back.

Self-contained: style and script stand in the page and a content security policy names them by hash, so that nothing else can
run and nothing is fetched. Every word of a report is escaped. Highlights are cut as segments here, not counted as offsets in
the browser, so that emoji and letters from right to left keep their places. Without JavaScript the links still work.
"""

from __future__ import annotations

import base64
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from html import escape
from pathlib import Path

from dateline.annotate.reading import hard_wrapped
from dateline.export.safe import UNSAFE
from dateline.export.table import headline_of
from dateline.export.values import Layer, Value, values_of
from dateline.export.words import count_words, day_words, title_words
from dateline.types import Coding, Event, Report, Segment
from dateline.versions import versions

HERE = Path(__file__).parent
LAYERS: dict[Layer, str] = {
    "event": "event",
    "who": "who",
    "place": "place",
    "time": "time",
    "number": "number",
    "source": "source",
}
DEPTH: tuple[Layer, ...] = ("event", "source", "who", "place", "time", "number")  # outermost first
FOOT = (
    "Coded by a machine and not reviewed. An event is what this report says, according to the sources it names; "
    "that nothing is reported does not mean that nothing happened. Not for targeting, not for judging persons."
)
KEYS = (
    "<kbd>j</kbd> <kbd>k</kbd> next and last event · <kbd>←</kbd> <kbd>→</kbd> <kbd>Enter</kbd> through the words · "
    "<kbd>n</kbd> <kbd>p</kbd> next and last report · <kbd>Esc</kbd> clear"
)


class Page:
    """A page in the making: `add` codings, then `finish`, which writes it (the list of reports stands at its top).

    `note` stands at the foot, before the words on responsible use.
    """

    def __init__(self, write: Callable[[bytes], object], *, title: str = "", note: str = "") -> None:
        self._write, self._title, self._note = write, title, note
        self._reports: list[tuple[str, str]] = []
        self._body: list[str] = []

    def add(self, coding: Coding, reviews: Mapping[str, str] | None = None) -> None:
        """Add a report. `reviews`: an event's name to its review status; not shown where it is not told."""
        name = f"r{len(self._reports) + 1}"
        self._reports.append((name, label_of(coding.report)))
        self._body.append(report_html(coding, name, reviews or {}))

    def finish(self) -> None:
        title = self._title or (self._reports[0][1] if len(self._reports) == 1 else f"{len(self._reports)} reports")
        pieces = [head_html(title, self._reports), *self._body, foot_html(self._note)]
        for piece in pieces:
            self._write(piece.encode("utf-8", "replace"))


def page_html(codings: Sequence[Coding], *, title: str = "") -> str:
    """The whole page as a string."""
    pieces: list[bytes] = []
    page = Page(pieces.append, title=title)
    for coding in codings:
        page.add(coding)
    page.finish()
    return b"".join(pieces).decode("utf-8")


@cache
def asset(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8").strip()


def policy() -> str:
    """Content security policy: only this style and this script, and nothing from anywhere."""

    def of(name: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(asset(name).encode()).digest()).decode() + "'"

    return f"default-src 'none'; style-src {of('page.css')}; script-src {of('page.js')}; base-uri 'none'; form-action 'none'"


def text(words: str) -> str:
    """Words of a report or value, safe in HTML: escaped, without controls that could reorder or hide them."""
    return escape(UNSAFE.sub("\ufffd", words))


def label_of(report: Report) -> str:
    return " · ".join(part for part in (report.doc_id, report.outlet or "", headline_of(report)[:80]) if part)


def head_html(title: str, reports: Sequence[tuple[str, str]]) -> str:
    picker = ""
    if len(reports) > 1:
        options = "".join(f'<option value="{name}">{text(label)}</option>' for name, label in reports)
        picker = f'<select class="pick" aria-label="Report">{options}</select>'
    boxes = "".join(
        f'<label class="{layer}"><input type="checkbox" value="{layer}" checked><i></i>{name}</label>'
        for layer, name in LAYERS.items()
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{text(title)}</title>\n<style>{asset('page.css')}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#r1-events">Skip to the events</a>\n'
        f'<header class="bar"><div><span class="brand">dateline<small>events with their evidence</small></span>{picker}'
        f'<span class="layers" role="group" aria-label="Highlights">{boxes}</span></div></header>\n<main>\n'
    )


def foot_html(note: str = "") -> str:
    known = versions()
    made = f"dateline {known['code']} · knowledge {known['knowledge']} · models {known['models']}"
    noted = f"<p>{text(note)}</p>" if note else ""
    return (
        f'</main>\n<footer class="foot">{noted}<p>{FOOT}</p><p>{KEYS}</p><p>{text(made)}</p></footer>\n'
        f"<script>{asset('page.js')}</script>\n</body>\n</html>\n"
    )


# ---- one report -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Marks:
    """Which values every stretch of the text speaks for. `edges` are the places where a highlight begins or ends."""

    spans: list[tuple[int, int, Layer, str]] = field(default_factory=list)  # start, end, layer, id of the value
    edges: list[int] = field(default_factory=list)
    words_of: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # value id → ids of its words

    def add(self, value: Value, name: str) -> None:
        self.spans += [(piece.start, piece.end, value.layer, name) for piece in value.evidence]

    def close(self) -> None:
        self.spans.sort()
        self.edges = sorted({edge for start, end, _, _ in self.spans for edge in (start, end)})


def report_html(coding: Coding, name: str, reviews: Mapping[str, str]) -> str:
    report, marks = coding.report, Marks()
    listed = [
        (event, [(f"{name}{event.id}v{at}", value) for at, value in enumerate(values_of(event))]) for event in coding.events
    ]
    for _, values in listed:
        for value_name, value in values:
            marks.add(value, value_name)
    marks.close()
    body = text_html(report, marks, name)
    cards = "".join(card_html(event, values, marks, reviews.get(event.id, "")) for event, values in listed)
    count = f"{len(coding.events)} event{'' if len(coding.events) == 1 else 's'}"
    nothing = "" if coding.events else '<p class="none">No event was found in this report.</p>'
    return (
        f'<article class="report" id="{name}">\n<div class="text">{meta_html(report)}{body}</div>\n'
        f'<section class="events" id="{name}-events" tabindex="-1" aria-label="Events"><h2>{count}</h2>\n'
        f"{cards}{nothing}{remarks_html(coding)}</section>\n</article>\n"
    )


def meta_html(report: Report) -> str:
    published = report.published
    day = f"published <b>{day_words(published.day)}</b>" if published.day else "publication day unknown"
    how = (
        f" ({text(published.basis)}{': ' + text(published.why) if published.why else ''})" if published.basis != "unknown" else ""
    )
    outlet = f"<span><b>{text(report.outlet)}</b></span>" if report.outlet else ""
    wire = f"<span>wire {text(report.wire)}</span>" if report.wire else ""
    return f'<p class="meta"><span><b>{text(report.doc_id)}</b></span>{outlet}{wire}<span>{day}{how}</span></p>\n'


def text_html(report: Report, marks: Marks, name: str) -> str:
    """The text as paragraphs, each of the kind that its first segment has."""
    cutter = Cutter(report.text, marks, name)
    out = []
    for start, end in paragraphs(report.text):
        inside = [s for s in segments_of(report) if s.start < end and s.end > start] or [Segment("body", start, end)]
        kind = inside[-1].kind if inside[0].kind == "dateline" else inside[0].kind
        tag = "h1" if kind == "headline" else "p"
        out.append(f'<{tag} class="{kind}" dir="auto">{"".join(pieces_html(cutter, inside, kind, start, end))}</{tag}>\n')
    return "".join(out)


def segments_of(report: Report) -> tuple[Segment, ...]:
    return report.segments or ((Segment("body", 0, len(report.text)),) if report.text else ())


def paragraphs(words: str) -> Iterator[tuple[int, int]]:
    """Lines that are not blank; where lines are those of a narrow column, paragraphs between blank lines."""
    gap = "\n\n" if hard_wrapped(words) else "\n"
    at = 0
    for piece in words.split(gap):
        if piece.strip():
            start = at + len(piece) - len(piece.lstrip())
            yield start, start + len(piece.strip())
        at += len(piece) + len(gap)


def pieces_html(cutter: Cutter, inside: Sequence[Segment], kind: str, start: int, end: int) -> Iterator[str]:
    at = start
    for segment in inside:
        first, last = max(start, segment.start), min(end, segment.end)
        yield cutter.html(at, first)
        piece = cutter.html(first, last)
        yield piece if segment.kind == kind else f'<span class="{segment.kind}">{piece}</span>'
        at = last
    yield cutter.html(at, end)


class Cutter:
    """Cuts the text at the edges of highlights and nests their layers. Ranges must be asked for in text order."""

    def __init__(self, words: str, marks: Marks, name: str) -> None:
        self._words, self._marks, self._name = words, marks, name
        self._count = self._edge = self._next = 0
        self._active: list[tuple[int, int, Layer, str]] = []

    def html(self, start: int, end: int) -> str:
        out, at = [], start
        edges = self._marks.edges
        while self._edge < len(edges) and edges[self._edge] <= start:
            self._edge += 1
        while at < end:
            stop = edges[self._edge] if self._edge < len(edges) and edges[self._edge] < end else end
            out.append(self._stretch(at, stop))
            at = stop
            while self._edge < len(edges) and edges[self._edge] <= at:
                self._edge += 1
        return "".join(out)

    def _stretch(self, start: int, end: int) -> str:
        """A stretch that no highlight begins or ends within."""
        spans = self._marks.spans
        while self._next < len(spans) and spans[self._next][0] <= start:
            self._active.append(spans[self._next])
            self._next += 1
        self._active = [span for span in self._active if span[1] > start]
        words = text(self._words[start:end])
        if not self._active or not words.strip():
            return words
        self._count += 1
        name = f"{self._name}w{self._count}"
        values = list(dict.fromkeys(span[3] for span in self._active))
        for value in values:
            self._marks.words_of[value].append(name)
        layers = [layer for layer in DEPTH if any(span[2] == layer for span in self._active)]
        inner = words
        for layer in reversed(layers):
            inner = f'<span class="l-{layer}">{inner}</span>'
        return f'<span class="w" id="{name}" role="button" data-v="{" ".join(values)}">{inner}</span>'


# ---- events ---------------------------------------------------------------------------------------------------------


def card_html(event: Event, values: Sequence[tuple[str, Value]], marks: Marks, review: str) -> str:
    family = event.type.split("/")[0].split(" ")[0].lower()
    status = f'<span class="chip {event.status}">{event.status}</span>' if event.status != "occurred" else ""
    back = "" if event.foreground else '<span class="chip">background</span>'
    reviewed = f" · {text(review)}" if review else ""
    title_name, title = values[0]
    kind = title_words(event).removesuffix(f" ({event.status})")
    rows = "".join(row_html(name, value, marks, event) for name, value in values[1:] if value.field != "sources")
    voices = "".join(row_html(name, value, marks, event) for name, value in values if value.field == "sources")
    said = f'<dl class="said">{voices}</dl>' if voices else ""
    look = f"card f-{family}" + ("" if event.foreground else " background")
    return (
        f'<section class="{look}"><h3><span class="id">{text(event.id)}</span>'
        f"{value_html(title_name, title, marks, words=kind)}{status}{back}</h3>"
        f'<p class="type">{text(event.type)}{reviewed}</p><dl>{rows}</dl>{said}{rules_html(event, values)}</section>\n'
    )


def row_html(name: str, value: Value, marks: Marks, event: Event) -> str:
    note = f' <span class="note">{text(value.note)}</span>' if value.note else ""
    label = f'<dt class="{value.stance}">{text(value.label)}</dt>' if value.stance else f"<dt>{text(value.label)}</dt>"
    return f"{label}<dd>{value_html(name, value, marks)}{note}</dd>"


def value_html(name: str, value: Value, marks: Marks, *, words: str | None = None) -> str:
    """A value as a link to its words; plain when it has none (the report's own voice)."""
    shown = f"<bdi>{text(words or value.words)}</bdi>"
    places = marks.words_of.get(name, [])
    if not places:
        return f'<span class="v" id="{name}">{shown}</span>'
    quote = text(" … ".join(piece.quote for piece in value.evidence[:3])[:300])
    return (
        f'<a class="v {value.layer}" id="{name}" href="#{places[0]}" data-w="{" ".join(places)}" data-l="{text(value.label)}" '
        f'title="“{quote}”">{shown}</a>'
    )


def rules_html(event: Event, values: Sequence[tuple[str, Value]]) -> str:
    """Which rule chose each value, and what was weighed and not taken."""
    rules: dict[str, None] = dict.fromkeys(f"{value.label}: {value.by}" for _, value in values if value.by)
    items = "".join(f"<li><code>{text(rule)}</code></li>" for rule in rules)
    items += "".join(f"<li>not taken for {text(r.field)}: “{text(r.words)}” – {text(r.why)}</li>" for r in event.rejected)
    return f"<details><summary>rules and what was not taken</summary><ul>{items}</ul></details>" if items else ""


def remarks_html(coding: Coding) -> str:
    """What belongs to the report and to no event."""
    items = [f"also known as: {text(alias.alias)} = {text(alias.name)}" for alias in coding.aliases]
    for flag in coding.flags:
        against = f" / “{text(flag.against[0].quote)}”" if flag.against else ""
        items.append(f"{text(flag.kind)}: “{text(flag.evidence[0].quote) if flag.evidence else ''}”{against}")
    items += [f"background figure: {text(count_words(count))}" for count in coding.background_figures]
    items += [f"{fault.level}: {text(fault.what)}" for fault in coding.faults]
    listed = "".join(f"<li>{item}</li>" for item in items)
    return f'<div class="remarks">Of the whole report<ul>{listed}</ul></div>' if items else ""
