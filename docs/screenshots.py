"""Take the screenshots of docs/review.md anew: `python docs/screenshots.py [NAME...]`.

They show the packaged exercises, and for text from right to left a report made here (fictional, coded by hand, since dateline
codes English only). Needs the package playwright and a Chromium on the system.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from dateline.cli.demo import write_results
from dateline.review.serve import free_socket, make_server
from dateline.store import open_project
from dateline.types import Coding, Count, Event, Evidence, Participant, Place, Published, Report, Voice, Weapon, When, Where

HERE = Path(__file__).parent / "screenshots"
KEY = "screenshots"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
ARABIC = """قالت الشرطة: ستة قتلى في انفجار قرب سوق كريم

أعلنت الشرطة يوم الجمعة 3 أيار مقتل ستة أشخاص وإصابة 14 آخرين بجروح في انفجار سيارة مفخخة أمام سوق كريم (Karim Market).

ونفى الجيش أن تكون قواته قريبة من المكان، وقال متحدث باسمه إن 3 جنود أصيبوا.
"""


def arabic() -> Coding:
    """A report in Arabic and what a person would code in it."""
    day = Published("2019-05-03", "header")
    report = Report("wikala-3-may", ARABIC, published=day, outlet="وكالة كريم (تمرين خيالي)", language="ar")

    def said(quote: str) -> tuple[Evidence, ...]:
        at = ARABIC.index(quote)
        return (report.evidence(at, at + len(quote)),)

    place = Place("Karim", "SYR", 36.58, 37.04, "town", 5.0)
    event = Event(
        id="e1",
        type="Explosions/Remote violence",
        sub_type="Remote explosive/landmine/IED",
        status="occurred",
        foreground=True,
        trigger=said("انفجار سيارة مفخخة"),
        when=When("2019-05-03", "2019-05-03", "day", said("يوم الجمعة 3 أيار")),
        where=Where(place, said("سوق كريم (Karim Market)")),
        targets=(Participant("people", "civilians", said("ستة أشخاص")),),
        weapons=(Weapon("vehicle bomb", said("سيارة مفخخة"), None, 1),),
        figures=(
            Count("killed", "people", 6, 6, "person", said("مقتل ستة أشخاص")),
            Count("injured", "people", 14, 14, "person", said("إصابة 14 آخرين")),
            Count("injured", "soldiers", 3, 3, "person", said("3 جنود أصيبوا"), source="army"),
        ),
        sources=(
            Voice("police", "affirms", said("أعلنت الشرطة")),
            Voice("army", "denies", said("ونفى الجيش"), about="actor: army"),
        ),
    )
    return Coding(report, (event,))


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a project, served while the block runs."""
    listening = free_socket(0)
    port = listening.getsockname()[1]
    server = make_server(path, user="amina", key=KEY, listening=listening)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(5)


def correct(page: Any) -> None:
    """A place is being corrected: its words pulse, other places of the name are offered."""
    page.locator(".value", has_text="where").locator("button.v").click()
    page.keyboard.press("e")
    page.get_by_label("place", exact=True).fill("Kirkuk")
    page.wait_for_selector(".candidates li")


def compare(page: Any) -> None:
    page.locator(".matrix th button", has_text="killed").first.click()
    page.locator(".compare").evaluate("(node) => node.scrollIntoView({ block: 'end' })")


def named(page: Any) -> None:
    page.locator(".grid-row", has_text="Sudanese army").click()
    page.get_by_label("another name for it").fill("the General Command")
    page.keyboard.press("Enter")
    page.wait_for_selector(".aliases li")


def nothing(page: Any) -> None:
    """The view as it opens."""


Shot = tuple[str, str, Callable[[Any], None], dict[str, Any]]
SHOTS: list[Shot] = [
    ("queue", "/queue", nothing, {}),
    ("correct", "/queue", correct, {}),
    ("incident", "/incidents", nothing, {"viewport": {"width": 1280, "height": 1500}}),
    ("compare", "/incidents", compare, {"viewport": {"width": 1280, "height": 900}}),
    ("map", "/explore?country=IRQ", nothing, {}),
    ("merge", "/merge", nothing, {}),
    ("names", "/actors", named, {}),
    ("dark", "/queue?q=haraz", nothing, {"color_scheme": "dark"}),
    ("export", "/export?embargo=30d&coarsen=district", nothing, {}),
    ("phone", "/queue", nothing, {"viewport": {"width": 390, "height": 844}}),
]


def main() -> None:
    wanted = set(sys.argv[1:])
    HERE.mkdir(exist_ok=True)
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=browser_path, args=FLAGS)
        write_results(Path(folder), 250_000)
        with served((Path(folder) / "project.db").rename(Path(folder) / "exercise.db")) as base:
            for shot in SHOTS:
                if not wanted or shot[0] in wanted:
                    take(browser, base, shot)
        path = Path(folder) / "arabic.db"
        with open_project(path) as project:
            project.save_coding(arabic(), project.start_run())
        if not wanted or "arabic" in wanted:
            with served(path) as base:
                take(browser, base, ("arabic", "/queue", lambda page: page.keyboard.press("ArrowDown"), {}))
        browser.close()


def take(browser: Any, base: str, shot: Shot) -> None:
    name, path, act, given = shot
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **given})
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(f"{base}/?key={KEY}")
    page.goto(base + path)
    page.wait_for_selector(".panel h2, .lede, .pair, .maplibregl-canvas, .names-side h2, table.rows")
    page.wait_for_timeout(2500 if name == "map" else 800)
    act(page)
    page.wait_for_timeout(600)
    page.screenshot(path=HERE / f"{name}.png")
    context.close()
    print(name)


if __name__ == "__main__":
    main()
