"""Gold, predictions and texts from disk: JSON or JSONL files, or folders of them. Every fault names the file and the line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from dateline.errors import InputError
from dateline.evaluate.layers import Layer
from dateline.evaluate.records import CodedReport
from dateline.evaluate.standoff import ROLES, Json, Span, is_standoff, to_quoted, to_standoff
from dateline.types import FAMILY_OF_TYPE

SUFFIXES = (".json", ".jsonl")


class Text(msgspec.Struct, frozen=True):
    """The words of one report, with what the user knows of it. Other keys of the record stay in `record`."""

    doc_id: str
    text: str
    record: Json = {}

    @property
    def outlet(self) -> str | None:
        told = self.record.get("outlet")
        return str(told) if told else None


Texts = Mapping[str, Text]


def read_records(path: Path) -> Iterator[tuple[str, Json]]:
    """Place (file:line) and record of every JSON object in a file or in the .json and .jsonl files of a folder."""
    for file in files_of(path, SUFFIXES):
        try:
            raw = file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(str(error), where=str(file), remedy="give a readable file of UTF-8 JSON") from error
        yield from records_of(raw, str(file))


def files_of(path: Path, suffixes: tuple[str, ...]) -> list[Path]:
    if not path.is_dir():
        return [path]
    files = sorted(file for file in path.iterdir() if file.suffix in suffixes)
    if not files:
        raise InputError(
            f"no {' or '.join(suffixes)} file in this folder", where=str(path), remedy="give the folder that holds them"
        )
    return files


def records_of(raw: str, where: str) -> Iterator[tuple[str, Json]]:
    try:
        whole = json.loads(raw)
    except json.JSONDecodeError:
        for number, line in enumerate(raw.split("\n"), 1):
            if line.strip():
                yield f"{where}:{number}", json_object(line, f"{where}:{number}")
        return
    for record in whole if isinstance(whole, list) else [whole]:
        yield where, checked(record, where)


def json_object(line: str, where: str) -> Json:
    try:
        return checked(json.loads(line), where)
    except json.JSONDecodeError as error:
        raise InputError(f"not JSON ({error.msg})", where=where, remedy="one JSON object a line") from error


def checked(record: Any, where: str) -> Json:
    if not isinstance(record, dict):
        raise InputError(f"a {type(record).__name__}, not an object", where=where, remedy="one JSON object a line")
    return record


def doc_id_of(record: Json, where: str) -> str:
    for key in ("doc_id", "id"):
        if record.get(key) not in (None, ""):
            return str(record[key])
    raise InputError("no doc_id", where=where, remedy="give every record the doc_id of its report")


def read_texts(path: Path) -> dict[str, Text]:
    """Texts by doc_id: JSONL with `doc_id` (or `id`) and `text`, or a folder of .txt files named after their doc_id.

    Of several records with one doc_id the first counts.
    """
    if path.is_dir() and any(path.glob("*.txt")):
        return {file.stem: Text(file.stem, file.read_text(encoding="utf-8")) for file in sorted(path.glob("*.txt"))}
    if path.suffix == ".txt":
        return {path.stem: Text(path.stem, path.read_text(encoding="utf-8"))}
    texts: dict[str, Text] = {}
    for where, record in read_records(path):
        text = record.get("text")
        if not isinstance(text, str):
            raise InputError("no text", where=where, remedy='expected {"doc_id": …, "text": …}')
        doc_id = doc_id_of(record, where)
        texts.setdefault(doc_id, Text(doc_id, text, {key: value for key, value in record.items() if key != "text"}))
    return texts


def texts_inside(path: Path) -> dict[str, Text]:
    """The texts that a gold file itself holds under `text`."""
    held = ((doc_id_of(record, where), record) for where, record in read_records(path) if isinstance(record.get("text"), str))
    return {
        doc_id: Text(doc_id, record["text"], {key: record.get(key) for key in ("published", "outlet")}) for doc_id, record in held
    }


def read_coded(path: Path, texts: Texts, *, gold: bool) -> dict[str, CodedReport]:
    """Coded reports by doc_id. Stand-off gets its words back from `texts`. In gold, types must be those of the codebook."""
    reports: dict[str, CodedReport] = {}
    for where, record in read_records(path):
        doc_id = doc_id_of(record, where)
        words = to_quoted(record, text_of(doc_id, texts, where)) if is_standoff(record) else record
        report = convert({**words, "doc_id": doc_id}, CodedReport, where)
        if gold:
            check_gold(report, where)
        reports[doc_id] = labelled(report, texts.get(doc_id))
    return reports


def text_of(doc_id: str, texts: Texts, where: str) -> str:
    if doc_id not in texts:
        raise InputError(f"no text for {doc_id!r}", where=where, remedy="stand-off gold needs its texts: --texts TEXTS.jsonl")
    return texts[doc_id].text


def convert(record: Json, kind: type[Any], where: str) -> Any:
    try:
        return msgspec.convert(record, kind)
    except msgspec.ValidationError as error:
        raise InputError(str(error), where=where, remedy="see the form in CODEBOOK.md, section 4") from error


def check_gold(report: CodedReport, where: str) -> None:
    for event in report.events:
        if event.type not in FAMILY_OF_TYPE or not event.trigger:
            found = f"type {event.type!r} is not in the codebook" if event.trigger else "an event without trigger words"
            raise InputError(found, where=f"{where}: {report.doc_id}.{event.id}", remedy="mend the gold")


def labelled(report: CodedReport, text: Text | None) -> CodedReport:
    return msgspec.structs.replace(report, outlet=report.outlet or (text.outlet if text else None))


# ---- layers ----------------------------------------------------------------------------------------------------------


def read_layer(path: Path, layer: Layer, texts: Texts) -> dict[str, list[Any]]:
    """Marked spans by doc_id: lines of `dateline annotate`, or coded gold with attributions or figures of events.

    Coded gold may hold words without spans: they are looked for in `texts`.
    """
    found: dict[str, list[Any]] = {}
    for where, record in read_records(path):
        doc_id = doc_id_of(record, where)
        spans = to_standoff(record, texts[doc_id].text) if "events" in record and doc_id in texts else record
        found.setdefault(doc_id, [convert(row, layer.record, where) for row in rows_of(spans, layer, where)])
    return found


def rows_of(record: Json, layer: Layer, where: str) -> list[Json]:
    rows = record.get(layer.key)
    if rows is None and layer.layer == "figures" and "events" in record:
        return distinct(event_figures(record, where))
    if not isinstance(rows, list):
        raise InputError(
            f"no {layer.key!r}", where=where, remedy=f"give lines as `dateline annotate --layer {layer.layer}` writes them"
        )
    return [with_span_lists(row, where) for row in rows] if layer.layer == "attribution" else rows


def with_span_lists(row: Json, where: str) -> Json:
    """An attribution with each role as a list of spans, from the forms of layers, stand-off and quoted gold."""
    told = {role: row.get(f"{role}_span", row.get(role)) for role in ROLES}
    if any(isinstance(words, str) for words in told.values()):
        raise no_span(where)
    return {role: span_list(spans) for role, spans in told.items()}


def no_span(where: str) -> InputError:
    return InputError("words without spans", where=where, remedy="give the texts, to look for the words: --texts TEXTS.jsonl")


def span_list(told: Any) -> list[Span]:
    """
    >>> span_list([3, 9]), span_list([[3, 9], [12, 15]]), span_list([{"spans": [[1, 2]]}]), span_list(None)
    ([[3, 9]], [[3, 9], [12, 15]], [[1, 2]], [])
    """
    if not told:
        return []
    if isinstance(told[0], int):
        return [list(told)]
    if isinstance(told[0], dict):
        return [span for piece in told for span in piece["spans"]]
    return [list(span) for span in told]


def event_figures(record: Json, where: str) -> Iterator[Json]:
    """The figures of coded events, and of the background, as rows of the layer."""
    figures = [figure for event in record.get("events") or () for figure in event.get("figures") or ()]
    for figure in [*figures, *(record.get("background_figures") or ())]:
        span = figure["quote"] if isinstance(figure.get("quote"), list) else [figure.get("start"), figure.get("end")]
        if None in span:
            raise no_span(where)
        yield {"start": span[0], "end": span[1], **{key: figure.get(key) for key in ("measure", "low", "high")}}


def distinct(rows: Iterable[Json]) -> list[Json]:
    return [dict(items) for items in dict.fromkeys(tuple(row.items()) for row in rows)]


def fingerprint(path: Path) -> str:
    """sha256 over the bytes of a file, or over names and bytes of a folder's JSON files: tells which gold was measured."""
    files = files_of(path, SUFFIXES)
    if not path.is_dir():
        return sha256(path.read_bytes()).hexdigest()
    total = sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + sha256(file.read_bytes()).digest())
    return total.hexdigest()
