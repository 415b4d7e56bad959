"""States, peoples and doers: countries and capitals that act, "three Americans", and who stands right before a deed."""

from __future__ import annotations

from dateline.annotate.parties_phrases import NOUN_TAGS, told
from dateline.annotate.parties_scan import Mention, Scan
from dateline.annotate.parties_words import capital_index, country_name, nouns
from dateline.resolve.countries import country_of


def find_states(view: Scan) -> list[Mention]:
    """Countries that act ("Turkey may launch", "accused Israel") and peoples ("three Americans")."""
    found = []
    for at, (last, iso3, use) in view.countries.items():
        start, end = view.sentence_first(at), view.sentence_last(at)
        before = view.lows[at - 1] if at > start else ""
        following = view.lows[last] if last < end else ""
        if use == "name":
            if acts(view, at, last, before, following, start, end):
                found.append(state(view, at, last, iso3))
                found[-1].back = speaks(view, last, end)
        elif people_head(view, at, last, before, following):
            found.append(
                Mention(
                    at,
                    last,
                    last - 1,
                    "people",
                    "civilians",
                    told(view, at, last),
                    country=iso3,
                    plural=view.lows[last - 1].endswith("s"),
                    bare=False,
                )
            )
    return found


def speaks(view: Scan, last: int, end: int) -> bool:
    """Whether the next verb is one of saying: then the state is a government that speaks, not a force."""
    return any(view.lows[i] in view.words.speech for i in range(last, min(end, last + 4)))


def find_capitals(view: Scan) -> list[Mention]:
    """A capital city that speaks or acts stands for its government ("Damascus denounced", "by Pyongyang")."""
    found = []
    capitals = capital_index()
    for at, low in enumerate(view.lows):
        if low in capitals and (view.caseless or view.capital(at)):
            start, end = view.sentence_first(at), view.sentence_last(at)
            before, following = (view.lows[at - 1] if at > start else ""), (view.lows[at + 1] if at + 1 < end else "")
            if (
                before in ("by", "between", "that", "")
                and following != ","
                and acts(view, at, at + 1, before, following, start, end)
            ):
                if following in view.words.not_name or not (
                    speaks(view, at + 1, end) or view.tags[min(at + 1, end - 1)] in ("VBZ", "MD")
                ):
                    continue
                found.append(state(view, at, at + 1, capitals[low]))
                found[-1].back = True
    return found


def state(view: Scan, at: int, last: int, iso3: str) -> Mention:
    return Mention(at, last, last - 1, "state", "government", country_name(iso3), country=iso3, generic=False, bare=False)


def acts(view: Scan, at: int, last: int, before: str, following: str, start: int, end: int) -> bool:
    words = view.words
    if before == "the":
        before = view.lows[at - 2] if at - 2 >= start else ""
    if last + 1 < end and view.tags[last] == "RB":
        following, last = view.lows[last + 1], last + 1
    if following in words.state_not_after or (before in ("-", "/") and not view.reading.gaps[at]):
        return False
    if addressed(view, at):
        return True
    if following == "and" and last + 1 in view.countries and view.countries[last + 1][2] == "name":
        other = view.countries[last + 1][0]
        return acts(view, last + 1, other, before, view.lows[other] if other < end else "", start, end)
    tag = view.tags[last] if last < end else "."
    if following in ("'s", "’s", "'"):
        ahead = [view.lows[i] for i in range(last + 1, min(end, last + 5))]
        return before not in words.state_not_before and last + 1 not in view.names and any(low in words.actions for low in ahead)
    if before in words.state_not_before:
        return before == "of" and view.lows[at - 2] in ("allies", "ally", "enemy", "behalf") if at - 2 >= start else False
    if before in words.state_before:
        return True
    if before in ("and", "or", ",") and at - 2 in view.country_ends:
        return (
            following in words.state_verbs
            or tag in ("VBD", "VBZ", "MD", "VBP")
            or view.lows[view.country_ends[at - 2] - 1] in words.state_before
            or addressed(view, view.country_ends[at - 2])
        )
    subject = at == start or before in (
        "",  # "Karim and Noor agreed": what stands before the first
        ",",
        "that",
        "and",
        "but",
        "while",
        "as",
        "because",
        "if",
        "whether",
        "say",
        "said",
        "says",
        "when",
        "which",
        "after",
        "before",
        ":",
        "—",
        "-",
        '"',
        "“",
        "”",
    )
    if following in (",", "and") and last + 1 < end and at == start:
        return any(view.tags[i] in ("VBD", "VBZ", "MD") for i in range(last, min(end, last + 14)))
    return (subject and (tag in ("VBD", "VBZ", "MD", "VBP") or following in words.state_verbs)) or (
        tag in ("VBZ", "MD") and before not in ("the",)
    )


