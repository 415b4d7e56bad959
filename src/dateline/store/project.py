"""A project file: everything that was read and coded, in one SQLite database.

Promises: a report is saved whole or not at all; what `save_coding` has returned for survives a kill of the process and a
loss of power; the same report and coding twice add nothing; evidence that does not reproduce its words is refused by the
database itself.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from dateline.errors import EvidenceError, StoreError
from dateline.store import rows
from dateline.store.schema import bring_up_to_date
from dateline.types import Coding, Event, Fault, Record, Report, content_id

WAIT = 30.0  # seconds that a writer waits for another one
INSERT_EVIDENCE = """INSERT INTO evidence (report_id, event_id, statement_id, field, item, span_start, span_end, quote)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
# A report read again may have got better structure or metadata; its text and hash stay those of the first reading.
RENEW_REPORT = "ON CONFLICT (id) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}"
    for column in ("title", "wire", "published_basis", "published_why", "published_evidence", "segments", "extractor", "language")
)


class Run(Record, frozen=True):
    """One run of dateline over reports: which versions made the records. Times are UTC, ISO 8601."""

    id: str
    started: str
    finished: str | None = None
    code: str = ""
    knowledge: str = ""
    models: str = ""
    settings: str = "{}"
    reports: int = 0
    faults: int = 0


class Counts(Record, frozen=True):
    """Rows of a project. `events` and `statements` are of the current coding of each report."""

    reports: int
    events: int
    statements: int
    faults: int
    judgements: int
    runs: int


class Saved(Record, frozen=True):
    """What saving did: `new` is False when the project held this coding already."""

    report_id: str
    coding_id: str
    new: bool


def open_project(path: str | Path, *, create: bool = True, wait: float = WAIT) -> Project:
    """Open a project file, or make a new one. Use it as a context manager.

    Raises StoreError when the file is no project, is damaged, was made by a newer dateline, cannot be written, or (with
    `create=False`) is not there.
    """
    return Project(path, create=create, wait=wait)


