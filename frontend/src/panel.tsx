// One event: its values with their words, what people decided, and the verbs.
import { useEffect, useRef, useState } from "preact/hooks";
import { Editor, type Draft } from "./editor";
import { Icon } from "./icons";
import { hover, pulse } from "./reader";
import type { Block, CodedEvent, Decision, Project, Review, Value } from "./types";
import { VERDICTS, ago, fieldWords, valueWords } from "./words";

export interface Act {
  judge: (verdict: string, value?: Value | null) => unknown;
  edit: (value: Value | null, field?: string) => void;
  remark: (kind: "comment" | "question", value: Value | null) => void;
  choose: (value: Value | null) => void;
}
interface Props {
  event: CodedEvent; review: Review | null; project: Project; blocks: Block[]; reasons: string[]; chosen: Value | null; draft: Draft | null;
  asking: { kind: "comment" | "question"; field: string } | null; act: Act; onSave: (value: unknown, reason: string) => void; onCancel: () => void;
  onRemark: (words: string) => void; siblings: CodedEvent[]; reviews: Map<string, Review | null>; onEvent: (event: CodedEvent) => void;
}

export function verdictOf(review: Review | null | undefined): string {
  const states = review?.states ?? ["open"];
  return ["reject", "correct", "accept", "unsure"].find((state) => states.includes(state)) ?? "open";
}
const STATE_WORDS: Record<string, string> = { open: "not yet decided", accept: "accepted", correct: "corrected", reject: "rejected", unsure: "unsure" };
export function StateMark({ state }: { state: string }) {
  return <span class={`state ${state}`} title={STATE_WORDS[state]}>{state === "open" ? <i class="ring" /> : <Icon name={state} size={15} />}<span class="sr">{STATE_WORDS[state]}</span></span>;
}

