"""Nexis and Factiva downloads: many articles in one file, each with title, outlet and day.

The same lines come as text, RTF, DOCX or HTML, so that the readers of these forms only make lines, and the articles are told
apart here. The shapes follow what the two services let people download (layouts described by users: the fields of Factiva are
HD BY WC PD SN LP TD AN …; Nexis has "Length: 412 words", "Body", "Load-Date: …", "End of Document", and in older files
"3 of 12 DOCUMENTS").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from dateline.ingest.dates import find_days

SAMPLE = 400_000  # characters that are looked at


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a download; `text` is its body. `line` counts from 1; `fault` says why it cannot be used."""

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    id: str | None = None
    line: int = 1
    fault: str = ""


def find_articles(text: str) -> tuple[str, list[Article]]:
    """The name of the service and the articles, in order; ("", []) when the text is no such download.

    >>> find_articles("Six died in Karim.")
    ('', [])
    """
    if is_factiva(text):
        return "factiva", [factiva_article(lines, at) for at, lines in factiva_parts(text.split("\n"))]
    if is_nexis(text):
        return "nexis", [nexis_article(lines, at) for at, lines in nexis_parts(text.split("\n"))]
    return "", []


# ---- Factiva ------------------------------------------------------------------------------------------------------------

FACTIVA_FIELDS = "SE HD CR WC PD ET SN SC ED PG VOL LA CY LP TD CT RF CO IN NS RE IPC IPD PUB AN BY CLM ART CX PAGE NGC GC DLN DE"
CODES = frozenset(FACTIVA_FIELDS.split(" "))
FIELD = re.compile(r"[ \t]{0,8}([A-Z]{2,4})(?:\t[ \t]{0,20}|[ ]{2,20}|[ \t]{0,20}$)(.*)")  # not a line that begins "IN the"
FACTIVA_ID = re.compile(r"\b(?:Document|Dokument)[ \t]+([A-Z][A-Za-z0-9]{14,40})\b")
FACTIVA_SIGN = re.compile(r"(?m)^[ \t]*(?:HD|LP|TD|AN)(?:\t|  |[ \t]*$)")

WORD_COUNT = re.compile(r"(?m)^[ \t]{0,8}[\d,]{1,7} words[ \t]{0,8}\r?$")


def is_factiva(text: str) -> bool:
    """True for lines that begin with HD, LP or TD, and AN; or articles that end with "Document ABCD000020200201eg21…"."""
    head = text[:SAMPLE]
    signs = {match.group().strip() for match in FACTIVA_SIGN.finditer(head)}
    return len(signs) >= 3 or (FACTIVA_ID.search(head) is not None and WORD_COUNT.search(head) is not None)


