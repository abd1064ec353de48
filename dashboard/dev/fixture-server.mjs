/**
 * Serves the built dashboard and a made-up market, for looking at the pages without an engine.
 * Usage: node dev/fixture-server.mjs [--port 8787] [--rate 4] [--empty] [--broken]
 */

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { parseArgs } from "node:util";
import { FixtureMarket } from "./fixture-market.mjs";

const { values: options } = parseArgs({
  options: {
    port: { type: "string", default: "8787" },
    rate: { type: "string", default: "4" },
    empty: { type: "boolean", default: false },
    broken: { type: "boolean", default: false },
  },
});
const BUILT = new URL("../../src/gpo_market/server/dashboard/", import.meta.url);
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };
const POLICY = "default-src 'self'; style-src 'self'; connect-src 'self'; frame-ancestors 'none'";
const RECENT = 4_000;

const market = new FixtureMarket(options.empty);
const streams = new Set();
const recent = [];

function seqOf(id) {
  const [, seq, index] = id.split(".").map(Number);
  return seq * 1_000 + index;
}

function frame({ id, update }) {
  return `id: ${id}\ndata: ${JSON.stringify(update)}\n\n`;
}

function tick() {
  for (const update of market.post(Date.now())) {
    recent.push(update);
    for (const stream of streams) stream.write(frame(update));
  }
  recent.splice(0, recent.length - RECENT);
}
if (!options.empty && Number(options.rate) > 0) setInterval(tick, 1_000 / Number(options.rate));

function valueList(unitSlug) {
  const unit = unitSlug === null ? null : market.bySlug.get(unitSlug);
  return {
    simulated: true,
    game: market.game,
    id: `1.${market.seq}.9`,
    time: new Date().toISOString(),
    unit: unitSlug,
    numeraire: market.numeraire.map((part) => ({ ...part, name: market.bySlug.get(part.item).name })),
    change: market.change.map((slug) => ({ item: slug, short: market.bySlug.get(slug).short })),
    values: market.items.map((item) => market.row(item, unit)),
    inflation: {
      time: new Date().toISOString(),
      index: 1.031,
      day: 0.001,
      week: 0.004,
      month: 0.012,
      year: null,
    },
  };
}

function evidence(slug) {
  const rows = market.quotes.flatMap((quote) =>
    [
      ["ask", quote.give],
      ["bid", quote.want],
    ].flatMap(([side, lines]) =>
      lines
        .filter((line) => line.item === slug)
        .map((line) => ({
          ...quote,
          side,
          quantity: line.quantity,
          implied: line.implied,
          residual: quote.residual === null || side === "ask" ? quote.residual : -quote.residual,
        })),
    ),
  );
  return rows.slice(0, 64);
}

function history(slug) {
  const item = market.bySlug.get(slug);
  const hour = Math.floor(Date.now() / 3_600_000);
  const points = item.history.map((value, index) => {
    const time = new Date((hour - item.history.length + 1 + index) * 3_600_000).toISOString();
    const isGap = item.gap >= 0 && index >= item.gap && index < item.gap + 30;
    if (isGap) return { time, value: null, low: null, high: null, quotes: 0 };
    return { time, value, low: value / (1 + item.width), high: value * (1 + item.width), quotes: 3 };
  });
  return { simulated: true, item: slug, interval: 3_600, points };
}

function findItem(words) {
  const name = words.toLowerCase();
  return market.items.find((item) =>
    [item.name, item.short, ...(item.aliases ?? [])].some((known) => known.toLowerCase() === name),
  );
}

function basket(text, unknown) {
  return text.split("+").flatMap((part) => {
    const [, count, words] = /^\s*(\d+(?:\.\d+)?)?\s*x?\s*(.*?)\s*$/.exec(part);
    if (words === "" || words === "offers") return [];
    const item = findItem(words);
    if (item === undefined) unknown.push(words);
    return item === undefined ? [] : [{ item: item.slug, quantity: Number(count ?? 1) }];
  });
}

/** Marks each part around `+` and the word between the sides; counts code points as the engine does. */
function parse({ text }) {
  const marks = [];
  let says = "give";
  for (const { 0: words, index } of text.matchAll(
    /\bfor\b|->|\bW:|\bH:|[^+]+?(?=\s*(?:\+|\bfor\b|->|\bW:|$))/gi,
  )) {
    if (/^(?:for|->|W:|H:)$/i.test(words.trim())) {
      says = /H:/i.test(words) ? "give" : "want";
      continue;
    }
    const unknown = [];
    const items = basket(words, unknown).map((line) => line.item);
    const start = Array.from(text.slice(0, index + words.length - words.trimStart().length)).length;
    const end = start + Array.from(words.trim()).length;
    if (start < end) marks.push({ start, end, says: unknown.length > 0 ? "unknown" : says, items });
  }
  const { read } = fair({ text, perspective: "poster" });
  return { ...read, explanation: { marks, tokens: [], elements: [], decisions: [] } };
}

function sideValue(items) {
  const total = items.reduce(
    (sum, line) => sum + (market.bySlug.get(line.item).value ?? 0) * line.quantity,
    0,
  );
  const width = Math.max(0.03, ...items.map((line) => market.bySlug.get(line.item).width ?? 0.5));
  if (items.length === 0) return { items, value: null, low: null, high: null, pay: null };
  return { items, value: total, low: total / (1 + width), high: total * (1 + width), pay: null };
}

