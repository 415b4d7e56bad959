// Actors, places, sources: how often each is coded, what the registry knows, and one correction for all the same mentions.
import { useEffect, useMemo, useState } from "preact/hooks";
import { Icon } from "./icons";
import { useData } from "./lists";
import { SearchBox } from "./queue";
import { go } from "./router";
import { get, toast, useJudgements } from "./store";
import type { Place, Row } from "./types";
import { judge, say } from "./verbs";
import { KINDS, STANCES, number } from "./words";
import { VirtualList } from "./virtual";

type Kind = "actors" | "places" | "sources";
interface Name { name: string; kind?: string; country?: string | null; item?: Record<string, unknown>; as_actor?: number; as_target?: number; reports: number; events?: number; registry?: string | null; registry_kind?: string; aliases?: string[]; backers?: string[]; basis?: string; since?: string; until?: string; others?: number; precision?: string; latitude?: number; longitude?: number; near?: string; geonameid?: number; side?: string | null; reliability?: string | null; own_aliases?: string[]; told_by?: string[]; affirms?: number; claims?: number; denies?: number; doubts?: number; silent?: number }
interface Outlet { outlet: string; reports: number; events: number; first: string | null; last: string | null; reliability: string | null }
interface Same { total: number; rows: Row[]; actors?: string[]; targets?: string[] }
const SAME = { actors: ["name", "kind", "country"], places: ["name", "country", "precision", "latitude", "longitude"] } as const;
const TITLES: Record<Kind, [string, string]> = { actors: ["Actors", "that are coded as doing or suffering something"], places: ["Places", "as the gazetteer placed them"], sources: ["Sources", "that are quoted; outlets below"] };
const LETTERS: [string, string][] = [["A", "reliable"], ["B", "usually reliable"], ["C", "fairly reliable"], ["D", "not usually reliable"], ["E", "unreliable"], ["F", "cannot be judged"]];

