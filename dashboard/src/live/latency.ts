const SAMPLES = 32;
const LONGEST_LIVE_MS = 10_000;

/**
 * The median time from a post to the screen over the last 32 updates, in milliseconds.
 * It compares the post's time with this device's clock, so it is unknown where the two disagree.
 */
export class LatencyMeter {
  readonly #samples: number[] = [];

  record(milliseconds: number): void {
    if (!(milliseconds >= 0 && milliseconds < LONGEST_LIVE_MS)) return;
    this.#samples.push(milliseconds);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
  }

  median(): number | null {
    if (this.#samples.length === 0) return null;
    const sorted = [...this.#samples].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? null;
  }

  reset(): void {
    this.#samples.length = 0;
  }
}
