import { memo, useRef } from "react";
import type { Coin } from "../../domain/pay";
import { inUnit, type RelativeInterval } from "../../domain/unit";
import type { LiveRow } from "../../live/values";
import { classes } from "../classes";
import { COLUMNS } from "./columns";
import { useFlash } from "./useFlash";
import styles from "./values.module.css";

interface ValueRowProps {
  readonly row: LiveRow;
  readonly index: number;
  readonly unit: LiveRow | null;
  readonly interval: RelativeInterval | null;
  readonly coins: readonly Coin[];
}

/** One item of the value list. */
export const ValueRowView = memo(function ValueRowView({ row, index, unit, interval, coins }: ValueRowProps) {
  const ref = useRef<HTMLTableRowElement>(null);
  useFlash(ref, row.moves, row.direction);
  const isWeak = row.confidence === "guess" || row.confidence === "unknown" || row.basis !== "quotes";
  const figures = inUnit(row, unit, interval);
  return (
    <tr
      ref={ref}
      className={classes(isWeak && styles.weak)}
      aria-rowindex={index + 2}
      data-testid="value-row"
      data-item={row.item}
    >
      {COLUMNS.map((column) => (
        <td key={column.key} className={classes(column.className, column.number && styles.number)}>
          {column.draw({ row, figures, coins })}
        </td>
      ))}
    </tr>
  );
});
