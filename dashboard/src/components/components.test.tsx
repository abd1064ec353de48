// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import type { ExplainedPost, FairAnswer, Mark } from "../api/types";
import { Connection } from "../live/connection";
import { LiveProvider } from "../live/context";
import { MarketStore } from "../live/marketStore";
import { closed, opened, tape, tapeRow, valueList, valueRow } from "../testing/fixtures";
import { CalculatorPage } from "./calculator/CalculatorPage";
import { ConnectionPill } from "./shell/ConnectionPill";
import { IntakeBanner } from "./shell/IntakeBanner";
import { SimulatedBadge } from "./shell/SimulatedBadge";
import { TapePanel } from "./tape/TapePanel";

let store: MarketStore;
let connection: Connection;

beforeEach(() => {
  store = new MarketStore((callback) => callback());
  store.loadValues(
    valueList("1.1.0", [valueRow("hana", { name: "Hana" }), valueRow("pika", { name: "Pika" })]),
  );
  connection = new Connection(store, {
    openStream: () => ({ close() {}, addEventListener() {} }) as unknown as EventSource,
    scheduleFrame: (callback) => callback(),
    fetchValues: async () => {
      throw new Error("The engine cannot be reached.");
    },
    fetchTape: async () => tape(),
  });
});

afterEach(() => {
  connection.stop();
  cleanup();
});

function show(page: ReactNode, path = "/") {
  const location = memoryLocation({ path, record: true });
  render(
    <Router hook={location.hook} searchHook={location.searchHook}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <LiveProvider live={{ store, connection }}>{page}</LiveProvider>
      </QueryClientProvider>
    </Router>,
  );
  return location;
}

function rows(): readonly string[] {
  return screen.queryAllByTestId("tape-row").map((row) => row.getAttribute("data-update") ?? "");
}

test("the tape grows at the top, and says why a quote closed", () => {
  show(<TapePanel />);
  act(() => store.loadTape(tape(tapeRow("1.0", "1.1.0"))));
  act(() => void store.apply("1.2.0", opened("2.0")));
  expect(rows()).toEqual(["1.2.0", "1.1.0"]);
  act(() => void store.apply("1.3.0", closed("1.0", "deleted")));
  expect(screen.getAllByTestId("tape-row")[1]?.textContent).toContain("deleted");
});

test("a paused tape stands still and counts what came, and goes on when asked", () => {
  show(<TapePanel />);
  act(() => store.loadTape(tape(tapeRow("1.0", "1.1.0"))));
  fireEvent.click(screen.getByRole("button", { name: "Pause the tape" }));
  act(() => void store.apply("1.2.0", opened("2.0")));
  act(() => void store.apply("1.3.0", opened("3.0")));
  expect(rows()).toEqual(["1.1.0"]);
  expect(screen.getByText("Paused, 2 new")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Pause the tape" }));
  expect(rows()).toEqual(["1.3.0", "1.2.0", "1.1.0"]);
});

test("an empty tape says why it is empty", () => {
  show(<TapePanel />);
  expect(screen.getByText("Loading")).toBeDefined();
  act(() => store.loadTape(tape()));
  expect(screen.getByText("No quotes yet")).toBeDefined();
});

test("an engine that cannot be reached shows as offline, with its reason and a way to try again", async () => {
  show(
    <>
      <ConnectionPill />
      <TapePanel />
    </>,
  );
  await act(() => connection.resync());
  expect(screen.getByTestId("connection-pill").getAttribute("data-state")).toBe("offline");
  expect(screen.getByText("The engine cannot be reached.")).toBeDefined();
  expect(screen.getByRole("button", { name: "Try again" })).toBeDefined();
});

test("a simulated market says so", () => {
  show(<SimulatedBadge />);
  expect(screen.getByTestId("simulated-badge").textContent).toContain("numbers are not real");
});

const hana = { items: [{ item: "hana", quantity: 2 }], value: 20, low: 18, high: 22, pay: "2 MC" };
const pika = { items: [{ item: "pika", quantity: 1 }], value: 25, low: 20, high: 30, pay: null };

function explained(): ExplainedPost {
  const { read } = answerFor("poster");
  const mark = { items: [] as readonly string[] };
  const marks: readonly Mark[] = [
    { ...mark, start: 0, end: 6, says: "give", items: ["hana"] },
    { ...mark, start: 11, end: 15, says: "want", items: ["pika"] },
    { ...mark, start: 18, end: 29, says: "unknown" },
  ];
  return { ...read, explanation: { marks } };
}

function answerFor(perspective: string): FairAnswer {
  const [give, get] = perspective === "poster" ? [hana, pika] : [pika, hana];
  const quote = { give_adds: false, want_adds: false, give_open: false, want_open: false, complete: true };
  const odds = perspective === "poster" ? { win: 0.9, fair: 0.1, lose: 0 } : { win: 0, fair: 0.1, lose: 0.9 };
  const verdict = perspective === "poster" ? "win" : "lose";
  const side = perspective === "poster" ? "you" : "they";
  const items = [{ item: "hana", quantity: 1 }];
  const adjust = { side, items, text: "add 1 Hana to make it fair", fair: 0.8 } as const;
  return {
    simulated: true,
    read: {
      id: "",
      kind: "offer",
      quotes: [{ give: hana.items, want: pika.items, ...quote }],
      unknown: ["mega doodad"],
      notes: [],
    },
    verdicts: [
      { perspective, verdict, give, get, edge: 0.22, ...odds, basis: "quotes", reason: "Because.", adjust },
    ],
  };
}

/** Answers what the calculator asks for: items, verdicts, and what was read. */
function answerRequests() {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async (_address, init) => {
    if (typeof init?.body !== "string") return Response.json({ items: [], next_cursor: null });
    const asked = JSON.parse(init.body) as { explain?: boolean; perspective: string };
    return Response.json(asked.explain === true ? explained() : answerFor(asked.perspective));
  });
}

