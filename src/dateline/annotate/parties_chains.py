"""Which mentions are one party, which country a bare description belongs to, and the name of each chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from dateline.annotate.parties_aliases import Declared
from dateline.annotate.parties_scan import Mention, Scan
from dateline.annotate.parties_words import adjective_of, country_name
from dateline.resolve.actors import Actor, fold, is_acronym
from dateline.types import PlaceLink

STATE_LEMMAS = {
    "government": "government", "regime": "regime", "administration": "government",
    "authorities": "government", "cabinet": "government",
    "army": "army", "force": "army", "unit": "army", "military": "military", "troops": "army", "troop": "army", "soldier": "army",
    "police": "police", "police officer": "police", "policeman": "police", "navy": "navy", "air force": "air force",
    "government forces": "government forces",
}  # fmt: skip
FRAMED = frozenset(("force", "armed", "group", "body", "crowd", "official", "person", "role", "post", "doer"))
GROUPS = frozenset(("rebel group", "political militia", "communal militia", "party or union", "unknown"))
GROUP_LEMMAS = frozenset(("group", "faction", "movement", "organization", "organisation", "outfit", "militia", "cartel", "gang"))
ARMED = frozenset(("rebel group", "political militia", "communal militia", "unknown", "state force", "external force"))


def frame_country(view: Scan, places: Sequence[PlaceLink] = ()) -> str | None:
    """The country the report is about: the one most told of, when it leads clearly."""
    votes: Counter[str] = Counter()
    for link in places:
        if link.place and link.place.country:
            votes[link.place.country] += 3 if link.use == "literal" else 1
    if not places:
        for at, (_, iso3, use) in view.countries.items():
            votes[iso3] += (3 if use == "name" else 2) + (view.reading.sentence_of[at] < 2)
        for _, actors, _ in view.names.values():
            for code in {actor.country for actor in actors if actor.country}:
                votes[code] += 1
    ranked = votes.most_common(2)
    if ranked and not places and ranked[0][1] < 3 and len(view.lows) > 60:
        return None
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 1.3 * ranked[1][1]):
        return None
    return ranked[0][0]


def chain_mentions(view: Scan, mentions: list[Mention], names: list[Declared], frame: str | None) -> None:
    """Give every mention (in text order) its actor, country, kind, chain and name."""
    count_names(view)
    same: dict[int, int] = {}
    second: dict[int, list[str]] = {}
    for one in names:
        pair = None if one.other is None else (mentions[one.name], mentions[one.other])
        if (
            pair
            and (view.caseless or view.capital(pair[1].head))
            and pair[0].sort in ("org", "name", "group", "person", "people")
        ):
            same[max(one.name, one.other or 0)] = min(one.name, one.other or 0)
        second.setdefault(one.name, []).append(view.text(*one.alias))
    day = view.reading.report.published.day
    keys: dict[tuple[str, ...], int] = {}
    chains: list[Mention] = []  # the fullest mention of each chain
    acronyms: dict[str, int] = {}
    tails: dict[str, int | None] = {}
    recent: list[Mention] = []
    for index, mention in enumerate(mentions):
        choose_actor(mention, view, frame, day)
        name_allies(mention)
        lead(mention, view)
        place_in_frame(mention, view, here(mention, view, frame))
        known_force(mention, view)
        found = acronyms.get(mention.name) if mention.sort in ("org", "name") else None
        if found is None and index in same:
            found = mentions[same[index]].chain
        if found is None and mention.owned and mention.bare and mention.sort in ("armed", "force"):
            found = owner_chain(mention, recent, view)
        if found is None and mention.back and mention.definite and (mention.bare or only_kind(mention, view)):
            earlier = taken_up(mention, recent, view)
            found = earlier.chain if earlier else None
        if found is None and mention.sort == "armed" and mention.definite and mention.bare and mention.plural:
            found = only_named(mention, recent, keys, frame)
        if found is None and mention.person and not mention.actor:
            found = same_person(mention, keys)
        if found is None and mention.sort == "armed" and mention.plural and mention.bare:
            found = tails.get(view.lows[mention.head])
        if found is None:
            key = key_of(mention, frame)
            found = keys.get(key)
            if found is None:
                found = keys[key] = len(chains)
                chains.append(mention)
        mention.chain = found
        if mention.sort in ("name", "org") and mention.kind in ("rebel group", "political militia"):
            low = view.lows[mention.head]
            if mention.plural and low in view.words.generic_heads and low not in ("members", "units", "forces", "elements"):
                tails[low] = found if tails.get(low, found) == found else None  # "FMLN guerrillas": these guerrillas are theirs
        acronyms.update(dict.fromkeys(second.get(index, ()), found))
        recent.append(mention)
    for mention in mentions:
        full = chains[mention.chain]
        if mention.person and full.person and (full.private, -len(full.name)) > (mention.private, -len(mention.name)):
            chains[mention.chain] = mention  # the fullest telling, a public one first
    name_governments(mentions, chains)
    for mention in mentions:
        adopt(mention, chains[mention.chain])


def name_here(view: Scan, actor: Actor) -> str:
    """The name the report itself uses most for the actor; its canonical name in doubt."""
    counts = view.known_as.get(actor.id)
    if not counts:
        return actor.name
    most = max(counts.values())
    name = actor.name if counts.get(actor.name) == most else next(name for name, count in counts.items() if count == most)
    short = actor.name in counts and len(actor.name.split()) <= 4
    return actor.name if short and is_acronym(name) else name  # letters stand only for a long name, or where it is not told


def count_names(view: Scan) -> None:
    """How often each registry actor is called by each of its names."""
    for first, (_, actors, _) in view.names.items():
        for actor in actors:
            if not actor.office:
                counts = view.known_as.setdefault(actor.id, {})
                text = view.spoken[first]
                text = actor.name if shrunken(view, text, actor.name) else text
                counts[text] = counts.get(text, 0) + 1


def shrunken(view: Scan, text: str, name: str) -> bool:
    """Whether a told name is only a shorter or longer form of the canonical one ("Houthi rebels", "Tahrir al-Sham")."""
    told = [part for part in fold(text) if part not in view.words.generic_heads]
    return all(any(whole.startswith(part) for whole in fold(name)) for part in told)


def choose_actor(mention: Mention, view: Scan, frame: str | None, day: str | None) -> None:
    """The registry entry meant: alive on the day, of the report's country; two that remain leave it open."""
    if mention.actor or not mention.actors:
        return
    left: list[Actor] = [actor for actor in mention.actors if actor.active(day)] or list(mention.actors)
    if len(left) > 1 and frame:
        left = [actor for actor in left if frame in actor.countries] or left
    if len(left) == 1 or len({actor.name for actor in left}) == 1:
        mention.actor = left[0]
    mention.name, mention.kind = name_here(view, left[0]), left[0].kind
    home = frame if frame in left[0].countries and not left[0].roams else left[0].country
    mention.country = mention.country or home


