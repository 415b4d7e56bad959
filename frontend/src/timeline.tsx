// Events over time as bars, with a range that can be drawn by pointer or moved by keys.
import { useMemo, useRef, useState } from "preact/hooks";
import { NONE, dayNumber, isoDay } from "./columns";
import { day } from "./words";

export interface Range { first: number; last: number }
interface Props { days: Int32Array; news: number[]; shown: (row: number) => boolean; version: unknown; groups: { of: (row: number) => number; colours: string[]; names: string[] }; range: Range | null; onRange: (range: Range | null, done: boolean) => void; label: string }
const HEIGHT = 112, TOP = 8, FOOT = 20, MOST = 150;

type Unit = "day" | "week" | "month" | "year";
function binner(first: number, last: number): { unit: Unit; of: (n: number) => number; start: (bin: number) => number } {
  const span = last - first + 1;
  if (span <= MOST) return { unit: "day", of: (n) => n - first, start: (bin) => first + bin };
  if (span <= MOST * 7) return { unit: "week", of: (n) => Math.floor((n - first) / 7), start: (bin) => first + bin * 7 };
  const months = (n: number) => { const date = new Date(n * 86_400_000); return date.getUTCFullYear() * 12 + date.getUTCMonth(); };
  const from = months(first);
  if (span <= MOST * 30) return { unit: "month", of: (n) => months(n) - from, start: (bin) => Math.floor(Date.UTC(Math.floor((from + bin) / 12), (from + bin) % 12, 1) / 86_400_000) };
  const year = Math.floor(from / 12);
  return { unit: "year", of: (n) => new Date(n * 86_400_000).getUTCFullYear() - year, start: (bin) => dayNumber(`${String(year + bin).padStart(4, "0")}-01-01`) };
}

