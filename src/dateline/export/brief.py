"""A brief of one incident on one page: what happened, what each side says, in its words, where they differ. Markdown or HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from dateline.export.safe import one_line, safe
from dateline.export.words import STANCES
from dateline.merge.matrix import claims_matrix
from dateline.merge.records import FieldState, Incident, Reading
from dateline.types import Stance

QUOTE = 240
MARKDOWN = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]<>#|!"})
SIDES = {
    None: "Reports and others", "media": "Reports and others", "unknown": "Reports and others", "government": "Government",
    "opposition": "Opposition", "party to the event": "Parties to the event", "civil monitor": "Civil monitors",
    "international": "International bodies",
}  # fmt: skip
SHOWN = ("type", "when", "where", "actors", "targets", "weapons")


def summary_lines(incident: Incident) -> Iterator[tuple[str, str, str]]:
    """(field, recommended words, how sources stand) of the fields that tell the story."""
    for state in incident.fields:
        if state.recommended and (state.field in SHOWN or state.field.startswith("figures:")):
            figure = state.recommended
            bounds = ""
            if state.field.startswith("figures:") and (figure.low, figure.high) != (figure.best, figure.best):
                high = "open" if figure.high is None else f"{figure.high:,}"
                bounds = f"; low {figure.low or 0:,}, best {figure.best}, high {high}"
            yield state.label, figure.words, f"{state.state}: {state.why}{bounds}"


def sides_of(incident: Incident) -> dict[str, list[tuple[str, Stance, list[Reading]]]]:
    """Side → (source, stance, its readings), the sides and sources in a fixed order."""
    found: dict[tuple[str, str, Stance], list[Reading]] = {}
    for state in incident.fields:
        for one in state.readings:
            name = one.outlet or one.doc_id if one.source == "report" else one.source
            found.setdefault((SIDES.get(one.side, "Reports and others"), name, one.stance), []).append(one)
    sides: dict[str, list[tuple[str, Stance, list[Reading]]]] = {}
    for (side, name, stance), readings in sorted(found.items()):
        sides.setdefault(side, []).append((name, stance, readings))
    return sides


def told_by(readings: Iterable[Reading]) -> tuple[str, list[str]]:
    """What a source says in short, and up to two quotes."""
    kept = [one for one in readings if one.field not in ("occurrence", "status", "type")]
    kept = kept or list(readings)
    words = dict.fromkeys(one.words for one in kept if one.words)
    quotes = dict.fromkeys(one_line(one.original, QUOTE) for one in kept if len(one.original.split()) > 1)
    return "; ".join(words), list(quotes)[:2]


def origins_line(incident: Incident) -> str:
    """How many reports, outlets and independent origins."""
    reports = len({one.report_id for one in incident.tellings})
    outlets = len({one.outlet or one.doc_id for one in incident.tellings})
    names = ", ".join(one.name for one in incident.origins[:6]) + (" …" if len(incident.origins) > 6 else "")
    return (
        f"{count(reports, 'report')}, {count(outlets, 'outlet')}, {count(len(incident.origins), 'independent origin')}: {names}"
    )


def count(number: int, name: str) -> str:
    """A number with its noun.

    >>> count(1, "report"), count(2, "report")
    ('1 report', '2 reports')
    """
    return f"{number} {name}{'' if number == 1 else 's'}"


# ---- Markdown -------------------------------------------------------------------------------------------------------


def brief_markdown(incident: Incident) -> str:
    """The brief as Markdown; words of reports cannot make markup."""
    lines = [f"# {plain(incident.title)}", "", plain(origins_line(incident)) + ".", ""]
    lines += ["| | | |", "|---|---|---|"]
    lines += [f"| {plain(label)} | **{plain(words)}** | {plain(why)} |" for label, words, why in summary_lines(incident)]
    lines += ["", "## What each side says", ""]
    for side, sources in sides_of(incident).items():
        lines += [f"### {side}", ""]
        for name, stance, readings in sources:
            words, quotes = told_by(readings)
            docs = ", ".join(dict.fromkeys(one.doc_id for one in readings))
            lines.append(f"- **{plain(name)}** ({STANCES[stance].removesuffix(' by')}): {plain(words)} \\[{plain(docs)}\\]")
            lines += [f"  > “{plain(quote)}”" for quote in quotes]
        lines.append("")
    differ = [state for state in incident.fields if state.state in ("conflict", "denied")]
    if differ:
        lines += ["## Where they differ", "", *(f"- {plain(state.label)}: {plain(state.why)}" for state in differ), ""]
    lines += ["## Reports", ""]
    lines += [
        f"- {plain(one.doc_id)}: {plain(one.outlet or 'unnamed outlet')}, {one.published or 'day unknown'}"
        + (f" (copy of {plain(one.copy_of)})" if one.copy_of else "")
        for one in incident.tellings
    ]
    lines += ["", NOTE, ""]
    return "\n".join(lines)


NOTE = "Coded by a machine from the words of the reports; readings stand side by side, none is confirmed by being listed."


def plain(text: str) -> str:
    """Words of a stranger in Markdown: on one line, without markup.

    >>> plain("<b> *six* dead")
    '\\\\<b\\\\> \\\\*six\\\\* dead'
    """
    return one_line(text).translate(MARKDOWN)


# ---- HTML -----------------------------------------------------------------------------------------------------------

STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
h1{font-size:1.5rem;margin-bottom:.2rem}h2{font-size:1.1rem;margin:1.4rem 0 .4rem}table{border-collapse:collapse;width:100%}
td,th{border-top:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}
blockquote{margin:.2rem 0 .6rem 1rem;color:#444}
.conflict,.denied{font-weight:600}.note{color:#555;font-size:.85rem}article+article{page-break-before:always;margin-top:4rem}
@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}blockquote,.note{color:#bbb}td,th{border-color:#444}}"""


