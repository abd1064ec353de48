import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { EventSource as NodeEventSource } from "eventsource";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Update } from "../api/updates";
import { moved, opened, tape, tapeRow, valueList, valueRow } from "../testing/fixtures";
import { Connection } from "./connection";
import { MarketStore } from "./marketStore";

/** A real server on a loopback port that speaks the engine's stream. */
class Engine {
  readonly addresses: string[] = [];
  readonly resumedFrom: (string | undefined)[] = [];
  readonly streams = new Set<ServerResponse>();
  seq = 5;
  valuesAsked = 0;
  refusing = false;
  readonly #server: Server = createServer((request, response) => {
    this.addresses.push(request.url ?? "");
    this.resumedFrom.push(request.headers["last-event-id"]?.toString());
    if (this.refusing) {
      response.writeHead(503).end();
      return;
    }
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write("retry: 20\n\n");
    this.streams.add(response);
    request.on("close", () => this.streams.delete(response));
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  send(id: string, update: Update | { type: string }): void {
    for (const stream of this.streams) stream.write(`id: ${id}\ndata: ${JSON.stringify(update)}\n\n`);
  }

  status(problem: string | null): void {
    const data = JSON.stringify({ type: "status", problem });
    for (const stream of this.streams) stream.write(`event: status\ndata: ${data}\n\n`);
  }

  reset(): void {
    for (const stream of this.streams) stream.write("event: reset\ndata: {}\n\n");
  }

  cut(): void {
    for (const stream of this.streams) stream.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

let engine: Engine;
let store: MarketStore;
let connection: Connection;
const run = (callback: () => void): void => callback();

beforeEach(async () => {
  engine = new Engine();
  await engine.start();
  store = new MarketStore(run);
  connection = new Connection(store, {
    openStream: (address) => new NodeEventSource(engine.address + address),
    scheduleFrame: run,
    fetchValues: async () => {
      engine.valuesAsked += 1;
      if (engine.refusing) throw new Error("The engine cannot be reached.");
      return valueList(`1.${engine.seq}.0`, [valueRow("hana"), valueRow("pika")]);
    },
    fetchTape: async () => tape(tapeRow("3.0", "1.3.0")),
  });
});

afterEach(async () => {
  vi.useRealTimers();
  connection.stop();
  await engine.stop();
});

async function live(): Promise<void> {
  await connection.resync();
  await vi.waitFor(() => expect(connection.view().state).toBe("live"));
  await vi.waitFor(() => expect(engine.streams.size).toBe(1));
}

test("follows the stream from the snapshot's last update", async () => {
  await live();
  expect(engine.addresses[0]).toContain("/api/v1/stream?types=");
  expect(engine.addresses[0]).toContain("after=1.5.0");
  engine.send("1.6.0", opened("6.0"));
  engine.send("1.6.1", moved("hana", 20));
  await vi.waitFor(() => expect(store.valuesView().bySlug.get("hana")?.value).toBe(20));
  expect(store.tapeView().quotes.map((row) => row.update)).toEqual(["1.6.0", "1.3.0"]);
});

test("a cut stream is resumed from the last update seen, without another snapshot", async () => {
  await live();
  engine.send("1.6.0", moved("hana", 20));
  await vi.waitFor(() => expect(store.lastId).toBe("1.6.0"));
  engine.cut();
  await vi.waitFor(() => expect(engine.resumedFrom).toEqual([undefined, "1.6.0"]));
  await vi.waitFor(() => expect(connection.view().state).toBe("live"));
  expect(engine.valuesAsked).toBe(1);
});

test("why no posts are taken is told as it happens, and not beyond the stream that told it", async () => {
  await live();
  engine.status("the disk is full");
  await vi.waitFor(() => expect(connection.view().problem).toBe("the disk is full"));
  engine.status(null);
  await vi.waitFor(() => expect(connection.view().problem).toBeNull());
  engine.status("the disk is full");
  await vi.waitFor(() => expect(connection.view().problem).toBe("the disk is full"));
  engine.cut();
  await vi.waitFor(() => expect(connection.view().problem).toBeNull());
  expect(connection.view().state).toBe("live");
});

test("a reset starts over with a snapshot and a stream from there", async () => {
  await live();
  engine.seq = 50;
  engine.reset();
  await vi.waitFor(() => expect(engine.addresses.at(-1)).toContain("after=1.50.0"));
  expect(engine.valuesAsked).toBe(2);
  expect(store.lastId).toBe("1.50.0");
});

test("a new catalogue starts over with a snapshot", async () => {
  await live();
  engine.seq = 60;
  engine.send("1.59.0", { type: "catalogue_adopted" });
  await vi.waitFor(() => expect(store.lastId).toBe("1.60.0"));
});

test("an update of a type it does not know is passed over", async () => {
  await live();
  engine.send("1.6.0", { type: "bar_closed" });
  engine.send("1.7.0", moved("hana", 21));
  await vi.waitFor(() => expect(store.lastId).toBe("1.7.0"));
});

test("an engine that cannot be reached is said to be offline, with the reason, and tried again when asked", async () => {
  engine.refusing = true;
  await connection.resync();
  expect(connection.view()).toMatchObject({ state: "offline", error: "The engine cannot be reached." });
  engine.refusing = false;
  await live();
  expect(connection.view().error).toBeNull();
});

/** A stream whose events a test fires by hand, for what depends on time. */
class HandStream {
  readonly CLOSED = 2;
  readyState = 0;
  onopen = (): void => undefined;
  onerror = (): void => undefined;
  addEventListener(): void {}
  close(): void {
    this.readyState = this.CLOSED;
  }
}

function byHand() {
  const streams: HandStream[] = [];
  const connection = new Connection(store, {
    openStream: () => {
      const stream = new HandStream();
      streams.push(stream);
      return stream as unknown as EventSource;
    },
    scheduleFrame: run,
    fetchValues: async () => valueList("1.1.0", [valueRow("hana")]),
    fetchTape: async () => tape(),
  });
  return { connection, streams };
}

test("a stream that stays broken is stale after 5 seconds and offline after 30", async () => {
  vi.useFakeTimers();
  const { connection: hand, streams } = byHand();
  await hand.resync();
  streams[0]?.onopen();
  expect(hand.view().state).toBe("live");
  streams[0]?.onerror();
  expect(hand.view().state).toBe("catching-up");
  vi.advanceTimersByTime(5_000);
  streams[0]?.onerror();
  expect(hand.view().state).toBe("stale");
  vi.advanceTimersByTime(25_000);
  expect(hand.view().state).toBe("offline");
  streams[0]?.onopen();
  expect(hand.view().state).toBe("live");
});

test("a stream the engine refuses is tried again with a fresh snapshot, after waits that grow", async () => {
  vi.useFakeTimers();
  const { connection: hand, streams } = byHand();
  await hand.resync();
  const refuse = (): void => {
    streams.at(-1)?.close();
    streams.at(-1)?.onerror();
  };
  refuse();
  expect(hand.view()).toMatchObject({ state: "offline", error: "The engine closed the stream." });
  await vi.advanceTimersByTimeAsync(999);
  expect(streams).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(streams).toHaveLength(2);
  refuse();
  await vi.advanceTimersByTimeAsync(1_999);
  expect(streams).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  expect(streams).toHaveLength(3);
  hand.stop();
});
