// Incidents: what several reports tell of one thing, side by side, and where they differ.
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "./icons";
import { dropKeys, useKeys } from "./keys";
import { useData } from "./lists";
import { StateMark, verdictOf } from "./panel";
import { SearchBox } from "./queue";
import { wordsBetween } from "./reader";
import { go } from "./router";
import { get, loadReport, post, toast, useJudgements } from "./store";
import type { Evidence, LogEntry, ReportData, Review, Row } from "./types";
import { judge, unmake } from "./verbs";
import { STANCES, VERDICTS, ago, amount, day, days, fieldWords, valueWords } from "./words";
import { VirtualList } from "./virtual";

export interface Telling { event_id: string; doc_id: string; name: string; report_id: string; title: string; outlet?: string; published?: string; headline?: string; copy_of?: string; quote?: string; status?: string }
interface Origin { id: string; name: string; kind: string; doc_ids: string[]; outlets?: string[] }
interface Reading { field: string; value: any; words: string; original: string; event_id: string; doc_id: string; source: string; stance: string; origin: string; evidence?: Evidence[]; outlet?: string; published?: string; side?: string; via?: string; inferred?: boolean; private?: boolean; judged?: string }
interface FieldState { field: string; label: string; state: string; readings: Reading[]; groups?: number[][]; origins?: number; recommended?: { value: any; words: string; policy: string; why: string; low?: number; best?: number; high?: number }; unmentioned_by?: string[]; denied_by?: string[]; why?: string }
export interface Contribution { field: string; level: string; weight: number; words: string }
export interface Link { a: string; b: string; score: number; decision: string; contributions?: Contribution[]; other?: string; other_title?: string | null }
interface Shape { row?: Record<string, unknown>; left_out?: string; reason?: string }
interface Incident {
  id: string; title: string; tellings: Telling[]; origins: Origin[]; fields: FieldState[]; links?: Link[]; near?: Link[]; score?: number; flags?: string[];
  toll?: { published?: string; measure: string; low?: number; high?: number; source: string; doc_id: string; origin: string }[];
  others: { event_id: string; doc_id: string; acled: Shape; ucdp: Shape }[]; reviews: Record<string, Review | null>;
  reliability: Record<string, string>; history: Decided[];
}
interface Decided extends LogEntry { left: string[]; right: string[]; flag: string; back: boolean }
interface IncidentRow { id: string; title: string; sub_type: string; type: string; earliest: string | null; latest: string | null; place: string | null; country: string | null; killed_low: number | null; killed_high: number | null; reports: number; origins: number; conflicts: number; denials: number; score: number | null; flags: string; foreground: number }
interface ListData { sentence: string; total: number; offset: number; several: number; events: number; rows: IncidentRow[] }

