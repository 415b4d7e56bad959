"""The Python interface: one text, or a stream of them.

The names here are public as `dateline.code`, `dateline.code_many` and `dateline.read`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from dateline.config import Own
from dateline.errors import InputError
from dateline.ingest import ReadOptions, read_paths
from dateline.ingest.paths import read_text_with_faults
from dateline.pipeline import Tools, code_report, load_tools
from dateline.types import Coding, Fault, Report


@cache
def shared_tools(own: Own | None = None, *, model: bool = True) -> Tools:
    """The tools of this process, loaded at the first use with these tables of the user; `model=False`: without the tagger."""
    return load_tools(own, model=model)


def code_text(
    text: str,
    *,
    published: str | None = None,
    outlet: str | None = None,
    doc_id: str = "text",
    title: str | None = None,
    url: str | None = None,
    tools: Tools | None = None,
) -> Coding:
    """Code one report given as a string.

    Warnings (a day that cannot be) and errors (not in English: then there are no events) stand in `Coding.faults`.
    Raises InputError when `text` holds no words.
    """
    report, faults = read_text_with_faults(text, doc_id=doc_id, published=published, outlet=outlet, title=title, url=url)
    if any(fault.level == "error" for fault in faults):
        return Coding(report, faults=tuple(faults))
    coding = code_report(report, tools or shared_tools())
    return msgspec.structs.replace(coding, faults=(*faults, *coding.faults)) if faults else coding


def read(
    paths: str | Path | Iterable[str | Path],
    *,
    published: str | None = None,
    outlet: str | None = None,
    columns: Mapping[str, str] | None = None,
) -> Iterator[Report | Fault]:
    """Read files, folders (recursively) or "-" (standard input) as a stream of reports, and faults for what cannot be read.

    `columns` names columns of tables, or keys of JSON, where they are not found by their usual names: `{"text": "Body"}`.
    """
    several = [paths] if isinstance(paths, (str, Path)) else paths
    told = tuple((columns or {}).items())
    return read_paths(several, options=ReadOptions(published=published, outlet=outlet, columns=told))


Input = str | Report | Fault | Mapping[str, Any]


def code_many(
    items: Iterable[Input], *, jobs: int = 1, tools: Tools | None = None, own: Own | None = None
) -> Iterator[Coding | Fault]:
    """Code a stream; codings and faults come out in input order, as soon as they are ready.

    An item is a text, a mapping with the keys of JSONL input (`text`, and `doc_id` or `id`, `published` or `date`, `title`,
    `outlet`, `url`), or what `dateline.read` gives. `jobs` > 1 uses that many processes (a script must then guard its main module
    with `if __name__ == "__main__":`), and `tools` must be left out; `own` names tables of yours.
    """
    from dateline.batch import Limits, code_stream

    reports = (item for number, given in enumerate(items, 1) for item in as_reports(given, number))
    for done in code_stream(reports, jobs=jobs, limits=Limits(), tools=tools, own=own):
        if done.result is not None:
            yield done.result


def as_reports(item: Input, number: int) -> Iterator[Report | Fault]:
    """An item of `code_many` as a report, after its warnings; a fault takes the place of what cannot be coded."""
    if isinstance(item, (Report, Fault)):
        yield item
        return
    record: Mapping[str, Any] = {"text": item} if isinstance(item, str) else item
    doc_id = str(record.get("doc_id") or record.get("id") or f"text-{number}")
    try:
        report, faults = report_of(record, doc_id)
    except InputError as error:
        yield Fault(error.where or doc_id, error.message, error.remedy)
        return
    yield from faults
    if all(fault.level == "warning" for fault in faults):
        yield report


def report_of(record: Mapping[str, Any], doc_id: str) -> tuple[Report, list[Fault]]:
    text = record.get("text")
    if not isinstance(text, str):
        raise InputError('no "text"', where=doc_id, remedy='give {"text": …} with the words of the report')
    told = {key: str(value) for key, value in record.items() if value and key != "text"}
    return read_text_with_faults(
        text,
        doc_id=doc_id,
        published=told.get("published", told.get("date")),
        title=told.get("title"),
        outlet=told.get("outlet"),
        url=told.get("url"),
    )
