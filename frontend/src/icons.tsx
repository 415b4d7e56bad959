// Icons drawn here: no font, no request.
const PATHS: Record<string, string> = {
  accept: "M4 10.5l4 4 8-9",
  reject: "M5 5l10 10M15 5L5 15",
  unsure: "M7 7.2a3 3 0 1 1 4.4 2.7c-.9.5-1.4 1-1.4 2.1M10 15.2v.1",
  correct: "M4 16l1-4 8.5-8.5 3 3L8 15l-4 1zM11.5 5.5l3 3",
  open: "M10 10m-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0-11 0",
  comment: "M4 5h12v8.5H9.5L6 16.5v-3H4z",
  question: "M4 5h12v8.5H9.5L6 16.5v-3H4zM8.6 8a1.5 1.5 0 1 1 1.9 1.4v.8M10.5 11.7v.1",
  undo: "M7 5L3.5 8.5 7 12M4 8.5h7.5a4 4 0 0 1 0 8H9",
  redo: "M13 5l3.5 3.5L13 12M16 8.5H8.500a4 4 0 0 0 0 8H11",
  next: "M7 4l6 6-6 6",
  last: "M13 4l-6 6 6 6",
  search: "M9 9m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0M12.700 12.700L17 17",
  close: "M5 5l10 10M15 5L5 15",
  down: "M4.500 7.500l5.500 5.500 5.500-5.500",
  keys: "M2.500 5.500h15v9h-15zM5 8.500h.1M8 8.500h.1M11 8.500h.1M14 8.500h.1M6.500 12h7",
  sun: "M10 10m-3.500 0a3.500 3.500 0 1 0 7 0a3.500 3.500 0 1 0-7 0M10 2v2M10 16v2M2 10h2M16 10h2M4.300 4.300l1.400 1.400M14.300 14.300l1.400 1.400M15.700 4.300l-1.400 1.400M5.700 14.300l-1.400 1.400",
  moon: "M15.500 12.500A6.500 6.500 0 0 1 7.500 4.500a6.500 6.500 0 1 0 8 8z",
  add: "M10 4v12M4 10h12",
  layers: "M10 3l7 4-7 4-7-4zM3.500 11L10 14.700 16.500 11M3.500 14L10 17.700 16.500 14",
  agree: "M3 10.500l3.500 3.500L13 6M9 13.500l.8.8L17 6",
  differ: "M4 7.500h12M4 12.500h12M12.500 4.500l-5 11",
  deny: "M10 10m-6.500 0a6.500 6.500 0 1 0 13 0a6.500 6.500 0 1 0-13 0M5.500 5.500l9 9",
  silent: "M5.500 10h.1M10 10h.1M14.500 10h.1",
  claim: "M4 8.500v3h2.500l5.500 3.500v-10L6.500 8.500zM14.500 7.500a3.500 3.500 0 0 1 0 5",
  doubt: "M7 7.200a3 3 0 1 1 4.400 2.700c-.9.500-1.400 1-1.400 2.100M10 15.200v.1",
  link: "M8.500 11.500l3-3M7 9.500L5 11.500a2.500 2.500 0 0 0 3.500 3.500l2-2M13 10.500l2-2A2.500 2.500 0 0 0 11.500 5l-2 2",
  split: "M10 17v-5L5 5M10 12l5-7M3.500 8V4.500H7M13 4.500h3.500V8",
  print: "M6 7V3h8v4M6 14H3.500V7.500h13V14H14M6 12h8v5H6z",
  filter: "M3 5h14M6 10h8M8.500 15h3",
};
PATHS["same"] = PATHS["link"]!;
PATHS["different"] = PATHS["split"]!;
export function Icon({ name, size = 16 }: { name: string; size?: number }) {
  return (
    <svg class={`icon i-${name}`} width={size} height={size} viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="1.800"
      stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
      <path d={PATHS[name] ?? ""} />
    </svg>
  );
}