const PAGE = 200;
export default function IncidentsView({ id, params }: { id: string | null; params: URLSearchParams }) {
  const query = useMemo(() => { const next = new URLSearchParams(params); if (!next.has("shown") && !next.has("q")) next.set("shown", "all"); return String(next); }, [params.toString()]);
  const [list, setList] = useState<{ query: string; data: ListData; rows: (IncidentRow | undefined)[] } | null>(null);
  const asked = useRef(new Set<string>());
  const load = useCallback(async (offset: number) => {
    const key = `${query}@${offset}`;
    if (asked.current.has(key)) return;
    asked.current.add(key);
    try {
      const data = await get<ListData>(`/incidents.json?${query}&offset=${offset}`);
      setList((old) => {
        const rows = old?.query === query ? [...old.rows] : [];
        rows.length = data.total;
        data.rows.forEach((row, at) => { rows[data.offset + at] = row; });
        return { query, data, rows };
      });
    } catch (error) { asked.current.delete(key); toast((error as Error).message, "error"); }
  }, [query]);
  useEffect(() => void load(0), [load]);
  const current = list?.query === query ? list : list;
  const at = current ? current.rows.findIndex((row) => row?.id === id) : -1;
  const suffix = params.toString() ? `?${params}` : "";
  useEffect(() => { if (!id && current?.rows[0] && current.query === query) go(`/incidents/${current.rows[0].id}${suffix}`, { replace: true }); }, [id, current, query]);
  const move = (by: number) => { const next = current?.rows[at + by]; if (next) go(`/incidents/${next.id}${suffix}`); };
  useKeys({ j: () => move(1), k: () => move(-1), "/": () => document.querySelector<HTMLElement>(".search")?.focus() }, current?.query === query && (id !== null || !current.rows[0]));
  const set = (name: string, value: string) => { const next = new URLSearchParams(params); if (value) next.set(name, value); else next.delete(name); go(`/incidents?${next}`); };
  const refresh = () => { asked.current.clear(); void load(0); };
  return (
    <main class="workbench incidents" id="main">
      <nav class="queue" aria-label="Incidents">
        <div class="queue-head">
          <div class="searching"><Icon name="search" /><SearchBox label="Search incidents" value={params.get("q") ?? ""} set={(words) => set("q", words)} /></div>
          <div class="state-tabs" role="group" aria-label="Which incidents">{[["", "all"], ["several", "many reports"], ["conflict", "differ"], ["denied", "denied"], ["doubtful", "doubtful"]].map(([value, words]) => (
            <button key={value} aria-pressed={(params.get("shown") ?? "") === value} onClick={() => set("shown", value!)}>{words}</button>))}</div>
          <p class="sentence" aria-live="polite">{current?.data.sentence}</p>
        </div>
        {current && current.data.total > 0 ? <VirtualList count={current.rows.length} height={86} at={at} label="Incidents" onRange={(first, last) => { for (let p = Math.floor(first / PAGE); p <= Math.floor(Math.max(first, last - 1) / PAGE); p++) if (!current.rows[p * PAGE]) void load(p * PAGE); }} render={(index) => {
          const row = current.rows[index];
          if (!row) return <div key={index} class="item loading-row" style={{ height: "86px" }} />;
          return <div key={row.id} role="listitem"><a class={`item ${row.id === id ? "on" : ""}`} href={`/incidents/${row.id}${suffix}`} aria-current={row.id === id ? "true" : undefined}>
            <span class="top"><b>{row.sub_type === "Other" ? `${row.type}: other` : row.sub_type}</b>{(row.killed_low ?? row.killed_high) !== null && <span class="toll">{amount(row.killed_low, row.killed_high)} killed</span>}</span>
            <span class="mid"><bdi>{row.place ?? "no place"}</bdi> · {days(row.earliest, row.latest)}</span>
            <span class="low"><i class="why w-background">{row.reports} report{row.reports === 1 ? "" : "s"}, {row.origins} origin{row.origins === 1 ? "" : "s"}</i>{row.denials > 0 && <i class="why w-denied">denied</i>}{row.conflicts > 0 && <i class="why w-conflict">{row.conflicts} differ</i>}</span></a></div>;
        }} /> : current && <p class="empty">{current.data.events && !current.data.total && !params.toString() ? <MergeNow done={refresh} /> : "Nothing fits this filter."}</p>}
        <div class="queue-foot"><span>{current ? `${current.data.several} told by two reports or more` : ""}</span><span class="as">as <a href={`/incidents.json?${query}`}>JSON</a> <a href={`/incidents.csv?${query}`} download="incidents.csv">CSV</a></span></div>
      </nav>
      <div class="reader incident-pane" role="region" aria-label="Incident" tabIndex={-1}>{id ? <IncidentPage key={id} id={id} suffix={suffix} onChange={refresh} /> : <p class="loading">Choose an incident.</p>}</div>
    </main>
  );
}

function MergeNow({ done }: { done: () => void }) {
  const [busy, setBusy] = useState(false);
  return <>The events of this project have not been merged yet. <button class="primary" disabled={busy} onClick={async () => { setBusy(true); await post("/api/merge").catch((error) => toast(error.message, "error")); setBusy(false); done(); }}>{busy ? "Merging …" : "Merge now"}</button></>;
}

