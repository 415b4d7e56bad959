// Correcting a value: a small form beside the value, with the words that prove it.
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "./store";
import { findWords } from "./reader";
import type { Block, Evidence, Place, Project } from "./types";
import { KINDS, MEASURES, PRECISIONS, RADII, STANCES, STATUSES, WEAPONS, fieldWords, valueWords } from "./words";

type Fields = Record<string, any>;
export interface Draft { field: string; item: unknown; key: string; value: unknown; evidence: Evidence[]; candidates?: Place[]; fresh?: boolean }
interface Props { draft: Draft; project: Project; blocks: Block[]; onSave: (value: unknown, reason: string) => void; onCancel: () => void }

export function Editor({ draft, project, blocks, onSave, onCancel }: Props) {
  const form = useRef<HTMLFormElement>(null);
  const [value, setValue] = useState<any>(draft.value);
  const [reason, setReason] = useState("");
  const [quote, setQuote] = useState(draft.evidence[0]?.quote ?? "");
  const [evidence, setEvidence] = useState<Evidence[]>(draft.evidence);
  useEffect(() => {
    setEvidence(draft.evidence);
    setQuote(draft.evidence[0]?.quote ?? "");
  }, [draft.evidence]);
  useEffect(() => { form.current?.querySelector<HTMLElement>("input, select")?.focus(); form.current?.scrollIntoView({ block: "nearest" }); }, []);
  const onQuote = (words: string) => {
    setQuote(words);
    const found = findWords(blocks, words, draft.evidence[0]?.start ?? 0);
    setEvidence(found ? [found] : []);
  };
  const lost = quote.trim() !== "" && !evidence.length;
  const patch = (part: Fields) => setValue({ ...(value ?? {}), ...part });
  const save = (event: Event) => {
    event.preventDefault();
    if (lost) return;
    const plain = typeof value === "object" && value !== null;
    onSave(plain ? { ...value, ...(evidence.length ? { evidence: evidence.map(({ start, end, quote }) => ({ start, end, quote })) } : {}) } : value, reason);
  };
  const keys = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Escape") onCancel();
  };
  return (
    <form class="editor" ref={form} onSubmit={save} onKeyDown={keys} aria-label={`Correct ${fieldWords(draft.field)}`}>
      <Inputs field={draft.field} value={value} set={setValue} patch={patch} project={project} draft={draft} />
      {draft.field !== "foreground" && draft.field !== "status" && (
        <label class="wide">words <input value={quote} dir="auto" placeholder="mark words in the text, or write them here" aria-invalid={lost} onInput={(e) => onQuote(e.currentTarget.value)} />
          {lost && <span class="wrong" role="alert">not in this report</span>}</label>
      )}
      <label class="wide">why <input value={reason} placeholder="a note for colleagues (optional)" onInput={(e) => setReason(e.currentTarget.value)} /></label>
      <div class="buttons">
        <button class="primary" disabled={lost}>Save <kbd>Enter</kbd></button>
        <button type="button" onClick={onCancel}>Cancel <kbd>Esc</kbd></button>
      </div>
    </form>
  );
}

