"""Files of every kind become reports or one clear fault each; the batch goes on."""

import io
import json
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.errors import InputError
from dateline.ingest import ReadOptions, read_bytes, read_paths, read_text, read_text_with_faults
from dateline.types import Fault, Report

STORY = "Six people died in the town of Karim on Friday when a car bomb went off near the market, the army said."


def read(*paths: Path, **options):
    return list(read_paths(paths, options=ReadOptions(**options)))


def reports(items):
    return [item for item in items if isinstance(item, Report)]


def faults(items):
    return [item for item in items if isinstance(item, Fault)]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


# ---- plain text -----------------------------------------------------------------------------------------------------


def test_a_text_file_is_the_report(tmp_path):
    [report] = read(put(tmp_path, "karim-blast.txt", STORY))
    assert (report.doc_id, report.text, report.language) == ("karim-blast", STORY, "en")


def test_options_win(tmp_path):
    [report] = read(put(tmp_path, "a.txt", STORY), published="1 Feb 2020", outlet="The Exercise", doc_id="seed")
    assert (report.doc_id, report.published.day, report.published.basis, report.outlet) == (
        "seed",
        "2020-02-01",
        "option",
        "The Exercise",
    )


def test_the_text_is_kept_as_it_is(tmp_path):
    text = "\r\n  Six died.\r\n\r\nKarim \t fell.  \n"
    [report] = read(put(tmp_path, "a.txt", text))
    assert report.text == text


def test_null_bytes_are_repaired_and_map_back(tmp_path):
    [report] = read(put(tmp_path, "a.txt", STORY.replace("town", "to\x00wn")))
    assert "to wn" in report.text and report.original_text() == STORY.replace("town", "to\x00wn")


def test_utf16(tmp_path):
    [report] = read(put(tmp_path, "a.txt", STORY.encode("utf-16")))
    assert report.text == STORY


def test_emoji_and_right_to_left_text_keep_their_places(tmp_path):
    text = "Six died in حلب 🔥 on Friday, said the «mayor» of Karim 👨‍👩‍👧."
    [report] = read(put(tmp_path, "a.txt", text))
    assert report.text == text and report.evidence(12, 15).quote == "حلب"


# ---- folders, order, names ------------------------------------------------------------------------------------------


def test_folders_are_read_in_sorted_order_and_hidden_files_are_not(tmp_path):
    for name in ("b.txt", "a.txt", "c/d.txt", ".hidden.txt"):
        put(tmp_path, name, f"{name}: {STORY}")
    assert [report.doc_id for report in reports(read(tmp_path))] == ["a", "b", "d"]


def test_the_order_of_input_is_the_order_of_output(tmp_path):
    paths = [put(tmp_path, f"{name}.txt", STORY + name) for name in "cab"]
    assert [report.doc_id for report in read(*paths)] == ["c", "a", "b"]


def test_two_files_of_one_name_stay_two_whatever_their_order(tmp_path):
    one, two = put(tmp_path, "x/report.txt", STORY + "1"), put(tmp_path, "y/report.txt", STORY + "2")
    names = [report.doc_id for report in read(one, two)]
    assert names == ["report", "report@y"] and [report.doc_id for report in read(two, one)] == names[::-1]


def test_a_file_given_twice_is_read_once_and_said_so(tmp_path):
    path = put(tmp_path, "a.txt", STORY)
    items = read(path, tmp_path)
    assert len(reports(items)) == 1 and [fault.code for fault in faults(items)] == ["twice"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(STORY.encode()))))
    [report] = read("-")
    assert (report.doc_id, report.text) == ("stdin", STORY)


def test_standard_input_may_be_jsonl(monkeypatch):
    line = json.dumps({"doc_id": "x", "text": STORY})
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(line.encode()))))
    assert [report.doc_id for report in read("-")] == ["x"]


# ---- what cannot be read --------------------------------------------------------------------------------------------

BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "blanks"),
    ("random.txt", bytes(range(256)) * 20, "binary"),
    ("report.txt", b"%PDF-1.7 something", "PDF"),
    ("report.docx", b"PK\x03\x04rest", "zip"),
    ("page.html", b"<html><body><script>var x = 'killed';</script></body></html>", "no article"),
    ("a.json", b"[" * 100_000, "deep"),
    ("a.jsonl", b"", "empty"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[name for name, _, _ in BAD])
def test_one_clear_fault_and_the_batch_goes_on(tmp_path, name, content, words):
    items = read(put(tmp_path, name, content), put(tmp_path, "z.txt", STORY))
    [fault] = faults(items)
    assert words in fault.what and name in fault.where and fault.remedy and fault.level == "error"
    assert [report.doc_id for report in reports(items)] == ["z"]


def test_missing_files_and_empty_folders(tmp_path):
    (tmp_path / "none").mkdir()
    found = faults(read(tmp_path / "no.txt", tmp_path / "none"))
    assert [fault.code for fault in found] == ["missing", "empty"]


def test_fifty_megabytes_of_one_line_are_refused_in_seconds(tmp_path):
    begun = time.perf_counter()
    items = read(put(tmp_path, "big.txt", b"a" * 50_000_001), put(tmp_path, "long.txt", b"word " * 9_000_000))
    assert [("too large" in fault.what or "too long" in fault.what) for fault in faults(items)] == [True, True]
    assert not reports(items) and time.perf_counter() - begun < 8


def test_a_line_of_jsonl_that_is_too_long_is_skipped(tmp_path):
    lines = [json.dumps({"text": "a" * 5000}), json.dumps({"doc_id": "good", "text": STORY})]
    items = read(put(tmp_path, "a.jsonl", "\n".join(lines)), max_bytes=2000)
    assert [fault.where[-9:] for fault in faults(items)] == ["a.jsonl:1"] and [r.doc_id for r in reports(items)] == ["good"]


@pytest.mark.parametrize("letter", ["a", "a\n", "A", "(", "[A", "/", "1/", ". ", "3 March 2019 ", "2017-", "Tags ", "AA, "])
def test_long_runs_of_one_letter_are_read_in_bounded_time(letter):
    begun = time.process_time()
    read_text(letter * (200_000 // len(letter)), title="a a a")
    assert time.process_time() - begun < 4


def test_ten_thousand_tiny_reports_stream(tmp_path):
    path = put(tmp_path, "many.jsonl", "\n".join(json.dumps({"id": n, "text": f"Rebels took hill {n}."}) for n in range(10_000)))
    stream = read_paths([path])
    assert next(stream).doc_id == "0"
    assert sum(1 for _ in stream) == 9_999


# ---- language -------------------------------------------------------------------------------------------------------

FOREIGN = [
    ("Seis personas murieron en un atentado con coche bomba en el centro de la ciudad, según informó la policía.", "Spanish"),
    ("Six personnes ont été tuées dans un attentat à la voiture piégée dans le centre de la ville, selon la police.", "French"),
    ("Bei einem Anschlag mit einer Autobombe sind in der Stadt sechs Menschen getötet worden, wie die Polizei sagte.", "German"),
    ("قتل ستة أشخاص في مدينة كريم يوم الجمعة بعد قصف شنته القوات الحكومية على السوق المركزي في المدينة", "Arabic script"),
    ("Шесть человек погибли в городе в пятницу в результате взрыва заминированного автомобиля", "Cyrillic script"),
]


@pytest.mark.parametrize(("text", "like"), FOREIGN)
def test_a_report_in_another_language_is_a_fault_and_no_report(tmp_path, text, like):
    [fault] = read(put(tmp_path, "a.txt", text))
    assert fault.code == "language" and like in fault.what


ENGLISH = [
    STORY,
    STORY.upper(),
    "GUERRILLAS OF THE FRENTE JOSE MARTI ATTACKED THE POST OF LAS PALMAS DE LA SIERRA IN EL VALLE, THE POLICE SAID.",
    "Hayat al-Karim fighters shelled Deir al-Zahra, Tal al-Baydar and Kafr al-Nour, killing Abu Ali al-Hasan.",
    "Car bomb kills six in Karim market",
    "At least 12 dead, dozens hurt as twin blasts rock northern Karim; rebels blamed",
    "Six died in مدينة كريم, the mayor said, and the army took the old town of حلب القديمة.",
]


@pytest.mark.parametrize("text", ENGLISH)
def test_english_is_english(text):
    assert read_text(text).language == "en"


# ---- JSONL ----------------------------------------------------------------------------------------------------------


def test_jsonl_fields(tmp_path):
    record = {
        "doc_id": "x1",
        "text": STORY,
        "title": "A blast",
        "date": "3/4/19",
        "outlet": "The Exercise",
        "url": "https://e.org",
        "other": [1],
    }
    [report] = read(put(tmp_path, "a.jsonl", json.dumps(record)))
    told = (report.doc_id, report.text, report.title, report.published.day, report.published.basis, report.outlet, report.url)
    assert told == ("x1", STORY, "A blast", "2019-03-04", "metadata", "The Exercise", "https://e.org")


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"id": 7}, "7"),
        ({"id": 1.5}, "1.5"),
        ({"doc_id": "a", "id": "b"}, "a"),
        ({}, "many-1"),
        ({"id": None}, "many-1"),
        ({"id": ""}, "many-1"),
    ],
)
def test_ids_of_records(tmp_path, record, expected):
    [report] = read(put(tmp_path, "many.jsonl", json.dumps({"text": STORY, **record})))
    assert report.doc_id == expected


