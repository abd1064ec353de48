/** Asks for one call at the next frame; `requestAnimationFrame` in a browser. */
export type ScheduleFrame = (callback: () => void) => void;

/**
 * Tells listeners of changes: the first one at once, those within the same frame together at its end.
 * At most two notifications reach a listener per frame, however many changes there are.
 */
export class Notifier {
  readonly #listeners = new Set<() => void>();
  readonly #scheduleFrame: ScheduleFrame;
  #frameOpen = false;
  #changed = false;

  constructor(scheduleFrame: ScheduleFrame) {
    this.#scheduleFrame = scheduleFrame;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  notify(): void {
    if (this.#frameOpen) {
      this.#changed = true;
      return;
    }
    this.#openFrame();
    this.#tell();
  }

  #openFrame(): void {
    this.#frameOpen = true;
    this.#changed = false;
    this.#scheduleFrame(() => {
      this.#frameOpen = false;
      if (!this.#changed) return;
      this.#openFrame();
      this.#tell();
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
