// The address bar holds the state: path and filters.
import { useEffect, useReducer } from "preact/hooks";

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());
addEventListener("popstate", tell);

export function go(path: string, { replace = false } = {}): void {
  if (path === location.pathname + location.search) return;
  history[replace ? "replaceState" : "pushState"](null, "", path);
  tell();
}

export function useAddress(): { path: string; params: URLSearchParams } {
  const [, again] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const listener = () => again(undefined as never);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, []);
  return { path: location.pathname, params: new URLSearchParams(location.search) };
}

/** Links within the page change the address without loading it anew. */
export function catchLinks(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[href]") : null;
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target) return;
    if (link.origin !== location.origin || /\.(json|csv)$/.test(link.pathname) || link.hasAttribute("download")) return;
    event.preventDefault();
    go(link.pathname + link.search);
  });
}

/** The filters of an address, without what belongs to the view. */
export function filtersOf(params: URLSearchParams): string {
  const out = new URLSearchParams();
  for (const [name, value] of params) if (!["at", "offset", "limit", "facets", "view", "value"].includes(name)) out.append(name, value);
  const text = out.toString();
  return text ? `?${text}` : "";
}
