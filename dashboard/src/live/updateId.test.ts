import { expect, test } from "vitest";
import { compareIds, isAfter } from "./updateId";

test("ids are ordered by epoch, then fact, then place, each as a number", () => {
  const ids = ["2.1.0", "1.10.0", "1.9.11", "1.9.2", "1.9.2"];
  expect([...ids].sort(compareIds)).toEqual(["1.9.2", "1.9.2", "1.9.11", "1.10.0", "2.1.0"]);
});

test("an id is not after itself", () => {
  expect(isAfter("1.4.0", "1.4.0")).toBe(false);
  expect(isAfter("1.4.1", "1.4.0")).toBe(true);
});
