"""Persons: by office ("Turkish President Tayyip Erdogan"), by rank, by role, by name alone, and the surname that follows."""

from __future__ import annotations

from dateline.annotate.parties_names import office_of
from dateline.annotate.parties_phrases import left_edge, qualities, skip_counts, title, told
from dateline.annotate.parties_scan import Mention, Scan
from dateline.annotate.parties_words import Noun, nouns
from dateline.annotate.tags import tag_tables
from dateline.resolve.actors import fold
from dateline.types import PartyKind

NO_NAME = frozenset(["VB", "VBP", "VBD", "VBZ", "VBN", "VBG", "IN", "DT", "CC", "MD", "TO", "RB", "WDT", "WP", "PRP", "PRP$"])
PUBLIC_SORTS = frozenset(("official", "force"))


def find_persons(view: Scan) -> list[Mention]:
    """Persons with a title or rank, registry office holders, names told by a given name; then their surnames alone."""
    found = titled(view) + ranked(view)
    covered = {token for mention in found for token in range(mention.first, mention.last)}
    for finder in (holders, given, cued):
        more = [m for m in finder(view) if covered.isdisjoint(range(m.first, m.last))]
        found += more
        covered.update(token for mention in more for token in range(mention.first, mention.last))
    found += listed(view, found, covered)
    mark_leaders(view, found)
    return found + surnames(view, found)


def mark_leaders(view: Scan, found: list[Mention]) -> None:
    """Leaders of registry actors are public persons."""
    for mention in found:
        actor = view.leaders.get(mention.last - 1)
        if actor and mention.sort == "person" and any(fold(leader)[-2:] == fold(mention.person)[-2:] for leader in actor.leaders):
            mention.private, mention.country = False, mention.country or actor.country


def titled(view: Scan) -> list[Mention]:
    """Persons whose office or role stands before the name."""
    found = []
    for at, last, noun in view.nouns:
        if noun.plural or not ("title" in noun.flags or plain_role(noun)):
            continue
        mention = with_name(view, noun, at, last)
        if mention:
            found.append(mention)
    return found


def plain_role(noun: Noun) -> bool:
    return (
        noun.sort in ("people", "person", "official")
        and "weak" not in noun.flags
        and noun.lemma not in ("man", "people", "person")
    )


def with_name(view: Scan, noun: Noun, at: int, last: int) -> Mention | None:
    """Title and name: the name follows, after "for/of COUNTRY" or a comma-less apposition."""
    end = view.sentence_last(at)
    name_at = last
    if name_at < end and view.lows[name_at] in ("for", "of", "to") and name_at + 1 < end:
        ahead = name_at + 2 if view.lows[name_at + 1] == "the" else name_at + 1
        if ahead in view.countries:
            name_at = view.countries[ahead][0]
        elif ahead in view.names and not view.names[ahead][1][0].office:
            name_at = view.names[ahead][0]
    if "title" not in noun.flags and view.caseless and name_at < end and view.lows[name_at] not in view.words.given_names:
        return None
    while name_at < end and (view.lows[name_at] in view.words.ranks or (view.lows[name_at] == "." and name_at > last)):
        name_at += 1  # "Prime Minister Dr. X"
    name_last = name_end(view, name_at, end)
    size = name_last - name_at
    if size < 1 or ("title" not in noun.flags and size < 2):
        return None
    if name_at in view.countries and size == view.countries[name_at][0] - name_at:
        return None
    if placelike(view, at, name_last):
        return None
    name_at = past_titles(view, name_at, name_last)
    first = left_edge(view, at)
    name_from = skip_counts(view, first, at)
    kind, country, _ = qualities(view, noun, name_from, last)
    public = noun.sort in PUBLIC_SORTS
    name = told(view, name_at, name_last)
    return person(view, first, name_last, name_last - 1, kind, name_case(view, name), country, public, name_at)


def placelike(view: Scan, at: int, last: int) -> bool:
    """Whether "Sheikh X" is a place: X area, in Sheikh X."""
    if last < view.sentence_last(at) and view.lows[last] in view.words.place_after:
        return True
    lone = view.lows[at] in ("sheikh", "king", "prince", "queen", "general", "imam", "president")
    return lone and at > view.sentence_first(at) and view.lows[at - 1] in view.words.place_before


def past_titles(view: Scan, at: int, last: int) -> int:
    """The name behind further titles ("spokesman Colonel Chris Garver")."""
    while at + 1 < last and (title(view.lows[at]) or view.lows[at] in view.words.ranks or view.lows[at] == "."):
        at += 1
    return at


def name_case(view: Scan, name: str) -> str:
    return name.title() if view.caseless else name


