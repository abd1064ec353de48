// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import type { EvidenceRow, Standing } from "../../api/types";
import type { ItemGuardSwitched, UnitMoved } from "../../api/updates";
import { Connection } from "../../live/connection";
import { LiveProvider } from "../../live/context";
import { MarketStore } from "../../live/marketStore";
import { liveRow, moved, NOON, tape, tapeRow, valueList, valueRow } from "../../testing/fixtures";
import { EvidenceTable } from "./EvidenceTable";
import { KeyFigures } from "./KeyFigures";
import { TwinNotice } from "./TwinNotice";

let store: MarketStore;
let connection: Connection;

beforeEach(() => {
  store = new MarketStore((callback) => callback());
  store.loadValues(valueList("1.1.0", [valueRow("hana"), valueRow("pika", { name: "Pika" })], ["hana"]));
  connection = new Connection(store, {
    openStream: () => ({ close() {}, addEventListener() {} }) as unknown as EventSource,
    scheduleFrame: (callback) => callback(),
    fetchValues: async () => valueList("1.1.0", []),
    fetchTape: async () => tape(),
  });
});

afterEach(() => {
  connection.stop();
  cleanup();
});

function show(part: ReactNode, path = "/items/pika") {
  const location = memoryLocation({ path, record: true });
  render(
    <Router hook={location.hook} searchHook={location.searchHook}>
      <LiveProvider live={{ store, connection }}>{part}</LiveProvider>
    </Router>,
  );
  return location;
}

function row(id: string, standing: Standing, fields: Partial<EvidenceRow> = {}): EvidenceRow {
  return { ...tapeRow(id, "1.1.0"), side: "ask", quantity: 1, implied: 12, standing, ...fields };
}

function standings(): readonly (string | null)[] {
  return screen.queryAllByTestId("evidence-row").map((each) => each.getAttribute("data-standing"));
}

test("each quote shows what it implied, how far off it was, its weight, and why it was left out", () => {
  show(<EvidenceTable rows={[row("1.0", "outlier", { residual: Math.log(1.5), weight: 0.1 })]} />);
  const text = screen.getByTestId("evidence-row").textContent;
  for (const part of ["ask", "12", "+50%", "10%", "outlier", "Too far from what was expected"])
    expect(text).toContain(part);
});

test("used and left-out quotes can be shown apart, and the choice stands in the address", () => {
  const location = show(
    <EvidenceTable rows={[row("1.0", "counted"), row("2.0", "repost"), row("3.0", "late")]} />,
  );
  expect(standings()).toEqual(["counted", "repost", "late"]);
  fireEvent.click(screen.getByRole("button", { name: "Left out 1" }));
  expect(standings()).toEqual(["repost"]);
  expect(location.history.at(-1)).toContain("evidence=left-out");
  fireEvent.click(screen.getByRole("button", { name: "Used 2" }));
  expect(standings()).toEqual(["counted", "late"]);
});

test("a choice without quotes, and an item without any, say so", () => {
  show(<EvidenceTable rows={[row("1.0", "repost")]} />, "/items/pika?evidence=used");
  expect(screen.getByText("None of them counted")).toBeDefined();
  cleanup();
  show(<EvidenceTable rows={[row("1.0", "counted")]} />, "/items/pika?evidence=left-out");
  expect(screen.getByText("None was left out")).toBeDefined();
  cleanup();
  show(<EvidenceTable rows={[]} />);
  expect(screen.getByText("No quote names it yet")).toBeDefined();
});

const capped = { value: 5, low: 4, high: 6 };

test("a value that differs from the one without pushed posts says so, in change and units", () => {
  show(<TwinNotice row={liveRow("pika")} capped={capped} guard={null} />);
  expect(screen.getByTestId("without-pushed").textContent).toContain("90 % range 4 to 6");
  cleanup();
  show(<TwinNotice row={liveRow("pika", { value: 5.5 })} capped={capped} guard={null} />);
  expect(screen.queryByTestId("without-pushed")).toBeNull();
});

test("a guarded item says since when and why", () => {
  const guard = { reason: "new accounts ask more", since: NOON };
  show(<TwinNotice row={liveRow("pika", { shown: "capped" })} capped={capped} guard={guard} />);
  expect(screen.getByTestId("guarded").textContent).toContain("new accounts ask more");
});

test("the stream moves the twin's value, the guard and the unit's inflation", () => {
  const guard: ItemGuardSwitched = {
    type: "item_guard_switched",
    time: NOON,
    simulated: true,
    item: "pika",
    guarded: true,
    reason: "pushed",
  };
  const unit: UnitMoved = {
    type: "unit_moved",
    time: NOON,
    simulated: true,
    index: 1.1,
    day: 0.01,
    week: null,
    month: null,
    year: null,
  };
  show(<KeyFigures row={liveRow("pika")} />);
  expect(screen.queryByText("unit inflation, a day")).toBeNull();
  act(() => {
    store.apply("1.2.0", guard);
    store.apply("1.2.1", { ...moved("pika", 6), shown: "capped", capped_value: 6 });
    store.apply("1.2.2", unit);
  });
  const pika = store.valuesView().bySlug.get("pika");
  expect(pika).toMatchObject({ shown: "capped", guard: { reason: "pushed", since: NOON } });
  expect(pika?.capped?.value).toBe(6);
  expect(screen.getByText("unit inflation, a day")).toBeDefined();
  act(() => void store.apply("1.3.0", { ...guard, guarded: false }));
  expect(store.valuesView().bySlug.get("pika")?.guard).toBeNull();
});

test("what a value rests on is told in words", () => {
  show(<KeyFigures row={liveRow("pika", { quotes: 1 })} />);
  expect(screen.getByText("1 quote")).toBeDefined();
  cleanup();
  show(<KeyFigures row={liveRow("pika", { basis: "reference" })} />);
  expect(screen.getByText("reference list")).toBeDefined();
});

test("an item without a value shows where nine of ten such items lie", () => {
  show(<KeyFigures row={liveRow("pika", { value: null, low: 2, high: 90, basis: "none" })} />);
  expect(screen.queryByText("90 % range")).toBeNull();
  expect(screen.getByText("nine of ten such items").parentElement?.textContent).toContain("2 to 90");
});
