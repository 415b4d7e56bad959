"""What people decided, as the page shows it: the state of every event, its decided values and remarks.

The log is the truth and this a view of it. Another window or process may add to it at any time: `refresh` takes in what is new
and looks up the events of new judgements only, so that a decision costs the same in a long log as in a short one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from dateline.merge.judgements import Decisions, Finder, decide, in_force, judged_events, load_judgements
from dateline.merge.names import Said, names_said
from dateline.merge.records import Judgement, Standing
from dateline.store import Project

Json = dict[str, Any]
OPEN: frozenset[str] = frozenset({"open"})


class Remembering(Finder):
    """A finder that keeps what it found: a judgement stands where it stood until events are coded anew."""

    def __init__(self) -> None:
        super().__init__(())
        self.known: dict[str, Standing] = {}

    def stands(self, judgement: Judgement) -> Standing:
        return self.known[judgement.id]


class Reviewed:
    """Decisions of a project, by event. `number` is that of the last judgement taken in."""

    def __init__(self) -> None:
        self.log: list[Judgement] = []
        self.number = 0
        self.names: Mapping[tuple[str, str], Said] = {}  # (actors or sources, name) → what holds of it
        self._finder = Remembering()
        self._about: dict[str, list[Standing]] = defaultdict(list)  # event of today → all judgements, also those taken back
        self._alive: set[str] = set()
        self._show(Decisions())

    def refresh(self, project: Project, *, anew: bool = False) -> None:
        """Take in new judgements; `anew` after events were coded again."""
        new = load_judgements(project, after=self.number)
        if not new and not anew:
            return
        self.log += new
        self.number = self.log[-1].number if self.log else 0
        looked_up = self.log if anew else new
        finder = Finder(judged_events(project, [anchor for one in looked_up for anchor in (*one.anchors, *one.others)]))
        if anew:
            self._about.clear()
        for one in looked_up:
            standing = self._finder.known[one.id] = finder.stands(one)
            for event_id in {*standing.events, *standing.others}:
                self._about[event_id].append(standing)
        self._alive = {one.id for one in in_force(self.log)}
        self._show(decide(self.log, self._finder))
        self.names = names_said(self.log)

    def _show(self, decisions: Decisions) -> None:
        self.decisions = decisions
        self._fields: dict[str, dict[str, Standing]] = defaultdict(dict)
        self._remarks: dict[str, list[Standing]] = defaultdict(list)
        self.added: dict[str, list[Standing]] = defaultdict(list)  # events that people added, by report
        for (event_id, key), standing in decisions.events.items():
            self._fields[event_id][key] = standing
            if standing.judgement.field == "event":
                self.added[standing.judgement.anchors[0].report_id].append(standing)
        for standing in decisions.remarks:
            for event_id in standing.events:
                self._remarks[event_id].append(standing)

    def states(self, event_id: str) -> frozenset[str]:
        """Keys of filters.STATES: "open" where nobody has decided about the event or a value of it."""
        fields = self._fields.get(event_id)
        if not fields and event_id not in self._remarks:
            return OPEN
        found: set[str] = {fields[""].judgement.verdict} if fields and "" in fields else set()
        if fields and any(one.judgement.verdict == "correct" for one in fields.values()):
            found.add("correct")
        if not found:
            found.add("open")
        return frozenset(found | ({"question"} if self._asked(event_id) else set()))

    def _asked(self, event_id: str) -> bool:
        """Whether a question on some field has no later comment."""
        last = {one.judgement.field: one.judgement.verdict for one in self._remarks.get(event_id, ())}
        return "question" in last.values()

    def of_event(self, event_id: str) -> Json | None:
        """What people decided about an event: state, decisions by key of the value, remarks; None when nothing."""
        fields, remarks = self._fields.get(event_id, {}), self._remarks.get(event_id, [])
        if not fields and not remarks:
            return None
        return {
            "states": sorted(self.states(event_id)),
            "fields": {key: standing_json(one) for key, one in fields.items()},
            "remarks": [standing_json(one) for one in remarks],
        }

    def history(self, event_ids: Iterable[str]) -> list[tuple[Standing, bool]]:
        """Every judgement on these events, newest first, and whether it is in force."""
        found = {one.judgement.number: one for event_id in event_ids for one in self._about.get(event_id, ())}
        return [(found[number], found[number].judgement.id in self._alive) for number in sorted(found, reverse=True)]

    def of_name(self, kind: str, name: str) -> Json:
        """What people say of a name: `reliability`, `own_aliases`, by whom; None and empty where nothing."""
        said = self.names.get((kind, name), {})
        told = {field: one.value for field, one in said.items()}
        by = sorted({one.user for one in said.values()})
        return {"reliability": told.get("reliability"), "own_aliases": told.get("aliases", []), "told_by": by}

    def done(self) -> int:
        """Events that were accepted or rejected, or of which a value was corrected."""
        return sum(1 for event_id in self._fields if not self.states(event_id) & {"open", "unsure"})


def judgement_fields(one: Judgement) -> Json:
    """What every view shows of a decision."""
    return {
        "id": one.id,
        "number": one.number,
        "made": one.made,
        "user": one.user,
        "verdict": one.verdict,
        "field": one.field,
        "item": one.item,
        "value": one.value,
        "reason": one.reason,
    }


def judgement_json(one: Judgement) -> Json:
    return {
        **judgement_fields(one),
        "subject": one.subject,
        "events": events_of(one),
        "doc_ids": sorted({anchor.doc_id for anchor in (*one.anchors, *one.others)}),
    }


def events_of(one: Judgement) -> list[str]:
    return [anchor.event_id for anchor in (*one.anchors, *one.others) if anchor.event_id]


def standing_json(standing: Standing) -> Json:
    """A decision as it stands with an event. Not its other events: a decision on thousands would be told thousands of times."""
    return {**judgement_fields(standing.judgement), "flag": standing.flag}
