// The workbench: queue, report and event side by side, driven by single keys.
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { unplaced, type Draft } from "./editor";
import { Icon } from "./icons";
import { dropKeys, useKeys } from "./keys";
import { Panel, type Act } from "./panel";
import { QueueList, useQueue } from "./queue";
import { LayerBar, Meta, Reader, pulse, type Selected } from "./reader";
import { filtersOf, go } from "./router";
import { get, loadReport, state, toast, useShared } from "./store";
import type { CodedEvent, Evidence, ReportData, Value } from "./types";
import { judge, unmake } from "./verbs";
import { VERDICTS, fieldWords } from "./words";

const ALL_LAYERS = ["event", "who", "place", "time", "number", "source", "denied"];
const START: Record<string, unknown> = {
  when: { earliest: null, latest: null, precision: "day" }, where: { name: "", precision: "town", radius_km: 5 }, actors: { name: "", kind: "unknown", country: null },
  targets: { name: "", kind: "civilians", country: null }, weapons: { kind: "other", delivery: null, devices: null },
  figures: { measure: "killed", group: "people", low: null, high: null, unit: "person" }, sources: { name: "", stance: "affirms" },
  event: { type: "Battles", sub_type: "Armed clash", status: "occurred", foreground: true },
};
/** Marks a value that a person adds: it means none of the coded ones, and two added ones do not stand in for each other. */
const newItem = () => ({ added: Date.now().toString(36), name: null, kind: null, measure: null });
const SINGLE = new Set(["when", "where", "type", "status", "foreground"]);

