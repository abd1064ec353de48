import type { ValueRow } from "../api/types";

/** A row's figures in the chosen unit. */
export interface InUnit {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly change: number | null;
  readonly trend: readonly (number | null)[];
}

/** An interval relative to its value: the bounds divided by it. */
export interface RelativeInterval {
  readonly low: number;
  readonly high: number;
}

export function relativeInterval(row: ValueRow): RelativeInterval | null {
  if (row.value === null || row.low === null || row.high === null || row.value <= 0) return null;
  return { low: row.low / row.value, high: row.high / row.value };
}

function ratio(value: number | null, unit: number | null): number | null {
  return value === null || unit === null || unit <= 0 ? null : value / unit;
}

function relativeChange(change: number | null, unit: number | null): number | null {
  return change === null || unit === null || unit <= -1 ? null : (1 + change) / (1 + unit) - 1;
}

/**
 * A row in the unit of another item. The value follows the live values; the interval of a ratio needs the
 * engine's covariances, so its width is the one the engine last gave in that unit (null: not known yet).
 */
export function inUnit(row: ValueRow, unit: ValueRow | null, interval: RelativeInterval | null): InUnit {
  if (unit === null) {
    return { value: row.value, low: row.low, high: row.high, change: row.change_24h, trend: row.trend };
  }
  const trend = row.trend.map((value, hour) => ratio(value, unit.trend[hour] ?? null));
  if (row.value === null || unit.value === null || unit.value <= 0) {
    return { value: null, low: null, high: null, change: null, trend };
  }
  const value = row.value / unit.value;
  if (row.item === unit.item) return { value, low: value, high: value, change: 0, trend };
  return {
    value,
    low: interval === null ? null : value * interval.low,
    high: interval === null ? null : value * interval.high,
    change: relativeChange(row.change_24h, unit.change_24h),
    trend,
  };
}
