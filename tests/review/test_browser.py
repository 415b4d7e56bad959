"""The page in a real browser: the main journeys, keys only, right to left, hostile words, two windows, offline, accessibility.

Needs the system's Chromium and the package playwright; left out where one is missing. Any request to another host fails the test.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from review.conftest import Client

sync_api = pytest.importorskip("playwright.sync_api", reason="needs the package playwright: pip install playwright")
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(BROWSER is None, reason="needs a browser: apt-get install chromium")
KEY = "key-of-the-tests"
FLAGS = ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as play:
        running = play.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Open]:
    """Opens an address of a served project in a window of its own, and fails on errors and on requests to anybody else."""
    faults: list[str] = []
    contexts: list[Any] = []

    def see(client: Client, path: str = "/queue", **given: Any) -> Any:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **given)
        contexts.append(context)
        window = context.new_page()
        window.set_default_timeout(8000)
        window.on("request", lambda request: check(request.url, client))
        window.on("pageerror", lambda error: faults.append(f"error: {error}"))
        window.on("dialog", lambda dialog: faults.append(f"dialog: {dialog.message}"))
        window.on("console", lambda line: faults.append(line.text) if "Content Security Policy" in line.text else None)
        window.goto(f"{client.base}/?key={KEY}")
        window.goto(client.base + path)
        return window

    def check(url: str, client: Client) -> None:
        if not url.startswith((client.base + "/", "data:", "blob:")):
            faults.append(f"request to {url}")

    yield see
    for context in contexts:
        context.close()
    assert faults == []


def events_of(window: Any) -> Any:
    window.wait_for_selector(".panel h2")
    return window.locator(".item")


def test_a_value_leads_to_its_words_and_words_lead_to_their_value(served: Client, page: Open) -> None:
    window = page(served, "/queue?q=marwa")
    events_of(window)
    window.click(".panel .v.place")
    words = window.locator(".text .pulse")
    assert "".join(words.all_inner_texts()) == "a market in Marwa"
    window.locator(".text .w.mine", has_text="on Friday").click()
    window.locator(".value.chosen", has_text="31 Jan 2020").wait_for()


def test_twenty_keys_check_a_queue_without_a_mouse(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    window = page(client)
    events_of(window)
    window.keyboard.press("y")
    window.keyboard.press("n")
    window.wait_for_selector(".item .state.accept")
    window.wait_for_selector(".item .state.reject")
    window.keyboard.press("z")
    window.wait_for_selector(".item .state.reject", state="detached")
    window.keyboard.press("Z")
    window.wait_for_selector(".item .state.reject")
    window.keyboard.press("?")
    assert "accept, and go to the next" in window.locator("dialog").inner_text()
    window.keyboard.press("Escape")
    window.wait_for_selector("dialog", state="detached")
    window.keyboard.press("g")
    window.keyboard.press("l")
    window.wait_for_selector(".log li")
    assert client.ask("/log.json").json["total"] == 4


def test_keys_faster_than_the_page_act_on_the_events_they_were_meant_for(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    first, second, third = (row["id"] for row in client.rows())
    window = page(client)
    events_of(window)

    def slowly(route: Any) -> None:
        window.wait_for_timeout(150)
        route.continue_()

    window.route(re.compile(r"/reports/.*\.json|/api/judgements"), slowly)
    for key in ("y", "n", "u", "g", "l"):
        window.keyboard.press(key)
    window.wait_for_selector(".log li:nth-child(3)")
    made = [(one["verdict"], one["events"]) for one in reversed(client.ask("/log.json").json["rows"])]
    assert made == [("accept", [first]), ("reject", [second]), ("unsure", [third])]


def test_a_key_held_down_decides_once(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    window = page(client)
    events_of(window)
    for _ in range(4):
        window.keyboard.down("y")  # the browser says of all but the first that they repeat
    window.wait_for_selector(".item .state.accept")
    window.keyboard.press("n")
    window.wait_for_selector(".item .state.reject")
    assert [one["verdict"] for one in client.ask("/log.json").json["rows"]] == ["reject", "accept"]


def test_another_name_does_not_keep_the_coordinates_of_the_old_place(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    window = page(client, "/queue?q=marwa")
    events_of(window)
    window.locator(".value button.v.place").click()
    window.keyboard.press("e")
    assert window.get_by_label("latitude").input_value() != ""
    window.get_by_label("place", exact=True).fill("Nowhere in the gazetteer")
    window.locator(".editor .hint", has_text="Without coordinates").wait_for()
    window.keyboard.press("Enter")
    window.wait_for_selector(".decision.correct")
    [entry] = client.ask("/log.json").json["rows"]
    assert (entry["value"]["name"], entry["value"].get("lat")) == ("Nowhere in the gazetteer", None)


def test_all_the_same_places_are_placed_anew_but_for_those_left_out(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    window = page(client, "/places?q=karim")
    window.get_by_role("button", name=re.compile("Another place is meant")).click()
    window.get_by_label("which place").fill("Aleppo")
    window.locator(".candidates button").first.click()
    window.locator(".preview", has_text="1 of 1 events will be corrected").wait_for()
    window.locator(".preview input").first.uncheck()
    assert window.get_by_role("button", name="Correct 0").is_disabled()
    window.locator(".preview input").first.check()
    window.get_by_role("button", name="Correct 1").click()
    window.locator(".toast", has_text="one undo takes it back").wait_for()
    [entry] = client.ask("/log.json").json["rows"]
    assert (entry["field"], entry["value"]["country"], entry["reason"]) == ("where", "SYR", "all of “Karim”")


def test_keys_after_a_decision_that_could_not_be_kept_are_dropped(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    first = client.rows()[0]["id"]
    window = page(client)
    events_of(window)

    held: list[Any] = []
    window.route("**/api/judgements", lambda route: held.append(route))
    with window.expect_request("**/api/judgements"):
        window.keyboard.press("y")
    for key in ("j", "n"):
        window.keyboard.press(key)
    held[0].fulfill(status=409, json={"error": "the file is locked"})  # not before all keys are down
    window.wait_for_selector(".toast.error")
    window.unroute("**/api/judgements")
    window.keyboard.press("u")
    window.wait_for_selector(".item .state.unsure")
    [entry] = client.ask("/log.json").json["rows"]
    assert (entry["verdict"], entry["events"]) == ("unsure", [first])


def test_a_day_is_corrected_by_keys_and_stays_after_a_reload(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    window = page(client, "/queue?q=marwa")
    events_of(window)
    window.keyboard.press("ArrowDown")
    window.wait_for_selector(".v.event.chosen")
    window.keyboard.press("ArrowDown")
    window.locator(".value.chosen .label", has_text="when").wait_for()
    window.keyboard.press("e")
    window.locator(".editor input[type=date]").first.fill("2020-01-30")
    window.locator(".editor input[type=date]").nth(1).fill("2020-01-30")
    window.keyboard.press("Enter")
    window.wait_for_selector(".decision.correct")
    window.reload()
    window.wait_for_selector(".decision.correct")
    assert "30 Jan 2020" in window.locator(".value.d-correct").inner_text()


def test_after_a_correction_the_next_y_accepts_the_event_and_never_undoes_the_correction(
    fresh: Callable[..., Client], page: Open
) -> None:
    client = fresh()
    window = page(client, "/queue?q=marwa")
    events_of(window)
    window.locator(".value", has_text="31 Jan 2020").locator("button.v").click()
    window.keyboard.press("e")
    for number in (0, 1):
        window.locator(".editor input[type=date]").nth(number).fill("2020-01-30")
    window.keyboard.press("Enter")
    window.wait_for_selector(".value.d-correct:not(.chosen)")
    window.locator(".value.d-correct button.v").click()
    window.keyboard.press("y")  # about the chosen value: the correction is confirmed
    window.locator(".toast", has_text="correction confirmed").wait_for()
    window.keyboard.press("Escape")
    window.keyboard.press("y")
    window.locator(".chip.decided.accept").wait_for()
    made = [(one["verdict"], one["field"]) for one in client.ask("/log.json").json["rows"]]
    assert made == [("accept", ""), ("correct", "when"), ("correct", "when")]
    assert client.rows("?q=marwa")[0]["review"]["fields"]["when"]["value"]["earliest"] == "2020-01-30"


def test_marked_words_become_evidence_in_code_points(fresh: Callable[..., Client], page: Open) -> None:
    """The emoji before them counts as two units in the browser and as one here."""
    client = fresh()
    window = page(client, "/queue?q=marwa")
    events_of(window)
    window.evaluate(
        """() => {
        const run = [...document.querySelectorAll(".text .r")].find((node) => node.textContent.includes("💥"));
        const next = run.parentElement.querySelectorAll(".r")[[...run.parentElement.querySelectorAll(".r")].indexOf(run) + 1];
        const range = document.createRange(), at = run.textContent.indexOf("💥");
        range.setStart(run.firstChild, at);
        range.setEnd(run.firstChild, at + 2);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        run.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
    }"""
    )
    window.locator(".markbar button", has_text="with").click()
    assert window.locator(".editor input").last.is_visible()
    window.locator(".editor button.primary").click()
    window.wait_for_selector(".value.added")
    [entry] = client.ask("/log.json").json["rows"]
    assert entry["value"]["evidence"][0]["quote"] == "💥"


def test_two_windows_see_each_other_and_lose_nothing(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    one, other = page(client), page(client)
    events_of(one)
    events_of(other)
    one.keyboard.press("u")
    other.wait_for_selector(".item .state.unsure")
    other.keyboard.press("y")
    one.wait_for_selector(".item .state.accept")
    assert client.ask("/log.json").json["total"] == 2


def test_hostile_words_are_only_words(served: Client, page: Open) -> None:
    window = page(served, "/queue?q=karim")
    events_of(window)
    window.get_by_role("button", name="about this text").click()
    text = window.locator(".reader").inner_text()
    for words in ('<script>alert("x")</script>', "<img src=x onerror=alert(1)>", "javascript:alert(3)", "</title><script>"):
        assert words in text
    assert window.locator(".reader script, .reader img, .reader svg[onload], .reader a[href^=javascript]").count() == 0
    assert "\u202e" not in text
    for path in ("/log", "/reports", "/actors", "/sources", "/export", "/incidents"):
        window.goto(served.base + path)
        window.wait_for_selector("main")


def test_text_from_right_to_left_stands_so_and_its_words_are_found(served: Client, page: Open) -> None:
    window = page(served, "/queue?report=arabic")
    events_of(window)
    assert window.locator(".text p").first.evaluate("(node) => getComputedStyle(node).direction") == "rtl"
    window.locator(".panel .v.who").click()
    assert window.locator(".text .pulse").inner_text() == "الجيش"


def test_filters_live_in_the_address(served: Client, page: Open) -> None:
    window = page(served, "/queue?type=Battles")
    events_of(window)
    assert window.locator(".sentence").inner_text().startswith("2 events where type is Battles")
    window.get_by_role("button", name="filter", exact=True).click()
    window.locator(".facet", has_text="day inferred").get_by_role("button").first.click()
    window.wait_for_url(re.compile("why=inferred_day"))
    window.locator(".sentence", has_text="1 event where").wait_for()
    window.get_by_role("button", name="clear all").click()
    window.locator(".sentence", has_text="3 events").wait_for()


def test_map_timeline_and_table_tell_the_same(served: Client, page: Open) -> None:
    window = page(served, "/explore")
    window.wait_for_selector(".maplibregl-canvas, .map .empty")
    assert window.locator(".events-grid.grid-row").count() == 3
    window.get_by_role("slider", name="from day").focus()
    window.keyboard.press("PageUp")
    window.locator(".sentence", has_text="of 3 events that happened").wait_for()
    window.get_by_role("button", name=re.compile("not located")).click()
    window.locator(".sentence", has_text="without a place").wait_for()


def test_an_embargo_and_coarser_places_are_previewed(served: Client, page: Open) -> None:
    window = page(served, "/export")
    window.wait_for_selector("table.rows")
    assert "Marwa" in window.locator("table.rows").inner_text()
    window.get_by_label("places").select_option("province")
    window.locator(".command", has_text="--coarsen province").wait_for()
    assert "Marwa" not in window.locator("table.rows").inner_text()
    window.get_by_label("embargo").select_option("14d")
    window.locator(".command", has_text="--embargo 14d").wait_for()
    window.get_by_label("embargo").select_option("day")
    window.get_by_label("nothing on or after").fill("2000-01-01")
    window.locator(".redacted li", has_text="3 embargo").wait_for()
    window.locator(".empty", has_text="No rows.").wait_for()


def test_own_names_and_letters_are_given_corrected_everywhere_and_taken_back(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    window = page(client, "/actors")
    window.locator(".grid-row", has_text="الجيش").click()
    window.get_by_label("another name for it").fill("=HYPERLINK(1)")
    window.keyboard.press("Enter")
    window.locator(".aliases li", has_text="=HYPERLINK(1)").wait_for()
    window.get_by_role("link", name="coded 1 times under this name: correct").click()
    window.get_by_role("button", name="Correct 1").click()
    window.locator(".toast", has_text="corrected 1 actors").wait_for()
    assert client.ask("/log.json").json["rows"][0]["value"]["name"] == "الجيش"
    window.goto(client.base + "/sources")
    window.locator(".outlets summary").click()
    window.get_by_label(re.compile("reliability of وكالة")).select_option("B")
    window.locator(".toast", has_text="وكالة: B").wait_for()
    window.reload()
    window.locator(".outlets summary").click()
    assert window.get_by_label(re.compile("reliability of وكالة")).input_value() == "B"
    window.keyboard.press("z")  # undo is on this view by its button only
    window.get_by_role("button", name="Undo").click()
    window.locator(".toast", has_text="Took back: corrected (reliability)").wait_for()


def test_an_incident_tells_who_decided_what_on_it(fresh: Callable[..., Client], page: Open) -> None:
    client = fresh()
    one, other = (row["id"] for row in client.rows()[:2])
    client.judge("different", one, others=[other], reason="two towns")
    window = page(client, f"/incidents/{one}")
    window.locator(".history li", has_text="two towns").wait_for()
    window.keyboard.press("u")
    window.locator(".history li", has_text="unsure").wait_for()
    window.keyboard.press("z")
    window.locator(".history li.back", has_text="taken back").wait_for()


AXE_VIEWS = {
    "light": ["/queue", "/incidents", "/merge", "/explore", "/reports", "/actors", "/places", "/sources", "/export", "/log"],
    "dark": ["/queue", "/incidents", "/export"],
}


@pytest.mark.parametrize("scheme", AXE_VIEWS)
def test_axe_finds_nothing_serious(served: Client, page: Open, scheme: str) -> None:
    package = pytest.importorskip("axe_playwright_python", reason="needs axe-playwright-python")
    axe = Path(str(files(package))).rglob("axe.min.js")
    source = next(axe).read_text(encoding="utf-8")
    found = []
    window = page(served, "/queue", color_scheme=scheme)
    for path in AXE_VIEWS[scheme]:
        window.goto(served.base + path)
        window.wait_for_selector("main h1, main h2, .lede, .empty")
        window.evaluate(source)  # not subject to the page's policy, as it comes from the tools of the browser
        told = window.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        serious = [one for one in told["violations"] if one["impact"] in {"serious", "critical"}]
        found += [(path, one["id"], node["target"], node["failureSummary"]) for one in serious for node in one["nodes"][:2]]
    assert found == []
