/** What the search knows of an item. */
export interface Findable {
  readonly item: string;
  readonly name: string;
  readonly short: string;
  readonly aliases: readonly string[];
}

/** An item that matched, and the alias that matched it where its name does not show why. */
export interface Found<Item extends Findable> {
  readonly item: Item;
  readonly alias: string | null;
}

const EXACT = 0;
const PREFIX = 1;
const WORD_PREFIX = 2;
const INSIDE = 3;
const NO_MATCH = 9;

/** Folds case, accents and punctuation, so that `cupids` finds `Cupid's`. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’.]/g, "")
    .toLowerCase()
    .replace(/[-_\s]+/g, " ")
    .trim();
}

function rank(candidate: string, query: string): number {
  const text = fold(candidate);
  if (text === query) return EXACT;
  if (text.startsWith(query)) return PREFIX;
  if (` ${text}`.includes(` ${query}`)) return WORD_PREFIX;
  if (text.includes(query)) return INSIDE;
  const words = query.split(" ");
  return words.length > 1 && words.every((word) => ` ${text}`.includes(` ${word}`)) ? INSIDE : NO_MATCH;
}

interface Ranked<Item extends Findable> extends Found<Item> {
  readonly rank: number;
}

function rankItem<Item extends Findable>(item: Item, query: string): Ranked<Item> {
  const byName = Math.min(rank(item.name, query), rank(item.short, query));
  let best: Ranked<Item> = { item, alias: null, rank: byName };
  for (const alias of item.aliases) {
    const byAlias = rank(alias, query) + 0.5;
    if (byAlias < best.rank) best = { item, alias, rank: byAlias };
  }
  return best;
}

/** The items whose name, shorthand or alias fits best; the list's own order decides between equals. */
export function searchItems<Item extends Findable>(
  items: readonly Item[],
  text: string,
  limit: number,
): readonly Found<Item>[] {
  const query = fold(text);
  if (query === "") return items.slice(0, limit).map((item) => ({ item, alias: null }));
  return items
    .map((item) => rankItem(item, query))
    .filter((found) => found.rank < NO_MATCH)
    .sort((left, right) => left.rank - right.rank)
    .slice(0, limit);
}
