// The report: its text with highlights, cut into runs by the server; words lead to values, values to words.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "./icons";
import type { Block, CodedEvent, Evidence, Layer, ReportData, Run, Value } from "./types";

export const LAYERS: { name: Layer; label: string }[] = [
  { name: "event", label: "event" }, { name: "who", label: "who" }, { name: "place", label: "place" }, { name: "time", label: "time" },
  { name: "number", label: "figure" }, { name: "source", label: "source" }, { name: "denied", label: "denied" },
];
const DEPTH: Layer[] = ["event", "source", "denied", "who", "place", "time", "number"];
export interface Selected extends Evidence { x: number; y: number }

/** Pulse the words of a value, and bring the first of them into view. */
export function pulse(value: string, { scroll = true } = {}): void {
  const words = document.querySelectorAll<HTMLElement>(`.text [data-v~="${CSS.escape(value)}"]`);
  document.querySelectorAll(".text .pulse").forEach((node) => node.classList.remove("pulse"));
  words.forEach((node) => {
    void node.offsetWidth;
    node.classList.add("pulse");
  });
  const first = words[0];
  if (first && scroll) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const box = first.getBoundingClientRect(), pane = first.closest(".reader")!.getBoundingClientRect();
    if (box.top < pane.top + 60 || box.bottom > pane.bottom - 40) first.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }
}
export function hover(value: string | null): void {
  document.querySelectorAll(".hover").forEach((node) => node.classList.remove("hover"));
  if (value) document.querySelectorAll(`[data-v~="${CSS.escape(value)}"], [data-value="${CSS.escape(value)}"]`).forEach((node) => node.classList.add("hover"));
}

const codePoints = (text: string) => Array.from(text).length;

/** The words a person marked, in code points of the report: browsers count UTF-16 units. */
function markedWords(root: HTMLElement): Selected | null {
  const chosen = getSelection();
  if (!chosen || chosen.isCollapsed || !chosen.rangeCount) return null;
  const range = chosen.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const start = pointAt(range.startContainer, range.startOffset), end = pointAt(range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  const box = range.getBoundingClientRect();
  return { start, end, quote: "", x: box.left + box.width / 2, y: box.bottom };
}
function pointAt(node: Node, offset: number): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const run = element?.closest<HTMLElement>("[data-s]");
  if (run) {
    const before = document.createRange();
    before.selectNodeContents(run);
    before.setEnd(node, offset);
    return Number(run.dataset["s"]) + codePoints(before.toString());
  }
  const next = node.childNodes[offset] ?? node.nextSibling; // at the edge of a paragraph
  const found = next instanceof Element ? (next.matches("[data-s]") ? next : next.querySelector("[data-s]")) : null;
  return found instanceof HTMLElement ? Number(found.dataset["s"]) : null;
}
/** Words of [start, end) as they stand in the runs; gaps between paragraphs are line ends. */
export function wordsBetween(blocks: Block[], start: number, end: number): string {
  let out = "", at = start;
  for (const block of blocks)
    for (const run of block.runs) {
      const points = Array.from(run.t), first = Math.max(start, run.s), last = Math.min(end, run.s + points.length);
      if (last <= first) continue;
      if (first > at) return ""; // a gap whose white space we do not know: the server would refuse it
      out += points.slice(first - run.s, last - run.s).join("");
      at = last;
    }
  return at === end ? out : "";
}
/** Where words stand in the report: the place nearest to `near`. */
export function findWords(blocks: Block[], words: string, near = 0): Evidence | null {
  let best: Evidence | null = null;
  if (!words.trim()) return null;
  for (const block of blocks) {
    const text = block.runs.map((run) => run.t).join(""), from = block.runs[0]?.s ?? 0;
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
      const start = from + codePoints(text.slice(0, at));
      if (!best || Math.abs(start - near) < Math.abs(best.start - near)) best = { start, end: start + codePoints(words), quote: words };
    }
  }
  return best;
}

