"""A trigger with its arguments: who, whom, where, when, with what. One mention is one telling of an event."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.coder.clauses import SUBORDINATORS, clause_at, clauses_of
from dateline.coder.lexicon import CoderLexicon, EventClass
from dateline.coder.roles import Roles, find_roles
from dateline.coder.status import status_of
from dateline.coder.triggers import Trigger, WeaponMention, expand, find_triggers, find_weapons
from dateline.coder.view import Found, Region, View
from dateline.resolve.countries import countries, country_of
from dateline.types import Figure, PartyLink, PlaceLink, Status, Timex

HUMAN = frozenset(
    ("state force", "government", "rebel group", "political militia", "communal militia", "rioters", "protesters", "civilians", "individual",
     "external force", "international body", "party or union", "unknown")
)  # fmt: skip
ARMED = frozenset(("state force", "rebel group", "political militia", "communal militia", "external force"))
VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots"))
DEFINITE = frozenset(("the", "this", "that", "these", "those", "its", "their", "his", "such", "both"))


@dataclass(slots=True)
class Mention:
    """One telling. Lists hold finders' records; `place`/`time` are those of the clause or sentence, None when not told there."""

    trigger: Trigger
    roles: Roles
    status: Status
    clause: Region
    shown: Region  # the words shown as trigger
    actors: list[Found[PartyLink]] = field(default_factory=list)
    targets: list[Found[PartyLink]] = field(default_factory=list)
    weapons: list[WeaponMention] = field(default_factory=list)
    place: Found[PlaceLink] | None = None
    place_near: bool = False  # told in the clause itself
    time: Found[Timex] | None = None
    figures: list[Found[Figure]] = field(default_factory=list)
    sayings: list[int] = field(default_factory=list)  # indexes of attributions whose content holds the trigger
    type: str = ""
    sub_type: str = ""
    vague: bool = False
    soft: frozenset[str] = frozenset()  # other sub-types that the word may stand for ("blast", "bombardment")
    attached: bool = False  # may only join another mention
    disrupts: bool = False  # "destroyed four car bombs": the object is the weapon
    unmet: frozenset[str] = frozenset()  # what its trigger word needs and does not have (needs.py)
    by: str = ""
    number: int = 0  # order in the text

    @property
    def event_class(self) -> EventClass:
        return self.trigger.rule.event_class

    @property
    def sentence(self) -> int:
        return self.trigger.sentence.index

    def definite(self, view: View) -> bool:
        """ "the attack", "that bombing": points back to something told before."""
        if self.trigger.verb is not None:
            return False
        chunk = self.trigger.phrases.chunks[self.trigger.chunk]
        return view.reading.lows[chunk.first] in DEFINITE


def find_mentions(view: View, lexicon: CoderLexicon) -> list[Mention]:
    """All tellings of events that have a factual status, in text order."""
    weapons = find_weapons(view, lexicon)
    clauses: dict[int, list[Region]] = {}
    found: list[Mention] = []
    for trigger in find_triggers(view, lexicon):
        roles = find_roles(view, trigger)
        status = status_of(view, trigger, roles)
        if status is None:
            continue
        index = trigger.sentence.index
        if index not in clauses:
            clauses[index] = clauses_of(view, trigger.phrases)
        clause = clause_at(clauses[index], trigger.first)
        mention = Mention(trigger, roles, status, clause, expand(view, trigger, roles.objects))
        fill(view, mention, weapons, lexicon)
        mention.number = len(found)
        found.append(mention)
    return found


