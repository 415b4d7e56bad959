"""Records in a SQLite project file: `open_project(path)`, `save_coding`, `load_codings`, `find_event`."""

from dateline.store.project import Counts, Project, Run, Saved, open_project

__all__ = ["Counts", "Project", "Run", "Saved", "open_project"]
