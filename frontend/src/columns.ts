// Events as columns: 50,000 of them filter in a millisecond.
export interface Coded { names: string[]; at: number[] }
export interface Columns {
  id: string[]; type: Coded; sub_type: Coded; place: Coded; country: Coded; precision: Coded;
  lat: (number | null)[]; lon: (number | null)[]; radius: (number | null)[]; first: (string | null)[]; last: (string | null)[]; 
  published: (string | null)[]; outlet: Coded; killed_low: (number | null)[]; killed_high: (number | null)[]; foreground: number[]; state: Coded;
}
export const named = (column: Coded, row: number): string => column.names[column.at[row]!]!;
const DAY = 86_400_000;
export const dayNumber = (iso: string) => Math.floor(Date.parse(iso) / DAY);
export const isoDay = (n: number) => new Date(n * DAY).toISOString().slice(0, 10);
export const NONE = -1_000_000;
export function dayColumn(days: (string | null)[]): Int32Array {
  const known = new Map<string, number>();
  return Int32Array.from(days, (day) => {
    if (!day) return NONE;
    let n = known.get(day);
    if (n === undefined) known.set(day, (n = dayNumber(day)));
    return n;
  });
}
