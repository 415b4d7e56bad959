"""Who says what: attributions of a report, with source, cue and content, stance and nesting.

    for each sentence: cues (attribution_cues) → spans (attribution_spans, attribution_content)
    then: quotations that go on, names of pronoun sources, via, nesting

No tagger is needed: cue verbs, closed word classes and source nouns are data (`knowledge/attribution_*`).
"""

from __future__ import annotations

from dateline.annotate.attribution_content import continued_quotes
from dateline.annotate.attribution_cues import headline_cues, sentence_cues
from dateline.annotate.attribution_lexicon import lexicon
from dateline.annotate.attribution_names import name_sources
from dateline.annotate.attribution_phrases import phrase_cues
from dateline.annotate.attribution_spans import Found, Range, Scene
from dateline.annotate.reading import Reading
from dateline.types import Attribution, Span


def find_attributions(reading: Reading) -> list[Attribution]:
    """Attributions of the report in the order of their cues.

    `inside` is the index, in the returned list, of the attribution whose content holds this one. Page furniture is not read.
    """
    if not reading.words:
        return []
    scene = Scene(reading, lexicon())
    found: list[Found] = []
    for sentence in reading.coded:
        items = sentence_cues(scene, sentence)
        items += phrase_cues(scene, sentence, items)
        if sentence.index == 0 or (not items and sentence.kind in {"headline", "standfirst"}):
            headline = headline_cues(scene, sentence)
            items = [headline, *items] if headline else items
        found += items
    found.sort(key=lambda item: item.cue)
    continued_quotes(scene, found)
    return records(scene, found)


def records(scene: Scene, found: list[Found]) -> list[Attribution]:
    names = name_sources(scene, found)
    out: list[Attribution] = []
    for number, item in enumerate(found):
        name = names[number]
        out.append(
            Attribution(
                source=spans(scene, item.source),
                cue=spans(scene, [item.cue]),
                content=spans(scene, item.content),
                stance=name.stance,
                name=name.name,
                side=name.side,
                source_id=name.source_id,
                via=name.via,
                inside=outer(found, number),
                verb=item.verb.name,
                certainty=item.certainty or item.verb.certainty,
                party=None,
            )
        )
    return out


def spans(scene: Scene, ranges: list[Range]) -> tuple[Span, ...]:
    starts, ends = scene.reading.starts, scene.reading.ends
    return tuple(Span(starts[first], ends[last - 1]) for first, last in sorted(ranges) if last > first)


def outer(found: list[Found], number: int) -> int | None:
    """The attribution with the smallest content that holds this cue."""
    cue = found[number].cue
    best, size = None, 1 << 30
    for other in range(max(0, number - 12), min(len(found), number + 13)):
        if other == number:
            continue
        for first, last in found[other].content:
            if first <= cue[0] and cue[1] <= last and last - first < size:
                if any(f <= found[other].cue[0] and found[other].cue[1] <= e for f, e in found[number].content):
                    continue
                best, size = other, last - first
    return best
