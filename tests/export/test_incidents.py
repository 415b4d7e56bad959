"""Rows of incidents, and values that reviewers corrected or rejected."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest

import dateline
from dateline.export.bundle import Export, Options, Profile
from dateline.export.formats import FORMATS
from dateline.export.reviews import reviewed
from dateline.merge.judgements import judge
from dateline.store import open_project
from dateline.types import Coding

ONE = "Shells hit the Al-Noor clinic in Marib on Thursday, killing two nurses, Dr. Samir Qasim said. The Houthis fired them."
TWO = "Houthi shells killed three people at a clinic in Marib on Thursday, the army said."


def coding(text: str, name: str) -> Coding:
    return dateline.code(text, published="2023-05-12", outlet=name, doc_id=name)


@pytest.fixture
def two() -> list[Coding]:
    return [coding(ONE, "Meridian Press"), coding(TWO, "Marib Post")]


def table(codings: list[Coding], format: str, profile: Profile = "public") -> list[dict[str, str]]:
    stream = io.BytesIO()
    made = Export(Options(FORMATS[format], profile, per="incident"), stream)
    made.add_incidents(codings)
    made.close()
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode())))


def test_two_reports_of_one_incident_are_one_row(two: list[Coding]) -> None:
    rows = table(two, "csv")
    assert [(row["tellings"], row["origins"]) for row in rows] == [("2", "2")]
    assert rows[0]["id"].startswith("i")
    assert set(rows[0]["outlets"].split("; ")) == {"Meridian Press", "Marib Post"}


def test_the_recommended_toll_counts(two: list[Coding]) -> None:
    acled, ucdp = table(two, "acled"), table(two, "ucdp")
    assert [row["fatalities"] for row in acled] == ["2"]
    assert "told by 2 reports, 2 of independent origin" in acled[0]["notes"]
    assert [(row["low"], row["high"], row["number_of_sources"]) for row in ucdp] == [("2", "3", "2")]


def test_what_the_profile_hides_does_not_come_back_by_the_merge(two: list[Coding]) -> None:
    for format in ("csv", "claims", "acled", "ucdp", "ftm"):
        told = str(table(two, format))
        assert "Samir" not in told and "Qasim" not in told and "Al-Noor" not in told
    assert [row["geo_precision"] for row in table(two, "csv")] == ["district"]
    assert [row["geo_precision"] for row in table(two, "csv", "internal")] == ["town"]


def judged(tmp_path: Path, verdict: Any, **given: Any) -> tuple[list[dict[str, str]], Export]:
    """Rows of the one event of a project, judged as given."""
    path = tmp_path / "p.db"
    with open_project(path) as project:
        project.save_coding(coding(TWO, "Marib Post"), project.start_run())
        (event,) = (row["id"] for row in project.connection.execute("SELECT id FROM events"))
        judge(project, verdict, [event], user="ana", **given)
        stream = io.BytesIO()
        made = Export(Options(FORMATS["csv"], "internal"), stream)
        decided = reviewed(project)
        for one in project.load_codings():
            made.add(one, decided)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode()))), made


@pytest.mark.parametrize(
    ("field", "value", "column", "expected"),
    [
        ("when", {"earliest": "2023-05-10", "latest": "2023-05-10", "precision": "day"}, "date_earliest", "2023-05-10"),
        ("where", {"name": "Taiz", "country": "YEM", "lat": 13.58, "lon": 44.02, "precision": "town"}, "location", "Taiz"),
        ("type", "Explosions/Remote violence/Grenade", "sub_type", "Grenade"),
        ("figures:killed", {"measure": "killed", "low": 5, "high": 5}, "killed_low", "5"),
        ("actors", {"name": "Unknown gunmen", "kind": "unknown"}, "actors", "Unknown gunmen"),
        ("status", "attempted", "status", "attempted"),
    ],
)
def test_a_corrected_value_stands(tmp_path: Path, field: str, value: Any, column: str, expected: str) -> None:
    rows, _ = judged(tmp_path, "correct", field=field, value=value)
    assert [(row[column], row["review"]) for row in rows] == [(expected, "corrected")]


def test_a_rejected_value_goes_and_a_rejected_event_is_left_out(tmp_path: Path) -> None:
    rows, _ = judged(tmp_path, "reject", field="where")
    assert [row["location"] for row in rows] == [""]
    (tmp_path / "p.db").unlink()
    rows, made = judged(tmp_path, "reject")
    assert rows == [] and [row["rule"] for row in made.excluded] == ["rejected"]


def test_an_accepted_event_says_so(tmp_path: Path) -> None:
    assert [row["review"] for row in judged(tmp_path, "accept")[0]] == ["accepted"]
