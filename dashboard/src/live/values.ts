import type { CappedValue, ItemGuard, UnitInflation, UnitPart, ValueList, ValueRow } from "../api/types";
import type { ItemGuardSwitched, UnitMoved, ValueMoved } from "../api/updates";
import type { Coin } from "../domain/pay";
import { isAfter } from "./updateId";

/**
 * A row of the value list as it stands now: `moves` counts its live changes, `direction` is the last one's.
 * `capped` and `guard` are what the stream said of them since the snapshot; undefined while it said nothing.
 */
export interface LiveRow extends ValueRow {
  readonly capped?: CappedValue | null;
  readonly guard?: ItemGuard | null;
  readonly update: string;
  readonly moves: number;
  readonly direction: -1 | 0 | 1;
}

/** All values at one moment, for drawing; a new object whenever anything in it changed. */
export interface ValuesView {
  readonly loaded: boolean;
  readonly simulated: boolean;
  readonly game: string;
  readonly numeraire: readonly UnitPart[];
  readonly inflation: UnitInflation | null;
  readonly coins: readonly Coin[];
  readonly rows: readonly LiveRow[];
  readonly bySlug: ReadonlyMap<string, LiveRow>;
}

const EMPTY: ValuesView = {
  loaded: false,
  simulated: false,
  game: "",
  numeraire: [],
  inflation: null,
  coins: [],
  rows: [],
  bySlug: new Map(),
};

function directionOf(before: number | null, now: number | null): -1 | 0 | 1 {
  if (before === null || now === null || before === now) return 0;
  return now > before ? 1 : -1;
}

/** The change over 24 hours after the value moved on: what it was a day ago stays what it was. */
function changeAfterMove(row: ValueRow, now: number | null): number | null {
  if (row.change_24h === null || row.value === null || now === null) return row.change_24h;
  return ((1 + row.change_24h) * now) / row.value - 1;
}

function cappedOf(moved: ValueMoved): CappedValue | null {
  const { capped_value: value, capped_low: low, capped_high: high } = moved;
  return value === null || low === null || high === null ? null : { value, low, high };
}

/** The value list, moved on by updates. Bounded by the catalogue's length. */
export class ValuesBuffer {
  #list: ValueList | null = null;
  readonly #rows = new Map<string, LiveRow>();
  #coins: readonly Coin[] = [];
  #inflation: UnitInflation | null = null;

  load(list: ValueList): void {
    this.#list = list;
    this.#inflation = list.inflation;
    const before = new Map(this.#rows);
    this.#rows.clear();
    for (const row of list.values) {
      const moves = before.get(row.item)?.moves ?? 0;
      this.#rows.set(row.item, { ...row, update: list.id, moves, direction: 0 });
    }
  }

  move(update: string, moved: ValueMoved): boolean {
    const row = this.#rows.get(moved.item);
    if (row === undefined || !isAfter(update, row.update)) return false;
    this.#rows.set(moved.item, {
      ...row,
      value: moved.value,
      low: moved.low,
      high: moved.high,
      basis: moved.basis,
      confidence: moved.confidence,
      quotes: moved.quotes,
      shown: moved.shown,
      capped: cappedOf(moved),
      change_24h: changeAfterMove(row, moved.value),
      update,
      moves: row.moves + (row.value === moved.value ? 0 : 1),
      direction: directionOf(row.value, moved.value),
    });
    return true;
  }

  guard({ item, guarded, reason, time }: ItemGuardSwitched): boolean {
    const row = this.#rows.get(item);
    if (row === undefined) return false;
    this.#rows.set(item, { ...row, guard: guarded ? { reason, since: time } : null });
    return true;
  }

  inflate({ time, index, day, week, month, year }: UnitMoved): void {
    this.#inflation = { time, index, day, week, month, year };
  }

  /** Counts an open quote in or out, and notes when its items were last seen. */
  count(asks: readonly string[], bids: readonly string[], by: 1 | -1, seen: string | null): void {
    for (const item of asks) this.#adjust(item, by, 0, seen);
    for (const item of bids) this.#adjust(item, 0, by, seen);
  }

  view(): ValuesView {
    const list = this.#list;
    if (list === null) return EMPTY;
    return {
      loaded: true,
      simulated: list.simulated,
      game: list.game,
      numeraire: list.numeraire,
      inflation: this.#inflation,
      coins: this.#currentCoins(list),
      rows: [...this.#rows.values()],
      bySlug: new Map(this.#rows),
    };
  }

  /** What people pay with, at today's values: the same array as before while none of them moved. */
  #currentCoins(list: ValueList): readonly Coin[] {
    const coins: Coin[] = [];
    for (const change of list.change) {
      const value = this.#rows.get(change.item)?.value;
      if (value !== null && value !== undefined) coins.push({ short: change.short, value });
    }
    const isSame = (coin: Coin, index: number): boolean => {
      const known = this.#coins[index];
      return coin.short === known?.short && coin.value === known.value;
    };
    if (coins.length !== this.#coins.length || !coins.every(isSame)) this.#coins = coins;
    return this.#coins;
  }

  #adjust(item: string, asks: number, bids: number, seen: string | null): void {
    const row = this.#rows.get(item);
    if (row === undefined) return;
    this.#rows.set(item, {
      ...row,
      asks: Math.max(0, row.asks + asks),
      bids: Math.max(0, row.bids + bids),
      last_seen: seen ?? row.last_seen,
    });
  }
}
