"""Names of people, as far as place finding must know them: their words are no places."""

from __future__ import annotations

from dateline.annotate.places_scan import Scan, look_up
from dateline.annotate.reading import Sentence
from dateline.resolve.countries import country_words
from dateline.resolve.gazetteer import Kind

MOST_NAMES = 4  # of a person where no capitals tell their end


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
            inside = (
                lows[end] in {"al", "el", "bin", "ibn", "abu", "de", "van", "von"}
                and end + 1 < sentence.last
                and capital[end + 1]
            )
            if not (capital[end] or initial or inside):
                break
            end += 1
        found.append((at, end))
        at = end
    return found


def note_persons(scan: Scan, sentence: Sentence) -> None:
    """Remember names of people: "Gen. Marcus Hale", "spokeswoman Ada Wren", "Victoria Lindt". Their tokens are no places."""
    lows = scan.reading.lows
    if scan.reading.caseless:
        note_titled(scan, sentence)
        return
    for first, last in runs(scan, sentence):
        start = person_start(scan, first, last, sentence)
        if start is None:
            continue
        end = start
        while end < last and end - start < 4 and not ends_person(scan, end, end > start):
            end += 1
        if end == start or (end - start == 1 and not titled(scan, start, sentence)):
            continue
        if lows[start] in scan.words.heads or (end < sentence.last and lows[end] in scan.words.unlisted_after):
            continue
        scan.blocked.update(range(start, end))
        scan.persons.update(lows[start if end - start == 1 else start + 1 : end])


def note_titled(scan: Scan, sentence: Sentence) -> None:
    """The same where capitals say nothing: the names behind a title, "COL RENE PONCE SAID"."""
    lows, words = scan.reading.lows, scan.words
    plain = words.common | words.ordinary | words.speech | words.upper_stops
    for at in range(sentence.first + 1, sentence.last):
        if not titled(scan, at, sentence) or lows[at] in words.person_titles:
            continue
        end = at
        while end < min(sentence.last, at + MOST_NAMES) and lows[end].isalpha() and lows[end] not in plain:
            if ends_person(scan, end, True):
                break
            end += 1
        if end > at and not exact_name(scan, at, end):
            scan.blocked.update(range(at, end))
            scan.persons.add(lows[end - 1])


def person_start(scan: Scan, first: int, last: int, sentence: Sentence) -> int | None:
    """Where a person's name starts in a run of capitalised words; None when nothing speaks for one."""
    lows, words = scan.reading.lows, scan.words
    for at in range(first, last):
        if country_at(scan, at) or lows[at] in words.kinds or lows[at] in words.bodies:
            continue
        if titled(scan, at, sentence) and lows[at] not in words.person_titles and lows[at] != ".":
            return at
        named = at + 1 < last and lows[at] in words.given and not ends_person(scan, at + 1, True)
        if named and not exact_name(scan, at, last) and not exact_name(scan, at, at + 2):
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
    return (
        low in words.kinds
        or low in words.bodies
        or low in words.streets
        or low in words.media
        or (low in country_words() and low not in words.given)
    )


def exact_name(scan: Scan, first: int, last: int) -> bool:
    """True for a name of several words that is a known place as it stands: San Francisco, Abu Kamal."""
    if last - first < 2 or last > len(scan.reading):
        return False
    return any(c.match >= 0.96 and (c.population > 3000 or c.kind is not Kind.TOWN) for c in look_up(scan, first, last))


def country_at(scan: Scan, at: int) -> bool:
    return scan.reading.lows[at] in country_words()
