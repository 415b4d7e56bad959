"""The gazetteer: the shipped file, look-ups, own places."""

from __future__ import annotations

import stat
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import InputError, ModelError
from dateline.knowledge import table
from dateline.resolve import gazetteer_file
from dateline.resolve.gazetteer import Gazetteer, Kind, conflict_areas, load_gazetteer, plain_score
from dateline.resolve.gazetteer_add import lookup_lines, read_places
from dateline.resolve.gazetteer_names import fold, skeleton


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer()


def test_the_shipped_file_is_small() -> None:
    assert gazetteer_file.SHIPPED.stat().st_size < 20_000_000


def test_loading_is_quick(gazetteer: Gazetteer) -> None:
    start = time.process_time()
    fresh = Gazetteer(gazetteer_file.unpacked_path())
    assert len(fresh) > 280_000
    assert time.process_time() - start < 0.2


def test_it_unpacks_elsewhere_when_the_cache_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = tmp_path / "closed"
    closed.write_text("a file where a folder is wanted")
    monkeypatch.setenv("DATELINE_CACHE", str(closed / "cache"))
    monkeypatch.setattr(gazetteer_file.tempfile, "gettempdir", lambda: str(tmp_path))
    assert gazetteer_file.unpacked_path().is_relative_to(tmp_path)


def test_it_works_when_the_package_is_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = tmp_path / "package" / "gazetteer.bin.xz"
    shipped.parent.mkdir()
    shipped.write_bytes(gazetteer_file.SHIPPED.read_bytes())
    shipped.chmod(stat.S_IRUSR)
    shipped.parent.chmod(stat.S_IRUSR | stat.S_IXUSR)
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path / "cache"))
    path = gazetteer_file.unpacked_path(shipped)
    assert path.parent == tmp_path / "cache"
    assert list(path.parent.iterdir()) == [path]
    shipped.parent.chmod(stat.S_IRWXU)


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        gazetteer_file.unpack(b"not xz")
    with pytest.raises(ModelError):
        gazetteer_file.unpacked_path(tmp_path / "absent.xz")


VARIANTS = [
    ("Maarat al-Numan", "SYR", 167611),
    ("Ma`arrat an Nu`man", None, 167611),
    ("Deir Ezzor", "SYR", 170794),
    ("Dayr az Zawr", "SYR", 170794),
    ("Deir ez-Zor", "Syria", 170794),
    ("Kiev", "UA", 703448),
    ("Kyiv", None, 703448),
    ("Київ", None, 703448),
    ("حلب", None, 170063),
    ("Alep", "SYR", 170063),
    ("Slavyansk", "Ukraine", 693468),
    ("Londres", None, 2643743),
    ("al-Raqqa", "SYR", 172955),
]


@pytest.mark.parametrize(("name", "country", "geonameid"), VARIANTS)
def test_spelling_variants_meet(gazetteer: Gazetteer, name: str, country: str | None, geonameid: int) -> None:
    towns = [c.geonameid for c in gazetteer.lookup(name, country) if c.kind is Kind.TOWN]
    assert towns[:1] == [geonameid]


def test_near_spellings_only_within_a_country(gazetteer: Gazetteer) -> None:
    assert gazetteer.lookup("Slovianks") == []
    assert 693468 in [c.geonameid for c in gazetteer.lookup("Slovianks", "UKR")]


def test_scores_fall(gazetteer: Gazetteer) -> None:
    scores = [c.score for c in gazetteer.lookup("Springfield")]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= s <= 1 for s in scores)


def test_borders(gazetteer: Gazetteer) -> None:
    assert len(gazetteer.border("SYR", "TUR")) > 10
    assert gazetteer.border("TUR", "SYR") == gazetteer.border("SYR", "TUR")
    assert gazetteer.border("SYR", "PER") == []


def test_hand_written_tables_are_sound(gazetteer: Gazetteer) -> None:
    assert len(conflict_areas(gazetteer)) == len(table("places_conflict"))
    for name in ("places_regions", "places_sites"):
        for row in table(name):
            assert -90 <= float(row["lat"]) <= 90 and -180 <= float(row["lon"]) <= 180, row.where
            assert float(row["radius_km"]) > 0, row.where
            assert row["kind"].upper() in Kind.__members__, row.where


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_name_is_answered(name: str) -> None:
    folded = fold(name)
    assert fold(folded) == folded
    assert skeleton(folded) == skeleton(fold(folded))
    for candidate in load_gazetteer().find(name):
        assert 0 < candidate.match <= 1
        assert 0 <= plain_score(candidate) <= 1


GEONAMES_ROW = [
    "1",
    "Kafr Test",
    "Kafr Test",
    "Kufr Test,كفر تست",
    "35.5",
    "36.5",
    "P",
    "PPL",
    "SY",
    "",
    "12",
    "",
    "",
    "",
    "900",
    "",
    "400",
    "Asia/Damascus",
    "2020-01-01",
]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_geonames_dumps_are_read(tmp_path: Path) -> None:
    added = read_places(write(tmp_path, "SY.txt", "\t".join(GEONAMES_ROW) + "\nshort\trow\n"))
    assert [(names, c.country, c.geonameid) for names, c in added.places] == [(("Kafr Test", "Kufr Test", "كفر تست"), "SYR", 1)]
    assert [fault.where for fault in added.faults] == ["SY.txt:2"]


def test_pcode_tables_are_read(tmp_path: Path) -> None:
    header = "ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM2_AR,lat,lon\n"
    text = header + "Syria,SY,Idlib,SY07,Harim,SY0703,حارم,36.2,36.5\n"
    added = read_places(write(tmp_path, "p.csv", text))
    names, candidate = added.places[0]
    assert (names, candidate.kind, candidate.country, candidate.adm1_name) == (("Harim", "حارم"), Kind.ADM2, "SYR", "Idlib")


def test_bad_rows_are_named_and_skipped(tmp_path: Path) -> None:
    text = "name,lat,lon,country\nGood,10,20,Chad\nBad,x,20,Chad\nFar,99,20,Chad\n,1,2,Chad\nOdd,1,2,Narnia\n"
    added = read_places(write(tmp_path, "a.csv", text))
    assert [c.name for _, c in added.places] == ["Good"]
    assert [fault.where for fault in added.faults] == ["a.csv:3", "a.csv:4", "a.csv:5", "a.csv:6"]


def test_files_of_no_known_form_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no known form"):
        read_places(write(tmp_path, "a.csv", "a,b,c\n1,2,3\n"))
    with pytest.raises(InputError):
        read_places(tmp_path / "absent.csv")


def test_added_places_win(tmp_path: Path) -> None:
    extra = write(
        tmp_path, "own.csv", "name,lat,lon,country,kind\nHoms,34.9,36.9,SYR,village\nTal Rishan,36.4,37.1,SYR,village\n"
    )
    gazetteer = load_gazetteer(extra)
    assert gazetteer.lookup("Tal Rishan")[0].added
    assert lookup_lines("Homs", "SYR", gazetteer)[0]["added"] is True
