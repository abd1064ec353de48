/** The JSON of the API's answers: the same fields as `gpo_market.views.models`. */

export type Basis = "quotes" | "reference" | "none";
export type Confidence = "solid" | "ok" | "shaky" | "guess" | "unknown";
export type CloseReason = "replaced" | "edited" | "deleted" | "expired";
export type Fairness = "win" | "fair" | "lose" | "uncertain";
export type QuoteKind = "offer" | "deal" | "question";
export type Standing =
  | "counted"
  | "bound"
  | "outlier"
  | "repost"
  | "late"
  | "capped"
  | "open"
  | "incomplete"
  | "question"
  | "unvalued";
/** Whether a value comes from all quotes, or from the twin that nobody can push much. */
export type Shown = "open" | "capped";
export type Perspective = "poster" | "taker";

export interface BasketLine {
  readonly item: string;
  readonly quantity: number;
}

/** `implied` is the item's value if the quote were fair and all other items kept theirs. */
export interface QuotedLine extends BasketLine {
  readonly implied: number | null;
}

export interface UnitPart {
  readonly item: string;
  readonly name: string;
  readonly amount: number;
  readonly weight: number;
}

export interface ChangeItem {
  readonly item: string;
  readonly short: string;
}

export interface ValueRow {
  readonly item: string;
  readonly name: string;
  readonly short: string;
  readonly category: string;
  readonly rarity: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly pay: string | null;
  readonly basis: Basis;
  readonly confidence: Confidence;
  readonly quotes: number;
  readonly asks: number;
  readonly bids: number;
  readonly last_seen: string | null;
  readonly change_24h: number | null;
  readonly trend: readonly (number | null)[];
  readonly shown: Shown;
}

/** What the unit buys: `index` is 1 at the start; the spans are its relative changes. */
export interface UnitInflation {
  readonly time: string;
  readonly index: number;
  readonly day: number | null;
  readonly week: number | null;
  readonly month: number | null;
  readonly year: number | null;
}

export interface ValueList {
  readonly simulated: boolean;
  readonly game: string;
  readonly id: string;
  readonly time: string | null;
  readonly unit: string | null;
  readonly numeraire: readonly UnitPart[];
  readonly change: readonly ChangeItem[];
  readonly values: readonly ValueRow[];
  readonly inflation: UnitInflation | null;
}

export interface ItemRow {
  readonly item: string;
  readonly name: string;
  readonly short: string;
  readonly category: string;
  readonly rarity: string;
  readonly aliases: readonly string[];
  readonly value: number | null;
  readonly confidence: Confidence;
  readonly retired: boolean;
}

export interface ItemList {
  readonly simulated: boolean;
  readonly game: string;
  readonly items: readonly ItemRow[];
  readonly next_cursor: string | null;
}

export interface EvidenceRow {
  readonly id: string;
  readonly time: string;
  readonly kind: string;
  readonly side: string;
  readonly quantity: number;
  readonly implied: number | null;
  readonly weight: number;
  readonly give: readonly QuotedLine[];
  readonly want: readonly QuotedLine[];
  /** The log of how much dearer the quote made the item than was expected. */
  readonly residual: number | null;
  readonly standing: Standing;
}

/** The value without what a single poster or new accounts could push. */
export interface CappedValue {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface ItemGuard {
  readonly reason: string;
  readonly since: string;
}

export interface ItemDetail {
  readonly simulated: boolean;
  readonly id: string;
  readonly item: ValueRow;
  readonly aliases: readonly string[];
  readonly evidence: readonly EvidenceRow[];
  readonly capped: CappedValue | null;
  readonly guard: ItemGuard | null;
}

export interface HistoryPoint {
  readonly time: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly quotes: number;
}

export interface History {
  readonly simulated: boolean;
  readonly item: string;
  readonly interval: number;
  readonly points: readonly HistoryPoint[];
}

export interface TapeRow {
  readonly id: string;
  readonly update: string;
  readonly time: string;
  readonly kind: string;
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
  readonly closed: string | null;
  readonly residual: number | null;
  readonly standing: Standing;
}

export interface Tape {
  readonly simulated: boolean;
  readonly quotes: readonly TapeRow[];
  readonly next_cursor: string | null;
}

export interface ReadQuote {
  readonly give: readonly BasketLine[];
  readonly want: readonly BasketLine[];
  readonly give_adds: boolean;
  readonly want_adds: boolean;
  readonly give_open: boolean;
  readonly want_open: boolean;
  readonly complete: boolean;
}

export interface ReadPost {
  readonly id: string;
  readonly kind: string;
  readonly quotes: readonly ReadQuote[];
  readonly unknown: readonly string[];
  readonly notes: readonly string[];
}

export type MarkSays = "give" | "want" | "unknown";

/** A piece of a post that was read; `start` and `end` count code points. Marks do not overlap. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly says: MarkSays;
  readonly items: readonly string[];
}

/** What was made of each piece of a post: of the explanation, what the pages show. */
export interface ExplainedPost extends ReadPost {
  readonly explanation: { readonly marks: readonly Mark[] };
}

export interface SideValue {
  readonly items: readonly BasketLine[];
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly pay: string | null;
}

/** What makes a trade fair: who adds what, in words, and how sure it is fair then. */
export interface TradeAdjustment {
  readonly side: "you" | "they";
  readonly items: readonly BasketLine[];
  readonly text: string;
  readonly fair: number;
}

export interface Verdict {
  readonly perspective: string;
  readonly verdict: Fairness;
  readonly give: SideValue;
  readonly get: SideValue;
  readonly edge: number | null;
  readonly win: number | null;
  readonly fair: number | null;
  readonly lose: number | null;
  readonly basis: Basis;
  readonly reason: string;
  readonly adjust: TradeAdjustment | null;
}

export interface FairAnswer {
  readonly simulated: boolean;
  readonly read: ReadPost;
  readonly verdicts: readonly Verdict[];
}

export interface EngineStatus {
  readonly simulated: boolean;
  readonly feed: string;
  readonly ready: boolean;
  readonly seq: number;
  readonly id: string;
  readonly facts: number;
  readonly posts: number;
  readonly started: string;
  readonly last_fact: string | null;
  readonly queue: number;
  readonly version: string;
}