def addressed(view: Scan, at: int) -> bool:
    """ "Called on Turkey": a demand to a state."""
    return view.lows[at - 1] == "on" and view.lows[at - 2] in view.words.callers if at - 2 >= view.sentence_first(at) else False


def people_head(view: Scan, at: int, last: int, before: str, following: str) -> bool:
    """A people word that is no adjective: "Syrians", "an American was", "two French"."""
    if (
        last < len(view.lows)
        and last < view.sentence_last(at)
        and (view.tags[last] in NOUN_TAGS | {"JJ", "CD"} or "-" in following)
    ):
        return False
    low = view.lows[last - 1]
    if following in ("and", "or", "/"):
        return low.endswith("s") and not low.endswith("ss")
    if (low.endswith("s") and not low.endswith("ss")) or view.tags[last - 1] in ("NNS", "NNPS"):
        return True
    return before in ("a", "an", "one") or (at > 0 and view.tags[at - 1] == "CD")


def find_doers(view: Scan) -> list[Mention]:
    """A nationality or party word right before a deed or a means: "regime shelling", "Syrian or Russian planes"."""
    found = []
    doers = view.words.doers
    for at, low in enumerate(view.lows):
        nation = view.countries.get(at)
        doer = doers.get(low)
        if not nation and not doer:
            continue
        last = nation[0] if nation else at + 1
        if nation and nation[2] == "name" and not (low in ("us", "u.s.", "uk", "united") or "." in low):
            continue
        if not before_deed(view, last, view.sentence_last(at)):
            continue
        if nation:
            mention = state(view, at, last, nation[1])
            mention.sort = "doer"
            found.append(mention)
        elif doer and not (at and view.tags[at - 1] in ("TO", "MD")):
            found.append(
                Mention(
                    at,
                    last,
                    at,
                    "doer",
                    doer[1],
                    doer[0],
                    lemma=doer[0].lower(),
                    plural=doer[0].endswith("s"),
                    bare=True,
                    definite=True,
                )
            )
    return found


def before_deed(view: Scan, at: int, end: int) -> bool:
    """Whether tokens from `at` reach a noun of deed, over at most four adjectives, other doers and "and"."""
    joined = False
    inner = {
        i for first in range(at, min(end, at + 5)) if first in view.countries for i in range(first + 1, view.countries[first][0])
    }
    for i in range(at, min(end, at + 5)):
        low = view.lows[i]
        if low in view.words.actions and view.tags[i] not in ("VBD", "VBZ", "VBG") and (low != "air" or i + 1 < end):
            return True
        if i in inner:
            continue
        if joined and any(noun.sort in ("force", "vehicle", "armed") and not rest for rest, noun in nouns().get(low, ())):
            return True
        if low in ("and", "or", "/"):
            ahead = i + 1
            if ahead >= end or not (ahead in view.countries or view.lows[ahead] in view.words.doers):
                return False
            joined = True
        elif (
            not (
                i in view.countries
                or low in view.words.doers
                or view.tags[i] in ("JJ", "NN", "VBN")
                or low in view.words.modifiers
            )
            or low in view.words.blocked_next
        ):
            return False
    return False


def find_held(view: Scan) -> list[Mention]:
    """Who holds: "the rebel-held northwest", "Houthi-controlled areas"."""
    found = []
    for at, word in enumerate(view.reading.words):
        if "-" not in word:
            continue
        head, _, tail = word.rpartition("-")
        if tail.lower() not in ("held", "controlled", "occupied"):
            continue
        held = view.words.held.get(head.lower())
        named = view.registry.named(head) if not held else []
        nation = None if held or named else country_of(head)
        if held:
            found.append(Mention(at, at + 1, at, "doer", held[1], held[0], lemma=held[0].lower(), plural=True, definite=True))
        elif named:
            found.append(
                Mention(at, at + 1, at, "name", named[0].kind, named[0].name, actors=tuple(named), generic=False, bare=False)
            )
        elif nation:
            found.append(state(view, at, at + 1, nation))
    return found
