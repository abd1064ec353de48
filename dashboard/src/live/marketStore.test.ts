import { expect, test } from "vitest";
import { closed, moved, opened, tape, tapeRow, valueList, valueRow } from "../testing/fixtures";
import { MarketStore } from "./marketStore";

function storeAt(id: string): MarketStore {
  const store = new MarketStore((callback) => callback());
  store.loadValues(valueList(id, [valueRow("hana"), valueRow("pika", { value: 5 })], ["hana", "pika"]));
  return store;
}

test("an update the snapshot already includes changes nothing", () => {
  const store = storeAt("1.10.3");
  const before = store.valuesView();
  expect(store.apply("1.10.3", moved("hana", 99))).toBe(false);
  expect(store.valuesView()).toBe(before);
});

test("a moved value moves its row, its change and the coins, and leaves other rows the same objects", () => {
  const store = storeAt("1.10.0");
  store.apply("1.11.0", moved("hana", 12));
  store.loadTape(tape());
  const view = store.valuesView();
  expect(view.bySlug.get("hana")).toMatchObject({
    value: 12,
    confidence: "ok",
    quotes: 21,
    direction: 1,
    moves: 1,
  });
  expect(view.bySlug.get("hana")?.change_24h).toBeCloseTo(0.2);
  expect(view.coins).toEqual([
    { short: "HANA", value: 12 },
    { short: "PIKA", value: 5 },
  ]);
  const pika = view.bySlug.get("pika");
  store.apply("1.12.0", moved("hana", 13));
  expect(store.valuesView().bySlug.get("pika")).toBe(pika);
});

test("a view stays the same object until something in it changes", () => {
  const store = storeAt("1.1.0");
  expect(store.valuesView()).toBe(store.valuesView());
  store.apply("1.2.0", moved("unlisted", 1));
  const view = store.valuesView();
  store.apply("1.3.0", moved("hana", 11));
  expect(store.valuesView()).not.toBe(view);
});

test("a value that nothing supports any more becomes unknown", () => {
  const store = storeAt("1.1.0");
  store.apply("1.2.0", moved("pika", null));
  expect(store.valuesView().bySlug.get("pika")?.value).toBeNull();
  expect(store.valuesView().coins).toEqual([{ short: "HANA", value: 10 }]);
});

test("an open offer counts as an ask of what it gives and a bid for what it wants, until it closes", () => {
  const store = storeAt("1.1.0");
  store.loadTape(tape());
  store.apply("1.2.0", opened("2.0"));
  expect(store.valuesView().bySlug.get("hana")).toMatchObject({ asks: 2, bids: 1 });
  expect(store.valuesView().bySlug.get("pika")).toMatchObject({ asks: 1, bids: 2 });
  store.apply("1.3.0", closed("2.0"));
  expect(store.valuesView().bySlug.get("hana")).toMatchObject({ asks: 1, bids: 1 });
  expect(store.valuesView().bySlug.get("pika")).toMatchObject({ asks: 1, bids: 1 });
});

test("deals and questions stand on the tape but not in the book", () => {
  const store = storeAt("1.1.0");
  store.loadTape(tape());
  store.apply("1.2.0", opened("2.0", { kind: "question" }));
  expect(store.valuesView().bySlug.get("hana")?.asks).toBe(1);
  expect(store.tapeView().quotes).toHaveLength(1);
});

test("what the stream brought before the tape was fetched is neither lost nor doubled", () => {
  const store = storeAt("1.5.0");
  store.apply("1.7.0", opened("7.0"));
  store.apply("1.8.0", closed("4.0", "deleted"));
  expect(store.tapeView().loaded).toBe(false);
  store.loadTape(tape(tapeRow("7.0", "1.7.0"), tapeRow("4.0", "1.4.0")));
  expect(store.tapeView().quotes.map((row) => [row.update, row.closed])).toEqual([
    ["1.7.0", null],
    ["1.4.0", "deleted"],
  ]);
});

test("a backlog that repeats what the fetched tape holds doubles nothing, and still counts in the book", () => {
  const store = storeAt("1.5.0");
  store.loadTape(tape(tapeRow("7.0", "1.7.0"), tapeRow("6.0", "1.6.0", { closed: "edited" })));
  store.apply("1.6.0", opened("6.0"));
  store.apply("1.6.1", closed("6.0", "edited"));
  store.apply("1.7.0", opened("7.0"));
  expect(store.tapeView().quotes.map((row) => [row.update, row.closed])).toEqual([
    ["1.7.0", null],
    ["1.6.0", "edited"],
  ]);
  expect(store.valuesView().bySlug.get("hana")?.asks).toBe(2);
});

test("an edit closes the quote it replaces, not the one of the same id that follows", () => {
  const store = storeAt("1.1.0");
  store.loadTape(tape(tapeRow("1.0", "1.1.0")));
  store.apply("1.2.0", closed("1.0", "edited"));
  store.apply("1.2.1", opened("1.0"));
  expect(store.tapeView().quotes.map((row) => [row.update, row.closed])).toEqual([
    ["1.2.1", null],
    ["1.1.0", "edited"],
  ]);
});

test("the tape keeps the newest 500 quotes", () => {
  const store = storeAt("1.1.0");
  store.loadTape(tape());
  for (let seq = 2; seq < 702; seq += 1) store.apply(`1.${seq}.0`, opened(`${seq}.0`));
  const { quotes } = store.tapeView();
  expect(quotes).toHaveLength(500);
  expect(quotes[0]?.update).toBe("1.701.0");
});

test("a fresh snapshot replaces everything, also one of a journal that starts over", () => {
  const store = storeAt("1.900.0");
  store.loadTape(tape(tapeRow("9.0", "1.9.0")));
  store.loadValues(valueList("1.3.0", [valueRow("hana", { value: 1 })]));
  expect(store.tapeView().quotes).toHaveLength(1);
  store.loadTape(tape());
  expect(store.tapeView().quotes).toHaveLength(0);
  expect(store.valuesView().rows.map((row) => row.value)).toEqual([1]);
  expect(store.apply("1.4.0", moved("hana", 2))).toBe(true);
});

test("too many closes of offers it never saw make the counts stale, until the next snapshot", () => {
  const store = storeAt("1.1.0");
  store.loadTape(tape());
  for (let seq = 2; seq < 502; seq += 1) store.apply(`1.${seq}.0`, closed(`${seq}.9`, "expired"));
  expect(store.countsAreOff).toBe(true);
  store.loadValues(valueList("1.600.0", [valueRow("hana")]));
  expect(store.countsAreOff).toBe(false);
});