def name_allies(mention: Mention) -> None:
    """ "Its Russian allies" are the state itself."""
    if mention.lemma == "ally" and mention.country:
        mention.sort, mention.generic, mention.name = "state", False, country_name(mention.country)


def lead(mention: Mention, view: Scan) -> None:
    """ "Jolani's group" is the group that Jolani leads."""
    if (
        mention.first in view.leaders
        and mention.sort in ("group", "armed", "force")
        and mention.head > mention.first
        and not mention.actor
    ):
        actor = view.leaders[mention.first]
        mention.actor, mention.name, mention.kind, mention.generic = actor, name_here(view, actor), actor.kind, False
        mention.country = actor.country


def here(mention: Mention, view: Scan, frame: str | None) -> str | None:
    """The country of a bare force or government: that of its own sentence ("the army in Niger"), else the report's."""
    if not mention.bare or mention.country or mention.sort not in ("force", "body"):
        return frame
    first, last = view.sentence_first(mention.first), view.sentence_last(mention.first)
    placed = {
        iso3
        for at, (_, iso3, use) in view.countries.items()
        if first < at < last and use == "name" and view.lows[at - 1] in ("in", "inside", "across")
    }
    return placed.pop() if len(placed) == 1 else frame


def place_in_frame(mention: Mention, view: Scan, frame: str | None) -> None:
    """Country and name of generics by the frame; foreign forces become external ones."""
    if (
        mention.person
        or mention.sort in ("name", "people")
        or mention.kind
        in (
            "civilians",
            "infrastructure",
            "building",
            "vehicle",
        )
    ):
        return
    foreign = bool(mention.country and frame and mention.country != frame)
    if mention.sort in ("state", "doer") and not mention.generic:
        mention.kind = "external force" if foreign and not mention.back else "government"  # `back` here: it only speaks
        return
    if foreign and mention.kind == "state force":
        mention.kind = "external force"
    if foreign and mention.kind == "political militia" and mention.country:
        mention.backed_by = mention.backed_by or country_name(mention.country)
    if (
        not mention.country
        and frame
        and (mention.sort in FRAMED or mention.sort == "org")
        and mention.kind not in ("international body", "external force")
    ):
        mention.country = frame
    base = STATE_LEMMAS.get(mention.lemma)
    ruler = rulers_force(mention, view)
    if ruler and mention.country:
        mention.name = f"{adjective_of(mention.country)} {ruler}"
    elif base and mention.country and state_name(mention):
        mention.name = f"{adjective_of(mention.country)} {base}"


