import { expect, test } from "vitest";
import type { EvidenceRow, Standing } from "../api/types";
import { tapeRow } from "../testing/fixtures";
import { countStandings, isUsed } from "./standing";

function row(id: string, standing: Standing, side = "ask"): EvidenceRow {
  return { ...tapeRow(id, "1.1.0"), side, quantity: 1, implied: 4, standing };
}

test("quotes are counted by what became of them, those that had a part first", () => {
  const rows = [row("1.0", "repost"), row("2.0", "counted"), row("3.0", "late"), row("4.0", "counted")];
  expect(countStandings(rows)).toEqual([
    { standing: "counted", quotes: 2 },
    { standing: "late", quotes: 1 },
    { standing: "repost", quotes: 1 },
  ]);
});

test("a quote that names the item on both sides is one quote", () => {
  expect(countStandings([row("1.0", "counted"), row("1.0", "counted", "bid")])).toEqual([
    { standing: "counted", quotes: 1 },
  ]);
});

test("what was capped or bounded had a part, what was too far off had none to speak of", () => {
  expect((["capped", "bound", "outlier"] as const).map((standing) => isUsed(row("1.0", standing)))).toEqual([
    true,
    true,
    false,
  ]);
});
