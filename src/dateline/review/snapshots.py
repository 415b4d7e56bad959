"""Snapshots: whole copies of the project beside it, to compare with later or to go back to."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from starlette.requests import Request

from dateline.errors import StoreError
from dateline.review.session import Session

Json = dict[str, Any]


def folder_of(session: Session) -> Path:
    return session.path.absolute().parent / f"{session.path.stem}.snapshots"


def snapshots(session: Session, request: Request) -> Json:
    """Copies of the project that were made, newest first."""
    folder = folder_of(session)
    files = sorted(folder.glob("*.db"), reverse=True) if folder.is_dir() else []
    rows = [{"name": file.name, "megabytes": round(file.stat().st_size / 1e6, 1)} for file in files]
    return {"folder": folder.name, "rows": rows}


def take_snapshot(session: Session) -> Json:
    """Copy the project as it is now. Raises StoreError when the folder cannot be written."""
    folder = folder_of(session)
    name = f"{session.path.stem}-{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}.db"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(error.strerror or str(error), where=str(folder), remedy="make the folder writable") from error
    session.project.connection.execute("VACUUM INTO ?", (str(folder / name),))
    return {"name": name}