def test_bad_lines_name_file_and_line_and_the_rest_is_read(tmp_path):
    lines = [
        json.dumps({"text": STORY}),
        "{not json",
        "[1]",
        '{"doc_id": "x"}',
        '{"text": " "}',
        "",
        json.dumps({"id": 9, "text": STORY}),
    ]
    items = read(put(tmp_path, "a.jsonl", "\n".join(lines)))
    assert [fault.where.rsplit(":", 1)[1] for fault in faults(items)] == ["2", "3", "4", "5"]
    assert [report.doc_id for report in reports(items)] == ["a-1", "9"]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_list_or_an_object_is_read_as_well(tmp_path, indent):
    many = [{"id": 1, "text": STORY}, {"id": 2, "text": STORY}]
    items = read(
        put(tmp_path, "l.json", json.dumps(many, indent=indent)),
        put(tmp_path, "o.json", json.dumps({"id": 3, "text": STORY}, indent=indent)),
    )
    assert [report.doc_id for report in items] == ["1", "2", "3"]


def test_one_id_twice_is_two_reports(tmp_path):
    items = read(put(tmp_path, "a.jsonl", "\n".join(json.dumps({"id": 1, "text": text}) for text in (STORY, STORY + " More."))))
    assert [report.doc_id for report in reports(items)] == ["1", "1~2"] and [fault.code for fault in faults(items)] == ["twice"]


def test_lone_surrogates_become_replacement_characters(tmp_path):
    [report] = read(put(tmp_path, "a.jsonl", '{"text": "Six \\ud800 died in Karim."}'))
    assert report.text == "Six \ufffd died in Karim."


# ---- HTML -----------------------------------------------------------------------------------------------------------

