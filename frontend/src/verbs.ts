// The verbs that change a project, each with its words for the person.
import { dropKeys } from "./keys";
import { isMine, post, state, toast } from "./store";
import type { LogEntry } from "./types";
import { VERDICTS, fieldWords } from "./words";

/** Keep a judgement; false when it was refused. Tells when somebody else decided on the same meanwhile. */
export async function judge(body: Record<string, unknown>, words: string): Promise<boolean> {
  try {
    const made = await post("/api/judgements", { ...body, seen: state.number });
    if (made.made) isMine(made.made.id);
    const also = made.also?.at(-1);
    toast(also ? `${words}. Meanwhile ${also.user} decided: ${VERDICTS[also.verdict]}; both are in the log.` : words, also ? "other" : "done");
    return true;
  } catch (error) {
    return refused(error);
  }
}

/** Keep what a person says of a name; false when it was refused. */
export async function say(body: { kind: string; name: string; field: "reliability" | "aliases"; value: unknown }, words: string): Promise<boolean> {
  try {
    const { made } = await post("/api/names", body);
    if (made) isMine(made.id);
    toast(words);
    return true;
  } catch (error) {
    return refused(error);
  }
}

/** Undo or redo the person's own last decision. Gives what it was about, null when there was nothing. */
export async function unmake(verb: "undo" | "redo"): Promise<LogEntry | null> {
  try {
    const { made = null } = await post(`/api/${verb}`);
    if (!made) { toast(`Nothing to ${verb}.`, "other"); return null; }
    isMine(made.id);
    toast(`${verb === "undo" ? "Took back" : "Again"}: ${VERDICTS[made.verdict]}${made.field ? ` (${fieldWords(made.field)})` : ""}`);
    return made;
  } catch (error) {
    refused(error);
    return null;
  }
}

function refused(error: unknown): false {
  toast((error as Error).message, "error");
  dropKeys();
  return false;
}
