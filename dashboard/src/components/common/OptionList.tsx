import type { ReactNode } from "react";
import { classes } from "../classes";
import styles from "./common.module.css";

export interface Option {
  readonly key: string;
  readonly label: ReactNode;
  readonly note?: string | null;
}

interface OptionListProps {
  readonly id: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly active: number;
  readonly popup?: boolean;
  readonly optionId: (index: number) => string;
  readonly onPick: (index: number) => void;
}

/** The list of a combobox. Its options never take the focus: the input keeps it and names the active one. */
export function OptionList({ id, label, options, active, popup, optionId, onPick }: OptionListProps) {
  return (
    <div id={id} role="listbox" aria-label={label} className={classes(styles.options, popup && styles.popup)}>
      {options.map((option, index) => (
        <div
          key={option.key}
          id={optionId(index)}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          className={styles.option}
          onPointerDown={(event) => {
            event.preventDefault();
            onPick(index);
          }}
        >
          {option.label}
          {option.note && <span className={styles.optionNote}>{option.note}</span>}
        </div>
      ))}
      {options.length === 0 && <div className={styles.nothing}>No item by that name or alias.</div>}
    </div>
  );
}
