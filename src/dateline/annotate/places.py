"""Toponyms in running text: which words are names of places, and how each is used.

`find_toponyms` walks over capitalised words, takes the longest name the gazetteer knows, and weighs signs for and against a
place: words before and after, prominence, titles and given names of people, larger names around it, other mentions in the
report. A name that no gazetteer holds is found where the words say what it is ("the village of Kafr Sabil").
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field

from dateline.annotate.places_words import PlaceWords, place_words
from dateline.annotate.reading import Reading, Sentence
from dateline.resolve.countries import country_codes, country_words
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind
from dateline.types import PlaceUse

LONGEST = 6  # tokens of a name
ACCEPT = 1.0  # strength at which words are taken for a place
LOWER_PREFIX = re.compile(r"(?:a[lnrstdz]|el|e[nsrtdz]|ash|adh|ad|ul|d|l|de|ed)[-'’‘`][A-Z]")
KNOWN_CODES = frozenset({"EU"})
HEADS = frozenset("tal tel tell kafr kfar khan deir dayr ain ayn umm abu bani beit bayt khirbet wadi jabal jebel ras bir birka karm".split())
UPPER_STOPS = frozenset("to that such which than then them us me him out up down off very own same way too only just more most other others".split())
HELD = ("-held", "-backed", "-controlled", "-led", "-run", "-based", "-besieged")
AREA_KINDS = frozenset({Kind.ADM1, Kind.ADM2})


@dataclass(slots=True)
class Toponym:
    """A name in the text. Tokens `[first, last)` hold it; `start`/`end` are its code points (a part of a hyphened token, maybe)."""

    first: int
    last: int
    start: int
    end: int
    name: str
    candidates: tuple[Candidate, ...]
    strength: float = 0.0
    use: PlaceUse = "literal"
    kinds: frozenset[Kind] = frozenset()
    phrase_first: int = -1
    phrase_last: int = -1
    people: bool = False  # an adjective or demonym: Syrian, Africans
    sure: bool = False  # the name has a sign of its own: a preposition, a kind word, a parent
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Scan:
    """What the walk over one report needs and remembers."""

    reading: Reading
    gazetteer: Gazetteer
    words: PlaceWords
    capital: list[bool]
    persons: set[str] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)


def find_toponyms(reading: Reading, gazetteer: Gazetteer, accept: float = ACCEPT) -> list[Toponym]:
    """Place names of the report in text order; page furniture is left out."""
    scan = Scan(reading, gazetteer, place_words(), [is_capital(word) for word in reading.words])
    if not reading.upper:
        for sentence in reading.coded:
            note_persons(scan, sentence)
    found: list[Toponym] = []
    for sentence in reading.coded:
        walk(scan, sentence, found)
    agree(found, reading.upper)
    return [t for t in found if t.strength >= accept]


def is_capital(word: str) -> bool:
    return word[0].isupper() or (word[0].islower() and LOWER_PREFIX.match(word) is not None)


# ---- people ----------------------------------------------------------------------------------------------------------


def runs(scan: Scan, sentence: Sentence) -> list[tuple[int, int]]:
    """Maximal stretches of capitalised tokens; "al" and "bin" may stand inside, a sentence's first function word may not."""
    capital, lows = scan.capital, scan.reading.lows
    found, at = [], sentence.first
    while at < sentence.last:
        if not capital[at] or (at == sentence.first and lows[at] in scan.words.ordinary):
            at += 1
            continue
        end = at + 1
        while end < sentence.last:
            initial = lows[end] == "." and (len(lows[end - 1]) <= 2 or lows[end - 1] in scan.words.person_titles)
            inside = lows[end] in {"al", "el", "bin", "ibn", "abu", "de", "van", "von"} and end + 1 < sentence.last and capital[end + 1]
            if not (capital[end] or initial or inside):
                break
            end += 1
        found.append((at, end))
        at = end
    return found


def note_persons(scan: Scan, sentence: Sentence) -> None:
    """Remember names of people: "Gen. Marcus Hale", "spokeswoman Ada Wren", "Victoria Lindt". Their tokens are no places."""
    lows = scan.reading.lows
    for first, last in runs(scan, sentence):
        start = person_start(scan, first, last, sentence)
        if start is None:
            continue
        end = start
        while end < last and end - start < 4 and not ends_person(scan, end, end > start):
            end += 1
        if end == start or (end - start == 1 and not titled(scan, start, sentence)):
            continue
        scan.blocked.update(range(start, end))
        scan.persons.update(lows[start if end - start == 1 else start + 1 : end])


