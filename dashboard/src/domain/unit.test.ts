import { expect, test } from "vitest";
import { valueRow } from "../testing/fixtures";
import { inUnit, relativeInterval } from "./unit";

const hana = valueRow("hana", { value: 20, change_24h: 0.21, trend: [10, null, 20] });
const pika = valueRow("pika", { value: 5, change_24h: 0.1, trend: [5, 5, null] });

test("without a unit a row stays as it is", () => {
  expect(inUnit(hana, null, null)).toMatchObject({ value: 20, low: 9, high: 11, change: 0.21 });
});

test("value, change and trend are told in the other item, the interval as the engine gave it in that unit", () => {
  const figures = inUnit(hana, pika, { low: 0.5, high: 2 });
  expect(figures).toMatchObject({ value: 4, low: 2, high: 8, trend: [2, null, null] });
  expect(figures.change).toBeCloseTo(0.1);
});

test("an interval the engine has not given yet is not made up", () => {
  expect(inUnit(hana, pika, null)).toMatchObject({ value: 4, low: null, high: null });
});

test("an item in its own unit is exactly one", () => {
  expect(inUnit(pika, pika, null)).toMatchObject({ value: 1, low: 1, high: 1, change: 0 });
});

test("nothing can be told in a unit of unknown value", () => {
  expect(inUnit(hana, valueRow("x", { value: null }), null)).toMatchObject({ value: null, change: null });
  expect(relativeInterval(valueRow("x", { value: null }))).toBeNull();
});
