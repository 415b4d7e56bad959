"""The registry of actors: sound tables, names that fold, checks that find faults, the user's own rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from dateline.errors import InputError
from dateline.resolve.actors import (
    COLUMNS,
    add_actors,
    check_actors,
    fold,
    list_actors,
    load_registry,
    read_alias,
    shipped,
    show_actor,
)


def write(path: Path, *rows: dict[str, str]) -> Path:
    lines = ["\t".join(COLUMNS)] + ["\t".join(row.get(column, "") for column in COLUMNS) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


ROW = {
    "id": "URF-X",
    "name": "Upper River Front",
    "aliases": "URF|River Boys",
    "kind": "rebel group",
    "country": "MLI",
    "basis": "own statements",
}


def test_shipped_tables_have_no_faults() -> None:
    assert [fault for fault in check_actors() if fault.level == "error"] == []


def test_registry_covers_many_conflicts() -> None:
    actors = shipped().actors.values()
    assert sum(actor.office is None for actor in actors) >= 600
    assert len({actor.country for actor in actors if actor.kind == "rebel group"}) >= 40


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Hay'at Tahrir al-Sham", "HAYAT TAHRIR AL SHAM"),
        ("Al-Shabaab", "al Shabaab"),
        ("Ansar-ul-Islam", "Ansar al-Islam"),
        ("People’s Protection Units", "People's Protection Units"),
        ("Séléka", "Seleka"),
    ],
)
def test_spelling_of_articles_hyphens_and_accents_does_not_count(left: str, right: str) -> None:
    assert fold(left) == fold(right)


def test_names_and_aliases_lead_to_the_entry() -> None:
    assert [actor.id for actor in show_actor("Sendero Luminoso")] == ["SHINING-PATH"]
    assert [actor.id for actor in show_actor("PKK")] == ["PKK"]
    assert show_actor("nobody of that name") == []


def test_a_dated_alias_keeps_its_years_and_its_speaker() -> None:
    assert read_alias("Daesh {opponents}").word_of == "opponents"
    assert (read_alias("X [2012..2016]").since, read_alias("X [2012..]").until) == ("2012", None)


def test_list_by_country_kind_and_words() -> None:
    found = list_actors(country="SLV", kind="rebel group")
    assert "FMLN" in [actor.id for actor in found]
    assert all("SLV" in actor.countries for actor in found)
    assert [actor.id for actor in list_actors(text="tahrir sham")] == ["HTS"]


def test_office_holders_have_an_office() -> None:
    holders = [actor for actor in shipped().actors.values() if actor.id.startswith("H-")]
    assert holders and all(holder.office and holder.since for holder in holders)


def test_added_rows_are_found_and_replace_by_id(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    assert add_actors(write(tmp_path / "new.tsv", ROW), into=own) == (1, [])
    assert add_actors(write(tmp_path / "new.tsv", {**ROW, "name": "Upper River Army"}), into=own) == (1, [])
    registry = load_registry(own)
    assert [actor.name for actor in registry.named("URF")] == ["Upper River Army"]
    assert len(registry.actors) == len(shipped().actors) + 1


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "army"},
        {"country": "XYZ"},
        {"since": "2020", "until": "2010"},
        {"since": "May 2020"},
        {"parent": "NOBODY"},
        {"name": ""},
    ],
)
def test_faulty_rows_are_refused_with_their_line(tmp_path: Path, change: dict[str, str]) -> None:
    written, faults = add_actors(write(tmp_path / "new.tsv", {**ROW, **change}), into=tmp_path / "own.tsv")
    assert written == 0
    assert faults and all(fault.where == "new.tsv:2" for fault in faults)
    assert not (tmp_path / "own.tsv").exists()


def test_a_name_borne_by_two_at_one_time_is_a_warning(tmp_path: Path) -> None:
    from dateline.resolve.actors import check_clashes, read_actor, rows_of

    rows = rows_of(write(tmp_path / "new.tsv", ROW, {**ROW, "id": "URF-Y"}))
    faults = check_clashes([read_actor(row) for row in rows])
    assert faults and {fault.level for fault in faults} == {"warning"}


def test_a_missing_file_and_a_missing_column_are_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        add_actors(tmp_path / "absent.tsv", into=tmp_path / "own.tsv")
    (tmp_path / "bad.tsv").write_text("id\tname\nX\tY\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column"):
        add_actors(tmp_path / "bad.tsv", into=tmp_path / "own.tsv")