export default function NamesView({ kind, params }: { kind: Kind; params: URLSearchParams }) {
  const [data, again] = useData<{ total: number; rows: Name[]; outlets?: Outlet[] }>(`/${kind}.json`);
  const words = (params.get("q") ?? "").toLowerCase();
  const rows = useMemo(() => (data?.rows ?? []).filter((row) => !words || `${row.name} ${(row.own_aliases ?? []).join(" ")} ${row.kind ?? ""} ${row.country ?? ""}`.toLowerCase().includes(words)), [data, words]);
  useJudgements((made) => { if (made.some((one) => one.subject.startsWith("name:"))) again(); }, []);
  const at = params.get("at") ?? "";
  const key = (row: Name) => [row.name, row.kind, row.country, row.latitude, row.precision].filter((part) => part != null).join("|");
  const chosen = (at ? data?.rows.find((row) => key(row) === at) : matchMedia("(min-width: 900px)").matches ? rows[0] : null) ?? null;
  const choose = (row: Name) => { const next = new URLSearchParams(params); next.set("at", key(row)); go(`/${kind}?${next}`, { replace: true }); };
  const cells = (row: Name) => kind === "actors" ? [row.kind, row.country ?? "", row.as_actor || "", row.as_target || "", row.registry ? "✓" : ""] : kind === "places" ? [row.precision, row.country ?? "", row.near?.split(", ").at(-1), row.events] : [...(Object.keys(STANCES) as (keyof Name)[]).map((stance) => (row[stance] as number) || ""), row.side && row.side !== "unknown" ? row.side : "", row.reliability ?? ""];
  const heads = kind === "actors" ? ["kind", "country", "did", "suffered", "listed"] : kind === "places" ? ["precision", "country", "radius", "events"] : ["reports", "claims", "denies", "doubts", "silent", "side", "letter"];
  return (
    <main class={`page wide names ${kind}`} id="main">
      <header class="page-head"><h1>{TITLES[kind][0]}</h1><p class="sentence">{data ? `${number(rows.length)} ${TITLES[kind][1]}` : "…"}</p>
        <div class="state-tabs">{(["actors", "places", "sources"] as Kind[]).map((one) => <a key={one} class="tab" aria-current={one === kind ? "page" : undefined} href={`/${one}`}>{one}</a>)}</div>
        <span class="searching"><Icon name="search" /><SearchBox label={`Search ${kind}`} hint="name, kind, country" value={params.get("q") ?? ""} set={(told) => go(`/${kind}${told ? `?q=${encodeURIComponent(told)}` : ""}`, { replace: true })} /></span>
        <span class="as">as <a href={`/${kind}.json`}>JSON</a> <a href={`/${kind}.csv`} download={`${kind}.csv`}>CSV</a>{kind !== "places" && <> · <a href={`/${kind}/own.tsv`} download={`my-${kind}.tsv`} title={`what you said of names, for: dateline code --${kind} FILE`}>your table</a></>}</span></header>
      <div class="names-body">
        <div class="names-list">
          <div class={`grid-head ${kind}-grid`} aria-hidden="true"><span>name</span>{heads.map((head) => <span key={head} class={/did|suff|events|report|claim|deni|doubt|silent/.test(head) ? "n" : ""}>{head}</span>)}</div>
          <VirtualList count={rows.length} height={38} label={TITLES[kind][0]} class="virtual-grid" render={(index) => {
            const row = rows[index]!;
            return <div key={key(row)} role="listitem"><button class={`grid-row ${kind}-grid ${row === chosen ? "on" : ""}`} aria-pressed={row === chosen} style={{ height: "38px" }} onClick={() => choose(row)}><span><bdi>{row.name}</bdi>{(row.own_aliases?.length ?? 0) > 0 && <small> = <bdi>{row.own_aliases!.join(", ")}</bdi></small>}</span>{cells(row).map((cell, i) => <span key={i} class={typeof cell === "number" ? "n" : ""}>{cell}</span>)}</button></div>;
          }} />
          {kind === "sources" && data?.outlets && data.outlets.length > 0 && <details class="outlets"><summary>{data.outlets.length} outlet{data.outlets.length === 1 ? "" : "s"}</summary><table><thead><tr><th>outlet</th><th class="n">reports</th><th class="n">events</th><th>from</th><th>to</th><th>reliability</th></tr></thead><tbody>{data.outlets.slice(0, 200).map((one) => <tr key={one.outlet}><td><a href={`/queue?outlet=${encodeURIComponent(one.outlet)}`}><bdi>{one.outlet}</bdi></a></td><td class="n">{one.reports}</td><td class="n">{one.events}</td><td>{one.first}</td><td>{one.last}</td><td><Letter name={one.outlet} letter={one.reliability} /></td></tr>)}</tbody></table></details>}
        </div>
        <aside class="names-side" aria-label="The chosen one">{chosen ? <Detail key={key(chosen)} kind={kind} row={chosen} all={data?.rows ?? []} toward={params.get("to")} link={(row, to) => `/${kind}?at=${encodeURIComponent(key(row))}&to=${encodeURIComponent(to)}`} /> : <p class="empty">Choose a name to see its events, what the registry knows, and to correct all the same mentions at once.</p>}</aside>
      </div>
    </main>
  );
}

/** The letter of the Admiralty code that a person gives a source; dateline never guesses it. */
function Letter({ name, letter }: { name: string; letter: string | null | undefined }) {
  const set = (told: string) => void say({ kind: "sources", name, field: "reliability", value: told || null }, told ? `${name}: ${told}` : `${name}: no letter`);
  return <select class="letter" aria-label={`reliability of ${name}`} value={letter ?? ""} onChange={(e) => set(e.currentTarget.value)}><option value="">not set</option>{LETTERS.map(([one, words]) => <option key={one} value={one}>{one}: {words}</option>)}</select>;
}