def factiva_parts(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines of each article: with fields, up to and with AN (or the next HD or SE); without, up to the line "Document …"."""
    fields = any(code_of(line) in {"HD", "LP", "TD"} for line in lines)
    part: list[str] = []
    begun, seen_body, closed = 1, False, False
    for number, line in enumerate(lines, 1):
        code = code_of(line) if fields else ""
        if fields and part and (code == "SE" or (code == "HD" and seen_body) or (closed and code in {"HD", "BY"})):
            yield begun, part
            part, seen_body, closed = [], False, False
        if not any(part):
            begun = number
        part.append(line)
        seen_body = seen_body or code in {"LP", "TD"}
        closed = closed or code == "AN"
        if not fields and FACTIVA_ID.fullmatch(line.strip()):
            yield begun, part
            part = []
    if any(line.strip() for line in part) and (not fields or seen_body or any(code_of(line) == "HD" for line in part)):
        yield begun, part


def code_of(line: str) -> str:
    match = FIELD.match(line)
    return match[1] if match and match[1] in CODES else ""


def factiva_article(lines: list[str], at: int) -> Article:
    if not any(code_of(line) in {"HD", "LP", "TD"} for line in lines):
        return factiva_plain(lines, at)
    fields = factiva_fields(lines)
    body = joined([*fields.get("LP", ()), "", *fields.get("TD", ())])
    title = one(fields.get("HD"))
    number = re.search(r"[A-Z][A-Za-z0-9]{14,40}", one(fields.get("AN")) or "")
    return Article(
        body,
        title,
        one(fields.get("PD")),
        one(fields.get("SN")),
        number.group() if number else None,
        at,
        "" if body else "an article without text (no LP or TD field)",
    )


def factiva_fields(lines: list[str]) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    code = ""
    for line in lines:
        found = code_of(line)
        if found and (found not in fields or found in {"LP", "TD"}):
            code = found
            match = FIELD.match(line)
            fields.setdefault(code, []).append(match[2] if match else "")
        elif code and not is_footer(line):
            fields[code].append(line)
    return fields


def is_footer(line: str) -> bool:
    """Lines that Factiva prints between articles."""
    return re.fullmatch(r"\s*(?:Page \d+ of \d+.*|\d+|.{0,20}©.{0,60}Factiva.*|Search Summary|\f)\s*", line) is not None


def factiva_plain(lines: list[str], at: int) -> Article:
    """Display form without field codes: headline, "412 words", day, outlet, code, language, copyright, body, Document ID."""
    kept = [line.strip() for line in lines]
    words = next((n for n, line in enumerate(kept) if re.fullmatch(r"[\d,]{1,7} words", line)), None)
    number = next((match[1] for line in reversed(kept) if (match := FACTIVA_ID.fullmatch(line))), None)
    if words is None:
        return Article("", id=number, line=at, fault='no line like "412 words", after which Factiva gives day and outlet')
    title = next((line for line in kept[:words] if line and not is_footer(line)), None)
    after = [n for n in range(words + 1, len(kept)) if kept[n]]
    day = next((kept[n] for n in after[:3] if list(find_days(kept[n]))), None)
    at_day = kept.index(day, words) if day else words
    outlet = next((kept[n] for n in after if n > at_day and not re.fullmatch(r"\d\d?:\d\d.*", kept[n])), None)
    start = words
    for n in after[:12]:
        if re.match(r"(?:Copyright|\(c\)|©|English$|\(Copyright)", kept[n], re.IGNORECASE):
            start = n
    body = joined([line for line in lines[start + 1 :] if not FACTIVA_ID.fullmatch(line.strip()) and not is_footer(line)])
    return Article(body, title, day, outlet, number, at, "" if body else "an article without text")


# ---- Nexis --------------------------------------------------------------------------------------------------------------

END = re.compile(r"\s*End of Document\s*", re.IGNORECASE)
COUNTER = re.compile(r"\s*\d{1,4} of \d{1,4} DOCUMENTS?\s*")
LENGTH = re.compile(r"\s*LENGTH:\s*([\d,.]{1,8})\s*words\s*", re.IGNORECASE)
LOAD = re.compile(r"\s*LOAD-DATE:\s*(\S.{4,60})", re.IGNORECASE)
META = re.compile(
    r"\s*(?:Length|Byline|Section|Dateline|Highlight|Load-Date|Language|Publication-Type|Graphic|Copyright|Subject|Industry|"
    r"Geographic|Series|Company|Organization|Person|Ticker|Edition|Journal-Code|Document-Type|Acc-No|Headline|Type|State|Country|"
    r"City|Notes|Correction-Date|Correction|Classification)\s*:(.*)",
    re.IGNORECASE,
)
AFTER_BODY = re.compile(
    r"\s*(?:LOAD-DATE|Load-Date|Graphic|GRAPHIC|Classification|PUBLICATION-TYPE|SUBJECT|JOURNAL-CODE|Correction-Date)\s*(?::.*|$)"
)
COPYRIGHT = re.compile(r"\s*(?:Copyright\b|\(c\)|©).{0,200}", re.IGNORECASE)


def is_nexis(text: str) -> bool:
    """True with the line "Length: n words" and one of "End of Document", "Load-Date:", "n of m DOCUMENTS"."""
    lines = text[:SAMPLE].split("\n")
    if not any(LENGTH.fullmatch(line) for line in lines):
        return False
    return any(END.fullmatch(line) or LOAD.match(line) or COUNTER.fullmatch(line) for line in lines)


def nexis_parts(lines: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Lines of each article. What has no "Length:" line is the cover sheet or list of results, and no article."""
    part: list[str] = []
    begun = 1
    for number, line in enumerate([*lines, "End of Document"], 1):
        ends, counts = END.fullmatch(line), COUNTER.fullmatch(line)
        if not (ends or counts):
            if not any(part):
                begun = number
            part.append(line.strip())
            continue
        if any(LENGTH.fullmatch(kept) for kept in part):
            yield begun, part
        part = []


def nexis_article(lines: list[str], at: int) -> Article:
    """Newer files: title, outlet, day, copyright, fields, "Body", text. Older: outlet, day, fields with HEADLINE:, text."""
    length = next(n for n, line in enumerate(lines) if LENGTH.fullmatch(line))
    load = next((match[1] for line in reversed(lines) if (match := LOAD.match(line))), None)
    head = [n for n in range(length) if lines[n] and not META.match(lines[n]) and not COPYRIGHT.fullmatch(lines[n])]
    day = next(
        (n for n in reversed(head) if len(lines[n]) < 90 and any(find_days(lines[n]))), None
    )  # a cover sheet has days, too
    before = [n for n in head if day is None or n < day]
    told = next((n for n, line in enumerate(lines) if re.match(r"\s*HEADLINE:", line, re.IGNORECASE)), None)
    if told is not None:
        title: str | None = " ".join(paragraph(lines, told)).partition(":")[2].strip()
    else:
        title = lines[before[-2]] if len(before) > 1 else None
    outlet = lines[before[-1]] if before else None
    body = nexis_body(lines, max(length, told or 0))
    return Article(
        body,
        title or None,
        lines[day] if day is not None else load,
        outlet,
        None,
        at,
        "" if body else "an article without text",
    )


def paragraph(lines: list[str], at: int) -> list[str]:
    """The line and those that follow up to an empty one."""
    end = at
    while end < len(lines) and lines[end]:
        end += 1
    return lines[at:end]


def nexis_body(lines: list[str], at: int) -> str:
    """From the line "Body" (else from the first line after the fields) up to Load-Date and the lists of terms."""
    start = next((n + 1 for n in range(at, len(lines)) if re.fullmatch(r"\s*(?:Body|BODY):?\s*", lines[n])), None)
    if start is None:
        start = at + len(paragraph(lines, at))
        while start < len(lines) and (not lines[start] or META.match(lines[start])):
            start += len(paragraph(lines, start)) if META.match(lines[start]) else 1
    end = next((n for n in range(start, len(lines)) if AFTER_BODY.match(lines[n])), len(lines))
    return joined(lines[start:end])


# ---- both ---------------------------------------------------------------------------------------------------------------


def joined(lines: list[str]) -> str:
    """Lines as paragraphs: empty lines part them; without any, each line is one."""
    text = "\n".join(line.strip() for line in lines).strip()
    return re.sub(r"\n{3,}", "\n\n", text)


def one(lines: list[str] | None) -> str | None:
    return " ".join(" ".join(lines or ()).split()) or None
