/** Rows and updates for tests: whole, with the fields a test cares about replaced. */

import type { Tape, TapeRow, ValueList, ValueRow } from "../api/types";
import type { QuoteClosed, QuoteOpened, ValueMoved } from "../api/updates";
import type { LiveRow } from "../live/values";

export const NOON = "2026-01-05T12:00:00Z";

export function valueRow(item: string, fields: Partial<ValueRow> = {}): ValueRow {
  return {
    item,
    name: item,
    short: item,
    category: "fruit",
    rarity: "",
    value: 10,
    low: 9,
    high: 11,
    pay: null,
    basis: "quotes",
    confidence: "solid",
    quotes: 20,
    asks: 1,
    bids: 1,
    last_seen: NOON,
    change_24h: 0,
    trend: [],
    shown: "open",
    ...fields,
  };
}

export function liveRow(item: string, fields: Partial<LiveRow> = {}): LiveRow {
  return { ...valueRow(item), update: "1.1.0", moves: 0, direction: 0, ...fields };
}

export function valueList(id: string, rows: readonly ValueRow[], change: readonly string[] = []): ValueList {
  return {
    simulated: true,
    game: "Game",
    id,
    time: NOON,
    unit: null,
    numeraire: [],
    change: change.map((item) => ({ item, short: item.toUpperCase() })),
    values: rows,
    inflation: null,
  };
}

export function opened(id: string, fields: Partial<QuoteOpened> = {}): QuoteOpened {
  return {
    type: "quote_opened",
    time: NOON,
    simulated: true,
    id,
    kind: "offer",
    give: [{ item: "hana", quantity: 1, implied: 10 }],
    want: [{ item: "pika", quantity: 2, implied: 5 }],
    give_adds: false,
    want_adds: false,
    give_open: false,
    want_open: false,
    complete: true,
    fairness: "fair",
    edge: 0,
    weight: 1,
    note: "",
    residual: 0,
    standing: "counted",
    ...fields,
  };
}

export function closed(id: string, reason: QuoteClosed["reason"] = "replaced"): QuoteClosed {
  return { type: "quote_closed", time: NOON, simulated: true, id, reason };
}

export function moved(item: string, value: number | null): ValueMoved {
  const bounds = value === null ? { low: null, high: null } : { low: value * 0.9, high: value * 1.1 };
  return {
    type: "value_moved",
    time: NOON,
    simulated: true,
    item,
    value,
    ...bounds,
    basis: "quotes",
    confidence: "ok",
    quotes: 21,
    capped_value: value,
    capped_low: bounds.low,
    capped_high: bounds.high,
    shown: "open",
  };
}

export function tapeRow(id: string, update: string, fields: Partial<TapeRow> = {}): TapeRow {
  const { type: _type, simulated: _simulated, ...quote } = opened(id);
  return { ...quote, update, closed: null, ...fields };
}

export function tape(...quotes: readonly TapeRow[]): Tape {
  return { simulated: true, quotes, next_cursor: null };
}
