"""Toponyms in running text: which words are names of places, and how each is used.

`find_toponyms` walks over capitalised words, takes the longest name the gazetteer knows, and weighs signs for and against a
place: words before and after, prominence, titles and given names of people, larger names around it, other mentions in the
report. A name that no gazetteer holds is found where the words say what it is ("the village of Kafr Sabil").
"""

from __future__ import annotations

from collections import defaultdict

from dateline.annotate.places_bodies import without_bodies
from dateline.annotate.places_persons import note_persons
from dateline.annotate.places_scan import AREA_KINDS, Scan, Toponym, is_capital, look_up, make
from dateline.annotate.places_signs import extend_phrase, kinds_around, prominence, weigh
from dateline.annotate.places_words import place_words
from dateline.annotate.reading import Reading, Sentence
from dateline.annotate.tags import tag_tables
from dateline.resolve.countries import country_codes, country_words
from dateline.resolve.gazetteer import Candidate, Gazetteer, Kind

__all__ = ["ACCEPT", "Toponym", "find_toponyms"]


LONGEST = 6  # tokens of a name
ACCEPT = 1.0  # strength at which words are taken for a place
KNOWN_CODES = frozenset({"EU"})
HELD = ("-held", "-backed", "-controlled", "-led", "-run", "-based", "-besieged")


SHORT, BIG = 5, 100_000  # letters of a name; people of a place
SIZEABLE = 10_000  # people: hamlets share their names with too many
ARTICLES = frozenset(("al", "el", "ad", "an", "ar", "as", "ash", "at", "az"))


def find_toponyms(reading: Reading, gazetteer: Gazetteer, accept: float = ACCEPT) -> list[Toponym]:
    """Place names of the report in text order; page furniture is left out."""
    scan = Scan(reading, gazetteer, place_words(), capitals(reading))
    for sentence in reading.coded:
        note_persons(scan, sentence)
    found: list[Toponym] = []
    for sentence in reading.coded:
        walk(scan, sentence, found)
    agree(found, reading.caseless)
    return without_bodies([t for t in found if t.strength >= accept])


def capitals(reading: Reading) -> list[bool]:
    """Whether each word may begin a name: in texts without capitals every word that is no word of the language."""
    if not reading.lower:
        return [is_capital(word) for word in reading.words]
    known = tag_tables().words
    return [low[0].isalpha() and known.get(low, "NNP") in ("NNP", "NNPS") for low in reading.lows]


def walk(scan: Scan, sentence: Sentence, found: list[Toponym]) -> None:
    at = sentence.first
    while at < sentence.last:
        if not scan.capital[at]:
            at += 1
            continue
        toponyms = (
            longer_name(scan, at, sentence)
            or people_word(scan, at, sentence)
            or state_code(scan, at, sentence, found)
            or known_name(scan, at, sentence)
        )
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


def longer_name(scan: Scan, at: int, sentence: Sentence) -> list[Toponym]:
    """A name that begins with an adjective: Saudi Arabia, Indian Ocean, French Guiana. Only where met exactly."""
    low = scan.reading.lows[at]
    if at + 1 >= sentence.last or not scan.capital[at + 1]:
        return []
    if low not in scan.words.people and (low not in country_words() or country_words()[low][1] != "people"):
        return []
    for last in range(min(at + 3, sentence.last), at + 1, -1):
        exact = tuple(
            c for c in look_up(scan, at, last) if c.match >= 0.96 and (c.kind is not Kind.TOWN or c.population > 20_000)
        )
        if exact:
            toponym = make(scan, at, last, exact)
            weigh(scan, toponym, sentence)
            return [toponym]
    return []


