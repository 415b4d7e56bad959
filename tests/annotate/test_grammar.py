"""Who did what to whom, from the words alone: subjects, objects and agents of the verbs of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.annotate.grammar import Chunk, Grammar, Phrases, VerbGroup
from dateline.annotate.reading import Reading
from dateline.types import Report

# Sentence, a word of the verb, its subject(s), object(s) and agent(s): head nouns, joined by " + ".
Row = tuple[str, str, str, str, str]

ACTIVE: list[Row] = [
    ("Rebels attacked the base.", "attacked", "Rebels", "base", ""),
    ("The rebels are attacking the town.", "attacking", "rebels", "town", ""),
    ("On Friday the army retook the town of Adale.", "retook", "army", "town", ""),
    ("In the north, rebels shelled a village.", "shelled", "rebels", "village", ""),
    ("Members of the group attacked a convoy of trucks.", "attacked", "Members", "convoy", ""),
    ("Rebels could attack the city.", "attack", "Rebels", "city", ""),
    ("Residents fled as the army shelled the town.", "fled", "Residents", "", ""),
    ("Residents fled as the army shelled the town.", "shelled", "army", "town", ""),
    ('"We shot down the drone," the spokesman said.', "shot", "We", "drone", ""),
    ("The army said rebels had killed three soldiers.", "killed", "rebels", "soldiers", ""),
    ("Islamist fighters overran an army base.", "overran", "fighters", "base", ""),
    ("Rebels seize border town, kill nine", "seize", "Rebels", "town", ""),
    ("Rebels seize border town, kill nine", "kill", "Rebels", "nine", ""),
]
PASSIVE: list[Row] = [
    ("The base was attacked by rebels.", "attacked", "base", "", "rebels"),
    ("The town is being shelled by the army.", "shelled", "town", "", "army"),
    ("The town has been besieged since Friday.", "besieged", "town", "", ""),
    ("At least 12 people were killed.", "killed", "people", "", ""),
    ("Two protesters have been shot dead by police.", "shot", "protesters", "", "police"),
    ("The leader of the group was arrested.", "arrested", "leader", "", ""),
    ("The rebels' commander was killed.", "killed", "commander", "", ""),
    ("The state governor, Ali Musa, was abducted.", "abducted", "governor", "", ""),
    ("He was shot in the head.", "shot", "He", "", ""),
    ("Five killed in blast", "killed", "Five", "", ""),
]
JOINED: list[Row] = [
    ("Rebels and militiamen attacked the village.", "attacked", "Rebels + militiamen", "village", ""),
    ("The army and the rebels clashed.", "clashed", "army + rebels", "", ""),
    ("The mayor, his driver and two guards were killed.", "killed", "mayor + driver + guards", "", ""),
    ("A teacher and his wife were kidnapped by gunmen in Kaduna.", "kidnapped", "teacher + wife", "", "gunmen"),
    ("Rebels attacked and burned the village.", "burned", "Rebels", "village", ""),
    ("Rebels killed two soldiers, wounded three policemen and abducted a judge.", "wounded", "Rebels", "policemen", ""),
    ("Rebels killed two soldiers, wounded three policemen and abducted a judge.", "abducted", "Rebels", "judge", ""),
    ("Gunmen killed a judge, a priest and two guards.", "killed", "Gunmen", "judge + priest + guards", ""),
    ("The village was burned and its residents killed by militiamen.", "killed", "residents", "", "militiamen"),
]
CLAUSES: list[Row] = [
    ("Gunmen who stormed the church fled.", "stormed", "Gunmen", "church", ""),
    ("The priest, who was killed by gunmen, had asked for help.", "killed", "priest", "", "gunmen"),
    ("The priest, who was killed by gunmen, had asked for help.", "asked", "priest", "", ""),
    ("The attack, which killed nine soldiers, was claimed by the group.", "killed", "attack", "soldiers", ""),
    ("The attack, which killed nine soldiers, was claimed by the group.", "claimed", "attack", "", "group"),
    ("The group claimed the attack that killed nine soldiers.", "killed", "attack", "soldiers", ""),
    ("The soldiers whom the rebels captured were released.", "captured", "rebels", "soldiers", ""),
    ("Fighters of the Black Standard, a group based in Somalia, attacked the hotel.", "attacked", "Fighters", "hotel", ""),
    ("After capturing the town, the rebels executed prisoners.", "capturing", "rebels", "town", ""),
    ("The militants killed five people before burning the market.", "burning", "militants", "market", ""),
    ("Gunmen opened fire on a bus, killing seven of the passengers.", "killing", "Gunmen", "seven", ""),
    ("Gunmen who stormed the church killed the priest.", "killed", "Gunmen", "priest", ""),
    ("The soldiers whom the rebels captured were released.", "released", "soldiers", "", ""),
    ("The hotel where the envoy was staying was hit by a rocket.", "hit", "hotel", "", "rocket"),
    ("Protesters throwing rocks clashed with police.", "clashed", "Protesters", "", ""),
    ("A convoy carrying food was looted by gunmen.", "carrying", "convoy", "food", ""),
    ("Gunmen fought the guards before police arrived.", "arrived", "police", "", ""),
    ("Rebels from the north and soldiers from the capital fought a battle.", "fought", "Rebels + soldiers", "battle", ""),
    ("Rebels attacked and burned the village.", "attacked", "Rebels", "village", ""),
    ("Police did not arrest the man.", "arrest", "Police", "man", ""),
    ("Gunmen attack mosque in Kano", "attack", "Gunmen", "mosque", ""),
    ("Army shells rebel positions", "shells", "Army", "positions", ""),
    ("The girls were gang-raped by soldiers.", "gang-raped", "girls", "", "soldiers"),
    ("Rebels killed at least 12 people.", "killed", "Rebels", "people", ""),
    ("Troops, police clash with protesters", "clash", "Troops + police", "", ""),
    ("The road, which forces severed on Thursday, links the cities.", "severed", "forces", "road", ""),
    ("Troops retook territory that rebels took from the group.", "took", "rebels", "territory", ""),
    ("The attack they carried out failed.", "carried", "they", "attack", ""),
    ("He told reporters that troops had withdrawn.", "withdrawn", "troops", "", ""),
    ("Reports that rebels attacked were denied.", "attacked", "rebels", "", ""),
    ("Reports that rebels attacked were denied.", "denied", "Reports", "", ""),
    ("Fighting between the army and the rebels shook the city.", "shook", "Fighting", "city", ""),
    ("Members of the army and police arrested the mayor.", "arrested", "Members + police", "mayor", ""),
    ("A man accused of killing two soldiers was arrested.", "arrested", "man", "", ""),
    ("Police accused the men of killing a judge.", "killing", "men", "judge", ""),
    ("The plan to attack the base was foiled by police.", "foiled", "plan", "", "police"),
    ("The attack after midnight killed nine.", "killed", "attack", "nine", ""),
    ("Since the ceasefire collapsed, both sides have shelled the town.", "collapsed", "ceasefire", "", ""),
    ("A man drove a truck packed with explosives into a post, killing six.", "killing", "man", "six", ""),
    ("A blast hit a bus killing 12 people.", "killing", "blast", "people", ""),
    ("The rebels, who had fled, and their allies captured the airport.", "captured", "rebels + allies", "airport", ""),
    ("Two men were kidnapped and killed by gunmen.", "killed", "men", "", "gunmen"),
    ("Gunmen shot dead activist Rosa Quintana.", "shot", "Gunmen", "Quintana", ""),
    ("The agency said that rebels positioned in the hills fired rockets.", "fired", "rebels", "rockets", ""),
    ("They met under a deal with Mali and Chad, and several of them were killed.", "killed", "several", "", ""),
    ("Gunmen killed a guard and police arrested two men.", "arrested", "police", "men", ""),
]
INFINITIVES: list[Row] = [
    ("The army sent troops to capture the bridge.", "capture", "troops", "bridge", ""),
    ("The army forced villagers to flee the town.", "flee", "villagers", "town", ""),
    ("Villagers were forced to flee.", "flee", "Villagers", "", ""),
    ("Rebels attempted to seize the airport.", "seize", "Rebels", "airport", ""),
    ("The general ordered his men to open fire.", "open", "men", "fire", ""),
    ("Police used tear gas to disperse the crowd.", "disperse", "Police", "crowd", ""),
]
REDUCED: list[Row] = [
    ("Villagers kidnapped by bandits are still missing.", "kidnapped", "Villagers", "", "bandits"),
    ("A bomb planted by rebels exploded near the market.", "planted", "bomb", "", "rebels"),
    ("A bomb planted by rebels exploded near the market.", "exploded", "bomb", "", ""),
    ("Troops backed by tanks entered the town.", "entered", "Troops", "town", ""),
    ("Soldiers, backed by tanks, entered the town.", "entered", "Soldiers", "town", ""),
]


def grammar_of(text: str) -> Grammar:
    return Grammar(Reading(Report("d", text)))


def verb_of(grammar: Grammar, word: str) -> tuple[Phrases, int]:
    """The phrases of the sentence that holds `word`, and the index of its verb group."""
    reading = grammar.reading
    token = reading.words.index(word)
    phrases = grammar.phrases(reading.sentences[reading.sentence_of[token]])
    assert isinstance(phrases.chunks[phrases.at(token)], VerbGroup), f"{word!r} is not read as a verb"
    return phrases, phrases.at(token)


def group_of(text: str, word: str) -> VerbGroup:
    phrases, at = verb_of(grammar_of(text), word)
    verb = phrases.chunks[at]
    assert isinstance(verb, VerbGroup)
    return verb


def heads(grammar: Grammar, chunks: list[Chunk]) -> str:
    return " + ".join(grammar.reading.words[chunk.head] for chunk in chunks)


def roles(text: str, word: str) -> tuple[str, str, str]:
    grammar = grammar_of(text)
    phrases, at = verb_of(grammar, word)
    return (
        heads(grammar, grammar.subject(phrases, at)),
        heads(grammar, grammar.objects(phrases, at)),
        heads(grammar, grammar.agents(phrases, at)),
    )


def name_of(row: Row) -> str:
    return f"{row[1]}: {row[0]}"[:70]


@pytest.mark.parametrize("row", ACTIVE + PASSIVE + JOINED + CLAUSES + INFINITIVES + REDUCED, ids=name_of)
def test_who_did_what(row: Row) -> None:
    text, word, subject, objects, agents = row
    assert (subject, objects, agents) == roles(text, word)


VERBS: list[tuple[str, str, dict[str, object]]] = [
    ("Rebels attacked the base.", "attacked", {"lemma": "attack", "form": "finite", "passive": False, "past": True}),
    ("The base was attacked.", "attacked", {"passive": True, "form": "finite"}),
    ("The base has been attacked.", "attacked", {"passive": True, "perfect": True}),
    ("Troops are attacking the town.", "attacking", {"progressive": True, "passive": False, "past": False}),
    ("The army may attack the town.", "attack", {"modal": "may"}),
    ("Rebels have not attacked the town.", "attacked", {"negated": True, "perfect": True}),
    ("They tried to seize the town.", "seize", {"form": "inf"}),
    ("A bomb planted by rebels exploded.", "planted", {"form": "part", "passive": True}),
    ("Killing two, they fled.", "fled", {"form": "finite"}),
    ("Rebels shot down a drone.", "shot", {"particle": "down"}),
    ("Rebels did not attack the town.", "attack", {"negated": True}),
    ("They never attacked the town.", "attacked", {"negated": True}),
    ("Troops are shelling the town.", "shelling", {"progressive": True, "passive": False}),
    ("The army is going to attack the town.", "attack", {"modal": "going to"}),
    ("No group claimed the attack.", "claimed", {"negated": True}),
    ("No fewer than 12 soldiers died.", "died", {"negated": False}),
    ("The army no longer controls the town.", "controls", {"negated": True}),
]


@pytest.mark.parametrize(("text", "word", "traits"), VERBS)
def test_verb_groups(text: str, word: str, traits: dict[str, object]) -> None:
    verb = group_of(text, word)
    assert traits == {name: getattr(verb, name) for name in traits}


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("At least 12 people died.", "At least 12 people"),
        ("Police arrested up to 30 men.", "up to 30 men"),
        ("Dr. Haddad and Gen. A. B. Karim met.", "Gen . A . B . Karim"),
        ("Warplanes also struck a clinic.", "Warplanes"),
        ("More than 40 armed men fled.", "More than 40 armed men"),
        ("Between 12 to 15 soldiers died.", "12 to 15 soldiers"),
        ("The Syrian Observatory for Human Rights spoke.", "The Syrian Observatory"),
        ("The rebels' main base fell.", "The rebels ' main base"),
        ("Turkish-backed rebels fled.", "Turkish-backed rebels"),
    ],
)
def test_noun_phrases(text: str, phrase: str) -> None:
    grammar = grammar_of(text)
    chunks = grammar.phrases(grammar.reading.sentences[0]).chunks
    assert phrase in [" ".join(grammar.reading.words[c.first : c.last]) for c in chunks if c.kind == "NP"]


WORDS = 'the rebels killed by who , and to were fighting after ( ) " . May 12 of in not'.split()  # noqa: SIM905


@given(st.text(max_size=300) | st.lists(st.sampled_from(WORDS)).map(" ".join))
def test_any_text_is_cut_into_phrases_without_gaps(text: str) -> None:
    grammar = grammar_of(text)
    for sentence in grammar.reading.sentences:
        phrases = grammar.phrases(sentence)
        assert list(range(sentence.first, sentence.last)) == [t for c in phrases.chunks for t in range(c.first, c.last)]
        assert all(c.first <= c.head < c.last for c in phrases.chunks)
        for index, chunk in enumerate(phrases.chunks):
            if isinstance(chunk, VerbGroup):
                for found in (grammar.subject(phrases, index), grammar.objects(phrases, index), grammar.agents(phrases, index)):
                    assert all(any(c is known for known in phrases.chunks) for c in found)