PAGE = """<!doctype html><html><head><meta charset="utf-8"><title>Six die in Karim blast | The Exercise</title>
<script>var killed = 99;</script><style>.x {{}}</style>
<meta property="og:site_name" content="The Exercise"><meta name="description" content="A car bomb hit the market, officials said">
<link rel="canonical" href="https://exercise.example/karim">{head}</head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Six die in Karim blast</h1>
<figure><img src="x.jpg"><figcaption>Smoke rises over the market of Karim on Friday. [Jan Doe/Exercise]</figcaption></figure>
<p>KARIM (AP) - Six people were killed when a car bomb <b>exploded</b> in the market of Karim on Friday, the police said.</p>
<p>The attack was claimed by a group called the Northern Front.<script>document.write("99 killed")</script></p>
<p>Read more: <a href="/y">The war in ten maps</a></p>
<p>Hundreds of families fled the town after the blast, aid workers said, and the army closed the road.</p></article>
<footer>Copyright 2019 The Exercise</footer></body></html>"""
LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Six die in Karim blast",
"datePublished": "2019-03-02T10:00:00Z", "publisher": {"name": "The Daily Exercise"}}]}</script>"""


def page(head: str = "", name: str = "a.html") -> Report:
    [report] = reports(read_bytes(PAGE.replace("{{}}", "{}").replace("{head}", head).encode(), name=name))
    return report


def kinds(report: Report) -> list[tuple[str, str]]:
    return [(segment.kind, report.text[segment.start : segment.end]) for segment in report.segments]


def test_a_saved_page_keeps_its_structure():
    found = kinds(page())
    assert [kind for kind, _ in found] == ["headline", "standfirst", "caption", "dateline", "body", "furniture", "body"]
    assert found[0][1] == "Six die in Karim blast" and found[3][1] == "KARIM (AP) -" and found[5][1].startswith("Read more")


def test_scripts_never_become_text():
    assert "99" not in page().text and "var" not in page().text


@pytest.mark.parametrize(
    ("head", "day"),
    [
        (LINKED, "2019-03-02"),
        ('<meta property="article:published_time" content="2019-03-02T23:30:00+02:00">', "2019-03-02"),
        ('<meta name="date" content="2 March 2019">', "2019-03-02"),
        ("", None),
    ],
)
def test_the_day_of_a_page(head, day):
    assert page(head).published.day == day


def test_outlet_and_address():
    report = page(LINKED)
    assert (report.outlet, report.url, report.title) == (
        "The Daily Exercise",
        "https://exercise.example/karim",
        "Six die in Karim blast",
    )


def test_html_is_known_by_its_beginning():
    assert page(name="saved").extractor.startswith("html")


def test_a_page_in_an_old_encoding():
    text = PAGE.replace("{{}}", "{}").replace("{head}", "").replace("utf-8", "windows-1251").replace("Jan Doe", "Жан Доу")
    [report] = reports(read_bytes(text.encode("cp1251"), name="a.html"))
    assert "Жан Доу" in report.text


# ---- promises over anything -----------------------------------------------------------------------------------------


@given(st.text(min_size=1, max_size=400), st.one_of(st.none(), st.text(max_size=60)))
def test_segments_cover_all_that_is_not_blank_in_order(text, title):
    if not text.strip():
        with pytest.raises(InputError):
            read_text(text, title=title)
        return
    report = read_text(text, title=title)
    covered = [False] * len(report.text)
    last = 0
    for segment in report.segments:
        assert last <= segment.start < segment.end <= len(report.text)
        last = segment.end
        covered[segment.start : segment.end] = [True] * (segment.end - segment.start)
    assert all(char.isspace() or inside or not char.strip() for char, inside in zip(report.text, covered, strict=True))


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a", "a.json"]))
def test_any_bytes_give_reports_or_faults(data, name):
    assert all(isinstance(item, (Report, Fault)) for item in read_bytes(data, name=name))


@given(st.text(alphabet=st.sampled_from("ABC abc.\n-–()[]:/,1290'\"| \t"), max_size=300))
def test_the_same_text_gives_the_same_report(text):
    if text.strip():
        assert read_text(text) == read_text(text)


def test_a_day_in_the_future_is_a_warning_and_the_report_is_read():
    options = ReadOptions(today=date(2020, 2, 1))
    report, found = read_text_with_faults("Published: 3 March 2020\n\n" + STORY, options=options)
    assert report.published.day == "2020-03-03" and [fault.level for fault in found] == ["warning"] and "future" in found[0].what
