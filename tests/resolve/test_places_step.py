"""The place step as a whole: any text, spans, determinism, long text, one phrase."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.annotate.reading import Reading
from dateline.resolve.countries import countries, country_of
from dateline.resolve.gazetteer import load_gazetteer
from dateline.resolve.places import find_places
from dateline.resolve.places_geometry import distance_km, moved
from dateline.resolve.places_locate import locate
from dateline.types import Report

WORDS = st.sampled_from(
    [
        "Aleppo",
        "Syria",
        "Turkish",
        "border",
        "between",
        "and",
        "northern",
        "of",
        "the",
        "50",
        "km",
        "miles",
        "(",
        ")",
        ",",
        ".",
        "'s",
        "village",
        "Homs",
        "al-Bab",
        "near",
        "St",
        ".",
        "Paris",
        "said",
        "in",
        "on",
        "Mr",
        "province",
        "northwest",
        "Damascus-Homs",
        "highway",
        "U.S.",
        "Kafr",
        "Tal",
        "X",
        "حلب",
        "Київ",
    ]
)


@settings(max_examples=120, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_sound_links(text: str) -> None:
    reading = Reading(Report("any", text))
    links = find_places(reading, load_gazetteer())
    assert links == find_places(Reading(Report("any", text)), load_gazetteer())
    for n, link in enumerate(links):
        assert 0 <= link.phrase.start <= link.start < link.end <= link.phrase.end <= len(text)
        assert all(0 <= parent < len(links) and parent != n for parent in link.parents)
        if link.place is not None:
            assert link.place.radius_km > 0
            assert -90 <= (link.place.lat or 0) <= 90 and -180 <= (link.place.lon or 0) <= 180


@pytest.mark.parametrize("letter", ["A", "a", "É", "-", "(", "ا"])
def test_long_runs_of_one_letter_are_quick(letter: str) -> None:
    start = time.process_time()
    find_places(Reading(Report("long", letter * 300_000)), load_gazetteer())
    locate(letter * 100_000, "SYR", load_gazetteer())
    assert time.process_time() - start < 5


def test_capital_words_by_the_thousand_are_quick() -> None:
    start = time.process_time()
    find_places(Reading(Report("long", "Al Kafr Tal " * 5_000)), load_gazetteer())
    assert time.process_time() - start < 10


def test_furniture_is_left_out() -> None:
    from dateline.types import Segment

    text = "Shells hit Homs.\n\nMore from Paris and Berlin"
    report = Report("f", text, segments=(Segment("body", 0, 16), Segment("furniture", 18, len(text))))
    assert [text[link.start : link.end] for link in find_places(Reading(report), load_gazetteer())] == ["Homs"]


def test_parents_are_kept() -> None:
    text = "A bomb exploded in Hilla, in Iraq's Babil province."
    links = find_places(Reading(Report("p", text)), load_gazetteer())
    names = [text[link.start : link.end] for link in links]
    town = links[names.index("Hilla")]
    assert {names[parent] for parent in town.parents} == {"Iraq", "Babil"}


PHRASES = [
    ("near Sloviansk town", "Ukraine", (48.85, 37.6), "town"),
    ("outskirts of Bambari", "Central African Republic", (5.77, 20.67), "town"),
    ("Nowhereville village, 25 km from Bambari", "Central African Republic", (5.77, 20.67), "district"),
    ("Idlib governorate", "Syria", (35.8, 36.7), "province"),
    ("somewhere unheard of", "Mali", (18.0, -2.0), "country"),
]


@pytest.mark.parametrize(("phrase", "country", "point", "precision"), PHRASES)
def test_locate(phrase: str, country: str, point: tuple[float, float], precision: str) -> None:
    place = locate(phrase, country, load_gazetteer())
    assert place is not None and place.lat is not None and place.lon is not None
    assert distance_km(*point, place.lat, place.lon) < 25
    assert place.precision == precision


def test_an_unknown_village_is_marked() -> None:
    place = locate("Nowhereville village, 25 km from Bambari", "Central African Republic", load_gazetteer())
    assert place is not None and place.unlisted and place.radius_km >= 25
    assert [(r.kind, r.of, r.distance_km) for r in place.relations] == [("offset", "Bambari", 25.0)]


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80), st.sampled_from([None, "Syria", "UKR", "zz", "DR Congo (Zaire)"]))
def test_locate_answers_any_phrase(phrase: str, country: str | None) -> None:
    place = locate(phrase, country, load_gazetteer())
    assert place is None or place.radius_km > 0


@given(st.floats(-60, 60), st.floats(-179, 179), st.floats(1, 300), st.sampled_from(["N", "NE", "E", "SE", "S", "SW", "W", "NW"]))
def test_moved_goes_the_told_distance(lat: float, lon: float, km: float, direction: str) -> None:
    assert distance_km(lat, lon, *moved(lat, lon, km, direction)) == pytest.approx(km, rel=0.12, abs=0.2)


@pytest.mark.parametrize(
    ("word", "iso3"),
    [
        ("Syrian", "SYR"),
        ("Turkish", "TUR"),
        ("Israelis", "ISR"),
        ("U.S.", "USA"),
        ("British", "GBR"),
        ("Houthi", None),
        ("us", None),
        ("Holland", "NLD"),
        ("Burma", "MMR"),
        ("Congolese", "COD"),
        ("the Philippines", "PHL"),
        ("Côte d'Ivoire", "CIV"),
        ("Kurdish", None),
        ("DRC", "COD"),
    ],
)
def test_country_words(word: str, iso3: str | None) -> None:
    assert country_of(word) == iso3


def test_every_country_has_a_shape_or_is_tiny() -> None:
    gazetteer = load_gazetteer()
    missing = [code for code in countries() if gazetteer.country_place(code) is None]
    assert len(missing) <= 4


def found_in(text: str) -> dict[str, str | None]:
    """Country of each place name of a text."""
    links = find_places(Reading(Report("d", text)), load_gazetteer())
    return {text[link.start : link.end]: link.place.country if link.place else None for link in links}


def test_a_city_known_everywhere_is_meant_wherever_the_report_is_about() -> None:
    told = found_in(
        "After the attacks in Paris and Brussels, the governor of Ohio spoke in Columbus, and senators of Texas and Iowa called "
        "for air strikes. Police in Chicago and in San Bernardino, California, were on alert."
    )
    assert told["Brussels"] == "BEL" and told["Columbus"] == "USA"
    assert (
        found_in("The Paris attacks shocked Ohio, Texas and the United States, the governor said in Columbus.")["Paris"] == "FRA"
    )
    assert found_in("A storm hit Paris, Texas, and Dallas, Texas, officials in Austin said.")["Paris"] == "USA"


def test_agencies_outlets_and_groups_are_no_places() -> None:
    assert "Sapa" not in found_in("Police fired at marchers in Johannesburg, Sapa reported.")
    assert "EFE" not in found_in("LIMA, 6 Oct (EFE) -- Three people died when a bomb went off in Lima.")
    assert "Sinn Fein" not in found_in("Sinn Fein said in Belfast that the talks between London and Dublin go on.")
    assert found_in("The bus left Hanoi for the town of Sapa in Vietnam.")["Sapa"] == "VNM"
    assert "Nov" not in found_in("The attack of Nov 13 in Lyon killed two, France said.")


def test_texts_without_capitals_have_places() -> None:
    told = found_in(
        "new delhi: mobs attacked a train at godhra station on wednesday and set fire to one of its coaches. police said riots "
        "began in ahmedabad and in vadodara by nightfall, and the government of gujarat asked for the army. two men were killed "
        "in bharuch."
    )
    assert {"godhra", "ahmedabad", "vadodara", "gujarat", "bharuch"} <= told.keys()
    assert {told[name] for name in ("godhra", "ahmedabad", "vadodara", "gujarat", "bharuch")} == {"IND"}
    assert not {"police", "riots", "army", "train", "station", "mobs"} & told.keys()
