"""`dateline serve`: the review page of a project, on this machine only."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

import typer

from dateline.cli.terminal import say
from dateline.export.safe import one_line

Port = Annotated[
    int | None,
    typer.Option(
        "--port", metavar="N", min=0, max=65535, help="Port (default: the first free one from 8642).", show_default=False
    ),
]
User = Annotated[
    str | None,
    typer.Option("--user", metavar="NAME", envvar="DATELINE_USER", help="Stands on every judgement (default: your login name)."),
]
Open = Annotated[bool, typer.Option("--open", "-o", help="Open it in the browser.")]


def run(
    project: Annotated[str, typer.Argument(metavar="PROJECT.db", help="Project file, made by dateline code --into.")],
    port: Port = None,
    user: User = None,
    open_it: Open = False,
    key: Annotated[
        str | None,
        typer.Option(
            "--key", envvar="DATELINE_KEY", help="Key in the address (default: a new one each time).", show_default=False
        ),
    ] = None,
) -> None:
    """Review a project in the browser: read, compare, correct, undo. Offline, and on this machine only.

    \b
    Examples:
      dateline serve project.db --open
      dateline serve project.db --user amina --port 9000
    """
    serve(Path(project), port=port, user=user, open_it=open_it, key=key)


def serve(path: Path, *, port: int | None = None, user: str | None = None, open_it: bool = False, key: str | None = None) -> None:
    """Serve `path` until interrupted, and say where."""
    from dateline.review.serve import free_socket, new_key
    from dateline.review.serve import run as run_server
    from dateline.store import open_project

    open_project(path, create=False).close()  # what is no project is told before anything is promised
    listening, key = free_socket(port), key or new_key()
    address = f"http://127.0.0.1:{listening.getsockname()[1]}/?key={quote(key, safe='')}"
    say(f"dateline: reviewing {one_line(str(path))} at {address}")
    say("dateline: only this machine can reach it; Ctrl+C stops it, every decision is saved as it is made")
    if open_it:
        import threading
        import webbrowser

        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    run_server(path, user=user or login_name(), key=key, listening=listening)


def login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "reviewer"
