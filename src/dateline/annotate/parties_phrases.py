"""Descriptions: noun phrases around the nouns of `party_nouns.tsv` ("two police officers", "Turkish-backed Syrian rebels")."""

from __future__ import annotations

from dateline.annotate.parties_scan import Mention, Scan
from dateline.annotate.parties_words import Noun, country_name, nouns
from dateline.resolve.countries import country_of
from dateline.types import PartyKind

NOUN_TAGS = frozenset(("NN", "NNS", "NNP", "NNPS"))
OBJECTS = frozenset(("vehicle", "building", "infrastructure", "area"))
THINGS = OBJECTS | {"post"}
MODIFYING = NOUN_TAGS | {"JJ", "JJR", "JJS", "CD", "RBS"}
PARTICIPLES = frozenset(("VBN", "VBG", "VBD"))
BEFORE_PARTICIPLE = frozenset(("DT", "CD", "JJ", "JJR", "JJS", "PRP$", "POS", "RB", "RBS"))
MONTHS_DAYS = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "today",
        "yesterday",
        "tomorrow",
    ]
)


def find_phrases(view: Scan) -> list[Mention]:
    """All noun phrases with a party noun as head; they may overlap."""
    made = (phrase(view, noun, at, last) for at, last, noun in view.nouns if noun.sort != "none")
    return [mention for mention in made if mention]


def phrase(view: Scan, noun: Noun, at: int, last: int) -> Mention | None:
    """The phrase headed by the noun at tokens `[at, last)`, or None where the noun is no party here."""
    head = last - 1
    if head in view.inside or not nominal(view, noun, at, head) or compound(view, noun, last):
        return None
    first = left_edge(view, at)
    owner = owner_of(view, first)
    name_from = skip_counts(view, first, at)
    described = name_from < at
    counted = first < name_from
    before = view.lows[first - 1] if first > view.sentence_first(at) else ""
    definite = before in ("the", "this", "that", "these", "those") or owner is not None
    if owner is not None:
        first, described = owner, True
        name_from = owner
    if "weak" in noun.flags and not (
        described or counted or (definite and ("back" in noun.flags or noun.plural or noun.sort == "official"))
    ):
        return None
    if place_phrase(view, noun, name_from, at, last, counted=counted):
        return None
    kind, country, backed_by = qualities(view, noun, name_from, last)
    if kind in ("unknown", "civilians") and not noun.plural and ("lone" in noun.flags or attacks_alone(view, noun, first, last)):
        kind = "individual"
    if "fights" in noun.flags and noun.plural:
        flown = flown_by(view, name_from, at, country)
        if flown:
            return Mention(
                first, last, head, flown[0], flown[1], flown[2], country=country, lemma=flown[2], bare=False, generic=not country
            )
    last = origin(view, noun, last)
    of_holder = noun.lemma in ("government", "regime", "administration") and any(
        i in view.names and view.names[i][1][0].office for i in range(name_from, at)
    )
    return Mention(
        first,
        last,
        head,
        noun.sort,
        kind,
        told(view, name_from, last),
        country=country,
        backed_by=backed_by,
        lemma=noun.lemma,
        plural=noun.plural,
        definite=definite,
        owned=before in ("its", "their"),
        ruled=of_holder,
        bare=not described,
        back="back" in noun.flags and "weak" not in noun.flags,
    )


def place_phrase(view: Scan, noun: Noun, first: int, at: int, last: int, *, counted: bool) -> bool:
    """A town or province told by where it lies is a place, no party: "the Somali town of X", "Kayah state"."""
    if noun.lemma in view.words.provinces and not noun.plural and first < at:
        before = at - 1
        of_place = at > first and before in view.country_ends and last < view.sentence_last(at) and view.lows[last] == "of"
        unlisted = (
            before not in view.country_ends
            and before not in view.name_ends
            and (view.capital(before) or (view.caseless and noun.lemma != "state"))
            and view.lows[before] not in nouns()
            and view.lows[before] not in view.words.modifiers
            and view.lows[before] not in view.words.offices
        )
        return of_place or unlisted
    if noun.lemma not in view.words.settlements or counted or first == at:
        return False
    lies = view.words.where_words
    return all(
        i in view.country_ends or i in view.countries or view.lows[i] in lies or view.lows[i] in ("'s", "’s")
        for i in range(first, at)
    )


def attacks_alone(view: Scan, noun: Noun, first: int, last: int) -> bool:
    """ "A man stabbed", "shot by a man": one man who does it is an individual, whom it strikes is a civilian."""
    if noun.lemma not in ("man", "youth", "teenager"):
        return False
    by = first - 2 >= 0 and view.lows[first - 2] == "by"
    return by or (
        last < view.sentence_last(first) and view.tags[last] == "VBD" and view.lows[last] not in ("was", "were", "had", "died")
    )


