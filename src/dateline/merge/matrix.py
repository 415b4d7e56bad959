"""The claims matrix of an incident: fields down, sources across, and how each source's words stand to the recommended reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.merge.records import FieldState, Incident, Reading
from dateline.merge.same import relation

Mark = Literal["agrees", "refines", "differs", "denies", "doubts", "silent", "untold"]
SIGNS: dict[Mark, str] = {
    "agrees": "=", "refines": "~", "differs": "≠", "denies": "✗", "doubts": "?", "silent": "∅", "untold": "",
}  # fmt: skip
LEGEND = "= agrees  ~ fits  ≠ differs  ✗ denies  ? doubts  ∅ made no mention of it; empty: says nothing of this"


@dataclass(frozen=True, slots=True)
class Column:
    """A source: a named or described one, or the report's own voice. `doc_ids`: where it speaks."""

    name: str
    doc_ids: tuple[str, ...]
    origin: str
    key: tuple[str, str]  # source, and doc_id where it is a column of one report


@dataclass(frozen=True, slots=True)
class Cell:
    """What one source says of one field; `readings` holds the words, `mark` how they stand to the recommended reading."""

    mark: Mark
    words: str = ""
    readings: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """`cells[row][column]` belong to `fields[row]` and `columns[column]`."""

    columns: tuple[Column, ...]
    fields: tuple[FieldState, ...]
    cells: tuple[tuple[Cell, ...], ...]


def claims_matrix(incident: Incident, *, fields: Sequence[str] | None = None) -> Matrix:
    """The matrix of an incident; `fields` chooses and orders the rows."""
    states = [one for one in incident.fields if fields is None or one.field in fields]
    columns = columns_of(incident)
    cells = tuple(tuple(cell_of(state, column) for column in columns) for state in states)
    return Matrix(columns, tuple(states), cells)


def columns_of(incident: Incident) -> tuple[Column, ...]:
    """Sources by the number of fields that they speak of; a report's own voice is a column of its own."""
    docs: dict[tuple[str, str], list[str]] = {}
    fields: dict[tuple[str, str], set[str]] = {}
    origin: dict[tuple[str, str], str] = {}
    for state in incident.fields:
        for one in state.readings:
            key = column_key(one)
            docs.setdefault(key, [])
            if one.doc_id not in docs[key]:
                docs[key].append(one.doc_id)
            fields.setdefault(key, set()).add(state.field)
            origin.setdefault(key, one.origin)
    order = sorted(docs, key=lambda key: (-len(fields[key]), key))
    return tuple(Column(column_name(key, incident), tuple(docs[key]), origin[key], key) for key in order)


def column_key(one: Reading) -> tuple[str, str]:
    """Named sources are one column wherever they speak; descriptions and reports one for each report."""
    named = one.source != "report" and one.origin.startswith(("src:", "name:"))
    if one.judged == "corrected":
        return "judgement", one.source
    return (one.source, "") if named else (one.source, one.doc_id)


def column_name(key: tuple[str, str], incident: Incident) -> str:
    source, doc = key
    if source == "judgement":
        return f"judged by {doc}"
    outlet = next((one.outlet for one in incident.tellings if one.doc_id == doc), None)
    if source == "report":
        return f"{outlet} ({doc})" if outlet else doc
    return f"{source} ({doc})" if doc else source


def cell_of(state: FieldState, column: Column) -> Cell:
    said = tuple(one for one in state.readings if column_key(one) == column.key)
    if not said:
        return Cell("untold")
    return Cell(mark_of(state, said), "; ".join(dict.fromkeys(one.words for one in said)), said)


def mark_of(state: FieldState, said: Sequence[Reading]) -> Mark:
    """The strongest thing a source does with this field."""
    stances = {one.stance for one in said}
    for stance in ("denies", "doubts"):
        if stance in stances:
            return stance
    if stances == {"silent"}:
        return "silent"
    if state.recommended is None:
        return "agrees"
    wanted = Reading(state.field, state.recommended.value, "", "", "", "", "", "affirms", "")
    found = {relation(state.field, one, wanted) for one in said}
    return "agrees" if "same" in found else "refines" if "compatible" in found else "differs"
