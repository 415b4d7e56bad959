"""Copies: which reports carry one text, whole or in part. Linear in the number of reports.

A text is sketched by a fixed quarter of the hashes of its runs of four words. The same runs are sampled in every text, so that a
shared passage is found whatever stands around it and in whatever order paragraphs come (MinHash sketches tell only how like whole
texts are). Reports that share sampled hashes are compared by the share of the smaller sketch that both have.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from zlib import crc32

from dateline.merge.cluster import Forest
from dateline.merge.features import ordinal, words_of
from dateline.types import Record

RUN = 4  # words
SAMPLED = 4  # one hash in so many is kept
COPY_SHARE = 0.45  # of the smaller text: from here on the two are copies of one text
FEWEST = 3  # runs in common: fewer are chance
REUSE_RUNS = 6  # sampled runs in common (about 25 words): from here on a passage is reused
REUSE_SHARE = 0.08
SHORT = 60  # words: a shorter text keeps all its runs
PARTNERS = 4  # each report is compared with the last few reports before it that share a run
COPY_DAYS = 30  # copies appear within so many days of each other


class CopyPair(Record, frozen=True):
    """Two reports with text in common: `share` of the smaller one (0 to 1). `whole`: copies of one text; else a passage."""

    a: str
    b: str
    share: float
    whole: bool


@dataclass(frozen=True, slots=True)
class Copies:
    """`family`: report id → id of its text family (that of the earliest report) · `pairs`: what was found."""

    family: Mapping[str, str]
    pairs: tuple[CopyPair, ...]


def sketch(text: str) -> array[int]:
    """Sampled hashes of the runs of four words, sorted."""
    words = words_of(text)
    runs = {crc32(" ".join(words[i : i + RUN]).encode()) for i in range(max(1, len(words) - RUN + 1))}
    if len(words) >= SHORT:
        runs = {run for run in runs if sampled(run)}
    return array("L", sorted(runs))


def sampled(run: int) -> bool:
    """Whether a hash belongs to the sample; its bits are mixed first, those of a checksum are not even."""
    return ((run * 2654435761) & 0xFFFFFFFF) >> 16 & (SAMPLED - 1) == 0


def share(a: array[int], b: array[int]) -> tuple[float, int]:
    """Share of the smaller sketch that both have, and how many hashes that is; a short text is sampled like the long one."""
    one, other = set(a), set(b)
    if len(one) and len(other) and (all(map(sampled, one)) != all(map(sampled, other))):
        one, other = {x for x in one if sampled(x)}, {x for x in other if sampled(x)}
    common = len(one & other)
    return (common / min(len(one), len(other)) if one and other else 0.0), common


def find_copies(reports: Iterable[tuple[str, str, str]]) -> Copies:
    """Copies among (report id, day of publication or "", text). The order of reports changes nothing."""
    sketches = {report_id: (day, sketch(text)) for report_id, day, text in reports}
    pairs = tuple(copy_pairs(sketches))
    return Copies(families(sketches, ((pair.a, pair.b) for pair in pairs if pair.whole)), pairs)


def report_order(sketches: Mapping[str, tuple[str, array[int]]]) -> list[str]:
    """Report ids by day of publication; those without one come last."""
    return sorted(sketches, key=lambda one: (sketches[one][0] or "9999", one))


def copy_pairs(sketches: Mapping[str, tuple[str, array[int]]]) -> Iterator[CopyPair]:
    """Pairs of reports with text in common, of report id → (day, sketch)."""
    order = report_order(sketches)
    for i, j in partners([sketches[one][1] for one in order]):
        a, b = order[i], order[j]
        if not near_days(sketches[a][0], sketches[b][0]):
            continue
        part, common = share(sketches[a][1], sketches[b][1])
        whole = part >= COPY_SHARE and common >= FEWEST
        if whole or (common >= REUSE_RUNS and part >= REUSE_SHARE):
            yield CopyPair(a, b, round(part, 2), whole)


def near_days(a: str, b: str) -> bool:
    return not a or not b or abs(ordinal(a) - ordinal(b)) <= COPY_DAYS


def families(sketches: Mapping[str, tuple[str, array[int]]], joined: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Report id → id of the earliest report that it is joined with."""
    forest = Forest()
    for a, b in joined:
        forest.join(a, b)
    first: dict[str, str] = {}
    for one in report_order(sketches):
        first.setdefault(forest.root(one), one)
    return {one: first[forest.root(one)] for one in sketches}


def partners(sketches: list[array[int]]) -> list[tuple[int, int]]:
    """Index pairs that share runs: each with the last few before it, so that a text in many papers stays linear."""
    last: dict[int, list[int]] = {}
    found: Counter[tuple[int, int]] = Counter()
    for j, runs in enumerate(sketches):
        for run in runs:
            if sampled(run):
                known = last.setdefault(run, [])
                found.update((i, j) for i in known)
                known.append(j)
                del known[:-PARTNERS]
    return sorted(pair for pair, count in found.items() if count >= 2)


def runs_of(text: str) -> frozenset[str]:
    """The runs of four words of a passage."""
    words = words_of(text)
    return frozenset(" ".join(words[i : i + RUN]) for i in range(max(1, len(words) - RUN + 1)))


def passage_shared(a: frozenset[str], b: frozenset[str]) -> bool:
    """Whether two passages (their runs) are one in wording: half of the runs of the shorter one, and at least five."""
    common = len(a & b)
    return common >= 5 and common >= 0.5 * min(len(a), len(b))
