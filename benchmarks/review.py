"""Speed of the review page on a large project: `python benchmarks/review.py [REPORTS]`.

Makes a project of copies of the packaged exercise reports with other ids, days and places (10,000 hold about 56,000 events),
serves it and measures requests as a browser would make them. Nothing is merged: that is `dateline merge`.
"""

from __future__ import annotations

import http.client
import json
import random
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

import dateline
from dateline.resolve.gazetteer import load_gazetteer
from dateline.review.index import read_index
from dateline.review.serve import free_socket, make_server
from dateline.store import open_project
from dateline.types import Coding, Event

EXAMPLES = Path(dateline.__file__).parent / "examples"
KEY = "bench"


def copies(codings: list[Coding], reports: int) -> Iterator[Coding]:
    """Codings of `reports` reports, each a copy of one of `codings` with another id, other days and other places."""
    rng, gazetteer = random.Random(7), load_gazetteer()
    towns = [gazetteer.place(rng.randrange(200_000)) for _ in range(3_000)]
    for number in range(reports):
        coding = codings[number % len(codings)]
        report = msgspec.structs.replace(coding.report, doc_id=f"{coding.report.doc_id}-{number}")
        events = tuple(moved(event, timedelta(rng.randrange(1_500)), rng.choice(towns)) for event in coding.events)
        yield msgspec.structs.replace(coding, report=report, events=events)


def moved(event: Event, by: timedelta, town: object) -> Event:
    when, where = event.when, event.where
    if when is not None:
        first, last = (str(date.fromisoformat(day) - by) if day else None for day in (when.earliest, when.latest))
        when = msgspec.structs.replace(when, earliest=first, latest=last)
    if where is not None and where.place.lat is not None:
        place = msgspec.structs.replace(
            where.place,
            name=town.name,
            country=town.country,
            lat=town.lat,
            lon=town.lon,  # type: ignore[attr-defined]
        )
        where = msgspec.structs.replace(where, place=place)
    return msgspec.structs.replace(event, when=when, where=where)


def make(path: Path, reports: int) -> None:
    codings = [coding for coding in dateline.code_many(dateline.read(EXAMPLES)) if isinstance(coding, Coding)]
    with open_project(path) as project:
        project.connection.execute("PRAGMA synchronous = OFF")  # made to be thrown away
        run = project.start_run()
        for coding in copies(codings, reports):
            project.save_coding(coding, run)
        project.finish_run(run)


