"""Signs for and against a place: words before and after a name, larger names around it, and how it is used."""

from __future__ import annotations

import math

from dateline.annotate.places_scan import AREA_KINDS, LOWER_PREFIX, Scan, Toponym, look_up
from dateline.annotate.reading import Sentence
from dateline.resolve.countries import country_words
from dateline.resolve.gazetteer import Candidate, Kind

KIND_LEADS = frozenset({"city", "town", "village", "province", "district", "county", "lake", "camp"})


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
    if before == "rural" or after == "countryside":  # some are areas of their own: rural Damascus is not Damascus
        name = scan.reading.text[toponym.start : toponym.end]
        own = scan.gazetteer.find(f"rural {name}" if before == "rural" else f"{name} countryside")
        toponym.candidates = tuple(c for c in own if c.match >= 0.96) or toponym.candidates
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
    if sentence.kind == "dateline" and bracketed(scan, first, sentence) and not is_area(toponym.candidates[0].kind):
        strength -= 5.0  # "LIMA, 3 JAN 90 (RADIO MARTI) --": who says so
    elif toponym.use != "source" and is_dateline(scan, toponym, sentence):
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
    office = lows[last : last + 2] == ["department", "of"]  # "Texas Department of Health"
    if last < sentence.last and lows[last] in words.kinds and scan.reading.words[last] != "State" and not office:
        found |= words.kinds[lows[last]]
    if first - 2 >= sentence.first and lows[first - 1] == "of" and lows[first - 2] in words.generic_of:
        found |= words.kinds.get(lows[first - 2], frozenset({Kind.TOWN}))
    elif first - 1 >= sentence.first and lows[first - 1] in KIND_LEADS:
        earlier = lows[first - 2] if first - 2 >= sentence.first else ""
        if earlier != "a" or scan.capital[first - 1]:
            found |= words.kinds.get(lows[first - 1], frozenset())
    rural = (first > sentence.first and lows[first - 1] == "rural") or (last < sentence.last and lows[last] == "countryside")
    return found | {Kind.ADM1} if rural and not found else found  # "rural Aleppo" is the province without its city


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
    elif (
        lows[last - 1] in scan.persons and (not country or lows[first] in words.given) and not toponym.sure and last - first == 1
    ):
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
    if reading.caseless:
        return points
    if last < sentence.last and scan.capital[last]:
        after = lows[last]
        further = lows[last + 1] if last + 1 < sentence.last else ""
        if LOWER_PREFIX.match(reading.words[last]) and toponym.candidates[0].kind is not Kind.COUNTRY:
            return points - 5.0  # the first word of a longer Arabic name that is not listed
        if last - first == 1 and lows[first] in scan.words.heads and not toponym.sure:
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
        if before in words.heads and not toponym.sure:
            return points - 5.0  # the second word of an Arabic name that is not listed: "Tel Maran" is not Maran
        if (
            before in words.kinds
            or before in words.heads_before
            or before in {"downtown", "greater", "the", "upper", "lower", "old", "new"}
        ):
            points += 0.3
        elif (
            before in words.ordinary
            or (at_head and before in words.common)
            or country_words().get(before)
            or before in words.strong | words.weak | words.place_titles | words.bodies
        ):
            pass
        elif toponym.candidates[0].kind is Kind.COUNTRY:
            points -= 0.5
        else:
            points -= 2.8 if last - first == 1 else 5.0
    elif (
        first - 2 >= sentence.first
        and lows[first - 1] in {"of", "de"}
        and scan.capital[first - 2]
        and lows[first - 2] in words.bodies_before | words.bodies
    ):
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


def bracketed(scan: Scan, at: int, sentence: Sentence) -> bool:
    """Whether a bracket is open before the token."""
    before = scan.reading.words[sentence.first : at]
    return before.count("(") > before.count(")")


def is_area(kind: Kind) -> bool:
    return kind is Kind.COUNTRY or kind in AREA_KINDS


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


def facility_end(scan: Scan, toponym: Toponym, sentence: Sentence) -> int:
    """End of the capitalised name of a street or building that begins with this one: "Hampton [Avenue]", "Palm [Beach Hotel]"."""
    last = toponym.last
    for at in range(last, min(last + FACILITY_WORDS, sentence.last)):
        if not scan.capital[at] or scan.reading.caseless:
            break
        if scan.reading.lows[at] in scan.words.facilities:
            last = at + 1
    return last


FACILITY_WORDS = 3


def extend_phrase(scan: Scan, toponym: Toponym, sentence: Sentence) -> None:
    """Take in the words that say what the name is: "the town of X", "X province", "the X area"."""
    lows, words = scan.reading.lows, scan.words
    first, last = toponym.first, toponym.last
    end = facility_end(scan, toponym, sentence)
    if end > last:
        last, toponym.facility = end, True
    elif last < sentence.last and lows[last] in words.kinds:
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
