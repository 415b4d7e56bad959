"""The exports: example files, columns and codes, what is left out and why."""

from __future__ import annotations

import csv
import io
import json
import runpy
from pathlib import Path
from typing import Any

import msgspec
import pytest

import factories
from dateline.export.bundle import Export, Filters, Options, Reviewed
from dateline.export.cases import cases_of, ids_of
from dateline.export.formats import FORMATS
from dateline.export.sides import acled_sides
from dateline.export.tables import columns, inter_words, type_table
from dateline.export.tolls import ucdp_estimate
from dateline.export.ucdp import prio_grid
from dateline.types import Coding, Count, Participant, Place, Statement, When, Where

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "examples" / "exports"
MADE = runpy.run_path(str(ROOT / "docs" / "examples.py"))


def export(codings: list[Coding], format: str, **given: Any) -> tuple[Export, bytes]:
    stream = io.BytesIO()
    made = Export(Options(FORMATS[format], **given), stream)
    for coding in codings:
        made.add(coding)
    made.close()
    return made, stream.getvalue()


def table(codings: list[Coding], format: str, **given: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export(codings, format, **given)[1].decode())))


@pytest.fixture(scope="module")
def codings() -> list[Coding]:
    return MADE["codings"]()  # type: ignore[no-any-return]


def event(**given: Any) -> Coding:
    """A coding with one event that every format shows, changed as given."""
    report = factories.make_report()
    place = given.pop("place", Place("Marwa", "SYR", 35.1, 36.5, admin1="Idlib"))
    where = Where(place, (factories.words(report, "Marwa"),)) if place else None
    actors = (Participant("Lamia Front", "rebel group", (factories.words(report, "Lamia Front"),)),)
    made = factories.make_event(report, **{"where": where, "actors": actors, **given})
    return factories.make_coding(report, events=(made,))


def killed(low: int | None, high: int | None, group: str = "people", source: str | None = None) -> Count:
    return Count("killed", group, low, high, "person", (), source=source)


# ---- examples and shapes --------------------------------------------------------------------------------------------


def test_examples_are_fresh() -> None:
    made = dict(MADE["examples"]())
    kept = {path.name: path.read_bytes() for path in EXAMPLES.iterdir() if path.suffix not in (".xlsx", ".parquet")}
    assert sorted(made) == sorted(kept)
    assert [name for name in made if made[name] != kept[name]] == [], "run: make docs"


def test_the_example_workbook_is_fresh() -> None:
    from openpyxl import load_workbook

    def told(source: Any) -> list[list[Any]]:
        book = load_workbook(source)
        return [[cell.value for cell in row] for title in ("events", "claims", "excluded") for row in book[title]]

    assert told(EXAMPLES / "events.xlsx") == told(io.BytesIO(MADE["binary"]("xlsx")[1])), "run: make docs"