export function ReviewView({ eventId, reportId, params }: { eventId: string | null; reportId: string | null; params: URLSearchParams }) {
  const { project, reviews } = useShared();
  const filters = filtersOf(params);
  const queue = useQueue(filters, eventId);
  const [data, setData] = useState<ReportData | null>(null);
  const [loaded, setLoaded] = useState<string | null>(null); // the address part that the data was asked for
  const wanted = eventId ?? reportId;
  const judging = useRef(false);
  const cursor = useRef<{ event: string | null; at: number } | null>(null); // the value that the arrow keys were at last
  const [choice, setChoice] = useState<{ event: string | null; value: Value } | null>(null);
  const chosen = choice && choice.event === eventId ? choice.value : null;
  const setChosen = (value: Value | null) => setChoice(value && { event: eventId, value });
  const [draft, setDraft] = useState<Draft | null>(null);
  const [asking, setAsking] = useState<{ kind: "comment" | "question"; field: string; item: unknown } | null>(null);
  const [marked, setMarked] = useState<Selected | null>(null);
  const [layers, setLayers] = useState(() => new Set(ALL_LAYERS));
  const pane = useRef<HTMLDivElement>(null);
  const shown = useRef<string>("");

  // Without an event in the address, the first of the queue is shown.
  useEffect(() => {
    if (!eventId && !reportId && queue.ready && queue.rows[0]) go(`/events/${queue.rows[0].id}${filters}`, { replace: true });
  }, [eventId, reportId, queue.ready, filters]);

  useEffect(() => {
    if (!eventId && !reportId) { setLoaded(null); return setData(null); }
    let stale = false;
    const row = eventId ? queue.rows[queue.indexOf(eventId)] : undefined;
    const known = reportId ?? row?.report;
    const asked = known ? loadReport(known) : get<ReportData>(`/events/${eventId}.json`).then((found) => loadReport(found.report.id));
    asked.then((found) => { if (!stale) { setData(found); setLoaded(wanted); } }, (error) => {
      toast(error.message, "error");
      dropKeys();
      if (!stale) setLoaded(wanted);
    });
    return () => { stale = true; };
  }, [eventId, reportId]);

  const event: CodedEvent | null = data?.events.find((one) => one.id === eventId) ?? null;
  useEffect(() => {
    setDraft(null); setAsking(null); setMarked(null);
    if (!data) return;
    const key = `${data.report.id}/${eventId}`;
    if (shown.current === key) return;
    shown.current = key;
    requestAnimationFrame(() => {
      const first = document.querySelector(".text .w.mine .l-event, .text .w.mine");
      if (first) {
        const box = first.getBoundingClientRect(), frame = pane.current!.getBoundingClientRect();
        if (box.top < frame.top + 80 || box.bottom > frame.bottom - 60) first.scrollIntoView({ block: "center" });
      } else pane.current?.scrollTo(0, 0);
    });
    document.title = `${event ? `${event.name} · ` : ""}${data.report.headline} · dateline`;
  }, [data, eventId]);

  // The next reports of the queue are fetched before they are asked for.
  const at = eventId ? queue.indexOf(eventId) : -1;
  useEffect(() => {
    if (at < 0) return;
    const timer = setTimeout(async () => {
      for (const step of [1, 2, -1]) {
        const row = await queue.load(at + step);
        if (row) await loadReport(row.report);
      }
    }, 30);
    return () => clearTimeout(timer);
  }, [at, queue.ready]);

  const move = useCallback(async (by: number) => {
    if (at < 0 && queue.rows[0]) return go(`/events/${queue.rows[0].id}${filters}`);
    const row = await queue.load(at + by);
    if (row) go(`/events/${row.id}${filters}`);
    else toast(by > 0 ? "This was the last one." : "This is the first one.", "other");
  }, [at, queue, filters]);

  const act: Act = useMemo(() => ({
    choose: (value) => {
      setChosen(value);
      setDraft(null);
      if (value) pulse(value.id);
    },
    judge: async (verdict, value = null) => {
      if (!event || judging.current) return; // a second click before the next event is shown would decide this one again
      judging.current = true;
      const about = value && value.field !== "type" ? value : null, shownAt = location.pathname;
      // To accept a value that somebody corrected is to accept the correction, not to take it back.
      const given = about && verdict === "accept" ? state.reviews.get(event.id)?.fields[about.key] : undefined;
      const confirmed = given?.verdict === "correct" && given.value !== null ? { verdict: "correct", value: given.value, reason: given.reason } : { verdict };
      const words = `${about ? `${about.label}: ` : ""}${confirmed.verdict === verdict ? VERDICTS[verdict] : "correction confirmed"}`;
      const done = await judge({ ...confirmed, events: [event.id], field: about?.field ?? "", item: about?.item ?? null }, words);
      if (done && !about && location.pathname === shownAt) await move(1);
      judging.current = false;
    },
    edit: (value, field) => {
      if (!event) return;
      setAsking(null);
      if (value) {
        setChosen(value);
        pulse(value.id, { scroll: false });
        const start = value.field === "type" ? `${event.type}/${event.sub_type}` : value.record ? plainValue(value) : value.words;
        const given = state.reviews.get(event.id)?.fields[value.key];
        const now = given?.verdict === "correct" && given.value !== null ? withoutEvidence(given.value) : start;
        setDraft({ field: value.field, item: value.item, key: value.key, value: now, evidence: value.evidence, candidates: value.candidates ?? [] });
      } else if (field === "status" || field === "foreground") {
        setDraft({ field, item: null, key: field, value: state.reviews.get(event.id)?.fields[field]?.value ?? event[field], evidence: [] });
      } else if (field) {
        const single = SINGLE.has(field), item = single ? null : newItem();
        setChosen(null);
        setDraft({ field, item, key: single ? field : `${field}=new`, value: START[field], evidence: [], fresh: true });
      }
    },
    remark: (kind, value) => {
      setDraft(null);
      setAsking({ kind, field: value?.field ?? chosen?.field ?? "", item: value?.item ?? chosen?.item ?? null });
    },
  }), [event, eventId, move, chosen]);

  const save = async (value: unknown, reason: string) => {
    if (!draft || !data) return;
    if (draft.field === "event") {
      const words = draft.evidence[0];
      if (!words) return toast("Mark the words that tell of the event first.", "error");
      if (await judge({ verdict: "correct", report: data.report.id, start: words.start, end: words.end, field: "event", value: { ...(value as object), trigger: draft.evidence }, reason }, "event added")) {
        setDraft(null);
        setData({ ...data, added: (await get<ReportData>(`/reports/${data.report.id}.json`)).added });
      }
      return;
    }
    if (!event) return;
    if (await judge({ verdict: "correct", events: [event.id], field: draft.field, item: draft.item, value, reason }, `${fieldWords(draft.field)}: corrected`)) { setDraft(null); setChosen(null); } // the next y is about the event
  };
  const giveWords = (field: string) => {
    if (!marked || !data) return;
    const words: Evidence = { start: marked.start, end: marked.end, quote: marked.quote };
    const own = event?.values.find((value) => value.field === field);
    if (draft && draft.field === field) setDraft({ ...draft, evidence: [words] });
    else if (field === "event") setDraft({ field, item: null, key: "event", value: START["event"], evidence: [words], fresh: true });
    else if (own && SINGLE.has(field)) {
      const start = own.record ? plainValue(own) : { ...(START[field] as object) };
      setDraft({ field, item: own.item, key: own.key, evidence: [words], candidates: own.candidates ?? [], value: field === "where" ? unplaced(start, words.quote) : start });
    } else {
      const fill: Record<string, unknown> = ["actors", "targets", "where", "sources"].includes(field) ? { name: words.quote } : {};
      if (field === "figures") { const n = Number(words.quote.replace(/[^\d]/g, "")); if (n) Object.assign(fill, { low: n, high: n }); }
      setDraft({ field, item: SINGLE.has(field) ? null : newItem(), key: `${field}=new`, value: { ...(START[field] as object), ...fill }, evidence: [words], fresh: true });
    }
    setChosen(null); setMarked(null); getSelection()?.removeAllRanges();
  };
  const back = async (verb: "undo" | "redo") => {
    const about = (await unmake(verb))?.events[0];
    if (about && about !== eventId) go(`/events/${about}${filters}`);
  };
  const step = (by: number) => {
    if (!event) return;
    const from = chosen ? event.values.indexOf(chosen) : cursor.current?.event === eventId ? cursor.current!.at : by > 0 ? -1 : 0;
    const at = Math.max(0, Math.min(event.values.length - 1, from + by)), next = event.values[at];
    cursor.current = { event: eventId, at };
    if (next) { act.choose(next); document.querySelector<HTMLElement>(`[data-value="${CSS.escape(next.id)}"]`)?.focus({ preventScroll: true }); }
  };
  const other = (by: number) => {
    const next = data && event && data.events[data.events.indexOf(event) + by];
    if (next) go(`/events/${next.id}${filters}`);
  };
  useKeys({
    y: () => act.judge("accept", chosen), n: () => act.judge("reject", chosen), u: () => act.judge("unsure", chosen),
    e: () => (chosen ? act.edit(chosen) : event && act.edit(event.values[0]!)), c: () => act.remark("comment", chosen), q: () => act.remark("question", chosen),
    j: () => move(1), k: () => move(-1), z: () => back("undo"), Z: () => back("redo"),
    ArrowDown: () => step(1), ArrowUp: () => step(-1), "[": () => other(-1), "]": () => other(1),
    m: () => (marked ? giveWords("event") : toast("Mark the words that tell of a missed event, then press m.", "other")),
    Escape: () => { setDraft(null); setAsking(null); setMarked(null); setChosen(null); cursor.current = null; document.querySelectorAll(".pulse").forEach((node) => node.classList.remove("pulse")); },
    "/": () => document.querySelector<HTMLElement>(".search")?.focus(),
  }, wanted ? loaded === wanted && (queue.ready || queue.failed) : queue.failed || (queue.ready && !queue.rows[0]));

  const review = event ? reviews.get(event.id) ?? null : null;
  const reasons = eventId ? queue.rows[at]?.reasons ?? [] : [];
  const verb = chosen && chosen.field !== "type" ? chosen.label : "event";
  return (
    <main class="workbench" id="main">
      <QueueList queue={queue} current={eventId} params={params} base="/queue" />
      <div class="reader" ref={pane} tabIndex={-1} role="region" aria-label="Report">
        <LayerBar layers={layers} onChange={setLayers} />
        {data ? <article>
          <Meta data={data} />
          <Reader data={data} current={event} layers={layers} marked={marked} onMarked={setMarked} extra={draft?.evidence ?? []}
            onValue={(owner, value) => {
              if (owner.id === eventId) return act.choose(value);
              go(`/events/${owner.id}${filters}`);
              setChoice({ event: owner.id, value });
              requestAnimationFrame(() => pulse(value.id));
            }} />
          {data.added.length > 0 && <section class="added-events"><h3>Events added by people</h3>{data.added.map((one) => <p key={one.id}><b>{(one.value as any)?.sub_type}</b> “<bdi>{(one.value as any)?.trigger?.[0]?.quote}</bdi>” <small>{one.user}</small></p>)}</section>}
        </article> : (eventId || reportId || !queue.ready) ? <p class="loading">Opening the report …</p> : <p class="loading">{queue.total ? "Choose an event." : "Nothing to read here."}</p>}
        {marked && <MarkBar marked={marked} pane={pane.current} onField={giveWords} hasEvent={!!event} drafting={draft?.field ?? null} />}
      </div>
      <aside class="side" aria-label="Event">
        {event && project && data ? <Panel event={event} review={review} project={project} blocks={data.blocks} reasons={reasons} chosen={chosen} draft={draft} asking={asking} act={act}
          onSave={save} onCancel={() => { setDraft(null); setAsking(null); }} siblings={data.events} reviews={reviews} onEvent={(one) => go(`/events/${one.id}${filters}`)}
          onRemark={async (words) => { if (asking && await judge({ verdict: asking.kind, events: [event.id], field: asking.field, item: asking.item, reason: words }, asking.kind === "question" ? "question asked" : "comment kept")) setAsking(null); }} />
          : data && <ReportEvents data={data} filters={filters} />}
        {draft?.field === "event" && project && data && !event && <p class="hint">Choose an event of this report to add one beside it.</p>}
        <div class="verbs">
          <button class="accept" disabled={!event} onClick={() => act.judge("accept", chosen)}><Icon name="accept" />Accept {verb}<kbd>y</kbd></button>
          <button class="reject" disabled={!event} onClick={() => act.judge("reject", chosen)}><Icon name="reject" />Reject<kbd>n</kbd></button>
          <button class="unsure" disabled={!event} onClick={() => act.judge("unsure", chosen)}><Icon name="unsure" />Unsure<kbd>u</kbd></button>
          <button class="correct" disabled={!event} onClick={() => event && act.edit(chosen ?? event.values[0]!)}><Icon name="correct" />Correct<kbd>e</kbd></button>
          <span class="steps"><button onClick={() => void move(-1)} aria-label="last event (k)" title="last (k)"><Icon name="last" /></button><button onClick={() => void move(1)} aria-label="next event (j)" title="next (j)"><Icon name="next" /></button></span>
        </div>
      </aside>
    </main>
  );
}

