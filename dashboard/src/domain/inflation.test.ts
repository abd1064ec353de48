import { expect, test } from "vitest";
import { describeInflation, unitSpan } from "./inflation";

const NOON = "2026-01-05T00:00:00Z";
const young = { time: NOON, index: 1.012, day: 0.012, week: null, month: null, year: null };
const old = { ...young, week: -0.02, month: 0.1, year: null };

test("the unit's inflation is told over a week, over a day while it is younger, and not before", () => {
  expect(unitSpan(old)).toEqual({ words: "7 days", fraction: -0.02 });
  expect(unitSpan(young)).toEqual({ words: "a day", fraction: 0.012 });
  expect(unitSpan({ ...young, day: null })).toBeNull();
  expect(unitSpan(null)).toBeNull();
});

test("every span that is known stands in the words", () => {
  expect(describeInflation(old)).toBe(
    "All items cost 1.012 times the units they did at the start: +1.2% in a day, −2.0% in 7 days, +10% in 30 days",
  );
  expect(describeInflation({ ...young, day: null })).toBe(
    "All items cost 1.012 times the units they did at the start",
  );
});
