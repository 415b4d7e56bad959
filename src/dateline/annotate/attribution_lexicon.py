"""The words of attribution, read once from `knowledge/attribution_*`: cue verbs in all their forms, small word classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.knowledge import rules, table
from dateline.types import Stance

STANCES: dict[str, Stance] = {s: s for s in ("affirms", "denies", "doubts", "silent", "claims")}
DOUBLED = frozenset(
    ["refer", "admit", "plan", "rebut", "slam", "pin", "brag", "beg", "commit", "permit", "quip", "stop", "omit", "dub"]
)


@dataclass(frozen=True, slots=True)
class Verb:
    """One cue: a verb and the fixed words after it (`rest`). See the header of `attribution_verbs.tsv` for the columns."""

    lemma: str
    rest: tuple[str, ...]
    kind: str
    stance: Stance
    certainty: str | None
    takes: str
    flags: str

    @property
    def name(self) -> str:
        return " ".join([self.lemma, *self.rest])


@dataclass(frozen=True, slots=True)
class Form:
    """A word form of cue verbs: `shape` is base, s, past, participle, both (past = participle) or ing; longest `rest` first."""

    shape: str
    verbs: tuple[Verb, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All word knowledge of the attribution finder."""

    forms: dict[str, Form]
    auxiliaries: frozenset[str]
    be: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    determiners: frozenset[str]
    pronouns: frozenset[str]
    plural_subjects: frozenset[str]
    subordinators: frozenset[str]
    prepositions: frozenset[str]
    times: frozenset[str]
    months: frozenset[str]
    verbs: frozenset[str]
    titles: frozenset[str]
    asides: frozenset[str]
    adverbials: frozenset[str]
    addressees: frozenset[str]
    singular_heads: frozenset[str]
    noun_before: frozenset[str]
    first_person: frozenset[str]
    additions: dict[str, tuple[tuple[str, ...], ...]]
    settings: dict[str, tuple[tuple[str, ...], ...]]
    occasions: frozenset[str]
    documents: frozenset[str]
    issuing: frozenset[str]
    outlets: frozenset[str]
    anonymity: dict[str, tuple[tuple[str, ...], ...]]
    modifiers: frozenset[str]
    institutions: frozenset[str]
    committees: frozenset[str]
    mute: frozenset[str]
    hearsay: frozenset[str]
    controls: frozenset[str]
    silencing: frozenset[str]
    silent_verbs: frozenset[str]
    sides: dict[str, frozenset[str]]
    own_deeds: tuple[str, ...]
    certainty: dict[str, str]
    nouns: dict[str, tuple[str, str, str]]  # word → class, kind, side (sources only)
    cue_nouns: dict[str, Stance]


@cache
def lexicon() -> Lexicon:
    """The shipped word knowledge. Raises KnowledgeError when a file is damaged."""
    data = rules("attribution_words")

    def many(key: str) -> frozenset[str]:
        return frozenset(word.replace("_", " ") for word in data[key].split())

    nouns: dict[str, tuple[str, str, str]] = {}
    cue_nouns: dict[str, Stance] = {}
    for row in table("attribution_nouns"):
        if row["class"] == "cue":
            cue_nouns.setdefault(row["word"], STANCES[row["stance"] or "affirms"])
        else:
            nouns.setdefault(row["word"], (row["class"], row["kind"], row["side"]))
    return Lexicon(
        forms=verb_forms(),
        auxiliaries=many("auxiliaries"),
        be=many("be"),
        negations=many("negations"),
        adverbs=many("adverbs"),
        determiners=many("determiners"),
        pronouns=many("pronouns"),
        plural_subjects=many("plural_subjects"),
        subordinators=many("subordinators"),
        prepositions=many("prepositions"),
        times=many("times") | many("months"),
        months=many("months"),
        verbs=many("verbs"),
        titles=many("titles"),
        asides=many("asides"),
        adverbials=many("adverbials"),
        addressees=many("addressees"),
        singular_heads=many("singular_heads"),
        noun_before=many("noun_before"),
        first_person=many("first_person"),
        additions=by_first_word(data["additions"]),
        settings=by_first_word(data["settings"]),
        occasions=many("occasions"),
        documents=many("documents"),
        issuing=many("issuing"),
        outlets=many("outlets"),
        anonymity=by_first_word(data["anonymity"]),
        modifiers=many("modifiers"),
        institutions=many("institutions"),
        committees=many("committees"),
        mute=many("mute"),
        hearsay=many("hearsay"),
        controls=frozenset((data["controls"]["plain"] + " " + data["controls"]["negative"]).split()),
        silent_verbs=many("silent_verbs"),
        sides={side: frozenset(group.split()) for side, group in data["sides"].items()},
        silencing=frozenset(data["controls"]["negative"].split()),
        own_deeds=tuple(data["own_deeds"]),
        certainty=dict(data["certainty"]),
        nouns=nouns,
        cue_nouns=cue_nouns,
    )


def by_first_word(phrases: list[str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Phrases as words, longest first, under their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in found.items()}


def verb_forms() -> dict[str, Form]:
    """Every form of every cue verb, lower-cased."""
    found: dict[str, tuple[set[str], list[Verb]]] = {}
    for row in table("attribution_verbs"):
        rest = tuple(row["rest"].split())
        verb = Verb(row["lemma"], rest, row["kind"], STANCES[row["stance"]], row["certainty"] or None, row["takes"], row["flags"])
        past, participle = row["past"], row["participle"]
        shapes = [("base", verb.lemma), ("s", third_person(verb.lemma)), ("ing", ing_form(verb.lemma))]
        shapes += [("both", past)] if past == participle else [("past", past), ("participle", participle)]
        for shape, form in shapes:
            kinds, verbs = found.setdefault(form, (set(), []))
            kinds.add(shape)
            if verb not in verbs:
                verbs.append(verb)
    return {
        form: Form(one_shape(kinds), tuple(sorted(verbs, key=lambda v: -len(v.rest)))) for form, (kinds, verbs) in found.items()
    }


def one_shape(shapes: set[str]) -> str:
    """ "put", "read", "become": the past wins over the base, which needs a plural subject."""
    for shape in ("both", "past", "participle", "ing", "s"):
        if shape in shapes:
            return shape
    return "base"


def third_person(lemma: str) -> str:
    """
    >>> [third_person(verb) for verb in ("say", "deny", "stress", "go", "have")]
    ['says', 'denies', 'stresses', 'goes', 'has']
    """
    if lemma == "have":
        return "has"
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return lemma[:-1] + "ies"
    return lemma + "s"


def ing_form(lemma: str) -> str:
    """
    >>> [ing_form(verb) for verb in ("say", "accuse", "admit", "lie", "see")]
    ['saying', 'accusing', 'admitting', 'lying', 'seeing']
    """
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith("ee"):
        return lemma[:-1] + "ing"
    if lemma in DOUBLED or lemma in {"put", "cut", "swear!"}:
        return lemma + lemma[-1] + "ing"
    return lemma + "ing"
