// A long list of which only what can be seen is there: 50,000 rows scroll like fifty.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { ComponentChildren } from "preact";

interface Props {
  count: number; height: number; label: string; at?: number; render: (index: number) => ComponentChildren; onRange?: (first: number, last: number) => void;
  role?: "list" | "rowgroup"; class?: string;
}
const MOST = 8_000_000; // pixels: browsers cap the height of an element

export function VirtualList({ count, height, label, at, render, onRange, role = "list" as const, class: name = "" }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, size: 800 });
  const whole = Math.min(count * height, MOST), scale = count * height > MOST ? (count * height - view.size) / (MOST - view.size) : 1;
  useLayoutEffect(() => {
    const node = box.current!;
    const measure = () => setView((old) => (old.size === node.clientHeight ? old : { ...old, size: node.clientHeight }));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(node);
    return () => watch.disconnect();
  }, []);
  const offset = view.top * scale;
  const first = Math.max(0, Math.floor(offset / height) - 6), last = Math.min(count, Math.ceil((offset + view.size) / height) + 6);
  useEffect(() => onRange?.(first, last), [first, last, count]);
  useEffect(() => {
    const node = box.current;
    if (!node || at === undefined || at < 0) return;
    const top = at * height, bottom = top + height;
    if (top < offset) node.scrollTop = top / scale;
    else if (bottom > offset + node.clientHeight) node.scrollTop = (bottom - node.clientHeight) / scale;
  }, [at, count]);
  const rows = [];
  for (let index = first; index < last; index++) rows.push(render(index));
  return (
    <div class={`virtual ${name}`} ref={box} onScroll={(event) => { const top = event.currentTarget.scrollTop; setView((old) => ({ ...old, top })); }} role={role} aria-label={label} tabIndex={-1}>
      <div style={{ height: `${whole}px`, position: "relative" }} role="presentation">
        <div style={{ transform: `translateY(${Math.round(first * height - offset + view.top)}px)` }} role="presentation">{rows}</div>
      </div>
    </div>
  );
}
