/** Small preferences kept in this browser only; without storage they last as long as the page. */

const PREFIX = "gpo-market.";

export function readSetting(name: string): string | null {
  try {
    return window.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function writeSetting(name: string, value: string): void {
  try {
    window.localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage is full or forbidden: the choice simply does not outlive the page.
  }
}
