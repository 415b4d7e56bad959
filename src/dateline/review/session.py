"""What the server holds while it runs: the open project, the index of its events, and what people decided."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast

from starlette.exceptions import HTTPException

from dateline.merge.project import merge_project
from dateline.review.decisions import Reviewed
from dateline.review.filters import facet_counts
from dateline.review.index import EventRow, Index, read_index
from dateline.store import Project, open_project, rows
from dateline.types import Coding

Facets = dict[str, list[tuple[str, int]]]
Thing = TypeVar("Thing")
MERGED_AT_ONCE = 5_000  # events of a project that is merged when its incidents are first asked for
WAIT = 5.0  # seconds to wait for another process that writes
CODING = "SELECT r.*, c.record AS coding FROM reports r JOIN codings c ON c.report_id = r.id AND c.current = 1 WHERE r.id = ?"


class Session:
    """One project, served. `refresh` takes in what other processes changed since the last request."""

    def __init__(self, path: Path, user: str) -> None:
        self.path, self.user, self.name = path, user, path.stem
        self._stamp: tuple[int, ...] = ()
        self._version = -1
        self._kept: dict[str, tuple[int, Any]] = {}
        self._merged = -1  # number of the last judgement that the incidents know of

    def __enter__(self) -> Session:
        self.project: Project = open_project(self.path, create=False, wait=WAIT)
        self.reviewed = Reviewed()
        self.refresh()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.project.close()

    def refresh(self) -> None:
        """Take in new judgements, and the index anew when a run has saved codings since."""
        anew = self._coded_anew()
        if anew:
            self.index: Index = read_index(self.project)
            self._facets: Facets = facet_counts(self.index.queue)
            self._merged = -1
        self.reviewed.refresh(self.project, anew=anew)

    def _coded_anew(self) -> bool:
        version = self.version()
        if version == self._version:
            return False
        self._version = version
        query = "SELECT count(*), coalesce(max(rowid), 0), coalesce(sum(current * rowid), 0) FROM codings"
        stamp = tuple(self.project.connection.execute(query).fetchone())
        changed, self._stamp = stamp != self._stamp, stamp
        return changed

    def version(self) -> int:
        """A number that changes when another process or thread has written to the file."""
        (version,) = self.project.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def merge(self) -> None:
        """Bring the incidents up to date: what new events and judgements touch is made anew, all else stays.

        A large project that was never merged is left alone: that takes longer than a page may.
        """
        if self._merged == self.reviewed.number:
            return
        (merged,) = self.project.connection.execute("SELECT count(*) FROM incidents").fetchone()
        if merged or len(self.index.events) <= MERGED_AT_ONCE:
            if merge_project(self.project).changed:
                self.forget()
            self._merged = self.reviewed.number

    def kept(self, name: str, make: Callable[[], Thing]) -> Thing:
        """What `make` gives, kept until another process or a merge changes the file."""
        version, known = self.version(), self._kept.get(name)
        if known is None or known[0] != version:
            known = self._kept[name] = (version, make())
        return cast("Thing", known[1])

    def all_facets(self) -> Facets:
        """Counts of all events by facet."""
        return self._facets

    def forget(self) -> None:
        """The incidents have changed."""
        self._kept.clear()

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
