"""The schema of a project file and its migrations, in order.

A migration is one file of `migrations/`, named by its number; it runs in one transaction together with the new version
number, so that a kill leaves either the old schema or the new one.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib.resources import files

from dateline.errors import StoreError

APPLICATION_ID = 0x64_74_6C_6E  # "dtln": tells a project file from any other SQLite database


def is_project_head(head: bytes) -> bool:
    """Whether a file with these first 100 bytes is a project file (https://www.sqlite.org/fileformat.html, offset 68)."""
    return head.startswith(b"SQLite format 3\0") and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


def migrations() -> list[tuple[int, str]]:
    """(version, SQL) of every migration, in order."""
    found = [item for item in files("dateline.store").joinpath("migrations").iterdir() if item.name.endswith(".sql")]
    return sorted((int(item.name.split("_")[0]), item.read_text(encoding="utf-8")) for item in found)


def statements_of(script: str) -> Iterator[str]:
    """The SQL statements of a script, one by one (`executescript` would commit between them)."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def bring_up_to_date(connection: sqlite3.Connection, path: str) -> None:
    """Create the schema in an empty file, or migrate an older one. Raises StoreError for files that are no project or too new."""
    latest = migrations()[-1][0]
    if version_of(connection, path) == latest:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = version_of(connection, path)  # another process may have been faster
        for number, script in migrations():
            if number > version:
                for statement in statements_of(script):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def version_of(connection: sqlite3.Connection, path: str) -> int:
    """Schema version of a project file; 0 for an empty database."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application != APPLICATION_ID and (tables or version or application):
        raise StoreError("a SQLite database of another program", where=path, remedy="give another file name for the project")
    latest = migrations()[-1][0]
    if version > latest:
        raise StoreError(
            f"made by a newer dateline (schema {version}, this one knows {latest})", where=path, remedy="update dateline"
        )
    return int(version)
