"""Versions of what makes a coding: code, knowledge, models. Every run in a project file names them."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from dateline import __version__
from dateline.config import Own

HERE = Path(__file__).parent
KNOWLEDGE_ENDINGS = {".tsv", ".toml", ".txt"}


@cache
def versions() -> dict[str, str]:
    """`code` is the release; `knowledge` and `models` are 12 hex digits of SHA-256 over names and contents of the files.

    >>> sorted(versions())
    ['code', 'knowledge', 'models']
    """
    knowledge = [path for path in (HERE / "knowledge").rglob("*") if path.suffix in KNOWLEDGE_ENDINGS]
    models = [path for path in (HERE / "models").rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}]
    return {"code": __version__, "knowledge": digest(knowledge), "models": digest(models)}


def knowledge_with(own: Own) -> str:
    """The version of the knowledge; with tables of the user's, "+" and that of their contents."""
    total = hashlib.sha256()
    for file in own.files:
        total.update(hashlib.sha256(Path(file).read_bytes()).digest())
    return versions()["knowledge"] + (f"+{total.hexdigest()[:12]}" if own.files else "")


def digest(paths: list[Path]) -> str:
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.relative_to(HERE).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]