function IncidentPage({ id, suffix, onChange }: { id: string; suffix: string; onChange: () => void }) {
  const [incident, setIncident] = useState<Incident | null>(null);
  const [failed, setFailed] = useState(false);
  const [chosen, setChosen] = useState<string>("");
  const [reading, setReading] = useState<Reading | null>(null);
  const name = useRef(id);
  const load = useCallback(() => get<Incident>(`/incidents/${name.current}.json`).then((found) => {
    setIncident(found);
    document.title = `${found.title} · dateline`;
    if (found.id !== id && decodeURIComponent(location.pathname) === `/incidents/${id}`) go(`/incidents/${found.id}${suffix}`, { replace: true });
  }, (error) => { toast(error.message, "error"); dropKeys(); setFailed(true); }), [id]);
  useEffect(() => void load(), [load]);
  useJudgements((made) => { if (incident && made.some((one) => one.events.some((event) => incident.tellings.some((telling) => telling.event_id === event)))) { name.current = incident.tellings[0]!.event_id; void load().then(onChange); } }, [incident, load]);
  const act = async (body: Record<string, unknown>, words: string) => {
    if (!incident) return;
    name.current = incident.tellings[0]!.event_id; // a split or merge gives the incident another id
    if (await judge(body, words)) { await load(); onChange(); }
  };
  const whole = incident?.tellings.map((telling) => telling.event_id) ?? [];
  useKeys({
    y: () => incident && act({ verdict: "accept", events: whole, subject: incident.id }, "incident accepted"),
    n: () => incident && act({ verdict: "reject", events: whole, subject: incident.id }, "incident rejected"),
    u: () => incident && act({ verdict: "unsure", events: whole, subject: incident.id }, "incident: unsure"),
    z: () => unmake("undo").then(() => load().then(onChange)),
    Z: () => unmake("redo").then(() => load().then(onChange)),
    Escape: () => { setChosen(""); setReading(null); },
  }, incident !== null || failed);
  if (!incident) return <p class="loading">Opening the incident …</p>;
  const field = (wanted: string) => incident.fields.find((one) => one.field === wanted);
  const where = field("where")?.recommended?.value, when = field("when")?.recommended?.value;
  const tolls = incident.fields.filter((one) => one.field.startsWith("figures:") && one.readings.some((r) => r.value && (r.value.low != null || r.value.high != null)));
  const shownField = incident.fields.find((one) => one.field === chosen) ?? null;
  return (
    <article class="incident">
      <header>
        <p class="lede">
          <b>{field("type")?.recommended?.words ?? incident.tellings[0]!.title}</b>
          {where ? <> in <b><bdi>{valueWords("where", where)}</bdi></b> <small>({where.precision ?? "town"}, ±{Math.round(where.radius_km ?? 5)} km)</small></> : <>, <em>no place told</em></>}
          {when ? <>, <b>{days(when.earliest, when.latest)}</b></> : <>, <em>no day told</em></>}
          {" – reported by "}<b>{incident.origins.length} independent origin{incident.origins.length === 1 ? "" : "s"}</b> in {incident.tellings.length} report{incident.tellings.length === 1 ? "" : "s"}.
        </p>
        <p class="chips">
          {(incident.flags ?? []).map((flag) => <span key={flag} class={`why ${/denied/.test(flag) ? "w-denied" : /differ/.test(flag) ? "w-conflict" : ""}`}>{flag}</span>)}
          {incident.score !== undefined && <span class="chip plain" title="Probability of the weakest link that holds it together">weakest link {Math.round(100 * incident.score)} %</span>}
          {incident.origins.map((origin) => <span key={origin.id} class="chip" title={`${origin.kind}: ${origin.doc_ids.join(", ")}`}><bdi>{origin.name}</bdi></span>)}
        </p>
        <p class="verb-row">
          <button class="accept" onClick={() => void act({ verdict: "accept", events: whole, subject: incident.id }, "incident accepted")}><Icon name="accept" size={14} />Accept incident<kbd>y</kbd></button>
          <button class="reject" onClick={() => void act({ verdict: "reject", events: whole, subject: incident.id }, "incident rejected")}><Icon name="reject" size={14} />Reject<kbd>n</kbd></button>
          <button class="unsure" onClick={() => void act({ verdict: "unsure", events: whole, subject: incident.id }, "incident: unsure")}><Icon name="unsure" size={14} />Unsure<kbd>u</kbd></button>
          <span class="as">as <a href={`/incidents/${incident.id}.json`}>JSON</a> <a href={`/incidents/${incident.id}.csv`} download>CSV</a></span>
        </p>
      </header>
      {tolls.length > 0 && <section class="tolls" aria-label="Figures">{tolls.slice(0, 3).map((one) => <TollBar key={one.field} field={one} onReading={(r) => { setChosen(one.field); setReading(r); }} />)}</section>}
      <TollOverTime steps={(incident.toll ?? []).filter((one) => one.measure === "killed" && one.published)} />
      <Matrix incident={incident} chosen={chosen} onChoose={(name, r) => { setChosen(name); setReading(r); }} act={act} />
      <Compare incident={incident} field={shownField} reading={reading} />
      {incident.tellings.length > 1 && <Tellings incident={incident} act={act} />}
      <Reasons incident={incident} act={act} />
      <History entries={incident.history} />
      <Elsewhere incident={incident} />
    </article>
  );
}

// ---- figures --------------------------------------------------------------------------------------------------------

const sourceWords = (reading: Reading) => `${reading.source === "report" ? "the report itself" : reading.source}${reading.via ? `, via ${reading.via}` : ""}`;
function TollBar({ field, onReading }: { field: FieldState; onReading: (reading: Reading) => void }) {
  const told = field.readings.filter((one) => one.value && (one.value.low != null || one.value.high != null));
  const most = Math.max(...told.map((one) => one.value.high ?? one.value.low * 1.25), 1);
  const x = (n: number) => (100 * n) / (most * 1.06);
  const rec = field.recommended;
  const measure = field.field.split(":")[1];
  const low = Math.min(...told.map((one) => one.value.low ?? 0)), high = Math.max(...told.map((one) => one.value.high ?? one.value.low)), open = told.some((one) => one.value.high == null);
  const best = rec?.best ?? (rec?.value?.low ?? null);
  return (
    <figure class="tollbar">
      <figcaption><b>{low === high && !open ? low : `${low.toLocaleString("en")} – ${high.toLocaleString("en")}${open ? " or more" : ""}`} {measure}</b>{rec && <span> · taken: <b>{rec.words}</b> <small>({rec.why})</small></span>}</figcaption>
      <div class="scale" aria-hidden="true"><i class="span" style={{ left: `${x(low)}%`, width: `${Math.max(0.6, x(high) - x(low))}%` }} />{best !== null && <i class="best" style={{ left: `${x(best)}%` }} title={`taken: ${best}`} />}{x(low) > 12 && <span style={{ left: 0 }}>0</span>}<span style={{ left: `${x(low)}%` }}>{low}</span>{high > low * 1.15 && <span style={{ left: `${x(high)}%` }}>{high}{open ? "+" : ""}</span>}</div>
      <ul>{[...told].sort((a, b) => (a.value.low ?? a.value.high) - (b.value.low ?? b.value.high)).map((one, at) => {
        const from = one.value.low ?? 0, to = one.value.high ?? from;
        return <li key={at}><button onClick={() => onReading(one)} title={`“${one.original}”`}>
          <span class="who"><span class={`label ${one.stance}`}>{STANCES[one.stance]}</span> <bdi>{sourceWords(one)}</bdi> <small><bdi>{one.outlet ?? one.doc_id}</bdi></small></span>
          <span class="track"><i class={`mark ${one.stance} ${one.value.high == null ? "open" : ""}`} style={{ left: `${x(from)}%`, width: `${Math.max(0.9, x(to) - x(from))}%` }} /></span>
          <span class="n">{amount(one.value.low, one.value.high)}{one.value.group && one.value.group !== "people" ? <small> {one.value.group}</small> : ""}</span></button></li>;
      })}</ul>
    </figure>
  );
}

