"""Words out of marked-up pieces: HTML fragments of feeds, mails and news formats, as plain paragraphs."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

BLOCKS = (
    "address article aside blockquote body caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hedline hl1 hl2 byline li main nav ol p pre section table tbody thead tfoot tr ul block media dateline abstract"
)
NO_TEXT = "script style noscript template iframe svg head object video audio button select textarea title"
BREAKS, DROPPED = frozenset(BLOCKS.split(" ")), frozenset(NO_TEXT.split(" "))
CELLS = frozenset(("td", "th"))
BLANKS = re.compile(r"[ \t\r\n\f\v\xa0]+")
MARKUP = re.compile(r"<(?:[a-zA-Z/!][^<>]{0,500})>|&(?:#\d{1,7}|[a-zA-Z]{2,8});")


def flat_html(markup: str) -> str:
    """The words of an HTML fragment, a paragraph a line, an empty line between. Text without markup is given as it is.

    >>> flat_html("<p>Six&nbsp;died.<br>Two fled.</p><script>x</script><table><tr><td>Karim<td>12</table>")
    'Six died.\\n\\nTwo fled.\\n\\nKarim  12'
    """
    if not MARKUP.search(markup):
        return markup.strip()
    clean = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", markup)
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = lxml_html.document_fromstring(clean.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return "\n\n".join(flat_lines(tree))


def flat_lines(tree: Any) -> list[str]:
    """The words of an element, one line for each paragraph, cells of a table row two blanks apart. Walks without recursion."""
    lines: list[str] = []
    line: list[str] = []

    def end() -> None:
        words = "  ".join(cell for part in "".join(line).split("\t") if (cell := BLANKS.sub(" ", part).strip()))
        line.clear()
        if words:
            lines.append(words)

    for event, element in etree.iterwalk(dropped(tree), events=("start", "end")):
        name = element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
        if event == "start":
            if name in BREAKS or name == "br":
                end()
            line.append((element.text or "").replace("\t", " ") if name else " ")  # a reference to an entity is a blank
        else:
            if name in CELLS:
                line.append("\t")
            elif name in BREAKS:
                end()
            if element is not tree:
                line.append((element.tail or "").replace("\t", " "))
    end()
    return lines


def dropped(tree: Any) -> Any:
    """The tree without scripts and other matter that is no text; words that follow them stay."""
    for element in [e for e in tree.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2].lower() in DROPPED]:
        parent = element.getparent()
        if parent is None:
            continue
        before = element.getprevious()
        if element.tail:
            if before is not None:
                before.tail = (before.tail or "") + element.tail
            else:
                parent.text = (parent.text or "") + element.tail
        parent.remove(element)
    return tree