def flown_by(view: Scan, first: int, at: int, country: str | None) -> tuple[str, PartyKind, str] | None:
    """Whose warplanes they are: "Russian jets" are Russia, "regime helicopters" the government: (sort, kind, name)."""
    if country:
        return "doer", "government", country_name(country)
    doer = next((view.words.doers[view.lows[i]] for i in range(first, at) if view.lows[i] in view.words.doers), None)
    return ("doer", doer[1], doer[0]) if doer else None


def origin(view: Scan, noun: Noun, last: int) -> int:
    """Refugees and migrants belong with where they came from: "refugees from Syria"."""
    if (
        "victim" in noun.flags
        and last + 1 < view.sentence_last(last - 1)
        and view.lows[last] == "from"
        and last + 1 in view.countries
    ):
        return view.countries[last + 1][0]
    return last


def nominal(view: Scan, noun: Noun, at: int, head: int) -> bool:
    """Whether the word is used as a noun here."""
    tag, low = view.tags[head], view.lows[head]
    before = view.tags[at - 1] if at > view.sentence_first(at) else ""
    to = at > view.sentence_first(at) and view.lows[at - 1] == "to"
    if "verb" in noun.flags and (before in ("MD", "PRP") or (to and not noun.plural)):
        return False
    if at == head and tag in ("VB", "VBP", "VBZ", "VBD", "VBN", "VBG", "MD", "IN", "RB", "TO"):
        if "verb" in noun.flags or tag in ("IN", "RB", "TO", "MD") or low.endswith("ed"):
            return before in ("DT", "JJ", "CD") and tag not in ("VBD", "VBZ")
        return before not in ("TO", "MD", "PRP")
    if at == head and "verb" in noun.flags and tag not in NOUN_TAGS:
        return before in ("DT", "JJ", "CD", "PRP$", "POS")
    if at == head and tag == "JJ" and not noun.plural:  # "civilian", "militant", "Christian" as adjectives
        following = view.tags[head + 1] if head + 1 < view.sentence_last(at) else "."
        return (
            following not in NOUN_TAGS
            and following != "JJ"
            and (before in ("DT", "PRP$", "POS", "CD", "JJ", "") or following in ("VBD", "VBZ"))
        )
    return True


def compound(view: Scan, noun: Noun, last: int) -> bool:
    """Whether the noun only stands before another noun ("car bomb", "school curriculum", "police source")."""
    if last >= view.sentence_last(last - 1):
        return False
    low, tag = view.lows[last], view.tags[last]
    if low in view.words.blocked_next and tag not in ("VBD", "VBZ"):
        return True
    if (noun.plural and noun.lemma not in ("police", "military")) or tag not in ("NN", "NNS"):
        return False
    if low in nouns():
        return True  # the longer phrase is found from its own head
    if low in view.words.actions:
        return noun.sort in ("vehicle", "force", "body", "armed") or (noun.sort == "people" and "mod" not in noun.flags)
    return noun.sort in THINGS or (noun.sort == "people" and "mod" in noun.flags and not low.endswith("ed"))


def left_edge(view: Scan, at: int) -> int:
    """First token of the words that describe the noun at `at`: adjectives, nouns, numbers, participles; no article."""
    start = view.sentence_first(at)
    first = at
    while first > start:
        before = first - 1
        if (
            first < at
            and counting(view, first)
            and not (counting(view, before) or view.lows[before] in ("least", "than", "to", "of"))
        ):
            break
        if view.lows[first : first + 2] == ["at", "least"]:
            break
        if view.lows[before] == "dead" and before > start and view.lows[before - 1] in view.words.fates:
            break  # "shot dead | activist X"
        if modifies(view, before, start):
            first = view.country_ends.get(before, before)
        elif (
            view.lows[before] == "of"
            and before > start
            and view.lows[before - 1] in view.words.quantity_of
            and counts_before(view, before - 1)
        ):
            first = before - 1
        elif (
            (
                view.lows[before] == ","
                and first - 2 >= start
                and view.tags[first - 2] in ("JJ", "VBN")
                and view.tags[first] in ("JJ", "VBN")
            )
            or (
                view.lows[before] in ("than", "to")
                and view.tags[first] == "CD"
                and first - 2 >= start
                and view.tags[first - 2] in ("CD", "JJR")
            )
            or (view.lows[before] == "least" and view.lows[before - 1] == "at" and before > start)
        ):
            first -= 2
        else:
            break
    while first < at and (
        view.lows[first] in (",", "of", "that") or (view.tags[first] in ("RB", "POS") and view.lows[first] != "at")
    ):
        first += 1
    return first


def counting(view: Scan, at: int) -> bool:
    """A word of number: nothing but more words of number stands to its left in a phrase."""
    return view.tags[at] == "CD" or (
        view.lows[at] in view.words.counts and view.lows[at] not in ("other", "further", "first", "second", "third")
    )


def counts_before(view: Scan, at: int) -> bool:
    """A word of number before "of": dozens of, two of; "members of" only without an article behind is a count too."""
    return view.lows[at] in view.words.counts or view.lows[at] in (
        "group",
        "groups",
        "band",
        "bands",
        "crowd",
        "crowds",
        "gang",
        "mob",
        "handful",
        "members",
        "number",
        "convoy",
        "majority",
        "couple",
    )


