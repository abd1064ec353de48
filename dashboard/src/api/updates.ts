/** What the stream sends: the same fields as `gpo_market.events.updates`. */

import type {
  Basis,
  CloseReason,
  Confidence,
  Fairness,
  QuotedLine,
  QuoteKind,
  Shown,
  Standing,
} from "./types";

interface Shared {
  readonly time: string;
  readonly simulated: boolean;
}

export interface QuoteOpened extends Shared {
  readonly type: "quote_opened";
  readonly id: string;
  readonly kind: QuoteKind;
  readonly give: readonly QuotedLine[];
  readonly want: readonly QuotedLine[];
  readonly give_adds: boolean;
  readonly want_adds: boolean;
  readonly give_open: boolean;
  readonly want_open: boolean;
  readonly complete: boolean;
  readonly fairness: Fairness;
  readonly edge: number | null;
  readonly weight: number;
  readonly note: string;
  readonly residual: number | null;
  readonly standing: Standing;
}

export interface QuoteClosed extends Shared {
  readonly type: "quote_closed";
  readonly id: string;
  readonly reason: CloseReason;
}

export interface ValueMoved extends Shared {
  readonly type: "value_moved";
  readonly item: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly basis: Basis;
  readonly confidence: Confidence;
  readonly quotes: number;
  readonly capped_value: number | null;
  readonly capped_low: number | null;
  readonly capped_high: number | null;
  readonly shown: Shown;
}

export interface UnitMoved extends Shared {
  readonly type: "unit_moved";
  readonly index: number;
  readonly day: number | null;
  readonly week: number | null;
  readonly month: number | null;
  readonly year: number | null;
}

export interface ItemGuardSwitched extends Shared {
  readonly type: "item_guard_switched";
  readonly item: string;
  readonly guarded: boolean;
  readonly reason: string;
}

export interface CatalogueAdopted extends Shared {
  readonly type: "catalogue_adopted";
}

export interface ReferenceChanged extends Shared {
  readonly type: "reference_changed";
}

export interface MarketStarted extends Shared {
  readonly type: "market_started";
}

export type Update =
  | QuoteOpened
  | QuoteClosed
  | ValueMoved
  | UnitMoved
  | ItemGuardSwitched
  | CatalogueAdopted
  | ReferenceChanged
  | MarketStarted;

const KNOWN_TYPES: ReadonlySet<string> = new Set<Update["type"]>([
  "quote_opened",
  "quote_closed",
  "value_moved",
  "unit_moved",
  "item_guard_switched",
  "catalogue_adopted",
  "reference_changed",
  "market_started",
]);

/** The update types this dashboard asks the stream for. */
export const STREAM_TYPES = [...KNOWN_TYPES].join(",");

/** Reads one message of the stream; null for a type this dashboard does not know (a newer engine's). */
export function readUpdate(data: string): Update | null {
  const parsed: unknown = JSON.parse(data);
  if (typeof parsed !== "object" || parsed === null || !("type" in parsed)) return null;
  if (typeof parsed.type !== "string" || !KNOWN_TYPES.has(parsed.type)) return null;
  // The engine encodes updates from typed structures, and their JSON schema is published and tested there.
  return parsed as Update;
}

/** Reads a `status` event of the stream: why the engine takes no posts, null when it does. */
export function readProblem(data: string): string | null {
  const parsed: unknown = JSON.parse(data);
  if (typeof parsed !== "object" || parsed === null || !("problem" in parsed)) return null;
  return typeof parsed.problem === "string" ? parsed.problem : null;
}
