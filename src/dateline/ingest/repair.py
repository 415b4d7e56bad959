"""Repair of damaged characters, as a list of changes that can be replayed and undone.

One pass over the text finds every kind of damage, so that changes never overlap and never build on each other:
terminal escapes and control characters, UTF-8 read as Windows-1252 (â€™, Ã©, also twice over), HTML character references
left in plain text, zero-width and direction marks. U+FFFD is kept: what it stood for is not known.
No regex here has nested repetition; text without damage costs one scan.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

from dateline.types import Repair

# What the bytes 0x80-0xBF look like after a wrong reading as Windows-1252 (or as Latin-1 where 1252 leaves a gap).
WINDOWS = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0x100)}
BYTES = {char: byte for byte, char in WINDOWS.items()} | {chr(byte): byte for byte in range(0x80, 0x100)}
TAIL = "".join(sorted({WINDOWS[byte] for byte in range(0x80, 0xC0)} | {chr(byte) for byte in range(0x80, 0xC0)}))
TAIL_CLASS = f"[{re.escape(TAIL)}]"
# A two-byte lead with a tail that is also a quote, a dash or dots may be honest text (CAFÉ”): these need a second sign.
PLAIN_TAIL = "".join(char for char in TAIL if char not in "’‘“”–—…›‹«»\xa0°º")

MOJIBAKE = (
    rf"(?:[ð-ô]{TAIL_CLASS}{{3}}|[à-ï]{TAIL_CLASS}{{2}}|[ÂÃ]{TAIL_CLASS}|[Ä-ß][{re.escape(PLAIN_TAIL)}]"
    rf"|[Ä-ß]{TAIL_CLASS}(?=[Ä-ß]{TAIL_CLASS}))"
)
DAMAGE = re.compile(
    r"(?P<escape>\x1b(?:\[[0-9;?]{0,16}[ -/]{0,3}[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|[@-Z\\^_])?)"
    r"|(?P<line>\r(?!\n))"
    r"|(?P<hidden>[\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff]+)"
    rf"|(?P<quote>â€(?:\ufffd|\x9d|(?={TAIL_CLASS})(?!.)|(?!{TAIL_CLASS})))"
    rf"|(?P<mojibake>{MOJIBAKE}+)"
    r"|(?P<wreck>[_\x80-\x9f\xa1-\xbfâ]{3,})"
    r"|(?P<windows>[\x80-\x9f])"
    r"|(?P<control>[\x00-\x08\x0b\x0c\x0e-\x1f\x7f])"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8}\d{0,2});)"
    r"|(?P<surrogate>[\ud800-\udfff])"
)
# One look that tells sound text, which is nearly all text, from text that needs the full scan.
SUSPECT = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2060\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff&]"
    rf"|\r(?!\n)|[\xc2-\xf4]{TAIL_CLASS}|â€"
)
WHY = {
    "escape": "terminal escape",
    "line": "old line end",
    "hidden": "invisible character",
    "quote": "UTF-8 read as Windows-1252, last byte lost",
    "mojibake": "UTF-8 read as Windows-1252",
    "wreck": "characters damaged beyond reading",
    "windows": "Windows-1252 read as Latin-1",
    "control": "control character",
    "entity": "HTML character reference",
}


def repair_text(text: str) -> tuple[str, tuple[Repair, ...]]:
    """The repaired text and the changes, in order. Replaying them backwards gives the text as it was.

    Lone surrogates are no characters and cannot be stored: they count as U+FFFD in the text as it was, too.

    >>> repair_text("The mayorâ€™s cafÃ©\\x00 burned.")[0]
    'The mayor’s café  burned.'
    """
    if not SUSPECT.search(text):
        return text, ()
    pieces: list[str] = []
    repairs: list[Repair] = []
    at = length = 0
    for match in DAMAGE.finditer(text):
        kind, before = str(match.lastgroup), match.group()
        after = mended(kind, before, text[match.end() : match.end() + 2], text[max(0, match.start() - 1) : match.start()])
        if after == before:
            continue
        kept = text[at : match.start()]
        pieces += [kept, after]
        length += len(kept)
        if kind != "surrogate":
            repairs.append(Repair(length, length + len(after), before, after, WHY[kind]))
        length += len(after)
        at = match.end()
    pieces.append(text[at:])
    return "".join(pieces), tuple(repairs)


def mended(kind: str, damaged: str, following: str, preceding: str) -> str:
    """What stands in place of one damaged piece; the piece itself when it is sound after all."""
    if kind in {"escape", "control"}:
        return " "
    if kind == "hidden":
        return ""
    if kind == "line":
        return "\n"
    if kind == "quote":
        return "”"
    if kind == "mojibake":
        return read_again(damaged)
    if kind == "wreck":
        return mended_wreck(damaged, following, preceding)
    if kind == "windows":
        honest = WINDOWS[ord(damaged)]
        return " " if honest == damaged else honest
    if kind == "entity":
        character = html.unescape(damaged)
        sound = len(character) == 1 and (character.isprintable() or character == "\xa0") and not 0xD800 <= ord(character) < 0xE000
        return character if sound else damaged
    return "\ufffd" * len(damaged)  # surrogate


def mended_wreck(damaged: str, following: str, preceding: str) -> str:
    """A run of underscores, control bytes and signs that no reading can save: an apostrophe or dash where one must have been."""
    if not any("\x80" <= char <= "\x9f" for char in damaged):
        return damaged
    if preceding.isalpha() and following[:1] == "s" and not following[1:].isalnum():
        return "’"
    return "—" if preceding.isspace() and following[:1].isspace() else " "


def read_again(damaged: str) -> str:
    """Undo the wrong reading, as often as it was done (three times at most)."""
    text = damaged
    for _ in range(3):
        try:
            better = bytes(BYTES[char] for char in text).decode("utf-8")
        except (KeyError, UnicodeDecodeError):
            break
        text = better
    if any(not (char.isprintable() or char in "\xa0\u200b\u200c\u200d\ufeff\xad\u2009\u200a\u202f") for char in text):
        return damaged
    return text


def moved(offset: int, repairs: Sequence[Repair]) -> int:
    """Where a code point of the text as it was stands after the repairs (the start of the change when it lies inside one).

    >>> text, repairs = repair_text("cafÃ© here")
    >>> text[moved(6, repairs):]
    'here'
    """
    shift = 0
    for repair in repairs:
        was = repair.start - shift
        if was + len(repair.before) > offset:
            return min(offset + shift, repair.start) if was <= offset else offset + shift
        shift += (repair.end - repair.start) - len(repair.before)
    return offset + shift
