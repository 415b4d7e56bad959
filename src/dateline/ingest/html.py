"""HTML as saved from the web: metadata, headline, standfirst, captions and the body in paragraphs.

trafilatura (Apache-2.0) finds the body; lxml reads the rest. Nothing is run and nothing is fetched: scripts and styles are
dropped before anything is read, save JSON-LD, which is data. `Report.text` is headline, standfirst, captions and body, with a
blank line between; offsets are of that text, `Report.sha256` is of the page.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

import msgspec
from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from dateline.errors import InputError
from dateline.ingest.decode import decode
from dateline.ingest.draft import Draft, ReadOptions
from dateline.ingest.flat import flat_lines
from dateline.ingest.text import digest, drafts_of, whole
from dateline.types import Fault, Segment, SegmentKind

MAX_HTML = 20_000_000  # bytes: pages of news are under one million
NEWS_TYPES = (
    "NewsArticle",
    "Article",
    "ReportageNewsArticle",
    "BlogPosting",
    "LiveBlogPosting",
    "AnalysisNewsArticle",
    "WebPage",
)
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
BLANKS = re.compile(r"\s+")
DATABASE = re.compile(r"factiva|nexis|\bEnd of Document\b|\d DOCUMENTS\b", re.IGNORECASE)  # pages that may be a download of many


@dataclass(slots=True)
class Page:
    """What the head of a page tells; None where it does not."""

    title: str | None = None
    standfirst: str | None = None
    published: str | None = None
    outlet: str | None = None
    url: str | None = None
    body: str | None = None  # articleBody of JSON-LD
    captions: list[str] = field(default_factory=list)


def read_html(stream: BinaryIO, draft: Draft, options: ReadOptions) -> Iterator[Draft | Fault]:
    """The report of one saved page. Raises InputError when it holds no article."""
    data = whole(stream, options)
    if len(data) > MAX_HTML:
        raise InputError(f"an HTML page larger than {MAX_HTML // 1_000_000} MB", remedy="save the article alone, or its text")
    declared = CHARSET.search(data[:4096])
    decoded = decode(data, declared=declared[1].decode("ascii") if declared else None)
    tree = parse(decoded.text)
    if DATABASE.search(decoded.text):
        told = replace(draft, sha256=digest(data), extractor="html@1", remarks=(decoded.remark,) if decoded.remark else ())
        articles = list(drafts_of("\n\n".join(flat_lines(copy.deepcopy(tree))), told))
        if len(articles) > 1 or articles[0].where != draft.where:
            yield from articles
            return
    page = read_head(tree)
    pieces = list(pieces_of(page, body_paragraphs(tree, page)))
    if not any(kind == "body" for kind, _ in pieces):
        raise InputError(
            "no article text found in the page", remedy="save the page with its text, or copy the text into a .txt file"
        )
    text, segments = together(pieces)
    yield Draft(
        text=text,
        doc_id=draft.doc_id,
        sha256=digest(data),
        path=draft.path,
        where=draft.where,
        extractor=extractor(),
        title=page.title,
        published=page.published,
        outlet=page.outlet,
        url=page.url or draft.url,
        segments=segments,
        made=draft.made,
        remarks=(decoded.remark,) if decoded.remark else (),
    )


def extractor() -> str:
    from importlib.metadata import version

    return f"html@1 trafilatura@{version('trafilatura')}"


def parse(text: str) -> Any:
    """The element tree, without scripts, styles and comments (JSON-LD stays)."""
    clean = (
        "".join(char if char >= " " or char in "\t\n\r" else " " for char in text)
        if re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", text)
        else text
    )
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = lxml_html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise InputError(
            f"not readable as HTML ({str(error)[:80]})", remedy="save the page again, or copy its text into a .txt file"
        ) from None
    for element in list(tree.iter("script", "style", "noscript", "template", "iframe", "svg")):
        if element.tag == "script" and "ld+json" in (element.get("type") or ""):
            continue
        element.drop_tree()
    return tree


# ---- the head -----------------------------------------------------------------------------------------------------------


def read_head(tree: Any) -> Page:
    """Title, standfirst, day, outlet and address: JSON-LD before OpenGraph before the elements of the page."""
    page = Page()
    linked = linked_data(tree)
    metas = meta_tags(tree)
    heading = first_text(tree, "//h1")
    page.title = heading_of(linked.get("headline"), metas, heading, first_text(tree, "//title"))
    page.standfirst = first_of(
        linked.get("description"), metas.get("og:description"), metas.get("twitter:description"), metas.get("description")
    )
    page.published = first_of(
        linked.get("datePublished"),
        metas.get("article:published_time"),
        *(metas.get(name) for name in DATE_METAS),
        first_attribute(tree, "//time[@pubdate or @itemprop='datePublished']/@datetime"),
        first_attribute(tree, "//*[@itemprop='datePublished']/@content"),
        first_attribute(tree, "//article//time/@datetime"),
        first_attribute(tree, "//time/@datetime"),
        first_text(tree, "//time"),
        linked.get("dateModified"),
    )
    page.outlet = first_of(name_of(linked.get("publisher")), metas.get("og:site_name"), metas.get("application-name"))
    page.url = first_of(
        first_attribute(tree, "//link[@rel='canonical']/@href"),
        metas.get("og:url"),
        url_of(linked.get("mainEntityOfPage")),
        linked.get("url"),
    )
    page.body = first_of(linked.get("articleBody"))
    page.captions = captions_of(tree)
    return page


DATE_METAS = (
    "datepublished", "date", "dc.date", "dc.date.issued", "dcterms.created", "pubdate", "publishdate", "publish-date",
    "parsely-pub-date", "sailthru.date", "og:published_time", "article:published", "dcterms.date", "publication_date",
    "cxenseparse:recs:publishtime",
)  # fmt: skip


def heading_of(linked: object, metas: dict[str, str], heading: str | None, title: str | None) -> str | None:
    """The headline: the page's h1 when metadata agrees or is silent, else the metadata, else <title> without the site's name."""
    told = first_of(linked, metas.get("og:title"), metas.get("twitter:title"))
    if heading and (not told or squeeze(heading)[:20] == squeeze(told)[:20] or squeeze(heading) in squeeze(told)):
        return heading
    if told or heading:
        return told or heading
    return re.split(r"\s+[|–—]\s+|\s+-\s+(?=[^-]{2,40}$)", title)[0] if title else None


def squeeze(words: str) -> str:
    return re.sub(r"\W+", "", words).lower()


def linked_data(tree: Any) -> dict[str, Any]:
    """The news article of the page's JSON-LD, or {}."""
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            value = msgspec.json.decode((script.text_content() or "").strip().encode("utf-8", "replace"))
        except (msgspec.DecodeError, RecursionError):
            continue
        for record in records_of(value):
            kinds = record.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(kind in NEWS_TYPES for kind in kinds):
                return record
    return {}


