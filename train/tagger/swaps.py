"""Reports of other wars made of reports at hand: the same words under other names of places, parties and countries.

Most of our gold tells of few wars; a net that reads it sixteen times learns their names by heart. A variant moves a report to
another country: its place names become those of places there, its country words those of that country, named parties become
other parties of the registry, other names become names of other reports. A name that stands several times is replaced by the
same one each time. Offsets follow the text.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from typing import Any

from dateline.knowledge import table
from dateline.resolve.actors import shipped
from dateline.resolve.countries import countries, country_words, people_forms
from dateline.resolve.gazetteer import load_gazetteer

Json = dict[str, Any]
PARTIES = ("actor", "target", "source")
LEAST_PEOPLE = 5_000  # of a place whose name is given to another
LEAST_PLACES = 12  # of a country that a report is moved to
WORD = re.compile(r"[^\W\d_](?:[\w’'.-]*\w)?")


@cache
def common() -> frozenset[str]:
    """Words of the language, which name nothing by themselves."""
    return frozenset(row["word"] for row in table("word_tags") if not row["tag"].startswith("NNP"))


@cache
def places() -> dict[str, list[str]]:
    """ISO 3166-1 alpha-3 → names of places with at least LEAST_PEOPLE people."""
    gazetteer = load_gazetteer()
    found: dict[str, list[str]] = defaultdict(list)
    starts = gazetteer.country_starts
    for number, code in enumerate(gazetteer.codes):
        end = starts[number + 1] if number + 1 < len(starts) else len(gazetteer.population)
        for i in range(starts[number], end):
            if gazetteer.population[i] >= LEAST_PEOPLE:
                name = bytes(gazetteer.display[gazetteer.display_at[i] : gazetteer.display_at[i + 1]]).decode()
                if len(name) > 2 and WORD.match(name):
                    found[code].append(name)
    return {code: names for code, names in found.items() if len(names) >= LEAST_PLACES and code in countries()}


@cache
def groups() -> tuple[dict[str, str], list[str]]:
    """(name in lower case → id of a registered party, names and short names of parties in turn)."""
    known, names = {}, []
    for actor in shipped().actors.values():
        for name in (actor.name, *(other.text for other in actor.aliases)):
            known[name.lower()] = actor.id
        names += [actor.name, *(other.text for other in actor.aliases[:1])]
    return known, names


class Swapper:
    """Makes variants of examples (data.py), with names of the other examples as a store of persons and bodies."""

    def __init__(self, rows: list[Json]) -> None:
        self.names = sorted({name for row in rows for name, kind in units(row).items() if kind == "party"})

    def variant(self, row: Json, seed: int) -> Json:
        """The example under other names; the same for the same seed."""
        rng = random.Random(f"{row['doc_id']} {seed}")
        text = row["text"]
        swaps = self.swaps(row, rng)
        if not swaps:
            return row
        text, moved = replaced(text, swaps)
        events = [
            event
            | {
                "trigger": [moved(span) for span in event["trigger"]],
                "roles": {role: [moved(span) for span in spans] for role, spans in event["roles"].items()},
            }
            for event in row["events"]
        ]
        return row | {"text": text, "events": events}

    def swaps(self, row: Json, rng: random.Random) -> dict[str, str]:
        """Name in lower case → its replacement."""
        home = rng.choice(sorted(places()))
        swaps = moved_countries(row["text"], home, rng)
        known, parties = groups()
        for name, kind in units(row).items():
            if kind == "place":
                swaps[name.lower()] = rng.choice(places()[home])
            elif name.lower() in known:
                swaps[name.lower()] = rng.choice(parties)
            elif self.names:
                swaps[name.lower()] = rng.choice(self.names)
        return swaps


def replaced(text: str, swaps: dict[str, str]) -> tuple[str, Callable[[list[int]], list[int]]]:
    """The text under the new names, and what moves a span into it; an end inside a name goes to the end of the name."""
    pattern = re.compile(r"\b(?:" + "|".join(re.escape(n) for n in sorted(swaps, key=len, reverse=True)) + r")\b", re.I)
    parts, olds, news, at, size = [], [0], [0], 0, 0  # olds, news: where kept and replaced pieces start, in turn
    for match in pattern.finditer(text):
        told = match.group()
        if told.lower() not in swaps or (told.islower() and not text.islower()):
            continue
        other = in_case_of(told, swaps[told.lower()], text.isupper())
        parts += [text[at : match.start()], other]
        size += match.start() - at
        at = match.end()
        olds += [match.start(), at]
        news += [size, size + len(other)]
        size += len(other)
    parts.append(text[at:])

    def moved(span: list[int]) -> list[int]:
        ends = []
        for position, is_end in zip(span, (False, True), strict=True):
            k = bisect_right(olds, position) - 1
            inside = k % 2 == 1 and position > olds[k]
            there = news[k + 1] if inside and is_end else news[k] + position - olds[k]
            ends.append(min([there, *news[k + 1 : k + 2]]))
        return ends

    return "".join(parts), moved


def in_case_of(told: str, other: str, shouted: bool) -> str:
    """`other` written as `told`: in capitals where it is no mere acronym, or small."""
    if told.isupper() and (shouted or len(told) > 5):
        return other.upper()
    return other.lower() if told.islower() else other


def moved_countries(text: str, home: str, rng: random.Random) -> dict[str, str]:
    """Country words of the text → those of other countries, the one named most becoming `home`."""
    words = country_words()
    told: dict[str, set[str]] = defaultdict(set)
    counts: Counter[str] = Counter()
    for match in WORD.finditer(text):
        found = words.get(match.group().lower())
        if found and (match.group()[0].isupper() or text.islower()):
            told[found[0]].add(match.group().lower())
            counts[found[0]] += 1
    others = [code for code in sorted(countries()) if countries()[code].people]
    rng.shuffle(others)
    swaps = {}
    for code, other in zip([code for code, _ in counts.most_common()], [home, *others], strict=False):
        there = countries()[other]
        for word in told[code]:
            people = words[word][1] == "people"
            forms = people_forms(there.people[0]) if there.people else ()
            if people and forms:
                swaps[word] = forms[-1] if word.endswith("s") and not word.endswith("ss") else forms[0]
            elif not people:
                swaps[word] = there.name
    return swaps


def units(row: Json) -> dict[str, str]:
    """Names within the values of an example, longest runs of words that are none of the language → `place` or `party`."""
    text, found = row["text"], {}
    cased = not text.isupper() and not text.islower()

    def is_name(word: str) -> bool:
        low = word.lower()
        return low not in common() and low not in country_words() and (not cased or word[0].isupper())

    for event in row["events"]:
        for role in ("place", *PARTIES):
            kind = "place" if role == "place" else "party"
            for start, end in event["roles"].get(role, ()):
                whole = text[start:end]
                known = kind == "party" and whole.lower() in groups()[0]
                for name in [whole] if known else runs(whole, is_name):
                    found.setdefault(name, kind)
    return found


def runs(whole: str, is_name: Callable[[str], bool]) -> list[str]:
    """Names of the words, each as long as nothing but a blank or a hyphen stands between them; three letters at least."""
    found: list[list[str]] = [[]]
    at = 0
    for match in WORD.finditer(whole):
        if not is_name(match.group()) or whole[at : match.start()] not in (" ", "-", "\n"):
            found.append([])
        if is_name(match.group()):
            found[-1].append(match.group())
        at = match.end()
    return [name for name in map(" ".join, found) if len(name) > 2]
