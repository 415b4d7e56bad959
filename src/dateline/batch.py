"""Many reports, in input order, on one core or several.

With `jobs` > 1, reports go in small parcels to a pool of processes; at most a few parcels per process are under way, so that
memory stays bounded however long the stream is, and what comes out stands in input order: the output does not depend on `jobs`.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context

from dateline.config import Own
from dateline.errors import DatelineError
from dateline.pipeline import Tools, code_reports, load_tools
from dateline.types import Coding, Fault, Report

PARCEL = 16  # reports
PARCEL_CHARACTERS = 100_000
AHEAD = 3  # parcels per process that wait or are done and not yet fetched

Item = Report | Fault
Render = Callable[[Coding], bytes]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a report may be at most, so that one odd file cannot hold up or fill a machine: 250,000 characters are a book."""

    characters: int = 250_000


@dataclass(frozen=True, slots=True)
class Done:
    """One coded report or fault: `result` (None when only lines were asked for), and its rendered line."""

    result: Coding | Fault | None
    line: bytes | None = None
    events: int = 0
    passed_over: bool = False  # by the gate


def code_stream(
    items: Iterable[Item],
    *,
    jobs: int = 1,
    render: Render | None = None,
    keep: bool = True,
    limits: Limits | None = None,
    tools: Tools | None = None,
    own: Own | None = None,
    model: bool = True,
) -> Iterator[Done]:
    """Code a stream in order. `render` makes the line of each coding (in the worker: name a module's function).

    `keep=False` leaves the codings out of what is given, which saves carrying them between processes. `own` are the user's
    tables, `model=False` codes by knowledge alone; both without effect where `tools` are given.
    """
    limited: Iterator[Item] = (within(item, limits or Limits()) for item in items)
    if jobs > 1:
        first = list(islice(limited, 4))  # a handful is done before a pool has started
        if len(first) == 4:
            yield from in_pool(chain(first, limited), jobs, render, keep, own, model)
            return
        limited = iter(first)
    ready = tools
    for item in limited:
        if isinstance(item, Fault):
            yield Done(item)
            continue
        ready = ready or load_tools(own, model=model)
        yield from code_parcel([item], ready, render, keep)


def within(item: Item, limits: Limits) -> Item:
    if isinstance(item, Fault) or len(item.text) <= limits.characters:
        return item
    what = f"{len(item.text):,} characters, more than one report may have ({limits.characters:,})"
    return Fault(item.path or item.doc_id, what, "split it into reports, or set max_characters in dateline.toml", "too large")


def code_parcel(items: list[Item], tools: Tools, render: Render | None, keep: bool) -> Iterator[Done]:
    for result in code_reports(items, tools):
        if isinstance(result, Fault):
            yield Done(result)
        else:
            stopped = any(fault.code == "gate" for fault in result.faults)
            yield Done(result if keep else None, render(result) if render else None, len(result.events), stopped)


def in_pool(items: Iterator[Item], jobs: int, render: Render | None, keep: bool, own: Own | None, model: bool) -> Iterator[Done]:
    context = get_context("spawn")  # the same on every system, and safe where the caller has threads
    pool = ProcessPoolExecutor(jobs, mp_context=context, initializer=start_worker)
    waiting: deque[Future[list[Done]]] = deque()
    try:
        for parcel in parcels(items):
            with without_interrupts():
                waiting.append(pool.submit(work, parcel, render, keep, own, model))
            if len(waiting) >= jobs * AHEAD:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
    except BrokenProcessPool as error:
        raise DatelineError("a worker process was ended from outside", remedy="use fewer --jobs: memory may be short") from error
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def parcels(items: Iterator[Item]) -> Iterator[list[Item]]:
    """The first parcels are small, so that the first results come early."""
    parcel: list[Item] = []
    size, given = 0, 0
    for item in items:
        parcel.append(item)
        size += len(item.text) if isinstance(item, Report) else 0
        if len(parcel) >= min(PARCEL, 1 + given) or size >= PARCEL_CHARACTERS:
            yield parcel
            parcel, size, given = [], 0, given + 1
    if parcel:
        yield parcel


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Hold back Ctrl-C while a worker may start: it inherits the block, so that only the parent answers, with one line."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_tools: Tools | None = None


def start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends the pool


def work(items: list[Item], render: Render | None, keep: bool, own: Own | None, model: bool) -> list[Done]:
    global _tools
    _tools = _tools or load_tools(own, model=model)  # here, not at the start: an error reaches the caller as it is
    return list(code_parcel(items, _tools, render, keep))
