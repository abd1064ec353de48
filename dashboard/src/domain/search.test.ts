import { expect, test } from "vitest";
import { searchItems } from "./search";

const ITEMS = [
  { item: "big-hana", name: "Big Hana", short: "BH", aliases: ["bloom"] },
  { item: "hana", name: "Hana", short: "Hana", aliases: ["flower", "hana hana no mi"] },
  { item: "hanami", name: "Hanami", short: "HM", aliases: [] },
  { item: "queens-fan", name: "Queen's Fan", short: "QF", aliases: ["flower fan"] },
];

function slugs(text: string, limit = 10): string[] {
  return searchItems(ITEMS, text, limit).map((found) => found.item.item);
}

test("an exact name comes first, then what begins with it, then a later word", () => {
  expect(slugs("hana")).toEqual(["hana", "hanami", "big-hana"]);
});

test("an alias finds its item, and is named as the reason", () => {
  expect(searchItems(ITEMS, "flower", 10).map((found) => [found.item.item, found.alias])).toEqual([
    ["hana", "flower"],
    ["queens-fan", "flower fan"],
  ]);
});

test("case, apostrophes and hyphens make no difference", () => {
  expect(slugs("QUEENS-fan")).toEqual(["queens-fan"]);
  expect(slugs("fan queen")).toEqual(["queens-fan"]);
});

test("no text lists the first items, an unknown word none", () => {
  expect(slugs("  ", 2)).toEqual(["big-hana", "hana"]);
  expect(slugs("zzz")).toEqual([]);
});
