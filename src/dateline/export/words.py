"""Values in words for people: tables, cards, explanations. The words for stances are fixed, and none says "confirmed"."""

from __future__ import annotations

from dateline.types import EARLIER_TOLL, Count, Event, Participant, Place, Relation, Stance, Voice, Weapon, When, Where

STANCES: dict[Stance, str] = {
    "affirms": "reported by",
    "claims": "claimed by",
    "denies": "denied by",
    "doubts": "doubted by",
    "silent": "not mentioned by",
}
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def day_words(day: str | None) -> str:
    """An ISO day for people.

    >>> day_words("2020-02-01"), day_words(None)
    ('1 Feb 2020', '…')
    """
    if day is None:
        return "…"
    year, month, number = day.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def when_words(when: When) -> str:
    """The days of an event, shortened where the ends share month or year.

    >>> when_words(When("2020-01-26", "2020-02-01", "week", ()))
    '26 Jan – 1 Feb 2020'
    """
    first, last = day_words(when.earliest), day_words(when.latest)
    if first == last:
        return first
    if when.earliest and when.latest and when.earliest[:4] == when.latest[:4]:
        first = first[: -len(" 2020")]
        if when.earliest[:7] == when.latest[:7]:
            first = first.split(" ")[0]
            return f"{first}–{last}"
    return f"{first} – {last}"


def place_words(place: Place) -> str:
    """Name and country code; how near is told by `nearness`."""
    return f"{place.name}, {place.country}" if place.country and place.precision != "country" else place.name


def nearness(place: Place) -> str:
    """How far off the point may be.

    >>> nearness(Place("Karim", lat=1.5, lon=2.5, precision="town", radius_km=5.0))
    'town, ±5 km'
    """
    radius = f"±{place.radius_km:.0f} km" if place.radius_km >= 10 else f"±{place.radius_km:.1g} km"
    return f"{place.precision}, {radius}" if place.lat is not None else f"{place.precision}, no coordinates"


def relation_words(relation: Relation) -> str:
    """A relation to a named place in words.

    >>> relation_words(Relation("offset", "Karim", 50.0, "NE"))
    '50 km NE of Karim'
    """
    if relation.kind == "offset":
        distance = f"{relation.distance_km:g} km " if relation.distance_km is not None else ""
        return f"{distance}{relation.direction or 'away'} of {relation.of}"
    words = {"near": "near", "outskirts": "outskirts of", "between": "between", "road": "on the road of", "border": "border of"}
    direction = f"{relation.direction} " if relation.direction else ""
    return f"{direction}{words.get(relation.kind, relation.kind + ' of')} {relation.of}"


def where_words(where: Where) -> str:
    return place_words(where.place)


def party_words(party: Participant) -> str:
    backed = f" (backed by {party.backed_by})" if party.backed_by else ""
    return f"{'or ' if party.alternative else ''}{party.name}{backed}"


def parties_words(parties: tuple[Participant, ...]) -> str:
    return "; ".join(map(party_words, parties))


def weapon_words(weapon: Weapon) -> str:
    """A weapon in words.

    >>> weapon_words(Weapon("vehicle bomb", (), "suicide", 2))
    '2 × vehicle bomb (suicide)'
    """
    devices = f"{weapon.devices} × " if weapon.devices else ""
    return f"{devices}{weapon.kind}" + (f" ({weapon.delivery})" if weapon.delivery else "")


def amount_words(low: int | None, high: int | None, *, approximate: bool = False) -> str:
    """Bounds in words.

    >>> amount_words(12, None), amount_words(None, 40), amount_words(12, 15), amount_words(0, 0)
    ('at least 12', 'up to 40', '12–15', 'none')
    """
    if low is None:
        return f"up to {high:,}" if high is not None else "?"
    if high is None:
        return f"at least {low:,}"
    if high == 0:
        return "none"
    return ("about " if approximate else "") + (f"{low:,}" if low == high else f"{low:,}–{high:,}")


def count_words(count: Count) -> str:
    """A figure in words.

    >>> count_words(Count("killed", "civilians", 12, None, "person", ()))
    'at least 12 killed (civilians)'
    """
    group = f" ({count.group})" if count.group and count.group != "people" else ""
    unit = " households" if count.unit == "household" else ""
    amount = amount_words(count.low, count.high, approximate=count.approximate)
    one_thing = count.low == count.high == 1 and count.unit == "item"
    return f"{amount}{unit} {count.measure.removesuffix('s') if one_thing else count.measure}{group}"


def count_notes(count: Count) -> str:
    """What else is told of a figure: what it covers, and who says so."""
    covers = count.about if count.about == EARLIER_TOLL else f"covers {count.about}" if count.about else ""
    newer = f"replaces {count.replaces[0].quote}" if count.replaces else ""
    says = f"says {count.source}" if count.source else ""
    return ", ".join(note for note in (covers, newer, says) if note)


def voice_words(voice: Voice) -> str:
    """A source with its chain.

    >>> voice_words(Voice("military source", "affirms", via="SANA"))
    'military source, via SANA'
    """
    name = "the report itself" if voice.name == "report" else voice.name
    return f"{name}, via {voice.via}" if voice.via else name


def stance_lines(event: Event) -> list[tuple[Stance, list[Voice]]]:
    """The sources of an event by stance, in a fixed order; stances that nobody takes are left out."""
    groups: list[tuple[Stance, list[Voice]]] = [(stance, [v for v in event.sources if v.stance == stance]) for stance in STANCES]
    return [(stance, voices) for stance, voices in groups if voices]


def title_words(event: Event) -> str:
    """Sub-type, with the status when it is not a plain occurrence."""
    kind = event.sub_type if event.sub_type != "Other" else f"{event.type}: other"
    return kind if event.status == "occurred" else f"{kind} ({event.status})"