def fill(view: View, mention: Mention, weapons: list[WeaponMention], lexicon: CoderLexicon) -> None:
    """Arguments of a mention from the finders' records."""
    sentence = mention.trigger.sentence
    whole: Region = (sentence.first, sentence.last)
    doers = HUMAN - {"civilians"} if mention.event_class.type in VIOLENT - {"Riots"} else HUMAN  # bystanders are named beside attacks, not as attackers
    mention.actors = unique([p for r in mention.roles.actors for p in view.parties_in(wide(view, r)) if p.record.kind in doers])
    if not mention.actors and mention.trigger.verb is None and mention.event_class.type in VIOLENT:
        mention.actors = doer(view, mention, lexicon)
    taken = {p.index for p in mention.actors}
    mention.targets = unique([p for r in mention.roles.targets for p in view.parties_in(wide(view, r)) if p.index not in taken])
    if mention.event_class.type == "Statement" and not mention.actors:
        mention.actors = quoted_speaker(view, mention)
    mention.weapons = weapons_near(mention, weapons)
    mention.place, mention.place_near = choose_place(view, mention, whole)
    mention.time = choose_time(view, mention, whole)
    start = view.reading.starts[mention.trigger.first]
    mention.sayings = [
        i for i, a in enumerate(view.attributions) if any(span.start <= start < span.end for span in a.content)
    ]


def doer(view: View, mention: Mention, lexicon: CoderLexicon) -> list[Found[PartyLink]]:
    """Who did it by the words before the noun: "rebel shelling", "Russian air strikes"."""
    reading, trigger = view.reading, mention.trigger
    chunk = trigger.phrases.chunks[trigger.phrases.of_token[trigger.last - 1]]
    for token in range(trigger.first - 1, chunk.first - 1, -1):
        low = reading.lows[token]
        known = lexicon.doers.get(low)
        country = country_of(reading.words[token]) if known is None and low not in ("the", "a") else None
        if known is None and country is None:
            continue
        name, kind = known if known is not None else (countries()[country].name if country else "", "government")
        start, end = reading.starts[token], reading.ends[token]
        before = country_of(reading.words[token - 1]) if known is not None and token > chunk.first else None
        if before is not None:
            start, name = reading.starts[token - 1], f"{reading.words[token - 1]} {name}"
        link = PartyLink(start, end, name, kind, -1000 - token, country or before, generic=country is None, by="code.doer")  # type: ignore[arg-type]
        same = next((p for p in view.parties if p.record.name.lower().endswith(name.lower()) or (country and p.record.name == name)), None)
        if same is not None:
            link = PartyLink(start, end, same.record.name, same.record.kind, same.record.chain, same.record.country, same.record.actor_id, generic=same.record.generic, by="code.doer")
        return [Found(token, token + 1, link, -1000 - token)]
    return []


def quoted_speaker(view: View, mention: Mention) -> list[Found[PartyLink]]:
    """The source of the attribution whose cue is this trigger, as the speaker: names that no registry holds."""
    reading, trigger = view.reading, mention.trigger
    start, end = reading.starts[trigger.first], reading.ends[trigger.last - 1]
    for index, attribution in enumerate(view.attributions):
        spoken = any(c.start < end and start < c.end for c in attribution.cue) or any(c.start <= start < c.end for c in attribution.content)
        if not attribution.source or not spoken:
            continue
        span = attribution.source[0]
        name = attribution.name or reading.text[span.start : span.end]
        if not any(char.isupper() for char in name) or len(name.split()) > 8:
            return []
        first, last = reading.tokens_of(span.start, span.end)
        names = name.split(" and ") if " and " in name and all(part[:1].isupper() for part in name.split(" and ")) else [name]
        links = [PartyLink(span.start, span.end, one, attribution.party or "unknown", -1 - index * 10 - i, by=attribution.by) for i, one in enumerate(names)]
        return [Found(first, last, link, link.chain) for link in links]
    return []


