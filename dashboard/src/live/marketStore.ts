import type { Tape, TapeRow, ValueList } from "../api/types";
import type { QuoteClosed, QuoteOpened, UnitMoved, Update } from "../api/updates";
import { Notifier, type ScheduleFrame } from "./notifier";
import { OpenQuotes } from "./openQuotes";
import { TapeBuffer } from "./tape";
import { isAfter } from "./updateId";
import { ValuesBuffer, type ValuesView } from "./values";

export interface TapeView {
  readonly loaded: boolean;
  readonly quotes: readonly TapeRow[];
}

/** After this many closes of offers never seen here, counts of asks and bids are too far off to keep. */
const MOST_UNKNOWN_CLOSES = 500;

/**
 * The market as the browser knows it, outside React: snapshots go in, then updates in the order of their ids.
 * Views are built when asked for and stay the same object until something in them changes.
 */
export class MarketStore {
  readonly #values = new ValuesBuffer();
  readonly #tape = new TapeBuffer();
  readonly #openQuotes = new OpenQuotes();
  readonly #valuesNotifier: Notifier;
  readonly #tapeNotifier: Notifier;
  #valuesView: ValuesView | null = null;
  #tapeView: TapeView | null = null;
  #lastId = "0.0.0";

  constructor(scheduleFrame: ScheduleFrame) {
    this.#valuesNotifier = new Notifier(scheduleFrame);
    this.#tapeNotifier = new Notifier(scheduleFrame);
  }

  /** The last update's id that the values include. */
  get lastId(): string {
    return this.#lastId;
  }

  /** Whether a fresh snapshot is due because what was counted here has drifted. */
  get countsAreOff(): boolean {
    return this.#openQuotes.unknownCloses >= MOST_UNKNOWN_CLOSES;
  }

  subscribeValues = (listener: () => void): (() => void) => this.#valuesNotifier.subscribe(listener);
  subscribeTape = (listener: () => void): (() => void) => this.#tapeNotifier.subscribe(listener);

  valuesView = (): ValuesView => {
    this.#valuesView ??= this.#values.view();
    return this.#valuesView;
  };

  tapeView = (): TapeView => {
    this.#tapeView ??= { loaded: this.#tape.loaded, quotes: this.#tape.rows() };
    return this.#tapeView;
  };

  /** Starts over from a value list; the tape follows with `loadTape`, updates with `apply`. */
  loadValues(list: ValueList): void {
    this.#tapeView = this.tapeView();
    this.#values.load(list);
    this.#tape.reset();
    this.#openQuotes.reset();
    this.#lastId = list.id;
    this.#valuesChanged();
  }

  loadTape(tape: Tape): void {
    this.#tape.load(tape.quotes);
    for (const row of tape.quotes) {
      if (row.closed === null && row.kind === "offer") this.#openQuotes.open(row.id, row.give, row.want);
    }
    this.#tapeChanged();
  }

  /** Applies one update; returns false for one that the store has already. */
  apply(id: string, update: Update): boolean {
    if (!isAfter(id, this.#lastId)) return false;
    this.#lastId = id;
    if (update.type === "quote_opened") this.#open(id, update);
    else if (update.type === "quote_closed") this.#close(id, update);
    else if (update.type === "value_moved" && this.#values.move(id, update)) this.#valuesChanged();
    else if (update.type === "item_guard_switched" && this.#values.guard(update)) this.#valuesChanged();
    else if (update.type === "unit_moved") this.#inflate(update);
    return true;
  }

  #open(id: string, quote: QuoteOpened): void {
    this.#tape.open(id, quote);
    if (quote.kind === "offer") {
      const items = this.#openQuotes.open(quote.id, quote.give, quote.want);
      this.#values.count(items.asks, items.bids, 1, quote.time);
      this.#valuesChanged();
    }
    this.#tapeChanged();
  }

  #close(id: string, quote: QuoteClosed): void {
    this.#tape.close(id, quote);
    const items = this.#openQuotes.close(quote.id);
    if (items !== null) {
      this.#values.count(items.asks, items.bids, -1, null);
      this.#valuesChanged();
    }
    this.#tapeChanged();
  }

  #inflate(unit: UnitMoved): void {
    this.#values.inflate(unit);
    this.#valuesChanged();
  }

  #valuesChanged(): void {
    this.#valuesView = null;
    this.#valuesNotifier.notify();
  }

  /** While a fresh tape is on its way, the old one stays on the screen. */
  #tapeChanged(): void {
    if (!this.#tape.loaded) return;
    this.#tapeView = null;
    this.#tapeNotifier.notify();
  }
}
