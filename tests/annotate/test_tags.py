"""Parts of speech of words that are verbs in one report and nouns in the next, and dictionary forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.reading import Reading
from dateline.annotate.tags import lemma_of, tag_words
from dateline.types import Report, Segment

# Sentence with the [word] marked, and the tags that are right for it ("VBD VBN": what stands around it decides later).
TAGS = [
    ("The [attack] killed two.", "NN"),
    ("They plan to [attack] the town.", "VB"),
    ("The [strike] hit a school.", "NN"),
    ("Workers [strike] for better pay.", "VBP"),
    ("The [shelling] of the town went on.", "NN VBG"),
    ("The [march] was peaceful.", "NN"),
    ("In [March] rebels fled.", "NNP"),
    ("It happened in [May].", "NNP"),
    ("He [may] attack.", "MD"),
    ("The [fire] destroyed a market.", "NN"),
    ("Rebels [fired] rockets.", "VBD"),
    ("Rockets were [fired] at the town.", "VBN"),
    ("Two people were [killed].", "VBN"),
    ("The blast [killed] two.", "VBD"),
    ("Two killed in [blast]", "NN"),
    ("The [dead] included a child.", "JJ NN"),
    ("Soldiers [wounded] three men.", "VBD VBN"),
    ("[Troops] entered the town.", "NNS"),
    ("A [protest] was held.", "NN"),
    ("The [raid] began at dawn.", "NN"),
    ("Soldiers [raided] a house.", "VBD"),
    ("The [clash] left two dead.", "NN"),
    ("Troops [clash] with rebels near the border", "VBP"),
    ("They [left] the town.", "VBD"),
    ("The [left] bank was shelled.", "JJ"),
    ("The [armed] men fled.", "JJ VBN"),
    ("Police [shot] him.", "VBD"),
    ("A [shot] was heard.", "NN"),
    ("He was [shot] dead.", "VBN"),
    ("Rebels [seized] a town.", "VBD"),
    ("The army [advance] was halted.", "NN"),
    ("Rebels [advance] on the capital.", "VBP"),
    ("[Bombing] kills six", "NN VBG"),
    ("A [suspected] militant was held.", "VBN JJ"),
    ("Turkish-[backed] rebels fled.", "JJ"),
    ("The [ambush] killed four.", "NN"),
    ("The [Russian] army fled.", "JJ NNP"),
    ("[US-led] forces left.", "JJ"),
    ("Three were [hurt].", "VBN"),
    ("Air [strikes] hit Gaza.", "NNS"),
    ("Artillery [shells] fell on the town.", "NNS"),
    ("The rebels [said] so.", "VBD"),
    ("They [found] a body.", "VBD"),
    ("People [fled] the town.", "VBD"),
    ("THE GUERRILLAS [ATTACKED] THE POST.", "VBD"),
    ("Gunmen [Kill] Six Villagers In Raid", "VBP VB"),
    ("Rebels [attack] the town every week.", "VBP"),
    ("Gunmen [attack] mosque in Kano", "VBP"),
    ("Police [fire] tear gas at the crowd.", "VBP"),
    ("Students [protest] against the law.", "VBP"),
    ("They [head] north.", "VBP"),
    ("Protesters will [march] on Monday.", "VB"),
    ("The army is [shelling] the town.", "VBG"),
    ("The jets are [bombing] the hills.", "VBG"),
    ("Police did not [arrest] the man.", "VB"),
    ("The girls were [gang-raped] by soldiers.", "VBN"),
    ("Israel [strikes] Gaza", "VBZ"),
    ("ARMY [SHELLS] REBEL POSITIONS", "VBZ"),
    ("The rebels [attack] on the town killed nine.", "NN"),
    ("A police [patrol] was hit.", "NN"),
    ("Israel [strikes] on Gaza", "NNS"),
    ("There was [fighting] in the town.", "NN"),
    ("[Fighting] between the clans killed six.", "NN"),
    ("Rebels Seize Town as Army [Retreats]", "VBZ"),
    ("Clashes [erupt] between army and rebels", "VBP VB"),
    ("The army is going to [attack] the town.", "VB"),
    ("The army [test-fired] two missiles.", "VBD"),
    ("[US-led] forces were there.", "JJ"),
    ("Warplanes also [killed] at least six people.", "VBD"),
]

LEMMAS = """
attacked VBD attack | killed VBN kill | shelling VBG shell | fled VBD flee | fleeing VBG flee | shot VBD shoot
seized VBD seize | retook VBD retake | fought VBD fight | lynched VBD lynch | bombs NNS bomb | bodies NNS body
clashes NNS clash | clashes VBZ clash | forces NNS force | policemen NNS policeman | women NNS woman | children NNS child
wives NNS wife | thieves NNS thief | buses NNS bus | gases NNS gas | beaten VBN beat | blew VBD blow | burnt VBN burn
dying VBG die | stabbing VBG stab | kidnapped VBD kidnap | rammed VBD ram | besieged VBD besiege | ambushed VBD ambush
evacuated VBD evacuate | displaced VBN displace | accused VBD accuse | looted VBD loot | dropped VBD drop
hurled VBD hurl | threw VBD throw | struck VBD strike | held VBD hold | was VBD be | firing VBG fire
deploying VBG deploy | torturing VBG torture | massacred VBN massacre | machine-gunned VBD machine-gun | dies VBZ die
flees VBZ flee | seizes VBZ seize
raped VBD rape | merged VBD merge | exchanged VBD exchange | staged VBD stage | pledging VBG pledge | neutralised VBD neutralise
gang-raped VBN gang-rape | overran VBD overrun | series NNS series | crises NNS crisis
"""


def tag_at(marked: str) -> str:
    text, at = marked.replace("[", "").replace("]", ""), marked.index("[")
    reading = Reading(Report("d", text))
    return tag_words(reading)[reading.token_at(at)]


def rows(table: str) -> list[tuple[str, str, str]]:
    return [tuple(row.split()) for row in table.replace("\n", "|").split("|") if row.strip()]  # type: ignore[misc]


@pytest.mark.parametrize(("marked", "tags"), TAGS, ids=lambda value: value)
def test_tag(marked: str, tags: str) -> None:
    assert tag_at(marked) in tags.split()


@pytest.mark.parametrize(("word", "tag", "lemma"), rows(LEMMAS))
def test_lemma(word: str, tag: str, lemma: str) -> None:
    assert lemma == lemma_of(word, tag)


def test_signs_between_segments_move_no_tag() -> None:
    text = "Rebels fled.\n* * *\nTroops attacked the town."
    segments = (Segment("headline", 0, 12), Segment("body", 19, len(text)))
    reading = Reading(Report("d", text, segments=segments))
    assert list(zip(reading.words, tag_words(reading), strict=True))[6:8] == [("Troops", "NNS"), ("attacked", "VBD")]


@given(st.text(max_size=300))
def test_every_token_has_a_tag_and_a_lemma(text: str) -> None:
    reading = Reading(Report("d", text))
    tags = tag_words(reading)
    assert len(reading) == len(tags) and all(tags)
    assert all(isinstance(lemma_of(low, tag), str) for low, tag in zip(reading.lows, tags, strict=True))


@given(st.text(min_size=1, alphabet="abdeginrst"), st.sampled_from(["VBD", "VBG", "VBZ", "NNS", "NN", "VBN"]))
def test_lemma_of_any_word_is_never_empty(word: str, tag: str) -> None:
    assert lemma_of(word, tag)
