"""The other views: names, exports, snapshots, lists for map and timeline, and the description of the API."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest

if TYPE_CHECKING:
    from review.conftest import Client

Fresh = Callable[..., "Client"]


def test_names_are_counted_and_known_ones_named(served: Client) -> None:
    actors = {row["name"]: row for row in served.ask("/actors.json").json["rows"]}
    assert "الجيش" not in actors or actors["الجيش"]["kind"] == "state force"
    places = {row["name"]: row for row in served.ask("/places.json").json["rows"]}
    assert places["Marwa"]["events"] == 1
    assert places["Karim"]["precision"] == "province"
    assert served.ask("/sources.json").json["outlets"][0]["reports"] == 1


def say(client: Client, **body: object) -> int:
    return client.ask("/api/names", method="POST", body=body).status


def test_letters_and_own_names_stand_with_the_name_and_in_a_table(fresh: Fresh) -> None:
    client = fresh()
    outlet = client.ask("/sources.json").json["outlets"][0]["outlet"]
    assert say(client, kind="sources", name=outlet, field="reliability", value="C") == 200
    assert say(client, kind="actors", name="الجيش", field="aliases", value=["al-Jaysh"]) == 200
    assert client.ask("/sources.json").json["outlets"][0]["reliability"] == "C"
    [army] = client.ask("/actors.json?q=jaysh").json["rows"]
    assert (army["own_aliases"], army["told_by"]) == (["al-Jaysh"], ["amina"])
    table = client.ask("/actors/own.tsv")
    assert table.headers["content-type"].startswith("text/tab-separated-values")
    assert "al-Jaysh" in table.body.decode()
    assert client.ask("/project.json").json["progress"]["done"] == 0
    assert client.ask("/api/undo", method="POST").json["made"]["subject"] == "name:actors:الجيش"
    assert client.ask("/actors.json?q=jaysh").json["rows"] == []


def test_what_cannot_be_said_of_a_name_is_refused_in_words(served: Client) -> None:
    for value in ("Z", ["A"], 1):
        answer = served.ask(
            "/api/names", method="POST", body={"kind": "sources", "name": "x", "field": "reliability", "value": value}
        )
        assert (answer.status, bool(answer.json["remedy"])) == (400, True)


def test_all_the_same_mentions_are_those_of_one_name_kind_place_and_point(served: Client) -> None:
    for row in served.ask("/actors.json").json["rows"]:
        asked = urlencode({name: row[name] or "" for name in ("name", "kind", "country")})
        told = served.ask(f"/actors/same.json?{asked}").json
        assert (len(told["actors"]), len(told["targets"])) == (row["as_actor"], row["as_target"]), row
    for row in served.ask("/places.json").json["rows"]:
        cells = {
            name: "" if row[name] is None else row[name] for name in ("name", "country", "precision", "latitude", "longitude")
        }
        assert served.ask(f"/places/same.json?{urlencode(cells)}").json["total"] == row["events"] > 0
        assert served.ask(f"/places/same.json?{urlencode({**cells, 'latitude': '1x'})}").json["total"] == 0


def test_every_view_of_one_thing_is_a_table_too(served: Client) -> None:
    event = served.rows("?q=marwa")[0]
    for path in (f"/events/{event['id']}.csv", f"/reports/{event['report']}.csv"):
        assert event["id"] in served.ask(path).body.decode()
    assert served.ask("/merge.csv").body.startswith(b"\xef\xbb\xbfdecision,score,")
    assert served.ask("/reports/none.csv").status == served.ask("/events/none.csv").status == 404


def test_the_events_of_a_source_are_found_by_its_name(served: Client) -> None:
    for row in served.ask("/sources.json").json["rows"]:
        assert served.ask(f"/queue.json?source={quote(row['name'])}").json["total"] > 0


def test_one_correction_reaches_all_the_same_mentions_and_one_undo_takes_it_back(fresh: Fresh) -> None:
    client = fresh()
    events = [row["id"] for row in client.rows()][:2]
    place = {"name": "Karim", "country": "SYR", "lat": 35.5, "lon": 36.5, "precision": "town", "radius_km": 5.0}
    client.judge("correct", *events, field="where", value=place)
    assert client.ask("/queue.json?state=correct").json["total"] == 2
    client.ask("/api/undo", method="POST")
    assert client.ask("/queue.json?state=correct").json["total"] == 0


@pytest.mark.parametrize("format", ["acled", "ucdp", "csv", "geojson", "claims"])
def test_an_export_is_previewed_with_what_is_left_out_and_why(served: Client, format: str) -> None:
    told = served.ask(f"/export.json?as={format}&profile=internal").json
    assert told["command"].startswith(f"dateline export small.db --as {format} --profile internal")
    assert sum(count for _, count in told["rules"]) == len(told["excluded"])
    assert set(told["formats"]) >= {"acled", "ucdp", "geojson", "claims"}
    made = served.ask(f"/export/file?as={format}")
    assert "attachment" in made.headers["content-disposition"]
    assert made.body


def test_a_preview_shows_embargo_and_level_of_places(served: Client) -> None:
    told = served.ask("/export.json?as=csv&embargo=2000-01-01&coarsen=province").json
    assert (told["count"], dict(told["rules"])["embargo"]) == (0, 3)
    assert "--embargo 2000-01-01 --coarsen province" in told["command"]
    assert served.ask("/export.json?as=csv&embargo=30d").json["count"] == 2  # the third has no day
    assert "Marwa" in served.ask("/export/file?as=csv").body.decode()
    assert "Marwa" not in served.ask("/export/file?as=csv&coarsen=province").body.decode()


def test_an_export_that_cannot_be_says_so(served: Client) -> None:
    for query in ("as=paper", "profile=secret", "since=soon", "country=XQX", "type=Feast"):
        answer = served.ask(f"/export.json?{query}")
        assert (answer.status, bool(answer.json["remedy"])) == (400, True)


def test_a_snapshot_is_a_whole_project(fresh: Fresh) -> None:
    client = fresh()
    client.judge("accept", client.rows()[0]["id"])
    made = client.ask("/api/snapshots", method="POST").json
    assert [row["name"] for row in client.ask("/snapshots.json").json["rows"]] == [made["name"]]
    copy = client.path.parent / f"{client.path.stem}.snapshots" / made["name"]
    assert fresh(copy).ask("/queue.json?state=accept").json["total"] == 1


def test_events_for_the_map_come_as_columns_of_one_length(served: Client) -> None:
    told = served.ask("/explore.json").json
    columns = told["columns"]
    assert {len(column["at"] if isinstance(column, dict) else column) for column in columns.values()} == {told["total"]}
    assert all(-90 <= lat <= 90 for lat in columns["lat"] if lat is not None)


def test_the_api_describes_itself(served: Client) -> None:
    told = served.ask("/api/openapi.json").json
    assert told["openapi"].startswith("3.1")
    for path in told["paths"]:
        if "{" not in path and "get" in told["paths"][path] and path not in {"/api/changes"}:
            assert served.ask(path).status == 200, path
    assert set(told["paths"]) >= {"/queue.json", "/api/judgements", "/api/undo", "/api/redo", "/incidents/{id}.json"}
    assert all(one.get("summary") for verbs in told["paths"].values() for one in verbs.values())
    assert json.dumps(told).count("operationId") == sum(len(verbs) for verbs in told["paths"].values())


def test_a_value_that_a_person_adds_stands_beside_the_coded_ones(fresh: Fresh) -> None:
    """As the page sends it: an item that means none of the coded values."""
    client = fresh()
    event = next(row["id"] for row in client.rows() if row["doc_id"] == "marwa")
    added = {"added": "x1", "name": None, "kind": None, "measure": None}
    figure = {"measure": "injured", "group": "people", "low": 7, "high": 7, "unit": "person"}
    client.judge("correct", event, field="figures", item=added, value=figure)
    client.judge(
        "correct", event, field="targets", item=added, value={"name": "shopkeepers", "kind": "civilians", "country": None}
    )
    told = client.ask("/export/file?as=csv&profile=internal").body.decode()
    row = next(line for line in told.splitlines() if "marwa" in line)
    assert "shopkeepers" in row
    assert "civilians" in row
    assert "7 injured" in row
    assert "2 killed" in row or "at least 2" in row