def person_start(scan: Scan, first: int, last: int, sentence: Sentence) -> int | None:
    """Where a person's name starts in a run of capitalised words; None when nothing speaks for one."""
    lows, words = scan.reading.lows, scan.words
    for at in range(first, last):
        if country_at(scan, at) or lows[at] in words.kinds or lows[at] in words.bodies:
            continue
        if titled(scan, at, sentence) and lows[at] not in words.person_titles and lows[at] != ".":
            return at
        if at + 1 < last and lows[at] in words.given and not ends_person(scan, at + 1, True):
            if not exact_name(scan, at, last) and not exact_name(scan, at, at + 2):
                return at
    if last - first in (2, 3) and last < sentence.last and lows[last] in words.speech and first > sentence.first:
        plain = not any(ends_person(scan, at, True) or lows[at] in words.ordinary for at in range(first, last))
        if plain and not exact_name(scan, first, last):
            return first
    return None


def titled(scan: Scan, at: int, sentence: Sentence) -> bool:
    """True after a title of a person: Mrs., Gen., spokesman. Titles of offices (mayor, police) stand beside places as often."""
    lows, words = scan.reading.lows, scan.words
    before = at - 1
    if before > sentence.first and lows[before] == ".":
        before -= 1
    return before >= sentence.first and lows[before] in words.person_titles - words.place_titles


def ends_person(scan: Scan, at: int, inside: bool) -> bool:
    """True for words that are no part of a person's name."""
    low, words = scan.reading.lows[at], scan.words
    if low == "." and inside:
        return False
    return low in words.kinds or low in words.bodies or low in words.streets or low in words.media or (low in country_words() and low not in words.given)


def exact_name(scan: Scan, first: int, last: int) -> bool:
    """True for a name of several words that is a known place as it stands: San Francisco, Abu Kamal."""
    if last - first < 2 or last > len(scan.reading):
        return False
    return any(c.match >= 0.96 and (c.population > 3000 or c.kind is not Kind.TOWN) for c in look_up(scan, first, last))


def country_at(scan: Scan, at: int) -> bool:
    return scan.reading.lows[at] in country_words()


# ---- the walk --------------------------------------------------------------------------------------------------------


def walk(scan: Scan, sentence: Sentence, found: list[Toponym]) -> None:
    at = sentence.first
    while at < sentence.last:
        if not scan.capital[at]:
            at += 1
            continue
        toponyms = people_word(scan, at, sentence) or state_code(scan, at, sentence, found) or known_name(scan, at, sentence)
        if toponyms and toponyms[0].strength < 0 and (unlisted := unknown_name(scan, at, sentence)):
            toponyms = unlisted
        if not toponyms and "-" in scan.reading.words[at]:
            toponyms = hyphened(scan, at, sentence)
        if not toponyms:
            toponyms = unknown_name(scan, at, sentence)
        if toponyms:
            found.extend(toponyms)
            at = max(t.last for t in toponyms)
        else:
            at += 1


def text_of(scan: Scan, first: int, last: int) -> str:
    reading = scan.reading
    return " ".join(reading.text[reading.starts[first] : reading.ends[last - 1]].split())


def look_up(scan: Scan, first: int, last: int) -> tuple[Candidate, ...]:
    return scan.gazetteer.find(text_of(scan, first, last))


def make(scan: Scan, first: int, last: int, candidates: tuple[Candidate, ...]) -> Toponym:
    reading = scan.reading
    start, end = reading.starts[first], reading.ends[last - 1]
    return Toponym(first, last, start, end, reading.text[start:end], candidates, phrase_first=first, phrase_last=last)


def people_word(scan: Scan, at: int, sentence: Sentence) -> list[Toponym]:
    """Syrian, Saudi Arabian, African, Texans: the place of an adjective or demonym."""
    lows = scan.reading.lows
    for size in (3, 2, 1):
        if at + size > sentence.last:
            continue
        low = " ".join(lows[at : at + size])
        use = country_words().get(low)
        place = scan.words.people.get(low)
        if use and use[1] == "people":
            country = scan.gazetteer.country_place(use[0])
            candidates = (country,) if country else ()
        elif place:
            candidates = scan.gazetteer.find(place)[:1]
        else:
            continue
        if not candidates:
            return []
        toponym = make(scan, at, at + size, candidates)
        toponym.people, toponym.use, toponym.strength = True, "demonym", 4.0
        return [toponym]
    return []


