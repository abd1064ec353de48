import { expect, test } from "vitest";
import { edgeFraction, formatAge, formatChange, formatSpread, formatValue } from "./format";

test.each([
  [null, "–"],
  [0.012345, "0.0123"],
  [53.94, "53.9"],
  [999.6, "1,000"],
  [3021.4, "3,021"],
])("a value of %s is written %s", (value, expected) => {
  expect(formatValue(value)).toBe(expected);
});

test.each([
  [0.0512, "+5.1%"],
  [-0.5, "−50%"],
  [0.0002, "0.0%"],
  [-0.0002, "0.0%"],
  [12.5, "+1,250%"],
  [null, "–"],
])("a change of %s is written %s", (fraction, expected) => {
  expect(formatChange(fraction)).toBe(expected);
});

test("an interval is written as half its width on the log scale, never as no width at all", () => {
  expect(formatSpread(8, 12.5)).toBe("±25%");
  expect(formatSpread(10, 10)).toBe("±1%");
  expect(formatSpread(1, 1_000)).toBe("±>999%");
  expect(formatSpread(null, 3)).toBe("–");
});

test.each([
  [-5_000, "now"],
  [900, "now"],
  [59_000, "59s"],
  [60_000, "1m"],
  [3_599_000, "59m"],
  [86_399_000, "23h"],
  [172_800_000, "2d"],
])("%d ms ago is written %s", (elapsed, expected) => {
  const time = "2026-01-05T12:00:00Z";
  expect(formatAge(time, Date.parse(time) + elapsed)).toBe(expected);
});

test("an edge is a log-ratio: log 1.1 is a gain of a tenth", () => {
  expect(edgeFraction(Math.log(1.1))).toBeCloseTo(0.1);
  expect(edgeFraction(null)).toBeNull();
});
