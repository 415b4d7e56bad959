"""Codings as tables for a terminal (or plain text): one block a report, one row an event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dateline.export.safe import one_line
from dateline.export.words import (
    count_notes,
    count_words,
    day_words,
    nearness,
    parties_words,
    place_words,
    stance_lines,
    title_words,
    voice_words,
    weapon_words,
    when_words,
)
from dateline.types import Coding, Event, Report, Stance

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

MARKS: dict[Stance, tuple[str, str]] = {
    "affirms": ("reported", "green"),
    "claims": ("claimed", "cyan"),
    "denies": ("denied", "red"),
    "doubts": ("doubted", "yellow"),
    "silent": ("not mentioned", "magenta"),
}


def print_coding(coding: Coding, console: Console) -> None:
    """One report: a heading, then its events."""
    from rich.text import Text

    console.print(heading(coding.report, console))
    if coding.events:
        console.print(event_table(coding.events, console))
    else:
        console.print(Text("  no event found\n", style="dim"))
    for note in notes(coding):
        console.print(Text(f"  {note}", style="dim"))


def heading(report: Report, console: Console) -> Text:
    from rich.text import Text

    head = Text()
    head.append(one_line(report.doc_id), style="bold")
    published = report.published
    day = day_words(published.day) if published.day else "publication day unknown"
    how = "" if published.basis in {"metadata", "option", "unknown"} else f" ({published.basis})"
    head.append(f"  {one_line(report.outlet)}" if report.outlet else "", style="default")
    head.append(f"  {day}{how}", style="default")
    headline = headline_of(report)
    if headline:
        head.append(f"\n{one_line(headline, max(20, console.width - 2))}", style="italic")
    return head


def headline_of(report: Report) -> str:
    for segment in report.segments:
        if segment.kind == "headline":
            return report.text[segment.start : segment.end]
    return report.title or ""


def event_table(events: tuple[Event, ...], console: Console) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, expand=console.width < 160)
    wide = console.width >= 100
    table.add_column("", no_wrap=True, style="bold")
    table.add_column("what", ratio=5, min_width=14, overflow="fold")
    table.add_column("when", ratio=2, min_width=10)
    table.add_column("where", ratio=3, min_width=10)
    table.add_column("who → whom", ratio=4, min_width=12)
    if wide:
        table.add_column("figures", ratio=3)
    table.add_column("according to", ratio=3, min_width=12)
    for event in events:
        cells = [Text(event.id), what(event, figures=not wide), when(event), where(event), Text(who(event))]
        if wide:
            cells.append(Text(figures(event)))
        table.add_row(*cells, said_by(event), style=None if event.foreground else "dim")
    return table


def what(event: Event, *, figures: bool) -> Text:
    """Type, means and words of an event; its figures, too, where there is no room for a column of them."""
    from rich.text import Text

    text = Text()
    text.append(title_words(event).replace("/", " / "), style="bold" if event.foreground else "")
    if not event.foreground:
        text.append(" · background")
    if event.weapons:
        text.append("\n" + one_line("; ".join(map(weapon_words, event.weapons))))
    if figures:
        for count in event.figures:
            text.append("\n" + one_line(count_words(count)))
    text.append(f"\n“{one_line(event.trigger[0].quote, 60)}”", style="dim")
    return text


def when(event: Event) -> Text:
    from rich.text import Text

    if not event.when:
        return Text("not told")
    text = Text(when_words(event.when))
    return text.append("\ninferred", style="dim") if event.when.inferred else text


def where(event: Event) -> Text:
    from rich.text import Text

    if not event.where:
        return Text("not told")
    place = event.where.place
    text = Text(one_line(place_words(place)))
    text.append(f"\n{nearness(place)}{', inferred' if event.where.inferred else ''}", style="dim")
    return text


def who(event: Event) -> str:
    actors, targets = one_line(parties_words(event.actors)), one_line(parties_words(event.targets))
    return f"{actors or 'not told'} → {targets}" if targets else actors or "not told"


def figures(event: Event) -> str:
    lines = (count_words(count) + (f" – {count_notes(count)}" if count_notes(count) else "") for count in event.figures)
    return "\n".join(map(one_line, lines))


def said_by(event: Event) -> Text:
    from rich.text import Text

    text = Text()
    for stance, voices in stance_lines(event):
        mark, colour = MARKS[stance]
        text.append("\n" if text else "")
        text.append(mark, style=colour)
        text.append(": " + one_line("; ".join(map(voice_words, voices))))
    return text


def notes(coding: Coding) -> list[str]:
    """Aliases, flags and background figures of a report, one line each."""
    out = [f"also known as: {one_line(alias.alias)} = {one_line(alias.name)}" for alias in coding.aliases]
    for flag in coding.flags:
        against = f" / “{one_line(flag.against[0].quote, 60)}”" if flag.against else ""
        words = one_line(flag.evidence[0].quote, 60) if flag.evidence else ""
        out.append(f"flag: {flag.kind}: “{words}”{against}")
    out += [f"background figure: {one_line(count_words(count))}" for count in coding.background_figures]
    return [*out, ""] if out else out
