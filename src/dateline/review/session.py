"""What the server holds while it runs: the open project, the index of its events, and what people decided."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TypeVar

from starlette.exceptions import HTTPException

from dateline.review.decisions import Reviewed
from dateline.review.index import EventRow, Index, read_index
from dateline.store import Project, open_project, rows
from dateline.types import Coding

Thing = TypeVar("Thing")
WAIT = 5.0  # seconds to wait for another process that writes
CODING = "SELECT r.*, c.record AS coding FROM reports r JOIN codings c ON c.report_id = r.id AND c.current = 1 WHERE r.id = ?"


class Session:
    """One project, served. `refresh` takes in what other processes changed since the last request."""

    def __init__(self, path: Path, user: str) -> None:
        self.path, self.user, self.name = path, user, path.stem
        self._stamp: tuple[int, ...] = ()

    def __enter__(self) -> Session:
        self.project: Project = open_project(self.path, create=False, wait=WAIT)
        self.reviewed = Reviewed()
        self.refresh()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.project.close()

    def refresh(self) -> None:
        """Take in new judgements, and the index anew when a run has saved codings since."""
        query = "SELECT count(*), coalesce(max(rowid), 0), coalesce(sum(current * rowid), 0) FROM codings"
        stamp = tuple(self.project.connection.execute(query).fetchone())
        anew = stamp != self._stamp
        if anew:
            self.index: Index = read_index(self.project)
            self._stamp = stamp
        self.reviewed.refresh(self.project, anew=anew)

    def event(self, event_id: str) -> EventRow:
        return found(self.index.events.get(event_id), "no such event in this project")

    def coding(self, report_id: str) -> Coding:
        row = found(self.project.connection.execute(CODING, (report_id,)).fetchone(), "no such report in this project")
        return rows.coding_of(row["coding"], rows.report_of(row))


def found(thing: Thing | None, otherwise: str) -> Thing:
    """The thing, or the answer 404."""
    if thing is None:
        raise HTTPException(404, otherwise)
    return thing
