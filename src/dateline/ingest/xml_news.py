"""XML files by their root: RSS and Atom feeds, NITF and NewsML-G2 of news agencies, pages saved as XHTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO

from dateline.errors import InputError
from dateline.ingest.draft import Draft, ReadOptions, headed, text_hash
from dateline.ingest.flat import flat_html, flat_lines
from dateline.ingest.news_json import WITHHELD, embargoed
from dateline.ingest.safe_xml import children, local, parse_xml
from dateline.ingest.text import digest, whole
from dateline.types import Fault

FEED, NITF, NEWSML = "feed@1", "nitf@1", "newsml@1"
KNOWN = "give RSS, Atom, NITF or NewsML-G2, or the text of the reports"

FEED_START = re.compile(rb"<(?:rss|feed|rdf:RDF)\b")


def read_xml(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The reports of an XML file. Raises InputError when it is damaged or of no known kind."""
    data = whole(stream, options)
    try:
        root = parse_xml(data)
    except InputError as error:
        if not FEED_START.search(data[:2000]):
            raise
        root = parse_xml(data, recover=True)  # feeds are often not quite XML
        yield Fault(draft.where, f"{error.message}: what can be read of the feed is read", error.remedy, "damaged", "warning")
    told = replace(draft, sha256=digest(data))
    kind = local(root)
    if kind == "html":
        from dateline.ingest.html import read_html

        yield from read_html(BytesIO(data), draft, options)
    elif kind in {"rss", "feed", "rdf"}:
        yield from read_feed(root, told)
    elif kind == "nitf":
        yield read_nitf(root, replace(told, extractor=NITF))
    elif kind in {"newsitem", "newsmessage", "newsml", "packageitem"}:
        yield from read_newsml(root, told)
    else:
        raise InputError(f"XML of an unknown kind (its root is <{kind[:40]}>)", remedy=KNOWN)


# ---- feeds ----------------------------------------------------------------------------------------------------------------


def read_feed(root: Any, draft: Draft) -> Iterator[Draft | Fault]:
    """Entries of an RSS or Atom feed. An entry with nothing but a summary is read, with a warning."""
    channel = next(children(root, "channel"), root)
    outlet = text_of(channel, "title")
    entries = [e for e in root.iter() if local(e) in {"item", "entry"}]
    if not entries:
        raise InputError("the feed holds no entry", remedy="save it again when it has some")
    for number, entry in enumerate(entries, 1):
        where = f"{draft.where}[{number}]"
        body, whole_text = entry_text(entry)
        title = flat_html(text_of(entry, "title") or "") or None
        if not body:
            yield Fault(where, "an entry without text", "save the page it links to", "empty")
            continue
        if not whole_text and len(body.split()) < 120:
            what = "the feed holds only a summary of this article"
            yield Fault(where, what, "save the page it links to for the whole text", "partial", "warning")
        yield replace(
            headed(draft, title, body),
            doc_id=f"{draft.doc_id}-{number}",
            sha256=text_hash(body),
            where=where,
            extractor=FEED,
            published=text_of(entry, "pubdate", "published", "date", "issued", "updated"),
            outlet=text_of(next(children(entry, "source"), entry), "title") if has(entry, "source") else outlet,
            url=link_of(entry),
        )


def has(element: Any, name: str) -> bool:
    return next((True for child in children(element, name) if len(child)), False)


def entry_text(entry: Any) -> tuple[str, bool]:
    """The words of an entry, and whether they are of the element for the whole text (content), not for a summary."""
    for names, whole_text in ((("encoded", "content"), True), (("description", "summary"), False)):
        for element in children(entry, *names):
            words = "\n\n".join(flat_lines(element)) if len(element) else flat_html(element.text or "")
            if words:
                return words, whole_text
    return "", False


def text_of(element: Any, *names: str) -> str | None:
    """Words of the first child of one of these names, in the order of the names."""
    for name in names:
        for child in children(element, name):
            words = " ".join("".join(child.itertext()).split())
            if words:
                return words
    return None


def link_of(entry: Any) -> str | None:
    for link in children(entry, "link"):
        href = link.get("href")
        if href and link.get("rel", "alternate") == "alternate":
            return str(href)
        if link.text and link.text.strip():
            return str(link.text.strip())
    guid = text_of(entry, "guid", "id")
    return guid if guid and guid.startswith("http") else None


# ---- NITF and NewsML-G2 -----------------------------------------------------------------------------------------------------