class Project:
    """A project file, open. One object serves one thread; any number of processes may have the file open."""

    def __init__(self, path: str | Path, *, create: bool = True, wait: float = WAIT) -> None:
        self.path = Path(path)
        refuse_path(self.path, create=create)
        try:
            self.connection = sqlite3.connect(self.path, timeout=wait, isolation_level=None)
        except sqlite3.Error as error:
            raise StoreError(
                f"cannot be opened ({error})", where=str(path), remedy="check the path and its permissions"
            ) from error
        self.connection.row_factory = sqlite3.Row
        try:
            with self.clear_errors():
                self._set_up()
        except BaseException:
            self.connection.close()
            raise

    def _set_up(self) -> None:
        self.connection.execute("PRAGMA foreign_keys = ON")
        bring_up_to_date(self.connection, str(self.path))
        # WAL: readers never wait for the writer. FULL: a commit is on the disk when it returns, so that "done" is
        # true after a loss of power, too; NORMAL would keep that promise for a kill only, and saves under 1 ms a report.
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA synchronous = FULL")

    def __enter__(self) -> Project:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. Nothing is pending: every save was committed."""
        self.connection.close()

    @contextmanager
    def clear_errors(self) -> Iterator[None]:
        """SQLite's errors in words that say what to do."""
        where = str(self.path)
        try:
            yield
        except sqlite3.IntegrityError as error:
            if "evidence" in str(error):
                raise EvidenceError(str(error), where=where, remedy="please report this: it is a fault in dateline") from error
            raise StoreError(f"refused by the database ({error})", where=where, remedy="please report this") from error
        except sqlite3.OperationalError as error:
            raise StoreError(*operational(error), where=where, remedy=remedy_for(error)) from error
        except sqlite3.DatabaseError as error:
            what = "not a project file" if "not a database" in str(error) else f"damaged ({error})"
            raise StoreError(what, where=where, remedy="give another file name, or restore the file from a copy") from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written inside is kept whole, or not at all."""
        with self.clear_errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    # ---- writing --------------------------------------------------------------------------------------------------------

    def start_run(self, *, code: str = "", knowledge: str = "", models: str = "", settings: dict[str, Any] | None = None) -> Run:
        """Record that a run begins, with the versions of what makes its records."""
        started = now()
        run_id = content_id("run", started, str(os.getpid()), os.urandom(8).hex())
        run = Run(run_id, started, None, code, knowledge, models, rows.to_json(settings or {}))
        with self.transaction() as database:
            insert(database, "runs", msgspec.structs.asdict(run))
        return run

    def finish_run(self, run: Run, *, reports: int = 0, faults: int = 0) -> Run:
        """Record that a run has ended, with its counts."""
        done = msgspec.structs.replace(run, finished=now(), reports=reports, faults=faults)
        with self.transaction() as database:
            database.execute(
                "UPDATE runs SET finished = ?, reports = ?, faults = ? WHERE id = ?", (done.finished, reports, faults, run.id)
            )
        return done

    def save_coding(self, coding: Coding, run: Run) -> Saved:
        """Save a report with all that was found in it, in one transaction. The same report and coding twice add nothing.

        A new coding of a known report takes the place of the former one in events, statements and evidence; the former one
        stays in `codings`. Raises EvidenceError when words are not in the report (nothing is saved then).
        """
        report_id, record = coding.report.id, rows.coding_json(coding)
        coding_id = content_id("c", report_id, record)
        with self.transaction() as database:
            known = database.execute("SELECT current FROM codings WHERE id = ?", (coding_id,)).fetchone()
            if known and known["current"]:
                return Saved(report_id, coding_id, False)
            insert(database, "reports", rows.report_row(coding.report, run.id), after=RENEW_REPORT)
            self._clear_current(database, report_id)
            if known:
                database.execute("UPDATE codings SET current = 1 WHERE id = ?", (coding_id,))
            else:
                values = {"id": coding_id, "report_id": report_id, "run_id": run.id, "current": 1, "record": record}
                insert(database, "codings", values)
            self._insert_findings(database, coding, report_id, coding_id)
            for fault in coding.faults:
                insert(database, "faults", rows.fault_row(fault, run.id), "OR IGNORE")
        return Saved(report_id, coding_id, not known)

    def _clear_current(self, database: sqlite3.Connection, report_id: str) -> None:
        for table in ("evidence", "statements", "events"):
            database.execute(f"DELETE FROM {table} WHERE report_id = ?", (report_id,))
        database.execute("UPDATE codings SET current = 0 WHERE report_id = ?", (report_id,))

    def _insert_findings(self, database: sqlite3.Connection, coding: Coding, report_id: str, coding_id: str) -> None:
        ids = rows.event_ids(report_id, coding.events)
        evidence: list[tuple[object, ...]] = []
        for event in coding.events:
            insert(database, "events", rows.event_row(event, ids[event.id], report_id, coding_id))
            evidence += [
                (report_id, ids[event.id], None, f, i, w.start, w.end, w.quote) for f, i, w in rows.event_evidence(event)
            ]
        for number, statement in enumerate(coding.statements):
            statement_id, event_id = rows.statement_id(statement, report_id), ids.get(statement.subject)
            added = insert(database, "statements", rows.statement_row(statement, statement_id, report_id, event_id), "OR IGNORE")
            if added:
                evidence += [
                    (report_id, event_id, statement_id, "statement", number, w.start, w.end, w.quote) for w in statement.evidence
                ]
        evidence += [(report_id, None, None, f, i, w.start, w.end, w.quote) for f, i, w in rows.report_evidence(coding)]
        database.executemany(
            INSERT_EVIDENCE,
            evidence,
        )

    def save_fault(self, fault: Fault, run: Run) -> bool:
        """Save a fault; False when the project held it already."""
        with self.transaction() as database:
            return insert(database, "faults", rows.fault_row(fault, run.id), "OR IGNORE")

    # ---- reading --------------------------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How many rows the project holds."""
        with self.clear_errors():
            names = ("reports", "events", "statements", "faults", "judgements", "runs")
            return Counts(*(self.connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in names))

    def load_reports(self) -> Iterator[Report]:
        """All reports, in the order they were saved."""
        with self.clear_errors():
            for row in self.connection.execute("SELECT * FROM reports ORDER BY rowid"):
                yield rows.report_of(row)

    def load_codings(self, *, doc_id: str | None = None) -> Iterator[Coding]:
        """The current coding of every report (or of those with this doc_id), in the order the reports were saved."""
        query = "SELECT r.*, c.record AS coding FROM reports r JOIN codings c ON c.report_id = r.id AND c.current = 1"
        query += " WHERE r.doc_id = ? ORDER BY r.rowid" if doc_id is not None else " ORDER BY r.rowid"
        with self.clear_errors():
            for row in self.connection.execute(query, () if doc_id is None else (doc_id,)):
                yield rows.coding_of(row["coding"], rows.report_of(row))

    def load_faults(self) -> Iterator[Fault]:
        """All faults, in the order they were saved."""
        with self.clear_errors():
            for row in self.connection.execute("SELECT * FROM faults ORDER BY rowid"):
                yield rows.fault_of(row)

    def load_runs(self) -> Iterator[Run]:
        """All runs, oldest first. A run that is not `finished` is under way or was killed."""
        with self.clear_errors():
            for row in self.connection.execute("SELECT * FROM runs ORDER BY rowid"):
                yield Run(**dict(row))

    def find_event(self, event_id: str) -> tuple[Coding, Event] | None:
        """The event with this id, and the coding it is part of. None when there is none.

        `event_id` is the project-wide id or its beginning (5 characters or more), "DOC_ID.e3", or "e3" where only one report
        has such an event. Raises StoreError when several events fit.
        """
        found = self._event_rows(event_id)
        if len(found) > 1:
            fits = ", ".join(f"{row['doc_id']}.{row['name']}" for row in found[:5])
            raise StoreError(
                f"{event_id!r} fits several events ({fits} …)", where=str(self.path), remedy="write DOC_ID.e3, or more of the id"
            )
        if not found:
            return None
        query = (
            "SELECT r.*, c.record AS coding FROM reports r JOIN codings c ON c.report_id = r.id AND c.current = 1 WHERE r.id = ?"
        )
        row = self.connection.execute(query, (found[0]["report_id"],)).fetchone()
        coding = rows.coding_of(row["coding"], rows.report_of(row))
        event = next((event for event in coding.events if event.id == found[0]["name"]), None)
        return (coding, event) if event else None

    def _event_rows(self, event_id: str) -> list[Any]:
        base = "SELECT e.name, e.report_id, r.doc_id FROM events e JOIN reports r ON r.id = e.report_id WHERE "
        doc_id, _, name = event_id.rpartition(".")
        if not doc_id:
            doc_id, _, name = event_id.rpartition("/")
        queries = [("e.id = ?", (event_id,)), ("r.doc_id = ? AND e.name = ?", (doc_id, name)), ("e.name = ?", (event_id,))]
        if len(event_id) >= 5 and event_id.isalnum():
            queries.append(("substr(e.id, 1, ?) = ?", (str(len(event_id)), event_id)))
        with self.clear_errors():
            for condition, values in queries:
                found = self.connection.execute(base + condition + " LIMIT 6", values).fetchall()
                if found:
                    return found
        return []