def brief_html(incidents: Iterable[Incident], title: str = "Incidents") -> Iterator[str]:
    """Pieces of one self-contained page with a brief of each incident: no script, nothing from elsewhere."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    yield f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{text(title)}</title>'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    yield f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
    for incident in incidents:
        yield article(incident)
    yield "</body></html>\n"


def article(incident: Incident) -> str:
    rows = "".join(
        f"<tr><th>{text(label)}</th><td>{text(words)}</td><td>{text(why)}</td></tr>"
        for label, words, why in summary_lines(incident)
    )
    parts = [f"<article><h1>{text(incident.title)}</h1><p>{text(origins_line(incident))}.</p><table>{rows}</table>"]
    parts.append("<h2>What each side says</h2>")
    for side, sources in sides_of(incident).items():
        parts.append(f"<h3>{text(side)}</h3>")
        parts += [said_html(name, stance, readings) for name, stance, readings in sources]
    parts.append(matrix_html(incident))
    reports = "".join(
        f"<li>{text(one.doc_id)}: {text(one.outlet or 'unnamed outlet')}, {text(one.published or 'day unknown')}"
        + (f" (copy of {text(one.copy_of)})" if one.copy_of else "")
        + "</li>"
        for one in incident.tellings
    )
    parts.append(f'<h2>Reports</h2><ul>{reports}</ul><p class="note">{NOTE}</p></article>')
    return "".join(parts)


def said_html(name: str, stance: Stance, readings: list[Reading]) -> str:
    words, quotes = told_by(readings)
    docs = ", ".join(dict.fromkeys(one.doc_id for one in readings))
    quoted = "".join(f'<blockquote dir="auto">“{text(quote)}”</blockquote>' for quote in quotes)
    verb = STANCES[stance].removesuffix(" by")
    return f"<p><b>{text(name)}</b> ({verb}): {text(words)} [{text(docs)}]</p>{quoted}"


def matrix_html(incident: Incident) -> str:
    """Field by field, who says what."""
    matrix = claims_matrix(incident)
    rows = []
    for state, cells in zip(matrix.fields, matrix.cells, strict=True):
        said = [
            f"{text(column.name)}: {text(cell.words)} <i>({cell.mark})</i>"
            for column, cell in zip(matrix.columns, cells, strict=True)
            if cell.mark != "untold"
        ]
        state_cell = f'<td class="{state_class(state)}">{text(state.state)}</td>'
        rows.append(f"<tr><th>{text(state.label)}</th>{state_cell}<td>{'<br>'.join(said)}</td></tr>")
    return f"<h2>Field by field</h2><table>{''.join(rows)}</table>"


def state_class(state: FieldState) -> str:
    return state.state.replace(" ", "-")


def text(words: str) -> str:
    return escape(safe(words))
