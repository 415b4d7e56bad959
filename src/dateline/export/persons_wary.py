"""The wary reader: runs of capitalised words that may be private names, where the coder found no person.

A run is told by what stands in it or about it. Clear signs hold even for words that are a place somewhere: a word of a private
name met elsewhere, "his brother X", "seven-year-old X", "X, 34,", "X, a baker", "X's widow". Weaker ones hold where no place is
linked: a given name, a verb of fate ("killed X", "X died"), or two or more words that no word list knows.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from dateline.annotate.parties_words import nouns, party_words
from dateline.annotate.reading import Reading
from dateline.annotate.tags import tag_tables
from dateline.export.rewrite import Ranges
from dateline.export.tables import word_set
from dateline.knowledge import table, words
from dateline.resolve.countries import country_words
from dateline.resolve.sources import link_source
from dateline.types import Coding, Participant

CALENDAR = frozenset(
    name.lower() for name in (*calendar.day_name, *calendar.day_abbr, *calendar.month_name, *calendar.month_abbr, "sept")
)
PARTICLES, PLACED, DETERMINERS = word_set("particles"), word_set("placed"), word_set("determiners")
FATE, ENDS, BELONGS = word_set("fate"), word_set("ends"), word_set("belongs")
OFFICE, NO_OFFICE, BODIES = word_set("office"), word_set("no_office"), word_set("bodies")
NOT_PERSONS = word_set("not_persons")
HEADS, PUBLIC_BODIES, PRIVATE_OFFICE = word_set("heads"), word_set("public_bodies"), word_set("private_office")
SIDES = ("government", "party to the event", "civil monitor", "international", "media")
LONGEST = 7  # words of a name


class Known(Protocol):
    """What is known of private names so far: their words, and the cuts that hide them."""

    tokens: set[str]
    public: list[tuple[int, int]]

    @property
    def spans(self) -> list[tuple[int, int]]: ...


@dataclass(slots=True)
class Run:
    """Tokens `[first, last)` of one sentence: capitalised words with particles between them.

    `placed`: part of a linked place, or beside it. `shared`: one word that a public name of the report holds, too.
    """

    first: int
    last: int
    placed: bool
    shared: bool = False


@cache
def titles() -> dict[str, str]:
    """Words before a name to the role they tell."""
    return {row["title"]: row["role"] for row in table("export_roles")}


@cache
def kin() -> frozenset[str]:
    return frozenset(row["word"] for row in table("export_kin"))


def wary_names(reading: Reading, coding: Coding, known: Known) -> Iterator[tuple[int, int, int, str, bool]]:
    """(first, last, first of the role, role, whether the sign is a clear one) of private names, as token ranges."""
    for run in runs(reading, coding, known):
        sure = clear(reading, run, known)
        if sure or (not run.placed and likely(reading, run)):
            role_from, role = role_before(reading, run.first)
            yield run.first, run.last, role_from, role, sure


def runs(reading: Reading, coding: Coding, known: Known) -> Iterator[Run]:
    """Runs of capitalised words that are neither a public name nor cut already."""
    private = known.spans
    public = [(link.start, link.end) for link in coding.parties if not (link.private or link.generic)]
    public += [*known.public, *spelled(reading.text, coding)]
    hidden = Ranges(private)
    taken = Ranges([*private, *(span for span in public if not hidden.meet(*span))])
    words_public = {word for start, end in public for word in reading.text[start:end].split()}
    placed = [(link.start, link.end) for link in coding.places]
    placed += told_at(reading.text, {event.where.place.name for event in coding.events if event.where})
    where = Ranges(placed)
    for sentence in reading.sentences:
        at = sentence.first
        while at < sentence.last:
            last = run_end(reading, at, sentence.last, taken)
            first = past_opener(reading, at, last) if at == sentence.first else at
            if last > first and not known_name(reading, first, last):
                beside = where.meet(reading.starts[first] - 1, reading.ends[last - 1] + 1)
                yield Run(first, last, beside, last - first == 1 and reading.words[first] in words_public)
            at = max(last, at + 1)


def known_name(reading: Reading, first: int, last: int) -> bool:
    """Whether a run is an outlet or body of the registry, holds the name of a holder of high office, or words of no person."""
    lows = reading.lows[first:last]
    if holders().intersection(lows) or any(" ".join(lows[at : at + 2]) in holders() for at in range(len(lows) - 1)):
        return True
    if all(common(low) for low in lows) and not (last - first > 1 and given().intersection(lows)):
        before_noun = (tag_of(word_at(reading, last, 0)) or "").startswith(("NN", "JJ"))  # "a local Kurdish official"
        return before_noun or not person_before(reading, first) or all(low in country_words() for low in lows)
    return link_source(reading.text[reading.starts[first] : reading.ends[last - 1]]).entry is not None


@cache
def holders() -> frozenset[str]:
    """Names of holders of high office, and the surnames that news use alone, in lower case; a given name alone is none."""
    names = {name.lower() for row in table("party_holders") for name in (row["name"], *row.many("aliases"))}
    return frozenset(name.replace("-", " ") for name in names) | frozenset(name for name in names if name not in given())


def common(low: str) -> bool:
    """A word of the language, of a country or a people, or of a feast or faith: by itself no name of a person."""
    if low in given():
        return False
    listed = low in country_words() or low in NOT_PERSONS or low in BODIES or low in party_words().org_heads or low in nouns()
    return listed or tag_of(low) not in (None, "NNP", "NNPS", "FW")


def tag_of(low: str) -> str | None:
    return tag_tables().words.get(low)


def nameable(word: str, places: set[str]) -> bool:
    """Whether a word of a private name may be looked for alone: no word of the language, of a country or of a place told here."""
    return (
        len(word) > 2 and word[0].isupper() and word.lower() not in PARTICLES and not common(word.lower()) and word not in places
    )


def place_words(reading: Reading, coding: Coding) -> set[str]:
    """Words of the places that a report links, and of its events' places."""
    linked = {word for link in coding.places for word in reading.text[link.start : link.end].split()}
    named = {word for event in coding.events if event.where for word in event.where.place.name.split()}
    return linked | named