def person(
    view: Scan, first: int, last: int, head: int, kind: PartyKind, name: str, country: str | None, public: bool, name_at: int
) -> Mention:
    holder = office_of(view, name_at, last)
    if holder:
        return Mention(
            first,
            last,
            head,
            "name",
            "government",
            holder.name,
            actors=(holder,),
            actor=holder,
            country=holder.country,
            generic=False,
            bare=False,
            person=name,
        )
    return Mention(
        first, last, head, "person", kind, name, country=country, generic=False, bare=False, private=not public, person=name
    )


def name_end(view: Scan, at: int, end: int) -> int:
    """End of the person's name that begins at `at`: capitals, particles, initials; `at` itself when none begins."""
    last, i = at, at
    while i < end and i < at + 7:
        low, word = view.lows[i], view.reading.words[i]
        if low in view.words.particles and i > at - 1 and i + 1 < end:
            ahead = i + 2 if view.lows[i + 1] in view.words.particles and i + 2 < end else i + 1
            if name_word(view, ahead):
                i = ahead
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
    if view.caseless:
        known = tag_tables().words.get(low)
        if (
            low not in view.words.upper_stop
            and (known is None or known == "NNP")
            and low not in nouns()
            and at not in view.countries
        ):
            return not low.endswith("-") and "-" not in low[:2]
        if low in view.words.upper_stop or view.tags[at] in NO_NAME:
            return low in view.words.given_names and low not in view.words.upper_stop
        return low not in nouns() and at not in view.countries
    return (
        view.named(at)
        and at not in view.countries
        and view.tags[at] not in ("IN", "DT", "PRP", "CC")
        and low not in view.words.org_heads
    )


def ranked(view: Scan) -> list[Mention]:
    """Abbreviated ranks: "Lt. Gen. X", "Col X", "Mrs. Y"."""
    found = []
    ranks = view.words.ranks
    at = 0
    lows = view.lows
    while at < len(lows):
        if lows[at] not in ranks or not (view.capital(at) or view.caseless):
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
            end = max(last, name_end(view, last, view.sentence_last(at)) if not view.caseless else last)
            found.append(
                Mention(
                    at,
                    end,
                    last - 1,
                    "name",
                    "government",
                    holder.name,
                    actors=actors,
                    actor=holder,
                    country=holder.country,
                    generic=False,
                    bare=False,
                    person=view.text(at, last),
                )
            )
    return found


def given(view: Scan) -> list[Mention]:
    """Names that begin with a known given name and go on for at least one more word."""
    found = []
    until = 0
    for at, low in enumerate(view.lows):
        if low not in view.words.given_names or at < until or not name_word(view, at):
            continue
        last = name_end(view, at, view.sentence_last(at))
        first = at
        while (
            first > view.sentence_first(at)
            and view.lows[first - 1] in ("abu", "umm", "sheikh", "mullah")
            and (view.caseless or view.capital(first - 1))
        ):
            first -= 1
        if (
            last - first < 2
            or placelike(view, first, last)
            or any(i in view.names or i in view.countries for i in range(first, last))
        ):
            continue
        until = last
        found.append(private_person(view, first, last))
    return found


def private_person(view: Scan, first: int, last: int) -> Mention:
    name = name_case(view, view.text(first, last))
    return Mention(first, last, last - 1, "person", "individual", name, generic=False, bare=False, private=True, person=name)


def cued(view: Scan) -> list[Mention]:
    """Names of two to five words shown to be a person's by an age, a verb of saying or of fate, or a role before them."""
    found = []
    at, size = 0, len(view.lows)
    while at < size:
        if not proper(view, at):
            at += 1
            continue
        end = view.sentence_last(at)
        last = at
        while last < end and (
            proper(view, last) or (view.lows[last] in view.words.particles and last + 1 < end and proper(view, last + 1))
        ):
            last += 1
        if (
            2 <= last - at <= 5
            and not placelike(view, at, last)
            and person_cue(view, at, last, end)
            and not any(i in view.names or i in view.countries for i in range(at, last))
        ):
            mention = private_person(view, at, last)
            mention.last = office_end(view, last, end)
            found.append(mention)
        at = last
    return found


def office_end(view: Scan, at: int, end: int) -> int:
    """End of the office told behind a name without a comma: "X Y | the president of the federation"; `at` when none is."""
    noun_at = at + 1 if at < end and view.lows[at] in ("the", "a", "an") else at
    if noun_at >= end or not human(view, noun_at) or view.capital(noun_at):
        return at
    last = noun_at + 1
    while last + 1 < end and view.lows[last] in ("of", "at", "in", "for"):
        k = last + 1
        while k < end and (
            view.tags[k] in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$") or view.capital(k) or view.tags[k - 1] == "DT"
        ):
            k += 1
        while k > last + 1 and view.tags[k - 1] in ("DT", "PRP$", "POS"):
            k -= 1
        if k == last + 1:
            break
        last = k
    return last