export function Panel(props: Props) {
  const { event, review, act, project, chosen, draft, siblings, reviews } = props;
  const whole = review?.fields[""];
  const rest = event.values.filter((value) => value.field !== "sources" && value.field !== "type");
  const voices = event.values.filter((value) => value.field === "sources");
  const title = event.values[0]!;
  const type = review?.fields["type"];
  const status = (review?.fields["status"]?.value as string | undefined) ?? event.status;
  const foreground = (review?.fields["foreground"]?.value as boolean | undefined) ?? event.foreground;
  const family = event.type.split(/[/ ]/)[0]!.toLowerCase();
  const added = Object.values(review?.fields ?? {}).filter((one) => one.verdict === "correct" && isAdded(one));
  const editing = (field: string) => draft && draft.field === field && draft.item === null;
  const editor = draft && <Editor draft={draft} project={project} blocks={props.blocks} onSave={props.onSave} onCancel={props.onCancel} />;
  return (
    <section class={`panel t-${family}`} aria-label="The event">
      {siblings.length > 1 && (
        <div class="siblings" role="group" aria-label="Events of this report">
          {siblings.map((one) => (
            <button key={one.id} class={one === event ? "on" : ""} aria-current={one === event ? "true" : undefined} onClick={() => props.onEvent(one)} title={`${one.sub_type}${one.foreground ? "" : " (background)"}`}>
              {one.name}<span class={`dot ${verdictOf(reviews.get(one.id))}`} /><span class="sr">{STATE_WORDS[verdictOf(reviews.get(one.id))]}</span>
            </button>
          ))}
        </div>
      )}
      <header>
        <p class="type">{type?.verdict === "correct" ? String(type.value).split("/").slice(0, -1).join("/") : event.type}</p>
        <h2>
          <button class={`v event ${chosen === title ? "chosen" : ""}`} data-value={title.id} onClick={() => act.choose(title)} onMouseEnter={() => { hover(title.id); }} onMouseLeave={() => hover(null)}>
            {type?.verdict === "correct" ? <><s>{title.words}</s> {valueWords("type", type.value)}</> : title.words.replace(/ \(\w+\)$/, "")}
          </button>
        </h2>
        <div class="chips">
          <button class={`chip s-${status}`} onClick={() => act.edit(null, "status")} title="Status: click to correct">{status}</button>
          <button class={`chip ${foreground ? "" : "s-background"}`} onClick={() => act.edit(null, "foreground")} title="News or background: click to correct">{foreground ? "news" : "background"}</button>
          {event.score !== null && <span class="chip plain" title="Score of the coder, 0 to 1">score {event.score.toFixed(2)}</span>}
          {whole && <span class={`chip decided ${whole.verdict}`}><Icon name={whole.verdict} size={13} />{VERDICTS[whole.verdict]} by {whole.user}, {ago(whole.made)}</span>}
          {whole?.flag && <span class="chip warn">{whole.flag}</span>}
        </div>
        {props.reasons.length > 0 && <p class="reasons"><span class="lead">Look at:</span> {props.reasons.map((reason) => <span key={reason} class={`why w-${reason}`}>{project.reasons[reason] ?? reason}</span>)}</p>}
        {(editing("type") || editing("status") || editing("foreground")) && editor}
      </header>
      <ul class="values">
        {rest.map((value) => <ValueRow key={value.id} {...props} value={value} editor={draft?.key === value.key ? editor : null} />)}
        {added.map((one) => <li key={one.id} class="value added"><span class="label">{fieldWords(one.field)}</span><span class="body"><b><bdi>{valueWords(one.field, one.value)}</bdi></b> <small>added by {one.user}, {ago(one.made)}</small></span></li>)}
        {draft?.fresh && <li class="value fresh"><span class="label">{fieldWords(draft.field)}</span><span class="body">{editor}</span></li>}
      </ul>
      <Missing event={event} review={review} act={act} />
      {voices.length > 0 && <>
        <h3>Who says so</h3>
        <ul class="values said">{voices.map((value) => <ValueRow key={value.id} {...props} value={value} editor={draft?.key === value.key ? editor : null} />)}</ul>
      </>}
      <Remarks review={review} asking={props.asking} onRemark={props.onRemark} onCancel={props.onCancel} act={act} />
      <details class="rules">
        <summary>Rules, and what was not taken</summary>
        <ul>
          {[...new Map(event.values.filter((value) => value.by).map((value) => [`${value.label}: ${value.by}`, value])).entries()].map(([rule, value]) => <li key={rule}><code>{rule}</code>{value.score !== null && <span> · score {value.score.toFixed(2)}</span>}</li>)}
          {event.rejected.map((one, at) => <li key={at}>not taken for {one.field}: “<bdi>{one.words}</bdi>” – {one.why}</li>)}
        </ul>
      </details>
    </section>
  );
}

export const isAdded = (one: Decision) => typeof one.item === "object" && one.item !== null && "added" in one.item;

const ADDABLE = ["when", "where", "actors", "targets", "weapons", "figures", "sources"];
function Missing({ event, review, act }: { event: CodedEvent; review: Review | null; act: Act }) {
  const told = new Set(event.values.map((value) => value.field));
  for (const one of Object.values(review?.fields ?? {})) told.add(one.field);
  return (
    <div class="missing">
      <span>add:</span>
      {ADDABLE.filter((field) => !(["when", "where"].includes(field) && told.has(field))).map((field) => (
        <button key={field} class={told.has(field) ? "" : "absent"} onClick={() => act.edit(null, field)}><Icon name="add" size={11} />{fieldWords(field)}</button>
      ))}
    </div>
  );
}