/** How the number of dead was told as reports came in: a line for each origin. */
function TollOverTime({ steps }: { steps: NonNullable<Incident["toll"]> }) {
  const days_ = [...new Set(steps.map((one) => one.published!))].sort();
  if (days_.length < 2) return null;
  const first = Date.parse(days_[0]!), last = Date.parse(days_.at(-1)!), most = Math.max(...steps.map((one) => one.high ?? one.low ?? 0), 1);
  const x = (iso: string) => 4 + (88 * (Date.parse(iso) - first)) / Math.max(1, last - first), y = (n: number) => 112 - (92 * n) / (most * 1.1);
  const highest = days_.map((iso) => ({ iso, low: Math.min(...steps.filter((one) => one.published === iso).map((one) => one.low ?? one.high ?? 0)), high: Math.max(...steps.filter((one) => one.published === iso).map((one) => one.high ?? one.low ?? 0)) }));
  return (
    <figure class="overtime"><figcaption><b>Killed, as told over time</b> <span class="hint">{highest.map((one) => `${day(one.iso).replace(/ \d{4}$/, "")}: ${amount(one.low, one.high)}`).join(" → ")}</span></figcaption>
      <svg width="100%" height="136" role="img" aria-label={highest.map((one) => `${day(one.iso)}: ${amount(one.low, one.high)}`).join("; ")}>
        {[0, Math.round(most / 2), most].map((n) => <g key={n}><line class="rule" x1="4%" x2="97%" y1={y(n)} y2={y(n)} /><text class="tick" x="2%" y={y(n) + 4} text-anchor="middle">{n}</text></g>)}
        {highest.slice(1).map((one, at) => <line key={one.iso} class="path" x1={`${x(highest[at]!.iso)}%`} x2={`${x(one.iso)}%`} y1={y(highest[at]!.high)} y2={y(one.high)} />)}
        {steps.map((one, at) => { const low = one.low ?? 0, high = one.high ?? low; return <g key={at}><title>{`${amount(one.low, one.high)}: ${one.source === "report" ? one.doc_id : one.source}, ${day(one.published)}`}</title>
          {high > low && <line class="range" x1={`${x(one.published!)}%`} x2={`${x(one.published!)}%`} y1={y(low)} y2={y(high)} />}<circle cx={`${x(one.published!)}%`} cy={y(high)} r="4.5" /></g>; })}
        {days_.map((iso) => <text key={iso} class="tick" x={`${x(iso)}%`} y="132" text-anchor={iso === days_.at(-1) ? "end" : iso === days_[0] ? "start" : "middle"}>{day(iso)}</text>)}
      </svg></figure>
  );
}

// ---- the claims matrix ----------------------------------------------------------------------------------------------

