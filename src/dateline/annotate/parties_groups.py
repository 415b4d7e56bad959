"""Groups no list knows, told by the words around their names: "fighters of the Lions of the Dune", "from the Black Standard".

The words of belonging and of fighting are data (`[belonging]` of `party_words.toml`); a capitalised phrase after them is a group.
"""

from __future__ import annotations

from dateline.annotate.parties_phrases import MONTHS_DAYS
from dateline.annotate.parties_scan import Mention, Scan
from dateline.types import PartyKind

LINKS = frozenset(("of", "for"))
LONGEST = 9  # words of a name


def find_groups(view: Scan) -> list[Mention]:
    """Groups by their members, by what is taken from them, and by what they claim; with every later telling of the same name."""
    found: dict[int, Mention] = {}
    for at, low in enumerate(view.lows):
        if low in view.words.belongs_by:
            group = after_member(view, at)
        elif low == "from":
            group = after_taking(view, at)
        elif low == "the" and not view.caseless:
            group = that_claims(view, at)
        else:
            continue
        if group is not None:
            found.setdefault(group.first, group)
    return [*found.values(), *again(view, list(found.values()))]


def after_member(view: Scan, at: int) -> Mention | None:
    """ "fighters of the X", "a commander with the X", "a cell loyal to the X": `at` is the preposition."""
    start, lows = view.sentence_first(at), view.lows
    if at <= start:
        return None
    head = lows[at - 1]
    strong, weak = head in view.words.members, head in view.words.posts
    if not (strong or weak) or (lows[at] != "of" and not (weak and head in view.words.speakers) and head != "loyal"):
        return None
    name_at, article = skip_words(view, at + 1)
    name = phrase_at(view, name_at, article=article)
    if name is None:
        return None
    first, last, tail = name
    if weak and not article:
        return None
    kind = kind_of(view, first, tail, view.words.members.get(head, "rebel group" if head in view.words.hiding else "unknown"))
    own = (strong and head != "loyal" and view.tags[at - 1] != "NN") or head in ("member", "members")
    return made(view, at - 1 if own else first, tail, first, last, kind, plural=own)


def after_taking(view: Scan, at: int) -> Mention | None:
    """ "recaptured the town from the X": a verb of taking stands before, in the same sentence."""
    start = view.sentence_first(at)
    if not any(low in view.words.taking for low in view.lows[max(start, at - 14) : at]):
        return None
    name_at, article = skip_words(view, at + 1)
    name = phrase_at(view, name_at, article=article) if article else None
    if name is None:
        return None
    first, last, tail = name
    return made(view, first, tail, first, last, kind_of(view, first, tail, "rebel group"))


def that_claims(view: Scan, at: int) -> Mention | None:
    """ "the X claimed responsibility", "the X said its fighters": who speaks so is a group in arms."""
    name = phrase_at(view, at + 1, article=True)
    if name is None:
        return None
    first, last, tail = name
    lows = view.lows[tail : min(view.sentence_last(at), tail + 5)]
    if lows[:1] == ["has"]:
        lows = lows[1:]
    claims = lows[:2] in (["claimed", "responsibility"], ["claims", "responsibility"])
    own = lows[:1] in (["said"], ["says"]) and lows[1:2] in (["its"], ["their"]) and lows[2:3] and lows[2] in view.words.members
    if not (claims or own):
        return None
    return made(view, first, tail, first, last, kind_of(view, first, tail, "rebel group"))


def skip_words(view: Scan, at: int) -> tuple[int, bool]:
    """Over "the", "a group called", "the outlawed": (first token that may begin a name, whether an article stood there)."""
    article = False
    for k in range(at, min(view.sentence_last(at - 1), at + 5)):
        if view.lows[k] in ("the", "a", "an"):
            article = True
        elif (
            view.capital(k)
            or view.caseless
            or not (
                view.lows[k] in view.words.modifiers
                or view.lows[k] in view.words.group_words
                or view.lows[k] in ("called", "named")
            )
        ):
            return k, article
    return at, article


