"""The page: nothing of a report can run or load, every value leads to its words, and the text is all there."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from dateline.export.html import page_html
from dateline.export.safe import UNSAFE
from dateline.types import Coding, Report, Segment
from factories import TEXT, bare_event, make_coding, make_report, words


class Reader(HTMLParser):
    """The words within `.text`, ids, links, and tags of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.targets: list[str] = []
        self.tags: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []
        self._in_text = False
        self._in: str = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given[name] for name in ("href", "src") if name in given]
        self.targets += given.get("data-w", "").split() + given.get("data-v", "").split()
        self._in = tag if tag in {"script", "style"} else self._in
        if tag in {"p", "h1"} and "dir" in given:
            self._in_text = True
            self.paragraphs.append("")

    def handle_endtag(self, tag: str) -> None:
        self._in_text = self._in_text and tag not in {"p", "h1"}
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data: str) -> None:
        if self._in == "script":
            self.scripts.append(data)
        elif self._in == "style":
            self.styles.append(data)
        elif self._in_text:
            self.paragraphs[-1] += data


def test_the_text_is_all_there_in_paragraphs() -> None:
    reader = Reader(page_html([make_coding()]))
    assert reader.paragraphs == [line for line in TEXT.split("\n") if line]


def test_every_link_and_reference_leads_somewhere_and_ids_are_unique() -> None:
    reader = Reader(page_html([make_coding(), make_coding()]))
    assert len(reader.ids) == len(set(reader.ids))
    assert {link for link in reader.links if not link.startswith("#")} == set()
    assert {link[1:] for link in reader.links} | set(reader.targets) <= set(reader.ids)
    assert reader.targets


def test_the_policy_names_the_style_and_the_script_and_nothing_else() -> None:
    page = page_html([make_coding()])
    reader = Reader(page)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    for kind, pieces in (("script", reader.scripts), ("style", reader.styles)):
        digest = base64.b64encode(hashlib.sha256("".join(pieces).encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]
    assert not re.search(r"\son\w+=|style=|javascript:", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL))


def test_words_that_look_like_markup_stay_words() -> None:
    text = 'Two <script>alert(1)</script> died & "six" <b onclick=x> fled.'
    report = make_report(text, doc_id='"><img src=x>', outlet="<i>Outlet</i>", segments=())
    event = bare_event(words(report, "<script>alert(1)</script> died"))
    page = page_html([Coding(report, (event,))], title="</title><script>x</script>")
    reader = Reader(page)
    assert reader.tags.count("script") == 1
    assert "img" not in reader.tags
    assert "onclick" not in re.sub("&lt;b onclick", "", page)
    assert reader.paragraphs == [text]


def test_emoji_and_letters_from_right_to_left_keep_their_highlights() -> None:
    text = "قال مصدر 💥💥 إن القصف مستمر"
    report = make_report(text, segments=())
    event = bare_event(words(report, "القصف"))
    page = page_html([Coding(report, (event,))])
    assert ">القصف<" in page
    assert 'dir="auto"' in page
    assert Reader(page).paragraphs == [text]


def test_furniture_and_structure_are_marked() -> None:
    page = page_html([make_coding()])
    assert '<h1 class="headline"' in page
    assert '<p class="furniture"' in page
    assert '<span class="dateline">MARWA, Jan 31 -' in page


def test_a_report_without_events_says_so() -> None:
    assert "No event was found" in page_html([Coding(make_report())])


@given(st.text(max_size=80), st.lists(st.tuples(st.integers(0, 80), st.integers(1, 20)), max_size=8))
def test_any_highlights_leave_the_text_as_it_is(text: str, spans: list[tuple[int, int]]) -> None:
    report = Report("d", text, segments=(Segment("body", 0, len(text)),) if text else ())
    evidence = [report.evidence(start, min(len(text), start + size)) for start, size in spans if start < len(text)]
    events = tuple(bare_event(piece, id=f"e{at}") for at, piece in enumerate(evidence))
    shown = "".join(Reader(page_html([Coding(report, events)])).paragraphs)
    expected = re.sub("[\\s\ufffd]", "", UNSAFE.sub("\ufffd", text))
    assert re.sub("[\\s\ufffd]", "", shown) == expected
