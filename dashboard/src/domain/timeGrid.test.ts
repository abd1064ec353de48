import { expect, test } from "vitest";
import { toGrid, toSeconds } from "./timeGrid";

const point = (time: string, value: number | null) => ({ time, value, low: value, high: value, quotes: 1 });
const at = (time: string): number => toSeconds(time);

test("hours without a point are gaps as wide as they lasted", () => {
  const grid = toGrid([point("2026-01-05T03:00:00Z", 3), point("2026-01-05T00:00:00Z", 1)], 3_600, null);
  expect(grid.map((one) => one.value)).toEqual([1, null, null, 3]);
  expect(grid[1]?.time).toBe(at("2026-01-05T01:00:00Z"));
});

test("the grid reaches back to quotes older than the history, but not for ever", () => {
  const points = [point("2026-01-05T00:00:00Z", 1)];
  const grid = toGrid(points, 3_600, at("2026-01-04T21:30:00Z"));
  expect(grid.map((one) => one.value)).toEqual([null, null, null, 1]);
  expect(toGrid(points, 3_600, at("2025-01-01T00:00:00Z"))).toHaveLength(169);
});

test("without history the grid begins at the oldest quote, without either it is empty", () => {
  expect(toGrid([], 3_600, at("2026-01-05T00:30:00Z"))).toHaveLength(1);
  expect(toGrid([], 3_600, null)).toEqual([]);
});
