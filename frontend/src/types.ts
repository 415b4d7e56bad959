// What the server sends: see /api/openapi.json.
export type Layer = "event" | "who" | "place" | "time" | "number" | "source" | "denied";
export type Verdict = "accept" | "reject" | "unsure" | "correct" | "comment" | "question" | "same" | "different";
export interface Evidence { start: number; end: number; quote: string }
export interface Place {
  name: string; country?: string; lat?: number; lon?: number; precision?: string; radius_km?: number; geonameid?: number;
  admin1?: string; words?: string; near?: string; score?: number; evidence?: Evidence[];
}
export interface Value {
  id: string; key: string; field: string; item: unknown; label: string; words: string; note: string; layer: Layer; by: string;
  score: number | null; stance: string | null; evidence: Evidence[]; record?: Record<string, unknown>; candidates?: Place[];
}
export interface CodedEvent {
  id: string; name: string; type: string; sub_type: string; status: string; foreground: boolean; score: number | null;
  values: Value[]; rejected: { field: string; words: string; why: string }[];
}
export interface Run { s: number; t: string; v?: string[]; f?: Layer[]; k?: string }
export interface Block { kind: string; runs: Run[] }
export interface ReportMeta {
  id: string; doc_id: string; title: string | null; outlet: string | null; url: string | null; wire: string | null; path: string | null;
  extractor: string | null; language: string | null; sha256: string; published: string | null; published_words: string | null;
  basis: string; why: string; characters: number; repairs: { before: string; after: string; why: string }[]; headline: string;
}
export interface Decision {
  id: string; number: number; made: string; user: string; verdict: Verdict; field: string; item: unknown; value: unknown;
  reason: string; flag: string;
}
export interface Review { states: string[]; fields: Record<string, Decision>; remarks: Decision[] }
export interface ReportData {
  report: ReportMeta; blocks: Block[]; events: CodedEvent[]; reviews: Record<string, Review | null>; added: Decision[];
  remarks: { kind: string; words: string; evidence: Evidence[] }[]; number: number;
}
export interface Row {
  id: string; name: string; report: string; doc_id: string; headline: string; outlet: string | null; published: string | null;
  type: string; sub_type: string; status: string; foreground: boolean; days: string; earliest: string | null; latest: string | null;
  place: string | null; country: string | null; actors: string; targets: string; killed: string; words: string; reasons: string[];
  review?: Review;
}
export interface Progress { done: number; total: number; undo: boolean; redo: boolean }
export interface QueueData {
  sentence: string; total: number; offset: number; rows: Row[]; number: number; progress: Progress;
  facets?: Record<string, [string, number][]>;
}
export interface Project {
  name: string; user: string; counts: { reports: number; events: number; faults: number }; types: Record<string, string[]>;
  states: Record<string, string>; sorts: Record<string, string>; reasons: Record<string, string>;
  versions: Record<string, string>; progress: Progress;
}
export interface LogEntry {
  id: string; number: number; made: string; user: string; verdict: string; field: string; item: unknown; value: unknown;
  reason: string; subject: string; events: string[]; doc_ids: string[];
}
export interface Changed {
  number: number; events: Record<string, Review | null>; progress: Progress; made?: LogEntry | null; also?: LogEntry[];
  judgements?: LogEntry[];
}
