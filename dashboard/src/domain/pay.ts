/** An item people pay with, dearest first in lists: its shorthand and its value now. */
export interface Coin {
  readonly short: string;
  readonly value: number;
}

const MOST_KINDS = 3;

/**
 * A value as change people pay, `6 MC + 2 LC`: dearest first, at most three kinds, the last one rounded
 * to a whole number. Null when the value is unknown or below half of the cheapest coin.
 */
export function payAs(value: number | null, coins: readonly Coin[]): string | null {
  const usable = coins.filter((coin) => coin.value > 0).sort((a, b) => b.value - a.value);
  const cheapest = usable.at(-1);
  if (value === null || cheapest === undefined || value < cheapest.value / 2) return null;
  const parts: string[] = [];
  let rest = value;
  for (const coin of usable) {
    const isLast = coin === cheapest || parts.length === MOST_KINDS - 1;
    const count = isLast
      ? Math.round(rest / coin.value)
      : Math.floor((rest + cheapest.value / 2) / coin.value);
    if (count <= 0) continue;
    parts.push(`${count.toLocaleString("en")} ${coin.short}`);
    rest = Math.max(0, rest - count * coin.value);
    if (parts.length === MOST_KINDS) break;
  }
  return parts.length === 0 ? null : parts.join(" + ");
}
