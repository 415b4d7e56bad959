"""One look over a reading for parties: where country words and registry names stand, and the mention record all finders share."""

from __future__ import annotations

from dataclasses import dataclass, field

from dateline.annotate.parties_words import Noun, PartyWords, country_index, nouns, party_words
from dateline.annotate.reading import Reading
from dateline.annotate.tags import tag_tables
from dateline.resolve.actors import Actor, Entry, Registry, fold, fold_token
from dateline.types import PartyKind

BEFORE_AMERICAN = frozenset(("central", "latin", "south", "north", "native"))


@dataclass(slots=True)
class Mention:
    """A party mention in the making: tokens `[first, last)`, `head` its head token. Turned into a PartyLink at the end."""

    first: int
    last: int
    head: int
    sort: str  # sort of party_nouns.tsv, or: name, org, state, doer, surname
    kind: PartyKind
    name: str
    actors: tuple[Actor, ...] = ()  # registry candidates; the frame chooses
    actor: Actor | None = None
    country: str | None = None
    backed_by: str | None = None
    lemma: str = ""
    plural: bool = False
    definite: bool = False
    ruled: bool = False  # a government called by its head: "the Assad regime"
    owned: bool = False  # "its", "their" before it
    bare: bool = True  # no modifier that describes
    back: bool = False  # may take up a party named before
    generic: bool = True
    private: bool = False
    person: str = ""  # the person's name alone
    chain: int = -1


@dataclass(slots=True)
class Scan:
    """Working view of one reading: tags and what stands at each token."""

    reading: Reading
    tags: list[str]
    registry: Registry
    words: PartyWords = field(default_factory=party_words)
    countries: dict[int, tuple[int, str, str]] = field(default_factory=dict)  # first -> (last, alpha-3, use)
    country_ends: dict[int, int] = field(default_factory=dict)  # last token -> first
    names: dict[int, tuple[int, tuple[Actor, ...], bool]] = field(default_factory=dict)  # first -> (last, actors, acronym)
    name_ends: dict[int, int] = field(default_factory=dict)
    leaders: dict[int, Actor] = field(default_factory=dict)  # surname of a leader of a named actor of the report -> that actor
    lows: list[str] = field(default_factory=list)
    caseless: bool = False  # capitals say nothing: all-capitals wires, texts without any
    spoken: dict[int, str] = field(default_factory=dict)  # first token of a registry name -> that name as the registry spells it
    known_as: dict[str, dict[str, int]] = field(default_factory=dict)  # actor id -> how often each name is told
    titled: set[int] = field(default_factory=set)  # sentences in title case: a capital says nothing there
    nouns: list[tuple[int, int, Noun]] = field(default_factory=list)  # (first, last, noun) of every party noun
    inside: set[int] = field(default_factory=set)  # tokens of country names of several words

    def capital(self, at: int) -> bool:
        """A word told with a capital; never in all-capitals text."""
        word = self.reading.words[at]
        return not self.caseless and (word[0].isupper() or ("-" in word and not word.islower() and word[0].isalpha()))

    def named(self, at: int) -> bool:
        """A capital that makes a name: in title case, only of a word that no list knows in lower case."""
        if not self.capital(at):
            return False
        if self.reading.sentence_of[at] not in self.titled:
            return True
        return tag_tables().words.get(self.lows[at], "NNP") in ("NNP", "NNPS")

    def sentence_first(self, at: int) -> int:
        return self.reading.sentences[self.reading.sentence_of[at]].first

    def sentence_last(self, at: int) -> int:
        return self.reading.sentences[self.reading.sentence_of[at]].last

    def text(self, first: int, last: int) -> str:
        """The words of tokens `[first, last)` on one line."""
        return " ".join(self.reading.text[self.reading.starts[first] : self.reading.ends[last - 1]].split())


def scan(reading: Reading, tags: list[str], registry: Registry) -> Scan:
    """Find country words and registry names once."""
    view = Scan(reading, tags, registry, lows=reading.lows, caseless=reading.caseless)
    find_nouns(view)
    find_titles(view)
    find_countries(view)
    find_names(view)
    drop_unsupported(view)
    find_leaders(view)
    return view


def find_nouns(view: Scan) -> None:
    """Every noun of the table, the longest at each token."""
    index, lows = nouns(), view.lows
    for at, low in enumerate(lows):
        if low in index:
            for rest, noun in index[low]:
                last = at + 1 + len(rest)
                if "name" in noun.flags and within_name(view, at):
                    break
                if not rest or tuple(lows[at + 1 : last]) == rest:
                    view.nouns.append((at, last, noun))
                    break


def within_name(view: Scan, at: int) -> bool:
    """ "Le Van Thanh": a word that is a name as well (flag `name`), between two capitals, is part of one."""
    words = view.reading.words
    return not view.caseless and 0 < at < len(words) - 1 and all(words[i][0].isupper() for i in (at - 1, at, at + 1))