def insert(database: sqlite3.Connection, table: str, values: dict[str, Any], on_conflict: str = "", *, after: str = "") -> bool:
    """Insert one row; False when `on_conflict` said to leave it out. Table and column names are ours, never a user's."""
    columns, marks = ", ".join(values), ", ".join("?" * len(values))
    cursor = database.execute(f"INSERT {on_conflict} INTO {table} ({columns}) VALUES ({marks}) {after}", tuple(values.values()))
    return cursor.rowcount > 0


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def refuse_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise StoreError("a folder, not a project file", where=str(path), remedy="give a file name such as project.db")
    if not path.exists():
        if not create:
            raise StoreError(
                "no such project file", where=str(path), remedy="make one with: dateline code REPORT --into PROJECT.db"
            )
        if not path.absolute().parent.is_dir():
            raise StoreError(
                "the folder does not exist", where=str(path.absolute().parent), remedy="make it first, or give another path"
            )


def operational(error: sqlite3.OperationalError) -> tuple[str]:
    words = str(error)
    if "locked" in words or "busy" in words:
        return ("another process is writing to this project",)
    if "readonly" in words or "read-only" in words:
        return ("the file or its folder cannot be written",)
    if "full" in words:
        return ("the disk is full; nothing of this report was saved",)
    return (f"the database reports: {words}",)


def remedy_for(error: sqlite3.OperationalError) -> str:
    words = str(error)
    if "locked" in words or "busy" in words:
        return "wait until it is done, then run the same command again: what is saved stays saved"
    if "full" in words:
        return "make room, then run the same command again"
    return "check the file's permissions, or give another file name"
