import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const engine = process.env.GPO_MARKET_API ?? "http://127.0.0.1:8000";

export default defineConfig({
  plugins: [react()],
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
