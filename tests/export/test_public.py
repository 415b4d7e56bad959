"""The public profile: names become roles, sensitive places districts, movements of forces are left out; evidence stays true."""

from __future__ import annotations

import io
import re
import tomllib
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest

import dateline
import factories
from dateline.annotate.reading import Reading
from dateline.export.bundle import Export, Filters, Options
from dateline.export.formats import FORMATS
from dateline.export.persons import find_private
from dateline.export.public import show_public
from dateline.export.rewrite import Cut, Rewriter
from dateline.types import Coding, Evidence, Place, Record, Where

FRESH = tomllib.loads((Path(__file__).parent.parent / "cases" / "persons_fresh.toml").read_text(encoding="utf-8"))["case"]
CASES = tomllib.loads((Path(__file__).parent.parent / "cases" / "persons.toml").read_text(encoding="utf-8"))["case"]
CLINIC = """Shells hit the Al-Noor clinic in Marib on Friday, killing two nurses, Dr. Samir Qasim, a surgeon there, said.

Nadia Saleh, a teacher, said her brother Yahya was wounded. Saleh wept as she spoke of Yahya.

Nobody had heard from Zaynab Othman."""
TEXT = tuple(name for name, format in FORMATS.items() if format.ending not in ("parquet", "xlsx"))
HOME = "Gunmen shot dead Khaled Nasser, a 34-year-old baker, at his home in Aden on Wednesday, police said."


def code(text: str, **given: Any) -> Coding:
    return dateline.code(text, published="2023-05-12", **given)


def everything(coding: Coding, profile: Any = "public", formats: tuple[str, ...] = TEXT) -> str:
    """Text exports of a coding in one string."""
    out = []
    for format in FORMATS.values():
        if format.name in formats:
            stream = io.BytesIO()
            made = Export(Options(format, profile), stream)
            made.add(coding)
            made.close()
            out += [stream.getvalue().decode(), str(made.manifest([])), str(made.excluded)]
    return "\n".join(out)


def evidence_of(value: object) -> list[Evidence]:
    if isinstance(value, Evidence):
        return [value]
    if isinstance(value, Record):
        return [piece for name in value.__struct_fields__ for piece in evidence_of(getattr(value, name))]
    return [piece for item in value for piece in evidence_of(item)] if isinstance(value, tuple) else []


@pytest.mark.parametrize("name", ["Samir", "Qasim", "Nadia", "Saleh", "Yahya", "Zaynab", "Othman", "Al-Noor"])
def test_no_private_name_in_any_public_export(name: str) -> None:
    coding = code(CLINIC)
    assert coding.events
    assert name not in everything(coding)


def test_the_internal_profile_has_the_names() -> None:
    assert "Samir Qasim" in everything(code(CLINIC), "internal")


def test_roles_stand_for_names_inside_the_text() -> None:
    shown = show_public(code(CLINIC))
    assert "[doctor], a surgeon there, said" in shown.coding.report.text
    assert shown.withheld.persons >= 3


def test_evidence_reproduces_the_words_of_the_public_text() -> None:
    for text in (CLINIC, HOME, factories.TEXT):
        coding = show_public(code(text)).coding
        found = evidence_of(coding)
        assert found or not coding.events
        for piece in found:
            assert coding.report.text[piece.start : piece.end] == piece.quote


@pytest.mark.parametrize("text", [CLINIC, HOME])
def test_an_event_at_a_sensitive_place_is_told_at_district_level(text: str) -> None:
    coding = code(text)
    before = coding.events[0].where
    after = show_public(coding).coding.events[0].where
    assert before and after and before.place.precision == "town"
    assert after.place.precision == "district" and after.place.radius_km >= 10
    assert after.place.name not in (before.place.name, "") and after.place.lat != before.place.lat


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit an army camp in Marib on Friday, killing two soldiers, the army said.",
        "Gunmen shot dead a baker in Aden on Wednesday, doctors at the hospital said.",
        "Thousands fled their homes in Marib on Friday after fighting between the army and the Houthis.",
    ],
)
def test_other_places_keep_their_point(text: str) -> None:
    where = show_public(code(text)).coding.events[0].where
    assert where and where.place.name in ("Marib", "Aden")


def test_a_movement_of_forces_is_left_out_with_its_words() -> None:
    report = factories.make_report()
    move = factories.make_event(report, id="e1", type="Strategic developments", sub_type="Troop movement")
    stays = factories.make_event(report, id="e2")
    coding = factories.make_coding(report, events=(move, stays))
    shown = show_public(coding)
    assert [event.id for event in shown.coding.events] == ["e2"]
    assert shown.withheld.events == (move,)
    stream = io.BytesIO()
    made = Export(Options(FORMATS["csv"]), stream)
    made.add(coding)
    assert made.excluded[0]["rule"] == "profile" and "place" not in made.excluded[0]