def find_titles(view: Scan) -> None:
    """Sentences in which nearly every word has a capital: headlines in title case."""
    if view.caseless:
        return
    words = view.reading.words
    for sentence in view.reading.sentences:
        told = [word for word in words[sentence.first : sentence.last] if len(word) > 3 and word[0].isalpha()]
        open_end = words[sentence.last - 1] not in '.!?"'
        if open_end and len(told) > 4 and sum(word[0].isupper() for word in told) >= 0.8 * len(told):
            view.titled.add(sentence.index)


def drop_unsupported(view: Scan) -> None:
    """Acronyms of up to three letters need support: a country of the actor or its full name somewhere in the report."""
    told = {iso3 for _, iso3, _ in view.countries.values()}
    full = {actor.id for _, actors, acronym in view.names.values() if not acronym for actor in actors}
    home = {actor.country for _, actors, acronym in view.names.values() if not acronym for actor in actors}
    for first, (last, actors, acronym) in list(view.names.items()):
        short = acronym and len(view.lows[first].replace(".", "")) <= 3
        if short or (last - first == 1 and view.lows[first].removeprefix("al-") in view.words.ambiguous):
            kept = tuple(a for a in actors if not a.countries or a.id in full or told & set(a.countries) or a.country in home)
            if kept:
                view.names[first] = (last, kept, acronym)
            else:
                del view.names[first], view.name_ends[last - 1]


def find_leaders(view: Scan) -> None:
    """Surnames of the leaders of actors that the report names ("Jolani's group")."""
    surnames: dict[str, Actor] = {}
    for _, actors, _ in view.names.values():
        for leader in actors[0].leaders if len(actors) == 1 else ():
            surnames[fold(leader)[-1]] = actors[0]
    if surnames:
        for at, word in enumerate(view.reading.words):
            parts = fold_token(word)
            if parts and parts[-1] in surnames and (view.caseless or view.capital(at)):
                view.leaders[at] = surnames[parts[-1]]


def find_countries(view: Scan) -> None:
    index = country_index()
    words, lows, upper = view.reading.words, view.lows, view.reading.upper
    skip = 0
    for at, low in enumerate(lows):
        if at < skip:
            continue
        found = index.get(low)
        code = (
            index.get("=" + words[at]) if words[at].isupper() and (not upper or "." in words[at] or len(words[at]) > 2) else None
        )
        if not found and not code:
            continue
        if at and ((lows[at - 1] in BEFORE_AMERICAN and low.startswith("american")) or lows[at - 1] == "new"):
            continue  # Central American presidents, New Jersey
        for parts, iso3, use in code or found or ():
            last = at + 1 + len(parts)
            if tuple(lows[at + 1 : last]) != parts:
                continue
            if not view.caseless and not words[at][0].isupper() and (use == "name" or low == "polish"):
                continue
            view.countries[at] = (last, iso3, use)
            view.country_ends[last - 1] = at
            if last - at > 1:
                view.inside.update(range(at, last))
            skip = last
            break


def find_names(view: Scan) -> None:
    """Registry names, longest first; spelling of articles, hyphens, accents and case does not count."""
    index = view.registry.index
    parts: list[str] = []
    tokens: list[int] = []
    for at, word in enumerate(view.reading.words):
        for part in fold_token(word):
            parts.append(part)
            tokens.append(at)
    sentence_of = view.reading.sentence_of
    until = 0
    for at, part in enumerate(parts):
        entries = index.get(part)
        if not entries or at < until or (at and tokens[at - 1] == tokens[at]):
            continue
        size, actors, acronym, text = -1, [], False, ""
        for entry in entries:
            end = at + 1 + len(entry.parts)
            if len(entry.parts) < size:
                break
            if (
                tuple(parts[at + 1 : end]) != entry.parts
                or end > len(parts)
                or not spelled(view, entry, tokens[at], tokens[end - 1])
            ):
                continue
            if sentence_of[tokens[at]] != sentence_of[tokens[end - 1]] or (end < len(parts) and tokens[end] == tokens[end - 1]):
                continue
            size = len(entry.parts)
            acronym, text = entry.acronym, entry.text
            actors.append(entry.actor)
        if not actors:
            continue
        first, last = tokens[at], tokens[at + size] + 1
        if first and view.lows[first - 1] in ("al", "el") and view.reading.gaps[first] in (" ", "", "\n"):
            first -= 1
        until = at + size + 1
        view.names[first] = (last, tuple(dict.fromkeys(actors)), acronym)
        view.name_ends[last - 1] = first
        view.spoken[first] = text


def spelled(view: Scan, entry: Entry, first: int, last: int) -> bool:
    """Whether the letters are written as this kind of name demands."""
    if entry.any_case:
        return True
    if view.caseless:
        low = view.lows[first]
        return not entry.acronym or low not in view.words.acronym_words or bracketed(view, first)
    if entry.acronym:
        word = view.reading.words[first]
        small = len(word) > 3 and word.istitle() and word.lower() not in view.words.acronym_words  # Isis, Nato
        return word == word.upper() or word == entry.text or small
    return view.capital(first) and (entry.ends_small or view.capital(last) or view.lows[last].isdigit())


def bracketed(view: Scan, at: int) -> bool:
    return at > 0 and view.lows[at - 1] in "([" and at + 1 < len(view.lows) and view.lows[at + 1] in ")]"
