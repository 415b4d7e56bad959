"""The page in a real browser: clicks and keys lead from values to words and back, under its own security policy."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from dateline.export import html
from factories import make_coding

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
SCRIPT = """
;addEventListener("load", () => {
  const log = [], report = document.querySelector(".report.now");
  const all = (query) => Array.from(report.querySelectorAll(query));
  const ok = (name, held) => log.push((held ? "ok " : "FAILED ") + name);
  const key = (name, at = document.body) => at.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true }));
  const value = report.querySelector("a.v.place");
  value.click();
  const pulses = (id) => document.getElementById(id).classList.contains("pulse");
  ok("a value marks its words", value.dataset.w.split(" ").every(pulses));
  ok("and opens its card", value.closest(".card").classList.contains("open"));
  const many = all(".w").find((word) => word.dataset.v.includes(" "));
  many.click();
  ok("words of several values ask which", document.querySelectorAll(".tip button").length === many.dataset.v.split(" ").length);
  document.querySelector(".tip button").click();
  ok("the answer leads to the value", !document.querySelector(".tip") && report.querySelector(".v.on"));
  const one = all(".w").find((word) => !word.dataset.v.includes(" "));
  one.click();
  ok("words of one value lead to it", document.getElementById(one.dataset.v).classList.contains("on"));
  key("Escape");
  ok("Escape clears", !document.querySelector(".on, .open, .tip"));
  key("j");
  ok("j opens the first event", report.querySelector(".card").classList.contains("open"));
  all(".w")[0].focus();
  key("ArrowRight", all(".w")[0]);
  ok("an arrow goes to the next words", document.activeElement === all(".w")[1]);
  key("Enter", all(".w")[1]);
  ok("Enter opens them", document.querySelector(".tip button, .v.on"));
  document.querySelector(".layers input").click();
  ok("a layer goes off", document.documentElement.classList.contains("no-event"));
  key("n");
  ok("n goes to the next report", document.querySelector(".report.now") !== report);
  const told = document.createElement("pre");
  told.id = "log";
  told.textContent = log.join("\\n");
  document.body.append(told);
});
"""


@pytest.mark.skipif(BROWSER is None, reason="needs chromium")
def test_clicks_and_keys_lead_from_values_to_words_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = html.asset
    monkeypatch.setattr(html, "asset", lambda name: shipped(name) + (SCRIPT if name == "page.js" else ""))
    page = tmp_path / "page.html"
    page.write_text(html.page_html([make_coding(), make_coding()]), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}/profile", "--virtual-time-budget=3000"]
    done = subprocess.run([str(BROWSER), *options, "--dump-dom", page.as_uri()], capture_output=True, text=True, timeout=60)
    found = re.search(r'<pre id="log">(.*?)</pre>', done.stdout, re.DOTALL)
    assert found is not None, done.stderr[-500:]
    assert [line for line in found[1].splitlines() if not line.startswith("ok ")] == []
    assert len(found[1].splitlines()) == 11
