import { expect, test } from "vitest";
import { quotesPerMinute } from "./rate";

const NOW = Date.parse("2026-01-05T12:00:00Z");
const ago = (seconds: number): string => new Date(NOW - seconds * 1_000).toISOString();

test("counts the last five minutes", () => {
  expect(quotesPerMinute([ago(1), ago(100), ago(299), ago(301)], NOW, 100)).toBeCloseTo(0.6);
  expect(quotesPerMinute([], NOW, 100)).toBe(0);
});

test("a full list that reaches back less far is taken for the time it covers", () => {
  const times = Array.from({ length: 100 }, (_, index) => ago((index + 1) * 0.3));
  expect(quotesPerMinute(times, NOW, 100)).toBeCloseTo(200);
});
