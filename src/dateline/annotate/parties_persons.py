"""Persons: by office ("Turkish President Tayyip Erdogan"), by rank, by role, by name alone, and the surname that follows."""

from __future__ import annotations

from dateline.annotate.parties_names import office_of
from dateline.annotate.parties_phrases import left_edge, qualities, skip_counts, told
from dateline.annotate.parties_scan import Mention, Scan
from dateline.annotate.parties_words import Noun, nouns
from dateline.types import PartyKind

PUBLIC_SORTS = frozenset(("official", "force"))


def find_persons(view: Scan) -> list[Mention]:
    """Persons with a title or rank, registry office holders, names told by a given name; then their surnames alone."""
    found = titled(view) + ranked(view)
    covered = {token for mention in found for token in range(mention.first, mention.last)}
    found += [m for m in holders(view) + given(view) if m.first not in covered]
    return found + surnames(view, found)


def titled(view: Scan) -> list[Mention]:
    found = []
    index = nouns()
    for at, low in enumerate(view.lows):
        for rest, noun in index.get(low, ()):
            last = at + 1 + len(rest)
            if rest and tuple(view.lows[at + 1 : last]) != rest:
                continue
            if not noun.plural and ("title" in noun.flags or noun.sort in ("people", "person", "official") and noun.lemma not in ("man", "people", "person")):
                mention = with_name(view, noun, at, last)
                if mention:
                    found.append(mention)
            break
    return found


def with_name(view: Scan, noun: Noun, at: int, last: int) -> Mention | None:
    """Title and name: the name follows, after "for/of COUNTRY" or a comma-less apposition."""
    end = view.sentence_last(at)
    name_at = last
    if name_at < end and view.lows[name_at] in ("for", "of", "to") and name_at + 1 < end:
        ahead = name_at + 2 if view.lows[name_at + 1] == "the" else name_at + 1
        if ahead in view.countries:
            name_at = view.countries[ahead][0]
    if "title" not in noun.flags and view.reading.upper and name_at < end and view.lows[name_at] not in view.words.given_names:
        return None
    name_last = name_end(view, name_at, end)
    size = name_last - name_at
    if size < 1 or "title" not in noun.flags and size < 2:
        return None
    if name_at in view.countries and size == view.countries[name_at][0] - name_at:
        return None
    first = left_edge(view, at)
    name_from = skip_counts(view, first, at)
    kind, country, _ = qualities(view, noun, name_from, last)
    public = noun.sort in PUBLIC_SORTS
    name = told(view, name_at, name_last)
    return person(view, first, name_last, name_last - 1, kind, name_case(view, name), country, public, name_at)


def name_case(view: Scan, name: str) -> str:
    return name.title() if view.reading.upper else name


def person(
    view: Scan, first: int, last: int, head: int, kind: PartyKind, name: str, country: str | None, public: bool, name_at: int
) -> Mention:
    holder = office_of(view, name_at, last)
    if holder:
        return Mention(first, last, head, "name", "government", holder.name, actors=(holder,), actor=holder, country=holder.country, generic=False, bare=False, person=name)
    return Mention(first, last, head, "person", kind, name, country=country, generic=False, bare=False, private=not public, person=name)


def name_end(view: Scan, at: int, end: int) -> int:
    """End of the person's name that begins at `at`: capitals, particles, initials; `at` itself when none begins."""
    last, i = at, at
    while i < end and i < at + 7:
        low, word = view.lows[i], view.reading.words[i]
        if low in view.words.particles and i + 1 < end and name_word(view, i + 1):
            i += 1
            continue
        if name_word(view, i):
            i += 1
            last = i
        elif word == "." and i > at and len(view.lows[i - 1]) == 1 and view.reading.starts[i] == view.reading.ends[i - 1]:
            i += 1
        elif word in "\"“'" and i + 2 < end and name_word(view, i + 1) and view.reading.words[i + 2] in "\"”'":
            i += 3
        else:
            break
    return last


def name_word(view: Scan, at: int) -> bool:
    low, word = view.lows[at], view.reading.words[at]
    if not word[0].isalpha() or low in view.words.not_name:
        return False
    if view.reading.upper:
        if low in view.words.upper_stop or view.tags[at] in ("VBD", "VBZ", "VBN", "IN", "DT", "CC", "MD", "TO", "RB", "WDT", "WP", "PRP", "PRP$", "VBG"):
            return low in view.words.given_names
        return low not in nouns() and at not in view.countries
    return word[0].isupper() and view.tags[at] not in ("IN", "DT", "PRP", "CC") and low not in view.words.org_heads


def ranked(view: Scan) -> list[Mention]:
    """Abbreviated ranks: "Lt. Gen. X", "Col X", "Mrs. Y"."""
    found = []
    ranks = view.words.ranks
    at = 0
    while at < len(view.lows):
        if view.lows[at] not in ranks or not (view.capital(at) or view.reading.upper):
            at += 1
            continue
        first, kind, end = at, ranks[view.lows[at]], view.sentence_last(at)
        while at < end and (view.lows[at] in ranks or view.lows[at] == "."):
            at += 1
        last = name_end(view, at, end)
        if last > at:
            name = name_case(view, told(view, at, last))
            found.append(person(view, first, last, last - 1, kind, name, None, kind != "civilians", at))  # type: ignore[arg-type]
            at = last
    return found


def holders(view: Scan) -> list[Mention]:
    """Office holders by their registry names."""
    found = []
    for at, (last, actors, _) in view.names.items():
        if actors[0].office:
            holder = actors[0]
            end = max(last, name_end(view, last, view.sentence_last(at)) if not view.reading.upper else last)
            found.append(
                Mention(at, end, last - 1, "name", "government", holder.name, actors=actors, actor=holder, country=holder.country, generic=False, bare=False, person=view.text(at, last))
            )
    return found


def given(view: Scan) -> list[Mention]:
    """Names that begin with a known given name and go on for at least one more word."""
    found = []
    until = 0
    for at, low in enumerate(view.lows):
        if at < until or low not in view.words.given_names or not name_word(view, at):
            continue
        last = name_end(view, at, view.sentence_last(at))
        if last - at < 2 or any(i in view.names or i in view.countries for i in range(at, last)):
            continue
        until = last
        name = name_case(view, view.text(at, last))
        found.append(Mention(at, last, last - 1, "person", "individual", name, generic=False, bare=False, private=True, person=name))
    return found


def surnames(view: Scan, found: list[Mention]) -> list[Mention]:
    """Later tellings by surname alone of persons told in full before."""
    known: dict[str, Mention] = {}
    taken: set[int] = set()
    for mention in found:
        taken.update(range(mention.first, mention.last))
        last = view.lows[mention.last - 1]
        if len(mention.person.split()) > 1 and len(last) > 2 and (last not in known or known[last].first > mention.first):
            known[last] = mention
    later = []
    for at, low in enumerate(view.lows):
        full = known.get(low)
        if full and at > full.first and at not in taken and (view.reading.upper or view.capital(at)) and at not in view.names:
            later.append(
                Mention(at, at + 1, at, "surname", full.kind, full.name, actors=full.actors, actor=full.actor, country=full.country, generic=False, bare=False, private=full.private, person=full.person)
            )
    return later
