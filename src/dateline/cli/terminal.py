"""What the command line says and where: data on stdout, everything else on stderr; nobody's text can drive the terminal."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from dateline.errors import DatelineError, SettingsError
from dateline.export.safe import one_line
from dateline.types import Fault

if TYPE_CHECKING:
    from rich.console import Console

WARNINGS_SHOWN = 5  # of each kind; the rest is counted
BEAT = 0.1  # seconds between two looks of the progress line


def say(line: str) -> None:
    """One line on stderr."""
    print(line, file=sys.stderr, flush=True)


def error_line(error: DatelineError) -> str:
    where = one_line(error.where)
    message = one_line(error.message)
    remedy = f" ({one_line(error.remedy)})" if error.remedy else ""
    return f"dateline: {where}: {message}{remedy}" if where else f"dateline: {message}{remedy}"


def fault_line(fault: Fault) -> str:
    """File, what was found, what to do.

    >>> fault_line(Fault("a.txt", "the file is empty", "give a report"))
    'dateline: a.txt: the file is empty (give a report)'
    """
    kind = "warning: " if fault.level == "warning" else ""
    remedy = f" ({one_line(fault.remedy)})" if fault.remedy else ""
    return f"dateline: {kind}{one_line(fault.where)}: {one_line(fault.what, 300)}{remedy}"


class Progress:
    """Faults as they come, and a line with count and rate on stderr when that is a terminal.

    `quiet` leaves out progress and warnings; errors are always told.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.reports = self.events = self.faults = 0
        self._warnings: Counter[str] = Counter()
        self._live = not quiet and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._start = self._shown = time.monotonic()
        self._width = 0

    def fault(self, fault: Fault) -> None:
        if fault.level == "warning":
            self._warnings[fault.code] += 1
            if self.quiet or self._warnings[fault.code] > WARNINGS_SHOWN:
                return
        else:
            self.faults += 1
        self.clear()
        say(fault_line(fault))

    def done(self, events: int) -> None:
        """One report is done."""
        self.reports += 1
        self.events += events
        now = time.monotonic()
        if self._live and now - self._shown >= BEAT:
            self._shown = now
            rate = self.reports / max(now - self._start, 1e-9)
            self._draw(f"{self._done_words()} · {rate:.1f} reports/s")

    def _done_words(self) -> str:
        told = [(self.reports, "report"), (self.events, "event"), *([(self.faults, "fault")] if self.faults else [])]
        return " · ".join(f"{count:,} {name}{'' if count == 1 else 's'}" for count, name in told)

    def _draw(self, line: str) -> None:
        sys.stderr.write("\r" + line + " " * max(0, self._width - len(line)))
        sys.stderr.flush()
        self._width = len(line)

    def clear(self) -> None:
        if self._width:
            sys.stderr.write("\r" + " " * self._width + "\r")
            sys.stderr.flush()
            self._width = 0

    def finish(self) -> None:
        """Clear the line, say what warnings were left out, and (on a terminal) what was done."""
        self.clear()
        if self.quiet:
            return
        for code, count in sorted(self._warnings.items()):
            if count > WARNINGS_SHOWN:
                say(f"dateline: {count - WARNINGS_SHOWN:,} more warnings of this kind: {code}")
        if self._live:
            seconds = time.monotonic() - self._start
            say(f"{self._done_words()} · {seconds:.1f} s ({self.reports / max(seconds, 1e-9):.1f} reports/s)")


@contextmanager
def output(path: str | None) -> Iterator[BinaryIO]:
    """Where data goes: stdout, or a file that takes its name only when it is whole.

    A run that is cut off leaves `FILE.part` with the lines that were done, and FILE as it was before.
    """
    if path is None or path == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    refuse_output(target)
    if target.exists() and not target.is_file():  # a pipe or a device
        with target.open("wb") as stream:
            yield stream
        return
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(target)
    except KeyboardInterrupt:
        say(f"dateline: interrupted; what was done is in {one_line(str(part))}")
        raise
    except OSError as error:
        raise SettingsError(
            error.strerror or str(error), where=path, remedy="check the path, its permissions and the disk"
        ) from error


def refuse_output(target: Path) -> None:
    if target.is_dir():
        raise SettingsError("a folder, not a file", where=str(target), remedy="give a file name after -o")
    if not target.absolute().parent.is_dir():
        raise SettingsError("its folder does not exist", where=str(target), remedy=f"create {target.parent} first")


def console(stream: BinaryIO | None = None, *, width: int | None = None) -> Console:
    """A console on stdout, or plain text into a stream. Colours only on a terminal, and never with NO_COLOR."""
    from io import TextIOWrapper

    from rich.console import Console

    if stream is None or stream is sys.stdout.buffer:
        return Console(highlight=False, markup=False, emoji=False, soft_wrap=False, width=width or terminal_width())
    text = TextIOWrapper(stream, encoding="utf-8", write_through=True)
    return Console(file=text, highlight=False, markup=False, emoji=False, width=width or 120)


def terminal_width() -> int | None:
    """None (the terminal's own) on a terminal; COLUMNS or 120 in a pipe."""
    if sys.stdout.isatty():
        return None
    told = os.environ.get("COLUMNS", "")
    return int(told) if told.isdigit() and int(told) >= 40 else 120
