"""From groups of mentions to `Event` records: one value per field, each with its words and the rule that chose it."""

from __future__ import annotations

import math

import msgspec

from dateline.annotate.numbers import count_of
from dateline.coder.areas import grain
from dateline.coder.days import choose_when, is_foreground
from dateline.coder.frame import Frame
from dateline.coder.grouping import Group
from dateline.coder.mention import HUMAN, VIOLENT, Mention, holds_place
from dateline.coder.naming import participant
from dateline.coder.updates import updates
from dateline.coder.view import Found, View
from dateline.coder.voices import claimants, named, short_name, tie_remarks, voices_of
from dateline.knowledge import wordlists
from dateline.types import (
    EARLIER_TOLL,
    Count,
    Event,
    Evidence,
    Figure,
    Participant,
    PartyLink,
    PlaceLink,
    Rejected,
    Status,
    Voice,
    Weapon,
    Where,
)

MOST_TRIGGERS = 6
WHERE_REACH = 2  # sentences back in which "there" and "the area" may point
KM_PER_DEGREE = 111.2
INHERITING = frozenset(("Explosions/Remote violence", "Battles"))
WORDS = wordlists("coder")
RAMMING, VEHICLES = WORDS["ramming"], WORDS["vehicles"]
FINENESS = ("site", "neighbourhood", "town", "district", "province", "region", "country")


def build_events(view: View, groups: list[Group], frame: Frame) -> tuple[Event, ...]:
    """Events numbered e1, e2 … in the order of the text."""
    events: list[Event] = []
    places: dict[int, Found[PlaceLink]] = {}
    tie_remarks(view, groups)
    told = {g.mentions[0].number: fitting_actors(g.head, participants(view, [m.actors for m in g.mentions])) for g in groups}
    by_kind = [(g, told[g.mentions[0].number]) for g in groups]
    for group in groups:
        event = build_event(view, group, frame, places, f"e{len(events) + 1}", by_kind)
        events.append(event)
    return tuple(events)


def inherited(group: Group, told: list[tuple[Group, tuple[Participant, ...]]]) -> tuple[Participant, ...]:
    """Actors of the nearest event of the same sub-type, where a telling names none: "The raids also hit …"."""
    if group.head.type not in INHERITING:
        return ()
    options = [
        (abs(g.mentions[0].number - group.mentions[0].number), g.mentions[0].number, actors)
        for g, actors in told
        if actors and g.head.sub_type == group.head.sub_type and g is not group
    ]
    if not options:
        return ()
    return tuple(msgspec.structs.replace(a, by="code.actor:same kind", score=0.4) for a in min(options, key=lambda o: o[:2])[2])


def blamed(view: View, group: Group, told: list[tuple[Group, tuple[Participant, ...]]]) -> tuple[Participant, ...]:
    """Whom an accusation near by names for an event whose actor no telling names: "police blamed the rebels"."""
    if group.head.type not in INHERITING | {"Violence against civilians"}:
        return ()
    for other, _ in told:
        accusation = other.head
        if accusation.sub_type == "Accusation" and 0 <= accusation.sentence - group.head.sentence <= 3 and accusation.targets:
            return tuple(
                msgspec.structs.replace(participant(view, p), by="coder.actor:blamed", score=0.5) for p in accusation.targets[:2]
            )
    return ()


def build_event(
    view: View,
    group: Group,
    frame: Frame,
    memory: dict[int, Found[PlaceLink]],
    name: str,
    told: list[tuple[Group, tuple[Participant, ...]]],
) -> Event:
    head = group.head
    where = choose_where(view, group, frame, memory)
    words = triggers(view, group)
    when = choose_when(view, group, frame, words)
    doers = fitting_actors(head, participants(view, [m.actors for m in group.mentions]))
    if all(a.name.lower().replace(" ", "-") in ATTACKERS for a in doers):
        doers = claimants(view, group) or doers
    actors = doers or blamed(view, group, told) or inherited(group, told)
    targets = fitting_targets(
        head, participants(view, struck_of(view, group), avoid=frozenset(a.name for a in actors), victims=True)
    )
    if not targets and head.sub_type in ("Condemnation", "Accusation"):
        targets = condemned(head, told)
    voices = voices_of(view, group, actors)
    return Event(
        name,
        head.type,
        head.sub_type,
        status_of_group(group),
        is_foreground(view, group, when, frame),
        words,
        when,
        where,
        actors,
        targets,
        weapons(view, group),
        counts(view, group, voices),
        voices,
        rejections(view, group, where),
        head.by,
    )


