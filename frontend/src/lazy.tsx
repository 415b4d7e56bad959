// Views that few need at once come in files of their own, when they are first opened.
import { useEffect, useState } from "preact/hooks";
import type { ComponentType } from "preact";

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let known: ComponentType<P> | null = null;
  return function Lazy(props: P) {
    const [, again] = useState(0);
    useEffect(() => {
      if (!known) void load().then((found) => { known = found; again((n) => n + 1); });
    }, []);
    const Found = known;
    return Found ? <Found {...props} /> : <p class="loading">Opening …</p>;
  };
}
