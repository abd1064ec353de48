import { useSyncExternalStore } from "react";
import { readSetting, writeSetting } from "../../settings";

export type ThemeChoice = "system" | "dark" | "light";
export type Theme = "dark" | "light";

const CHOICES: readonly ThemeChoice[] = ["system", "dark", "light"];
const light = window.matchMedia("(prefers-color-scheme: light)");
const listeners = new Set<() => void>();
let choice: ThemeChoice = readChoice();

function readChoice(): ThemeChoice {
  const stored = readSetting("theme");
  return CHOICES.find((known) => known === stored) ?? "system";
}

function theme(): Theme {
  if (choice !== "system") return choice;
  return light.matches ? "light" : "dark";
}

function apply(): void {
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener();
}

/** Shows the visitor's theme and follows the device's preference from now on. */
export function startTheme(): void {
  light.addEventListener("change", apply);
  apply();
}

/** Goes on to the next choice: as the device prefers, dark, light. */
export function nextTheme(): void {
  choice = CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length] ?? "system";
  writeSetting("theme", choice);
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, theme);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}
