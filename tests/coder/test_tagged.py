"""What a tagger adds to the coder, with tags made by hand: the net itself is not asked here."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pytest

from dateline.annotate.reading import Reading
from dateline.coder import choices, linking, marks
from dateline.coder.choices import options, weigh
from dateline.coder.choices_parties import HOPELESS
from dateline.coder.events import draft_events, tellings
from dateline.coder.grouping import Group, group_mentions
from dateline.coder.lexicon import coder_lexicon
from dateline.coder.marks import mark
from dateline.coder.mentions import find_mentions
from dateline.coder.options import scene_of
from dateline.coder.retyping import status_of
from dateline.coder.triggers import find_triggers
from dateline.coder.view import View, build_view
from dateline.coder.voices import answers
from dateline.ingest import read_text
from dateline.pipeline import Tools, annotate, view_of
from dateline.tagger.tags import CLIP, Tags
from dateline.types import Event, Participant, Status, Voice
from factories import bare_event, words

TEXT = "Soldiers shelled the town of Karim on Saturday. Rebels of the Noor Front watched from a hill."
LABELS = (
    "event",
    "Explosions/Remote violence",
    "Explosions/Remote violence/Shelling/artillery/missile attack",
    "Explosions/Remote violence/Air/drone strike",
    "Statement",
    "Statement/Demand",
    "foreground",
    "report",
    "actor",
    "target",
    "place",
    "source",
    "figure",
)
ARCS = ("actor", "target", "place", "source", "figure", "same")


def tags_of(reading: Reading, arcs: dict[tuple[str, str], float]) -> Tags:
    """One piece a word. `arcs`: (role, word) → logit of the arc from any word to this one; all else is -CLIP."""
    count = len(reading)
    left, right = np.zeros((count, len(ARCS), 1), np.float32), np.full((count, len(ARCS), 1), -CLIP, np.float32)
    left[:] = 1.0
    for (role, word), logit in arcs.items():
        right[reading.lows.index(word), ARCS.index(role)] = logit
    names = {name: i for i, name in enumerate(LABELS)}, {name: i for i, name in enumerate(ARCS)}
    return Tags(reading.starts, reading.ends, np.full((count, len(LABELS)), -CLIP, np.float32), left, right, *names, "by hand")


def say(view: View, label: str, logit: float) -> None:
    """Let the tags say `label` of every word."""
    assert view.tags is not None
    tokens = view.tags.tokens.copy()
    tokens[:, view.tags.labels[label]] = logit
    view.tags = replace(view.tags, tokens=tokens, _columns={})


def draft(tools: Tools, arcs: dict[tuple[str, str], float] | None) -> tuple[View, Group, Event]:
    found = annotate(read_text(TEXT, doc_id="t", published="2020-02-02"), tools)
    tags = None if arcs is None else tags_of(found.reading, arcs)
    view = build_view(found.reading, parties=found.parties, places=found.places, times=found.times, tags=tags)
    group, event = draft_events(view)[0][0]
    return view, group, event


def test_by_knowledge_alone_the_rules_choice_stands(tools: Tools) -> None:
    view, group, event = draft(tools, None)
    assert weigh(view, group, event) == event


@pytest.mark.parametrize("word", ["soldiers", "rebels"])
def test_the_arc_of_the_tagger_decides_between_parties(tools: Tools, monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    table = {"actors": {"arc": 4.0, choices.BIAS: 0.0, choices.THRESHOLD: 0.5}}
    monkeypatch.setattr(choices, "weights", lambda: table)
    view, group, event = draft(tools, {("actor", word): 6.0})
    actors = weigh(view, group, event).actors
    assert [actor.evidence[0].quote.lower().split()[0] for actor in actors] == [word]
    assert all(actor.score and actor.score > 0.5 for actor in actors)
    assert [actor.by == "coder.actors:tagger" for actor in actors] == [word == "rebels"]  # the rules had the soldiers


def test_what_the_rules_chose_is_always_an_option(tools: Tools) -> None:
    view, group, event = draft(tools, {})
    for field, chosen in (("actors", event.actors), ("targets", event.targets), ("sources", event.sources)):
        values = [option.value for option in options(scene_of(view, group, event), field) if "rule" in option.features]
        assert all(value in values for value in chosen)
    assert event.where is None or event.where in [option.value for option in options(scene_of(view, group, event), "where")]


def test_a_place_is_weighed_by_what_it_is_to_the_report(tools: Tools) -> None:
    text = "HOMS, Syria - Soldiers shelled Aleppo on Saturday. Doctors came from France. Schools shut in Aleppo and in Idlib."
    found = annotate(read_text(text, doc_id="t"), tools)
    view = build_view(
        found.reading, parties=found.parties, places=found.places, times=found.times, tags=tags_of(found.reading, {})
    )
    group, event = next((g, e) for g, e in draft_events(view)[0] if e.where is not None)
    event = msgspec.structs.replace(event, where=None)  # every place of the report may stand
    told = {option.value.place.name: option.features for option in options(scene_of(view, group, event), "where")}
    assert told["Aleppo"]["after"] and told["Aleppo"]["clause"] and "clause" not in told["Idlib"]
    assert told["Aleppo"]["main country"] and not told["France"]["main country"]
    assert told["Syria"]["holds another"] and told["Aleppo"]["in another"] and told["Syria"]["coarser than near"]
    assert told["HOMS"]["dateline"] and told["HOMS"]["first sentence"] and not told["Idlib"]["dateline"]


def test_a_voice_is_weighed_by_what_it_holds(tools: Tools) -> None:
    text = "The Noor Observatory said soldiers shelled the town of Karim on Saturday. The mayor said he was tired."
    found = annotate(read_text(text, doc_id="t"), tools)
    tags = tags_of(found.reading, {})
    view = build_view(found.reading, parties=found.parties, places=found.places, attributions=found.attributions, tags=tags)
    group, event = draft_events(view)[0][0]
    told = {option.value.name.lower(): option.features for option in options(scene_of(view, group, event), "sources")}
    observatory = next(features for name, features in told.items() if "observatory" in name)
    assert observatory["holds telling"] and told["report"]["report bare"] == 0.0 and told["report"]["report beside holder"]
    assert not next(features for name, features in told.items() if "mayor" in name)["holds"]


def test_who_tells_a_figure_is_a_voice_of_the_event(tools: Tools) -> None:
    view, group, event = draft(tools, {})
    weighed = weigh(view, group, event)
    assert {figure.source for figure in weighed.figures} <= {None, *(voice.name for voice in weighed.sources)}


def test_tags_outside_the_text_are_none(tools: Tools) -> None:
    tags = draft(tools, {})[0].tags
    assert tags is not None
    assert tags.label("event", (5000, 5010)) == -CLIP
    assert tags.top(tags.arcs_from("actor", []), (0, 6)) == -CLIP


def test_signs_tell_how_a_party_stands_to_the_telling(tools: Tools) -> None:
    view, group, event = draft(tools, {("actor", "rebels"): 0.0, ("actor", "soldiers"): 0.0})
    found = options(scene_of(view, group, event), "actors")
    actors = {one.value.name: one.features for one in found if isinstance(one.value, Participant)}
    soldiers = next(features for name, features in actors.items() if "soldiers" in name.lower())
    assert {"finite before clause", "subject of own", "before gap=0", "in lead"} <= {
        key for key, value in soldiers.items() if value
    }
    rebels = next(features for name, features in actors.items() if "noor" in name.lower())
    assert not any(key.startswith(("finite ", "before ", "after ")) for key in rebels)  # told in another sentence


def test_a_party_without_an_arc_is_no_option_unless_the_rules_chose_it(tools: Tools) -> None:
    view, group, event = draft(tools, {("actor", "rebels"): HOPELESS})
    assert all("rule" in option.features for option in options(scene_of(view, group, event), "actors"))
    view, group, event = draft(tools, {("actor", "rebels"): HOPELESS + 0.1})
    assert any("rule" not in option.features for option in options(scene_of(view, group, event), "actors"))


@pytest.mark.parametrize(
    ("label", "logit", "sub_type"),
    [
        ("Explosions/Remote violence/Air/drone strike", 3.0, "Air/drone strike"),
        ("Explosions/Remote violence/Air/drone strike", -1.0, "Shelling/artillery/missile attack"),  # not sure of itself
        ("Statement/Demand", 6.0, "Demand"),  # another family, with force
        ("Statement/Demand", -1.0, "Shelling/artillery/missile attack"),
    ],
)
def test_the_tagger_retypes_with_force(
    tools: Tools, monkeypatch: pytest.MonkeyPatch, label: str, logit: float, sub_type: str
) -> None:
    view, group, event = draft(tools, {})
    say(view, label, logit)
    table = {"sub_type": {"logit": 4.0, "rule": CLIP + 1.0}, "foreground": {}, "ongoing": {}}
    monkeypatch.setattr(marks, "weights", lambda: {name: {**known, marks.BIAS: 0.0} for name, known in table.items()})
    assert mark(view, group, event).sub_type == sub_type


@pytest.mark.parametrize(("logit", "news"), [(5.0, True), (-5.0, False)])
def test_news_and_what_goes_on_are_weighed(tools: Tools, monkeypatch: pytest.MonkeyPatch, logit: float, news: bool) -> None:
    view, group, event = draft(tools, {})
    say(view, "foreground", logit)
    table = {"foreground": {"news": 4.0, marks.BIAS: 0.0}, "ongoing": {"age=1": 4.0, marks.BIAS: -1.0}}
    monkeypatch.setattr(marks, "weights", lambda: table)
    marked = mark(view, group, event)
    assert (marked.foreground, marked.status) == (news, "ongoing")


def test_a_recalled_event_has_no_day_of_the_news(tools: Tools) -> None:
    view, group, event = draft(tools, None)
    when = msgspec.structs.replace(event.when, by="code.when:lead")
    recalled = msgspec.structs.replace(event, foreground=False, when=when)
    assert mark(view, group, recalled).when is None
    assert mark(view, group, msgspec.structs.replace(recalled, foreground=True)).when == when
    assert mark(view, group, msgspec.structs.replace(recalled, when=event.when)).when == event.when


def test_what_is_told_of_another_day_is_another_event(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Shelling killed six people in the village of Karim on Saturday. Rebels shelled a post in the village on Friday."
    found = annotate(read_text(text, doc_id="t"), tools)
    tags = tags_of(found.reading, {("same", word): CLIP for word in found.reading.lows})
    monkeypatch.setattr(linking, "weights", lambda tagged=False: {"arc same": 9.0, linking.SHARE: 5.0, linking.BAR: -2.0})
    view = build_view(found.reading, parties=found.parties, places=found.places, times=found.times, tags=tags)
    assert len(draft_events(view)[0]) == 2


def tagged_view(tools: Tools, text: str, event: float) -> View:
    found = annotate(read_text(text, doc_id="t", published="2020-02-02"), tools)
    view = view_of(replace(found, tags=tags_of(found.reading, {})))
    say(view, "event", event)
    return view


@pytest.mark.parametrize(("event", "told"), [(2.0, [True]), (-4.0, [])])
def test_what_is_told_as_no_fact_is_a_telling_where_the_tagger_vouches(tools: Tools, event: float, told: list[bool]) -> None:
    view = tagged_view(tools, "The governor feared a possible attack on Karim.", event)
    found = [m for m in find_mentions(view, coder_lexicon()) if m.trigger.rule.words == ("attack",)]
    assert [m.unreal for m in found] == told


@pytest.mark.parametrize(("event", "groups"), [(2.0, 2), (-4.0, 1)])
def test_words_that_only_point_start_a_group_where_the_tagger_vouches(tools: Tools, event: float, groups: int) -> None:
    text = "Soldiers shelled the town of Karim on Saturday, killing nine people. On Monday the fighting was far from Barun."
    view = tagged_view(tools, text, event)
    found = group_mentions(view, tellings(view)[0])
    assert len(found) == groups


def test_the_day_on_which_one_spoke_is_no_day_of_the_event(tools: Tools) -> None:
    view = tagged_view(tools, "A monitor said on Sunday that soldiers had shelled the town of Karim.", 2.0)
    (mention,) = [m for m in find_mentions(view, coder_lexicon()) if "shell" in m.trigger.rule.words]
    assert mention.spoken and mention.day is None


@pytest.mark.parametrize(("event", "found"), [(2.0, 1), (-4.0, 0)])
def test_a_word_of_many_meanings_is_a_trigger_where_the_tagger_vouches(tools: Tools, event: float, found: int) -> None:
    view = tagged_view(tools, "The governor of Karim was released on Saturday.", event)
    assert len(find_triggers(view, coder_lexicon())) == found


def test_the_speaker_of_a_statement_is_its_voice() -> None:
    report = read_text(TEXT, doc_id="told")
    rebels, soldiers = words(report, "Rebels of the Noor Front"), words(report, "Soldiers")
    speaker = Participant("Noor Front", "rebel group", (rebels,), score=0.6)
    demand = bare_event(words(report, "watched"), type="Statement", sub_type="Demand", actors=(speaker,))
    [voice] = choices.with_speaker(msgspec.structs.replace(demand, sources=(Voice("report", "affirms"),))).sources
    assert (voice.name, voice.stance, voice.evidence) == ("Noor Front", "affirms", (rebels,))
    told = (Voice("Noor Front (NF)", "affirms", (rebels,)), Voice("Soldiers", "denies", (soldiers,)))
    assert choices.with_speaker(msgspec.structs.replace(demand, sources=told)).sources == told
    strike = bare_event(words(report, "shelled"), actors=(speaker,), sources=(Voice("report", "affirms"),))
    assert choices.with_speaker(strike) is strike


@pytest.mark.parametrize(
    ("old", "status", "new", "becomes"),
    [
        ("Warning", "occurred", "Threat", "threatened"),
        ("Threat", "threatened", "Demand", "occurred"),
        ("Attack", "occurred", "Disrupted weapons use", "foiled"),
        ("Attack", "attempted", "Suicide bomb", "attempted"),
    ],
)
def test_a_status_that_the_type_gave_goes_with_the_type(tools: Tools, old: str, status: Status, new: str, becomes: str) -> None:
    _, _, event = draft(tools, None)
    event = msgspec.structs.replace(event, sub_type=old, status=status)
    assert status_of(event, new) == becomes


@pytest.mark.parametrize(
    ("text", "sign", "who"),
    [
        ("A bomb killed 12 people in Kabul on Monday. The Noor Front claimed the bombing.", "claims it", "Noor Front"),
        ("A bomb killed 12 people in Kabul on Monday. Police blamed the Noor Front.", "is blamed", "Noor Front"),
        ("A bomb killed 12 people in Kabul on Monday. The Noor Front denied involvement.", "denies it", "Noor Front"),
    ],
)
def test_who_answers_for_an_event(tools: Tools, text: str, sign: str, who: str) -> None:
    view = view_of(annotate(read_text(text, doc_id="t", published="2020-02-04"), tools))
    group = draft_events(view)[0][0][0]
    signs = [(name, text[s.start : s.end]) for name, spans in answers(view, group) for s in spans]
    assert [name for name, words in signs if who in words] == [sign]