def modifies(view: Scan, at: int, start: int) -> bool:
    low, tag = view.lows[at], view.tags[at]
    if low in view.words.determiners or low in MONTHS_DAYS or low == "least":
        return low in ("some", "another", "other", "both", "no")
    if at in view.name_ends and not view.caseless and view.name_ends[at] < at:
        return True
    if not low[0].isalnum():
        return False
    if low in view.words.modifiers or low in view.words.counts or at in view.country_ends:
        return tag not in ("VBD", "VBZ", "VBP", "VB") or (tag == "VBD" and at > start and view.tags[at - 1] in BEFORE_PARTICIPLE)
    if "-" in low and hyphened(view, low):
        return True
    if tag in PARTICIPLES:
        return at > start and view.tags[at - 1] in BEFORE_PARTICIPLE and view.lows[at - 1] not in ("that", "this")
    if tag == "CD" or low[0].isdigit():
        return True
    if tag in ("JJ", "JJS", "JJR"):
        return True
    if tag in ("NNP", "NNPS"):
        return view.caseless or (view.capital(at) and low not in view.words.not_name)
    return tag == "NN" and (
        at + 1 < len(view.lows) and (low in nouns() or view.tags[at - 1 if at else 0] in ("DT", "JJ", "CD", "NN", "NNP", "IN"))
    )


def hyphened(view: Scan, low: str) -> bool:
    head, _, tail = low.rpartition("-")
    return tail in view.words.hyphen_endings or head.split("-")[0] in view.words.hyphen_starts


def owner_of(view: Scan, first: int) -> int | None:
    """First token of an owner that belongs to the phrase ("Syria's army", "Bashar Assad's forces"), else None."""
    before = first - 1
    if before <= view.sentence_first(first) or view.lows[before] not in ("'s", "’s", "'", "’"):
        return None
    if before - 1 in view.country_ends:
        return view.country_ends[before - 1]
    if before - 1 in view.name_ends and view.names[view.name_ends[before - 1]][1][0].office:
        owner = view.name_ends[before - 1]
        return owner - 1 if owner > view.sentence_first(first) and title(view.lows[owner - 1]) else owner
    if before - 1 in view.leaders:
        return before - 1
    return None


def title(low: str) -> bool:
    """An office that may stand before a holder's name."""
    return any(not rest and "title" in noun.flags for rest, noun in nouns().get(low, ()))


def skip_counts(view: Scan, first: int, at: int) -> int:
    """The first word that says more than how many."""
    while first < at and (
        view.lows[first] in view.words.counts
        or (view.tags[first] == "CD" and view.reading.gaps[first + 1])  # not "1st"
        or view.lows[first] in ("of", "at", "to", "than", "no", "-", "another")
        or (first + 1 < at and view.lows[first + 1] == "of")
        or view.lows[first] in view.words.determiners
    ):
        first += 1
    return first


def told(view: Scan, first: int, last: int) -> str:
    """The words without article and number; a capital that only opens the sentence is taken back."""
    text = view.text(first, last)
    if view.caseless:
        return text.lower() if first not in view.countries else text.title()
    low = view.lows[first]
    begins = first == view.sentence_first(first) or view.reading.sentence_of[first] in view.titled
    common = low in nouns() or low in view.words.modifiers or view.tags[first] not in ("NNP", "NNPS")
    named = first in view.countries or first in view.names or low in view.words.proper
    plain = view.reading.words[first].istitle() and "-" not in text.split()[0][1:]
    if begins and common and not named and plain:
        return text[0].lower() + text[1:]
    return text[0].lower() + text[1:] if low.rpartition("-")[0] in view.words.held else text


def qualities(view: Scan, noun: Noun, first: int, last: int) -> tuple[PartyKind, str | None, str | None]:
    """Kind, country and backer from the words before the head."""
    kind, country, backed_by = noun.kind, None, None
    turned = False
    for at in range(first, last - 1):
        low = view.lows[at]
        turn = view.words.turns.get((low, noun.lemma)) or view.words.turns.get((low, noun.sort))
        if turn and not turned:
            kind, turned = turn, True
        if at in view.countries:
            country = view.countries[at][1]
        elif "-" in low:
            head, _, tail = view.reading.words[at].rpartition("-")
            if tail.lower() in view.words.backing:
                patron = country_of(head.capitalize() if head.isupper() and len(head) > 3 else head)
                backed_by = country_name(patron) if patron else head
            elif not country and tail.lower() in ("born", "speaking"):
                country = country_of(head)
            held = view.words.held.get(head.lower()) if tail.lower() in ("held", "controlled", "occupied", "run") else None
            if held and noun.sort in ("post", "area"):
                kind = held[1]
        elif at in view.names and not view.names[at][1][0].office:
            kind = view.names[at][1][0].kind if noun.sort in ("post", "area", "armed", "force", "group") else kind
        elif at in view.names:
            kind = "state force" if noun.sort in ("force", "armed") else kind
            country = country or view.names[at][1][0].country
    return kind, country, backed_by
