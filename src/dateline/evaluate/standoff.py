"""Stand-off gold: labels and spans without a word of the text, and the way back.

A coded report (codebook form) holds words in `quote`, `with`, `trigger` and in the roles of `attributions`. Stand-off, a span
`[start, end)` of code points stands in their place, and `sha256` names the text that the spans point into. The `name` of a
private person (`private: true`) becomes a span too.

    to_standoff(record, text)    words → spans. Spans that stand beside the words are used, else the words are looked for.
    to_quoted(record, text)      spans → words, with the spans beside them

Both give new records. Words that the text does not hold, and a text that is not the one of `sha256`, are InputErrors.
"""

from __future__ import annotations

import hashlib
from typing import Any

from dateline.errors import InputError

Json = dict[str, Any]
Span = list[int]
ROLES = ("source", "cue", "content")
FAR = 1 << 30


def text_sha256(text: str) -> str:
    """Hash of the text as UTF-8: the name of the text in stand-off files."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_standoff(record: Json) -> bool:
    """True when spans stand in place of words in this coded report."""
    triggers = (event.get("trigger") or [None] for event in record.get("events") or ())
    if any(isinstance(first, list) for first, *_ in triggers):
        return True
    return any(isinstance(item.get("cue") or item.get("content"), list) for item in record.get("attributions") or ())


# ---- words → spans ---------------------------------------------------------------------------------------------------


def to_standoff(record: Json, text: str) -> Json:
    """The record without words. Of words without a span, the first place is meant; triggers are looked for in text order."""
    where = str(record.get("doc_id"))
    attributions = [attribution_spans(item, text, where) for item in record.get("attributions") or ()]
    rest = {key: value for key, value in record.items() if key != "attributions"}
    out: Json = {**without_words(rest, text, where), "sha256": text_sha256(text)}
    return {**out, "attributions": attributions} if "attributions" in record else out


def without_words(node: Any, text: str, where: str) -> Any:
    if isinstance(node, list):
        return [without_words(item, text, where) for item in node]
    if not isinstance(node, dict):
        return node
    out: Json = {}
    for key, value in node.items():
        if key == "quote":
            out[key] = place_of(value, told_span(node, "start", "end"), text, where)
        elif key == "with":
            out[key] = place_of(value, node.get("with_span"), text, where)
        elif key == "trigger" and isinstance(value, list):
            out[key] = trigger_spans(value, node.get("trigger_spans"), text, where)
        elif key == "name" and node.get("private") and isinstance(value, str):
            out[key] = name_span(value, node, text, where)
        elif key in {"trigger_spans", "with_span"} or (key in {"start", "end"} and "quote" in node):
            continue
        else:
            out[key] = without_words(value, text, where)
    return out


def name_span(name: str, node: Json, text: str, where: str) -> Span | str:
    """The name of a private person as a span: within its quote, else anywhere, else the quote. With neither it stays."""
    quote = place_of(node.get("quote"), told_span(node, "start", "end"), text, where)
    whole = [0, len(text)]
    for start, end in (quote or whole, whole):
        at = text.lower().find(name.lower(), start, end)
        if at >= 0 and len(text.lower()) == len(text):
            return [at, at + len(name)]
    return quote or name


def told_span(node: Json, first: str, last: str) -> Span | None:
    start, end = node.get(first), node.get(last)
    return [start, end] if isinstance(start, int) and isinstance(end, int) else None


def place_of(words: str | Span | None, told: Span | None, text: str, where: str, *, after: int = 0) -> Span | None:
    """The span of some words: as told, else the first place at or behind `after`, else the first place at all."""
    if not isinstance(words, str):
        return words
    if told is not None:
        if text[told[0] : told[1]] != words:
            raise missing(words, where, f"at [{told[0]}, {told[1]}) stands {text[told[0] : told[1]]!r}")
        return list(told)
    found = text.find(words, after)
    found = text.find(words) if found < 0 else found
    if found < 0 or not words:
        raise missing(words, where, "the text does not hold these words")
    return [found, found + len(words)]


def missing(words: str, where: str, why: str) -> InputError:
    return InputError(f"{words[:80]!r}: {why}", where=where, remedy="quote the text exactly, double spaces included")


def trigger_spans(triggers: list[str | Span], told: list[Span] | None, text: str, where: str) -> list[Span | None]:
    spans: list[Span | None] = []
    after = 0
    for number, words in enumerate(triggers):
        span = place_of(words, told[number] if told else None, text, where, after=after)
        spans.append(span)
        after = span[0] + 1 if span and not told else after
    return spans


def attribution_spans(item: Json, text: str, where: str) -> Json:
    """Roles as lists of spans. Without spans, the content has its first place, the cue is looked for nearest to it, and the
    source nearest to the cue."""
    out = {key: value for key, value in item.items() if key not in {*ROLES, "start", "end"} and not key.endswith("_span")}
    content = role_span(item, "content", told_span(item, "start", "end"), None, text, where)
    cue = role_span(item, "cue", None, content, text, where)
    source = role_span(item, "source", None, cue or content, text, where)
    roles = {"source": source, "cue": cue, "content": content}
    return {**{role: [span] if span else [] for role, span in roles.items()}, **out}


def role_span(item: Json, role: str, told: Span | None, beside: Span | None, text: str, where: str) -> Span | None:
    words = item.get(role)
    if not isinstance(words, str):
        return words[0] if words and isinstance(words[0], list) else words or None
    told = item.get(f"{role}_span") or told
    if told or beside is None:
        return place_of(words, told, text, where)
    return nearest(words, beside, text) or place_of(words, None, text, where)


def nearest(words: str, beside: Span, text: str) -> Span | None:
    """The place of some words that is nearest to a span and does not overlap it; None where there is none."""
    best: tuple[int, Span] | None = None
    start = text.find(words)
    while start >= 0 and words:
        end = start + len(words)
        gap = start - beside[1] if start >= beside[1] else beside[0] - end if end <= beside[0] else FAR
        if gap < FAR and (best is None or gap < best[0]):
            best = gap, [start, end]
        start = text.find(words, start + 1)
    return best[1] if best else None


# ---- spans → words ---------------------------------------------------------------------------------------------------


def to_quoted(record: Json, text: str) -> Json:
    """The record with its words, as `score_events` and a reader want it. Spans stay beside the words."""
    where = str(record.get("doc_id"))
    told = record.get("sha256")
    if told is not None and told != text_sha256(text):
        remedy = "use the text that was coded; spans of another text point at other words"
        raise InputError("the text is not the one whose sha256 stands in the gold", where=where, remedy=remedy)
    attributions = [attribution_words(item, text, where) for item in record.get("attributions") or ()]
    rest = {key: value for key, value in record.items() if key != "attributions"}
    out: Json = with_words(rest, text, where)
    return {**out, "attributions": attributions} if "attributions" in record else out


def with_words(node: Any, text: str, where: str) -> Any:
    if isinstance(node, list):
        return [with_words(item, text, where) for item in node]
    if not isinstance(node, dict):
        return node
    out: Json = {}
    for key, value in node.items():
        if key == "quote" and isinstance(value, list):
            out |= {"quote": words_at(value, text, where), "start": value[0], "end": value[1]}
        elif key == "name" and isinstance(value, list):
            out[key] = words_at(value, text, where)
        elif key == "with" and isinstance(value, list):
            out |= {"with": words_at(value, text, where), "with_span": value}
        elif key == "trigger" and isinstance(value, list) and all(isinstance(span, list) for span in value):
            out |= {"trigger": [words_at(span, text, where) for span in value], "trigger_spans": value}
        else:
            out[key] = with_words(value, text, where)
    return out


def attribution_words(item: Json, text: str, where: str) -> Json:
    """Roles as words (None where not told) with `<role>_span`. Several spans of one role are joined to the span around them."""
    out = {key: value for key, value in item.items() if key not in ROLES}
    for role in ROLES:
        spans = item.get(role)
        if isinstance(spans, str) or not spans:
            out[role] = spans or None
            continue
        around = [min(start for start, _ in spans), max(end for _, end in spans)]
        out |= {role: words_at(around, text, where), f"{role}_span": around}
    return out


def words_at(span: Span, text: str, where: str) -> str:
    start, end = span
    if not 0 <= start < end <= len(text):
        raise InputError(f"span [{start}, {end}) is outside the text of {len(text):,} characters", where=where)
    return text[start:end]
