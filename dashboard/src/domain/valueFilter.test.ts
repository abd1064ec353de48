import { expect, test } from "vitest";
import { valueRow } from "../testing/fixtures";
import { categoriesOf, filterRows } from "./valueFilter";

const rows = [
  valueRow("a", { name: "Big Hana", short: "BH" }),
  valueRow("b", { name: "Sword", short: "SW", category: "weapon" }),
  valueRow("c", { name: "Thing", category: "" }),
];

test("text matches the beginning of a word of name or shorthand, together with the category", () => {
  expect(filterRows(rows, "hana", null).map((row) => row.item)).toEqual(["a"]);
  expect(filterRows(rows, "sw", "weapon").map((row) => row.item)).toEqual(["b"]);
  expect(filterRows(rows, "sw", "fruit")).toEqual([]);
  expect(filterRows(rows, "", null)).toBe(rows);
});

test("categories are listed once each, by name, without the empty one", () => {
  expect(categoriesOf(rows)).toEqual(["fruit", "weapon"]);
});
