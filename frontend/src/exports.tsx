// Export: what would leave this project, row by row, what stays behind and why.
import { useState } from "preact/hooks";
import { Icon } from "./icons";
import { useData } from "./lists";
import { go } from "./router";
import { number } from "./words";

interface Preview { formats: Record<string, string>; profiles: Record<string, string>; columns: string[]; rows: Record<string, unknown>[]; count: number; excluded: Record<string, unknown>[]; rules: [string, number][]; withheld: Record<string, number>; reports: number; all_reports: number; command: string }
const WITHHELD: Record<string, [string, string]> = { private_persons: ["private person is told as a role", "private persons are told as roles"], places_coarsened: ["event is told by district or province, not by place", "events are told by district or province, not by place"], events: ["movement of forces is left out", "movements of forces are left out"] };
const EMBARGOES = ["7d", "14d", "30d", "90d"];

/** What is newer than some days, or of a day and later, stays behind. */
function Embargo({ value, set }: { value: string; set: (value: string) => void }) {
  const [byDay, setByDay] = useState(/^\d{4}-/.test(value));
  const offered = [...new Set([...EMBARGOES, ...(/^\d+d$/.test(value) ? [value] : [])])];
  return <>
    <label class="field">embargo <select value={byDay ? "day" : value} onChange={(e) => { const told = e.currentTarget.value; setByDay(told === "day"); set(told === "day" ? "" : told); }}>
      <option value="">none</option>{offered.map((one) => <option key={one} value={one}>nothing of the last {one.slice(0, -1)} days</option>)}<option value="day">nothing from a day on …</option></select></label>
    {byDay && <label class="field">nothing on or after <input type="date" value={value} onChange={(e) => set(e.currentTarget.value)} /></label>}
  </>;
}

export default function ExportView({ params }: { params: URLSearchParams }) {
  const query = params.toString();
  const [data] = useData<Preview>(`/export.json${query ? `?${query}` : ""}`);
  const set = (name: string, value: string) => { const next = new URLSearchParams(params); if (value) next.set(name, value); else next.delete(name); go(`/export?${next}`, { replace: true }); };
  const choose = (name: string) => { const next = new URLSearchParams(params); if (name === "public") next.delete("profile"); else { next.set("profile", name); next.delete("coarsen"); } go(`/export?${next}`, { replace: true }); };
  const format = params.get("as") ?? "csv", profile = params.get("profile") ?? "public";
  return (
    <main class="page export" id="main">
      <header class="page-head"><h1>Export</h1><p class="sentence">{data ? `${number(data.count)} rows, ${number(data.rules.reduce((n, [, count]) => n + count, 0))} left out${data.reports < data.all_reports ? ` (of the first ${number(data.reports)} of ${number(data.all_reports)} reports)` : ""}` : "Making the preview …"}</p></header>
      <form class="export-form" onSubmit={(event) => event.preventDefault()}>
        <label class="field">format <select value={format} onChange={(e) => set("as", e.currentTarget.value)}>{Object.entries(data?.formats ?? { [format]: format }).map(([name, words]) => <option key={name} value={name}>{name}: {words}</option>)}</select></label>
        <fieldset class="profiles"><legend>profile</legend>{["public", "internal"].map((name) => <label key={name} class={profile === name ? "on" : ""}><input type="radio" name="profile" checked={profile === name} onChange={() => choose(name)} /> <span><b>{name}</b><small>{data?.profiles[name] ?? ""}</small></span></label>)}</fieldset>
        <div class="narrow"><label class="field">events from <input type="date" value={params.get("since") ?? ""} onChange={(e) => set("since", e.currentTarget.value)} /></label>
        <label class="field">to <input type="date" value={params.get("until") ?? ""} onChange={(e) => set("until", e.currentTarget.value)} /></label>
        <label class="field">country <input size={5} maxLength={3} placeholder="SYR" value={params.get("country") ?? ""} onChange={(e) => set("country", e.currentTarget.value.toUpperCase())} /></label>
        <Embargo value={params.get("embargo") ?? ""} set={(value) => set("embargo", value)} />
        <label class="field">places <select value={params.get("coarsen") ?? ""} disabled={profile === "internal"} onChange={(e) => set("coarsen", e.currentTarget.value)}><option value="">as the profile tells them</option><option value="district">all by district</option><option value="province">all by province</option></select></label>
        <label class="check"><input type="checkbox" checked={params.get("reviewed") === "1"} onChange={(e) => set("reviewed", e.currentTarget.checked ? "1" : "")} /> only what a person accepted or corrected</label>
          <a class="primary download" href={`/export/file${query ? `?${query}` : ""}`} download>Download</a></div>
      </form>
      {data && <>
        <p class="command"><code>{data.command}</code></p>
        <div class="redacted">
          <section><h3>Redacted by the profile</h3>{profile === "internal" ? <p class="warn"><Icon name="unsure" /> Nothing: names of private persons and exact places are in the file. Do not publish it.</p> : Object.values(data.withheld).some(Boolean) ? <ul>{Object.entries(data.withheld).filter(([, n]) => n).map(([name, n]) => <li key={name}><b>{n}</b> {WITHHELD[name]?.[n === 1 ? 0 : 1] ?? name}</li>)}</ul> : <p class="note">Nothing needed it in these reports.</p>}</section>
          <section><h3>Left out by the rules of the format, filters and embargo</h3>{data.rules.length ? <ul>{data.rules.map(([rule, n]) => <li key={rule}><b>{n}</b> {rule}: <small>{String(data.excluded.find((one) => one["rule"] === rule)?.["reason"] ?? "")}</small></li>)}</ul> : <p class="note">Nothing.</p>}</section>
        </div>
        <h3>First rows</h3>
        {data.rows.length ? <div class="matrix-box" tabIndex={0} role="region" aria-label="First rows"><table class="rows"><thead><tr>{data.columns.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead><tbody>{data.rows.map((row, at) => <tr key={at}>{data.columns.map((name) => <td key={name}><bdi>{cell(row[name])}</bdi></td>)}</tr>)}</tbody></table></div> : <p class="empty">{data.count ? "This format has no rows to show; download it." : "No rows."}</p>}
        <p class="note">For documentation, research, journalism and humanitarian analysis of past events; not for targeting or tracking, not for findings about the guilt of persons. Absence of records is not absence of violence.</p>
      </>}
    </main>
  );
}
function cell(value: unknown): string {
  if (value === null || value === undefined) return "";
  const words = typeof value === "object" ? JSON.stringify(value) : String(value);
  return words.length > 160 ? `${words.slice(0, 160)}…` : words;
}
