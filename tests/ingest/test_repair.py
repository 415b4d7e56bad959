"""Repairs can be replayed, undone, and map every span back to the text as it was."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.ingest.decode import decode
from dateline.ingest.repair import moved, repair_text
from dateline.types import Report

CASES = [
    ("the mayorâ€™s house", "the mayor’s house"),
    ("â€œWe will fight,â€\x9d he said", "“We will fight,” he said"),
    ("â€œWe will fight,â€ he said", "“We will fight,” he said"),
    ("Ã¢â‚¬â„¢", "’"),
    ("JosÃ© MartÃ­nez of CÃ³rdoba", "José Martínez of Córdoba"),
    ("ErdoÄŸan and IÅŸÄ±k", "Erdoğan and Işık"),
    ("Ø\xadÙ„Ø¨", "حلب"),
    ("50\xa0km", "50\xa0km"),
    ("Â£5 and 20Â°", "£5 and 20°"),
    ("it\x92s a \x93war\x94", "it’s a “war”"),
    ("nul\x00 and bell\x07", "nul  and bell "),
    ("\x1b[31mred\x1b[0m text", " red  text"),
    ("\x1b]0;title\x07text", " text"),
    ("line one\rline two\r\nline three", "line one\nline two\r\nline three"),
    ("Ale\u00adppo\u200b and \ufeffIdlib", "Aleppo and Idlib"),
    ("\u202eabc\u202c", "abc"),
    ("A &amp; B &#8217;s &quot;x&quot; &nosuch; AT&T;", 'A & B ’s "x" &nosuch; AT&T;'),
    ("Syria_\x90_â\x90\x90_\x8ds north", "Syria’s north"),
    ("KARIM _\x90_â\x90\x90_\x8d Six died", "KARIM — Six died"),
    ("half \ufffd lost", "half \ufffd lost"),
    ("lone \ud800 surrogate", "lone \ufffd surrogate"),
]


@pytest.mark.parametrize(("damaged", "sound"), CASES)
def test_known_damage(damaged, sound):
    assert repair_text(damaged)[0] == sound


SOUND = [
    "CAFÉ” and “GROSS”—die Straße” — fine",
    "Łódź, Kraków, São Tomé, Ñuñoa, Malmö, İstanbul, Đà Nẵng",
    "naïve façade, 20° C, £5, ½ mile, «quote», 5 × 3",
    "مدينة حلب السورية",
    "Київ and Αθήνα and 東京",
    "🔥 families 👨‍👩‍👧 fled",
    "snake_case __init__ ______",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_is_left_alone(text):
    assert repair_text(text) == (text, ())


def as_it_was(text):
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in text)


DAMAGED = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("Ã©â€™Â\x00\x1b[m\r\n\u200b\ufeff_\x90\x92&amp;;ØÙ")))


@given(DAMAGED)
def test_undoing_gives_the_text_as_it_was(text):
    repaired, repairs = repair_text(text)
    assert Report("d", repaired, repairs=repairs).original_text() == as_it_was(text)


@given(DAMAGED)
def test_each_repair_stands_where_it_says_and_in_order(text):
    repaired, repairs = repair_text(text)
    assert all(repaired[r.start : r.end] == r.after for r in repairs)
    assert all(a.end <= b.start for a, b in pairwise(repairs))


@given(DAMAGED, st.data())
def test_spans_between_repairs_map_to_the_same_words(text, data):
    repaired, repairs = repair_text(text)
    if not repaired:
        return
    start = data.draw(st.integers(0, len(repaired) - 1))
    end = data.draw(st.integers(start + 1, len(repaired)))
    first, last = Report("d", repaired, repairs=repairs).original(start, end)
    assert 0 <= first <= last <= len(text)
    if not any(r.start <= end and r.end >= start for r in repairs):
        assert as_it_was(text)[first:last] == repaired[start:end]


@given(DAMAGED, st.data())
def test_places_move_forward_as_they_map_back(text, data):
    repaired, repairs = repair_text(text)
    if not repaired:
        return
    at = data.draw(st.integers(0, len(repaired) - 1))
    if not any(r.start <= at + 1 and r.end >= at for r in repairs):
        first, _ = Report("d", repaired, repairs=repairs).original(at, at + 1)
        assert moved(first, repairs) == at


@given(DAMAGED)
def test_no_control_character_is_left(text):
    repaired, _ = repair_text(text)
    assert not any(char < " " and char not in "\t\n\r" for char in repaired)


@pytest.mark.parametrize("letter", ["a", "â", "Ã", "_", "\x90", "&", "\x1b", "Ø", "\x00", "\u200b", "&#", "\x1b[", "â€"])
def test_a_million_of_one_letter_takes_no_time(letter):
    repair_text(letter * (300_000 // len(letter)))


DECODED = [
    ("Zürich – “here”".encode(), "Zürich – “here”", "utf-8"),
    ("Zürich".encode("utf-8-sig"), "Zürich", "utf-8"),
    ("Zürich said".encode("utf-16"), "Zürich said", "utf-16-le"),
    ("Zürich said".encode("utf-16-le"), "Zürich said", "utf-16-le"),
    ("Zürich said".encode("utf-16-be"), "Zürich said", "utf-16-be"),
    ("Zürich said".encode("utf-32"), "Zürich said", "utf-32-le"),
    ("it’s “Zürich”".encode("cp1252"), "it’s “Zürich”", "cp1252"),
    ("Zürich, Genève, Neuchâtel".encode() + b" it\x92s", "Zürich, Genève, Neuchâtel it’s", "utf-8+cp1252"),
    (b"Z\xfcrich \x81", "Zürich \x81", "latin-1"),
]


@pytest.mark.parametrize(("data", "text", "encoding"), DECODED)
def test_encodings(data, text, encoding):
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (text, encoding)


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data):
    from dateline.errors import InputError

    try:
        assert isinstance(decode(data).text, str)
    except InputError as error:
        assert error.remedy
