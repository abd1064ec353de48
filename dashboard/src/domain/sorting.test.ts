import { expect, test } from "vitest";
import { liveRow } from "../testing/fixtures";
import { DEFAULT_SORT, readSort, sortRows, writeSort } from "./sorting";

const rows = [
  liveRow("b", { value: 2, confidence: "guess" }),
  liveRow("none", { value: null, confidence: "unknown" }),
  liveRow("c", { value: 5, confidence: "solid" }),
  liveRow("a", { value: 2, confidence: "ok" }),
];
const order = (text: string): string[] => sortRows(rows, readSort(text)).map((row) => row.item);

test("rows are sorted either way, equals by name, and what is unknown stays last", () => {
  expect(order("-value")).toEqual(["c", "a", "b", "none"]);
  expect(order("value")).toEqual(["a", "b", "c", "none"]);
});

test("confidence is sorted by how sure it is, not by its letters", () => {
  expect(order("-confidence")).toEqual(["c", "a", "b", "none"]);
});

test("a sort survives the address, and a made-up one falls back", () => {
  for (const text of ["value", "-change", "name"]) expect(writeSort(readSort(text))).toBe(text);
  expect(writeSort(DEFAULT_SORT)).toBeNull();
  expect(readSort("-poster")).toEqual(DEFAULT_SORT);
  expect(readSort(null)).toEqual(DEFAULT_SORT);
});