const MARKS: Record<string, [string, string]> = { agree: ["accept", "agrees"], fits: ["agree", "fits"], differ: ["differ", "differs"], deny: ["deny", "denies"], doubt: ["doubt", "doubts"], claim: ["claim", "claims"], silent: ["silent", "does not say"] };
function markOf(field: FieldState, reading: Reading): string {
  if (reading.stance === "denies") return "deny";
  if (reading.stance === "doubts") return "doubt";
  if (reading.stance === "silent") return "silent";
  const groups = field.groups ?? [], taken = groups.find((group) => group.some((at) => field.readings[at]?.words === field.recommended?.words)) ?? groups[0];
  const index = field.readings.indexOf(reading);
  if (!taken || taken.includes(index)) return reading.stance === "claims" ? "claim" : "agree";
  return field.state === "conflict" && !meets(reading.value, field.recommended?.value) ? "differ" : "fits";
}
/** Whether two figures can both be true: 34 and "at least 34". */
function meets(one: any, other: any): boolean {
  if (one?.low === undefined || other?.low === undefined) return false;
  return (one.low ?? 0) <= (other.high ?? Infinity) && (other.low ?? 0) <= (one.high ?? Infinity);
}
/** The letter that people gave a source, where they did. */
function Letter({ of, name }: { of: Incident; name: string | undefined }) {
  const letter = name && of.reliability[name];
  return letter ? <abbr class="letter" title={`reliability ${letter}, given by people of this project`}>{letter}</abbr> : null;
}
function Matrix({ incident, chosen, onChoose, act }: { incident: Incident; chosen: string; onChoose: (field: string, reading: Reading | null) => void; act: (body: Record<string, unknown>, words: string) => Promise<void> }) {
  const columns = incident.tellings;
  return (
    <section aria-label="Claims">
      <h3>Who says what</h3>
      <div class="matrix-box"><table class="matrix">
        <thead><tr><th scope="col">field</th><th scope="col">taken</th>{columns.map((telling) => <th scope="col" key={telling.event_id}><a href={`/events/${telling.event_id}`}><bdi>{telling.outlet ?? telling.doc_id}</bdi></a><Letter of={incident} name={telling.outlet} /><small>{telling.published ? day(telling.published) : "undated"} · <bdi>{telling.outlet ? telling.doc_id : telling.name}</bdi></small>{telling.copy_of && <small class="copy">copy of {telling.copy_of}</small>}</th>)}</tr></thead>
        <tbody>{incident.fields.map((field) => (
          <tr key={field.field} class={`${field.field === chosen ? "on" : ""} s-${field.state.split(" ")[0]}`}>
            <th scope="row"><button onClick={() => onChoose(field.field === chosen ? "" : field.field, null)}>{field.label}</button><small class={`fstate ${field.state.split(" ")[0]}`}>{field.state}</small></th>
            <td class="taken">{field.recommended ? <><bdi>{field.recommended.words}</bdi><small>{field.recommended.why}</small></> : <small>nothing affirmed</small>}</td>
            {columns.map((telling) => {
              const readings = field.readings.filter((one) => one.event_id === telling.event_id);
              if (!readings.length) return <td key={telling.event_id} class="cell m-silent"><span class="m k-silent"><Icon name="silent" size={13} />does not say</span></td>;
              const merged = new Map<string, { mark: string; readings: Reading[] }>();
              for (const one of readings) { const mark = markOf(field, one), key = `${one.words}|${mark}`; const known = merged.get(key); if (known) known.readings.push(one); else merged.set(key, { mark, readings: [one] }); }
              return <td key={telling.event_id} class="cell">{[...merged.values()].map(({ mark, readings: same }, at) => {
                const one = same[0]!, [icon, words] = MARKS[mark]!;
                return <div key={at} class={`claim m-${mark}`}>
                  <button onClick={() => onChoose(field.field, one)} title={`“${one.original}”`}><span class={`m k-${mark}`}><Icon name={icon} size={13} />{words}</span> <bdi>{one.value === null ? "" : one.words}</bdi><small>{[...new Map(same.map((r) => [sourceWords(r), r])).entries()].map(([told, r], n) => <span key={told}>{n > 0 && "; "}<bdi>{told}</bdi><Letter of={incident} name={r.source} /></span>)}{one.inferred ? ", inferred" : ""}{one.judged ? `, ${one.judged}` : ""}</small></button>
                  {one.stance !== "silent" && field.field !== "occurrence" && <button class="take" title="Take this reading: it is right" aria-label={`take ${one.words}`} onClick={() => void act({ verdict: "accept", events: [one.event_id], field: field.field, item: /^(actors|targets|weapons|figures)/.test(field.field) ? one.value : null }, `${field.label}: this reading is right`)}><Icon name="accept" size={13} /></button>}
                </div>;
              })}</td>;
            })}
          </tr>))}</tbody>
      </table></div>
    </section>
  );
}

// ---- side by side ---------------------------------------------------------------------------------------------------

