/** A made-up market for looking at the dashboard: never shipped, never a source of figures. */

import { readFileSync } from "node:fs";

const catalogueFile = new URL("../../src/gpo_market/catalogue/data/gpo.json", import.meta.url);
const referenceFile = new URL("../../src/gpo_market/catalogue/data/gpo-reference.json", import.meta.url);
const HOURS = 30 * 24;
const TAPE = 2_000;

let seed = 7;

/** A small generator (mulberry32), so that every start shows the same market. */
export function random() {
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
}

function normal() {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export class FixtureMarket {
  constructor(isEmpty) {
    const catalogue = JSON.parse(readFileSync(catalogueFile, "utf8"));
    const reference = JSON.parse(readFileSync(referenceFile, "utf8"));
    const unit = reference.values["legendary-fruit-chest"];
    this.game = catalogue.game;
    this.change = catalogue.change;
    this.numeraire = catalogue.numeraire;
    this.isEmpty = isEmpty;
    this.seq = 3;
    this.quotes = [];
    this.items = catalogue.items.map((item) => this.#makeItem(item, reference.values[item.slug], unit));
    this.bySlug = new Map(this.items.map((item) => [item.slug, item]));
    this.priced = this.items.filter((item) => item.value !== null);
    if (!isEmpty) for (let back = 400; back > 0; back -= 1) this.post(Date.now() - back * 9_000);
  }

  #makeItem(item, referenceValue, unit) {
    const value = referenceValue === undefined ? null : referenceValue / unit;
    const activity = this.isEmpty ? 0 : random() ** 3;
    const width =
      value === null ? null : 0.03 + 0.7 * (1 - activity) ** 4 * random() + (this.isEmpty ? 0.6 : 0);
    const history = [];
    let log = 0;
    for (let hour = 0; hour < HOURS; hour += 1) {
      history.push(log);
      log += normal() * 0.012 + (random() < 0.002 ? normal() * 0.15 : 0);
    }
    return {
      ...item,
      short: item.aliases?.find((alias) => /^[A-Z0-9]{2,5}$/.test(alias)) ?? item.name,
      value,
      width,
      activity,
      quotes: Math.round(activity * 300),
      asks: Math.round(activity * 40 * random()),
      bids: Math.round(activity * 40 * random()),
      seen: activity > 0.02 ? Date.now() - random() * 86_400_000 * (1 - activity) : null,
      history: value === null || this.isEmpty ? [] : history.map((at) => value * Math.exp(at - log)),
      gap: random() < 0.5 ? Math.floor(random() * HOURS) : -1,
    };
  }

  confidence(item) {
    if (item.value === null) return "unknown";
    if (item.width < 0.08) return "solid";
    if (item.width < 0.16) return "ok";
    return item.width < 0.4 ? "shaky" : "guess";
  }

  basis(item) {
    if (item.value === null) return "none";
    return item.quotes > 3 ? "quotes" : "reference";
  }

  bounds(item) {
    if (item.value === null) return { value: null, low: null, high: null };
    return { value: item.value, low: item.value / (1 + item.width), high: item.value * (1 + item.width) };
  }

  /** One new post: the updates it causes, each with its id. */
  post(time) {
    this.seq += 1;
    const item = this.priced[Math.floor(random() ** 2.2 * this.priced.length)];
    const pay = this.change
      .map((slug) => this.bySlug.get(slug))
      .find((coin) => coin.value < item.value * 1.4);
    if (pay === undefined || pay === item) return [];
    const edge = normal() * 0.12;
    const count = Math.max(1, Math.round((item.value * Math.exp(-edge)) / pay.value));
    const asks = random() < 0.5;
    const implied = (pay.value * count) / 1;
    const one = [{ item: item.slug, quantity: 1, implied }];
    const coins = [{ item: pay.slug, quantity: count, implied: item.value / count }];
    const isOpen = random() < 0.12;
    const quote = {
      type: "quote_opened",
      time: new Date(time).toISOString(),
      simulated: true,
      id: `${this.seq}.0`,
      kind: random() < 0.06 ? "question" : random() < 0.05 ? "deal" : "offer",
      give: asks ? one : coins,
      want: isOpen ? [] : asks ? coins : one,
      give_adds: false,
      want_adds: random() < 0.1,
      give_open: false,
      want_open: isOpen,
      complete: true,
      ...this.#judge(item, pay.value * count, asks, isOpen),
      ...this.#standing(isOpen, edge),
      note: random() < 0.04 ? "repost" : "",
    };
    return [{ id: `1.${this.seq}.0`, update: quote }, ...this.#after(quote, item, time)];
  }

  #standing(isOpen, edge) {
    const residual = isOpen ? null : -edge;
    if (isOpen) return { weight: 0, standing: "open", residual };
    if (Math.abs(edge) > 0.22) return { weight: 0.1 * random(), standing: "outlier", residual };
    const drawn = random();
    if (drawn < 0.1) return { weight: 0, standing: "repost", residual };
    if (drawn < 0.16) return { weight: 0.2, standing: "capped", residual };
    if (drawn < 0.2) return { weight: 0.15, standing: "bound", residual };
    if (drawn < 0.23) return { weight: 0.6, standing: "late", residual };
    return { weight: 0.5 + 0.5 * random(), standing: "counted", residual };
  }

  /** The value without pushed posts: the dragon's differs, the pika's is shown instead. */
  capped(item) {
    const factor = item.slug === "dragon" ? 0.7 : 1;
    const { value, low, high } = this.bounds(item);
    if (value === null) return { capped_value: null, capped_low: null, capped_high: null, shown: "open" };
    const shown = item.slug === "pika" ? "capped" : "open";
    return { capped_value: value * factor, capped_low: low * factor, capped_high: high * factor, shown };
  }

  #judge(item, paid, asks, isOpen) {
    if (isOpen) return { fairness: "uncertain", edge: null };
    const edge = Math.log(asks ? item.value / paid : paid / item.value);
    if (item.width > 0.3) return { fairness: "uncertain", edge };
    return { fairness: edge > 0.08 ? "win" : edge < -0.08 ? "lose" : "fair", edge };
  }

  #after(quote, item, time) {
    const updates = [];
    this.quotes.unshift({ ...quote, update: `1.${this.seq}.0`, closed: null });
    this.quotes.length = Math.min(this.quotes.length, TAPE);
    item.value *= Math.exp(normal() * 0.006);
    item.quotes += 1;
    item.seen = time;
    const moved = {
      type: "value_moved",
      time: quote.time,
      simulated: true,
      item: item.slug,
      ...this.bounds(item),
    };
    const rest = {
      ...this.capped(item),
      basis: this.basis(item),
      confidence: this.confidence(item),
      quotes: item.quotes,
    };
    updates.push({ id: `1.${this.seq}.1`, update: { ...moved, ...rest } });
    const old = this.quotes[10 + Math.floor(random() * 40)];
    if (random() < 0.3 && old !== undefined && old.closed === null) {
      old.closed = ["replaced", "deleted", "edited", "expired"][Math.floor(random() * 4)];
      const close = {
        type: "quote_closed",
        time: quote.time,
        simulated: true,
        id: old.id,
        reason: old.closed,
      };
      updates.push({ id: `1.${this.seq}.2`, update: close });
    }
    return updates;
  }

  row(item, unit) {
    const by = unit === null ? 1 : unit.value;
    const bounds = this.bounds(item);
    const day = item.history.at(-24);
    return {
      item: item.slug,
      name: item.name,
      short: item.short,
      category: item.category,
      rarity: item.rarity ?? "",
      value: bounds.value === null ? null : bounds.value / by,
      low: bounds.low === null ? null : bounds.low / by,
      high: bounds.high === null ? null : bounds.high / by,
      pay: null,
      basis: this.basis(item),
      confidence: this.confidence(item),
      quotes: item.quotes,
      asks: item.asks,
      bids: item.bids,
      last_seen: item.seen === null ? null : new Date(item.seen).toISOString(),
      change_24h: day === undefined || item.value === null ? null : item.value / day - 1,
      trend: item.history.slice(-24),
      shown: this.capped(item).shown,
    };
  }
}
