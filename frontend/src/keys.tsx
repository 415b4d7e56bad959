// Single keys, and the overlay that tells them.
import { useEffect, useRef } from "preact/hooks";

type Handlers = Record<string, () => unknown>;
interface Bound { handlers: Handlers; ready: boolean; address: string }
const MOVES = ["j", "k", "ArrowDown", "ArrowUp"]; // may be held down
const OPENING = ["e", "c", "q", "/"]; // what is typed after them is text for the box that they open
const here = () => location.pathname + location.search;

const bound = new Set<{ current: Bound }>();
let waiting: string[] = [];
let running = false;

/** What is shown is what the address says, and the last key has done its work. */
const settled = () => !running && [...bound].every(({ current }) => current.ready && current.address === here());

/** A key: at once, or once what it is meant for is shown. Keys keep their order, and never act on what they were not pressed for. */
export function press(key: string): void {
  if (waiting.some((one) => OPENING.includes(one))) return;
  waiting.push(key);
  pump();
}
function pump(): void {
  const key = settled() ? waiting.shift() : undefined;
  if (key === undefined) return;
  const made = [...bound].map(({ current }) => current.handlers[key]).findLast((act) => act !== undefined)?.();
  if (made instanceof Promise) {
    running = true;
    void made.finally(() => { running = false; setTimeout(pump); });
  } else if (waiting.length) setTimeout(pump); // after the next rendering
}
/** Forget keys that wait: the one before them failed, or the person went elsewhere. */
export function dropKeys(): void {
  waiting = [];
}
document.addEventListener("pointerdown", dropKeys, { capture: true });
addEventListener("popstate", dropKeys);

document.addEventListener("keydown", (event) => {
  const at = event.target instanceof Element ? event.target : document.body;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (at.closest("input, textarea, select, [contenteditable], dialog")) return;
  if (event.key.startsWith("Arrow") && at.closest(".text, .virtual-grid, .timeline, .map")) return;
  if (![...bound].some(({ current }) => current.handlers[event.key])) return;
  event.preventDefault();
  if (event.repeat && (!MOVES.includes(event.key) || !settled())) return; // a key held down decides once
  if (event.key === "Escape") dropKeys();
  press(event.key);
});

/** Single keys, where no text is being written; `ready` is false while what they are about is being loaded. */
export function useKeys(handlers: Handlers, ready = true): void {
  const latest = useRef<Bound>({ handlers, ready, address: here() });
  latest.current = { handlers, ready, address: here() };
  useEffect(() => {
    bound.add(latest);
    return () => void bound.delete(latest);
  }, []);
  useEffect(pump);
}

const GROUPS: [string, [string, string][]][] = [
  ["Decide", [["y", "accept, and go to the next"], ["n", "reject: no such event (or value)"], ["u", "unsure"], ["e", "correct"], ["c", "comment"], ["q", "question for a colleague"], ["z", "undo"], ["Z", "redo"]]],
  ["Move", [["j", "next of the queue"], ["k", "last of the queue"], ["[ ]", "other events of this report"], ["↑ ↓", "choose a value: y n u e are then about it"], ["Esc", "let go of value, form or words"], ["← →", "through the words in the text"]]],
  ["Text", [["drag", "mark words: they become evidence"], ["m", "marked words tell a missed event"], ["/", "search"]]],
  ["Go to", [["g q", "queue"], ["g i", "incidents"], ["g m", "map, timeline, table"], ["g r", "reports"], ["g l", "log"], ["?", "these keys"]]],
];
export function KeysHelp({ onClose }: { onClose: () => void }) {
  return (
    <dialog class="keys" aria-label="Keys" ref={(node) => { if (node && !node.open) node.showModal(); }} onClose={onClose} onClick={(event) => event.target === event.currentTarget && onClose()}>
      <header><h2>Keys</h2><button class="quiet" onClick={onClose} autoFocus>close <kbd>Esc</kbd></button></header>
      <div class="groups">
        {GROUPS.map(([name, keys]) => (
          <section key={name}><h3>{name}</h3><dl>{keys.map(([key, words]) => <><dt>{key.split(" ").map((one) => <kbd key={one}>{one}</kbd>)}</dt><dd>{words}</dd></>)}</dl></section>
        ))}
      </div>
      <p class="note">Every decision is saved as it is made and can be taken back, also tomorrow. Nothing leaves this machine.</p>
    </dialog>
  );
}
