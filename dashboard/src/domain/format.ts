const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOTHING = "–";

const small = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const large = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const moment = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});

/** A value for a column: three significant digits, whole from a thousand on. */
export function formatValue(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOTHING;
  return Math.abs(value) >= 1_000 ? large.format(value) : small.format(value);
}

/** A value where there is little room: `12.3K`. */
export function formatCompact(value: number): string {
  return Math.abs(value) >= 10_000 ? compact.format(value) : formatValue(value);
}

export function formatCount(count: number): string {
  return large.format(count);
}

export function formatQuantity(quantity: number): string {
  return quantity.toLocaleString("en", { maximumFractionDigits: 2 });
}

/** A fraction as a signed percentage with a real minus sign: 0.05 is `+5.0%`. */
export function formatChange(fraction: number | null): string {
  if (fraction === null || !Number.isFinite(fraction)) return NOTHING;
  const percent = Math.abs(fraction) * 100;
  const digits = percent < 9.95 ? percent.toFixed(1) : large.format(percent);
  if (Number(digits.replaceAll(",", "")) === 0) return `${digits}%`;
  return `${fraction < 0 ? "−" : "+"}${digits}%`;
}

export function formatProbability(probability: number): string {
  return `${Math.round(probability * 100)}%`;
}

/** Half the 90 % interval as a percentage of the value, on the log scale the engine works on. */
export function formatSpread(low: number | null, high: number | null): string {
  const fraction = halfWidth(low, high);
  if (fraction === null) return NOTHING;
  return fraction >= 10 ? "±>999%" : `±${large.format(Math.max(1, fraction * 100))}%`;
}

/** Half the interval's width as a fraction: 0.1 when the bounds lie about 10 % away. */
export function halfWidth(low: number | null, high: number | null): number | null {
  if (low === null || high === null || low <= 0) return null;
  return Math.sqrt(high / low) - 1;
}

/** How long ago a moment was: `now`, `12s`, `5m`, `3h`, `2d`. */
export function formatAge(time: string | null, now: number): string {
  if (time === null) return NOTHING;
  const seconds = Math.floor((now - Date.parse(time)) / 1_000);
  if (seconds < 1) return "now";
  if (seconds < MINUTE) return `${seconds}s`;
  if (seconds < HOUR) return `${Math.floor(seconds / MINUTE)}m`;
  if (seconds < DAY) return `${Math.floor(seconds / HOUR)}h`;
  return `${Math.floor(seconds / DAY)}d`;
}

export function formatMoment(time: string): string {
  return moment.format(new Date(time));
}

/** The gain or loss of the side an edge (a log-ratio) is told from, as a fraction. */
export function edgeFraction(edge: number | null): number | null {
  return edge === null ? null : Math.exp(edge) - 1;
}

/** A slug as words, for an item whose name is not known here. */
export function wordsOf(slug: string): string {
  return slug.replaceAll("-", " ");
}
