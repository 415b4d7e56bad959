// What all parts of the page share, and how it is kept in step with the server.
import { useEffect, useReducer } from "preact/hooks";
import type { Changed, LogEntry, Progress, Project, ReportData, Review } from "./types";

export const KEY = document.querySelector<HTMLMetaElement>('meta[name="dateline-key"]')!.content;
export const USER = document.querySelector<HTMLMetaElement>('meta[name="dateline-user"]')!.content;

export interface Toast { words: string; kind: "done" | "error" | "other"; id: number }
interface State {
  project: Project | null;
  progress: Progress;
  number: number; // of the last judgement known here
  reviews: Map<string, Review | null>;
  saving: number;
  online: boolean;
  toast: Toast | null;
}
export const state: State = {
  project: null,
  progress: { done: 0, total: 0, undo: false, redo: false },
  number: 0,
  reviews: new Map(),
  saving: 0,
  online: true,
  toast: null,
};

const listeners = new Set<() => void>();
let queued = false;
export function changed(): void {
  if (queued) return;
  queued = true;
  queueMicrotask(() => {
    queued = false;
    listeners.forEach((listener) => listener());
  });
}
/** Render again when the shared state changes. */
export function useShared(): State {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const listener = () => again(undefined as never);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return state;
}

let toasts = 0;
export function toast(words: string, kind: Toast["kind"] = "done"): void {
  const id = ++toasts;
  state.toast = { words, kind, id };
  changed();
  setTimeout(() => {
    if (state.toast?.id === id) {
      state.toast = null;
      changed();
    }
  }, kind === "error" ? 8000 : 3500);
}

// ---- requests -------------------------------------------------------------------------------------------------------

export class Refused extends Error {
  constructor(message: string, readonly status: number) {
    super(message);
  }
}

async function told(answer: Response): Promise<never> {
  const found = await answer.json().catch(() => ({}));
  const remedy = found.remedy ? ` (${found.remedy})` : "";
  throw new Refused(`${found.error ?? answer.statusText}${remedy}`, answer.status);
}

export async function get<T>(address: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(address, { headers: { accept: "application/json" }, signal: signal ?? null });
  return answer.ok ? answer.json() : told(answer);
}

export async function post(address: string, body: unknown = {}): Promise<Changed> {
  state.saving++;
  changed();
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", "x-dateline-key": KEY },
      body: JSON.stringify(body),
    });
    if (!answer.ok) return await told(answer);
    const made: Changed = await answer.json();
    take(made);
    return made;
  } finally {
    state.saving--;
    changed();
  }
}

const reports = new Map<string, Promise<ReportData>>();
const KEPT = 60;
/** A report with all that was coded in it; kept, so that the next item of the queue is there before it is asked for. */
export function loadReport(id: string): Promise<ReportData> {
  let known = reports.get(id);
  if (!known) {
    known = get<ReportData>(`/reports/${id}.json`).then((data) => {
      // What was decided while this was on its way is newer than what it says.
      if (data.number >= state.number) for (const [event, review] of Object.entries(data.reviews)) state.reviews.set(event, review);
      else for (const [event, review] of Object.entries(data.reviews)) if (!state.reviews.has(event)) state.reviews.set(event, review);
      changed();
      return data;
    });
    known.catch(() => reports.delete(id));
    reports.set(id, known);
    if (reports.size > KEPT) reports.delete(reports.keys().next().value!);
  }
  return known;
}
export function forgetReport(id: string): void {
  reports.delete(id);
}

/** Events and values as they are decided now, from an answer or from another window. */
export function take(told: Changed): void {
  if (told.number < state.number) return;
  state.number = told.number;
  state.progress = told.progress;
  for (const [event, review] of Object.entries(told.events)) state.reviews.set(event, review);
  changed();
}

const watchers = new Set<(made: LogEntry[]) => void>();
/** Hear of every judgement that is made, here or elsewhere. */
export function useJudgements(heard: (made: LogEntry[]) => void, deps: unknown[]): void {
  useEffect(() => {
    watchers.add(heard);
    return () => void watchers.delete(heard);
  }, deps);
}

const mine = new Set<string>();
export function isMine(id: string): void {
  mine.add(id);
}

/** Hear what is decided. Only windows that can be seen listen: a browser gives a site six connections, and people open more windows. */
export function follow(): void {
  let stream: EventSource | null = null;
  const listen = () => {
    if (document.hidden) {
      stream?.close();
      stream = null;
    } else if (!stream) {
      stream = new EventSource(`/api/changes${state.number ? `?after=${state.number}` : ""}`);
      stream.onmessage = (message) => hear(JSON.parse(message.data));
      stream.onopen = () => { if (!state.online) { state.online = true; changed(); } };
      stream.onerror = () => { if (state.online) { state.online = false; changed(); } };
    }
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => stream?.close());
  listen();
}

function hear(told: Changed): void {
  const made = told.judgements ?? [];
  take(told);
  watchers.forEach((heard) => heard(made));
  const last = made.filter((one) => !mine.has(one.id)).at(-1);
  if (last && last.verdict !== "undo" && last.verdict !== "redo" && last.user !== USER)
    toast(`${last.user} decided on ${last.doc_ids.join(", ")}: ${last.verdict}${last.field ? ` (${last.field})` : ""}`, "other");
}
