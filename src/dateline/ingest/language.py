"""Is this report in English? Counted by small words, so that names of any language and capitals do not mislead.

A report that is not in English is a fault, not a guess: the coder's knowledge is of English.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.knowledge import table

ENOUGH = 60  # letters: below this nothing is claimed
SAMPLE = 6000  # characters that are looked at
WORD = re.compile(r"[^\W\d_]+")
LETTERS = (
    ("Arabic script", 0x0600, 0x06FF),
    ("Cyrillic script", 0x0400, 0x052F),
    ("Hebrew script", 0x0590, 0x05FF),
    ("Greek script", 0x0370, 0x03FF),
    ("Devanagari script", 0x0900, 0x097F),
    ("Bengali script", 0x0980, 0x09FF),
    ("Ethiopic script", 0x1200, 0x137F),
    ("Thai script", 0x0E00, 0x0E7F),
    ("Burmese script", 0x1000, 0x109F),
    ("Korean script", 0xAC00, 0xD7AF),
    ("Japanese script", 0x3040, 0x30FF),
    ("Chinese script", 0x4E00, 0x9FFF),
)


@cache
def small_words() -> dict[str, tuple[str, ...]]:
    """Each small word with the languages that use it."""
    owners: dict[str, list[str]] = {}
    for row in table("ingest_languages"):
        for word in row.many("words"):
            owners.setdefault(word, []).append(row["language"])
    return {word: tuple(dict.fromkeys(languages)) for word, languages in owners.items()}


def find_language(text: str) -> str:
    """`English`, or what the text reads like instead ("Spanish", "Arabic script", "unknown").

    Texts too short to tell count as English.

    >>> find_language("Los rebeldes atacaron el cuartel de la policía en la ciudad y mataron a seis agentes, según fuentes.")
    'Spanish'
    >>> find_language("POLICE SAID THAT GUERRILLAS OF THE FRENTE JOSE MARTINEZ ATTACKED A POST IN LAS PALMAS DE LA SIERRA.")
    'English'
    """
    sample = text[:SAMPLE]
    words = WORD.findall(sample.lower())
    letters = sum(map(len, words))
    if letters < ENOUGH:
        return script_of(words) or "English" if letters > 15 else "English"
    script = script_of(words)
    if script:
        return script
    counts: dict[str, int] = {}
    owners = small_words()
    for word in words:
        for language in owners.get(word, ()):
            counts[language] = counts.get(language, 0) + 1
    english = counts.pop("English", 0)
    best = max(counts, key=lambda language: (counts[language], language), default="")
    if english >= 0.12 * len(words) or (english >= 0.04 * len(words) and english >= counts.get(best, 0)):
        return "English" if english >= 0.8 * counts.get(best, 0) else best
    if len(words) < 25 and english >= counts.get(best, 0):
        return "English"  # a headline has few small words
    return best if counts.get(best, 0) > 0.1 * len(words) else "unknown"


def script_of(words: list[str]) -> str | None:
    """The script of the letters when most of them are not Latin."""
    counts: dict[str, int] = {}
    total = foreign = 0
    for word in words:
        total += len(word)
        if word.isascii():
            continue
        for char in word:
            code = ord(char)
            if code < 0x370 or 0x1E00 <= code < 0x1F00:
                continue
            foreign += 1
            name = next((name for name, low, high in LETTERS if low <= code <= high), "unknown script")
            counts[name] = counts.get(name, 0) + 1
    return max(counts, key=lambda name: counts[name]) if foreign > 0.5 * total else None
