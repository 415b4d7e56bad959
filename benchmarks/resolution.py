"""Named actors and sources: how many are linked to the right entry of the registries, or rightly left open.

    python benchmarks/resolution.py [--show] [--misses]

A fixed sample (the first 220 by sha256) of the actors and sources of events in our own gold, part dev, that are named: a
word with a capital of the coder's name stands in the words of the report. Errors of the first 150 were read for causes and
mended; the other 70 ("unseen") were judged only afterwards. A reader judged each: gold/resolution/judged.tsv holds
`doc_id`, `role`, the span and the `right` answers, any of which counts:

    HAMAS        this id of knowledge/actors.tsv (an actor) or knowledge/sources.tsv (a source)
    =TUR         a force, body or government told by the rule of its country: that country, and no id of another actor
    open         no entry: private persons, office-holders, lone reports, words for nobody known

`--show` prints every mention with what it was linked to, `--misses` those that are wrong. The texts come from ../shared/gold;
without them the script says so and ends with 0.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "gold"), str(ROOT / "benchmarks")]

from accuracy import as_given  # noqa: E402
from join import joined  # noqa: E402
from sets import SHARED  # noqa: E402

from dateline.evaluate.run import reports_of  # noqa: E402
from dateline.export.original import OriginalText  # noqa: E402
from dateline.pipeline import Annotations, annotate, load_tools  # noqa: E402
from dateline.resolve.sources import link_source, source_entries  # noqa: E402

Json = dict[str, Any]
JUDGED = ROOT / "gold" / "resolution" / "judged.tsv"
SAMPLE, MENDED = 220, 150  # the first MENDED of them were read for causes
WORD = re.compile(r"\w+(?:[.'’-]\w+)*")


class Mention(NamedTuple):
    """A named actor or source of the gold, by the span of its words."""

    doc_id: str
    role: str  # actor, source
    start: int
    end: int
    words: str


class Linked(NamedTuple):
    """What dateline made of a mention: `id` of a registry or None, with the country and kind (side, for a source)."""

    found: bool
    id: str | None = None
    country: str | None = None
    kind: str = ""
    name: str = ""


def mentions(row: Json) -> Iterator[Mention]:
    """The actors and sources that the reader named with a capital, where the report's own words bear a word of that name."""
    told: dict[tuple[str, int, int], str] = {}
    for event in row["events"]:
        for role, many in (("actor", "actors"), ("source", "sources")):
            for one in event.get(many) or ():
                span = named_words(one["quote"], one["name"]) if one.get("quote") and "start" in one else None
                if span:
                    told[role, one["start"] + span[0], one["start"] + span[1]] = one["quote"][span[0] : span[1]]
    for (role, start, end), words in told.items():
        yield Mention(row["doc_id"], role, start, end, words)


def named_words(quote: str, name: str) -> tuple[int, int] | None:
    """From the first to the last word of the quote that is a capital word of the name; None where it bears none."""
    proper = {word.lower() for word in WORD.findall(name) if word[0].isupper()}
    if not proper:
        return None
    met = [found for found in WORD.finditer(quote) if found[0].lower() in proper and found[0][0].isupper()]
    return (met[0].start(), met[-1].end()) if met else None


def order(mention: Mention) -> str:
    return hashlib.sha256(f"{mention.doc_id} {mention.role} {mention.start} {mention.end}".encode()).hexdigest()


def overlap(mention: Mention, start: int, end: int) -> int:
    return min(mention.end, end) - max(mention.start, start)


def linked_actor(mention: Mention, found: Annotations) -> Linked:
    text = OriginalText(found.reading.report)
    met = [(overlap(mention, *text.span(link.start, link.end)), -number) for number, link in enumerate(found.parties)]
    if not met or max(met)[0] <= 0:
        return Linked(False)
    link = found.parties[-max(met)[1]]
    return Linked(True, link.actor_id, link.country, link.kind, " ".join(link.name.split()))


def linked_source(mention: Mention, found: Annotations) -> Linked:
    """The attribution whose source meets the words; words that no attribution took are looked up by themselves."""
    text = OriginalText(found.reading.report)
    met = [
        (overlap(mention, *text.span(span.start, span.end)), -number)
        for number, one in enumerate(found.attributions)
        for span in one.source
    ]
    countries = {entry.id: entry.country for entry in source_entries()}
    if met and max(met)[0] > 0:
        one = found.attributions[-max(met)[1]]
        return Linked(True, one.source_id, countries.get(one.source_id or ""), one.side or "", " ".join(one.name.split()))
    alone = link_source(mention.words, found.reading)
    entry = alone.entry
    return Linked(False, entry.id if entry else None, entry.country if entry else None, alone.side or "", alone.name)


def right(answers: list[str], linked: Linked) -> bool:
    """Whether any of the right answers is the one given."""
    for answer in answers:
        if answer == "open" and linked.id is None:
            return True
        if answer.startswith("=") and linked.country == answer[1:] and linked.id is None:
            return True
        if linked.id is not None and answer == linked.id:
            return True
    return False


def sample(rows: list[Json]) -> list[Mention]:
    return sorted((mention for row in rows for mention in mentions(row)), key=order)[:SAMPLE]


def linked_all(wanted: list[Mention], pairs: list[tuple[Json, Json]]) -> Iterator[tuple[Mention, Linked]]:
    tools = load_tools(model=False)
    ids = {mention.doc_id for mention in wanted}
    texts = [as_given(row, text) for row, text in pairs if row["doc_id"] in ids]
    for report in reports_of(texts, lambda fault: None):
        found = annotate(report, tools)
        for mention in wanted:
            if mention.doc_id == report.doc_id:
                yield mention, (linked_actor if mention.role == "actor" else linked_source)(mention, found)


def judgements() -> Mapping[tuple[str, str, int, int], list[str]]:
    if not JUDGED.exists():
        return {}
    rows = (line.split("\t") for line in JUDGED.read_text(encoding="utf-8").splitlines()[1:])
    return {(doc_id, role, int(start), int(end)): right.split("|") for doc_id, role, start, end, right in rows}


def shown(mention: Mention, linked: Linked, answers: list[str]) -> str:
    given = linked.id or (f"={linked.country}" if linked.country else "open")
    place = f"{mention.doc_id} {mention.role} {mention.start}-{mention.end}"
    words = " ".join(mention.words.split())
    return f"{place} “{words}” → {given} ({linked.kind or '-'}; {linked.name}) right: {'|'.join(answers) or 'not judged'}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if not SHARED.exists():
        print("skipped: needs ../shared/gold")
        return 0
    pairs = list(joined("dev"))
    judged = judgements()
    wanted = sample([row for row, _ in pairs])
    read, counts = set(wanted[:MENDED]), {name: [0, 0] for name in ("actors", "sources", "mended on", "unseen", "all")}
    for mention, linked in linked_all(wanted, pairs):
        answers = judged.get((mention.doc_id, mention.role, mention.start, mention.end), [])
        good = right(answers, linked)
        if answers:
            for name in (f"{mention.role}s", "mended on" if mention in read else "unseen", "all"):
                counts[name][0] += good
                counts[name][1] += 1
        if options.show or (options.misses and not good):
            print(shown(mention, linked, answers))
    for name, (hits, total) in counts.items():
        if total:
            print(f"{name:9} {hits} of {total} named mentions resolved or rightly left open: {100 * hits / total:.1f} %")
    return 0


if __name__ == "__main__":
    sys.exit(main())
