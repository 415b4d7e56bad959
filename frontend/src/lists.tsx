// Plain lists: reports, and the log of all decisions.
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./icons";
import { SearchBox } from "./queue";
import { go } from "./router";
import { get, post, toast, useJudgements } from "./store";
import type { LogEntry } from "./types";
import { VERDICTS, ago, day, fieldWords, valueWords } from "./words";
import { VirtualList } from "./virtual";

/** Data of an address; null until it is there. */
export function useData<T>(address: string | null): [T | null, () => void] {
  const [told, setTold] = useState<{ address: string; data: T } | null>(null);
  const [times, setTimes] = useState(0);
  useEffect(() => {
    if (!address) return;
    const stop = new AbortController();
    get<T>(address, stop.signal).then((data) => setTold({ address, data }), (error) => { if (error.name !== "AbortError") toast(error.message, "error"); });
    return () => stop.abort();
  }, [address, times]);
  return [told && told.address === address ? told.data : null, () => setTimes((n) => n + 1)];
}

interface ReportRow { id: string; doc_id: string; headline: string; outlet: string | null; wire: string | null; published: string | null; basis: string; characters: number; events: number }
export function ReportsView({ params }: { params: URLSearchParams }) {
  const [data] = useData<{ rows: ReportRow[] }>("/reports.json");
  const words = (params.get("q") ?? "").toLowerCase();
  const rows = (data?.rows ?? []).filter((row) => !words || `${row.headline} ${row.doc_id} ${row.outlet ?? ""}`.toLowerCase().includes(words));
  return (
    <main class="page wide" id="main">
      <header class="page-head"><h1>Reports</h1><p class="sentence">{data ? `${rows.length.toLocaleString("en")} report${rows.length === 1 ? "" : "s"}${words ? ` with “${words}”` : ""}` : "…"}</p>
        <span class="searching"><Icon name="search" /><SearchBox label="Search reports" hint="headline, outlet" value={params.get("q") ?? ""} set={(told) => go(`/reports${told ? `?q=${encodeURIComponent(told)}` : ""}`, { replace: true })} /></span>
        <span class="as">as <a href="/reports.json">JSON</a> <a href="/reports.csv" download="reports.csv">CSV</a></span></header>
      <div class="grid-head reports-grid" aria-hidden="true"><span>published</span><span>outlet</span><span>headline</span><span class="n">events</span></div>
      <VirtualList count={rows.length} height={40} label="Reports" class="virtual-grid" render={(index) => {
        const row = rows[index]!;
        return <div key={row.id} role="listitem"><a class="grid-row reports-grid" href={`/reports/${row.id}`} style={{ height: "40px" }}>
          <span>{row.published ? day(row.published) : "unknown"}{row.basis === "inferred" && <small> inferred</small>}</span><span><bdi>{row.outlet ?? row.doc_id}</bdi></span><span><bdi>{row.headline}</bdi></span><span class="n">{row.events}</span></a></div>;
      }} />
    </main>
  );
}

export function LogView() {
  const [data, again] = useData<{ rows: LogEntry[]; total: number }>("/log.json");
  useJudgements(() => again(), []);
  return (
    <main class="page" id="main">
      <header class="page-head"><h1>Log</h1><p class="sentence">{data ? `${data.total.toLocaleString("en")} decision${data.total === 1 ? "" : "s"}, newest first; nothing is ever deleted` : "…"}</p>
        <span class="as">as <a href="/log.json">JSON</a> <a href="/log.csv" download="log.csv">CSV</a></span></header>
      <Snapshots />
      {data && data.rows.length === 0 && <p class="empty">Nobody has decided anything yet. <a href="/queue">Begin with the queue</a>.</p>}
      <ol class="log">
        {data?.rows.map((one) => (
          <li key={one.id} class={one.verdict}>
            <time dateTime={one.made} title={one.made}>{ago(one.made)}</time>
            <span class={`mark ${one.verdict}`}><Icon name={one.verdict} size={14} /></span>
            <span><b>{one.user}</b> {VERDICTS[one.verdict]}{one.field && ` ${fieldWords(one.field)}`}{one.item != null && typeof one.item === "object" && !("added" in one.item) && <> <bdi>{valueWords(one.field, one.item)}</bdi></>}{one.verdict === "correct" && one.value != null && <> → <b><bdi>{valueWords(one.field, one.value)}</bdi></b></>}{one.verdict === "correct" && one.value === null && " → no such value"}
              {one.reason && <q dir="auto">{one.reason}</q>}</span>
            <span class="of">{one.subject.startsWith("name:") ? <NameLink subject={one.subject} /> : one.events[0] ? <a href={`/events/${one.events[0]}`}>{one.doc_ids.join(", ")}</a> : one.doc_ids.join(", ")}</span>
          </li>
        ))}
      </ol>
    </main>
  );
}

function NameLink({ subject }: { subject: string }) {
  const [, kind = "", ...name] = subject.split(":");
  return <a href={`/${kind}?q=${encodeURIComponent(name.join(":"))}`}><bdi>{name.join(":")}</bdi></a>;
}

function Snapshots() {
  const [data, again] = useData<{ folder: string; rows: { name: string; megabytes: number }[] }>("/snapshots.json");
  const take = () => void post("/api/snapshots").then(() => { toast("snapshot taken"); again(); }, (error) => toast(error.message, "error"));
  return (
    <details class="snapshots"><summary>{data?.rows.length ?? 0} snapshot{data?.rows.length === 1 ? "" : "s"} of the whole project</summary>
      <p><button class="primary" onClick={take}>Take a snapshot now</button> <span class="note">a copy in {data?.folder}/, opened like any project: <code>dateline serve</code></span></p>
      <ul class="plain-list">{data?.rows.map((one) => <li key={one.name}><code>{one.name}</code> <small>{one.megabytes} MB</small></li>)}</ul></details>
  );
}