test("a pasted post is judged from the reader's side, swaps sides, and stands in the address", async () => {
  const asked = answerRequests();
  const location = show(<CalculatorPage />, "/calculator");
  fireEvent.change(screen.getByTestId("paste-box"), { target: { value: "2 hana for pika" } });
  expect((await screen.findByTestId("verdict")).getAttribute("data-verdict")).toBe("win");
  expect(screen.getByText("mega doodad")).toBeDefined();
  expect(screen.getByRole("spinbutton", { name: "How many Hana" })).toHaveProperty("value", "2");
  expect(location.history.at(-1)).toBe("/calculator?post=2+hana+for+pika");
  fireEvent.click(screen.getByTestId("swap"));
  await vi.waitFor(() => expect(screen.getByTestId("verdict").getAttribute("data-verdict")).toBe("lose"));
  expect(location.history.at(-1)).toBe("/calculator?post=2+hana+for+pika&as=taker");
  expect(asked).toHaveBeenCalled();
});

test("what was read in a post is underlined, and said in words from the reader's side", async () => {
  answerRequests();
  show(<CalculatorPage />, "/calculator?post=2+hana+for+pika+%2B+mega+doodad");
  const shown = (await screen.findByTestId("read-text")).querySelector("p");
  expect(shown?.textContent).toBe(
    "2 hana (you give: Hana) for pika (you get: Pika) + mega doodad (not understood)",
  );
  expect([...(shown?.querySelectorAll("mark") ?? [])].map((mark) => mark.dataset.says)).toEqual([
    "give",
    "want",
    "unknown",
  ]);
  fireEvent.click(screen.getByTestId("swap"));
  expect(shown?.textContent).toContain("2 hana (you get: Hana)");
});

test("a trade that is off says what would make it fair, and tries it", async () => {
  answerRequests();
  show(<CalculatorPage />, "/calculator?post=2+hana+for+pika");
  expect((await screen.findByTestId("adjust")).textContent).toContain(
    "add 1 Hana to make it fair, then fair with 80%",
  );
  fireEvent.click(screen.getByRole("button", { name: "Try it" }));
  expect(screen.getByTestId("paste-box")).toHaveProperty("value", "3 Hana for Pika");
});

test("a changed tray writes a new post", async () => {
  answerRequests();
  show(<CalculatorPage />, "/calculator?post=2+hana+for+pika");
  fireEvent.click(await screen.findByRole("button", { name: "One Hana more" }));
  expect(screen.getByTestId("paste-box")).toHaveProperty("value", "3 Hana for Pika");
});

test("a banner says why no posts are taken, and goes when they are", async () => {
  const tell = new Map<string, (event: { data: string }) => void>();
  const stream = {
    close() {},
    addEventListener: (type: string, listener: (event: { data: string }) => void) => tell.set(type, listener),
  };
  connection = new Connection(store, {
    openStream: () => stream as unknown as EventSource,
    scheduleFrame: (callback) => callback(),
    fetchValues: async () => valueList("1.1.0", []),
    fetchTape: async () => tape(),
  });
  show(<IntakeBanner />);
  await act(() => connection.resync());
  expect(screen.queryByTestId("intake-banner")).toBeNull();
  const status = (problem: string | null) =>
    act(() => tell.get("status")?.({ data: JSON.stringify({ problem }) }));
  status("the disk is full");
  expect(screen.getByRole("alert").textContent).toContain("No new posts are taken");
  expect(screen.getByRole("alert").textContent).toContain("the disk is full");
  status(null);
  expect(screen.queryByTestId("intake-banner")).toBeNull();
});