interface InputsProps { field: string; value: any; set: (value: unknown) => void; patch: (part: Fields) => void; project: Project; draft: Draft }
function Inputs({ field, value, set, patch, project, draft }: InputsProps) {
  const whole = (text: string) => (text.trim() === "" ? null : Math.max(0, Math.round(Number(text.replace(/[\s,]/g, "")) || 0)));
  switch (field) {
    case "type":
    case "event":
      return <label class="wide">type <TypeSelect value={field === "event" ? `${value?.type}/${value?.sub_type}` : value} types={project.types}
        set={(told) => {
          if (field === "type") return set(told);
          const at = Object.entries(project.types).find(([type, subs]) => subs.some((sub) => `${type}/${sub}` === told));
          patch({ type: at?.[0], sub_type: told.slice((at?.[0].length ?? 0) + 1) });
        }} /></label>;
    case "status":
      return <label class="wide">status <Select value={value} options={STATUSES} set={set} /></label>;
    case "foreground":
      return <label class="wide">standing <select value={value ? "news" : "background"} onChange={(e) => set(e.currentTarget.value === "news")}><option value="news">this report's news</option><option value="background">background</option></select></label>;
    case "when":
      return <>
        <label>from <input type="date" value={value?.earliest ?? ""} onInput={(e) => patch({ earliest: e.currentTarget.value || null, ...(value?.earliest === value?.latest || !value?.latest ? { latest: e.currentTarget.value || null } : {}) })} /></label>
        <label>to <input type="date" value={value?.latest ?? ""} min={value?.earliest ?? undefined} onInput={(e) => patch({ latest: e.currentTarget.value || null })} /></label>
        <label>precision <Select value={value?.precision ?? "day"} options={["day", "week", "month", "year"]} set={(precision) => patch({ precision })} /></label>
      </>;
    case "where":
      return <PlaceInput value={value} patch={patch} set={set} candidates={draft.candidates ?? []} />;
    case "actors":
    case "targets":
      return <>
        <label class="wide">name <NameInput value={value?.name ?? ""} set={(name, found) => patch({ name, ...(found ? { kind: found.kind, country: found.country } : {}) })} /></label>
        <label>kind <Select value={value?.kind ?? "unknown"} options={KINDS} set={(kind) => patch({ kind })} /></label>
        <label>country <input size={4} maxLength={3} value={value?.country ?? ""} onInput={(e) => patch({ country: e.currentTarget.value.toUpperCase() || null })} /></label>
      </>;
    case "weapons":
      return <>
        <label>kind <Select value={value?.kind ?? "other"} options={WEAPONS} set={(kind) => patch({ kind })} /></label>
        <label>delivery <Select value={value?.delivery ?? ""} options={["", "suicide", "remote", "thrown", "placed", "aerial", "direct fire", "indirect fire"]} set={(delivery) => patch({ delivery: delivery || null })} /></label>
        <label>how many <input size={4} inputMode="numeric" value={value?.devices ?? ""} onInput={(e) => patch({ devices: whole(e.currentTarget.value) })} /></label>
      </>;
    case "figures":
      return <>
        <label>at least <input size={6} inputMode="numeric" value={value?.low ?? ""} onInput={(e) => patch({ low: whole(e.currentTarget.value) })} /></label>
        <label>at most <input size={6} inputMode="numeric" value={value?.high ?? ""} placeholder="open" onInput={(e) => patch({ high: whole(e.currentTarget.value) })} /></label>
        <label>measure <Select value={value?.measure ?? "killed"} options={MEASURES} set={(measure) => patch({ measure })} /></label>
        <label>of whom <input size={12} value={value?.group ?? ""} placeholder="people" onInput={(e) => patch({ group: e.currentTarget.value })} /></label>
      </>;
    case "sources":
      return <>
        <label class="wide">source <input value={value?.name ?? ""} dir="auto" onInput={(e) => patch({ name: e.currentTarget.value })} /></label>
        <label>stance <select value={value?.stance ?? "affirms"} onChange={(e) => patch({ stance: e.currentTarget.value })}>{Object.entries(STANCES).map(([stance, words]) => <option key={stance} value={stance}>{words}</option>)}</select></label>
      </>;
    default:
      return <label class="wide">value <input value={valueWords(field, value)} onInput={(e) => set(e.currentTarget.value)} /></label>;
  }
}

function Select({ value, options, set }: { value: string; options: string[]; set: (value: string) => void }) {
  return <select value={value} onChange={(e) => set(e.currentTarget.value)}>{options.map((name) => <option key={name} value={name}>{name || "not told"}</option>)}</select>;
}
function TypeSelect({ value, types, set }: { value: string; types: Record<string, string[]>; set: (value: string) => void }) {
  return (
    <select value={value} onChange={(e) => set(e.currentTarget.value)}>
      {Object.entries(types).map(([type, subs]) => <optgroup key={type} label={type}>{subs.map((sub) => <option key={sub} value={`${type}/${sub}`}>{sub}</option>)}</optgroup>)}
    </select>
  );
}

