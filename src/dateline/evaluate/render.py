"""Evaluations for people (text and Markdown tables) and for programs (JSON)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from dateline.evaluate.calibration import Calibration
from dateline.evaluate.changes import Change, shorten
from dateline.evaluate.run import Evaluation
from dateline.evaluate.scoring import Row, Scores, Tally

Json = dict[str, Any]
HEADINGS = ("", "P", "R", "F1", "95 %", "gold", "found", "right")
HEADLINES = {"events": ("ALL", "events"), "places": ("overlap", "near"), "times": ("relaxed", "value")}
HEADLINES |= {"figures": ("found", "value"), "attribution": ("aligned", "content_exact")}
CHANGES_SHOWN = 40


# ---- JSON ------------------------------------------------------------------------------------------------------------


def as_json(result: Evaluation) -> Json:
    """Everything that was measured, as plain JSON types; percentages with one decimal."""
    out: Json = {
        "task": result.task,
        "gold": result.gold,
        "reports": result.reports,
        "absent": list(result.absent),
        "fields": {name: {**tally_json(tally), **bounds_json(result, name)} for name, tally in result.fields.items()},
        "slices": {
            slicing: {label: {name: tally_json(tally) for name, tally in scores.items()} for label, scores in groups.items()}
            for slicing, groups in result.slices.items()
        },
    }
    if result.distances:
        out["distances"] = {name: round(value, 3) for name, value in result.distances._asdict().items()}
    if result.rows:
        out["errors"] = [error_json(row) for row in result.rows if row.gold is None or row.predicted is None]
    if result.calibration:
        out["calibration"] = {name: calibration_json(one) for name, one in result.calibration.items()}
    if result.changes is not None:
        out["changes"] = [change_json(change) for change in result.changes]
    return out


def tally_json(tally: Tally) -> Json:
    """
    >>> tally_json(Tally(1, 3, 2))
    {'precision': 50.0, 'recall': 33.3, 'f1': 40.0, 'gold': 3, 'predicted': 2, 'correct': 1}
    """
    shares = {"precision": round(tally.precision, 1), "recall": round(tally.recall, 1), "f1": round(tally.f1, 1)}
    return {**shares, "gold": tally.gold, "predicted": tally.predicted, "correct": tally.correct}


def bounds_json(result: Evaluation, name: str) -> Json:
    low, high = result.bounds.get(name, (0.0, 0.0))
    return {"low": round(low, 1), "high": round(high, 1)}


def error_json(row: Row) -> Json:
    event = row.gold or row.predicted
    what = "missed" if row.gold else "invented"
    if event is None:
        return {"what": what, "doc_id": row.doc_id}
    return {"what": what, "doc_id": row.doc_id, "event": event.id, "sub_type": event.sub_type, "words": event.words}


def calibration_json(one: Calibration) -> Json:
    bins = [
        {"from": b.low, "to": b.high, "guesses": b.guesses, "score": round(b.score, 3), "right": round(b.right, 3)}
        for b in one.bins
    ]
    return {"guesses": one.guesses, "gap": round(one.gap, 3), "brier": round(one.brier, 3), "bins": bins}


def change_json(change: Change) -> Json:
    return {name: getattr(change, name) for name in ("verdict", "what", "field", "doc_id", "event", "words")}


# ---- tables ----------------------------------------------------------------------------------------------------------

Table = tuple[str, Sequence[Sequence[str]]]  # title, rows with their heading first


def tables(result: Evaluation, *, slices: bool = True) -> Iterator[Table]:
    """Title and cells of every table: fields, distances, slices, calibration, changes."""
    yield f"{result.task}: {result.reports:,} reports of {result.gold}", [HEADINGS, *field_rows(result)]
    if result.distances:
        d = result.distances
        cells = (f"{d.n:,}", f"{d.mean_km:.0f}", f"{d.median_km:.1f}", f"{d.auc:.3f}")
        yield "distance of recognised places", [("places", "mean km", "median km", "AUC"), cells]
    if slices:
        for slicing, groups in result.slices.items():
            yield f"by {slicing}", slice_rows(groups, HEADLINES[result.task])
    for name, one in result.calibration.items():
        yield f"calibration of {name}: gap {one.gap:.3f}, Brier {one.brier:.3f}", calibration_rows(one)
    if result.changes is not None:
        yield from change_tables(result.changes)


def field_rows(result: Evaluation) -> Iterator[Sequence[str]]:
    for name, tally in result.fields.items():
        low, high = result.bounds.get(name, (0.0, 0.0))
        yield (
            name,
            *share_cells(tally),
            f"{low:.1f}–{high:.1f}",
            f"{tally.gold:,}",
            f"{tally.predicted:,}",
            f"{tally.correct:,}",
        )


def share_cells(tally: Tally) -> tuple[str, str, str]:
    return f"{tally.precision:.1f}", f"{tally.recall:.1f}", f"{tally.f1:.1f}"


def slice_rows(groups: Mapping[str, Scores], shown: Sequence[str]) -> list[Sequence[str]]:
    heading = ["", *(f"{name} {share}" for name in shown for share in ("P", "R", "F1", "gold"))]
    rows = [
        [label, *(cell for name in shown for cell in (*share_cells(scores[name]), f"{scores[name].gold:,}"))]
        for label, scores in groups.items()
    ]
    return [heading, *rows]


def calibration_rows(one: Calibration) -> list[Sequence[str]]:
    heading = ("score", "guesses", "mean score", "right")
    return [heading, *((f"{b.low:.1f}–{b.high:.1f}", f"{b.guesses:,}", f"{b.score:.2f}", f"{b.right:.2f}") for b in one.bins)]


def change_tables(changes: Sequence[Change]) -> Iterator[Table]:
    counts = Counter((change.field, change.verdict) for change in changes)
    fields = dict.fromkeys(change.field for change in sorted(changes, key=lambda one: one.field))
    rows = [(name, f"+{counts[name, 'gain']:,}", f"-{counts[name, 'loss']:,}") for name in fields]
    yield "gains and losses against the earlier run", [("", "gains", "losses"), *rows]
    for verdict, several in (("gain", "gains"), ("loss", "losses")):
        some = [change for change in changes if change.verdict == verdict][:CHANGES_SHOWN]
        if some:
            yield (
                f"{several} with their words (first {len(some)})",
                [
                    ("field", "report", "event", "what", "words"),
                    *((c.field, c.doc_id, c.event, outcome(c), c.words) for c in some),
                ],
            )


def outcome(change: Change) -> str:
    """
    >>> outcome(Change("loss", "when", "d", "e1", "found", "2020-01-01"))
    'found no more'
    """
    good = change.what == "found"
    return change.what if (change.verdict == "gain") == good else f"{change.what} no more"


def error_rows(rows: Iterable[Row], most: int) -> Table:
    """The first errors: missed and invented events, and wrong or missing values of those that were met."""
    cells: list[Sequence[str]] = [("what", "report", "event", "words")]
    for row in rows:
        event = row.gold or row.predicted
        if event is None or (row.gold and row.predicted):
            continue
        what = "missed" if row.gold else "invented"
        cells.append((what, row.doc_id, str(event.id), shorten(f"{event.sub_type}: {event.words}")))
    return "errors", cells[: most + 1]


def plain_text(all_tables: Iterable[Table]) -> str:
    """Tables in columns of even width."""
    return "\n".join(line for title, rows in all_tables for line in (title, *columns(rows), ""))


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    words = [any(row[at].strip("0123456789.,–-+ %") for row in rows[1:]) for at in range(len(widths))]
    for row in rows:
        cells = (cell.ljust(width) if text else cell.rjust(width) for cell, width, text in zip(row, widths, words, strict=True))
        yield "  ".join(cells).rstrip()


def markdown(all_tables: Iterable[Table], *, level: int = 3) -> str:
    """Tables in Markdown, each under a heading."""
    return "\n".join(line for title, rows in all_tables for line in (f"{'#' * level} {title}", "", *markdown_rows(rows), ""))


def markdown_rows(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
        if number == 0:
            yield "|" + "---|" * len(row)