/** A person's own names for an actor or source: with the letter, what `dateline code` reads as a table of one's own. */
function Yours({ kind, row, all, link }: { kind: Kind; row: Name; all: Name[]; link: (row: Name, to: string) => string }) {
  const [words, setWords] = useState("");
  const names = row.own_aliases ?? [];
  const keep = async (value: string[], told: string) => { if (await say({ kind, name: row.name, field: "aliases", value: value.length ? value : null }, told)) setWords(""); };
  return (
    <section class="yours" aria-label="Yours">
      <h3>Yours</h3>
      {kind === "sources" && <p><label>reliability <Letter name={row.name} letter={row.reliability} /></label></p>}
      {names.length > 0 && <ul class="plain-list aliases">{names.map((one) => {
        const coded = all.filter((other) => other.name === one && other !== row), events = coded.reduce((n, other) => n + (other.as_actor ?? 0) + (other.as_target ?? 0), 0);
        return <li key={one}>also <b><bdi>{one}</bdi></b> <button class="quiet" aria-label={`no longer: ${one}`} title="take this name away" onClick={() => void keep(names.filter((other) => other !== one), `no longer: ${one}`)}><Icon name="close" size={12} /></button>
          {kind === "actors" && coded[0] && <> <a href={link(coded[0], row.name)}>coded {events} times under this name: correct</a></>}</li>;
      })}</ul>}
      <form class="add-alias" onSubmit={(event) => { event.preventDefault(); if (words.trim()) void keep([...names, words.trim()], `${row.name}: also ${words.trim()}`); }}>
        <label>another name for it <input value={words} dir="auto" list="names-coded" maxLength={120} onInput={(e) => setWords(e.currentTarget.value)} /></label><button disabled={!words.trim()}>Add</button>
        <datalist id="names-coded">{words.trim().length > 1 && all.filter((other) => other !== row && other.name.toLowerCase().includes(words.trim().toLowerCase())).slice(0, 12).map((other) => <option key={other.name} value={other.name} />)}</datalist>
      </form>
      <p class="note">{(row.told_by?.length ?? 0) > 0 && `Said by ${row.told_by!.join(", ")}. `}Used when you code again with <a href={`/${kind}/own.tsv`} download={`my-${kind}.tsv`}>your table</a>: <code>dateline code --{kind} my-{kind}.tsv</code></p>
    </section>
  );
}

function Detail({ kind, row, all, toward, link }: { kind: Kind; row: Name; all: Name[]; toward: string | null; link: (row: Name, to: string) => string }) {
  const filter = kind === "actors" ? `actor=${encodeURIComponent(row.name)}` : kind === "places" ? `place=${encodeURIComponent(row.name)}` : `source=${encodeURIComponent(row.name)}`;
  const asked = kind === "sources" ? `/queue.json?${filter}&limit=60&sort=day` : `/${kind}/same.json?${new URLSearchParams(SAME[kind].map((name) => [name, String(row[name] ?? "")]))}`;
  const [data, again] = useData<Same>(asked);
  const events = data?.rows ?? [];
  return (
    <>
      <h2 dir="auto">{row.name}</h2>
      <p class="chips">{row.kind && <span class="chip">{row.kind}</span>}{row.country && <span class="chip">{row.country}</span>}{row.precision && <span class="chip">{row.near}</span>}{row.side && row.side !== "unknown" && <span class="chip">{row.side}</span>}</p>
      {kind !== "places" && <dl class="about">{row.registry ? <><dt>registry</dt><dd>{row.registry}{row.registry_kind ? ` · ${row.registry_kind}` : ""}{row.others ? ` (and ${row.others} more of this name)` : ""}</dd>{(row.since || row.until) && <><dt>dates</dt><dd>{row.since ?? ""} – {row.until ?? ""}</dd></>}{row.aliases && row.aliases.length > 0 && <><dt>also</dt><dd><bdi>{row.aliases.join(" · ")}</bdi></dd></>}{row.backers && row.backers.length > 0 && <><dt>backed by</dt><dd>{row.backers.join(", ")}</dd></>}{row.basis && <><dt>basis</dt><dd>{row.basis}</dd></>}</> : <><dt>registry</dt><dd>not listed</dd></>}</dl>}
      {kind === "places" && row.latitude !== undefined && row.latitude !== null && <p class="note">{row.latitude.toFixed(4)}, {row.longitude!.toFixed(4)}{row.geonameid ? ` · GeoNames ${row.geonameid}` : " · not in the gazetteer"}</p>}
      {kind !== "sources" && events.length > 0 && <ApplyAll kind={kind} row={row} same={data!} done={again} toward={toward ? all.find((one) => one.name === toward) ?? null : null} />}
      {kind !== "places" && <Yours kind={kind} row={row} all={all} link={link} />}
      <h3>{data ? `${data.total} event${data.total === 1 ? "" : "s"}` : "…"} <a href={`/queue?${filter}`}>open in the queue</a></h3>
      <ul class="plain-list">{events.slice(0, 60).map((event) => <li key={event.id}><a href={`/events/${event.id}?${filter}`}><b>{event.sub_type}</b></a> <small>{event.days} · <bdi>{event.place}</bdi> · {event.doc_id}</small><br /><span class="quote">“<bdi>{event.words}</bdi>”</span></li>)}</ul>
    </>
  );
}