function useSearch<T>(address: string, words: string): T[] {
  const [found, setFound] = useState<T[]>([]);
  useEffect(() => {
    if (words.trim().length < 2) return setFound([]);
    const stop = new AbortController();
    const wait = setTimeout(() => get<{ rows: T[] }>(`${address}?q=${encodeURIComponent(words)}`, stop.signal).then((told) => setFound(told.rows), () => {}), 120);
    return () => {
      clearTimeout(wait);
      stop.abort();
    };
  }, [address, words]);
  return found;
}

/** A place by another name: of the old one only country, precision and evidence stay. Its coordinates are not those of the new. */
export function unplaced(place: unknown, name: string): unknown {
  const { country, precision, radius_km, evidence } = (place ?? {}) as Fields;
  return { name, country, precision, radius_km, evidence };
}

function PlaceInput({ value, patch, set, candidates }: { value: any; patch: (part: Fields) => void; set: (value: unknown) => void; candidates: Place[] }) {
  const [words, setWords] = useState<string>(value?.lat == null ? value?.name ?? "" : "");
  const found = useSearch<Place>("/api/places", words);
  const offered = words.trim().length > 1 ? found : candidates;
  const same = (place: Place) => place.lat === value?.lat && place.lon === value?.lon && place.precision === value?.precision && place.geonameid === value?.geonameid;
  return <>
    <label class="wide">place <input value={value?.name ?? ""} dir="auto" autoComplete="off" onInput={(e) => { set(unplaced(value, e.currentTarget.value)); setWords(e.currentTarget.value); }} /></label>
    {offered.length > 0 && (
      <ul class="candidates" aria-label={words ? "places of this name" : "places these words may mean"}>
        {offered.slice(0, 8).map((place) => (
          <li key={`${place.geonameid}${place.lat}${place.lon}${place.precision}`}>
            <button type="button" aria-pressed={same(place)} onClick={() => { const { words: _w, near: _n, score: _s, ...plain } = place; set({ ...plain, evidence: value?.evidence }); }}>
              <bdi>{place.words ?? place.name}</bdi>{place.admin1 && <span> · {place.admin1}</span>} <small>{place.near}</small>
            </button>
          </li>
        ))}
      </ul>
    )}
    {value?.name && value.lat == null && <p class="hint wide" role="status">Without coordinates: choose a place of this name, or write them.</p>}
    <label>precision <Select value={value?.precision ?? "town"} options={PRECISIONS} set={(precision) => patch({ precision, radius_km: RADII[precision] })} /></label>
    <label>± km <input size={4} inputMode="decimal" value={value?.radius_km ?? ""} onInput={(e) => patch({ radius_km: Number(e.currentTarget.value) || undefined })} /></label>
    <label>latitude <input size={8} inputMode="decimal" value={value?.lat ?? ""} onInput={(e) => patch({ lat: e.currentTarget.value === "" ? undefined : Number(e.currentTarget.value) })} /></label>
    <label>longitude <input size={8} inputMode="decimal" value={value?.lon ?? ""} onInput={(e) => patch({ lon: e.currentTarget.value === "" ? undefined : Number(e.currentTarget.value) })} /></label>
    <label>country <input size={4} maxLength={3} value={value?.country ?? ""} onInput={(e) => patch({ country: e.currentTarget.value.toUpperCase() || undefined })} /></label>
  </>;
}

interface ActorFound { name: string; kind: string; country: string | null }
function NameInput({ value, set }: { value: string; set: (name: string, found?: ActorFound) => void }) {
  const [words, setWords] = useState("");
  const found = useSearch<ActorFound>("/api/actors", words);
  return <>
    <input value={value} dir="auto" autoComplete="off" onInput={(e) => { set(e.currentTarget.value); setWords(e.currentTarget.value); }} />
    {found.length > 0 && <span class="offers">{found.slice(0, 5).map((actor) => <button type="button" key={actor.name} onClick={() => { set(actor.name, actor); setWords(""); }}>{actor.name}</button>)}</span>}
  </>;
}
