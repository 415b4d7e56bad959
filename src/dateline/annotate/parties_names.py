"""Names: registry actors with the words around them, organisations told by their form, second names told later."""

from __future__ import annotations

from dateline.annotate.parties_aliases import Declared
from dateline.annotate.parties_phrases import NOUN_TAGS, hyphened
from dateline.annotate.parties_scan import Mention, Scan
from dateline.annotate.parties_states import acts
from dateline.annotate.parties_words import country_name, nouns
from dateline.resolve.actors import Actor
from dateline.resolve.countries import country_of

GROUP_WORDS = frozenset(
    ("group", "militia", "movement", "organization", "organisation", "faction", "cartel", "party", "rebels", "militants")
)


def find_named(view: Scan) -> list[Mention]:
    """Registry names with the words around them that say no more ("the Islamist group X", "X fighters", "X (ABC)")."""
    found = []
    for at, (last, actors, _) in view.names.items():
        if actors[0].office or not counts(view, at, last):
            continue
        first, backed_by = describe(view, at)
        head = last - 1
        if (
            last + 2 < len(view.lows)
            and view.lows[last] in "(["
            and view.lows[last + 2] in ")]"
            and view.reading.words[last + 1].isupper()
        ):
            last += 3
        if last < view.sentence_last(at):
            last, head = generic_tail(view, last, head)
        if head >= at and view.tags[head] in ("NNS", "NNPS"):
            first = before_counts(view, first)
        person_next = last < view.sentence_last(at) and "title" in title_flags(view, last)
        found.append(
            Mention(
                first if not person_next else at,
                last,
                head,
                "name",
                actors[0].kind,
                actors[0].name,
                actors=actors,
                backed_by=backed_by,
                plural=view.tags[head] in ("NNS", "NNPS"),
                generic=False,
                bare=False,
            )
        )
    return found


def before_counts(view: Scan, first: int) -> int:
    """Over the words of number before a name: "140 FMLN guerrillas" are the FMLN."""
    start = view.sentence_first(first)
    while first > start and (view.tags[first - 1] == "CD" or view.lows[first - 1] in view.words.counts):
        first -= 1
    return first


def counts(view: Scan, at: int, last: int) -> bool:
    """A name that is also a place's counts only where it acts, or stands before a head ("Puntland forces")."""
    if " ".join(view.lows[at:last]) not in view.words.place_like:
        return True
    start, end = view.sentence_first(at), view.sentence_last(at)
    before, following = (view.lows[at - 1] if at > start else ""), (view.lows[last] if last < end else "")
    return acts(view, at, last, before, following, start, end)


def title_flags(view: Scan, at: int) -> frozenset[str]:
    for rest, noun in nouns().get(view.lows[at], ()):
        if not rest:
            return noun.flags
    return frozenset()


def describe(view: Scan, at: int) -> tuple[int, str | None]:
    """First token of the description before a name, and the backer it tells."""
    first, start, backed_by = at, view.sentence_first(at), None
    while first > start:
        low = view.lows[first - 1]
        if ("-" in low and hyphened(view, low)) or (
            low in view.words.modifiers and view.tags[first - 1] in ("JJ", "NN", "NNP", "VBN")
        ):
            head, _, tail = view.reading.words[first - 1].rpartition("-")
            if tail.lower() in view.words.backing:
                patron = country_of(head)
                backed_by = country_name(patron) if patron else head
            first -= 1
        elif view.lows[first - 1] in GROUP_WORDS and first - 1 > start:
            first -= 1
        elif first - 1 in view.country_ends and first < at:
            first = view.country_ends[first - 1]
        else:
            break
    if first < at and low_of(view, first - 1) == "of" and low_of(view, first - 2) in view.words.generic_heads:
        return first - 2, backed_by
    if first == at:
        back = at - 1
        if low_of(view, back) == "the":
            back -= 1
        if (
            back > start
            and low_of(view, back) == "of"
            and low_of(view, back - 1) in view.words.generic_heads
            and not view.caseless
        ):
            return back - 1, backed_by
    return first, backed_by


def low_of(view: Scan, at: int) -> str:
    return view.lows[at] if at >= 0 else ""


