import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const engine = process.env.GPO_MARKET_API ?? "http://127.0.0.1:8000";

/** The font's licence must go wherever the font goes; the list of code licences leaves it out. */
const fontLicence = {
  name: "font-licence",
  generateBundle(this: { emitFile: (file: { type: "asset"; fileName: string; source: string }) => void }) {
    const file = fileURLToPath(import.meta.resolve("@fontsource-variable/inter/LICENSE"));
    this.emitFile({
      type: "asset",
      fileName: "assets/inter-licence.txt",
      source: readFileSync(file, "utf8"),
    });
  },
};

export default defineConfig({
  plugins: [react(), fontLicence],
  build: {
    outDir: "../src/gpo_market/server/dashboard",
    emptyOutDir: true,
    target: "es2022",
    // A data: address would need a wider content security policy than 'self'.
    assetsInlineLimit: 0,
    license: { fileName: "licences.md" },
  },
  server: { proxy: { "/api": engine } },
  test: { include: ["src/**/*.test.{ts,tsx}"], environment: "node", restoreMocks: true },
});
