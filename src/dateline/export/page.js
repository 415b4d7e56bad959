"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const all = (query, within = document) => Array.from(within.querySelectorAll(query));
  const reports = all(".report");
  const pick = document.querySelector(".pick");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  let tip = null;

  const now = () => document.querySelector(".report.now");
  const wordsOf = (value) => (value.dataset.w || "").split(" ").filter(Boolean).map((id) => document.getElementById(id));
  const valuesOf = (word) => (word.dataset.v || "").split(" ").map((id) => document.getElementById(id));
  const clear = () => {
    all(".on, .pulse").forEach((node) => node.classList.remove("on", "pulse"));
    close();
  };
  const close = () => { if (tip) { tip.remove(); tip = null; } };
  const go = (node) => node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  const pulse = (nodes) => nodes.forEach((node) => {
    node.classList.remove("pulse");
    void node.offsetWidth;
    node.classList.add("on", "pulse");
  });

  function open(card) {
    const report = card ? card.closest(".report") : now();
    all(".card.open", report).forEach((node) => node.classList.toggle("open", node === card));
    all(".w.mine", report).forEach((node) => node.classList.remove("mine"));
    report.classList.toggle("focus", !!card);
    if (!card) return;
    card.classList.add("open");
    all(".v", card).flatMap(wordsOf).forEach((word) => word.classList.add("mine"));
  }

  function showWords(value) {
    clear();
    open(value.closest(".card"));
    const words = wordsOf(value);
    value.classList.add("on");
    pulse(words);
    if (words.length) go(words[0]);
  }

  function showValue(value, word) {
    clear();
    open(value.closest(".card"));
    value.classList.add("on", "pulse");
    pulse(wordsOf(value));
    const box = value.closest("details");
    if (box) box.open = true;
    go(value);
    if (word) value.focus({ preventScroll: true });
  }

  function askWhich(word, values) {
    clear();
    word.classList.add("on");
    values.forEach((value) => value.classList.add("on"));
    tip = document.createElement("div");
    tip.className = "tip";
    tip.setAttribute("role", "dialog");
    tip.setAttribute("aria-label", "What is coded from these words");
    const list = document.createElement("ul");
    values.forEach((value) => {
      const button = document.createElement("button");
      const label = document.createElement("b");
      label.textContent = value.dataset.l + " ";
      button.append(label, value.textContent);
      button.addEventListener("click", () => showValue(value, word));
      const item = document.createElement("li");
      item.append(button);
      list.append(item);
    });
    tip.append(list);
    document.body.append(tip);
    const place = word.getBoundingClientRect();
    const left = Math.max(8, Math.min(place.left, innerWidth - tip.offsetWidth - 12));
    const below = place.bottom + 6 + tip.offsetHeight < innerHeight;
    tip.style.setProperty("left", left + scrollX + "px");
    tip.style.setProperty("top", (below ? place.bottom + 6 : place.top - tip.offsetHeight - 6) + scrollY + "px");
    list.querySelector("button").focus();
  }

  function choose(word) {
    const values = valuesOf(word);
    if (values.length === 1) showValue(values[0], word);
    else askWhich(word, values);
  }

  function show(report) {
    clear();
    reports.forEach((node) => node.classList.toggle("now", node === report));
    if (pick) pick.value = report.id;
    scrollTo(0, 0);
  }

  document.addEventListener("click", (event) => {
    const value = event.target.closest("a.v");
    const word = event.target.closest(".w");
    if (value) { event.preventDefault(); showWords(value); }
    else if (word) { choose(word); }
    else if (!event.target.closest(".tip, .layers, .pick, summary")) {
      const card = event.target.closest(".card");
      clear();
      open(card && !card.classList.contains("open") ? card : null);
    }
  });

  all(".layers input").forEach((box) => box.addEventListener("change", () => root.classList.toggle("no-" + box.value, !box.checked)));
  if (pick) pick.addEventListener("change", () => show(document.getElementById(pick.value)));

  // One tab stop for the words of a text; arrows move between them.
  all(".text").forEach((text) => all(".w", text).forEach((word, at) => { word.tabIndex = at ? -1 : 0; }));
  const step = (from, by, nodes) => {
    const next = nodes[Math.max(0, Math.min(nodes.length - 1, nodes.indexOf(from) + by))];
    if (next) { next.focus({ preventScroll: true }); go(next); }
    return next;
  };
  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.ctrlKey || event.metaKey || event.altKey || at.closest("input, select")) return;
    const word = at.closest(".w");
    if (word && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
      event.preventDefault();
      const rtl = getComputedStyle(word).direction === "rtl";
      const next = step(word, (event.key === "ArrowRight") === rtl ? -1 : 1, all(".w", word.closest(".text")));
      word.tabIndex = -1;
      next.tabIndex = 0;
    } else if (word && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(word);
    } else if (event.key === "Escape") {
      clear();
      open(null);
    } else if (event.key === "j" || event.key === "k") {
      const cards = all(".card", now());
      const opened = cards.findIndex((card) => card.classList.contains("open"));
      const card = cards[Math.max(0, Math.min(cards.length - 1, opened + (event.key === "j" ? 1 : -1)))];
      if (!card) return;
      clear();
      open(card);
      go(card);
      const first = card.querySelector("a.v");
      if (first) first.focus({ preventScroll: true });
    } else if ((event.key === "n" || event.key === "p") && reports.length > 1) {
      const next = reports[reports.indexOf(now()) + (event.key === "n" ? 1 : -1)];
      if (next) show(next);
    }
  });

  const wanted = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (reports.length) show((wanted && wanted.closest(".report")) || reports[0]);
})();
