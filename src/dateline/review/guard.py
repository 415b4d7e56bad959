"""What stands before every request: who may ask, from which page, how much, and what a browser may do with the answer.

A report is hostile text and the port is open to every page of the same browser and every user of the same machine. So: only
our own host names (a page of another site cannot rebind its name to us), only our own origin, a key that the address printed by
`dateline serve` carries, a second proof in a header for whatever changes the project, and a policy under which a browser runs
our files and nothing else, and asks nobody but us.
"""

from __future__ import annotations

import hmac
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})
MAX_BODY = 256 * 1024  # bytes of one request: a judgement with its words is under 20 kB
READING = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
}
LOCKED = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>dateline: locked</title></head>
<body><h1>This page needs its key</h1><p>Open the address that <code>dateline serve</code> printed, with all that stands after
<code>?key=</code>. The key keeps other users and programs of this machine out of the project.</p></body></html>"""


class Guard:
    """ASGI middleware that refuses what is not ours and sets the security headers on everything that goes out."""

    def __init__(self, app: ASGIApp, *, key: str, port: int | None = None) -> None:
        self.app, self.key, self.port = app, key, port
        self.cookie = f"dateline-{port or 0}"  # cookies know no ports: two projects served at once keep apart

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = self._refusal(scope)
        sender = with_headers(send)
        if answer is not None:
            await answer(scope, receive, sender)
            return
        try:
            await self.app(scope, limited(receive), sender)
        except TooLarge:
            await problem(413, f"more than {MAX_BODY // 1024} kB", "send one judgement at a time")(scope, receive, sender)

    def _refusal(self, scope: Scope) -> Response | None:
        headers, method = Headers(scope=scope), scope["method"]
        if not self._our_host(headers.get("host", "")):
            return problem(403, "this host name is not served", "open http://127.0.0.1 with the port that was printed")
        if not self._our_origin(headers):
            return problem(403, "asked by a page of another site", "use the review page itself")
        if int_of(headers.get("content-length")) > MAX_BODY:
            return problem(413, f"more than {MAX_BODY // 1024} kB", "send one judgement at a time")
        if scope["path"].startswith("/static/"):
            return None  # our own files: no word of the project in them
        return self._without_key(scope, headers, method)

    def _without_key(self, scope: Scope, headers: Headers, method: str) -> Response | None:
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if given and method in READING and self._is_key(given):
            return self._enter(scope)
        bearer = headers.get("authorization", "").removeprefix("Bearer ")
        if self._is_key(bearer):
            return None
        if not self._is_key(cookie_of(headers, self.cookie)):
            html = "text/html" in headers.get("accept", "")
            return (
                Response(LOCKED, 401, media_type="text/html")
                if html
                else problem(401, "no key", "send Authorization: Bearer KEY")
            )
        if method not in READING and not self._is_key(headers.get("x-dateline-key", "")):
            return problem(403, "no X-Dateline-Key header", "changes need the key in a header, too")
        return None

    def _enter(self, scope: Scope) -> Response:
        """The key moves from the address, which is shown and logged, into a cookie."""
        rest = [part for part in scope["query_string"].decode("latin-1").split("&") if not part.startswith("key=")]
        path = "/" + scope["path"].lstrip("/\\")
        answer = RedirectResponse(path + ("?" + "&".join(rest) if rest else ""), 303)
        answer.set_cookie(self.cookie, self.key, httponly=True, samesite="strict", path="/")
        return answer

    def _is_key(self, given: str) -> bool:
        return hmac.compare_digest(given.encode("utf-8", "replace"), self.key.encode())

    def _our_host(self, host: str) -> bool:
        name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
        return name.lower() in HOSTS and (self.port is None or port == str(self.port))

    def _our_origin(self, headers: Headers) -> bool:
        site = headers.get("sec-fetch-site", "none")
        origin = headers.get("origin")
        if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
            return False
        # A link on another site may open the page (navigate), but nothing there may load or embed a part of it.
        return site in {"none", "same-origin"} or headers.get("sec-fetch-mode") == "navigate"


class TooLarge(Exception):
    """A body that goes on after its limit."""


def limited(receive: Receive) -> Receive:
    """`receive` that stops at MAX_BODY, for bodies that do not tell their length."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MAX_BODY:
            raise TooLarge
        return message

    return bounded


def with_headers(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in SECURITY_HEADERS.items():
                headers[name] = value
            headers.setdefault("Cache-Control", "no-store")
            headers.setdefault("Vary", "Cookie")
        await send(message)

    return sender


def cookie_of(headers: Headers, name: str) -> str:
    try:
        jar = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    return jar[name].value if name in jar else ""


def int_of(told: str | None) -> int:
    return int(told) if told and told.isascii() and told.isdigit() else 0


def problem(status: int, what: str, remedy: str = "") -> JSONResponse:
    """An error as JSON: what is wrong and what to do."""
    return JSONResponse({"error": what, "remedy": remedy}, status)