def test_the_example_parquet_file_is_fresh(codings: list[Coding]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    made = parquet.read_table(io.BytesIO(export(codings, "parquet")[1]))
    assert parquet.read_table(EXAMPLES / "events.parquet").equals(made), "run: make docs"


def test_a_workbook_has_the_same_bytes_in_every_run(codings: list[Coding], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert export(codings, "xlsx")[1] == export(codings, "xlsx")[1]


@pytest.mark.parametrize(("format", "key"), [("acled", "acled_2023"), ("ucdp", "ucdp_ged"), ("ftm", "ftm_statements_csv")])
def test_columns_are_those_of_the_data_sets(format: str, key: str, shared: Path) -> None:
    assert list(columns(format)) == json.loads((shared / "schemas.json").read_text())[key]


def test_acled_types_are_those_of_its_codebook(shared: Path) -> None:
    known = {tuple(row) for row in json.loads((shared / "schemas.json").read_text())["acled_subevents"]}
    ours = {(codes.acled, codes.acled_sub, codes.disorder) for codes in type_table().values() if codes.acled}
    assert ours == known


def test_every_codebook_type_has_codes() -> None:
    assert len(type_table()) == 38


# ---- ACLED ----------------------------------------------------------------------------------------------------------


def test_an_acled_row(codings: list[Coding]) -> None:
    rows = table(codings, "acled")
    assert len(rows) > 5
    for row in rows:
        assert row["event_id_cnty"].startswith("DL-")
        assert row["interaction"].removesuffix(" only").split("-")[0] in inter_words().values()
        assert row["year"] == row["event_date"][:4]
        assert "not ACLED data" in row["notes"] and "not reviewed" in row["notes"]
        assert row["time_precision"] in "123" and row["geo_precision"] in "123"
        assert int(row["fatalities"]) >= 0
        assert not (row["event_type"] == "Battles" and row["civilian_targeting"])


def test_the_lowest_toll_counts_and_vague_words_have_fixed_numbers() -> None:
    cases = [
        ((killed(9, None), killed(4, 4, source="army")), "4"),
        ((killed(24, 99),), "12"),
        ((killed(None, 40),), "0"),
        ((killed(7, 7, "soldiers"), killed(2, 2, "civilians")), "9"),
        ((), "0"),
    ]
    for figures, expected in cases:
        assert table([event(figures=figures)], "acled")[0]["fatalities"] == expected


def test_the_middle_of_a_range_is_the_day() -> None:
    row = table([event(when=When("2020-01-01", "2020-01-31", "month", ()))], "acled")[0]
    assert (row["event_date"], row["time_precision"]) == ("2020-01-16", "3")


@pytest.mark.parametrize(
    ("given", "rule"),
    [
        ({"type": "Statement", "sub_type": "Threat"}, "type"),
        ({"status": "planned"}, "status"),
        ({"when": None}, "no day"),
        ({"when": When("2020-01-01", "2020-12-31", "year", ())}, "time too coarse"),
        ({"place": None}, "no place"),
        ({"place": Place("Syria", "SYR", 35.0, 38.0, "country")}, "place too coarse"),
        ({"foreground": False}, "background"),
    ],
)
def test_what_acled_does_not_code_is_left_out_with_its_reason(given: dict[str, Any], rule: str) -> None:
    made, _ = export([event(**given)], "acled")
    assert [row["rule"] for row in made.excluded] == [rule]
    assert made.rows == 0


def test_same_actors_place_and_day_are_one_acled_event() -> None:
    report = factories.make_report()
    place = Where(Place("Marwa", "SYR", 35.1, 36.5), (factories.words(report, "Marwa"),))
    clash = factories.make_event(report, id="e1", type="Battles", sub_type="Armed clash", where=place)
    blast = factories.make_event(report, id="e2", where=place, trigger=(factories.words(report, "killing"),))
    armed = Participant("army", "state force", (factories.words(report, "Lamia Front"),))
    both = tuple(msgspec.structs.replace(one, targets=(armed,)) for one in (blast, clash))
    made, data = export([factories.make_coding(report, events=both)], "acled")
    assert [row["event_type"] for row in csv.DictReader(io.StringIO(data.decode()))] == ["Battles"]
    assert [row["rule"] for row in made.excluded] == ["aggregated"]


def sides(type: str, sub_type: str, actors: list[tuple[str, Any]], targets: list[tuple[str, Any]]) -> list[list[str]]:
    people = [[Participant(name, kind, ()) for name, kind in given] for given in (actors, targets)]
    made = event(type=type, sub_type=sub_type, actors=tuple(people[0]), targets=tuple(people[1]), figures=()).events[0]
    found = acled_sides(made)
    return [[side.name for side in group] for group in (found.first, found.second)]


def test_sides_by_the_rules_of_each_type() -> None:
    remote, rebels, army = "Explosions/Remote violence", ("Lamia Front", "rebel group"), ("army", "state force")
    villagers = ("villagers", "civilians")
    assert sides("Battles", "Armed clash", [rebels], [army, villagers]) == [["Lamia Front"], ["Military Forces of Syria"]]
    assert sides(remote, "Suicide bomb", [rebels], [army, villagers]) == [
        ["Lamia Front"],
        ["Military Forces of Syria", "Civilians (Syria)"],
    ]
    assert sides("Violence against civilians", "Attack", [("gunmen", "unknown")], [villagers]) == [
        ["Unidentified Armed Group (Syria)"],
        ["Civilians (Syria)"],
    ]
    assert sides("Protests", "Protest with intervention", [("police", "state force")], [("students", "protesters")]) == [
        ["Protesters (Syria)"],
        ["Police Forces of Syria"],
    ]


def test_alternatives_are_not_two_sides() -> None:
    told = (("Russian", "RUS"), ("Syrian", "SYR"))
    planes = tuple(Participant(f"{who} planes", "state force", (), code, alternative=True) for who, code in told)
    coding = event(
        type="Explosions/Remote violence", sub_type="Air/drone strike", actors=planes, targets=(), figures=(killed(3, 3),)
    )
    row = table([coding], "acled")[0]
    assert (row["actor1"], row["assoc_actor_1"], row["actor2"]) == ("Military Forces of Russia", "", "Civilians (Syria)")
    assert "Not settled who: Russian planes or Syrian planes." in row["notes"]
    assert [row["side_b"] for row in table([coding], "ucdp")] == ["Civilians"]


# ---- UCDP -----------------------------------------------------------------------------------------------------------


def test_deaths_of_a_ged_row_add_up(codings: list[Coding]) -> None:
    for row in table(codings, "ucdp"):
        low, best, high = int(row["low"]), int(row["best"]), int(row["high"])
        assert low <= best <= high and best >= 1
        assert sum(int(row[f"deaths_{part}"]) for part in ("a", "b", "civilians", "unknown")) == best
        assert row["priogrid_gid"] == str(prio_grid(float(row["latitude"]), float(row["longitude"])))


def test_ged_keeps_low_best_and_high() -> None:
    figures = (killed(9, None), killed(4, 4, source="army"), killed(30, None, source="rebels"))
    coding = event(figures=figures)
    made = ucdp_estimate(next(cases_of(coding, ids_of(coding), {})))
    assert (made.low, made.best, made.high) == (4, 9, 30)


def test_state_against_group_is_state_based_with_deaths_by_side() -> None:
    figures = (killed(5, 5, "soldiers"), killed(14, 14, "gunmen"))
    targets = (Participant("army", "state force", ()),)
    row = table([event(figures=figures, targets=targets, type="Battles", sub_type="Armed clash")], "ucdp")[0]
    assert (row["type_of_violence"], row["side_a"], row["side_b"]) == ("1", "Government of Syria", "Lamia Front")
    assert (row["deaths_a"], row["deaths_b"], row["gwnoa"]) == ("5", "14", "652")


def test_no_death_and_no_named_actor_are_no_ged_event() -> None:
    gunmen = (Participant("gunmen", "unknown", ()),)
    made, _ = export([event(figures=()), event(actors=gunmen)], "ucdp")
    assert [row["rule"] for row in made.excluded] == ["no deaths", "no organised actor"]


# ---- the others -----------------------------------------------------------------------------------------------------


def test_geojson_is_valid(codings: list[Coding]) -> None:
    made = json.loads(export(codings, "geojson")[1])
    assert made["type"] == "FeatureCollection" and "crs" not in made
    ids = [feature["id"] for feature in made["features"]]
    assert len(ids) == len(set(ids)) > 10
    for feature in made["features"]:
        if feature["geometry"] is not None:
            lon, lat = feature["geometry"]["coordinates"]
            assert -180 <= lon <= 180 and -90 <= lat <= 90


def test_an_event_without_a_place_stays_in_geojson() -> None:
    assert json.loads(export([event(place=None)], "geojson")[1])["features"][0]["geometry"] is None


def test_statements_come_back_without_loss(codings: list[Coding]) -> None:
    lines = export(codings, "statements", profile="internal")[1].splitlines()
    back = [msgspec.json.decode(line, type=Statement) for line in lines]
    assert sorted(back, key=repr) == sorted((s for coding in codings for s in coding.statements), key=repr)


def test_plover_has_its_required_keys(codings: list[Coding]) -> None:
    lines = [json.loads(line) for line in export(codings, "plover")[1].splitlines()]
    assert lines
    for one in lines:
        assert {"id", "date", "actor", "event"} <= set(one)


def test_idmc_has_one_recommended_figure_for_an_event() -> None:
    figures = (Count("displaced", "families", 150, 150, "household", ()), Count("displaced", "people", 900, None, "person", ()))
    rows = table([event(type="Displacement", sub_type="Flight", figures=figures)], "idmc")
    assert [(row["role"], row["unit"], row["quantifier"], row["total_figures"]) for row in rows] == [
        ("RECOMMENDED", "PERSON", "MORE_THAN", "900"),
        ("TRIANGULATION", "HOUSEHOLD", "EXACT", ""),
    ]
    assert rows[0]["description"].endswith("according to Nura")


def test_a_workbook_opens_with_all_its_sheets(codings: list[Coding]) -> None:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(export(codings, "xlsx")[1]))
    assert book.sheetnames == ["events", "claims", "excluded", "about"]
    assert tuple(cell.value for cell in book["events"][1]) == columns("csv")
    assert book["events"].max_row == 1 + sum(len(coding.events) for coding in codings)
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "b", "inlineStr"}


