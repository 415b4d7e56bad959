"""Parties: every mention of who can act in an event or be its target, as one chain per actor of the report.

    find_parties(reading, places) -> list[PartyLink]       find_aliases(reading, parties) -> list[Alias]   (parties_aliases)

Named groups come from the registry (`resolve/actors.py`) or from the form of the name; descriptions from `party_nouns.tsv`.
"""

from __future__ import annotations

from collections.abc import Sequence

from dateline.annotate.parties_aliases import declared, find_aliases
from dateline.annotate.parties_chains import chain_mentions, frame_country
from dateline.annotate.parties_groups import find_groups
from dateline.annotate.parties_names import find_named, find_organisations, find_repeats
from dateline.annotate.parties_persons import find_persons
from dateline.annotate.parties_phrases import find_phrases
from dateline.annotate.parties_scan import Mention, scan
from dateline.annotate.parties_states import find_capitals, find_doers, find_held, find_states
from dateline.annotate.reading import Reading
from dateline.annotate.tags import tag_words
from dateline.resolve.actors import Registry, load_registry
from dateline.types import PartyLink, PlaceLink, Span

__all__ = ["find_aliases", "find_parties"]

RANK = {"name": 0, "person": 1, "org": 2, "surname": 3, "state": 5, "doer": 6}


def find_parties(
    reading: Reading, places: Sequence[PlaceLink] = (), *, tags: list[str] | None = None, registry: Registry | None = None
) -> list[PartyLink]:
    """All party mentions in text order; they do not overlap, the longest wins.

    `places` tell which country the report is about; without them country words are counted. `tags` are Penn tags of the
    reading where the caller has them already. Mentions of one actor share `chain`.
    """
    if not reading.words:
        return []
    view = scan(reading, tags if tags is not None else tag_words(reading), registry or load_registry())
    found = [
        *find_named(view),
        *find_groups(view),
        *find_persons(view),
        *find_organisations(view),
        *find_phrases(view),
        *find_states(view),
        *find_capitals(view),
        *find_doers(view),
        *find_held(view),
    ]
    mentions = longest(found)
    names = declared(reading, [(mention.first, mention.last) for mention in mentions])
    repeats = find_repeats(view, mentions, names)
    if repeats:
        mentions = longest(mentions + repeats)
        names = declared(reading, [(mention.first, mention.last) for mention in mentions])
    chain_mentions(view, mentions, names, frame_country(view, places))
    return [link(reading, mention) for mention in mentions]


def longest(found: list[Mention]) -> list[Mention]:
    """The longest of overlapping mentions; at the same length names before descriptions before doers."""
    taken: set[int] = set()
    kept = []
    for mention in sorted(found, key=lambda m: (m.first - m.last, RANK.get(m.sort, 4), m.first)):
        span = range(mention.first, mention.last)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(mention)
    return sorted(kept, key=lambda m: m.first)


def link(reading: Reading, mention: Mention) -> PartyLink:
    return PartyLink(
        start=reading.starts[mention.first],
        end=reading.ends[mention.last - 1],
        name=mention.name,
        kind=mention.kind,
        chain=mention.chain,
        country=mention.country,
        actor_id=mention.actor.id if mention.actor else None,
        backed_by=mention.backed_by,
        generic=mention.generic,
        private=mention.private,
        head=Span(reading.starts[mention.head], reading.ends[mention.head]),
    )
