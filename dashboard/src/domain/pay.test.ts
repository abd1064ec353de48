import { expect, test } from "vitest";
import { payAs } from "./pay";

const COINS = [
  { short: "ASE", value: 56 },
  { short: "MC", value: 8 },
  { short: "LC", value: 1 },
  { short: "RC", value: 0.4 },
];

test.each([
  [50, "6 MC + 2 LC"],
  [56, "1 ASE"],
  [55.9, "6 MC + 7 LC + 2 RC"],
  [63.9, "1 ASE + 7 LC + 2 RC"],
  [120.5, "2 ASE + 1 MC + 1 LC"],
  [112_000, "2000 ASE"],
  [0.4, "1 RC"],
  [0.21, "1 RC"],
  [1.8, "1 LC + 2 RC"],
])("%f is paid as %s", (value, expected) => {
  expect(payAs(value, COINS)).toBe(expected);
});

test("what was rounded up to a dearer coin's worth is paid in that coin", () => {
  const coins = COINS.slice(0, 3);
  expect(payAs(7.9, coins)).toBe("1 MC");
  expect(payAs(55.9, coins)).toBe("1 ASE");
});

test("an unknown value, one below half of the cheapest coin, and a market without coins have no change", () => {
  expect(payAs(null, COINS)).toBeNull();
  expect(payAs(0.19, COINS)).toBeNull();
  expect(payAs(5, [])).toBeNull();
});

test("coins are taken dearest first whatever their order", () => {
  expect(payAs(50, [...COINS].reverse())).toBe("6 MC + 2 LC");
});