function ValueRow({ value, review, chosen, act, editor }: Props & { value: Value; editor: preact.JSX.Element | null }) {
  const row = useRef<HTMLLIElement>(null);
  const decision: Decision | undefined = review?.fields[value.key];
  const questions = review?.remarks.filter((one) => one.field === value.field && one.item !== undefined && JSON.stringify(one.item) === JSON.stringify(value.item)) ?? [];
  const on = chosen === value;
  useEffect(() => {
    if (on) row.current?.scrollIntoView({ block: "nearest" });
  }, [on]);
  const quote = value.evidence.map((words) => words.quote).slice(0, 3).join(" … ");
  const gone = decision?.verdict === "reject" || (decision?.verdict === "correct" && decision.value === null);
  return (
    <li ref={row} class={`value ${on ? "chosen" : ""} ${decision ? `d-${decision.verdict}` : ""} ${value.stance ?? ""}`}>
      <span class={`label ${value.stance ?? ""}`}>{value.label}</span>
      <span class="body">
        <button class={`v ${value.layer}`} data-value={value.id} aria-pressed={on} onClick={() => act.choose(value)}
          onMouseEnter={() => { hover(value.id); pulse(value.id, { scroll: false }); }} onMouseLeave={() => hover(null)}>
          {decision?.verdict === "correct" && decision.value !== null ? <><s><bdi>{value.words}</bdi></s> <b><bdi>{valueWords(value.field, decision.value)}</bdi></b></> : gone ? <s><bdi>{value.words}</bdi></s> : <bdi>{value.words}</bdi>}
        </button>
        {value.note && <span class="note"> {value.note}</span>}
        {quote && quote !== value.words && <q dir="auto">{quote}</q>}
        {decision && <small class={`decision ${decision.verdict}`}><Icon name={decision.verdict} size={12} />{gone ? "no such value" : VERDICTS[decision.verdict]} by {decision.user}, {ago(decision.made)}{decision.reason && <>: <bdi>{decision.reason}</bdi></>}{decision.flag && <em> · {decision.flag}</em>}</small>}
        {editor}
      </span>
      <span class="acts">
        {questions.length > 0 && <span class="count" title={`${questions.length} remarks`}><Icon name="comment" size={13} />{questions.length}</span>}
        <button title="This value is right (y)" aria-label={`accept ${value.label}`} onClick={() => act.judge("accept", value)}><Icon name="accept" size={14} /></button>
        <button title="Correct it (e)" aria-label={`correct ${value.label}`} onClick={() => act.edit(value)}><Icon name="correct" size={14} /></button>
        <button title="No such value (n)" aria-label={`reject ${value.label}`} onClick={() => act.judge("reject", value)}><Icon name="reject" size={14} /></button>
        <button title="Question for a colleague (q)" aria-label={`question about ${value.label}`} onClick={() => act.remark("question", value)}><Icon name="question" size={14} /></button>
      </span>
    </li>
  );
}

function Remarks({ review, asking, onRemark, onCancel, act }: { review: Review | null; asking: Props["asking"]; onRemark: (words: string) => void; onCancel: () => void; act: Act }) {
  const [words, setWords] = useState("");
  const box = useRef<HTMLTextAreaElement>(null);
  useEffect(() => { if (asking) { setWords(""); box.current?.focus(); } }, [asking]);
  const remarks = review?.remarks ?? [];
  const send = () => { if (words.trim()) onRemark(words.trim()); };
  return (
    <div class="remarks">
      {(remarks.length > 0 || asking) && <h3>Notes and questions</h3>}
      {remarks.map((one) => (
        <p key={one.id} class={`remark ${one.verdict}`}><Icon name={one.verdict} size={14} /><span><b>{one.user}</b> <small>{one.field ? `on ${fieldWords(one.field)}, ` : ""}{ago(one.made)}</small><br /><bdi>{one.reason}</bdi></span></p>
      ))}
      {asking ? (
        <div class="ask">
          <label>{asking.kind === "question" ? "Question for a colleague" : "Comment"}{asking.field && ` on ${fieldWords(asking.field)}`}
            <textarea ref={box} rows={2} dir="auto" value={words} onInput={(e) => setWords(e.currentTarget.value)} onKeyDown={(e) => {
              e.stopPropagation();
              if (e.key === "Enter" && !e.shiftKey) { e.preventDefault(); send(); }
              if (e.key === "Escape") onCancel();
            }} /></label>
          <div class="buttons"><button class="primary" onClick={send}>Send <kbd>Enter</kbd></button><button onClick={onCancel}>Cancel</button></div>
        </div>
      ) : <p class="remark-buttons"><button class="quiet" onClick={() => act.remark("comment", null)}><Icon name="comment" size={13} />comment <kbd>c</kbd></button><button class="quiet" onClick={() => act.remark("question", null)}><Icon name="question" size={13} />question <kbd>q</kbd></button></p>}
    </div>
  );
}