function Compare({ incident, field, reading }: { incident: Incident; field: FieldState | null; reading: Reading | null }) {
  const shown = incident.tellings.slice(0, 4);
  return (
    <section aria-label="Reports side by side">
      <h3>Side by side {field ? <span class="hint">words for “{field.label}” are marked</span> : <span class="hint">choose a field or a claim above to see its words in each report</span>}</h3>
      <div class="compare" style={{ gridTemplateColumns: `repeat(${Math.min(shown.length, 4)}, minmax(15rem, 1fr))` }}>{shown.map((telling) => <Pane key={telling.event_id} telling={telling} readings={(field?.readings ?? []).filter((one) => one.event_id === telling.event_id)} lead={reading?.event_id === telling.event_id ? reading : null} />)}</div>
    </section>
  );
}
function Pane({ telling, readings, lead }: { telling: Telling; readings: Reading[]; lead: Reading | null }) {
  const [data, setData] = useState<ReportData | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => { loadReport(telling.report_id).then(setData, () => {}); }, [telling.report_id]);
  const marks = (lead ? [lead] : readings).flatMap((one) => one.evidence ?? []);
  useEffect(() => { const first = box.current?.querySelector<HTMLElement>(".r.on"); if (first) box.current!.scrollTop = first.offsetTop - box.current!.clientHeight / 3; else if (box.current && !marks.length) { const own = box.current.querySelector<HTMLElement>(".r.own"); if (own) box.current.scrollTop = Math.max(0, own.offsetTop - 60); } }, [data, lead, readings.length, marks[0]?.start]);
  return (
    <div class="pane">
      <header><a href={`/events/${telling.event_id}`}><b><bdi>{telling.outlet ?? telling.doc_id}</bdi></b></a> <small>{telling.published ? day(telling.published) : ""}</small></header>
      <div class="pane-text text" ref={box} tabIndex={0} role="region" aria-label={`Text of ${telling.doc_id}`}>
        {data ? data.blocks.filter((block) => block.kind !== "furniture").map((block, at) => <p key={at} class={block.kind} dir="auto">{block.runs.map((run) => {
          const end = run.s + Array.from(run.t).length, on = marks.some((one) => one.start < end && one.end > run.s);
          const own = run.v?.some((value) => value.startsWith(telling.event_id));
          return <span key={run.s} class={`r ${on ? "on" : own ? "own" : ""}`}>{run.t}</span>;
        })}</p>) : "…"}
        {data && marks.length > 0 && !wordsBetween(data.blocks, marks[0]!.start, marks[0]!.end) && null}
      </div>
      {!readings.length && lead === null ? null : !marks.length && <p class="none">does not say</p>}
    </div>
  );
}

// ---- merging --------------------------------------------------------------------------------------------------------

function Tellings({ incident, act }: { incident: Incident; act: (body: Record<string, unknown>, words: string) => Promise<void> }) {
  const all = incident.tellings.map((one) => one.event_id);
  return (
    <section aria-label="Tellings"><h3>Told by</h3>
      <ul class="tellings">{incident.tellings.map((telling) => (
        <li key={telling.event_id}><StateMark state={verdictOf(incident.reviews[telling.event_id])} /><span><a href={`/events/${telling.event_id}`}><bdi>{telling.doc_id}.{telling.name}</bdi></a> {telling.title}<q dir="auto">{telling.quote}</q></span>
          <button class="split" onClick={() => void act({ verdict: "different", events: [telling.event_id], others: all.filter((id) => id !== telling.event_id) }, "split off: another incident")}><Icon name="split" size={14} />another incident</button></li>))}</ul></section>
  );
}
export function Contributions({ link }: { link: Link }) {
  const most = Math.max(2, ...(link.contributions ?? []).map((one) => Math.abs(one.weight)));
  return <ul class="contributions">{(link.contributions ?? []).map((one, at) => (
    <li key={at} class={one.weight > 0 ? "for" : one.weight < 0 ? "against" : "null"}><span>{one.field}</span><span class="weight" title={`${one.weight > 0 ? "+" : ""}${one.weight} (log-odds)`}><i style={one.weight >= 0 ? { left: "50%", width: `${(50 * one.weight) / most}%` } : { right: "50%", width: `${(-50 * one.weight) / most}%` }} /></span><span class="words">{one.words.replace(/^[^:]+: /, "")}</span></li>))}</ul>;
}
function Reasons({ incident, act }: { incident: Incident; act: (body: Record<string, unknown>, words: string) => Promise<void> }) {
  const name = (id: string) => { const found = incident.tellings.find((one) => one.event_id === id); return found ? `${found.doc_id}.${found.name}` : id.slice(0, 8); };
  const links = incident.links ?? [], near = incident.near ?? [];
  if (!links.length && !near.length) return null;
  return (
    <section aria-label="Why these are one incident">
      <h3>Why these are one incident, and others are not</h3>
      <div class="links">
        {links.map((link, at) => <details key={`l${at}`} open={links.length < 3}><summary><Icon name="link" size={14} /><b><bdi>{name(link.a)}</bdi> = <bdi>{name(link.b)}</bdi></b> <span class="p">{Math.round(link.score * 100)} %</span> <small>{link.decision}</small></summary><Contributions link={link} />
          <p class="same-different"><button onClick={() => void act({ verdict: "same", events: [link.a], others: [link.b] }, "same incident")}>same</button><button onClick={() => void act({ verdict: "different", events: [link.a], others: [link.b] }, "different incidents")}>different</button><button onClick={() => void act({ verdict: "unsure", events: [link.a], others: [link.b] }, "unsure")}>unsure</button></p></details>)}
        {near.map((link, at) => <details key={`n${at}`}><summary><Icon name="split" size={14} /><span>not merged with <b>{link.other ? <a href={`/incidents/${link.other}`}><bdi>{link.other_title ?? link.other}</bdi></a> : name(link.b)}</b></span> <span class="p">{Math.round(link.score * 100)} %</span> <small>{link.decision}</small></summary><Contributions link={link} />
          <p class="same-different"><button onClick={() => void act({ verdict: "same", events: incident.tellings.map((one) => one.event_id), others: [incident.tellings.some((one) => one.event_id === link.b) ? link.a : link.b] }, "same incident")}>same</button><button onClick={() => void act({ verdict: "different", events: [link.a], others: [link.b] }, "different incidents")}>different</button><button onClick={() => void act({ verdict: "unsure", events: [link.a], others: [link.b] }, "unsure")}>unsure</button></p></details>)}
      </div>
    </section>
  );
}

