import { fetchTape, fetchValues, streamAddress } from "../api/client";
import type { Tape, ValueList } from "../api/types";
import { readProblem, readUpdate, STREAM_TYPES } from "../api/updates";
import { LatencyMeter } from "./latency";
import type { MarketStore } from "./marketStore";
import { Notifier, type ScheduleFrame } from "./notifier";

export type ConnectionState = "catching-up" | "live" | "stale" | "offline";

export interface ConnectionView {
  readonly state: ConnectionState;
  readonly latency: number | null;
  readonly error: string | null;
  /** Why the engine takes no posts now; null while it does. */
  readonly problem: string | null;
  /** Counts the snapshots taken: what was fetched beside the stream is fetched again when it grows. */
  readonly snapshots: number;
}

/** What a connection needs of the browser; tests bring their own. */
export interface ConnectionPorts {
  readonly openStream: (address: string) => EventSource;
  readonly scheduleFrame: ScheduleFrame;
  readonly fetchValues: () => Promise<ValueList>;
  readonly fetchTape: (limit: number) => Promise<Tape>;
}

const TAPE_LENGTH = 100;
const STALE_AFTER_MS = 5_000;
const OFFLINE_AFTER_MS = 30_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** Updates that arrive this soon after the stream opened may be the backlog: they say nothing of latency. */
const BACKLOG_MS = 1_000;
const LATENCY_SHOWN_EVERY_MS = 1_000;

const browserPorts: ConnectionPorts = {
  openStream: (address) => new EventSource(address),
  scheduleFrame: (callback) => requestAnimationFrame(callback),
  fetchValues: () => fetchValues(),
  fetchTape,
};

/**
 * Keeps a store in step with the engine: snapshot, then the stream from the snapshot's last update.
 * The browser resumes a broken stream by itself; a `reset`, a new catalogue or a return from the
 * background starts over with a snapshot. Nothing is polled.
 */
export class Connection {
  readonly #store: MarketStore;
  readonly #ports: ConnectionPorts;
  readonly #notifier: Notifier;
  readonly #latency = new LatencyMeter();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  #stream: EventSource | null = null;
  #attempt = 0;
  #failures = 0;
  #openedAt = 0;
  #latencyShownAt = 0;
  #measuring = false;
  #view: ConnectionView = { state: "catching-up", latency: null, error: null, problem: null, snapshots: 0 };

  constructor(store: MarketStore, ports: ConnectionPorts = browserPorts) {
    this.#store = store;
    this.#ports = ports;
    this.#notifier = new Notifier(ports.scheduleFrame);
  }

  subscribe = (listener: () => void): (() => void) => this.#notifier.subscribe(listener);
  view = (): ConnectionView => this.#view;

  /** Takes a fresh snapshot and follows the stream from there. Also what "Try again" does. */
  resync = async (): Promise<void> => {
    this.stop();
    const attempt = this.#attempt;
    this.#show({ state: "catching-up" });
    try {
      const list = await this.#ports.fetchValues();
      if (attempt !== this.#attempt) return;
      this.#store.loadValues(list);
      this.#follow(list.id);
      const tape = await this.#ports.fetchTape(TAPE_LENGTH);
      if (attempt !== this.#attempt) return;
      this.#store.loadTape(tape);
      this.#show({ error: null, snapshots: this.#view.snapshots + 1 });
    } catch (error) {
      if (attempt !== this.#attempt) return;
      this.#retryLater(error instanceof Error ? error.message : String(error));
    }
  };

  /** Closes the stream and forgets what was under way. */
  stop = (): void => {
    this.#attempt += 1;
    this.#stream?.close();
    this.#stream = null;
    this.#clearTimers();
  };

  /** Whether a stream is being followed (open, or being resumed by the browser). */
  get following(): boolean {
    return this.#stream !== null;
  }

  /** The network went away: say so at once; the browser resumes the stream when it is back. */
  networkLost = (): void => this.#show({ state: "offline" });

  #follow(after: string): void {
    const stream = this.#ports.openStream(streamAddress(STREAM_TYPES, after));
    this.#stream = stream;
    stream.onopen = () => this.#opened();
    stream.onmessage = (event: MessageEvent<string>) => this.#receive(event.lastEventId, event.data);
    stream.addEventListener("reset", () => this.#startOver());
    stream.addEventListener("status", (event: MessageEvent<string>) =>
      this.#show({ problem: readProblem(event.data) }),
    );
    stream.onerror = () => this.#broken(stream);
  }

  #opened(): void {
    this.#clearTimers();
    this.#openedAt = Date.now();
    this.#latency.reset();
    // A stream opens with a status where there is a problem, and without where there is none.
    this.#show({ state: "live", latency: null, problem: null });
  }

  #receive(id: string, data: string): void {
    const update = readUpdate(data);
    if (update === null) return;
    if (update.type === "catalogue_adopted" || update.type === "reference_changed") {
      void this.resync();
      return;
    }
    if (!this.#store.apply(id, update)) return;
    this.#failures = 0;
    this.#measure(update.time);
    if (this.#store.countsAreOff) void this.resync();
  }

  /** Times the first update of a frame until that frame is drawn. */
  #measure(time: string): void {
    if (this.#measuring || Date.now() - this.#openedAt < BACKLOG_MS) return;
    this.#measuring = true;
    this.#ports.scheduleFrame(() => {
      this.#measuring = false;
      const now = Date.now();
      this.#latency.record(now - Date.parse(time));
      if (now - this.#latencyShownAt < LATENCY_SHOWN_EVERY_MS || this.#view.state !== "live") return;
      this.#latencyShownAt = now;
      this.#show({ latency: this.#latency.median() });
    });
  }

  #broken(stream: EventSource): void {
    if (stream !== this.#stream) return;
    if (stream.readyState === stream.CLOSED) {
      this.#retryLater("The engine closed the stream.");
      return;
    }
    if (this.#timers.size > 0) return;
    if (this.#view.state === "live") this.#show({ state: "catching-up" });
    this.#later(STALE_AFTER_MS, () => this.#show({ state: "stale" }));
    this.#later(OFFLINE_AFTER_MS, () => this.#show({ state: "offline" }));
  }

  /** A reset straight after a reset would go round and round: later ones wait. */
  #startOver(): void {
    if (this.#failures > 0) {
      this.#retryLater(null);
      return;
    }
    this.#failures = 1;
    void this.resync();
  }

  #retryLater(error: string | null): void {
    this.stop();
    this.#failures += 1;
    this.#show(error === null ? { state: "catching-up" } : { state: "offline", error });
    const wait = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(this.#failures - 1, 10));
    this.#later(wait, () => void this.resync());
  }

  #later(milliseconds: number, action: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, milliseconds);
    this.#timers.add(timer);
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }

  #show(change: Partial<ConnectionView>): void {
    this.#view = { ...this.#view, ...change };
    this.#notifier.notify();
  }
}