def state_code(scan: Scan, at: int, sentence: Sentence, found: list[Toponym]) -> list[Toponym]:
    """Ky. and D.C. anywhere after a name; postal codes (KY) only after a comma that follows a name."""
    reading, words = scan.reading, scan.words
    word = reading.words[at].rstrip(".")
    after_comma = at >= sentence.first + 2 and reading.words[at - 1] == ","
    dotted_end = at + 1 < sentence.last and reading.words[at + 1] == "." and reading.starts[at + 1] == reading.ends[at]
    told = words.dotted.get(word) if (dotted_end and after_comma) or reading.words[at].endswith(".") or word == "DC" else None
    if told is None and after_comma and not reading.upper and (found and found[-1].last == at - 1 or scan.capital[at - 2]):
        told = words.postal.get(word) or words.dotted.get(word)
    if told is None:
        return []
    name, country = told
    states = tuple(c for c in scan.gazetteer.find(name) if c.country == country and c.kind is Kind.ADM1)
    if not states:
        return []
    toponym = make(scan, at, at + 1, states[:1])
    toponym.strength, toponym.sure = 3.0, True
    return [toponym]


def country_code(scan: Scan, at: int) -> tuple[Candidate, ...]:
    """US, U.S., UK, UAE as countries; only as written, and not in all-capitals reports unless dotted."""
    word = scan.reading.words[at]
    dotted = "." in word
    if not word.isupper() or (scan.reading.upper and not dotted and word not in {"USA", "USSR", "UAE"}):
        return ()
    iso3 = country_codes().get(word) or (country_words().get(word.lower(), ("", ""))[0] if dotted else None)
    country = scan.gazetteer.country_place(iso3) if iso3 else None
    return (country,) if country else ()


def known_name(scan: Scan, at: int, sentence: Sentence) -> list[Toponym]:
    """The longest name from `at` that the gazetteer knows, with its strength."""
    reading = scan.reading
    code = country_code(scan, at)
    if code:
        toponym = make(scan, at, at + 1, code)
        weigh(scan, toponym, sentence)
        toponym.strength = max(toponym.strength, 3.0)
        followed = reading.words[at + 1] if at + 1 < sentence.last else "."
        if toponym.use == "literal" and followed[0].isalpha() and followed not in scan.words.metonym_verbs and not toponym.sure:
            toponym.use = "modifier"
        return [toponym]
    for last in ends_of_names(scan, at, sentence):
        if last - at == 1 and len(reading.words[at]) < 2:
            continue
        candidates = fitting(scan, at, last, look_up(scan, at, last))
        if candidates:
            toponym = make(scan, at, last, candidates)
            weigh(scan, toponym, sentence)
            return [toponym]
    return []


def ends_of_names(scan: Scan, at: int, sentence: Sentence) -> list[int]:
    """Possible ends of a name that starts at token `at`, the farthest first."""
    words, lows = scan.reading.words, scan.reading.lows
    ends, last = [at + 1], at + 1
    while last < sentence.last and last - at < LONGEST:
        if scan.capital[last]:
            last += 1
            ends.append(last)
        elif words[last] == "." and lows[last - 1] in {"st", "mt", "ft", "ste"}:
            last += 1
        elif lows[last] in scan.words.connectors and not scan.reading.upper:
            last += 1
        elif words[last] in {"'", "’", "`", "‘"} and scan.reading.ends[last - 1] == scan.reading.starts[last]:
            last += 1
        else:
            break
    return ends[::-1]