def people_word(scan: Scan, at: int, sentence: Sentence) -> list[Toponym]:
    """Syrian, Saudi Arabian, African, Texans: the place of an adjective or demonym."""
    lows = scan.reading.lows
    candidates: tuple[Candidate, ...]
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
    if told is None and after_comma and not reading.caseless and ((found and found[-1].last == at - 1) or scan.capital[at - 2]):
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
        article = reading.lows[at] in ARTICLES and scan.capital[last : last + 1] == [True]  # "Al Mukha" is not Ål
        if last - at == 1 and (article or len(reading.words[at]) < (3 if reading.caseless else 2)):
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
        elif (
            (words[last] == "." and lows[last - 1] in {"st", "mt", "ft", "ste"})
            or (lows[last] in scan.words.connectors and not scan.reading.caseless)
            or (words[last] in {"'", "’", "`", "‘"} and scan.reading.ends[last - 1] == scan.reading.starts[last])
        ):
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
        if single or all(word in scan.words.kinds or word in scan.words.directions for word in reading.lows[first + 1 : last]):
            return ()  # "THE CITY"
        return tuple(c for c in candidates if c.match == 1.0 and c.population > 500)
    least = 0.8
    if single and (
        low in scan.words.kinds or low in scan.words.bodies or low in scan.words.person_titles or low in scan.words.directions
    ):
        return ()
    known = low in scan.words.common or low in scan.words.given
    if single and (len(low) < SHORT or known):
        least = 0.96
        if len(low) == SHORT - 1 and not known and not reading.caseless:  # "Raqa": of short names only a big place is spelt anew
            candidates = tuple(c for c in candidates if c.match >= least or (c.match >= 0.85 and c.population >= BIG))
            least = 0.85
    if scan.reading.caseless:
        least = 0.96
        if not single and any(w in scan.words.ordinary or w in scan.words.upper_stops for w in reading.lows[first:last]):
            return tuple(c for c in candidates if c.match == 1.0 and (c.population > 50000 or c.kind is not Kind.TOWN))
        if single and (low in scan.words.famous or low in scan.words.streets or low in scan.words.heads_before):
            return ()
    if single and low in scan.persons and not before_place(scan, first):
        least = 0.96
    if (
        single
        and reading.words[first].isupper()
        and not reading.caseless
        and len(low) <= 4
        and reading.words[first] not in KNOWN_CODES | country_codes().keys()
        and not opens_report(scan, first)
    ):
        return ()
    if any(c.primary and c.match == 1.0 and c.population >= SIZEABLE for c in candidates):
        least = max(least, 0.9)  # where a place bears the very name, another of like spelling is not meant: Dikwa is not Dihua
    return tuple(c for c in candidates if c.match >= (least if c.kind is not Kind.COUNTRY else 0.96))


def opens_report(scan: Scan, at: int) -> bool:
    """ "LIMA (Agency) -", "KYIV, Jan. 24 -": short words in capitals are cities only where a dateline stands."""
    sentence = scan.reading.sentences[scan.reading.sentence_of[at]]
    if at != sentence.first:
        return False
    following = scan.reading.words[at + 1 : min(at + 12, sentence.last)]
    return sentence.kind == "dateline" or (bool(following) and following[0] in "(," and not DASHES.isdisjoint(following))


DASHES = frozenset({"-", "--", "–", "—"})


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
            code = country_codes().get(part)
            if code or (use and use[1] == "people"):
                country = scan.gazetteer.country_place(code or (use[0] if use else ""))
                candidates = (country,) if country else ()
            elif people:
                candidates = scan.gazetteer.find(people)[:1]
            else:
                candidates = tuple(c for c in scan.gazetteer.find(part) if c.match >= 0.96)
            sure = bool(code or use or people)
            if candidates and (sure or prominence(candidates) >= 2.0):
                is_people = bool(people) or bool(use and use[1] == "people")
                toponym = Toponym(at, at + 1, offset, offset + len(part), part, candidates, 2.5, "modifier")
                toponym.phrase_first, toponym.phrase_last, toponym.people = at, at + 1, is_people
                if is_people:
                    toponym.use = "demonym"
                elif (number == 0 and len(parts) > 1 and parts[1][:1].isupper()) or (number and parts[number - 1][:1].isupper()):
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
    if reading.caseless or lows[at] in words.ordinary or at in scan.blocked:
        return []
    if at > sentence.first and scan.capital[at - 1] and lows[at - 1] not in words.ordinary | words.kinds.keys():
        return []
    last = at + 1
    while (
        last < sentence.last
        and last - at < 4
        and (scan.capital[last] or (lows[last] in {"al", "el"} and scan.capital[last + 1 : last + 2]))
    ):
        last += 1
    while last > at + 1 and lows[last - 1] in words.kinds:
        last -= 1
    kinds = kinds_around(scan, at, last, sentence)
    after = reading.words[last] if last < sentence.last else ""
    if after in {"military", "air", "refugee", "displacement", "border"} and last + 1 < sentence.last:
        after = reading.words[last + 1]
        kinds = kinds | words.kinds.get(after, frozenset())
    before = lows[at - 1] if at > sentence.first else ""
    headed = lows[at] in words.heads and last - at > 1 and (before in words.strong | {"of"} or in_area(scan, last, sentence))
    placed = sentence.kind != "headline" and not unplaceable(scan, at, last)
    under = before in words.strong and (before in words.before_unlisted or in_area(scan, last, sentence))
    taken = before in words.taking and ends_phrase(scan, last, sentence)
    told = headed or (placed and (under or taken))
    if told and not kinds:
        kinds = frozenset({Kind.TOWN})
    of_kind = at - 2 >= sentence.first and lows[at - 1] == "of" and reading.words[at - 2] in words.unlisted_of
    if not (after in words.unlisted_after or of_kind or told) or (
        last - at == 1 and (len(lows[at]) < 3 or reading.words[at].isupper())
    ):
        return []
    if any(low in words.common or low in words.ordinary or low.endswith(HELD) for low in lows[at:last]):
        return []
    if last < sentence.last and lows[last] in {"front", "guard", "movement"} and scan.capital[last]:
        return []
    if (
        not kinds
        or not kinds & {Kind.TOWN, Kind.QUARTER, Kind.ADM2, Kind.SITE}
        or lows[at] in words.kinds
        or lows[at] in words.bodies
    ):
        return []
    if any(
        low in words.bodies | words.streets | words.media or scan.reading.words[n].isdigit()
        for n, low in enumerate(lows[at:last], at)
    ):
        return []
    toponym = make(scan, at, last, ())
    toponym.kinds, toponym.sure, toponym.strength = kinds, True, 1.5
    extend_phrase(scan, toponym, sentence)
    return [toponym]


