"""The error tree. One root, so that a caller can catch everything of ours and nothing else.

    DatelineError
    ├── InputError         the report cannot be read: names the file, what was found, what to do
    ├── KnowledgeError     a knowledge file has a fault: names file and line
    ├── SettingsError      dateline.toml or an option is wrong
    ├── EvidenceError      a value that its report does not say: always a fault of ours
    ├── StoreError         a project file cannot be opened or is of another kind
    └── ModelError         a model file is missing or damaged

Messages are one line of three parts: where, what was found, what to do.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Root of all errors that dateline raises on purpose."""

    code = "error"

    def __init__(self, message: str, *, where: str = "", remedy: str = "") -> None:
        self.where, self.message, self.remedy = where, message, remedy
        super().__init__(": ".join(part for part in (where, message) if part) + (f" ({remedy})" if remedy else ""))


class InputError(DatelineError):
    """A report that cannot be read."""

    code = "input"


class KnowledgeError(DatelineError):
    """A fault in a knowledge file."""

    code = "knowledge"


class SettingsError(DatelineError):
    """An unknown or impossible setting."""

    code = "settings"


class EvidenceError(DatelineError):
    """Evidence that does not reproduce the words of its report."""

    code = "evidence"


class StoreError(DatelineError):
    """A project file that cannot be used."""

    code = "store"


class ModelError(DatelineError):
    """A missing or damaged model file."""

    code = "model"