function fair({ text, perspective }) {
  const unknown = [];
  const [left, right = ""] = text.replace(/^LF\s/i, "for ").split(/\bfor\b|->|\bW:/i);
  const give = basket(left.replace(/^H:/i, ""), unknown);
  const want = basket(right, unknown);
  const quote = { give, want, give_adds: false, want_adds: false, give_open: give.length === 0 };
  const quotes =
    give.length + want.length === 0 ? [] : [{ ...quote, want_open: want.length === 0, complete: true }];
  const read = { id: "", kind: quotes.length === 0 ? "chatter" : "offer", quotes, unknown, notes: [] };
  return { simulated: true, read, verdicts: quotes.map(() => verdict(give, want, perspective)) };
}

function verdict(give, want, perspective) {
  const [yours, theirs] = perspective === "poster" ? [give, want] : [want, give];
  const [giveSide, getSide] = [sideValue(yours), sideValue(theirs)];
  const sides = { perspective, give: giveSide, get: getSide, basis: "quotes" };
  if (giveSide.value === null || getSide.value === null) {
    const none = { edge: null, win: null, fair: null, lose: null };
    return {
      ...sides,
      ...none,
      verdict: "uncertain",
      reason: "One side is open, so there is nothing to compare.",
      adjust: null,
    };
  }
  const edge = Math.log(getSide.value / giveSide.value);
  const win = 1 / (1 + Math.exp(-(edge - 0.08) * 25));
  const lose = 1 / (1 + Math.exp((edge + 0.08) * 25));
  const word = edge > 0.08 ? "win" : edge < -0.08 ? "lose" : "fair";
  const percent = Math.round(Math.abs(Math.exp(edge) - 1) * 100);
  const reason = `What you get is worth ${percent} % ${edge < 0 ? "less" : "more"} than what you give.`;
  const proposal = adjust(edge, giveSide, getSide);
  return { ...sides, verdict: word, edge, win, lose, fair: 1 - win - lose, reason, adjust: proposal };
}

function stream(request, response, url) {
  const after = request.headers["last-event-id"] ?? url.searchParams.get("after") ?? "0.0.0";
  response.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
  response.write("retry: 1000\n\n");
  for (const update of recent) if (seqOf(update.id) > seqOf(after)) response.write(frame(update));
  streams.add(response);
  request.on("close", () => streams.delete(response));
}

function status() {
  const started = new Date().toISOString();
  const id = `1.${market.seq}.9`;
  const counts = { seq: market.seq, facts: market.seq, posts: market.seq * 31, queue: 0 };
  return {
    simulated: true,
    feed: "demo",
    ready: true,
    id,
    ...counts,
    started,
    last_fact: started,
    version: "0",
  };
}

const started = new Date(Date.now() - 7_200_000).toISOString();

function cappedOf(item) {
  const { capped_value: value, capped_low: low, capped_high: high } = market.capped(item);
  return value === null ? null : { value, low, high };
}

/** Proposes pieces of the cheapest change, near enough for looking at. */
function adjust(edge, giveSide, getSide) {
  if (Math.abs(edge) <= 0.08) return null;
  const coin = market.bySlug.get(market.change.at(-1));
  const count = Math.max(1, Math.round(Math.abs(getSide.value - giveSide.value) / coin.value));
  const side = edge > 0 ? "you" : "they";
  const text =
    edge > 0 ? `add ${count} ${coin.short} to make it fair` : `ask for ${count} ${coin.short} more`;
  return { side, items: [{ item: coin.slug, quantity: count }], text, edge: 0, verdict: "fair", fair: 0.84 };
}

function answer(path, url) {
  const [, , , room, slug, part] = path.split("/");
  if (room === "values" && part === "history") return market.bySlug.has(slug) ? history(slug) : null;
  if (room === "values") return valueList(url.searchParams.get("unit"));
  if (room === "quotes") return { simulated: true, quotes: market.quotes.slice(0, 100), next_cursor: null };
  if (room === "status") return status();
  if (room === "items" && slug === undefined) {
    const items = market.items.map((item) => ({
      ...market.row(item, null),
      aliases: item.aliases ?? [],
      retired: false,
    }));
    return { simulated: true, game: market.game, items, next_cursor: null };
  }
  const item = market.bySlug.get(slug);
  if (room !== "items" || item === undefined) return null;
  const id = `1.${market.seq}.9`;
  return {
    simulated: true,
    id,
    item: market.row(item, null),
    aliases: item.aliases ?? [],
    evidence: evidence(slug),
    capped: cappedOf(item),
    guard: slug === "pika" ? { reason: "new accounts ask 40 % more", since: started } : null,
  };
}

function sendJson(response, body) {
  const code = body === null ? 404 : 200;
  const problem = { type: "about:blank", title: "Not found", status: 404, detail: "There is no such item." };
  response.writeHead(code, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body ?? problem));
}

function sendFile(response, path) {
  const headers = (name) => ({
    "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
    "Content-Security-Policy": POLICY,
  });
  const name = extname(path) === "" ? "index.html" : path.slice(1);
  try {
    const body = readFileSync(new URL(name, BUILT));
    response.writeHead(200, headers(name));
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
}

function handle(request, response) {
  const url = new URL(request.url, "http://localhost");
  if (!url.pathname.startsWith("/api/")) return sendFile(response, url.pathname);
  if (options.broken) {
    response.writeHead(503, { "Content-Type": "application/problem+json" });
    const problem = { type: "about:blank", title: "Not ready", status: 503 };
    return response.end(JSON.stringify({ ...problem, detail: "The engine is still replaying its journal." }));
  }
  if (url.pathname.endsWith("/stream")) return stream(request, response, url);
  if (request.method !== "POST") return sendJson(response, answer(url.pathname, url));
  let body = "";
  request.on("data", (chunk) => {
    body += chunk;
  });
  const reader = url.pathname.endsWith("/parse") ? parse : fair;
  request.on("end", () => sendJson(response, reader(JSON.parse(body))));
}

createServer(handle).listen(Number(options.port), "127.0.0.1");