def read_nitf(root: Any, draft: Draft) -> Draft | Fault:
    """The article of an NITF document: headline, and the blocks of its body."""
    body = next((e for e in root.iter() if local(e) == "body"), None)
    if body is None:
        return Fault(draft.where, "an NITF document without body", "download it again", "empty")
    docdata = next((e for e in root.iter() if local(e) == "docdata"), None)
    status = docdata.get("management-status", "usable").lower() if docdata is not None else "usable"
    if status in WITHHELD:
        return Fault(draft.where, f"{status} by its publisher (management-status)", "do not use it", "withheld")
    title = next((" ".join("".join(e.itertext()).split()) for e in root.iter() if local(e) in {"hl1", "headline"}), None)
    content = next((e for e in body.iter() if local(e) == "body.content"), body)
    text = "\n\n".join(flat_lines(content))
    if not text:
        return Fault(draft.where, "an NITF document without text", "download it again", "empty")
    dateline = next((e for e in body.iter() if local(e) == "dateline"), None)
    place = " ".join("".join(dateline.itertext()).split()) if dateline is not None else ""
    if place and content is not body:
        text = f"{place} - {text}"
    doc_id = next((e.get("id-string") for e in root.iter() if local(e) == "doc-id"), None)
    return replace(
        headed(draft, title, text),
        doc_id=doc_id or draft.doc_id,
        published=nitf_day(root, docdata),
        outlet=nitf_outlet(root),
    )


NITF_DAYS = (("date.issue", "norm"), ("date.release", "norm"), ("pubdata", "date.publication"), ("story.date", "norm"))


def nitf_day(root: Any, docdata: Any) -> str | None:
    for name, attribute in NITF_DAYS:
        scope = docdata if name.startswith("date.") and docdata is not None else root
        found = next((e.get(attribute) for e in scope.iter() if local(e) == name and e.get(attribute)), None)
        if found:
            return str(found)
    return None


def nitf_outlet(root: Any) -> str | None:
    for element in root.iter():
        if local(element) == "pubdata" and element.get("name"):
            return str(element.get("name"))
        if local(element) in {"distributor", "byline.source"}:
            return " ".join("".join(element.itertext()).split()) or None
    return None


def read_newsml(root: Any, draft: Draft) -> Iterator[Draft | Fault]:
    """The items of a NewsML-G2 file: status, embargo, day and headline of the item; text of inline XHTML, NITF or plain data."""
    items = [e for e in root.iter() if local(e) == "newsitem"]
    if not items:
        raise InputError("NewsML without a news item", remedy=KNOWN)
    for number, item in enumerate(items, 1):
        where = f"{draft.where}[{number}]" if len(items) > 1 else draft.where
        doc_id = f"{draft.doc_id}-{number}" if len(items) > 1 else draft.doc_id
        yield newsml_item(item, replace(draft, where=where, doc_id=doc_id, extractor=NEWSML))


def newsml_item(item: Any, draft: Draft) -> Draft | Fault:
    status = next((e.get("qcode", "").rpartition(":")[2].lower() for e in item.iter() if local(e) == "pubstatus"), "usable")
    if status in WITHHELD:
        return Fault(draft.where, f"{status} by its publisher (pubStatus)", "do not use it: look for a later version", "withheld")
    until = first_words(item, "embargoed")
    if until:
        return embargoed(draft.where, until)
    title = first_words(item, "headline")
    text = newsml_text(item)
    if not text:
        return Fault(draft.where, "a news item without text", "it may be of a picture or video: give its text", "empty")
    return replace(
        headed(draft, title, text),
        published=first_words(item, "firstcreated", "contentcreated", "versioncreated"),
        outlet=newsml_outlet(item),
    )


def newsml_text(item: Any) -> str:
    for name in ("inlinexml", "inlinedata"):
        for element in item.iter():
            if local(element) != name:
                continue
            body = next((e for e in element.iter() if local(e) in {"body.content", "body"}), element)
            words = "\n\n".join(flat_lines(body)) if len(body) else flat_html(body.text or "")
            if words:
                return words
    return ""


def newsml_outlet(item: Any) -> str | None:
    for name in ("infosource", "provider", "copyrightholder"):
        for element in item.iter():
            if local(element) == name:
                told = text_of(element, "name") or element.get("literal")
                if told:
                    return str(told)
    return None


def first_words(item: Any, *names: str) -> str | None:
    for name in names:
        for element in item.iter():
            if local(element) == name and (words := " ".join("".join(element.itertext()).split())):
                return words
    return None
