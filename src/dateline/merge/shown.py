"""Incidents as a profile shows them: the clusters of the project, built anew from codings that the profile has rewritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from dateline.errors import StoreError
from dateline.merge.build import reconciled_incident, telling_order
from dateline.merge.judgements import Decisions
from dateline.merge.kept import chunks, marks
from dateline.merge.project import load_families
from dateline.merge.readings import Told, saying_of
from dateline.merge.records import Incident
from dateline.store.project import Project
from dateline.store.rows import event_ids
from dateline.types import Coding

Show = Callable[[Coding], Coding]


def shown_incidents(
    project: Project,
    show: Show,
    *,
    policy: str,
    decisions: Decisions | None,
    ids: Sequence[str] | None = None,
    shared: bool = False,
) -> Iterator[Incident]:
    """The incidents that the last merge kept, by day, as `show` lets them be seen; `shared`: only those of two reports or more.

    Merging explanations are left out: they hold words of the reports as they are. An incident of which the profile shows no event
    is left out. Raises StoreError when nothing was merged yet.
    """
    members = member_ids(project, ids, shared=shared)
    if not members and ids is None and not shared:
        raise StoreError("holds no incidents", where=str(project.path), remedy=f"make them with: dateline merge {project.path}")
    told = shown_events(project, {one for group in members.values() for one in group}, show)
    family = load_families(project.connection, {one.report_id for one in told.values()})
    for group in members.values():
        tellings = sorted((told[one] for one in group if one in told), key=telling_order)
        if tellings:
            yield reconciled_incident(tellings, family, policy=policy, decisions=decisions)


def member_ids(project: Project, ids: Sequence[str] | None, *, shared: bool) -> dict[str, list[str]]:
    """Incident id → event ids, incidents by day."""
    query = "SELECT i.id, m.event_id FROM incidents i JOIN incident_events m ON m.incident_id = i.id"
    query += " WHERE i.reports > 1" if shared else ""
    found: dict[str, list[str]] = {}
    with project.clear_errors():
        for row in project.connection.execute(f"{query} ORDER BY coalesce(i.earliest, i.latest, '9999'), i.id, m.event_id"):
            if ids is None or row[0] in ids:
                found.setdefault(row[0], []).append(row[1])
    return found


def shown_events(project: Project, event_ids_wanted: set[str], show: Show) -> Mapping[str, Told]:
    """Events by id, in reports as they are shown."""
    doc_ids: set[str] = set()
    for chunk in chunks(sorted(event_ids_wanted)):
        query = f"SELECT DISTINCT r.doc_id FROM events e JOIN reports r ON r.id = e.report_id WHERE e.id IN ({marks(chunk)})"
        doc_ids.update(row[0] for row in project.connection.execute(query, chunk))
    found: dict[str, Told] = {}
    for doc_id in sorted(doc_ids):
        for coding in project.load_codings(doc_id=doc_id):
            report_id, ids = coding.report.id, event_ids(coding.report.id, coding.events)
            shown = show(coding)
            originals = {event.id: Told("", coding.report, report_id, event, coding.attributions) for event in coding.events}
            for event in shown.events:
                if ids.get(event.id) in event_ids_wanted:
                    saying = saying_of(originals[event.id])
                    found[ids[event.id]] = Told(ids[event.id], shown.report, report_id, event, saying=saying)
    return found
