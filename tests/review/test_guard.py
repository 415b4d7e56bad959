"""What the server refuses, and what every answer says to a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from review.conftest import Client

KEY = "key-of-the-tests"
PATHS = ["/queue", "/queue.json", "/queue.csv", "/static/app.js", "/static/app.css", "/nothing", "/reports/none.json"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_has_the_security_headers(served: Client, path: str) -> None:
    headers = served.ask(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    assert "server" not in headers


@pytest.mark.parametrize(
    "path", ["/queue", "/queue.json", "/reports.csv", "/api/places?q=Karim", "/project.json", "/api/changes"]
)
def test_without_the_key_nothing_of_the_project_is_told(served: Client, path: str) -> None:
    assert served.ask(path, key=None).status == 401
    assert served.ask(path, key="wrong").status == 401


def test_the_key_in_the_address_becomes_a_cookie_and_leaves_the_address(served: Client) -> None:
    answer = served.ask(f"/queue?key={KEY}&type=Battles", key=None)
    assert answer.status == 303
    assert answer.headers["location"] == "/queue?type=Battles"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    held = cookie.split(";")[0]
    assert served.ask("/queue.json", key=None, headers={"Cookie": held}).status == 200


def test_the_way_in_leads_to_no_other_site(served: Client) -> None:
    assert served.ask(f"//evil.example/x?key={KEY}", key=None).headers.get("location", "/").startswith("/")
    assert not served.ask(f"//evil.example/x?key={KEY}", key=None).headers.get("location", "/").startswith("//")


def test_a_change_needs_the_key_in_a_header_too(served: Client) -> None:
    cookie = served.ask(f"/?key={KEY}", key=None).headers["set-cookie"].split(";")[0]
    assert served.ask("/api/undo", method="POST", key=None, headers={"Cookie": cookie}).status == 403
    both = {"Cookie": cookie, "X-Dateline-Key": KEY}
    assert served.ask("/api/undo", method="POST", key=None, headers=both).status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost:1", "", "[::1]:99999", "127.0.0.1"])
def test_other_host_names_are_refused(served: Client, host: str) -> None:
    assert served.ask("/queue.json", headers={"Host": host}).status in {400, 403}


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"},
        {"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors"},
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_requests_of_other_sites_are_refused(served: Client, method: str, headers: dict[str, str]) -> None:
    path = "/queue.json" if method == "GET" else "/api/undo"
    assert served.ask(path, method=method, headers=headers).status == 403


def test_a_link_from_elsewhere_may_open_the_page(served: Client) -> None:
    assert served.ask("/queue", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status == 200


def test_a_large_body_is_refused(served: Client) -> None:
    body = b'{"verdict": "comment", "events": [], "reason": "' + b"x" * 300_000 + b'"}'
    assert served.ask("/api/judgements", method="POST", body=body).status == 413


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static//etc/passwd",
        "/reports/../../etc/passwd.json",
        "/reports/%2e%2e%2f%2e%2e%2fetc%2fpasswd.json",
        "/static/%00",
    ],
)
def test_no_path_leads_out_of_the_project(served: Client, path: str) -> None:
    answer = served.ask(path)
    assert answer.status in {400, 404}
    assert b"import" not in answer.body
    assert b"root:" not in answer.body


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_do_nothing(served: Client, method: str) -> None:
    assert served.ask("/queue.json", method=method).status == 405
