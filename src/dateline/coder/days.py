"""On which days an event lies, and whether it is the news of the report or something that it recalls."""

from __future__ import annotations

import datetime
from typing import Literal

from dateline.coder.frame import LEAD_SENTENCES, RECENT_DAYS, Frame
from dateline.coder.grouping import Group
from dateline.coder.mention import Mention
from dateline.coder.view import Found, View
from dateline.coder.whereabouts import spoken_day
from dateline.knowledge import wordlists
from dateline.types import Evidence, Timex, When

Precision = Literal["day", "week", "month", "year"]
WORDS = wordlists("coder")
PAST_WORDS, SINCE_ENDS = WORDS["past_words"], WORDS["since_ends"]
SINCE = 8  # tokens from "since" to its day: "since the offensive began on May 31"


def choose_when(view: View, group: Group, frame: Frame, words: tuple[Evidence, ...]) -> When | None:
    """The day told of the event itself; else that of the report's news; else publication day and the day before, inferred.

    What is said, or goes on, without a day of its own lies between the day of the news and publication. `words`: the
    trigger, which stands as evidence where no words tell a day.
    """
    statement, ongoing = group.head.type == "Statement", group.head.status == "ongoing"
    told = [m.time for m in sorted(group.mentions, key=lambda m: (m.event_class.result, m.number)) if m.time is not None]
    own = told if statement else [t for t in told if not spoken_day(view, t)]
    if own:
        best = next((t for t in own if t.record.precision == "day"), own[0])
        if ongoing:
            best = next((t for t in own if told_since(view, t)), best)
        lasts = told_since(view, best) and not statement
        return until_published(view, best, frame, "code.when:told") if lasts else when_of(view, best, "code.when:told")
    day = frame.time or next(iter(told), None)
    if day is not None:
        if spoken_day(view, day):
            return day_of_words(view, day)
        after = statement or ongoing
        return until_published(view, day, frame, "code.when:lead") if after else when_of(view, day, "code.when:lead")
    if frame.published is None:
        return None
    start = frame.published - datetime.timedelta(days=1)
    return When(start.isoformat(), frame.published.isoformat(), "day", words[:1], True, "code.when:published")


def day_of_words(view: View, time: Found[Timex]) -> When:
    """ "a monitor said on Monday": it happened that day or the day before (CODEBOOK: inferred)."""
    record = time.record
    if record.earliest is None or record.latest is None or record.precision != "day":
        return when_of(view, time, "code.when:said", inferred=True)
    before = datetime.date.fromisoformat(record.earliest) - datetime.timedelta(days=1)
    evidence = (view.reading.report.evidence(record.start, record.end),)
    return When(before.isoformat(), record.latest, "day", evidence, True, "code.when:said")


def told_since(view: View, time: Found[Timex]) -> bool:
    """ "besieged since 2013", "since the truce took effect on Monday"."""
    lows = view.reading.lows
    for at in range(time.first - 1, max(-1, time.first - 1 - SINCE), -1):
        if lows[at] == "since":
            return True
        if lows[at] in SINCE_ENDS:
            return False
    return False


def until_published(view: View, time: Found[Timex], frame: Frame, by: str) -> When:
    """From the day told to publication; the day alone where publication is not known or came before it."""
    record = time.record
    if frame.published is None or record.earliest is None or record.earliest > frame.published.isoformat():
        return when_of(view, time, by)
    days = (frame.published - datetime.date.fromisoformat(record.earliest)).days
    precision: Precision = "day" if days <= 1 else "week" if days <= 10 else "month" if days <= 31 else "year"
    evidence = (view.reading.report.evidence(record.start, record.end),)
    return When(record.earliest, frame.published.isoformat(), precision, evidence, record.inferred, by)


def when_of(view: View, time: Found[Timex], by: str, inferred: bool = False) -> When:
    record = time.record
    return When(
        record.earliest,
        record.latest,
        record.precision or "day",
        (view.reading.report.evidence(record.start, record.end),),
        inferred or record.inferred,
        by,
    )


def is_foreground(view: View, group: Group, when: When | None, frame: Frame) -> bool:
    """News of this report: told with a day up to three days before publication, or told without one as news is told."""
    told = when is not None and when.by == "code.when:told"
    if group.head.sub_type == "Stock":
        return False
    if when is not None and told and when.latest is not None:
        reference = frame.published or frame.newest
        if reference is not None:
            return datetime.date.fromisoformat(when.latest) >= reference - datetime.timedelta(days=RECENT_DAYS)
    return not all(recalled(view, m) for m in group.mentions)


def recalled(view: View, mention: Mention) -> bool:
    """Told in passing below the lead, without a day: in a relative clause, in the past perfect, or as a lasting state."""
    if mention.sentence < LEAD_SENTENCES or mention.trigger.sentence.kind == "headline":
        return False
    verb = mention.trigger.verb or mention.roles.governor
    first = view.reading.lows[mention.clause[0]]
    if mention.sub_type == "Other" and mention.event_class.name == "other":
        return True
    words = set(view.reading.lows[mention.trigger.sentence.first : mention.trigger.sentence.last])
    perfect = verb is not None and verb.perfect and view.reading.lows[verb.first] == "had" and bool(words & PAST_WORDS)
    return first in ("which", "who", "where", "when", "whose") or perfect
