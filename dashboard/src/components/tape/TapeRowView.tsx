import { memo } from "react";
import type { TapeRow } from "../../api/types";
import { classes } from "../classes";
import { Basket } from "../common/Basket";
import { FairnessBadge } from "../common/FairnessBadge";
import { Age } from "../common/Figures";
import { Icon } from "../common/Icon";
import styles from "./tape.module.css";

function remark(row: TapeRow): string | null {
  if (row.closed !== null) return row.closed;
  if (!row.complete) return "not all understood";
  return row.note === "" ? null : row.note;
}

/** One quote: how old, what for what, and the verdict for the one who takes it. */
export const TapeRowView = memo(function TapeRowView({ row, fresh }: { row: TapeRow; fresh: boolean }) {
  const said = remark(row);
  return (
    <li
      className={classes(styles.row, row.closed !== null && styles.closed, fresh && styles.fresh)}
      data-testid="tape-row"
      data-update={row.update}
      data-closed={row.closed ?? undefined}
    >
      <span className={styles.age}>
        <Age time={row.time} />
      </span>
      <span className={styles.trade}>
        {row.kind !== "offer" && <span className={styles.kind}>{row.kind}</span>}
        <span className={styles.verb}>gives</span>
        <Basket lines={row.give} adds={row.give_adds} open={row.give_open} />
        <Icon name="arrow" size={12} />
        <span className={styles.verb}>wants</span>
        <Basket lines={row.want} adds={row.want_adds} open={row.want_open} />
      </span>
      <span className={styles.end}>
        <FairnessBadge fairness={row.fairness} edge={row.edge} />
        {said !== null && <span className={styles.reason}>{said}</span>}
      </span>
    </li>
  );
});
