import { expect, test } from "vitest";
import { sparklinePath } from "./sparkline";

test("a line runs from left to right, the largest value on top", () => {
  expect(sparklinePath([1, 3, 2], 20, 10)).toBe("M0.0 10.0L10.0 0.0L20.0 5.0");
});

test("the line breaks where a value is missing", () => {
  expect(sparklinePath([1, null, 1], 20, 10)).toBe("M0.0 5.0M20.0 5.0");
});

test("fewer than two values draw nothing", () => {
  expect(sparklinePath([null, 4], 20, 10)).toBe("");
});
