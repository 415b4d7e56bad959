// The page: header, views, keys that hold everywhere.
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import "maplibre-gl/dist/maplibre-gl.css";
import "./app.css";
import { Icon } from "./icons";
import { KeysHelp, press, useKeys } from "./keys";
import { ReviewView } from "./review";
import { catchLinks, go, useAddress } from "./router";
import { USER, changed, follow, get, state, take, toast, useShared } from "./store";
import type { Project } from "./types";
import { unmake } from "./verbs";
import { lazy } from "./lazy";
import { LogView, ReportsView } from "./lists";

const ExploreView = lazy(() => import("./explore").then((found) => found.default));
const IncidentsView = lazy(() => import("./incident").then((found) => found.default));
const MergeDesk = lazy(() => import("./incident").then((found) => found.MergeDesk));
const NamesView = lazy(() => import("./names").then((found) => found.default));
const ExportView = lazy(() => import("./exports").then((found) => found.default));
const VIEWS: [string, string][] = [["/queue", "Queue"], ["/incidents", "Incidents"], ["/merge", "Merge"], ["/explore", "Map"], ["/reports", "Reports"], ["/actors", "Names"], ["/export", "Export"], ["/log", "Log"]];

const PLACES: Record<string, string> = { q: "/queue", i: "/incidents", m: "/explore", r: "/reports", l: "/log", s: "/sources", a: "/actors", p: "/places" };

type Theme = "auto" | "light" | "dark";
function useTheme(): [Theme, () => void] {
  const [theme, setTheme] = useState<Theme>(() => (localStorage.getItem("theme") as Theme) ?? "auto");
  useEffect(() => {
    if (theme === "auto") delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = theme;
    localStorage.setItem("theme", theme);
  }, [theme]);
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  return [dark ? "dark" : "light", () => setTheme(dark ? "light" : "dark")];
}

function Header({ path, onHelp }: { path: string; onHelp: () => void }) {
  const { project, progress, saving, online } = useShared();
  const [theme, flip] = useTheme();
  const here = (view: string) => path === view || path.startsWith(`${view}/`) || (view === "/queue" && path.startsWith("/events/")) || (view === "/actors" && ["/places", "/sources"].includes(path));
  return (
    <header class="bar">
      <a class="brand" href="/queue"><b>dateline</b><span><bdi>{project?.name ?? ""}</bdi></span></a>
      <nav class="views" aria-label="Views">{VIEWS.map(([view, name]) => <a key={view} href={view} aria-current={here(view) ? "page" : undefined}>{name}</a>)}</nav>
      <div class="tools">
        <span class={`saved ${online ? "" : "off"}`} role="status">{!online ? "server not reached" : saving ? "saving …" : "saved"}</span>
        <button class="tool" onClick={() => void unmake("undo")} disabled={!progress.undo} title="Undo (z)" aria-label="Undo"><Icon name="undo" /></button>
        <button class="tool" onClick={() => void unmake("redo")} disabled={!progress.redo} title="Redo (Z)" aria-label="Redo"><Icon name="redo" /></button>
        <button class="tool" onClick={flip} title={theme === "dark" ? "Light" : "Dark"} aria-label={theme === "dark" ? "Light colours" : "Dark colours"}><Icon name={theme === "dark" ? "sun" : "moon"} /></button>
        <button class="tool" onClick={() => print()} title="Print" aria-label="Print"><Icon name="print" /></button>
        <button class="tool" onClick={onHelp} title="Keys (?)" aria-label="Keys"><Icon name="keys" /></button>
        <span class="user" title="Your name on every decision">{USER}</span>
      </div>
    </header>
  );
}

function App() {
  const { path, params } = useAddress();
  const { toast: told } = useShared();
  const [help, setHelp] = useState(false);
  const waiting = useRef(0);
  useEffect(() => {
    get<Project>("/project.json").then((project) => {
      state.project = project;
      take({ number: state.number, events: {}, progress: project.progress });
      changed();
    }, (error) => toast(error.message, "error"));
    follow();
    catchLinks();
  }, []);
  useEffect(() => {
    // "g" and a letter: go to a view.
    const heard = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : document.body;
      if (event.ctrlKey || event.metaKey || event.altKey || at.closest("input, textarea, select, dialog")) return;
      if (event.key === "g") { waiting.current = Date.now(); event.stopPropagation(); return; }
      const view = PLACES[event.key];
      if (view && Date.now() - waiting.current < 900) { event.preventDefault(); event.stopImmediatePropagation(); press(`g ${event.key}`); }
      waiting.current = 0;
    };
    document.addEventListener("keydown", heard, { capture: true });
    return () => document.removeEventListener("keydown", heard, { capture: true });
  }, []);
  useKeys({ "?": () => setHelp(true), ...Object.fromEntries(Object.entries(PLACES).map(([key, view]) => [`g ${key}`, () => go(view)])) });
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); document.getElementById("main")?.querySelector<HTMLElement>("button, a, [tabindex]")?.focus(); }}>Skip to the content</a>
      <Header path={path} onHelp={() => setHelp(true)} />
      <View path={path} params={params} />
      {help && <KeysHelp onClose={() => setHelp(false)} />}
      <div class="toasts" role="status" aria-live="polite">{told && <p key={told.id} class={`toast ${told.kind}`}>{told.words}</p>}</div>
    </>
  );
}

function View({ path, params }: { path: string; params: URLSearchParams }) {
  const [, first = "", second = null] = path.split("/").map(decodeURIComponent);
  if (first === "queue" || first === "events") return <ReviewView eventId={first === "events" ? second : null} reportId={null} params={params} />;
  if (first === "reports") return second ? <ReviewView key="report" eventId={null} reportId={second} params={params} /> : <ReportsView params={params} />;
  if (first === "incidents") return <IncidentsView id={second} params={params} />;
  if (first === "merge") return <MergeDesk />;
  if (first === "explore") return <ExploreView params={params} />;
  if (first === "actors" || first === "places" || first === "sources") return <NamesView key={first} kind={first} params={params} />;
  if (first === "export") return <ExportView params={params} />;
  if (first === "log") return <LogView />;
  return <main class="page" id="main"><h1>Nothing here</h1><p><a href="/queue">To the queue</a></p></main>;
}
const root = document.getElementById("app")!;
root.replaceChildren();
render(<App />, root);