// ---- who decided what ------------------------------------------------------------------------------------------------

/** Every decision on this incident and its events, also those on pairs with others (same, different) and those taken back. */
function History({ entries }: { entries: Decided[] }) {
  if (!entries.length) return null;
  return (
    <section aria-label="History"><h3>What people decided <span class="hint">{entries.length}, newest first</span></h3>
      <ol class="log history">{entries.map((one) => (
        <li key={one.id} class={`${one.verdict} ${one.back ? "back" : ""}`}>
          <time dateTime={one.made} title={one.made}>{ago(one.made)}</time><span class={`mark ${one.verdict}`}><Icon name={one.verdict} size={14} /></span>
          <span><b>{one.user}</b> {VERDICTS[one.verdict]}{one.field && ` ${fieldWords(one.field)}`}{one.item != null && typeof one.item === "object" && !("added" in one.item) && <> <bdi>{valueWords(one.field, one.item)}</bdi></>}{one.verdict === "correct" && <> → <b><bdi>{one.value == null ? "no such value" : valueWords(one.field, one.value)}</bdi></b></>}
            {one.right.length > 0 && <>: <bdi>{one.left.join(", ")}</bdi> {one.verdict === "different" ? "is not" : one.verdict === "same" ? "is" : "and"} <bdi>{one.right.join(", ")}</bdi></>}{one.reason && <q dir="auto">{one.reason}</q>}{one.back && <em> · taken back</em>}{one.flag && <em> · {one.flag}</em>}</span>
          <span class="of">{one.right.length ? "" : <bdi>{one.left.length > 3 ? `${one.left.length} events` : one.left.join(", ")}</bdi>}</span></li>))}</ol></section>
  );
}

// ---- in other data sets ---------------------------------------------------------------------------------------------

const SHOWN: Record<string, string[]> = {
  acled: ["event_date", "time_precision", "event_type", "sub_event_type", "actor1", "inter1", "actor2", "inter2", "country", "admin1", "location", "latitude", "longitude", "geo_precision", "source", "source_scale", "fatalities", "notes"],
  ucdp: ["date_start", "date_end", "date_prec", "type_of_violence", "side_a", "side_b", "dyad_name", "where_coordinates", "where_prec", "adm_1", "country", "latitude", "longitude", "number_of_sources", "deaths_civilians", "best", "high", "low", "event_clarity"],
};
function Elsewhere({ incident }: { incident: Incident }) {
  const [set, setSet] = useState<"acled" | "ucdp">("acled");
  const [at, setAt] = useState(0);
  const one = incident.others[Math.min(at, incident.others.length - 1)];
  if (!one) return null;
  const shape = one[set];
  return (
    <section aria-label="In other data sets">
      <h3>How this would look in other data sets</h3>
      <div class="elsewhere-head"><div class="state-tabs" role="group">{(["acled", "ucdp"] as const).map((name) => <button key={name} aria-pressed={set === name} onClick={() => setSet(name)}>{name.toUpperCase()}-shaped</button>)}</div>
        {incident.others.length > 1 && <select aria-label="telling" value={at} onChange={(e) => setAt(Number(e.currentTarget.value))}>{incident.others.map((other, index) => <option key={other.event_id} value={index}>as {other.doc_id} tells it</option>)}</select>}</div>
      {shape.row ? <dl class="elsewhere">{SHOWN[set]!.filter((name) => shape.row![name] !== undefined && shape.row![name] !== "").map((name) => <><dt>{name}</dt><dd><bdi>{String(shape.row![name])}</bdi></dd></>)}</dl>
        : <p class="missing-there"><Icon name="silent" /> <span><b>It would not be there.</b> {shape.left_out}: {shape.reason}</span></p>}
      <p class="hint">A row of the shape and by the rules of that codebook; this is not data of {set.toUpperCase()}.</p>
    </section>
  );
}

// ---- the merge desk -------------------------------------------------------------------------------------------------

