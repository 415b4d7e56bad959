"""Keeping codings in a project file while they are made."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from dateline.config import Settings
from dateline.export.safe import one_line
from dateline.types import Coding, Fault
from dateline.versions import knowledge_with, versions

if TYPE_CHECKING:
    from dateline.store import Project, Run


class Keeper:
    """One run into a project file. Every report is a transaction of its own: what is kept stays kept."""

    def __init__(self, path: str, settings: Settings) -> None:
        self.path = path
        self._settings = {name: getattr(settings, name) for name in settings.__struct_fields__}
        self._knowledge = knowledge_with(settings.own)
        self.reports = self.events = self.new = self.faults = 0

    def __enter__(self) -> Keeper:
        from dateline.store import open_project

        self.project: Project = open_project(self.path)
        self.run: Run = self.project.start_run(**{**versions(), "knowledge": self._knowledge}, settings=self._settings)
        return self

    def keep(self, coding: Coding) -> None:
        saved = self.project.save_coding(coding, self.run)
        self.reports += 1
        self.events += len(coding.events)
        self.new += saved.new

    def keep_fault(self, fault: Fault) -> None:
        self.project.save_fault(fault, self.run)
        self.faults += fault.level == "error"

    def summary(self) -> str:
        known = self.reports - self.new
        return f"{one_line(str(Path(self.path)))}: {self.new:,} new, {known:,} known already, {self.faults:,} faults kept"

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if error is None:  # a run that was cut off stays without an end
            self.project.finish_run(self.run, reports=self.reports, faults=self.faults)
        self.project.close()
