import type { TapeRow } from "../api/types";
import type { QuoteClosed, QuoteOpened } from "../api/updates";
import { compareIds } from "./updateId";

const MOST_QUOTES = 500;
const MOST_EARLY_CLOSES = 1_000;

interface EarlyClose {
  readonly update: string;
  readonly id: string;
  readonly reason: string;
}

/**
 * The newest quotes, newest first; never more than 500.
 * An edited post opens its quotes again under the same id, so rows are told apart by their update's id.
 */
export class TapeBuffer {
  #rows: TapeRow[] = [];
  #earlyCloses: EarlyClose[] = [];
  #loaded = false;

  get loaded(): boolean {
    return this.#loaded;
  }

  rows(): readonly TapeRow[] {
    return this.#rows.slice();
  }

  /** Takes a fetched tape in, beside what the stream brought meanwhile. */
  load(fetched: readonly TapeRow[]): void {
    const byUpdate = new Map(this.#rows.map((row) => [row.update, row]));
    for (const row of fetched) {
      const known = byUpdate.get(row.update);
      byUpdate.set(row.update, known?.closed ? known : row);
    }
    this.#rows = [...byUpdate.values()]
      .sort((left, right) => compareIds(right.update, left.update))
      .slice(0, MOST_QUOTES);
    this.#loaded = true;
    for (const early of this.#earlyCloses) this.#markClosed(early);
    this.#earlyCloses = [];
  }

  /** Adds what the stream brought; its backlog may repeat quotes that the fetched tape holds already. */
  open(update: string, quote: QuoteOpened): void {
    if (this.#rows.some((row) => row.update === update)) return;
    const { type: _type, simulated: _simulated, ...fields } = quote;
    this.#rows.unshift({ ...fields, update, closed: null });
    if (this.#rows.length > MOST_QUOTES) this.#rows.length = MOST_QUOTES;
  }

  close(update: string, quote: QuoteClosed): void {
    const close = { update, id: quote.id, reason: quote.reason };
    if (this.#markClosed(close) || this.#loaded || this.#earlyCloses.length >= MOST_EARLY_CLOSES) return;
    this.#earlyCloses.push(close);
  }

  reset(): void {
    this.#rows = [];
    this.#earlyCloses = [];
    this.#loaded = false;
  }

  #markClosed(close: EarlyClose): boolean {
    const index = this.#rows.findIndex(
      (row) => row.id === close.id && row.closed === null && compareIds(row.update, close.update) < 0,
    );
    const row = this.#rows[index];
    if (row === undefined) return false;
    this.#rows[index] = { ...row, closed: close.reason };
    return true;
  }
}
