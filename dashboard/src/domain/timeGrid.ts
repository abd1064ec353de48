import type { HistoryPoint } from "../api/types";

/** A point of an even grid of times in Unix seconds; null figures where nothing supported a value. */
export interface GridPoint {
  readonly time: number;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

export function toSeconds(time: string): number {
  return Date.parse(time) / 1_000;
}

/** The end of the interval that a moment falls in, in Unix seconds. */
export function intervalEnd(seconds: number, interval: number): number {
  return Math.ceil(seconds / interval) * interval;
}

const MOST_LEADING_STEPS = 168;

/**
 * History on an even grid, so that a gap takes as much room as it lasted and the line breaks there.
 * The grid reaches back to `earliest` (Unix seconds; at most 168 steps before the first point), to hold
 * quotes older than the history.
 */
export function toGrid(
  points: readonly HistoryPoint[],
  interval: number,
  earliest: number | null,
): readonly GridPoint[] {
  const byTime = new Map<number, GridPoint>();
  for (const point of points) {
    const time = intervalEnd(toSeconds(point.time), interval);
    byTime.set(time, { time, value: point.value, low: point.low, high: point.high });
  }
  const times = [...byTime.keys()].sort((a, b) => a - b);
  const wanted = earliest === null ? null : intervalEnd(earliest, interval) - interval;
  const first = times[0] ?? wanted;
  const last = times.at(-1) ?? wanted;
  if (first === null || last === null) return [];
  const start = Math.max(first - MOST_LEADING_STEPS * interval, Math.min(first, wanted ?? first));
  const grid: GridPoint[] = [];
  for (let time = start; time <= last; time += interval) {
    grid.push(byTime.get(time) ?? { time, value: null, low: null, high: null });
  }
  return grid;
}
