"""The command line: one file per verb. `main` is the entry point; it turns our errors into one line and an exit code."""

from __future__ import annotations

import os
import sys

DONE, SOME_FAULTS, USAGE, BROKEN_PIPE, INTERRUPTED = 0, 1, 2, 141, 130


def main(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code: 0 done, 1 some faults, 2 usage, 130 interrupted (Ctrl-C)."""
    try:
        from dateline.cli.app import app

        app(args, prog_name="dateline")
    except KeyboardInterrupt:
        leave(INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone, as in `dateline code … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        leave(BROKEN_PIPE)
    except Exception as error:
        from dateline.errors import DatelineError

        if not isinstance(error, DatelineError):
            raise
        from dateline.cli.terminal import error_line, say

        say(error_line(error))
        leave(USAGE if error.code in {"settings", "store"} else SOME_FAULTS)


def leave(code: int) -> None:
    """Leave with `code`. Click's own SystemExit passes through `main` untouched."""
    raise SystemExit(code)
