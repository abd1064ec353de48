const WINDOW_MS = 5 * 60_000;
const MINUTE_MS = 60_000;

/**
 * Quotes per minute over the last five minutes, from times newest first.
 * A list cut off at `capacity` may reach back less far: the rate then holds for the time it covers.
 */
export function quotesPerMinute(times: readonly string[], now: number, capacity: number): number {
  const recent = times.filter((time) => now - Date.parse(time) <= WINDOW_MS);
  const oldest = recent.at(-1);
  if (oldest === undefined) return 0;
  const cutOff = times.length >= capacity && recent.length === times.length;
  const covered = cutOff ? Math.max(1_000, now - Date.parse(oldest)) : WINDOW_MS;
  return (recent.length * MINUTE_MS) / covered;
}