def records_of(value: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, list):
        for item in value:
            yield from records_of(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        yield from records_of(value.get("@graph"), depth + 1)


def meta_tags(tree: Any) -> dict[str, str]:
    """Content of meta elements by name, property or itemprop (lower case); the first of a name wins."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = clean_words(element.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def first_of(*values: object) -> str | None:
    """The first that is a string with words in it."""
    return next((words for value in values if isinstance(value, str) and (words := clean_words(value))), None)


def name_of(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return first_of(value.get("name")) if isinstance(value, dict) else first_of(value)


def url_of(value: object) -> str | None:
    return first_of(value.get("@id")) if isinstance(value, dict) else first_of(value)


def first_text(tree: Any, path: str) -> str | None:
    return first_of(*(element.text_content() for element in tree.xpath(path)[:3]))


def first_attribute(tree: Any, path: str) -> str | None:
    return first_of(*(str(value) for value in tree.xpath(path)[:3]))


def clean_words(words: str | None) -> str:
    return BLANKS.sub(" ", re.sub(r"<[^>]{1,200}>", " ", words) if "<" in words else words).strip() if words else ""


def captions_of(tree: Any) -> list[str]:
    """Captions of the article's pictures (of the whole page where no element is marked as the article)."""
    scope = tree.xpath("//article") or tree.xpath("//main") or [tree]
    found = [clean_words(element.text_content()) for element in scope[0].iter("figcaption")]
    return list(dict.fromkeys(words for words in found if len(words) > 15))[:20]


# ---- the body -----------------------------------------------------------------------------------------------------------


def body_paragraphs(tree: Any, page: Page) -> list[str]:
    """Paragraphs of the article: by trafilatura, else articleBody, else all paragraphs of the page."""
    found = extracted(tree)
    if page.body and len(page.body) > 1.5 * sum(map(len, found)):
        found = [words for line in page.body.split("\n") if (words := clean_words(line))]
    if sum(map(len, found)) < 60:
        found = [words for element in tree.iter("p") if len(words := clean_words(element.text_content())) > 20] or found
    if not found:
        body = tree.find("body")
        lines = (body if body is not None else tree).text_content().split("\n")
        found = [words for line in lines if len(words := clean_words(line)) > 20]
    return found


def extracted(tree: Any) -> list[str]:
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(
            copy.deepcopy(tree),
            include_comments=False,
            include_tables=True,
            favor_recall=True,
            with_metadata=False,
            deduplicate=False,
        )
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return []
    body = getattr(document, "body", None)
    if body is None:
        return []
    leaves = [element for element in body.iter("p", "head", "item", "quote", "cell", "ab") if not inner(element)]
    return [words for element in leaves if (words := clean_words("".join(element.itertext())))]


def inner(element: Any) -> bool:
    """True when the element's words come again in elements within it."""
    return any(child.tag in {"p", "head", "item", "quote", "cell", "ab"} for child in element.iterdescendants())


def pieces_of(page: Page, paragraphs: list[str]) -> Iterator[tuple[SegmentKind, str]]:
    """Headline, standfirst, captions, body, each once: a paragraph that repeats one of the others is left out."""
    seen: set[str] = set()

    def fresh(words: str) -> bool:
        key = squeeze(words)
        if not key or key in seen:
            return False
        seen.add(key)
        return True

    if page.title and fresh(page.title):
        yield "headline", page.title
    if page.standfirst and not starts_body(page.standfirst, paragraphs) and fresh(page.standfirst):
        yield "standfirst", page.standfirst
    for caption in page.captions:
        if fresh(caption):
            yield "caption", caption
    for paragraph in paragraphs:
        if fresh(paragraph):
            yield "body", paragraph


def starts_body(standfirst: str, paragraphs: list[str]) -> bool:
    """Descriptions are often the first words of the body, cut off: these are no standfirst."""
    key = squeeze(standfirst.rstrip(".… "))[:60]
    return any(key in squeeze(paragraph) for paragraph in paragraphs[:6])


def together(pieces: list[tuple[SegmentKind, str]]) -> tuple[str, tuple[Segment, ...]]:
    """The text with a blank line between pieces, and where each kind stands (neighbours of the body are one segment)."""
    text, segments = "", list[Segment]()
    for kind, words in pieces:
        start = len(text) + (2 if text else 0)
        text += ("\n\n" if text else "") + words
        if segments and segments[-1].kind == kind == "body":
            segments[-1] = Segment("body", segments[-1].start, len(text))
        else:
            segments.append(Segment(kind, start, len(text)))
    return text, tuple(segments)
