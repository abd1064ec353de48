import { expect, test } from "vitest";
import { commonAxis } from "./axis";

test("all intervals lie within the axis, equal ratios equally far apart", () => {
  const axis = commonAxis([
    { low: 1, high: 4 },
    { low: 2, high: 16 },
  ]);
  const at = (value: number): number => axis?.(value) ?? Number.NaN;
  expect(at(1)).toBeGreaterThan(0);
  expect(at(16)).toBeLessThan(1);
  expect(at(4) - at(2)).toBeCloseTo(at(16) - at(8));
});

test("there is no axis without any interval", () => {
  expect(commonAxis([{ low: null, high: null }])).toBeNull();
});