export function Timeline({ days, news, shown, version, groups, range, onRange, label }: Props) {
  const box = useRef<SVGSVGElement>(null);
  const [drag, setDrag] = useState<number | null>(null);
  const axis = useMemo(() => {
    const dated = days.filter((n) => n !== NONE).sort();
    if (!dated.length) return null;
    // A few recalled events of long ago must not press all others into one bar: the axis is that of the news, but for 1 in 100.
    const told = days.filter((n, row) => n !== NONE && news[row]).sort();
    const first = told[Math.floor(told.length * 0.01)] ?? dated[0]!, last = dated.at(-1)!;
    const from = last - first < 20 ? first - Math.ceil((20 - (last - first)) / 2) : first, to = last - first < 20 ? last + Math.ceil((20 - (last - first)) / 2) : last;
    const bins = binner(from, to);
    return { from, to, bins, count: bins.of(to) + 1, earlier: Math.max(0, dated.findIndex((n) => n >= from)) };
  }, [days, news]);
  const bars = useMemo(() => {
    if (!axis) return [];
    const out = Array.from({ length: axis.count }, () => new Uint32Array(groups.colours.length));
    for (let row = 0; row < days.length; row++) {
      const n = days[row]!;
      if (n === NONE || n < axis.from || !shown(row)) continue;
      out[axis.bins.of(n)]![groups.of(row)]!++;
    }
    return out;
  }, [axis, days, version, groups]);
  if (!axis) return <p class="empty">No dated events.</p>;
  const most = Math.max(1, ...bars.map((bar) => bar.reduce((a, b) => a + b, 0)));
  const x = (n: number) => (100 * (n - axis.from)) / (axis.to - axis.from + 1);
  const at = (event: PointerEvent) => {
    const frame = box.current!.getBoundingClientRect();
    return Math.round(axis.from + ((event.clientX - frame.left) / frame.width) * (axis.to - axis.from + 1) - 0.5);
  };
  const clamp = (n: number) => Math.max(axis.from, Math.min(axis.to, n));
  const width = 100 / axis.count, unitHeight = (HEIGHT - TOP - FOOT) / most;
  const ticks = Array.from({ length: 7 }, (_, i) => Math.round(axis.from + ((axis.to - axis.from) * (i + 0.5)) / 7));
  const nudge = (side: "first" | "last") => (event: KeyboardEvent) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, PageDown: -7, PageUp: 7 }[event.key];
    if (event.key === "Escape" || event.key === "Delete") return onRange(null, true);
    if (by === undefined) return;
    event.preventDefault(); event.stopPropagation();
    const now = range ?? { first: axis.from, last: axis.to };
    const next = { ...now, [side]: clamp(now[side] + by) };
    if (next.first <= next.last) onRange(next, true);
  };
  return (
    <div class="timeline">
      <svg ref={box} height={HEIGHT} width="100%" role="img" aria-label={`${label}: ${isoDay(axis.from)} to ${isoDay(axis.to)}, at most ${most} a ${axis.bins.unit}`}
        onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); setDrag(at(event)); }}
        onPointerMove={(event) => { if (drag !== null) { const now = at(event); onRange({ first: clamp(Math.min(drag, now)), last: clamp(Math.max(drag, now)) }, false); } }}
        onPointerCancel={() => { if (drag !== null) { setDrag(null); onRange(range, true); } }}
        onPointerUp={(event) => { if (drag === null) return; const now = at(event); setDrag(null); onRange(Math.abs(now - drag) < 1 && range ? null : { first: clamp(Math.min(drag, now)), last: clamp(Math.max(drag, now)) }, true); }}>
        {[0.5, 1].map((part) => <line key={part} class="rule" x1="0" x2="100%" y1={HEIGHT - FOOT - (HEIGHT - TOP - FOOT) * part} y2={HEIGHT - FOOT - (HEIGHT - TOP - FOOT) * part} />)}
        {bars.map((bar, bin) => {
          let y = HEIGHT - FOOT;
          return bar.reduce((a, b) => a + b, 0) ? <g key={bin}><title>{`${day(isoDay(axis.bins.start(bin)))}${axis.bins.unit === "day" ? "" : ` (${axis.bins.unit})`}: ${bar.reduce((a, b) => a + b, 0)}`}</title>
            {[...bar].map((count, group) => { if (!count) return null; const h = Math.max(1.5, count * unitHeight); y -= h; return <rect key={group} x={`${bin * width + width * 0.08}%`} width={`${width * 0.84}%`} y={y} height={h} fill={groups.colours[group]} />; })}</g> : null;
        })}
        {range && <>
          <rect class="shade" x="0" width={`${Math.max(0, x(range.first))}%`} y="0" height={HEIGHT - FOOT} />
          <rect class="shade" x={`${Math.min(100, x(range.last + 1))}%`} width={`${Math.max(0, 100 - x(range.last + 1))}%`} y="0" height={HEIGHT - FOOT} />
        </>}
        <text class="most" x="4" y={TOP + 7}>{most}</text>
        {ticks.map((n) => <text key={n} class="tick" x={`${x(n)}%`} y={HEIGHT - 5} text-anchor="middle">{axis.bins.unit === "year" ? isoDay(n).slice(0, 4) : axis.bins.unit === "month" ? day(isoDay(n)).replace(/^\d+ /, "") : day(isoDay(n))}</text>)}
      </svg>
      {(["first", "last"] as const).map((side) => {
        const value = range?.[side] ?? (side === "first" ? axis.from : axis.to);
        return <span key={side} class={`handle ${side}`} role="slider" tabIndex={0} aria-label={side === "first" ? "from day" : "to day"} aria-valuemin={axis.from} aria-valuemax={axis.to} aria-valuenow={value} aria-valuetext={day(isoDay(value))}
          style={{ left: `${side === "first" ? x(value) : x(value + 1)}%` }} onKeyDown={nudge(side)}
          onPointerDown={(event) => { event.currentTarget.setPointerCapture(event.pointerId); event.stopPropagation(); }}
          onPointerMove={(event) => { if (event.buttons) { const now = range ?? { first: axis.from, last: axis.to }, next = { ...now, [side]: clamp(at(event)) }; if (next.first <= next.last) onRange(next, false); } }}
          onPointerUp={() => range && onRange(range, true)} />;
      })}
      {axis.earlier > 0 && <span class="earlier">{axis.earlier} before {day(isoDay(axis.from))}</span>}
    </div>
  );
}
