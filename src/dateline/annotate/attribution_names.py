"""Names, sides and chains of sources: pronouns and "the source" point back, outlets that pass words on are `via`."""

from __future__ import annotations

from dataclasses import dataclass

from dateline.annotate.attribution_spans import Found, Range, Scene
from dateline.resolve.sources import link_source
from dateline.types import Side, Stance


@dataclass(slots=True)
class Named:
    """What a report says of an attribution's source."""

    name: str
    side: Side | None
    source_id: str | None
    via: str | None
    stance: Stance
    kind: str = ""
    words: str = ""


def name_sources(scene: Scene, found: list[Found]) -> list[Named]:
    """One `Named` for each attribution, in order."""
    out: list[Named] = []
    for item in found:
        out.append(named(scene, item, out))
    return out


def text_of(scene: Scene, span: Range) -> str:
    reading = scene.reading
    return reading.text[reading.starts[span[0]] : reading.ends[span[1] - 1]]


def named(scene: Scene, item: Found, before: list[Named]) -> Named:
    stance: Stance = item.stance
    if item.report or not item.source or item.core is None:
        return Named("report", None, None, None, stance)
    words = text_of(scene, item.core)
    link = link_source(words, scene.reading)
    via = None
    return Named(link.name, link.side, link.entry.id if link.entry else None, via, stance, link.kind, words)
