import { type KeyboardEvent, useEffect, useId, useState } from "react";

interface ComboboxOptions {
  readonly count: number;
  readonly onPick: (index: number) => void;
  readonly onEscape?: () => void;
}

/** The keyboard and ARIA side of a combobox with a list (WAI-ARIA Authoring Practices, "Combobox"). */
export function useCombobox({ count, onPick, onEscape }: ComboboxOptions) {
  const id = useId();
  const [chosen, setChosen] = useState(0);
  const active = Math.min(chosen, Math.max(0, count - 1));
  const optionId = (index: number): string => `${id}-${index}`;

  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown") setChosen((active + 1) % Math.max(1, count));
    else if (event.key === "ArrowUp") setChosen((active - 1 + Math.max(1, count)) % Math.max(1, count));
    else if (event.key === "Enter" && count > 0) onPick(active);
    else if (event.key === "Escape" && onEscape !== undefined) onEscape();
    else return;
    event.preventDefault();
  };

  return { active, listId: `${id}-list`, optionId, onKeyDown, choose: setChosen };
}
