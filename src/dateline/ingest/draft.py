"""What a reader of one format gives, and how it becomes a `Report`: repair, structure, publication day, language."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from dateline.errors import InputError
from dateline.ingest.datelines import find_wire
from dateline.ingest.dates import Day, read_day
from dateline.ingest.language import find_language
from dateline.ingest.published import days_of, doubts, find_published
from dateline.ingest.repair import moved, repair_text
from dateline.ingest.structure import find_segments
from dateline.types import Fault, Repair, Report, Segment

MAX_BYTES = 50_000_000
MAX_CHARS = 1_000_000  # of one report: 160,000 words, a long book; what is longer is no report but a file of many


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user says about the reports that are read. Days are ISO or any form that `ingest.dates.read_day` knows."""

    published: str | None = None
    outlet: str | None = None
    doc_id: str | None = None
    max_bytes: int = MAX_BYTES  # of one report's file, or of one line of JSONL
    max_chars: int = MAX_CHARS  # of one report's text
    columns: tuple[tuple[str, str], ...] = ()  # field and column of tables and records ("text", "Body"); else they are found
    today: date | None = None  # for warnings about days in the future; None: the clock's


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as a format's reader gives it. `segments` are what markup tells, in offsets of `text` before repair."""

    text: str
    doc_id: str
    sha256: str = ""
    path: str | None = None
    where: str = ""  # for messages: file, or file:line
    extractor: str = ""
    title: str | None = None
    published: str | int | float | None = None
    outlet: str | None = None
    url: str | None = None
    segments: tuple[Segment, ...] = ()
    remarks: tuple[str, ...] = field(default_factory=tuple)
    made: str | None = None  # when the file was made or captured: no publication day, but a hint where nothing tells one
    depth: int = 0  # archives and mails that this stands in


def headed(draft: Draft, title: str | None, body: str) -> Draft:
    """The draft with its headline above the body, told as such; a body that begins with its own title is left as it is."""
    if not title or body.startswith(title):
        return replace(draft, text=body, title=title)
    start = len(title) + 2
    segments = (Segment("headline", 0, len(title)), Segment("body", start, start + len(body)))
    return replace(draft, text=f"{title}\n\n{body}", title=title, segments=segments)


def text_hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def finish(draft: Draft, options: ReadOptions) -> tuple[Report, list[Fault]]:
    """The report of a draft, with its warnings. A report that is not in English has `language` other than "en" and an error.

    Raises InputError when the text is longer than `options.max_chars`.
    """
    where = draft.where or draft.path or draft.doc_id
    if len(draft.text) > options.max_chars:
        raise InputError(
            f"a text of {len(draft.text):,} characters, too long for one report (at most {options.max_chars:,})",
            where=where,
            remedy="split it, or give many reports as JSONL, one a line",
        )
    text, repairs = repair_text(draft.text)
    title = repair_text(draft.title)[0].strip() if draft.title else None
    segments = find_segments(text, title=title, given=shifted(draft.segments, repairs, len(text)))
    days = days_of(text)
    published = find_published(text, segments, option=options.published, metadata=draft.published, days=days)
    language = find_language(text)
    report = Report(
        doc_id=draft.doc_id,
        text=text,
        sha256=draft.sha256 or text_hash(draft.text),
        published=published,
        segments=segments,
        repairs=repairs,
        title=title or None,
        outlet=options.outlet or draft.outlet,
        url=draft.url,
        wire=find_wire(text, segments),
        path=draft.path,
        extractor=draft.extractor,
        language="en" if language == "English" else language,
    )
    return report, list(complaints(report, draft, days, where, options))


def shifted(segments: Sequence[Segment], repairs: Sequence[Repair], length: int) -> tuple[Segment, ...]:
    """Given segments at their place after repair."""
    if not repairs:
        return tuple(segments)
    placed = ((s.kind, moved(s.start, repairs), min(length, moved(s.end, repairs))) for s in segments)
    return tuple(Segment(kind, start, end) for kind, start, end in placed if start < end)


def complaints(report: Report, draft: Draft, days: Sequence[Day], where: str, options: ReadOptions) -> list[Fault]:
    """What a person should know about how a report was read."""
    faults = [Fault(where, remark, "", "encoding", "warning") for remark in draft.remarks]
    told = draft.published
    if told not in (None, "") and report.published.basis not in {"metadata", "option"}:
        faults.append(
            Fault(
                where, f"publication day {str(told)[:60]!r} is not understood", "write it as 2020-02-01", "published", "warning"
            )
        )
    if report.published.basis == "unknown" and (made := read_day(draft.made)[0]):
        what = f"nothing tells the publication day; the file was made or saved on {made}"
        faults.append(Fault(where, what, f"if that is the day: --published {made}", "published", "warning"))
    faults += doubts(report.text, report.segments, report.published, days, where=where, today=options.today or date.today())
    if report.language != "en":
        like = "no language that dateline can tell" if report.language == "unknown" else report.language
        faults.append(Fault(where, f"not in English: reads like {like}", "give an English report or translation", "language"))
    return faults
