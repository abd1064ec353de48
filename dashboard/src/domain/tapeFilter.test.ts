import { expect, test } from "vitest";
import { tapeRow } from "../testing/fixtures";
import { filterTape } from "./tapeFilter";

const rows = [
  tapeRow("1.0", "1.1.0"),
  tapeRow("2.0", "1.2.0", { kind: "deal", give: [{ item: "yuki", quantity: 1, implied: null }] }),
];
const names: Record<string, string> = { hana: "Hana Fruit HF", pika: "Pika", yuki: "Yuki" };
const ids = (kind: string | null, text: string | null): string[] =>
  filterTape(rows, kind, text, (slug) => names[slug] ?? "").map((row) => row.id);

test("a kind and the beginning of an item's word narrow the tape, on either side", () => {
  expect(ids(null, null)).toEqual(["1.0", "2.0"]);
  expect(ids("deal", null)).toEqual(["2.0"]);
  expect(ids(null, "hf")).toEqual(["1.0"]);
  expect(ids(null, "pik")).toEqual(["1.0", "2.0"]);
  expect(ids(null, "ana")).toEqual([]);
  expect(ids("offer", "yuki")).toEqual([]);
});
