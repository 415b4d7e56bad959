// Single keys, and the overlay that tells them.
import { useEffect, useRef } from "preact/hooks";

type Handlers = Record<string, () => unknown>;
/** Single keys, where no text is being written. The handlers of the last rendering hold: fast typing must not meet old ones. */
export function useKeys(handlers: Handlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    const heard = (event: KeyboardEvent) => {
      const at = event.target instanceof Element ? event.target : document.body;
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (at.closest("input, textarea, select, [contenteditable], dialog")) return;
      if (event.key.startsWith("Arrow") && at.closest(".text, .virtual-grid, .timeline, .map")) return;
      const act = latest.current[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    document.addEventListener("keydown", heard);
    return () => document.removeEventListener("keydown", heard);
  }, []);
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
