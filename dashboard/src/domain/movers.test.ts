import { expect, test } from "vitest";
import { valueRow } from "../testing/fixtures";
import { findMovers } from "./movers";

test("only items with enough quotes and a sure value are ranked, largest change first", () => {
  const rows = [
    valueRow("thin", { change_24h: 9, quotes: 4 }),
    valueRow("vague", { change_24h: 8, confidence: "shaky" }),
    valueRow("listed", { change_24h: 7, basis: "reference" }),
    valueRow("up", { change_24h: 0.1 }),
    valueRow("higher", { change_24h: 0.3 }),
    valueRow("down", { change_24h: -0.2 }),
    valueRow("still", { change_24h: 0 }),
    valueRow("new", { change_24h: null }),
  ];
  const { up, down } = findMovers(rows, 5);
  expect(up.map((row) => row.item)).toEqual(["higher", "up"]);
  expect(down.map((row) => row.item)).toEqual(["down"]);
  expect(findMovers(rows, 1).up).toHaveLength(1);
});
