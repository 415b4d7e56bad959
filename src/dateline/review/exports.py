"""Exports from the page: a live preview of rows, of what is left out and why, and the file itself."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from dateline.cli.exporting import options_of
from dateline.export.bundle import PROFILES, Export, Options, Reviewed
from dateline.export.formats import FORMATS
from dateline.export.manifest import profile_words
from dateline.export.reviews import reviewed, statuses
from dateline.review.reader import clean
from dateline.review.session import Session
from dateline.store import open_project

Json = dict[str, Any]
PREVIEWED = 150  # reports that a preview reads, at most
SECONDS = 0.8  # and no longer than this, but some in any case: other windows wait meanwhile
FEWEST = 20
ROWS = 40
MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/x-ndjson",
    "geojson": "application/geo+json",
    "html": "text/html",
}


def options(request: Request) -> Options:
    """The export that an address asks for. Raises SettingsError for what is none."""
    params = request.query_params
    return options_of(
        params.get("as") or "csv",
        params.get("profile") or "public",
        where="as",
        since=params.get("since") or None,
        until=params.get("until") or None,
        countries=[one for one in params.getlist("country") if one],
        types=[one for one in params.getlist("type") if one],
        reviewed=params.get("reviewed") == "1",
        embargo=params.get("embargo") or None,
        coarsen=params.get("coarsen") or None,
    )


class Rows:
    """A sink that keeps the first rows, to be shown."""

    def __init__(self) -> None:
        self.rows: list[Json] = []

    def add(self, row: Mapping[str, Any]) -> None:
        if len(self.rows) < ROWS:
            self.rows.append(dict(row))

    def close(self) -> None:
        """Nothing is pending."""


def preview(session: Session, request: Request) -> Json:
    """What an export would give: rows of the first reports, what is left out by which rule, what the profile withholds."""
    wanted = options(request)
    export, sink = Export(wanted, BytesIO()), Rows()
    export._sink = sink
    decisions = session.reviewed.decisions
    decided, read, until = Reviewed(statuses(decisions), decisions), 0, time.monotonic() + SECONDS
    for report_id in islice(session.index.reports, PREVIEWED):
        if read >= FEWEST and time.monotonic() > until:
            break
        export.add(session.coding(report_id), decided)
        read += 1
    rules = Counter(row["rule"] for row in export.excluded)
    flat = [row for row in sink.rows if "coding" not in row]
    return {
        "formats": {one.name: one.summary for one in FORMATS.values() if not one.needs},
        "profiles": {name: profile_words(name) for name in PROFILES},
        "columns": list(flat[0]) if flat else [],
        "rows": [{name: shown(cell) for name, cell in row.items()} for row in flat],
        "count": export.rows,
        "excluded": [{name: shown(cell) for name, cell in row.items()} for row in export.excluded[:200]],
        "rules": rules.most_common(),
        "withheld": export.withheld,
        "reports": read,
        "all_reports": len(session.index.reports),
        "command": command(session, request),
    }


def shown(cell: Any) -> Any:
    return clean(cell) if isinstance(cell, str) else cell


def command(session: Session, request: Request) -> str:
    """The same on the command line."""
    params = request.query_params
    format = FORMATS.get(params.get("as") or "csv", FORMATS["csv"])
    parts = ["dateline export", session.path.name, "--as", format.name]
    parts += ["--profile internal"] if params.get("profile") == "internal" else []
    for name in ("since", "until", "country", "type", "embargo", "coarsen"):
        parts += [f"--{name} {value!r}" if " " in value else f"--{name} {value}" for value in params.getlist(name) if value]
    parts += ["--reviewed-only"] if params.get("reviewed") == "1" else []
    return clean(" ".join([*parts, "-o", f"{format.stem}.{format.ending}"]))


async def download(session: Session, request: Request) -> Response:
    """The export itself, as a file."""
    wanted = options(request)
    made = await run_in_threadpool(whole, session.path, wanted)
    name = f"{wanted.format.stem}.{wanted.format.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made, media_type=MEDIA.get(wanted.format.ending, "application/octet-stream"), headers=headers)


def whole(path: Path, wanted: Options) -> bytes:
    """The file as bytes, made with a connection of its own so that the page stays quick meanwhile."""
    stream = BytesIO()
    with open_project(path, create=False) as project:
        export, decided = Export(wanted, stream), reviewed(project)
        for coding in project.load_codings():
            export.add(coding, decided)
        export.close()
    return stream.getvalue()
