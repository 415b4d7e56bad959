"""One telling of an event: the working record that the coder's steps fill."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.coder.lexicon import EventClass
from dateline.coder.roles import Roles
from dateline.coder.triggers import Trigger, WeaponMention
from dateline.coder.view import Found, Region, View
from dateline.types import Figure, PartyLink, PlaceLink, Status, Timex

ARMED = frozenset(("state force", "rebel group", "political militia", "communal militia", "external force"))
CIVIC = frozenset(("government", "civilians", "individual", "international body", "party or union", "unknown"))
HUMAN = ARMED | CIVIC | {"rioters", "protesters"}
VIOLENT = frozenset(("Battles", "Explosions/Remote violence", "Violence against civilians", "Riots"))
FOUGHT_FOR = frozenset(("Battles", "Strategic developments", "Statement"))
HELD = ("-held", "-controlled", "-occupied")
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
    spoken: bool = False  # `time` is the day of the saying: "a monitor said on Sunday"
    figures: list[Found[Figure]] = field(default_factory=list)
    sayings: list[int] = field(default_factory=list)  # indexes of attributions whose content holds the trigger
    type: str = ""
    sub_type: str = ""
    vague: bool = False
    soft: frozenset[str] = frozenset()  # other sub-types that the word may stand for ("blast", "bombardment")
    attached: bool = False  # may only join another mention
    unreal: bool = False  # by its words no fact (negated, wished, only imagined), but the tagger vouches for it
    disrupts: bool = False  # "destroyed four car bombs": the object is the weapon
    chosen: str = ""  # class after a look at the clause (typing.py)
    unmet: frozenset[str] = frozenset()  # what its trigger word needs and does not have (needs.py)
    by: str = ""
    number: int = 0  # order in the text

    @property
    def event_class(self) -> EventClass:
        return self.trigger.rule.event_class

    @property
    def sentence(self) -> int:
        return self.trigger.sentence.index

    @property
    def day(self) -> Timex | None:
        """The time told of the event itself."""
        return self.time.record if self.time is not None and (self.type == "Statement" or not self.spoken) else None

    def definite(self, view: View) -> bool:
        """ "the attack", "that bombing": points back to something told before."""
        if self.trigger.verb is not None:
            return False
        chunk = self.trigger.phrases.chunks[self.trigger.chunk]
        return view.reading.lows[chunk.first] in DEFINITE


def holds_place(view: View, event_type: str, party: Found[PartyLink]) -> bool:
    """ "Shells hit rebel-held Karim": who holds a place takes no part in what happens there, unless the place is fought for."""
    return event_type not in FOUGHT_FOR and view.reading.lows[party.last - 1].endswith(HELD)
