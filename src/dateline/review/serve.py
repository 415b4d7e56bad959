"""Running the review page: on 127.0.0.1 only, at a free port, with a key in the address."""

from __future__ import annotations

import secrets
import socket
from pathlib import Path

import uvicorn

from dateline.errors import SettingsError
from dateline.review.app import make_app

HOST = "127.0.0.1"
PORT = 8642
TRIED = 20  # ports after the first one that are tried when it is taken


def free_socket(port: int | None) -> socket.socket:
    """A socket that listens on 127.0.0.1: on `port`, or on the first free one from PORT on. Raises SettingsError."""
    wanted = range(PORT, PORT + TRIED) if port is None else (port,)
    for number in wanted:
        listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, number))
            listening.listen(128)  # a browser that is opened at once waits, instead of being refused
        except OSError:
            listening.close()
            continue
        return listening
    raise SettingsError(
        f"port {wanted[0]} is taken", where="--port", remedy="give another --port, or none for the first free one"
    )


def new_key() -> str:
    return secrets.token_urlsafe(24)


def make_server(path: Path, *, user: str, key: str, listening: socket.socket) -> uvicorn.Server:
    """The server of a project, to be run with `sockets=[listening]`."""
    port = int(listening.getsockname()[1])
    app = make_app(path, user=user, key=key, port=port)
    settings = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_graceful_shutdown=1, timeout_keep_alive=30
    )
    return uvicorn.Server(settings)


def run(path: Path, *, user: str, key: str, listening: socket.socket) -> None:
    """Serve until interrupted."""
    make_server(path, user=user, key=key, listening=listening).run(sockets=[listening])
