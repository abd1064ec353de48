/** An item people pay with: its shorthand and its value now. */
export interface Coin {
  readonly short: string;
  readonly value: number;
}

interface Pile {
  readonly coin: Coin;
  readonly count: number;
}

const MOST_KINDS = 3;
const MOST_ROUNDS = 4;
const ROUNDING = 1e-9;

/** The coins that make up a value, dearest first, at most three kinds, the last count rounded. */
function layOut(value: number, coins: readonly Coin[]): readonly Pile[] {
  const piles: Pile[] = [];
  let rest = value;
  for (const coin of coins) {
    const isLast = coin === coins.at(-1) || piles.length === MOST_KINDS - 1;
    const count = Math.trunc(rest / coin.value + (isLast ? 0.5 : ROUNDING));
    rest -= count * coin.value;
    if (count !== 0) piles.push({ coin, count });
    if (piles.length === MOST_KINDS) break;
  }
  return piles;
}

function worth(piles: readonly Pile[]): number {
  return piles.reduce((sum, pile) => sum + pile.count * pile.coin.value, 0);
}

function write(piles: readonly Pile[]): string {
  return piles.map((pile) => `${pile.count} ${pile.coin.short}`).join(" + ");
}

/**
 * A value as change people pay, `6 MC + 2 LC`, by the engine's own rule (`gpo_market.views.change`), so that
 * rows can follow live values. What was rounded is laid out again, so that no pile is worth a dearer coin.
 * Null when the value is unknown or below half of the cheapest coin.
 */
export function payAs(value: number | null, coins: readonly Coin[]): string | null {
  const sorted = coins
    .filter((coin) => coin.value > 0)
    .sort((a, b) => b.value - a.value || (a.short < b.short ? -1 : 1));
  const cheapest = sorted.at(-1);
  if (value === null || cheapest === undefined || value < cheapest.value / 2) return null;
  let piles = layOut(value, sorted);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const again = layOut(worth(piles), sorted);
    if (write(again) === write(piles)) break;
    piles = again;
  }
  return write(piles);
}
