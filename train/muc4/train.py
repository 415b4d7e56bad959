"""Learns the weights of MUC-4 templates (src/dateline/knowledge/muc4_weights.tsv) from the keys of its development reports.

usage: train.py WORK [--check]        needs numpy and ../shared/gold; WORK: a folder outside the repository for codings (minutes)

In the order of export/muc4.py: relevance of the report, roles of candidates, incidents, fit of a candidate to an incident,
place and day. Each stage learns from scores that the stages before it give to reports they have not seen (five folds). Reports
are coded twice, with the tagger and without, so that the weights serve both. Reports of the test part of own gold are never read;
`--check` keeps a fixed fifth back (the rule of gold/sets.py), measures on it and writes nothing. tst1 and tst2 are never read.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from logistic import Features, Weights, fit

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "gold"
sys.path[:0] = [str(ROOT / "gold"), str(SHARED / "tools")]

import muc4_score as scorer  # noqa: E402  ../shared/gold/tools
from join import standoff  # noqa: E402  gold/join.py
from sets import part_of, rows_of  # noqa: E402  gold/sets.py

from dateline.export import muc4, muc4_candidates, muc4_choices, muc4_incidents  # noqa: E402
from dateline.export.muc4_candidates import BIAS, ROLES, THRESHOLD, Candidate, Sheet, with_relevance  # noqa: E402
from dateline.export.muc4_incidents import Incident  # noqa: E402
from dateline.ingest import read_paths  # noqa: E402
from dateline.pipeline import code_reports, load_tools  # noqa: E402
from dateline.types import Coding  # noqa: E402

Json = dict[str, Any]
FOLDS = 5
LEAST = 5  # a feature seen in fewer rows is left out
SMALL = 0.02  # a weight below this is left out
SLOTS = {
    "PERP_IND_ID": ("perp-ind-id",),
    "PERP_ORG_ID": ("perp-org-id",),
    "PHYS_TGT_ID": ("phys-tgt-id",),
    "HUM_TGT": ("hum-tgt-name", "hum-tgt-desc"),
    "INC_INSTR_ID": ("inc-instr-id",),
}
L2 = {"relevance": 30.0, "role": 2.0, "incident": 6.0, "fit": 1.0, "place": 3.0, "date": 2.0}
THRESHOLDS = {"incident": -0.4, **{f"fit {role}": -0.7 for role in ROLES}, "fit PHYS_TGT_ID": -1.0}
ROUNDS = 2  # incidents are paired with keys anew by the fills of the round before
HEADER = """# Weights of MUC-4 templates (export/muc4.py): logistic models over readable features, with `bias` and `threshold`.
# Learned by train/muc4/train.py from the keys of {reports} development reports (public DARPA distribution of 1992), coded with
# and without the tagger; features in fewer than {least} rows and weights below {small} are left out. Apache-2.0.
model\tfeature\tweight
"""


@dataclass
class Read:
    """A coded report with its key templates."""

    sheet: Sheet
    keys: list[Any]
    fold: int
    incidents: list[Incident] = field(default_factory=list)
    key_of: dict[int, Any] = field(default_factory=dict)  # number of the incident → key template

    @property
    def likely(self) -> list[Incident]:
        return [one for one in self.incidents if one.score >= muc4.LIKELY]


def codings(work: Path, model: bool) -> list[Coding]:
    path = work / f"codings-{'tagger' if model else 'rules'}.msgpack"
    if not path.exists():
        told = code_reports(read_paths([SHARED / "muc4" / "dev.jsonl"]), load_tools(model=model))
        path.write_bytes(msgspec.msgpack.encode([one for one in told if isinstance(one, Coding)]))
    return msgspec.msgpack.decode(path.read_bytes(), type=list[Coding])


def reports(work: Path, wanted: Callable[[str], bool], models: Sequence[bool]) -> list[Read]:
    keys = scorer.json_docs([row for row in rows_of(SHARED / "muc4" / "dev.jsonl") if wanted(row["doc_id"])])
    found = []
    for model in models:
        for coding in codings(work, model):
            name = coding.report.doc_id
            if wanted(name) and coding.parties:
                templates = [one for one in keys.get(name.upper(), ()) if not one.irrelevant]
                found.append(Read(muc4_candidates.unscored(coding), templates, fold_of(name)))
    return found


def fold_of(doc_id: str) -> int:
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) // 5 % FOLDS


# ---- what is right ---------------------------------------------------------------------------------------------------


def fills(candidate: Candidate, role: str, template: Any) -> bool:
    """Some mention is a right fill of the slot; of a name, a part of it."""
    for slot in SLOTS[role]:
        least = 1 if slot == "hum-tgt-name" else 2
        for words in {m.words.replace('"', "") for m in candidate.mentions}:
            told = scorer.parse_filler(slot, f'"{words}"')
            if told and any(scorer.judge(slot, key, told)[0] >= least for key in template.slots.get(slot, ())):
                return True
    return False


def pair(read: Read) -> None:
    """Pairs the incidents with the keys by the scorer's own alignment of the templates as they would be told."""
    told = [dict(draft(read, one), number=str(i)) for i, one in enumerate(read.incidents)]
    name = read.sheet.coding.report.doc_id
    given = scorer.json_docs([{"doc_id": name, "templates": told}])[name.upper()]
    pairs = scorer.align(scorer.AutoJudge(), read.keys, given, "greedy")
    read.key_of = {int(r.num): k for k, r in pairs if k is not None and r is not None and not k.irrelevant}