def test_sentences_that_no_value_rests_on_are_cut() -> None:
    assert "Nobody had heard" not in show_public(code(CLINIC)).coding.report.text


def test_names_in_ids_and_addresses_go() -> None:
    coding = code(HOME, doc_id="khaled-nasser.txt", url="https://news.example/2023/baker-khaled-nasser-shot")
    report = show_public(coding).coding.report
    assert (report.doc_id[:7], report.url, report.path) == ("report-", "https://news.example/", None)


def test_public_persons_keep_their_names() -> None:
    text = "Yemeni army spokesman Brig. Gen. Abdo Majali accused the Houthis of shelling Marib on Friday, killing six people."
    assert "Abdo Majali" in everything(code(text))


def test_showing_twice_gives_the_same() -> None:
    coding = code(CLINIC)
    assert show_public(coding) == show_public(coding)


def test_a_rewriter_moves_spans_and_replaces_names() -> None:
    rewriter = Rewriter("Ana Paz fled to Oro.", [Cut(0, 7, "[teacher]")], {"Ana Paz": "[teacher]", "Paz": "[teacher]"})
    assert rewriter.text == "[teacher] fled to Oro."
    assert rewriter.value(Evidence(8, 12, "fled")) == Evidence(10, 14, "fled")
    assert rewriter.value(Evidence(4, 7, "Paz")) == Evidence(0, 9, "[teacher]")
    assert rewriter.words("Paz, not Pazos or Ana Paz") == "[teacher], not Pazos or [teacher]"


def test_a_coarse_place_stays_as_it_is() -> None:
    coding = code(CLINIC)
    event = coding.events[0]
    assert event.where
    province = Where(Place("Ma'rib", "YEM", 15.5, 45.5, "province", 100.0), event.where.evidence)
    told = msgspec.structs.replace(coding, events=(msgspec.structs.replace(event, where=province),))
    assert show_public(told).coding.events[0].where == show_public(told).coding.events[0].where
    assert show_public(told).withheld.places == 0


@pytest.mark.parametrize("level", ["district", "province"])
def test_all_places_can_be_told_coarsely_with_their_words(level: Literal["district", "province"]) -> None:
    report = factories.make_report()
    coding = factories.make_coding(report)
    event = coding.events[0]
    assert event.where and event.where.place.precision not in ("district", "province")
    shown = show_public(coding, level)
    where = shown.coding.events[0].where
    assert where and where.place.precision == level
    assert not re.search(event.where.place.name, everything(shown.coding), re.IGNORECASE)
    assert shown.withheld.places == 1


def embargoed(coding: Coding, day: str) -> Export:
    made = Export(Options(FORMATS["csv"], filters=Filters(embargo=day)), io.BytesIO())
    made.add(coding)
    return made


def test_an_embargo_holds_back_from_its_day_on_and_tells_no_more_than_type_and_rule() -> None:
    coding = factories.make_coding()
    when = coding.events[0].when
    assert when and when.latest
    held = embargoed(coding, when.latest)
    assert (held.rows, held.excluded[0]["rule"], "date" in held.excluded[0]) == (0, "embargo", False)
    assert held.manifest([])["filters"]["embargo"] == when.latest
    assert embargoed(coding, "2099-01-01").rows == 1


def test_an_event_without_a_day_is_held_back_by_the_day_of_its_report() -> None:
    event = msgspec.structs.replace(factories.make_coding().events[0], when=None)
    held = Filters(embargo="2020-02-01")
    assert [held.held_back(event, day) for day in (None, "2020-02-01", "2020-01-31")] == [True, True, False]


# ---- 120 sentences --------------------------------------------------------------------------------------------------


def hidden(case: dict[str, Any]) -> tuple[Coding, str]:
    """The coding of a sentence, and the sentence with private names as roles (nothing else cut)."""
    coding = code(case["text"])
    persons = find_private(coding, Reading(coding.report))
    return coding, Rewriter(coding.report.text, persons.cuts, persons.names).text


def stands(name: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) is not None


def test_no_private_name_of_120_sentences_is_let_out_and_public_ones_are_kept() -> None:
    assert len(CASES) == 120
    leaks, lost, public = [], [], 0
    for case in CASES:
        coding, text = hidden(case)
        shown = text + everything(coding, formats=("claims", "csv", "html", "acled", "ftm"))
        leaks += [(name, case["text"]) for name in case.get("private", []) if stands(name, shown)]
        lost += [(name, text) for name in case.get("public", []) if not stands(name, text)]
        public += len(case.get("public", []))
    assert leaks == []
    assert len(lost) <= 0.05 * public, lost


def test_fresh_sentences_stay_over_their_floor() -> None:
    told = [(name, hidden(case)[1]) for case in FRESH for name in case.get("private", [])]
    assert sum(not stands(name, text) for name, text in told) >= 100 and len(told) == 105
    kept = [stands(name, hidden(case)[1]) for case in FRESH for name in case.get("public", [])]
    assert all(kept) and len(kept) == 24