def ask(port: int, path: str, *, body: object = None) -> tuple[float, bytes]:
    """Seconds and body of one request."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port)
    sent = None if body is None else json.dumps(body)
    connection.request("GET" if sent is None else "POST", path, sent, {"Authorization": f"Bearer {KEY}"})
    told = connection.getresponse().read()
    connection.close()
    return time.perf_counter() - start, told


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2]) if len(sys.argv) > 2 else Path(folder) / "large.db"
        if not path.exists():
            make(path, reports)
        start = time.perf_counter()
        with open_project(path) as project:
            index = read_index(project)
        print(f"{len(index.reports):,} reports, {len(index.events):,} events, {path.stat().st_size / 1e6:.0f} MB")
        print(f"index read at start: {time.perf_counter() - start:.2f} s")
        listening = free_socket(0)
        port = int(listening.getsockname()[1])
        server = make_server(path, user="bench", key=KEY, listening=listening)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not server.started:
            time.sleep(0.05)
        in_browser(port)
        measure(port, [row.id for row in index.queue[:40]], [row.report.id for row in index.queue[:40]])
        server.should_exit = True
        thread.join(5)


def measure(port: int, events: list[str], reports: list[str]) -> None:
    queue = ask(port, "/queue.json?offset=0&limit=100&facets=1")[0]
    print(f"first view: the shell {1000 * ask(port, '/queue')[0]:.0f} ms, the queue with facets {1000 * queue:.0f} ms")
    print(f"a filtered queue: {1000 * ask(port, '/queue.json?q=market&why=conflict&limit=100&facets=1')[0]:.0f} ms")
    print(f"a page far down: {1000 * ask(port, '/queue.json?offset=45000&limit=100')[0]:.0f} ms")
    times = [ask(port, f"/reports/{one}.json")[0] for one in reports]
    print(f"a report with its events: median {1000 * statistics.median(times):.0f} ms, slowest {1000 * max(times):.0f} ms")
    times = [ask(port, "/api/judgements", body={"verdict": "accept", "events": [one]})[0] for one in events]
    print(f"a decision, saved: median {1000 * statistics.median(times):.0f} ms, slowest {1000 * max(times):.0f} ms")
    seconds, told = ask(port, "/explore.json")
    print(f"map, timeline and table: {1000 * seconds:.0f} ms, {len(told) / 1e6:.1f} MB")


def in_browser(port: int) -> None:
    """What a person waits for: the first view, the next event after a key, a frame while a range is drawn on the timeline."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        print("in the browser: left out, needs playwright and chromium")
        return
    base = f"http://127.0.0.1:{port}"
    with sync_playwright() as play:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        software = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        for name, flags in (("map drawn in software", software), ("no map", ["--disable-3d-apis"])):
            browser = play.chromium.launch(executable_path=path, args=["--no-sandbox", *flags])
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(f"{base}/reports?key={KEY}")
            page.wait_for_selector(".grid-row")
            if name == "no map":
                time_queue(page, base)
            start = time.perf_counter()
            page.goto(f"{base}/explore")
            page.wait_for_selector(".timeline svg")
            print(f"browser, timeline and table ({name}): {1000 * (time.perf_counter() - start):.0f} ms")
            page.wait_for_timeout(6000)
            print(f"browser, drawing a range ({name}): {json.dumps(page.evaluate(BRUSH))}")
            browser.close()


def time_queue(page: Any, base: str) -> None:
    start = time.perf_counter()
    page.goto(f"{base}/queue")
    page.wait_for_selector(".panel h2")
    print(f"browser, first view with report and event: {1000 * (time.perf_counter() - start):.0f} ms")
    page.wait_for_timeout(800)
    print(f"browser, 20 events accepted by key: {json.dumps(page.evaluate(KEYS))}")


# From the key to the moment when the next event stands in the panel; nobody waits between keys.
KEYS = """async () => {
    const title = () => document.querySelector(".panel h2")?.textContent;
    const name = () => document.querySelector(".item.on")?.getAttribute("href") + title();
    const times = [];
    for (let n = 0; n < 20; n++) {
        const before = name(), start = performance.now();
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "y", bubbles: true, cancelable: true }));
        while (name() === before && performance.now() - start < 3000) await new Promise((done) => setTimeout(done, 2));
        times.push(performance.now() - start);
        await new Promise((done) => setTimeout(done, 150));
    }
    times.sort((a, b) => a - b);
    return { median_ms: Math.round(times[10]), slowest_ms: Math.round(times[19]) };
}"""
BRUSH = """async () => {
    const svg = document.querySelector(".timeline svg"), box = svg.getBoundingClientRect(), y = box.top + 40;
    const given = { clientY: y, pointerId: 1, bubbles: true, buttons: 1 };
    const move = (type, x) => svg.dispatchEvent(new PointerEvent(type, { ...given, clientX: x }));
    svg.setPointerCapture = () => {};
    move("pointerdown", box.left + 100);
    const times = [];
    for (let n = 0; n < 40; n++) {
        const start = performance.now();
        move("pointermove", box.left + 150 + n * 20);
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
        times.push(performance.now() - start);
    }
    move("pointerup", box.left + 950);
    times.sort((a, b) => a - b);
    return { median_frame_ms: Math.round(times[20]), slowest_ms: Math.round(times[39]) };
}"""


if __name__ == "__main__":
    main()
