"""Actors that no grammatical subject names: words before an event noun, and the source of a statement."""

from __future__ import annotations

from dateline.annotate.parties_words import capital_index
from dateline.coder.lexicon import CoderLexicon
from dateline.coder.mention import Mention
from dateline.coder.view import Found, View
from dateline.resolve.countries import countries, country_of
from dateline.types import PartyLink


def doer(view: View, mention: Mention, lexicon: CoderLexicon) -> list[Found[PartyLink]]:
    """Who did it by the words before the noun: "rebel shelling", "Russian air strikes"."""
    reading, trigger = view.reading, mention.trigger
    chunk = trigger.phrases.chunks[trigger.phrases.of_token[trigger.last - 1]]
    for token in range(trigger.first - 1, chunk.first - 1, -1):
        low = reading.lows[token]
        known = lexicon.doers.get(low)
        country = country_of(reading.words[token]) if known is None and low not in ("the", "a") else None
        if known is None and country is None:
            continue
        name, kind = known if known is not None else (countries()[country].name if country else "", "government")
        start, end = reading.starts[token], reading.ends[token]
        before = country_of(reading.words[token - 1]) if known is not None and token > chunk.first else None
        if before is not None:
            start, name = reading.starts[token - 1], f"{reading.words[token - 1]} {name}"
        link = PartyLink(start, end, name, kind, -1000 - token, country or before, generic=country is None, by="code.doer")  # type: ignore[arg-type]
        same = next(
            (p for p in view.parties if p.record.name.lower().endswith(name.lower()) or (country and p.record.name == name)), None
        )
        if same is not None:
            link = PartyLink(
                start,
                end,
                same.record.name,
                same.record.kind,
                same.record.chain,
                same.record.country,
                same.record.actor_id,
                generic=same.record.generic,
                by="code.doer",
            )
        return [Found(token, token + 1, link, -1000 - token)]
    return []


def quoted_speaker(view: View, mention: Mention) -> list[Found[PartyLink]]:
    """The source of the attribution whose cue is this trigger, as the speaker: names that no registry holds."""
    reading, trigger = view.reading, mention.trigger
    start, end = reading.starts[trigger.first], reading.ends[trigger.last - 1]
    cued = {index for first, last, index in view.spans_near("cue", start) if first < end and start < last}
    for index in sorted(cued | set(view.spoken("content", start))):
        attribution = view.attributions[index]
        if not attribution.source:
            continue
        span = attribution.source[0]
        name = attribution.name or reading.text[span.start : span.end]
        if not any(char.isupper() for char in name) or len(name.split()) > 8:
            return []
        first, last = reading.tokens_of(span.start, span.end)
        names = name.split(" and ") if " and " in name and all(part[:1].isupper() for part in name.split(" and ")) else [name]
        links = [
            PartyLink(
                span.start, span.end, state_of(one) or one, attribution.party or "unknown", -1 - index * 10 - i, by=attribution.by
            )
            for i, one in enumerate(names)
        ]
        return [Found(first, last, link, link.chain) for link in links]
    return []


def state_of(name: str) -> str | None:
    """The state that a capital city speaks for, with the city behind it."""
    country = capital_index().get(name.lower())
    return f"{countries()[country].name} ({name})" if country else None
