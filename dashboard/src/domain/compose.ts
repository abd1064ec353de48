import type { BasketLine, Perspective } from "../api/types";

export interface Trays {
  readonly give: readonly BasketLine[];
  readonly get: readonly BasketLine[];
}

export type TraySide = keyof Trays;

function basketText(lines: readonly BasketLine[], nameOf: (slug: string) => string): string {
  return lines
    .map((line) => (line.quantity === 1 ? nameOf(line.item) : `${line.quantity} ${nameOf(line.item)}`))
    .join(" + ");
}

/** Writes two trays as a post: `2 Hana + Pika for Yuki`. The poster is you, or the one you answer. */
export function composePost(
  trays: Trays,
  perspective: Perspective,
  nameOf: (slug: string) => string,
): string {
  const yours = basketText(trays.give, nameOf);
  const theirs = basketText(trays.get, nameOf);
  const [give, want] = perspective === "poster" ? [yours, theirs] : [theirs, yours];
  if (give !== "" && want !== "") return `${give} for ${want}`;
  if (give !== "") return `${give} for offers`;
  return want === "" ? "" : `LF ${want}`;
}

/** A tray with more of an item. */
export function addTo(lines: readonly BasketLine[], item: string): readonly BasketLine[] {
  if (!lines.some((line) => line.item === item)) return [...lines, { item, quantity: 1 }];
  return lines.map((line) => (line.item === item ? { item, quantity: line.quantity + 1 } : line));
}

/** A tray with several lines more; an item that is in it already is counted up. */
export function addLines(lines: readonly BasketLine[], more: readonly BasketLine[]): readonly BasketLine[] {
  const quantities = new Map<string, number>();
  for (const { item, quantity } of [...lines, ...more])
    quantities.set(item, (quantities.get(item) ?? 0) + quantity);
  return [...quantities].map(([item, quantity]) => ({ item, quantity }));
}

/** A tray with another quantity of an item; zero or less takes it out. */
export function setQuantity(
  lines: readonly BasketLine[],
  item: string,
  quantity: number,
): readonly BasketLine[] {
  if (!(quantity > 0)) return lines.filter((line) => line.item !== item);
  return lines.map((line) => (line.item === item ? { item, quantity } : line));
}