/** One correction for all the same mentions: what is previewed is what is corrected. */
function ApplyAll({ kind, row, same, done, toward }: { kind: Kind; row: Name; same: Same; done: () => void; toward: Name | null }) {
  const events = same.rows;
  const [open, setOpen] = useState(toward !== null), [words, setWords] = useState(row.name), [found, setFound] = useState<Place[]>([]), [value, setValue] = useState<any>(null), [left, setLeft] = useState<Set<string>>(new Set());
  useEffect(() => {
    if (!open || kind !== "places") return;
    const wait = setTimeout(() => get<{ rows: Place[] }>(`/api/places?q=${encodeURIComponent(words)}`).then((told) => setFound(told.rows), (error) => toast(error.message, "error")), 120);
    return () => clearTimeout(wait);
  }, [open, words]);
  useEffect(() => { if (open && kind === "actors") setValue({ name: (toward ?? row).name, kind: (toward ?? row).kind, country: (toward ?? row).country ?? null }); }, [open]);
  const all = events.filter((event) => !left.has(event.id));
  const apply = async () => {
    if (kind === "places") {
      const { words: _w, near: _n, score: _s, ...place } = value;
      if (!(await judge({ verdict: "correct", events: all.map((one) => one.id), field: "where", value: place, reason: `all of “${row.name}”` }, `placed ${all.length} events anew; one undo takes it back`))) return;
    } else {
      for (const [field, told] of [["actors", same.actors], ["targets", same.targets]] as const) { const ids = (told ?? []).filter((id) => !left.has(id)); if (ids.length && !(await judge({ verdict: "correct", events: ids, field, item: row.item, value, reason: `all of “${row.name}”` }, `corrected ${ids.length} ${field}`))) return; }
    }
    setOpen(false);
    done();
  };
  if (!open) return <button class="apply" onClick={() => setOpen(true)}><Icon name="correct" size={14} />{kind === "places" ? "Another place is meant" : "Correct name or kind"}, in all {number(same.total)} events …</button>;
  return (
    <form class="editor" onSubmit={(event) => { event.preventDefault(); if (value) void apply(); }}>
      {kind === "places" ? <>
        <label class="wide">which place <input value={words} dir="auto" onInput={(e) => setWords(e.currentTarget.value)} /></label>
        <ul class="candidates">{found.map((place) => <li key={`${place.geonameid}${place.lat}${place.precision}`}><button type="button" aria-pressed={value?.geonameid === place.geonameid && value?.precision === place.precision} onClick={() => setValue(place)}><bdi>{place.words ?? place.name}</bdi>{place.admin1 && <span> · {place.admin1}</span>} <small>{place.near}</small></button></li>)}</ul>
      </> : <>
        <label class="wide">name <input value={value?.name ?? ""} dir="auto" onInput={(e) => setValue({ ...value, name: e.currentTarget.value })} /></label>
        <label>kind <select value={value?.kind ?? "unknown"} onChange={(e) => setValue({ ...value, kind: e.currentTarget.value })}>{KINDS.map((name) => <option key={name}>{name}</option>)}</select></label>
        <label>country <input size={4} maxLength={3} value={value?.country ?? ""} onInput={(e) => setValue({ ...value, country: e.currentTarget.value.toUpperCase() || null })} /></label>
      </>}
      <fieldset class="preview"><legend>{number(all.length)} of {number(events.length)} events will be corrected{same.total > events.length && ` (there are ${number(same.total)}: correct again for the others)`}</legend>{events.slice(0, 200).map((event) => <label key={event.id}><input type="checkbox" checked={!left.has(event.id)} onChange={() => { const next = new Set(left); if (!next.delete(event.id)) next.add(event.id); setLeft(next); }} /> <span>{event.sub_type}, {event.days} <small>{event.doc_id}</small></span></label>)}{events.length > 200 && <p class="note">and {number(events.length - 200)} more</p>}</fieldset>
      <div class="buttons"><button class="primary" disabled={!value || !all.length}>Correct {number(all.length)}</button><button type="button" onClick={() => setOpen(false)}>Cancel</button></div>
    </form>
  );
}
