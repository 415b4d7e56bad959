// Values in words, as export/words.py says them: for what people gave as corrections.
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export function day(iso: string | null | undefined): string {
  if (!iso) return "…";
  const [year, month, number] = iso.split("-");
  return `${Number(number)} ${MONTHS[Number(month) - 1] ?? "?"} ${year}`;
}
export function days(first: string | null | undefined, last: string | null | undefined): string {
  if (!first && !last) return "no day";
  if (first === last) return day(first);
  if (first && last && first.slice(0, 7) === last.slice(0, 7)) return `${Number(first.slice(8))}–${day(last)}`;
  if (first && last && first.slice(0, 4) === last.slice(0, 4)) return `${day(first).slice(0, -5)} – ${day(last)}`;
  return `${day(first)} – ${day(last)}`;
}
const grouped = new Intl.NumberFormat("en");
export const number = (n: number) => grouped.format(n);
export function amount(low: number | null | undefined, high: number | null | undefined): string {
  if (low == null) return high == null ? "?" : `up to ${number(high)}`;
  if (high == null) return `at least ${number(low)}`;
  if (high === 0) return "none";
  return low === high ? number(low) : `${number(low)}–${number(high)}`;
}
type Fields = Record<string, any>;
/** A given value in words. */
export function valueWords(field: string, value: unknown): string {
  if (value == null) return "none";
  if (typeof value === "string") return field === "type" ? value.split("/").at(-1)! : value;
  if (Array.isArray(value)) return value.join(", ");
  if (typeof value === "boolean") return field === "foreground" ? (value ? "news" : "background") : String(value);
  const told = value as Fields;
  switch (field.split(":")[0]) {
    case "when": return days(told.earliest, told.latest);
    case "where": return told.country && told.precision !== "country" ? `${told.name}, ${told.country}` : told.name;
    case "figures": {
      const group = told.group && told.group !== "people" ? ` (${told.group})` : "";
      return `${amount(told.low, told.high)} ${told.measure}${group}`;
    }
    case "weapons": return `${told.devices ? `${told.devices} × ` : ""}${told.kind}${told.delivery ? ` (${told.delivery})` : ""}`;
    case "sources": return `${STANCES[told.stance] ?? told.stance} ${told.name}`;
    case "event": return told.sub_type ?? "event";
    default: return told.name ?? JSON.stringify(told);
  }
}
export const STANCES: Record<string, string> = {
  affirms: "reported by", claims: "claimed by", denies: "denied by", doubts: "doubted by", silent: "not mentioned by",
};
export const FIELD_WORDS: Record<string, string> = {
  "": "event", type: "what", status: "status", foreground: "standing", when: "when", where: "where", actors: "who", targets: "to whom",
  weapons: "with", figures: "figure", sources: "source", event: "new event", reliability: "reliability", aliases: "own names",
};
export const fieldWords = (field: string) => FIELD_WORDS[field.split(":")[0] ?? ""] ?? field;
export const VERDICTS: Record<string, string> = {
  accept: "accepted", reject: "rejected", unsure: "unsure", correct: "corrected", comment: "comment", question: "question",
  same: "same", different: "different", undo: "took back", redo: "set in force again",
};
export function ago(iso: string): string {
  const seconds = (Date.now() - Date.parse(iso)) / 1000;
  if (seconds < 60) return "just now";
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return day(iso.slice(0, 10));
}
export const KINDS = ["state force", "government", "rebel group", "political militia", "communal militia", "rioters", "protesters",
  "civilians", "individual", "external force", "international body", "party or union", "unknown", "infrastructure", "vehicle", "building"];
export const MEASURES = ["killed", "injured", "missing", "abducted", "detained", "released", "trapped", "displaced", "evacuated",
  "returned", "hosted", "devices", "strikes", "vehicles", "participants", "buildings"];
export const STATUSES = ["occurred", "ongoing", "attempted", "foiled", "threatened", "planned", "hypothetical"];
export const PRECISIONS = ["site", "neighbourhood", "town", "district", "province", "country", "region"];
export const WEAPONS = ["vehicle bomb", "suicide vest", "roadside bomb", "bomb", "rocket", "missile", "artillery", "mortar", "airstrike",
  "drone", "small arms", "grenade", "blade", "fire", "chemical", "vehicle", "other"];
export const RADII: Record<string, number> = { site: 1, neighbourhood: 2, town: 5, district: 25, province: 80, country: 400, region: 400 };
