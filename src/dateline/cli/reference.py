"""The reference of the command line as Markdown, made from its own help: docs/cli.md. A test keeps the file fresh."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

HEAD = """# Command line

Made from `--help` by `make docs`; do not edit by hand. Data goes to standard output, everything else to standard error.
Exit codes: 0 done · 1 some faults (each is one line on standard error) · 2 usage · 130 interrupted.

Settings are read from the nearest `dateline.toml` at or above the current folder (or `--config FILE`); unknown keys are errors:

| setting | default | meaning |
|---|---|---|
| `format` | by output | `table`, `codebook`, `jsonl`, `html`, or a format of `dateline export` |
| `outlet` | none | outlet of reports that name none |
| `jobs` | 1 | processes of `dateline code` |
| `project` | none | project file of `show` and `explain` |
| `quiet` | false | no progress, no warnings |
| `max_characters` | 250000 | longest report that is coded |
| `max_megabytes` | 50 | largest file of one report, or line of JSONL |
| `actors`, `sources`, `places` | none | lists of files with tables of your own, from the folder of `dateline.toml` |

Shell completion: `dateline --install-completion`.
"""


def reference() -> str:
    """The whole page, from names, help texts and examples: the layout of `--help` changes with its library."""
    from dateline.cli.app import app

    return HEAD + "".join(f"\n{page}" for page in pages(typer.main.get_command(app), "dateline"))


def pages(command: Any, name: str) -> Iterator[str]:
    """The command and those below it."""
    yield "\n".join([f"## {name}", "", *description(command.help or ""), "", *parameters(command)]).rstrip() + "\n"
    for sub_name, sub in getattr(command, "commands", {}).items():
        yield from pages(sub, f"{name} {sub_name}")


def description(help_text: str) -> Iterator[str]:
    """The docstring; blocks after a backspace mark (examples) as code."""
    for block in inspect.cleandoc(help_text).split("\n\n"):
        if block.startswith("\b"):
            title, *lines = block.removeprefix("\b").strip("\n").split("\n")
            yield from (title, "", "```sh", *(line.strip() for line in lines), "```", "")
        else:
            yield from (" ".join(block.split("\n")), "")


def parameters(command: Any) -> Iterator[str]:
    rows = [row(item) for item in command.params if item.name != "help" and not item.name.endswith("_completion")]
    if rows:
        yield from ("| | |", "|---|---|", *rows)


def row(item: Any) -> str:
    """An argument or option as a row: how it is written, what it does, its environment variable."""
    argument = item.param_type_name == "argument"
    shown = [item.metavar or item.name] if argument else list(item.opts)
    written = ", ".join(f"`{name}{'' if argument or not item.metavar else ' ' + item.metavar}`" for name in shown)
    variable = f" (environment: `{item.envvar}`)" if getattr(item, "envvar", None) else ""
    return f"| {written.replace('|', chr(92) + '|')} | {item.help}{variable} |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
