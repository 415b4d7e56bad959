"""Review status of events, in words, from the judgements in force."""

from __future__ import annotations

from dateline.export.bundle import Reviewed
from dateline.merge.judgements import Decisions, load_decisions
from dateline.store.project import Project


def reviewed(project: Project) -> Reviewed:
    """What reviewers of a project decided."""
    decisions = load_decisions(project)
    return Reviewed(statuses(decisions), decisions)


def statuses(decisions: Decisions) -> dict[str, str]:
    """Project-wide id of each judged event to its status: accepted, corrected, rejected or in review.

    A judgement on a field alone leaves the event "in review", a correction makes it "corrected". "(changed since)" is added where
    the coding is no longer the one that was judged.
    """
    verdicts: dict[str, set[str]] = {}
    flagged: set[str] = set()
    for (event, field), standing in decisions.events.items():
        verdicts.setdefault(event, set()).add(
            standing.judgement.verdict if not field or standing.judgement.verdict == "correct" else "part"
        )
        if standing.flag:
            flagged.add(event)
    for standing in decisions.remarks:
        for event in standing.events:
            verdicts.setdefault(event, set()).add("part")
    return {event: status(told) + (" (changed since)" if event in flagged else "") for event, told in verdicts.items()}


def status(verdicts: set[str]) -> str:
    """The one word for what was decided on an event.

    >>> status({"accept", "part"}), status({"part"}), status({"reject", "accept"})
    ('accepted', 'in review', 'rejected')
    """
    for verdict, word in (("reject", "rejected"), ("correct", "corrected"), ("accept", "accepted")):
        if verdict in verdicts:
            return word
    return "in review"