def test_parquet_has_real_types(codings: list[Coding]) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    made = parquet.read_table(io.BytesIO(export(codings, "parquet")[1]))
    assert str(made.schema.field("date_earliest").type) == "date32[day]"
    assert str(made.schema.field("killed_low").type) == "int64"


def test_tags_stand_below_the_header(codings: list[Coding]) -> None:
    lines = export(codings, "acled", hxl=True)[1].decode().splitlines()
    assert lines[1].startswith("#event+code,#date+occurred,#date+year,#meta+date+precision,,#event+type")


def test_a_package_may_offer_a_format(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    from dateline.errors import SettingsError
    from dateline.export import formats

    def points(group: str, name: str) -> list[EntryPoint]:
        value = {"mine": "dateline.export.formats:FORMATS", "ours": "tests_offered:FORMAT"}
        return [EntryPoint(name, value[name], group)] if name in value and group == "dateline.exporters" else []

    monkeypatch.setattr(formats, "entry_points", points)
    monkeypatch.setattr(EntryPoint, "load", lambda self: FORMATS if self.name == "mine" else FORMATS["csv"])
    assert formats.format_named("ours") is FORMATS["csv"]
    with pytest.raises(SettingsError, match="is no Format"):
        formats.format_named("mine")
    with pytest.raises(SettingsError, match="unknown format 'theirs'"):
        formats.format_named("theirs")


# ---- filters and manifest -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (Filters(since="2020-02-01"), 0),
        (Filters(until="2020-01-31"), 1),
        (Filters(countries=("SYR",)), 1),
        (Filters(countries=("YEM",)), 0),
        (Filters(types=("Remote explosive/landmine/IED",)), 1),
        (Filters(types=("Battles",)), 0),
        (Filters(reviewed=True), 0),
    ],
)
def test_filters(filters: Filters, rows: int) -> None:
    made, _ = export([event()], "csv", filters=filters)
    assert (made.rows, len(made.excluded)) == (rows, 1 - rows)


