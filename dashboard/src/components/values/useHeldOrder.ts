import { useState } from "react";
import type { LiveRow } from "../../live/values";

interface HeldOrder {
  readonly key: string;
  readonly slugs: readonly string[];
}

/**
 * Keeps rows where they are while they are pointed at, so that none slips away under a click.
 * Another `key` (sort or filter) is a wish for another order, and is granted at once.
 */
export function useHeldOrder(rows: readonly LiveRow[], held: boolean, key: string): readonly LiveRow[] {
  const [order, setOrder] = useState<HeldOrder | null>(null);
  const isCurrent = order !== null && order.key === key && order.slugs.length === rows.length;
  if (!held && order !== null) setOrder(null);
  if (held && !isCurrent) setOrder({ key, slugs: rows.map((row) => row.item) });
  if (!held || !isCurrent) return rows;
  const bySlug = new Map(rows.map((row) => [row.item, row]));
  const kept = order.slugs.map((slug) => bySlug.get(slug)).filter((row) => row !== undefined);
  return kept.length === rows.length ? kept : rows;
}
