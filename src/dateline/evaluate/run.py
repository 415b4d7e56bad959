"""The whole measurement: gold against predictions of a file or of the coder itself, as one record that renders and compares."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dateline.evaluate.calibration import Calibration, calibrate_rows
from dateline.evaluate.changes import Change, compare_runs
from dateline.evaluate.files import Text, Texts, convert, fingerprint, rows_of
from dateline.evaluate.intervals import intervals
from dateline.evaluate.layer_changes import compare_layers
from dateline.evaluate.layers import LAYERS, Distances, distances, sum_up
from dateline.evaluate.records import CodedReport
from dateline.evaluate.scoring import Row, Scores, by_report, score_reports, total
from dateline.evaluate.slices import Slices, report_labels, slice_events, slice_reports
from dateline.evaluate.standoff import Json
from dateline.types import Fault, Report

TASKS = ("events", *LAYERS)
OnFault = Callable[[Fault], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What was measured. `fields` are sums over reports, `bounds` their 95 % bootstrap intervals of F1.

    `absent`: gold reports without a prediction; they count as missed. `rows` (events only) hold every pair and error.
    """

    task: str
    gold: str
    reports: int
    fields: Scores
    bounds: Mapping[str, tuple[float, float]]
    slices: Slices = field(default_factory=dict)
    absent: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    calibration: Mapping[str, Calibration] = field(default_factory=dict)
    distances: Distances | None = None
    changes: tuple[Change, ...] | None = None


def evaluate_events(
    golds: Mapping[str, CodedReport],
    predictions: Mapping[str, CodedReport],
    *,
    texts: Texts | None = None,
    before: Mapping[str, CodedReport] | None = None,
    gold: str = "",
) -> Evaluation:
    """Score coded events. `before` is an earlier run over the same gold: the changes against it are listed."""
    rows = score_reports(golds, predictions)
    scores = by_report(rows, golds)
    labels = {doc_id: report_labels(report, words(texts, doc_id)) for doc_id, report in golds.items()}
    return Evaluation(
        "events",
        gold,
        len(golds),
        total(scores.values()),
        intervals(list(scores.values())),
        {**slice_reports(scores, labels), **slice_events(rows)},
        tuple(sorted(set(golds) - set(predictions))),
        tuple(rows),
        calibrate_rows(rows),
        changes=tuple(compare_runs(rows, score_reports(golds, before))) if before is not None else None,
    )


def evaluate_layer(
    task: str,
    golds: Mapping[str, list[Any]],
    predictions: Mapping[str, list[Any]],
    *,
    texts: Texts | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    before: Mapping[str, list[Any]] | None = None,
    gold: str = "",
) -> Evaluation:
    """Score one layer of annotation (a key of LAYERS): records of the layer by doc_id. `before`: those of an earlier run."""
    measure = LAYERS[task].measure
    known_words = {doc_id: text for doc_id in golds if (text := words(texts, doc_id)) is not None}
    scores = {doc_id: measure(marked, predictions.get(doc_id, [])) for doc_id, marked in golds.items()}
    known = {
        doc_id: {**report_labels(CodedReport(doc_id=doc_id), words(texts, doc_id)), **(labels or {}).get(doc_id, {})}
        for doc_id in golds
    }
    apart = (
        [km for doc_id, marked in golds.items() for km in distances(marked, predictions.get(doc_id, []))]
        if task == "places"
        else []
    )
    return Evaluation(
        task,
        gold,
        len(golds),
        total(scores.values()),
        intervals(list(scores.values())),
        slice_reports(scores, known),
        tuple(sorted(set(golds) - set(predictions))),
        distances=sum_up(apart),
        changes=tuple(compare_layers(task, golds, predictions, before, known_words)) if before is not None else None,
    )


def words(texts: Texts | None, doc_id: str) -> str | None:
    return texts[doc_id].text if texts and doc_id in texts else None


def gold_name(path: Path) -> str:
    """File and the beginning of its fingerprint."""
    return f"{path} (sha256 {fingerprint(path)[:12]})"


# ---- the coder's own output ------------------------------------------------------------------------------------------


def reports_of(texts: Iterable[Text], on_fault: OnFault) -> Iterator[Report]:
    """Texts read as `dateline code` would read them, with what their records tell of day, outlet and title."""
    from dateline.api import as_reports

    for number, text in enumerate(texts, 1):
        for item in as_reports({**text.record, "doc_id": text.doc_id, "text": text.text}, number):
            if isinstance(item, Fault):
                on_fault(item)
            else:
                yield item


def code_texts(texts: Iterable[Text], on_fault: OnFault, *, jobs: int = 1, model: bool = True) -> dict[str, Json]:
    """Code texts: records in the codebook form, by doc_id. What cannot be coded is told to `on_fault` and counts as empty."""
    from dateline.batch import code_stream
    from dateline.export.codebook import to_codebook

    coded: dict[str, Json] = {}
    for done in code_stream(reports_of(texts, on_fault), jobs=jobs, model=model):
        if isinstance(done.result, Fault):
            on_fault(done.result)
        elif done.result is not None:
            coded[done.result.report.doc_id] = to_codebook(done.result)
    return coded


def mark_texts(texts: Iterable[Text], task: str, on_fault: OnFault) -> dict[str, Json]:
    """Run the finders: lines of `dateline annotate --layer …` as records, by doc_id."""
    import json

    from dateline.api import shared_tools
    from dateline.export.layers import layer_line
    from dateline.pipeline import annotate

    found: dict[str, Json] = {}
    for report in reports_of(texts, on_fault):
        try:
            found[report.doc_id] = json.loads(layer_line(annotate(report, shared_tools(model=False)), LAYERS[task].layer))
        except Exception as error:  # as in a batch of `dateline annotate`: recorded, and the run goes on
            what = f"could not be marked ({type(error).__name__}: {error})"
            on_fault(Fault(report.doc_id, what, "please report this as a bug", code="coding"))
    return found


def coded_reports(records: Mapping[str, Json]) -> dict[str, CodedReport]:
    return {doc_id: convert(record, CodedReport, doc_id) for doc_id, record in records.items()}


def marked_reports(records: Mapping[str, Json], task: str) -> dict[str, list[Any]]:
    layer = LAYERS[task]
    return {
        doc_id: [convert(row, layer.record, doc_id) for row in rows_of(record, layer, doc_id)]
        for doc_id, record in records.items()
    }