interface Pair extends Link { incident: string | null; sides: Row[] }
export function MergeDesk() {
  const [data, again] = useData<{ made: Pair[]; apart: Pair[] }>("/merge.json");
  const [tab, setTab] = useState<"apart" | "made">("made");
  const [at, setAt] = useState(0);
  const [decided, setDecided] = useState<Record<string, string>>({});
  const pairs = data?.[tab] ?? [];
  const pair = pairs[Math.min(at, pairs.length - 1)];
  useEffect(() => setAt(0), [tab]);
  const decide = async (verdict: "same" | "different" | "unsure") => {
    if (!pair) return;
    if (await judge({ verdict, events: [pair.a], others: [pair.b] }, `${verdict === "same" ? "one incident" : verdict === "different" ? "two incidents" : "unsure"}`)) {
      setDecided((old) => ({ ...old, [`${pair.a}${pair.b}`]: verdict }));
      setAt((n) => Math.min(n + 1, pairs.length - 1));
    }
  };
  useKeys({
    s: () => decide("same"), d: () => decide("different"), u: () => decide("unsure"), j: () => setAt((n) => Math.min(n + 1, pairs.length - 1)), k: () => setAt((n) => Math.max(0, n - 1)),
    z: () => unmake("undo").then((made) => { const ids = made?.events.join(""); if (!ids) return; setDecided((old) => { const next = { ...old }; delete next[ids]; return next; }); setAt((n) => Math.max(0, n - 1)); }),
  }, data !== null);
  return (
    <main class="page desk" id="main">
      <header class="page-head"><h1>Merge desk</h1><p class="sentence">{tab === "made" ? "pairs that were put together, least likely first" : "pairs that were kept apart, likeliest first"}</p>
        <div class="state-tabs" role="group"><button aria-pressed={tab === "made"} onClick={() => setTab("made")}>merged {data && <small>{data.made.length}</small>}</button><button aria-pressed={tab === "apart"} onClick={() => setTab("apart")}>kept apart {data && <small>{data.apart.length}</small>}</button></div>
        <button class="quiet" onClick={() => { setDecided({}); again(); }}>look again</button></header>
      {!data ? <p class="loading">Looking for doubtful pairs …</p> : !pair ? <p class="empty">No pairs of this kind.</p> : <>
        <p class="desk-at">{Math.min(at, pairs.length - 1) + 1} of {pairs.length} · machine: <b>{pair.decision}</b>, {Math.round(pair.score * 100)} % that they are one incident {decided[`${pair.a}${pair.b}`] && <span class="chip accept">you: {decided[`${pair.a}${pair.b}`]}</span>}</p>
        <div class="pair">{pair.sides.map((side) => <Side key={side.id} row={side} other={pair.sides.find((one) => one !== side)!} />)}</div>
        <h3>What speaks for and against</h3>
        <Contributions link={pair} />
        <div class="verbs desk-verbs"><button class="accept" onClick={() => void decide("same")}><Icon name="link" />Same incident<kbd>s</kbd></button><button class="reject" onClick={() => void decide("different")}><Icon name="split" />Different<kbd>d</kbd></button><button class="unsure" onClick={() => void decide("unsure")}><Icon name="unsure" />Unsure<kbd>u</kbd></button>
          <span class="steps"><button aria-label="last pair (k)" onClick={() => setAt((n) => Math.max(0, n - 1))}><Icon name="last" /></button><button aria-label="next pair (j)" onClick={() => setAt((n) => Math.min(n + 1, pairs.length - 1))}><Icon name="next" /></button></span></div>
      </>}
    </main>
  );
}
function Side({ row, other }: { row: Row; other: Row }) {
  const [data, setData] = useState<ReportData | null>(null);
  useEffect(() => { loadReport(row.report).then(setData, () => {}); }, [row.report]);
  const event = data?.events.find((one) => one.id === row.id);
  const facts: [string, string, string][] = [["what", row.sub_type, other.sub_type], ["when", row.days, other.days], ["where", row.place ?? "not told", other.place ?? "not told"], ["who", row.actors || "not told", other.actors || "not told"], ["to whom", row.targets || "not told", other.targets || "not told"], ["killed", row.killed || "not told", other.killed || "not told"]];
  const block = data?.blocks.find((one) => one.kind !== "headline" && one.runs.some((run) => run.v?.some((value) => value.startsWith(row.id)))) ?? data?.blocks.find((one) => one.runs.some((run) => run.v?.some((value) => value.startsWith(row.id))));
  return (
    <article class="side-card">
      <header><a href={`/events/${row.id}`}><bdi>{row.outlet ?? row.doc_id}</bdi></a> <small>{row.published ? day(row.published) : ""} · {row.doc_id}.{row.name}</small></header>
      <h2 dir="auto">{row.headline}</h2>
      {block && <p class="text" dir="auto">{block.runs.map((run) => <span key={run.s} class={`r ${run.v?.some((value) => value.startsWith(row.id)) ? "own" : ""}`}>{run.t}</span>)}</p>}
      <dl>{facts.map(([name, mine, theirs]) => <><dt>{name}</dt><dd class={mine === theirs ? "same" : mine === "not told" || theirs === "not told" ? "silent" : "differ"}><bdi>{mine}</bdi>{mine === theirs ? <span class="m k-agree"><Icon name="accept" size={12} />same</span> : mine === "not told" ? "" : theirs === "not told" ? "" : <span class="m k-differ"><Icon name="differ" size={12} />differs</span>}</dd></>)}</dl>
      {event && event.score !== null && <small>score {event.score.toFixed(2)}</small>}
    </article>
  );
}
