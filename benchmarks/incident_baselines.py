"""Clusterings that benchmarks/incidents.py sets beside merging: TF-IDF with average link, and lemmas."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from dateline.merge.features import distinctive, likeness, weight, words_of

Vector = dict[str, float]
SUFFIXES = ("ations", "ation", "ings", "ing", "ers", "er", "ied", "ies", "ed", "es", "s", "e")


def stem(word: str) -> str:
    """A word without its ending: a plain lemma."""
    word = word.lower()
    found = next((end for end in SUFFIXES if word.endswith(end) and len(word) - len(end) >= 3), "")
    return word[: len(word) - len(found)]


def tfidf(texts: Mapping[str, str]) -> dict[str, Vector]:
    """Unit vectors over these texts."""
    counts = {key: Counter(map(stem, words_of(text))) for key, text in texts.items()}
    seen = Counter(word for count in counts.values() for word in count)
    vectors = {}
    for key, count in counts.items():
        vector = {word: (1 + math.log(n)) * math.log(len(texts) / seen[word]) for word, n in count.items()}
        norm = math.sqrt(sum(value * value for value in vector.values())) or 1.0
        vectors[key] = {word: value / norm for word, value in vector.items() if value}
    return vectors


def average_link(vectors: Mapping[str, Vector], threshold: float) -> dict[str, str]:
    """Average-link clustering by cosine: the likest two clusters join while their mean is above the threshold.

    The mean cosine of unit vectors is the product of the clusters' mean vectors, so that only common words cost anything.
    """
    sums = {key: dict(vector) for key, vector in vectors.items()}
    members = {key: [key] for key in vectors}
    index: dict[str, set[str]] = defaultdict(set)
    for key, vector in vectors.items():
        for word in vector:
            index[word].add(key)
    best = {key: nearest(key, sums, members, index) for key in sums}
    while best:
        key = max(best, key=lambda one: (best[one][0], one))
        score, other = best[key]
        if score < threshold or other not in sums:
            if other in sums or score < threshold:
                break
            best[key] = nearest(key, sums, members, index)
            continue
        gone = sums.pop(other)
        members[key] += members.pop(other)
        best.pop(other, None)
        for word, value in gone.items():
            index[word].discard(other)
            index[word].add(key)
            sums[key][word] = sums[key].get(word, 0.0) + value
        for one in [one for one in best if best[one][1] in (key, other)] + [key]:
            best[one] = nearest(one, sums, members, index)
    return {one: name for name, group in members.items() for one in group}


def nearest(
    key: str, sums: Mapping[str, Vector], members: Mapping[str, Sequence[str]], index: Mapping[str, set[str]]
) -> tuple[float, str]:
    scores: Counter[str] = Counter()
    for word, value in sums[key].items():
        for other in index[word]:
            if other != key:
                scores[other] += value * sums[other][word]  # type: ignore[assignment]
    mean = ((score / (len(members[key]) * len(members[other])), other) for other, score in scores.items())
    return max(mean, default=(0.0, ""))


def mention_clusters(told: Mapping[str, tuple[str, str, str]]) -> dict[str, str]:
    """Mentions (story, trigger, sentence) of one story with one trigger lemma, split where they share no distinctive word.

    Merging without days, places and parties, which these texts do not have coded: trigger, words and story alone.
    """
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, (story, trigger, _) in told.items():
        groups[story, " ".join(map(stem, trigger.split()))].append(key)
    words = {key: distinctive(sentence) for key, (_, _, sentence) in told.items()}
    found: dict[str, str] = {}
    for (_, trigger), group in groups.items():
        common = weight(trigger) < 3.0  # "said", "take": the lemma alone says little
        for key in group:
            home = next((one for one in group if one in found and (not common or likeness(words[one], words[key]) >= 0.2)), key)
            found[key] = found.get(home, key)
    return found