interface Props {
  data: ReportData; current: CodedEvent | null; onValue: (event: CodedEvent, value: Value) => void;
  marked: Selected | null; onMarked: (words: Selected | null) => void; layers: Set<string>; extra: Evidence[];
}
export function Reader({ data, current, onValue, marked, onMarked, layers, extra }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [choice, setChoice] = useState<{ values: [CodedEvent, Value][]; x: number; y: number } | null>(null);
  const values = useMemo(() => {
    const all = new Map<string, [CodedEvent, Value]>();
    for (const event of data.events) for (const value of event.values) all.set(value.id, [event, value]);
    return all;
  }, [data]);
  useEffect(() => setChoice(null), [data, current]);

  const valuesAt = (target: EventTarget | null): [CodedEvent, Value][] => {
    const run = target instanceof Element ? target.closest<HTMLElement>(".w") : null;
    return (run?.dataset["v"] ?? "").split(" ").map((id) => values.get(id)).filter((found) => found !== undefined);
  };
  const choose = (target: EventTarget | null) => {
    const found = valuesAt(target);
    const own = found.filter(([event]) => event === current), offered = own.length ? own : found;
    if (!offered.length) return setChoice(null);
    if (offered.length === 1) return onValue(...offered[0]!);
    const box = (target as Element).getBoundingClientRect(), pane = root.current!.closest(".reader")!.getBoundingClientRect();
    setChoice({ values: offered, x: Math.min(box.left - pane.left, pane.width - 300), y: box.bottom - pane.top + root.current!.closest(".reader")!.scrollTop + 6 });
  };
  const onUp = () => {
    const found = root.current && markedWords(root.current);
    if (!found) return marked && onMarked(null);
    const quote = wordsBetween(data.blocks, found.start, found.end);
    onMarked(quote.trim() ? trimmed({ ...found, quote }) : null);
  };
  const onKey = (event: KeyboardEvent) => {
    const run = event.target instanceof Element ? event.target.closest<HTMLElement>(".w") : null;
    if (!run) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(run);
    } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      event.preventDefault();
      const all = [...root.current!.querySelectorAll<HTMLElement>(".w.mine")];
      const forward = (event.key === "ArrowRight") !== (getComputedStyle(run).direction === "rtl");
      all[Math.max(0, Math.min(all.length - 1, all.indexOf(run) + (forward ? 1 : -1)))]?.focus();
    }
  };
  let first = true;
  const runs = (block: Block) => block.runs.map((run) => {
    const stop = first && run.v?.some((id) => values.get(id)?.[0] === current);
    if (stop) first = false;
    return <RunSpan key={run.s} run={run} values={values} current={current} stop={!!stop} extra={extra} />;
  });
  const off = LAYERS.filter((layer) => !layers.has(layer.name)).map((layer) => `no-${layer.name}`);
  return (
    <div class={`text ${off.join(" ")} ${layers.has("found") ? "show-found" : ""} ${current ? "focused" : ""}`} ref={root} onMouseUp={onUp} onKeyDown={onKey}
      onClick={(event) => getSelection()?.isCollapsed !== false && choose(event.target)}
      onMouseOver={(event) => hover(valuesAt(event.target).find(([e]) => e === current)?.[1].id ?? null)} onMouseLeave={() => hover(null)}>
      {data.blocks.map((block, at) => block.kind === "headline"
        ? <h1 key={at} class="headline" dir="auto">{runs(block)}</h1>
        : <p key={at} class={block.kind} dir="auto">{block.kind === "furniture" && <span class="furniture-mark">not part of the report</span>}{runs(block)}</p>)}
      {choice && (
        <div class="popover" role="dialog" aria-label="What is coded from these words" style={{ left: choice.x, top: choice.y }}
          onKeyDown={(event) => event.key === "Escape" && (event.stopPropagation(), setChoice(null))}>
          {choice.values.map(([event, value], at) => (
            <button key={value.id} ref={(node) => { if (!at) node?.focus(); }} onClick={(click) => { click.stopPropagation(); setChoice(null); onValue(event, value); }}>
              <b>{event === current ? value.label : `${event.name} · ${value.label}`}</b> <bdi>{value.words}</bdi>
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function trimmed(words: Selected): Selected {
  const points = Array.from(words.quote), lead = points.findIndex((c) => c.trim()), tail = points.length - points.findLastIndex((c) => c.trim()) - 1;
  return { ...words, start: words.start + lead, end: words.end - tail, quote: points.slice(lead, points.length - tail).join("") };
}

function RunSpan({ run, values, current, stop, extra }: { run: Run; values: Map<string, [CodedEvent, Value]>; current: CodedEvent | null; stop: boolean; extra: Evidence[] }) {
  const told = (run.v ?? []).map((id) => values.get(id)).filter((found) => found !== undefined);
  const given = extra.some((words) => words.start < run.s + run.t.length && words.end > run.s);
  const own = told.filter(([event]) => event === current);
  const shown = current ? own : told;
  const layers = DEPTH.filter((layer) => shown.some(([, value]) => value.layer === layer));
  const classes = ["r"];
  if (told.length) classes.push("w");
  if (own.length) classes.push("mine");
  else if (told.length && current) classes.push("other");
  if (given) classes.push("given");
  if (run.k) classes.push(run.k);
  for (const layer of run.f ?? []) classes.push(`f-${layer}`);
  let inner: any = run.t;
  for (const layer of [...layers].reverse()) inner = <span class={`l-${layer}`}>{inner}</span>;
  const title = shown.length ? shown.map(([, value]) => `${value.label}: ${value.words}`).join("\n") : undefined;
  return told.length
    ? <span class={classes.join(" ")} data-s={run.s} data-v={run.v!.join(" ")} role="button" tabIndex={stop ? 0 : -1} title={title}>{inner}</span>
    : <span class={classes.join(" ")} data-s={run.s}>{inner}</span>;
}

export function LayerBar({ layers, onChange }: { layers: Set<string>; onChange: (layers: Set<string>) => void }) {
  const flip = (name: string) => {
    const next = new Set(layers);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <div class="layers" role="group" aria-label="Highlights">
      {LAYERS.map((layer) => (
        <button key={layer.name} class={`layer ${layer.name}`} aria-pressed={layers.has(layer.name)} onClick={() => flip(layer.name)}><i />{layer.label}</button>
      ))}
      <button class="layer found" aria-pressed={layers.has("found")} onClick={() => flip("found")} title="Also what was found in the words and not coded"><Icon name="layers" size={14} />all found</button>
    </div>
  );
}

export function Meta({ data }: { data: ReportData }) {
  const { report } = data;
  const [open, setOpen] = useState(false);
  const rows: [string, string | null][] = [
    ["id", report.doc_id], ["title", report.title], ["outlet", report.outlet], ["wire", report.wire], ["address", report.url],
    ["published", report.published_words ? `${report.published_words} (${report.basis}${report.why ? `: ${report.why}` : ""})` : "unknown"],
    ["language", report.language], ["file", report.path], ["read by", report.extractor], ["SHA-256", report.sha256],
    ["length", `${report.characters.toLocaleString("en")} characters`],
    ["repairs", report.repairs.length ? report.repairs.map((r) => `${r.before} → ${r.after}`).join(" · ") : null],
  ];
  return (
    <div class="meta">
      <p>
        <b>{report.outlet ?? report.doc_id}</b>{report.outlet && <span>{report.doc_id}</span>}{report.wire && <span>wire {report.wire}</span>}
        <span>{report.published_words ? `published ${report.published_words}` : "publication day unknown"}{report.basis === "inferred" && <em> (inferred)</em>}</span>
        <button class="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? "less" : "about this text"}</button>
      </p>
      {open && (
        <dl class="about">
          {rows.filter(([, value]) => value).map(([name, value]) => <><dt>{name}</dt><dd><bdi>{value}</bdi></dd></>)}
          {data.remarks.map((remark) => <><dt>{remark.kind}</dt><dd><bdi>{remark.words}</bdi></dd></>)}
        </dl>
      )}
    </div>
  );
}
