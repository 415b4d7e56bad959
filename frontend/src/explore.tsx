// Map, timeline and table of the same events: what is chosen in one is chosen in all.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { NONE, dayColumn, dayNumber, isoDay, named, type Columns } from "./columns";
import { useData } from "./lists";
import type { EventMap, Group } from "./map";
import { StateMark } from "./panel";
import { SearchBox } from "./queue";
import { filtersOf, go } from "./router";
import { useShared } from "./store";
import { Timeline, type Range } from "./timeline";
import { VirtualList } from "./virtual";
import { amount, day, days as daysOf } from "./words";
import { loadWorld } from "./world";

const FAMILIES: [string, string[]][] = [
  ["Battles", ["Battles"]], ["Explosions", ["Explosions/Remote violence"]], ["Against civilians", ["Violence against civilians"]],
  ["Protests, riots", ["Protests", "Riots"]], ["Displacement", ["Displacement"]], ["Strategic, statements", ["Strategic developments", "Statement"]],
];
const COLOURS = ["var(--who)", "var(--event)", "var(--denied)", "var(--time)", "var(--number)", "var(--source)"];
type Sort = "first" | "sub_type" | "place" | "killed" | "outlet";
type Only = "" | "unlocated" | "undated";

export default function ExploreView({ params }: { params: URLSearchParams }) {
  const { project } = useShared();
  // Days are filtered here, so that brushing asks nobody.
  const served = useMemo(() => { const next = new URLSearchParams(filtersOf(params).slice(1)); ["from", "to", "basis", "sort"].forEach((name) => next.delete(name)); return String(next); }, [params.toString()]);
  const [data] = useData<{ total: number; sentence: string; columns: Columns }>(`/explore.json${served ? `?${served}` : ""}`);
  const basis = params.get("basis") === "report" ? "published" : "first";
  const [range, setRange] = useState<Range | null>(() => (params.get("from") || params.get("to") ? { first: params.get("from") ? dayNumber(params.get("from")!) : -1e6 + 1, last: params.get("to") ? dayNumber(params.get("to")!) : 1e6 } : null));
  const [drawing, setDrawing] = useState(false);
  const [hidden, setHidden] = useState<Set<number>>(new Set());
  const [group, setGroup] = useState<Group | null>(null);
  const [only, setOnly] = useState<Only>("");
  const [within, setWithin] = useState(false);
  const [bounds, setBounds] = useState<[number, number, number, number] | null>(null);
  const [sort, setSort] = useState<[Sort, number]>(["first", -1]);
  const columns = data?.columns ?? null;

  const read = useMemo(() => {
    if (!columns) return null;
    const family = columns.type.names.map((name) => Math.max(0, FAMILIES.findIndex(([, types]) => types.includes(name))));
    return { days: { first: dayColumn(columns.first), published: dayColumn(columns.published) }, last: dayColumn(columns.last), family: (row: number) => family[columns.type.at[row]!]!, ...placesOf(columns) };
  }, [columns]);
  const days = read?.days[basis] ?? null;

  // Two steps: what type, place and map leave (the timeline shows it), and of that what the range leaves (map and table show it).
  const kept = useMemo(() => {
    if (!columns || !read) return new Uint8Array();
    const out = new Uint8Array(columns.id.length);
    const chosen = group ? new Set(group.rows) : null;
    for (let row = 0; row < out.length; row++) {
      if (hidden.has(read.family(row))) continue;
      if (chosen && !chosen.has(row)) continue;
      if (only === "unlocated" && columns.lat[row] !== null) continue;
      if (only === "undated" && read.days[basis][row] !== NONE) continue;
      if (within && bounds && (columns.lat[row] === null || columns.lon[row]! < bounds[0] || columns.lon[row]! > bounds[2] || columns.lat[row]! < bounds[1] || columns.lat[row]! > bounds[3])) continue;
      out[row] = 1;
    }
    return out;
  }, [columns, read, hidden, group, only, within, bounds, basis]);
  // Sorted once for each wish, so that drawing a range only leaves rows out.
  const order = useMemo(() => {
    if (!columns || !days) return new Int32Array();
    const [by, way] = sort, rank = (column: { names: string[]; at: number[] }) => { const place = new Map([...column.names].sort().map((name, at) => [name, at])); const ranks = column.names.map((name) => place.get(name)!); return (row: number) => ranks[column.at[row]!]!; };
    const key = by === "first" ? (row: number) => days[row]! : by === "killed" ? (row: number) => columns.killed_high[row] ?? columns.killed_low[row] ?? -1 : rank(columns[by]);
    const keys = Float64Array.from(days, (_, row) => key(row));
    return Int32Array.from(days.keys()).sort((a, b) => (keys[a]! - keys[b]!) * way || a - b);
  }, [columns, days, sort]);
  const rows = useMemo(() => {
    if (!columns || !read || !days) return [];
    const out: number[] = [];
    for (const row of order) {
      if (!kept[row]) continue;
      const first = days[row]!, last = basis === "first" ? read.last[row]! : first;
      if (range && (first === NONE || last < range.first || first > range.last)) continue;
      out.push(row);
    }
    return out;
  }, [kept, range, order, days]);
  // How many events each place has: the chosen place filters the table, not the map.
  const counts = useMemo(() => {
    const out = new Uint32Array(read?.places.length ?? 0);
    if (!read || !days) return out;
    if (!group) for (const row of rows) { const place = read.placeOf[row]!; if (place >= 0) out[place]!++; }
    else for (let row = 0; row < read.placeOf.length; row++) { const place = read.placeOf[row]!, n = days[row]!; if (place >= 0 && !hidden.has(read.family(row)) && !(range && (n < range.first || n > range.last))) out[place]!++; }
    return out;
  }, [rows, read]);

  const onRange = (next: Range | null, done: boolean) => {
    setRange(next);
    setDrawing(!done);
    if (!done) return;
    const told = new URLSearchParams(params);
    for (const [name, value] of [["from", next?.first], ["to", next?.last]] as const) if (value === undefined) told.delete(name); else told.set(name, isoDay(value));
    go(`/explore?${told}`, { replace: true });
  };
  const set = (name: string, value: string) => { const told = new URLSearchParams(params); if (value) told.set(name, value); else told.delete(name); go(`/explore?${told}`, { replace: true }); };
  const unlocated = columns ? columns.lat.reduce<number>((n, lat) => n + (lat === null ? 1 : 0), 0) : 0;
  const undated = days ? days.reduce((n, one) => n + (one === NONE ? 1 : 0), 0) : 0;
  const colouring = useMemo(() => ({ of: (row: number) => read?.family(row) ?? 0, colours: COLOURS, names: FAMILIES.map(([name]) => name) }), [read]);
  const clear = () => { setHidden(new Set()); setGroup(null); setOnly(""); setWithin(false); setRange(null); go("/explore"); };
  const told = [`${rows.length.toLocaleString("en")} of ${(columns?.id.length ?? 0).toLocaleString("en")} events`,
    range && `${basis === "first" ? "that happened" : "reported"} ${day(isoDay(Math.max(range.first, -700000)))} – ${day(isoDay(Math.min(range.last, 100000)))}`, group && `in ${group.name}`, hidden.size && `of ${FAMILIES.filter((_, at) => !hidden.has(at)).map(([name]) => name.toLowerCase()).join(", ") || "no type"}`,
    only && (only === "unlocated" ? "without a place" : "without a day"), within && "within the map", params.get("q") && `with “${params.get("q")}”`, params.get("country") && `in ${params.getAll("country").join(", ")}`].filter(Boolean).join(" ");
  return (
    <main class="explore" id="main">
      <header class="explore-head">
        <h1 class="sr">Map, timeline and table</h1>
        <SearchBox value={params.get("q") ?? ""} set={(words) => set("q", words)} />
        <label class="inline">country <select value={params.get("country") ?? ""} onChange={(e) => set("country", e.currentTarget.value)}><option value="">all</option>{(columns && !params.get("country") ? [...columns.country.names].filter(Boolean).sort() : params.getAll("country")).map((name) => <option key={name} value={name}>{name}</option>)}</select></label>
        <div class="legend" role="group" aria-label="Types">{FAMILIES.map(([name], at) => (
          <button key={name} aria-pressed={!hidden.has(at)} onClick={() => { const next = new Set(hidden); if (!next.delete(at)) next.add(at); setHidden(next); }}><i style={{ background: COLOURS[at] }} />{name}</button>))}</div>
        <span class="as">as <a href={`/explore.json${served ? `?${served}` : ""}`}>JSON</a> <a href={`/explore.csv${filtersOf(params)}`} download="events.csv">CSV</a></span>
        <p class="sentence" aria-live="polite">{data ? told : "…"}{(range || group || hidden.size > 0 || only || within || served) && <> <button class="quiet" onClick={clear}>clear all</button></>}</p>
      </header>
      <div class="map-box">
        {read && <MapBox counts={counts} drawing={drawing} all={read.places} chosen={group} onChoose={(found) => setGroup(found ? read.places.find((place) => place.key === found.key) ?? null : null)} onBounds={setBounds} />}
        <div class="tray">
          <label><input type="checkbox" checked={within} onChange={(e) => setWithin(e.currentTarget.checked)} /> only what the map shows</label>
          <button aria-pressed={only === "unlocated"} onClick={() => setOnly(only === "unlocated" ? "" : "unlocated")}>not located <b>{unlocated}</b></button>
          <button aria-pressed={only === "undated"} onClick={() => setOnly(only === "undated" ? "" : "undated")}>not dated <b>{undated}</b></button>
        </div>
        <p class="map-key"><span class="k-dot" /> town or finer, with its radius <span class="k-area" /> known by its area only</p>
      </div>
      <section class="table-box" aria-label="Table of the same events">
        <div class="grid-head events-grid">{([["first", basis === "first" ? "day" : "reported"], ["sub_type", "what"], ["place", "where"], ["killed", "killed"]] as [Sort, string][]).map(([name, words]) => (
          <button key={name} class={name === "killed" ? "n" : ""} aria-label={`${words}: sort`} onClick={() => setSort([name, sort[0] === name ? -sort[1] : name === "killed" || name === "first" ? -1 : 1])}>{words}{sort[0] === name ? (sort[1] > 0 ? " ↑" : " ↓") : ""}</button>))}<span class="sr">state</span></div>
        {columns && <VirtualList count={rows.length} height={44} label="Events" class="virtual-grid" render={(index) => {
          const row = rows[index]!;
          return <div key={columns.id[row]} role="listitem"><a class="grid-row events-grid" href={`/events/${columns.id[row]}${served ? `?${served}` : ""}`} style={{ height: "44px" }}>
            <span>{basis === "first" ? daysOf(columns.first[row], columns.last[row]) : columns.published[row] ? day(columns.published[row]) : "unknown"}</span><span title={named(columns.type, row)}>{named(columns.sub_type, row)}</span>
            <span><bdi>{named(columns.place, row) || "not located"}</bdi>{named(columns.precision, row) && named(columns.precision, row) !== "town" && <small> {named(columns.precision, row)}</small>}</span>
            <span class="n">{columns.killed_low[row] === null && columns.killed_high[row] === null ? "" : briefly(columns.killed_low[row], columns.killed_high[row])}</span><span><StateMark state={named(columns.state, row)} /></span></a></div>;
        }} />}
        {columns && !rows.length && <p class="empty">Nothing fits.</p>}
      </section>
      <section class="time-box" aria-label="Timeline">
        <div class="time-head"><span>by day of</span><button aria-pressed={basis === "first"} onClick={() => set("basis", "")}>event</button><button aria-pressed={basis === "published"} onClick={() => set("basis", "report")}>report</button>
          {range && <button class="quiet" onClick={() => onRange(null, true)}>all days</button>}<span class="hint">draw a range, or move its ends with the arrow keys</span></div>
        {days && <Timeline days={days} news={columns!.foreground} shown={(row) => kept[row] === 1} version={kept} groups={colouring} range={range} onRange={onRange} label={basis === "first" ? "Events by day of event" : "Events by day of report"} />}
      </section>
      {project === null && null}
    </main>
  );
}