def doer(view: View, mention: Mention, lexicon: CoderLexicon) -> list[Found[PartyLink]]:
    """Who did it by the words before the noun: "rebel shelling", "Russian air strikes"."""
    reading, trigger = view.reading, mention.trigger
    chunk = trigger.phrases.chunks[trigger.phrases.of_token[trigger.last - 1]]
    for token in range(trigger.first - 1, chunk.first - 1, -1):
        low = reading.lows[token]
        known = lexicon.doers.get(low)
        country = country_of(reading.words[token]) if known is None and low not in ("the", "a") else None
        if known is None and country is None:
            continue
        name, kind = known if known is not None else (countries()[country].name if country else "", "government")
        start, end = reading.starts[token], reading.ends[token]
        before = country_of(reading.words[token - 1]) if known is not None and token > chunk.first else None
        if before is not None:
            start, name = reading.starts[token - 1], f"{reading.words[token - 1]} {name}"
        link = PartyLink(start, end, name, kind, -1000 - token, country or before, generic=country is None, by="code.doer")  # type: ignore[arg-type]
        same = next((p for p in view.parties if p.record.name.lower().endswith(name.lower()) or (country and p.record.name == name)), None)
        if same is not None:
            link = PartyLink(start, end, same.record.name, same.record.kind, same.record.chain, same.record.country, same.record.actor_id, generic=same.record.generic, by="code.doer")
        return [Found(token, token + 1, link, -1000 - token)]
    return []


def quoted_speaker(view: View, mention: Mention) -> list[Found[PartyLink]]:
    """The source of the attribution whose cue is this trigger, as the speaker: names that no registry holds."""
    reading, trigger = view.reading, mention.trigger
    start, end = reading.starts[trigger.first], reading.ends[trigger.last - 1]
    for index, attribution in enumerate(view.attributions):
        spoken = any(c.start < end and start < c.end for c in attribution.cue) or any(c.start <= start < c.end for c in attribution.content)
        if not attribution.source or not spoken:
            continue
        span = attribution.source[0]
        name = attribution.name or reading.text[span.start : span.end]
        if not any(char.isupper() for char in name) or len(name.split()) > 8:
            return []
        first, last = reading.tokens_of(span.start, span.end)
        link = PartyLink(span.start, span.end, name, attribution.party or "unknown", -1 - index, by=attribution.by)
        return [Found(first, last, link, -1 - index)]
    return []