def rulers_force(mention: Mention, view: Scan) -> str | None:
    """ "Assad's forces", "regime troops" and "government soldiers" are the government's: what to call them after its country."""
    if mention.sort != "force" or mention.kind not in ("state force", "external force"):
        return None
    before = view.lows[mention.first : mention.head]
    for ruler in ("regime", "government"):
        rest = list(enumerate(before[:-1], mention.first))
        if before[-1:] == [ruler] and all(low in view.words.counts or i in view.countries for i, low in rest):
            return f"{ruler} {view.lows[mention.head]}"
    holder = mention.first in view.names and view.names[mention.first][1][0].office
    return "government forces" if holder and len(before) <= 4 and mention.lemma == "force" else None


def known_force(mention: Mention, view: Scan) -> None:
    """A force named by rule ("Malian army") that the registry has under that name."""
    if (
        mention.kind in ("state force", "external force")
        and not mention.actor
        and mention.lemma in STATE_LEMMAS
        and mention.country
    ):
        found = [actor for actor in view.registry.named(mention.name) if actor.country == mention.country]
        if len(found) == 1:
            mention.actor, mention.name = found[0], name_here(view, found[0])


def state_name(mention: Mention) -> bool:
    """Whether the phrase says no more than whose army, police or government it is."""
    words = mention.name.lower().split()
    plain = {
        "unit",
        "units",
        "army",
        "military",
        "government",
        "police",
        "regime",
        "troops",
        "soldiers",
        "forces",
        "authorities",
        "officers",
        "policemen",
        "the",
        "'s",
    }
    country = set((adjective_of(mention.country or "") + " " + country_name(mention.country or "")).lower().split())
    rest = [word for word in words if word not in plain and word not in country and word.rstrip("s'’") not in country]
    if rest or mention.kind not in ("state force", "government", "external force"):
        return False
    if mention.lemma in ("soldier", "troop", "troops", "force", "unit"):
        return "army" in words
    return mention.lemma not in ("policeman", "police officer")


def key_of(mention: Mention, frame: str | None) -> tuple[str, ...]:
    if mention.actor:
        return ("actor", mention.actor.id)
    if mention.sort in ("state", "doer") and not mention.generic and mention.country:
        return ("state", mention.country)
    if mention.person:
        return ("person", *fold(mention.person))
    base = STATE_LEMMAS.get(mention.lemma)
    if base and mention.country and (mention.ruled or mention.name.endswith(base)):
        return ("force", mention.country, "government" if base == "regime" else base)
    return ("name", *bare_name(mention, frame))


def bare_name(mention: Mention, frame: str | None) -> tuple[str, ...]:
    """The folded name without the adjective of the report's own country."""
    parts = fold(mention.name.lower())
    own = fold(adjective_of(frame)) if frame else ()
    return parts[len(own) :] if own and parts[: len(own)] == own and len(parts) > len(own) else parts


def taken_up(mention: Mention, recent: list[Mention], view: Scan) -> Mention | None:
    """The party that "the group", "the attackers" take up: the last that fits, at most three sentences back."""
    here = view.reading.sentence_of[mention.first]
    for earlier in reversed(recent):
        if here - view.reading.sentence_of[earlier.first] > 3:
            return None
        if fits(mention, earlier):
            return earlier
    return None


