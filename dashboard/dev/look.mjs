/**
 * Takes pictures of every page, dark and light, wide and narrow, and reports what axe-core and the console say.
 * Usage: node dev/look.mjs [address] [folder]; needs Chromium (CHROMIUM names it) and a server at the address.
 */

import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const address = process.argv[2] ?? "http://127.0.0.1:8787";
const folder = process.argv[3] ?? "pictures";
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const PAGES = {
  home: "/",
  market: "/market",
  values: "/values",
  item: "/items/all-seeing-eye?range=30d",
  pushed: "/items/dragon?range=30d",
  guarded: "/items/pika?range=7d&evidence=left-out",
  calculator: "/calculator?post=1%20ASE%20for%204%20MC",
  empty: "/calculator",
  missing: "/items/nothing",
};
const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const SETTLE_MS = 1_200;

mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu"],
});
let complaints = 0;

function complain(where, what) {
  complaints += 1;
  process.stdout.write(`${where}: ${what}\n`);
}

async function look(size, theme, name, path) {
  const where = `${name}-${size}-${theme}`;
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: theme, bypassCSP: false });
  const page = await context.newPage();
  page.on("console", (message) => message.type() === "error" && complain(where, message.text()));
  page.on("pageerror", (error) => complain(where, error.message));
  await page.goto(address + path);
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: `${folder}/${where}.png` });
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) complain(where, `the page is ${overflow} px wider than the window`);
  await context.close();
  await audit(size, theme, where, path);
}

/* global document, window -- these functions run inside the page */

/** axe is injected past the content security policy, in a context of its own. */
async function audit(size, theme, where, path) {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: theme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(address + path);
  await page.waitForTimeout(SETTLE_MS);
  await page.addScriptTag({ path: axe });
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await page.evaluate((wanted) => window.axe.run(document, { runOnly: wanted }), tags);
  for (const { id, nodes } of violations)
    complain(where, `${id}: ${nodes.length}, ${nodes[0].html.slice(0, 160)}`);
  await context.close();
}

for (const theme of ["dark", "light"]) {
  for (const size of Object.keys(SIZES)) {
    for (const [name, path] of Object.entries(PAGES)) await look(size, theme, name, path);
  }
}
await browser.close();
process.exitCode = complaints === 0 ? 0 : 1;
