import type { QuotedLine } from "../api/types";

/** The items an open offer names: those its poster gives (asks) and wants (bids). */
export interface QuoteItems {
  readonly asks: readonly string[];
  readonly bids: readonly string[];
}

const MOST_REMEMBERED = 20_000;

function slugs(lines: readonly QuotedLine[]): readonly string[] {
  return [...new Set(lines.map((line) => line.item))];
}

/**
 * Remembers which items each open offer names, so that counts can go down when it closes.
 * Bounded: beyond 20,000 offers the oldest are forgotten, and `unknownCloses` tells how often that hurt.
 */
export class OpenQuotes {
  readonly #items = new Map<string, QuoteItems>();
  unknownCloses = 0;

  open(id: string, give: readonly QuotedLine[], want: readonly QuotedLine[]): QuoteItems {
    const items = { asks: slugs(give), bids: slugs(want) };
    this.#items.delete(id);
    this.#items.set(id, items);
    if (this.#items.size > MOST_REMEMBERED) {
      const oldest = this.#items.keys().next();
      if (!oldest.done) this.#items.delete(oldest.value);
    }
    return items;
  }

  close(id: string): QuoteItems | null {
    const items = this.#items.get(id);
    if (items === undefined) {
      this.unknownCloses += 1;
      return null;
    }
    this.#items.delete(id);
    return items;
  }

  reset(): void {
    this.#items.clear();
    this.unknownCloses = 0;
  }
}
