"""How place names are compared: folding, and the skeleton under which spelling variants meet.

`fold` removes what writing adds (case, accents, apostrophes, hyphens). `skeleton` removes what transliteration varies:
articles (al-, el-, an-, ...), doubled letters, q/k/kh, ou/oo/u, ee/i/ai/ei, aw/o, sh/ch/s, final -h.
Both are used when the gazetteer is built and when it is asked, so a change here needs a rebuild (`train/gazetteer`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from hashlib import blake2b

from anyascii import anyascii

VERSION = 2  # of the rules in this file: stored in the gazetteer file, checked when it is opened

PLAIN = str.maketrans(
    dict.fromkeys("'’‘`´ʿʾʼʻ′“”\"ʹʺ.ـ") | dict.fromkeys("-‐‑–—_/,;()&\xa0\n\t", " ")  # U+0640: Arabic tatweel
)
ARABIC = str.maketrans({"ٱ": "ا", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي", "ێ": "ي", "ۆ": "و", "ە": "ه", "ھ": "ه", "ہ": "ه"})
SHORT = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
ARTICLES = frozenset({"al", "el", "ul", "il"})
SUN = {"an": "n", "en": "n", "ar": "r", "er": "r", "as": "s", "es": "s", "ash": "s", "esh": "s", "at": "t", "et": "t", "ath": "t"}
SUN |= {
    "ad": "d",
    "ed": "d",
    "adh": "d",
    "az": "z",
    "ez": "z",
    "edh": "d",
    "eth": "t",
    "us": "s",
    "ud": "d",
    "ur": "r",
    "uz": "z",
}
GLUED = re.compile(r"[ae](zz|ss|rr|nn|dd|tt)[aeiouy]")  # Ezzor, Essuwayda: an article grown onto its word
LINKS = frozenset({"e", "i", "ye", "yi", "o"})  # Persian ezafe
CONSONANTS = re.compile(r"sch|tch|dzh|tsch|kh|gh|dh|th|ph|ck|sh|ch|dj|zh|q|x|c(?=[eiy])|c|w|y|ñ")
CONSONANT = {
    "sch": "s", "tch": "s", "tsch": "s", "dzh": "j", "kh": "k", "gh": "g", "dh": "d", "th": "t", "ph": "f", "ck": "k", "sh": "s",
    "ch": "s", "dj": "j", "zh": "j", "q": "k", "x": "ks", "w": "u", "y": "i",
}  # fmt: skip
VOWELS = re.compile(r"[aeiou]+")
DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1+")


@lru_cache(maxsize=16384)
def fold(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens; words stay apart.

    >>> fold("Ma‘arrat an-Nu‘mān"), fold("St. Louis"), fold("Ḩalab"), fold("Київ")
    ('maarrat an numan', 'saint louis', 'halab', 'киів')
    """
    low = name.casefold().translate(PLAIN)
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
        low = low.casefold()  # letters that were dressed up (𝕊) have a case only now
        if not low.isascii():
            low = low.translate(ARABIC)
            low = "".join(c if c.isascii() or not latin(c) else anyascii(c).lower() for c in low).translate(PLAIN)
    words = low.split()
    if len(words) > 1:
        words = [SHORT.get(word, word) for word in words]
    return " ".join(words)


def latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith(("LATIN", "MODIFIER"))


@lru_cache(maxsize=16384)
def skeleton(folded: str) -> str:
    """The form of a folded name under which transliterations meet; never empty for a name with a letter.

    >>> skeleton("dayr az zawr") == skeleton("deir ezzor") == skeleton("deir ez zor")
    True
    >>> skeleton("as suwayda") == skeleton("sweida"), skeleton("darayya") == skeleton("daraya")
    (True, True)
    """
    if not folded.isascii():
        return script_skeleton(folded)
    words = folded.split()
    if len(words) > 1:
        words = [w for w in strip_articles(words) if w not in LINKS] or words
    words = [w[2:] if len(w) > (5 if n == 0 else 4) and GLUED.match(w) else w for n, w in enumerate(words)]
    out = "".join(bone(word) for word in words)
    return DOUBLED.sub(r"\1", out) or folded.replace(" ", "")


@lru_cache(maxsize=32768)
def bone(word: str) -> str:
    """A word of a name with one letter for each sound."""
    if len(word) > 2 and word[-1] == "h" and word[-2] in "aeiou":
        word = word[:-1]
    word = CONSONANTS.sub(
        lambda m: CONSONANT.get(m.group()) or ("s" if m.end() < len(word) and word[m.end()] in "eiy" else "k"), word
    )
    return VOWELS.sub(lambda m: cluster(m.group()), word)


@lru_cache(maxsize=1024)
def cluster(vowels: str) -> str:
    """A run of vowels as one or two of a, i, u: `a` gives way to any other."""
    plain = vowels.replace("e", "i").replace("o", "u")
    strong = [v for n, v in enumerate(plain) if v != "a" and (n == 0 or plain[n - 1] != v)]
    squeezed = [v for n, v in enumerate(strong) if n == 0 or strong[n - 1] != v]
    return "".join(squeezed) or "a"


def strip_articles(words: list[str]) -> list[str]:
    """Words without Arabic articles; an assimilated one (an-, ash- ...) goes only before its own letter."""
    last = len(words) - 1
    return [w for n, w in enumerate(words) if n == last or not (w in ARTICLES or words[n + 1].startswith(SUN.get(w, "?")))]


def script_skeleton(folded: str) -> str:
    """Other scripts: without spaces and without the Arabic article at the head of a word."""
    return "".join(word[2:] if word.startswith("ال") and len(word) > 4 else word for word in folded.split())


def key_of(skeleton_form: str) -> int:
    """40-bit key of a skeleton: two of a million names share one by chance about once in two; names are compared after."""
    return int.from_bytes(blake2b(skeleton_form.encode("utf-8", "replace"), digest_size=5).digest(), "big")