/** A toll in a narrow column: 30+ is "at least 30". */
const briefly = (low: number | null | undefined, high: number | null | undefined) => (low != null && high == null ? `${low.toLocaleString("en")}+` : amount(low, high));

function placesOf(columns: Columns): { places: Group[]; placeOf: Int32Array } {
  const known = new Map<string, Group>(), placeOf = new Int32Array(columns.id.length).fill(-1);
  for (let row = 0; row < columns.id.length; row++) {
    const lat = columns.lat[row], lon = columns.lon[row];
    if (lat === null || lat === undefined || lon === null || lon === undefined) continue;
    const precision = named(columns.precision, row), key = `${lat} ${lon} ${precision}`;
    let group = known.get(key);
    if (!group) known.set(key, (group = { key: known.size, lat, lon, precision, radius: columns.radius[row] ?? 5, name: named(columns.place, row), rows: [] }));
    group.rows.push(row);
    placeOf[row] = group.key;
  }
  return { places: [...known.values()], placeOf };
}

function MapBox({ counts, drawing, all, chosen, onChoose, onBounds }: { counts: Uint32Array; drawing: boolean; all: Group[]; chosen: Group | null; onChoose: (group: Group | null) => void; onBounds: (bounds: [number, number, number, number]) => void }) {
  const box = useRef<HTMLDivElement>(null), map = useRef<EventMap | null>(null);
  const [failed, setFailed] = useState("");
  const latest = useRef({ all, counts, onChoose, onBounds });
  latest.current = { all, counts, onChoose, onBounds };
  const waiting = useRef(0);
  useEffect(() => {
    let gone = false;
    const watch = new MutationObserver(() => map.current?.recolour());
    Promise.all([import("./map"), loadWorld()]).then(([{ EventMap }, world]) => {
      if (gone) return;
      map.current = new EventMap(box.current!, world, { choose: (group) => latest.current.onChoose(group), moved: (bounds) => latest.current.onBounds(bounds) });
      void map.current.fit(all);
      void map.current.show(latest.current.all, latest.current.counts);
      watch.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    }).catch((error) => setFailed(String(error?.message ?? error)));
    return () => { gone = true; watch.disconnect(); map.current?.remove(); map.current = null; };
  }, []);
  useEffect(() => {
    // The table follows a drawn range at once, the map some times a second; where it is drawn in software, when the range is drawn.
    if (waiting.current || (drawing && (map.current?.slow ?? true))) return;
    waiting.current = setTimeout(() => { waiting.current = 0; void map.current?.show(latest.current.all, latest.current.counts); }, 90) as unknown as number;
  }, [counts, drawing]);
  useEffect(() => void map.current?.mark(chosen), [chosen]);
  useEffect(() => { void map.current?.fit(all); }, [all]);
  return <div class="map" ref={box} role="region" aria-label="Map of events; the table beside it has the same">{failed && <p class="empty">The map needs WebGL, which this browser does not give ({failed}). The table has the same events.</p>}</div>;
}
