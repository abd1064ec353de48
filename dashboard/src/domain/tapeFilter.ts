import type { TapeRow } from "../api/types";
import { fold } from "./search";

/** Keeps the quotes of a kind that name an item matching a text; null or an empty text keeps all. */
export function filterTape(
  quotes: readonly TapeRow[],
  kind: string | null,
  text: string | null,
  describe: (slug: string) => string,
): readonly TapeRow[] {
  const query = fold(text ?? "");
  if (kind === null && query === "") return quotes;
  const names = (row: TapeRow): boolean =>
    [...row.give, ...row.want].some((line) => ` ${fold(describe(line.item))}`.includes(` ${query}`));
  return quotes.filter((row) => (kind === null || row.kind === kind) && (query === "" || names(row)));
}