def spelled(text: str, coding: Coding) -> list[tuple[int, int]]:
    """Where the names of parties that are no private persons and of bodies that speak stand in the text."""
    events = coding.events
    names = {party.name for event in events for party in (*event.actors, *event.targets) if public_party(party)}
    names |= {voice.name for event in events for voice in event.sources if voice.stance == "claims" or voice.side in SIDES}
    return told_at(text, names)


def told_at(text: str, names: set[str]) -> list[tuple[int, int]]:
    """Where capitalised names stand in a text."""
    found = []
    for name in names:
        at = text.find(name) if name[:1].isupper() else -1
        while at >= 0:
            found.append((at, at + len(name)))
            at = text.find(name, at + len(name))
    return found


def public_party(party: Participant) -> bool:
    return not party.private and party.kind not in ("individual", "civilians")


def run_end(reading: Reading, at: int, stop: int, taken: Ranges) -> int:
    """End of the run that begins at token `at`; `at` itself when none does."""
    last = at
    while last < min(stop, at + LONGEST):
        step = last + 1 if last > at and reading.lows[last] in PARTICLES and last + 1 < stop else last
        if not capital(reading, step) or taken.meet(reading.starts[step], reading.ends[step]):
            break
        if last > at and reading.gaps[last] != " ":
            break
        last = step + 1
    return last


def past_opener(reading: Reading, first: int, last: int) -> int:
    """The run without a common word that has its capital from opening the sentence."""
    low = reading.lows[first]
    tag = tag_tables().words.get(low)
    if low.endswith("-year-old"):
        return first + 1
    if low in given() or (tag in (None, "NNP") and low not in nouns()):
        return first
    return first if tag == "NN" and last - first > 1 and low not in nouns() and low not in DETERMINERS else first + 1


def capital(reading: Reading, at: int) -> bool:
    """A capitalised word that is no day, month or country word's stop: Al-Khatib and al-Khatib too."""
    word = reading.words[at]
    if reading.lows[at] in CALENDAR or not word[0].isalpha():
        return False
    return word[0].isupper() or (word[:3] in ("al-", "el-") and word[3:4].isupper())


@cache
def given() -> frozenset[str]:
    return words("party_given_names")


# ---- signs ----------------------------------------------------------------------------------------------------------


def clear(reading: Reading, run: Run, known: Known) -> bool:
    """A word of a private name, another one right beside it, or a sign of a person right before or behind."""
    if not run.shared and any(reading.words[at] in known.tokens for at in range(run.first, run.last)):
        return True
    start, end = reading.starts[run.first] - 1, reading.ends[run.last - 1] + 1
    if any(start == last or end == first for first, last in known.spans):  # the coder took the surname alone
        return True
    one, two = word_at(reading, run.first, -1), word_at(reading, run.first, -2)
    if one == "and" and any(reading.starts[run.first] - 5 == last for _, last in known.spans):  # "[person] and X"
        return True
    belongs = one == "of" and two in BELONGS and (run.last - run.first > 1 or not run.placed)
    return belongs or person_before(reading, run.first) or person_behind(reading, run)


def person_before(reading: Reading, first: int) -> bool:
    """Whether a word before tells a person: "his brother X", "a resident, X", "named X", "Mrs. X", "seven-year-old X"."""
    one, two = word_at(reading, first, -1), word_at(reading, first, -2)
    if one in kin() or one in ("named", "nicknamed") or one in titles() or one.endswith("-year-old"):
        return True
    return (one == "." and two in titles()) or (one == "," and two in kin())


