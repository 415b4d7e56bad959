// The queue: what to check next, filtered by the address bar, in a list that loads as it is scrolled.
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icons";
import { StateMark, verdictOf } from "./panel";
import { filtersOf, go } from "./router";
import { get, loadReport, state, take, toast, useShared } from "./store";
import type { QueueData, Row } from "./types";
import { VirtualList } from "./virtual";

const PAGE = 100;
export interface Queue {
  rows: (Row | undefined)[]; total: number; sentence: string; facets: Record<string, [string, number][]>; ready: boolean; failed: boolean;
  need: (first: number, last: number) => void; indexOf: (id: string) => number; load: (index: number) => Promise<Row | undefined>;
}

/** The list behind an address: rows come in pages, as they are needed. */
export function useQueue(filters: string, current: string | null): Queue {
  const [, again] = useState(0);
  const held = useRef<{ key: string; rows: (Row | undefined)[]; pages: Map<number, Promise<void>>; data: Partial<QueueData>; ready: boolean; failed: boolean }>({ key: "\0", rows: [], pages: new Map(), data: {}, ready: false, failed: false });
  if (held.current.key !== filters) held.current = { key: filters, rows: held.current.rows, pages: new Map(), data: held.current.data, ready: false, failed: false };
  const list = held.current;
  const fetchPage = useCallback((page: number, at?: string): Promise<void> => {
    const mine = held.current, known = mine.pages.get(page);
    if (known) return known;
    const params = new URLSearchParams(filters.slice(1));
    if (at) params.set("at", at);
    else params.set("offset", String(page * PAGE));
    params.set("limit", String(PAGE));
    if (!mine.ready) params.set("facets", "1");
    const asked = get<QueueData>(`/queue.json?${params}`).then((data) => {
      if (held.current !== mine) return;
      if (!mine.ready) { mine.rows = []; mine.ready = true; }
      mine.rows.length = data.total;
      data.rows.forEach((row, index) => { mine.rows[data.offset + index] = row; });
      mine.data = { ...mine.data, ...data };
      take({ number: data.number, events: {}, progress: data.progress });
      for (const row of data.rows) if (row.review || !state.reviews.has(row.id)) state.reviews.set(row.id, row.review ?? state.reviews.get(row.id) ?? null);
      again((n) => n + 1);
    }).catch((error) => {
      mine.pages.delete(page);
      mine.failed = true;
      toast(error.message, "error");
      again((n) => n + 1);
    });
    if (!at) mine.pages.set(page, asked);
    return asked;
  }, [filters]);
  useEffect(() => void fetchPage(0, current ?? undefined), [filters]);
  const need = useCallback((first: number, last: number) => {
    if (!held.current.ready) return;
    for (let page = Math.floor(first / PAGE); page <= Math.floor(Math.max(first, last - 1) / PAGE); page++) {
      const from = page * PAGE, to = Math.min(from + PAGE, held.current.rows.length);
      for (let index = from; index < to; index++) if (!held.current.rows[index]) { void fetchPage(page); break; }
    }
  }, [fetchPage]);
  const load = useCallback(async (index: number) => {
    if (!held.current.rows[index] && index >= 0 && index < held.current.rows.length) await fetchPage(Math.floor(index / PAGE));
    return held.current.rows[index];
  }, [fetchPage]);
  return {
    rows: list.rows, total: list.data.total ?? 0, sentence: list.data.sentence ?? "", facets: list.data.facets ?? {}, ready: list.ready, failed: list.failed, need, load,
    indexOf: (id) => list.rows.findIndex((row) => row?.id === id),
  };
}

const FACET_WORDS: Record<string, string> = { why: "reason", type: "type", country: "country", outlet: "outlet", standing: "standing", status: "status", precision: "precision" };

