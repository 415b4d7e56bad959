"""`dateline evaluate`: how good is the coding, against gold that people made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dateline.cli.options import NoModel, Output, Quiet, refuse_inside, settings_of
from dateline.cli.terminal import Progress, output, say
from dateline.errors import SettingsError
from dateline.types import Fault

if TYPE_CHECKING:
    from dateline.evaluate.files import Texts
    from dateline.evaluate.run import Evaluation, OnFault
    from dateline.evaluate.standoff import Json

TASKS = "events|places|times|figures|attribution"


def run(
    context: typer.Context,
    gold: Annotated[str, typer.Argument(metavar="GOLD", help="Gold: a JSON or JSONL file, or a folder of them.")],
    task: Annotated[str, typer.Option("--task", metavar=TASKS, help="What to measure.")] = "events",
    predicted: Annotated[
        str | None,
        typer.Option(
            "--predicted",
            metavar="FILE",
            help="Output of `dateline code` or `dateline annotate` (default: the texts are coded now).",
            show_default=False,
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="OLD.jsonl", help="Output of an earlier run: list gains and losses.", show_default=False
        ),
    ] = None,
    texts: Annotated[
        str | None,
        typer.Option("--texts", metavar="FILE", help="Texts of the gold: JSONL with doc_id and text, or a folder of .txt files."),
    ] = None,
    part: Annotated[
        str | None, typer.Option("--part", metavar="NAME", help="Only gold reports whose `part` is NAME (dev, test).")
    ] = None,
    no_slices: Annotated[
        bool, typer.Option("--no-slices", help="Only the whole, not also by set, outlet, length, region and type.")
    ] = False,
    errors: Annotated[int, typer.Option("--errors", metavar="N", min=0, help="List so many missed and invented events.")] = 0,
    output_file: Output = None,
    jobs: Annotated[int | None, typer.Option("--jobs", "-j", metavar="N", min=1, help="Processes (default: 1).")] = None,
    no_model: NoModel = False,
    quiet: Quiet = False,
) -> None:
    """Measure coding or annotation against gold: precision, recall and F1 per field, with 95 % intervals.

    Gold holds its words, or spans into its texts (then give --texts). FILE of -o is JSON; a name in .md gives Markdown.

    \b
    Examples:
      dateline evaluate gold.jsonl --predicted events.jsonl
      dateline evaluate gold.jsonl --texts reports.jsonl -o result.json
      dateline evaluate gold/ --texts texts.jsonl --part dev --against last-week.jsonl
      dateline evaluate places.jsonl --texts reports.jsonl --task places --against places-of-may.jsonl
    """
    settings = settings_of(context)
    if task not in TASKS.split("|"):
        raise SettingsError(f"unknown task {task!r}", where="--task", remedy=f"one of {TASKS.replace('|', ', ')}")
    refuse_inside([path for path in (gold, predicted, against, texts) if path], output_file, "-o")
    progress = Progress(quiet=quiet or settings.quiet)
    from dateline.evaluate.render import error_rows, tables

    result = measure(
        Path(gold),
        task,
        predicted,
        against,
        texts=texts,
        part=part,
        jobs=jobs or settings.jobs,
        on_fault=progress.fault,
        model=settings.model and not no_model,
    )
    told = list(tables(result, slices=not no_slices))
    if errors and result.rows:
        told.append(error_rows(result.rows, errors))
    write(result, told, output_file)
    if output_file and not progress.quiet:
        say(headline(result))
    if result.absent:
        what = f"{len(result.absent):,} of {result.reports:,} gold reports have no prediction and count as missed"
        progress.fault(Fault(predicted or gold, what, f"first: {result.absent[0]}", level="warning"))
    progress.finish()
    raise typer.Exit(1 if progress.faults else 0)


def measure(
    gold: Path,
    task: str,
    predicted: str | None,
    against: str | None,
    *,
    texts: str | None,
    part: str | None,
    jobs: int,
    on_fault: OnFault,
    model: bool = True,
) -> Evaluation:
    """Read everything, code the texts where no predictions are given, and score."""
    from dateline.evaluate.files import read_coded, read_layer, read_texts, texts_inside
    from dateline.evaluate.layers import LAYERS
    from dateline.evaluate.run import coded_reports, evaluate_events, evaluate_layer, gold_name, marked_reports

    known = read_texts(existing(texts, "--texts")) if texts else texts_inside(existing(str(gold), "GOLD"))
    chosen = choose(gold, part)
    if task == "events":
        golds = {doc_id: report for doc_id, report in read_coded(gold, known, gold=True).items() if doc_id in chosen}
        found = (
            read_coded(existing(predicted, "--predicted"), known, gold=False)
            if predicted
            else coded_reports(own(chosen, known, task, jobs, on_fault, model))
        )
        before = read_coded(existing(against, "--against"), known, gold=False) if against else None
        refuse_strangers(golds, found, predicted)
        return evaluate_events(golds, found, texts=known, before=before, gold=gold_name(gold))
    marked: dict[str, Any] = {doc_id: rows for doc_id, rows in read_layer(gold, LAYERS[task], known).items() if doc_id in chosen}
    seen = (
        read_layer(existing(predicted, "--predicted"), LAYERS[task], known)
        if predicted
        else marked_reports(own(chosen, known, task, jobs, on_fault, model), task)
    )
    refuse_strangers(marked, seen, predicted)
    earlier = read_layer(existing(against, "--against"), LAYERS[task], known) if against else None
    return evaluate_layer(task, marked, seen, texts=known, labels=chosen, before=earlier, gold=gold_name(gold))


def existing(path: str | None, option: str) -> Path:
    if path is None or not Path(path).exists():
        raise SettingsError(f"{path} does not exist", where=option, remedy="check the path")
    return Path(path)


def choose(gold: Path, part: str | None) -> dict[str, dict[str, str]]:
    """doc_id → labels (set, part) of the gold reports that are asked for."""
    from dateline.evaluate.files import doc_id_of, read_records

    chosen: dict[str, dict[str, str]] = {}
    for where, record in read_records(gold):
        if part is None or record.get("part") == part:
            chosen[doc_id_of(record, where)] = {key: str(record[key]) for key in ("set", "part", "outlet") if record.get(key)}
    if not chosen:
        raise SettingsError(
            f"no gold report of part {part!r}" if part else "no gold report", where=str(gold), remedy="check --part"
        )
    return chosen


def own(chosen: dict[str, dict[str, str]], known: Texts, task: str, jobs: int, on_fault: OnFault, model: bool) -> dict[str, Json]:
    """The coder's own output for the texts of the chosen reports."""
    from dateline.evaluate.run import code_texts, mark_texts

    wanted = [known[doc_id] for doc_id in chosen if doc_id in known]
    if not wanted:
        remedy = "give --predicted FILE, or the texts: --texts TEXTS.jsonl"
        raise SettingsError("there is nothing to measure: neither predictions nor texts of these reports", remedy=remedy)
    if task == "events":
        return code_texts(wanted, on_fault, jobs=jobs, model=model)
    return mark_texts(wanted, task, on_fault)


def refuse_strangers(golds: dict[str, Any], found: dict[str, Any], predicted: str | None) -> None:
    if predicted and not golds.keys() & found.keys():
        ours, theirs = sorted(golds)[:2], sorted(found)[:2]
        raise SettingsError(
            f"no doc_id in common: gold has {ours}, predictions have {theirs}", where=predicted, remedy="code the same reports"
        )


def write(result: Evaluation, told: list[Any], output_file: str | None) -> None:
    """Tables on standard output; or JSON (in .md: tables) in a file."""
    from dateline.evaluate.render import as_json, markdown, plain_text

    if not output_file or output_file == "-":
        text = plain_text(told)
    elif output_file.endswith(".md"):
        text = markdown(told)
    else:
        text = json.dumps(as_json(result), ensure_ascii=False, indent=1) + "\n"
    with output(output_file) as stream:
        stream.write(text.encode())


def headline(result: Evaluation) -> str:
    """The chief figures in one line, for whoever sent the tables to a file."""
    from dateline.evaluate.render import HEADLINES

    figures = (f"{name} F1 {result.fields[name].f1:.1f}" for name in HEADLINES[result.task])
    return f"{result.reports:,} reports: {', '.join(figures)}"
