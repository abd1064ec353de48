import { expect, test } from "vitest";
import { tapeRow } from "../testing/fixtures";
import { liveEvidence } from "./evidence";

test("quotes of the tape newer than what was fetched come first, each on the side that names the item", () => {
  const fetched = [
    { ...tapeRow("1.0", "1.1.0"), side: "bid", quantity: 1, implied: 4, time: "2026-01-05T10:00:00Z" },
    { ...tapeRow("2.0", "1.2.0"), side: "bid", quantity: 1, implied: 4, time: "2026-01-05T11:00:00Z" },
  ];
  const rows = liveEvidence(fetched, "1.2.5", [tapeRow("3.0", "1.3.0"), tapeRow("2.0", "1.2.0")], "hana");
  expect(rows.map((row) => [row.id, row.side, row.implied])).toEqual([
    ["3.0", "ask", 10],
    ["2.0", "bid", 4],
    ["1.0", "bid", 4],
  ]);
});

test("a quote of the tape that asks more than expected makes what is wanted cheaper", () => {
  const row = tapeRow("3.0", "1.3.0", { residual: 0.5, standing: "outlier" });
  expect(liveEvidence([], "1.1.0", [row], "hana")[0]).toMatchObject({ residual: 0.5, standing: "outlier" });
  expect(liveEvidence([], "1.1.0", [row], "pika")[0]).toMatchObject({ residual: -0.5 });
});

test("no more than 64 rows are kept", () => {
  const tape = Array.from({ length: 100 }, (_, index) => tapeRow(`${index}.0`, `1.${index + 10}.0`));
  expect(liveEvidence([], "1.1.0", tape, "pika")).toHaveLength(64);
});
