import { expect, test } from "vitest";
import { isPushed } from "./capped";

const capped = { value: 10, low: 9, high: 11 };

test("a value counts as pushed when it lies outside the range without pushed posts", () => {
  expect([8.9, 9, 11, 11.1].map((value) => isPushed(value, capped))).toEqual([true, false, false, true]);
});

test("without a value, or without one to compare with, nothing is said", () => {
  expect(isPushed(null, capped)).toBe(false);
  expect(isPushed(10, null)).toBe(false);
});