def draft(read: Read, one: Incident) -> Json:
    """The template of an incident; before the first round of fits, with what is likely in its own sentences."""
    sheet = read.sheet
    if models.get("fit HUM_TGT"):
        return muc4.template(sheet, one, muc4.choose(sheet, [*read.likely, *({one} - set(read.likely))], one))
    near = [c for c in sheet.candidates if any(m.sentence in one.sentences for m in c.mentions)]
    return muc4.template(sheet, one, {role: [c for c in near if c.scores.get(role, -9.0) >= -1.0] for role in ROLES})


def half(slot: str, template: Any, words: str) -> float:
    told = scorer.parse_filler(slot, words)
    return max((scorer.judge(slot, key, told)[0] for key in template.slots[slot]), default=0) / 2


# ---- stages ----------------------------------------------------------------------------------------------------------

models: dict[str, Weights] = {}  # what muc4_candidates.weights gives while training


def learn(name: str, items: Sequence[tuple[int, Features, float]], l2: float) -> list[float]:
    """Learns a model; gives each item the log-odds by a model of the other folds."""
    scores = [0.0] * len(items)
    for fold in range(FOLDS):
        models[name] = fit(*columns(one for one in items if one[0] != fold), l2=l2, least=LEAST)
        for i, one in enumerate(items):
            if one[0] == fold:
                scores[i] = muc4_candidates.logit(name, dict(one[1]))
    models[name] = fit(*columns(items), l2=l2, least=LEAST) | {THRESHOLD: THRESHOLDS.get(name, 0.0)}
    print(f"{name}: {len(items)} rows, {sum(one[2] for one in items):.0f} right, {len(models[name])} weights", flush=True)
    return scores


def columns(items: Iterable[tuple[int, Features, float]]) -> tuple[list[Features], list[float]]:
    told = list(items)
    return [one[1] for one in told], [one[2] for one in told]


def learn_roles(reads: Sequence[Read]) -> None:
    rows = [(r.fold, muc4_candidates.relevance(r.sheet), float(any(not k.optional for k in r.keys))) for r in reads]
    for read, score in zip(reads, learn("relevance", rows, L2["relevance"]), strict=True):
        read.sheet.relevance = score
    for role in ROLES:
        held = [(r, c) for r in reads for c in r.sheet.candidates if role in c.roles]
        rows = [(r.fold, with_relevance(r.sheet, c), float(any(fills(c, role, k) for k in r.keys))) for r, c in held]
        for (_, candidate), score in zip(held, learn(role, rows, L2["role"]), strict=True):
            candidate.scores[role] = score


def learn_incidents(reads: Sequence[Read]) -> None:
    for read in reads:
        read.incidents = read.incidents or muc4_incidents.unscored_incidents(read.sheet)
        pair(read)
    held = [(r, i, one) for r in reads for i, one in enumerate(r.incidents)]
    rows = [(r.fold, muc4_incidents.incident_features(r.sheet, r.incidents, one), float(i in r.key_of)) for r, i, one in held]
    for (_, _, one), score in zip(held, learn("incident", rows, L2["incident"]), strict=True):
        one.score = score


def learn_fits(reads: Sequence[Read]) -> None:
    for role in ROLES:
        rows = []
        for read in reads:
            for i, one in enumerate(read.incidents):
                for c in read.sheet.candidates:
                    if i in read.key_of and one in read.likely and c.scores.get(role, -9.0) >= muc4.LEAST:
                        told = muc4_incidents.fit_features(read.sheet, read.likely, one, c, role)
                        rows.append((read.fold, told, float(fills(c, role, read.key_of[i]))))
        learn(f"fit {role}", rows, L2["fit"])


def learn_choices(reads: Sequence[Read]) -> None:
    for name, slot, options in (
        ("place", "inc-loc", muc4_choices.place_options),
        ("date", "inc-date", muc4_choices.date_options),
    ):
        rows = [
            (read.fold, features, half(slot, read.key_of[i], words))
            for read in reads
            for i, one in enumerate(read.incidents)
            if i in read.key_of and slot in read.key_of[i].slots
            for words, features in options(read.sheet, one).items()
        ]
        learn(name, rows, L2[name])


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--check", action="store_true", help="measure on a fifth that is kept back, write nothing")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    own_test = {row["doc_id"] for row in standoff("test")}
    muc4_candidates.weights = lambda model: models.get(model, {})  # type: ignore[assignment]
    muc4.weights = muc4_candidates.weights

    def wanted(doc_id: str) -> bool:
        return doc_id not in own_test and not (options.check and part_of(doc_id) == "test")

    reads = reports(options.work, wanted, (True, False))
    learn_roles(reads)
    for _ in range(ROUNDS):
        learn_incidents(reads)
        learn_fits(reads)
    learn_choices(reads)
    if options.check:
        for model in (True, False):
            measure(options.work, lambda doc_id: part_of(doc_id) == "test" and doc_id not in own_test, model)
        return 0
    lines = [
        f"{model}\t{name}\t{weight:.3f}"
        for model, weights in models.items()
        for name, weight in weights.items()
        if abs(weight) >= SMALL or name in (BIAS, THRESHOLD)
    ]
    head = HEADER.format(reports=len({r.sheet.coding.report.doc_id for r in reads}), least=LEAST, small=SMALL)
    path = ROOT / "src" / "dateline" / "knowledge" / "muc4_weights.tsv"
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


def measure(work: Path, wanted: Callable[[str], bool], model: bool) -> None:
    keys = scorer.json_docs([row for row in rows_of(SHARED / "muc4" / "dev.jsonl") if wanted(row["doc_id"])])
    told = [{"doc_id": c.report.doc_id, "templates": muc4.templates(c)} for c in codings(work, model) if wanted(c.report.doc_id)]
    found = scorer.score_official(keys, scorer.json_docs(told))
    print(f"{'tagger' if model else 'rules'}: F {found['f_exact']:.1f} {found['template-id']} {found['text']}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