def fitting(scan: Scan, first: int, last: int, candidates: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    """Candidates near enough to the words as written. Dictionary words and short words must be met exactly."""
    if not candidates:
        return ()
    reading = scan.reading
    low = reading.lows[first]
    single = last - first == 1
    if low in scan.words.ordinary:
        if single:
            return ()
        return tuple(c for c in candidates if c.match == 1.0 and c.population > 500)
    least = 0.8
    if single and (low in scan.words.kinds or low in scan.words.bodies or low in scan.words.person_titles or low in scan.words.directions):
        return ()
    if single and (len(low) < 5 or low in scan.words.common or low in scan.words.given):
        least = 0.96
    if scan.reading.upper:
        least = 0.96
        if not single and any(w in scan.words.ordinary or w in UPPER_STOPS for w in reading.lows[first:last]):
            return tuple(c for c in candidates if c.match == 1.0 and (c.population > 50000 or c.kind is not Kind.TOWN))
        if single and (low in scan.words.famous or low in scan.words.streets or low in scan.words.heads_before):
            return ()
    if single and low in scan.persons and not before_place(scan, first):
        least = 0.96
    if single and reading.words[first].isupper() and not reading.upper and len(low) <= 4 and reading.words[first] not in KNOWN_CODES | country_codes().keys():
        return ()
    return tuple(c for c in candidates if c.match >= (least if c.kind is not Kind.COUNTRY else 0.96))


def before_place(scan: Scan, at: int) -> bool:
    return at > 0 and scan.reading.lows[at - 1] in scan.words.strong


def hyphened(scan: Scan, at: int, sentence: Sentence) -> list[Toponym]:
    """Places inside a hyphened token: Damascus-Aleppo, U.S.-backed, pro-Damascus, Paris-based."""
    reading = scan.reading
    found: list[Toponym] = []
    offset = reading.starts[at]
    parts = reading.words[at].split("-")
    for number, part in enumerate(parts):
        if part[:1].isupper() and len(part) > 1:
            use = country_words().get(part.lower())
            people = scan.words.people.get(part.lower())
            candidates: tuple[Candidate, ...]
            if use and use[1] == "people":
                country = scan.gazetteer.country_place(use[0])
                candidates = (country,) if country else ()
            elif people:
                candidates = scan.gazetteer.find(people)[:1]
            else:
                candidates = tuple(c for c in scan.gazetteer.find(part) if c.match >= 0.96)
            sure = bool(use or people)
            if candidates and (sure or prominence(candidates) >= 2.0):
                is_people = bool(people) or bool(use and use[1] == "people")
                toponym = Toponym(at, at + 1, offset, offset + len(part), part, candidates, 2.5, "modifier")
                toponym.phrase_first, toponym.phrase_last, toponym.people = at, at + 1, is_people
                if is_people:
                    toponym.use = "demonym"
                elif number == 0 and len(parts) > 1 and parts[1][:1].isupper():
                    toponym.use = "literal"
                elif number and parts[number - 1][:1].isupper():
                    toponym.use = "literal"
                elif number and parts[0].lower() in {"pro", "anti"}:
                    toponym.use = "metonym"
                found.append(toponym)
        offset += len(part) + 1
    capitalised = [part for part in parts if part[:1].isupper()]
    if len(capitalised) > 1 and len(found) < len(capitalised):
        return []  # half of a double name (Smith-Jordan, Saint-Denis-like names unknown to us)
    return found


def unknown_name(scan: Scan, at: int, sentence: Sentence) -> list[Toponym]:
    """A name no gazetteer holds, where the words say what it is: "the village of X", "X village", "the X area"."""
    reading, words = scan.reading, scan.words
    lows = reading.lows
    if reading.upper or lows[at] in words.ordinary or at in scan.blocked:
        return []
    if at > sentence.first and scan.capital[at - 1] and lows[at - 1] not in words.ordinary | words.kinds.keys():
        return []
    last = at + 1
    while last < sentence.last and last - at < 4 and (scan.capital[last] or (lows[last] in {"al", "el"} and scan.capital[last + 1 : last + 2])):
        last += 1
    while last > at + 1 and lows[last - 1] in words.kinds:
        last -= 1
    kinds = kinds_around(scan, at, last, sentence)
    after = reading.words[last] if last < sentence.last else ""
    of_kind = at - 2 >= sentence.first and lows[at - 1] == "of" and reading.words[at - 2] in words.unlisted_of
    if not (after in words.unlisted_after or of_kind) or (last - at == 1 and (len(lows[at]) < 3 or reading.words[at].isupper())):
        return []
    if any(low in words.common or low in words.ordinary or low.endswith(HELD) for low in lows[at:last]):
        return []
    if last < sentence.last and lows[last] in {"front", "guard", "movement"} and scan.capital[last]:
        return []
    if not kinds or not kinds & {Kind.TOWN, Kind.QUARTER, Kind.ADM2, Kind.SITE} or lows[at] in words.kinds or lows[at] in words.bodies:
        return []
    if any(low in words.bodies | words.streets | words.media or scan.reading.words[n].isdigit() for n, low in enumerate(lows[at:last], at)):
        return []
    toponym = make(scan, at, last, ())
    toponym.kinds, toponym.sure, toponym.strength = kinds, True, 1.5
    extend_phrase(scan, toponym, sentence)
    if toponym.phrase_first == toponym.first and toponym.phrase_last == toponym.last:
        return []
    return [toponym]


# ---- signs for and against -------------------------------------------------------------------------------------------


def prominence(candidates: tuple[Candidate, ...]) -> float:
    """How likely the bare name is a place at all: countries 4, provinces 2.5, towns by people (5,000: 1.2; a million: 3.5)."""
    best = -1.0
    for candidate in candidates[:12]:
        if candidate.kind is Kind.COUNTRY:
            value = 4.0
        elif candidate.kind in (Kind.REGION, Kind.WATER):
            value = 3.0
        elif candidate.kind is Kind.ADM1:
            value = 2.5
        elif candidate.kind is Kind.ADM2:
            value = 0.8
        elif candidate.kind in (Kind.SITE, Kind.QUARTER):
            value = 1.5
        else:
            value = math.log10(candidate.population + 10) - 2.5
        if candidate.match < 0.96:
            value -= 1.2
        best = max(best, value)
    return best


def weigh(scan: Scan, toponym: Toponym, sentence: Sentence) -> None:
    """Set strength, use, kind hints and the phrase of a known name."""
    reading, words = scan.reading, scan.words
    lows, first, last = reading.lows, toponym.first, toponym.last
    strength = prominence(toponym.candidates)
    single = last - first == 1
    low = lows[first]
    before = lows[first - 1] if first > sentence.first else ""
    after = lows[last] if last < sentence.last else ""
    is_country = toponym.candidates[0].kind is Kind.COUNTRY
    if not single:
        strength += 0.8
    if single and low in words.common and not is_country:
        strength -= 3.0 if first > sentence.first else 4.0
    if single and low in words.given and not is_country:
        strength -= 1.0
    toponym.kinds = kinds_around(scan, first, last, sentence)
    if toponym.kinds:
        strength += 2.2
        toponym.sure = True
    if before in words.strong:
        strength += 2.0
        toponym.sure = True
    elif before in words.weak:
        strength += 1.0
    elif before == "the" and not is_country and single:
        strength -= 0.5
    elif before in words.directions:
        strength += 1.5
    if followed_by_parent(scan, toponym, sentence):
        strength += 2.5
        toponym.sure = True
    strength += person_signs(scan, toponym, sentence, before, after)
    strength += larger_name_signs(scan, toponym, sentence)
    if is_dateline(scan, toponym, sentence):
        toponym.use = "dateline"
        strength += 2.5
        toponym.sure = True
    toponym.strength = strength
    if toponym.use == "literal" and is_metonym(scan, toponym, sentence, before, after):
        toponym.use = "metonym"
    extend_phrase(scan, toponym, sentence)


def kinds_around(scan: Scan, first: int, last: int, sentence: Sentence) -> frozenset[Kind]:
    """Kinds told by the words beside a name: "X province", "the province of X", "Lake X"."""
    lows, words = scan.reading.lows, scan.words
    found: frozenset[Kind] = frozenset()
    if last < sentence.last and lows[last] in words.kinds and scan.reading.words[last] != "State":
        found |= words.kinds[lows[last]]
    if first - 2 >= sentence.first and lows[first - 1] == "of" and lows[first - 2] in words.generic_of:
        found |= words.kinds.get(lows[first - 2], frozenset({Kind.TOWN}))
    elif first - 1 >= sentence.first and lows[first - 1] in {"city", "town", "village", "province", "district", "county", "lake", "camp"}:
        if first - 2 < sentence.first or lows[first - 2] not in {"the", "a", "in"} or scan.capital[first - 1]:
            found |= words.kinds.get(lows[first - 1], frozenset())
        elif lows[first - 2] in {"the", "in"}:
            found |= words.kinds.get(lows[first - 1], frozenset())
    return found


def followed_by_parent(scan: Scan, toponym: Toponym, sentence: Sentence) -> bool:
    """ "Long Beach, California", "Qala, Herat": the words after the comma name an area that holds a candidate."""
    reading, at = scan.reading, toponym.last
    if at + 1 >= sentence.last or reading.words[at] not in {",", "("}:
        return False
    if not scan.capital[at + 1]:
        return False
    word = reading.words[at + 1].rstrip(".")
    told = scan.words.dotted.get(word) or scan.words.postal.get(word)
    codes = {c.country for c in toponym.candidates}
    if told:
        return told[1] in codes
    for size in (3, 2, 1):
        if at + 1 + size > sentence.last:
            continue
        for area in look_up(scan, at + 1, at + 1 + size)[:6]:
            if area.match < 0.96:
                continue
            if area.kind is Kind.COUNTRY and area.country in codes:
                return True
            if area.kind in AREA_KINDS and any(area.index in (c.adm1, c.adm2) for c in toponym.candidates):
                return True
    return False


def person_signs(scan: Scan, toponym: Toponym, sentence: Sentence, before: str, after: str) -> float:
    """Minus points where the words look like a person's name."""
    words, first, last = scan.words, toponym.first, toponym.last
    lows = scan.reading.lows
    country = toponym.candidates[0].kind is Kind.COUNTRY
    points = 0.0
    if first in scan.blocked and not (before in words.strong and last - first > 1):
        points -= 5.0
    elif lows[last - 1] in scan.persons and (not country or lows[first] in words.given) and not toponym.sure and last - first == 1:
        points -= 3.5
    if before in words.person_titles and before not in words.place_titles and not country:
        points -= 3.0
    if after in words.speech and not country and not toponym.sure and not is_capital_city(scan, toponym):
        points -= 2.2
    return points


def is_capital_city(scan: Scan, toponym: Toponym) -> bool:
    """True when the best candidate is the capital of its country (Moscow, Kabul) or a seat of power."""
    best = toponym.candidates[0]
    for candidate in toponym.candidates[:3]:
        capital = scan.gazetteer.capital(candidate.country) if candidate.country else None
        if capital is not None and capital.index == candidate.index:
            return True
    return best.kind is Kind.SITE and best.name in {"Kremlin", "Pentagon", "Downing Street"}


def larger_name_signs(scan: Scan, toponym: Toponym, sentence: Sentence) -> float:
    """Points for capitalised neighbours: newspapers, bodies, streets, and names of people."""
    reading, words, first, last = scan.reading, scan.words, toponym.first, toponym.last
    lows, points = reading.lows, 0.0
    if reading.upper:
        return points
    if last < sentence.last and scan.capital[last]:
        after = lows[last]
        further = lows[last + 1] if last + 1 < sentence.last else ""
        if LOWER_PREFIX.match(reading.words[last]) and toponym.candidates[0].kind is not Kind.COUNTRY:
            return points - 5.0  # the first word of a longer Arabic name that is not listed
        if last - first == 1 and lows[first] in HEADS and not toponym.sure:
            return points - 5.0
        if after in words.media:
            toponym.use = "source"
        elif after in words.streets or (further in words.streets and scan.capital[last + 1]):
            points -= 2.0
        elif after in words.bodies or further in words.bodies or after in words.kinds:
            toponym.use = "modifier"
            points += 0.3
        elif after not in words.place_titles and after not in words.person_titles and after not in words.directions:
            if toponym.last - toponym.first == 1 and lows[first] in words.given:
                points -= 3.5
            elif not scan.gazetteer.knows(reading.words[last]) and country_words().get(lows[last]) is None:
                toponym.use = "modifier"
                points -= 0.8
            else:
                toponym.use = "modifier"
                points -= 0.6
        else:
            toponym.use = "modifier"
    at_head = first - 1 == sentence.first
    if first > sentence.first and scan.capital[first - 1] and lows[first - 1] not in words.directions:
        before = lows[first - 1]
        if before in words.kinds or before in words.heads_before or before in {"downtown", "greater", "the", "upper", "lower", "old", "new"}:
            points += 0.3
        elif before in words.ordinary or (at_head and before in words.common) or country_words().get(before):
            pass
        elif before in words.strong | words.weak | words.place_titles | words.bodies:
            pass
        elif toponym.candidates[0].kind is Kind.COUNTRY:
            points -= 0.5
        else:
            points -= 2.8 if last - first == 1 else 5.0
    elif first - 2 >= sentence.first and lows[first - 1] in {"of", "de"} and scan.capital[first - 2] and lows[first - 2] in words.bodies_before | words.bodies:
        toponym.use = "modifier"
    return points


def is_dateline(scan: Scan, toponym: Toponym, sentence: Sentence) -> bool:
    """CITY (Agency) -, CITY, Month day, CITY -- at the head of a paragraph."""
    reading = scan.reading
    if sentence.kind == "dateline":
        return True
    if toponym.first != sentence.first:
        return False
    window = reading.words[toponym.last : min(toponym.last + 12, sentence.last)]
    name_upper = reading.text[toponym.start : toponym.end].isupper() and not reading.upper
    for at, word in enumerate(window):
        if word in {"--", "—", "–", "-"} and at <= 10:
            gap = reading.gaps[toponym.last + at]
            return bool(gap) and (name_upper or (at > 0 and window[0] in {"(", ","}))
    return name_upper and bool(window) and window[0] in {"(", ","}


def is_metonym(scan: Scan, toponym: Toponym, sentence: Sentence, before: str, after: str) -> bool:
    """A country or capital that acts or speaks: "Washington said", "Damascus's officials", "relations with Tehran"."""
    if before in scan.words.strong or before in scan.words.directions or toponym.kinds:
        return False
    country = toponym.candidates[0].kind is Kind.COUNTRY
    if not country and not is_capital_city(scan, toponym):
        return False
    lows, last = scan.reading.lows, toponym.last
    if after in scan.words.metonym_verbs and before not in scan.words.weak:
        return True
    if after == "has" and last + 1 < sentence.last and lows[last + 1] in scan.words.metonym_verbs:
        return True
    return after in {"'s", "’s"} and last + 1 < sentence.last and lows[last + 1] in scan.words.metonym_nouns


def extend_phrase(scan: Scan, toponym: Toponym, sentence: Sentence) -> None:
    """Take in the words that say what the name is: "the town of X", "X province", "the X area"."""
    lows, words = scan.reading.lows, scan.words
    first, last = toponym.first, toponym.last
    if last < sentence.last and lows[last] in words.kinds:
        last += 1
    if first - 2 >= sentence.first and lows[first - 1] == "of" and lows[first - 2] in words.generic_of:
        first -= 2
        while first > sentence.first and (lows[first - 1] in words.directions or "-held" in lows[first - 1]):
            first -= 1
    elif first - 1 >= sentence.first and toponym.kinds and lows[first - 1] in words.kinds:
        first -= 1
    if (first, last) != (toponym.first, toponym.last) and first > sentence.first and lows[first - 1] in {"the", "a"}:
        first -= 1
    toponym.phrase_first, toponym.phrase_last = first, last


def agree(found: list[Toponym], upper: bool = False) -> None:
    """A name that is surely a place once is one everywhere in the report. Names met only by a variant spelling count where the
    report tells of that country by other names: elsewhere a likeness is chance. So do unmarked towns in all-capitals reports, where
    any surname or word may be one."""
    best: dict[str, float] = defaultdict(float)
    frame: dict[str, float] = defaultdict(float)
    for toponym in found:
        name = toponym.name.lower()
        if toponym.sure and toponym.strength >= 2.0:
            best[name] = max(best[name], toponym.strength)
        clear = not upper or toponym.sure or toponym.people or toponym.candidates[:1] and toponym.candidates[0].kind is Kind.COUNTRY
        if clear and toponym.candidates and toponym.candidates[0].match >= 0.96 and toponym.strength >= 2.0:
            for country in {c.country for c in toponym.candidates[:3] if c.country}:
                frame[country] += 1.0
    for toponym in found:
        if best.get(toponym.name.lower(), 0.0) >= 2.0 and toponym.strength > -2.5:
            toponym.strength += 1.2
        if upper and not toponym.sure and not toponym.people and toponym.candidates and toponym.candidates[0].kind is Kind.TOWN:
            if not any(frame.get(c.country or "") for c in toponym.candidates):
                toponym.strength -= 3.0
            elif toponym.last - toponym.first == 1:
                toponym.strength -= 0.8
        if toponym.candidates and toponym.candidates[0].match < 0.96 and not toponym.people:
            fit = tuple(c for c in toponym.candidates if frame.get(c.country or "", 0.0) >= 1.0)
            if fit:
                toponym.candidates = fit
                toponym.strength += 0.8
            else:
                toponym.strength -= 4.0
