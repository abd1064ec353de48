import type { EvidenceRow, Standing } from "../api/types";

interface Meaning {
  /** One or two words, for a column. */
  readonly word: string;
  /** A sentence without its full stop. */
  readonly why: string;
  /** Whether quotes that stand so had a part in the value. */
  readonly used: boolean;
}

/** What became of a quote as evidence, in words; those that had a part come first. */
export const STANDINGS: Readonly<Record<Standing, Meaning>> = {
  counted: { word: "counted", why: "It counted", used: true },
  late: { word: "late", why: "More than a day old when it came: it counted with more noise", used: true },
  capped: { word: "capped", why: "Its poster had said much about this already: it counted less", used: true },
  bound: { word: "bound", why: "Adds are not listed: it only says which side the value lies on", used: true },
  outlier: { word: "outlier", why: "Too far from what was expected to count much", used: false },
  repost: { word: "repost", why: "Its poster said so within a day; that counts once", used: false },
  open: { word: "open", why: "One side names nothing, so it tells no value", used: false },
  incomplete: { word: "incomplete", why: "Not all of it was understood", used: false },
  question: { word: "question", why: "It asks what is fair and offers nothing", used: false },
  unvalued: { word: "unvalued", why: "A quantity in it is beyond what can be valued", used: false },
};

const ORDER = Object.keys(STANDINGS) as readonly Standing[];

export interface StandingCount {
  readonly standing: Standing;
  readonly quotes: number;
}

export function isUsed(row: EvidenceRow): boolean {
  return STANDINGS[row.standing].used;
}

/** How many quotes stand each way; one that names the item on both sides is one quote. */
export function countStandings(rows: readonly EvidenceRow[]): readonly StandingCount[] {
  const ids = new Map<Standing, Set<string>>();
  for (const row of rows) {
    const known = ids.get(row.standing) ?? new Set();
    ids.set(row.standing, known.add(`${row.id} ${row.time}`));
  }
  return ORDER.flatMap((standing) => {
    const quotes = ids.get(standing)?.size ?? 0;
    return quotes === 0 ? [] : [{ standing, quotes }];
  });
}