def status_of_group(group: Group) -> Status:
    """Status of the telling that gives the type; what any firm telling shows as going on is going on."""
    head = group.head
    if head.disrupts:
        return "foiled"
    if head.status == "foiled" and head.type not in ("Strategic developments", "Violence against civilians"):
        return "occurred"  # a beaten-off assault has occurred (CODEBOOK section 4)
    if head.status == "occurred" and any(m.status == "ongoing" and not m.event_class.result for m in group.mentions[1:]):
        return "ongoing"
    return head.status


def triggers(view: View, group: Group) -> tuple[Evidence, ...]:
    """The words of every telling, in the order of the text, without repeats."""
    shown: list[tuple[int, int]] = []
    for mention in sorted(group.mentions, key=lambda m: m.shown):
        if not shown or mention.shown[0] >= shown[-1][1]:
            shown.append(mention.shown)
        elif mention.shown[1] > shown[-1][1]:
            shown[-1] = (shown[-1][0], mention.shown[1])
    seen: set[str] = set()
    evidence = []
    for first, last in shown:
        words = view.reading.evidence(first, last)
        if words.quote.lower() not in seen:
            seen.add(words.quote.lower())
            evidence.append(words)
    return tuple(evidence[:MOST_TRIGGERS])


# ---- where


def choose_where(view: View, group: Group, frame: Frame, memory: dict[int, Found[PlaceLink]]) -> Where | None:
    """Where the displaced left; else clause, sentence, sentence before, lead: the finest place the first of these tells."""
    moved = moved_place(view, group)
    if moved is not None:
        memory[group.head.sentence] = moved
        return where_of(view, moved, "code.where:movement")
    tellings = sorted(
        (m for m in group.mentions if m.place is not None), key=lambda m: (not m.place_near, m.event_class.result, m.number)
    )
    if tellings:
        link = finest([m.place for m in tellings if m.place is not None and m.place_near] or [tellings[0].place], view)  # type: ignore[list-item]
        memory[group.head.sentence] = link
        return where_of(view, link, "code.where:clause" if tellings[0].place_near else "code.where:sentence")
    sentence = group.head.trigger.sentence
    for back in range(sentence.index - 1, sentence.index - 1 - WHERE_REACH, -1):
        place = memory[back].record.place if back in memory else None
        if place is not None and grain(place) not in ("country", "region"):
            return where_of(view, memory[back], "code.where:before", inferred=True)
    if frame.place is not None:
        return where_of(view, frame.place, "code.where:lead", inferred=True)
    return None


def moved_place(view: View, group: Group) -> Found[PlaceLink] | None:
    """Origin of the displaced that a figure counts, else where they went; of a stock where they are (CODEBOOK section 4)."""
    if group.head.type != "Displacement":
        return None
    counted = {f.index for m in group.mentions for f in m.figures}
    for movement in view.movements:
        if movement.figure in counted and not movement.inferred:
            ends = (
                (movement.destination, movement.origin)
                if group.head.sub_type == "Stock"
                else (movement.origin, movement.destination)
            )
            places = next((end for end in ends if end), ())
            return next((p for p in view.places if p.index in places[:1]), None)
    return None


def finest(links: list[Found[PlaceLink]], view: View) -> Found[PlaceLink]:
    """The first place, or a finer one that lies in it."""
    best = links[0]
    for link in links[1:]:
        mine, theirs = best.record.place, link.record.place
        if mine is None or theirs is None or mine.country != theirs.country:
            continue
        inside = best.index in link.record.parents or (
            FINENESS.index(grain(theirs)) < FINENESS.index(grain(mine))
            and contains(mine.lat, mine.lon, mine.radius_km, theirs.lat, theirs.lon)
        )
        if inside:
            best = link
    return best


def contains(lat: float | None, lon: float | None, radius: float, lat2: float | None, lon2: float | None) -> bool:
    if lat is None or lon is None or lat2 is None or lon2 is None:
        return False
    return math.hypot(lat - lat2, (lon - lon2) * math.cos(math.radians(lat))) * KM_PER_DEGREE <= radius