def name_governments(mentions: list[Mention], chains: list[Mention]) -> None:
    """A government is called what the report calls it most: "Syrian government", "Syrian regime", "Assad regime"."""
    told: dict[int, Counter[str]] = {}
    for mention in mentions:
        if STATE_LEMMAS.get(mention.lemma) in ("government", "regime") and chains[mention.chain].generic:
            told.setdefault(mention.chain, Counter())[mention.name] += 1
    for chain, names in told.items():
        chains[chain].name = names.most_common(1)[0][0]


def same_person(mention: Mention, keys: dict[tuple[str, ...], int]) -> int | None:
    """The chain of one person told before by a fuller or a shorter name; None when nobody or two fit."""
    told = fold(mention.person)
    chains = {
        chain
        for key, chain in keys.items()
        if key[0] == "person" and told and key[-1:] == told[-1:] and (set(told) <= set(key[1:]) or set(key[1:]) <= set(told))
    }
    return chains.pop() if len(chains) == 1 else None


def owner_chain(mention: Mention, recent: list[Mention], view: Scan) -> int | None:
    """ "Its fighters" are those of the group named last, in this sentence or the one before."""
    here = view.reading.sentence_of[mention.first]
    for earlier in reversed(recent):
        if here - view.reading.sentence_of[earlier.first] > 1:
            return None
        if earlier.sort in ("name", "org") and earlier.kind in GROUPS and mention.sort == "armed":
            return earlier.chain
    return None


def only_named(mention: Mention, recent: list[Mention], keys: dict[tuple[str, ...], int], frame: str | None) -> int | None:
    """ "The rebels" are the one armed group that the report has named so far, unless rebels were told of as such before."""
    if key_of(mention, frame) in keys or mention.kind not in ("rebel group", "unknown"):
        return None
    named = {m.chain for m in recent if m.sort in ("name", "org") and m.kind in ("rebel group", "political militia")}
    others = any(m.sort == "armed" and m.generic and m.kind == "rebel group" for m in recent)
    return named.pop() if len(named) == 1 and not others else None


def only_kind(mention: Mention, view: Scan) -> bool:
    """ "The Islamist militant group": words that tell the kind alone, and no other group."""
    if mention.plural or mention.sort != "group":
        return False
    return (
        all((view.lows[i], "group") in view.words.turns for i in range(mention.first, mention.head))
        and mention.first < mention.head
    )


def fits(mention: Mention, earlier: Mention) -> bool:
    if earlier.sort in (
        "person",
        "surname",
        "state",
        "people",
        "vehicle",
        "building",
        "infrastructure",
        "area",
        "post",
        "official",
    ):
        return False
    if mention.lemma in ("coalition", "alliance"):
        return mention.lemma in earlier.name.lower()
    if earlier.actor and earlier.kind == "unknown" and mention.lemma == "group":
        return False
    if mention.sort == "group" or mention.lemma in ("militia", "cartel", "party", "gang"):
        return (earlier.sort in ("name", "org") and earlier.kind in GROUPS and not (earlier.actor and earlier.actor.office)) or (
            earlier.sort == "group" and earlier.lemma.rpartition(" ")[2] in GROUP_LEMMAS
        )
    if mention.sort in ("role", "armed"):
        return (earlier.sort in ("armed", "role") and earlier.plural == mention.plural) or (
            not mention.plural and earlier.sort in ("name", "org") and earlier.kind in ARMED and mention.plural
        )
    if mention.sort == "body":
        return earlier.sort == "body" and earlier.lemma == mention.lemma
    return earlier.lemma == mention.lemma and earlier.plural == mention.plural


def adopt(mention: Mention, full: Mention) -> None:
    """A mention takes name, actor and country of its chain."""
    if mention is full:
        return
    mention.name = full.name
    mention.actor = mention.actor or full.actor
    mention.country = mention.country or full.country
    if not full.generic:
        mention.generic, mention.kind = False, full.kind
    mention.backed_by = mention.backed_by or full.backed_by
    mention.private = full.private
