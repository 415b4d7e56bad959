"""Trains the tagger: first on silver and MUC-4, then on own gold, in folds and whole.

usage: train.py DATA WORK --start FOLDER [--stage first|folds|final|all]

    DATA   folder that data.py wrote            WORK   folder of checkpoints, scores and the final weights
    first  the encoder of FOLDER (all-MiniLM-L6-v2) on silver.jsonl, first for the arcs, then for the words → WORK/first.pt
    folds  for each fold of own gold: WORK/first.pt on the other folds → WORK/fold<k>.pt, and figures on the fold
    final  WORK/first.pt on all of own gold → WORK/final.pt

Every epoch ends in a checkpoint, and a run that was cut off goes on from its last one. Seeds are fixed: on one machine the same
data gives the same weights (bfloat16 sums differ a little between machines). Needs torch, tokenizers and safetensors.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from labels import ARCS, EVENT, MARKS, MUC, ROLES, SUBS, TOKENS, TYPE_OF, TYPES
from net import Tagger, arc_scores, pretrained
from tokenizers import Tokenizer
from torch import Tensor

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "src"))
from dateline.tagger.windows import cut, pieces_of


@dataclass(frozen=True)
class Plan:
    """How a stage is trained."""

    epochs: int  # of the schedule
    done: int  # epochs done of these
    low: float  # rate of the encoder
    high: float  # rate of the heads
    arcs: float  # weight of the arcs beside the words


FOLDS = 2
LAYERS = 4
BATCH = 16
FROZEN = 1  # layers below this one, and the embeddings, stay as they are
PLAN = {
    "arcs": Plan(5, 3, 3e-4, 2e-3, 0.1),
    "words": Plan(2, 1, 3e-4, 3e-3, 0.015),
    "own": Plan(12, 12, 3e-4, 2e-3, 0.03),  # as many as of a fold: else the net is surer than those that the coder learned from
    "fold": Plan(12, 12, 3e-4, 2e-3, 0.03),
}
MOST_ROWS = 16  # trigger pieces of a window whose arcs are asked at a time, by chance
NOISE = 0.06  # share of pieces hidden in training
SILVER_WEIGHT = 0.5
CLS, SEP, MASK = 101, 102, 103
COLUMN = {name: i for i, name in enumerate(TOKENS)}
SAID = [COLUMN[name] for name in (EVENT, *TYPES, *SUBS, *ROLES)]  # columns asked at every piece
MARKED, MUCKED = [COLUMN[name] for name in MARKS], [COLUMN[name] for name in MUC]
Json = dict[str, Any]


@dataclass
class Window:
    """Pieces of one report with what they should say."""

    ids: np.ndarray  # (L,) with the marks of the encoder
    tokens: np.ndarray  # (L, K) 0/1
    asked: np.ndarray  # (L, K) weight of the answer
    rows: np.ndarray  # (I,) trigger pieces
    arcs: np.ndarray  # (R, I, L) 0/1
    arcs_asked: np.ndarray  # (R, I, L)


def fold_of(doc_id: str) -> int:
    return int(hashlib.sha256(doc_id.encode()).hexdigest(), 16) // 7 % FOLDS


def load(path: Path) -> list[Json]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def windows_of(row: Json, tokenizer: Tokenizer) -> list[Window]:
    """The windows of one report with their answers."""
    told = tokenizer.encode(row["text"], add_special_tokens=False)
    ids = np.array(told.ids, dtype=np.int64)
    if not len(ids):
        return []
    starts, ends = [s for s, _ in told.offsets], [e for _, e in told.offsets]
    weight = 1.0 if row["kind"] == "own" else SILVER_WEIGHT

    def pieces(span: list[int]) -> tuple[int, int]:
        return pieces_of(starts, ends, span[0], span[1])

    tokens = np.zeros((len(ids), len(TOKENS)), dtype=np.float32)
    asked = np.zeros_like(tokens)
    asked[:, SAID] = weight
    events = []
    for event in row["events"]:
        spans = [pieces(span) for span in event["trigger"]]
        roles = {role: [pieces(span) for span in event["roles"][role]] for role in ROLES}
        repeats = {role: again(row["text"], event["roles"][role], pieces) for role in ROLES if role != "time"}
        events.append((spans, roles, repeats))
        for first, last in spans:
            tokens[first:last, [COLUMN[EVENT], COLUMN[TYPE_OF[event["label"]]], COLUMN[event["label"]]]] = 1
            asked[first:last, MARKED] = weight
            tokens[first:last, MARKED] = [event["foreground"], event["report"]]
        for role in ROLES:
            for first, last in roles[role]:
                tokens[first:last, COLUMN[role]] = 1
    if row["muc"] is not None:
        asked[:, MUCKED] = 1.0
        for label, spans in row["muc"].items():
            for span in spans:
                first, last = pieces(span)
                tokens[first:last, COLUMN[label]] = 1
    return [window(ids, tokens, asked, events, first, last, weight) for first, last in cut(len(ids))]


def again(text: str, spans: list[list[int]], pieces: Any) -> list[tuple[int, int]]:
    """Other places where the words of a role stand: neither right nor wrong, so not asked."""
    found, low = [], text.lower()
    for start, end in spans:
        words = low[start:end]
        at = low.find(words)
        while at >= 0 and len(words) > 2:
            if at != start:
                found.append(pieces([at, at + len(words)]))
            at = low.find(words, at + len(words))
    return found


def window(
    ids: np.ndarray, tokens: np.ndarray, asked: np.ndarray, events: list[Any], first: int, last: int, weight: float
) -> Window:
    size = last - first + 2
    rows = sorted({p for spans, _, _ in events for a, b in spans for p in range(max(a, first), min(b, last))})
    place = {p: i for i, p in enumerate(rows)}
    arcs = np.zeros((len(ARCS), len(rows), size), dtype=np.float32)
    arcs_asked = np.full_like(arcs, weight)
    arcs_asked[-1] = 0
    of_triggers = [p - first + 1 for p in rows]
    for spans, roles, repeats in events:
        mine = [place[p] for a, b in spans for p in range(max(a, first), min(b, last))]
        if not mine:
            continue
        arcs_asked[-1][np.ix_(mine, of_triggers)] = weight
        for k, role in enumerate(ROLES):
            for a, b in repeats.get(role, ()):
                arcs_asked[k][mine, max(0, a - first + 1) : max(0, min(b, last) - first + 1)] = 0
            for a, b in roles[role]:
                a, b = max(a, first), min(b, last)
                if a < b:
                    arcs[k][mine, a - first + 1 : b - first + 1] = 1
                    arcs_asked[k][mine, a - first + 1 : b - first + 1] = weight
        for a, b in spans:
            a, b = max(a, first), min(b, last)
            if a < b:
                arcs[-1][mine, a - first + 1 : b - first + 1] = 1
    pad = np.zeros((1, tokens.shape[1]), dtype=np.float32)
    return Window(
        np.concatenate([[CLS], ids[first:last], [SEP]]),
        np.concatenate([pad, tokens[first:last], pad]),
        np.concatenate([pad, asked[first:last], pad]),
        np.array(of_triggers, dtype=np.int64),
        arcs,
        arcs_asked,
    )


def batches(windows: list[Window], rng: np.random.Generator) -> list[list[Window]]:
    """Windows of like length together, the batches in random order."""
    order = sorted(range(len(windows)), key=lambda i: len(windows[i].ids) + rng.random() * 24)
    groups = [[windows[i] for i in order[at : at + BATCH]] for at in range(0, len(order), BATCH)]
    rng.shuffle(groups)  # type: ignore[arg-type]
    return groups


def loss_of(net: Tagger, group: list[Window], rng: np.random.Generator, arcs: float) -> Tensor:
    size = max(len(w.ids) for w in group)
    ids, attend = np.zeros((len(group), size), dtype=np.int64), np.zeros((len(group), size), dtype=np.float32)
    tokens, asked = (np.zeros((len(group), size, len(TOKENS)), dtype=np.float32) for _ in range(2))
    for i, w in enumerate(group):
        n = len(w.ids)
        hidden = np.where(rng.random(n) < NOISE, MASK, w.ids)
        ids[i, :n], attend[i, :n], tokens[i, :n], asked[i, :n] = hidden, 1, w.tokens, w.asked
    with torch.autocast("cpu", dtype=torch.bfloat16):
        said, left, right = net(torch.from_numpy(ids), torch.from_numpy(attend), FROZEN)
    said, left, right = said.float(), left.float(), right.float()
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    total = bce(said, torch.from_numpy(tokens), torch.from_numpy(asked), reduction="sum") / float(attend.sum())
    some = [rng.permutation(len(w.rows))[:MOST_ROWS] for w in group]
    rows = sum(len(few) for few in some)
    for i, (w, few) in enumerate(zip(group, some, strict=True)):
        if len(few):
            scores = arc_scores(left[i, w.rows[few]], right[i, : len(w.ids)], len(ARCS))
            told, weight = (torch.from_numpy(np.ascontiguousarray(part[:, few])) for part in (w.arcs, w.arcs_asked))
            total = total + arcs / rows * bce(scores, told, weight, reduction="sum")
    return total


def fit(net: Tagger, read: Callable[[int], list[Window]], plan: Plan, path: Path, seed: int) -> Tagger:
    """Train and keep a checkpoint after every epoch beside `path`; the end weights are `path` itself.

    `read(epoch)` are the windows of an epoch."""
    if path.exists():
        net.load_state_dict(torch.load(path))
        return net
    epochs = plan.epochs
    frozen = [net.words, net.places, net.kinds, net.norm, *net.layers[:FROZEN]]
    for part in frozen:
        part.requires_grad_(False)
    heads = [*net.tokens.parameters(), *net.left.parameters(), *net.right.parameters()]
    body = [p for layer in net.layers[FROZEN:] for p in layer.parameters()]
    optimiser = torch.optim.AdamW([{"params": body, "lr": plan.low}, {"params": heads, "lr": plan.high}], weight_decay=0.01)
    steps = epochs * -(-len(read(0)) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min((s + 1) / (0.06 * steps), max(0.0, 1 - s / steps)))
    saved, begin = path.with_suffix(".part"), 0
    if saved.exists():
        held = torch.load(saved)
        net.load_state_dict(held["net"]), optimiser.load_state_dict(held["optimiser"]), schedule.load_state_dict(held["schedule"])
        begin = held["epoch"]
    for epoch in range(begin, plan.done):
        torch.manual_seed(seed + epoch)
        rng, start, losses = np.random.default_rng((seed, epoch)), time.time(), []
        net.train()
        for number, group in enumerate(batches(read(epoch), rng)):
            optimiser.zero_grad()
            loss = loss_of(net, group, rng, plan.arcs)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimiser.step(), schedule.step()
            losses.append(loss.item())
            if number % 20 == 0:
                print(f"  step {number}: {np.mean(losses[-20:]):.3f} ({time.time() - start:.0f} s)", flush=True)
        print(f"{path.stem} epoch {epoch + 1}/{epochs}: loss {np.mean(losses):.4f}, {time.time() - start:.0f} s", flush=True)
        state = {"net": net.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict()}
        torch.save({**state, "epoch": epoch + 1}, saved)
    torch.save(net.state_dict(), path)
    saved.unlink(missing_ok=True)
    return net


def figures(net: Tagger, windows: list[Window]) -> dict[str, float]:
    """Average precision of `event`, sub-type right at gold triggers, and roles: is the best piece a right one."""
    net.eval()
    told, chances, right, roles = [], [], [], {role: [] for role in ROLES}
    with torch.no_grad():
        for w in windows:
            said, left, right_side = net(torch.from_numpy(w.ids)[None], torch.ones(1, len(w.ids)))
            told.append(w.tokens[1:-1, COLUMN[EVENT]])
            chances.append(said[0, 1:-1, COLUMN[EVENT]].numpy())
            subs = [COLUMN[name] for name in SUBS]
            best = said[0][:, subs].argmax(-1).numpy()
            right += [w.tokens[p, subs[best[p]]] for p in w.rows]
            if len(w.rows):
                scores = arc_scores(left[0, w.rows], right_side[0], len(ARCS)).numpy()
                for k, role in enumerate(ROLES):
                    some = w.arcs[k].any(-1)
                    masked = np.where(w.arcs_asked[k] > 0, scores[k], -99)
                    roles[role] += [w.arcs[k][i, masked[i].argmax()] for i in np.flatnonzero(some)]
    named = {f"arc {role}": float(np.mean(values)) for role, values in roles.items() if values}
    return {
        "event AP": average_precision(np.concatenate(told), np.concatenate(chances)),
        "sub-type": float(np.mean(right)),
        **named,
    }


def average_precision(told: np.ndarray, chances: np.ndarray) -> float:
    hits = told[np.argsort(-chances, kind="stable")]
    ranks = np.flatnonzero(hits) + 1
    return float((np.arange(1, len(ranks) + 1) / ranks).mean())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--start", type=Path, required=True, help="folder of the pretrained encoder")
    parser.add_argument("--stage", choices=("first", "folds", "final", "all"), default="all")
    parser.add_argument("--fold", type=int, choices=range(FOLDS), help="this fold only")
    options = parser.parse_args()
    torch.use_deterministic_algorithms(True)
    torch.utils.deterministic.fill_uninitialized_memory = False  # type: ignore[attr-defined]  # costs a seventh of the time
    torch.manual_seed(8)
    options.work.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(options.start / "tokenizer.json"))
    tokenizer.no_truncation(), tokenizer.no_padding()

    def fresh() -> Tagger:
        return pretrained(options.start, LAYERS, len(TOKENS), len(ARCS))

    first = options.work / "first.pt"
    if options.stage in ("first", "all"):
        rows = load(options.data / "silver.jsonl")
        windows = [w for row in rows for w in windows_of(row, tokenizer)]
        net = fit(fresh(), lambda _: windows, PLAN["arcs"], options.work / "arcs.pt", seed=1)
        telling = [w for number, w in enumerate(windows) if len(w.rows) or number % 3 == 0]
        fit(net, lambda _: telling, PLAN["words"], first, seed=11)
    own, swapped = load(options.data / "own.jsonl"), load(options.data / "swapped.jsonl")
    as_they_are = [(fold_of(row["doc_id"]), windows_of(row, tokenizer)) for row in own]

    def reader(fold: int | None) -> Callable[[int], list[Window]]:
        """Windows outside the fold: as they are, and every second epoch one of the variants in turn."""

        def read(epoch: int) -> list[Window]:
            if epoch % 2 == 0:
                return [w for f, windows in as_they_are if f != fold for w in windows]
            at = epoch // 2 * len(own) % len(swapped)
            some = [row for row in swapped[at : at + len(own)] if fold_of(row["doc_id"]) != fold]
            return [w for row in some for w in windows_of(row, tokenizer)]

        return read

    if options.stage in ("folds", "all"):
        for k in range(FOLDS) if options.fold is None else [options.fold]:
            net = fresh()
            net.load_state_dict(torch.load(first))
            held = [w for fold, windows in as_they_are for w in windows if fold == k]
            print(f"fold {k} before: {json.dumps({n: round(v, 3) for n, v in figures(net, held).items()})}", flush=True)
            fit(net, reader(k), PLAN["fold"], options.work / f"fold{k}.pt", seed=100 + k)
            print(f"fold {k} after: {json.dumps({n: round(v, 3) for n, v in figures(net, held).items()})}", flush=True)
    if options.stage in ("final", "all"):
        net = fresh()
        net.load_state_dict(torch.load(first))
        fit(net, reader(None), PLAN["own"], options.work / "final.pt", seed=99)
    return 0


if __name__ == "__main__":
    sys.exit(main())
