"""Where and when of one telling: the place and the day that its clause tells, else its sentence."""

from __future__ import annotations

from dateline.coder.areas import grain
from dateline.coder.clauses import SUBORDINATORS, clause_at, clauses_of
from dateline.coder.mention import Mention
from dateline.coder.view import Found, Region, View
from dateline.types import PlaceLink, Timex

# "Aleppo hospital", "residents of Aleppo": names of these do tell where.
GROUNDS = frozenset(("infrastructure", "building", "vehicle", "civilians"))
PLACE_PREPOSITIONS = frozenset(
    ["in", "at", "near", "across", "inside", "over", "into", "throughout", "around", "within", "outside"]
)
LIVING_MEMORY = 60  # years
PLACE_BEFORE = 5  # a place before the trigger is this many tokens worse than one after it


def choose_place(view: View, mention: Mention, whole: Region) -> tuple[Found[PlaceLink] | None, bool]:
    """The place of the clause, else of the sentence: the nearest literal one, the finer one when one lies in the other."""
    vague: Found[PlaceLink] | None = None
    for region, near in ((mention.clause, True), (whole, False)):
        options = [
            p
            for p in view.places_in(region)
            if p.record.use == "literal" and p.record.place is not None and not inside_party(view, p, mention)
        ]
        options = [p for p in options if not doer_country(p, mention)]
        if vague is not None:
            options = [p for p in options if inside_country(p, vague)]
        if not options:
            continue
        best = finer(min(options, key=lambda p: place_cost(view, mention, p)), options, view)
        if near and best.record.place is not None and grain(best.record.place) in ("country", "region"):
            vague = best  # "in Syria": a finer place of the sentence tells more
            continue
        return best, near
    return vague, vague is not None


def doer_country(place: Found[PlaceLink], mention: Mention) -> bool:
    """ "a United States drone strike": a country right before an event noun is the doer."""
    chunk = mention.trigger.phrases.chunks[mention.trigger.chunk]
    where = place.record.place
    before = mention.trigger.verb is None and chunk.first <= place.first and place.last <= mention.trigger.first
    return before and where is not None and where.precision == "country"


def inside_country(place: Found[PlaceLink], country: Found[PlaceLink]) -> bool:
    mine, theirs = place.record.place, country.record.place
    return mine is not None and theirs is not None and mine.country == theirs.country and grain(mine) not in ("country", "region")


def inside_party(view: View, place: Found[PlaceLink], mention: Mention) -> bool:
    """A place inside the name of an actor ("the Aleppo rebels") is not where it happened; who hosts people is."""
    if mention.event_class.name == "host" and any(r[0] <= place.first < r[1] for r in mention.roles.actors):
        return False
    for party in view.parties_over((place.first, place.last + 2)):  # also "Lebanon's Hezbollah"
        named = not party.record.generic and party.last - party.first > place.last - place.first
        if view.grammar.tags[place.last : place.last + 1] == ["POS"] and party.first > place.last:
            return True
        state = party.record.kind in ("government", "external force", "international body") and (party.first, party.last) == (
            place.first,
            place.last,
        )
        if state and view.reading.lows[max(0, place.first - 1)] not in PLACE_PREPOSITIONS:
            return True  # "an agreement with Russia": the state, not its ground
        holds = party.first <= place.first and place.last <= party.last and party.record.kind not in GROUNDS
        if holds and (named or party in mention.actors):
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
        cost -= 40 if name == "flee" else 6  # "fleeing the south": the object of fleeing is where from
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
        options = [
            t for t in options if lows[max(0, t.first - 1)] not in ("until", "till", "before") and not dates_report(view, t)
        ]
        if options:
            speech = mention.event_class.type == "Statement"
            return min(
                options,
                key=lambda t: (
                    not speech and spoken_day(view, t),
                    t.record.type == "DURATION",
                    t.record.precision != "day",
                    abs(t.first - mention.trigger.first),
                ),
            )
    return None


SPEECH_GAP = 12  # characters between "said" and its day: " on ", " late on "


def spoken_day(view: View, time: Found[Timex]) -> bool:
    """True for the day of the saying: in "the monitor said on Monday that …" Monday dates the words, not the deed."""
    start = time.record.start
    return any(0 <= start - end <= SPEECH_GAP for _, end, _ in view.spans_near("cue", start))


def subordinate(view: View, time: Found[Timex], mention: Mention) -> bool:
    """True when the day stands in another, subordinate clause: "…, as the group was known until 2016"."""
    clause = clause_at(clauses_of(view, mention.trigger.phrases), time.first)
    return view.reading.lows[clause[0]] in SUBORDINATORS and clause != mention.clause


def datable(view: View, time: Found[Timex]) -> bool:
    """A date or hour with known days, or a stretch up to now; in a report of unknown day also one that only names a weekday."""
    record = time.record
    if record.type == "DURATION" or record.value.endswith("_REF"):
        return bool(record.anchor == "published" and record.earliest and record.precision != "day")  # "in recent weeks"
    if record.type == "SET":
        return False
    published = view.reading.report.published.day
    if published and record.value.isdigit() and abs(int(record.value[:4]) - int(published[:4])) > LIVING_MEMORY:
        return False  # in news, a lone "1935" is a clock, a count or a name more often than the year of an event
    return bool(record.earliest and record.precision) or published is None


def dates_report(view: View, time: Found[Timex]) -> bool:
    """A date that dates the report ("Sun 16 Apr 2017 …" at its head, "13.04.2017"), not an event."""
    published = view.reading.report.published
    if published.basis in ("date line", "dateline") and any(
        e.start < time.record.end and time.record.start < e.end for e in published.evidence
    ):
        return True
    sentence = view.reading.sentences[view.reading.sentence_of[time.first]]
    words = view.reading.words[time.first : time.last]
    full = time.record.type == "DATE" and len(time.record.value) >= 10 and any(word[-4:].isdigit() for word in words)
    before = view.reading.lows[time.first - 1] if time.first else ""
    told = before in ("on", "of", "the", "by", "since", "from", "dated")
    return sentence.kind in ("dateline", "byline") or (full and not told and time.record.earliest == published.day)
