import type { ValueRow } from "../api/types";
import { fold } from "./search";

/** Keeps the rows of a category whose name or shorthand holds a word that begins with the text. */
export function filterRows<Row extends ValueRow>(
  rows: readonly Row[],
  text: string | null,
  category: string | null,
): readonly Row[] {
  const query = fold(text ?? "");
  if (query === "" && category === null) return rows;
  return rows.filter((row) => {
    if (category !== null && row.category !== category) return false;
    return query === "" || ` ${fold(row.name)} ${fold(row.short)}`.includes(` ${query}`);
  });
}

/** The categories that occur, by name. */
export function categoriesOf(rows: readonly ValueRow[]): readonly string[] {
  return [...new Set(rows.map((row) => row.category))]
    .filter(Boolean)
    .sort((a, b) => a.localeCompare(b, "en"));
}
