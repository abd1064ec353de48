import type { EvidenceRow, TapeRow } from "../api/types";
import { compareIds } from "../live/updateId";

const MOST_ROWS = 64;

function fromTape(row: TapeRow, slug: string): EvidenceRow[] {
  const sides = [
    ["ask", row.give],
    ["bid", row.want],
  ] as const;
  return sides.flatMap(([side, lines]) =>
    lines
      .filter((line) => line.item === slug)
      .map((line) => ({
        id: row.id,
        time: row.time,
        kind: row.kind,
        side,
        quantity: line.quantity,
        implied: line.implied,
        weight: row.weight,
        give: row.give,
        want: row.want,
        residual: row.residual === null || side === "ask" ? row.residual : -row.residual,
        standing: row.standing,
      })),
  );
}

/**
 * An item's evidence, newest first, at most 64 rows: what was fetched, and what the tape brought since
 * the update `fetchedId`.
 */
export function liveEvidence(
  fetched: readonly EvidenceRow[],
  fetchedId: string,
  tape: readonly TapeRow[],
  slug: string,
): readonly EvidenceRow[] {
  const newer = tape
    .filter((row) => compareIds(row.update, fetchedId) > 0)
    .flatMap((row) => fromTape(row, slug));
  const newestFirst = [...fetched].sort((a, b) => Date.parse(b.time) - Date.parse(a.time));
  return [...newer, ...newestFirst].slice(0, MOST_ROWS);
}
