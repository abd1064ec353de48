import { Link } from "wouter";
import { FEWEST_QUOTES, findMovers } from "../../domain/movers";
import { useValues } from "../../live/context";
import type { LiveRow } from "../../live/values";
import { Change } from "../common/Figures";
import { EmptyNotice } from "../common/Notices";
import { Panel } from "../common/Panel";
import { Waiting } from "../common/Waiting";
import styles from "./market.module.css";

const SHOWN = 4;

function MoverList({ label, rows }: { label: string; rows: readonly LiveRow[] }) {
  return (
    <ul aria-label={label}>
      {rows.map((row) => (
        <li key={row.item}>
          <Link
            href={`/items/${row.item}`}
            className={styles.mover}
            title={`${row.name}: ${row.quotes} quotes`}
          >
            <span className={styles.moverName}>{row.name}</span>
            <span className={styles.sample}>n {row.quotes}</span>
            <Change fraction={row.change_24h} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What moved most in 24 hours, among items with enough quotes to tell. */
export function Movers() {
  const values = useValues();
  const { up, down } = findMovers(values.rows, SHOWN);
  const isEmpty = values.loaded && up.length + down.length === 0;
  return (
    <Panel title="Movers" note={`24 h, at least ${FEWEST_QUOTES} quotes and a sure value`}>
      {!values.loaded && <Waiting rows={3} />}
      {isEmpty && (
        <EmptyNotice title="Nothing to rank yet">
          No item has enough quotes and a day of history, so any ranking would be noise.
        </EmptyNotice>
      )}
      {!isEmpty && values.loaded && (
        <div className={styles.movers}>
          <MoverList label="Up" rows={up} />
          <MoverList label="Down" rows={down} />
        </div>
      )}
    </Panel>
  );
}
