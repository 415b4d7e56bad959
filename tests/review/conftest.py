"""A review page that runs: a project of made-up reports, served in a thread, and a client that speaks plain HTTP."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest

from dateline.coder.statements import state_events
from dateline.review.serve import free_socket, make_server
from dateline.store import open_project
from dateline.types import Coding, Count, Participant, Place, Report, Voice, When, Where
from factories import bare_event, make_coding, words

KEY = "key-of-the-tests"
HOSTILE = (
    'Bomb <script>alert("x")</script> kills 6\n\n'
    "A bomb <img src=x onerror=alert(1)> killed six people in Karim \u202eevil\u202c on Monday, =HYPERLINK(1) said.\n\n"
    "{{7*7}} <svg onload=alert(1)> javascript:alert(1) \x1b[31m </p></article>\n"
)
ARABIC = "قتل ستة أشخاص في كريم\n\nقال الجيش إن ستة أشخاص قتلوا في مدينة Karim يوم الاثنين 💥 بعد انفجار.\n"


def codings() -> list[Coding]:
    """A full report, one with hostile words and metadata, one from right to left."""
    hostile = Report(
        '"><script>alert(2)</script>',
        HOSTILE,
        outlet="<b>=cmd|'/c calc'!A1</b>",
        url="javascript:alert(3)",
        title="</title><script>",
    )
    arabic = Report("arabic", ARABIC, outlet="وكالة", language="ar")
    made = [make_coding(), Coding(hostile, (six_killed(hostile, "killed six people"),)), Coding(arabic, (in_arabic(arabic),))]
    return [msgspec.structs.replace(one, statements=state_events(one.report, one.events)) for one in made]


def six_killed(report: Report, quote: str) -> Any:
    place = Place("Karim", "SYR", 35.0, 36.0, "province", 80.0, score=0.3)
    said = (words(report, quote),)
    return bare_event(
        words(report, quote),
        where=Where(place, (words(report, "Karim"),), score=0.3),
        when=When("2020-01-01", "2020-01-02", "day", (words(report, "Monday"),), inferred=True),
        figures=(Count("killed", "people", 6, 6, "person", said), Count("killed", "people", 90, None, "person", said)),
        actors=(Participant("=HYPERLINK(1)", "unknown", (words(report, "=HYPERLINK(1)"),)),),
        sources=(Voice("report", "affirms"),),
        foreground=False,
    )


def in_arabic(report: Report) -> Any:
    army = Participant("الجيش", "state force", (words(report, "الجيش"),))
    return bare_event(words(report, "انفجار"), actors=(army,), sources=(Voice("report", "affirms"),))


def make_project(path: Path, made: list[Coding] | None = None) -> Path:
    with open_project(path) as project:
        run = project.start_run()
        for coding in made or codings():
            project.save_coding(coding, run)
        project.finish_run(run)
    return path


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Client:
    """Plain requests to a served project. `ask` sends the key unless told otherwise."""

    port: int
    path: Path

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, *, method: str = "GET", body: Any = None, headers: dict[str, str] | None = None, key: str | None = KEY
    ) -> Answer:
        sent = {"Authorization": f"Bearer {key}"} if key else {}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        raw = body if isinstance(body, bytes) or body is None else json.dumps(body).encode()
        connection.request(method, path, raw, {**sent, **(headers or {})})
        answer = connection.getresponse()
        told = {name.lower(): value for name, value in answer.getheaders()}
        out = Answer(answer.status, told, answer.read())
        connection.close()
        return out

    def judge(self, verdict: str, *events: str, **told: Any) -> Any:
        answer = self.ask("/api/judgements", method="POST", body={"verdict": verdict, "events": list(events), **told})
        assert answer.status == 200, answer.body
        return answer.json

    def rows(self, query: str = "") -> list[Any]:
        found: list[Any] = self.ask(f"/queue.json{query}").json["rows"]
        return found


class Server:
    """A project served in a thread of this process."""

    def __init__(self, path: Path, user: str = "amina") -> None:
        listening: socket.socket = free_socket(0)
        self.port = int(listening.getsockname()[1])
        self._server = make_server(path, user=user, key=KEY, listening=listening)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listening]}, daemon=True)
        self._thread.start()
        limit = time.monotonic() + 20
        while not self._server.started and time.monotonic() < limit:
            time.sleep(0.01)
        self.client = Client(self.port, path)

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A project that tests of a module read and may add decisions to."""
    server = Server(make_project(tmp_path_factory.mktemp("review") / "small.db"))
    yield server.client
    server.stop()


@pytest.fixture
def fresh(tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Serves a project of its own, as often as asked."""
    servers: list[Server] = []

    def serve(path: Path | None = None, user: str = "amina") -> Client:
        servers.append(Server(path or make_project(tmp_path / "own.db"), user))
        return servers[-1].client

    yield serve
    for server in servers:
        server.stop()
