import { useState } from "react";
import type { TapeView } from "../../live/marketStore";

export interface Pausable {
  readonly view: TapeView;
  readonly paused: boolean;
  readonly held: boolean;
  readonly missed: number;
  readonly setHovered: (hovered: boolean) => void;
  readonly toggle: () => void;
}

/** Holds the tape still while it is pointed at, or until the pause is lifted; counts what came meanwhile. */
export function usePausable(live: TapeView): Pausable {
  const [frozen, setFrozen] = useState<TapeView | null>(null);
  const [held, setHeld] = useState(false);
  const newest = frozen?.quotes[0]?.update;
  const index = newest === undefined ? 0 : live.quotes.findIndex((row) => row.update === newest);
  return {
    view: frozen ?? live,
    paused: frozen !== null,
    held,
    missed: index < 0 ? live.quotes.length : index,
    setHovered: (hovered) => {
      if (!held) setFrozen(hovered && live.loaded ? live : null);
    },
    toggle: () => {
      setHeld(!held);
      setFrozen(held ? null : live);
    },
  };
}