export function QueueList({ queue, current, params, base }: { queue: Queue; current: string | null; params: URLSearchParams; base: string }) {
  const { project, reviews, progress } = useShared();
  const [open, setOpen] = useState(false);
  const set = (change: (next: URLSearchParams) => void) => {
    const next = new URLSearchParams(params);
    change(next);
    go(base + filtersOf(next));
  };
  const active = [...params].filter(([name]) => name !== "sort" && !["at", "view", "value"].includes(name));
  const filters = filtersOf(params);
  return (
    <nav class="queue" aria-label="Queue">
      <div class="queue-head">
        <div class="searching">
          <Icon name="search" />
          <SearchBox value={params.get("q") ?? ""} set={(words) => set((next) => (words ? next.set("q", words) : next.delete("q")))} />
          <button class={`quiet ${open ? "on" : ""}`} aria-expanded={open} onClick={() => setOpen(!open)} title="Filters"><Icon name="filter" /><span>filter</span></button>
        </div>
        <div class="state-tabs" role="group" aria-label="State">
          {[["", "all"], ["open", "open"], ["accept", "accepted"], ["correct", "corrected"], ["reject", "rejected"], ["unsure", "unsure"], ["question", "asked"]].map(([value, words]) => (
            <button key={value} aria-pressed={(params.get("state") ?? "") === value} onClick={() => set((next) => (value ? next.set("state", value) : next.delete("state")))}>{words}</button>
          ))}
        </div>
        {open && project && (
          <div class="facets">
            <label>order <select value={params.get("sort") ?? "doubt"} onChange={(e) => { const { value } = e.currentTarget; set((next) => next.set("sort", value)); }}>{Object.entries(project.sorts).map(([name, words]) => <option key={name} value={name}>{words}</option>)}</select></label>
            <div class="between"><label>from <input type="date" value={params.get("from") ?? ""} onChange={(e) => { const { value } = e.currentTarget; set((next) => (value ? next.set("from", value) : next.delete("from"))); }} /></label>
              <label>to <input type="date" value={params.get("to") ?? ""} onChange={(e) => { const { value } = e.currentTarget; set((next) => (value ? next.set("to", value) : next.delete("to"))); }} /></label></div>
            {Object.entries(FACET_WORDS).map(([name, words]) => (queue.facets[name]?.length ?? 0) > 0 && (
              <fieldset key={name}><legend>{words}</legend>
                {queue.facets[name]!.slice(0, 8).map(([value, count]) => {
                  const on = params.getAll(name).includes(value);
                  return (
                    <span key={value} class="facet"><button aria-pressed={on} onClick={() => set((next) => flip(next, name, value))}><bdi>{name === "why" ? project.reasons[value] ?? value : value}</bdi> <small>{count}</small></button>
                      <button class="not" title={`all but ${value}`} aria-label={`all but ${value}`} onClick={() => set((next) => flip(next, name, `!${value}`))}>not</button></span>
                  );
                })}
              </fieldset>
            ))}
          </div>
        )}
        <p class="sentence" aria-live="polite">{queue.sentence}{active.length > 0 && <> <button class="quiet" onClick={() => go(base)}>clear all</button></>}</p>
        {active.length > 0 && <p class="active">{active.map(([name, value], at) => (
          <button key={at} class="chip" title="remove" onClick={() => set((next) => next.delete(name, value))}>{name === "q" ? `“${value}”` : name === "why" ? project?.reasons[value] ?? value : value.replace(/^!/, "not ")}<Icon name="close" size={11} /></button>))}</p>}
      </div>
      {queue.total > 0 ? (
        <VirtualList count={queue.total} height={86} label="Events to check" at={current ? queue.indexOf(current) : -1} onRange={queue.need} render={(index) => {
          const row = queue.rows[index];
          if (!row) return <div key={index} class="item loading-row" style={{ height: "86px" }} />;
          const mark = verdictOf(reviews.get(row.id) ?? row.review);
          return (
            <div key={row.id} role="listitem" class="item-box" style={{ height: "86px" }}>
              <a class={`item ${mark} ${row.id === current ? "on" : ""}`} href={`/events/${row.id}${filters}`} aria-current={row.id === current ? "true" : undefined} onMouseEnter={() => void loadReport(row.report)} draggable={false}>
                <span class="top"><StateMark state={mark} /><b>{row.sub_type === "Other" ? `${row.type}: other` : row.sub_type}</b>{row.killed && <span class="toll">{row.killed} killed</span>}</span>
                <span class="mid"><bdi>{row.place ?? "no place"}</bdi> · {row.days}</span>
                <span class="low">{row.reasons.length ? row.reasons.slice(0, 3).map((reason) => <i key={reason} class={`why w-${reason}`}>{project?.reasons[reason] ?? reason}</i>) : <bdi class="doc">{row.headline}</bdi>}</span>
              </a>
            </div>
          );
        }} />
      ) : queue.ready && <p class="empty">{active.length ? "Nothing fits this filter." : "No events in this project yet."}</p>}
      <div class="queue-foot"><span class="bar" role="img" aria-label={`${progress.done} of ${progress.total} decided`}><i style={{ width: `${progress.total ? (100 * progress.done) / progress.total : 0}%` }} /></span>
        <span>{progress.done.toLocaleString("en")} of {progress.total.toLocaleString("en")} decided</span>
        <span class="as">as <a href={`/queue.json${filters}`}>JSON</a> <a href={`/queue.csv${filters}`} download="queue.csv">CSV</a></span></div>
    </nav>
  );
}
function flip(next: URLSearchParams, name: string, value: string): void {
  if (next.getAll(name).includes(value)) next.delete(name, value);
  else next.append(name, value);
}
export function SearchBox({ value, set, label = "Search events", hint = "words, place, actor" }: { value: string; set: (words: string) => void; label?: string; hint?: string }) {
  const [words, setWords] = useState(value);
  const wait = useRef<number>(0);
  useEffect(() => setWords(value), [value]);
  return <input class="search" type="search" placeholder={hint} aria-label={label} value={words} dir="auto" onInput={(event) => {
    const told = event.currentTarget.value;
    setWords(told);
    clearTimeout(wait.current);
    wait.current = setTimeout(() => set(told), 220) as unknown as number;
  }} onKeyDown={(event) => { if (event.key === "Escape") event.currentTarget.blur(); }} />;
}