def proper(view: Scan, at: int) -> bool:
    """A word that can only be a name: in capitals-only text, one that no word list knows in lower case."""
    if not (view.caseless or view.reading.words[at][0].isupper()):
        return False
    low = view.lows[at]
    if not low[0].isalpha() or low in view.words.not_name or low in nouns() or low in view.words.org_heads:
        return False
    if view.caseless:
        known = tag_tables().words.get(low)
        return (known is None or known in ("NNP", "NNPS")) and low not in view.words.upper_stop and "-" not in low
    return view.named(at) and view.tags[at] in ("NNP", "NNPS", "FW")


def person_cue(view: Scan, first: int, last: int, end: int) -> bool:
    before = view.lows[first - 1] if first > view.sentence_first(first) else ""
    following = view.lows[last] if last < end else ""
    if before in ("in", "at", "near", "from", "to", "of", "around", "outside"):
        return following == "," and last + 2 < end and view.lows[last + 1].isdigit() and view.lows[last + 2] in (",", ".")
    if following in view.words.person_after:
        return True
    if (
        following == ","
        and last + 1 < end
        and (
            (view.lows[last + 1].isdigit() and len(view.lows[last + 1]) < 3)
            or view.lows[last + 1] in ("who", "whose", "aged")
            or view.lows[last + 1].endswith("-year-old")
        )
    ):
        return True
    if following == "(" and last + 2 < end and view.lows[last + 1].isdigit() and len(view.lows[last + 1]) == 2:
        return True
    if before in ("as", "named", "called") and first - 2 >= 0 and (before != "as" or view.lows[first - 2] == "identified"):
        return True
    if office_end(view, last, end) > last:
        return True
    role = first - 2 if before == "," else first - 1
    return (role >= view.sentence_first(first) and before in (",", view.lows[role]) and human(view, role)) or before.endswith(
        "-year-old"
    )


def human(view: Scan, at: int) -> bool:
    for rest, noun in nouns().get(view.lows[at], ()):
        if not rest:
            return (
                not noun.plural
                and noun.sort in ("people", "person", "official", "role")
                and view.lows[at] not in ("people", "person")
            )
    return False


def listed(view: Scan, found: list[Mention], covered: set[int]) -> list[Mention]:
    """Names that stand in one list with persons: "A B, C D and E F"."""
    more: list[Mention] = []
    queue = [mention.last for mention in found if mention.person]
    while queue:
        at = queue.pop()
        if at >= len(view.lows) or view.lows[at] not in (",", "and") or at >= view.sentence_last(at - 1):
            continue
        first = at + 2 if view.lows[at] == "," and at + 1 < len(view.lows) and view.lows[at + 1] == "and" else at + 1
        end, last = view.sentence_last(at), first
        while last < end and (
            proper(view, last)
            or (last > first and view.lows[last] in view.words.particles and last + 1 < end and proper(view, last + 1))
        ):
            last += 1
        if (
            2 <= last - first <= 5
            and covered.isdisjoint(range(first, last))
            and not any(i in view.names or i in view.countries for i in range(first, last))
        ):
            more.append(private_person(view, first, last))
            covered.update(range(first, last))
            queue.append(last)
    return more


def surnames(view: Scan, found: list[Mention]) -> list[Mention]:
    """Later tellings by surname alone of persons told in full before."""
    known: dict[str, Mention] = {}
    taken: set[int] = set()
    for mention in found:
        taken.update(range(mention.first, mention.last))
        if len(mention.person.split()) < 2:
            continue
        for low in {view.lows[mention.last - 1], mention.person.split()[0].lower()}:
            alone = low in view.words.given_names or low == view.lows[mention.last - 1]
            if alone and len(low) > 2 and (low not in known or known[low].first > mention.first):
                known[low] = mention
    later = []
    for at, low in enumerate(view.lows):
        full = known.get(low)
        if full and at > full.first and at not in taken and (view.caseless or view.capital(at)) and at not in view.names:
            later.append(
                Mention(
                    at,
                    at + 1,
                    at,
                    "surname",
                    full.kind,
                    full.name,
                    actors=full.actors,
                    actor=full.actor,
                    country=full.country,
                    generic=False,
                    bare=False,
                    private=full.private,
                    person=full.person,
                )
            )
    return later
