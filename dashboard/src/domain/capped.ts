import type { CappedValue } from "../api/types";

/** Whether the value from all quotes lies outside the range of the one that nobody can push much. */
export function isPushed(value: number | null, capped: CappedValue | null): boolean {
  return value !== null && capped !== null && (value < capped.low || value > capped.high);
}
