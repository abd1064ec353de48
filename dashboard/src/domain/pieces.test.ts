import { expect, test } from "vitest";
import type { Mark } from "../api/types";
import { piecesOf } from "./pieces";

function mark(start: number, end: number, says: Mark["says"] = "give"): Mark {
  return { start, end, says, items: [] };
}

function cut(text: string, ...marks: readonly Mark[]): readonly (readonly [string, string | null])[] {
  return piecesOf(text, marks).map((piece) => [piece.text, piece.mark?.says ?? null]);
}

test("a post without marks is one piece, and an empty one none", () => {
  expect(cut("hello")).toEqual([["hello", null]]);
  expect(cut("")).toEqual([]);
});

test("marks cut a post, also at its ends and side by side", () => {
  expect(cut("ase for mc", mark(0, 3), mark(8, 10, "want"))).toEqual([
    ["ase", "give"],
    [" for ", null],
    ["mc", "want"],
  ]);
  expect(cut("asemc", mark(0, 3), mark(3, 5, "unknown"))).toEqual([
    ["ase", "give"],
    ["mc", "unknown"],
  ]);
});

test("places count code points, so that an emoji moves nothing", () => {
  expect(cut("🔥 𝗔𝘀𝗲 for mc", mark(2, 5), mark(10, 12, "want"))).toEqual([
    ["🔥 ", null],
    ["𝗔𝘀𝗲", "give"],
    [" for ", null],
    ["mc", "want"],
  ]);
});