def phrase_at(view: Scan, at: int, *, article: bool) -> tuple[int, int, int] | None:
    """The group's name that begins at token `at`: (first, end of the name, end with a word such as "militia"), or None.

    No country, registry name, person or place word begins or is it; one word alone needs "group" or "militia" behind it.
    """
    end = view.sentence_last(at - 1)
    if at >= end or at in view.names or not starts(view, at):
        return None
    last = capitals_end(view, at, end)
    tail = last
    while tail < end and tail < last + 2 and view.lows[tail] in view.words.group_words:
        tail += 1
    if last == at or (last - at == 1 and tail == last):
        return None
    if view.lows[last - 1] in view.words.landscape and not inner_of(view, at, last):
        return None
    if at in view.countries and (view.countries[at][0] >= last or view.lows[view.countries[at][0]] in view.words.org_heads):
        return None  # a country, or its army: found elsewhere
    if any(view.lows[i] in view.words.bodies for i in range(at, last)):
        return None
    return (at, last, tail) if article or inner_of(view, at, last) or tail > last else None


def starts(view: Scan, at: int) -> bool:
    if view.caseless:
        return view.lows[at] not in view.words.upper_stop
    month = view.lows[at] in MONTHS_DAYS and at + 1 < len(view.lows) and view.lows[at + 1].isdigit()
    return view.named(at) and (month or view.lows[at] not in view.words.not_name) and view.lows[at] not in view.words.ranks


def capitals_end(view: Scan, at: int, end: int) -> int:
    """End of the capitalised words from `at`, over inner "of the"; in capitals-only text up to a word such as ARMY or FRONT."""
    if view.caseless:
        for k in range(at, min(end, at + 6)):
            if view.lows[k] in view.words.org_heads:
                return k + 1
            if view.lows[k] in view.words.upper_stop - {"the"} and view.lows[k] not in LINKS:
                return at
        return at
    last = at
    while last < end and last - at < LONGEST:
        low = view.lows[last]
        if (
            view.named(last)
            or (low.isdigit() and last > at)
            or (low in ("'s", "’s") and last > at and view.named(min(last + 1, end - 1)))
        ):
            last += 1
        elif low in LINKS and last > at and last + 1 < end:
            ahead = last + 2 if view.lows[last + 1] == "the" and last + 2 < end else last + 1
            if ahead in view.countries or not view.named(ahead):
                break
            last = ahead + 1
        else:
            break
    while last > at and view.lows[last - 1] in MONTHS_DAYS and last - at > 1:
        last -= 1
    return last


def inner_of(view: Scan, first: int, last: int) -> bool:
    return any(view.lows[i] in LINKS for i in range(first + 1, last))


def kind_of(view: Scan, first: int, last: int, otherwise: PartyKind) -> PartyKind:
    """The kind that a word of the name tells ("Front", "militia"), else that of its members."""
    kinds = [view.words.org_heads[view.lows[i]] for i in range(first, last) if view.lows[i] in view.words.org_heads]
    told_kinds = [kind for kind in kinds if kind in ("rebel group", "political militia")]
    if otherwise == "unknown":
        return next(iter(told_kinds or kinds), otherwise)
    return told_kinds[0] if told_kinds else otherwise


def made(view: Scan, first: int, last: int, name_at: int, name_end: int, kind: PartyKind, *, plural: bool = False) -> Mention:
    name = view.text(name_at, name_end)
    name = " ".join(word.capitalize() for word in name.split()) if view.caseless else name
    country = next((view.countries[i][1] for i in range(name_at, name_end) if i in view.countries), None)
    head = first if first < name_at else last - 1
    return Mention(first, last, head, "org", kind, name, country=country, plural=plural, generic=False, bare=False)


def again(view: Scan, groups: list[Mention]) -> list[Mention]:
    """Every other telling of the names just learnt."""
    known: dict[str, tuple[list[str], Mention]] = {}
    for group in groups:
        words = group.name.replace("'s", " 's").replace("’s", " ’s").lower().split()
        if len(words) > 1:
            known.setdefault(words[0], (words, group))
    taken = {i for group in groups for i in range(group.first, group.last)}
    more = []
    for at, low in enumerate(view.lows):
        if low in known and at not in taken and (view.caseless or view.capital(at)):
            words, group = known[low]
            last = at + len(words)
            if view.lows[at:last] == words:
                more.append(
                    Mention(at, last, last - 1, "org", group.kind, group.name, country=group.country, generic=False, bare=False)
                )
    return more
