import type { Confidence } from "../api/types";
import type { LiveRow } from "../live/values";
import { halfWidth } from "./format";

export type SortKey =
  "name" | "value" | "range" | "confidence" | "basis" | "quotes" | "book" | "change" | "seen";

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const DEFAULT_SORT: Sort = { key: "value", descending: true };

const SURENESS: Readonly<Record<Confidence, number>> = { solid: 4, ok: 3, shaky: 2, guess: 1, unknown: 0 };
const KEYS: ReadonlySet<string> = new Set<SortKey>([
  "name",
  "value",
  "range",
  "confidence",
  "basis",
  "quotes",
  "book",
  "change",
  "seen",
]);

const FIGURES: Readonly<Record<Exclude<SortKey, "name" | "basis">, (row: LiveRow) => number | null>> = {
  value: (row) => row.value,
  range: (row) => halfWidth(row.low, row.high),
  confidence: (row) => SURENESS[row.confidence],
  quotes: (row) => row.quotes,
  book: (row) => row.asks + row.bids,
  change: (row) => row.change_24h,
  seen: (row) => (row.last_seen === null ? null : Date.parse(row.last_seen)),
};

export function sureness(confidence: Confidence): number {
  return SURENESS[confidence];
}

/** Reads a sort from an address: `value` ascending, `-value` descending. */
export function readSort(text: string | null): Sort {
  if (text === null) return DEFAULT_SORT;
  const key = text.replace(/^-/, "");
  return KEYS.has(key) ? { key: key as SortKey, descending: text.startsWith("-") } : DEFAULT_SORT;
}

export function writeSort(sort: Sort): string | null {
  if (sort.key === DEFAULT_SORT.key && sort.descending === DEFAULT_SORT.descending) return null;
  return (sort.descending ? "-" : "") + sort.key;
}

function compareFigures(left: number | null, right: number | null, sign: number): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return sign * (left - right);
}

/** Sorted rows; rows without the figure stay at the end either way, equals go by name. */
export function sortRows(rows: readonly LiveRow[], sort: Sort): readonly LiveRow[] {
  const sign = sort.descending ? -1 : 1;
  const key = sort.key;
  const byName = (a: LiveRow, b: LiveRow): number => a.name.localeCompare(b.name, "en");
  if (key === "name") return [...rows].sort((a, b) => sign * byName(a, b));
  if (key === "basis") {
    return [...rows].sort((a, b) => sign * a.basis.localeCompare(b.basis) || byName(a, b));
  }
  const figure = FIGURES[key];
  return [...rows].sort((a, b) => compareFigures(figure(a), figure(b), sign) || byName(a, b));
}
