"""What the choices of one draft event share: the option, and the scene: the event's words, how far each sentence is from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dateline.coder.grouping import Group
from dateline.coder.mention import Mention
from dateline.coder.view import Found, View
from dateline.coder.voices import answers
from dateline.types import Count, Event, Figure, Participant, PartyLink, PlaceLink, Span, Voice, Where

if TYPE_CHECKING:
    from dateline.tagger.tags import Offsets, Tags

Value = Participant | Voice | Where | Count
SCALE = 4.0  # logits are divided by this, so that weights of all features are of one size
SURE = 3.0  # size of a rare sign that says much: the training keeps weights of rare features small
MOST_MENTIONS = 12  # of one party that are looked at, the nearest to the event


@dataclass(frozen=True, slots=True)
class Option:
    """A value that could stand in a field, with its readable features. Most are never taken, so they are made when asked for."""

    make: Callable[[], Value]
    features: dict[str, float]

    @property
    def value(self) -> Value:
        return self.make()


@dataclass(frozen=True, slots=True)
class Scene:
    """One draft event in its report, as all its fields look at it.

    `words`: code points of the trigger of each telling of `known`. `away`: for each sentence of the report, how many sentences
    it is from the nearest telling.
    """

    view: View
    tags: Tags
    group: Group
    event: Event
    known: Sequence[Mention]
    words: list[Offsets]
    away: list[int]
    answers: list[tuple[str, tuple[Span, ...]]]  # who claims, denies or is blamed (coder/voices.py)
    signs: dict[int, dict[str, float]] = field(default_factory=dict)  # of parties, by chain; kept by choices_parties.py
    known_tops: dict[str, list[float]] = field(default_factory=dict)  # what `party_tops` gave, by role

    def arcs(self, role: str) -> list[float]:
        """Logits of the arc `role` from the event's words to each piece."""
        return self.tags.arcs_from(role, self.words)

    def party_tops(self, role: str) -> list[float]:
        """For each mention of `view.parties` the highest logit of an arc `role` to its words."""
        if role not in self.known_tops:
            self.known_tops[role] = self.tags.tops(self.arcs(role), self.view.party_spans)
        return self.known_tops[role]

    def distance(self, found: Found[PartyLink] | Found[PlaceLink] | Found[Figure]) -> int:
        """Sentences between a mention and the nearest telling of the event."""
        reading = self.view.reading
        return self.away[reading.sentence_of[min(found.first, len(reading.words) - 1)]]

    def nearest(self, chain: Sequence[int]) -> Sequence[int]:
        """Of the mentions of a party (numbers in `view.parties`) those looked at, the nearest to the event first."""
        if len(chain) == 1:
            return chain
        parties = self.view.parties
        return sorted(chain, key=lambda i: (self.distance(parties[i]), parties[i].first))[:MOST_MENTIONS]


def scene_of(view: View, group: Group, event: Event) -> Scene:
    """The scene of a draft event; the report must have been read by a tagger."""
    assert view.tags is not None
    known = group.known
    told = {m.sentence for m in group.mentions}
    away = [min([abs(at - sentence) for sentence in told]) for at in range(len(view.reading.sentences))]
    words = [view.offsets((m.trigger.first, m.trigger.last)) for m in known]
    return Scene(view, view.tags, group, event, known, words, away, answers(view, group))


def as_is(value: Value) -> Value:
    return value


def evidence_spans(value: Participant | Count) -> set[Offsets]:
    return {(one.start, one.end) for one in value.evidence}


def span_of(found: Found[PartyLink] | Found[PlaceLink] | Found[Figure]) -> Offsets:
    return found.record.start, found.record.end
