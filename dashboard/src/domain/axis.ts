interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/** Maps a value to a share of the axis, 0..1. */
export type Axis = (value: number) => number;

const MARGIN = 0.15;

/** A log axis that holds all intervals with some air; null when there is nothing to place. */
export function commonAxis(intervals: readonly Interval[]): Axis | null {
  const bounds = intervals
    .flatMap(({ low, high }) => [low, high])
    .filter((bound) => bound !== null && bound > 0)
    .map((bound) => Math.log(bound ?? 1));
  if (bounds.length === 0) return null;
  const low = Math.min(...bounds) - MARGIN;
  const span = Math.max(...bounds) + MARGIN - low;
  return (value) => (Math.log(value) - low) / span;
}
