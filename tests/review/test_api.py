"""The data behind the page: queue, filters, reports as runs, decisions with undo and redo."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Callable
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from review.conftest import Client

Fresh = Callable[..., "Client"]
CONTROLS = {chr(c) for c in [*range(9), *range(0x0B, 0x20), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]}


def test_the_most_doubtful_event_comes_first(served: Client) -> None:
    rows = served.rows()
    assert "script" in rows[0]["doc_id"]
    full = next(row for row in rows if row["doc_id"] == "marwa")
    assert {"denied", "doubted"} <= set(full["reasons"])
    hostile = next(row for row in rows if "script" in row["doc_id"])
    assert hostile["reasons"] == ["conflict", "inferred_day", "ambiguous_place", "high_toll", "background"]


@pytest.mark.parametrize(
    ("query", "count", "told"),
    [
        ("?type=Battles", 2, "2 events where type is Battles, most doubtful first"),
        ("?type=!Battles", 1, "1 event where type is not Battles, most doubtful first"),
        ("?why=conflict&country=SYR", 1, "1 event where country is SYR and reason is “tolls differ”, most doubtful first"),
        ("?from=2020-01-30", 1, "1 event where they happened from 30 Jan 2020, most doubtful first"),
        ("?to=2020-01-30&sort=day", 1, "1 event where they happened until 30 Jan 2020, by day of event"),
        ("?q=marwa", 1, "1 event where the words “marwa” stand, most doubtful first"),
        ("?killed=90", 0, "0 events where at least 90 were killed, most doubtful first"),
        ("?state=accept", 0, "0 events where accepted, most doubtful first"),
        ("?type=Battles&type=Riots", 2, "2 events where type is Battles or Riots, most doubtful first"),
    ],
)
def test_a_filter_is_a_sentence(served: Client, query: str, count: int, told: str) -> None:
    answer = served.ask(f"/queue.json{query}").json
    assert (answer["total"], answer["sentence"]) == (count, told)


@pytest.mark.parametrize("query", ["?from=yesterday", "?killed=-1", "?killed=%C2%B2", "?sort=colour", "?state=done", "?offset=x"])
def test_an_impossible_filter_says_what_may_stand_there(served: Client, query: str) -> None:
    answer = served.ask(f"/queue.json{query}")
    assert answer.status == 400
    assert "must be" in answer.json["error"]


def test_every_list_is_a_table_for_spreadsheets_without_formulas(served: Client) -> None:
    for path in ("/queue.csv", "/reports.csv", "/explore.csv", "/log.csv"):
        answer = served.ask(path)
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        table = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
        assert len(table) >= (1 if "log" in path else 4)
        assert not [cell for row in table for cell in row if cell[:1] in {"=", "+", "@", "-", "\t"}]


def report_of(served: Client, doc_id: str) -> Any:
    row = next(row for row in served.rows() if doc_id in row["doc_id"])
    return served.ask(f"/reports/{row['report']}.json").json


@pytest.mark.parametrize("doc_id", ["marwa", "script", "arabic"])
def test_runs_join_to_the_text_and_know_their_values(served: Client, doc_id: str) -> None:
    """A value's evidence is exactly the runs that name it: also with emoji, combining marks and letters from right to left."""
    told = report_of(served, doc_id)
    runs = [run for block in told["blocks"] for run in block["runs"]]
    assert all(run["t"] for run in runs)
    assert all(a["s"] + len(a["t"]) <= b["s"] for a, b in pairwise(runs))
    for event in told["events"]:
        for value in event["values"]:
            words = "".join(run["t"] for run in runs if value["id"] in run.get("v", ()))
            quotes = "".join(dict.fromkeys(piece["quote"] for piece in value["evidence"]))
            assert sorted(words) == sorted(quotes.replace("\n", ""))


def test_hostile_words_come_as_words_and_without_controls(served: Client) -> None:
    answer = served.ask("/queue.json").body + json.dumps(report_of(served, "script"), ensure_ascii=False).encode()
    assert not CONTROLS & set(answer.decode())
    assert b"<script>" in answer  # as data: the page sets text, never HTML
    page = served.ask("/queue").body
    assert b"<script>alert" not in page
    assert page.count(b"<script") == 1


def test_a_decision_changes_state_and_progress_and_can_be_taken_back(fresh: Fresh) -> None:
    client = fresh()
    first, second = [row["id"] for row in client.rows()][:2]
    told = client.judge("accept", first)
    assert told["events"][first]["states"] == ["accept"]
    assert told["progress"] == {"done": 1, "total": 3, "undo": True, "redo": False}
    client.judge("correct", second, field="when", value={"earliest": "2020-01-05", "latest": "2020-01-05", "precision": "day"})
    assert [row["id"] for row in client.rows("?state=correct")] == [second]
    back = client.ask("/api/undo", method="POST").json
    assert back["made"]["verdict"] == "correct"
    assert back["events"][second] is None
    assert client.ask("/api/undo", method="POST").json["progress"]["done"] == 0
    assert client.ask("/api/undo", method="POST").json["made"] is None
    again = client.ask("/api/redo", method="POST").json
    assert (again["made"]["verdict"], again["progress"]["done"]) == ("accept", 1)


