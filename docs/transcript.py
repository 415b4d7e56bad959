"""Run every `$ dateline …` line of the text blocks of README.md and put its output below: part of `make docs`."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"```text\n(\$ .*?)```", re.DOTALL)


def main() -> None:
    page = ROOT / "README.md"
    page.write_text(BLOCK.sub(refreshed, page.read_text(encoding="utf-8")), encoding="utf-8")


def refreshed(block: re.Match[str]) -> str:
    commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
    return "```text\n" + "\n\n".join(f"{command}\n{output_of(command)}" for command in commands) + "\n```"


def output_of(command: str) -> str:
    """What the command prints in the folder of the exercises."""
    program, *args = shlex.split(command.removeprefix("$ "))
    assert program == "dateline"
    done = subprocess.run(
        [sys.executable, "-m", "dateline", *args],
        cwd=ROOT / "examples" / "reports",
        env={**os.environ, "COLUMNS": "118"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.rstrip()


if __name__ == "__main__":
    main()