function ReportEvents({ data, filters }: { data: ReportData; filters: string }) {
  return <section class="panel"><h2>{data.events.length} events in this report</h2><ul class="plain-list">{data.events.map((one) => <li key={one.id}><a href={`/events/${one.id}${filters}`}><b>{one.name}</b> {one.sub_type}</a></li>)}</ul></section>;
}

function MarkBar({ marked, pane, onField, hasEvent, drafting }: { marked: Selected; pane: HTMLElement | null; onField: (field: string) => void; hasEvent: boolean; drafting: string | null }) {
  const box = pane?.getBoundingClientRect();
  const left = Math.max(8, Math.min(marked.x - (box?.left ?? 0) - 170, (box?.width ?? 600) - 360));
  const top = marked.y - (box?.top ?? 0) + (pane?.scrollTop ?? 0) + 8;
  return (
    <div class="markbar" role="toolbar" aria-label="What do these words tell?" style={{ left: `${left}px`, top: `${top}px` }} onMouseDown={(event) => event.preventDefault()}>
      <span>These words tell</span>
      {hasEvent && drafting && drafting !== "event" && <button class="primary" onClick={() => onField(drafting)}>{fieldWords(drafting)} <small>(being corrected)</small></button>}
      {hasEvent && ["when", "where", "actors", "targets", "figures", "weapons", "sources"].filter((field) => field !== drafting).map((field) => <button key={field} onClick={() => onField(field)}>{fieldWords(field)}</button>)}
      {hasEvent && <button onClick={() => onField("event")}>a missed event <kbd>m</kbd></button>}
    </div>
  );
}

function plainValue(value: Value): unknown {
  if (value.field === "where") return withoutEvidence((value.record as { place?: unknown }).place ?? {});
  if (value.item) return value.item;
  return withoutEvidence(value.record ?? {});
}
function withoutEvidence(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { evidence: _evidence, ...rest } = value as Record<string, unknown>;
  return rest;
}
