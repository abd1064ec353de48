import { expect, test } from "vitest";
import { addLines, addTo, composePost, setQuantity } from "./compose";

const name = (slug: string): string => slug.toUpperCase();
const give = [
  { item: "hana", quantity: 2 },
  { item: "pika", quantity: 1 },
];
const get = [{ item: "yuki", quantity: 1.5 }];

test("the poster's post gives what you give", () => {
  expect(composePost({ give, get }, "poster", name)).toBe("2 HANA + PIKA for 1.5 YUKI");
});

test("the post a taker answers gives what you get", () => {
  expect(composePost({ give, get }, "taker", name)).toBe("1.5 YUKI for 2 HANA + PIKA");
});

test("an empty side is open, two empty sides are no post", () => {
  expect(composePost({ give, get: [] }, "poster", name)).toBe("2 HANA + PIKA for offers");
  expect(composePost({ give: [], get }, "poster", name)).toBe("LF 1.5 YUKI");
  expect(composePost({ give: [], get: [] }, "poster", name)).toBe("");
});

test("an item added twice is two of it, and a quantity of none takes it out", () => {
  expect(addTo(addTo([], "hana"), "hana")).toEqual([{ item: "hana", quantity: 2 }]);
  expect(setQuantity(give, "pika", 4)).toEqual([give[0], { item: "pika", quantity: 4 }]);
  expect(setQuantity(give, "pika", 0)).toEqual([give[0]]);
  expect(setQuantity(give, "pika", Number.NaN)).toEqual([give[0]]);
});

test("lines added to a tray are counted up where the item is in it already", () => {
  const tray = [{ item: "hana", quantity: 2 }];
  const more = [
    { item: "pika", quantity: 1 },
    { item: "hana", quantity: 1 },
  ];
  expect(addLines(tray, more)).toEqual([
    { item: "hana", quantity: 3 },
    { item: "pika", quantity: 1 },
  ]);
});
