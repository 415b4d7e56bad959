"""Independent origins: who really tells it. Copies of one text, one agency's wires, one outlet's own reports, and all that cite
one named source are one origin each.

Of a reading the origin is: the named source that says so; else, where the telling rests on named sources, the one that most of
its values rest on (the report relays it); else the text: its agency, its family of copies, its outlet, or the report itself.
Descriptions ("activists", "a police source") are no origins of their own: the same words may mean two people, and two
descriptions one. When in doubt origins are counted too low, never too high.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dateline.knowledge import table
from dateline.merge.cluster import Forest
from dateline.merge.copies import passage_shared, runs_of
from dateline.merge.features import WORD, plain_words, sentence_around
from dateline.merge.readings import AFFIRMING, Told, spoken_values
from dateline.merge.records import Origin, Reading
from dateline.resolve.sources import SourceEntry, link_source
from dateline.types import Voice


@dataclass(frozen=True, slots=True)
class Origins:
    """Origins of one incident. `text`: event id → key of its text's origin · `names`: key → name for people."""

    text: Mapping[str, str]
    relayed: Mapping[str, str]  # event id → key of the named source that the telling rests on
    known: Mapping[str, str]  # folded name of a source → key
    names: Mapping[str, str]

    def of(self, told: Told, voice: Voice) -> str:
        """Key of the origin of what `voice` says in this telling."""
        if voice.name != "report":
            key = self.known.get(voice.name) or source_key(voice.name, voice.source_id)
            if key:
                return key
        return self.relayed.get(told.event_id) or self.text[told.event_id]


def find_origins(tellings: Sequence[Told], family: Mapping[str, str]) -> Origins:
    """Origins of the tellings of one incident; `family` is report id → text family."""
    forest, names = Forest(), {}
    for told in tellings:
        here = f"doc:{told.report_id}"
        forest.root(here)
        names[here] = told.report.outlet or told.report.doc_id
        forest.join(here, f"family:{family.get(told.report_id, told.report_id)}")
        whole = told.report.wire or told.report.outlet
        if whole:
            key, name = outlet_key(whole)
            names[key] = name
            forest.join(here, key)
    join_passages(forest, tellings)
    known, relayed = named_sources(tellings, names)
    chosen = {group: best_key(members) for group, members in grouped(forest).items()}
    text = {told.event_id: chosen[forest.root(f"doc:{told.report_id}")] for told in tellings}
    return Origins(text, relayed, known, names)


def join_passages(forest: Forest, tellings: Sequence[Told]) -> None:
    """A passage in the same words in two reports: one wrote it, or a third."""
    runs = [(f"doc:{told.report_id}", runs_of(passage(told))) for told in tellings]
    for i, (one, mine) in enumerate(runs):
        for other, theirs in runs[i + 1 :]:
            if forest.root(one) != forest.root(other) and passage_shared(mine, theirs):
                forest.join(one, other)


def passage(told: Told) -> str:
    words = told.event.trigger[0]
    text = told.report.text
    return text[slice(*sentence_around(text, words.start, words.end))] if text else words.quote


def grouped(forest: Forest) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for key in list(forest.parent):
        groups[forest.root(key)].append(key)
    return groups


def best_key(keys: list[str]) -> str:
    """The key that names a group of texts: an agency or outlet of the registry, else another outlet, else the report."""
    order = ("src:", "outlet:", "doc:", "family:")
    return min(keys, key=lambda key: (next(i for i, kind in enumerate(order) if key.startswith(kind)), key))


def named_sources(tellings: Sequence[Told], names: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Names of sources that are one with a known one, and what each telling rests on. Adds to `names`."""
    known: dict[str, str] = {}
    relayed: dict[str, str] = {}
    voices = [(told, voice) for told in tellings for voice in told.event.sources if voice.name != "report"]
    for _, voice in voices:
        key = source_key(voice.name, voice.source_id)
        if key:
            known[voice.name] = key
            names.setdefault(key, entry_name(voice.name, voice.source_id))
    for _, voice in voices:
        if not known.get(voice.name, "").startswith("src:"):
            shorter = short_for(voice.name, names)
            if shorter:
                known[voice.name] = shorter
    for told in tellings:
        rests = Counter(known[voice.name] for _, saying in spoken_values(told) for voice in saying if voice.name in known)
        if rests:
            relayed[told.event_id] = min(rests, key=lambda key: (-rests[key], key))
    return known, relayed


def short_for(name: str, names: Mapping[str, str]) -> str | None:
    """Key of the source that a short name stands for: "Observatory" beside the Syrian Observatory for Human Rights."""
    own = capitals(name)
    if not own:
        return None
    fits = sorted(key for key, full in names.items() if key.startswith("src:") and own[-1] in capitals(full))
    return fits[0] if fits else None


def capitals(name: str) -> list[str]:
    return [word for word in WORD.findall(name) if word[0].isupper() and word.lower() not in plain_words()]


@lru_cache(maxsize=20_000)
def source_key(name: str, source_id: str | None) -> str | None:
    """Key of a source that has a name; None for a description."""
    if source_id:
        return f"src:{source_id}"
    entry = entry_of(name)
    if entry:
        return f"src:{entry}"
    own, words = capitals(name), WORD.findall(name.removeprefix("the "))
    return "name:" + " ".join(word.lower() for word in own) if own and (own[0], own[-1]) == (words[0], words[-1]) else None


@lru_cache(maxsize=20_000)
def entry_of(name: str) -> str | None:
    found = registry_entry(name)
    return speakers().get(name) or (found.id if found else None)


def registry_entry(name: str) -> SourceEntry | None:
    return link_source(name).entry


def entry_name(name: str, source_id: str | None) -> str:
    return source_names().get(source_id or entry_of(name) or "", name)


@cache
def source_names() -> dict[str, str]:
    return {row["id"]: row["name"] for row in table("sources")}


@cache
def speakers() -> dict[str, str]:
    return {row["speaker"]: row["source"] for row in table("merge_speakers")}


@lru_cache(maxsize=20_000)
def outlet_key(name: str) -> tuple[str, str]:
    """Key and name of an outlet or agency: that of the registry where it is listed, so that "SANA said" elsewhere is the same."""
    entry = registry_entry(name) or registry_entry(name.upper())
    return (f"src:{entry.id}", entry.name) if entry else (f"outlet:{name.lower()}", name)


def origin_records(readings: Sequence[Reading], origins: Origins) -> tuple[Origin, ...]:
    """The origins that tell the incident, those carried by most reports first."""
    carried: dict[str, dict[str, str]] = defaultdict(dict)
    told = [one for one in readings if one.stance in AFFIRMING and one.judged != "rejected"]
    for one in [one for one in told if one.field != "occurrence"] or told:  # who only comments on it is no origin
        if not one.origin.startswith("judgement:"):
            carried[one.origin][one.doc_id] = one.outlet or ""
    texts = set(origins.text.values())
    found = [
        Origin(
            key,
            origins.names.get(key, key.partition(":")[2]),
            "report" if key in texts and not key.startswith("src:") else "wire" if key in texts else "source",
            tuple(sorted(docs)),
            tuple(sorted({outlet for outlet in docs.values() if outlet})),
        )
        for key, docs in carried.items()
    ]
    return tuple(sorted(found, key=lambda one: (-len(one.doc_ids), one.id)))
