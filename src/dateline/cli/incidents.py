"""Incidents on a terminal: one line each, the claims matrix, why they were merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dateline.export.brief import count, origins_line
from dateline.export.safe import one_line
from dateline.merge.matrix import LEGEND, SIGNS, Cell, claims_matrix
from dateline.merge.records import Incident, Link, Reading, Telling

if TYPE_CHECKING:
    from rich.table import Table

COLUMNS = 4  # sources beside each other
CELL = 34  # characters of a cell's line
QUOTE = 90


def incident_lines(incident: Incident) -> list[str]:
    """Title, who tells it, and what a person should look at."""
    lines = [f"{incident.id}  {one_line(incident.title)}"]
    lines.append(f"    {one_line(origins_line(incident), 160)}")
    lines += [f"    look at: {one_line('; '.join(incident.flags))}"] if incident.flags else []
    return lines


def telling_line(one: Telling) -> str:
    outlet = f", {one_line(one.outlet)}" if one.outlet else ""
    copy = f", copy of {one_line(one.copy_of)}" if one.copy_of else ""
    judged = f" [{one.status}]" if one.status != "machine" else ""
    name = f"{one_line(one.doc_id)}.{one.name}"
    return f"    {name} ({one.published or 'no day'}{outlet}{copy}){judged}  “{one_line(one.quote, QUOTE)}”"


def explain_lines(incident: Incident, names: dict[str, str]) -> Iterator[str]:
    """Why it is one incident, and why the nearest candidates are not part of it."""
    for link in incident.links:
        yield f"    {link.decision} ({link.score:.0%}): {pair_words(link, names)}"
        yield from (f"      {line}" for line in weight_lines(link))
    for link in incident.near:
        yield f"    not merged ({link.score:.0%}), {reason(link)}: {pair_words(link, names)}"
        yield from (f"      {line}" for line in weight_lines(link))


def reason(link: Link) -> str:
    """Why a near candidate was not merged, in words."""
    return {
        "same report": "the report tells them as two events",
        "outweighed": "the other tellings speak against it",
        "unlikely": "too little speaks for it",
        "judged different": "judged different",
    }.get(link.decision, link.decision)


def pair_words(link: Link, names: dict[str, str]) -> str:
    return f"{one_line(names.get(link.a, link.a))} and {one_line(names.get(link.b, link.b))}"


def weight_lines(link: Link) -> list[str]:
    """What spoke for and against, heaviest first."""
    signed = [(sign, [one for one in link.contributions if (one.weight > 0) == (sign == "+")]) for sign in "+-"]
    return [
        f"{sign} " + " · ".join(f"{one_line(one.words, 60)} {one.weight:+.1f}" for one in found)
        for sign, found in signed
        if found
    ]


def matrix_tables(incident: Incident) -> Iterator[Table]:
    """The claims matrix, a few sources at a time."""
    from rich.table import Table

    matrix = claims_matrix(incident)
    for at in range(0, max(1, len(matrix.columns)), COLUMNS):
        columns = matrix.columns[at : at + COLUMNS]
        table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
        table.add_column("field")
        if at == 0:
            table.add_column("recommended")
            table.add_column("state")
        for column in columns:
            table.add_column(one_line(column.name, CELL), overflow="fold", max_width=CELL)
        for state, cells in zip(matrix.fields, matrix.cells, strict=True):
            shown = cells[at : at + COLUMNS]
            if at and all(cell.mark == "untold" for cell in shown):
                continue
            first = [one_line(state.recommended.words if state.recommended else "", CELL), state.state] if at == 0 else []
            table.add_row(state.label, *first, *(cell_words(cell) for cell in shown))
        yield table


def cell_words(cell: Cell) -> str:
    return f"{SIGNS[cell.mark]} {one_line(cell.words, CELL * 2)}".strip()


def quote_lines(incident: Incident) -> Iterator[str]:
    """The words behind the fields that are in conflict or denied."""
    for state in incident.fields:
        if state.state in ("conflict", "denied"):
            yield f"  {state.label}: {one_line(state.why)}"
            yield from (f"    {one_line(speaker(one))}: “{one_line(one.original, QUOTE)}”" for one in distinct(state.readings))


def distinct(readings: Iterable[Reading]) -> list[Reading]:
    """One reading for each source, report and value."""
    return list({(one.source, one.doc_id, one.words, one.stance): one for one in readings}.values())


def speaker(one: Reading) -> str:
    said = "" if one.stance == "affirms" else f" {one.stance}"
    return (one.doc_id if one.source == "report" else f"{one.source} in {one.doc_id}") + said


def show_incident(incident: Incident, *, according_to: bool) -> None:
    """Print an incident: its tellings, and with `according_to` the matrix and the words of what differs."""
    from dateline.cli.terminal import console

    screen = console()
    for line in [*incident_lines(incident), *map(telling_line, incident.tellings)]:
        screen.print(line, soft_wrap=True)
    if not according_to:
        return
    for table in matrix_tables(incident):
        screen.print()
        screen.print(table)
    screen.print(f"\n{LEGEND}")
    for line in quote_lines(incident):
        screen.print(line, soft_wrap=True)


def names_of(incidents: Iterable[Incident]) -> dict[str, str]:
    """Event id → DOC_ID.e3."""
    return {one.event_id: f"{one.doc_id}.{one.name}" for incident in incidents for one in incident.tellings}


def totals(events: int, incidents: int, shared: int) -> str:
    return f"{count(events, 'event')}, {count(incidents, 'incident')}, {shared:,} told by two reports or more"
