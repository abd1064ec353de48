import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import type { Coin } from "../../domain/pay";
import type { Sort, SortKey } from "../../domain/sorting";
import type { RelativeInterval } from "../../domain/unit";
import type { LiveRow } from "../../live/values";
import { classes } from "../classes";
import { Icon } from "../common/Icon";
import { useIsPhone } from "../shell/useIsPhone";
import { COLUMNS, type Column } from "./columns";
import { ValueRowView } from "./ValueRowView";
import styles from "./values.module.css";

const ROW_HEIGHT = 36;
const PHONE_ROW_HEIGHT = 56;
const OVERSCAN = 8;

interface HeadProps {
  readonly column: Column;
  readonly sort: Sort;
  readonly onSort: (key: SortKey) => void;
}

function Head({ column, sort, onSort }: HeadProps) {
  const { sort: key, label, hint } = column;
  const isSorted = key !== null && key === sort.key;
  const order = sort.descending ? "descending" : "ascending";
  return (
    <th
      scope="col"
      title={hint}
      className={classes(column.className, column.number && styles.number)}
      aria-sort={isSorted ? order : undefined}
    >
      {key === null ? (
        label
      ) : (
        <button type="button" onClick={() => onSort(key)}>
          {label}
          {isSorted && <Icon name={sort.descending ? "down" : "up"} size={8} />}
        </button>
      )}
    </th>
  );
}

function Spacer({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr className={styles.spacer} aria-hidden="true">
      <td style={{ height }} />
    </tr>
  );
}

interface ValueTableProps {
  readonly rows: readonly LiveRow[];
  readonly sort: Sort;
  readonly onSort: (key: SortKey) => void;
  readonly unit: LiveRow | null;
  readonly intervals: ReadonlyMap<string, RelativeInterval>;
  readonly coins: readonly Coin[];
  readonly onHover: (hovered: boolean) => void;
}

/** The value list; only the rows in sight are in the document. */
export function ValueTable({ rows, sort, onSort, unit, intervals, coins, onHover }: ValueTableProps) {
  const scroller = useRef<HTMLElement>(null);
  const rowHeight = useIsPhone() ? PHONE_ROW_HEIGHT : ROW_HEIGHT;
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler is used, and nothing memoised gets these functions
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    getItemKey: (index) => rows[index]?.item ?? index,
  });
  const visible = virtual.getVirtualItems();
  const first = visible[0];
  const last = visible.at(-1);
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <section ref={scroller} className={styles.scroller} tabIndex={0} aria-label="Value list">
      <table className={styles.table} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((column) => (
              <Head key={column.key} column={column} sort={sort} onSort={onSort} />
            ))}
          </tr>
        </thead>
        <tbody onPointerEnter={() => onHover(true)} onPointerLeave={() => onHover(false)}>
          <Spacer height={first?.start ?? 0} />
          {visible.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            return (
              <ValueRowView
                key={row.item}
                row={row}
                index={item.index}
                unit={unit}
                interval={intervals.get(row.item) ?? null}
                coins={coins}
              />
            );
          })}
          <Spacer height={last === undefined ? 0 : virtual.getTotalSize() - last.end} />
        </tbody>
      </table>
    </section>
  );
}