def person_behind(reading: Reading, run: Run) -> bool:
    """Whether an age, a noun or kin behind tells a person: "X, 34,", "X (34)", "X, a baker", "X's widow"."""
    if word_at(reading, run.first, -1) in PLACED and word_at(reading, run.first, -2) != "according":
        return False
    behind = [word_at(reading, run.last, step) for step in range(3)]
    if behind[0] in ("'s", "’s"):
        return behind[1] in kin()
    if behind[0] not in (",", "("):
        return False
    if behind[1].isdigit() and len(behind[1]) < 3:
        return behind[2] in (",", ".", "and", ")", "")
    return behind[0] == "," and behind[1] in ("a", "an", "aged") and bool(apposed(reading, run.last))


def likely(reading: Reading, run: Run) -> bool:
    """A given name, a verb of fate beside two words or one unknown one, or words that no list knows."""
    lows = reading.lows[run.first : run.last]
    if any(low in given() for low in lows):
        return True
    if (party_words().org_heads.keys() | BODIES | NOT_PERSONS) & set(lows):
        return False
    before, behind = word_at(reading, run.first, -1), word_at(reading, run.last, 0)
    unknown = [not common(low) for low in lows]
    if before in FATE or behind in ENDS:
        return len(lows) > 1 or all(unknown)
    if before in PLACED or before in DETERMINERS:
        return False
    if len(lows) > 1:
        apposed_to = behind == "," and word_at(reading, run.last, 1) in ("a", "an", "who", "whose")
        return all(unknown) or (any(unknown) and apposed_to)
    lone = reading.words[run.first]
    plain = lone.isalpha() and lone[1:].islower() and not reading.upper  # no acronym and no SeaWorld
    modifies = (tag_of(behind) or "").startswith("NN")  # "Baath party"
    return unknown[0] and bool(before) and plain and not modifies


def word_at(reading: Reading, at: int, step: int) -> str:
    """The lower-cased word some steps from token `at`, within its sentence; empty outside."""
    found = at + step
    base = at if at < len(reading.words) else at - 1
    sentence = reading.sentences[reading.sentence_of[base]] if step < 0 else reading.sentences[reading.sentence_of[at - 1]]
    return reading.lows[found] if sentence.first <= found < sentence.last else ""


def apposed(reading: Reading, at: int) -> str:
    """The noun of ", a 34-year-old baker" that begins at token `at`; empty when there is none."""
    lows = reading.lows
    if at >= len(lows) or lows[at] != ",":
        return ""
    for k in range(at + 1, min(at + 7, len(lows))):
        if lows[k] in (",", ".", "who"):
            return ""
        if person_noun(lows[k]):
            return lows[k]
    return ""


def person_noun(low: str) -> bool:
    return any(not rest and noun.sort in ("people", "person", "role") and not noun.plural for rest, noun in nouns().get(low, ()))


def office_holder(reading: Reading, first: int, last: int) -> bool:
    """Whether an office stands beside a name: "opposition leader X", "the governor of Y, X,", "X, head of the council".

    Kin of an office holder is none: "the wife of the governor, X".
    """
    if office_at(reading, first - 1):
        return True
    if role_before(reading, first)[0] < first:  # a doctor, whatever else
        return False
    if word_at(reading, first, -1) == ",":
        before = range(max(reading.sentences[reading.sentence_of[first]].first, first - 8), first - 1)
        return any(office_at(reading, at) for at in before) and not any(reading.lows[at] in kin() for at in before)
    if word_at(reading, last, 0) != ",":
        return False
    for at in range(last + 1, min(last + 6, len(reading.lows))):
        if office_at(reading, at):
            return True
        if reading.lows[at] in kin() or reading.lows[at] in (",", ".", "of"):
            return False
    return False


def office_at(reading: Reading, at: int) -> bool:
    """Whether token `at` is the head of a public office: governor, rebel leader; not community leader."""
    low = reading.lows[at] if at >= 0 else ""
    if low in HEADS and PUBLIC_BODIES.intersection(reading.lows[at + 1 : at + 6]):
        return True
    if low in OFFICE:
        return word_at(reading, at, -1) not in NO_OFFICE
    if low in PRIVATE_OFFICE:
        return False
    return any(not rest and noun.sort == "official" and not noun.plural for rest, noun in nouns().get(low, ()))


def role_before(reading: Reading, at: int) -> tuple[int, str]:
    """The role word before a name: "his brother X" gives "brother", and is cut together with the name."""
    one, two = word_at(reading, at, -1), word_at(reading, at, -2)
    if one in kin():
        return at - 1, one
    if one in titles():
        return at - 1, titles()[one]
    if one == "." and two in titles():
        return at - 2, titles()[two]
    return at, "person"