def where_of(view: View, link: Found[PlaceLink], by: str, inferred: bool = False) -> Where | None:
    place = link.record.place
    if place is None:
        return None
    phrase = link.record.phrase
    return Where(
        place,
        (view.reading.report.evidence(phrase.start, phrase.end),),
        inferred or link.record.use == "dateline",
        by,
        place.score,
    )


# ---- who


def struck_of(view: View, group: Group) -> list[list[Found[PartyLink]]]:
    """Targets of each telling."""
    return [[p for p in m.targets if not holds_place(view, group.head.type, p)] for m in group.mentions]


def participants(
    view: View, tellings: list[list[Found[PartyLink]]], avoid: frozenset[str] = frozenset(), victims: bool = False
) -> tuple[Participant, ...]:
    """Participants of the first telling that names one; the other tellings add what is named and new, or the first `victims`."""
    chosen: dict[int, Found[PartyLink]] = {}
    named = [t for t in tellings if any(not p.record.generic for p in t)]
    first = next(iter(named), None)
    for telling in ([first] if first else []) + [t for t in tellings if t]:
        for party in telling:
            known = chosen.get(party.record.chain)
            struck = victims and party.record.kind == "civilians" and all(c.record.kind != "civilians" for c in chosen.values())
            if (known is None and (not chosen or not party.record.generic or telling is first or first is None or struck)) or (
                known is not None and known.record.generic and not party.record.generic
            ):
                chosen[party.record.chain] = party
    result, names = [], set(avoid)
    for party in sorted(chosen.values(), key=lambda p: p.first):
        if party.record.name in names:
            continue
        names.add(party.record.name)
        result.append(participant(view, party))
    return tuple(result[:5])


VICTIMS = WORDS["victims"]
ATTACKERS = WORDS["attackers"]
STEM = 6  # letters in which "terrorists" and "terrorist groups" are one word


