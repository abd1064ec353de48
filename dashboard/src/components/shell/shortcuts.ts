import { useEffect, useRef, useSyncExternalStore } from "react";
import { readSetting, writeSetting } from "../../settings";
import { PLACES } from "./navigation";

export interface ShortcutActions {
  readonly search: () => void;
  readonly keyboard: () => void;
  readonly theme: () => void;
  readonly go: (href: string) => void;
}

const SEQUENCE_MS = 1_200;
const listeners = new Set<() => void>();
let singleKeys = readSetting("single-keys") !== "off";

/** Whether shortcuts of a single key count; a visitor can turn them off (WCAG 2.1.4). */
export function useSingleKeys(): readonly [boolean, (on: boolean) => void] {
  const on = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => singleKeys,
  );
  const set = (value: boolean): void => {
    singleKeys = value;
    writeSetting("single-keys", value ? "on" : "off");
    for (const listener of listeners) listener();
  };
  return [on, set];
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, dialog") !== null;
}

/** Whether a key was pressed alone, outside fields, while such shortcuts are on. */
function isShortcut(event: KeyboardEvent): boolean {
  return singleKeys && !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target);
}

function runSingleKey(key: string, afterG: boolean, actions: ShortcutActions): boolean {
  const place = afterG ? PLACES.find((candidate) => candidate.key === key) : undefined;
  if (place !== undefined) actions.go(place.href);
  else if (key === "/") actions.search();
  else if (key === "?") actions.keyboard();
  else if (key === "t") actions.theme();
  else return false;
  return true;
}

/** Listens for the keys of the keyboard map, except where somebody types. */
export function useShortcuts(actions: ShortcutActions): void {
  const current = useRef(actions);
  useEffect(() => {
    current.current = actions;
  });
  useEffect(() => {
    let gPressedAt = Number.NEGATIVE_INFINITY;
    const pressed = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        current.current.search();
        return;
      }
      if (!isShortcut(event)) return;
      const afterG = event.timeStamp - gPressedAt < SEQUENCE_MS;
      gPressedAt = event.key === "g" ? event.timeStamp : Number.NEGATIVE_INFINITY;
      if (runSingleKey(event.key, afterG, current.current)) event.preventDefault();
    };
    document.addEventListener("keydown", pressed);
    return () => document.removeEventListener("keydown", pressed);
  }, []);
}
