"""Incidents in the API: the list, one with its readings, same and different, and what other data sets would show."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import dateline
from dateline.store import open_project

if TYPE_CHECKING:
    from review.conftest import Client

WIRE = "MARWA, Syria, May 3 (Northern Wire) - A car bomb killed at least six people in the town of Azaz on Friday, police said.\n"
PAPER = "A car bomb in the Syrian town of Azaz on Friday killed nine people, a hospital official said. The army denied it.\n"
OTHER = "Gunmen attacked a village near Maiduguri in Nigeria on Thursday, killing four people, residents said.\n"


@pytest.fixture
def told(fresh: Callable[..., Client], tmp_path: Path) -> Client:
    """Two reports of one bombing and one of something else, coded and served."""
    with open_project(tmp_path / "told.db") as project:
        run = project.start_run()
        for name, text in (("wire", WIRE), ("paper", PAPER), ("other", OTHER)):
            project.save_coding(dateline.code(text, doc_id=name, published="2019-05-03", outlet=name.title()), run)
    return fresh(tmp_path / "told.db")


def several(client: Client) -> Any:
    return client.ask("/incidents.json?shown=several").json["rows"]


def test_two_reports_of_one_bombing_are_one_incident(told: Client) -> None:
    [row] = several(told)
    assert (row["reports"], row["place"]) == (2, "Azaz")
    incident = told.ask(f"/incidents/{row['id']}.json").json
    killed = next(field for field in incident["fields"] if field["field"] == "figures:killed")
    assert {reading["doc_id"] for reading in killed["readings"]} == {"wire", "paper"}
    assert [one["doc_id"] for one in incident["others"]] == [telling["doc_id"] for telling in incident["tellings"]]
    assert all({"row", "left_out"} & set(one["acled"]) for one in incident["others"])
    assert incident["links"][0]["contributions"]


def test_different_splits_and_undo_puts_together_again(told: Client) -> None:
    [row] = several(told)
    first, second = [one["event_id"] for one in told.ask(f"/incidents/{row['id']}.json").json["tellings"]]
    told.ask("/api/judgements", method="POST", body={"verdict": "different", "events": [first], "others": [second]})
    assert several(told) == []
    desk = told.ask("/merge.json").json
    assert ("judged different", {first, second}) in [(pair["decision"], {pair["a"], pair["b"]}) for pair in desk["apart"]]
    told.ask("/api/undo", method="POST")
    assert len(several(told)) == 1


def test_same_merges_what_the_machine_kept_apart(told: Client) -> None:
    other = told.ask("/incidents.json?q=maiduguri").json["rows"][0]
    event = told.ask(f"/incidents/{other['id']}.json").json["tellings"][0]["event_id"]
    [one] = several(told)
    members = [telling["event_id"] for telling in told.ask(f"/incidents/{one['id']}.json").json["tellings"]]
    told.judge("same", event, others=members)
    assert [row["reports"] for row in several(told)] == [3]


def test_lists_of_incidents_are_filtered_in_words_and_come_as_tables(told: Client) -> None:
    answer = told.ask("/incidents.json?q=azaz&sort=toll").json
    noun = "incident" if answer["total"] == 1 else "incidents"
    assert answer["sentence"] == f"{answer['total']} {noun} with “azaz”, highest toll first"
    assert told.ask("/incidents.json?shown=strange").status == 400
    assert told.ask("/incidents/none.json").status == 404
    assert told.ask("/incidents.csv").body.startswith(b"\xef\xbb\xbfid,title")
    assert told.ask(f"/incidents/{answer['rows'][0]['id']}.csv").body.count(b"\r\n") > 3