def generic_tail(view: Scan, last: int, head: int) -> tuple[int, int]:
    """Take in a head that adds nothing: "Taliban fighters", "the Islamic State group's" militants."""
    end = view.sentence_last(head)
    at = last
    while (
        at < end
        and at < last + 2
        and (view.lows[at] in view.words.modifiers or view.lows[at] in view.words.generic_heads)
        and view.tags[at] in ("JJ", "NN", "NNP", "NNS", "NNPS")
    ):
        if view.lows[at] in view.words.generic_heads:
            following = view.tags[at + 1] if at + 1 < end else "."
            if (
                view.lows[at].endswith("s")
                or following not in ("NN", "NNS")
                or (at + 1 < end and view.lows[at + 1] in view.words.generic_heads)
            ):
                if at + 1 < end and view.lows[at + 1] in view.words.generic_heads and view.tags[at + 1] in NOUN_TAGS:
                    at += 1
                return at + 1, at
            return last, head
        at += 1
    return last, head


def find_organisations(view: Scan) -> list[Mention]:
    """Capitalised names with a head such as Front, Brigades, Ministry, and what follows with "of" or "for"."""
    found = []
    heads = view.words.org_heads
    for at, low in enumerate(view.lows):
        kind = heads.get(low)
        if kind is None or not view.capital(at):
            continue
        start, end = view.sentence_first(at), view.sentence_last(at)
        first, last = name_left(view, at, start), name_right(view, at + 1, end)
        if last - first < 2 or (first == start and last - first == 2 and view.lows[first] in view.words.modifiers):
            continue
        name = view.text(first, last)
        if (
            last + 2 <= end - 1
            and view.lows[last] in "(["
            and view.lows[last + 2] in ")]"
            and view.reading.words[last + 1].isupper()
        ):
            last += 3
        country = next(
            (view.countries[i][1] for i in range(first, last) if i in view.countries), view.words.home.get(name.lower())
        )
        first, _ = describe(view, first)
        found.append(Mention(first, last, at, "org", kind, name, country=country, generic=False, bare=False))
    return found


def name_left(view: Scan, at: int, start: int) -> int:
    first = at
    while first > start:
        low = view.lows[first - 1]
        if (
            view.named(first - 1)
            and low not in view.words.not_name
            and view.tags[first - 1] not in ("IN", "DT", "PRP", "VBD", "VBZ")
        ) or (
            low in ("of", "for", "and", "&")
            and first - 2 >= start
            and view.named(first - 2)
            and (view.lows[first - 2] in view.words.org_heads or view.lows[first - 2] in ("people", "national", "sons", "army"))
        ):
            first -= 1
        elif low in view.words.compass and first - 2 >= start and view.lows[first - 2] == "the" and view.capital(first - 1):
            return first - 1
        elif (
            low == "the" and first - 3 >= start and view.lows[first - 2] in ("of", "for") and starts_name(view, first - 3, start)
        ):
            first -= 2
        else:
            break
    while first < at and not view.named(first):
        first += 1
    return first


def starts_name(view: Scan, at: int, start: int) -> bool:
    """A capitalised plural or body before "of the": Sons of the, Movement for the."""
    return at > start and view.named(at) and (view.lows[at] in view.words.org_heads or view.lows[at].endswith("s"))


def name_right(view: Scan, last: int, end: int) -> int:
    while last < end:
        low = view.lows[last]
        if view.named(last) and low not in view.words.not_name:
            last += 1
        elif low in ("of", "for", "and", "&") and last + 1 < end:
            ahead = last + 2 if view.lows[last + 1] == "the" else last + 1
            if low == "and" or ahead >= end or not view.named(ahead) or view.lows[ahead] in view.words.not_name:
                break
            last = ahead + 1
        else:
            break
    return last


def office_of(view: Scan, first: int, last: int) -> Actor | None:
    """The office holder whose registry name stands within tokens `[first, last)`."""
    for at in range(first, last):
        if at in view.names and view.names[at][1][0].office:
            return view.names[at][1][0]
    return None


def find_repeats(view: Scan, mentions: list[Mention], names: list[Declared]) -> list[Mention]:
    """Later tellings of a second name that the text declares: "the URLF" after "Upper River Liberation Front (URLF)"."""
    known: dict[str, tuple[tuple[str, ...], Mention]] = {}
    for one in names:
        words = tuple(view.lows[one.alias[0] : one.alias[1]])
        if mentions[one.name].sort in ("org", "name", "group", "people"):
            known.setdefault(words[0], (words, mentions[one.name]))
    found: list[Mention] = []
    if not known:
        return found
    for at, low in enumerate(view.lows):
        if low in known and (view.caseless or view.capital(at)):
            words, full = known[low]
            last = at + len(words)
            if tuple(view.lows[at:last]) == words and at > full.first and view.lows[at - 1] not in "([":
                end, head = generic_tail(view, last, last - 1) if last < view.sentence_last(at) else (last, last - 1)
                name = view.text(at, last)
                found.append(Mention(at, end, head, "org", full.kind, name, country=full.country, generic=False, bare=False))
    return found