def test_a_manifest_says_what_was_made_left_out_and_covered(codings: list[Coding]) -> None:
    made, _ = export(codings, "acled", filters=Filters(since="2023-01-01"))
    told = made.manifest(["acled.csv"])
    assert told["profile"] == "public" and told["format"] == "acled" and "not ACLED data" in told["codebook"]
    assert told["filters"] == {"since": "2023-01-01"}
    assert sum(told["left_out"].values()) == len(made.excluded) and told["rows"] == made.rows
    assert told["withheld"] == {"private_persons": 4, "places_coarsened": 3, "events": 0}
    assert "Not for targeting" in told["responsible_use"]
    card = told["coverage"]
    assert card["reports"] == len(codings) and card["unreviewed_share"] == 1.0
    assert {"outlets", "days_with_reports", "single_origin_share", "place_precision_shares", "measured_accuracy"} <= set(card)


def test_measured_accuracy_is_no_better_than_the_floors() -> None:
    import tomllib

    floors = tomllib.loads((ROOT / "benchmarks" / "floors.toml").read_text())["floors"]
    told = tomllib.loads((ROOT / "src/dateline/knowledge/export_accuracy.toml").read_text())
    for name, value in told.items():
        if name != "gold":
            assert value <= floors[f"own test {name}"]["value"], "raise or lower export_accuracy.toml with the floors"


def test_a_review_stands_in_every_row(codings: list[Coding]) -> None:
    stream = io.BytesIO()
    made = Export(Options(FORMATS["csv"]), stream)
    first, second, *_ = ids_of(codings[0]).values()
    made.add(codings[0], Reviewed({first: "accepted", second: "rejected"}))
    rows = list(csv.DictReader(io.StringIO(stream.getvalue().decode())))
    assert [row["review"] for row in rows if row["id"] == first] == ["accepted"]
    assert [row["rule"] for row in made.excluded] == ["rejected"]
    assert {row["review"] for row in rows} == {"accepted", "not reviewed"}
