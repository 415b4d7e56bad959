"""Who says what: attributions of a report, with source, cue and content, stance and nesting.

    for each sentence: cues (attribution_cues) → spans (attribution_spans, attribution_content)
    then: quotations that go on, names of pronoun sources, via, nesting

No tagger is needed: cue verbs, closed word classes and source nouns are data (`knowledge/attribution_*`).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from dateline.annotate.attribution_about import no_part
from dateline.annotate.attribution_content import continued_quotes
from dateline.annotate.attribution_cues import sentence_cues
from dateline.annotate.attribution_grammar import mute
from dateline.annotate.attribution_lexicon import lexicon
from dateline.annotate.attribution_names import Named, name_sources
from dateline.annotate.attribution_nouns import headline_cues
from dateline.annotate.attribution_phrases import phrase_cues
from dateline.annotate.attribution_scene import Found, Range, Scene
from dateline.annotate.attribution_trim import trim_source
from dateline.annotate.reading import Reading
from dateline.resolve.sources import Index
from dateline.types import Attribution, Span, Stance

FORCES = frozenset({"security force", "security official", "commander"})  # who may say "we did it" for a government


def find_attributions(reading: Reading, *, sources: Index | None = None) -> list[Attribution]:
    """Attributions of the report in the order of their cues.

    `sources` (`index_of(load_sources(file))` of `resolve.sources`) puts a user's registry in the place of the shipped one.

    `inside` is the index, in the returned list, of the attribution whose content holds this one. Page furniture is not read.
    """
    if not reading.words:
        return []
    scene = Scene(reading, lexicon(), sources)
    found: list[Found] = []
    for sentence in reading.coded:
        phrases = phrase_cues(scene, sentence)
        items = sentence_cues(scene, sentence, [item.cue for item in phrases])
        if sentence.index == 0 or (not items and sentence.kind in {"headline", "standfirst"}):
            headline = headline_cues(scene, sentence)
            items = [headline, *items] if headline else items
        found += phrases + items
    found.sort(key=lambda item: item.cue)
    for item in found:
        trim_source(scene, item)
    found = [item for item in found if item.core is None or not mute(scene, item.core)]
    continued_quotes(scene, found)
    return records(scene, found)


def records(scene: Scene, found: list[Found]) -> list[Attribution]:
    """Joint sources give one record each, with the same cue and content."""
    voices = name_sources(scene, found)
    places = [0, *accumulate(len(group) for group in voices)]  # index of the first record of each attribution
    out: list[Attribution] = []
    for number, item in enumerate(found):
        around = outer(found, number)
        group = voices[number]
        if item.report and not item.source and around is not None and voices[around][0].name and not found[around].report:
            group = [replace(voices[around][0], span=None, via=None)]  # what an outer voice believes
        for voice in group:
            source = [voice.span] if voice.span is not None else item.source
            via = voice.via
            if via is None and around is not None and not item.report and found[around].stance == "affirms" and item.source:
                via = next((v.name for v in voices[around] if v.name not in {"", "report", voice.name}), None)
            out.append(
                Attribution(
                    source=spans(scene, source),
                    cue=spans(scene, [item.cue]),
                    content=spans(scene, item.content),
                    stance=own_deed(scene, item, voice),
                    name=voice.name,
                    side=voice.side,
                    source_id=voice.source_id,
                    via=via,
                    inside=None if around is None else places[around],
                    verb=item.verb.name,
                    certainty=item.certainty or item.verb.certainty,
                    act=item.verb.kind,
                )
            )
    return out


def own_deed(scene: Scene, item: Found, voice: Named) -> Stance:
    """`claims` where the words themselves say "we did it": "said it was behind", "its fighters had attacked"."""
    if (
        item.stance in {"affirms", "claims"}
        and item.verb.kind == "say"
        and item.content
        and no_part(scene.lows, *item.content[0])
    ):
        return "denies"
    if (
        item.stance != "affirms"
        or item.verb.kind not in {"say", "noun"}
        or not item.content
        or (voice.side in {"government", "media", "international"} and voice.kind not in FORCES)
        or voice.side == "civil monitor"
    ):
        return item.stance
    first, last = item.content[0]
    lows = scene.lows[first : min(last, first + 8)]
    while lows and lows[0] in {"that", '"', "“", "'"}:
        lows = lows[1:]
    if lows[:1] and lows[0] in {"it", "they", "we", "its", "their", "our", "his"}:
        words = " ".join(lows)
        if set(lows) & scene.lex.negations or lows[1:2] in (["could"], ["cannot"], ["would"], ["will"], ["may"]):
            return item.stance
        if any(deed in words for deed in scene.lex.own_deeds):
            return "claims"
    return item.stance


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
