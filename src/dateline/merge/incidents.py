"""Incidents of a project: merge them, keep them, find them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline.merge.judgements import Decisions
from dateline.merge.records import Incident, Incidents
from dateline.store.project import Project
from dateline.types import Coding


def merge_events(codings: Iterable[Coding], *, decisions: Decisions | None = None, policy: str = "most origins") -> Incidents:
    """Merge the events of many codings into incidents: a pure function of the codings and the judgements in force.

    The order of `codings` changes nothing.
    """
    raise NotImplementedError


def merge_project(project: Project, *, policy: str = "most origins", since: str | None = None) -> Incidents:
    """Merge the current codings of a project with the judgements in force, and keep the incidents in it."""
    raise NotImplementedError


def load_incidents(project: Project, *, ids: Iterable[str] | None = None) -> Iterator[Incident]:
    """The incidents kept by the last `merge_project`, by day."""
    raise NotImplementedError


def find_incident(project: Project, name: str) -> Incident | None:
    """The incident with this id (or its beginning), or the one that an event (v…, DOC_ID.e3) is part of."""
    raise NotImplementedError