def fitting_actors(head: Mention, actors: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Violence is not done by those it strikes, and each side is named once: "terrorists" adds nothing to "terrorist groups"."""
    if head.type in VIOLENT - {"Riots"}:
        actors = tuple(a for a in actors if a.kind != "civilians") or actors
    kept: list[Participant] = []
    for actor in sorted(actors, key=lambda a: -len(a.name)):
        stems = {w[:STEM] for w in actor.name.lower().split()}
        if not any(o.kind == actor.kind and stems <= {w[:STEM] for w in o.name.lower().split()} for o in kept):
            kept.append(actor)
    return tuple(a for a in actors if a in kept)


def fitting_targets(head: Mention, targets: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Territory is taken from a side, not from its roads; "people" adds nothing to "bus passengers"."""
    if head.chosen == "capture":
        targets = tuple(t for t in targets if t.kind in HUMAN and t.kind != "civilians")
    told = [t for t in targets if t.kind in ("civilians", "individual") and t.name.lower() not in VICTIMS]
    plain = [t for t in targets if t.name.lower() in VICTIMS]
    dropped = plain if told else plain[1:]
    return tuple(t for t in targets if t not in dropped)


def condemned(head: Mention, told: list[tuple[Group, tuple[Participant, ...]]]) -> tuple[Participant, ...]:
    """Whom a condemnation of an act is directed at: those who did the act, told last before it."""
    acts = [
        (g.mentions[0].number, actors)
        for g, actors in told
        if actors and (g.head.type in VIOLENT or g.head.sub_type == "Other") and g.mentions[0].sentence <= head.sentence
    ]
    if not acts:
        return ()
    return tuple(
        msgspec.structs.replace(a, by="code.target:condemned", score=0.4)
        for a in max(acts, key=lambda a: a[0])[1]
        if a.name not in {p.record.name for p in head.actors}
    )


# ---- with what, how many


def weapons(view: View, group: Group) -> tuple[Weapon, ...]:
    """Means of the tellings that are not mere results, one of each kind."""
    found: dict[str, Weapon] = {}
    if group.head.type in ("Displacement", "Statement", "Protests"):
        return ()
    for mention in group.mentions:
        for weapon in mention.weapons:
            kind = weapon.word.kind
            if kind == "-" or (group.head.chosen == "disrupt" and kind == "small arms"):
                continue  # aircraft that carry, not weapons; "shot down"
            if kind == "suicide vest" and any(w.word.kind == "vehicle bomb" for m in group.mentions for w in m.weapons):
                continue
            if kind == "bomb" and any(
                w.word.kind in ("vehicle bomb", "roadside bomb", "suicide vest", "airstrike")
                for m in group.mentions
                for w in m.weapons
            ):
                continue
            if kind not in found:
                first = counted(view, weapon.first, mention)
                low = count_of(view.reading.evidence(first, weapon.first).quote) if first < weapon.first else None
                devices = low[0] if low and low[0] == low[1] else None
                delivery = weapon.word.delivery or ("suicide" if group.head.sub_type == "Suicide bomb" else None)
                found[kind] = Weapon(
                    kind, (view.reading.evidence(first, weapon.last),), delivery, devices, f"code.weapon:{weapon.word.kind}"
                )
    return tuple(found.values()) or rammed(view, group)


def rammed(view: View, group: Group) -> tuple[Weapon, ...]:
    """A vehicle driven into people is the weapon."""
    for mention in group.mentions:
        if mention.trigger.rule.words[0] in RAMMING and mention.roles.actors:
            first, last = mention.roles.actors[0]
            if {view.grammar.lemma(t) for t in range(first, last)} & VEHICLES:
                return (Weapon("vehicle", (view.reading.evidence(first, last),), None, None, "coder.weapon:vehicle"),)
    return ()


def counted(view: View, first: int, mention: Mention) -> int:
    """First token of the number words that stand right before a weapon."""
    tags = view.grammar.tags
    at = first
    while at > mention.trigger.sentence.first and tags[at - 1] in ("CD", "JJ", "NN", "RBS", "JJR") and first - at < 4:
        at -= 1
    while at < first and tags[at] != "CD":
        at += 1
    return at


def counts(view: View, group: Group, voices: tuple[Voice, ...]) -> tuple[Count, ...]:
    """Figures of all tellings; the same number with the same measure stands once."""
    found: dict[tuple[object, ...], Count] = {}
    newer = updates(view, group)
    for mention in group.mentions:
        for figure in mention.figures:
            key = figure_key(figure.record)
            source = teller(view, figure, voices)
            known = found.setdefault(key, count_of_figure(view, figure, source))
            if known.source != source:
                found[key] = msgspec.structs.replace(known, source=None)  # several say so
            if figure.index in newer:
                older = newer[figure.index].record
                words = view.reading.report.evidence(older.start, older.end)
                found[key] = msgspec.structs.replace(found[key], replaces=(words,))
    for key in {figure_key(older.record) for older in newer.values()} & found.keys():
        found[key] = msgspec.structs.replace(found[key], about=EARLIER_TOLL)
    return tuple(found.values())


def figure_key(record: Figure) -> tuple[object, ...]:
    """The same number with the same measure, and the same part of a whole."""
    return record.measure, record.low, record.high, record.part_of is not None and (record.group or "people")


def teller(view: View, figure: Found[Figure], voices: tuple[Voice, ...]) -> str | None:
    """The one voice of the event in whose words the figure stands; None where the report itself tells it."""
    names = {v.name for v in voices if v.stance in ("affirms", "claims") and v.about is None}
    for index in view.spoken("content", figure.record.start):
        name = short_name(view, named(view, index))
        if name in names:
            return name
    return None


def count_of_figure(view: View, figure: Found[Figure], source: str | None = None) -> Count:
    """A finder's figure as a value of an event."""
    record = figure.record
    return Count(
        record.measure or "",
        record.group or "people",
        record.low,
        record.high,
        record.unit,
        (view.reading.report.evidence(record.start, record.end),),
        record.approximate,
        record.about,
        source=source,
        by=record.by,
    )


def rejections(view: View, group: Group, where: Where | None) -> tuple[Rejected, ...]:
    """Other readings that were weighed: places of the tellings that were not taken."""
    if where is None:
        return ()
    others = {m.place.record.place.name for m in group.mentions if m.place is not None and m.place.record.place is not None} - {
        where.place.name
    }
    return tuple(
        Rejected("where", name, "told with another telling of the event; a finer or nearer place was taken")
        for name in sorted(others)
    )
