"""RTF: the words of the document's body, by paragraphs. What is no body (fonts, pictures, headers, field codes) is left out.

Own reader: one pass over the bytes, with each group's code page and count of bytes after a Unicode sign, as the RTF 1.9
specification (Microsoft, 2008) says. Groups may be nested as deep as they like: they are a list, not calls.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from dateline.errors import InputError
from dateline.ingest.decode import known_encoding
from dateline.ingest.draft import Draft, ReadOptions
from dateline.ingest.text import digest, drafts_of, whole
from dateline.types import Fault

EXTRACTOR = "rtf@1"
MAX_GROUPS = 10_000  # within one another
TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
SKIPPED = frozenset(
    b"fonttbl colortbl stylesheet info pict object objdata header headerl headerr headerf footer footerl footerr footerf fldinst "
    b"footnote annotation atnid atnauthor xe tc bkmkstart bkmkend themedata colorschememapping latentstyles datastore listtable "
    b"listoverridetable rsidtbl generator filetbl revtbl private template nonshppict datafield pntext listtext deleted".split()
)
SIGNS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"cell": "  ", b"nestcell": "  ", b"nestrow": "\n",
    b"tab": " ", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
CHARSETS = {
    b"0": "cp1252", b"2": "cp1252", b"77": "mac_roman", b"128": "cp932", b"129": "cp949", b"134": "gbk", b"136": "big5",
    b"161": "cp1253", b"162": "cp1254", b"163": "cp1258", b"177": "cp1255", b"178": "cp1256", b"186": "cp1257",
    b"204": "cp1251", b"222": "cp874", b"238": "cp1250",
}  # fmt: skip


@dataclass(slots=True)
class Group:
    """What holds between two braces."""

    skipped: bool = False
    encoding: str = "cp1252"
    bytes_after_u: int = 1
    hidden: bool = False


@dataclass(slots=True)
class Reading:
    """The state of one pass."""

    group: Group = field(default_factory=Group)
    groups: list[Group] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    pending: bytearray = field(default_factory=bytearray)  # bytes of one encoding that are not yet characters
    fonts: dict[bytes, str] = field(default_factory=dict)
    font: bytes = b""
    default: str = "cp1252"
    to_skip: int = 0
    starred: bool = False
    in_fonts: int = 0  # depth of the font table, 0 outside

    def flush(self) -> None:
        if self.pending:
            self.pieces.append(self.pending.decode(self.group.encoding, "replace"))
            self.pending.clear()

    def put(self, words: str) -> None:
        if not (self.group.skipped or self.group.hidden):
            self.flush()
            self.pieces.append(words)


def read_rtf(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The report of an RTF document, or the articles of a Nexis or Factiva download."""
    data = whole(stream, options)
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rtf"):
        raise InputError("no RTF: it does not begin with {\\rtf", remedy="save the document again as RTF, DOCX or text")
    text, closed = rtf_text(data)
    if not text.strip():
        raise InputError("the document holds no text", remedy="open it and save it again, as RTF, DOCX or text")
    if not closed:
        what = "the RTF file is cut off: what came before its end is read"
        yield Fault(draft.where, what, "download or save it again", "damaged", "warning")
    title, made = info(data[:20_000])
    told = replace(draft, sha256=digest(data), extractor=EXTRACTOR, title=title, made=made)
    yield from drafts_of(text, told)


def rtf_text(data: bytes) -> tuple[str, bool]:
    """The words, a paragraph a line with an empty line between, and whether all groups were closed.

    >>> rtf_text(rb"{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}Six died in \\'c9vora \\u8211?\\par Two fled.}")
    ('Six died in Évora –\\n\\nTwo fled.', True)
    """
    state = Reading()
    for match in TOKEN.finditer(data):
        word, number, coded, sign, brace, plain = match.groups()
        if brace == b"{":
            open_group(state)
        elif brace:
            close_group(state)
            if not state.groups:
                break
        elif word:
            control(state, word, number)
        elif coded:
            character(state, bytes([int(coded, 16)]))
        elif sign:
            symbol(state, sign)
        elif plain:
            characters(state, plain)
    state.flush()
    words = "".join(state.pieces).encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # pairs come as halves
    lines = (line.strip() for line in words.split("\n"))
    return "\n\n".join(re.sub(r" {3,}", "  ", line) for line in lines if line), not state.groups


def open_group(state: Reading) -> None:
    if len(state.groups) >= MAX_GROUPS:
        raise InputError(f"RTF groups nested more than {MAX_GROUPS:,} deep", remedy="this is no file of news: leave it out")
    state.flush()
    state.groups.append(state.group)
    state.group = replace(state.group)
    state.to_skip, state.starred = 0, False


def close_group(state: Reading) -> None:
    state.flush()
    if state.groups:
        if len(state.groups) == state.in_fonts:
            state.in_fonts = 0
        state.group = state.groups.pop()
    state.to_skip = 0


def control(state: Reading, word: bytes, number: bytes | None) -> None:
    """One control word."""
    state.to_skip = 0
    group = state.group
    if word == b"fonttbl":
        state.in_fonts = len(state.groups)
    if word in SKIPPED or (state.starred and word not in {b"shppict", b"shptxt", b"htmltag"}):
        group.skipped = not (word == b"deleted" and number == b"0")
    state.starred = False
    if word in SIGNS:
        state.put(SIGNS[word])
    elif word == b"u" and number:
        code = int(number) % 65536
        state.put(chr(code))
        state.to_skip = group.bytes_after_u
    elif word == b"uc":
        group.bytes_after_u = min(int(number or b"1"), 8)
    elif word == b"v":
        group.hidden = number != b"0"
    elif word == b"ansicpg" and number and known_encoding("cp" + number.decode()):
        state.flush()
        state.default = group.encoding = "cp" + number.decode()
    elif word in {b"mac", b"pc"}:
        state.default = group.encoding = {b"mac": "mac_roman", b"pc": "cp437"}[word]
    elif word == b"f":
        state.flush()
        state.font = number or b""
        group.encoding = state.fonts.get(state.font, state.default)
    elif word == b"fcharset" and state.in_fonts and number in CHARSETS and number != b"0":
        state.fonts[state.font] = CHARSETS[number]
    elif word == b"plain":
        state.flush()
        group.encoding = state.default


def character(state: Reading, byte: bytes) -> None:
    if state.to_skip:
        state.to_skip -= 1
    elif not (state.group.skipped or state.group.hidden):
        state.pending += byte


def characters(state: Reading, plain: bytes) -> None:
    if state.to_skip:
        skip = min(state.to_skip, len(plain))
        plain, state.to_skip = plain[skip:], state.to_skip - skip
    if not (state.group.skipped or state.group.hidden):
        state.pending += plain


def symbol(state: Reading, sign: bytes) -> None:
    if sign == b"*":
        state.starred = True
    elif sign in {b"\\", b"{", b"}"}:
        character(state, sign)
    elif sign == b"~":
        state.put(" ")
    elif sign == b"_":
        state.put("-")
    elif sign in {b"\r", b"\n"}:
        state.put("\n")


def info(head: bytes) -> tuple[str | None, str | None]:
    """Title, and the day the file was made, where the file tells them."""
    title = re.search(rb"\{\\title ([^{}\\]{1,300})\}", head)
    made = re.search(rb"\{\\creatim\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})", head)
    return (
        title[1].decode("cp1252", "replace").strip() or None if title else None,
        "-".join(part.decode() for part in made.groups()) if made else None,
    )
