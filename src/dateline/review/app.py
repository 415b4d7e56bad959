"""The web application: one page, its data under the same addresses with .json and .csv, and a few verbs that change things.

Everything runs in one thread: one user, one machine, and no answer takes longer than some milliseconds.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from dateline.errors import DatelineError
from dateline.export.codebook import encode
from dateline.review.events import VIEWS as DATA
from dateline.review.filters import FilterError
from dateline.review.guard import Guard, problem
from dateline.review.openapi import describe
from dateline.review.session import Session
from dateline.review.verbs import VERBS

STATIC = Path(__file__).parent / "static"
VIEWS = ("queue", "events/{id}", "reports", "reports/{id}", "incidents", "incidents/{id}", "merge", "explore", "actors", "places",
         "sources", "export", "log", "project")  # fmt: skip
SHELL = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="dateline-key" content="{key}">
<meta name="dateline-user" content="{user}">
<title>{name} · dateline</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/static/app.css">
<script type="module" src="/static/app.js"></script>
</head>
<body>
<div id="app"><p class="loading">Opening {name} …</p></div>
<noscript><p class="loading">This page needs JavaScript. Without it: <code>dateline show</code>, <code>dateline judge</code>,
and every address here with <code>.json</code> or <code>.csv</code> at its end.</p></noscript>
</body>
</html>
"""
MEDIA = {"csv": "text/csv; charset=utf-8", "tsv": "text/tab-separated-values; charset=utf-8"}
Json = dict[str, Any]
View = Callable[[Session, Request], Any]


def make_app(path: str | Path, *, user: str, key: str, port: int | None = None) -> Starlette:
    """The application for one project file. `user` stands on every judgement, `key` must come with every request.

    With `port`, requests for any other port are refused. Raises StoreError at start when `path` is no project.
    """
    session = Session(Path(path), user)

    @asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        with session:
            yield

    app = Starlette(
        routes=routes(session, key),
        middleware=[Middleware(Guard, key=key, port=port)],
        exception_handlers=ERRORS,
        lifespan=life,
    )
    app.state.session = session
    return app


def routes(session: Session, key: str) -> list[Route | Mount]:
    async def shell(request: Request) -> Response:
        page = SHELL.format(key=escape(key), user=escape(session.user), name=escape(session.name))
        return Response(page, media_type="text/html")

    async def home(request: Request) -> Response:
        return RedirectResponse("/queue", 303)

    def read(view: View, kind: str) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            session.refresh()
            made = view(session, request)
            if inspect.isawaitable(made):
                made = await made
            return made if isinstance(made, Response) else answer(made, kind)

        return endpoint

    async def openapi(request: Request) -> Response:
        return answer(describe(DATA, VERBS), "json")

    data = [Route(path, read(view, path[-3:]), methods=["GET"]) for path, view in DATA.items()]
    verbs = [Route(path, verb(session), methods=["POST"]) for path, verb in VERBS.items()]
    pages = [Route(f"/{name}", shell, methods=["GET"]) for name in VIEWS]
    static = Mount("/static", StaticFiles(directory=STATIC))
    return [
        Route("/", home, methods=["GET"]),
        Route("/api/openapi.json", openapi, methods=["GET"]),
        *data,
        *verbs,
        *pages,
        static,
    ]


def answer(made: Any, kind: str) -> Response:
    return Response(made if isinstance(made, bytes) else encode(made), media_type=MEDIA.get(kind, "application/json"))


# ---- errors ---------------------------------------------------------------------------------------------------------


async def http_problem(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = str(getattr(error, "detail", "")) or "not possible"
    return problem(status, detail if status != 404 else "there is nothing at this address")


async def our_problem(request: Request, error: Exception) -> Response:
    told = error if isinstance(error, DatelineError) else DatelineError(str(error))
    return problem(409 if told.code == "store" else 400, told.message, told.remedy)


async def filter_problem(request: Request, error: Exception) -> Response:
    return problem(400, str(error), "correct the address, or clear the filter")


async def fault(request: Request, error: Exception) -> Response:
    return problem(500, f"a fault in dateline ({type(error).__name__})", "please report it with the lines that serve printed")


ERRORS: dict[Any, Any] = {
    HTTPException: http_problem,
    DatelineError: our_problem,
    FilterError: filter_problem,
    Exception: fault,
}
