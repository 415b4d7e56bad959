"""JSON of news agencies and services as plain records: ninjs 1 to 3 (IPTC), JSON Feed, and saved answers of news services."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dateline.ingest.draft import Draft, headed, text_hash
from dateline.ingest.flat import flat_html
from dateline.types import Fault

LISTS = ("articles", "items", "data", "results", "docs", "stories", "records", "reports")
NINJS = "ninjs@1"
WITHHELD = frozenset(("canceled", "cancelled", "withheld"))


def unwrapped(value: Any) -> Any:
    """The list of records that an object holds (a feed, an answer of a service), or the value itself.

    >>> unwrapped({"status": "ok", "articles": [{"text": "Six died."}]})
    [{'text': 'Six died.'}]
    """
    if not isinstance(value, dict) or "text" in value:
        return value
    for key in LISTS:
        found = value.get(key)
        if isinstance(found, list) and found and all(isinstance(item, dict) for item in found):
            outlet = value.get("title") if "jsonfeed" in str(value.get("version")) else None
            return [plain_record(item, outlet) for item in found]
    return value


def plain_record(item: dict[str, Any], outlet: object = None) -> dict[str, Any]:
    """One record of such a list: fields of ReliefWeb, content of JSON Feed, names within objects."""
    fields = item.get("fields")
    record: dict[str, Any] = {**item, **fields} if isinstance(fields, dict) else dict(item)
    for marked in ("content_html", "body-html", "body_html"):
        words = record.get(marked)
        if isinstance(words, str) and not any(isinstance(record.get(k), str) for k in ("text", "content_text", "content")):
            record["text"] = flat_html(words)
    if isinstance(record.get("content_text"), str):
        record.setdefault("text", record["content_text"])
    day = record.get("date_published") or record.get("date")
    if isinstance(day, dict):
        day = day.get("original") or day.get("created")
    if isinstance(day, str):
        record["date"] = day
    source = record.get("source")
    source = source[0] if isinstance(source, list) and source else source
    if isinstance(source, dict):
        record["source"] = source.get("name")
    if isinstance(outlet, str):
        record.setdefault("outlet", outlet)
    return record


def is_ninjs(record: dict[str, Any]) -> bool:
    """True for an object of ninjs: `uri` (its only required property) and a body, headline or publishing status."""
    known = ("body_text", "body_xhtml", "body_html", "bodies", "pubstatus", "versioncreated", "headlines")
    return isinstance(record.get("uri"), str) and "text" not in record and any(key in record for key in known)


def of_ninjs(record: dict[str, Any], where: str, draft: Draft) -> Draft | Fault:
    """The draft of one ninjs object. What its publisher has cancelled, withheld or embargoed is a fault."""
    status = str(record.get("pubstatus") or "usable").lower()
    if status in WITHHELD:
        return Fault(where, f"{status} by its publisher (pubstatus)", "do not use it: look for a later version", "withheld")
    if record.get("embargoed"):
        return embargoed(where, str(record["embargoed"]))
    title = headline(record)
    text = body(record)
    if not text:
        kind = str(record.get("type") or "text")
        return Fault(where, f"a ninjs object of type {kind[:20]} without body text", "give the object with its body", "empty")
    day = record.get("firstcreated") or record.get("versioncreated") or record.get("contentcreated")
    return replace(
        headed(draft, title, text),
        sha256=text_hash(text),
        where=where,
        extractor=NINJS,
        published=day if isinstance(day, str) else None,
        outlet=source_name(record),
        url=record["uri"] if str(record["uri"]).startswith("http") else None,
    )


def embargoed(where: str, until: str) -> Fault:
    return Fault(where, f"under embargo by its publisher until {until[:40]}", "code it when the embargo is over", "withheld")


def headline(record: dict[str, Any]) -> str | None:
    told = record.get("headline")
    if not isinstance(told, str):
        told = next((h.get("value") for h in listed(record, "headlines") if isinstance(h.get("value"), str)), None)
    return flat_html(told).strip() or None if isinstance(told, str) else None


def body(record: dict[str, Any]) -> str:
    for key in ("body_text", "body_xhtml", "body_html"):
        words = record.get(key)
        if isinstance(words, str) and words.strip():
            return flat_html(words)
    found = [b for b in listed(record, "bodies") if isinstance(b.get("value"), str) and b["value"].strip()]
    found.sort(key=lambda b: "html" in str(b.get("contenttype") or b.get("contentType")))  # plain text first
    return flat_html(found[0]["value"]) if found else ""


def source_name(record: dict[str, Any]) -> str | None:
    told = next((s.get("name") for s in listed(record, "infosources") + listed(record, "infosource")), None)
    told = told or record.get("copyrightholder")
    return told if isinstance(told, str) and told.strip() else None


def listed(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    value = record.get(key)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
