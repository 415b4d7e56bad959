"""XML of strangers: no entities of its own, nothing fetched, and names without namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from dateline.errors import InputError


def parse_xml(data: bytes, *, recover: bool = False) -> Any:
    """The root element; with `recover`, of what can be read of a damaged file. No entity is defined or fetched, no DTD is loaded.

    Raises InputError for what is damaged or a bomb.
    """
    refuse_entities(data)
    try:
        root = etree.fromstring(data, etree.XMLParser(**SAFE, recover=recover))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"damaged XML ({str(error)[:120]})", remedy="save or download the file again") from None
    if root is None:
        raise InputError("the XML holds no element", remedy="save or download the file again")
    return root


SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


def refuse_entities(data: bytes) -> None:
    """Entities of a file's own are how XML bombs are made; no news format needs them."""
    plain = data.replace(b"\0", b"") if b"\0" in data[:200] else data  # UTF-16
    if b"<!ENTITY" in plain[:1_000_000]:
        raise InputError("XML that defines entities of its own, as XML bombs do", remedy="leave the file out, or give its text")


def local(element: Any) -> str:
    """The name of an element without its namespace, lower case ("" for entity references)."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def children(element: Any, *names: str) -> Iterator[Any]:
    return (child for child in element if local(child) in names)
