"""`dateline serve` from outside: what it prints, what it refuses, how it ends."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from dateline.cli import main
from dateline.errors import SettingsError
from dateline.review.serve import free_socket


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as leaving:
        main(list(args))
    return int(leaving.value.code or 0)


def test_what_is_no_project_is_told_in_one_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "notes.db").write_text("these are notes, no database, and long enough to be looked at " * 20)
    for name, told in (("none.db", "no such project file"), ("notes.db", "not a project file")):
        assert run("serve", str(tmp_path / name)) == 2
        error = capfd.readouterr().err
        assert told in error
        assert error.count("\n") == 1


def test_a_taken_port_is_told_and_without_a_wish_the_next_one_is_taken() -> None:
    with free_socket(0) as held:
        port = int(held.getsockname()[1])
        with pytest.raises(SettingsError, match=f"port {port} is taken"):
            free_socket(port)
    with free_socket(None) as one:
        assert one.getsockname()[0] == "127.0.0.1"


def test_it_prints_an_address_that_opens_and_ends_on_interrupt(tmp_path: Path) -> None:
    from dateline.store import open_project

    open_project(tmp_path / "p.db").close()
    command = [sys.executable, "-m", "dateline", "serve", str(tmp_path / "p.db"), "--port", "0", "--user", "amina"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as served:
        assert served.stderr is not None
        address = re.search(r"http://127\.0\.0\.1:\d+/\?key=\S+", served.stderr.readline())
        assert address
        jar = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with jar.open(address[0], timeout=20) as told:
            assert b'content="amina"' in told.read()
        served.send_signal(signal.SIGINT)
        assert served.wait(10) in {0, 130, -signal.SIGINT}


def test_nobody_outside_this_machine_can_reach_it() -> None:
    with free_socket(0) as held, socket.socket() as other:
        other.settimeout(1)
        names = {one[4][0] for one in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)} - {"127.0.0.1"}
        assert all(other.connect_ex((name, held.getsockname()[1])) != 0 for name in names if not str(name).startswith("127."))