def ends_phrase(scan: Scan, last: int, sentence: Sentence) -> bool:
    return last >= sentence.last or scan.reading.lows[last] in scan.words.phrase_ends


def unplaceable(scan: Scan, first: int, last: int) -> bool:
    """Names of people, in whole or part, and dictionary words: nobody is a place for standing behind "near"."""
    known, words = tag_tables().words, scan.words
    return any(
        low in words.given or low in words.person_titles or known.get(low, "NNP") not in ("NNP", "NNPS")
        for low in scan.reading.lows[first:last]
    )


def in_area(scan: Scan, last: int, sentence: Sentence) -> bool:
    """True before ", Puno region", "in North Darfur" and "in central Mali": what stands before the comma lies in that area."""
    reading = scan.reading
    if last + 1 >= sentence.last or reading.words[last] not in {",", "in"}:
        return False
    at = last + 1
    while at < min(sentence.last - 1, last + 4) and reading.lows[at] in scan.words.before_area | scan.words.directions.keys():
        at += 1
    if not scan.capital[at]:
        return False
    ends = range(min(at + 3, sentence.last), at, -1)
    return any(
        (area.kind in AREA_KINDS or area.kind is Kind.COUNTRY) and area.match >= 0.96 and area.primary
        for end in ends
        for area in look_up(scan, at, end)[:3]
    )


def agree(found: list[Toponym], upper: bool = False) -> None:
    """A name that is surely a place once is one everywhere in the report. Names met only by a variant spelling count where the
    report tells of that country by other names: elsewhere a likeness is chance. So do unmarked towns in all-capitals reports,
    where any surname or word may be one."""
    best: dict[str, float] = defaultdict(float)
    frame: dict[str, float] = defaultdict(float)
    for toponym in found:
        name = toponym.name.lower()
        if toponym.sure and toponym.strength >= 2.0:
            best[name] = max(best[name], toponym.strength)
        clear = (
            not upper or toponym.sure or toponym.people or (toponym.candidates[:1] and toponym.candidates[0].kind is Kind.COUNTRY)
        )
        if clear and toponym.candidates and toponym.candidates[0].match >= 0.96 and toponym.strength >= 2.0:
            for country in {c.country for c in toponym.candidates[:3] if c.country}:
                frame[country] += 1.0
    most = max(frame.values(), default=0.0)
    for toponym in found:
        if best.get(toponym.name.lower(), 0.0) >= 2.0 and toponym.strength > -2.5:
            toponym.strength += 1.2
        if toponym.candidates and toponym.candidates[0].kind is Kind.TOWN and not toponym.sure and not toponym.people:
            share = max(frame.get(c.country or "", 0.0) for c in toponym.candidates) / (most or 1.0)
            toponym.strength -= foreign_penalty(toponym, share, most, upper)
        if toponym.candidates and toponym.candidates[0].match < 0.96 and not toponym.people:
            fit = tuple(c for c in toponym.candidates if frame.get(c.country or "", 0.0) >= 1.0)
            if fit:
                toponym.candidates = fit
                toponym.strength += 0.8
            else:
                toponym.strength -= 4.0


def foreign_penalty(toponym: Toponym, share: float, most: float, upper: bool) -> float:
    """Points off for an unmarked town: `share` compares its best country with the one most told of, told `most` times."""
    single = toponym.last - toponym.first == 1
    if upper:
        return 3.0 if share == 0.0 else 1.5 if share < 0.5 and single else 0.8 if single else 0.0
    small = max(c.population for c in toponym.candidates) < 100_000
    return 1.0 if most >= 4.0 and share < 0.2 and small else 0.0
