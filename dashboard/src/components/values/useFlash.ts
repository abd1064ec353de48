import { type RefObject, useEffect, useRef } from "react";

const FLASH_MS = 900;
const reducedMotion = window.matchMedia("(prefers-reduced-motion: reduce)");

/** Lights a row up briefly when its value moved while it was on the screen. */
export function useFlash(ref: RefObject<HTMLElement | null>, moves: number, direction: -1 | 0 | 1): void {
  const shown = useRef(moves);
  useEffect(() => {
    if (shown.current === moves) return;
    shown.current = moves;
    if (direction === 0 || reducedMotion.matches) return;
    const colour = direction > 0 ? "var(--win-soft)" : "var(--lose-soft)";
    ref.current?.animate([{ backgroundColor: colour }, { backgroundColor: "transparent" }], {
      duration: FLASH_MS,
      easing: "ease-out",
    });
  }, [ref, moves, direction]);
}
