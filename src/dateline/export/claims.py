"""Claims: a row for each statement, one value of one field of an event according to one source, with the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dateline.export.cases import Case, LeftOut
from dateline.export.codebook import encode
from dateline.types import Statement

Row = dict[str, Any]


def rows(cases: Sequence[Case]) -> Iterator[Row | LeftOut]:
    """A row for each statement of each telling. `start` and `end`: code points of the report's text as this profile shows it."""
    for case in cases:
        for telling in case.tellings:
            for statement in telling.statements:
                report, first = telling.report, statement.evidence[0] if statement.evidence else None
                yield {
                    "claim_id": statement.id,
                    "event_id": case.id,
                    "event": f"{report.doc_id}.{telling.event.id}",
                    "type": telling.event.type,
                    "sub_type": telling.event.sub_type,
                    "property": statement.property,
                    "value": value_words(statement),
                    "source": statement.source,
                    "stance": statement.stance,
                    "certainty": statement.certainty,
                    "words": statement.original,
                    "start": first.start if first else None,
                    "end": first.end if first else None,
                    "doc_id": report.doc_id,
                    "outlet": report.outlet,
                    "published": report.published.day,
                    "url": report.url,
                    "review": case.review,
                    "rule": statement.by,
                    "score": statement.score,
                }


def value_words(statement: Statement) -> str:
    """The value as text: as it is, or as JSON. Silence has none."""
    value = statement.value
    if value is None:
        return ""
    return value if isinstance(value, str) else encode(value).decode()


def records(cases: Sequence[Case]) -> Iterator[dict[str, Any] | LeftOut]:
    """The statements as full records, with the review status: `dateline.types.Statement` reads each line back without loss."""
    for case in cases:
        for telling in case.tellings:
            for statement in telling.statements:
                yield {**statement.to_dict(), "review": case.review}