def wide(view: View, region: Region) -> Region:
    """A noun phrase with what hangs on it by "of": "members of the group", "residents of Aleppo"."""
    lows, tags, last = view.reading.lows, view.grammar.tags, region[1]
    sentence_end = view.reading.sentences[view.reading.sentence_of[region[0]]].last
    while last + 1 < sentence_end and lows[last] == "of":
        last += 1
        while last < sentence_end and tags[last] in ("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "CD", "PRP$", "POS", "VBN"):
            last += 1
    return region[0], last


def unique(found: list[Found[PartyLink]]) -> list[Found[PartyLink]]:
    """One mention per chain, the most telling (named, then longest) first seen order kept."""
    best: dict[int, Found[PartyLink]] = {}
    for party in found:
        known = best.get(party.record.chain)
        if known is None or (known.record.generic and not party.record.generic):
            best[party.record.chain] = party
    return sorted(best.values(), key=lambda p: p.first)


def weapons_near(mention: Mention, weapons: list[WeaponMention]) -> list[WeaponMention]:
    """Weapon words in the clause, or in the trigger's own words."""
    first, last = min(mention.clause[0], mention.shown[0]), max(mention.clause[1], mention.shown[1])
    return [w for w in weapons if first <= w.first < last]


PLACE_BEFORE = 5  # a place before the trigger is this many tokens worse than one after it


def choose_place(view: View, mention: Mention, whole: Region) -> tuple[Found[PlaceLink] | None, bool]:
    """The place of the clause, else of the sentence: the nearest literal one, the finer one when one lies in the other."""
    vague: Found[PlaceLink] | None = None
    for region, near in ((mention.clause, True), (whole, False)):
        options = [p for p in view.places_in(region) if p.record.use == "literal" and p.record.place is not None and not inside_party(view, p, mention)]
        if vague is not None:
            options = [p for p in options if inside_country(p, vague)]
        if not options:
            continue
        best = finer(min(options, key=lambda p: place_cost(view, mention, p)), options, view)
        if near and best.record.place is not None and best.record.place.precision in ("country", "region"):
            vague = best  # "in Syria": a finer place of the sentence tells more
            continue
        return best, near
    return vague, vague is not None


def inside_country(place: Found[PlaceLink], country: Found[PlaceLink]) -> bool:
    mine, theirs = place.record.place, country.record.place
    return mine is not None and theirs is not None and mine.country == theirs.country and mine.precision not in ("country", "region")


def inside_party(view: View, place: Found[PlaceLink], mention: Mention) -> bool:
    """A place inside the name of an actor ("the Aleppo rebels") is not where it happened."""
    for party in view.parties_over((place.first, place.last)):
        if party.first <= place.first and place.last <= party.last and party.record.kind not in ("infrastructure", "building", "vehicle", "civilians"):
            if party in mention.actors or (not party.record.generic and party.last - party.first > place.last - place.first):
                return True
    return False


def place_cost(view: View, mention: Mention, place: Found[PlaceLink]) -> float:
    lows = view.reading.lows
    trigger = mention.trigger
    first, last = view.reading.tokens_of(place.record.phrase.start, place.record.phrase.end)
    cost = float(first - trigger.last) if first >= trigger.last else float(trigger.first - last) + PLACE_BEFORE
    before = lows[max(0, first - 1)]
    name = trigger.rule.event_class.name
    if before in ("from", "through", "via") and name not in ("flee", "transfer", "evacuate"):
        cost += 20
    if before in ("to", "toward", "towards", "into") and name in ("flee", "evacuate"):
        cost += 20
    if any(r[0] <= first < r[1] for r in mention.roles.objects):
        cost -= 6
    return cost


def finer(best: Found[PlaceLink], options: list[Found[PlaceLink]], view: View) -> Found[PlaceLink]:
    for option in options:
        if best.index in option.record.parents and abs(option.first - best.first) < 12:
            return finer(option, [o for o in options if o is not option], view)
    return best


def choose_time(view: View, mention: Mention, whole: Region) -> Found[Timex] | None:
    """The day told in the clause, else in the sentence: nearest to the trigger, finest first."""
    lows = view.reading.lows
    for region in (mention.clause, whole):
        options = [t for t in view.times_in(region) if datable(view, t)]
        if region is whole:
            options = [t for t in options if not subordinate(view, t, mention)]
        options = [t for t in options if lows[max(0, t.first - 1)] not in ("until", "till", "before") and not dates_report(view, t)]
        if options:
            return min(options, key=lambda t: (t.record.precision != "day", abs(t.first - mention.trigger.first)))
    return None


def subordinate(view: View, time: Found[Timex], mention: Mention) -> bool:
    """True when the day stands in another, subordinate clause: "…, as the group was known until 2016"."""
    clause = clause_at(clauses_of(view, mention.trigger.phrases), time.first)
    return view.reading.lows[clause[0]] in SUBORDINATORS and clause != mention.clause


def datable(view: View, time: Found[Timex]) -> bool:
    """A date or hour with known days; in a report of unknown day also one that only names a weekday."""
    record = time.record
    if record.type not in ("DATE", "TIME") or record.value.endswith("_REF"):
        return False
    return bool(record.earliest and record.precision) or view.reading.report.published.day is None


def dates_report(view: View, time: Found[Timex]) -> bool:
    """A date that dates the report ("Sun 16 Apr 2017 …" at its head, "13.04.2017"), not an event."""
    published = view.reading.report.published
    if published.basis in ("date line", "dateline") and any(e.start < time.record.end and time.record.start < e.end for e in published.evidence):
        return True
    sentence = view.reading.sentences[view.reading.sentence_of[time.first]]
    words = view.reading.words[time.first : time.last]
    full = time.record.type == "DATE" and len(time.record.value) >= 10 and any(word[-4:].isdigit() for word in words)
    before = view.reading.lows[time.first - 1] if time.first else ""
    told = before in ("on", "of", "the", "by", "since", "from", "dated")
    return sentence.kind in ("dateline", "byline") or (full and not told and time.record.earliest == published.day)
