import type { ValueRow } from "../api/types";

export const FEWEST_QUOTES = 5;

export interface Movers<Row extends ValueRow> {
  readonly up: readonly Row[];
  readonly down: readonly Row[];
}

/** Whether enough quotes support a row for its change to mean something. */
export function isSupported(row: ValueRow): boolean {
  const sure = row.confidence === "solid" || row.confidence === "ok";
  return sure && row.basis === "quotes" && row.quotes >= FEWEST_QUOTES;
}

/** The largest changes of the last 24 hours among well-supported items, largest first. */
export function findMovers<Row extends ValueRow>(rows: readonly Row[], count: number): Movers<Row> {
  const change = (row: Row): number => row.change_24h ?? 0;
  const supported = rows.filter(isSupported);
  const up = supported.filter((row) => change(row) > 0).sort((a, b) => change(b) - change(a));
  const down = supported.filter((row) => change(row) < 0).sort((a, b) => change(a) - change(b));
  return { up: up.slice(0, count), down: down.slice(0, count) };
}