def test_decisions_outlive_the_server_and_other_users_see_them(fresh: Fresh) -> None:
    client = fresh()
    event = client.rows()[0]["id"]
    client.judge("reject", event, reason="two towns of that name")
    other = fresh(client.path, user="bilal")
    assert other.rows("?state=reject")[0]["review"]["fields"][""]["user"] == "amina"
    assert other.ask("/api/undo", method="POST").json["made"] is None, "undo takes back one's own decisions only"
    other.judge("accept", event)
    both = client.ask("/log.json").json["rows"]
    assert [(one["user"], one["verdict"]) for one in both] == [("bilal", "accept"), ("amina", "reject")]


def test_two_windows_lose_nothing_and_are_told_of_each_other(fresh: Fresh) -> None:
    client = fresh()
    event = client.rows()[0]["id"]
    seen = client.judge("comment", client.rows()[1]["id"], reason="first")["number"]
    one = client.judge("correct", event, field="status", value="foiled", seen=seen)
    other = client.judge("correct", event, field="status", value="attempted", seen=seen)
    assert one["also"] == []
    assert [row["value"] for row in other["also"]] == ["foiled"]
    assert client.ask("/log.json").json["total"] == 3


def test_questions_stand_until_somebody_answers(fresh: Fresh) -> None:
    client = fresh()
    event = client.rows()[0]["id"]
    client.judge("question", event, field="where", reason="Which Karim?")
    assert client.ask("/queue.json?state=question").json["total"] == 1
    client.judge("comment", event, field="where", reason="The one in the north.")
    assert client.ask("/queue.json?state=question").json["total"] == 0
    assert len(client.rows()[0]["review"]["remarks"]) == 2


def test_values_of_one_field_are_decided_one_by_one(fresh: Fresh) -> None:
    client = fresh()
    told = report_of(client, "marwa")
    event = told["events"][0]
    figures = [value for value in event["values"] if value["field"] == "figures"]
    client.judge("accept", event["id"], field="figures", item=figures[0]["item"])
    fields = client.judge("reject", event["id"], field="figures", item=figures[1]["item"])["events"][event["id"]]["fields"]
    assert {key: one["verdict"] for key, one in fields.items()} == {figures[0]["key"]: "accept", figures[1]["key"]: "reject"}


def test_new_evidence_must_be_words_of_the_report(fresh: Fresh) -> None:
    client = fresh()
    told = report_of(client, "marwa")
    event, place = told["events"][0]["id"], {"name": "Karim", "precision": "town"}
    words = next(value for value in told["events"][0]["values"] if value["field"] == "where")["evidence"]
    client.judge("correct", event, field="where", value={**place, "evidence": words})
    wrong = {
        "verdict": "correct",
        "events": [event],
        "field": "where",
        "value": {**place, "evidence": [{**words[0], "quote": "x"}]},
    }
    answer = client.ask("/api/judgements", method="POST", body=wrong)
    assert (answer.status, answer.json["error"]) == (400, "the words given as evidence are not in the report")


def test_a_missed_event_is_added_with_its_words(fresh: Fresh) -> None:
    client = fresh()
    told = report_of(client, "marwa")
    start = told["blocks"][0]["runs"][0]["s"]
    body = {"verdict": "correct", "field": "event", "report": told["report"]["id"], "start": start, "end": start + 3}
    assert client.ask("/api/judgements", method="POST", body={**body, "value": {"sub_type": "Attack"}}).status == 200
    assert [one["value"] for one in report_of(client, "marwa")["added"]] == [{"sub_type": "Attack"}]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b"\xff\xfe",
        b'{"verdict": "destroy", "events": ["v1"]}',
        b'{"verdict": "accept", "events": []}',
        b'{"verdict": "accept", "events": ["v0000000000000000"]}',
        b'{"verdict": "accept", "events": ["v1"], "colour": 1}',
        b'{"verdict": "correct", "events": ["v1"], "field": "colour"}',
        b'{"verdict": "accept", "events": [' + b'"v1",' * 900 + b'"v1"]}',
        b"[" * 20_000,
        b'{"verdict": "correct", "events": ["v1"], "field": "when", "value": {"evidence": 3}}',
        b'{"verdict": "comment", "events": ["v1"], "report": "r1", "start": -4, "end": 900}',
    ],
)
def test_a_judgement_that_cannot_be_is_refused_in_words(served: Client, body: bytes) -> None:
    answer = served.ask("/api/judgements", method="POST", body=body)
    assert answer.status in {400, 404, 409}
    assert answer.json["error"]


def test_places_and_actors_are_looked_up(served: Client) -> None:
    assert served.ask("/api/places?q=Damascus").json["rows"][0]["country"] == "SYR"
    assert served.ask("/api/places?q=").json["rows"] == []
    assert served.ask("/api/actors?q=taliban").json["rows"]


def test_a_window_that_comes_back_hears_what_it_missed(fresh: Fresh) -> None:
    client = fresh()
    first = client.judge("accept", client.rows()[0]["id"])["number"]
    client.judge("comment", client.rows()[1]["id"], reason="seen?")
    with socket.create_connection(("127.0.0.1", client.port), timeout=10) as line:
        head = [
            f"GET /api/changes?after={first} HTTP/1.1",
            f"Host: 127.0.0.1:{client.port}",
            "Authorization: Bearer key-of-the-tests",
        ]
        line.sendall("\r\n".join([*head, "", ""]).encode())
        told = b""
        while b"seen?" not in told:
            told += line.recv(65536)
    assert b"text/event-stream" in told
    assert b'"verdict":"accept"' not in told
