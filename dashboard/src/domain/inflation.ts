import type { UnitInflation } from "../api/types";
import { formatChange } from "./format";

const SPANS = [
  { key: "week", words: "7 days" },
  { key: "day", words: "a day" },
] as const;

/** The span to tell the unit's inflation over: the longest of a week and a day that is known. */
export function unitSpan(inflation: UnitInflation | null): { words: string; fraction: number } | null {
  for (const { key, words } of SPANS) {
    const fraction = inflation?.[key] ?? null;
    if (fraction !== null) return { words, fraction };
  }
  return null;
}

/** What the unit's inflation means, with every span that is known. */
export function describeInflation(inflation: UnitInflation): string {
  const spans = [
    ["a day", inflation.day],
    ["7 days", inflation.week],
    ["30 days", inflation.month],
    ["a year", inflation.year],
  ] as const;
  const known = spans.flatMap(([words, fraction]) =>
    fraction === null ? [] : [`${formatChange(fraction)} in ${words}`],
  );
  const index = `All items cost ${inflation.index.toFixed(3)} times the units they did at the start`;
  return known.length === 0 ? index : `${index}: ${known.join(", ")}`;
}
